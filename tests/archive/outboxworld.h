#pragma once

#include "archive/sendjob.h"
#include "archivefixture.h"
#include "demoservice.h"
#include "outboxqueue.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

namespace casement::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A demo service, an archive with one of its accounts, and an outbox.
struct World
{
    explicit World(const DemoServiceOptions &options = DemoFixture::smallOptions()) : demo(options)
    {
        account = archive.account();
        reload();
    }

    void reload()
    {
        outbox = std::make_unique<Outbox>(archive.archive());
        QSignalSpy loaded(outbox.get(), &Outbox::loaded);
        outbox->load();
        QVERIFY(loaded.wait());
    }

    /// As the next start of the program after a kill: nothing of this one's memory is left.
    void restart()
    {
        outbox.reset();
        archive.reopen();
        reload();
    }

    template <class Request> QString queue(const Request &request, const QString &caseId = {})
    {
        return queueIn(*outbox, account.id, request, caseId);
    }

    Result<void> send(const QString &id, const QList<std::chrono::milliseconds> &looks = {0ms, 50ms})
    {
        SendJob job(demo.client(), *outbox, id, {.looks = looks, .links = {.polls = {10ms}, .firstPause = 10ms}});
        job.setAutoDelete(false);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        if (finished.isEmpty() && !finished.wait(90'000))
            return Error{.kind = Error::Kind::TimedOut};
        last = job.entry();
        return job.result();
    }

    OutboxState stateOf(const QString &id) const
    {
        const OutboxEntry *entry = outbox->find(id);
        return entry ? entry->state : OutboxState::Told;
    }

    /// How many cases the service has with this subject.
    int cases(const QString &subject)
    {
        int count = 0;
        DescribeCases::Request request;
        request.includeResolvedCases = true;
        request.maxResults = 100;
        do {
            const auto page = demo.call(request);
            if (!page)
                return -1;
            for (const CaseDetails &details : page->cases)
                count += details.subject == subject;
            request.nextToken = page->nextToken;
        } while (!request.nextToken.isEmpty());
        return count;
    }

    int messages(const QString &caseId, const QString &body)
    {
        DescribeCommunications::Request request;
        request.caseId = caseId;
        request.maxResults = 100;
        const auto page = demo.call(request);
        if (!page)
            return -1;
        return int(std::count_if(page->communications.begin(), page->communications.end(),
                                 [&](const Communication &one) { return one.body == body; }));
    }

    QString openCase()
    {
        DescribeCases::Request request;
        request.maxResults = 100;
        const auto page = demo.call(request);
        return page && !page->cases.isEmpty() ? page->cases.first().caseId : QString();
    }

    DemoFixture demo;
    ArchiveFixture archive;
    AccountRecord account;
    std::unique_ptr<Outbox> outbox;
    OutboxEntry last;
};

inline CreateCase::Request newCase(const QString &subject)
{
    CreateCase::Request request;
    request.subject = subject;
    request.communicationBody = u"The target group answers 503 since 09:10 UTC.\r\n\r\nWhat can we do?  "_s;
    request.serviceCode = u"amazon-elastic-compute-cloud-linux"_s;
    request.categoryCode = u"other"_s;
    request.severityCode = u"low"_s;
    request.language = u"en"_s;
    request.issueType = u"technical"_s;
    return request;
}

} // namespace casement::test
