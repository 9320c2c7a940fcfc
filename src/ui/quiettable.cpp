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

QString spreadsheetCell(QString text)
{
    for (QChar &c : text) {
        if (c == u'\t' || c == u'\n' || c == u'\r')
            c = u' ';
    }
    if (text.isEmpty() || !u"=+-@＝＋－＠"_s.contains(text.at(0)))
        return text;
    const QByteArray utf8 = text.toUtf8();
    if (text.at(0) == u'-' && resourceNumber({utf8.constData(), size_t(utf8.size())}))
        return text;
    return u'\'' + text;
}

} // namespace casement
