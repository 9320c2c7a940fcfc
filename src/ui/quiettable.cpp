#include "ui/quiettable.h"

#include "models/resourceindex.h"

#include <QHeaderView>
#include <QTableView>

namespace casement {

using namespace Qt::StringLiterals;

void setUpQuietly(QTableView &table)
{
    table.setFrameShape(QFrame::NoFrame);
    table.setShowGrid(false);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::ExtendedSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setContextMenuPolicy(Qt::CustomContextMenu);
    table.setCornerButtonEnabled(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.verticalHeader()->setMinimumSectionSize(16);
    QHeaderView *header = table.horizontalHeader();
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setHighlightSections(false);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
}

QModelIndex outermostRow(const QTableView &table, bool isLast)
{
    const QModelIndex current = table.currentIndex();
    const int column = current.isValid() && !table.isColumnHidden(current.column())
        ? current.column()
        : table.horizontalHeader()->logicalIndexAt(0);
    return table.model()->index(isLast ? table.model()->rowCount() - 1 : 0, qMax(0, column));
}

QString spreadsheetCell(QString text)
{
    for (QChar &c : text) {
        if (c == u'\t' || c == u'\n' || c == u'\r')
            c = u' ';
    }
    const QString bare = text.trimmed(); // some readers cut spaces
    if (bare.isEmpty() || bare == u"-" || !u"=+-@＝＋－＠"_s.contains(bare.at(0)))
        return text;
    const QByteArray utf8 = bare.toUtf8();
    if ((bare.at(0) == u'-' || bare.at(0) == u'+') && resourceNumber({utf8.constData(), size_t(utf8.size())}))
        return text;
    return u'\'' + text;
}

} // namespace casement
