#pragma once

#include "archive/archive.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

/// An open archive in a folder of its own, and its callbacks as values. Link with `archive`.
namespace casement::test {

/// Waits for a callback: `answerOf<T>([&](auto done) { archive.search(…, &context, done); })`.
template <class T> Result<T> answerOf(const std::function<void(std::function<void(Result<T>)>)> &ask)
{
    std::optional<Result<T>> answer;
    ask([&answer](Result<T> given) { answer.emplace(std::move(given)); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 30'000))
        return Error{.kind = Error::Kind::TimedOut, .message = QStringLiteral("no callback within 30 s")};
    return *answer;
}

class ArchiveFixture
{
public:
    ArchiveFixture() { reopen(); }

    QString path() const { return m_folder.filePath(QStringLiteral("data/casement.db")); }
    Archive &archive() { return *m_archive; }

    /// Closes and opens, as the next start of the program does.
    void reopen()
    {
        m_archive.reset();
        m_archive = std::make_unique<Archive>();
        const Result<void> opened =
            answerOf<void>([this](auto done) { m_archive->open(path(), m_archive.get(), std::move(done)); });
        if (!opened)
            qFatal("%s", qPrintable(opened.error().toLine()));
    }

    AccountRecord account(const QString &key = QStringLiteral("profile:prod"))
    {
        const Result<AccountRecord> record = answerOf<AccountRecord>([&](auto done) {
            m_archive->ensureAccount(key, QStringLiteral("Production"), QStringLiteral("aws"), m_archive.get(),
                                     std::move(done));
        });
        return record ? *record : AccountRecord();
    }

    /// All cases, in the order they come.
    CaseRecords cases(const QList<AccountId> &accounts = {})
    {
        CaseRecords all;
        const Result<void> done = answerOf<void>([&](auto callback) {
            m_archive->loadCases(
                accounts, m_archive.get(),
                [&all](CaseRecords batch) { all.insert(all.end(), batch.begin(), batch.end()); }, std::move(callback));
        });
        if (!done)
            qWarning("%s", qPrintable(done.error().toLine()));
        return all;
    }

    /// The case's record, or one without caseId.
    CaseRecord caseOf(const QString &caseId)
    {
        for (const CaseRecord &record : cases()) {
            if (record.caseId.toString() == caseId)
                return record;
        }
        return {};
    }

    QList<CommunicationRecord> messages(AccountId account, const QString &caseId)
    {
        const auto list = answerOf<QList<CommunicationRecord>>(
            [&](auto done) { m_archive->loadCommunications(account, caseId, m_archive.get(), std::move(done)); });
        return list ? *list : QList<CommunicationRecord>();
    }

    ConversationState stateOf(AccountId account, const QString &caseId)
    {
        const auto state = answerOf<ConversationState>(
            [&](auto done) { m_archive->conversationState(account, caseId, m_archive.get(), std::move(done)); });
        return state ? *state : ConversationState::Whole;
    }

    QList<SearchHit> search(const QString &words, int most = 100)
    {
        const auto hits = answerOf<QList<SearchHit>>(
            [&](auto done) { m_archive->search(words, most, m_archive.get(), std::move(done)); });
        if (!hits)
            qWarning("%s", qPrintable(hits.error().toLine()));
        return hits ? *hits : QList<SearchHit>();
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Archive> m_archive;
};

} // namespace casement::test
