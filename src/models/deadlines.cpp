#include "models/deadlines.h"

#include "base/duration.h"
#include "models/displaytext.h"
#include "models/recordmodel.h"
#include "models/relativetime.h"
#include "support/codes.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace casement {

using namespace Qt::StringLiterals;
using Kind = Deadline::Kind;

namespace {

constexpr qint64 latestTime = 253'402'300'800'000; // year 10000: nothing can overflow before it

constexpr int mostMinutes = 60 * 24 * 60; // sixty days
constexpr int mostDays = 365;
constexpr qsizetype longestText = 64 * 1024;
constexpr qsizetype longestCode = 64;
constexpr size_t mostSeverities = 100;

constexpr auto minutesMember = "minutes"_L1;
constexpr auto closeMember = "daysUntilClosed"_L1;
constexpr auto reopenMember = "daysToReopen"_L1;

bool isTime(qint64 time) { return time > 0 && time < latestTime; }

/// A whole number within limits, or -1.
int numberOf(const QJsonValue &value, int most)
{
    const double number = value.toDouble(-1);
    return number >= 0 && number <= most && std::floor(number) == number ? int(number) : -1;
}

/// The units that TimeText::span() counts a span in.
qint64 unitOf(qint64 span)
{
    return span < duration::hour     ? duration::minute
        : span < duration::day       ? duration::hour
        : span < 2 * duration::month ? duration::day
                                     : duration::month;
}

/// How many of them it shows.
qint64 countOf(qint64 span)
{
    constexpr qint64 most = 9999;
    return std::clamp<qint64>(span / unitOf(span), 1, most);
}

QString exactly(qint64 time, const QLocale &locale)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time);
    const QString text = TimeText::exact(time, locale);
    if (local.offsetFromUtc() == 0)
        return text;
    return u"%1 (%2)"_s.arg(text, TimeText::exact(time, locale, Qt::UTC));
}

/// Of what nobody knows to the minute.
QString roughly(qint64 time, const QLocale &locale)
{
    return TimeText::shortDateTime(time, locale) + u' ' + QDateTime::fromMSecsSinceEpoch(time).timeZoneAbbreviation();
}

} // namespace

int ResponseTargets::minutesFor(std::string_view severityCode) const
{
    const auto at = minutes.find(severityCode);
    return at == minutes.end() ? 0 : at->second;
}

QStringList ResponseTargets::plans()
{
    return {u"basic"_s,      u"developer"_s,         u"business"_s, u"enterprise-on-ramp"_s,
            u"enterprise"_s, u"unified-operations"_s};
}

ResponseTargets ResponseTargets::forPlan(const QString &plan)
{
    ResponseTargets targets;
    if (plan == "basic"_L1)
        return targets;
    targets.minutes = {{"low", 24 * 60}, {"normal", 12 * 60}};
    if (plan == "developer"_L1)
        return targets;
    targets.minutes["high"] = 4 * 60;
    targets.minutes["urgent"] = 60;
    if (plan == "unified-operations"_L1)
        targets.minutes["critical"] = 5;
    else if (plan != "business"_L1)
        targets.minutes["critical"] = plan == "enterprise-on-ramp"_L1 ? 30 : 15;
    return targets;
}

ResponseTargets ResponseTargets::withPlan(const QString &plan) const
{
    ResponseTargets targets = *this;
    if (!plans().contains(plan))
        return targets;
    const ResponseTargets promised = forPlan(plan);
    for (auto &[code, target] : targets.minutes)
        target = promised.minutesFor(code);
    for (const auto &[code, target] : promised.minutes)
        targets.minutes[code] = target;
    return targets;
}

QString ResponseTargets::toText() const
{
    QJsonObject bySeverity;
    for (const auto &[code, target] : minutes)
        bySeverity.insert(QString::fromStdString(code), target);
    const QJsonObject all{{minutesMember, bySeverity}, {closeMember, daysUntilClosed}, {reopenMember, daysToReopen}};
    return QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact));
}

ResponseTargets ResponseTargets::fromText(const QString &text, const ResponseTargets &defaults, QStringList *problems)
{
    ResponseTargets targets = defaults;
    const auto complain = [problems](const QString &sentence) {
        if (problems)
            problems->append(sentence);
    };
    if (text.trimmed().isEmpty())
        return targets;
    const QJsonDocument document = text.size() > longestText ? QJsonDocument() : QJsonDocument::fromJson(text.toUtf8());
    if (!document.isObject()) {
        complain(Deadlines::tr("The response targets can't be read. The usual ones are used."));
        return targets;
    }
    const QJsonObject object = document.object();
    const auto readDays = [&](QLatin1StringView member, int &days) {
        if (!object.contains(member))
            return;
        const int number = numberOf(object.value(member), mostDays);
        if (number >= 0)
            days = number;
        else
            complain(Deadlines::tr("“%1” is not a whole number of days from 0 to %2. The usual one is used.")
                         .arg(member, QString::number(mostDays)));
    };
    readDays(closeMember, targets.daysUntilClosed);
    readDays(reopenMember, targets.daysToReopen);

    const QJsonValue bySeverity = object.value(minutesMember);
    if (!bySeverity.isObject() && !bySeverity.isUndefined())
        complain(Deadlines::tr("The response targets name no severities. The usual ones are used."));
    const QJsonObject severities = bySeverity.toObject();
    for (auto at = severities.begin(); at != severities.end(); ++at) {
        const int number = numberOf(at.value(), mostMinutes);
        const QString code = at.key();
        const bool isCode = !code.isEmpty() && code.size() <= longestCode && targets.minutes.size() < mostSeverities;
        if (number >= 0 && isCode)
            targets.minutes[code.toStdString()] = number;
        else
            complain(
                Deadlines::tr("The response target for “%1” is not a whole number of minutes from 0 to %2. The "
                              "usual one is used.")
                    .arg(displayText(code.first(std::min(code.size(), longestCode))), QString::number(mostMinutes)));
    }
    return targets;
}

Deadline Deadlines::ifResolved(const CaseRecord &record, const ResponseTargets &targets)
{
    Deadline deadline;
    if (isTime(record.updated) && targets.daysToReopen > 0) {
        deadline.kind = Kind::Reopen;
        deadline.due = record.updated + targets.daysToReopen * duration::day;
    }
    return deadline;
}

QString Deadlines::reopenSentence(const Deadline &deadline, const QLocale &locale)
{
    //: %1 is a date and time
    return tr("A reply reopens this case until about %1. After that it takes a new case.")
        .arg(roughly(deadline.due, locale));
}

Deadline Deadlines::of(const CaseRecord &record, const ResponseTargets &targets)
{
    Deadline deadline;
    const std::string_view code = record.status.view();
    const int target = targets.minutesFor(record.severityCode.view());
    if (isTime(record.created)) {
        deadline.created = record.created;
        deadline.answerDue = target > 0 ? record.created + target * duration::minute : 0;
    }
    if (isTime(record.answered))
        deadline.answered = record.answered;

    const auto set = [&deadline](Kind kind, qint64 from, int days) {
        if (isTime(from) && days > 0) {
            deadline.kind = kind;
            deadline.due = from + days * duration::day;
        }
    };
    if (isResolved(code)) {
        const Deadline reopening = ifResolved(record, targets);
        deadline.kind = reopening.kind;
        deadline.due = reopening.due;
    } else if (record.turn == Turn::You) {
        set(Kind::Close, record.turnSince, targets.daysUntilClosed);
    } else if (record.turn == Turn::Aws && record.firstAnswer == FirstAnswer::NotYet && deadline.answerDue != 0
               && code != status::reopened) { // it was done with once, and what is aimed at then is not known
        deadline.kind = Kind::Answer;
        deadline.due = deadline.answerDue;
    }
    return deadline;
}

QString Deadlines::shortText(const Deadline &deadline, qint64 now)
{
    const bool isPast = deadline.isPast(now);
    const QString span = TimeText::span(std::abs(deadline.due - now));
    switch (deadline.kind) {
    case Kind::None:
        break;
    case Kind::Answer:
        //: In a list: AWS's first answer is late by a span of time, "2 h"
        return isPast ? tr("answer %1 late").arg(span)
                      //: In a list: AWS's first answer is to come within a span of time, "3 h"
                      : tr("answer due in %1").arg(span);
    case Kind::Close:
        //: In a list: AWS closes a case that waits for the person
        return isPast ? tr("may be closed any time")
                      //: In a list: AWS closes a case that waits for the person, in a span of time, "2 d"
                      : tr("closes in about %1").arg(span);
    case Kind::Reopen:
        //: In a list: a resolved case can be reopened until a date
        return isPast ? QString()
                      : tr("can be reopened until %1")
                            .arg(TimeText::date(QDateTime::fromMSecsSinceEpoch(deadline.due).date(), QLocale()));
    }
    return {};
}

QString Deadlines::longText(const Deadline &deadline, qint64 now, const QLocale &locale)
{
    const bool isPast = deadline.isPast(now);
    const QString due = deadline.due ? exactly(deadline.due, locale) : QString();
    const QString about = deadline.due ? roughly(deadline.due, locale) : QString();
    QStringList lines;
    switch (deadline.kind) {
    case Kind::None:
        break;
    case Kind::Answer:
        //: %1 is a date and time, %2 a span of time: "2 hours"
        lines += isPast ? tr("AWS aimed to answer first by %1. The answer is %2 late.")
                              .arg(due, TimeText::spanInWords(now - deadline.due))
                        : tr("AWS aims to answer first by %1.").arg(due);
        break;
    case Kind::Close:
        lines += isPast ? tr("AWS has been waiting for your answer for days and may close this case any time.")
                        //: %1 is a date and time
                        : tr("AWS waits for your answer. Without one it closes this case at about %1.").arg(about);
        break;
    case Kind::Reopen:
        //: %1 is a date and time
        lines += isPast ? tr("A reply could reopen this case until about %1. Now it takes a new case.").arg(about)
                        : reopenSentence(deadline, locale);
        break;
    }
    if (deadline.answered && deadline.answerDue) {
        const QString at = exactly(deadline.answered, locale);
        const qint64 late = deadline.answered - deadline.answerDue;
        //: %1 is a date and time, %2 a span of time: "2 hours"
        lines += late > 0 ? tr("AWS first answered at %1, %2 after its target.").arg(at, TimeText::spanInWords(late))
                          : tr("AWS first answered at %1, within its target of %2.")
                                .arg(at, TimeText::spanInWords(deadline.answerDue - deadline.created));
    }
    return lines.join(u'\n');
}

qint64 Deadlines::sortKey(const Deadline &deadline, qint64 now)
{
    const bool isOver = deadline.kind == Kind::Reopen && deadline.isPast(now);
    return deadline.kind == Kind::None || isOver ? sortsLast : deadline.due;
}

qint64 Deadlines::nextChange(const Deadline &deadline, qint64 now)
{
    if (deadline.kind == Kind::None)
        return 0;
    const qint64 left = deadline.due - now;
    if (deadline.kind == Kind::Reopen) // told by its date
        return left > 0 ? deadline.due : 0;
    if (left > 0) { // a span shrinks: it shows one less as soon as it is no longer whole
        const qint64 count = countOf(left);
        const qint64 unit = unitOf(left);
        return count == 1 && unit == duration::minute ? deadline.due : deadline.due - count * unit + 1;
    }
    if (deadline.kind != Kind::Answer)
        return 0;
    const qint64 next = deadline.due + (countOf(-left) + 1) * unitOf(-left);
    return next > now ? next : 0; // so late that nobody counts
}

} // namespace casement
