#include "archive/datewords.h"

#include "archive/searchtext.h"

#include <QDate>
#include <QRegularExpression>
#include <QStringList>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <optional>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

struct DateKey
{
    QLatin1StringView name;
    TimeRange DateWords::*range;
    bool isEnd = false;
};

constexpr std::array dateKeys{
    DateKey{"after:"_L1, &DateWords::updated, false},
    DateKey{"before:"_L1, &DateWords::updated, true},
    DateKey{"created-after:"_L1, &DateWords::created, false},
    DateKey{"created-before:"_L1, &DateWords::created, true},
};

struct NamedDay
{
    QDate day;
    bool isRelative = false; ///< another one tomorrow
};

std::optional<NamedDay> namedDay(const QString &text, QDate today)
{
    if (text == "today"_L1)
        return NamedDay{today, true};
    if (text == "yesterday"_L1)
        return NamedDay{today.addDays(-1), true};
    static const QRegularExpression age(u"\\A([0-9]{1,4})([dwmy])\\z"_s);
    if (const QRegularExpressionMatch match = age.match(text); match.hasMatch()) {
        const int number = -match.captured(1).toInt();
        const QChar unit = match.captured(2).front();
        const QDate day = unit == u'd' ? today.addDays(number)
            : unit == u'w'             ? today.addDays(number * 7)
            : unit == u'm'             ? today.addMonths(number)
                                       : today.addYears(number);
        return day.isValid() ? std::optional(NamedDay{day, true}) : std::nullopt;
    }
    static const QRegularExpression date(u"\\A([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?\\z"_s);
    const QRegularExpressionMatch match = date.match(text);
    const auto part = [&match](int number) {
        return match.capturedLength(number) > 0 ? match.captured(number).toInt() : 1;
    };
    const QDate day = match.hasMatch() ? QDate(part(1), part(2), part(3)) : QDate();
    return day.isValid() && day.year() > 1970 ? std::optional(NamedDay{day}) : std::nullopt;
}

} // namespace

DateWords readDateWords(const QString &typed, const QDateTime &now)
{
    DateWords read;
    QStringList rest;
    bool hasKeys = false;
    static const QRegularExpression spaces(u"\\s+"_s, QRegularExpression::UseUnicodePropertiesOption);
    for (const QString &word : typed.split(spaces, Qt::SkipEmptyParts)) {
        const QString folded = foldForSearch(word);
        const auto key = std::find_if(dateKeys.begin(), dateKeys.end(),
                                      [&folded](const DateKey &one) { return folded.startsWith(one.name); });
        if (key == dateKeys.end()) {
            rest.append(word);
            continue;
        }
        hasKeys = true;
        const std::optional<NamedDay> day = namedDay(folded.sliced(key->name.size()), now.date());
        if (!day) {
            if (read.wrong.isEmpty())
                read.wrong = word;
            continue;
        }
        TimeRange &range = read.*key->range;
        const qint64 begin = day->day.startOfDay(now.timeZone()).toMSecsSinceEpoch();
        if (key->isEnd)
            range.until = std::min(range.until, begin);
        else
            range.from = std::max(range.from, begin);
        if (day->isRelative)
            read.validUntil = now.date().addDays(1).startOfDay(now.timeZone()).toMSecsSinceEpoch();
    }
    read.words = hasKeys ? rest.join(u' ') : typed;
    return read;
}

} // namespace casement
