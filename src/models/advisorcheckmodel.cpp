#include "models/advisorcheckmodel.h"

#include "archive/searchtext.h"
#include "base/wordslocale.h"
#include "models/names.h"
#include "support/advisorresult.h"

#include <QCollator>

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array categoryOrder{"cost_optimizing"_L1, "performance"_L1,    "security"_L1,
                                   "fault_tolerance"_L1, "service_limits"_L1, "operational_excellence"_L1};
constexpr qint64 mostCounted = 1'000'000'000'000; // beyond all that can be; sums of them are numbers still
constexpr quintptr categoryId = 0; // of the index of a category; that of a check is its group plus one

int severityOf(const QString &status) { return advisorSeverity(status.toUtf8().toStdString()); }

qsizetype rankOf(const QString &category)
{
    return std::find(categoryOrder.begin(), categoryOrder.end(), category) - categoryOrder.begin();
}

} // namespace

AdvisorCheckModel::AdvisorCheckModel(const AccountModel &accounts, QObject *parent)
    : QAbstractItemModel(parent), m_accounts(accounts)
{
    connect(&accounts, &AccountModel::changed, this, &AdvisorCheckModel::retranslate);
}

AdvisorCheckModel::~AdvisorCheckModel() = default;

QString AdvisorCheckModel::foldedOf(const AdvisorCheckRecord &check) const
{
    return foldForSearch(check.name + u'\n' + check.checkId + u'\n' + nameOf(check.category) + u'\n'
                         + m_accounts.name(check.account));
}

QString AdvisorCheckModel::nameOf(const QString &category)
{
    return Names::advisorCategory(category.toUtf8().toStdString());
}

quint32 AdvisorCheckModel::groupOf(const QString &code)
{
    for (quint32 group = 0; group < m_groups.size(); ++group) {
        if (m_groups[group].code == code)
            return group;
    }
    m_groups.push_back({code, {}});
    return quint32(m_groups.size() - 1);
}

void AdvisorCheckModel::setChecks(AccountId account, const QList<AdvisorCheckRecord> &checks)
{
    setChecks(QHash<AccountId, QList<AdvisorCheckRecord>>{{account, checks}});
}

void AdvisorCheckModel::setChecks(const QHash<AccountId, QList<AdvisorCheckRecord>> &checks)
{
    std::vector<quint32> changed;
    QSet<quint32> seen;
    for (auto it = checks.cbegin(); it != checks.cend(); ++it) {
        for (const AdvisorCheckRecord &check : it.value()) {
            take(check, changed);
            seen.insert(m_byKey.value(Key(it.key(), check.checkId)));
        }
    }
    for (auto it = m_byKey.cbegin(); it != m_byKey.cend(); ++it) {
        if (checks.contains(it.key().first) && !seen.contains(it.value()))
            m_entries[it.value()].isAlive = false;
    }
    rearrange();
    for (const quint32 entry : changed) {
        const AdvisorCheckRecord &check = m_entries[entry].check;
        if (const QModelIndex place = indexOf(check.account, check.checkId); place.isValid())
            Q_EMIT dataChanged(place, place.siblingAtColumn(ColumnCount - 1));
    }
}

void AdvisorCheckModel::take(const AdvisorCheckRecord &given, std::vector<quint32> &changed)
{
    AdvisorCheckRecord check = given;
    check.description.clear();
    if (check.category.isEmpty())
        check.category = Names::noAdvisorCategory();
    const Key key(check.account, check.checkId);
    auto at = m_byKey.find(key);
    const bool isNew = at == m_byKey.end();
    if (isNew) {
        at = m_byKey.insert(key, quint32(m_entries.size()));
        m_entries.emplace_back();
        m_groupOfEntry.push_back(groupOf(check.category));
    }
    Entry &entry = m_entries[*at];
    if (entry.isAlive && entry.check == check)
        return;
    if (entry.isAlive && entry.check.category != check.category) {
        entry.isAlive = false; // its row goes from one category and comes in another
        rearrange();
    }
    m_isUnranked = m_isUnranked || isNew || entry.check.name != check.name;
    if (!isNew && entry.isAlive)
        changed.push_back(*at);
    entry.check = check;
    entry.folded = foldedOf(check);
    entry.severity = severityOf(check.status);
    entry.isAlive = true;
    m_groupOfEntry[*at] = groupOf(check.category);
}

/// The same name in many accounts is compared once.
void AdvisorCheckModel::rankNames()
{
    QHash<QString, quint32> ranks;
    QStringList names;
    for (const Entry &entry : m_entries) {
        if (!ranks.contains(entry.check.name)) {
            ranks.insert(entry.check.name, 0);
            names.append(entry.check.name);
        }
    }
    QList<std::pair<QString, QString>> folded;
    for (const QString &name : std::as_const(names))
        folded.append({foldForSearch(name), name});
    QCollator collator(wordsLocale());
    collator.setNumericMode(true); // "Check 9" before "Check 10", as resources are sorted
    std::sort(folded.begin(), folded.end(), [&collator](const auto &a, const auto &b) {
        const int order = collator.compare(a.first, b.first);
        return order != 0 ? order < 0 : a < b;
    });
    for (qsizetype rank = 0; rank < folded.size(); ++rank)
        ranks[folded.at(rank).second] = quint32(rank);
    for (Entry &entry : m_entries)
        entry.nameRank = ranks.value(entry.check.name);
    m_isUnranked = false;
}

void AdvisorCheckModel::keepAccounts(const QList<AccountId> &accounts)
{
    for (Entry &entry : m_entries)
        entry.isAlive = entry.isAlive && accounts.contains(entry.check.account);
    rearrange();
}

void AdvisorCheckModel::setFilter(const AdvisorFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    rearrange();
}

void AdvisorCheckModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= ColumnCount)
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    rearrange();
}

bool AdvisorCheckModel::isOurs(const AdvisorCheckRecord &check) const
{
    return m_filter.accounts.isEmpty() || m_filter.accounts.contains(check.account);
}

bool AdvisorCheckModel::isShown(const Entry &entry, const QStringList &words) const
{
    const AdvisorCheckRecord &check = entry.check;
    if (!entry.isAlive || !isOurs(check) || (!m_filter.category.isEmpty() && check.category != m_filter.category))
        return false;
    if (m_filter.status == "!ok"_L1) {
        if (check.status != "error"_L1 && check.status != "warning"_L1)
            return false;
    } else if (!m_filter.status.isEmpty() && check.status != m_filter.status) {
        return false;
    }
    return std::all_of(words.begin(), words.end(), [&](const QString &word) { return entry.folded.contains(word); });
}

/// By the chosen column, then by name, then by account; what is the same stays the same in either direction.
bool AdvisorCheckModel::isBefore(quint32 a, quint32 b) const
{
    const AdvisorCheckRecord &one = m_entries[a].check;
    const AdvisorCheckRecord &other = m_entries[b].check;
    const auto compare = [&]() -> int {
        const auto sign = [](auto x, auto y) { return x < y ? -1 : x > y ? 1 : 0; };
        switch (m_sortColumn) {
        case Check:
            return sign(m_entries[a].nameRank, m_entries[b].nameRank);
        case Status:
            if (const int severity = sign(m_entries[a].severity, m_entries[b].severity); severity != 0)
                return severity;
            return sign(one.counts.resourcesFlagged, other.counts.resourcesFlagged);
        case Account:
            return sign(m_accounts.rank(one.account), m_accounts.rank(other.account));
        case Flagged:
            return sign(one.counts.resourcesFlagged, other.counts.resourcesFlagged);
        case Savings:
            return sign(one.savings.estimatedMonthlySavings, other.savings.estimatedMonthlySavings);
        case Age: // the youngest age is the newest time
            return sign(other.time, one.time);
        case Refresh:
            return sign(one.refresh.isAutomatic ? -1 : one.refresh.nextRefreshable,
                        other.refresh.isAutomatic ? -1 : other.refresh.nextRefreshable);
        default:
            return 0;
        }
    };
    const int order = compare();
    if (order != 0)
        return m_sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
    if (m_entries[a].nameRank != m_entries[b].nameRank)
        return m_entries[a].nameRank < m_entries[b].nameRank;
    const qint64 account = m_accounts.rank(one.account) - m_accounts.rank(other.account);
    return account != 0 ? account < 0 : a < b;
}

void AdvisorCheckModel::rearrange()
{
    if (m_isUnranked)
        rankNames();
    const QStringList words = foldForSearch(m_filter.words).simplified().split(u' ', Qt::SkipEmptyParts);
    std::vector<std::vector<quint32>> wanted(m_groups.size());
    for (quint32 entry = 0; entry < m_entries.size(); ++entry) {
        if (isShown(m_entries[entry], words))
            wanted[m_groupOfEntry[entry]].push_back(entry);
    }
    std::vector<quint32> order;
    for (quint32 group = 0; group < wanted.size(); ++group) {
        std::sort(wanted[group].begin(), wanted[group].end(), [this](quint32 a, quint32 b) { return isBefore(a, b); });
        if (!wanted[group].empty())
            order.push_back(group);
        m_groups[group].sum = {};
        for (const quint32 entry : wanted[group])
            add(m_groups[group].sum, m_entries[entry].check);
    }
    std::sort(order.begin(), order.end(), [this](quint32 a, quint32 b) {
        const qsizetype one = rankOf(m_groups[a].code);
        const qsizetype other = rankOf(m_groups[b].code);
        return one != other ? one < other : m_groups[a].code < m_groups[b].code;
    });
    count(); // before anybody hears of rows
    for (int place = int(m_shownGroups.size()) - 1; place >= 0; --place) {
        const quint32 group = m_shownGroups[size_t(place)];
        if (!wanted[group].empty())
            continue;
        beginRemoveRows({}, place, place);
        m_shownGroups.erase(m_shownGroups.begin() + place);
        m_groups[group].shown.clear();
        endRemoveRows();
    }
    for (size_t place = 0; place < order.size(); ++place) {
        const quint32 group = order[place];
        if (place < m_shownGroups.size() && m_shownGroups[place] == group) {
            arrangeGroup(group, wanted[group]);
            continue;
        }
        // Their order never changes, so what is not here is nowhere.
        beginInsertRows({}, int(place), int(place));
        m_groups[group].shown = wanted[group];
        m_shownGroups.insert(m_shownGroups.begin() + qptrdiff(place), group);
        endInsertRows();
    }
    if (!m_shownGroups.empty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_shownGroups.size()) - 1, ColumnCount - 1));
    Q_EMIT countsChanged();
}

/// What is gone goes, what stays moves, what is new comes.
void AdvisorCheckModel::arrangeGroup(quint32 group, const std::vector<quint32> &wanted)
{
    std::vector<quint32> &shown = m_groups[group].shown;
    if (shown == wanted)
        return;
    const QModelIndex parent = index(placeOf(group), 0);
    std::vector<quint8> isWanted(m_entries.size(), 0);
    for (const quint32 entry : wanted)
        isWanted[entry] = 1;
    for (int last = int(shown.size()) - 1; last >= 0; --last) {
        if (isWanted[shown[size_t(last)]])
            continue;
        int first = last;
        while (first > 0 && !isWanted[shown[size_t(first) - 1]])
            --first;
        beginRemoveRows(parent, first, last);
        shown.erase(shown.begin() + first, shown.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
    std::vector<quint8> isThere(m_entries.size(), 0);
    for (const quint32 entry : shown)
        isThere[entry] = 1;
    std::vector<quint32> kept;
    for (const quint32 entry : wanted) {
        if (isThere[entry])
            kept.push_back(entry);
    }
    if (kept != shown) {
        Q_EMIT layoutAboutToBeChanged({parent}, QAbstractItemModel::VerticalSortHint);
        const std::vector<quint32> before = std::exchange(shown, kept);
        std::vector<int> places(m_entries.size(), -1);
        for (size_t row = 0; row < shown.size(); ++row)
            places[shown[row]] = int(row);
        const QModelIndexList old = persistentIndexList();
        for (const QModelIndex &one : old) {
            if (one.internalId() == quintptr(group) + 1)
                changePersistentIndex(one,
                                      createIndex(places[before[size_t(one.row())]], one.column(), one.internalId()));
        }
        Q_EMIT layoutChanged({parent}, QAbstractItemModel::VerticalSortHint);
    }
    for (size_t row = 0; row < wanted.size(); ++row) {
        if (row < shown.size() && shown[row] == wanted[row])
            continue;
        size_t end = row;
        while (end < wanted.size() && !isThere[wanted[end]])
            ++end;
        beginInsertRows(parent, int(row), int(end) - 1);
        shown.insert(shown.begin() + qptrdiff(row), wanted.begin() + qptrdiff(row), wanted.begin() + qptrdiff(end));
        endInsertRows();
        row = end - 1;
    }
}

void AdvisorCheckModel::add(AdvisorCategory &sum, const AdvisorCheckRecord &check)
{
    if (check.isGone || !check.hasSummary)
        return;
    ++sum.checks;
    if (check.status == "error"_L1)
        ++sum.errors;
    else if (check.status == "warning"_L1)
        ++sum.warnings;
    else if (check.status == "ok"_L1)
        ++sum.ok;
    else
        ++sum.notAvailable;
    sum.flagged += std::clamp<qint64>(check.counts.resourcesFlagged, 0, mostCounted);
    sum.savings += check.savings.estimatedMonthlySavings;
    sum.newest = std::max(sum.newest, check.time);
}

void AdvisorCheckModel::count()
{
    QHash<QString, AdvisorCategory> sums;
    for (const Entry &entry : m_entries) {
        const AdvisorCheckRecord &check = entry.check;
        if (!entry.isAlive || !isOurs(check) || check.isGone)
            continue;
        AdvisorCategory &sum = sums[check.category];
        sum.code = check.category;
        add(sum, check);
    }
    m_categories = sums.values();
    std::sort(m_categories.begin(), m_categories.end(), [](const AdvisorCategory &a, const AdvisorCategory &b) {
        const qsizetype one = rankOf(a.code);
        const qsizetype other = rankOf(b.code);
        return one != other ? one < other : a.code < b.code;
    });
}

int AdvisorCheckModel::placeOf(quint32 group) const
{
    const auto at = std::find(m_shownGroups.begin(), m_shownGroups.end(), group);
    return at == m_shownGroups.end() ? -1 : int(at - m_shownGroups.begin());
}

QModelIndex AdvisorCheckModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(m_shownGroups[size_t(parent.row())]) + 1 : categoryId);
}

QModelIndex AdvisorCheckModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == categoryId)
        return {};
    const int place = placeOf(quint32(child.internalId() - 1));
    return place < 0 ? QModelIndex() : createIndex(place, 0, categoryId);
}

int AdvisorCheckModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_shownGroups.size());
    if (parent.internalId() != categoryId || parent.column() > 0)
        return 0;
    return int(m_groups[m_shownGroups[size_t(parent.row())]].shown.size());
}

int AdvisorCheckModel::columnCount(const QModelIndex &) const { return ColumnCount; }

Qt::ItemFlags AdvisorCheckModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.internalId() != categoryId)
        flags |= Qt::ItemNeverHasChildren;
    return flags;
}

const AdvisorCheckRecord *AdvisorCheckModel::checkAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == categoryId)
        return nullptr;
    const Group &group = m_groups[index.internalId() - 1];
    return size_t(index.row()) < group.shown.size() ? &m_entries[group.shown[size_t(index.row())]].check : nullptr;
}

const AdvisorCheckRecord *AdvisorCheckModel::find(AccountId account, const QString &checkId) const
{
    const auto at = m_byKey.constFind(Key(account, checkId));
    return at != m_byKey.cend() && m_entries[*at].isAlive ? &m_entries[*at].check : nullptr;
}

QModelIndex AdvisorCheckModel::indexOf(AccountId account, const QString &checkId) const
{
    const auto at = m_byKey.constFind(Key(account, checkId));
    if (at == m_byKey.cend())
        return {};
    const quint32 group = m_groupOfEntry[*at];
    const std::vector<quint32> &shown = m_groups[group].shown;
    const auto row = std::find(shown.begin(), shown.end(), *at);
    return row == shown.end() ? QModelIndex() : createIndex(int(row - shown.begin()), 0, quintptr(group) + 1);
}

QModelIndex AdvisorCheckModel::indexOfCategory(const QString &code) const
{
    for (size_t place = 0; place < m_shownGroups.size(); ++place) {
        if (m_groups[m_shownGroups[place]].code == code)
            return createIndex(int(place), 0, categoryId);
    }
    return {};
}

QList<AdvisorCheckRecord> AdvisorCheckModel::shownChecks() const
{
    QList<AdvisorCheckRecord> checks;
    for (const quint32 group : m_shownGroups) {
        for (const quint32 entry : m_groups[group].shown)
            checks.append(m_entries[entry].check);
    }
    return checks;
}

QList<AdvisorCheckRecord> AdvisorCheckModel::allChecks() const
{
    QList<AdvisorCheckRecord> checks;
    for (const Entry &entry : m_entries) {
        if (entry.isAlive && isOurs(entry.check))
            checks.append(entry.check);
    }
    std::stable_sort(checks.begin(), checks.end(), [](const AdvisorCheckRecord &a, const AdvisorCheckRecord &b) {
        return std::tuple(rankOf(a.category), a.category, a.name, a.account)
            < std::tuple(rankOf(b.category), b.category, b.name, b.account);
    });
    return checks;
}

int AdvisorCheckModel::shownCount() const
{
    return std::accumulate(m_shownGroups.begin(), m_shownGroups.end(), 0,
                           [this](int sum, quint32 group) { return sum + int(m_groups[group].shown.size()); });
}

int AdvisorCheckModel::totalCount() const
{
    return int(std::count_if(m_entries.begin(), m_entries.end(),
                             [this](const Entry &entry) { return entry.isAlive && isOurs(entry.check); }));
}

QList<AdvisorCheckRecord> AdvisorCheckModel::largestSavings(int most) const
{
    QList<AdvisorCheckRecord> checks;
    for (const Entry &entry : m_entries) {
        if (entry.isAlive && isOurs(entry.check) && entry.check.savings.estimatedMonthlySavings > 0)
            checks.append(entry.check);
    }
    std::stable_sort(checks.begin(), checks.end(), [](const AdvisorCheckRecord &a, const AdvisorCheckRecord &b) {
        return a.savings.estimatedMonthlySavings > b.savings.estimatedMonthlySavings;
    });
    return checks.size() > most ? checks.first(most) : checks;
}

QVariant AdvisorCheckModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (const AdvisorCheckRecord *check = checkAt(index))
        return checkData(*check, index.column(), role);
    if (index.internalId() != categoryId || size_t(index.row()) >= m_shownGroups.size())
        return {};
    return categoryData(m_groups[m_shownGroups[size_t(index.row())]], index.column(), role);
}

void AdvisorCheckModel::tick()
{
    for (int place = 0; place < rowCount(); ++place) {
        const QModelIndex parent = index(place, 0);
        if (const int rows = rowCount(parent); rows > 0)
            Q_EMIT dataChanged(index(0, Age, parent), index(rows - 1, Refresh, parent), {Qt::DisplayRole});
    }
}

void AdvisorCheckModel::retranslate()
{
    for (Entry &entry : m_entries)
        entry.folded = foldedOf(entry.check);
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    rearrange();
    for (int place = 0; place < rowCount(); ++place) {
        const QModelIndex parent = index(place, 0);
        Q_EMIT dataChanged(index(0, 0, parent), index(rowCount(parent) - 1, ColumnCount - 1, parent));
    }
}

} // namespace casement
