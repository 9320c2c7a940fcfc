#pragma once

#include <QTreeView>

namespace casement {

class AdvisorCheckModel;
class UiSettings;

/// The checks of Trusted Advisor by category. Columns can be moved and sorted and are remembered; the checks' names
/// take what is left of the width.
class CheckTree final : public QTreeView
{
    Q_OBJECT

public:
    explicit CheckTree(QWidget *parent = nullptr);

    /// Both borrowed; once. Takes columns and sorting from the settings.
    void setUp(AdvisorCheckModel &model, UiSettings &settings);
    void saveColumns();
    /// Whether the account of each check is told.
    void setShowsAccounts(bool on);
    /// The selected rows' visible cells in the order on screen, parted by tabs, for spreadsheets.
    QString selectedText() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    UiSettings *m_settings = nullptr;
};

} // namespace casement
