#pragma once

#include "aws/transport.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QSslConfiguration>

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

class QNetworkAccessManager;
class QNetworkReply;

namespace casement {

class KeptSockets;

/// Transport by QNetworkAccessManager, without what that does unasked: no redirects, no cookies, no cache, no HTTP/2,
/// no second send, no unpacking (gunzip.h knows why). A body goes out from a sequential device that Qt can't rewind, so
/// one send() is at most one request on the wire; changes get a connection of their own, since a kept one may be dead
/// already. What may arrive twice, as parts of files may, goes past Qt's manager where there is no proxy (DirectReply).
///
/// Nothing is read or started before the first send().
class HttpTransport final : public Transport
{
    Q_OBJECT

public:
    struct Settings
    {
        int connections = 4; ///< Qt opens six per manager and host; more managers are made for more
        QString caBundle; ///< PEM file that replaces the trust store; NetworkPreferences go before it
        QProcessEnvironment environment; ///< proxy variables
        std::function<qint64()> wallClock; ///< milliseconds since 1970; empty: this computer's
    };

    explicit HttpTransport(const Settings &settings, QObject *parent = nullptr);
    ~HttpTransport() override;

    Id send(const HttpRequest &request, Callback callback) override;
    void abort(Id id) override;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Exchange;

    struct Manager
    {
        std::unique_ptr<QNetworkAccessManager> network;
        int inFlight = 0;
    };

    Error prepare(const QUrl &url);
    void followPreferences();
    Error prepareTls();
    std::unique_ptr<QNetworkAccessManager> makeManager() const;
    void start(Exchange &exchange, const HttpRequest &request);
    void sendByManager(Exchange &exchange, const HttpRequest &request, const QNetworkRequest &wire);
    void read(Exchange &exchange);
    void pour(Exchange &exchange);
    static bool isForSink(const Exchange &exchange);
    static void fillHead(const Exchange &exchange, HttpAnswer &answer);
    void finish(Id id);
    /// Qt keeps what was wrong to itself when it was not the certificate: shakes hands once more, sends nothing, and
    /// says it.
    void explainHandshake(Id id, HttpAnswer &&answer);
    void unpack(Id id, HttpAnswer &&answer, qint64 largest);
    void expire(Id id, const Error &error);
    void complete(Id id, HttpAnswer &&answer);
    void checkLimits();
    qint64 wallClock() const;

    Settings m_settings;
    quint64 m_preferences = 0; // the revision that what is prepared follows
    bool m_prepared = false;
    QUrl m_preparedFor;
    QNetworkProxy m_proxy;
    std::optional<QSslConfiguration> m_tls;
    std::vector<Manager> m_managers;
    std::unique_ptr<KeptSockets> m_keptSockets;
    int m_direct = 0; // replies that go without a manager
    Id m_lastId = 0;
    std::unordered_map<Id, std::unique_ptr<Exchange>> m_exchanges;
    QBasicTimer m_limitTimer;
    int m_tick = 0;
    int m_dispatching = 0;
    QElapsedTimer m_elapsed;
};

} // namespace casement
