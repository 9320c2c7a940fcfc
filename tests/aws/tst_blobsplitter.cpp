#include "aws/blobsplitter.h"

#include <QSignalSpy>
#include <QTest>

using namespace casement;

namespace {

class Kept final : public BodySink
{
public:
    Error begin(const HttpAnswer &) override
    {
        ++begun;
        return {};
    }
    Error take(const QByteArray &piece) override
    {
        text += piece;
        return refusal;
    }
    bool isFull() const override { return full; }

    int begun = 0;
    QByteArray text;
    bool full = false;
    Error refusal;
};

struct Split
{
    QByteArray rest;
    QByteArray blob;
    Error::Kind error = Error::Kind::None;
};

Split split(const QByteArray &json, qsizetype pieceSize, qint64 largest = 1000)
{
    const auto kept = std::make_shared<Kept>();
    BlobSplitter splitter({"attachment", "data", kept}, largest);
    splitter.begin({});
    for (qsizetype at = 0; at < json.size(); at += pieceSize) {
        if (const Error error = splitter.take(json.mid(at, pieceSize)); error.kind != Error::Kind::None)
            return {{}, {}, error.kind};
    }
    return {splitter.takeRest(), kept->text};
}

} // namespace

class TestBlobSplitter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheText_data();
    void takesTheText();
    void refuses();
    void passesOnWhatTheSinkSays();
};

void TestBlobSplitter::takesTheText_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<QByteArray>("blob");
    const auto row = [](const char *name, const QByteArray &json, const QByteArray &rest, const QByteArray &blob) {
        QTest::newRow(name) << json << rest << blob;
    };
    const auto left = [&row](const char *name, const QByteArray &json) { row(name, json, json, {}); };
    row("the last", "{\"attachment\":{\"fileName\":\"a\",\"data\":\"QUJD\"}}",
        "{\"attachment\":{\"fileName\":\"a\",\"data\":\"\"}}", "QUJD");
    row("the first",
        "{\"x\":[{\"data\":\"no\"}],\"attachment\": { \"data\" : \"QUJD\" , \"fileName\":\"data\"}, \"y\":1}",
        "{\"x\":[{\"data\":\"no\"}],\"attachment\": { \"data\" : \"\" , \"fileName\":\"data\"}, \"y\":1}", "QUJD");
    row("empty", "{\"attachment\":{\"data\":\"\"}}", "{\"attachment\":{\"data\":\"\"}}", "");
    row("with escapes", "{\"attachment\":{\"data\":\"a\\/b\\u002bc\\u003D\\/\"}}", "{\"attachment\":{\"data\":\"\"}}",
        "a/b+c=/");
    row("with what is no base64", "{\"attachment\":{\"data\":\"a\\\"b\\u00e4\\\\\"}}",
        "{\"attachment\":{\"data\":\"\"}}", "a\\\"b\\u00e4\\\\");
    row("behind deeper ones", "{\"attachment\":{\"x\":{\"y\":[{\"data\":\"no\"}],\"z\":{}},\"data\":\"QUJD\"}}",
        "{\"attachment\":{\"x\":{\"y\":[{\"data\":\"no\"}],\"z\":{}},\"data\":\"\"}}", "QUJD");
    row("behind texts like JSON", "{\"attachment\":{\"fileName\":\"\\\"data\\\":\\\"x\\\\\",\"data\":\"QUJD\"}}",
        "{\"attachment\":{\"fileName\":\"\\\"data\\\":\\\"x\\\\\",\"data\":\"\"}}", "QUJD");
    row("cut", "{\"attachment\":{\"data\":\"QUJD", "{\"attachment\":{\"data\":\"", "QUJD");
    row("cut in an escape", "{\"attachment\":{\"data\":\"QUJD\\u00", "{\"attachment\":{\"data\":\"", "QUJD");
    left("of the answer", "{\"data\":\"QUJD\"}");
    left("of another record", "{\"attachments\":{\"data\":\"QUJD\"},\"attachmen\":{\"data\":\"QUJD\"}}");
    left("another member", "{\"attachment\":{\"data2\":\"QUJD\",\"dat\":\"QUJD\",\"\":\"data\"}}");
    left("deeper", "{\"attachment\":{\"x\":{\"data\":\"QUJD\"}},\"x\":{\"attachment\":{\"data\":\"QUJD\"}}}");
    left("in a list", "{\"attachment\":[{\"data\":\"QUJD\"}]}");
    left("of a list", "[{\"attachment\":{\"data\":\"QUJD\"}}]");
    left("a name as a value",
         "{\"x\":\"attachment\",\"y\":{\"data\":\"QUJD\"},\"attachment\":{\"x\":\"data\",\"y\":\"QUJD\"}}");
    left("no text", "{\"attachment\":{\"data\":[\"QUJD\"]},\"x\":\"QUJD\"}");
    left("null", "{\"attachment\":{\"data\":null,\"x\":\"QUJD\"}}");
    left("a name with escapes", "{\"attachment\":{\"d\\u0061ta\":\"QUJD\"}}");
    left("no JSON", "<html>\"attachment\":{\"data\":\"QUJD\"}</html>");
    left("more ends than beginnings", "}}}]{\"x\":\"QUJD\"}");
}

void TestBlobSplitter::takesTheText()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, rest);
    QFETCH(QByteArray, blob);
    for (qsizetype piece = 1; piece <= json.size(); ++piece) {
        const Split parts = split(json, piece);
        QCOMPARE(int(parts.error), int(Error::Kind::None));
        QCOMPARE(parts.rest, rest);
        QCOMPARE(parts.blob, blob);
    }
}

void TestBlobSplitter::refuses()
{
    const QByteArray twice = R"({"attachment":{"data":"QUJD","data":"QUJE"}})";
    const QByteArray two = R"({"attachment":{"data":"QUJD"},"attachment":{"data":"QUJE"}})";
    for (const qsizetype piece : {qsizetype(1), qsizetype(1000)}) {
        QCOMPARE(int(split(twice, piece).error), int(Error::Kind::BadAnswer));
        QCOMPARE(int(split(two, piece).error), int(Error::Kind::BadAnswer));
    }
    const QByteArray large = "{\"attachment\":{\"data\":\"" + QByteArray(5000, 'A') + "\"},\"x\":\"";
    QCOMPARE(int(split(large, 100).error), int(Error::Kind::None)); // of the text no limit holds here
    QCOMPARE(int(split(large + QByteArray(1000, 'x'), 100).error), int(Error::Kind::TooLarge));
}

void TestBlobSplitter::passesOnWhatTheSinkSays()
{
    const auto kept = std::make_shared<Kept>();
    BlobSplitter splitter({"attachment", "data", kept}, 1000);
    QSignalSpy drained(&splitter, &BodySink::drained);
    splitter.begin({});
    QCOMPARE(kept->begun, 1);
    QVERIFY(!splitter.isFull());
    kept->full = true;
    QVERIFY(splitter.isFull());
    Q_EMIT kept->drained();
    QCOMPARE(drained.size(), 1);
    kept->refusal = {.kind = Error::Kind::File};
    QCOMPARE(int(splitter.take("{\"attachment\":{\"data\":\"QUJD").kind), int(Error::Kind::File));
}

QTEST_APPLESS_MAIN(TestBlobSplitter)
#include "tst_blobsplitter.moc"
