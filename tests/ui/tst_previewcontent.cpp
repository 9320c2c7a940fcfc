#include "cputime.h"
#include "ui/previewcontent.h"

#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QStringDecoder>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace casement;
using namespace Qt::StringLiterals;

using Kind = PreviewContent::Kind;
using Reason = PreviewContent::Reason;

namespace {

QByteArray pictureBytes(const char *format, const QSize &size = {40, 20})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

/// A PNG that claims another size.
QByteArray claiming(quint32 width, quint32 height)
{
    QByteArray bytes = pictureBytes("png");
    qToBigEndian(width, bytes.data() + 16);
    qToBigEndian(height, bytes.data() + 20);
    // The checksum of the header, or nobody would believe it.
    quint32 crc = 0xffffffffU;
    for (qsizetype i = 12; i < 29; ++i) {
        crc ^= quint8(bytes[i]);
        for (int k = 0; k < 8; ++k)
            crc = (crc & 1) ? 0xedb88320U ^ (crc >> 1) : crc >> 1;
    }
    qToBigEndian(crc ^ 0xffffffffU, bytes.data() + 29);
    return bytes;
}

} // namespace

/// What of a file is shown; files are hostile.
class TestPreviewContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kindsAreTold_data();
    void kindsAreTold();
    void picturesAreBounded();
    void hostileFilesEnd_data();
    void hostileFilesEnd();
    void longTextsAreCut();
    void textsAreDecoded_data();
    void textsAreDecoded();
    void jsonIsLaidOut();
    void rowsAreParted_data();
    void rowsAreParted();
    void rowsAreBounded();
    void whatIsNoFileIsNotRead();

private:
    PreviewContent preview(const QByteArray &bytes, const QString &name)
    {
        QFile file(m_folder.filePath(u"file"_s));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
            qFatal("a file can't be written");
        file.close();
        return previewOf(file.fileName(), name);
    }

    QTemporaryDir m_folder;
};

void TestPreviewContent::kindsAreTold_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("reason");
    const auto row = [](const char *tag, const QString &name, const QByteArray &bytes, Kind kind, Reason reason) {
        QTest::newRow(tag) << name << bytes << int(kind) << int(reason);
    };
    row("png", u"a.png"_s, pictureBytes("png"), Kind::Picture, Reason::None);
    row("jpeg", u"a.jpg"_s, pictureBytes("jpg"), Kind::Picture, Reason::None);
    row("bmp", u"a.bmp"_s, pictureBytes("bmp"), Kind::Picture, Reason::None);
    row("png under another name", u"a.txt"_s, pictureBytes("png"), Kind::Picture, Reason::None);
    row("text under a picture's name", u"a.png"_s, "no picture", Kind::Nothing, Reason::Damaged);
    row("svg under a picture's name", u"a.png"_s, "<svg xmlns='http://www.w3.org/2000/svg'/>", Kind::Nothing,
        Reason::Damaged);
    row("svg is text", u"a.svg"_s, "<svg xmlns='http://www.w3.org/2000/svg'/>", Kind::Text, Reason::None);
    row("cut png", u"a.png"_s, pictureBytes("png").left(45), Kind::Nothing, Reason::Damaged);
    row("nothing but a head", u"a.png"_s, pictureBytes("png").left(8), Kind::Nothing, Reason::Damaged);
    row("empty", u"a.log"_s, {}, Kind::Text, Reason::None);
    row("log", u"a.log"_s, "one\ntwo\n", Kind::Text, Reason::None);
    row("log with NULs", u"a.log"_s, QByteArray("one\0two", 7), Kind::Text, Reason::None);
    row("program", u"a"_s,
        QByteArray("\x7f"
                   "ELF\0\0\0\0",
                   8),
        Kind::Nothing, Reason::NoPreview);
    row("noise", u"a.bin"_s, QByteArray("\x01\x02\x03\x04\x05\x06\x0e\x0f\xff\xfe", 10).repeated(50), Kind::Nothing,
        Reason::NoPreview);
    row("plain, unknown ending", u"a.unheardof"_s, "one\ntwo\n", Kind::Text, Reason::None);
    row("csv", u"a.csv"_s, "a,b\n1,2\n", Kind::Table, Reason::None);
    row("json", u"a.json"_s, "{}", Kind::Text, Reason::None);
}

void TestPreviewContent::kindsAreTold()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    const PreviewContent content = preview(bytes, name);
    QTEST(int(content.kind), "kind");
    QTEST(int(content.reason), "reason");
}

void TestPreviewContent::picturesAreBounded()
{
    const PreviewContent large = preview(pictureBytes("png", {6000, 300}), u"a.png"_s);
    QCOMPARE(large.kind, Kind::Picture);
    QCOMPARE(large.pictureSize, QSize(6000, 300));
    QVERIFY(large.picture.width() <= PreviewContent::largestSide && large.picture.height() > 0);
    QCOMPARE(preview(claiming(20'000, 20'000), u"a.png"_s).reason, Reason::TooLarge);
    QCOMPARE(preview(claiming(0x7fffffff, 0x7fffffff), u"a.png"_s).kind, Kind::Nothing);
    QCOMPARE(preview(claiming(10'000, 10'000), u"a.png"_s).pictureSize.isEmpty(),
             preview(claiming(10'000, 10'000), u"a.png"_s).kind == Kind::Nothing);
}

void TestPreviewContent::hostileFilesEnd_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    constexpr int large = 6 << 20;
    QTest::newRow("one line") << u"a.log"_s << QByteArray(large, 'x');
    QTest::newRow("lines only") << u"a.log"_s << QByteArray(large, '\n');
    QTest::newRow("NULs") << u"a.log"_s << QByteArray(large, '\0');
    QTest::newRow("broken UTF-8") << u"a.txt"_s << QByteArray(large, '\xe3');
    QTest::newRow("turned around") << u"a.txt"_s << QByteArray("\xe2\x80\xae").repeated(500'000);
    QTest::newRow("stacked accents") << u"a.txt"_s << QByteArray("\xcc\x80").repeated(800'000);
    QTest::newRow("deep JSON") << u"a.json"_s << QByteArray(1 << 20, '[');
    QTest::newRow("deep JSON, closed") << u"a.json"_s << QByteArray(900'000, '[') + QByteArray(900'000, ']');
    QTest::newRow("JSON that grows") << u"a.json"_s
                                     << QByteArray(199, '[') + QByteArray("1,").repeated(900'000) + '1'
            + QByteArray(199, ']');
    QTest::newRow("JSON's one string") << u"a.json"_s << '"' + QByteArray(1 << 20, 'x') + '"';
    QTest::newRow("CSV, a quote that is never closed")
        << u"a.csv"_s << "a,b\n\"" + QByteArray("x,\n").repeated(900'000);
    QTest::newRow("CSV, quotes only") << u"a.csv"_s << QByteArray(large, '"');
    QTest::newRow("CSV, commas only") << u"a.csv"_s << QByteArray(large, ',');
    QTest::newRow("CSV, many rows") << u"a.csv"_s << QByteArray("1;2\n").repeated(1 << 20);
    QTest::newRow("CSV, NULs") << u"a.csv"_s << QByteArray("a,\0\n", 4).repeated(1000);
    QTest::newRow("BMP's name only") << u"a.bmp"_s << "BM" + QByteArray(100, '\0');
    QTest::newRow("GIF that ends") << u"a.gif"_s << QByteArray("GIF89a\xff\xff\xff\xff\xf7\0\0", 13);
    QTest::newRow("JPEG that ends") << u"a.jpg"_s << QByteArray("\xff\xd8\xff\xe0\0\x10JFIF", 10);
}

void TestPreviewContent::hostileFilesEnd()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    const qint64 before = test::computed();
    const PreviewContent content = preview(bytes, name);
    const qint64 took = test::computed() - before;
    QVERIFY2(took < 10'000, qPrintable(QString::number(took)));
    QVERIFY(content.text.size() <= 10 * PreviewContent::mostBytes);
    QVERIFY(content.text.count(u'\n') <= PreviewContent::mostLines);
    qsizetype longest = 0;
    for (const QStringView line : QStringView(content.text).split(u'\n'))
        longest = qMax(longest, line.size());
    QVERIFY2(longest <= PreviewContent::longestLine + 1, qPrintable(QString::number(longest)));
    QVERIFY(!content.text.contains(u'\0') && !content.text.contains(QChar(0x202e)));
    QVERIFY(content.rows.size() <= PreviewContent::mostRows && content.columns <= PreviewContent::mostColumns);
}

void TestPreviewContent::longTextsAreCut()
{
    const PreviewContent content = preview(QByteArray("0123456789\n").repeated(300'000), u"a.log"_s);
    QVERIFY(content.isCut && !content.isBroken);
    QVERIFY(content.text.startsWith(u"0123456789\n"_s));
    const PreviewContent line = preview(QByteArray(5000, 'x'), u"a.log"_s);
    QVERIFY(!line.isCut && line.isBroken);
    QCOMPARE(line.text.count(u'x'), 5000);
}

void TestPreviewContent::textsAreDecoded_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("ASCII") << QByteArray("abc") << u"abc"_s;
    QTest::newRow("UTF-8") << u"接続エラー é"_s.toUtf8() << u"接続エラー é"_s;
    QTest::newRow("UTF-8 with a mark") << "\xef\xbb\xbf" + u"é"_s.toUtf8() << u"é"_s;
    QTest::newRow("UTF-8, cut inside a character") << u"接続"_s.toUtf8().chopped(1) << u"接"_s;
    QTest::newRow("UTF-16LE with a mark") << QByteArray("\xff\xfe"
                                                        "a\0\xe9\0",
                                                        6)
                                          << u"aé"_s;
    QTest::newRow("UTF-16BE with a mark") << QByteArray("\xfe\xff\0a\0\xe9", 6) << u"aé"_s;
    QTest::newRow("UTF-16LE") << QByteArray("a\0b\0c\0d\0", 8) << u"abcd"_s;
    QTest::newRow("UTF-16BE") << QByteArray("\0a\0b\0c\0d", 8) << u"abcd"_s;
    QTest::newRow("Latin-1") << QByteArray("caf\xe9 noir") << u"café noir"_s;
    QTest::newRow("nothing") << QByteArray() << QString();
    if (QStringDecoder("Shift_JIS").isValid())
        QTest::newRow("Shift_JIS") << QByteArray("\x83\x47\x83\x89\x81\x5b \x82\xc5\x82\xb7") << u"エラー です"_s;
}

void TestPreviewContent::textsAreDecoded()
{
    QFETCH(QByteArray, bytes);
    QTEST(decodeText(bytes), "text");
}

void TestPreviewContent::jsonIsLaidOut()
{
    QCOMPARE(preview("{\"b\":[1,2],\"a\":1.50}", u"a.json"_s).text,
             u"{\n  \"b\": [\n    1,\n    2\n  ],\n  \"a\": 1.50\n}"_s);
    QCOMPARE(preview("{\"b\":", u"a.json"_s).text, u"{\"b\":"_s); // as it is
    QCOMPARE(preview("{\"a\":1}\n{\"a\":2}\n", u"a.jsonl"_s).text, u"{\"a\":1}\n{\"a\":2}\n"_s);
}

void TestPreviewContent::rowsAreParted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<QStringList>>("rows");
    using Rows = QList<QStringList>;
    QTest::newRow("commas") << u"a,b\r\n1,\"2,\"\"x\"\"\"\r\n"_s << Rows{{u"a"_s, u"b"_s}, {u"1"_s, u"2,\"x\""_s}};
    QTest::newRow("semicolons") << u"a;b,c\n1;2\n"_s << Rows{{u"a"_s, u"b,c"_s}, {u"1"_s, u"2"_s}};
    QTest::newRow("tabs") << u"a\tb\n1\t2"_s << Rows{{u"a"_s, u"b"_s}, {u"1"_s, u"2"_s}};
    QTest::newRow("quoted separators do not count") << u"\";;;;\",b\n"_s << Rows{{u";;;;"_s, u"b"_s}};
    QTest::newRow("a break in a cell") << u"\"a\nb\",c\n"_s << Rows{{u"a b"_s, u"c"_s}};
    QTest::newRow("never closed") << u"a,b\n\"c,d\ne"_s << Rows{{u"a"_s, u"b"_s}, {u"c,d e"_s}};
    QTest::newRow("a quote inside") << u"5\" pipe,b"_s << Rows{{u"5\" pipe"_s, u"b"_s}};
    QTest::newRow("empty lines") << u"\n\na\n\n"_s << Rows{{u"a"_s}};
    QTest::newRow("empty cells") << u",,\n"_s << Rows{{QString(), QString(), QString()}};
    QTest::newRow("nothing") << QString() << Rows{};
}

void TestPreviewContent::rowsAreParted()
{
    QFETCH(QString, text);
    QTEST(parseCsv(text), "rows");
}

void TestPreviewContent::rowsAreBounded()
{
    const PreviewContent many = preview(QByteArray("1,2\n").repeated(20'000), u"a.csv"_s);
    QCOMPARE(many.rows.size(), PreviewContent::mostRows);
    QVERIFY(many.isCut);
    const PreviewContent few = preview(QByteArray("1,2\n").repeated(5'000), u"a.csv"_s);
    QCOMPARE(few.rows.size(), 5'000);
    QVERIFY(!few.isCut);
}

void TestPreviewContent::whatIsNoFileIsNotRead()
{
    QCOMPARE(previewOf(m_folder.path(), u"a.log"_s).reason, Reason::Unreadable);
    QCOMPARE(previewOf(m_folder.filePath(u"none"_s), u"a.log"_s).reason, Reason::Unreadable);
    QCOMPARE(previewOf(u"/dev/null"_s, u"a.log"_s).reason, Reason::Unreadable);
}

QTEST_MAIN(TestPreviewContent)
#include "tst_previewcontent.moc"
