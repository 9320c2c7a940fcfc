#include "cli/sendcommand.h"

#include "cli/caseformats.h"
#include "cli/jsonindent.h"
#include "cli/terminaltext.h"
#include "support/rehearsal.h"

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
    for (const auto pause : SendJob::Options().looks) {
        moment += pause;
        if (moment > last) {
            looks.append(moment - last);
            last = moment;
        }
    }
    return looks;
}

} // namespace

SendCommand::SendCommand(const CommandLine &line, Output &output, QObject *parent)
    : ArchiveCommand(line, output, parent), m_outbox(archive())
{
}

void SendCommand::start()
{
    Result<SendRequest> request = readSendRequest(line());
    if (!request)
        return fail(request.error(), wrongUsage);
    m_request = *std::move(request);
    ArchiveCommand::start();
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
        const QString sentence =
            found.isEmpty() ? u"%1 has no case %2."_s : u"%1 has several cases %2; name one by its caseId."_s;
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
            run(id, SendJob::Options().looks);
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

bool SendCommand::isSameAction(const OutboxEntry &entry) const
{
    return entry.account == account().id && entry.operation == QLatin1StringView(operation()) && entry.input == m_input
        && (m_caseId.isEmpty() || entry.caseId == m_caseId) && entry.state != OutboxState::Draft;
}

/// Goes on with what an earlier run left, or makes an entry.
void SendCommand::takeStock()
{
    if (isFinished() || m_sending)
        return;
    const QList<OutboxEntry> &entries = m_outbox.entries();
    const auto left =
        std::find_if(entries.begin(), entries.end(), [this](const OutboxEntry &entry) { return isSameAction(entry); });
    if (left != entries.end())
        return goOnWith(*left);
    OutboxEntry entry = Outbox::newEntry(account().id, operation(), m_caseId);
    entry.input = m_input;
    m_outbox.adopt(entry, this, [this, entry](const Result<bool> &adopted) {
        if (isFinished())
            return;
        if (!adopted)
            return fail(adopted.error()); // not looked for, so it must not leave
        *adopted ? m_outbox.load() : sendAsNew(entry);
    });
}

void SendCommand::sendAsNew(const OutboxEntry &entry)
{
    m_id = entry.id;
    m_made = entry.id;
    m_outbox.send(entry);
}

void SendCommand::goOnWith(const OutboxEntry &entry)
{
    m_id = entry.id;
    const QString sent = localTime(entry.sent);
    const QLatin1StringView name(operation());
    switch (entry.state) {
    case OutboxState::Queued:
        return run(entry.id, SendJob::Options().looks);
    case OutboxState::Unknown:
        complain(u"%1: an earlier run sent this at %2 and did not learn what came of it; looking for it first."_s.arg(
            name, sent));
        return run(entry.id, looksAfter(sinceSent(entry)));
    case OutboxState::Asking:
        complain(
            u"%1: an earlier run sent this at %2 and did not find it; looking for it once more."_s.arg(name, sent));
        m_maySendAgain = true;
        return run(entry.id, {0ms});
    case OutboxState::Done:
    case OutboxState::Told:
        complain(u"%1: an earlier run did this at %2 and was ended before it could say so; nothing was sent now."_s.arg(
            name, sent));
        return report(entry, {});
    case OutboxState::Draft:
        break;
    }
}

void SendCommand::run(const QString &id, const Looks &looks)
{
    m_sending = new SendJob(client(), m_outbox, id, {.looks = looks, .account = account().name}, this);
    connect(m_sending, &Job::finished, this, [this](const Result<void> &result) {
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
        return report(entry, statuses);
    }
    const Error error = result.error();
    if (error.kind == Error::Kind::Cancelled)
        return m_outbox.load(); // another program was first; see how far it is
    switch (entry.state) {
    case OutboxState::Asking:
        return m_maySendAgain ? sendAgain(entry) : leaveUnknown(entry, error);
    case OutboxState::Unknown:
        return leaveUnknown(entry, error);
    default:
        return giveUp(entry, error);
    }
}

/// It was looked for twice and not found, and the person gave the command again: so it is sent, once no earlier attempt
/// can arrive any more.
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
    complain(u"%1: not found; sending it again."_s.arg(QLatin1StringView(operation())));
    m_outbox.sendAgain(entry.id);
}

/// Prints what the service would have answered; only then the person counts as told.
void SendCommand::report(const OutboxEntry &entry, ResolveCase::Response statuses)
{
    QByteArray answer;
    if (std::holds_alternative<CreateCase::Request>(m_request)) {
        answer = encode(CreateCase::Response{entry.caseId});
    } else if (std::holds_alternative<AddCommunicationToCase::Request>(m_request)) {
        answer = encode(AddCommunicationToCase::Response{true});
    } else {
        if (statuses.finalCaseStatus.isEmpty())
            statuses.finalCaseStatus = u"resolved"_s; // of an earlier run; the status before is not known any more
        answer = encode(statuses);
    }
    const Result<QByteArray> laidOut = indentJson(answer, output().isTerminal());
    output().write((laidOut ? *laidOut : answer) + '\n');
    if (output().failure() == 0)
        m_outbox.markTold(entry.id);
    finish(succeeded);
}

/// It certainly took no effect.
void SendCommand::giveUp(const OutboxEntry &entry, const Error &error)
{
    forget(entry.id);
    fail(error);
}

void SendCommand::leaveUnknown(const OutboxEntry &entry, const Error &error)
{
    Error told = error;
    told.effect = Error::Effect::None; // said here, and better
    tell(told);
    const QString sentence = entry.state == OutboxState::Asking
        ? u"%1 was sent, and it is not known whether it arrived; it was not found so far. It may have arrived: run the "
          "same command again, it looks first."_s
        : u"%1 was sent, and it is not known whether it arrived. It may have arrived: run the same command again, it "
          "looks first."_s;
    complain(sentence.arg(QLatin1StringView(operation())));
    finish(unknownOutcome);
}

/// Takes what was not done out of the outbox. What this run did not make may be a person's writing: a draft again.
void SendCommand::forget(const QString &id)
{
    m_outbox.keepAsDraft(id);
    if (id == m_made)
        m_outbox.discard(id);
    else
        complain(u"It is kept as a draft, which casement shows."_s);
}

void SendCommand::stop()
{
    ArchiveCommand::stop();
    m_call.reset();
    const OutboxEntry *known = m_outbox.find(m_id);
    if (!known)
        return;
    const OutboxEntry entry = *known;
    if (m_sending) {
        m_sending->disconnect(this); // the interruption is the end, not the job's
        m_sending->cancel();
    } else if (entry.state == OutboxState::Queued && entry.sent == 0) {
        return forget(entry.id); // on its way to the disk, no further
    }
    leaveUnknown(entry, {.kind = Error::Kind::Cancelled, .operation = QString::fromLatin1(operation())});
}

} // namespace casement::cli
