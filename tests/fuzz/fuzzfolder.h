#pragma once

#include "fuzzinput.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace casement::fuzz {

/// A folder for the files that an input is made into, in memory where that is possible; goes with the program. Brings
/// the application object that Qt SQL and file watchers want.
inline QTemporaryDir &folderOfInputs()
{
    static char name[] = "fuzz";
    static char *arguments[] = {name, nullptr};
    static int count = 1;
    static QCoreApplication application(count, arguments);
    static const QString memory = QStringLiteral("/dev/shm");
    static QTemporaryDir folder((QFileInfo(memory).isWritable() ? memory : QDir::tempPath())
                                + QStringLiteral("/casement-fuzz-XXXXXX"));
    require(folder.isValid(), "there is a place for files", folder.errorString());
    return folder;
}

inline void writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    require(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) == content.size(),
            "files can be written", file.errorString());
}

/// Null where there is none.
inline QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace casement::fuzz
