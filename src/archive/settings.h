#pragma once

#include "archive/database.h"

namespace casement {

/// A value kept in the archive, or `fallback`.
QString readSetting(Database &database, const QString &name, const QString &fallback = {});
qint64 readNumberSetting(Database &database, const QString &name, qint64 fallback = 0);
void writeSetting(Database &database, const QString &name, const QString &value);

} // namespace casement
