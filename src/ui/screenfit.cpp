#include "ui/screenfit.h"

#include "ui/windowplace.h"

#include <QApplication>
#include <QBoxLayout>
#include <QDialog>
#include <QDialogButtonBox>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int leastContent = 96; // px of height that are left to what scrolls

QSize pretended;

/// What is above a dialog's buttons once it has to scroll.
class DialogContent final : public QScrollArea
{
public:
    explicit DialogContent(QWidget *content)
    {
        setObjectName(u"dialogContent"_s);
        setFrameShape(QFrame::NoFrame);
        setFocusPolicy(Qt::NoFocus); // what has the focus is scrolled to
        setWidgetResizable(true);
        setWidget(content);
        viewport()->setAutoFillBackground(false);
        content->setAutoFillBackground(false);
    }

    QSize sizeHint() const override { return widget()->sizeHint() + QSize(bar(), 0); }
    QSize minimumSizeHint() const override { return {widget()->minimumSizeHint().width() + bar(), leastContent}; }

private:
    int bar() const { return verticalScrollBar()->sizeHint().width(); }
};

int heightNeeded(QLayout &layout, int width)
{
    const int least = layout.totalMinimumSize().height();
    return layout.hasHeightForWidth() ? qMax(least, layout.totalMinimumHeightForWidth(width)) : least;
}

/// A box of buttons, or a row that one stands in.
bool holdsButtons(QLayoutItem &item)
{
    if (QWidget *widget = item.widget())
        return qobject_cast<QDialogButtonBox *>(widget) || qobject_cast<QPushButton *>(widget);
    QLayout *row = item.layout();
    for (int i = 0; row && i < row->count(); ++i) {
        if (holdsButtons(*row->itemAt(i)))
            return true;
    }
    return false;
}

/// Puts all of the dialog but its last row of buttons into an area that scrolls.
void letScroll(QDialog &dialog)
{
    const QPointer<QWidget> focus = dialog.focusWidget();
    QLayout *content = dialog.layout();
    const QMargins margins = content->contentsMargins();
    auto *column = qobject_cast<QBoxLayout *>(content);
    QLayoutItem *buttons = nullptr;
    if (column && column->direction() == QBoxLayout::TopToBottom && column->count() > 1
        && holdsButtons(*column->itemAt(column->count() - 1)))
        buttons = column->takeAt(column->count() - 1);
    content->setContentsMargins(margins.left(), margins.top(), margins.right(), buttons ? 0 : margins.bottom());
    auto *inner = new QWidget;
    inner->setLayout(content); // takes it from the dialog, with the widgets in it
    auto *area = new DialogContent(inner);
    auto *outer = new QVBoxLayout(&dialog);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(area, 1);
    if (buttons) {
        auto *row = new QHBoxLayout;
        row->setContentsMargins(margins.left(), 8, margins.right(), margins.bottom());
        if (QLayout *nested = buttons->layout()) {
            row->addLayout(nested);
        } else {
            row->addWidget(buttons->widget());
            delete buttons;
        }
        outer->addLayout(row);
    }
    if (focus)
        QMetaObject::invokeMethod(
            focus, [focus] { focus->setFocus(); }, Qt::QueuedConnection);
}

} // namespace

ScreenFit::ScreenFit(QObject *parent) : QObject(parent) { qApp->installEventFilter(this); }

ScreenFit::~ScreenFit() = default;

QSize ScreenFit::roomFor(const QWidget &window)
{
    if (!pretended.isEmpty())
        return pretended;
    const QScreen *screen = window.screen();
    return screen ? screen->availableGeometry().marginsRemoved(windowFrame).size()
                  : QSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX);
}

void ScreenFit::goTo(QWidget &field)
{
    field.setFocus(Qt::OtherFocusReason);
    // What is said below it was perhaps hidden until now: once the layouts know of it.
    QTimer::singleShot(0, &field, [&field] {
        const QWidget *shown = &field;
        for (QWidget *parent = field.parentWidget(); parent && !shown->isWindow(); parent = parent->parentWidget()) {
            if (auto *area = qobject_cast<QScrollArea *>(parent))
                area->ensureWidgetVisible(&field, 8, 3 * field.fontMetrics().lineSpacing());
            shown = parent;
        }
    });
}

void ScreenFit::pretendRoom(QSize room) { pretended = room; }

bool ScreenFit::eventFilter(QObject *watched, QEvent *event)
{
    const auto type = event->type();
    if ((type == QEvent::Polish || type == QEvent::Show || type == QEvent::LayoutRequest) && watched->isWidgetType()) {
        auto *dialog = qobject_cast<QDialog *>(watched);
        // Message boxes break their lines to the screen by themselves, and set their own size.
        if (dialog && dialog->isWindow() && !qobject_cast<QMessageBox *>(dialog))
            fit(*dialog);
    }
    return QObject::eventFilter(watched, event);
}

void ScreenFit::fit(QDialog &dialog)
{
    const QSize room = roomFor(dialog);
    QLayout *layout = dialog.layout();
    const bool scrolls = dialog.findChild<QScrollArea *>(u"dialogContent"_s, Qt::FindDirectChildrenOnly) != nullptr;
    if (layout && !scrolls && heightNeeded(*layout, qMin(dialog.width(), room.width())) > room.height())
        letScroll(dialog);
    const QSize size = dialog.size().boundedTo(room);
    if (size != dialog.size())
        dialog.resize(size);
}

} // namespace casement
