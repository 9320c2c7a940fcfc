#include "cli/sendcommand.h"

#include "archive/caseowner.h"
#include "archive/uploadfilesjob.h"
#include "base/background.h"
#include "base/secretscan.h"
#include "cli/attachfiles.h"
#include "cli/caseformats.h"
#include "cli/errorreport.h"
#include "cli/terminalprompt.h"
#include "cli/terminaltext.h"
#include "support/jsonindent.h"
#include "support/rehearsal.h"
#include "transfer/filecode.h"
#include "transfer/filename.h"

#include <QDateTime>
#include <QTimer>

#include <algorithm>

namespace casement::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Looks = QList<std::chrono::milliseconds>;

// So long an attempt may go on, in another program or at the service; no second one before.
std::chrono::milliseconds attemptLimit() { return ServiceRequest().totalLimit; }

std::chrono::milliseconds sinceSent(const OutboxEntry &entry)
{
    return std::chrono::milliseconds(std::max<qint64>(0, QDateTime::currentMSecsSinceEpoch() - entry.sent));
}

// For what an earlier run sent so long ago: at once, then at those moments of a first look that are still to come.
Looks looksAfter(std::chrono::milliseconds age)
{
    Looks looks{0ms};
    auto moment = 0ms;
    auto last = age;
    for (const auto pause : SendJob::usualLooks()) {
        moment += pause;
        if (moment > last) {
            looks.append(moment - last);
            last = moment;
        }
    }
    return looks;
}

template <class Request> QStringList textWarnings(const Request &request)
{
    QStringList warnings;
    if constexpr (requires { request.subject; })
        warnings += secretWarnings(u"the subject"_s, request.subject);
    if constexpr (requires { request.communicationBody; })
        warnings += secretWarnings(u"the text"_s, request.communicationBody);
    return warnings;
}

struct Inspected
{
    Result<QList<LocalFile>> files;
    QStringList warnings;
};

} // namespace

SendCommand::SendCommand(const CommandLine &line, Output &output, QObject *parent)
    : ArchiveCommand(line, output, parent), m_maySendAgain(line.again), m_outbox(archive())
{
}

void SendCommand::start()
{
    Result<SendRequest> request = readSendRequest(line());
    if (!request)
        return fail(request.error(), wrongUsage);
    m_request = *std::move(request);
    const QStringList warnings = std::visit([](const auto &change) { return textWarnings(change); }, m_request);
    line().attach.isEmpty() ? askAboutSecrets(warnings, {}) : inspectFiles(warnings);
}

/// `ofTexts`: warnings of secrets in what goes along with the files.
void SendCommand::inspectFiles(const QStringList &ofTexts)
{
    m_call = std::make_unique<QObject>();
    inBackground(
        m_call.get(),
        [paths = line().attach] {
            Inspected all{inspectAttachments(paths), {}};
            if (all.files)
                all.warnings = secretWarnings(*all.files);
            return all;
        },
        [this, ofTexts](const Inspected &all) {
            m_call.release()->deleteLater(); // this runs in its name
            if (!all.files)
                return fail(all.files.error(), wrongUsage);
            m_files = *all.files;
            const QStringList names = sentNames(m_files);
            for (qsizetype i = 0; i < m_files.size(); ++i) {
                if (names.at(i) != m_files.at(i).name)
                    complain(u"%1 is sent as %2."_s.arg(terminalName(readableName(m_files.at(i).path)),
                                                        terminalLine(names.at(i))));
            }
            askAboutSecrets(ofTexts, all.warnings);
        });
}

/// What can't be taken back is not sent in the breath that warns of it. A rehearsal sends the texts, and no file.
void SendCommand::askAboutSecrets(const QStringList &ofTexts, const QStringList &ofFiles)
{
    for (const QString &warning : ofTexts + ofFiles)
        complain(warning);
    const bool isRehearsal = std::visit([](const auto &request) { return request.dryRun.value_or(false); }, m_request);
    if (line().yes || (ofTexts.isEmpty() && (ofFiles.isEmpty() || isRehearsal)))
        return ArchiveCommand::start();
    TerminalPrompt *terminal = accounts().prompt();
    if (!terminal) {
        complain(
            u"There is no terminal to ask at, so nothing was sent; to send it all the same, give --yes as well."_s);
        return finish(wrongUsage);
    }
    m_call = std::make_unique<QObject>();
    terminal->askYes(u"Send this all the same?"_s, m_call.get(), [this](bool yes) {
        m_call.release()->deleteLater(); // this runs in its name
        if (isFinished())
            return;
        if (yes)
            return ArchiveCommand::start();
        complain(u"Nothing was sent."_s);
        finish(failed);
    });
}

const char *SendCommand::operation() const
{
    return std::visit([](const auto &request) { return std::decay_t<decltype(request)>::Operation::name; }, m_request);
}

void SendCommand::begin()
{
    if (std::holds_alternative<CreateCase::Request>(m_request))
        return go();
    findCase();
}

void SendCommand::findCase()
{
    loadCases([this](const CaseRecords &cases) {
        const QByteArray wanted = line().operand.toUtf8();
        const std::string_view id(wanted.constData(), size_t(wanted.size()));
        QStringList found;
        for (const CaseRecord &record : cases) {
            if (record.caseId == id)
                return setCase(line().operand);
            if (record.displayId == id)
                found.append(record.caseId.toString());
        }
        if (found.size() == 1)
            return setCase(found.first());
        if (line().operand.startsWith("case-"_L1))
            return setCase(line().operand); // made a moment ago, maybe; the service knows
        askForCase();
    });
}

void SendCommand::askForCase()
{
    DescribeCases::Request ask;
    ask.displayId = line().operand;
    ask.includeResolvedCases = true;
    ask.includeCommunications = false;
    m_call = std::make_unique<QObject>();
    client().call(ask, m_call.get(), [this](const Result<DescribeCases::Response> &answer) {
        m_call.release()->deleteLater(); // this runs in its name
        if (!answer)
            return fail(answer.error());
        QStringList found;
        for (const CaseDetails &details : answer->cases) {
            if (details.displayId == line().operand)
                found.append(details.caseId);
        }
        if (found.size() == 1)
            return setCase(found.first());
        const QString sentence = found.isEmpty()
            ? u"%1 has no case %2; nothing was sent. Look at the number; casement-cli cases --account "
              "or --profile shows those of another account."_s
            : u"%1 has several cases %2; nothing was sent. Name one by its caseId."_s;
        complain(sentence.arg(terminalLine(account().name), terminalLine(line().operand)));
        finish(failed);
    });
}

void SendCommand::setCase(const QString &caseId)
{
    m_caseId = caseId;
    const bool agrees = std::visit(
        [this](auto &request) {
            if constexpr (requires { request.caseId; }) {
                if (request.caseId != line().operand && request.caseId != m_caseId)
                    return false;
                request.caseId = m_caseId;
            }
            return true;
        },
        m_request);
    if (!agrees) {
        complain(u"--input names another case than %1; leave its caseId out."_s.arg(terminalLine(line().operand)));
        return finish(wrongUsage);
    }
    go();
}

void SendCommand::go()
{
    if (std::visit([](const auto &request) { return request.dryRun.value_or(false); }, m_request))
        return rehearse();
    askBeforeSending(connection(), question(), [this] { sendForReal(); });
}

QString SendCommand::question() const
{
    const QString name = terminalLine(account().name);
    if (const auto *create = std::get_if<CreateCase::Request>(&m_request))
        return u"Open the case \"%1\" in %2?"_s.arg(terminalLine(masked(create->subject, findSecrets(create->subject))),
                                                    name);
    const bool isReply = std::holds_alternative<AddCommunicationToCase::Request>(m_request);
    return (isReply ? u"Send this reply to case %1 of %2?"_s : u"Resolve case %1 of %2?"_s)
        .arg(terminalLine(line().operand), name);
}

void SendCommand::sendForReal()
{
    m_input = std::visit([](const auto &request) { return encode(request); }, m_request);
    connect(&m_outbox, &Outbox::failed, this, [this](const Error &error) {
        if (isFinished() || m_sending)
            return tell(error); // the job says how it ends
        const OutboxEntry *known = m_outbox.find(m_id);
        if (known && known->sent != 0)
            return leaveUnknown(*known, error);
        fail(error); // neither looked for nor stored, so it must not leave
    });
    connect(&m_outbox, &Outbox::loaded, this, &SendCommand::takeStock);
    connect(&m_outbox, &Outbox::sendRequested, this, [this](const QString &id) {
        if (!isFinished())
            run(id, SendJob::usualLooks());
    });
    m_outbox.load();
}

void SendCommand::rehearse()
{
    m_call = std::make_unique<QObject>();
    std::visit(
        [this](const auto &request) {
            casement::rehearse(client(), request, m_call.get(), [this](const Result<void> &verdict) {
                m_call.release()->deleteLater(); // this runs in its name
                if (!verdict)
                    return fail(verdict.error());
                output().write(
                    u"%1: AWS would accept this; nothing was done (dry run).\n"_s.arg(QLatin1StringView(operation())));
                finish(succeeded);
            });
        },
        m_request);
}

/// The same change with files of the same paths. Which bytes they have decides what is uploaded, not whether it is
/// another action: a log that grew since an answer was lost must not make two messages.
bool SendCommand::isSameAction(const OutboxEntry &entry) const
{
    if (entry.account != account().id || entry.operation != QLatin1StringView(operation()) || entry.input != m_input
        || (!m_caseId.isEmpty() && entry.caseId != m_caseId) || !haveSamePaths(m_outbox.files().of(entry.id), m_files))
        return false;
    // A draft is a person's writing, but for the one that keepUpload() left.
    return entry.state != OutboxState::Draft
        || (!m_files.isEmpty()
            && (entry.error.kind == Error::Kind::Cancelled || entry.error.kind == Error::Kind::NoCredentials));
}

bool SendCommand::hasFilesAsTheyWere(const QString &id) const
{
    const QList<OutboxFile> known = m_outbox.files().of(id);
    return std::equal(known.begin(), known.end(), m_files.begin(), m_files.end(),
                      [](const OutboxFile &one, const LocalFile &now) { return isUnchanged(one.file, now); });
}

/// What was uploaded of files that are the same stays; what changed goes up anew.
void SendCommand::renewFiles(const QString &id)
{
    OutboxFiles &files = m_outbox.files();
    const QList<OutboxFile> known = files.of(id);
    for (qsizetype i = 0; i < known.size() && i < m_files.size(); ++i) {
        const LocalFile &now = m_files.at(i);
        if (known.at(i).file == now)
            continue;
        if (isUnchanged(known.at(i).file, now)) {
            OutboxFile same = known.at(i);
            same.file = now;
            files.store(same);
        } else {
            complain(
                u"%1 has changed since an earlier run; it is uploaded as it is now."_s.arg(terminalLine(now.path)));
            files.replace(known.at(i).id, now, false);
        }
    }
    files.resumeAll(id);
}

/// Goes on with what an earlier run or another program left, or begins anew.
void SendCommand::takeStock()
{
    if (isFinished() || m_sending)
        return;
    const QList<OutboxEntry> &entries = m_outbox.entries();
    const auto left =
        std::find_if(entries.begin(), entries.end(), [this](const OutboxEntry &entry) { return isSameAction(entry); });
    if (left != entries.end())
        return goOnWith(*left);
    if (m_id.isEmpty())
        return beginAnew();
    // Another program was first with it, and whoever gave the command there knows the end.
    OutboxEntry like;
    like.account = account().id;
    like.operation = QLatin1StringView(operation());
    like.input = m_input;
    m_outbox.findDoneLike(like, 0, this, [this](const Result<QList<OutboxEntry>> &done) {
        if (isFinished())
            return;
        if (!done)
            return fail(done.error());
        const QString id = std::exchange(m_id, {});
        const auto ours =
            std::find_if(done->begin(), done->end(), [&id](const OutboxEntry &entry) { return entry.id == id; });
        if (ours == done->end())
            return beginAnew(); // it did not do it
        complain(u"%1: another program did this at %2; nothing was sent now."_s.arg(QLatin1StringView(operation()),
                                                                                    localTime(ours->sent)));
        report(*ours, {});
    });
}

/// Takes over what was left with other keys, or makes an entry.
void SendCommand::beginAnew()
{
    OutboxEntry entry = Outbox::newEntry(account().id, operation(), m_caseId);
    entry.input = m_input;
    QStringList paths;
    for (const LocalFile &file : m_files)
        paths.append(file.path);
    m_outbox.adopt(entry, paths, this, [this, entry](const Result<bool> &adopted) {
        if (isFinished())
            return;
        if (!adopted)
            return fail(adopted.error()); // not looked for, so it must not leave
        if (*adopted)
            return m_outbox.load();
        if (!m_maySendAgain)
            return sendAsNew(entry);
        complain(u"%1: no earlier run left this with an unknown end, so nothing was sent. Leave out --again to send "
                 "it."_s.arg(QLatin1StringView(operation())));
        finish(wrongUsage);
    });
}

void SendCommand::sendAsNew(const OutboxEntry &entry)
{
    // What is known of the service is known before there is anything to send.
    if (m_outbox.files().knownWay(account().id) == UploadWay::Set && tellTooMany({}))
        return finish(failed);
    m_id = entry.id;
    m_made = entry.id;
    for (const LocalFile &file : m_files) {
        if (const Result<QString> added = m_outbox.files().add(entry.id, account().id, file); !added) {
            forget(entry.id);
            return fail(added.error());
        }
    }
    m_outbox.send(entry);
}

void SendCommand::goOnWith(const OutboxEntry &entry)
{
    m_id = entry.id;
    const QString sent = localTime(entry.sent);
    const QLatin1StringView name(operation());
    const bool wasSent = entry.state != OutboxState::Queued && entry.state != OutboxState::Draft;
    if (wasSent && !hasFilesAsTheyWere(entry.id))
        complain(
            u"%1: a file has changed since an earlier run sent this; what it sent had the file as it was then."_s.arg(
                name));
    switch (entry.state) {
    case OutboxState::Queued:
        renewFiles(entry.id);
        return run(entry.id, SendJob::usualLooks());
    case OutboxState::Unknown:
        complain(u"%1: an earlier run sent this at %2 and did not learn what came of it; looking for it first."_s.arg(
            name, sent));
        return run(entry.id, looksAfter(sinceSent(entry)));
    case OutboxState::Asking:
        complain(
            u"%1: an earlier run sent this at %2 and did not find it; looking for it once more."_s.arg(name, sent));
        m_isSimilarKnown = entry.error.code == sendcode::similarFound;
        return run(entry.id, {0ms});
    case OutboxState::Done:
    case OutboxState::Told:
        complain(u"%1: an earlier run did this at %2 and was ended before it could say so; nothing was sent now."_s.arg(
            name, sent));
        return report(entry, {});
    case OutboxState::Draft:
        complain(u"%1: going on where an earlier run was ended."_s.arg(name));
        renewFiles(entry.id);
        return m_outbox.send(entry);
    }
}

void SendCommand::run(const QString &id, const Looks &looks)
{
    m_sending = new SendJob(client(), m_outbox, id,
                            {.looks = looks, .account = account().name, .limitPauses = {15s, 30s, 60s}}, this);
    if (!m_files.isEmpty())
        m_watch = std::make_unique<UploadWatch>(m_outbox.files(), id, line().verbose);
    connect(m_sending, &Job::finished, this, [this](const Result<void> &result) {
        m_watch.reset();
        const SendJob *job = std::exchange(m_sending, nullptr);
        ended(job->entry(), result, job->resolution());
    });
    m_sending->start();
}

void SendCommand::ended(const OutboxEntry &entry, const Result<void> &result, const ResolveCase::Response &statuses)
{
    if (entry.state == OutboxState::Done || entry.state == OutboxState::Told) {
        if (!result)
            tell(result.error()); // done, though the archive could not be told
        if (entry.operation == QLatin1StringView(CreateCase::name)) {
            if (const QString elsewhere = openedElsewhere(account(), entry.caseId); !elsewhere.isEmpty())
                complain(elsewhere);
        }
        return report(entry, statuses);
    }
    const Error error = result.error();
    if (error.kind == Error::Kind::Cancelled)
        return m_outbox.load(); // another program was first; see how far it is
    switch (entry.state) {
    case OutboxState::Asking:
        return m_maySendAgain && (m_isSimilarKnown || entry.error.code != sendcode::similarFound)
            ? sendAgain(entry)
            : leaveUnknown(entry, error);
    case OutboxState::Unknown:
        return leaveUnknown(entry, error);
    default:
        return entry.doubt == 0 ? giveUp(entry, error) : keepInDoubt(entry, error);
    }
}

/// It was looked for and not found, and the person said --again: so it is sent, once no earlier attempt can arrive any
/// more.
void SendCommand::sendAgain(const OutboxEntry &entry)
{
    const auto wait = attemptLimit() - sinceSent(entry);
    if (wait > 0ms) {
        complain(u"%1: not found so far; waiting %2 s until the first attempt can't arrive any more."_s
                     .arg(QLatin1StringView(operation()))
                     .arg(std::chrono::ceil<std::chrono::seconds>(wait).count()));
        QTimer::singleShot(wait, this, [this, id = entry.id] {
            if (!isFinished())
                run(id, {0ms});
        });
        return;
    }
    m_maySendAgain = false;
    complain(entry.error.code == sendcode::similarFound
                 ? u"%1: what was found is taken for somebody else's; sending it again."_s.arg(
                     QLatin1StringView(operation()))
                 : u"%1: not found; sending it again."_s.arg(QLatin1StringView(operation())));
    renewFiles(entry.id);
    m_outbox.sendAgain(entry.id);
}

void SendCommand::stop()
{
    ArchiveCommand::stop();
    m_call.reset();
    m_watch.reset();
    const OutboxEntry *known = m_outbox.find(m_id);
    if (!known)
        return;
    const OutboxEntry entry = *known;
    if (m_sending) {
        m_sending->disconnect(this); // the interruption is the end, not the job's
        m_sending->cancel();
    }
    if (Job *upload = m_outbox.uploads().running(entry.id))
        upload->cancel();
    const Error interrupted{.kind = Error::Kind::Cancelled, .operation = QString::fromLatin1(operation())};
    if (entry.state == OutboxState::Queued && entry.doubt != 0)
        return keepInDoubt(entry, interrupted);
    if (entry.state == OutboxState::Queued && !m_files.isEmpty())
        return keepUpload(entry, interrupted);
    if (!m_sending && entry.state == OutboxState::Queued && entry.sent == 0)
        return forget(entry.id); // on its way to the disk, no further
    leaveUnknown(entry, interrupted);
}

} // namespace casement::cli
