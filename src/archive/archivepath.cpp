#include "archive/archivepath.h"

#include "base/privacy.h"
#include "transfer/fileerror.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestPath = 16 * 1024;

QString placeFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/casement/archive-place"_s;
}

} // namespace

QString usualArchivePath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/casement/archive.sqlite"_s;
}

QString defaultArchivePath()
{
    QFile file(placeFile());
    if (!file.open(QIODevice::ReadOnly))
        return usualArchivePath();
    const QString path = QString::fromUtf8(file.read(longestPath)).section(u'\n', 0, 0).trimmed();
    return path.startsWith(u'/') ? path : usualArchivePath();
}

Result<void> rememberArchivePath(const QString &path)
{
    const QString file = placeFile();
    const auto failed = [&file](const QString &why) { return cannotWrite(file, why); };
    if (path == usualArchivePath()) {
        QFile old(file);
        return !old.exists() || old.remove() ? Result<void>() : Result<void>(failed(old.errorString()));
    }
    const QString folder = QFileInfo(file).absolutePath();
    if (!QFileInfo::exists(folder) && QDir().mkpath(folder))
        keepFromOthers(folder);
    QSaveFile place(file);
    const QByteArray line = path.toUtf8() + '\n';
    if (!place.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return failed(place.errorString());
    place.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (place.write(line) != line.size() || !place.commit())
        return failed(place.errorString());
    return {};
}

} // namespace casement
