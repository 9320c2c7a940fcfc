#include "models/recordmodel.h"

#include "base/background.h"
#include "base/wordslocale.h"

#include <QHashFunctions>
#include <QScopedValueRollback>

#include <algorithm>

namespace casement {

namespace {

// Up to this many ranges are told one by one; more are one permutation, which costs a view less.
constexpr size_t exactRanges = 8;
// Ranked at once, by binary search: about 8 µs each.
constexpr size_t settledAtOnce = 400;
// Ranked at once as a whole; more go to a pool thread.
constexpr size_t rankedAtOnce = 4000;
// Nothing came for so long: time to rank what the person may sort by next.
constexpr int idleAfter = 1000; // ms

/// [first, last] of each run of following numbers. Wants them in order.
std::vector<std::pair<int, int>> ranges(const std::vector<int> &rows)
{
    std::vector<std::pair<int, int>> result;
    for (const int row : rows) {
        if (!result.empty() && result.back().second + 1 == row)
            result.back().second = row;
        else
            result.emplace_back(row, row);
    }
    return result;
}

} // namespace

RecordModelBase::RecordModelBase(QObject *parent) : QAbstractTableModel(parent)
{
    m_idle.setSingleShot(true);
    m_idle.setInterval(idleAfter);
    connect(&m_idle, &QTimer::timeout, this, &RecordModelBase::rankAhead);
}
RecordModelBase::~RecordModelBase() = default;

int RecordModelBase::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

int RecordModelBase::rowOf(Slot slot) const
{
    if (slot >= m_accepted.size() || !m_accepted[slot])
        return -1;
    auto at = std::lower_bound(m_rows.begin(), m_rows.end(), slot, [this](Slot a, Slot b) { return before(a, b); });
    if (at == m_rows.end() || *at != slot) // asked from a slot of one of our signals, between two of them
        at = std::find(m_rows.begin(), m_rows.end(), slot);
    return at == m_rows.end() ? -1 : int(at - m_rows.begin());
}

qint64 RecordModelBase::primaryKey(Slot slot) const
{
    if (m_keyColumn < 0)
        return 0;
    const qint64 key = isTextColumn(m_keyColumn) ? (m_ranks.isRanked(slot) ? m_ranks.at(slot) : sortsLast)
                                                 : sortKey(m_keyColumn, slot);
    if (m_keyOrder == Qt::AscendingOrder || key == sortsLast)
        return key;
    return key == std::numeric_limits<qint64>::min() ? sortsLast - 1 : -key;
}

RecordModelBase::Key RecordModelBase::keyFor(Slot slot) const
{
    const qint64 newer = slotNewness(slot);
    return {m_grouped ? slotGroup(slot) : 0, primaryKey(slot),
            newer == std::numeric_limits<qint64>::min() ? sortsLast : -newer};
}

void RecordModelBase::computeKeys()
{
    for (Slot slot = 0; slot < m_keys.size(); ++slot) { // in the order of memory
        if (!slotUsed(slot))
            continue;
        m_keys[slot].group = m_grouped ? slotGroup(slot) : 0;
        m_keys[slot].primary = primaryKey(slot);
    }
}

void RecordModelBase::sortSlots(std::vector<Slot> &list) const
{
    struct Entry
    {
        Key key;
        Slot slot;
    };
    std::vector<Entry> entries; // keys beside their slots: half the time of looking them up
    entries.reserve(list.size());
    for (const Slot slot : list)
        entries.push_back({m_keys[slot], slot});
    std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
        if (a.key.group != b.key.group)
            return a.key.group < b.key.group;
        if (a.key.primary != b.key.primary)
            return a.key.primary < b.key.primary;
        return a.key.secondary != b.key.secondary ? a.key.secondary < b.key.secondary : a.slot < b.slot;
    });
    std::transform(entries.begin(), entries.end(), list.begin(), [](const Entry &entry) { return entry.slot; });
}

std::vector<RecordModelBase::Slot> RecordModelBase::withMerged(const std::vector<Slot> &list,
                                                               std::vector<Slot> extra) const
{
    sortSlots(extra);
    std::vector<Slot> result;
    result.reserve(list.size() + extra.size());
    auto from = list.begin();
    for (const Slot slot : extra) {
        const auto to = std::lower_bound(from, list.end(), slot, [this](Slot a, Slot b) { return before(a, b); });
        result.insert(result.end(), from, to);
        result.push_back(slot);
        from = to;
    }
    result.insert(result.end(), from, list.end());
    return result;
}

std::vector<RecordModelBase::Slot> RecordModelBase::without(const std::vector<Slot> &list,
                                                            const std::vector<Slot> &gone) const
{
    if (gone.empty())
        return list;
    std::vector<bool> isGone(m_keys.size());
    for (const Slot slot : gone)
        isGone[slot] = true;
    std::vector<Slot> result;
    result.reserve(list.size());
    std::copy_if(list.begin(), list.end(), std::back_inserter(result), [&](Slot slot) { return !isGone[slot]; });
    return result;
}

// ---------------------------------------------------------------------- what views are told

void RecordModelBase::permute(std::vector<Slot> &&target)
{
    Q_ASSERT(target.size() == m_rows.size());
    if (target == m_rows)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList from = persistentIndexList();
    std::vector<Slot> slotsOfFrom;
    slotsOfFrom.reserve(size_t(from.size()));
    for (const QModelIndex &index : from)
        slotsOfFrom.push_back(m_rows[size_t(index.row())]);
    m_rows = std::move(target);
    if (!from.isEmpty()) {
        std::vector<int> rowOfSlot(m_keys.size(), -1);
        for (size_t row = 0; row < m_rows.size(); ++row)
            rowOfSlot[m_rows[row]] = int(row);
        QModelIndexList to;
        to.reserve(from.size());
        for (qsizetype i = 0; i < from.size(); ++i)
            to.append(index(rowOfSlot[slotsOfFrom[size_t(i)]], from[i].column()));
        changePersistentIndexList(from, to);
    }
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void RecordModelBase::takeRows(std::vector<Slot> &&kept, const std::vector<Slot> &gone)
{
    if (gone.empty())
        return;
    std::vector<std::pair<int, int>> taken; // ranges, while they are few
    size_t next = 0;
    for (size_t row = 0; row < m_rows.size() && taken.size() <= exactRanges; ++row) {
        if (next < kept.size() && m_rows[row] == kept[next])
            ++next;
        else if (!taken.empty() && taken.back().second + 1 == int(row))
            taken.back().second = int(row);
        else
            taken.emplace_back(int(row), int(row));
    }
    if (taken.size() <= exactRanges) {
        for (auto range = taken.rbegin(); range != taken.rend(); ++range) {
            beginRemoveRows({}, range->first, range->second);
            m_rows.erase(m_rows.begin() + range->first, m_rows.begin() + range->second + 1);
            endRemoveRows();
        }
        return;
    }
    const size_t count = kept.size();
    kept.insert(kept.end(), gone.begin(), gone.end());
    permute(std::move(kept));
    beginRemoveRows({}, int(count), int(m_rows.size()) - 1);
    m_rows.resize(count);
    endRemoveRows();
}

void RecordModelBase::growTo(std::vector<Slot> &&target, std::vector<Slot> &&extra)
{
    if (extra.empty())
        return permute(std::move(target));
    std::vector<std::pair<int, int>> put; // ranges of the target, while they are few
    size_t known = 0;
    for (size_t row = 0; row < target.size() && put.size() <= exactRanges; ++row) {
        if (known < m_rows.size() && target[row] == m_rows[known])
            ++known;
        else if (!put.empty() && put.back().second + 1 == int(row))
            put.back().second = int(row);
        else
            put.emplace_back(int(row), int(row));
    }
    if (put.size() <= exactRanges && known == m_rows.size()) {
        for (const auto &[first, last] : put) {
            beginInsertRows({}, first, last);
            m_rows.insert(m_rows.begin() + first, target.begin() + first, target.begin() + last + 1);
            endInsertRows();
        }
        return;
    }
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + extra.size()) - 1);
    m_rows.insert(m_rows.end(), extra.begin(), extra.end());
    endInsertRows();
    permute(std::move(target));
}

void RecordModelBase::moveExactly(const std::vector<Slot> &target, const std::vector<Slot> &moved)
{
    std::vector<size_t> places; // of the moved ones in the target
    for (size_t row = 0; row < target.size() && places.size() < moved.size(); ++row) {
        if (std::find(moved.begin(), moved.end(), target[row]) != moved.end())
            places.push_back(row);
    }
    // Front to back, each behind the one it follows in the target: that one stands right already.
    for (const size_t place : places) {
        const auto begin = m_rows.begin();
        const auto from = std::find(begin, m_rows.end(), target[place]);
        const auto to = place == 0 ? begin : std::find(begin, m_rows.end(), target[place - 1]) + 1;
        if (from == to)
            continue;
        beginMoveRows({}, int(from - begin), int(from - begin), {}, int(to - begin));
        if (from < to)
            std::rotate(from, from + 1, to);
        else
            std::rotate(to, from, from + 1);
        endMoveRows();
    }
    Q_ASSERT(m_rows == target);
}

void RecordModelBase::announce(const std::vector<Slot> &changed)
{
    std::vector<int> rows;
    rows.reserve(changed.size());
    for (const Slot slot : changed)
        rows.push_back(rowOf(slot));
    if (rows.empty())
        return;
    std::sort(rows.begin(), rows.end());
    std::vector<std::pair<int, int>> told = ranges(rows);
    if (told.size() > exactRanges)
        told = {{told.front().first, told.back().second}};
    for (const auto &[first, last] : told)
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
}

void RecordModelBase::cellsChanged(int column)
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column));
}

// ---------------------------------------------------------------------- merging and filtering

void RecordModelBase::prepare(Slot slot)
{
    if (m_rankColumn >= 0)
        m_textsBefore.emplace_back(slot, qHash(sortText(m_rankColumn, slot).view()));
}

void RecordModelBase::apply(const Changes &changes)
{
    Q_ASSERT(!m_busy);
    const QScopedValueRollback busy(m_busy, true);
    const size_t totalBefore = m_sorted.size();

    // Where they stand now can be found while m_keys are the old ones; who is seen is asked before that changes.
    std::vector<Slot> gone;
    std::vector<Slot> come;
    std::vector<Slot> stay;
    for (const Slot slot : changes.removed) {
        if (m_accepted[slot])
            gone.push_back(slot);
        m_accepted[slot] = 0;
    }
    for (const Slot slot : changes.added) {
        if (slot >= m_keys.size()) {
            m_keys.resize(slot + 1);
            m_accepted.resize(slot + 1);
        }
    }
    for (const Slot slot : changes.changed) {
        const bool was = m_accepted[slot];
        const bool is = slotAccepts(slot);
        if (was)
            (is ? stay : gone).push_back(slot);
        else if (is)
            come.push_back(slot);
        m_accepted[slot] = is;
    }
    for (const Slot slot : changes.added) {
        m_accepted[slot] = slotAccepts(slot);
        if (m_accepted[slot])
            come.push_back(slot);
    }
    std::vector<Slot> rowsLeft = without(m_rows, gone);

    // Ranks of texts that came or changed.
    if (m_rankColumn >= 0) {
        for (const Slot slot : changes.removed)
            m_ranks.touch(slot);
        if (m_ranking) // the snapshot on its way still has them
            m_unranked.insert(m_unranked.end(), changes.removed.begin(), changes.removed.end());
        for (const auto &[slot, hash] : m_textsBefore) {
            if (slotUsed(slot) && qHash(sortText(m_rankColumn, slot).view()) != hash) {
                m_ranks.touch(slot);
                m_unranked.push_back(slot);
            }
        }
        m_unranked.insert(m_unranked.end(), changes.added.begin(), changes.added.end());
    }
    m_textsBefore.clear();

    const bool ranksMoved = m_rankColumn >= 0 && m_keyColumn == m_rankColumn && !m_ranking && !m_unranked.empty()
        && m_unranked.size() <= settledAtOnce;
    if (ranksMoved)
        settleRanks();
    std::vector<Slot> moved;
    for (const Slot slot : changes.changed) {
        const Key key = keyFor(slot);
        if (key.group != m_keys[slot].group || key.primary != m_keys[slot].primary
            || key.secondary != m_keys[slot].secondary)
            moved.push_back(slot);
    }
    std::vector<Slot> out = moved;
    out.insert(out.end(), changes.removed.begin(), changes.removed.end());
    std::vector<Slot> sortedLeft = without(m_sorted, out);
    if (ranksMoved) {
        for (const Slot slot : sortedLeft)
            m_keys[slot].primary = primaryKey(slot);
    }
    std::vector<Slot> in = moved;
    in.insert(in.end(), changes.added.begin(), changes.added.end());
    for (const Slot slot : in)
        m_keys[slot] = keyFor(slot);
    m_sorted = withMerged(sortedLeft, std::move(in));

    // Now the views: what goes, what moves, what comes, what reads differently.
    takeRows(std::vector<Slot>(rowsLeft), gone);
    std::sort(stay.begin(), stay.end());
    std::vector<Slot> movedRows;
    std::copy_if(moved.begin(), moved.end(), std::back_inserter(movedRows),
                 [&](Slot slot) { return std::binary_search(stay.begin(), stay.end(), slot); });
    const std::vector<Slot> unmoved = without(rowsLeft, movedRows);
    if (movedRows.size() <= exactRanges) {
        const std::vector<Slot> target = withMerged(unmoved, movedRows);
        if (!movedRows.empty())
            moveExactly(target, movedRows);
        if (!come.empty())
            growTo(withMerged(target, come), std::vector<Slot>(come));
    } else {
        std::vector<Slot> all = movedRows;
        all.insert(all.end(), come.begin(), come.end());
        std::vector<Slot> target = withMerged(unmoved, std::move(all));
        growTo(std::move(target), std::vector<Slot>(come));
    }
    announce(stay);

    if (!m_unranked.empty() && m_keyColumn == m_rankColumn && m_rankColumn >= 0 && !m_ranking)
        startRanking(m_rankColumn);
    if (m_sorted.size() > rankedAtOnce)
        m_idle.start();
    if (m_sorted.size() != totalBefore)
        Q_EMIT totalCountChanged(totalCount());
}

void RecordModelBase::refilter(bool narrowing)
{
    Q_ASSERT(!m_busy);
    const QScopedValueRollback busy(m_busy, true);
    const std::vector<quint8> was = m_accepted;
    acceptAll(m_accepted, narrowing);

    std::vector<Slot> kept;
    std::vector<Slot> gone;
    kept.reserve(m_rows.size());
    for (const Slot slot : m_rows)
        (m_accepted[slot] ? kept : gone).push_back(slot);
    takeRows(std::move(kept), gone);
    if (narrowing)
        return;
    std::vector<Slot> target;
    std::vector<Slot> come;
    target.reserve(m_sorted.size());
    for (const Slot slot : m_sorted) {
        if (m_accepted[slot]) {
            target.push_back(slot);
            if (!was[slot])
                come.push_back(slot);
        }
    }
    if (!come.empty())
        growTo(std::move(target), std::move(come));
}

void RecordModelBase::sort(int column, Qt::SortOrder order)
{
    if (column >= columnCount())
        return;
    m_sortColumn = column < 0 ? -1 : column;
    m_sortOrder = order;
    if (m_sortColumn < 0 || !isTextColumn(m_sortColumn) || ensureRanks(m_sortColumn))
        sortNow();
}

void RecordModelBase::sortNow()
{
    Q_ASSERT(!m_busy);
    {
        const QScopedValueRollback busy(m_busy, true);
        m_keyColumn = m_sortColumn;
        m_keyOrder = m_sortOrder;
        computeKeys();
        sortSlots(m_sorted);
        std::vector<Slot> target;
        target.reserve(m_rows.size());
        std::copy_if(m_sorted.begin(), m_sorted.end(), std::back_inserter(target),
                     [this](Slot slot) { return m_accepted[slot] != 0; });
        permute(std::move(target));
    }
    Q_EMIT sorted();
}

void RecordModelBase::resort(int column)
{
    if (m_keyColumn == column)
        sortNow();
}

void RecordModelBase::regroup()
{
    if (m_grouped)
        sortNow();
}

void RecordModelBase::setGrouped(bool on)
{
    if (on == m_grouped)
        return;
    m_grouped = on;
    const int column = m_sortColumn; // the one asked for may still wait for its ranks
    const Qt::SortOrder order = m_sortOrder;
    m_sortColumn = m_keyColumn;
    m_sortOrder = m_keyOrder;
    sortNow();
    m_sortColumn = column;
    m_sortOrder = order;
}

bool RecordModelBase::beginsGroup(int row) const
{
    return m_grouped && row > 0 && row < int(m_rows.size())
        && m_keys[m_rows[size_t(row)]].group != m_keys[m_rows[size_t(row) - 1]].group;
}

bool RecordModelBase::ensureRanks(int column)
{
    if (m_rankColumn == column && m_ranking)
        return false;
    if (m_rankColumn == column && m_unranked.size() <= settledAtOnce) {
        settleRanks();
        return true;
    }
    if (m_sorted.size() > rankedAtOnce) {
        startRanking(column);
        return false;
    }
    m_rankColumn = column;
    m_ranking = false;
    ++m_rankRun;
    m_unranked.clear();
    m_ranks.install(TextRanks::rank(snapshot(column)), m_keys.size());
    return true;
}

void RecordModelBase::settleRanks()
{
    std::vector<Slot> extra = std::move(m_unranked);
    m_unranked.clear();
    std::sort(extra.begin(), extra.end());
    extra.erase(std::unique(extra.begin(), extra.end()), extra.end());
    std::erase_if(extra, [this](Slot slot) { return !slotUsed(slot) || m_ranks.isRanked(slot); });
    if (!extra.empty())
        m_ranks.settle(std::move(extra), wordsLocale(), sortNaming(m_rankColumn),
                       [this](Slot slot) { return sortText(m_rankColumn, slot); });
}

TextRanks::Snapshot RecordModelBase::snapshot(int column) const
{
    TextRanks::Snapshot result;
    result.locale = wordsLocale();
    result.naming = sortNaming(column);
    result.ids.reserve(m_sorted.size());
    result.texts.reserve(m_sorted.size());
    for (Slot slot = 0; slot < m_keys.size(); ++slot) { // in the order of memory, so that arenas come in runs
        if (!slotUsed(slot))
            continue;
        result.ids.push_back(slot);
        result.texts.push_back(sortText(column, slot));
        std::shared_ptr<const void> arena = slotKeepAlive(slot);
        if (arena && (result.arenas.empty() || result.arenas.back() != arena))
            result.arenas.push_back(std::move(arena));
    }
    return result;
}

void RecordModelBase::rankAhead()
{
    const int column = columnRankedAhead();
    if (column < 0 || m_ranking || (m_rankColumn >= 0 && m_rankColumn != column))
        return;
    if (m_rankColumn < 0 || m_unranked.size() > settledAtOnce)
        startRanking(column);
}

void RecordModelBase::startRanking(int column)
{
    m_rankColumn = column;
    m_ranking = true;
    m_unranked.clear(); // from now on: what comes after the snapshot
    const int run = ++m_rankRun;
    inBackground(
        this, [texts = snapshot(column)] { return TextRanks::rank(texts); },
        [this, run](const TextRanks::Order &order) {
            if (run == m_rankRun)
                ranked(order);
        });
}

void RecordModelBase::ranked(const TextRanks::Order &order)
{
    m_ranking = false;
    m_ranks.install(order, m_keys.size());
    for (const Slot slot : m_unranked)
        m_ranks.touch(slot);
    if (m_unranked.size() <= settledAtOnce)
        settleRanks();
    if (m_sortColumn == m_rankColumn) {
        sortNow();
        if (!m_unranked.empty())
            startRanking(m_rankColumn);
    }
}

// ---------------------------------------------------------------------- language and time

void RecordModelBase::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    forgetRanks(); // another language collates otherwise
    if (m_sortColumn >= 0)
        sort(m_sortColumn, m_sortOrder);
}

void RecordModelBase::renamed(int column)
{
    cellsChanged(column);
    if (column == m_rankColumn) {
        forgetRanks();
        sort(m_sortColumn, m_sortOrder);
    }
}

void RecordModelBase::forgetRanks()
{
    m_rankColumn = -1;
    m_ranking = false;
    ++m_rankRun;
    m_unranked.clear();
}

void RecordModelBase::tick(qint64 now)
{
    m_context.now = now;
    for (int column = 0; column < columnCount(); ++column) {
        if (isRelativeColumn(column))
            cellsChanged(column);
    }
}

} // namespace casement
