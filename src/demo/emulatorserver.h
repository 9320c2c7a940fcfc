#pragma once

#include "demo/emulator.h"
#include "demo/emulatoridentity.h"
#include "demo/faults.h"
#include "demo/httpconnection.h"
#include "demo/signaturecheck.h"

#include <QObject>
#include <QTcpServer>
#include <QTimer>

#include <functional>
#include <memory>

namespace casement::demo {

/// The emulator behind HTTP on 127.0.0.1: AWS JSON 1.1 at `/`, STS and Organizations beside it (EmulatorIdentity),
/// upload and download links below it, signatures checked, faults injected. Belongs to the thread that made it.
class EmulatorServer final : public QObject
{
    Q_OBJECT

public:
    using Clock = std::function<qint64()>; ///< milliseconds since 1970

    EmulatorServer(DemoData data, const EmulatorSettings &settings, std::shared_ptr<FaultPlan> faults,
                   std::shared_ptr<TrafficCounter> traffic, Clock clock = {}, QObject *parent = nullptr);

    /// Port 0 takes a free one. False: errorString() says why.
    bool listen(quint16 port);
    QString errorString() const { return m_server.errorString(); }
    QString endpoint() const;

    Emulator &emulator() { return m_emulator; }
    /// Lets keys in besides those of the accounts; for tests of temporary ones. They stand for the first account.
    void addKeys(const KnownKeys &keys) { m_extraKeys.append(keys); }

private:
    void accept();
    HttpDelivery handle(const HttpRequestMessage &request);
    HttpDelivery handleLink(const HttpRequestMessage &request, const RequestFaults &faults);
    EmulatorAnswer perform(const QByteArray &operation, const HttpRequestMessage &request, const RequestFaults &faults,
                           bool isKnownTarget);
    void applyFault(const Fault &fault, const QByteArray &operation, HttpDelivery &delivery) const;
    std::optional<KnownKeys> findKeys(const QString &accessKeyId) const;
    HttpResponseMessage response(const EmulatorAnswer &answer) const;
    void addCommonHeaders(HttpResponseMessage &message) const;
    qsizetype numberOf(const HttpRequestMessage &request) const;
    qint64 serviceTime() const;
    void schedule();

    QTcpServer m_server;
    Emulator m_emulator;
    EmulatorIdentity m_identity;
    SignatureCheck m_signatures;
    std::shared_ptr<FaultPlan> m_faults;
    std::shared_ptr<TrafficCounter> m_traffic;
    Clock m_clock;
    QList<KnownKeys> m_extraKeys;
    QTimer m_eventTimer;
};

} // namespace casement::demo
