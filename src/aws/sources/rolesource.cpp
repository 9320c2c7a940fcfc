#include "aws/sources/rolesource.h"

#include "aws/configfile.h"
#include "aws/httpserviceconnection.h"
#include "aws/siblingendpoint.h"
#include "aws/sources/sts.h"

#include <QDateTime>
#include <QPointer>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

Result<Endpoint> stsEndpoint(const RoleSource::Role &role, const QProcessEnvironment &environment)
{
    ProfileChoice choice;
    choice.endpointUrl = role.endpointUrl;
    choice.environment = environment;
    QString region = role.region;
    if (region.isEmpty()) {
        const Result<AwsConfig> config = readConfig(ConfigPaths::of(environment));
        if (!config)
            return config.error();
        const QString partition = RoleArn::of(role.arn).partition;
        region = configuredRegion(*config, profileName({}, environment), environment).value;
        if (region.isEmpty() || partitionOfRegion(region) != partition)
            region = homeRegion(partition);
    }
    return siblingEndpoint(choice, u"sts"_s, u"sts"_s, region);
}

} // namespace

QString homeRegion(const QString &partition)
{
    constexpr std::array homes{
        std::pair{"aws-cn"_L1, "cn-northwest-1"_L1},    std::pair{"aws-us-gov"_L1, "us-gov-west-1"_L1},
        std::pair{"aws-iso"_L1, "us-iso-east-1"_L1},    std::pair{"aws-iso-b"_L1, "us-isob-east-1"_L1},
        std::pair{"aws-iso-e"_L1, "eu-isoe-west-1"_L1}, std::pair{"aws-iso-f"_L1, "us-isof-south-1"_L1},
        std::pair{"aws-eusc"_L1, "eusc-de-east-1"_L1},
    };
    const auto home = std::find_if(homes.begin(), homes.end(), [&](const auto &one) { return one.first == partition; });
    return home == homes.end() ? u"us-east-1"_s : QString(home->second);
}

SharedKeys::SharedKeys(std::shared_ptr<CredentialChain> chain, const QString &name)
    : m_chain(std::move(chain)), m_name(name)
{
}

void SharedKeys::fetch(QObject *context, Callback callback)
{
    const Credentials *current = m_chain->current();
    if (current && current->isSameAs(*m_given))
        m_chain->invalidate(); // they were of no use any more
    m_chain->get(context, [given = m_given, callback = std::move(callback)](const Result<Credentials> &keys) {
        if (!keys)
            return callback(keys.error());
        *given = *keys;
        callback(std::optional(*keys));
    });
}

bool SharedKeys::isOutdated() const
{
    const Credentials *current = m_chain->current();
    return !current || !current->isSameAs(*m_given);
}

RoleArn RoleArn::of(const QString &arn)
{
    static const QRegularExpression form(uR"(^arn:(aws[a-z0-9-]*):iam::([0-9]{12}):role/([\w+=,.@/-]{1,576})\z)"_s);
    const QRegularExpressionMatch match = form.match(arn);
    if (!match.hasMatch() || match.captured(3).endsWith(u'/'))
        return {};
    return {match.captured(1), match.captured(2), match.captured(3)};
}

/// One fetch, from the base's keys to the role's. Ends itself.
class RoleSource::Asking final : public QObject
{
public:
    Asking(const Role &role, std::shared_ptr<CredentialChain> base, const ProfileKeysSettings &settings,
           QObject *context, Callback done)
        : m_role(role), m_base(std::move(base)), m_settings(settings), m_context(context), m_done(std::move(done))
    {
    }

    void start()
    {
        m_base->get(this, [this](const Result<Credentials> &keys) {
            if (!keys)
                return finish(keys.error());
            assume(*keys);
        });
    }

    /// Nothing is said any more.
    void drop()
    {
        m_done = {};
        deleteLater();
    }

private:
    void assume(const Credentials &from)
    {
        const Result<Endpoint> endpoint = stsEndpoint(m_role, m_settings.environment);
        if (!endpoint)
            return finish(endpoint.error());
        const qint64 now = (m_settings.wallClock ? m_settings.wallClock() : QDateTime::currentMSecsSinceEpoch()) / 1000;
        if (!m_transport)
            m_transport = keysTransport(m_settings.transport());
        const RoleRequest request{
            .roleArn = m_role.arn, .sessionName = u"casement-%1"_s.arg(now), .externalId = m_role.externalId};
        const auto answered = [guard = QPointer<Asking>(this)](const Result<Credentials> &keys) {
            if (guard)
                guard->take(keys);
        };
        assumeRole(request, from, *endpoint, now, *m_transport, answered);
    }

    void take(const Result<Credentials> &answer)
    {
        if (!answer) {
            if (!refusesKeys(answer.error()) || std::exchange(m_asksAgain, true))
                return finish(answer.error());
            m_base->invalidate();
            return start();
        }
        Credentials keys = *answer;
        keys.accountId = RoleArn::of(m_role.arn).account;
        keys.source = u"role %1"_s.arg(m_role.arn);
        finish(std::optional(keys));
    }

    void finish(const Result<std::optional<Credentials>> &result)
    {
        const Callback done = std::exchange(m_done, {});
        deleteLater(); // the transport may be telling
        if (done && m_context)
            done(result);
    }

    Role m_role;
    std::shared_ptr<CredentialChain> m_base;
    ProfileKeysSettings m_settings;
    QPointer<QObject> m_context;
    Callback m_done;
    bool m_asksAgain = false;
    std::unique_ptr<Transport> m_transport;
};

RoleSource::RoleSource(const Role &role, std::shared_ptr<CredentialChain> base, const ProfileKeysSettings &settings)
    : m_role(role), m_base(std::move(base)), m_settings(settings)
{
}

RoleSource::~RoleSource()
{
    if (m_asking)
        m_asking->drop();
}

QString RoleSource::name() const { return u"role of %1"_s.arg(m_role.account); }

void RoleSource::fetch(QObject *context, Callback callback)
{
    if (m_asking)
        m_asking->drop();
    m_asking = new Asking(m_role, m_base, m_settings, context, std::move(callback));
    m_asking->start();
}

} // namespace casement
