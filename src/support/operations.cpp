#include "support/operations.h"

#include <algorithm>
#include <vector>

namespace casement {

namespace {

template <class Operation> Result<void> checkRequest(QByteArrayView json)
{
    const auto request = decode<typename Operation::Request>(json, nullptr, Reading::Strict);
    if (!request) {
        Error error = request.error();
        error.kind = Error::Kind::Invalid;
        error.operation = QString::fromLatin1(Operation::name);
        error.message.replace(QStringLiteral("The answer"), QStringLiteral("The input"));
        return error;
    }
    if (const QList<Violation> found = violations(*request); !found.isEmpty())
        return invalidRequest(Operation::name, found);
    return {};
}

template <class Operation> Result<void> checkResponse(QByteArrayView json)
{
    const auto response = decode<typename Operation::Response>(json);
    if (!response) {
        Error error = response.error();
        error.operation = QString::fromLatin1(Operation::name);
        if (!Operation::repeatable)
            error.effect = Error::Effect::Unknown;
        return error;
    }
    return {};
}

template <class Operation> QList<QByteArray> requestMembers()
{
    QList<QByteArray> names;
    for (const detail::FieldInfo &field : detail::structInfo<typename Operation::Request>().fields)
        names.append(QByteArray(field.name.data(), qsizetype(field.name.size())));
    return names;
}

template <class Operation> Result<QByteArray> rewriteRequest(QByteArrayView json)
{
    const auto request = decode<typename Operation::Request>(json, nullptr, Reading::Strict);
    if (!request)
        return request.error();
    return encode(*request);
}

template <class Operation> OperationInfo infoOf()
{
    return {Operation::name,           Operation::repeatable,      &checkRequest<Operation>,
            &checkResponse<Operation>, &requestMembers<Operation>, &rewriteRequest<Operation>};
}

template <class... Operations> std::vector<OperationInfo> infoOfAll(const std::tuple<Operations...> *)
{
    return {infoOf<Operations>()...};
}

} // namespace

std::span<const OperationInfo> operations()
{
    static const std::vector<OperationInfo> all = infoOfAll(static_cast<const AllOperations *>(nullptr));
    return all;
}

const OperationInfo *findOperation(const QString &name)
{
    QString wanted = name;
    wanted.remove(u'-');
    const auto all = operations();
    const auto found = std::find_if(all.begin(), all.end(), [&](const OperationInfo &info) {
        return wanted.compare(QLatin1StringView(info.name), Qt::CaseInsensitive) == 0;
    });
    return found == all.end() ? nullptr : &*found;
}

Error invalidRequest(const char *operation, const QList<Violation> &found)
{
    QStringList sentences;
    for (const Violation &violation : found)
        sentences.append(violation.toSentence());
    return Error{
        .kind = Error::Kind::Invalid, .message = sentences.join(u' '), .operation = QString::fromLatin1(operation)};
}

} // namespace casement
