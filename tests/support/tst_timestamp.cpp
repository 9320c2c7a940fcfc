#include "support/timestamp.h"

#include <QTest>

using namespace casement;

class TestTimestamp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void writesWhatItReads();
};

void TestTimestamp::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("utc"); // empty: can't be read

    const auto row = [](const char *name, const char *text, const char *utc) {
        QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(utc);
    };
    row("as the service writes it", "2020-03-23T21:31:47.774Z", "2020-03-23T21:31:47.774");
    row("an expiry with an offset without colon", "2020-05-14T17:04:40.790+0000", "2020-05-14T17:04:40.790");
    row("an offset with colon", "2026-12-25T09:00:00.000+09:00", "2026-12-25T00:00:00.000");
    row("a western offset", "2026-12-25T00:00:00-0330", "2026-12-25T03:30:00.000");
    row("hours alone as offset", "2026-12-25T09:00:00+09", "2026-12-25T00:00:00.000");
    row("Trusted Advisor leaves out the milliseconds", "2020-05-13T21:38:05Z", "2020-05-13T21:38:05.000");
    row("moto leaves out the zone", "2024-07-23T15:49:29.995123", "2024-07-23T15:49:29.995");
    row("a bare date", "2026-11-01", "2026-11-01T00:00:00.000");
    row("a blank between date and time", "2026-11-01 10:00", "2026-11-01T10:00:00.000");
    row("29 February of a leap year", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000");
    row("no leap year", "2023-02-29T00:00:00Z", "");
    row("month 13", "2023-13-01T00:00:00Z", "");
    row("hour 25", "2023-12-01T25:00:00Z", "");
    row("nothing", "", "");
    row("words", "yesterday", "");
    row("something behind it", "2020-03-23T21:31:47Zulu", "");
    row("a broken offset", "2020-03-23T21:31:47+9", "");
    row("a fraction without digits", "2020-03-23T21:31:47.Z", "");
}

void TestTimestamp::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, utc);
    const qint64 expected =
        utc.isEmpty() ? 0 : QDateTime::fromString(utc + u'Z', Qt::ISODateWithMs).toMSecsSinceEpoch();
    QCOMPARE(parseTimestamp(std::string_view(text.constData(), size_t(text.size()))), expected);
}

void TestTimestamp::writesWhatItReads()
{
    QCOMPARE(timestampText(1'584'999'107'774), QStringLiteral("2020-03-23T21:31:47.774Z"));
    QCOMPARE(parseTimestamp("2020-03-23T21:31:47.774Z"), 1'584'999'107'774);
}

QTEST_APPLESS_MAIN(TestTimestamp)
#include "tst_timestamp.moc"
