#pragma once

#include "archive/outbox.h"
#include "archive/sendjob.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace casement {

class AccountSessions;
class Workspace;

/// Sends what the outbox holds: at once when a person says so, again by itself what certainly did not arrive, and looks
/// after what an earlier run or a lost answer left unknown. One job an entry.
class OutboxSender final : public QObject
{
    Q_OBJECT

public:
    /// All are borrowed and outlive the sender.
    OutboxSender(AccountSessions &sessions, JobList &jobs, Workspace &workspace, QObject *parent = nullptr);

    /// Until the next attempt, after `attempts` that did not arrive; ± 20 % by `random` in 0…1.
    static std::chrono::milliseconds pauseAfter(int attempts, const Error &error, double random);

Q_SIGNALS:
    /// A job is over; `entry` says how. Of a resolution `before` and `after` are the statuses that AWS named.
    void finished(const casement::OutboxEntry &entry, const QString &before, const QString &after);

private:
    /// Goes on with what waits, of accounts that can be reached.
    void resume();
    void start(const QString &id);
    void ended(SendJob *job, const Result<void> &result);
    void noteWhatEnded();
    void tellWhatEnded();

    AccountSessions &m_sessions;
    JobList &m_jobs;
    Workspace &m_workspace;
    Outbox &m_outbox;
    QHash<QString, int> m_attempts;
    QHash<QString, qint64> m_due; // ms since 1970 UTC, of those that wait
    QStringList m_untold; // what an earlier run brought to its end, and was killed before it said so
    QTimer m_timer;
};

} // namespace casement
