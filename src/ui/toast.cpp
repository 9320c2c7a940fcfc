#include "ui/toast.h"

#include "ui/icons.h"
#include "ui/spoken.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMainWindow>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::seconds stays{10};
constexpr int edge = 16;
constexpr int gap = 4; // to a row that is chosen
constexpr int leastWidth = 160;
constexpr int mostCharacters = 120; // of a line
constexpr int leastCharacters = 24; // beside buttons
constexpr const char *clearProperty = "keptClearOfNotices";
} // namespace

Toast::Toast(QWidget *parent) : QFrame(parent)
{
    setObjectName(u"toast"_s);
    auto *layout = new QHBoxLayout(this);
    m_words = new QBoxLayout(QBoxLayout::LeftToRight);
    m_words->setSpacing(12);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    spoken::setRole(*this, QAccessible::AlertMessage);
    layout->setContentsMargins(16, 8, 8, 8);
    layout->setSpacing(12);
    m_text = new QLabel(this);
    m_text->setObjectName(u"toastText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_button = new QPushButton(this);
    m_button->setObjectName(u"toastButton"_s);
    m_second = new QPushButton(this);
    m_second->setObjectName(u"toastSecondButton"_s);
    m_close = new QToolButton(this);
    m_close->setObjectName(u"toastClose"_s);
    m_close->setAutoRaise(true);
    m_close->setIcon(icons::icon(u"close"_s));
    spoken::setName(*m_close, tr("Close the notice"));
    m_close->setToolTip(tr("Close the notice"));
    m_words->addWidget(m_text, 1);
    m_words->addLayout(buttons);
    buttons->addWidget(m_button);
    buttons->addWidget(m_second);
    buttons->addStretch();
    layout->addLayout(m_words, 1);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    parent->installEventFilter(this);
    m_timer.setSingleShot(true);
    m_timer.setInterval(stays);
    connect(&m_timer, &QTimer::timeout, this, &Toast::leave);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_button, &QPushButton::clicked, this, [this] {
        hide();
        if (m_act)
            m_act();
    });
    connect(m_second, &QPushButton::clicked, this, [this] {
        hide();
        if (m_secondAct)
            m_secondAct();
    });
    hide();
}

QString Toast::text() const { return isHidden() ? QString() : m_text->text(); }

void Toast::show(const QString &text, const QString &button, std::function<void()> act)
{
    show(text, {button, std::move(act)}, {});
}

void Toast::show(const QString &text, const Action &first, const Action &second)
{
    m_topic.clear();
    m_text->setText(text);
    spoken::setName(*this, text);
    m_button->setText(first.text);
    m_button->setVisible(!first.text.isEmpty());
    m_act = first.act;
    m_second->setText(second.text);
    m_second->setVisible(!second.text.isEmpty());
    m_secondAct = second.act;
    follow();
    setVisible(true);
    place();
    raise();
    m_timer.start();
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void Toast::hideTopic(const QString &topic)
{
    if (m_topic == topic)
        hide();
}

void Toast::keepClear(QWidget &widget) { widget.setProperty(clearProperty, true); }

/// Goes out of the way of what comes and moves while it stands.
void Toast::follow()
{
    m_following = std::make_unique<QObject>();
    // What moved has its new place after that.
    const auto placeSoon = [this] {
        QMetaObject::invokeMethod(
            m_following.get(), [this] { place(); }, Qt::QueuedConnection);
    };
    const auto views = parentWidget()->findChildren<QAbstractItemView *>();
    for (const QAbstractItemView *view : views) {
        if (const QItemSelectionModel *rows = view->selectionModel())
            connect(rows, &QItemSelectionModel::currentChanged, m_following.get(), placeSoon);
        connect(view->verticalScrollBar(), &QScrollBar::valueChanged, m_following.get(), placeSoon);
    }
    const auto stacks = parentWidget()->findChildren<QStackedWidget *>();
    for (const QStackedWidget *stack : stacks)
        connect(stack, &QStackedWidget::currentChanged, m_following.get(), placeSoon);
    const auto splitters = parentWidget()->findChildren<QSplitter *>();
    for (const QSplitter *splitter : splitters)
        connect(splitter, &QSplitter::splitterMoved, m_following.get(), placeSoon);
}

/// Beside what is kept clear; above the status bar.
QRect Toast::room() const
{
    const auto *window = qobject_cast<const QMainWindow *>(parentWidget());
    const QWidget *inside = window ? window->centralWidget() : nullptr;
    QRect room = inside ? inside->geometry() : parentWidget()->rect();
    const auto widgets = parentWidget()->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->property(clearProperty).toBool() || !widget->isVisibleTo(parentWidget()))
            continue;
        const QRect taken(widget->mapTo(parentWidget(), QPoint()), widget->size());
        const int before = taken.left() - room.left();
        const int behind = room.right() - taken.right();
        if (std::max(before, behind) < leastWidth + 2 * edge)
            continue; // it is all there is
        if (before >= behind)
            room.setRight(taken.left() - 1);
        else
            room.setLeft(taken.right() + 1);
    }
    return room.adjusted(edge, edge, -edge, -edge);
}

QList<QRect> Toast::chosenRows() const
{
    QList<QRect> rows;
    const auto views = parentWidget()->findChildren<QAbstractItemView *>();
    for (QAbstractItemView *view : views) {
        if (!view->isVisibleTo(parentWidget()) || view->window() != window() || !view->selectionModel()
            || !view->selectionModel()->hasSelection())
            continue;
        QRect row = view->visualRect(view->currentIndex());
        row.setLeft(0);
        row.setRight(view->viewport()->width());
        row &= view->viewport()->rect();
        if (!row.isEmpty())
            rows.append(row.translated(view->viewport()->mapTo(parentWidget(), QPoint())));
    }
    return rows;
}

void Toast::place()
{
    if (isHidden())
        return;
    const QRect room = this->room();
    const int width = qMin(room.width(), fontMetrics().averageCharWidth() * mostCharacters);
    const auto again = [this] { // each remembers what it needed before
        m_words->invalidate();
        layout()->invalidate();
    };
    m_text->setWordWrap(false);
    m_words->setDirection(QBoxLayout::LeftToRight);
    again();
    QSize size = sizeHint();
    if (size.width() > width) {
        const int beside = size.width() - m_text->sizeHint().width();
        m_text->setWordWrap(true);
        if (width - beside < fontMetrics().averageCharWidth() * leastCharacters)
            m_words->setDirection(QBoxLayout::TopToBottom);
        again();
        size = {width, layout()->totalHeightForWidth(width)};
    }
    QRect place(QPoint(room.left(), 0), size.boundedTo(room.size()));
    place.moveBottom(room.bottom());
    const QList<QRect> rows = chosenRows();
    for (bool isMoved = true; isMoved;) {
        isMoved = false;
        for (const QRect &row : rows) {
            if (place.adjusted(0, -gap, 0, gap).intersects(row)) {
                place.moveBottom(row.top() - gap - 1);
                isMoved = true;
            }
        }
    }
    if (place.top() < room.top())
        place.moveBottom(room.bottom()); // rows that are as high as the window
    setGeometry(place);
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && !isHidden())
        QMetaObject::invokeMethod(
            m_following.get(), [this] { place(); }, Qt::QueuedConnection); // what is in it has its new size then
    return QFrame::eventFilter(watched, event);
}

void Toast::leave()
{
    if (underMouse() || m_button->hasFocus() || m_second->hasFocus() || m_close->hasFocus())
        return m_timer.start();
    hide();
}

void Toast::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = Theme::colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.border, 1));
    painter.setBrush(colors.awsGround);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

void Toast::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        spoken::setName(*m_close, tr("Close the notice"));
        m_close->setToolTip(tr("Close the notice"));
        hide(); // its words are of the other language
    }
}

} // namespace casement
