#pragma once

#include "base/result.h"

#include <QList>
#include <QObject>
#include <QString>

namespace casement {

/// Something with more than one step. It says how far it is, it can be stopped, and it ends once.
///
/// A job is made, connected, added to a JobList where people should see it, and started. It deletes itself
/// (deleteLater) after `finished`, unless `setAutoDelete(false)`.
class Job : public QObject
{
    Q_OBJECT

public:
    enum class State { Waiting, Running, Finished };

    explicit Job(QObject *parent = nullptr) : QObject(parent) { }

    /// What it does, for the status bar, in the interface language of the moment: "Updating cases of production".
    virtual QString title() const = 0;

    State state() const { return m_state; }
    qint64 done() const { return m_done; }
    /// 0 when it isn't known.
    qint64 total() const { return m_total; }
    /// Set once `finished` was emitted.
    const Result<void> &result() const { return m_result; }
    void setAutoDelete(bool on) { m_autoDelete = on; }

    /// Begins; a job is started once. The job may end before this returns.
    void start();
    /// Ends it with Error::Kind::Cancelled, at once. What was stored stays. No effect after the end.
    void cancel();

Q_SIGNALS:
    void progressed(qint64 done, qint64 total);
    void finished(const casement::Result<void> &result);

protected:
    virtual void run() = 0;
    /// Lets go of what is under way; called once by cancel(), before `finished`.
    virtual void stop() { }

    void setProgress(qint64 done, qint64 total = 0);
    void finish(const Result<void> &result = {});

private:
    State m_state = State::Waiting;
    bool m_autoDelete = true;
    qint64 m_done = 0;
    qint64 m_total = 0;
    Result<void> m_result;
};

/// The jobs that run now, in the order they were added. The status bar's list.
class JobList final : public QObject
{
    Q_OBJECT

public:
    explicit JobList(QObject *parent = nullptr) : QObject(parent) { }

    /// Lists the job until it finishes. Start it after this.
    void add(Job *job);
    const QList<Job *> &jobs() const { return m_jobs; }
    void cancelAll();

Q_SIGNALS:
    void added(casement::Job *job);
    void changed(casement::Job *job);
    void removed(casement::Job *job);

private:
    QList<Job *> m_jobs;
};

} // namespace casement
