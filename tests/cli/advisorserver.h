#pragma once

#include "archive/fakeadvisor.h"
#include "faultserver.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace casement::test {

/// A FakeAdvisor that speaks HTTP.
class AdvisorServer
{
public:
    AdvisorServer()
    {
        m_http.setSteps({[this](QTcpSocket *socket, const Received &request) {
            ServiceRequest asked;
            asked.operation = request.header("X-Amz-Target").split('.').last();
            asked.body = request.body;
            service.send(asked, socket, [socket](const Result<ServiceAnswer> &answer) {
                const QByteArray body = answer ? answer->body : refused(answer.error());
                socket->write(QByteArray("HTTP/1.1 ") + (answer ? "200 OK" : "400 Bad Request")
                              + "\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: "
                              + QByteArray::number(body.size()) + "\r\n\r\n" + body);
            });
        }});
    }

    QString endpoint() const { return u"http://"_s + QString::fromLatin1(m_http.hostAndPort()); }
    /// Nobody answers any more.
    void close() { m_http.close(); }

    FakeAdvisor service;

private:
    static QByteArray refused(const Error &error)
    {
        return QJsonDocument(QJsonObject{{u"__type"_s, error.code}, {u"message"_s, error.message}})
            .toJson(QJsonDocument::Compact);
    }

    FaultServer m_http;
};

} // namespace casement::test
