#pragma once

#include "archive/accountstore.h"

namespace casement {

/// What became of a deletion that took place.
struct Deletion
{
    /// Whether nothing of it is left in the files; an Error of archivecode::busy when another program reads them.
    Result<void> cleaned;
};

/// See Archive::deleteAccount(). `attachments`: where downloaded files are. To be used by the archive's thread; takes
/// seconds when the archive is large, since the index of words and the file are written anew.
Result<Deletion> deleteAccountData(Database &database, AccountId account, const QString &attachments, Return others);

} // namespace casement
