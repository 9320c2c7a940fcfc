#include "ui/outboxtext.h"

#include "archive/sendjob.h"
#include "support/cases.h"
#include "ui/errortext.h"

namespace casement {

using namespace Qt::StringLiterals;

namespace {

QString withReason(const QString &sentence, const Error &error)
{
    return error.kind == Error::Kind::None ? sentence : ErrorText::summary(error) + u'\n' + sentence;
}

} // namespace

QString OutboxText::sentence(const OutboxEntry &entry, bool underWay, int uploading)
{
    const bool isCase = entry.operation == QLatin1StringView(CreateCase::name);
    const bool isResolution = entry.operation == QLatin1StringView(ResolveCase::name);
    switch (entry.state) {
    case OutboxState::Draft: {
        if (entry.error.kind == Error::Kind::None)
            return {};
        if (entry.error.kind == Error::Kind::Archive) {
            return withReason(
                entry.error.operation.isEmpty()
                    ? tr("What you wrote is not stored yet: Casement tries again by itself, and asks before "
                         "it ends.")
                    : tr("It was not sent. What you wrote is not stored yet, either: Casement tries that "
                         "again by itself, and asks before it ends."),
                entry.error);
        }
        const QString advice = ErrorText::advice(entry.error);
        const QString kept = tr("Nothing was changed at AWS. Your text is kept.");
        return withReason(advice.isEmpty() ? kept : advice + u'\n' + kept, entry.error);
    }
    case OutboxState::Queued:
        if (underWay && uploading > 0)
            return tr("Uploading %Ln file(s)…, then it is sent.", nullptr, uploading);
        if (underWay || entry.error.kind == Error::Kind::None)
            return tr("Sending…");
        return withReason(tr("It did not arrive. Casement sends it by itself as soon as that works."), entry.error);
    case OutboxState::Unknown:
        if (underWay) {
            return entry.error.kind == Error::Kind::None ? tr("Sending…")
                                                         : tr("AWS gave no clear answer. Looking whether it arrived…");
        }
        return withReason(tr("It is not known whether it arrived, and AWS could not be asked. Casement looks again by "
                             "itself, and never sends it twice."),
                          entry.error);
    case OutboxState::Asking: {
        if (underWay)
            return tr("Looking whether it arrived…");
        if (entry.error.code == sendcode::similarFound) {
            return isCase ? tr("A case with the same text was opened a moment before this was sent, and may be "
                               "somebody else's. Look at it before you send this again.")
                          : tr("A reply with the same text came a moment before this was sent, and may be somebody "
                               "else's. Look at it before you send this again.");
        }
        if (isCase) {
            return withReason(tr("No such case is in the account so far. If you send it again and AWS is only slow, "
                                 "there will be two cases."),
                              entry.error);
        }
        if (isResolution)
            return withReason(tr("The case is not resolved so far. Resolve it again if it should be."), entry.error);
        return withReason(tr("The reply is not in the case so far. If you send it again and AWS is only slow, it "
                             "will be there twice."),
                          entry.error);
    }
    case OutboxState::Done:
    case OutboxState::Told:
        return isCase      ? tr("The case was opened.")
            : isResolution ? tr("The case is resolved.")
                           : tr("The reply was sent.");
    }
    return {};
}

QString OutboxText::whole(const OutboxEntry &entry, bool underWay, int uploading)
{
    QStringList lines{sentence(entry, underWay, uploading)};
    if (!underWay && entry.error.kind != Error::Kind::None && !lines.constFirst().isEmpty())
        lines.append(ErrorText::evidence(entry.error));
    lines.removeAll(QString());
    return lines.join(u'\n');
}

QString OutboxText::waiting(const OutboxEntry &entry, const OutboxEntry *before)
{
    if (!before) {
        return entry.caseId.isEmpty()
            ? tr("The new case that it was to follow was deleted. Attach its files to another message, or delete it.")
            : tr("The message that it was to follow was deleted. Send it now, or delete it.");
    }
    switch (before->state) {
    case OutboxState::Draft:
        return before->error.kind == Error::Kind::None
            ? tr("It carries files for which its message has no room, and is sent by itself after that.")
            : tr("The message that it follows was not taken. It is sent by itself once that one is.");
    case OutboxState::Asking:
        return tr("It is not known whether the message that it follows arrived. Decide about that one first.");
    default:
        return tr("It is sent by itself as soon as the message that it follows has arrived.");
    }
}

OutboxText::Choices OutboxText::choices(const OutboxEntry &entry, bool underWay, int uploading)
{
    if (underWay)
        return {.keepAsDraft = entry.state == OutboxState::Queued && uploading > 0};
    switch (entry.state) {
    case OutboxState::Queued:
        return {.sendAgain = entry.error.kind != Error::Kind::None,
                .keepAsDraft = entry.error.kind != Error::Kind::None};
    case OutboxState::Unknown:
        return {.lookAgain = true};
    case OutboxState::Asking:
        return {.lookAgain = true, .sendAgain = true, .keepAsDraft = true};
    default:
        return {};
    }
}

} // namespace casement
