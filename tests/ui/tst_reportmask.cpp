#include "ui/reportmask.h"

#include "base/redact.h"

#include <QDir>
#include <QSysInfo>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

/// What is taken out of the texts of a report.
class TestReportMask : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masks_data();
    void masks();
    void leavesWhatHelps_data();
    void leavesWhatHelps();
    void secretsOfThisProcess();
    void namesOfAccounts();
    void placesOfPeople();
};

void TestReportMask::masks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("masked");
    QTest::newRow("an address") << u"sent by ann.lee+aws@example.co.jp today"_s << u"sent by [e-mail] today"_s;
    QTest::newRow("an address in brackets") << u"<ann@example.com>"_s << u"<[e-mail]>"_s;
    QTest::newRow("an account") << u"account 123456789012 is closed"_s << u"account [account number] is closed"_s;
    QTest::newRow("an account in groups") << u"1234-5678-9012"_s << u"[account number]"_s;
    QTest::newRow("an account in a word") << u"logs-123456789012-eu"_s << u"logs-[account number]-eu"_s;
    QTest::newRow("an ARN") << u"User: arn:aws:iam::123456789012:user/ann is not authorized"_s
                            << u"User: arn:aws:iam:[…] is not authorized"_s;
    QTest::newRow("an ARN of China") << u"\"arn:aws-cn:sts::123456789012:assumed-role/Admin/ann\""_s
                                     << u"\"arn:aws-cn:sts:[…]\""_s;
    QTest::newRow("a case") << u"case-123456789012-muen-2026-4f3a2b is gone"_s << u"[case] is gone"_s;
    QTest::newRow("a number of a case") << u"ID 17302849210 of it"_s << u"ID [number] of it"_s;
    QTest::newRow("a link") << u"see https://wiki.example.com/x/y?token=abc#z."_s << u"see https://[host]/[…]"_s;
    QTest::newRow("a link of AWS") << u"https://support.us-east-1.amazonaws.com/path"_s
                                   << u"https://support.us-east-1.amazonaws.com/[…]"_s;
    QTest::newRow("a bucket in a link") << u"https://acme-prod.s3.amazonaws.com/key"_s
                                        << u"https://[…].s3.amazonaws.com/[…]"_s;
    QTest::newRow("a bucket's host") << u"GET acme.prod.s3.eu-west-1.amazonaws.com status 200"_s
                                     << u"GET […].s3.eu-west-1.amazonaws.com status 200"_s;
    QTest::newRow("a demo on this computer") << u"http://127.0.0.1:4711/part/7"_s << u"http://127.0.0.1:4711/[…]"_s;
    QTest::newRow("a key id") << u"key AKIAIOSFODNN7EXAMPLE"_s << QString();
    QTest::newRow("a secret by its name")
        << u"aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"_s << QString();
}

void TestReportMask::masks()
{
    QFETCH(const QString, text);
    QFETCH(const QString, masked);
    const QString is = ReportMask()(text);
    if (!masked.isEmpty())
        QCOMPARE(is, masked);
    QVERIFY(!is.contains(text.section(u' ', -1)) || !masked.isEmpty());
    QCOMPARE(ReportMask()(is), is); // once is enough
}

void TestReportMask::leavesWhatHelps_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text :
         {u"2026-11-26 10:21:03.123Z info casement.http DescribeCases attempt 1 status 200 bytes 123456 ms 87"_s,
          u"Refused AccessDeniedException (request 6d0a4b5e-2f1c-4b6e-9a7d-0c1e2f3a4b5c)"_s, u"schema 17 -> 18"_s,
          u"~/.config/casement/accounts.json can't be read: Permission denied"_s,
          u"\"theme\": \"dark\",\n    \"polling/minutes\": \"7\""_s, u"時計が 312 秒ずれています。"_s})
        QTest::newRow(qPrintable(text.left(30))) << text;
}

void TestReportMask::leavesWhatHelps()
{
    QFETCH(const QString, text);
    QCOMPARE(ReportMask({u"Production"_s})(text), text);
}

void TestReportMask::secretsOfThisProcess()
{
    const QString session = u"OneSessionTokenOfThisProcess0123456789abcdefgh"_s;
    registerSecret(session);
    const QString masked = ReportMask()(u"somewhere "_s + session + u" in a line"_s);
    QVERIFY(!masked.contains(session));
    QVERIFY(masked.startsWith(u"somewhere "_s) && masked.endsWith(u" in a line"_s));
}

void TestReportMask::namesOfAccounts()
{
    const ReportMask mask({u"Prod"_s, u"Prod Tokyo"_s, u"本番"_s, u""_s, u"a+b"_s});
    QCOMPARE(mask(u"Prod Tokyo failed, Prod did not, PROD, too"_s),
             u"[account 2] failed, [account 1] did not, [account 1], too"_s);
    QCOMPARE(mask(u"Production and Products stay"_s), u"Production and Products stay"_s);
    QCOMPARE(mask(u"“本番” a+b"_s), u"“[account 3]” [account 5]"_s);
    QCOMPARE(mask(u"Prod"_s), u"[account 1]"_s);
}

void TestReportMask::placesOfPeople()
{
    QCOMPARE(ReportMask()(QDir::homePath() + u"/x/y.txt"_s), u"~/x/y.txt"_s);
    QCOMPARE(ReportMask()(u"/home/hana/x"_s), u"/home/…/x"_s);
    const QString computer = QSysInfo::machineHostName();
    if (computer.size() > 2 && computer != "localhost"_L1)
        QCOMPARE(ReportMask()(u"on "_s + computer + u" now"_s), u"on [computer] now"_s);
}

QTEST_GUILESS_MAIN(TestReportMask)
#include "tst_reportmask.moc"
