#include "app/configwatch.h"

#include "aws/configfile.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::milliseconds configSettleTime{1000};
constexpr int mostSignIns = 50; // files of the cache that are watched
} // namespace

ConfigWatch::ConfigWatch(QObject *parent) : QObject(parent)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(configSettleTime);
    connect(&m_settle, &QTimer::timeout, this, [this] {
        const QByteArray before = m_stamp;
        look();
        if (m_stamp != before)
            Q_EMIT changed();
    });
}

void ConfigWatch::start()
{
    if (m_watcher)
        return;
    m_watcher = std::make_unique<QFileSystemWatcher>();
    const auto touched = [this] { m_settle.start(); };
    connect(m_watcher.get(), &QFileSystemWatcher::fileChanged, this, touched);
    connect(m_watcher.get(), &QFileSystemWatcher::directoryChanged, this, touched);
    look();
}

QStringList ConfigWatch::files() const
{
    const ConfigPaths paths = ConfigPaths::of(QProcessEnvironment::systemEnvironment());
    QStringList files{paths.config, paths.credentials};
    const QDir signIns(QDir::homePath() + u"/.aws/sso/cache"_s);
    const QStringList names = signIns.entryList({u"*.json"_s}, QDir::Files, QDir::Time).mid(0, mostSignIns);
    for (const QString &name : names)
        files.append(signIns.filePath(name));
    return files;
}

QByteArray ConfigWatch::stamp() const
{
    QByteArray stamp;
    for (const QString &file : files()) {
        const QFileInfo info(file);
        stamp += file.toUtf8() + ' ' + QByteArray::number(info.size()) + ' '
            + QByteArray::number(info.lastModified().toMSecsSinceEpoch()) + ' ' + QByteArray::number(info.isReadable())
            + '\n';
    }
    return stamp;
}

/// A file that was replaced is another one, and a folder may have come: named anew each time.
void ConfigWatch::look()
{
    m_stamp = stamp();
    QStringList wanted;
    for (const QString &file : files()) {
        QString folder = QFileInfo(file).absolutePath();
        while (!QFileInfo::exists(folder) && folder.size() > 1)
            folder = QFileInfo(folder).absolutePath(); // where it will be made
        wanted.append(folder);
        if (QFileInfo(file).isReadable())
            wanted.append(file);
    }
    wanted.append(QDir::homePath() + u"/.aws/sso/cache"_s);
    wanted.removeDuplicates();
    wanted.removeIf([](const QString &path) { return !QFileInfo::exists(path); });
    QStringList gone = m_watcher->files() + m_watcher->directories();
    for (const QString &path : std::as_const(wanted))
        gone.removeAll(path);
    if (!gone.isEmpty())
        m_watcher->removePaths(gone);
    m_watcher->addPaths(wanted);
}

} // namespace casement
