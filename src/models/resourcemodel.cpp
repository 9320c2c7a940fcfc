#include "models/resourcemodel.h"

#include "base/background.h"
#include "models/displaytext.h"
#include "models/names.h"
#include "models/roles.h"

#include <QFont>
#include <QLocale>

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;
using FieldKind = ResourceField::Kind;

namespace {

constexpr size_t looked = 64; // rows that decide how a column looks
constexpr int widestColumn = 40; // characters

/// The resources whose cells decide it: evenly from all of them.
template <class See> void sample(const ResourceIndex &index, See see)
{
    const size_t step = std::max<size_t>(1, index.size() / looked);
    for (size_t row = 0; row < index.size(); row += step) {
        if (!see(index.at(quint32(row))))
            return;
    }
}

/// Words that say a status, in the languages that the service answers in and as its data writes it.
bool saysStatus(std::string_view text)
{
    constexpr std::array<std::string_view, 14> known{"Green",   "Yellow", "Red", "ok", "warning", "error", "OK",
                                                     "Warning", "Error",  "緑",  "黄", "黄色",    "赤",    "グリーン"};
    return std::find(known.begin(), known.end(), text) != known.end();
}

} // namespace

ResourceModel::ResourceModel(QObject *parent) : QAbstractTableModel(parent) { }

ResourceModel::~ResourceModel() = default;

void ResourceModel::setResult(const AdvisorResultPtr &result, const QStringList &headings)
{
    if (!result)
        return clear();
    m_next = std::make_shared<const ResourceIndex>(result);
    m_nextHeadings = headings;
    ask(true);
}

void ResourceModel::setComparison(const AdvisorResultPtr &earlier, const AdvisorDifference &difference)
{
    const std::shared_ptr<const ResourceIndex> now = m_next ? m_next : m_index;
    if (!now)
        return;
    if (!m_next)
        m_nextHeadings = m_headings;
    m_next = earlier ? std::make_shared<const ResourceIndex>(now->result(), earlier, difference)
                     : std::make_shared<const ResourceIndex>(now->result());
    ask(true);
}

void ResourceModel::clear()
{
    ++m_run;
    m_arranging = false;
    m_resetting = false;
    m_next.reset();
    beginResetModel();
    m_index.reset();
    m_rows.clear();
    m_fields.clear();
    m_columns.clear();
    m_headings.clear();
    endResetModel();
    Q_EMIT arranged();
}

void ResourceModel::setFilter(const ResourceQuery &filter)
{
    ResourceQuery query = filter;
    query.sort = m_query.sort;
    query.descending = m_query.descending;
    if (query == m_query)
        return;
    m_query = query;
    ask(true);
}

void ResourceModel::sort(int column, Qt::SortOrder order)
{
    const bool known = column >= 0 && column < int(m_fields.size());
    const ResourceField field = known ? m_fields[size_t(column)] : ResourceField();
    if (field == m_query.sort && (order == Qt::DescendingOrder) == m_query.descending)
        return;
    m_query.sort = field;
    m_query.descending = order == Qt::DescendingOrder;
    ask(false);
}

/// Rows that come or go are a reset: what of 100,000 stays is not told row by row.
void ResourceModel::ask(bool reset)
{
    const std::shared_ptr<const ResourceIndex> index = m_next ? m_next : m_index;
    if (!index)
        return;
    m_resetting = m_resetting || reset;
    m_arranging = true;
    inBackground(
        this, [index, query = m_query] { return index->arrange(query); },
        [this, index, run = ++m_run](ResourceIndex::Rows rows) {
            if (run == m_run)
                take(index, std::move(rows), m_resetting);
        });
}

void ResourceModel::take(const std::shared_ptr<const ResourceIndex> &index, ResourceIndex::Rows rows, bool reset)
{
    m_arranging = false;
    m_resetting = false;
    if (reset) {
        beginResetModel();
        m_rows = std::move(rows);
        if (m_index != index) {
            m_index = index;
            m_headings = m_nextHeadings;
            makeColumns();
        }
        m_next.reset();
        endResetModel();
        Q_EMIT arranged();
        return;
    }
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    if (!before.isEmpty()) {
        std::vector<quint32> places(m_index->size());
        for (size_t row = 0; row < rows.size(); ++row)
            places[rows[row]] = quint32(row);
        QModelIndexList after;
        after.reserve(before.size());
        for (const QModelIndex &one : before)
            after.append(createIndex(int(places[m_rows[size_t(one.row())]]), one.column()));
        changePersistentIndexList(before, after);
    }
    m_rows = std::move(rows);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    Q_EMIT arranged();
}

void ResourceModel::makeColumns()
{
    m_fields.clear();
    if (m_index->isCompared())
        m_fields.push_back({FieldKind::Change, 0});
    m_fields.push_back({FieldKind::Status, 0});
    m_fields.push_back({FieldKind::Region, 0});
    const size_t values = std::max(size_t(m_headings.size()), m_index->result()->widest);
    for (size_t heading = 0; heading < values; ++heading)
        m_fields.push_back({FieldKind::Value, quint32(heading)});
    m_fields.push_back({FieldKind::Id, 0});
    m_fields.push_back({FieldKind::Suppressed, 0});
    m_columns.clear();
    for (const ResourceField &field : m_fields)
        m_columns.push_back(describe(field));
    const bool isElsewhere = std::any_of(m_columns.begin(), m_columns.end(), [](const Column &column) {
        return column.hasAllRegions && !column.isRepeated;
    });
    m_columns[size_t(columnOf({FieldKind::Region, 0}))].isRepeated = isElsewhere;
}

/// How a column looks: by its heading and some of its cells.
ResourceModel::Column ResourceModel::describe(const ResourceField &field) const
{
    Column column;
    column.title = titleOf(field);
    int widest = 0;
    if (field.kind == FieldKind::Value) {
        bool allNumbers = true;
        bool allRegions = true;
        bool hasAllRegions = true;
        int regions = 0;
        bool allStatus = true;
        int filled = 0;
        sample(*m_index, [&](const AdvisorResource &resource) {
            const std::string_view text = resource.value(field.heading).view();
            if (!resource.region.isEmpty() && resource.region != "-" && !resource.metadata.empty()) {
                ++regions;
                hasAllRegions = hasAllRegions && resource.region.view() == text;
            }
            if (text.empty())
                return true;
            ++filled;
            const std::optional<ResourceNumber> number = allNumbers ? resourceNumber(text) : std::nullopt;
            allNumbers = allNumbers && number && !number->isDate;
            allRegions = allRegions && resource.region.view() == text;
            allStatus = allStatus && saysStatus(text);
            widest = std::max(widest, int(text.size()));
            return true;
        });
        column.isNumber = filled > 0 && allNumbers;
        column.isRepeated = filled > 0 && (allRegions || allStatus);
        column.hasAllRegions = regions > 0 && hasAllRegions;
    } else if (field.kind == FieldKind::Id || field.kind == FieldKind::Region) {
        sample(*m_index, [&](const AdvisorResource &resource) {
            widest =
                std::max(widest, int((field.kind == FieldKind::Id ? resource.resourceId : resource.region).size()));
            return true;
        });
    } else if (field.kind == FieldKind::Status) {
        widest = 23;
    }
    column.width = std::clamp(widest + 2, 8, widestColumn);
    return column;
}

QString ResourceModel::titleOf(const ResourceField &field) const
{
    switch (field.kind) {
    case FieldKind::Change: //: Column of resources: what became of each since an earlier result
        return tr("Change");
    case FieldKind::Status:
        return tr("Status");
    case FieldKind::Region:
        return tr("Region");
    case FieldKind::Value:
        //: Heading of a value for which a check of Trusted Advisor has none; %1 is its number
        return field.heading < quint32(m_headings.size()) ? displayText(m_headings.at(field.heading))
                                                          : tr("Column %1").arg(field.heading + 1);
    case FieldKind::Id:
        return tr("Resource ID");
    case FieldKind::Suppressed: //: Column of resources: excluded by the user from Trusted Advisor's findings
        return tr("Suppressed");
    case FieldKind::None:
        break;
    }
    return {};
}

QString ResourceModel::changeName(AdvisorChange change)
{
    switch (change) {
    case AdvisorChange::New: //: What became of a resource since an earlier result
        return tr("New");
    case AdvisorChange::Gone: //: What became of a resource since an earlier result
        return tr("Gone");
    case AdvisorChange::Worse: //: What became of a resource since an earlier result
        return tr("Worse");
    case AdvisorChange::Better: //: What became of a resource since an earlier result
        return tr("Better");
    case AdvisorChange::Changed: //: What became of a resource since an earlier result: other values, the same status
        return tr("Changed");
    case AdvisorChange::Same:
        break;
    }
    return {};
}

int ResourceModel::columnOf(const ResourceField &field) const
{
    const auto at = std::find(m_fields.begin(), m_fields.end(), field);
    return at == m_fields.end() ? -1 : int(at - m_fields.begin());
}

int ResourceModel::rowOf(quint32 id) const
{
    const auto at = std::find(m_rows.begin(), m_rows.end(), id);
    return at == m_rows.end() ? -1 : int(at - m_rows.begin());
}

int ResourceModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

int ResourceModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_fields.size()); }

QString ResourceModel::heading(int column) const { return m_columns[size_t(column)].title; }

QString ResourceModel::headingOfValue(quint32 number) const { return titleOf({FieldKind::Value, number}); }

QString ResourceModel::text(int row, int column) const
{
    return textOf(*m_index, m_rows[size_t(row)], m_fields[size_t(column)]);
}

QString ResourceModel::wholeTextOf(const ResourceIndex &index, quint32 id, const ResourceField &field)
{
    const AdvisorResource &resource = index.at(id);
    switch (field.kind) {
    case FieldKind::Region:
        return wholeDisplayText(resource.region.view());
    case FieldKind::Value:
        return wholeDisplayText(resource.value(field.heading).view());
    case FieldKind::Id:
        return wholeDisplayText(resource.resourceId.view());
    default:
        return textOf(index, id, field);
    }
}

QString ResourceModel::textOf(const ResourceIndex &index, quint32 id, const ResourceField &field)
{
    const AdvisorResource &resource = index.at(id);
    switch (field.kind) {
    case FieldKind::Change:
        return changeName(index.change(id));
    case FieldKind::Status:
        return Names::advisorStatus(resource.status.view());
    case FieldKind::Region:
        return displayText(resource.region.view());
    case FieldKind::Value:
        return displayText(resource.value(field.heading).view());
    case FieldKind::Id:
        return displayText(resource.resourceId.view());
    case FieldKind::Suppressed:
        //: Of a resource: excluded by the user from Trusted Advisor's findings
        return resource.suppressed() ? tr("Yes", "suppressed") : QString();
    case FieldKind::None:
        break;
    }
    return {};
}

QVariant ResourceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::ToolTipRole:
        return toolTipText(text(index.row(), index.column()));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(
            (m_columns[size_t(index.column())].isNumber ? Qt::AlignRight : Qt::AlignLeading) | Qt::AlignVCenter));
    case Qt::FontRole: {
        if (m_index->change(m_rows[size_t(index.row())]) != AdvisorChange::Gone)
            return {};
        QFont font;
        font.setStrikeOut(true);
        return font;
    }
    case StatusCodeRole:
        return resourceAt(index.row()).status.toString();
    case ChangeRole:
        return int(m_index->change(m_rows[size_t(index.row())]));
    default:
        return {};
    }
}

QVariant ResourceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= int(m_fields.size()))
        return {};
    const Column &column = m_columns[size_t(section)];
    const ResourceField &field = m_fields[size_t(section)];
    switch (role) {
    case Qt::DisplayRole:
        return column.title;
    case Qt::ToolTipRole:
        return toolTipText(column.title);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((column.isNumber ? Qt::AlignRight : Qt::AlignLeading) | Qt::AlignVCenter));
    case ColumnIdRole:
        switch (field.kind) {
        case FieldKind::Change:
            return u"change"_s;
        case FieldKind::Status:
            return u"status"_s;
        case FieldKind::Region:
            return u"region"_s;
        case FieldKind::Id:
            return u"id"_s;
        case FieldKind::Suppressed:
            return u"suppressed"_s;
        default:
            return u"value"_s + QString::number(field.heading);
        }
    case ColumnHiddenRole:
        return column.isRepeated;
    case ColumnWidthRole:
        return column.width;
    default:
        return {};
    }
}

void ResourceModel::retranslate()
{
    if (!m_index)
        return;
    for (size_t i = 0; i < m_fields.size(); ++i)
        m_columns[i].title = titleOf(m_fields[i]);
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

} // namespace casement
