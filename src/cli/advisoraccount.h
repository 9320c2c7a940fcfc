#pragma once

#include "archive/accountkey.h"
#include "archive/advisorarchive.h"
#include "archive/advisorrefreshjob.h"
#include "archive/ownedconnection.h"
#include "aws/httpserviceconnection.h"
#include "base/job.h"
#include "cli/accounts.h"
#include "cli/advisorline.h"
#include "support/client.h"

#include <QPointer>

#include <memory>

namespace casement::cli {

/// One account of `advisor`: asks the service what is new, refreshes what was named, and knows the chosen checks
/// afterwards.
class AdvisorAccount final : public QObject
{
    Q_OBJECT

public:
    /// A check that a refresh was asked for and what came of it.
    using Outcomes = QHash<QString, AdvisorRefreshJob::Outcome>;

    AdvisorAccount(std::unique_ptr<HttpServiceConnection> connection, const ChosenAccount &account,
                   const AdvisorLine &line, Archive &archive, AdvisorArchive &advisor, QObject *parent = nullptr);
    ~AdvisorAccount() override;

    void start();
    /// Ends what is under way; nothing is said any more.
    void stop();

    /// What people call it.
    QString name() const { return m_record.id ? m_record.name : m_identity.name; }
    /// The chosen checks as the archive knows them; empty when it has none.
    const QList<AdvisorCheckRecord> &checks() const { return m_chosen; }
    /// All checks that the service lists or listed.
    const QList<AdvisorCheckRecord> &allChecks() const { return m_all; }
    /// Checks of the command line that the account does not have.
    const QStringList &unknown() const { return m_unknown; }

    /// What ended its load; Kind::None when that went well.
    const Error &error() const { return m_error; }
    /// Results that could not be had, by check.
    const QHash<QString, Error> &failures() const { return m_failures; }
    /// The service could not be asked how the checks stand: all that is known is the archive's.
    bool isOffline() const;
    /// Whether the archive has of the check what the service has, or, where that is out of reach, any result of it.
    bool has(const AdvisorCheckRecord &check) const;
    /// Checks that the service knew before and does not know any more.
    const QStringList &vanished() const { return m_vanished; }

    const Outcomes &outcomes() const { return m_outcomes; }
    const QHash<QString, Error> &refreshErrors() const { return m_refreshErrors; }
    /// What AWS said of a check whose Outcome is Unknown.
    const QHash<QString, QString> &unknownStatuses() const { return m_unknownStatuses; }
    /// Results, or checks of a refresh.
    qint64 done() const { return m_done; }
    qint64 total() const { return m_total; }

Q_SIGNALS:
    void progressed();
    /// Something went wrong, as error() and failures() say; the archive's checks are there all the same.
    void failed(const casement::Error &error);
    void finished();

private:
    void findAccount();
    void addAccount();
    void load();
    void refresh();
    void run(Job *job, const std::function<void()> &then);
    void readChecks(std::function<void()> then);
    void choose();
    bool isWanted(const AdvisorCheckRecord &check) const;
    void giveUp(const Error &error);

    Archive &m_archive;
    AdvisorArchive &m_advisor;
    const AdvisorLine m_line;
    std::unique_ptr<HttpServiceConnection> m_connection;
    OwnedConnection m_owned;
    Client m_client;
    ChosenAccount m_account;
    AccountIdentity m_identity;
    AccountRecord m_record;
    QList<AdvisorCheckRecord> m_all;
    QList<AdvisorCheckRecord> m_chosen;
    QStringList m_unknown;
    Outcomes m_outcomes;
    QHash<QString, Error> m_refreshErrors;
    QHash<QString, QString> m_unknownStatuses;
    QHash<QString, Error> m_failures;
    QStringList m_vanished;
    Error m_error;
    bool m_isAnswered = false; ///< the service said how the checks stand
    qint64 m_done = 0;
    qint64 m_total = 0;
    QPointer<Job> m_job;
};

} // namespace casement::cli
