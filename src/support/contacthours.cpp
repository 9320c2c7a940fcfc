#include "support/contacthours.h"

#include "base/duration.h"
#include "support/timestamp.h"

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 farAway = 2 * 366 * duration::day;
constexpr qsizetype mostSpans = 1000; // of one list; the service's own limit is 100

using Spans = std::vector<TimeSpan>;

/// An end that means "until the minute is over" is that moment.
qint64 wholeEnd(qint64 end)
{
    return end % duration::minute >= 59 * duration::second ? end + duration::minute - end % duration::minute : end;
}

/// Milliseconds since midnight of `09:00:00.000`, or less of it; -1 when it is no time of day. 24:00 is one.
qint64 timeOfDay(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.size() < 5 || trimmed.size() > 18)
        return -1;
    const qint64 time = parseTimestamp(("1970-01-02T" + trimmed.toUtf8()).toStdString()); // the day after 0
    return time < duration::day || time > 2 * duration::day ? -1 : time - duration::day;
}

/// Puts spans in order and makes one of those that overlap or touch.
void tidy(Spans &spans)
{
    std::erase_if(spans, [](const TimeSpan &span) { return span.from >= span.until; });
    std::sort(spans.begin(), spans.end(), [](const TimeSpan &a, const TimeSpan &b) { return a.from < b.from; });
    Spans merged;
    for (const TimeSpan &span : spans) {
        if (!merged.empty() && span.from <= merged.back().until)
            merged.back().until = std::max(merged.back().until, span.until);
        else
            merged.push_back(span);
    }
    spans = std::move(merged);
}

void addHour(Spans &daily, const SupportedHour &hour)
{
    const qint64 from = timeOfDay(hour.startTime);
    qint64 until = timeOfDay(hour.endTime);
    if (from < 0 || until < 0)
        return;
    until = until >= duration::day - duration::minute ? duration::day : wholeEnd(until);
    if (from < until) {
        daily.push_back({from, until});
    } else {
        daily.push_back({from, duration::day});
        daily.push_back({0, until});
    }
}

void addDate(Spans &off, const DateInterval &dates)
{
    const QString start = dates.startDateTime.trimmed();
    const QString end = dates.endDateTime.trimmed();
    constexpr qsizetype longestTime = 64;
    constexpr qsizetype bareDate = 10;
    if (start.size() > longestTime || end.size() > longestTime)
        return;
    const qint64 from = parseTimestamp(start.toStdString());
    const qint64 until = parseTimestamp(end.toStdString());
    if (from > 0 && until > 0)
        off.push_back({from, end.size() <= bareDate ? until + duration::day : wholeEnd(until)});
}

/// The span that contains `time`, or the first one after it.
Spans::const_iterator spanAt(const Spans &spans, qint64 time)
{
    return std::upper_bound(spans.begin(), spans.end(), time,
                            [](qint64 t, const TimeSpan &span) { return t < span.until; });
}

bool contains(const Spans &spans, qint64 time)
{
    const auto at = spanAt(spans, time);
    return at != spans.end() && at->from <= time;
}

qint64 midnightBefore(qint64 time) { return time - ((time % duration::day) + duration::day) % duration::day; }

LanguageService languageService(const QString &word)
{
    const auto is = [&](QLatin1StringView known) { return word.compare(known, Qt::CaseInsensitive) == 0; };
    if (is("available"_L1))
        return LanguageService::Available;
    if (is("best_effort"_L1))
        return LanguageService::BestEffort;
    return is("unavailable"_L1) ? LanguageService::Unavailable : LanguageService::Unknown;
}

int typeRank(const QString &type)
{
    constexpr std::array order{contacttype::web, contacttype::chat, contacttype::call};
    return int(std::find(order.begin(), order.end(), type) - order.begin());
}

} // namespace

ContactHours::ContactHours(const DescribeCreateCaseOptions::Response &options)
    : m_language(languageService(options.languageAvailability))
{
    for (const CommunicationTypeOptions &told :
         options.communicationTypes.first(std::min(mostSpans, options.communicationTypes.size()))) {
        const QString type = told.type.trimmed().toLower();
        if (type.isEmpty())
            continue;
        auto at = std::find_if(m_hours.begin(), m_hours.end(), [&](const Hours &hours) { return hours.type == type; });
        if (at == m_hours.end())
            at = m_hours.insert(m_hours.end(), Hours{type, {}, {}});
        for (qsizetype i = 0; i < std::min(mostSpans, told.supportedHours.size()); ++i)
            addHour(at->daily, told.supportedHours[i]);
        for (qsizetype i = 0; i < std::min(mostSpans, told.datesWithoutSupport.size()); ++i)
            addDate(at->off, told.datesWithoutSupport[i]);
    }
    for (Hours &hours : m_hours) {
        tidy(hours.daily);
        tidy(hours.off);
    }
    std::stable_sort(m_hours.begin(), m_hours.end(),
                     [](const Hours &a, const Hours &b) { return typeRank(a.type) < typeRank(b.type); });
}

QStringList ContactHours::types() const
{
    QStringList types;
    for (const Hours &hours : m_hours)
        types.append(hours.type);
    return types;
}

const ContactHours::Hours *ContactHours::find(const QString &type) const
{
    const auto at = std::find_if(m_hours.begin(), m_hours.end(), [&](const Hours &hours) {
        return hours.type.compare(type, Qt::CaseInsensitive) == 0;
    });
    return at == m_hours.end() ? nullptr : &*at;
}

qint64 ContactHours::Hours::opensFrom(qint64 time) const
{
    if (daily.empty())
        return -1;
    for (qint64 at = time; at - time < farAway;) {
        if (contains(off, at)) {
            at = spanAt(off, at)->until;
            continue;
        }
        const qint64 midnight = midnightBefore(at);
        const auto span = spanAt(daily, at - midnight);
        const qint64 next = span == daily.end() ? midnight + duration::day + daily.front().from : midnight + span->from;
        if (next <= at)
            return at;
        at = next;
    }
    return -1;
}

TimeSpan ContactHours::Hours::stretchAt(qint64 time) const
{
    TimeSpan stretch;
    const bool throughMidnight = daily.front().from == 0 && daily.back().until == duration::day;
    if (!throughMidnight || daily.size() > 1) { // else round the clock
        const qint64 midnight = midnightBefore(time);
        const auto span = spanAt(daily, time - midnight);
        stretch = {midnight + span->from, midnight + span->until};
        if (throughMidnight && span->from == 0)
            stretch.from = midnight - duration::day + daily.back().from;
        if (throughMidnight && span->until == duration::day)
            stretch.until = midnight + duration::day + daily.front().until;
    }
    const auto next = spanAt(off, time);
    if (next != off.end() && (stretch.until == 0 || next->from < stretch.until))
        stretch.until = next->from;
    if (next != off.begin())
        stretch.from = std::max(stretch.from, std::prev(next)->until);
    return stretch;
}

ContactState ContactHours::state(const QString &type, qint64 now) const
{
    using Availability = ContactState::Availability;
    ContactState state;
    state.isBestEffort = m_language == LanguageService::BestEffort;
    if (m_language == LanguageService::Unavailable) {
        state.availability = Availability::Unavailable;
        return state;
    }
    const Hours *hours = find(type);
    if (!hours) {
        state.availability = m_hours.empty() ? Availability::Unknown : Availability::Unavailable;
        return state;
    }
    if (hours->daily.empty())
        return state;
    const qint64 opens = hours->opensFrom(now);
    state.availability = opens == now ? Availability::Open : Availability::Closed;
    state.isDayOff = contains(hours->off, now);
    if (opens >= 0) {
        const TimeSpan stretch = hours->stretchAt(opens);
        state.from = stretch.from;
        state.until = stretch.until;
    }
    return state;
}

QList<ContactDay> ContactHours::calendar(const QString &type, QDate first, int days, const QTimeZone &zone) const
{
    const QTimeZone valid = zone.isValid() ? zone : QTimeZone::utc();
    const Hours *hours = m_language == LanguageService::Unavailable ? nullptr : find(type);
    QList<ContactDay> calendar;
    for (int i = 0; i < days; ++i) {
        ContactDay shown;
        shown.date = first.addDays(i);
        shown.whole = {shown.date.startOfDay(valid).toMSecsSinceEpoch(),
                       shown.date.addDays(1).startOfDay(valid).toMSecsSinceEpoch()};
        if (hours) {
            const auto off = spanAt(hours->off, shown.whole.from);
            shown.isDayOff = off != hours->off.end() && off->from < shown.whole.until;
            qint64 at = hours->opensFrom(shown.whole.from);
            while (at >= 0 && at < shown.whole.until) {
                const qint64 until = hours->stretchAt(at).until;
                const qint64 cut = until == 0 ? shown.whole.until : std::min(until, shown.whole.until);
                shown.open.append({at, cut});
                at = hours->opensFrom(cut);
            }
        }
        calendar.append(shown);
    }
    return calendar;
}

} // namespace casement
