#pragma once

#include "archive/archive.h"

#include <QHash>

namespace casement {

/// A file that this program sent with a message.
struct SentFile
{
    QString name; ///< under which it was sent
    qint64 size = 0; ///< bytes
    qint64 sent = 0; ///< ms since 1970 UTC, by this computer's clock
    QString path; ///< where it was; it may be another file now
    qint64 modified = 0; ///< as it was sent, ns since 1970 UTC

    friend bool operator==(const SentFile &, const SentFile &) = default;
};

/// What was sent with the messages of a case.
class SentFiles
{
public:
    /// The archive is borrowed.
    explicit SentFiles(Archive &archive) : m_archive(archive) { }

    /// The newest first.
    void load(AccountId account, const QString &caseId, QObject *context, Archive::Callback<QList<SentFile>> done);

    /// Which of the attachments of a case are files that were sent: by attachmentId. A message of AWS has none; of a
    /// customer's it is the file of that name that was sent when the message came, and each file is one attachment.
    static QHash<QString, SentFile> match(const QList<CommunicationRecord> &messages, QList<SentFile> sent);

private:
    Archive &m_archive;
};

} // namespace casement
