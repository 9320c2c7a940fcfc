#include "ui/advisortile.h"

#include "models/advisortext.h"
#include "models/names.h"
#include "models/relativetime.h"
#include "ui/advisorlook.h"
#include "ui/icons.h"
#include "ui/spoken.h"
#include "ui/theme.h"

#include <QDateTime>
#include <QEvent>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QToolButton>

#include <limits>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array tileStatuses{"error"_L1, "warning"_L1, "ok"_L1, "not_available"_L1};

} // namespace

AdvisorTile::AdvisorTile(QWidget *parent)
    : QFrame(parent), m_title(new QToolButton(this)), m_savings(new ElidingLabel(this)),
      m_flagged(new ElidingLabel(this)), m_age(new QLabel(this))
{
    setFrameShape(QFrame::NoFrame);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setHorizontalSpacing(4);
    layout->setVerticalSpacing(2);
    m_title->setAutoRaise(true);
    m_title->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_title->setFocusPolicy(Qt::StrongFocus);
    QFont bold = m_title->font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    connect(m_title, &QToolButton::clicked, this, [this] { Q_EMIT chosen(m_category.code, {}); });
    layout->addWidget(m_title, 0, 0, 1, 2, Qt::AlignLeft);
    for (size_t i = 0; i < m_counts.size(); ++i) {
        auto *button = new QToolButton(this);
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIconSize(QSize(16, 16));
        button->setFocusPolicy(Qt::StrongFocus);
        connect(button, &QToolButton::clicked, this,
                [this, i] { Q_EMIT chosen(m_category.code, QString(tileStatuses[i])); });
        m_counts[i] = button;
        layout->addWidget(button, 1 + int(i) / 2, int(i) % 2, Qt::AlignLeft);
    }
    for (QLabel *label : {static_cast<QLabel *>(m_savings), static_cast<QLabel *>(m_flagged), m_age}) {
        label->setTextFormat(Qt::PlainText);
        label->setContentsMargins(8, 2, 8, 0); // below the title's words
    }
    m_savings->setObjectName(u"savings"_s);
    m_flagged->setObjectName(u"flagged"_s);
    m_age->setObjectName(u"age"_s);
    m_age->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_savings, 3, 0, 1, 2);
    layout->addWidget(m_flagged, 4, 0, 1, 2);
    layout->addWidget(m_age, 5, 0, 1, 2);
    layout->setColumnStretch(0, 1);
    layout->setColumnStretch(1, 1);
    layout->setRowStretch(6, 1);
}

void AdvisorTile::show(const AdvisorCategory &category)
{
    m_category = category;
    setObjectName(u"tile_"_s + category.code);
    m_title->setObjectName(u"tile_"_s + category.code + u"_all"_s);
    for (size_t i = 0; i < m_counts.size(); ++i)
        m_counts[i]->setObjectName(u"tile_"_s + category.code + u'_' + tileStatuses[i]);
    fill();
}

void AdvisorTile::retranslate() { fill(); }

void AdvisorTile::focusTitle() { m_title->setFocus(); }

void AdvisorTile::fill()
{
    const QLocale locale;
    const QString name = Names::advisorCategory(m_category.code.toUtf8().toStdString());
    m_title->setText(name);
    spoken::setName(*this, name);
    //: What a screen reader says of the heading of a category's tile: name, number of checks
    spoken::setName(*m_title, tr("%1, %Ln check(s)", nullptr, m_category.checks).arg(name));
    m_title->setToolTip(tr("Show all checks of this category"));
    const std::array counts{m_category.errors, m_category.warnings, m_category.ok, m_category.notAvailable};
    for (size_t i = 0; i < m_counts.size(); ++i) {
        const QString status(tileStatuses[i]);
        //: A number of checks and their status: "3 Action recommended"
        const QString text =
            tr("%Ln %1", "number and status", counts[i]).arg(Names::advisorStatus(status.toStdString()));
        m_counts[i]->setText(text);
        m_counts[i]->setIcon(advisorlook::icon(counts[i] > 0 ? status : QString()));
        if (counts[i] == 0)
            m_counts[i]->setIcon(icons::icon(advisorlook::iconName(status), Theme::colors().mutedText));
        //: What a screen reader says of a number in a category's tile: category, then "3 Action recommended"
        spoken::setName(*m_counts[i], tr("%1: %2", "category and count").arg(name, text));
        m_counts[i]->setToolTip(counts[i] > 0 ? tr("Show these checks") : QString());
        m_counts[i]->setEnabled(counts[i] > 0);
    }
    m_savings->setTexts(tr("%1 a month could be saved").arg(AdvisorText::money(m_category.savings, locale)));
    m_savings->setVisible(m_category.savings > 0);
    m_flagged->setTexts(
        tr("%Ln resource(s) flagged", nullptr, int(qMin<qint64>(m_category.flagged, std::numeric_limits<int>::max()))));
    m_flagged->setVisible(m_category.flagged > 0);
    const bool hasResults = m_category.errors + m_category.warnings + m_category.ok > 0;
    m_age->setText(
        m_category.newest > 0
            ? tr("Refreshed %1").arg(TimeText::ago(m_category.newest, QDateTime::currentMSecsSinceEpoch(), locale))
            : hasResults ? tr("AWS does not say when it was refreshed")
                         : tr("Never refreshed"));
    m_age->setToolTip(m_category.newest > 0 ? TimeText::exact(m_category.newest, locale) : QString());
}

/// Return on a button of the tile does what a click does; tool buttons leave it to their parent.
void AdvisorTile::keyPressEvent(QKeyEvent *event)
{
    auto *button = qobject_cast<QToolButton *>(focusWidget());
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (button && isReturn && (event->modifiers() & ~Qt::KeypadModifier) == 0)
        button->click();
    else
        QFrame::keyPressEvent(event);
}

void AdvisorTile::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = Theme::colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.line);
    painter.setBrush(colors.palette.color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

void AdvisorTile::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_category.code.isNull())
        fill();
}

} // namespace casement
