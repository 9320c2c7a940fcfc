#include "ui/templatenotice.h"

#include "ui/icons.h"
#include "ui/spoken.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace casement {

using namespace Qt::StringLiterals;

TemplateNotice::TemplateNotice(QWidget *parent) : QFrame(parent)
{
    auto *layout = new QHBoxLayout(this);
    spoken::setRole(*this, QAccessible::AlertMessage);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setSpacing(8);
    m_text = new QLabel(this);
    m_text->setObjectName(u"templateNoticeText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setMinimumWidth(80);
    layout->addWidget(m_text, 1);
    m_close = new QToolButton(this);
    m_close->setObjectName(u"templateNoticeClose"_s);
    m_close->setAutoRaise(true);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    nameClose();
    recolor();
    hide();
}

QString TemplateNotice::text() const { return isHidden() ? QString() : m_text->text(); }

void TemplateNotice::tell(const QString &sentences)
{
    m_text->setText(sentences);
    spoken::setName(*m_text, sentences);
    spoken::setName(*this, sentences);
    setVisible(!sentences.isEmpty());
    if (sentences.isEmpty())
        return;
    QAccessibleEvent told(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
}

void TemplateNotice::nameClose()
{
    m_close->setToolTip(tr("Close this notice"));
    spoken::setName(*m_close, m_close->toolTip());
}

void TemplateNotice::recolor()
{
    QPalette own = m_text->palette();
    own.setColor(QPalette::WindowText, Theme::colors().warningText);
    m_text->setPalette(own);
    m_close->setIcon(icons::icon(u"close"_s, Theme::colors().warningText));
}

void TemplateNotice::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (!m_close)
        return;
    if (event->type() == QEvent::LanguageChange)
        nameClose();
    else if (event->type() == QEvent::PaletteChange)
        recolor();
}

void TemplateNotice::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().warningGround);
}

} // namespace casement
