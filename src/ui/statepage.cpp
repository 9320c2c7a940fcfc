#include "ui/statepage.h"

#include "ui/icons.h"
#include "ui/spoken.h"
#include "ui/theme.h"
#include "ui_statepage.h"

#include <QPainter>

namespace casement {

StatePage::StatePage(QWidget *parent) : QWidget(parent), m_ui(std::make_unique<Ui::StatePage>())
{
    m_ui->setupUi(this);
    spoken::setRole(*this, QAccessible::Grouping);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    QFont font = m_ui->title->font();
    font.setPointSizeF(font.pointSizeF() * 1.25);
    font.setWeight(QFont::DemiBold);
    m_ui->title->setFont(font);
    m_ui->sentence->setForegroundRole(QPalette::PlaceholderText);
    m_ui->secondButton->hide();
    connect(m_ui->button, &QPushButton::clicked, this, &StatePage::buttonClicked);
    connect(m_ui->secondButton, &QPushButton::clicked, this, &StatePage::secondClicked);
}

StatePage::~StatePage() = default;

void StatePage::show(const QString &iconName, const QString &title, const QString &sentence, const QString &button,
                     const QString &second)
{
    m_loading = false;
    m_icon = iconName;
    m_ui->icon->setVisible(!iconName.isEmpty());
    m_ui->title->setText(title);
    m_ui->title->setVisible(!title.isEmpty());
    m_ui->sentence->setText(sentence);
    m_ui->sentence->setVisible(!sentence.isEmpty());
    spoken::setName(*this, title.isEmpty() ? sentence : title);
    spoken::setDescription(*this, title.isEmpty() ? QString() : sentence);
    m_ui->button->setText(button);
    m_ui->button->setVisible(!button.isEmpty());
    m_ui->secondButton->setText(second);
    m_ui->secondButton->setVisible(!second.isEmpty());
    paintIcon();
    update();
}

void StatePage::showLoading(const QString &sentence)
{
    show(QString(), QString(), sentence);
    m_loading = true;
    update();
}

bool StatePage::focusButton()
{
    if (m_ui->button->isHidden())
        return false;
    m_ui->button->setFocus();
    return true;
}

void StatePage::takeFocus()
{
    if (!focusButton())
        setFocus();
}

QString StatePage::title() const { return m_ui->title->text(); }

QString StatePage::sentence() const { return m_ui->sentence->text(); }

void StatePage::paintIcon()
{
    if (m_icon.isEmpty() || !icons::areEnabled())
        return;
    m_ui->icon->setPixmap(icons::pixmap(m_icon, 48, devicePixelRatioF(), Theme::colors().customer));
}

void StatePage::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    if (!m_icon.isEmpty() && m_ui->icon->pixmap(Qt::ReturnByValue).isNull())
        paintIcon();
    if (!m_loading)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const int row = 32;
    QColor bar = Theme::colors().line;
    const int end = m_ui->sentence->isVisible() ? m_ui->sentence->y() - 8 : height(); // the words stand free
    for (int i = 0, y = 20; i < 9 && y + row < end; ++i, y += row) {
        bar.setAlphaF(float(1.0 - i * 0.1));
        painter.setBrush(bar);
        const int span = width() - 32;
        painter.drawRoundedRect(QRectF(16, y, 56, 12), 6, 6);
        painter.drawRoundedRect(QRectF(88, y, span * (0.35 + 0.05 * ((i * 7) % 5)), 12), 4, 4);
        painter.drawRoundedRect(QRectF(span - 40, y, 56, 12), 4, 4);
    }
}

void StatePage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintIcon();
}

} // namespace casement
