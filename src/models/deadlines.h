#pragma once

#include "archive/records.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <QString>
#include <QStringList>

#include <map>
#include <string>
#include <string_view>

namespace casement {

/// How soon AWS aims to answer first, and how long cases wait. No operation of the service tells these, and plans
/// change: they are data that a person can edit.
///
/// The targets are of the plans' public tables, in time of day and night. (The developer plan's count business hours,
/// but it has no access to the API.) AWS says "a few days" of closing a case that it asked something in, and 14 days of
/// reopening one. Source: AWS Support User Guide, case-management.md and monitoring-your-case.md; api-facts §6, §7.2.
struct ResponseTargets
{
    std::map<std::string, int, std::less<>> minutes; ///< by severity code; none, or 0: no target
    int daysUntilClosed = 5; ///< without an answer to what AWS asked; 0: never told
    int daysToReopen = 14; ///< a resolved case by a reply; 0: never told

    /// The target for a severity; 0 when there is none, or the severity is not known.
    int minutesFor(std::string_view severityCode) const;

    /// `basic`, `developer`, `business`, `enterprise-on-ramp` (Business Support+ promises the same), `enterprise`,
    /// `unified-operations`.
    static QStringList plans();
    /// What a plan promises, Enterprise for a name that isn't known: no operation tells an account's plan.
    static ResponseTargets forPlan(const QString &plan);

    /// These with what a plan promises for the severities that it knows; these themselves for a name that isn't known.
    ResponseTargets withPlan(const QString &plan) const;

    /// One line of JSON, the same for the same targets: `{"daysToReopen":14,"daysUntilClosed":5,"minutes":{…}}`
    QString toText() const;
    /// Reads that. What is missing is as in `defaults`; so is what is wrong, and `problems` gets a sentence for it.
    static ResponseTargets fromText(const QString &text, const ResponseTargets &defaults = forPlan({}),
                                    QStringList *problems = nullptr);

    friend bool operator==(const ResponseTargets &, const ResponseTargets &) = default;
};

/// The targets of each account: those of its plan, where a person said which one it has, else the usual ones.
struct AccountTargets
{
    ResponseTargets usual = ResponseTargets::forPlan({});
    QHash<AccountId, ResponseTargets> planned;

    const ResponseTargets &of(AccountId account) const
    {
        const auto own = planned.constFind(account);
        return own == planned.cend() ? usual : *own;
    }
};

/// What comes next for a case by itself, and when. Times are milliseconds since 1970 UTC; 0 = not known.
struct Deadline
{
    enum class Kind : quint8 {
        None,
        Answer, ///< AWS should have answered first by `due`
        Close, ///< AWS asked, and closes the case at about `due` if nobody answers
        Reopen, ///< resolved; a reply reopens it until about `due`
    };
    Kind kind = Kind::None;
    qint64 due = 0;
    qint64 answerDue = 0; ///< the target for AWS's first answer, whatever the kind
    qint64 answered = 0; ///< when AWS answered first
    qint64 created = 0;

    bool isPast(qint64 now) const { return kind != Kind::None && now >= due; }
    friend bool operator==(const Deadline &, const Deadline &) = default;
};

/// Deadlines of cases, in words for people. Whose turn it is stands in Names::turnSince().
class Deadlines
{
    Q_DECLARE_TR_FUNCTIONS(casement::Deadlines)

public:
    /// A first answer is due only while it is sure that there is none yet. When a case was resolved is not told by the
    /// service: the newest known message is the best estimate, and never too late.
    static Deadline of(const CaseRecord &record, const ResponseTargets &targets);

    /// Until when a reply reopens the case once it is resolved: what of() says of it then, unless a message comes.
    static Deadline ifResolved(const CaseRecord &record, const ResponseTargets &targets);
    /// The one sentence about it, wherever it is told.
    static QString reopenSentence(const Deadline &deadline, const QLocale &locale);

    /// For a cell: "answer due in 3 h", "answer 2 h late", "closes in about 2 d", "can be reopened until 1/3/2026",
    /// or nothing.
    static QString shortText(const Deadline &deadline, qint64 now);
    /// For a tooltip: sentences with the exact time in the person's zone and in UTC, and whether AWS's first answer met
    /// its target; a line each.
    static QString longText(const Deadline &deadline, qint64 now, const QLocale &locale);
    /// Soonest first, what is late before it; sortsLast for what has none (any more).
    static qint64 sortKey(const Deadline &deadline, qint64 now);
    /// The next instant at which one of the texts changes; 0 when they stay. A timer set for it wants a limit of its
    /// own, since clocks jump.
    static qint64 nextChange(const Deadline &deadline, qint64 now);
};

} // namespace casement
