#pragma once

#include "fulldisk.h"

#include <QDir>
#include <QFile>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

/// Files and folders of a test's own, and what goes wrong with them.
namespace casement::test {

/// A folder that goes with this object.
class Folder
{
public:
    QString path(const QString &name = {}) const { return name.isEmpty() ? m_folder.path() : m_folder.filePath(name); }
    QByteArray encoded(const QString &name) const { return QFile::encodeName(path(name)); }

    QString put(const QString &name, const QByteArray &bytes) const
    {
        putAt(path(name), bytes);
        return path(name);
    }
    static void putAt(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    void makeFolder(const QString &name) const { QVERIFY(QDir().mkpath(path(name))); }
    void makePipe(const QString &name) const { QCOMPARE(::mkfifo(encoded(name).constData(), 0600), 0); }
    void makeLink(const QString &to, const QString &name) const
    {
        QCOMPARE(::symlink(QFile::encodeName(to).constData(), encoded(name).constData()), 0);
    }

    QByteArray contents(const QString &name) const { return contentsAt(path(name)); }
    static QByteArray contentsAt(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QStringList names(const QString &folder = {}) const
    {
        return QDir(path(folder)).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    mode_t mode(const QString &name) const
    {
        struct stat status = {};
        return ::lstat(encoded(name).constData(), &status) == 0 ? status.st_mode : 0;
    }

private:
    QTemporaryDir m_folder;
};

/// Root may read and write everything; while this lives the process is somebody who may not.
class Nobody
{
public:
    Nobody() : m_before(::geteuid())
    {
        if (m_before == 0)
            isSomebodyElse = ::seteuid(65534) == 0;
    }
    ~Nobody()
    {
        if (isSomebodyElse && ::seteuid(m_before) != 0)
            qFatal("can't be root again");
    }

    bool isSomebodyElse = false;

private:
    uid_t m_before;
};

/// No text for people may hold what moves or hides its neighbours.
inline bool isHarmless(const QString &text)
{
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        if (u < 0x20 || (u >= 0x7f && u < 0xa0) || (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069)
            || u == 0x2028 || u == 0x2029)
            return false;
    }
    return true;
}

} // namespace casement::test
