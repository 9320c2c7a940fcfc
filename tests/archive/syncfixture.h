#pragma once

#include "archive/syncjob.h"
#include "archivefixture.h"
#include "fakeservice.h"

#include <QTest>

namespace casement::test {

using namespace Qt::StringLiterals;

inline constexpr qint64 day = 24LL * 60 * 60 * 1000;

/// A service, an archive, and what the archive said.
struct SyncFixture
{
    SyncFixture()
    {
        account = archive.account();
        listen();
    }

    void listen()
    {
        QObject::connect(&archive.archive(), &Archive::casesChanged, &archive.archive(),
                         [this](const CaseRecords &records) {
                             ++announcements;
                             largest = std::max(largest, records.size());
                             for (const CaseRecord &record : records)
                                 announced.append(record.caseId.toString());
                         });
        QObject::connect(&archive.archive(), &Archive::communicationsChanged, &archive.archive(),
                         [this](AccountId, const QString &caseId) { grown.append(caseId); });
    }

    Result<void> sync(SyncJob::Options options = {})
    {
        service.calls.clear();
        announced.clear();
        grown.clear();
        announcements = 0;
        if (!options.now)
            options.now = now;
        auto *job = new SyncJob(client, archive.archive(), account, options);
        job->setAutoDelete(false);
        QSignalSpy finished(job, &Job::finished);
        job->start();
        const bool ended = !finished.isEmpty() || finished.wait(60'000);
        const Result<void> result = ended ? job->result() : Error{.kind = Error::Kind::TimedOut};
        delete job;
        return result;
    }

    void restart()
    {
        archive.reopen();
        listen();
    }

    QStringList bodies(const QString &caseId)
    {
        QStringList list;
        for (const CommunicationRecord &record : archive.messages(account.id, caseId))
            list.append(record.body);
        return list;
    }

    ConversationState stateOf(const QString &caseId) { return archive.stateOf(account.id, caseId); }

    FakeService service;
    Client client{service};
    ArchiveFixture archive;
    AccountRecord account;
    QStringList announced;
    QStringList grown;
    int announcements = 0;
    size_t largest = 0;
    qint64 now = FakeService::start() + 30 * day;
};

} // namespace casement::test
