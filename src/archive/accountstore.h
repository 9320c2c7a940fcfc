#pragma once

#include "archive/database.h"
#include "archive/records.h"

/// Accounts in the archive, and how far their listings are. To be used by the archive's thread.
namespace casement {

Result<AccountRecord> ensureAccount(Database &database, const QString &key, const QString &name,
                                    const QString &partition);
Result<QList<AccountRecord>> loadAccounts(Database &database);

/// Whether an account can be written for. One that this connection handed out (ensureAccount(), loadAccounts()) and
/// that another program deleted since is made again, with its number: what a person types, and the next refresh, find
/// it. Inserting a row for an account does the same by itself. Inside a transaction.
bool hasAccount(Database &database, AccountId account);
/// Whoever else has a deleted account open: may what they fetch for it make it again? What a person writes always does.
enum class Return { Allowed, Refused };
/// Deletes the row of an account and all that belongs to it; this connection does not make it again, and drops without
/// a word what is still stored for it. Inside a transaction.
void deleteAccountRow(Database &database, AccountId account, Return others);

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
