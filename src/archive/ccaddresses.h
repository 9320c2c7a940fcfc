#pragma once

#include "archive/records.h"
#include "base/result.h"

#include <QStringList>

namespace casement {

class Database;

/// Archive::ccAddresses(), by the archive's thread.
Result<QStringList> loadCcAddresses(Database &database, AccountId account);

} // namespace casement
