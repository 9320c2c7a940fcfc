#pragma once

#include "ui/columnmenu.h"

#include <QTreeView>

namespace casement {

class AdvisorCheckModel;
class UiSettings;

/// The checks of Trusted Advisor by category. Columns can be moved, hidden and sorted and are remembered; the checks'
/// names take what is left of the width.
class CheckTree final : public QTreeView, public ColumnTable
{
    Q_OBJECT

public:
    explicit CheckTree(QWidget *parent = nullptr);

    /// Both borrowed; once. Takes columns and sorting from the settings.
    void setUp(AdvisorCheckModel &model, UiSettings &settings);
    void saveColumns();
    /// Whether the account of each check is told.
    void setShowsAccounts(bool on);
    void fillColumnMenu(QMenu &menu) override;
    void fillSortMenu(QMenu &menu) override;
    void resetColumns() override;
    /// The selected rows' visible cells in the order on screen, parted by tabs, for spreadsheets.
    QString selectedText() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void showHeaderMenu(const QPoint &where);
    QList<int> offered() const;

    UiSettings *m_settings = nullptr;
    bool m_hasSeveralAccounts = false;
    bool m_wantsAccount = true; // where there are several
};

} // namespace casement
