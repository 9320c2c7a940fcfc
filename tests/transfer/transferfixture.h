#pragma once

#include "base/job.h"
#include "demoservice.h"
#include "transfer/localfile.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace casement::test {

/// Runs a job to its end; the job must not delete itself.
inline Result<void> finished(Job &job, int limit = 60'000)
{
    job.setAutoDelete(false);
    QSignalSpy over(&job, &Job::finished);
    job.start();
    if (over.isEmpty() && !over.wait(limit))
        return Error{.kind = Error::Kind::TimedOut, .message = QStringLiteral("the job did not end in time")};
    return job.result();
}

/// Bytes that no compression and no repetition makes alike.
inline QByteArray randomBytes(qsizetype size, quint32 seed)
{
    QByteArray bytes(size, Qt::Uninitialized);
    QRandomGenerator random(seed);
    for (char &byte : bytes)
        byte = char(random.bounded(256));
    return bytes;
}

/// A folder of files to send.
class Files
{
public:
    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s can't be written", qPrintable(name));
        return file.fileName();
    }
    LocalFile make(const QString &name, const QByteArray &bytes) const
    {
        const Result<LocalFile> file = inspectFile(write(name, bytes));
        if (!file)
            qFatal("%s", qPrintable(file.error().toLine()));
        return *file;
    }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QByteArray read(const QString &path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("can't be read");
    }

private:
    QTemporaryDir m_folder;
};

/// What a message with these files brings to the service: opens a case and reads the files back.
inline QList<Attachment> sentWith(DemoFixture &demo, const QString &setId, const QStringList &uploadIds)
{
    CreateCase::Request create;
    create.subject = QStringLiteral("With files");
    create.communicationBody = QStringLiteral("See the files.");
    create.attachmentSetId = setId;
    create.uploadIds = uploadIds;
    const auto made = demo.call(create);
    if (!made)
        return {{made.error().toLine(), {}}};
    DescribeCommunications::Request ask;
    ask.caseId = made->caseId;
    const auto messages = demo.call(ask);
    QList<Attachment> files;
    if (messages) {
        for (const AttachmentDetails &details : messages->communications.constLast().allAttachments()) {
            DescribeAttachment::Request describe;
            describe.attachmentId = details.attachmentId;
            const auto file = demo.call(describe);
            files.append(file ? *file->attachment : Attachment{details.fileName, file.error().toLine().toUtf8()});
        }
    }
    return files;
}

} // namespace casement::test
