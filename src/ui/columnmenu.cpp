#include "ui/columnmenu.h"

#include "ui/mnemonics.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

namespace casement::columnmenu {

namespace {

/// Names get a letter of theirs; not those of the service that have an ampersand, which would be taken for one.
void nameEntries(const QMenu &menu)
{
    QList<QAction *> named = menu.actions();
    named.removeIf([](QAction *action) {
        if (!action->text().contains(u'&'))
            return false;
        action->setText(action->text().replace(u'&', QStringLiteral("&&")));
        return true;
    });
    giveMnemonics(named);
}

/// Space ticks an entry or takes its tick away, and the menu stays: several columns are chosen in one go.
class TickBySpace final : public QObject
{
public:
    explicit TickBySpace(QMenu &menu) : QObject(&menu)
    {
        setObjectName(QStringLiteral("tickBySpace"));
        menu.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::KeyPress)
            return false;
        const auto &key = static_cast<const QKeyEvent &>(*event);
        QAction *entry = static_cast<QMenu *>(watched)->activeAction();
        if (key.key() != Qt::Key_Space || key.modifiers() != Qt::NoModifier || !entry || !entry->isCheckable())
            return false;
        if (!key.isAutoRepeat())
            entry->trigger();
        return true;
    }
};

void tickBySpace(QMenu &menu)
{
    if (!menu.findChild<QObject *>(QStringLiteral("tickBySpace"), Qt::FindDirectChildrenOnly))
        new TickBySpace(menu);
}

/// In a menu that stays: a column that goes may make room for another.
void tickShown(QMenu &menu, const QHeaderView &header)
{
    const QList<QAction *> actions = menu.actions();
    for (QAction *action : actions) {
        bool isColumn = false;
        const int section = action->data().toInt(&isColumn);
        if (!isColumn || !action->isCheckable())
            continue;
        const QSignalBlocker shownAlready(action);
        action->setChecked(!header.isSectionHidden(section));
    }
    menu.update();
}

QAction *addColumn(QMenu &menu, const QHeaderView &header, int section)
{
    QAction *action = menu.addAction(header.model()->headerData(section, Qt::Horizontal).toString());
    action->setCheckable(true);
    return action;
}

} // namespace

void fillColumns(QMenu &menu, const QHeaderView &header, const QList<int> &sections,
                 const std::function<void(int section, bool on)> &show)
{
    menu.clear();
    tickBySpace(menu);
    for (const int section : sections) {
        QAction *action = addColumn(menu, header, section);
        action->setChecked(!header.isSectionHidden(section));
        action->setData(section);
        QObject::connect(action, &QAction::toggled, &header, [&menu, &header, show, section](bool on) {
            show(section, on);
            QMetaObject::invokeMethod(
                &menu, [&menu, &header] { tickShown(menu, header); }, Qt::QueuedConnection);
        });
    }
    nameEntries(menu);
}

void fillSort(QMenu &menu, QHeaderView &header, const QList<int> &sections)
{
    menu.clear();
    tickBySpace(menu);
    qDeleteAll(menu.findChildren<QActionGroup *>(Qt::FindDirectChildrenOnly)); // of the last time
    const int sorted = header.sortIndicatorSection();
    auto *columns = new QActionGroup(&menu);
    for (const int section : sections) {
        QAction *action = addColumn(menu, header, section);
        action->setActionGroup(columns);
        action->setChecked(section == sorted);
        QObject::connect(action, &QAction::triggered, &header, [&header, section] {
            const QVariant first = header.model()->headerData(section, Qt::Horizontal, Qt::InitialSortOrderRole);
            header.setSortIndicator(section, Qt::SortOrder(first.toInt()));
        });
    }
    menu.addSeparator();
    auto *orders = new QActionGroup(&menu);
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        QAction *action = menu.addAction(order == Qt::AscendingOrder
                                             ? QCoreApplication::translate("casement::ColumnMenu", "Ascending")
                                             : QCoreApplication::translate("casement::ColumnMenu", "Descending"));
        action->setCheckable(true);
        action->setActionGroup(orders);
        action->setChecked(order == header.sortIndicatorOrder());
        QObject::connect(action, &QAction::triggered, &header,
                         [&header, order] { header.setSortIndicator(header.sortIndicatorSection(), order); });
    }
    nameEntries(menu);
}

QList<int> sectionsOf(const QHeaderView &header, bool asOnScreen)
{
    QList<int> sections;
    for (int place = 0; place < header.count(); ++place)
        sections.append(asOnScreen ? header.logicalIndex(place) : place);
    return sections;
}

} // namespace casement::columnmenu
