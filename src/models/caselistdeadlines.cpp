#include "models/caselistmodel.h"

#include "models/deadlineviews.h"

#include <QDateTime>

#include <algorithm>

namespace casement {

void CaseListModel::setTargets(const ResponseTargets &targets)
{
    if (targets == m_targets.usual)
        return;
    m_targets.usual = targets;
    planTargets();
}

/// A plan of one account was chosen, or an account came that has one.
void CaseListModel::plansChanged()
{
    QHash<AccountId, QString> plans;
    for (int row = 0; row < m_accounts.rowCount(); ++row) {
        const AccountId id = m_accounts.recordAt(row).id;
        if (const QString plan = m_accounts.plan(id); !plan.isEmpty())
            plans.insert(id, plan);
    }
    if (plans == m_plans)
        return;
    m_plans = plans;
    planTargets();
}

void CaseListModel::planTargets()
{
    m_targets.planned.clear();
    for (auto plan = m_plans.cbegin(); plan != m_plans.cend(); ++plan)
        m_targets.planned.insert(plan.key(), m_targets.usual.withPlan(*plan));
    deadlinesMoved();
    cellsChanged(DueColumn);
    Q_EMIT targetsChanged();
}

void CaseListModel::tick(qint64 now)
{
    const bool moves = now >= m_nextChange || now < context().now; // clocks are set back, too
    const bool isNewDay = now >= m_matcher.validUntil();
    RecordModel::tick(now);
    if (isNewDay) {
        m_matcher = CaseMatcher(m_filter, QDateTime::fromMSecsSinceEpoch(now));
        refilter(false);
    }
    if (moves)
        deadlinesMoved();
    else if (isNewDay)
        merged();
}

/// Finds anew where cases stand; merges count one by one.
void CaseListModel::deadlinesMoved()
{
    countDeadlines();
    resort(DueColumn);
    if (isDeadlineView(m_filter.view))
        refilter(false);
    merged();
}

void CaseListModel::countDeadlines()
{
    using View = CaseFilter::View;
    for (const View view : {View::AnswerOverdue, View::ClosingSoon, View::Reopenable})
        m_counts.inView[size_t(view)] = 0;
    m_nextChange = neverChanges;
    forEach([this](const CaseRecord &record) { countDeadline(record, 1); });
}

void CaseListModel::countDeadline(const CaseRecord &record, int number)
{
    const Deadline deadline = Deadlines::of(record, m_targets.of(record.account));
    m_nextChange = std::min(m_nextChange, nextDeadlineChange(deadline, now()));
    if (const auto view = deadlineView(deadline, now()); view && counted(record.account))
        m_counts.inView[size_t(*view)] += number;
}

} // namespace casement
