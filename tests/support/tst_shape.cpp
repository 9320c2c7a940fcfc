#include "support/advisor.h"
#include "support/attachments.h"
#include "support/cases.h"
#include "support/catalog.h"

#include <QTest>

using namespace casement;

namespace {

struct Inner
{
    QString name;
    Text slice;
    static constexpr auto shape() { return std::tuple(field("name", &Inner::name), field("slice", &Inner::slice)); }
};

struct Everything
{
    QString text;
    Text slice;
    std::optional<bool> flag;
    qint64 number = -7;
    std::optional<int> small;
    double real = 0;
    QByteArray blob;
    QList<QString> texts;
    std::vector<Inner> inners;
    std::optional<Inner> inner;

    static constexpr auto shape()
    {
        return std::tuple(field("text", &Everything::text), field("slice", &Everything::slice),
                          field("flag", &Everything::flag), field("number", &Everything::number),
                          field("small", &Everything::small), field("real", &Everything::real),
                          field("blob", &Everything::blob), field("texts", &Everything::texts),
                          field("inners", &Everything::inners), field("inner", &Everything::inner));
    }
};

QString summary(const Everything &e)
{
    QStringList parts;
    if (!e.text.isNull())
        parts << QStringLiteral("text=") + e.text;
    if (!e.slice.isEmpty())
        parts << QStringLiteral("slice=") + e.slice.toString();
    if (e.flag)
        parts << QStringLiteral("flag=%1").arg(*e.flag);
    if (e.number != -7)
        parts << QStringLiteral("number=%1").arg(e.number);
    if (e.small)
        parts << QStringLiteral("small=%1").arg(*e.small);
    if (e.real != 0)
        parts << QStringLiteral("real=%1").arg(e.real);
    if (!e.blob.isNull())
        parts << QStringLiteral("blob=") + QString::fromLatin1(e.blob.toHex());
    for (const QString &text : e.texts)
        parts << (text.isNull() ? QStringLiteral("null") : u'"' + text + u'"');
    for (const Inner &inner : e.inners)
        parts << u'{' + inner.name + inner.slice.toString() + u'}';
    if (e.inner)
        parts << QStringLiteral("inner=") + e.inner->name;
    return parts.join(u' ');
}

} // namespace

class TestShape : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnswers_data();
    void readsAnswers();
    void readsStrictly_data();
    void readsStrictly();
    void skippedValuesAreChecked_data();
    void skippedValuesAreChecked();
    void deepNestingIsRefused();
    void everyCutIsNoticed();
    void writes();
    void roundTripOfBytes();
    void checksLimits_data();
    void checksLimits();
    void countsCodePoints();
    void essentialMembers();
    void anAnswerIsItsList();
    void exactMembers();
    void attachmentListsAreOne();
};

void TestShape::readsAnswers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("read"); // starting with "!": the error

    const auto row = [](const char *name, const QByteArray &json, const char *read) {
        QTest::newRow(name) << json << QString::fromUtf8(read);
    };
    row("all kinds",
        R"({"text":"a","slice":"b","flag":true,"number":12,"small":3,"real":1.5,"blob":"AAEC","texts":["x",""],)"
        R"("inners":[{"name":"n","slice":"s"}],"inner":{"name":"i"}})",
        R"(text=a slice=b flag=1 number=12 small=3 real=1.5 blob=000102 "x" "" {ns} inner=i)");
    row("any order", R"({"inner":{"name":"i"},"text":"a"})", "text=a inner=i");
    row("an empty object is an answer without members", "{}", "");
    row("unknown members are skipped", R"({"new":{"deep":[1,{"text":"no"}]},"text":"a","more":null})", "text=a");
    row("null counts as missing", R"({"text":null,"number":null,"inner":null,"texts":null,"inners":null})", "");
    row("null keeps its place among texts", R"({"texts":["a",null,"b"]})", R"("a" null "b")");
    row("null records are no records", R"({"inners":[null,{"name":"n"}]})", "{n}");
    row("wrong types count as missing", R"({"text":{"a":1},"number":"12","flag":"true"})", "");
    row("wrong types in lists", R"({"texts":["a",{"b":1},"c"],"inners":["x",{"name":"n"}]})",
        R"("a" "{"b":1}" "c" {n})");
    row("a text where the answer's list belongs", R"({"inners":"no"})", "!\"inners\"");
    row("a record where the answer's list belongs", R"({"text":"a","texts":{}})", "!\"texts\"");
    row("a list where the answer's record belongs", R"({"inner":[1]})", "!\"inner\"");
    row("a list of nothing but wrong things", R"({"inners":[1,2]})", "!\"inners\"");
    row("a list of nulls is an empty one", R"({"inners":[null]})", "");
    row("a number where a text belongs is shown", R"({"text":170000000000, "slice":12.50})",
        "text=170000000000 slice=12.50");
    row("escapes", R"({"text":"\u65e5\u672c \"q\" \\ \/ \n\ud83d\ude00"})", "text=日本 \"q\" \\ / \n😀");
    row("a lone surrogate becomes a replacement character", R"({"text":"a\ud800b\udc00"})", "text=a\uFFFDb\uFFFD");
    row("broken escapes too", R"({"text":"a\qb\日本\u12"})", "text=a\uFFFDb\uFFFD本\uFFFD12");
    row("bytes that are no UTF-8 too", QByteArray("{\"text\":\"a\xff") + "b\"}", "text=a\uFFFDb");
    row("escaped member names", R"({"te\u0078t":"a"})", "text=a");
    row("the last of two same members counts", R"({"text":"a","text":"b"})", "text=b");
    row("a byte order mark", "\xEF\xBB\xBF{\"text\":\"a\"}", "text=a");
    row("white space around", " \r\n{\"text\":\"a\"}\n\n ", "text=a");
    row("2^53+1 stays exact", R"({"number":9007199254740993})", "number=9007199254740993");
    row("2^63-1 stays exact", R"({"number":9223372036854775807})", "number=9223372036854775807");
    row("a whole number with an exponent", R"({"number":1e3})", "number=1000");
    row("a number too large for its member", R"({"number":1e308,"small":99999999999})", "small=2147483647");
    row("1e999", R"({"real":1e999})", "!whole JSON");
    row("a number of 400 digits", "{\"real\":" + QByteArray(400, '9') + "}", "!whole JSON");
    row("400 digits where a whole number belongs", "{\"number\":" + QByteArray(400, '9') + "}", "!whole JSON");
    row("1e999 where a text belongs", R"({"text":1e999})", "!whole JSON");
    row("NaN", R"({"real":NaN})", "!whole JSON");
    row("NaN where a text belongs", R"({"text":NaN})", "!whole JSON");
    row("half a word where a text belongs", R"({"text":tru})", "!whole JSON");
    row("nothing", "", "!empty");
    row("white space", " \n ", "!empty");
    row("OK", "OK", "!whole JSON");
    row("null", "null", "!whole JSON");
    row("a list", R"([{"text":"a"}])", "!whole JSON");
    row("a string", R"("text")", "!whole JSON");
    row("HTML", "<html><body>{}</body></html>", "!whole JSON");
    row("something behind the object", R"({"text":"a"} x)", "!whole JSON");
    row("a second object", R"({"text":"a"}{"text":"b"})", "!whole JSON");
    row("somebody else's answer", R"({"portal":"login","url":"http://x"})", "!no member");
    row("broken base64", R"({"blob":"A"})", "!base64");
    row("no base64 at all", R"({"blob":"####"})", "!base64");
}

void TestShape::readsAnswers()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, read);
    Arena arena;
    const auto result = decode<Everything>(json, &arena);
    if (read.startsWith(u'!')) {
        QVERIFY2(!result, qPrintable(result ? summary(*result) : QString()));
        QCOMPARE(result.error().kind, Error::Kind::BadAnswer);
        QVERIFY2(result.error().message.contains(read.sliced(1)), qPrintable(result.error().message));
    } else {
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
        QCOMPARE(summary(*result), read);
    }
}

void TestShape::readsStrictly_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("reading");
    QTest::addColumn<QString>("refusal");

    const auto row = [](const char *name, const char *json, Reading reading, const char *refusal) {
        QTest::newRow(name) << QByteArray(json) << int(reading) << QString::fromUtf8(refusal);
    };
    row("what a person typed has an unknown member", R"({"txt":"a"})", Reading::Strict, "\"txt\"");
    row("the emulator skips it", R"({"txt":"a"})", Reading::Typed, "");
    row("a number for a text", R"({"text":1})", Reading::Typed, "\"text\"");
    row("a text for a number", R"({"number":"1"})", Reading::Strict, "\"number\"");
    row("a fraction for a whole number", R"({"number":1.5})", Reading::Typed, "whole number");
    row("a record for a list", R"({"texts":{}})", Reading::Typed, "\"texts\"");
    row("all right", R"({"text":"a","number":1})", Reading::Strict, "");
}

void TestShape::readsStrictly()
{
    QFETCH(QByteArray, json);
    QFETCH(int, reading);
    QFETCH(QString, refusal);
    Arena arena;
    const auto result = decode<Everything>(json, &arena, Reading(reading));
    QCOMPARE(!result, !refusal.isEmpty());
    if (!result)
        QVERIFY2(result.error().message.contains(refusal), qPrintable(result.error().message));
}

void TestShape::skippedValuesAreChecked_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isGood");
    for (const char *value :
         {"null", "true", "false", "0", "-0.0", "1e308", "1E-999", "9007199254740993", "123456789012345678901234567890",
          "\"\"", "\"[{\\\"\"", "\"\\ud800\"", "[]", "{}", R"([1,[2,{"a":[]}],"b"])", R"({"a":{"b":null},"a":[{}]})"})
        QTest::newRow(value) << QByteArray(value) << true;
    for (const char *value : {"nul",         "nulll",      "True",
                              "tru",         "NaN",        "Infinity",
                              "-",           "+1",         "01",
                              "1.",          ".5",         "1e",
                              "0x10",        "1e999",      "-1e400",
                              "[1,]",        "[,1]",       "[1 2]",
                              "[1}",         "{]",         "{\"a\"}",
                              "{\"a\":}",    "{\"a\":1,}", "{\"a\":1]",
                              "{a:1}",       "{1:2}",      "{\"a\":1 \"b\":2}",
                              "\"a\":\"b\"", "\"a\"\"b\"", "'a'",
                              "[[[]]",       "{\"a\":[}",  "[\"a\":1]",
                              "/*x*/1"})
        QTest::newRow(value) << QByteArray(value) << false;
    QTest::newRow("400 digits") << QByteArray(400, '7') << false;
}

void TestShape::skippedValuesAreChecked()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, isGood);
    // Where nobody knows the member, where its type is wrong, and where an item's is.
    for (const QByteArray &json :
         {R"({"new":)" + value + R"(,"text":"a"})", R"({"text":"a","new":{"x":[)" + value + "]}}",
          R"({"flag":)" + value + R"(,"text":"a"})", R"({"inner":{"name":[)" + value + R"(]},"text":"a"})",
          R"({"texts":["x",{"y":)" + value + R"(}],"text":"a"})"}) {
        Arena arena;
        const auto result = decode<Everything>(json, &arena);
        QVERIFY2(bool(result) == isGood, json.constData());
        if (result)
            QCOMPARE(result->text, QStringLiteral("a"));
        else
            QCOMPARE(result.error().kind, Error::Kind::BadAnswer);
    }
}

void TestShape::deepNestingIsRefused()
{
    const auto lists = [](int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    const auto records = [](int depth) {
        return QByteArray(R"({"a":)").repeated(depth) + "1" + QByteArray(depth, '}');
    };
    Arena arena;
    for (const char *member : {"new", "text", "texts", "inner"}) {
        const auto answer = [member](const QByteArray &value) {
            return "{\"" + QByteArray(member) + "\":" + value + R"(,"number":1})";
        };
        for (int depth : {2000, 20'000, 100'000}) {
            for (const QByteArray &pit :
                 {lists(depth), records(depth), QByteArray(depth, '['), R"({"a":[)" + records(depth) + "]}"}) {
                const auto result = decode<Everything>(answer(pit), &arena);
                QVERIFY2(!result, member);
                QCOMPARE(result.error().kind, Error::Kind::BadAnswer);
            }
        }
    }
    // Deeper than the service's answers ever were.
    for (const QByteArray &pit : {lists(100), lists(200), lists(1000), records(999)})
        QVERIFY(decode<Everything>("{\"text\":\"a\",\"new\":" + pit + "}", &arena));
    QVERIFY(decode<Everything>("{\"text\":\"a\",\"new\":" + records(100) + "}", &arena));
    QVERIFY(!decode<Everything>(QByteArray(20'000, '{'), &arena));
}

void TestShape::everyCutIsNoticed()
{
    const QByteArray whole =
        R"({"cases":[{"caseId":"c","subject":"\u65e5","recentCommunications":{"communications":[{"body":"b, ]}"}],)"
        R"("nextToken":null},"ccEmailAddresses":["a","b"]}],"nextToken":"t"})";
    QVERIFY(decode<DescribeCases::Response>(whole));
    for (qsizetype length = 0; length < whole.size(); ++length)
        QVERIFY2(!decode<DescribeCases::Response>(whole.first(length)), whole.first(length).constData());
}

void TestShape::writes()
{
    Everything e;
    QCOMPARE(encode(e), QByteArray(R"({"number":-7,"real":0})"));
    e.text = QStringLiteral("日本 \"q\"\n\u0001 ") + QChar(0xd800);
    e.flag = false;
    e.small = 5;
    e.real = 0.1;
    e.blob = QByteArray("\0\1", 2);
    e.texts = {QStringLiteral("x"), QString(), QStringLiteral("")};
    e.inner.emplace().name = QStringLiteral("i");
    QCOMPARE(encode(e),
             QByteArray(
                 "{\"text\":\"日本 \\\"q\\\"\\n\\u0001 \uFFFD\",\"flag\":false,\"number\":-7,\"small\":5,\"real\":0.1,"
                 "\"blob\":\"AAE=\",\"texts\":[\"x\",null,\"\"],\"inner\":{\"name\":\"i\"}}"));
    QCOMPARE(encode(DescribeCases::Response()), QByteArray(R"({"cases":[]})"));
}

void TestShape::roundTripOfBytes()
{
    for (int size : {0, 1, 2, 3, 4, 57, 1000, 5 << 20}) {
        Attachment file;
        file.fileName = QStringLiteral("f");
        file.data = QByteArray(size, Qt::Uninitialized);
        for (int i = 0; i < size; ++i)
            file.data[i] = char(i * 31 + i / 256);
        const auto back = decode<Attachment>(encode(file));
        QVERIFY(back);
        QVERIFY(back->data == file.data);
        QVERIFY(!back->data.isNull());
    }
}

void TestShape::checksLimits_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<int>("bodyLength");
    QTest::addColumn<int>("ccs");
    QTest::addColumn<QString>("uploadId");
    QTest::addColumn<QStringList>("found");

    const QString good = QStringLiteral("s");
    const QString id = QStringLiteral("u");
    QTest::newRow("within all limits") << good << 8000 << 10 << id << QStringList();
    QTest::newRow("nothing given") << QString() << 0 << 0 << id
                                   << QStringList{QStringLiteral("subject is missing."),
                                                  QStringLiteral("communicationBody is missing.")};
    QTest::newRow("a body of 8,001") << good << 8001 << 0 << id
                                     << QStringList{QStringLiteral(
                                            "communicationBody is too long: its length is 8001, at most 8000.")};
    QTest::newRow("eleven in copy") << good << 1 << 11 << id
                                    << QStringList{
                                           QStringLiteral("ccEmailAddresses has too many items: 11, at most 10.")};
    QTest::newRow("a long upload id") << good << 1 << 0 << QString(2049, u'x')
                                      << QStringList{QStringLiteral(
                                             "uploadIds[0] is too long: its length is 2049, at most 2048.")};
}

void TestShape::checksLimits()
{
    QFETCH(QString, subject);
    QFETCH(int, bodyLength);
    QFETCH(int, ccs);
    QFETCH(QString, uploadId);
    QFETCH(QStringList, found);
    CreateCase::Request request;
    request.subject = subject;
    request.communicationBody = QString(bodyLength, u'b');
    request.ccEmailAddresses = QStringList(ccs, QStringLiteral("a@example.com"));
    request.uploadIds = {uploadId};
    QStringList sentences;
    for (const Violation &violation : violations(request))
        sentences << violation.toSentence();
    QCOMPARE(sentences, found);
}

void TestShape::countsCodePoints()
{
    AddCommunicationToCase::Request request;
    request.caseId = QStringLiteral("c");
    request.communicationBody = QStringLiteral("😀").repeated(8000); // 16,000 UTF-16 units
    QVERIFY(violations(request).isEmpty());
    request.communicationBody += u'x';
    QCOMPARE(violations(request).size(), 1);
}

void TestShape::essentialMembers()
{
    QVERIFY(!decode<CreateCase::Response>(QByteArray("{}")));
    QVERIFY(!decode<CreateCase::Response>(QByteArray(R"({"caseId":""})")));
    QVERIFY(!decode<CreateCase::Response>(QByteArray(R"({"caseId":null})")));
    QVERIFY(!decode<CreateCase::Response>(QByteArray(R"({"caseId":7})")));
    QVERIFY(!decode<CreateCase::Response>(QByteArray(R"({"caseId":false})")));
    QVERIFY(!decode<CreateCase::Response>(QByteArray(R"({"caseId":"case-1","caseId":{}})")));
    QVERIFY(decode<CreateCase::Response>(QByteArray(R"({"caseId":"case-1"})")));
    QVERIFY(!decode<DescribeAttachment::Response>(QByteArray("{}")));
    // Required in the model and missing in real answers: survived.
    const auto result = decode<DescribeTrustedAdvisorCheckResult::Response>(
        QByteArray(R"({"result":{"checkId":"Pfx0RwqBli","status":"not_available"}})"));
    QVERIFY(result && result->result && !result->result->resourcesSummary);
}

void TestShape::anAnswerIsItsList()
{
    const auto isNone = [](const auto &read) { return !read && read.error().kind == Error::Kind::BadAnswer; };
    for (const QByteArray &gap : {QByteArray("{}"), QByteArray(R"({"%1":null})"), QByteArray(R"({"%1":{}})")}) {
        const auto answer = [&gap](const char *list) { return QByteArray(gap).replace("%1", list); };
        QVERIFY(isNone(decode<DescribeCases::Response>(answer("cases"))));
        QVERIFY(isNone(decode<DescribeCommunications::Response>(answer("communications"))));
        QVERIFY(isNone(decode<DescribeServices::Response>(answer("services"))));
        QVERIFY(isNone(decode<DescribeSeverityLevels::Response>(answer("severityLevels"))));
        QVERIFY(isNone(decode<DescribeSupportedLanguages::Response>(answer("supportedLanguages"))));
        QVERIFY(isNone(decode<DescribeTrustedAdvisorChecks::Response>(answer("checks"))));
        QVERIFY(isNone(decode<DescribeTrustedAdvisorCheckSummaries::Response>(answer("summaries"))));
        QVERIFY(isNone(decode<DescribeTrustedAdvisorCheckRefreshStatuses::Response>(answer("statuses"))));
    }
    QVERIFY(decode<DescribeCases::Response>(QByteArray(R"({"cases":[]})")));
    for (const char *token : {"[\"x\"]", "{}", "5", "true"})
        QVERIFY(isNone(decode<DescribeCases::Response>(R"({"cases":[],"nextToken":)" + QByteArray(token) + "}")));
    QVERIFY(decode<DescribeCases::Response>(QByteArray(R"({"cases":[],"nextToken":null})")));

    // What could not be read of them leaves a place, and a token of another type says that there is more.
    const auto cases = decode<DescribeCases::Response>(QByteArray(
        R"({"cases":[null,5,{"caseId":"c","recentCommunications":{"communications":[null],"nextToken":[]}}]})"));
    QVERIFY(cases);
    QCOMPARE(cases->cases.size(), 3);
    QVERIFY(cases->cases[0].caseId.isEmpty() && cases->cases[1].caseId.isEmpty());
    QCOMPARE(cases->cases[2].recentCommunications->communications.size(), 1);
    QVERIFY(!cases->cases[2].recentCommunications->communications.first().isReadable());
    QCOMPARE(cases->cases[2].recentCommunications->nextToken, QStringLiteral("[]"));
    QVERIFY(isNone(decode<DescribeCases::Response>(QByteArray(R"({"cases":[5,"x"]})"))));

    for (const char *file : {"{}", R"({"data":null})", R"({"data":5})", R"({"fileName":"f"})"})
        QVERIFY(isNone(decode<DescribeAttachment::Response>(R"({"attachment":)" + QByteArray(file) + "}")));
    QVERIFY(decode<DescribeAttachment::Response>(QByteArray(R"({"attachment":{"data":""}})")));
}

void TestShape::exactMembers()
{
    using Response = AddCommunicationToCase::Response;
    for (const char *answer : {R"({"result":"false"})", R"({"result":"no"})", R"({"result":0})", R"({"result":[]})",
                               R"({"result":true,"result":"x"})"}) {
        const Result<Response> read = decode<Response>(QByteArray(answer));
        QVERIFY2(!read, answer);
        QCOMPARE(read.error().kind, Error::Kind::BadAnswer);
        QVERIFY(read.error().message.contains(QLatin1StringView("\"result\"")));
    }
    QCOMPARE(decode<Response>(QByteArray(R"({"result":false})"))->result, std::optional(false));
    QCOMPARE(decode<Response>(QByteArray(R"({"result":true})"))->result, std::optional(true));
    for (const char *answer : {"{}", R"({"result":null})"}) // absent, which is not another type
        QCOMPARE(decode<Response>(QByteArray(answer))->result, std::optional<bool>());
    QVERIFY(!decode<ResolveCase::Response>(QByteArray(R"({"finalCaseStatus":1})")));
    QVERIFY(!decode<ResolveCase::Response>(QByteArray(R"({"initialCaseStatus":{},"finalCaseStatus":"resolved"})")));
}

void TestShape::attachmentListsAreOne()
{
    Communication c;
    c.attachments = {{QStringLiteral("1"), QStringLiteral("a.log")}, {QStringLiteral("2"), QStringLiteral("big.bin")}};
    c.attachmentSet = {{QStringLiteral("1"), QStringLiteral("a.log")},
                       {QStringLiteral("3"), QStringLiteral("old.txt")}};
    QStringList ids;
    for (const AttachmentDetails &a : c.allAttachments())
        ids << a.attachmentId;
    QCOMPARE(ids, QStringList({QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3")}));
}

QTEST_APPLESS_MAIN(TestShape)
#include "tst_shape.moc"
