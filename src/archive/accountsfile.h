#pragma once

#include "archive/accountlist.h"
#include "base/result.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <memory>

class QLockFile;

namespace casement {

/// `accounts.json`, read and written whole; see AccountList. A symbolic link is followed: what it leads to is written.
class AccountsFile
{
public:
    explicit AccountsFile(const QString &path) : m_path(path) { }

    struct Content
    {
        QList<ListedAccount> accounts;
        QList<KeysLeft> keysLeft;
        QJsonObject root; ///< all that stood in the file, to be written back
        QByteArray bytes;
    };

    /// Holds other programs off as long as it lives.
    using Lock = std::shared_ptr<QLockFile>;

    /// The file that is read and written.
    QString target() const;

    /// Makes the folder, too. Waits for other programs, two seconds at most.
    Result<Lock> lock() const;
    /// No file, or one of no bytes, is an empty list.
    Result<Content> read() const;
    /// Replaces the file, or leaves it as it is. What `root` has beside what `accounts` say is kept, and entries of
    /// Source::Newer as they are. `bytes` is what was written.
    Result<void> write(Content &content) const;

private:
    Error unreadable(const QString &why) const;
    Error unwritable(const QString &advice) const;
    Error damaged(const QString &why) const;

    QString m_path;
};

} // namespace casement
