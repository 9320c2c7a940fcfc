#pragma once

#include "archive/archive.h"

namespace casement {

/// A file that was not taken for a message, and why.
struct RefusedFile
{
    QString path;
    qint64 size = 0; ///< 0: not known
    Error error;
    bool asZip = false; ///< a ZIP was to be made of it

    friend bool operator==(const RefusedFile &, const RefusedFile &) = default;
};

/// What was refused for messages that are still written, so that it is told after a kill, too. Forgotten after a month.
class RefusedFiles
{
public:
    /// The archive is borrowed.
    explicit RefusedFiles(Archive &archive) : m_archive(archive) { }

    /// Those of a place; in the order in which they came.
    void load(const QString &place, QObject *context, Archive::Callback<QList<RefusedFile>> done);
    /// What is refused there now, in place of what was.
    void store(const QString &place, const QList<RefusedFile> &files, QObject *context);

private:
    Archive &m_archive;
};

} // namespace casement
