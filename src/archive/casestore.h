#pragma once

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
    bool lacksKnown = false; ///< the last page of a conversation came, and messages that are known were on none
    QString nextToken; ///< as decoded
};

struct StoreOptions
{
    bool markUnread = false; ///< messages of AWS that were not known are unread, unless they are a first sync's history
    bool messagesAsked = true; ///< false: the answer was asked for without messages, so that their lack says nothing
    qint64 listingBegan = 0; ///< not 0: the page's token is remembered with this time, in the page's transaction
    qint64 received = 0; ///< messages of the conversation that the pages before this one brought
    bool announceNew = true; ///< false: new cases are not in StoredPage::changed (they were shown as they came)
};

Result<AccountRecord> ensureAccount(Database &database, const QString &key, const QString &name,
                                    const QString &partition);
Result<QList<AccountRecord>> loadAccounts(Database &database);

/// Inside a transaction.
void setLastSync(Database &database, AccountId account, qint64 time);

/// A listing that goes on where it was left: when it began and the token of its next page, empty when it ended.
struct ListingPlace
{
    qint64 began = 0; ///< 0: there is none
    QString token;
};
ListingPlace readListingPlace(Database &database, AccountId account);
/// Inside a transaction.
void writeListingPlace(Database &database, AccountId account, const ListingPlace &place);

/// Whether the archive has any case of the account.
bool hasCases(Database &database, AccountId account);

/// Stores a page of DescribeCases.
Result<StoredPage> storeCases(Database &database, AccountId account, const DescribeCases::Response &page,
                              const StoreOptions &options);

/// Stores a page of DescribeCommunications. `last`: with it the conversation is known back to its start, unless it says
/// less than is known already.
Result<StoredPage> storeCommunications(Database &database, AccountId account, const QString &caseId,
                                       const DescribeCommunications::Response &page, bool last,
                                       const StoreOptions &options);

/// The service does not know these cases any more. They stay, and are not asked for again.
Result<CaseRecords> markGone(Database &database, AccountId account, const QStringList &caseIds);

/// Ids of cases that are open in the archive, without those in `listed`.
Result<QStringList> openCasesExcept(Database &database, AccountId account, const QSet<QString> &listed);

/// Calls `batch` with some thousand records at a time, newest first. Of all accounts when `accounts` is empty.
Result<void> loadCases(Database &database, const QList<AccountId> &accounts,
                       const std::function<void(CaseRecords)> &batch);

Result<CaseDetails> loadCase(Database &database, AccountId account, const QString &caseId);
Result<QList<CommunicationRecord>> loadCommunications(Database &database, AccountId account, const QString &caseId);

/// Of one case, or of all of the account's when `caseId` is empty. The records of those that were unread.
Result<CaseRecords> markRead(Database &database, AccountId account, const QString &caseId);

} // namespace casement
