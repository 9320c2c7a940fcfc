#pragma once

#include "ui/advisorbars.h"

#include <QScrollArea>

#include <vector>

class QGridLayout;
class QLabel;

namespace casement {

class AccountModel;
class AdvisorCheckModel;
class AdvisorTile;
class AdvisorTrend;

/// Trusted Advisor at a glance: a tile per category, the largest savings, and how the flagged resources grew or shrank.
/// Everything that is counted leads to what it counts.
class AdvisorOverview final : public QScrollArea
{
    Q_OBJECT

public:
    /// Borrowed; outlives the overview.
    AdvisorOverview(const AdvisorCheckModel &checks, const AccountModel &accounts, QWidget *parent = nullptr);

    void refresh();
    void setDays(const QList<AdvisorDay> &days);
    /// Gives the focus to the first tile.
    void focusFirst();
    void retranslate();

Q_SIGNALS:
    /// Checks of a category with a status; empty: whatever they are. `!ok`: what somebody has to look at.
    void chosen(const QString &category, const QString &status);
    void checkChosen(casement::AccountId account, const QString &checkId);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void addTile();
    void arrange();

    const AdvisorCheckModel &m_checks;
    const AccountModel &m_accounts;
    QWidget *m_inside;
    QGridLayout *m_tileLayout;
    std::vector<AdvisorTile *> m_tiles;
    QGridLayout *m_chartLayout;
    QWidget *m_savings;
    QWidget *m_history;
    QLabel *m_savingsTitle;
    QLabel *m_noSavings;
    QLabel *m_historyTitle;
    QLabel *m_noHistory;
    AdvisorBars *m_bars;
    AdvisorTrend *m_trend;
};

} // namespace casement
