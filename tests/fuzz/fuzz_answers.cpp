#include "archive/caselisting.h"
#include "aws/transport.h"
#include "fuzzinput.h"
#include "support/advisorresult.h"
#include "support/operations.h"

#include <QJsonDocument>

#include <memory>
#include <vector>

// Input: a letter from A on that chooses the operation (in the order of AllOperations), `q` for a request or anything
// else for an answer, then JSON.

using namespace casement;
using namespace casement::fuzz;

namespace {

constexpr qsizetype longestMessage = 400;

void checkError(const Error &error)
{
    require(error.kind == Error::Kind::BadAnswer || error.kind == Error::Kind::Invalid, "what is no answer is told so",
            error.toLine());
    require(!error.message.isEmpty() && error.message.size() <= longestMessage, "an error is one short sentence",
            error.message);
    require(!hasControls(error.toLine(), u"\n\t"), "a line for the log holds no control characters");
}

/// The same bytes with the room behind them that answers have.
QByteArray roomy(QByteArrayView json)
{
    QByteArray bytes;
    bytes.reserve(json.size() + answerRoom);
    bytes.append(json);
    return bytes;
}

/// A type that is known by its shape alone, so that one check does for all of them.
struct Shape
{
    const detail::StructInfo &info;
    std::shared_ptr<void> (*make)();
};

template <class T> Shape shapeOf()
{
    return {detail::structInfo<T>(), [] { return std::shared_ptr<void>(std::make_shared<T>()); }};
}

/// What is read from JSON; null where it is none of that shape.
std::shared_ptr<void> read(const Shape &shape, const detail::Source &source, Reading reading)
{
    std::shared_ptr<void> object = shape.make();
    const Result<void> done = detail::decode(source, shape.info, object.get(), nullptr, reading);
    if (done)
        return object;
    checkError(done.error());
    return nullptr;
}

QByteArray written(const Shape &shape, const std::shared_ptr<void> &object)
{
    QByteArray json;
    detail::encode(object.get(), shape.info, json);
    return json;
}

std::shared_ptr<void> checkReading(const Shape &shape, QByteArrayView json, Reading reading)
{
    const std::shared_ptr<void> object = read(shape, {json}, reading);
    const std::shared_ptr<void> inPlace = read(shape, detail::sourceOf(roomy(json), false), reading);
    require(bool(object) == bool(inPlace), "it is read the same wherever it stands");
    if (!object)
        return nullptr;
    const QByteArray text = written(shape, object);
    require(written(shape, inPlace) == text, "it is read the same wherever it stands", QString::fromUtf8(text));
    require(QJsonDocument::fromJson(text).isObject(), "what is written is JSON", QString::fromUtf8(text));
    const std::shared_ptr<void> back = read(shape, {text}, Reading::Strict);
    require(bool(back), "what is written is read again", QString::fromUtf8(text));
    require(written(shape, back) == text, "and says the same", QString::fromUtf8(text));
    return object;
}

/// The list's own way to read a page of cases.
void checkListing(QByteArrayView json, const DescribeCases::Response *page)
{
    const QByteArray body = roomy(json);
    const Result<ListedPage> listed = readListing(body, 1);
    const QByteArrayView token = tokenAtEnd(body);
    if (!page) // the other way skips much of it, where something may be wrong
        return;
    require(listed.hasValue(), "a page is one for the list, too");
    require(listed->nextToken == page->nextToken, "both ways find the same token", listed->nextToken);
    if (!token.isEmpty() && json.count("nextToken") == 1)
        require(listed->nextToken == QString::fromUtf8(token), "a token at the end is the token", listed->nextToken);
    size_t row = 0;
    for (const CaseDetails &details : page->cases) {
        if (details.caseId.isEmpty())
            continue;
        require(row < listed->records.size(), "both ways find the same cases", details.caseId);
        const CaseRecord &record = listed->records[row++];
        require(record.caseId.toString() == details.caseId && record.subject.toString() == details.subject
                    && record.status.toString() == details.status && record.account == 1,
                "both ways read the same of a case", details.caseId);
    }
    require(row == listed->records.size(), "both ways find the same cases");
}

/// The way in which large results are read.
void checkResult(QByteArrayView json, const DescribeTrustedAdvisorCheckResult::Response *answer)
{
    const Result<AdvisorResultPtr> result = AdvisorResult::read(roomy(json));
    if (!result) {
        checkError(result.error());
        return;
    }
    require(answer && answer->result, "what is a result is an answer");
    const QList<TrustedAdvisorResourceDetail> &expected = answer->result->flaggedResources;
    require((*result)->checkId == answer->result->checkId && (*result)->status == answer->result->status,
            "both ways read the same result", (*result)->checkId);
    require((*result)->resources.size() == size_t(expected.size()), "both ways find the same resources");
    size_t widest = 0;
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const AdvisorResource &resource = (*result)->resources[size_t(i)];
        require(resource.resourceId.toString() == expected[i].resourceId
                    && resource.status.toString() == expected[i].status
                    && resource.region.toString() == expected[i].region
                    && resource.metadata.size() == size_t(expected[i].metadata.size()),
                "both ways read the same of a resource", expected[i].resourceId);
        for (size_t column = 0; column < resource.metadata.size(); ++column) {
            require(resource.value(column).toString() == expected[i].metadata[qsizetype(column)],
                    "both ways read the same value",
                    resource.value(column).toString() + QStringLiteral("\n  ") + expected[i].metadata[qsizetype(column)]);
        }
        widest = std::max(widest, resource.metadata.size());
    }
    require((*result)->widest == widest, "the widest row is known");
    const AdvisorDifference difference = compareResults(**result, **result);
    require(difference.count(AdvisorChange::Same) == expected.size() && difference.gone.empty(),
            "a result differs in nothing from itself");
}

void checkRequest(const OperationInfo &info, QByteArrayView json)
{
    if (const Result<void> good = info.checkRequest(json); !good) {
        require(good.error().kind == Error::Kind::Invalid && !good.error().message.isEmpty(),
                "a bad request is told so", good.error().toLine());
        return;
    }
    const Result<QByteArray> rewritten = info.rewriteRequest(json);
    require(rewritten.hasValue(), "a good request can be written anew");
    const Result<void> again = info.checkRequest(*rewritten);
    require(again.hasValue(), "a request that was written anew is good",
            again ? QString() : again.error().message + u'\n' + QString::fromUtf8(*rewritten));
    const Result<QByteArray> twice = info.rewriteRequest(*rewritten);
    require(twice && *twice == *rewritten, "and is written the same once more", QString::fromUtf8(*rewritten));
}

void checkOperation(const OperationInfo &info, const Shape &request, const Shape &response, Input input)
{
    if (input.byte() == 'q') {
        const QByteArrayView json = input.rest();
        checkReading(request, json, Reading::Strict);
        checkReading(request, json, Reading::Typed);
        checkRequest(info, json);
        return;
    }
    const QByteArrayView json = input.rest();
    const std::shared_ptr<void> answer = checkReading(response, json, Reading::Lenient);
    const Result<void> checked = info.checkResponse(json);
    require(checked.hasValue() == bool(answer), "an answer is good for both or for none");
    if (!checked && !info.repeatable)
        require(checked.error().effect == Error::Effect::Unknown, "a change with a bad answer may have happened");
    if (info.name == DescribeCases::name)
        checkListing(json, static_cast<const DescribeCases::Response *>(answer.get()));
    if (info.name == DescribeTrustedAdvisorCheckResult::name)
        checkResult(json, static_cast<const DescribeTrustedAdvisorCheckResult::Response *>(answer.get()));
}

struct Shapes
{
    Shape request;
    Shape response;
};

template <class... Operations> std::vector<Shapes> shapesOf(const std::tuple<Operations...> *)
{
    return {{shapeOf<typename Operations::Request>(), shapeOf<typename Operations::Response>()}...};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const std::vector<Shapes> shapes = (silence(), shapesOf(static_cast<const AllOperations *>(nullptr)));
    Input input(data, size);
    const size_t index = size_t(quint8(input.byte() - 'A')) % shapes.size();
    checkOperation(operations()[index], shapes[index].request, shapes[index].response, input);
    return 0;
}
