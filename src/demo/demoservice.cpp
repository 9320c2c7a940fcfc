#include "demo/demoservice.h"

#include "demo/emulatorserver.h"
#include "demo/faults.h"

namespace casement {

using demo::EmulatorServer;
using demo::EmulatorSettings;

DemoService::DemoService(const DemoServiceOptions &options, QObject *parent)
    : QObject(parent), m_options(options), m_faults(std::make_shared<demo::FaultPlan>()),
      m_traffic(std::make_shared<demo::TrafficCounter>())
{
    m_thread.setObjectName(QStringLiteral("demo service"));
}

DemoService::~DemoService()
{
    m_thread.quit();
    m_thread.wait();
}

void DemoService::start()
{
    Q_ASSERT(!m_worker);
    const QString wrong = setFaults(m_options.faults);
    if (!wrong.isEmpty()) {
        QMetaObject::invokeMethod(
            this, [this, wrong] { Q_EMIT failed(wrong); }, Qt::QueuedConnection);
        return;
    }
    m_worker = new QObject;
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_worker, [this] { begin(); }, Qt::QueuedConnection);
}

/// In the service's thread: makes the data, listens and reports.
void DemoService::begin()
{
    EmulatorSettings settings;
    settings.replyDelay = m_options.replyDelay;
    settings.uploadProcessing = m_options.uploadProcessing;
    settings.uploadPartSize = m_options.uploadPartSize;
    settings.oldApi = m_options.oldApi;
    settings.casesPerHour = m_options.casesPerHour.value_or(settings.casesPerHour);
    auto *server = new EmulatorServer(demo::make(m_options.data), settings, m_faults, m_traffic, {}, m_worker);
    if (!server->listen(m_options.port)) {
        const QString why =
            QStringLiteral("port %1 can't be listened on: %2").arg(m_options.port).arg(server->errorString());
        delete server;
        QMetaObject::invokeMethod(
            this, [this, why] { Q_EMIT failed(why); }, Qt::QueuedConnection);
        return;
    }
    QList<DemoAccountInfo> accounts;
    for (const demo::DemoAccount &account : server->emulator().accounts()) {
        accounts.append({account.name, account.accountId, account.partition, account.region, account.accessKeyId,
                         account.secretAccessKey});
    }
    const QString endpoint = server->endpoint();
    QMetaObject::invokeMethod(
        this,
        [this, server, endpoint, accounts] {
            m_server = server;
            m_endpoint = endpoint;
            m_accounts = accounts;
            Q_EMIT ready();
        },
        Qt::QueuedConnection);
}

QString DemoService::setFaults(const QString &faults) { return m_faults->set(faults); }

int DemoService::requestCount(const QByteArray &operation) const { return m_traffic->requests(operation); }

void DemoService::withEmulator(const std::function<void(demo::Emulator &)> &work)
{
    Q_ASSERT(m_server);
    QMetaObject::invokeMethod(
        m_worker, [this, &work] { work(m_server->emulator()); }, Qt::BlockingQueuedConnection);
}

} // namespace casement
