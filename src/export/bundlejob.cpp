#include "export/bundlejob.h"

#include "archive/fetchjob.h"
#include "base/background.h"
#include "base/privacy.h"
#include "export/exportfile.h"
#include "transfer/fileerror.h"
#include "transfer/filename.h"
#include "transfer/savefile.h"
#include "transfer/zipjob.h"

#include <QDir>
#include <QFileInfo>
#include <QUuid>

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString attachmentsFolder = u"attachments"_s;

/// Puts the ZIP where it belongs.
Result<void> moveInto(const QString &made, const QString &path)
{
    const auto failed = [&](const QString &why) {
        QFile::remove(made);
        return cannotWrite(path, why);
    };
    if (const QFileInfo there(path); there.exists() && !there.isFile())
        return failed(there.isDir() ? u"it is a folder"_s : u"it is not a regular file"_s);
    // It was made for its owner alone; whom a handover is for, the folder and the umask say, as for every export.
    struct stat old = {};
    const bool isThere = ::stat(QFile::encodeName(path).constData(), &old) == 0;
    ::chmod(QFile::encodeName(made).constData(), isThere ? old.st_mode & 0666 : 0666 & ~usualMask());
    if (std::rename(QFile::encodeName(made).constData(), QFile::encodeName(path).constData()) != 0)
        return failed(qt_error_string(errno));
    return {};
}

} // namespace

BundleJob::BundleJob(Archive &archive, AttachmentStore &store, ClientOf clientOf, const QList<CaseChoice> &cases,
                     const ExportOptions &options, const QString &path, QObject *parent)
    : Job(parent), m_archive(archive), m_store(store), m_clientOf(std::move(clientOf)), m_cases(cases),
      m_options(options), m_path(path)
{
}

BundleJob::~BundleJob() { stop(); }

QString BundleJob::title() const { return tr("Exporting %n case(s) with attachments", nullptr, int(m_cases.size())); }

void BundleJob::run()
{
    m_call = std::make_unique<QObject>();
    setProgress(0, m_cases.size());
    if (!m_folder.isValid()) {
        return finish(cannotWrite(QDir::tempPath(), m_folder.errorString()));
    }
    write(ExportFormat::Html, "cases.html", &BundleJob::writeJson);
}

void BundleJob::stop()
{
    m_call.reset();
    if (m_step) {
        m_step->disconnect(this);
        m_step->cancel();
        m_step.release()->deleteLater();
    }
}

void BundleJob::start(std::unique_ptr<Job> job, std::function<void(const Result<void> &)> ended)
{
    job->setAutoDelete(false);
    m_step = std::move(job);
    connect(m_step.get(), &Job::finished, this, [this, ended = std::move(ended)](const Result<void> &result) {
        const std::unique_ptr<Job, void (*)(Job *)> over(m_step.release(), [](Job *one) { one->deleteLater(); });
        ended(result);
    });
    m_step->start();
}

void BundleJob::write(ExportFormat format, const char *name, void (BundleJob::*then)())
{
    start(std::make_unique<ExportCasesJob>(m_archive, m_cases, CaseExport(format, m_options),
                                           m_folder.filePath(QLatin1StringView(name))),
          [this, then](const Result<void> &written) { written ? (this->*then)() : finish(written); });
}

void BundleJob::writeJson() { write(ExportFormat::Json, "cases.json", &BundleJob::listFiles); }

void BundleJob::listFiles()
{
    if (m_listed == m_cases.size()) {
        setProgress(0, m_files.size());
        return fetchNext();
    }
    const CaseChoice &choice = m_cases.at(m_listed++);
    readExportedCase(
        m_archive, choice, m_call.get(), [this, account = choice.account](const Result<ExportedCase> &read) {
            if (!read)
                return finish(read.error());
            const QString id = read->details.displayId.isEmpty() ? read->details.caseId : read->details.displayId;
            for (const CommunicationRecord &message : read->messages) {
                for (const AttachmentRecord &attachment : message.attachments)
                    m_files.append({account, safeFileName(id), attachment});
            }
            listFiles();
        });
}

void BundleJob::fetchNext()
{
    if (state() == State::Finished)
        return; // progress was answered with cancel()
    setProgress(m_fetched, m_files.size());
    if (m_fetched == m_files.size())
        return zip();
    const File file = m_files.at(m_fetched++);
    auto job = std::make_unique<FetchJob>(m_clientOf(file.account), m_store, file.account, file.attachment,
                                          DownloadJob::Options{.withoutLinks = m_withoutLinks.contains(file.account)});
    const FetchJob *const fetch = job.get();
    start(std::move(job), [this, file, fetch](const Result<void> &result) {
        if (fetch->isWithoutLinks())
            m_withoutLinks.insert(file.account);
        if (result)
            return fetched(file, *fetch);
        noteMissing(file, result.error());
        fetchNext();
    });
}

void BundleJob::fetched(const File &file, const FetchJob &job)
{
    const QString folder = m_folder.filePath(attachmentsFolder + u'/' + file.folder);
    inBackground(
        m_call.get(),
        [kept = job.kept(), folder]() -> Result<QString> {
            if (!QDir().mkpath(folder))
                return cannotWrite(folder, qt_error_string(errno));
            return saveCopy(kept.path, folder, kept.fileName);
        },
        [this](const Result<QString> &copy) {
            if (!copy)
                return finish(copy.error()); // a full disk, and no ZIP either
            ++m_attachments;
            fetchNext();
        });
}

void BundleJob::noteMissing(const File &file, const Error &error)
{
    m_missing.append(u"%1/%2 (%3): %4"_s.arg(file.folder, safeFileName(file.attachment.fileName),
                                             safeFileName(file.attachment.attachmentId), error.toLine()));
}

void BundleJob::zip()
{
    QStringList parts{m_folder.filePath(u"cases.html"_s), m_folder.filePath(u"cases.json"_s)};
    if (!m_missing.isEmpty()) {
        QFile file(m_folder.filePath(attachmentsFolder + u"/MISSING.txt"_s));
        if (!QDir().mkpath(QFileInfo(file).absolutePath()) || !file.open(QIODevice::WriteOnly)
            || file.write(m_missing.join(u'\n').toUtf8() + '\n') < 0)
            return finish(cannotWrite(file.fileName(), file.errorString()));
    }
    if (m_attachments > 0 || !m_missing.isEmpty())
        parts.append(m_folder.filePath(attachmentsFolder));
    // Beside its place, so that moving it there is one step.
    const QFileInfo target(m_path);
    const QString made = target.absolutePath()
        + u"/.%1.%2"_s.arg(target.fileName().left(40), QUuid::createUuid().toString(QUuid::Id128).left(8));
    start(std::make_unique<ZipJob>(parts, made), [this, made](const Result<void> &result) {
        if (result)
            return finish(moveInto(made, m_path));
        Error error = result.error();
        error.message.replace(made, m_path); // the name that a person knows
        finish(error);
    });
}

} // namespace casement
