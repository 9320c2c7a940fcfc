#include "ui/advisoroverview.h"

#include "models/advisorcheckmodel.h"
#include "models/advisortext.h"
#include "ui/advisortile.h"
#include "ui/advisortrend.h"
#include "ui/spoken.h"
#include "ui/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostBars = 8;
constexpr int usualCategories = 6;
constexpr int tileWidth = 260; // of the narrowest; in a font of usual size

/// The ground of a chart: that of the tiles.
class ChartPanel final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const ThemeColors &colors = Theme::colors();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(colors.line);
        painter.setBrush(colors.palette.color(QPalette::Base));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
};

QLabel *chartTitle(QWidget *parent, const QString &name)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setContentsMargins(8, 0, 8, 0);
    QFont bold = label->font();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    return label;
}

QLabel *emptyWords(QWidget *parent, const QString &name)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setContentsMargins(8, 0, 8, 8);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

AdvisorOverview::AdvisorOverview(const AdvisorCheckModel &checks, const AccountModel &accounts, QWidget *parent)
    : QScrollArea(parent), m_checks(checks), m_accounts(accounts), m_inside(new QWidget)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(m_inside);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(12);
    m_tileLayout = new QGridLayout;
    m_tileLayout->setSpacing(12);
    layout->addLayout(m_tileLayout);
    m_chartLayout = new QGridLayout;
    m_chartLayout->setSpacing(12);
    layout->addLayout(m_chartLayout, 1); // on a large screen they take what the tiles leave
    layout->addStretch();

    for (int i = 0; i < usualCategories; ++i)
        addTile(); // before the charts, for the keyboard's way
    m_savings = new ChartPanel(m_inside);
    m_savingsTitle = chartTitle(m_savings, u"savingsTitle"_s);
    m_noSavings = emptyWords(m_savings, u"noSavings"_s);
    m_bars = new AdvisorBars(m_savings);
    m_bars->setObjectName(u"savingsChart"_s);
    auto *savingsLayout = new QVBoxLayout(m_savings);
    savingsLayout->setContentsMargins(8, 10, 8, 8);
    savingsLayout->addWidget(m_savingsTitle);
    savingsLayout->addWidget(m_noSavings);
    savingsLayout->addWidget(m_bars, 1);
    savingsLayout->addStretch();

    m_history = new ChartPanel(m_inside);
    m_historyTitle = chartTitle(m_history, u"historyTitle"_s);
    m_noHistory = emptyWords(m_history, u"noHistory"_s);
    m_trend = new AdvisorTrend(m_history);
    m_trend->setObjectName(u"trendChart"_s);
    auto *historyLayout = new QVBoxLayout(m_history);
    historyLayout->setContentsMargins(8, 10, 8, 8);
    historyLayout->addWidget(m_historyTitle);
    historyLayout->addWidget(m_noHistory);
    historyLayout->addWidget(m_trend, 1);
    historyLayout->addStretch();

    setWidget(m_inside);
    connect(m_bars, &AdvisorBars::checkChosen, this, &AdvisorOverview::checkChosen);
    connect(m_trend, &AdvisorTrend::chosen, this, [this] { Q_EMIT chosen({}, u"!ok"_s); });
    setDays({});
    retranslate();
}

void AdvisorOverview::addTile()
{
    auto *tile = new AdvisorTile(m_inside);
    tile->hide();
    connect(tile, &AdvisorTile::chosen, this, &AdvisorOverview::chosen);
    m_tiles.push_back(tile);
}

void AdvisorOverview::refresh()
{
    const QList<AdvisorCategory> &categories = m_checks.categories();
    bool isNew = false;
    while (m_tiles.size() < size_t(categories.size()))
        addTile();
    for (size_t i = 0; i < m_tiles.size(); ++i) {
        const bool used = i < size_t(categories.size());
        isNew = isNew || m_tiles[i]->isHidden() == used;
        m_tiles[i]->setVisible(used);
        if (used)
            m_tiles[i]->show(categories.at(qsizetype(i)));
    }
    if (isNew)
        arrange();
    QList<AdvisorBars::Bar> bars;
    const bool several = m_accounts.rowCount() > 1;
    const QList<AdvisorCheckRecord> largest = m_checks.largestSavings(mostBars);
    for (const AdvisorCheckRecord &check : largest)
        bars.append({check.account, check.checkId, check.name, several ? m_accounts.name(check.account) : QString(),
                     check.savings.estimatedMonthlySavings});
    m_bars->show(bars);
    m_bars->setVisible(!bars.isEmpty());
    m_noSavings->setVisible(bars.isEmpty());
    double sum = 0;
    for (const AdvisorCategory &category : categories)
        sum += category.savings;
    m_savingsTitle->setText(sum > 0 ? tr("Largest savings, %1 a month in all").arg(AdvisorText::money(sum, QLocale()))
                                    : tr("Largest savings"));
}

void AdvisorOverview::setDays(const QList<AdvisorDay> &days)
{
    m_trend->show(days);
    m_trend->setVisible(!days.isEmpty());
    m_noHistory->setVisible(days.isEmpty());
}

void AdvisorOverview::focusFirst()
{
    if (!m_tiles.empty() && !m_tiles.front()->isHidden())
        m_tiles.front()->focusTitle();
}

/// As many tiles side by side as there is room for; the charts below each other unless each has room for its words.
void AdvisorOverview::arrange()
{
    const int room = viewport()->width() - 24;
    int least = tileWidth;
    for (const AdvisorTile *tile : m_tiles)
        least = std::max(least, tile->isHidden() ? 0 : tile->minimumSizeHint().width());
    const int columns = std::clamp((room + 12) / (least + 12), 1, 3);
    for (AdvisorTile *tile : m_tiles)
        m_tileLayout->removeWidget(tile);
    for (int column = 0; column < 3; ++column)
        m_tileLayout->setColumnStretch(column, column < columns ? 1 : 0);
    for (size_t i = 0; i < m_tiles.size(); ++i) {
        if (!m_tiles[i]->isHidden())
            m_tileLayout->addWidget(m_tiles[i], int(i) / columns, int(i) % columns);
    }
    m_chartLayout->removeWidget(m_savings);
    m_chartLayout->removeWidget(m_history);
    const bool wide = columns > 2;
    m_chartLayout->addWidget(m_savings, 0, 0);
    m_chartLayout->addWidget(m_history, wide ? 0 : 1, wide ? 1 : 0);
    m_chartLayout->setColumnStretch(0, 1);
    m_chartLayout->setColumnStretch(1, wide ? 1 : 0);
}

void AdvisorOverview::retranslate()
{
    spoken::setName(*m_inside, tr("Trusted Advisor overview"));
    spoken::setName(*m_bars, tr("Largest savings"));
    m_bars->retranslate();
    m_noSavings->setText(tr("No check has found anything to save."));
    m_historyTitle->setText(tr("Flagged resources over time"));
    m_noHistory->setText(tr("The line begins when results have been loaded."));
    m_trend->retranslate();
    for (AdvisorTile *tile : m_tiles) {
        if (!tile->isHidden())
            tile->retranslate();
    }
    refresh();
}

void AdvisorOverview::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

void AdvisorOverview::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

} // namespace casement
