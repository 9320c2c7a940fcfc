#include "archive/attachmentstore.h"

#include "transfer/fileerror.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>

namespace casement {

using namespace Qt::StringLiterals;
using Lane = ArchiveThread::Lane;

namespace {

QString placeOf(const QString &folder, const QByteArray &sha256)
{
    const QString name = QString::fromLatin1(sha256);
    return folder + u'/' + name.left(2) + u'/' + name.mid(2);
}

Result<void> makeFolder(const QString &path)
{
    if (QDir().mkpath(path)) {
        QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        return {};
    }
    return cannotWrite(path, qt_error_string(errno));
}

Result<QHash<QString, KeptAttachment>> findKept(Database &database, AccountId account, const QStringList &ids,
                                                const QString &folder)
{
    QHash<QString, KeptAttachment> found;
    const auto take = [&](const Statement &row) {
        KeptAttachment kept{row.text(0), row.text(1), row.number(2), row.text(3).toLatin1(), {}};
        kept.path = placeOf(folder, kept.sha256);
        // Of no bytes: earlier versions kept damaged answers so.
        if (kept.size > 0 && QFileInfo(kept.path).size() == kept.size && QFileInfo::exists(kept.path))
            found.insert(kept.attachmentId, kept);
    };
    if (ids.isEmpty()) {
        Statement read =
            database.prepare("SELECT attachmentId, fileName, size, sha256 FROM attachmentFiles WHERE account = ?");
        read.run(account);
        while (read.next())
            take(read);
    }
    for (const QString &id : ids) {
        Statement read = database.prepare("SELECT attachmentId, fileName, size, sha256 FROM attachmentFiles WHERE "
                                          "account = ? AND attachmentId = ?");
        read.run(account, id);
        if (read.next())
            take(read);
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return found;
}

Result<KeptAttachment> keepFile(Database &database, AccountId account, KeptAttachment kept, const QString &part)
{
    if (database.isReadOnly())
        return database.refusal();
    if (const Result<void> made = makeFolder(QFileInfo(kept.path).absolutePath()); !made)
        return made.error();
    Transaction transaction(database);
    database
        .prepare(
            "INSERT OR REPLACE INTO attachmentFiles (account, attachmentId, fileName, size, sha256, fetched) VALUES "
            "(?, ?, ?, ?, ?, ?)")
        .run(account, kept.attachmentId, kept.fileName, kept.size, QString::fromLatin1(kept.sha256),
             QDateTime::currentMSecsSinceEpoch());
    // Replaces what is there, which holds the same or was cut.
    if (!database.hasFailed()
        && std::rename(QFile::encodeName(part).constData(), QFile::encodeName(kept.path).constData()) != 0)
        return cannotWrite(kept.path, qt_error_string(errno));
    const Result<void> done = transaction.commit();
    if (done || done.error().kind == Error::Kind::Cancelled) // its account was deleted, and no file of it stays
        QFile::remove(FileSink::originPath(part));
    if (done)
        return kept;
    if (done.error().kind == Error::Kind::Cancelled)
        QFile::remove(part);
    return done.error();
}

} // namespace

QString partOfDownload(const QString &attachments, AccountId account, const QString &attachmentId)
{
    const QByteArray name = QCryptographicHash::hash(QByteArray::number(account) + '\n' + attachmentId.toUtf8(),
                                                     QCryptographicHash::Sha256);
    return attachments + u"/parts/"_s + QString::fromLatin1(name.toHex());
}

AttachmentStore::AttachmentStore(Archive &archive, QObject *parent) : QObject(parent), m_archive(archive) { }

void AttachmentStore::find(AccountId account, const QStringList &ids, QObject *context,
                           Archive::Callback<QHash<QString, KeptAttachment>> done)
{
    m_archive.ask<QHash<QString, KeptAttachment>>(
        Lane::Urgent, context,
        [account, ids, folder = m_archive.folder(u"attachments"_s)](Database &database) {
            return findKept(database, account, ids, folder);
        },
        std::move(done));
}

Result<QString> AttachmentStore::partPath(AccountId account, const QString &attachmentId) const
{
    const QString folder = m_archive.folder(u"attachments"_s);
    for (const QString &path : {folder, QString(folder + u"/parts"_s)}) {
        if (const Result<void> made = makeFolder(path); !made)
            return made.error();
    }
    return partOfDownload(folder, account, attachmentId);
}

void AttachmentStore::keep(AccountId account, const QString &attachmentId, const QString &fileName,
                           const FileDigest &digest, QObject *context, Archive::Callback<KeptAttachment> done)
{
    const Result<QString> part = partPath(account, attachmentId);
    KeptAttachment kept{attachmentId, fileName, digest.size, digest.sha256,
                        placeOf(m_archive.folder(u"attachments"_s), digest.sha256)};
    m_archive.ask<KeptAttachment>(
        Lane::Urgent, this,
        [account, kept, part](Database &database) -> Result<KeptAttachment> {
            return part ? keepFile(database, account, kept, *part) : Result<KeptAttachment>(part.error());
        },
        [this, account, guard = QPointer<QObject>(context),
         done = std::move(done)](const Result<KeptAttachment> &file) {
            if (file)
                Q_EMIT this->kept(account, file->attachmentId);
            if (guard)
                done(file);
        });
}

} // namespace casement
