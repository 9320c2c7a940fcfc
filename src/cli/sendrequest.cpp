#include "cli/sendrequest.h"

#include "cli/inputtext.h"
#include "support/casetemplate.h"
#include "support/messagecheck.h"
#include "support/operations.h"
#include "support/templatemembers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

// One byte more than a template may have, so that who reads it says so.
constexpr qint64 largestInput = largestTemplate + 1;

// The CLI's skeletons are full of empty texts, which count as absent; in lists too.
QJsonValue withoutEmptyItems(const QJsonValue &value)
{
    if (!value.isArray())
        return value;
    QJsonArray items;
    const QJsonArray all = value.toArray();
    for (const QJsonValue &item : all) {
        if (!item.isNull() && item != QJsonValue(QString()))
            items.append(item);
    }
    return items;
}

/// A placeholder that CaseTemplates of the window has a value for; other braces are text, as of a Helm chart.
bool windowFills(const QString &name)
{
    static const QStringList names{u"account"_s, u"accountId"_s, u"date"_s, u"time"_s, u"user"_s};
    return names.contains(name);
}

Error holdsNul(const QString &what)
{
    return {.kind = Error::Kind::Invalid,
            .message = u"%1 holds a NUL character, which no message can: take it out."_s.arg(what)};
}

Result<QJsonObject> readObject(const QString &input)
{
    const Result<QByteArray> text = readInputText(input, u"--input"_s, largestInput);
    if (!text)
        return text.error();
    const Result<QList<TemplateMember>> members = readTemplateMembers(*text);
    if (!members)
        return members.error();
    QJsonObject object;
    QStringList unfilled;
    for (const TemplateMember &member : *members) {
        object.insert(member.name, withoutEmptyItems(member.value));
        const QString value = member.value.toString();
        const QList<Placeholder> placeholders = placeholdersIn(value);
        for (const Placeholder &placeholder : placeholders) {
            if (windowFills(placeholder.name))
                unfilled.append(value.mid(placeholder.start, placeholder.length));
        }
    }
    if (!unfilled.isEmpty()) {
        // With the time of day filled in, the same command would be another message the next time.
        unfilled.removeDuplicates();
        return Error{.kind = Error::Kind::Invalid,
                     .message = u"the template holds %1, which only Casement's window fills in: write what shall stand "
                                "there."_s.arg(unfilled.join(u", "_s))};
    }
    return object;
}

Result<QJsonObject> readBody(const QString &body)
{
    const Result<QByteArray> text = readInputText(body, u"--body"_s, largestInput);
    if (!text)
        return text.error();
    if (text->contains('\0'))
        return holdsNul(u"--body"_s);
    return QJsonObject{{u"communicationBody"_s, messageText(QString::fromUtf8(*text))}};
}

void setWhenEmpty(QJsonObject &object, const QString &name, const QString &value)
{
    if (const QJsonValue known = object.value(name); known.isUndefined() || known.isNull() || known == QString())
        object.insert(name, value);
}

template <class Request> bool namesFiles(const Request &request)
{
    if constexpr (requires { request.uploadIds; })
        return !request.attachmentSetId.isEmpty() || !request.uploadIds.isEmpty();
    else
        return false;
}

bool isBlank(const QString &text) { return text.trimmed().isEmpty(); }

template <class Request> Result<SendRequest> decodeChecked(const QJsonObject &object)
{
    const char *name = Request::Operation::name;
    const auto invalid = [name](const QString &sentence) {
        return Error{.kind = Error::Kind::Invalid, .message = sentence, .operation = QString::fromLatin1(name)};
    };
    const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (const Result<void> checked = findOperation(QString::fromLatin1(name))->checkRequest(json); !checked)
        return checked.error();
    const Result<Request> request = decode<Request>(json, nullptr, Reading::Strict);
    if (!request)
        return request.error();
    if constexpr (requires { request->subject; }) {
        if (request->subject.contains(QChar(0)))
            return holdsNul(u"subject"_s);
        if (isBlank(request->subject))
            return invalid(u"subject holds nothing but white space."_s);
    }
    if constexpr (requires { request->communicationBody; }) {
        if (request->communicationBody.contains(QChar(0)))
            return holdsNul(u"communicationBody"_s);
        if (isBlank(request->communicationBody))
            return invalid(u"communicationBody holds nothing but white space."_s);
    }
    return SendRequest(*request);
}

} // namespace

Result<SendRequest> readSendRequest(const CommandLine &line)
{
    Result<QJsonObject> object = QJsonObject();
    if (!line.body.isEmpty())
        object = readBody(line.body);
    else if (!line.input.isEmpty())
        object = readObject(line.input);
    if (!object)
        return object.error();
    if (line.command == CommandLine::Command::Create) {
        setWhenEmpty(*object, u"language"_s, u"en"_s); // left out, it has failed in the field
        setWhenEmpty(*object, u"issueType"_s, u"technical"_s);
    } else {
        setWhenEmpty(*object, u"caseId"_s, line.operand);
    }
    Result<SendRequest> request = line.command == CommandLine::Command::Create
        ? decodeChecked<CreateCase::Request>(*object)
        : line.command == CommandLine::Command::Reply ? decodeChecked<AddCommunicationToCase::Request>(*object)
                                                      : decodeChecked<ResolveCase::Request>(*object);
    if (request && !line.attach.isEmpty()
        && std::visit([](const auto &change) { return namesFiles(change); }, *request)) {
        return Error{.kind = Error::Kind::Invalid,
                     .message = u"--input names files by attachmentSetId or uploadIds, and --attach others: a message "
                                "takes one or the other."_s};
    }
    if (request) {
        std::visit(
            [&line](auto &change) {
                const bool isRehearsal = line.dryRun || change.dryRun.value_or(false);
                change.dryRun = isRehearsal ? std::optional(true) : std::nullopt;
            },
            *request);
    }
    return request;
}

} // namespace casement::cli
