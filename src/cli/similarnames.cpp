#include "cli/similarnames.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostSimilar = 3;
constexpr qsizetype mostListed = 10;
constexpr qsizetype comparedLength = 100; // what is longer is no name

/// Letters to be put in, taken out or changed (V. I. Levenshtein, 1965).
int distanceOf(QStringView a, QStringView b)
{
    std::vector<int> row(size_t(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = std::exchange(row[0], int(i) + 1);
        for (size_t j = 1; j < row.size(); ++j) {
            const int changed = diagonal + (a[i] == b[qsizetype(j) - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

QString quotedList(const QStringList &names, QLatin1StringView lastJoint)
{
    QStringList quoted;
    for (const QString &name : names)
        quoted.append(u'"' + name + u'"');
    const QString last = quoted.takeLast();
    return quoted.isEmpty() ? last : quoted.join(u", "_s) + lastJoint + last;
}

} // namespace

QStringList similarNames(const QString &name, const QStringList &names)
{
    const QString wanted = name.left(comparedLength).toCaseFolded();
    std::vector<std::pair<int, QString>> near;
    for (const QString &known : names) {
        const QString folded = known.left(comparedLength).toCaseFolded();
        int distance = distanceOf(wanted, folded);
        if (wanted.size() > 1 && folded.contains(wanted))
            distance = std::min(distance, 1);
        if (distance <= std::max<qsizetype>(2, wanted.size() / 3) && distance < folded.size())
            near.emplace_back(distance, known);
    }
    std::stable_sort(near.begin(), near.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    QStringList found;
    for (const auto &[distance, known] : near) {
        if (found.size() < mostSimilar)
            found.append(known);
    }
    return found;
}

QString meantInstead(const QString &name, const QStringList &names)
{
    if (const QStringList near = similarNames(name, names); !near.isEmpty())
        return u" Did you mean %1?"_s.arg(quotedList(near, " or "_L1));
    if (names.isEmpty() || names.size() > mostListed)
        return {};
    return u" There %1 %2."_s.arg(names.size() == 1 ? "is"_L1 : "are"_L1, quotedList(names, " and "_L1));
}

} // namespace casement::cli
