#include "archive/sendjob.h"

#include "archive/database.h"
#include "archive/sendmatch.h"
#include "archive/uploadfilesjob.h"
#include "aws/localcode.h"
#include "base/log.h"
#include "support/codes.h"
#include "support/timestamp.h"

#include <QDateTime>
#include <QTimer>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostUploads = 3; // of the same files, when the service forgets them
constexpr qint64 lookBack = 5LL * 60 * 1000; // where the service's clock is not known, and for what others sent
constexpr qint64 clockMargin = 3000; // where it is

bool isAboutFiles(const Error &error)
{
    return isCode(error.code, "AttachmentSetExpired"_L1) || isCode(error.code, "AttachmentSetIdNotFound"_L1)
        || isCode(error.code, "UploadIdNotFound"_L1);
}

bool isOfOperation(const OutboxEntry &entry, const char *name) { return entry.operation == QLatin1StringView(name); }

/// What is kept of a message is no request of its operation.
Error notSendable()
{
    return {.kind = Error::Kind::Invalid,
            .code = localcode::told,
            .message = Archive::tr("What is kept of this message can't be sent by this version of Casement. Copy its "
                                   "text into a new message.")};
}

} // namespace

bool isWorthWaiting(const Error &error)
{
    if (error.effect != Error::Effect::None)
        return false;
    switch (error.kind) {
    case Error::Kind::CannotConnect:
    case Error::Kind::HostNotFound:
    case Error::Kind::TimedOut:
    case Error::Kind::Dropped:
    case Error::Kind::Throttled:
    case Error::Kind::Unavailable:
        return true;
    case Error::Kind::Refused:
        return isCode(error.code, "CaseCreationLimitExceeded"_L1) || isCode(error.code, "AttachmentLimitExceeded"_L1);
    default:
        return false;
    }
}

SendJob::Pauses &SendJob::usualLooks()
{
    static Pauses looks{std::chrono::milliseconds(0), std::chrono::seconds(2), std::chrono::seconds(5),
                        std::chrono::seconds(10)};
    return looks;
}

SendJob::SendJob(Client &client, Outbox &outbox, const QString &id, const Options &options, QObject *parent)
    : Job(parent), m_client(client), m_outbox(outbox), m_id(id), m_options(options)
{
    if (const OutboxEntry *entry = m_outbox.find(id))
        m_entry = *entry;
}

SendJob::~SendJob() = default;

QString SendJob::title() const
{
    if (m_options.subject.isEmpty())
        return titleWithoutSubject();
    if (isOfOperation(m_entry, CreateCase::name))
        return tr("Sending the new case “%1” to %2").arg(m_options.subject, m_options.account);
    if (isOfOperation(m_entry, ResolveCase::name))
        return tr("Resolving “%1” of %2").arg(m_options.subject, m_options.account);
    return tr("Sending the reply to “%1” of %2").arg(m_options.subject, m_options.account);
}

/// After a start the cases may not be read yet.
QString SendJob::titleWithoutSubject() const
{
    if (isOfOperation(m_entry, CreateCase::name))
        return tr("Sending a new case to %1").arg(m_options.account);
    const bool isResolution = isOfOperation(m_entry, ResolveCase::name);
    if (!m_options.displayId.isEmpty())
        return isResolution ? tr("Resolving case %1 of %2").arg(m_options.displayId, m_options.account)
                            : tr("Sending the reply to case %1 of %2").arg(m_options.displayId, m_options.account);
    return isResolution ? tr("Resolving a case of %1").arg(m_options.account)
                        : tr("Sending the reply to a case of %1").arg(m_options.account);
}

void SendJob::run()
{
    m_call = std::make_unique<QObject>();
    m_outbox.setUnderWay(m_id, true);
    connect(this, &Job::finished, &m_outbox, [outbox = &m_outbox, id = m_id] { outbox->setUnderWay(id, false); });
    switch (m_entry.state) {
    case OutboxState::Queued:
        if (!m_entry.predecessor.isEmpty())
            break; // what goes before it is not done
        connect(&m_outbox, &Outbox::changed, m_call.get(), [this](const QString &id) { entryChanged(id); });
        return bringFilesUp();
    case OutboxState::Unknown:
    case OutboxState::Asking:
        return look();
    case OutboxState::Done:
    case OutboxState::Told:
        return finish();
    case OutboxState::Draft:
        break;
    }
    finish(Error{.kind = Error::Kind::Cancelled});
}

void SendJob::stop() { m_call.reset(); }

void SendJob::bringFilesUp()
{
    if (!m_outbox.files().isLoaded()) // it may have files, and must not go without them
        return finish(Error{.kind = Error::Kind::Archive,
                            .code = archivecode::filesUnknown,
                            .message = Archive::tr("The files of the message could not be read from the archive, so "
                                                   "nothing was sent. Start Casement again, then send it.")});
    if (m_outbox.files().of(m_id).isEmpty())
        return claim();
    ++m_uploads;
    UploadFilesJob *job = m_outbox.uploads().job(m_id, m_entry.account, m_client,
                                                 {m_options.links, m_options.account, m_options.limitPauses});
    connect(job, &Job::progressed, m_call.get(), [this](qint64 done, qint64 total) { setProgress(done, total); });
    // By a loop of its own: the job that ended is still the entry's until all have heard of it.
    connect(
        job, &Job::finished, m_call.get(),
        [this](const Result<void> &result) {
            if (result && !m_outbox.files().isReady(m_id))
                return bringFilesUp(); // one more came meanwhile
            if (!result)
                return notDone(result.error());
            claim();
        },
        Qt::QueuedConnection);
    if (job->state() == Job::State::Waiting)
        job->start();
}

/// Kept as a draft while its files go up: they go on without this.
void SendJob::entryChanged(const QString &id)
{
    const OutboxEntry *entry = id == m_id ? m_outbox.find(id) : nullptr;
    if (!entry || entry->state != OutboxState::Draft || m_entry.state != OutboxState::Queued)
        return;
    QTimer::singleShot(0, m_call.get(), [this] {
        if (m_entry.state == OutboxState::Queued)
            cancel();
    });
}

void SendJob::claim()
{
    m_entry.sent = QDateTime::currentMSecsSinceEpoch();
    m_outbox.claim(m_id, m_entry.sent, m_call.get(), [this](const Result<bool> &claimed) {
        if (!claimed)
            return finish(claimed.error()); // not on the disk, so it must not leave
        if (!*claimed)
            return finish(Error{.kind = Error::Kind::Cancelled});
        m_entry.state = OutboxState::Unknown;
        m_entry.error = {};
        sendAs();
    });
}

void SendJob::sendAs()
{
    if (isOfOperation(m_entry, CreateCase::name))
        send<CreateCase::Request>();
    else if (isOfOperation(m_entry, AddCommunicationToCase::name))
        send<AddCommunicationToCase::Request>();
    else if (isOfOperation(m_entry, ResolveCase::name))
        send<ResolveCase::Request>();
    else
        answered(notSendable());
}

template <class Request> void SendJob::send()
{
    Result<Request> request = decode<Request>(m_entry.input);
    if (!request)
        return answered(notSendable());
    if constexpr (requires { request->uploadIds; }) {
        for (const OutboxFile &file : m_outbox.files().of(m_id)) {
            if (file.way == UploadWay::Set)
                request->attachmentSetId = file.setId;
            else
                request->uploadIds.append(file.upload.uploadId);
        }
    }
    if (request->dryRun.value_or(false)) // a rehearsal is no action
        return answered(notSendable());
    m_client.call(*request, m_call.get(), [this](const Result<typename Request::Operation::Response> &answer) {
        if (!answer)
            return answered(answer.error());
        if constexpr (std::is_same_v<Request, CreateCase::Request>) {
            done(answer->caseId);
        } else if constexpr (std::is_same_v<Request, AddCommunicationToCase::Request>) {
            if (!answer->result.value_or(true))
                return answered({.kind = Error::Kind::Refused,
                                 .message = u"result: false"_s,
                                 .operation = QLatin1StringView(AddCommunicationToCase::name)});
            done(m_entry.caseId);
        } else {
            m_resolution = *answer;
            done(m_entry.caseId);
        }
    });
}

void SendJob::answered(const Error &error)
{
    if (error.effect == Error::Effect::Unknown) {
        qCInfo(logSync).noquote() << "the outcome is not known:" << error.toLine();
        m_lost = error;
        m_outbox.showHeard(m_id, error);
        return look();
    }
    if (isAboutFiles(error) && m_uploads > 0 && m_uploads < mostUploads) {
        // The message certainly was not taken, since its files are not there any more: from the same files again.
        m_outbox.files().uploadAgain(m_id);
        m_entry.state = OutboxState::Queued;
        m_entry.error = error;
        return m_outbox.settle(m_entry, m_call.get(),
                               [this](const Result<void> &stored) { stored ? bringFilesUp() : finish(stored); });
    }
    notDone(error);
}

/// This attempt did nothing; one before it may have.
void SendJob::notDone(const Error &error)
{
    const bool waits = isWorthWaiting(error);
    if (m_entry.doubt == 0 || waits)
        return settle(waits ? OutboxState::Queued : OutboxState::Draft, error, error);
    Error told = error;
    told.effect = Error::Effect::Unknown;
    told.operation = m_entry.operation;
    settle(OutboxState::Asking, error, told);
}

void SendJob::done(const QString &caseId)
{
    m_entry.caseId = caseId;
    settle(OutboxState::Done, {}, {});
}

/// Stores the outcome and ends with `result`.
void SendJob::settle(OutboxState state, const Error &error, const Result<void> &result)
{
    m_entry.state = state;
    m_entry.error = error;
    m_entry.changed = QDateTime::currentMSecsSinceEpoch();
    m_outbox.settle(m_entry, m_call.get(), [this, result](const Result<void> &stored) {
        // What could not be stored is looked for at the next start: the row still says unknown.
        finish(result && !stored ? stored : result);
    });
}

void SendJob::look()
{
    if (m_look >= m_options.looks.size())
        return notFound();
    m_lookedAnew = false;
    QTimer::singleShot(m_options.looks.at(m_look++), m_call.get(), [this] { lookNow(); });
}

void SendJob::lookNow()
{
    m_found = false;
    m_foundSimilar = false;
    m_foundUnreadable = false;
    m_toLookInto.clear();
    m_lookedBy = serviceClock();
    // In another account it is not, wherever it is.
    m_client.connection().askOwner(m_entry.caseId, m_call.get(), [this](const Result<void> &own) {
        if (!own)
            return lookFailed(own.error());
        m_outbox.findDoneLike(m_entry, m_entry.firstSent() - lookBack, m_call.get(),
                              [this](const Result<QList<OutboxEntry>> &others) {
                                  others ? lookAt(*others) : lookFailed(others.error());
                              });
    });
}

/// `others`: what took effect and reads the same.
void SendJob::lookAt(const QList<OutboxEntry> &others)
{
    QStringList cases;
    for (const OutboxEntry &other : others)
        cases.append(other.caseId);
    if (isOfOperation(m_entry, CreateCase::name)) {
        if (const auto request = decode<CreateCase::Request>(m_entry.input); request)
            return lookForCase(*request, cases);
    } else if (isOfOperation(m_entry, AddCommunicationToCase::name)) {
        if (const auto request = decode<AddCommunicationToCase::Request>(m_entry.input); request)
            return lookForMessage(*request, int(others.size()));
    } else if (const auto request = decode<ResolveCase::Request>(m_entry.input); request) {
        return lookForResolution(*request);
    }
    notFound();
}

/// From when on it may be there, by the service's clock.
qint64 SendJob::earliest() const { return m_entry.firstSent() + m_lookedBy.count() - lookBack; }

bool SendJob::isTooOld(const QString &timeCreated) const
{
    const qint64 created = parseTimestamp(timeCreated);
    return created != 0 && created < earliest();
}

void SendJob::lookForCase(const CreateCase::Request &request, const QStringList &others)
{
    DescribeCases::Request ask;
    ask.afterTime = timestampText(earliest());
    ask.includeResolvedCases = true;
    ask.includeCommunications = true;
    m_client.callAll(
        ask, m_call.get(),
        [this, request, others](const DescribeCases::Response &page) {
            for (const CaseDetails &details : page.cases) {
                const bool isNamed = !details.caseId.isEmpty();
                const SendMatch match =
                    isNamed && others.contains(details.caseId) ? SendMatch::No : matchOf(details, request);
                if (match == SendMatch::Yes)
                    take(parseTimestamp(details.timeCreated), details.caseId);
                else if (match == SendMatch::Maybe && !isTooOld(details.timeCreated))
                    isNamed && !details.subject.isNull() ? m_toLookInto.append(details)
                                                         : void(m_foundUnreadable = true);
            }
        },
        [this, request](const Result<void> &listed) { listed ? lookIntoNext(request) : looked(listed); });
}

/// A case of the same subject whose messages the list did not tell: its conversation does.
void SendJob::lookIntoNext(const CreateCase::Request &request)
{
    if (m_found || m_toLookInto.isEmpty())
        return looked({});
    const CaseDetails details = m_toLookInto.takeFirst();
    DescribeCommunications::Request ask;
    ask.caseId = details.caseId;
    const auto match = std::make_shared<SendMatch>(SendMatch::No);
    m_client.callAll(
        ask, m_call.get(),
        [request, match](const DescribeCommunications::Response &page) {
            for (const Communication &message : page.communications) {
                const SendMatch one = matchOf(message, request.communicationBody);
                if (one == SendMatch::Yes || *match == SendMatch::No)
                    *match = one;
            }
        },
        [this, request, details, match](const Result<void> &listed) {
            if (*match == SendMatch::Yes)
                take(parseTimestamp(details.timeCreated), details.caseId);
            m_foundUnreadable |= *match == SendMatch::Maybe;
            listed ? lookIntoNext(request) : looked(listed);
        });
}

void SendJob::lookForMessage(const AddCommunicationToCase::Request &request, int others)
{
    DescribeCommunications::Request ask;
    ask.caseId = request.caseId;
    ask.afterTime = timestampText(earliest());
    const auto times = std::make_shared<QList<qint64>>();
    m_client.callAll(
        ask, m_call.get(),
        [this, request, times](const DescribeCommunications::Response &page) {
            for (const Communication &message : page.communications) {
                const SendMatch match = matchOf(message, request.communicationBody);
                if (match == SendMatch::Yes)
                    times->append(parseTimestamp(message.timeCreated));
                m_foundUnreadable |= match == SendMatch::Maybe && !isTooOld(message.timeCreated);
            }
        },
        [this, times, others](const Result<void> &listed) {
            // The others account for as many as they are.
            std::sort(times->begin(), times->end());
            for (qsizetype i = others; i < times->size(); ++i)
                take(times->at(i), {});
            looked(listed);
        });
}

/// What reads the same, and when the service has it from: ours, somebody else's, or nobody knows.
void SendJob::take(qint64 created, const QString &caseId)
{
    const bool isClockKnown = m_client.connection().serviceClock().has_value();
    const qint64 sent = m_entry.firstSent() + serviceClock().count();
    const qint64 latest = created % 1000 == 0 ? created + 999 : created; // may be a second that was cut off
    if (created != 0 && latest >= sent) {
        if (!m_found && !caseId.isEmpty())
            m_entry.caseId = caseId;
        m_found = true;
    } else if (created == 0 || latest >= sent - (isClockKnown ? clockMargin : lookBack)) {
        m_foundSimilar = true;
    }
}

void SendJob::lookForResolution(const ResolveCase::Request &request)
{
    DescribeCases::Request ask;
    ask.caseIdList = {request.caseId};
    ask.includeResolvedCases = true;
    ask.includeCommunications = false;
    m_client.call(ask, m_call.get(), [this](const Result<DescribeCases::Response> &answer) {
        if (!answer)
            return looked(answer.error());
        for (const CaseDetails &details : answer->cases) {
            const bool isIt = details.caseId == m_entry.caseId;
            if (isIt && isResolved(details.status.toUtf8().toStdString())) {
                m_found = true;
                m_resolution.finalCaseStatus = details.status;
            } else if (details.caseId.isEmpty() || (isIt && details.status.isEmpty())) {
                m_foundUnreadable = true;
            }
        }
        looked({});
    });
}

void SendJob::looked(const Result<void> &listed)
{
    if (m_found)
        return settle(OutboxState::Done, {}, {});
    if (!listed)
        return lookFailed(listed.error());
    if (m_foundUnreadable) // "not there" is what only a whole answer says
        return lookFailed(Error{.kind = Error::Kind::BadAnswer,
                                .message = u"The answer has an entry that can't be read, and it may be this one."_s,
                                .operation = QLatin1StringView(isOfOperation(m_entry, AddCommunicationToCase::name)
                                                                   ? DescribeCommunications::name
                                                                   : DescribeCases::name)});
    // The first answer of a run tells the service's time: what was asked for by another may not have had it.
    if (!m_lookedAnew && std::chrono::abs(serviceClock() - m_lookedBy).count() > clockMargin) {
        m_lookedAnew = true;
        return lookNow();
    }
    look();
}

/// The service could not be asked: nobody knows yet, and a later look may tell.
void SendJob::lookFailed(const Error &error)
{
    Error told = error;
    told.effect = Error::Effect::Unknown;
    settle(OutboxState::Unknown, told, told);
}

void SendJob::notFound()
{
    Error cause = m_lost;
    // What an unknown entry has is why it could not be looked for.
    if (cause.kind == Error::Kind::None && m_entry.state == OutboxState::Asking
        && m_entry.error.code != sendcode::similarFound)
        cause = m_entry.error;
    Error told = cause;
    if (m_foundSimilar)
        told = {.kind = Error::Kind::Incomplete, .code = sendcode::similarFound};
    if (cause.kind == Error::Kind::None)
        cause = {.kind = Error::Kind::Dropped, .code = sendcode::noAnswerKept};
    cause.effect = Error::Effect::Unknown;
    cause.operation = m_entry.operation;
    settle(OutboxState::Asking, told, cause);
}

/// What this computer's clock lacks to the service's, as far as is known.
std::chrono::milliseconds SendJob::serviceClock() const
{
    return m_client.connection().serviceClock().value_or(m_client.connection().clockOffset());
}

} // namespace casement
