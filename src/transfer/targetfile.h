#pragma once

#include "base/result.h"
#include "transfer/filehandle.h"

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace casement {

/// A file on its way into a folder: Nameless where the file system can, so that nothing is left of it even when the
/// program is killed; else under a hidden name, which goes with this object. What a killed program left under such a
/// name goes when the next one is made in that folder. For one thread at a time.
class UnfinishedFile
{
public:
    enum class Kind { Nameless, Hidden };

    /// `folder` is a descriptor, borrowed; the rights are less what the person's umask takes.
    UnfinishedFile(int folder, mode_t rights, Kind kind);
    ~UnfinishedFile();
    Q_DISABLE_COPY_MOVE(UnfinishedFile)

    /// errno of making it.
    int error() const { return m_error; }
    int descriptor() const { return m_handle.get(); }
    /// For libraries that open by name; only while this lives, and in this process.
    QByteArray path() const;

    /// Both return 0 or errno; the first one EEXIST when something has the name.
    int moveToFree(const QByteArray &name);
    int replace(const QByteArray &name);

private:
    int open(mode_t rights);
    int giveName();

    int m_folder;
    QByteArray m_name; // hidden; empty: it has none
    FileHandle m_handle;
    int m_error = 0;
};

/// A folder for what is made beside its place; it goes with this object, and what a killed program left of such a one
/// goes when the next is made there.
class UnfinishedFolder
{
public:
    /// `beside`: the folder in which it is made, `.casement-<what>-XXXXXX`.
    UnfinishedFolder(const QString &beside, const QString &what);

    bool isValid() const { return m_folder->isValid(); }
    QString errorString() const { return m_folder->errorString(); }
    QString path() const { return m_folder->path(); }
    QString filePath(const QString &name) const { return m_folder->filePath(name); }
    /// Before this object goes, which may be some time.
    void remove() { m_folder->remove(); }
    /// It was moved away, and is nobody's to remove.
    void release() { m_folder->setAutoRemove(false); }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    FileHandle m_lock;
};

/// What is written to a path that a person chose. An older file there stays as it was until commit(), which puts the
/// new one in its place; what was not committed goes with this object. Only a regular file is replaced, and only one
/// that may be written; a link leads to what is replaced. For one thread at a time.
class TargetFile
{
public:
    using Kind = UnfinishedFile::Kind;

    explicit TargetFile(const QString &path, mode_t rights = 0666, Kind kind = Kind::Nameless)
        : m_path(path), m_rights(rights), m_kind(kind)
    {
    }

    /// With the rights of the file that it replaces, without that to be run. filecode::exists when something is there
    /// and may not be replaced, also when it comes before commit().
    Result<void> open(bool replaces = true);
    bool isOpen() const { return m_file != nullptr; }
    int descriptor() const { return m_file->descriptor(); }
    /// See UnfinishedFile::path().
    QByteArray openPath() const { return m_file->path(); }

    Result<void> append(const char *data, qint64 size);
    /// Brings all to the disk.
    Result<void> flush();
    Result<void> commit();

private:
    struct Place
    {
        QByteArray folder;
        QByteArray name;
        struct stat status = {};
        bool isTaken = false;
    };
    Result<Place> find() const;

    const QString m_path;
    const mode_t m_rights;
    const Kind m_kind;
    bool m_replaces = false;
    Place m_place;
    FileHandle m_folder;
    std::unique_ptr<UnfinishedFile> m_file; // before what it lies in goes
};

} // namespace casement
