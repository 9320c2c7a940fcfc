#include "checks/sourcetree.h"

#include <QImageReader>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// What a program says about a file; empty when all is well.
QString said(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000))
        return u"%1 did not end: %2"_s.arg(program, process.errorString());
    const QString output = QString::fromUtf8(process.readAll()).trimmed();
    return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0 ? QString() : output;
}

/// The value of a key in a group of the .desktop file.
QString desktopValue(const QString &group, const QString &key)
{
    QString current;
    const QStringList lines = test::readSource(u"packaging/org.casement.Casement.desktop"_s).split(u'\n');
    for (const QString &line : lines) {
        if (line.startsWith(u'['))
            current = line.mid(1, line.size() - 2);
        else if (current == group && line.section(u'=', 0, 0) == key)
            return line.section(u'=', 1);
    }
    return {};
}

QString metainfo() { return test::readSource(u"packaging/org.casement.Casement.metainfo.xml.in"_s); }

QStringList captured(const QString &text, const QString &pattern)
{
    QStringList all;
    auto found = QRegularExpression(pattern, QRegularExpression::MultilineOption).globalMatch(text);
    while (found.hasNext())
        all.append(found.next().captured(1));
    return all;
}

} // namespace

/// What an installation brings besides the programs.
class TestPackaging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDesktopOpensPagesAndFiles();
    void desktopFileIsValid();
    void desktopFileSpeaksJapanese();
    void metainfoIsValid();
    void metainfoFollowsTheDesktopFile();
    void screenshotsAreThere();
    void versionsAgree();
    void iconsAreTheDrawing_data();
    void iconsAreTheDrawing();
    void symbolicIconHasOneColour();
    void conventionsAreAllThere();
    void recipesPinTheirSources();
};

void TestPackaging::desktopFileIsValid()
{
    QCOMPARE(said(u"desktop-file-validate"_s, {test::sourceDir() + u"/packaging/org.casement.Casement.desktop"_s}),
             QString());
}

void TestPackaging::desktopFileSpeaksJapanese()
{
    for (const QString &key : {u"GenericName"_s, u"Comment"_s, u"Keywords"_s})
        QVERIFY2(!desktopValue(u"Desktop Entry"_s, key + u"[ja]"_s).isEmpty(), qPrintable(key));
    const QStringList actions = desktopValue(u"Desktop Entry"_s, u"Actions"_s).split(u';', Qt::SkipEmptyParts);
    QCOMPARE(actions.size(), 2);
    for (const QString &action : actions) {
        const QString group = u"Desktop Action "_s + action;
        QVERIFY(!desktopValue(group, u"Name[ja]"_s).isEmpty());
        // Each is an option that the program has.
        const QString option = desktopValue(group, u"Exec"_s).section(u' ', 1);
        QVERIFY2(test::readSource(u"src/app/commandline.cpp"_s).contains(u'"' + option + u"\"_L1"_s),
                 qPrintable(option));
    }
}

void TestPackaging::metainfoIsValid()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"org.casement.Casement.metainfo.xml"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(metainfo().replace(u"@CASEMENT_HOMEPAGE@"_s, u"https://casement.example"_s).toUtf8());
    file.close();
    QCOMPARE(said(u"appstreamcli"_s, {u"validate"_s, u"--no-net"_s, u"--no-color"_s, path}), QString());
}

void TestPackaging::metainfoFollowsTheDesktopFile()
{
    const QString xml = metainfo();
    QCOMPARE(captured(xml, u"<launchable type=\"desktop-id\">(.*)</launchable>"_s),
             QStringList{u"org.casement.Casement.desktop"_s});
    QCOMPARE(captured(xml, u"<summary>(.*)</summary>"_s), QStringList{desktopValue(u"Desktop Entry"_s, u"Comment"_s)});
    QCOMPARE(captured(xml, u"<summary xml:lang=\"ja\">(.*)</summary>"_s),
             QStringList{desktopValue(u"Desktop Entry"_s, u"Comment[ja]"_s)});
    QCOMPARE(captured(xml, u"<mediatype>(.*)</mediatype>"_s) + QStringList{QString()},
             desktopValue(u"Desktop Entry"_s, u"MimeType"_s).split(u';'));
    // What is said in English is said in Japanese, too.
    for (const QString &tag : {u"p"_s, u"li"_s, u"caption"_s})
        QCOMPARE(captured(xml, u"(<%1>)"_s.arg(tag)).size(),
                 captured(xml, u"(<%1 xml:lang=\"ja\">)"_s.arg(tag)).size());
}

void TestPackaging::screenshotsAreThere()
{
    QStringList pictures = captured(metainfo(), u"@CASEMENT_HOMEPAGE@/(docs/images/.*\\.png)"_s);
    QVERIFY(pictures.size() >= 4);
    pictures += captured(test::readSource(u"README.md"_s), u"!\\[[^\\]]*\\]\\((docs/images/[^)]*)\\)"_s);
    for (const QString &picture : std::as_const(pictures)) {
        const QSize size = QImageReader(test::sourceDir() + u'/' + picture).size();
        QVERIFY2(size.width() >= 620 && size.height() >= 400, qPrintable(picture));
    }
}

void TestPackaging::versionsAgree()
{
    const QStringList project =
        captured(test::readSource(u"CMakeLists.txt"_s), u"^project\\(Casement VERSION ([0-9.]+)"_s);
    QCOMPARE(project.size(), 1);
    const QString version = project.first();
    QCOMPARE(captured(metainfo(), u"<release version=\"([^\"]*)\""_s).value(0), version);
    QCOMPARE(captured(test::readSource(u"packaging/debian/changelog"_s), u"^casement \\(([0-9.]+)-1\\)"_s).value(0),
             version);
    QCOMPARE(captured(test::readSource(u"CHANGELOG.md"_s), u"^## ([0-9.]+)"_s).value(0), version);
    const QStringList pages = test::sourceFiles(u"packaging/man"_s, {u"*.1"_s});
    QCOMPARE(pages.size(), 4);
    for (const QString &page : pages)
        QVERIFY2(test::readSource(page).contains(u"\"Casement %1\""_s.arg(version)), qPrintable(page));
}

void TestPackaging::iconsAreTheDrawing_data()
{
    QTest::addColumn<int>("side");
    for (const int side : {16, 22, 24, 32, 48, 64, 128, 256, 512})
        QTest::addRow("%d", side) << side;
}

// scripts/icons draws them with another renderer: colours may differ at edges, and nowhere much.
void TestPackaging::iconsAreTheDrawing()
{
    QFETCH(int, side);
    QImage icon(u"%1/packaging/icons/%2.png"_s.arg(test::sourceDir()).arg(side));
    QCOMPARE(icon.size(), QSize(side, side));
    QImageReader reader(test::sourceDir() + u"/resources/icons/casement.svg"_s);
    reader.setScaledSize(icon.size());
    const QImage drawn = reader.read().convertToFormat(QImage::Format_RGBA8888);
    icon = icon.convertToFormat(QImage::Format_RGBA8888);
    QCOMPARE(drawn.size(), icon.size());
    qint64 apart = 0;
    for (int y = 0; y < side; ++y) {
        const uchar *a = icon.constScanLine(y);
        const uchar *b = drawn.constScanLine(y);
        for (int x = 0; x < side * 4; ++x)
            apart += std::abs(a[x] - b[x]);
    }
    const double mean = double(apart) / (side * side * 4);
    QVERIFY2(mean < 4, qPrintable(u"run scripts/icons: mean difference %1 of 255"_s.arg(mean)));
}

void TestPackaging::symbolicIconHasOneColour()
{
    const QString svg = test::readSource(u"packaging/icons/org.casement.Casement-symbolic.svg"_s);
    QVERIFY(svg.contains(u"fill=\"currentColor\""_s));
    QCOMPARE(captured(svg, u"fill=\"([^\"]*)\""_s).size(), 1);
    QVERIFY(QImageReader(test::sourceDir() + u"/packaging/icons/org.casement.Casement-symbolic.svg"_s).canRead());
}

void TestPackaging::conventionsAreAllThere()
{
    const QStringList numbers = captured(test::readSource(u"docs/conventions.md"_s), u"^\\| (\\d+) \\|"_s);
    QCOMPARE(numbers.size(), 60);
    for (int i = 0; i < numbers.size(); ++i)
        QCOMPARE(numbers.at(i).toInt(), i + 1);
}

/// Without them links do nothing on a small system, and file dialogs are not the desktop's.
void TestPackaging::theDesktopOpensPagesAndFiles()
{
    const QString recipe = test::readSource(u"packaging/debian/package.cmake"_s);
    for (const QString &name : {u"xdg-utils"_s, u"xdg-desktop-portal"_s, u"qt6-xdgdesktopportal-platformtheme"_s})
        QVERIFY2(captured(recipe, u"[\" ](%1)[,\"]"_s.arg(name)).size() == 1, qPrintable(name));
}

/// What is fetched is what was looked at: a commit or a checksum stands beside every address.
void TestPackaging::recipesPinTheirSources()
{
    const QString recipe = test::readSource(u"packaging/flatpak/org.casement.Casement.yaml"_s);
    static const QRegularExpression source(u"url: [^ ,}\n]+((,[^}]*\\})|(\n +sha(256|512): .*))?"_s);
    static const QRegularExpression pin(u"commit: [0-9a-f]{40}\\b|sha256: [0-9a-f]{64}\\b|sha512: [0-9a-f]{128}\\b"_s);
    int sources = 0;
    auto found = source.globalMatch(recipe);
    while (found.hasNext()) {
        const QString one = found.next().captured(0);
        QVERIFY2(one.contains(pin), qPrintable(one));
        ++sources;
    }
    QCOMPARE(sources, int(recipe.count(u"url:"_s)));
    QCOMPARE(sources, int(recipe.count(u"- name:"_s)) - 1); // that of the program is this folder
}

QTEST_GUILESS_MAIN(TestPackaging)
#include "tst_packaging.moc"
