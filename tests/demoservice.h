#pragma once

#include "aws/httpserviceconnection.h"
#include "demo/demoservice.h"
#include "demo/emulator.h"
#include "support/client.h"

#include <QEventLoop>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>

/// A demo service for tests, and clients of it. Link with `demo`.
namespace casement::test {

/// Starts a DemoService in this process and waits until it is ready. The data are those of a small company unless the
/// options say otherwise; the engineer of AWS does not answer unless `replyDelay` is set. It takes as many calls as
/// come, so no connection of this process keeps to a rate.
class DemoFixture
{
public:
    /// What most tests want: four accounts, the cases that were written by hand, 60 checks, no replies.
    static DemoServiceOptions smallOptions()
    {
        DemoServiceOptions options;
        options.data.checks = 60;
        options.replyDelay = std::chrono::milliseconds(0);
        options.uploadProcessing = std::chrono::milliseconds(50);
        return options;
    }

    explicit DemoFixture(const DemoServiceOptions &options = smallOptions()) : m_service(options)
    {
        RateLimiter::usual().callsPerSecond = 0;
        QObject::connect(&m_service, &DemoService::failed, &m_service,
                         [](const QString &why) { qFatal("The demo service did not start: %s", qPrintable(why)); });
        QSignalSpy ready(&m_service, &DemoService::ready);
        m_service.start();
        if (ready.isEmpty() && !ready.wait(20'000))
            qFatal("The demo service was not ready in time");
    }

    DemoService &service() { return m_service; }
    QString endpoint() const { return m_service.endpoint(); }
    const QList<DemoAccountInfo> &accounts() const { return m_service.accounts(); }
    const DemoAccountInfo &account(int index = 0) const { return m_service.accounts().at(index); }

    void setFaults(const QString &faults)
    {
        const QString wrong = m_service.setFaults(faults);
        if (!wrong.isEmpty())
            qFatal("%s", qPrintable(wrong));
    }
    int requestCount(const QByteArray &operation = {}) const { return m_service.requestCount(operation); }

    /// What leads a connection of the program to account `index`: endpoint, region and keys; nothing of this computer's
    /// environment, no limit on the rate.
    ProfileChoice choice(int index = 0) const
    {
        ProfileChoice choice;
        choice.endpointUrl = endpoint();
        choice.region = account(index).region;
        choice.environment = QProcessEnvironment();
        choice.keys = Credentials(account(index).accessKeyId, account(index).secretAccessKey);
        return choice;
    }

    /// A connection to account `index`, made at the first question and kept.
    HttpServiceConnection &connection(int index = 0) { return *linkTo(index).connection; }
    /// The client of that connection.
    Client &client(int index = 0) { return *linkTo(index).client; }

    /// Calls and waits for the answer.
    template <class Request> Result<typename Request::Operation::Response> call(const Request &request, int index = 0)
    {
        using Answer = Result<typename Request::Operation::Response>;
        std::optional<Answer> answer;
        QEventLoop loop; // not qWaitFor(), whose naps would make an upload of many small pieces slow
        QObject context;
        client(index).call(request, &context, [&](const Answer &given) {
            answer.emplace(given);
            loop.quit();
        });
        QTimer::singleShot(std::chrono::seconds(60), &loop, &QEventLoop::quit);
        loop.exec();
        if (!answer)
            return Error{.kind = Error::Kind::TimedOut, .message = QStringLiteral("no callback within a minute")};
        return *answer;
    }

private:
    struct Link
    {
        std::unique_ptr<HttpServiceConnection> connection;
        std::unique_ptr<Client> client;
    };

    Link &linkTo(int index)
    {
        Link &link = m_links[index];
        if (!link.connection) {
            auto made = makeServiceConnection(choice(index));
            if (!made)
                qFatal("%s", qPrintable(made.error().toLine()));
            link.connection = std::move(*made);
            link.client = std::make_unique<Client>(*link.connection);
        }
        return link;
    }

    DemoService m_service;
    std::map<int, Link> m_links; // last: connections go before the service
};

} // namespace casement::test
