#include "checks/sourcetree.h"

#include <QRegularExpression>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

constexpr int longestFile = 600; // lines
constexpr int longestTest = 700; // tables are long

/// Something that must not stand in a file, and why.
struct Rule
{
    QRegularExpression pattern;
    QString why;
    QStringList except; ///< beginnings of paths where it may stand
};

// Names that this file forbids are put together from parts, or it would name them itself.
QString parts(std::initializer_list<const char *> pieces, const QString &between)
{
    QStringList list;
    for (const char *piece : pieces)
        list.append(QString::fromLatin1(piece));
    return QRegularExpression::escape(list.join(between));
}

QString host(std::initializer_list<const char *> pieces) { return u"\\b"_s + parts(pieces, u"."_s); }
QString place(std::initializer_list<const char *> pieces)
{
    return u"(?<![\\w.$}])/"_s + parts(pieces, u"/"_s) + u"(?![\\w-])"_s;
}

const QList<Rule> &rules()
{
    const auto any = [](const QStringList &alternatives) { return QRegularExpression(alternatives.join(u'|')); };
    static const QList<Rule> all{
        {QRegularExpression(
             uR"(\bq(Wait|Sleep)\s*\(|QTest::qSleep|Q?Thread::m?u?sleep\s*\(|sleep_for|\busleep\s*\()"_s),
         u"a fixed wait: wait for what should happen"_s,
         {}},
        {any({host({"deb", "debian", "org"}), host({"pypi", "org"}), host({"files", "pythonhosted", "org"}),
              host({"registry", "npmjs", "org"}), host({"crates", "io"}), host({"proxy", "golang", "org"}),
              host({"rubygems", "org"}), host({"repo", "maven", "apache", "org"})}),
         u"a package registry's host: packages come from the system"_s,
         {}},
        {any({place({"work"}), place({"root"}), u"/home/(?!hana\\b)[a-z]+"_s}), u"a path of one computer"_s, {}},
        {QRegularExpression(
             uR"(\b(qDebug|qInfo|qWarning|qCritical|qC(Debug|Info|Warning|Critical)|printf|cerr|cout)\b[^;\n]*)"
             uR"((secretAccessKey|sessionToken|secret_access_key|signingKey|presigned)\b)"_s),
         u"a secret on its way into a log"_s,
         {u"tests/"_s}},
        {QRegularExpression(uR"(\b(TODO|FIXME|XXX|HACK)\b)"_s), u"something left undone"_s, {}},
        {QRegularExpression(
             uR"(ignoreSslErrors|setDecompressedSafetyCheckThreshold\s*\(\s*-1|setInsecureFallback\s*\(\s*true)"_s),
         u"a safety that is switched off"_s,
         {}},
        {QRegularExpression(uR"(\bQEventLoop\b|processEvents\s*\(|\bwaitFor[A-Z]\w*\s*\()"_s),
         u"a nested event loop or a blocking wait"_s,
         {u"tests/"_s, u"src/app/"_s, u"src/cli/"_s, u"src/demo/main"_s}},
        {QRegularExpression(uR"(formattedDataSize\s*\()"_s),
         u"a size in a form of its own: dataSizeText() has the one of all"_s,
         {u"src/base/datasize.h"_s, u"tests/"_s}},
        {QRegularExpression(uR"(\bsetAccessible(Name|Description)\s*\()"_s),
         u"an event for screen readers when nothing changed: spoken::setName() and setDescription() send none"_s,
         {u"src/ui/spoken.cpp"_s, u"tests/"_s}},
        {QRegularExpression(uR"(\bsetDefaultButton\s*\()"_s),
         u"an answer of one's own for Enter: dialogs::question() has the one of all questions"_s,
         {u"src/ui/dialogs.cpp"_s, u"src/ui/tagsdialog.cpp"_s, u"tests/"_s}},
    };
    return all;
}

QStringList faultsOf(const QString &path, const QString &source)
{
    QStringList faults;
    for (const Rule &rule : rules()) {
        const bool isExempt = std::any_of(rule.except.begin(), rule.except.end(),
                                          [&path](const QString &start) { return path.startsWith(start); });
        if (isExempt)
            continue;
        auto found = rule.pattern.globalMatch(source);
        while (found.hasNext()) {
            const QRegularExpressionMatch match = found.next();
            const auto line = QStringView(source).first(match.capturedStart()).count(u'\n') + 1;
            faults.append(u"line %1: %2: %3"_s.arg(line).arg(match.captured().trimmed(), rule.why));
        }
    }
    return faults;
}

// The class or struct that the file is named after, or its first one, must say what it is.
QString faultOfHeader(const QString &path, const QString &source)
{
    if (!source.startsWith(u"#pragma once\n"_s))
        return u"does not begin with #pragma once"_s;
    static const QRegularExpression definition(
        uR"(^(?:template\s*<[^\n]*>\s*)?(?:class|struct|enum class)\s+(?:\[\[\w+\]\]\s*)?(\w+)[^;\n]*$)"_s,
        QRegularExpression::MultilineOption);
    const QString base = path.section(u'/', -1).chopped(2);
    auto found = definition.globalMatch(source);
    QRegularExpressionMatch main;
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        if (!main.hasMatch() || match.captured(1).compare(base, Qt::CaseInsensitive) == 0)
            main = match;
    }
    if (!main.hasMatch())
        return source.contains(u"///"_s) || source.contains(u"QT_BEGIN"_s) ? QString()
                                                                           : u"says nothing of what it offers"_s;
    const QStringView before = QStringView(source).first(main.capturedStart()).trimmed();
    const QStringView lastLine = before.sliced(before.lastIndexOf(u'\n') + 1).trimmed();
    // A file-wide comment above the namespace counts for a header of several small types.
    if (lastLine.startsWith(u"///"_s) || QStringView(source).first(source.indexOf(u"namespace"_s)).contains(u"///"_s))
        return {};
    return u"%1 has no doc comment"_s.arg(main.captured(1));
}

} // namespace

class TestSources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepToTheRules_data();
    void keepToTheRules();
    void publicHeadersSayWhatTheyOffer_data();
    void publicHeadersSayWhatTheyOffer();
    void seesWhatIsWrong_data();
    void seesWhatIsWrong();
};

void TestSources::keepToTheRules_data()
{
    QTest::addColumn<QString>("path");
    const QStringList patterns{u"*.h"_s,  u"*.cpp"_s, u"*.txt"_s,  u"*.cmake"_s, u"*.ui"_s,  u"*.py"_s,
                               u"*.sh"_s, u"*.md"_s,  u"*.json"_s, u"*.xml"_s,   u"*.svg"_s, u"*.desktop"_s};
    QStringList files;
    for (const char *folder : {"src", "tests", "cmake", "ui", "resources", "packaging", "translations", "docs"})
        files += test::sourceFiles(QString::fromLatin1(folder), patterns);
    files += test::sourceFiles(u"scripts"_s, {u"*"_s});
    files += test::sourceFiles(u".ci"_s, {u"*"_s});
    for (const char *file : {"CMakeLists.txt", "CMakePresets.json", "README.md", "packages.txt"}) {
        if (QFile::exists(test::sourceDir() + u'/' + QString::fromLatin1(file)))
            files.append(QString::fromLatin1(file));
    }
    QVERIFY(files.size() > 100);
    for (const QString &path : files)
        QTest::newRow(qPrintable(path)) << path;
}

void TestSources::keepToTheRules()
{
    QFETCH(QString, path);
    if (path == u"tests/checks/tst_sources.cpp")
        return; // names what it forbids
    const QString source = test::readSource(path);
    const QStringList faults = faultsOf(path, source);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    if (path.endsWith(u".cpp"_s) || path.endsWith(u".h"_s)) {
        const int most = path.startsWith(u"tests/"_s) ? longestTest : longestFile;
        QVERIFY2(source.count(u'\n') <= most, qPrintable(u"%1 lines"_s.arg(source.count(u'\n'))));
    }
}

void TestSources::publicHeadersSayWhatTheyOffer_data()
{
    QTest::addColumn<QString>("path");
    const QStringList headers = test::sourceFiles(u"src"_s, {u"*.h"_s});
    QVERIFY(headers.size() > 30);
    for (const QString &path : headers)
        QTest::newRow(qPrintable(path)) << path;
}

void TestSources::publicHeadersSayWhatTheyOffer()
{
    QFETCH(QString, path);
    QCOMPARE(faultOfHeader(path, test::readSource(path)), QString());
}

void TestSources::seesWhatIsWrong_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("why");

    const auto row = [](const char *name, const QString &source, const QString &why) {
        QTest::newRow(name) << source << why;
    };
    row("a fixed wait", u"QTest::qWait(100);"_s, u"fixed wait"_s);
    row("waiting for something", u"QTRY_VERIFY(done); QTest::qWaitFor([] { return true; }, 100);"_s, {});
    row("a sleep of a thread", u"QThread::msleep(10);"_s, u"fixed wait"_s);
    row("a sleep of the standard library", u"std::this_thread::sleep_for(1s);"_s, u"fixed wait"_s);
    row("a registry", u"https://py"_s + u"pi.org/simple"_s, u"registry"_s);
    row("a path of one computer", u"QFile(\"/ro"_s + u"ot/keys\")"_s, u"path"_s);
    row("a path of every computer", u"\"/usr/bin/python3\" ${HOME}/wo"_s + u"rk"_s, {});
    row("a logged secret", u"qCDebug(logHttp) << keys.secretAccessKey();"_s, u"secret"_s);
    row("a mention of a secret", u"registerSecret(secretAccessKey);"_s, {});
    row("something undone", u"// TO"_s + u"DO: later"_s, u"undone"_s);
    row("an event loop", u"QEventLoop loop;"_s, u"event loop"_s);
    row("a size counted otherwise", u"locale.formattedDataSize(bytes)"_s, u"form of its own"_s);
    row("certificates that don't matter", u"reply->ignoreSslErrors();"_s, u"safety"_s);
}

void TestSources::seesWhatIsWrong()
{
    QFETCH(QString, source);
    QFETCH(QString, why);
    const QStringList faults = faultsOf(u"src/aws/example.cpp"_s, source);
    QCOMPARE(faults.isEmpty(), why.isEmpty());
    if (!why.isEmpty())
        QVERIFY2(faults.first().contains(why), qPrintable(faults.first()));
}

QTEST_APPLESS_MAIN(TestSources)
#include "tst_sources.moc"
