#include "models/servicemodel.h"

#include "archive/searchtext.h"
#include "base/wordslocale.h"
#include "models/displaytext.h"
#include "models/roles.h"
#include "models/wordbeginning.h"

#include <QCollator>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace casement {

namespace {

constexpr qsizetype longestFilter = 200;

/// Where what was typed stands, the best last.
enum class Match { None, Inside, Beginnings };

Match matchOf(const QString &folded, const QString &word)
{
    Match match = Match::None;
    for (qsizetype at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
        if (isWordBeginning(folded, at))
            return Match::Beginnings;
        match = Match::Inside;
    }
    return match;
}

Match matchOf(const QString &folded, const QStringList &words)
{
    Match worst = Match::Beginnings;
    for (const QString &word : words) {
        worst = std::min(worst, matchOf(folded, word));
        if (worst == Match::None)
            break;
    }
    return worst;
}

} // namespace

int CodeListModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

QVariant CodeListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole: // what a completer or a combo box compares
        return row.name;
    case Qt::ToolTipRole:
        return toolTipText(displayText(row.code));
    case KeyRole:
        return row.code;
    default:
        return {};
    }
}

QString CodeListModel::codeAt(int row) const { return row < 0 ? QString() : m_rows.value(row).code; }

int CodeListModel::rowOf(const QString &code) const
{
    const auto at = std::find_if(m_rows.cbegin(), m_rows.cend(), [&code](const Row &row) { return row.code == code; });
    return at == m_rows.cend() ? -1 : int(at - m_rows.cbegin());
}

QList<CodeListModel::Row> CodeListModel::tidied(QList<Row> rows)
{
    QSet<QString> seen;
    rows.removeIf([&seen](const Row &row) {
        if (row.code.isEmpty() || seen.contains(row.code))
            return true;
        seen.insert(row.code);
        return false;
    });
    for (Row &row : rows)
        row.name = displayText(row.name.isEmpty() ? row.code : row.name);
    return rows;
}

void CodeListModel::show(const QList<Row> &wanted)
{
    removeOthers(wanted);
    arrange(wanted);
    insertMissing(wanted);
    update(wanted);
}

void CodeListModel::removeOthers(const QList<Row> &wanted)
{
    QSet<QString> codes;
    for (const Row &row : wanted)
        codes.insert(row.code);
    for (qsizetype end = m_rows.size(); end > 0;) {
        qsizetype first = end;
        while (first > 0 && !codes.contains(m_rows[first - 1].code))
            --first;
        if (first < end) {
            beginRemoveRows({}, int(first), int(end) - 1);
            m_rows.remove(first, end - first);
            endRemoveRows();
        }
        end = first - 1;
    }
}

/// Puts the rows that are there in their new order.
void CodeListModel::arrange(const QList<Row> &wanted)
{
    QHash<QString, qsizetype> place;
    for (qsizetype i = 0; i < wanted.size(); ++i)
        place.insert(wanted[i].code, i);
    const auto isBefore = [&place](const Row &a, const Row &b) { return place.value(a.code) < place.value(b.code); };
    if (std::is_sorted(m_rows.cbegin(), m_rows.cend(), isBefore))
        return;
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    QStringList codes;
    for (const QModelIndex &index : before)
        codes.append(m_rows[index.row()].code);
    std::sort(m_rows.begin(), m_rows.end(), isBefore);
    QModelIndexList after;
    for (const QString &code : std::as_const(codes))
        after.append(index(rowOf(code)));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

void CodeListModel::insertMissing(const QList<Row> &wanted)
{
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (i < m_rows.size() && m_rows[i].code == wanted[i].code)
            continue;
        qsizetype end = i + 1;
        while (end < wanted.size() && (i >= m_rows.size() || wanted[end].code != m_rows[i].code))
            ++end;
        beginInsertRows({}, int(i), int(end) - 1);
        m_rows = m_rows.first(i) + wanted.sliced(i, end - i) + m_rows.sliced(i);
        endInsertRows();
        i = end - 1;
    }
}

void CodeListModel::update(const QList<Row> &wanted)
{
    const auto isSame = [](const Row &a, const Row &b) {
        return a.name == b.name && a.isRecent == b.isRecent
            && std::equal(a.categories.cbegin(), a.categories.cend(), b.categories.cbegin(), b.categories.cend(),
                          [](const Category &x, const Category &y) { return x.code == y.code && x.name == y.name; });
    };
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (isSame(m_rows[i], wanted[i]))
            continue;
        m_rows[i] = wanted[i];
        Q_EMIT dataChanged(index(int(i)), index(int(i)));
    }
}

QVariant ServiceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rows().size())
        return {};
    const Row &row = rows()[index.row()];
    switch (role) {
    case ServiceCodeRole:
        return row.code;
    case CategoriesRole:
        return QVariant::fromValue(row.categories);
    case RecentRole:
        return row.isRecent;
    default:
        return CodeListModel::data(index, role);
    }
}

void ServiceModel::setServices(const QList<Service> &services)
{
    QList<Row> rows;
    for (const Service &service : services)
        rows.append({service.code, service.name, service.categories});
    m_entries.clear();
    for (const Row &row : tidied(std::move(rows)))
        m_entries.push_back({row, foldForSearch(QString(row.name + u'\n' + row.code))});
    arrange();
    refresh();
}

void ServiceModel::setRecent(const QStringList &codes)
{
    m_recent = codes;
    refresh();
}

void ServiceModel::setFilter(const QString &typed)
{
    m_filter = typed;
    m_words = foldForSearch(QStringView(typed).first(std::min(typed.size(), longestFilter)))
                  .simplified()
                  .split(u' ', Qt::SkipEmptyParts);
    refresh();
}

const ServiceModel::Entry *ServiceModel::find(const QString &code) const
{
    const auto at = std::find_if(m_entries.cbegin(), m_entries.cend(),
                                 [&code](const Entry &entry) { return entry.row.code == code; });
    return at == m_entries.cend() ? nullptr : &*at;
}

QList<Category> ServiceModel::categories(const QString &code) const
{
    const Entry *entry = find(code);
    return entry ? entry->row.categories : QList<Category>();
}

QString ServiceModel::name(const QString &code) const
{
    const Entry *entry = find(code);
    return entry ? entry->row.name : displayText(code);
}

void ServiceModel::retranslate()
{
    arrange();
    refresh();
}

void ServiceModel::arrange()
{
    QCollator collator(wordsLocale());
    collator.setNumericMode(true);
    std::sort(m_entries.begin(), m_entries.end(), [&collator](const Entry &a, const Entry &b) {
        const int order = collator.compare(a.row.name, b.row.name);
        return order != 0 ? order < 0 : a.row.code < b.row.code;
    });
}

void ServiceModel::refresh()
{
    struct Candidate
    {
        const Entry *entry;
        Match match;
        qsizetype recency; // 0: the last used one
    };
    std::vector<Candidate> candidates;
    for (const Entry &entry : m_entries) {
        const Match match = matchOf(entry.folded, m_words);
        const qsizetype recent = m_recent.indexOf(entry.row.code);
        if (match != Match::None)
            candidates.push_back({&entry, match, recent < 0 ? m_recent.size() : recent});
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate &a, const Candidate &b) {
        return a.match != b.match ? a.match > b.match : a.recency < b.recency;
    });
    QList<Row> wanted;
    for (const Candidate &candidate : candidates) {
        wanted.append(candidate.entry->row);
        wanted.last().isRecent = candidate.recency < m_recent.size();
    }
    show(wanted);
}

void CategoryModel::setCategories(const QList<Category> &categories)
{
    QList<Row> rows;
    for (const Category &category : categories)
        rows.append({category.code, category.name});
    show(tidied(std::move(rows)));
}

} // namespace casement
