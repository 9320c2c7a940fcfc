#pragma once

#include "archive/sendjob.h"
#include "archive/syncjob.h"
#include "archivefixture.h"
#include "aws/connectionfixture.h"
#include "outboxqueue.h"
#include "support/client.h"

#include <QDateTime>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace casement::test {

using namespace Qt::StringLiterals;

/// In an answer: the time at which it is given.
inline constexpr const char *now = "@now@";

/// A time as the service writes it.
inline QByteArray timeText(qint64 secondsFromNow = 0)
{
    return QDateTime::currentDateTimeUtc().addSecs(secondsFromNow).toString(Qt::ISODateWithMs).toLatin1();
}

/// A service over HTTP that answers each operation with the JSON of a test, whatever sense that makes, and an archive.
struct OddService
{
    OddService()
    {
        server.setSteps({[this](QTcpSocket *socket, const Received &request) { answer(socket, request); }});
        account = archive.account();
        outbox = std::make_unique<Outbox>(archive.archive());
        QSignalSpy loaded(outbox.get(), &Outbox::loaded);
        outbox->load();
        QVERIFY(loaded.wait());
    }

    void answer(QTcpSocket *socket, const Received &request)
    {
        const QByteArray target = request.header("X-Amz-Target");
        const QByteArray operation = target.mid(target.lastIndexOf('.') + 1);
        calls.append(operation);
        asked[operation].append(request.body);
        if (lost.contains(operation))
            return lost.value(operation).isEmpty() ? resetConnection(socket)
                                                   : void(socket->write(lost.value(operation)));
        const QList<QByteArray> &pages = answers[operation];
        const qsizetype page = std::min<qsizetype>(asked[operation].size(), pages.size()) - 1;
        if (page < 0)
            socket->write(httpMessage(400, R"({"__type":"UnknownOperationException"})"));
        else if (codes.contains(pages.at(page)))
            socket->write(httpMessage(400, codes.value(pages.at(page))));
        else
            socket->write(httpMessage(200, QByteArray(pages.at(page)).replace(now, timeText())));
    }

    /// What is answered from now on: one after the other, the last for ever.
    void set(const QByteArray &operation, const QList<QByteArray> &pages)
    {
        answers[operation] = pages;
        asked[operation].clear();
    }

    Result<void> run(Job &job)
    {
        job.setAutoDelete(false);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        if (finished.isEmpty() && !finished.wait(60'000))
            return Error{.kind = Error::Kind::TimedOut};
        return job.result();
    }

    Result<void> sync(qint64 now = 0)
    {
        calls.clear();
        SyncJob job(client, archive.archive(), account, {.now = now});
        return run(job);
    }

    template <class Request> QString queue(const Request &request, const QString &caseId = {})
    {
        return queueIn(*outbox, account.id, request, caseId);
    }

    Result<void> send(const QString &id)
    {
        SendJob job(client, *outbox, id, {.looks = {std::chrono::milliseconds(0)}});
        return run(job);
    }

    OutboxState stateOf(const QString &id) const { return outbox->find(id)->state; }
    qsizetype count(const QByteArray &operation) const { return calls.count(operation); }

    FaultServer server;
    QHash<QByteArray, QList<QByteArray>> answers;
    QHash<QByteArray, QByteArray> lost; ///< operations whose answer is this, or, when empty, a connection that breaks
    QHash<QByteArray, QByteArray> codes; ///< answers that are refusals, by the name that stands for them
    QHash<QByteArray, QList<QByteArray>> asked;
    QList<QByteArray> calls;
    HttpServiceConnection connection{settingsFor(server.url())};
    Client client{connection};
    ArchiveFixture archive;
    AccountRecord account;
    std::unique_ptr<Outbox> outbox;
};

/// A case of the service, as JSON; `more` are members before the others.
inline QByteArray caseText(const QByteArray &id, const QByteArray &more = {}, const QByteArray &status = "opened")
{
    return "{" + more + (more.isEmpty() ? "" : ",") + R"("caseId":")" + id + R"(","displayId":"1","status":")" + status
        + R"(","timeCreated":")" + now + R"("})";
}

} // namespace casement::test
