#include "aws/gunzip.h"
#include "aws/serviceerror.h"
#include "fuzzinput.h"

// Input: an answer as it stands on the wire, lines ended by LF: the status, headers, an empty line, the body. With
// `content-encoding: gzip` the body is unpacked first.

using namespace casement;
using namespace casement::fuzz;

namespace {

constexpr qsizetype longestCode = 100;
constexpr qsizetype longestMessage = 1001; // with its ellipsis

void checkTexts(const Error &error)
{
    require(error.code.size() <= longestCode, "a code is short", error.code);
    require(error.message.size() <= longestMessage, "a message is not overlong", error.message);
    require(error.requestId.size() <= longestCode, "a request id is short", error.requestId);
    require(!endsInHalf(error.code) && !(error.message.endsWith(u'…') && endsInHalf(error.message.chopped(1))),
            "no character is cut in two", error.toLine());
    require(!hasControls(error.toLine(), u"\n\t"), "a line for the log holds no control characters");
}

void checkServiceError(const HttpAnswer &answer)
{
    const Error error = serviceError(answer);
    checkTexts(error);
    require(error.kind != Error::Kind::None, "an error is one");
    require(error.httpStatus == answer.status, "the status is told");
    require(!error.code.isEmpty(), "there is always a code");
    if (answer.status >= 500 && error.effect == Error::Effect::None)
        require(answer.status == 503 && error.kind == Error::Kind::Throttled, "a service in trouble promises nothing",
                error.toLine());
    require(deniedAction(error).size() <= 100, "an action is short", deniedAction(error));
    require(!adviceCode(error).isEmpty(), "there is always a code for the advice");
    if (isExpiredToken(error))
        require(error.code.startsWith(QLatin1StringView("ExpiredToken")), "an expired token is told by its code");
}

void checkGoodAnswer(HttpAnswer answer)
{
    answer.status = 200;
    const Error error = checkAnswer(answer);
    checkTexts(error);
    const QByteArray body = answer.body.trimmed();
    if (body.startsWith('{') && body.endsWith('}') && body.size() > 1)
        require(error.kind == Error::Kind::None, "a whole object is an answer", error.toLine());
    if (error.kind != Error::Kind::None)
        require(error.effect == Error::Effect::Unknown, "who did not understand does not know what was done");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const bool isReady = (silence(), true);
    Q_UNUSED(isReady)
    Input input(data, size);
    HttpAnswer answer;
    answer.status = std::clamp(input.until("\n").toByteArray().toInt(), 100, 599);
    while (!input.isEmpty()) {
        const QByteArrayView line = input.until("\n");
        if (line.isEmpty())
            break;
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            answer.headers.append({line.first(colon).toByteArray(), line.sliced(colon + 1).trimmed().toByteArray()});
    }
    answer.body = input.rest().toByteArray();
    if (answer.header("content-encoding") == "gzip") {
        const Result<QByteArray> unpacked = gunzip(answer.body, 1 << 20);
        if (!unpacked) {
            require(unpacked.error().kind == Error::Kind::BadAnswer || unpacked.error().kind == Error::Kind::TooLarge,
                    "what can't be unpacked is a bad answer", unpacked.error().toLine());
            return 0;
        }
        answer.body = *unpacked;
    }
    checkServiceError(answer);
    checkGoodAnswer(answer);
    return 0;
}
