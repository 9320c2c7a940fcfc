#include "aws/serviceerror.h"

#include <QTest>

using namespace casement;

class TestServiceError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spelling_data();
    void spelling();
    void kind_data();
    void kind();
    void longAndDeep();
    void wholeAnswer_data();
    void wholeAnswer();
};

void TestServiceError::spelling_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const char *header, const char *body, const char *code, const char *message) {
        QTest::newRow(name) << QByteArray(header) << QByteArray(body) << QString::fromUtf8(code)
                            << QString::fromUtf8(message);
    };
    row("__type", "", R"({"__type":"CaseIdNotFound","message":"m"})", "CaseIdNotFound", "m");
    row("with its name space", "", R"({"__type":"com.amazonaws.support#CaseIdNotFound","message":"m"})",
        "CaseIdNotFound", "m");
    row("with a URI", "", R"({"__type":"CaseIdNotFound:http://internal.amazon.com/coral/com.amazonaws.support/"})",
        "CaseIdNotFound", "");
    row("with both", "", R"({"__type":"a.b#CaseIdNotFound:http://x#y/"})", "CaseIdNotFound", "");
    row("code", "", R"({"code":"CaseIdNotFound","Message":"M"})", "CaseIdNotFound", "M");
    row("header only", "CaseIdNotFound", "", "CaseIdNotFound", "");
    row("header with a URI", "CaseIdNotFound:http://internal.amazon.com/", "{}", "CaseIdNotFound", "");
    row("header before body", "A#One", R"({"__type":"Two","code":"Three"})", "One", "");
    row("__type before code", "", R"({"__type":"Two","code":"Three"})", "Two", "");
    row("message before Message", "", R"({"__type":"A","message":"m","Message":"M"})", "A", "m");
    row("null message", "", R"({"__type":"A","message":null,"Message":"M"})", "A", "M");
    row("code that is a number", "", R"({"code":42,"message":"m"})", "400", "m");
    row("nothing", "", "", "400", "");
    row("empty object", "", "{}", "400", "");
    row("raw text", "", "  go away\n", "400", "go away");
    row("byte order mark", "", "\xef\xbb\xbf{\"__type\":\"A\"}", "A", "");
    row("Japanese", "", R"({"__type":"A","message":"ケースがありません"})", "A", "ケースがありません");
    row("invalid UTF-8", "", "\xff\xfe!", "400", "\xef\xbf\xbd\xef\xbf\xbd!");
}

void TestServiceError::spelling()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, body);
    HttpAnswer answer;
    answer.status = 400;
    answer.body = body;
    answer.headers = {{"Content-Type", "application/x-amz-json-1.1"}, {"X-Amzn-RequestId", "id-1"}};
    if (!header.isEmpty())
        answer.headers.append(sigv4::Header{"x-amzn-ErrorType", header});
    const Error error = serviceError(answer);
    QTEST(error.code, "code");
    QTEST(error.message, "message");
    QCOMPARE(error.requestId, QStringLiteral("id-1"));
    QCOMPARE(error.kind, Error::Kind::Refused);
    // Without a code it may be a gateway that speaks.
    QCOMPARE(error.effect, error.code == QLatin1StringView("400") ? Error::Effect::Unknown : Error::Effect::None);
}

void TestServiceError::kind_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<Error::Effect>("effect");
    constexpr auto none = Error::Effect::None;
    constexpr auto unknown = Error::Effect::Unknown;
    using Kind = Error::Kind;
    const auto row = [](const char *name, int status, const char *body, Kind kind, Error::Effect effect) {
        QTest::newRow(name) << status << QByteArray(body) << kind << effect;
    };
    row("refusal", 400, R"({"__type":"ValidationException"})", Kind::Refused, none);
    row("forbidden", 403, R"({"__type":"AccessDeniedException"})", Kind::Refused, none);
    row("throttled", 400, R"({"__type":"Throttling"})", Kind::Throttled, none);
    row("throttled with 503", 503, R"({"__type":"x#ThrottlingException:u"})", Kind::Throttled, none);
    row("429", 429, "", Kind::Throttled, unknown);
    row("429 by the service", 429, R"({"__type":"ThrottlingException"})", Kind::Throttled, none);
    row("throttled with 500", 500, R"({"__type":"ThrottlingException"})", Kind::Throttled, unknown);
    row("throttled with 504", 504, R"({"__type":"SlowDown"})", Kind::Throttled, unknown);
    row("throttled with 202", 202, R"({"__type":"SlowDown"})", Kind::Throttled, unknown);
    row("took too long", 400, R"({"__type":"RequestTimeout"})", Kind::Refused, unknown);
    row("took too long, in full", 400, R"({"__type":"a#RequestTimeoutException:b"})", Kind::Refused, unknown);
    row("took too long with 503", 503, R"({"__type":"RequestTimeout"})", Kind::Unavailable, unknown);
    row("the one before is not done", 400, R"({"__type":"PriorRequestNotComplete"})", Kind::Throttled, unknown);
    row("internal", 500, R"({"__type":"InternalServerError"})", Kind::Unavailable, unknown);
    row("503", 503, "", Kind::Unavailable, unknown);
    row("504 page", 504, "<html>x</html>", Kind::NotTheService, unknown);
    row("403 page", 403, "\n <!doctype html><p>no", Kind::NotTheService, unknown);
    row("408", 408, "", Kind::Refused, unknown);
    row("skewed", 400, R"({"__type":"RequestTimeTooSkewed"})", Kind::ClockSkew, none);
    row("expired request", 400, R"({"__type":"RequestExpired"})", Kind::ClockSkew, none);
    row("expired signature", 400,
        R"({"__type":"InvalidSignatureException","message":"Signature expired: 1 is now earlier than 2"})",
        Kind::ClockSkew, none);
    row("early signature", 400, R"({"__type":"InvalidSignatureException","message":"Signature not yet current: 1"})",
        Kind::ClockSkew, none);
    row("wrong signature", 400, R"({"__type":"InvalidSignatureException","message":"does not match"})", Kind::Refused,
        none);
    row("moved", 301, "<html>", Kind::Redirected, unknown);
    row("moved, with a code", 302, R"({"__type":"Moved"})", Kind::Redirected, unknown);
    row("401", 401, "", Kind::Refused, unknown);
    row("404 without a code", 404, R"({"__type":null,"message":"no"})", Kind::Refused, unknown);
    row("not modified", 304, "", Kind::Redirected, unknown);
    row("accepted", 202, "{}", Kind::BadAnswer, unknown);
    row("processing", 102, "", Kind::BadAnswer, unknown);
    row("proxy", 407, "<html>", Kind::Proxy, none);
}

void TestServiceError::kind()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    HttpAnswer answer;
    answer.status = status;
    answer.body = body;
    const Error error = serviceError(answer);
    QTEST(error.kind, "kind");
    QTEST(error.effect, "effect");
    QCOMPARE(error.httpStatus, status);
    QCOMPARE(mayBeClockSkew(error),
             error.kind == Error::Kind::ClockSkew || error.code.startsWith(QLatin1StringView("InvalidSignature")));
}

void TestServiceError::longAndDeep()
{
    HttpAnswer answer;
    answer.status = 400;
    answer.body = "{\"__type\":\"" + QByteArray(5000, 'A') + "\",\"message\":\"" + QByteArray(50'000, 'm') + "\"}";
    QCOMPARE(serviceError(answer).code.size(), 100);
    QCOMPARE(serviceError(answer).message.size(), 1001);
    answer.body = QByteArray(20'000, '[') + QByteArray(20'000, ']');
    QCOMPARE(serviceError(answer).kind, Error::Kind::Refused);
    answer.body = QByteArray(5 << 20, 'x');
    QVERIFY(serviceError(answer).message.size() <= 1001);
    answer.body = "<html><style>p{}</style><body><p>Access &amp; denied<script>alert(1)</script> by policy";
    QCOMPARE(serviceError(answer).message, QStringLiteral("Access &amp; denied by policy"));
}

void TestServiceError::wholeAnswer_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    const auto row = [](const char *body, Error::Kind kind) {
        QTest::newRow(*body ? body : "empty") << QByteArray(body) << kind;
    };
    row("{}", Error::Kind::None);
    row(" \n{\"a\":1}\r\n ", Error::Kind::None);
    row("\xef\xbb\xbf{}", Error::Kind::None);
    row("", Error::Kind::BadAnswer);
    row("{", Error::Kind::BadAnswer);
    row("}", Error::Kind::BadAnswer);
    row("[]", Error::Kind::BadAnswer);
    row("null", Error::Kind::BadAnswer);
    row("{\"a\":", Error::Kind::BadAnswer);
    row("<html>{}</html>", Error::Kind::NotTheService);
    row("<!doctype html>{}", Error::Kind::NotTheService);
}

void TestServiceError::wholeAnswer()
{
    QFETCH(QByteArray, body);
    HttpAnswer answer;
    answer.status = 200;
    answer.body = body;
    QTEST(checkAnswer(answer).kind, "kind");
}

QTEST_GUILESS_MAIN(TestServiceError)
#include "tst_serviceerror.moc"
