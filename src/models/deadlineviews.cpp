#include "models/deadlineviews.h"

#include "base/duration.h"

#include <algorithm>
#include <cstdlib>

namespace casement {

namespace {

constexpr qint64 closingSoon = 48 * duration::hour; // a weekend

} // namespace

std::optional<CaseFilter::View> deadlineView(const Deadline &deadline, qint64 now)
{
    using View = CaseFilter::View;
    switch (deadline.kind) {
    case Deadline::Kind::None:
        break;
    case Deadline::Kind::Answer:
        return deadline.isPast(now) ? std::optional(View::AnswerOverdue) : std::nullopt;
    case Deadline::Kind::Close:
        return now >= deadline.due - closingSoon ? std::optional(View::ClosingSoon) : std::nullopt;
    case Deadline::Kind::Reopen:
        return deadline.isPast(now) ? std::nullopt : std::optional(View::Reopenable);
    }
    return {};
}

qint64 nextDeadlineChange(const Deadline &deadline, qint64 now)
{
    if (deadline.kind == Deadline::Kind::None)
        return neverChanges;
    qint64 next = neverChanges;
    const auto at = [&](qint64 time) {
        if (time > now)
            next = std::min(next, time);
    };
    at(deadline.due);
    if (deadline.kind == Deadline::Kind::Close)
        at(deadline.due - closingSoon);
    if (std::abs(deadline.due - now) <= duration::hour)
        at(Deadlines::nextChange(deadline, now)); // 0 when it stays
    return next;
}

} // namespace casement
