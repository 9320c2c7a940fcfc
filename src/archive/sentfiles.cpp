#include "archive/sentfiles.h"

#include "base/duration.h"

#include <algorithm>

namespace casement {

namespace {

constexpr qint64 clocksDiffer = duration::hour; // a file's name is as good as unique in it

} // namespace

void SentFiles::load(AccountId account, const QString &caseId, QObject *context,
                     Archive::Callback<QList<SentFile>> done)
{
    m_archive.ask<QList<SentFile>>(
        ArchiveThread::Lane::Urgent, context,
        [account, caseId](Database &database) -> Result<QList<SentFile>> {
            QList<SentFile> files;
            Statement read =
                database.prepare("SELECT name, size, sent, path, modified FROM sentFiles WHERE account = ? "
                                 "AND caseId = ? ORDER BY sent DESC, name");
            read.run(account, caseId);
            while (read.next())
                files.append({read.text(0), read.number(1), read.number(2), read.text(3), read.number(4)});
            if (const Result<void> over = database.takeError(); !over)
                return over.error();
            return files;
        },
        std::move(done));
}

QHash<QString, SentFile> SentFiles::match(const QList<CommunicationRecord> &messages, QList<SentFile> sent)
{
    QHash<QString, SentFile> found;
    for (const CommunicationRecord &message : messages) {
        if (message.fromAws)
            continue;
        for (const AttachmentRecord &attachment : message.attachments) {
            auto best = sent.end();
            for (auto at = sent.begin(); at != sent.end(); ++at) {
                const qint64 apart = std::abs(at->sent - message.created);
                if (at->name == attachment.fileName && apart <= clocksDiffer
                    && (best == sent.end() || apart < std::abs(best->sent - message.created)))
                    best = at;
            }
            if (best == sent.end())
                continue;
            found.insert(attachment.attachmentId, *best);
            sent.erase(best);
        }
    }
    return found;
}

} // namespace casement
