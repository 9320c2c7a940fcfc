#pragma once

#include <QDirIterator>
#include <QFile>
#include <QString>
#include <QStringList>

/// The project's own files, for tests that read them.
namespace casement::test {

inline QString sourceDir() { return QStringLiteral(CASEMENT_SOURCE_DIR); }

/// Paths below the project's top, sorted, of the files in `folder` whose names match one of the patterns.
inline QStringList sourceFiles(const QString &folder, const QStringList &patterns)
{
    QStringList files;
    QDirIterator found(sourceDir() + u'/' + folder, patterns, QDir::Files, QDirIterator::Subdirectories);
    while (found.hasNext())
        files.append(QDir(sourceDir()).relativeFilePath(found.next()));
    files.sort();
    return files;
}

inline QString readSource(const QString &path)
{
    QFile file(sourceDir() + u'/' + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace casement::test
