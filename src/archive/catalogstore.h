#pragma once

#include "archive/database.h"
#include "archive/records.h"

#include <QByteArray>

namespace casement {

/// An answer of the catalog as the archive keeps it.
struct CatalogEntry
{
    qint64 fetched = 0; ///< ms since 1970 UTC
    QByteArray answer; ///< JSON; empty: the service does not know the operation
};

/// The name under which the answer to a request is kept: operation and input.
QString catalogRequestName(QByteArrayView operation, const QByteArray &input);

/// What was kept last, however old; one with `fetched` 0 when there is none.
Result<CatalogEntry> loadCatalogEntry(Database &database, AccountId account, const QString &request);

/// Replaces what was kept. What nobody asked for anew in a season goes.
Result<void> storeCatalogEntry(Database &database, AccountId account, const QString &request,
                               const CatalogEntry &entry);

} // namespace casement
