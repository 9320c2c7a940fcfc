#pragma once

#include "archive/outboxfilestore.h"
#include "cli/sendworld.h"
#include "demo/demodata.h"

#include <QDir>
#include <QRandomGenerator>

/// What the tests of files at the command line share.
namespace casement::test {

/// Uploads are ready at once: those who look wait two seconds otherwise.
inline DemoServiceOptions fileOptions()
{
    DemoServiceOptions options = roomyOptions();
    options.uploadProcessing = std::chrono::milliseconds(0);
    return options;
}

/// The same bytes for the same seed.
inline QByteArray noise(qsizetype size, quint32 seed)
{
    QByteArray bytes((size + 3) & ~qsizetype(3), Qt::Uninitialized);
    QRandomGenerator random(seed);
    random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
    bytes.resize(size);
    return bytes;
}

inline void putFile(const QString &path, const QByteArray &bytes)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).absolutePath()));
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    QCOMPARE(file.write(bytes), bytes.size());
}

inline QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A file as the service has it.
struct FarFile
{
    QString name;
    QByteArray bytes;
    friend bool operator==(const FarFile &, const FarFile &) = default;
};
using FarFiles = QList<FarFile>;

struct FilesWorld : World
{
    explicit FilesWorld(const DemoServiceOptions &options = fileOptions()) : World(options) { }

    /// Makes a file in the home folder; its path.
    QString put(const QString &name, const QByteArray &bytes) const
    {
        putFile(cli.home.filePath(name), bytes);
        return cli.home.filePath(name);
    }

    QStringList reply(const QString &caseId, const QString &body, const QStringList &files) const
    {
        return QStringList{u"reply"_s, caseId, u"--body"_s, body, u"--attach"_s} + files;
    }

    /// The files of each message of a case with this text.
    QList<FarFiles> far(const QString &caseId, const QString &body)
    {
        QList<FarFiles> all;
        demo.service().withEmulator([&](demo::Emulator &emulator) {
            for (const demo::DemoCase &one : emulator.accounts().first().cases) {
                if (one.caseId != caseId)
                    continue;
                for (const demo::DemoMessage &message : one.messages) {
                    if (message.body != body)
                        continue;
                    FarFiles files;
                    for (const demo::DemoAttachment &file : message.attachments)
                        files.append({file.fileName, demo::attachmentBytes(file)});
                    all.append(files);
                }
            }
        });
        return all;
    }

    /// Gives the first message of an open case these files; the case.
    demo::DemoCase caseWith(const FarFiles &files)
    {
        const QString caseId = openCase()->caseId;
        demo.service().withEmulator([&](demo::Emulator &emulator) {
            for (demo::DemoCase &one : emulator.account(0).cases) {
                if (one.caseId != caseId)
                    continue;
                demo::DemoMessage &message = one.messages.last();
                message.attachments.clear();
                for (const FarFile &file : files) {
                    demo::DemoAttachment attachment;
                    attachment.attachmentId = u"attachment-of-a-test-%1"_s.arg(message.attachments.size());
                    attachment.fileName = file.name;
                    attachment.data = file.bytes;
                    attachment.size = file.bytes.size();
                    message.attachments.append(attachment);
                }
                for (demo::DemoMessage &other : one.messages) {
                    if (&other != &message)
                        other.attachments.clear();
                }
            }
        });
        return *caseOf(caseId);
    }

    /// What the archive knows of files on their way up.
    QList<OutboxFile> uploads() const
    {
        QList<OutboxFile> files;
        withArchive([&](Database &database) {
            if (const auto loaded = loadOutboxFiles(database); loaded)
                files = *loaded;
        });
        return files;
    }
};

} // namespace casement::test
