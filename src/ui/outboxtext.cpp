#include "ui/outboxtext.h"

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
        const QString advice = ErrorText::advice(entry.error);
        const QString summary = ErrorText::summary(entry.error);
        return (advice.isEmpty() ? summary : summary + u'\n' + advice) + u'\n'
            + tr("Nothing was changed at AWS. Your text is kept.");
    }
    case OutboxState::Queued:
        if (underWay && uploading > 0)
            return tr("Uploading %n file(s)…, then it is sent.", nullptr, uploading);
        if (underWay || entry.error.kind == Error::Kind::None)
            return tr("Sending…");
        return withReason(tr("It did not arrive. Casement sends it by itself as soon as that works."), entry.error);
    case OutboxState::Unknown:
        if (underWay) {
            return entry.error.kind == Error::Kind::None ? tr("Sending…")
                                                         : tr("AWS did not answer. Looking whether it arrived…");
        }
        return withReason(tr("It is not known whether it arrived, and AWS could not be asked. Casement looks again by "
                             "itself, and never sends it twice."),
                          entry.error);
    case OutboxState::Asking: {
        if (underWay)
            return tr("Looking whether it arrived…");
        if (isCase) {
            return withReason(tr("No such case is in the account so far. If you send it again and AWS is only slow, "
                                 "there will be two cases."),
                              entry.error);
        }
        if (isResolution)
            return withReason(tr("The case is not resolved so far."), entry.error);
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

OutboxText::Choices OutboxText::choices(const OutboxEntry &entry, bool underWay)
{
    if (underWay)
        return {};
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
