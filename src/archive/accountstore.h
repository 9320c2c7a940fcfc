#pragma once

#include "archive/database.h"
#include "archive/records.h"

/// Accounts in the archive, and how far their listings are. To be used by the archive's thread.
namespace casement {

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

} // namespace casement
