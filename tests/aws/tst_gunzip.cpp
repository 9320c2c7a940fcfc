#include "aws/gunzip.h"

#include <QTest>

#define ZLIB_CONST // next_in points to const
#include <zlib.h>

using namespace casement;

namespace {

QByteArray gzip(const QByteArray &data)
{
    z_stream stream = {};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + 16, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
    QByteArray out(qsizetype(deflateBound(&stream, uLong(data.size()))) + 32, Qt::Uninitialized);
    stream.next_in = reinterpret_cast<const Bytef *>(data.constData());
    stream.avail_in = uInt(data.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

// Text that packs to about a fifth.
QByteArray words(qsizetype size)
{
    QByteArray out;
    for (quint32 seed = 1; out.size() < size; seed = seed * 1664525 + 1013904223)
        out += "case " + QByteArray::number(seed >> 20) + " ";
    return out.first(size);
}

constexpr qint64 enough = 128 << 20;

} // namespace

class TestGunzip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWholeIsUnpacked();
    void everyCutIsNoticed();
    void everyWrongByteAtTheEndIsNoticed();
    void whatIsBehindItIsNoticed();
    void filesOneAfterAnotherAreOne();
    void otherThingsAreRefused_data();
    void otherThingsAreRefused();
    void limits();
};

void TestGunzip::whatIsWholeIsUnpacked()
{
    for (const qsizetype size : {0, 1, 100, 65535, 65536, 65537, 1 << 20, (12 << 20) + 1}) {
        const QByteArray data = words(size);
        const Result<QByteArray> unpacked = gunzip(gzip(data), enough);
        QVERIFY2(unpacked, unpacked ? "" : qPrintable(unpacked.error().message));
        QVERIFY(*unpacked == data);
    }
}

void TestGunzip::everyCutIsNoticed()
{
    const QByteArray whole = gzip(words(2000));
    for (qsizetype length = 0; length < whole.size(); ++length) {
        const Result<QByteArray> unpacked = gunzip(whole.first(length), enough);
        QVERIFY2(!unpacked, qPrintable(QString::number(length)));
        QCOMPARE(unpacked.error().kind, Error::Kind::BadAnswer);
    }
    // Where a piece of the output ends just where the input does.
    const QByteArray even = gzip(QByteArray(64 << 10, 'x'));
    for (qsizetype missing = 1; missing <= 10; ++missing)
        QVERIFY(!gunzip(even.chopped(missing), enough));
}

void TestGunzip::everyWrongByteAtTheEndIsNoticed()
{
    const QByteArray whole = gzip(R"({"cases":[]})");
    for (qsizetype back = 1; back <= 8; ++back) {
        QByteArray wrong = whole;
        wrong[wrong.size() - back] = char(wrong[wrong.size() - back] ^ 0x10);
        QVERIFY2(!gunzip(wrong, enough), qPrintable(QString::number(back)));
    }
}

void TestGunzip::whatIsBehindItIsNoticed()
{
    for (const QByteArray &rest : {QByteArray(1, '\0'), QByteArray("x"), QByteArray("{}"), gzip("x").chopped(1)})
        QVERIFY(!gunzip(gzip("{}") + rest, enough));
}

void TestGunzip::filesOneAfterAnotherAreOne()
{
    const Result<QByteArray> unpacked = gunzip(gzip("{\"a\":") + gzip("") + gzip("1}"), enough);
    QVERIFY(unpacked);
    QCOMPARE(*unpacked, QByteArray("{\"a\":1}"));
}

void TestGunzip::otherThingsAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("plain text") << QByteArray("{\"cases\":[]}");
    QTest::newRow("zlib's own wrapping") << qCompress("{}").sliced(4);
    QTest::newRow("garbage behind the head") << gzip("{}").first(10) + QByteArray(100, '\xff');
}

void TestGunzip::otherThingsAreRefused()
{
    QFETCH(QByteArray, bytes);
    const Result<QByteArray> unpacked = gunzip(bytes, enough);
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind, Error::Kind::BadAnswer);
}

void TestGunzip::limits()
{
    // Ten megabytes may be as thin as they like; more than that of nothing but spaces is a bomb.
    QVERIFY(gunzip(gzip(QByteArray(10 << 20, ' ')), enough));
    const Result<QByteArray> bomb = gunzip(gzip(QByteArray(40 << 20, ' ')), enough);
    QVERIFY(!bomb);
    QCOMPARE(bomb.error().kind, Error::Kind::BadAnswer);

    const QByteArray text = words(1 << 20);
    QVERIFY(gunzip(gzip(text), text.size()));
    const Result<QByteArray> large = gunzip(gzip(text), text.size() - 1);
    QVERIFY(!large);
    QCOMPARE(large.error().kind, Error::Kind::TooLarge);
}

QTEST_APPLESS_MAIN(TestGunzip)
#include "tst_gunzip.moc"
