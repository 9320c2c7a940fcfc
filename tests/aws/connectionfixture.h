#pragma once

#include "aws/httpserviceconnection.h"
#include "faultserver.h"

#include <QTest>

#include <memory>
#include <optional>

namespace casement::test {

// The keys of AWS's documentation.
inline const QString exampleKeyId = QStringLiteral("AKIAIOSFODNN7EXAMPLE");
inline const QString exampleSecret = QStringLiteral("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

/// Settings for a server on loopback: no limit on the rate, no waiting between attempts.
inline ConnectionSettings settingsFor(const QUrl &url, const QString &sessionToken = {})
{
    ConnectionSettings settings;
    settings.endpoint = *resolveEndpoint({.region = QStringLiteral("us-east-1"), .customUrl = url.toString()});
    settings.credentials = CredentialChain::ofKeys(Credentials(exampleKeyId, exampleSecret, sessionToken));
    settings.rate.callsPerSecond = 0;
    settings.random = [] { return 0.0; };
    return settings;
}

/// A call with small deadlines, and its answer once there is one.
class Asked
{
public:
    Asked(ServiceConnection &connection, const ServiceRequest &request)
    {
        connection.send(request, &m_context, [this](Result<ServiceAnswer> answer) {
            m_answer = std::move(answer);
            ++m_calls;
        });
    }

    static ServiceRequest describeCases()
    {
        ServiceRequest request;
        request.operation = "DescribeCases";
        request.body = R"({"maxResults":100})";
        request.idleLimit = std::chrono::milliseconds(400);
        request.totalLimit = std::chrono::milliseconds(700);
        return request;
    }
    /// Large and harmless when sent twice: goes over a socket of its own.
    static ServiceRequest large()
    {
        ServiceRequest request = describeCases();
        request.body += QByteArray(2'000'000, ' ');
        request.idleLimit = request.totalLimit = std::chrono::seconds(5);
        return request;
    }
    static ServiceRequest createCase()
    {
        ServiceRequest request = describeCases();
        request.operation = "CreateCase";
        request.repeatable = false;
        return request;
    }

    bool isAnswered() const { return m_calls > 0; }
    int calls() const { return m_calls; }
    bool isGood() const { return m_answer && m_answer->hasValue(); }
    QByteArray body() const { return isGood() ? (*m_answer)->body : QByteArray(); }
    QString requestId() const { return isGood() ? (*m_answer)->requestId : QString(); }
    Error error() const { return m_answer && !m_answer->hasValue() ? m_answer->error() : Error{}; }

private:
    std::optional<Result<ServiceAnswer>> m_answer;
    int m_calls = 0;
    QObject m_context; // last, so that the call ends before what its callback touches
};

} // namespace casement::test
