#include "archive/pagewriter.h"

#include "archive/archive.h"

#include <QPointer>

namespace casement {

using Lane = ArchiveThread::Lane;

PageWriter::PageWriter(Archive &archive, AccountId account, QObject *parent)
    : QObject(parent), m_archive(archive), m_account(account)
{
}

void PageWriter::store(WriteGate::Work work, Done done, qsizetype bytes)
{
    m_archive.ask<StoredPage>(
        Lane::Bulk, &m_archive, WriteGate::guard(m_gate, std::move(work)),
        [store = &m_archive, id = m_account, guard = QPointer<PageWriter>(this),
         done = std::move(done)](const Result<StoredPage> &stored) {
            store->announce(stored, id);
            if (guard && !guard->m_stopped)
                done(stored);
        },
        bytes);
}

void PageWriter::store(std::function<Result<void>(Database &)> work, std::function<void(const Result<void> &)> done)
{
    const auto write = [work = std::move(work)](Database &database) -> Result<StoredPage> {
        if (const Result<void> written = work(database); !written)
            return written.error();
        return StoredPage{};
    };
    store(write, [done = std::move(done)](const Result<StoredPage> &stored) {
        if (done)
            done(stored ? Result<void>() : Result<void>(stored.error()));
    });
}

void PageWriter::markGone(QStringList caseIds, Gone how, qint64 now,
                          const std::function<void(const Result<void> &)> &done)
{
    if (caseIds.isEmpty())
        return done({});
    const auto mark = [id = m_account, ids = std::move(caseIds), how, now](Database &database) -> Result<StoredPage> {
        Result<CaseRecords> changed = casement::markGone(database, id, ids, how, now);
        if (!changed)
            return changed.error();
        return StoredPage{.changed = std::move(*changed)};
    };
    store(mark,
          [done](const Result<StoredPage> &stored) { done(stored ? Result<void>() : Result<void>(stored.error())); });
}

} // namespace casement
