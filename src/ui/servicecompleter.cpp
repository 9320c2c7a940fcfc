#include "ui/servicecompleter.h"

#include "models/servicemodel.h"
#include "ui/roomyrows.h"
#include "ui/spoken.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>

#include <utility>

namespace casement {

ServiceCompleter::ServiceCompleter(ServiceModel &services, QLineEdit &field)
    : QCompleter(&services, &field), m_services(services), m_field(field)
{
    setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    setMaxVisibleItems(12);
    field.setCompleter(this);
    popup()->setItemDelegate(new RoomyRows(popup()));
    connect(&field, &QLineEdit::textEdited, this, [this] { m_typed = true; });
    connect(
        &field, &QLineEdit::textChanged, this,
        [this] {
            if (!std::exchange(m_typed, false))
                Q_EMIT replaced();
        },
        Qt::QueuedConnection); // whoever sets the text has something to say of it
    connect(this, qOverload<const QString &>(&QCompleter::highlighted), this, &ServiceCompleter::tell);
}

void ServiceCompleter::showAll()
{
    complete();
    forgetMark();
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (popup()->isVisible() && !m_field.text().trimmed().isEmpty())
                mark(marked());
        },
        Qt::QueuedConnection); // the field says so itself after this, and then nothing is marked
    const int count = m_services.rowCount();
    if (count == 0)
        tell(tr("No service fits."));
    else
        //: What a screen reader says of a field: %1 is the first of them
        tell(tr("%Ln service(s) fit: %1", nullptr, count).arg(m_services.index(0, 0).data().toString()));
}

/// That of what was typed before. Without a word of it to the field: Qt would take its end for a wish to have the text
/// of before this key again.
void ServiceCompleter::forgetMark()
{
    const QSignalBlocker quiet(popup()->selectionModel());
    popup()->selectionModel()->clear();
    popup()->viewport()->update();
}

/// Without a word of it to the field, whose text would be replaced by what is marked.
void ServiceCompleter::mark(const QModelIndex &index)
{
    const QSignalBlocker quiet(popup()->selectionModel());
    popup()->setCurrentIndex(index);
    popup()->scrollTo(index); // the blocked signals would
    popup()->viewport()->update();
}

/// What somebody went to by an arrow key, what is called as the field says, or the first.
QModelIndex ServiceCompleter::marked() const
{
    const QModelIndexList chosen = popup()->selectionModel()->selectedRows();
    if (!chosen.isEmpty())
        return chosen.constFirst();
    const QAbstractItemModel &rows = *completionModel();
    const QModelIndexList named = rows.match(rows.index(0, 0), Qt::DisplayRole, m_field.text().trimmed(), 1,
                                             Qt::MatchFixedString); // whatever its case
    return named.isEmpty() ? rows.index(0, 0) : named.constFirst();
}

/// Down, or Alt and Down, as in a combo box.
bool ServiceCompleter::opensList(const QKeyEvent &event) const
{
    const Qt::KeyboardModifiers held = event.modifiers() & ~Qt::KeypadModifier;
    return event.key() == Qt::Key_Down && (held == Qt::NoModifier || held == Qt::AltModifier);
}

bool ServiceCompleter::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && watched == &m_field && !popup()->isVisible()
        && opensList(*static_cast<QKeyEvent *>(event))) {
        showAll();
        return true;
    }
    // popup() makes the list when there is none, which comes by here.
    if (event->type() != QEvent::KeyPress || watched != popup() || !popup()->isVisible()
        || m_field.text().trimmed().isEmpty())
        return QCompleter::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const bool takes = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab;
    if (takes && marked().isValid()) {
        const QModelIndex index = marked();
        mark(index);
        if (key == Qt::Key_Tab) { // Qt leaves the field without it
            popup()->hide();
            Q_EMIT activated(index);
        }
    }
    return QCompleter::eventFilter(watched, event);
}

void ServiceCompleter::tell(const QString &text)
{
    spoken::setDescription(m_field, text);
    QAccessibleEvent changed(&m_field, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

} // namespace casement
