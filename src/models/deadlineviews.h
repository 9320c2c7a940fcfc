#pragma once

#include "models/casefilter.h"
#include "models/deadlines.h"

#include <limits>
#include <optional>

/// The sidebar's views that the clock moves cases in and out of. Pure functions.
namespace casement {

inline constexpr qint64 neverChanges = std::numeric_limits<qint64>::max();

constexpr bool isDeadlineView(CaseFilter::View view)
{
    using View = CaseFilter::View;
    return view == View::AnswerOverdue || view == View::ClosingSoon || view == View::Reopenable;
}

/// The one of them that a case stands in at a time; a case stands in one at most.
std::optional<CaseFilter::View> deadlineView(const Deadline &deadline, qint64 now);

/// The next instant at which a case may move between them, or its text counts another minute; `neverChanges` when
/// time changes nothing soon. Texts that count hours can wait for the next minute.
qint64 nextDeadlineChange(const Deadline &deadline, qint64 now);

} // namespace casement
