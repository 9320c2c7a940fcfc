#include "cli/attachfiles.h"
#include "cli/caseformats.h"
#include "cli/errorreport.h"
#include "cli/sendcommand.h"
#include "cli/terminaltext.h"
#include "support/jsonindent.h"
#include "transfer/filecode.h"

#include <algorithm>

// How a command that sends ends: what it prints and what it leaves behind.

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

/// Of this command, for the next one: they say which account at which service is meant.
QString placeOptions(const CommandLine &line)
{
    QString options;
    const auto add = [&options](QLatin1StringView name, const QString &value) {
        if (!value.isEmpty())
            options += u' ' + name + u' ' + shellQuoted(value);
    };
    for (const QString &account : line.accounts)
        add("--account"_L1, account);
    add("--profile"_L1, line.profile);
    add("--region"_L1, line.region);
    add("--endpoint-url"_L1, line.endpointUrl);
    add("--archive"_L1, line.archive);
    add("--portable"_L1, line.portable);
    return options;
}

} // namespace

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
    const QList<OutboxFile> files = m_outbox.files().of(entry.id);
    const auto isIn = [&files](OutboxFileState state) {
        return std::any_of(files.begin(), files.end(), [state](const OutboxFile &file) { return file.state == state; });
    };
    // Files that the service or the way to it is to blame for are gone on with, and those of a message that may go
    // later.
    const bool isForLater = !isIn(OutboxFileState::Failed) && !isIn(OutboxFileState::Paused)
        && (isIn(OutboxFileState::Waiting) || (!files.isEmpty() && entry.state == OutboxState::Queued));
    if (!tellTooMany(files))
        tellUploads(files, error);
    if (const QString more = afterFailure(error); !more.isEmpty())
        complain(more);
    isForLater ? keepUpload(entry, error) : forget(entry.id);
    finish(failed);
}

/// That a message has no room for all files of this command, and the command that sends the others. False when it has,
/// or when one of these failed for another reason.
bool SendCommand::tellTooMany(const QList<OutboxFile> &files)
{
    const qsizetype most = UploadLimits::of(UploadWay::Set).mostFiles;
    const auto isRefused = [](const OutboxFile &file) { return file.error.code == filecode::tooMany; };
    const auto isOther = [&](const OutboxFile &file) {
        return file.state == OutboxFileState::Failed && !isRefused(file);
    };
    if (m_files.size() <= most || std::any_of(files.begin(), files.end(), isOther)
        || (!files.isEmpty() && std::none_of(files.begin(), files.end(), isRefused)))
        return false;
    const bool isNew = std::holds_alternative<CreateCase::Request>(m_request);
    const QString command = u"casement-cli reply %1"_s.arg(isNew ? u"CASE"_s : line().operand) + placeOptions(line());
    complain(QLatin1StringView(operation()) + u": "_s + tooManyReport(m_files, most, account().name, command));
    return true;
}

/// Why files that are not up are not, each reason once; where all are, why the message was not sent.
void SendCommand::tellUploads(const QList<OutboxFile> &files, const Error &error)
{
    QStringList reasons;
    QHash<QString, QStringList> names; // by reason
    for (const OutboxFile &file : files) {
        if (file.error.kind == Error::Kind::None || file.state == OutboxFileState::Ready)
            continue;
        Error told = file.error;
        told.requestId.clear(); // of files that went up together it is the same; of others none helps more
        const QString reason = errorReport(told);
        if (!reasons.contains(reason))
            reasons.append(reason);
        names[reason].append(terminalLine(file.name));
    }
    for (const QString &reason : std::as_const(reasons)) {
        const QStringList of = names.value(reason);
        const QString sentence = of.size() == 1 ? u"%1 was not uploaded: %2"_s : u"%1 were not uploaded: %2"_s;
        complain(sentence.arg(of.join(u", "_s), reason));
    }
    if (reasons.isEmpty())
        tell(error);
}

/// Keeps an entry that certainly was not sent, with its files, for the same command. As a draft: nobody may send it who
/// was not told to. `why`: what keys lack is for the person who finds the draft; the rest is over with this command.
void SendCommand::keepUpload(const OutboxEntry &entry, const Error &why)
{
    OutboxEntry draft = entry;
    draft.state = OutboxState::Draft;
    draft.error = why.kind == Error::Kind::NoCredentials ? why : Error{.kind = Error::Kind::Cancelled};
    m_outbox.save(draft);
    complain(u"%1: nothing was sent. Run the same command again: it goes on with what is uploaded. Until then it is a "
             "draft, which casement shows."_s.arg(QLatin1StringView(operation())));
}

/// It was to be sent again and was not, and the attempt before may have arrived: for the next command to look for, and
/// for nobody to send who was not told to.
void SendCommand::keepInDoubt(const OutboxEntry &entry, const Error &error)
{
    OutboxEntry asking = entry;
    asking.state = OutboxState::Asking;
    asking.error = error;
    m_outbox.save(asking);
    leaveUnknown(asking, error);
}

void SendCommand::leaveUnknown(const OutboxEntry &entry, const Error &error)
{
    if (error.code != sendcode::noAnswerKept) // then goOnWith() has told all that is known
        complain(causeReport(error));
    const QLatin1StringView name(operation());
    if (error.operation != name && !error.operation.isEmpty()) { // the look failed, which may be mended
        if (const QString step = nextStep(error); !step.isEmpty())
            complain(step);
    }
    if (entry.state != OutboxState::Asking)
        complain(u"%1 was sent, and it is not known whether it arrived. It may have arrived: run the same command "
                 "again, it looks first."_s.arg(name));
    else if (entry.error.code == sendcode::similarFound)
        complain(
            u"%1 was sent, and it is not known whether it arrived: one with the same text came at about the same "
            "moment, and may be somebody else's. Look at it; if it is, the same command with --again sends this once "
            "more."_s.arg(name));
    else
        complain(u"%1 was sent, and it is not known whether it arrived; it was not found so far. It may have arrived: "
                 "run the same command again, it looks first. With --again it looks, and sends once more what it does "
                 "not find."_s.arg(name));
    finish(unknownOutcome);
}

/// Takes what was not done out of the outbox. What this run did not make may be a person's writing: a draft again.
void SendCommand::forget(const QString &id)
{
    m_outbox.keepAsDraft(id);
    if (id == m_made) {
        for (const OutboxFile &file : m_outbox.files().of(id))
            m_outbox.files().remove(file.id);
        m_outbox.discard(id);
    } else
        complain(u"It is kept as a draft, which casement shows."_s);
}

/// The archive did not keep it, so it did not leave: what was sent before ends otherwise.
QString SendCommand::afterFailure(const Error &error) const
{
    return error.kind == Error::Kind::Archive && !line().dryRun
        ? u"%1: nothing was sent."_s.arg(QLatin1StringView(operation()))
        : QString();
}

} // namespace casement::cli
