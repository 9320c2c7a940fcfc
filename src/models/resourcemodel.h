#pragma once

#include "models/resourceindex.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <memory>
#include <vector>

namespace casement {

/// The resources of a check's result: a row per resource, columns by the check's own headings.
///
/// Texts stay where the answer put them; a QString is made for a cell that is painted. Sorting and filtering happen on
/// the pool and come back as a permutation: until then the rows stay as they are. ChangeRole, StatusCodeRole; headers
/// have ColumnIdRole, ColumnHiddenRole, ColumnWidthRole.
class ResourceModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit ResourceModel(QObject *parent = nullptr);
    ~ResourceModel() override;

    /// Another result, with the headings of its language; arranged() follows. Without one the model is empty.
    void setResult(const AdvisorResultPtr &result, const QStringList &headings);
    /// What changed since an earlier result of the same check, and what is gone since.
    void setComparison(const AdvisorResultPtr &earlier, const AdvisorDifference &difference);
    void clear();

    const ResourceQuery &query() const { return m_query; }
    /// Words, suppressed, status, changes; its sorting is that of sort().
    void setFilter(const ResourceQuery &filter);
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// How many there are without any filter.
    int totalCount() const { return m_index ? int(m_index->size()) : 0; }
    bool isArranging() const { return m_arranging; }
    /// Empty while there is no result.
    std::shared_ptr<const ResourceIndex> resources() const { return m_index; }
    const ResourceField &fieldOf(int column) const { return m_fields[size_t(column)]; }
    /// -1 when there is none.
    int columnOf(const ResourceField &field) const;
    const AdvisorResource &resourceAt(int row) const { return m_index->at(m_rows[size_t(row)]); }
    /// What a row is for the index, whatever its place; and back, -1 while it is not shown.
    quint32 idOf(int row) const { return m_rows[size_t(row)]; }
    int rowOf(quint32 id) const;
    /// A cell as one line of plain text.
    QString text(int row, int column) const;
    /// The same of any resource; from any thread.
    static QString textOf(const ResourceIndex &index, quint32 id, const ResourceField &field);
    /// The same in full, however long it is.
    static QString wholeTextOf(const ResourceIndex &index, quint32 id, const ResourceField &field);
    QString heading(int column) const;
    /// The heading of a resource's value by its place among them, whether its column is shown or not.
    QString headingOfValue(quint32 number) const;
    void retranslate();

    static QString changeName(AdvisorChange change);

Q_SIGNALS:
    /// Rows stand as the newest question says.
    void arranged();

private:
    struct Column
    {
        QString title;
        bool isNumber = false;
        bool isRepeated = false; ///< says what another column says
        bool hasAllRegions = false; ///< says the region of every resource that has one, and more
        int width = 0;
    };

    void ask(bool reset);
    void take(const std::shared_ptr<const ResourceIndex> &index, ResourceIndex::Rows rows, bool reset);
    void makeColumns();
    Column describe(const ResourceField &field) const;
    QString titleOf(const ResourceField &field) const;

    QStringList m_headings;
    QStringList m_nextHeadings; // with the index that is being arranged
    std::shared_ptr<const ResourceIndex> m_index;
    std::shared_ptr<const ResourceIndex> m_next;
    std::vector<ResourceField> m_fields;
    std::vector<Column> m_columns;
    ResourceIndex::Rows m_rows;
    ResourceQuery m_query;
    int m_run = 0; // the newest question; answers of older ones are dropped
    bool m_arranging = false;
    bool m_resetting = false; // the answer under way brings other rows
};

} // namespace casement
