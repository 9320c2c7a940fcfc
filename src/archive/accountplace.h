#pragma once

#include "archive/database.h"
#include "archive/records.h"
#include "aws/httpserviceconnection.h"

/// Where profiles of ~/.aws led when they were used here last. Their files are edited by hand and by programs, and may
/// be half written: a profile that named an endpoint and names none is held, since AWS must not hear of what was meant
/// for another place (see lostEndpoint()). Another endpoint is followed, and told.
namespace casement {

/// Whether where a choice leads is what the files of ~/.aws say: neither the choice nor its environment names it.
bool isPlaceOfFiles(const ProfileChoice &choice);

/// The place before, of accounts of the archive: where the profile of the account with this archive key led last. Null
/// when that is not known.
const AccountRecord *placeBefore(const QList<AccountRecord> &known, const QString &key);

/// A place in an archive key, for people: `HOST:PORT`; empty: AWS itself.
QString hostOfKey(const QString &key);

// For the archive's thread.

/// The key of the account that a profile led to last, by the key that it would have anywhere; empty: not known.
QString lastPlace(Database &database, const QString &key);
/// It leads to the account with this key now.
void notePlace(Database &database, const QString &key);
/// The account's endpoint is gone from the files since now, unless that is known already.
void noteLostPlace(Database &database, AccountId account, qint64 now);
/// Since when that is so, in ms since 1970 UTC; 0: it is not.
qint64 lostSince(Database &database, AccountId account);
/// The data of the account with this key is deleted.
void forgetPlace(Database &database, const QString &key);

} // namespace casement
