#include "ui/toast.h"

#include "ui/icons.h"
#include "ui/spoken.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QMainWindow>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QResizeEvent>
#include <QToolButton>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::seconds stays{10};
constexpr int leastCharacters = 40; // of a line beside buttons

/// The current rows that are seen whole, which a lower window would hide.
QList<QPointer<QAbstractItemView>> viewsOfSeenRows(const QWidget &window)
{
    QList<QPointer<QAbstractItemView>> views;
    const auto all = window.findChildren<QAbstractItemView *>();
    for (QAbstractItemView *view : all) {
        if (!view->isVisibleTo(&window) || view->window() != &window || !view->selectionModel()
            || !view->currentIndex().isValid())
            continue;
        const QRect row = view->visualRect(view->currentIndex());
        if (row.top() >= 0 && row.bottom() < view->viewport()->height())
            views.append(view);
    }
    return views;
}
} // namespace

Toast::Toast(QMainWindow &window) : QFrame(window.centralWidget())
{
    setObjectName(u"toast"_s);
    auto *layout = new QHBoxLayout(this);
    m_words = new QBoxLayout(QBoxLayout::LeftToRight);
    m_words->setSpacing(12);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    spoken::setRole(*this, QAccessible::AlertMessage);
    layout->setContentsMargins(16, 4, 8, 4);
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
    layout->addWidget(m_close, 0, Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // a long sentence makes no window wider
    window.centralWidget()->layout()->addWidget(this);
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
    const auto seen = viewsOfSeenRows(*window());
    setVisible(true);
    fit(parentWidget()->width());
    parentWidget()->layout()->activate();
    for (const QPointer<QAbstractItemView> &view : seen)
        view->scrollTo(view->currentIndex());
    m_timer.start();
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void Toast::hideTopic(const QString &topic)
{
    if (m_topic == topic)
        hide();
}

/// One line where that is enough; the buttons below the words where they would leave them little room.
void Toast::fit(int width)
{
    const auto again = [this] { // each remembers what it needed before
        m_words->invalidate();
        layout()->invalidate();
    };
    m_text->setWordWrap(false);
    m_words->setDirection(QBoxLayout::LeftToRight);
    again();
    int height = layout()->totalSizeHint().height();
    if (const int needed = layout()->totalSizeHint().width(); needed > width) {
        const int beside = needed - m_text->sizeHint().width();
        m_text->setWordWrap(true);
        if (width - beside < fontMetrics().averageCharWidth() * leastCharacters)
            m_words->setDirection(QBoxLayout::TopToBottom);
        again();
        height = layout()->totalHeightForWidth(width);
    }
    setFixedHeight(height);
}

void Toast::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        fit(width());
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
    painter.fillRect(rect(), colors.awsGround);
    painter.fillRect(QRect(0, 0, width(), 1), colors.border);
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
