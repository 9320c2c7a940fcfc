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
/// Where keys don't tell whose they are and the account's number is known, cases are asked for before the first such
/// call with a key: the one that the call is about, then a page, whose ids tell (see archive/caseowner), and where that
/// is empty or denied the newest one that is known here. Keys of another account end the call unsent, with
/// otherOwner(), and so do those to which the service shows no case although it must have some, with unprovenKeys(). An
/// account of which no such case is known is kept from nothing. What reads cases goes by without this, since what comes
/// is looked at before it is kept; who draws conclusions from what does not come asks by askOwner() first.
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
    void askOwner(const QString &caseId, QObject *context, std::function<void(const Result<void> &own)> done) override;
    void follow(const LinkRequest &request, QObject *context, LinkCallback callback) override;
    std::chrono::seconds clockOffset() const override { return m_way.clockOffset(); }
    std::optional<std::chrono::milliseconds> serviceClock() const override { return m_way.serviceClock(); }

private:
    using Verdict = std::function<void(const Result<void> &own)>;
    struct Waiting
    {
        QByteArray operation;
        QString caseId; ///< that it is about; may be empty
        QPointer<QObject> context;
        Verdict go;
    };

    bool isProven(bool repeatable) const;
    void await(const Waiting &one);
    void look(const Credentials &keys);
    void askForCase(const QString &caseId, const std::function<void()> &unknown);
    void askForCases();
    void askForNewest();
    void judge(const struct PageOwner &page);
    void judgeSilence();
    void proven();
    void learnFrom(const ServiceAnswer &answer);
    void decided(const Result<void> &verdict);

    HttpServiceConnection &m_way;
    Archive &m_archive;
    AccountId m_account = 0;
    QString m_listed;
    QString m_own; // id of keys that are the account's
    QString m_silent; // id of keys of which the cases told nothing
    QDeadlineTimer m_silence;
    bool m_isLooking = false;
    QString m_keyId; // of the keys that are looked at
    QString m_keys; // its digest
    bool m_isDenied = false; // they may not list cases
    QString m_asked; // id of the case that was asked for
    QString m_newest; // of the cases that are known here
    std::vector<Waiting> m_waiting;
};

} // namespace casement
