#include "aws/organizations.h"

#include "aws/siblingendpoint.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int accountsInAPage = 20; // the service's most
constexpr qsizetype mostTokens = 5'000; // a hundred thousand accounts
constexpr const char *listAccounts = "ListAccounts";

/// One region of each partition has the service.
QString organizationsRegion(const QString &partition)
{
    if (partition == "aws-cn"_L1)
        return u"cn-northwest-1"_s;
    if (partition == "aws-us-gov"_L1)
        return u"us-gov-west-1"_s;
    if (partition == "aws-iso"_L1)
        return u"us-iso-east-1"_s;
    if (partition == "aws-iso-b"_L1)
        return u"us-isob-east-1"_s;
    return u"us-east-1"_s;
}

Error badPage(const QString &why)
{
    return {.kind = Error::Kind::BadAnswer, .message = why, .operation = QString::fromLatin1(listAccounts)};
}

} // namespace

Result<ConnectionSettings> organizationsSettings(const ProfileChoice &choice)
{
    Result<ConnectionSettings> settings = connectionSettings(choice);
    if (!settings)
        return settings;
    const Result<Endpoint> where = siblingEndpoint(choice, u"organizations"_s, u"organizations"_s,
                                                   organizationsRegion(settings->endpoint.partition));
    if (!where)
        return where.error();
    settings->endpoint = *where;
    settings->service = "organizations";
    settings->targetPrefix = "AWSOrganizationsV20161128";
    return settings;
}

Result<QList<OrganizationAccount>> readOrganizationPage(const QByteArray &json, QString &nextToken)
{
    const QJsonObject page = QJsonDocument::fromJson(json).object();
    const QJsonValue list = page.value("Accounts"_L1);
    if (!list.isArray())
        return badPage(u"the answer holds no list of accounts"_s);
    static const QRegularExpression number(u"\\A[0-9]{12}\\z"_s);
    QList<OrganizationAccount> accounts;
    for (const QJsonValue &item : list.toArray()) {
        const QJsonObject one = item.toObject();
        OrganizationAccount account{.id = one.value("Id"_L1).toString(),
                                    .name = one.value("Name"_L1).toString(),
                                    .email = one.value("Email"_L1).toString(),
                                    .arn = one.value("Arn"_L1).toString()};
        if (!number.match(account.id).hasMatch())
            return badPage(u"the answer names an account without its twelve digits"_s);
        // `State` came in 2025 and takes the place of `Status`.
        const QString state = one.value("State"_L1).toString(one.value("Status"_L1).toString());
        account.isSuspended = !state.isEmpty() && state != "ACTIVE"_L1;
        accounts.append(account);
    }
    nextToken = page.value("NextToken"_L1).toString();
    return accounts;
}

OrganizationJob::OrganizationJob(ServiceConnection &connection, QObject *parent) : Job(parent), m_connection(connection)
{
}

OrganizationJob::~OrganizationJob() = default;

QString OrganizationJob::title() const { return tr("Listing the accounts of the organization"); }

void OrganizationJob::run()
{
    m_call = std::make_unique<QObject>();
    askPage({});
}

void OrganizationJob::stop() { m_call.reset(); }

void OrganizationJob::askPage(const QString &token)
{
    QJsonObject members{{u"MaxResults"_s, accountsInAPage}};
    if (!token.isEmpty())
        members.insert(u"NextToken"_s, token);
    ServiceRequest request;
    request.operation = listAccounts;
    request.body = QJsonDocument(members).toJson(QJsonDocument::Compact);
    request.largestAnswer = 4 << 20;
    m_connection.send(request, m_call.get(), [this](const Result<ServiceAnswer> &answer) { take(answer); });
}

void OrganizationJob::take(const Result<ServiceAnswer> &answer)
{
    if (!answer)
        return finish(answer.error());
    QString token;
    const Result<QList<OrganizationAccount>> page = readOrganizationPage(answer->body, token);
    if (!page)
        return finish(page.error());
    for (const OrganizationAccount &account : *page) {
        if (m_ids.contains(account.id))
            continue;
        m_ids.insert(account.id);
        m_accounts.append(account);
    }
    const QPointer<QObject> going(m_call.get());
    setProgress(m_accounts.size());
    if (!going)
        return; // whoever heard of it has cancelled
    if (token.isEmpty())
        return finish();
    if (m_tokens.contains(token) || m_tokens.size() >= mostTokens) {
        return finish(Error{.kind = Error::Kind::Incomplete,
                            .message = u"The service answered the same page token twice."_s,
                            .operation = QString::fromLatin1(listAccounts)});
    }
    m_tokens.insert(token);
    askPage(token);
}

} // namespace casement
