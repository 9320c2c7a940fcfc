#include "demo/emulatoridentity.h"

#include "aws/sigv4.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

namespace casement::demo {

namespace {

constexpr QByteArrayView organizationsPrefix = "AWSOrganizationsV20161128.";
constexpr qint64 sessionSeconds = 3600;
constexpr const char *xmlns = "https://sts.amazonaws.com/doc/2011-06-15/";

bool isOfOrganizations(const QByteArray &operation) { return operation == "ListAccounts"; }

QUrlQuery formOfBody(const HttpRequestMessage &request)
{
    QByteArray body = request.body.left(64 * 1024);
    body.replace('+', ' ');
    return QUrlQuery(QString::fromLatin1(body));
}

QString formValue(const QUrlQuery &form, const char *name)
{
    return form.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
}

HttpResponseMessage xmlAnswer(int status, const QString &xml)
{
    HttpResponseMessage message;
    message.status = status;
    message.headers = {{"Content-Type", "text/xml"}};
    message.body = xml.toUtf8();
    return message;
}

HttpResponseMessage jsonAnswer(int status, const QJsonObject &object)
{
    HttpResponseMessage message;
    message.status = status;
    message.headers = {{"Content-Type", "application/x-amz-json-1.1"}};
    message.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return message;
}

} // namespace

EmulatorIdentity::EmulatorIdentity(const Emulator &emulator, FindKeys findKeys)
    : m_emulator(emulator), m_findKeys(std::move(findKeys)),
      m_sts([this](const QString &accessKeyId) { return keysFor(accessKeyId); }, "sts"),
      m_organizations([this](const QString &accessKeyId) { return keysFor(accessKeyId); }, "organizations")
{
}

QByteArray EmulatorIdentity::operationOf(const HttpRequestMessage &request)
{
    const QByteArray target = request.header("X-Amz-Target");
    if (target.startsWith(organizationsPrefix))
        return isOfOrganizations(target.sliced(organizationsPrefix.size())) ? "ListAccounts" : QByteArray();
    if (!target.isEmpty() || !request.header("Content-Type").startsWith("application/x-www-form-urlencoded"))
        return {};
    const QString action = formValue(formOfBody(request), "Action");
    for (const char *known : {"GetCallerIdentity", "AssumeRole"}) {
        if (action == QLatin1StringView(known))
            return known;
    }
    return {};
}

std::optional<KnownKeys> EmulatorIdentity::sessionKeys(const QString &accessKeyId) const
{
    const auto session = m_sessions.constFind(accessKeyId);
    return session == m_sessions.cend() ? std::nullopt : std::optional(session->keys);
}

std::optional<KnownKeys> EmulatorIdentity::keysFor(const QString &accessKeyId) const
{
    std::optional<KnownKeys> keys = m_findKeys(accessKeyId);
    if (keys)
        keys->region = m_scopeRegion;
    return keys;
}

HttpResponseMessage EmulatorIdentity::refusal(const QByteArray &operation, const QByteArray &code,
                                              const QString &message)
{
    if (isOfOrganizations(operation)) {
        return jsonAnswer(
            400, {{QStringLiteral("__type"), QString::fromLatin1(code)}, {QStringLiteral("Message"), message}});
    }
    QByteArray bare = code;
    if (bare.endsWith("Exception")) // the query protocol's names
        bare.chop(9);
    return xmlAnswer(
        403,
        QStringLiteral("<ErrorResponse xmlns=\"%1\"><Error><Type>Sender</Type><Code>%2</Code><Message>%3</Message>"
                       "</Error><RequestId>0b2c8f5e-demo</RequestId></ErrorResponse>")
            .arg(QLatin1StringView(xmlns), QString::fromLatin1(bare), message.toHtmlEscaped()));
}

HttpResponseMessage EmulatorIdentity::answer(const QByteArray &operation, const HttpRequestMessage &request, qint64 now,
                                             const RequestFaults &faults)
{
    m_scopeRegion = sigv4::parseAuthorization(request.header("Authorization")).region;
    QString accessKeyId;
    SignatureCheck &check = isOfOrganizations(operation) ? m_organizations : m_sts;
    if (const auto why = check.check(request, now, accessKeyId))
        return refusal(operation, why->code, why->message);
    if (faults.credentialsExpired) {
        return refusal(operation, "ExpiredTokenException",
                       QStringLiteral("The security token included in the request is expired"));
    }
    if (operation == "GetCallerIdentity")
        return callerIdentity(accessKeyId);
    if (operation == "AssumeRole")
        return assumeRole(request, accessKeyId, now);
    return listAccounts(request, accessKeyId);
}

/// The account that keys are of, its own or those of a role; others stand for the first one.
const DemoAccount &EmulatorIdentity::accountFor(const QString &accessKeyId) const
{
    const QString ofRole = accountKeyOf(accessKeyId);
    const DemoAccount *account = m_emulator.accountOf(ofRole.isEmpty() ? accessKeyId : ofRole);
    return account ? *account : m_emulator.accounts().constFirst();
}

HttpResponseMessage EmulatorIdentity::callerIdentity(const QString &accessKeyId) const
{
    const DemoAccount *account = &accountFor(accessKeyId);
    QString arn = m_sessions.value(accessKeyId).arn;
    if (arn.isEmpty())
        arn = QStringLiteral("arn:%1:iam::%2:user/demo").arg(account->partition, account->accountId);
    return xmlAnswer(200,
                     QStringLiteral("<GetCallerIdentityResponse xmlns=\"%1\"><GetCallerIdentityResult><Arn>%2</Arn>"
                                    "<UserId>AIDADEMODEMODEMODEMO0</UserId><Account>%3</Account>"
                                    "</GetCallerIdentityResult></GetCallerIdentityResponse>")
                         .arg(QLatin1StringView(xmlns), arn.toHtmlEscaped(), account->accountId));
}

HttpResponseMessage EmulatorIdentity::assumeRole(const HttpRequestMessage &request, const QString &accessKeyId,
                                                 qint64 now)
{
    static const QRegularExpression form(
        QStringLiteral("\\Aarn:(aws[a-z-]*):iam::([0-9]{12}):role/([\\w+=,.@/-]+)\\z"));
    const QUrlQuery query = formOfBody(request);
    const QString roleArn = formValue(query, "RoleArn");
    const QRegularExpressionMatch role = form.match(roleArn);
    if (!role.hasMatch())
        return refusal("AssumeRole", "ValidationError", QStringLiteral("%1 is invalid").arg(roleArn));
    const QList<DemoAccount> &accounts = m_emulator.accounts();
    const auto account = std::find_if(accounts.begin(), accounts.end(), [&role](const DemoAccount &one) {
        return one.accountId == role.captured(2) && one.partition == role.captured(1);
    });
    if (account == accounts.end() || formValue(query, "ExternalId") == QLatin1StringView("wrong")) {
        const DemoAccount *caller = m_emulator.accountOf(accessKeyId);
        return refusal("AssumeRole", "AccessDenied",
                       QStringLiteral("User: arn:aws:iam::%1:user/demo is not authorized to perform: sts:AssumeRole on "
                                      "resource: %2")
                           .arg(caller ? caller->accountId : QStringLiteral("111122223333"), roleArn));
    }
    const QByteArray lot = QCryptographicHash::hash(account->accountId.toLatin1() + '/' + QByteArray::number(++m_made),
                                                    QCryptographicHash::Sha256);
    const QDateTime expiry = QDateTime::fromMSecsSinceEpoch(now + sessionSeconds * 1000, Qt::UTC);
    Session session;
    session.keys = {QStringLiteral("ASIA") + QString::fromLatin1(lot.toHex().first(16).toUpper()),
                    lot.toBase64().first(40), "demo/" + lot.toBase64(), expiry, account->region.toLatin1()};
    session.accountKey = account->accessKeyId;
    session.arn = QStringLiteral("arn:%1:sts::%2:assumed-role/%3/%4")
                      .arg(account->partition, account->accountId, role.captured(3).section(QLatin1Char('/'), -1),
                           formValue(query, "RoleSessionName"));
    m_sessions.insert(session.keys.accessKeyId, session);
    return xmlAnswer(
        200,
        QStringLiteral("<AssumeRoleResponse xmlns=\"%1\"><AssumeRoleResult><AssumedRoleUser><Arn>%2</Arn>"
                       "</AssumedRoleUser><Credentials><AccessKeyId>%3</AccessKeyId><SecretAccessKey>%4"
                       "</SecretAccessKey><SessionToken>%5</SessionToken><Expiration>%6</Expiration></Credentials>"
                       "</AssumeRoleResult></AssumeRoleResponse>")
            .arg(QLatin1StringView(xmlns), session.arn.toHtmlEscaped(), session.keys.accessKeyId,
                 QString::fromLatin1(session.keys.secretAccessKey), QString::fromLatin1(session.keys.sessionToken),
                 expiry.toString(Qt::ISODate)));
}

/// The accounts by their place, twenty a page at most; the token is the next place.
HttpResponseMessage EmulatorIdentity::listAccounts(const HttpRequestMessage &request, const QString &accessKeyId) const
{
    const QJsonObject members = QJsonDocument::fromJson(request.body).object();
    const int most = std::clamp(members.value(QStringLiteral("MaxResults")).toInt(20), 1, 20);
    const QString partition = accountFor(accessKeyId).partition;
    QList<const DemoAccount *> accounts;
    for (const DemoAccount &account : m_emulator.accounts()) {
        if (account.partition == partition)
            accounts.append(&account);
    }
    qsizetype from = 0;
    if (const QString token = members.value(QStringLiteral("NextToken")).toString(); !token.isEmpty()) {
        bool isNumber = false;
        from = token.toInt(&isNumber);
        if (!isNumber || from < 0 || from >= accounts.size())
            return refusal("ListAccounts", "InvalidInputException", QStringLiteral("You provided an invalid token."));
    }
    const qsizetype to = std::min(accounts.size(), from + most);
    QJsonArray page;
    for (qsizetype i = from; i < to; ++i) {
        const DemoAccount &account = *accounts.at(i);
        page.append(QJsonObject{
            {QStringLiteral("Id"), account.accountId},
            {QStringLiteral("Arn"),
             QStringLiteral("arn:%1:organizations::%2:account/o-demodemo00/%3")
                 .arg(partition, accounts.constFirst()->accountId, account.accountId)},
            {QStringLiteral("Name"), account.name},
            {QStringLiteral("Email"), QStringLiteral("aws+%1@example.com").arg(account.accountId)},
            {QStringLiteral("Status"), QStringLiteral("ACTIVE")},
            {QStringLiteral("State"), QStringLiteral("ACTIVE")},
            {QStringLiteral("JoinedMethod"), QStringLiteral("CREATED")},
        });
    }
    QJsonObject answer{{QStringLiteral("Accounts"), page}};
    if (to < accounts.size())
        answer.insert(QStringLiteral("NextToken"), QString::number(to));
    return jsonAnswer(200, answer);
}

} // namespace casement::demo
