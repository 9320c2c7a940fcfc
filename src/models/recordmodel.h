#pragma once

#include "models/roles.h"
#include "models/slotindex.h"
#include "models/textranks.h"

#include <QAbstractTableModel>
#include <QCoreApplication>
#include <QFont>
#include <QLocale>
#include <QTimer>

#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <vector>

namespace casement {

class AccountModel;
class CaseMarks;
class CatalogNames;
struct AccountTargets;

/// What a cell needs besides its record.
struct CellContext
{
    qint64 now = 0; ///< ms since 1970 UTC, passed in so that tests can
    QLocale locale; ///< the program's at the moment of asking
    const AccountModel *accounts = nullptr;
    const CaseMarks *marks = nullptr;
    const AccountTargets *targets = nullptr;
    const CatalogNames *names = nullptr;
};

/// A key that sorts behind all others, whichever way the column is sorted: unknown codes, dates that could not be read.
inline constexpr qint64 sortsLast = std::numeric_limits<qint64>::max();

/// All that a view asks about one column. Either `sortKey` or `sortText` is set.
template <class Record> struct Column
{
    const char *id = ""; ///< stays for ever; settings remember columns by it
    const char *title = ""; ///< QT_TRANSLATE_NOOP with the model's full name
    QVariant (*display)(const Record &, const CellContext &) = nullptr;
    qint64 (*sortKey)(const Record &, const CellContext &) = nullptr;
    Text (*sortText)(const Record &) = nullptr; ///< collated in the person's language
    TextRanks::Naming (*sortName)(const CellContext &) = nullptr; ///< makes names of `sortText`, where these differ
    QString (*toolTip)(const Record &, const CellContext &) = nullptr;
    Qt::Alignment alignment = Qt::AlignLeading | Qt::AlignVCenter;
    Qt::SortOrder firstOrder = Qt::AscendingOrder; ///< of the first click on the header
    bool hidden = false; ///< until chosen
    bool rankedAhead = false; ///< a text column that is ranked before anybody sorts by it; one at most
    bool relative = false; ///< reads differently as time goes by
    int width = 12; ///< in average characters
};

/// The part of RecordModel that does not know what a record is: rows over slots, sorting, filtering and what views are
/// told.
///
/// Never emits modelReset. A filter or sort is one permutation of the rows (layoutChanged with persistent indexes
/// carried along) and at most one range of rows removed or inserted at the end; a small merge is told exactly, row by
/// row. Not reentrant: a slot of one of its signals must not change the model.
class RecordModelBase : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit RecordModelBase(QObject *parent = nullptr);
    ~RecordModelBase() override;

    int rowCount(const QModelIndex &parent = {}) const override;
    /// Rows with those that the filter hides.
    int totalCount() const { return int(m_sorted.size()); }

    /// Sorts by a column; -1 = newest first. Equal rows stand newest first. A text column of many rows is ranked in the
    /// background first: the order changes when sorted() comes.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    int sortColumn() const { return m_sortColumn; }
    Qt::SortOrder sortOrder() const { return m_sortOrder; }
    /// A sort waits for its ranks.
    bool isSorting() const { return m_ranking && m_rankColumn == m_sortColumn; }

    /// Rows of a group (groupKey()) stand together, whatever they are sorted by.
    void setGrouped(bool on);
    bool isGrouped() const { return m_grouped; }
    /// The row begins a group, and isn't the first one.
    bool beginsGroup(int row) const;

    /// Reads titles, cells and collation again after the language changed.
    virtual void retranslate();
    /// The time to which relative times refer moves on; only their cells change.
    virtual void tick(qint64 now);
    /// With the locale of now: it may have been set after this model was made.
    CellContext context() const
    {
        return {m_context.now, QLocale(), m_context.accounts, m_context.marks, m_context.targets, m_context.names};
    }

Q_SIGNALS:
    /// Rows stand in the order last asked for.
    void sorted();
    /// Rows that the filter hides count too.
    void totalCountChanged(int count);

protected:
    using Slot = quint32;
    static constexpr Slot noSlot = ~Slot(0);

    virtual bool slotUsed(Slot slot) const = 0;
    virtual bool slotAccepts(Slot slot) const = 0;
    /// Of the rows with `flags` set (all slots when not `narrowing`) clears those that the filter does not accept.
    virtual void acceptAll(std::vector<quint8> &flags, bool narrowing) const = 0;
    virtual qint64 sortKey(int column, Slot slot) const = 0;
    virtual bool isTextColumn(int column) const = 0;
    virtual Text sortText(int column, Slot slot) const = 0;
    virtual TextRanks::Naming sortNaming(int column) const = 0;
    /// What keeps the texts of a slot alive while another thread reads them.
    virtual std::shared_ptr<const void> slotKeepAlive(Slot slot) const = 0;
    /// Newest first is the second key: larger is newer.
    virtual qint64 slotNewness(Slot slot) const = 0;
    /// Groups stand in the order of their keys.
    virtual qint64 slotGroup(Slot) const { return 0; }
    virtual bool isRelativeColumn(int column) const = 0;
    /// -1 when none is.
    virtual int columnRankedAhead() const = 0;

    /// What a merge did to the slots; the rows follow in apply().
    struct Changes
    {
        std::vector<Slot> added;
        std::vector<Slot> changed;
        std::vector<Slot> removed; ///< freed by the caller after apply()
    };
    /// Call before a record changes.
    void prepare(Slot slot);
    void apply(const Changes &changes);
    /// The filter changed. `narrowing`: whatever it accepts now it accepted before.
    void refilter(bool narrowing);
    /// Sort keys of a column changed without their records (names of accounts).
    void resort(int column);
    /// What the texts of a column are called on screen (Column::sortName) changed.
    void renamed(int column);
    /// As resort(), for groups.
    void regroup();
    void cellsChanged(int column);
    void setContext(const CellContext &context) { m_context = context; }
    qint64 now() const { return m_context.now; }

    Slot slotAt(int row) const { return m_rows[size_t(row)]; }
    /// The row of a slot, or -1 when the filter hides it.
    int rowOf(Slot slot) const;
    bool isAccepted(Slot slot) const { return m_accepted[slot] != 0; }

private:
    struct Key
    {
        qint64 group; // 0 while there are none
        qint64 primary;
        qint64 secondary;
    };
    bool before(Slot a, Slot b) const
    {
        const Key &x = m_keys[a];
        const Key &y = m_keys[b];
        if (x.group != y.group)
            return x.group < y.group;
        if (x.primary != y.primary)
            return x.primary < y.primary;
        return x.secondary != y.secondary ? x.secondary < y.secondary : a < b;
    }
    qint64 primaryKey(Slot slot) const;
    Key keyFor(Slot slot) const;
    void computeKeys();
    void sortSlots(std::vector<Slot> &list) const;
    void sortNow();
    /// A sorted list with more slots, in any order, at their places.
    std::vector<Slot> withMerged(const std::vector<Slot> &list, std::vector<Slot> extra) const;
    std::vector<Slot> without(const std::vector<Slot> &list, const std::vector<Slot> &gone) const;

    void takeRows(std::vector<Slot> &&kept, const std::vector<Slot> &gone);
    void growTo(std::vector<Slot> &&target, std::vector<Slot> &&extra);
    void moveExactly(const std::vector<Slot> &target, const std::vector<Slot> &moved);
    void permute(std::vector<Slot> &&target);
    void announce(const std::vector<Slot> &changed);

    bool ensureRanks(int column);
    void settleRanks();
    void rankAhead();
    void startRanking(int column);
    void forgetRanks();
    void ranked(const TextRanks::Order &order);
    TextRanks::Snapshot snapshot(int column) const;

    std::vector<Slot> m_sorted; // every slot in use, in order
    std::vector<Slot> m_rows; // those of m_sorted that the filter accepts: the rows
    std::vector<Key> m_keys; // by slot
    std::vector<quint8> m_accepted; // by slot; 0 for free ones
    TextRanks m_ranks; // of m_rankColumn
    int m_rankColumn = -1;
    std::vector<Slot> m_unranked; // slots that came or changed since
    std::vector<std::pair<Slot, size_t>> m_textsBefore; // hashes of changing slots' texts
    bool m_ranking = false; // a pool thread ranks m_rankColumn
    int m_rankRun = 0; // answers of older runs are dropped
    int m_sortColumn = -1; // as asked for
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    int m_keyColumn = -1; // what m_keys hold
    Qt::SortOrder m_keyOrder = Qt::AscendingOrder;
    bool m_grouped = false;
    QTimer m_idle;
    bool m_busy = false;
    CellContext m_context;
};

/// A table of records that merges what comes and never resets. A model of its kind gives its columns, what makes two
/// records the same, and its filter.
template <class Record> class RecordModel : public RecordModelBase
{
public:
    using RecordModelBase::RecordModelBase;

    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(columns().size());
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        const Column<Record> &column = columns()[size_t(section)];
        switch (role) {
        case Qt::DisplayRole:
            return QCoreApplication::translate(translationContext(), column.title);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(column.alignment);
        case Qt::InitialSortOrderRole:
            return QVariant::fromValue(column.firstOrder);
        case ColumnIdRole:
            return QLatin1StringView(column.id).toString();
        case ColumnHiddenRole:
            return column.hidden;
        case ColumnWidthRole:
            return column.width;
        default:
            return {};
        }
    }

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
            return {};
        const Record &record = m_records[slotAt(index.row())];
        const Column<Record> &column = columns()[size_t(index.column())];
        switch (role) {
        case Qt::DisplayRole:
            return column.display(record, context());
        case Qt::ToolTipRole:
            return column.toolTip ? QVariant(column.toolTip(record, context())) : QVariant();
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(column.alignment);
        default:
            return recordData(record, index.column(), role);
        }
    }

    /// Inserts what is new and updates what changed; the rest stays. Of a record that comes twice in a batch the last
    /// one counts.
    void merge(std::vector<Record> batch);
    /// As merge(), and removes whatever is not in the batch.
    void replace(std::vector<Record> batch);
    void removeIf(const std::function<bool(const Record &)> &condition);
    /// Removes the records with the same keys.
    void remove(std::span<const Record> keys);

    const Record &recordAt(int row) const { return m_records[slotAt(row)]; }
    /// What a column or the filter asks beside the records changed for these: they are placed and shown anew.
    void reconsider(std::span<const Record> keys);
    /// A record with the same key, seen or hidden by the filter, or null.
    const Record *find(const Record &key) const
    {
        const Slot slot = slotOf(key);
        return slot == noSlot ? nullptr : &m_records[slot];
    }
    int rowOfRecord(const Record &key) const
    {
        const Slot slot = slotOf(key);
        return slot == noSlot ? -1 : rowOf(slot);
    }
    /// Calls `visit` with every record, the hidden ones too, in no order.
    template <class Visit> void forEach(Visit visit) const
    {
        for (Slot slot = 0; slot < m_records.size(); ++slot) {
            if (m_used[slot])
                visit(m_records[slot]);
        }
    }

protected:
    virtual std::span<const Column<Record>> columns() const = 0;
    virtual const char *translationContext() const = 0;
    virtual size_t keyHash(const Record &record) const = 0;
    virtual bool sameKey(const Record &a, const Record &b) const = 0;
    virtual bool sameContent(const Record &a, const Record &b) const = 0;
    virtual qint64 newness(const Record &record) const = 0;
    virtual qint64 group(const Record &) const { return 0; }
    virtual QVariant recordData(const Record &, int, int) const { return {}; }
    virtual bool accepts(const Record &) const { return true; }
    virtual std::shared_ptr<const void> keepAlive(const Record &) const { return {}; }
    /// A record came (`before` null), went (`after` null) or changed. For counts; before any signal.
    virtual void recordChanged(const Record *, const Record *) { }
    /// All rows of a change were told.
    virtual void merged() { }

private:
    bool slotUsed(Slot slot) const final { return m_used[slot] != 0; }
    bool slotAccepts(Slot slot) const final { return accepts(m_records[slot]); }
    void acceptAll(std::vector<quint8> &flags, bool narrowing) const final;
    qint64 sortKey(int column, Slot slot) const final
    {
        const auto key = columns()[size_t(column)].sortKey;
        return key ? key(m_records[slot], context()) : 0;
    }
    bool isTextColumn(int column) const final { return columns()[size_t(column)].sortText != nullptr; }
    Text sortText(int column, Slot slot) const final { return columns()[size_t(column)].sortText(m_records[slot]); }
    TextRanks::Naming sortNaming(int column) const final
    {
        const auto name = columns()[size_t(column)].sortName;
        return name ? name(context()) : nullptr;
    }
    std::shared_ptr<const void> slotKeepAlive(Slot slot) const final { return keepAlive(m_records[slot]); }
    qint64 slotNewness(Slot slot) const final { return newness(m_records[slot]); }
    qint64 slotGroup(Slot slot) const final { return group(m_records[slot]); }
    bool isRelativeColumn(int column) const final { return columns()[size_t(column)].relative; }

    int columnRankedAhead() const final
    {
        for (size_t column = 0; column < columns().size(); ++column) {
            if (columns()[column].rankedAhead)
                return int(column);
        }
        return -1;
    }

    Slot slotOf(const Record &key) const
    {
        return m_index.find(quint32(keyHash(key)), [&](Slot slot) { return sameKey(m_records[slot], key); });
    }
    void put(Record &&record, Changes &changes);
    void finish(Changes &changes);

    ChunkedVector<Record> m_records; // by slot
    std::vector<quint8> m_used; // by slot
    std::vector<quint8> m_touched; // by slot, during a merge
    std::vector<Slot> m_free;
    SlotIndex m_index;
};

template <class Record> void RecordModel<Record>::put(Record &&record, Changes &changes)
{
    enum : quint8 { Untouched, Touched };
    const quint32 hash = quint32(keyHash(record));
    const Slot known = m_index.find(hash, [&](Slot slot) { return sameKey(m_records[slot], record); });
    if (known != noSlot) {
        Record &old = m_records[known];
        if (!sameContent(old, record)) {
            if (m_touched[known] == Untouched) {
                prepare(known);
                m_touched[known] = Touched;
                changes.changed.push_back(known);
            }
            recordChanged(&old, &record);
            old = std::move(record);
        }
        return;
    }
    Slot slot = noSlot;
    if (m_free.empty()) {
        slot = Slot(m_records.size());
        m_records.append(std::move(record));
        m_used.push_back(1);
        m_touched.push_back(Touched);
    } else {
        slot = m_free.back();
        m_free.pop_back();
        m_records[slot] = std::move(record);
        m_used[slot] = 1;
        m_touched[slot] = Touched;
    }
    m_index.insert(hash, slot);
    changes.added.push_back(slot);
    recordChanged(nullptr, &m_records[slot]);
}

template <class Record> void RecordModel<Record>::finish(Changes &changes)
{
    for (const Slot slot : changes.added)
        m_touched[slot] = 0;
    for (const Slot slot : changes.changed)
        m_touched[slot] = 0;
    for (const Slot slot : changes.removed) {
        m_index.remove(quint32(keyHash(m_records[slot])), slot);
        recordChanged(&m_records[slot], nullptr);
        m_used[slot] = 0;
    }
    if (changes.added.empty() && changes.changed.empty() && changes.removed.empty())
        return;
    apply(changes);
    for (const Slot slot : changes.removed) {
        m_records[slot] = Record();
        m_free.push_back(slot);
    }
    merged();
}

template <class Record> void RecordModel<Record>::merge(std::vector<Record> batch)
{
    Changes changes;
    for (Record &record : batch)
        put(std::move(record), changes);
    finish(changes);
}

template <class Record> void RecordModel<Record>::replace(std::vector<Record> batch)
{
    Changes changes;
    std::vector<quint8> kept(m_records.size(), 0);
    for (Record &record : batch) {
        const Slot slot = slotOf(record);
        if (slot < kept.size())
            kept[slot] = 1;
    }
    for (Slot slot = 0; slot < kept.size(); ++slot) {
        if (m_used[slot] && !kept[slot])
            changes.removed.push_back(slot);
    }
    for (Record &record : batch)
        put(std::move(record), changes);
    finish(changes);
}

template <class Record> void RecordModel<Record>::removeIf(const std::function<bool(const Record &)> &condition)
{
    Changes changes;
    for (Slot slot = 0; slot < m_records.size(); ++slot) {
        if (m_used[slot] && condition(m_records[slot]))
            changes.removed.push_back(slot);
    }
    finish(changes);
}

template <class Record> void RecordModel<Record>::remove(std::span<const Record> keys)
{
    Changes changes;
    for (const Record &key : keys) {
        const Slot slot = slotOf(key);
        if (slot != noSlot && !m_touched[slot]) {
            m_touched[slot] = 1;
            changes.removed.push_back(slot);
        }
    }
    for (const Slot slot : changes.removed)
        m_touched[slot] = 0;
    finish(changes);
}

template <class Record> void RecordModel<Record>::reconsider(std::span<const Record> keys)
{
    Changes changes;
    for (const Record &key : keys) {
        const Slot slot = slotOf(key);
        if (slot == noSlot || m_touched[slot])
            continue;
        m_touched[slot] = 1;
        prepare(slot);
        changes.changed.push_back(slot);
    }
    finish(changes);
}

template <class Record> void RecordModel<Record>::acceptAll(std::vector<quint8> &flags, bool narrowing) const
{
    for (Slot slot = 0; slot < m_records.size(); ++slot) {
        if (narrowing ? flags[slot] != 0 : m_used[slot] != 0)
            flags[slot] = accepts(m_records[slot]);
    }
}

} // namespace casement
