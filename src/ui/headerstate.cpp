#include "ui/headerstate.h"

#include "models/roles.h"
#include "ui/uisettings.h"

#include <QAbstractItemModel>
#include <QFontMetrics>
#include <QHeaderView>
#include <QStringList>

namespace casement::headerstate {

using namespace Qt::StringLiterals;

namespace {

QString columnId(const QHeaderView &header, int section)
{
    return header.model()->headerData(section, Qt::Horizontal, ColumnIdRole).toString();
}

int sectionOf(const QHeaderView &header, QStringView id)
{
    for (int section = 0; section < header.count(); ++section) {
        if (columnId(header, section) == id)
            return section;
    }
    return -1;
}

} // namespace

void reset(QHeaderView &header, int sortColumn, Qt::SortOrder order)
{
    const QFontMetrics metrics(header.font());
    const QString letters = u"abcdefghijklmnopqrstuvwxyz 0123456789"_s;
    const int unit = metrics.horizontalAdvance(letters) / int(letters.size()) + 1;
    for (int section = 0; section < header.count(); ++section) {
        header.moveSection(header.visualIndex(section), section);
        header.setSectionHidden(section,
                                header.model()->headerData(section, Qt::Horizontal, ColumnHiddenRole).toBool());
        const int width = header.model()->headerData(section, Qt::Horizontal, ColumnWidthRole).toInt();
        const QString title = header.model()->headerData(section, Qt::Horizontal).toString();
        header.resizeSection(section, qMax(width * unit + 16, metrics.horizontalAdvance(title) + 44)); // with the arrow
    }
    header.setSortIndicator(sortColumn, order);
}

void restore(QHeaderView &header, const UiSettings &settings, const QString &key, int sortColumn, Qt::SortOrder order)
{
    reset(header, sortColumn, order);
    const QString saved = settings.text(key + u"/columns"_s);
    int visible = 0;
    if (!saved.isEmpty()) {
        int place = 0;
        const QStringList columns = saved.split(u' ', Qt::SkipEmptyParts);
        for (const QString &column : columns) {
            const QStringList parts = column.split(u':');
            bool ok = false;
            const int width = parts.value(1).toInt(&ok);
            const int section = sectionOf(header, parts.value(0));
            if (parts.size() != 3 || section < 0 || !ok || width < 16 || width > 4000)
                continue;
            header.moveSection(header.visualIndex(section), qMin(place++, header.count() - 1));
            header.resizeSection(section, width);
            header.setSectionHidden(section, parts.at(2) != "1"_L1);
            visible += header.isSectionHidden(section) ? 0 : 1;
        }
    }
    if (!saved.isEmpty() && visible == 0)
        reset(header, sortColumn, order);
    const QStringList sort = settings.text(key + u"/sort"_s).split(u':');
    const int section = sort.size() == 2 ? sectionOf(header, sort.at(0)) : -1;
    if (section >= 0)
        header.setSortIndicator(section, sort.at(1) == "down"_L1 ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void save(const QHeaderView &header, UiSettings &settings, const QString &key, const QList<int> &folded)
{
    QStringList columns;
    for (int visual = 0; visual < header.count(); ++visual) {
        const int section = header.logicalIndex(visual);
        int width = header.sectionSize(section);
        const bool hidden = header.isSectionHidden(section);
        if (hidden)
            width = qMax(48, header.model()->headerData(section, Qt::Horizontal, ColumnWidthRole).toInt() * 8);
        columns.append(columnId(header, section) + u':' + QString::number(width)
                       + (hidden && !folded.contains(section) ? u":0"_s : u":1"_s));
    }
    settings.set(key + u"/columns"_s, columns.join(u' '));
    const int sorted = header.sortIndicatorSection();
    if (sorted >= 0 && sorted < header.count()) {
        settings.set(key + u"/sort"_s,
                     columnId(header, sorted)
                         + (header.sortIndicatorOrder() == Qt::DescendingOrder ? u":down"_s : u":up"_s));
    }
}

QString toString(const QHeaderView &header, const QList<int> &columns)
{
    QStringList ids;
    for (const int column : columns)
        ids.append(columnId(header, column));
    ids.sort();
    return ids.join(u' ');
}

QList<int> toColumns(const QHeaderView &header, const QString &text)
{
    QList<int> columns;
    const QStringList ids = text.split(u' ', Qt::SkipEmptyParts);
    for (const QString &id : ids) {
        const int section = sectionOf(header, id);
        if (section >= 0 && !columns.contains(section))
            columns.append(section);
    }
    return columns;
}

} // namespace casement::headerstate
