#include "aws/serviceerror.h"

#include "aws/localcode.h"
#include "aws/retry.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

#include <array>

namespace casement {

namespace {

constexpr qsizetype longestCode = 100;
constexpr qsizetype longestMessage = 1000;
constexpr qsizetype longestErrorBody = 1 << 20;

QByteArrayView withoutMark(QByteArrayView body)
{
    return body.startsWith("\xef\xbb\xbf") ? body.sliced(3).trimmed() : body.trimmed();
}

bool isHtml(const HttpAnswer &answer)
{
    return withoutMark(QByteArrayView(answer.body).first(std::min<qsizetype>(answer.body.size(), 512))).startsWith('<')
        || answer.header("content-type").toLower().contains("html");
}

/// So much of it, and no character cut in two.
QStringView beginningOf(QStringView text, qsizetype most)
{
    const QStringView beginning = text.first(std::min(text.size(), most));
    return !beginning.isEmpty() && beginning.back().isHighSurrogate() ? beginning.chopped(1) : beginning;
}

QString withEllipsis(const QString &text, qsizetype most)
{
    return text.size() > most ? beginningOf(text, most).toString() + u'…' : text;
}

QString shortened(const QString &text)
{
    const QString simple = text.size() > 2 * longestMessage
        ? beginningOf(text, 2 * longestMessage).toString().simplified()
        : text.trimmed();
    return withEllipsis(simple, longestMessage);
}

// The words of a page, so that a proxy's reason can be read; never shown as HTML.
QString wordsOfPage(const QByteArray &body)
{
    const QString page = QString::fromUtf8(body.first(std::min<qsizetype>(body.size(), 16 << 10)));
    QString words;
    QString tag;
    bool inTag = false;
    bool hidden = false;
    for (QChar c : page) {
        if (inTag) {
            if (c == u'>') {
                inTag = false;
                if (tag.startsWith(QLatin1StringView("script"), Qt::CaseInsensitive)
                    || tag.startsWith(QLatin1StringView("style"), Qt::CaseInsensitive))
                    hidden = true;
                else if (tag.startsWith(QLatin1StringView("/script"), Qt::CaseInsensitive)
                         || tag.startsWith(QLatin1StringView("/style"), Qt::CaseInsensitive))
                    hidden = false;
                words += u' ';
            } else {
                tag += c;
            }
        } else if (c == u'<') {
            inTag = true;
            tag.clear();
        } else if (!hidden) {
            words += c;
        }
    }
    constexpr qsizetype longest = 200;
    return withEllipsis(words.simplified(), longest);
}

// `com.amazonaws.support#CaseIdNotFound:http://internal…` is CaseIdNotFound.
QString bareCode(const QString &text)
{
    QStringView code = QStringView(text).trimmed();
    if (const qsizetype colon = code.indexOf(u':'); colon >= 0)
        code = code.first(colon);
    if (const qsizetype hash = code.lastIndexOf(u'#'); hash >= 0)
        code = code.sliced(hash + 1);
    return beginningOf(code, longestCode).trimmed().toString();
}

QString stringOf(const QJsonObject &object, QLatin1StringView name) { return object.value(name).toString(); }

/// Only the service's own word is a refusal: a status without a code of it may be a gateway's, which says nothing about
/// what was done behind it. A proxy that wants a password has passed nothing on.
Error::Effect effectOf(int status, const QString &code, bool codeFromService)
{
    if (status == 407)
        return Error::Effect::None;
    if (!codeFromService)
        return Error::Effect::Unknown;
    // "Took too long" and "the one before is not done yet" say nothing about what was done.
    if (isTransientCode(code))
        return Error::Effect::Unknown;
    // Whoever counts calls refuses with these; from a gateway in trouble the same code promises nothing.
    if (isThrottlingCode(code) && status == 503)
        return Error::Effect::None;
    if (status >= 400 && status < 500 && status != 408)
        return Error::Effect::None;
    return Error::Effect::Unknown;
}

constexpr std::array clockCodes{
    QLatin1StringView("RequestTimeTooSkewed"),
    QLatin1StringView("RequestExpired"),
    QLatin1StringView("RequestInTheFuture"),
};
// These have other causes as well: a wrong secret, a proxy that changes requests.
constexpr std::array signatureCodes{
    QLatin1StringView("InvalidSignatureException"),
    QLatin1StringView("SignatureDoesNotMatch"),
    QLatin1StringView("AuthFailure"),
};

struct Sibling
{
    QLatin1StringView operation;
    QLatin1StringView name;
    QLatin1StringView prefix; ///< of its actions in policies; empty: there is none for it
};

constexpr QLatin1StringView sts("AWS STS");
constexpr QLatin1StringView identityCenter("IAM Identity Center");
constexpr std::array siblings{
    Sibling{QLatin1StringView("AssumeRole"), sts, QLatin1StringView("sts:")},
    Sibling{QLatin1StringView("AssumeRoleWithWebIdentity"), sts, QLatin1StringView("sts:")},
    Sibling{QLatin1StringView("GetCallerIdentity"), sts, QLatin1StringView("sts:")},
    Sibling{QLatin1StringView("RegisterClient"), identityCenter, {}},
    Sibling{QLatin1StringView("StartDeviceAuthorization"), identityCenter, {}},
    Sibling{QLatin1StringView("CreateToken"), identityCenter, {}},
    Sibling{QLatin1StringView("GetRoleCredentials"), identityCenter, {}},
    Sibling{QLatin1StringView("ListAccounts"), QLatin1StringView("AWS Organizations"),
            QLatin1StringView("organizations:")},
};

const Sibling *siblingOfOperation(const QString &operation)
{
    const auto found = std::find_if(siblings.begin(), siblings.end(),
                                    [&operation](const Sibling &one) { return one.operation == operation; });
    return found == siblings.end() ? nullptr : &*found;
}

bool isOneOf(const QString &code, const auto &codes)
{
    return std::any_of(codes.begin(), codes.end(), [&](QLatin1StringView known) { return isCode(code, known); });
}

Error::Kind kindOf(const HttpAnswer &answer, const Error &error, bool codeFromService)
{
    if (answer.status >= 300 && answer.status < 400)
        return Error::Kind::Redirected;
    if (answer.status == 407)
        return Error::Kind::Proxy;
    if (isThrottlingCode(error.code) || answer.status == 429)
        return Error::Kind::Throttled;
    if (answer.status < 300)
        return Error::Kind::BadAnswer;
    if (!codeFromService && isHtml(answer))
        return Error::Kind::NotTheService;
    if (isOneOf(error.code, clockCodes) || error.message.startsWith(QLatin1StringView("Signature expired"))
        || error.message.startsWith(QLatin1StringView("Signature not yet current")))
        return Error::Kind::ClockSkew;
    return answer.status >= 500 ? Error::Kind::Unavailable : Error::Kind::Refused;
}

} // namespace

QString requestIdOf(const HttpAnswer &answer)
{
    for (const char *name : {"x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id"}) {
        const QByteArray id = answer.header(name);
        if (!id.isEmpty())
            return QString::fromLatin1(id.first(std::min<qsizetype>(id.size(), longestCode)));
    }
    return {};
}

Error serviceError(const HttpAnswer &answer)
{
    Error error;
    error.httpStatus = answer.status;
    error.requestId = requestIdOf(answer);

    QJsonDocument document;
    if (answer.body.size() <= longestErrorBody)
        document = QJsonDocument::fromJson(withoutMark(answer.body).toByteArray());
    const QJsonObject object = document.object();

    error.code = bareCode(QString::fromUtf8(answer.header("x-amzn-errortype")));
    for (const QLatin1StringView name :
         {QLatin1StringView("__type"), QLatin1StringView("code"), QLatin1StringView("Code")}) {
        if (error.code.isEmpty())
            error.code = bareCode(stringOf(object, name));
    }
    const bool codeFromService = !error.code.isEmpty();

    error.message = shortened(stringOf(object, QLatin1StringView("message")));
    if (error.message.isEmpty())
        error.message = shortened(stringOf(object, QLatin1StringView("Message")));
    if (error.message.isEmpty() && !document.isObject())
        error.message = isHtml(answer)
            ? wordsOfPage(answer.body)
            : shortened(
                QString::fromUtf8(answer.body.first(std::min<qsizetype>(answer.body.size(), 4 * longestMessage))));
    if (answer.status >= 300 && answer.status < 400 && !answer.header("location").isEmpty()) {
        const QUrl target = QUrl::fromEncoded(answer.header("location"));
        error.message = shortened(target.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery));
    }

    error.kind = kindOf(answer, error, codeFromService);
    if (error.kind == Error::Kind::BadAnswer && error.message.isEmpty())
        error.message = QStringLiteral("the answer is empty");
    if (!codeFromService)
        error.code = QString::number(answer.status);
    error.effect = effectOf(answer.status, error.code, codeFromService);
    return error;
}

Error checkAnswer(const HttpAnswer &answer)
{
    const QByteArrayView body = withoutMark(answer.body);
    if (body.size() >= 2 && body.front() == '{' && body.back() == '}')
        return {};
    Error error{.kind = Error::Kind::BadAnswer, .effect = Error::Effect::Unknown, .httpStatus = answer.status};
    error.requestId = requestIdOf(answer);
    if (isHtml(answer)) {
        error.kind = Error::Kind::NotTheService;
        error.message = wordsOfPage(answer.body);
    } else if (body.isEmpty()) {
        error.message = QStringLiteral("the answer is empty");
    } else {
        error.message = QStringLiteral("the answer is not a whole JSON object");
    }
    return error;
}

bool mayBeClockSkew(const Error &error)
{
    return error.kind == Error::Kind::ClockSkew || isOneOf(error.code, clockCodes)
        || isOneOf(error.code, signatureCodes);
}

QString deniedAction(const Error &error)
{
    static const QRegularExpression named(QStringLiteral("\\b(?:support|sts|sso|organizations):[A-Za-z]{1,64}\\b"));
    const QRegularExpressionMatch match = named.match(error.message);
    if (match.hasMatch())
        return match.captured();
    if (error.operation.isEmpty())
        return {};
    const Sibling *sibling = siblingOfOperation(error.operation);
    if (!sibling)
        return QStringLiteral("support:") + error.operation;
    return sibling->prefix.isEmpty() ? QString() : sibling->prefix + error.operation;
}

QLatin1StringView siblingOf(const Error &error)
{
    const Sibling *sibling = siblingOfOperation(error.operation);
    return sibling ? sibling->name : QLatin1StringView();
}

bool isExpiredToken(const Error &error) { return isCode(error.code, QLatin1StringView("ExpiredToken")); }

QString adviceCode(const Error &error)
{
    const bool isSignature = isCode(error.code, QLatin1StringView("InvalidSignature"))
        || isCode(error.code, QLatin1StringView("SignatureDoesNotMatch"));
    return isSignature && error.message.contains(QLatin1StringView("should be scoped to"))
        ? QString(localcode::wrongScope)
        : error.code;
}

bool isOutOfReach(const Error &error)
{
    using Kind = Error::Kind;
    switch (error.kind) {
    case Kind::CannotConnect:
    case Kind::HostNotFound:
    case Kind::TimedOut:
    case Kind::Dropped:
    case Kind::Tls:
    case Kind::Proxy:
    case Kind::NotTheService:
    case Kind::Redirected:
    case Kind::Unavailable:
        return true;
    default:
        return false;
    }
}

} // namespace casement
