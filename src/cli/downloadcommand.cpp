#include "cli/downloadcommand.h"

#include "base/background.h"
#include "cli/cells.h"
#include "cli/errorreport.h"
#include "cli/terminaltext.h"
#include "transfer/filename.h"
#include "transfer/savefile.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

QString shownName(const AttachmentRecord &file)
{
    return terminalLine(file.fileName.isEmpty() ? file.attachmentId : file.fileName);
}

bool isCalled(const AttachmentRecord &file, const QString &wanted)
{
    return file.attachmentId == wanted || file.fileName == wanted || safeFileName(file.fileName) == wanted;
}

/// What fails for one file like this does for all of them.
bool isAboutTheWay(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::NoCredentials:
    case Error::Kind::CredentialsFile:
    case Error::Kind::CannotConnect:
    case Error::Kind::HostNotFound:
    case Error::Kind::Tls:
    case Error::Kind::Proxy:
        return true;
    default:
        return false;
    }
}

} // namespace

void DownloadCommand::listed(const QList<ListedAttachment> &files)
{
    m_folder = line().outputFile.isEmpty() ? u"."_s : line().outputFile;
    m_end = statusSoFar();
    QStringList unknown = line().operands;
    QSet<QString> chosen;
    for (const ListedAttachment &file : files) {
        const QStringList &wanted = line().operands;
        const bool isWanted = wanted.isEmpty() || std::any_of(wanted.begin(), wanted.end(), [&](const QString &name) {
                                  return isCalled(file.record, name);
                              });
        unknown.removeIf([&](const QString &name) { return isCalled(file.record, name); });
        if (!isWanted || chosen.contains(file.record.attachmentId))
            continue;
        chosen.insert(file.record.attachmentId);
        m_left.append(file.record);
    }
    for (const QString &name : std::as_const(unknown)) {
        complain(u"Case %1 has no attachment \"%2\"."_s.arg(terminalLine(line().operand), terminalLine(name)));
        m_end = failed;
    }
    if (m_left.isEmpty())
        return end(m_end);
    if (!QDir().mkpath(m_folder) || !QFileInfo(m_folder).isDir()) {
        return fail({.kind = Error::Kind::File,
                     .message = u"%1 can't be made, or is no folder."_s.arg(terminalLine(m_folder))});
    }
    next();
}

void DownloadCommand::next()
{
    if (isFinished())
        return;
    if (m_left.isEmpty() || output().failure() != 0)
        return end(m_end);
    const AttachmentRecord file = m_left.takeFirst();
    DownloadJob::Options options;
    options.withoutLinks = m_withoutLinks;
    Client *way = m_unreachable.kind == Error::Kind::None ? &client() : nullptr;
    m_fetch = new FetchJob(way, store(), account().id, file, options, this);
    connect(m_fetch, &Job::progressed, this, [name = shownName(file)](qint64 done, qint64 total) {
        showProgress(u"Downloading %1 %2"_s.arg(name, total > 0 ? progressText(done, total) : sizeText(done)));
    });
    connect(m_fetch, &Job::finished, this,
            [this, job = m_fetch.data()](const Result<void> &result) { fetched(result, *job); });
    m_fetch->start();
}

void DownloadCommand::fetched(const Result<void> &result, const FetchJob &job)
{
    showProgress({});
    m_withoutLinks = job.isWithoutLinks();
    if (result)
        return save(job.attachment(), job.kept());
    const bool wasAsked = m_unreachable.kind == Error::Kind::None;
    if (wasAsked && isAboutTheWay(result.error()))
        m_unreachable = result.error();
    miss(job.attachment(),
         wasAsked || result.error().kind != Error::Kind::NoCredentials ? result.error() : m_unreachable);
    QMetaObject::invokeMethod(this, &DownloadCommand::next, Qt::QueuedConnection);
}

void DownloadCommand::save(const AttachmentRecord &file, const KeptAttachment &kept)
{
    const QString name = kept.fileName.isEmpty() ? file.fileName : kept.fileName;
    inBackground(
        this, [from = kept.path, folder = m_folder, name] { return saveCopy(from, folder, name); },
        [this, file](const Result<QString> &saved) {
            if (isFinished())
                return;
            if (!saved)
                miss(file, saved.error());
            else
                output().write((output().isTerminal() ? terminalLine(*saved) : *saved) + u'\n');
            next();
        });
}

void DownloadCommand::miss(const AttachmentRecord &file, const Error &error)
{
    complain(u"%1 was not saved: %2"_s.arg(shownName(file), errorReport(error)));
    m_end = failed;
}

void DownloadCommand::stop()
{
    CaseFilesCommand::stop();
    if (!m_fetch)
        return;
    m_fetch->disconnect(this); // the interruption is the end, not the job's
    m_fetch->cancel();
    showProgress({});
}

} // namespace casement::cli
