#include "archive/uploadfilesjob.h"

#include "base/log.h"
#include "support/attachments.h"
#include "transfer/filecode.h"
#include "transfer/setuploadjob.h"
#include "transfer/transfererror.h"

#include <QDateTime>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestForSet = 5'000'000; // bytes; whether 5 MB are more is not said (api-facts §6.1)
constexpr qint64 setMargin = 60'000; // ms; a set that is over so soon is not begun with
constexpr int mostLostSets = 3;

bool isLostSet(const Error &error)
{
    return isCode(error.code, "AttachmentSetExpired"_L1) || isCode(error.code, "AttachmentSetIdNotFound"_L1);
}

/// The service or the network is at fault, not the file: later is another day.
bool passes(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::File:
    case Error::Kind::Invalid:
    case Error::Kind::TooLarge:
        return false;
    case Error::Kind::Refused:
        return isCode(error.code, "AttachmentLimitExceeded"_L1);
    default:
        return true;
    }
}

} // namespace

UploadFilesJob::UploadFilesJob(Client &client, OutboxFiles &files, const QString &entry, AccountId account,
                               Options options, QObject *parent)
    : Job(parent), m_client(client), m_files(files), m_entry(entry), m_account(account), m_options(std::move(options))
{
    m_limitTimer.setSingleShot(true);
    connect(&m_limitTimer, &QTimer::timeout, this, &UploadFilesJob::next);
}

UploadFilesJob::~UploadFilesJob() = default;

QString UploadFilesJob::title() const
{
    const OutboxFile file = filesOf(m_run.job || m_processing.empty() ? m_run.ids : m_processing.front().ids).value(0);
    return file.name.isEmpty() ? tr("Uploading files to %1").arg(m_options.account)
                               : tr("Uploading %1 to %2").arg(file.name, m_options.account);
}

qint64 UploadFilesJob::serviceTime() const
{
    return QDateTime::currentMSecsSinceEpoch() + std::chrono::milliseconds(m_client.connection().clockOffset()).count();
}

/// Those that are still there.
QList<OutboxFile> UploadFilesJob::filesOf(const QStringList &ids) const
{
    QList<OutboxFile> files;
    for (const QString &id : ids) {
        if (const OutboxFile *file = m_files.find(id); file && file->entry == m_entry)
            files.append(*file);
    }
    return files;
}

void UploadFilesJob::run()
{
    connect(&m_files, &OutboxFiles::changed, this, [this](const QString &entry) {
        if (entry == m_entry)
            filesChanged();
    });
    next();
}

void UploadFilesJob::stop()
{
    m_limitTimer.stop();
    leaveAll();
}

/// Lets go of files that are under way; they wait.
void UploadFilesJob::leave(Run run)
{
    if (run.job) {
        run.job->disconnect(this);
        run.job->cancel();
        run.job.release()->deleteLater();
    }
    m_going = true;
    for (OutboxFile file : filesOf(run.ids)) {
        if (file.state != OutboxFileState::Uploading && file.state != OutboxFileState::Processing)
            continue;
        file.state = OutboxFileState::Waiting;
        m_files.store(file);
    }
    m_going = false;
}

void UploadFilesJob::leaveAll()
{
    leave(std::exchange(m_run, {}));
    for (Run &run : std::exchange(m_processing, {}))
        leave(std::move(run));
}

/// Of what the service looks at, all that was removed or paused, or is to go another way now.
void UploadFilesJob::leaveUnwanted(UploadWay way)
{
    std::vector<Run> unwanted;
    for (auto run = m_processing.begin(); run != m_processing.end();) {
        if (isWanted(*run) && way == UploadWay::Links) {
            ++run;
            continue;
        }
        unwanted.push_back(std::move(*run));
        run = m_processing.erase(run);
    }
    for (Run &run : unwanted)
        leave(std::move(run));
    shareLooks();
}

bool UploadFilesJob::isWanted(const Run &run) const
{
    const QList<OutboxFile> files = filesOf(run.ids);
    return files.size() == run.ids.size() && std::all_of(files.begin(), files.end(), [](const OutboxFile &file) {
               return file.state == OutboxFileState::Uploading || file.state == OutboxFileState::Processing;
           });
}

/// The message waits for all of them, so the first that is looked at is asked after often, and the others when it is
/// ready: few calls for many files.
void UploadFilesJob::shareLooks()
{
    bool isFirst = true;
    for (const Run &run : m_processing) {
        auto *job = qobject_cast<UploadJob *>(run.job.get());
        if (!job || !job->isProcessing())
            continue; // begun again
        job->setPatient(!isFirst);
        isFirst = false;
    }
}

UploadWay UploadFilesJob::decide(const QList<OutboxFile> &files)
{
    if (m_files.knownWay(m_account) == UploadWay::Set || m_noLinks)
        return UploadWay::Set;
    if (m_noSets || files.size() > AddAttachmentsToSet::mostFiles)
        return UploadWay::Links;
    const bool small =
        std::all_of(files.begin(), files.end(), [](const OutboxFile &file) { return file.file.size <= largestForSet; });
    return small ? UploadWay::Set : UploadWay::Links;
}

void UploadFilesJob::next()
{
    if (m_going || m_run.job || m_limitTimer.isActive())
        return; // what is stored below comes back as a change
    const qint64 time = serviceTime();
    const UploadWay way = decide(m_files.of(m_entry));
    leaveUnwanted(way);
    m_going = true;
    const UploadLimits limits = UploadLimits::of(way);
    QString set;
    bool wait = false;
    int count = 0;
    QList<OutboxFile> chosen; // waiting ones
    Error problem;
    for (OutboxFile file : m_files.of(m_entry)) {
        // What went another way, or lies in a set that is over, goes up again.
        const bool isOver = file.way == UploadWay::Set && !file.setId.isEmpty() && file.setExpiry != 0
            && file.setExpiry < time + setMargin;
        const bool isElsewhere =
            file.way == UploadWay::Set && !file.setId.isEmpty() && !set.isEmpty() && file.setId != set;
        if (file.way != UploadWay::Undecided && (file.way != way || isOver || isElsewhere)) {
            file.setId.clear();
            file.setExpiry = 0;
            if (file.way != way)
                file.upload = {};
            file.way = way;
            if (file.state == OutboxFileState::Ready)
                file.state = OutboxFileState::Waiting;
            m_files.store(file);
        }
        if (set.isEmpty() && file.state == OutboxFileState::Ready)
            set = file.setId;
        // What is too large never goes, so it takes no other file's place.
        const bool isTooLarge = file.file.size > limits.largestFile;
        const bool isTooMany = !isTooLarge && ++count > limits.mostFiles;
        if (file.state == OutboxFileState::Waiting && (isTooMany || isTooLarge)) {
            file.state = OutboxFileState::Failed;
            file.error = {.kind = Error::Kind::File,
                          .code = isTooLarge ? filecode::tooLarge : filecode::tooMany,
                          .message = isTooLarge
                              ? u"%1 has %2 bytes; the service takes files of %3 bytes at most"_s.arg(file.name)
                                    .arg(file.file.size)
                                    .arg(limits.largestFile)
                              : u"a message takes %1 files at most"_s.arg(limits.mostFiles)};
            m_files.store(file);
        }
        if (file.state == OutboxFileState::Waiting)
            chosen.append(file);
        else if (file.state == OutboxFileState::Failed && problem.kind == Error::Kind::None)
            problem = file.error;
        wait = wait || file.state == OutboxFileState::Paused;
    }
    const bool isAnew = !chosen.isEmpty() && way == UploadWay::Set && forgetLaterOnes(chosen.first());
    m_going = false;
    if (isAnew)
        return next();
    if (!chosen.isEmpty()) {
        m_set = set;
        m_setMembers.clear();
        for (const OutboxFile &file : m_files.of(m_entry)) {
            if (!set.isEmpty() && file.setId == set)
                m_setMembers.insert(file.id);
        }
        // What begins a set can be sent once more without harm, and then all at once; what is added to one can't.
        const bool together = way == UploadWay::Set && set.isEmpty() && !m_oneByOne;
        return upload(together ? chosen : chosen.first(1), way);
    }
    if (!m_processing.empty())
        return; // their ends go on
    if (problem.kind != Error::Kind::None)
        return finish(problem);
    if (wait)
        return finish(Error{.kind = Error::Kind::File, .code = filecode::paused});
    finish();
}

/// A set has its files in the order in which they were added: what stands behind `first` in the message and is in one
/// already goes into another one. True when there was such a file.
bool UploadFilesJob::forgetLaterOnes(const OutboxFile &first)
{
    const QList<OutboxFile> files = m_files.of(m_entry);
    if (std::none_of(files.begin(), files.end(), [&](const OutboxFile &file) {
            return file.state == OutboxFileState::Ready && file.position > first.position;
        }))
        return false;
    for (OutboxFile file : files) {
        if (file.state != OutboxFileState::Ready)
            continue;
        file.setId.clear();
        file.setExpiry = 0;
        file.state = OutboxFileState::Waiting;
        m_files.store(file);
    }
    return true;
}

void UploadFilesJob::upload(QList<OutboxFile> files, UploadWay way)
{
    m_run.ids.clear();
    for (OutboxFile &file : files) {
        m_run.ids.append(file.id);
        file.way = way;
        file.state = OutboxFileState::Uploading;
        file.error = {};
    }
    if (way == UploadWay::Links)
        uploadByLinks(files.first());
    else
        uploadToSet(files);
    Job *job = m_run.job.get();
    connect(job, &Job::progressed, this, [this, ids = m_run.ids](qint64 done) { showProgressOf(ids, done); });
    connect(job, &Job::finished, this, [this, job](const Result<void> &result) { ended(*job, result); });
    job->setAutoDelete(false);
    m_going = true;
    for (const OutboxFile &file : std::as_const(files))
        m_files.store(file);
    m_going = false;
    job->start();
}

void UploadFilesJob::showProgressOf(const QStringList &ids, qint64 done)
{
    for (const OutboxFile &file : filesOf(ids)) {
        m_files.setProgress(file.id, std::clamp<qint64>(done, 0, file.file.size));
        done -= file.file.size;
    }
    showProgress();
}

void UploadFilesJob::uploadByLinks(const OutboxFile &file)
{
    auto job = std::make_unique<UploadJob>(m_client, file.file, file.name, file.upload, m_options.links);
    connect(job.get(), &UploadJob::stepped, this, [this, job = job.get(), id = file.id] { stepped(*job, id); });
    connect(job.get(), &UploadJob::processing, this, [this, job = job.get(), id = file.id] { wentUp(*job, id); });
    m_run.job = std::move(job);
}

void UploadFilesJob::stepped(const UploadJob &job, const QString &id)
{
    for (OutboxFile file : filesOf({id})) {
        file.upload = job.upload();
        if (file.state == OutboxFileState::Uploading || file.state == OutboxFileState::Processing)
            file.state = job.isProcessing() ? OutboxFileState::Processing : OutboxFileState::Uploading;
        m_going = true;
        m_files.store(file);
        m_going = false;
    }
}

/// The service looks at a file, which may take minutes: the next one goes up meanwhile.
void UploadFilesJob::wentUp(const UploadJob &job, const QString &id)
{
    stepped(job, id);
    if (m_run.job.get() == &job)
        m_processing.push_back(std::exchange(m_run, {}));
    shareLooks();
    next();
}

void UploadFilesJob::uploadToSet(const QList<OutboxFile> &files)
{
    QList<SetUploadJob::Item> items;
    for (const OutboxFile &file : files)
        items.append({file.file, file.name});
    m_run.job = std::make_unique<SetUploadJob>(m_client, items, m_set);
}

void UploadFilesJob::ended(const Job &which, const Result<void> &result)
{
    Run run;
    if (m_run.job.get() == &which) {
        run = std::exchange(m_run, {});
    } else {
        const auto found = std::find_if(m_processing.begin(), m_processing.end(),
                                        [&which](const Run &one) { return one.job.get() == &which; });
        run = std::move(*found);
        m_processing.erase(found);
        shareLooks();
    }
    const std::unique_ptr<Job, void (*)(Job *)> job(run.job.release(), [](Job *over) { over->deleteLater(); });
    const auto *set = qobject_cast<SetUploadJob *>(job.get());
    if (!result)
        return failed(run.ids, result.error(), set ? run.ids.value(set->unreadable()) : QString());
    m_limited = 0;
    m_going = true;
    for (OutboxFile file : filesOf(run.ids)) {
        if (set) {
            file.setId = set->setId();
            // What is over when it is made says nothing: the service will tell.
            file.setExpiry = set->expiry() < serviceTime() + setMargin ? 0 : set->expiry();
        } else if (const auto *upload = qobject_cast<UploadJob *>(job.get())) {
            file.upload = upload->upload();
        }
        file.state = OutboxFileState::Ready;
        file.error = {};
        m_files.store(file);
    }
    m_going = false;
    showProgress();
    next();
}

/// `which`: the one file that is to blame, when it was sent with others.
void UploadFilesJob::failed(const QStringList &ids, const Error &ended, const QString &which)
{
    Error error = ended;
    error.effect = Error::Effect::None; // files that no message names have none
    const QList<OutboxFile> files = filesOf(ids);
    qCInfo(logSync).noquote() << "a file was not uploaded:" << error.toLine();
    if (files.isEmpty())
        return next();
    const OutboxFile first = files.first();
    const auto store = [&](OutboxFileState state, const Error &why) {
        m_going = true;
        for (OutboxFile file : files) {
            const bool isMeant = which.isEmpty() || file.id == which;
            file.state = isMeant ? state : OutboxFileState::Waiting;
            file.error = isMeant ? why : Error();
            m_files.setProgress(file.id, 0);
            m_files.store(file);
        }
        m_going = false;
    };
    const auto goOn = [&] {
        store(OutboxFileState::Waiting, {});
        next();
    };
    if (first.way == UploadWay::Links && isMissingOperation(error) && !m_noLinks && first.upload.uploadId.isEmpty()) {
        m_noLinks = true;
        if (!m_noSets) {
            m_files.learnWay(m_account, UploadWay::Set);
            return goOn();
        }
    }
    if (first.way == UploadWay::Set && isMissingOperation(error) && !m_noSets && !m_noLinks
        && m_files.knownWay(m_account) != UploadWay::Set) {
        m_noSets = true;
        return goOn();
    }
    if (first.way == UploadWay::Set && (isLostSet(error) || ended.effect == Error::Effect::Unknown)
        && ++m_setsLost <= mostLostSets) {
        forgetSet(); // whatever became of it, nothing names that set: a new one, with all files
        return goOn();
    }
    if (isCode(error.code, "AttachmentLimitExceeded"_L1) && m_limited < m_options.limitPauses.size()) {
        store(OutboxFileState::Waiting, error);
        return m_limitTimer.start(m_options.limitPauses.at(m_limited++));
    }
    if (passes(error)) {
        leaveAll();
        store(OutboxFileState::Waiting, error);
        return finish(error);
    }
    if (files.size() > 1 && which.isEmpty()) {
        m_oneByOne = true; // the service refuses one of them and does not say which
        return goOn();
    }
    store(OutboxFileState::Failed, error);
    next();
}

void UploadFilesJob::forgetSet()
{
    m_going = true;
    for (OutboxFile file : m_files.of(m_entry)) {
        if (m_set.isEmpty() || file.setId != m_set)
            continue;
        file.setId.clear();
        file.setExpiry = 0;
        if (file.state == OutboxFileState::Ready)
            file.state = OutboxFileState::Waiting;
        m_files.store(file);
    }
    m_going = false;
}

/// The person paused or removed something, or added it.
void UploadFilesJob::filesChanged()
{
    if (m_going || state() != State::Running)
        return;
    if (!m_run.job)
        return next();
    const UploadWay way = decide(m_files.of(m_entry));
    leaveUnwanted(way);
    const QList<OutboxFile> files = filesOf(m_run.ids);
    const bool setHolds = std::all_of(m_setMembers.begin(), m_setMembers.end(), [this](const QString &id) {
        const OutboxFile *member = m_files.find(id);
        return member && member->entry == m_entry && member->setId == m_set;
    });
    // More files than go into a set: all of them go by links.
    const bool wayHolds = files.isEmpty() || files.first().way == way;
    if (isWanted(m_run) && setHolds && wayHolds)
        return;
    leave(std::exchange(m_run, {}));
    next();
}

void UploadFilesJob::showProgress()
{
    qint64 done = 0;
    qint64 total = 0;
    for (const OutboxFile &file : m_files.of(m_entry)) {
        total += file.file.size;
        done += file.state == OutboxFileState::Ready ? file.file.size : m_files.progress(file.id);
    }
    setProgress(done, total);
}

UploadFilesJob *FileUploads::job(const QString &entry, AccountId account, Client &client,
                                 const UploadFilesJob::Options &options)
{
    if (UploadFilesJob *known = m_jobs.value(entry))
        return known;
    auto *job = new UploadFilesJob(client, m_files, entry, account, options, this);
    m_jobs.insert(entry, job);
    connect(job, &Job::finished, this, [this, entry] { m_jobs.remove(entry); });
    return job;
}

void FileUploads::endThoseOf(AccountId account)
{
    const QList<UploadFilesJob *> jobs = m_jobs.values(); // those that end leave it
    for (UploadFilesJob *job : jobs) {
        if (job->account() == account)
            job->cancel();
    }
}

} // namespace casement
