#include "app/commandline.h"

#include <QHash>
#include <QRegularExpression>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

class TestApplicationArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodOnes();
    void badOnes_data();
    void badOnes();
    void unknownLinks();
    void whatHoldsForANewStartOnly();
};

void TestApplicationArguments::goodOnes()
{
    const CommandLine line =
        CommandLine::parse({u"--profile"_s, u"prod"_s, u"--endpoint-url=http://127.0.0.1:9"_s, u"--language"_s, u"ja"_s,
                            u"--theme"_s, u"dark"_s, u"--portable"_s, u"/nowhere/x"_s, u"--region=cn-north-1"_s});
    QCOMPARE(line.region, u"cn-north-1"_s);
    QCOMPARE(line.error, QString());
    QCOMPARE(line.profile, u"prod"_s);
    QCOMPARE(line.endpointUrl, u"http://127.0.0.1:9"_s);
    QCOMPARE(line.language, u"ja"_s);
    QVERIFY(line.theme == ThemeChoice::Dark);
    QCOMPARE(line.portable, u"/nowhere/x"_s);
    QVERIFY(CommandLine::parse({u"--demo"_s}).demo);
    QVERIFY(CommandLine::parse({u"--help"_s}).help);
    QVERIFY(CommandLine::parse({u"--version"_s}).version);
    QVERIFY(CommandLine::parse({u"--new-case"_s}).newCase);
    QVERIFY(CommandLine::parse({u"--refresh"_s}).refresh);
    QCOMPARE(CommandLine::parse({u"casement:case/1730284921"_s}).caseId, u"1730284921"_s);
    QCOMPARE(CommandLine::parse({u"casement://case/case-12-muen-2026-ab/"_s}).caseId, u"case-12-muen-2026-ab"_s);
    for (const char *option : {"--demo", "--profile", "--endpoint-url", "--region", "--language", "--theme",
                               "--portable", "--screenshot", "--version", "--help"})
        QVERIFY(CommandLine::helpText().contains(QLatin1StringView(option)));
}

void TestApplicationArguments::badOnes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");
    QTest::newRow("unknown option") << QStringList{u"--colour"_s} << u"--colour"_s;
    QTest::newRow("stray word") << QStringList{u"prod"_s} << u"prod"_s;
    QTest::newRow("value missing at the end") << QStringList{u"--profile"_s} << u"--profile"_s;
    QTest::newRow("another option instead of a value") << QStringList{u"--profile"_s, u"--demo"_s} << u"--profile"_s;
    QTest::newRow("empty value") << QStringList{u"--portable="_s} << u"--portable"_s;
    QTest::newRow("value too many") << QStringList{u"--demo=yes"_s} << u"--demo"_s;
    QTest::newRow("unknown language") << QStringList{u"--language"_s, u"xx"_s} << u"xx"_s;
    QTest::newRow("unknown theme") << QStringList{u"--theme"_s, u"pink"_s} << u"pink"_s;
    QTest::newRow("no URL") << QStringList{u"--endpoint-url"_s, u"localhost:80"_s} << u"localhost:80"_s;
    QTest::newRow("demo with a profile") << QStringList{u"--demo"_s, u"--profile"_s, u"p"_s} << u"--demo"_s;
    QTest::newRow("no region") << QStringList{u"--region"_s, u"https://x"_s} << u"https://x"_s;
    QTest::newRow("demo with a region") << QStringList{u"--demo"_s, u"--region"_s, u"eu-west-1"_s} << u"--demo"_s;
    const QString file = QCoreApplication::applicationFilePath();
    QTest::newRow("a file as a folder") << QStringList{u"--portable"_s, file} << file + u" is a file"_s;
    QTest::newRow("a folder in a file") << QStringList{u"--portable="_s + file + u"/x/y"_s} << file + u" is a file"_s;
    QTest::newRow("Qt's own options") << QStringList{u"-platform"_s, u"offscreen"_s} << u"-platform"_s;
}

void TestApplicationArguments::badOnes()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);
    const QString error = CommandLine::parse(arguments).error;
    QVERIFY2(error.contains(names), qPrintable(error));
    QVERIFY(!error.contains(u'\n'));
    QVERIFY(error.endsWith(u'.'));
}

void TestApplicationArguments::unknownLinks()
{
    for (const QString &link :
         {u"casement:"_s, u"casement:send/1?body=x"_s, u"casement:case/1/reply"_s, u"casement:\x1b[2J\n"_s}) {
        const CommandLine line = CommandLine::parse({link});
        QCOMPARE(line.error, QString()); // a window says so
        QCOMPARE(line.caseId, QString());
        QVERIFY2(line.unknownLink.contains(link.left(9)), qPrintable(line.unknownLink));
        for (const QChar c : line.unknownLink)
            QVERIFY(c.category() != QChar::Other_Control);
    }
    QVERIFY(CommandLine::parse({u"casement:"_s + QString(5'000, u'x')}).unknownLink.size() < 200);
    QCOMPARE(CommandLine::parse({u"casement:case/1"_s}).unknownLink, QString());
}

/// Every option that there is: what a window that is open does with it, or that it can't.
void TestApplicationArguments::whatHoldsForANewStartOnly()
{
    // Done by the window, saying which window is meant, or never handed to one.
    const QStringList others{u"--new-case"_s,
                             u"--refresh"_s,
                             u"--portable"_s,
                             u"--demo"_s,
                             u"--version"_s,
                             u"--help"_s,
                             u"--quit-after-first-paint"_s};
    const QHash<QString, QString> values{{u"--theme"_s, u"dark"_s},
                                         {u"--language"_s, u"ja"_s},
                                         {u"--log-level"_s, u"debug"_s},
                                         {u"--region"_s, u"eu-west-1"_s},
                                         {u"--endpoint-url"_s, u"https://a.example"_s}};
    static const QRegularExpression form(u"^ +(?:-., )?(--[a-z-]+)( [A-Za-z|]+)?"_s,
                                         QRegularExpression::MultilineOption);
    QStringList options;
    for (auto matches = form.globalMatch(CommandLine::helpText()); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QString option = match.captured(1);
        options.append(option);
        const bool takesValue =
            match.captured(2).size() > 2 && !others.mid(0, 2).contains(option) && !others.mid(3).contains(option);
        const QStringList given =
            takesValue ? QStringList{option, values.value(option, u"/nowhere/x"_s)} : QStringList{option};
        const CommandLine line = CommandLine::parse(given);
        QVERIFY2(line.error.isEmpty(), qPrintable(line.error));
        QVERIFY2(line.holdsForNewStartOnly() != others.contains(option), qPrintable(option));
    }
    QVERIFY2(options.size() >= 14 && options.contains(u"--archive"_s), qPrintable(options.join(u' ')));
}

QTEST_GUILESS_MAIN(TestApplicationArguments)
#include "tst_applicationarguments.moc"
