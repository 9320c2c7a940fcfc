#include "archive/settings.h"

namespace casement {

QString readSetting(Database &database, const QString &name, const QString &fallback)
{
    Statement read = database.prepare("SELECT value FROM settings WHERE name = ?");
    return read.run(name) && read.next() ? read.text(0) : fallback;
}

qint64 readNumberSetting(Database &database, const QString &name, qint64 fallback)
{
    bool good = false;
    const qint64 number = readSetting(database, name).toLongLong(&good);
    return good ? number : fallback;
}

void writeSetting(Database &database, const QString &name, const QString &value)
{
    database
        .prepare(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .run(name, value);
}

} // namespace casement
