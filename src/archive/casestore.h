#pragma once

#include "archive/accountstore.h"
#include "archive/database.h"
#include "archive/records.h"
#include "support/cases.h"

#include <QSet>
#include <QStringList>

#include <functional>

/// Cases and messages in the archive. To be used by the archive's thread; everything that writes is one transaction.
namespace casement {

/// What a stored page brought.
struct StoredPage
{
    CaseRecords changed; ///< cases that are new or differ from what the archive had
    QStringList newMessages; ///< ids of cases whose conversation grew
    QList<NewAnswer> answers; ///< messages of AWS that are new and unread
    QStringList ids; ///< of the page's cases
    QStringList open; ///< ids of the page's cases that are not resolved
    qint64 count = 0; ///< cases of the page; of a page of messages those that are new
    qint64 received = 0; ///< messages of a page of messages, known ones too
    qint64 unreadable = 0; ///< cases of the page that have no id; of a page of messages those of which nothing is left
    bool lacksKnown = false; ///< the last page of a conversation came, and messages that are known were on none
    QString nextToken; ///< as decoded
    QString owner; ///< number of the account, as far as it is known now
};

struct StoreOptions
{
    bool markUnread = false; ///< messages of AWS that were not known are unread, unless they are a first sync's history
    bool messagesAsked = true; ///< false: the answer was asked for without messages, so that their lack says nothing
    qint64 listingBegan = 0; ///< not 0: the page's token is remembered with this time, in the page's transaction
    qint64 received = 0; ///< messages of the conversation that the pages before this one brought
    QString
        ofKeys; ///< number of the account whose keys it was asked for with; empty: nobody knows, its cases' ids tell
    QString listed; ///< number of the account, as the list of accounts has it
    bool announceNew = true; ///< false: new cases are not in StoredPage::changed (they were shown as they came)
};

/// Whether the archive has any case of the account.
bool hasCases(Database &database, AccountId account);

/// Stores a page of DescribeCases; none of it, when it is another account's, see caseowner.h.
Result<StoredPage> storeCases(Database &database, AccountId account, const DescribeCases::Response &page,
                              const StoreOptions &options);

/// Stores a page of DescribeCommunications. `last`: with it the conversation is known back to its start, unless it says
/// less than is known already.
Result<StoredPage> storeCommunications(Database &database, AccountId account, const QString &caseId,
                                       const DescribeCommunications::Response &page, bool last,
                                       const StoreOptions &options);

/// How it is known that the service does not know a case any more. Stored as these numbers; 0: it does.
enum class Gone {
    Said = 1, ///< it said so: CaseIdNotFound. The case is not asked for again
    Silent = 2, ///< asked for the case it answered a list without it, which one wrong answer may do
};

/// The service does not know these cases any more. They stay. What it was silent about is asked for again by the next
/// syncs, and once a day after those.
Result<CaseRecords> markGone(Database &database, AccountId account, const QStringList &caseIds, Gone how, qint64 now);

/// Ids of cases that are open in the archive, without those in `listed`, and with those that may not be gone after all.
Result<QStringList> openCasesExcept(Database &database, AccountId account, const QSet<QString> &listed, qint64 now);

/// Calls `batch` with some thousand records at a time, newest first; of the same time in the order
/// in which they came, as a list that saw them come has them. Of all accounts when `accounts` is empty.
Result<void> loadCases(Database &database, const QList<AccountId> &accounts,
                       const std::function<void(CaseRecords)> &batch);

Result<CaseDetails> loadCase(Database &database, AccountId account, const QString &caseId);
Result<QList<CommunicationRecord>> loadCommunications(Database &database, AccountId account, const QString &caseId);

/// Of one case, or of all of the account's when `caseId` is empty. The records of those that were unread.
Result<CaseRecords> markRead(Database &database, AccountId account, const QString &caseId);

} // namespace casement
