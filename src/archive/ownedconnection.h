#pragma once

#include "archive/archive.h"
#include "aws/httpserviceconnection.h"
#include "aws/serviceconnection.h"

#include <QDeadlineTimer>
#include <QPointer>

#include <vector>

namespace casement {

/// The way to the service of an account of the archive, by which nothing of one account of AWS gets into another one:
/// what changes something there, brings files up, or asks Trusted Advisor, leaves only with keys that are the
/// account's.
///
/// Where keys don't tell whose they are and the account's number is known, a page of cases is asked for before the
/// first such call with a key, and its ids tell (see archive/caseowner): those of another account end the call with
/// foreignCases(), unsent, and so does an empty list of an account that must have some, with emptyLists(). A page that
/// tells nothing keeps nobody from anything. What reads cases goes by without this, since what comes is looked at
/// before it is kept.
class OwnedConnection final : public ServiceConnection
{
    Q_OBJECT

public:
    /// Both are borrowed and outlive this.
    OwnedConnection(HttpServiceConnection &way, Archive &archive, QObject *parent = nullptr);
    ~OwnedConnection() override;

    /// Whose way this is; until it is said, everything goes by. `listed`: its number as the list of accounts has it.
    void setAccount(AccountId account, const QString &listed);

    void send(const ServiceRequest &request, QObject *context, AnswerCallback callback) override;
    void follow(const LinkRequest &request, QObject *context, LinkCallback callback) override;
    std::chrono::seconds clockOffset() const override { return m_way.clockOffset(); }
    std::optional<std::chrono::milliseconds> serviceClock() const override { return m_way.serviceClock(); }

private:
    struct Waiting
    {
        ServiceRequest request;
        QPointer<QObject> context;
        AnswerCallback callback;
    };

    void look(const Credentials &keys);
    void askForCases(const QString &keyId);
    void judge(const QString &keyId, const struct PageOwner &page);
    void judgeEmpty(const QString &keyId);
    void decided(const Result<void> &verdict);

    HttpServiceConnection &m_way;
    Archive &m_archive;
    AccountId m_account = 0;
    QString m_listed;
    QString m_own; // id of keys that are the account's
    QString m_silent; // id of keys of which the cases told nothing
    QDeadlineTimer m_silence;
    bool m_isLooking = false;
    std::vector<Waiting> m_waiting;
};

} // namespace casement
