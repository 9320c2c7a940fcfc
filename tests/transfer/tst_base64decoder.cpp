#include "transfer/base64decoder.h"

#include "transferfixture.h"

#include <QTest>

using namespace casement;
using namespace casement::test;

namespace {

/// What comes out of pieces of that many characters; nothing when it is no base64.
QByteArray decoded(const QByteArray &text, qsizetype pieceSize)
{
    Base64Decoder decoder;
    QByteArray all;
    QByteArray bytes;
    for (qsizetype at = 0; at < text.size(); at += pieceSize) {
        if (!decoder.decode(text.mid(at, pieceSize), bytes))
            return {};
        all += bytes;
    }
    return decoder.isWhole() ? all : QByteArray();
}

} // namespace

class TestBase64Decoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyBytesInAnyPieces();
    void whatIsNoneIsRefused_data();
    void whatIsNoneIsRefused();
    void nothingComesAfterTheEnd();
};

void TestBase64Decoder::anyBytesInAnyPieces()
{
    for (qsizetype size = 1; size < 70; ++size) {
        const QByteArray bytes = randomBytes(size, quint32(size));
        for (qsizetype piece = 1; piece <= 100; ++piece)
            QCOMPARE(decoded(bytes.toBase64(), piece), bytes);
    }
    const QByteArray large = randomBytes(1'000'003, 1);
    QVERIFY(decoded(large.toBase64(), 65'537) == large);
    QByteArray all(256, Qt::Uninitialized);
    for (int i = 0; i < 256; ++i)
        all[i] = char(i);
    QCOMPARE(decoded(all.toBase64(), 7), all);
}

void TestBase64Decoder::whatIsNoneIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"YWJ", "YW", "Y", "YWJj=", "Y===", "====", "=WJj", "Y=Jj", "YW=j", "YWJ\n", "YWJj\n",
                             " YWJ", "YW-_", "YWJj*WJj", "YWJjYWI=YWJj", "YWI==", "YW==YW==", "YWJ\xc3\xa4", "YW\\/"})
        QTest::newRow(text) << QByteArray(text);
}

void TestBase64Decoder::whatIsNoneIsRefused()
{
    QFETCH(QByteArray, text);
    for (qsizetype piece = 1; piece <= text.size(); ++piece)
        QCOMPARE(decoded(text, piece), QByteArray());
}

void TestBase64Decoder::nothingComesAfterTheEnd()
{
    Base64Decoder decoder;
    QByteArray bytes;
    QVERIFY(decoder.isWhole());
    QVERIFY(decoder.decode("YWI", bytes));
    QVERIFY(!decoder.isWhole());
    QCOMPARE(bytes, "");
    QVERIFY(decoder.decode("=", bytes));
    QCOMPARE(bytes, "ab");
    QVERIFY(decoder.isWhole());
    QVERIFY(!decoder.decode("YWJj", bytes));
    QCOMPARE(bytes, "");
    QVERIFY(!decoder.isWhole());
    QVERIFY(!decoder.decode("", bytes)); // once broken it stays so
}

QTEST_APPLESS_MAIN(TestBase64Decoder)
#include "tst_base64decoder.moc"
