#pragma once

#include "demo/demodata.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>
#include <QThread>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace casement {

namespace demo {
class Emulator;
class EmulatorServer;
class FaultPlan;
class TrafficCounter;
} // namespace demo

/// How the demo service behaves; the defaults are those of `casement --demo`.
struct DemoServiceOptions
{
    demo::DemoDataOptions data;
    quint16 port = 0; ///< 0: a free one
    /// How long the engineer of AWS takes to answer a new case or message; 0 or less: nobody ever answers.
    std::chrono::milliseconds replyDelay{8000};
    /// How long an uploaded file is looked at before it is ready.
    std::chrono::milliseconds uploadProcessing{2000};
    qint64 uploadPartSize = 8LL << 20; ///< bytes
    /// Answers like the service before 2026: 16 operations, `dryRun` and `uploadIds` skipped like all unknown members
    /// (so a rehearsal opens a real case), no `Communication.attachments`.
    bool oldApi = false;
    QString faults; ///< what goes wrong, in the language of faults.h
    std::optional<int> casesPerHour; ///< CreateCase per account; the service's own limit is 10
};

/// Keys and identity of one demo account.
struct DemoAccountInfo
{
    QString name; ///< "Production"
    QString accountId; ///< 12 digits
    QString partition; ///< aws or aws-cn
    QString region; ///< which signatures must name
    QString accessKeyId;
    QString secretAccessKey;
};

/// The demo service inside this process: an emulator of AWS Support behind a loopback endpoint, in a thread of its own,
/// so that whoever starts it never waits. Destroying it ends the server and joins the thread.
class DemoService final : public QObject
{
    Q_OBJECT

public:
    explicit DemoService(const DemoServiceOptions &options = {}, QObject *parent = nullptr);
    ~DemoService() override;

    /// Makes the data and listens; `ready` or `failed` follows from the event loop.
    void start();

    /// `http://127.0.0.1:PORT`; empty before `ready`.
    QString endpoint() const { return m_endpoint; }
    /// Empty before `ready`.
    const QList<DemoAccountInfo> &accounts() const { return m_accounts; }

    /// Replaces what goes wrong; holds for every request that arrives from now on. The language is that of faults.h;
    /// empty: nothing. Returns what is wrong with the text, or an empty string.
    QString setFaults(const QString &faults);

    /// How many requests of an operation arrived so far; without a name, all. `PutPart` and `GetFile` count uploads and
    /// downloads, `Elsewhere` those to where a redirect points.
    int requestCount(const QByteArray &operation = {}) const;

    /// Runs `work` in the service's thread and waits until it is done; for tests that look at or change the service's
    /// state. Only after `ready`.
    void withEmulator(const std::function<void(demo::Emulator &)> &work);

Q_SIGNALS:
    void ready();
    void failed(const QString &why);

private:
    void begin();

    DemoServiceOptions m_options;
    QString m_endpoint;
    QList<DemoAccountInfo> m_accounts;
    std::shared_ptr<demo::FaultPlan> m_faults;
    std::shared_ptr<demo::TrafficCounter> m_traffic;
    QObject *m_worker = nullptr; ///< lives in the thread
    demo::EmulatorServer *m_server = nullptr; ///< lives in the thread; touched there only
    QThread m_thread;
};

} // namespace casement
