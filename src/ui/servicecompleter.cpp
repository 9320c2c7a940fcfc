#include "ui/servicecompleter.h"

#include "models/servicemodel.h"
#include "ui/spoken.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStyledItemDelegate>

#include <utility>

namespace casement {

namespace {

/// Rows that one can tell apart and hit.
class RoomyRows final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(0, 8);
    }
};

} // namespace

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
    popup()->selectionModel()->clear(); // of what was typed before
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

/// Without a word of it to the field, whose text would be replaced by what is marked.
void ServiceCompleter::mark(const QModelIndex &index)
{
    const QSignalBlocker quiet(popup()->selectionModel());
    popup()->setCurrentIndex(index);
    popup()->viewport()->update();
}

/// What somebody went to by an arrow key, or the first.
QModelIndex ServiceCompleter::marked() const
{
    const QModelIndexList chosen = popup()->selectionModel()->selectedRows();
    return chosen.isEmpty() ? completionModel()->index(0, 0) : chosen.constFirst();
}

bool ServiceCompleter::eventFilter(QObject *watched, QEvent *event)
{
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
