#include "ui/toast.h"

#include "ui/icons.h"
#include "ui/spoken.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::seconds stays{10};
constexpr int edge = 16;
constexpr int mostCharacters = 120; // of a line
} // namespace

Toast::Toast(QWidget *parent) : QFrame(parent)
{
    setObjectName(u"toast"_s);
    auto *layout = new QHBoxLayout(this);
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
    layout->addWidget(m_text);
    layout->addWidget(m_button);
    layout->addWidget(m_second);
    layout->addWidget(m_close);
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

void Toast::place()
{
    const int room = qMin(parentWidget()->width() - 2 * edge, fontMetrics().averageCharWidth() * mostCharacters);
    m_text->setWordWrap(false);
    QSize size = sizeHint();
    if (size.width() > room) {
        m_text->setWordWrap(true);
        size = {room, layout()->totalHeightForWidth(room)};
    }
    size = size.boundedTo(parentWidget()->size() - QSize(2 * edge, 2 * edge));
    // Over the sidebar and the list: in the middle it would lie on the buttons of the reply.
    setGeometry(edge, parentWidget()->height() - size.height() - 3 * edge, size.width(), size.height());
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
