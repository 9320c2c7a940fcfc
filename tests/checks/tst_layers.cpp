#include "checks/sourcetree.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// What a layer may include: itself, these layers, and these Qt modules besides Core.
struct Layer
{
    QStringList layers;
    QStringList modules;
};

// The architecture (src/README.md). A layer may see what those that it sees may see; `app` and `cli` make programs.
const QHash<QString, Layer> &table()
{
    static const QHash<QString, Layer> layers{
        {u"base"_s, {{}, {}}},
        {u"aws"_s, {{u"base"_s}, {u"DBus"_s, u"Network"_s}}},
        {u"support"_s, {{u"aws"_s}, {}}},
        {u"transfer"_s, {{u"support"_s}, {}}},
        {u"archive"_s, {{u"transfer"_s}, {u"Sql"_s}}},
        {u"export"_s, {{u"archive"_s}, {}}},
        {u"print"_s, {{u"export"_s}, {u"Gui"_s}}},
        {u"models"_s, {{u"archive"_s}, {u"Gui"_s}}},
        {u"ui"_s, {{u"models"_s, u"print"_s}, {u"Gui"_s, u"Widgets"_s, u"Svg"_s, u"DBus"_s, u"PrintSupport"_s}}},
        {u"demo"_s, {{u"support"_s}, {u"Network"_s}}},
        {u"cli"_s, {{u"archive"_s, u"export"_s, u"models"_s}, {}}},
        {u"app"_s, {{u"ui"_s, u"demo"_s}, {u"Gui"_s, u"Widgets"_s, u"Network"_s}}},
    };
    return layers;
}

// A library with some of a layer's files, for who may not link the modules of the others.
const QHash<QString, QString> &parts()
{
    static const QHash<QString, QString> partOf{{u"names"_s, u"models"_s}};
    return partOf;
}

QSet<QString> reachable(const QString &layer)
{
    QSet<QString> all{layer};
    for (const QString &below : table().value(layer).layers)
        all |= reachable(below);
    return all;
}

// The Qt module of a header in its short form, told by where Qt keeps it; Core for what isn't a Qt header.
QString moduleOf(const QString &header)
{
    static const QString qt = QStringLiteral(CASEMENT_QT_INCLUDE_DIR);
    static const QStringList modules{u"Core"_s, u"Network"_s, u"Sql"_s,  u"Gui"_s,         u"Widgets"_s,
                                     u"Svg"_s,  u"Test"_s,    u"DBus"_s, u"PrintSupport"_s};
    for (const QString &module : modules) {
        if (QFile::exists(u"%1/Qt%2/%3"_s.arg(qt, module, header)))
            return module;
    }
    return header.startsWith(u'Q') ? u"?"_s : u"Core"_s;
}

struct Include
{
    QString header;
    bool isOwn = false; ///< in quotes
};

QList<Include> includesOf(const QString &source)
{
    static const QRegularExpression directive(uR"(^\s*#\s*include\s+(["<])([^">]+)[">])"_s,
                                              QRegularExpression::MultilineOption);
    QList<Include> includes;
    auto found = directive.globalMatch(source);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        includes.append({match.captured(2), match.captured(1) == u"\""});
    }
    return includes;
}

// What is wrong with the includes of a file of `layer`; empty when nothing is.
QStringList wrongIncludes(const QString &layer, const QString &source)
{
    if (!table().contains(layer))
        return {u"there is no layer "_s + layer};
    const QSet<QString> mayInclude = reachable(layer);
    QStringList wrong;
    for (const Include &include : includesOf(source)) {
        const QString first = include.header.section(u'/', 0, 0);
        if (include.isOwn) {
            const bool isGenerated = include.header.endsWith(u".moc"_s) || include.header.startsWith(u"moc_"_s)
                || include.header.startsWith(u"ui_"_s);
            if (isGenerated && !include.header.startsWith(u"ui_"_s))
                continue;
            if (isGenerated ? layer != u"ui" : !mayInclude.contains(first))
                wrong.append(u"\"%1\""_s.arg(include.header));
            continue;
        }
        if (table().contains(first) && include.header.contains(u'/')) {
            wrong.append(u"<%1> (own headers stand in quotes)"_s.arg(include.header));
            continue;
        }
        if (first.startsWith(u"Qt"_s) && include.header.contains(u'/')) {
            wrong.append(u"<%1> (Qt headers by their short names)"_s.arg(include.header));
            continue;
        }
        const QString module = moduleOf(include.header);
        // Only what the layer links itself: Network must not leak from aws to what stands on it.
        const QStringList modules = QStringList{u"Core"_s} + table().value(layer).modules;
        if (!modules.contains(module))
            wrong.append(u"<%1> of Qt %2"_s.arg(include.header, module));
    }
    return wrong;
}

} // namespace

class TestLayers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachLayerKeepsToItsPlace_data();
    void eachLayerKeepsToItsPlace();
    void theTableIsWhatIsLinked_data();
    void theTableIsWhatIsLinked();
    void seesWhatIsWrong_data();
    void seesWhatIsWrong();
};

void TestLayers::eachLayerKeepsToItsPlace_data()
{
    QTest::addColumn<QString>("path");
    const QStringList files = test::sourceFiles(u"src"_s, {u"*.h"_s, u"*.cpp"_s});
    QVERIFY(files.size() > 50);
    for (const QString &path : files)
        QTest::newRow(qPrintable(path)) << path;
}

void TestLayers::eachLayerKeepsToItsPlace()
{
    QFETCH(QString, path);
    const QStringList wrong = wrongIncludes(path.section(u'/', 1, 1), test::readSource(path));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u"; "_s)));
}

void TestLayers::theTableIsWhatIsLinked_data()
{
    QTest::addColumn<QString>("layer");
    for (auto it = table().begin(); it != table().end(); ++it)
        QTest::newRow(qPrintable(it.key())) << it.key();
}

// The linker holds the other half: a layer that USES more than the table says could reach more.
void TestLayers::theTableIsWhatIsLinked()
{
    QFETCH(QString, layer);
    static const QRegularExpression declaration(
        u"casement_(layer|program)\\((?<name>[a-z-]+)\\s[^)]*?\\bUSES\\s(?<uses>[a-z\\s]+)"_s);
    auto found = declaration.globalMatch(test::readSource(u"src/%1/CMakeLists.txt"_s.arg(layer)));
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        const QString name = match.captured(u"name"_s);
        if (match.captured(1) == u"layer")
            QCOMPARE(parts().value(name, name), layer);
        const QSet<QString> allowed = reachable(layer);
        for (const QString &used : match.captured(u"uses"_s).simplified().split(u' ', Qt::SkipEmptyParts))
            QVERIFY2(allowed.contains(parts().value(used, used)), qPrintable(u"%1 links %2"_s.arg(name, used)));
    }
}

void TestLayers::seesWhatIsWrong_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<QString>("source");
    QTest::addColumn<bool>("isRight");

    const auto row = [](const char *name, const QString &layer, const QString &source, bool isRight) {
        QTest::newRow(name) << layer << source << isRight;
    };
    row("downwards", u"archive"_s, u"#include \"base/result.h\"\n#include <QSqlQuery>\n"_s, true);
    row("upwards", u"aws"_s, u"#include \"support/cases.h\"\n"_s, false);
    row("sideways", u"demo"_s, u"  #  include \"archive/archive.h\"\n"_s, false);
    row("a folder that is no layer", u"archive"_s, u"#include \"misc/thing.h\"\n"_s, false);
    row("a widget in a model", u"models"_s, u"#include <QLabel>\n"_s, false);
    row("a colour in a model", u"models"_s, u"#include <QColor>\n"_s, true);
    row("the network in the archive", u"archive"_s, u"#include <QNetworkReply>\n"_s, false);
    row("the long form of a Qt header", u"ui"_s, u"#include <QtWidgets/QLabel>\n"_s, false);
    row("a form outside ui", u"models"_s, u"#include \"ui_mainwindow.h\"\n"_s, false);
    row("a form in ui", u"ui"_s, u"#include \"ui_mainwindow.h\"\n"_s, true);
    row("an unknown layer", u"misc"_s, QString(), false);
    row("the standard library", u"base"_s, u"#include <vector>\n#include <sys/types.h>\n"_s, true);
    row("a header of Qt that nobody knows", u"base"_s, u"#include <QNotThere>\n"_s, false);
}

void TestLayers::seesWhatIsWrong()
{
    QFETCH(QString, layer);
    QFETCH(QString, source);
    QFETCH(bool, isRight);
    QCOMPARE(wrongIncludes(layer, source).isEmpty(), isRight);
}

QTEST_APPLESS_MAIN(TestLayers)
#include "tst_layers.moc"
