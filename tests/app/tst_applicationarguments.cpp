#include "app/commandline.h"

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
};

void TestApplicationArguments::goodOnes()
{
    const CommandLine line =
        CommandLine::parse({u"--profile"_s, u"prod"_s, u"--endpoint-url=http://127.0.0.1:9"_s, u"--language"_s, u"ja"_s,
                            u"--theme"_s, u"dark"_s, u"--portable"_s, u"/tmp/x"_s, u"--region=cn-north-1"_s});
    QCOMPARE(line.region, u"cn-north-1"_s);
    QCOMPARE(line.error, QString());
    QCOMPARE(line.profile, u"prod"_s);
    QCOMPARE(line.endpointUrl, u"http://127.0.0.1:9"_s);
    QCOMPARE(line.language, u"ja"_s);
    QVERIFY(line.theme == ThemeChoice::Dark);
    QCOMPARE(line.portable, u"/tmp/x"_s);
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
    QTest::newRow("a link to nothing") << QStringList{u"casement:"_s} << u"casement:"_s;
    QTest::newRow("a link that wants to send") << QStringList{u"casement:send/1?body=x"_s} << u"casement:send"_s;
    QTest::newRow("a link with more behind the case") << QStringList{u"casement:case/1/reply"_s} << u"/reply"_s;
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

QTEST_GUILESS_MAIN(TestApplicationArguments)
#include "tst_applicationarguments.moc"
