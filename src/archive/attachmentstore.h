#pragma once

#include "archive/archive.h"
#include "transfer/filesink.h"

#include <QHash>
#include <QStringList>

namespace casement {

/// A downloaded attachment.
struct KeptAttachment
{
    QString attachmentId;
    QString fileName; ///< as the service calls it: hostile, until safeFileName()
    qint64 size = 0; ///< bytes
    QByteArray sha256; ///< in hexadecimal digits
    QString path; ///< of the file, by what it holds; nothing may be written there
};

/// Where what has come of a download lies, below the folder of attachments.
QString partOfDownload(const QString &attachments, AccountId account, const QString &attachmentId);

/// Attachments that were downloaded, kept beside the archive by what they hold: the same file twice takes its room
/// once. Owner-only, and never run from there: a copy is (transfer/savefile.h).
class AttachmentStore final : public QObject
{
    Q_OBJECT

public:
    explicit AttachmentStore(Archive &archive, QObject *parent = nullptr);

    /// Those of `ids` (of all attachments when empty) that are kept, by id; a file that was deleted or cut behind the
    /// archive's back is none.
    void find(AccountId account, const QStringList &ids, QObject *context,
              Archive::Callback<QHash<QString, KeptAttachment>> done);

    /// Where a download of this attachment puts what has come, so that a later one can go on with it. The folder is
    /// made.
    Result<QString> partPath(AccountId account, const QString &attachmentId) const;
    /// Takes the file at partPath() in.
    void keep(AccountId account, const QString &attachmentId, const QString &fileName, const FileDigest &digest,
              QObject *context, Archive::Callback<KeptAttachment> done);

Q_SIGNALS:
    void kept(casement::AccountId account, const QString &attachmentId);

private:
    Archive &m_archive;
};

} // namespace casement
