#pragma once

#include "ui/profilelist.h"

#include <QWidget>

#include <memory>

namespace casement {

namespace Ui {
class WelcomePage;
}

/// The first start: the demo account, profiles of ~/.aws, or access keys.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent = nullptr);
    ~WelcomePage() override;

    /// See ProfileList::setProfiles().
    void setProfiles(const QList<ListedProfile> &profiles, const QString &problem);
    /// So many drafts are left of accounts that were removed.
    void setDrafts(int count);

Q_SIGNALS:
    void demoChosen();
    void profilesChosen(const QStringList &profiles);
    void keysRequested();
    void draftsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void choose();
    void showChoice();

    std::unique_ptr<Ui::WelcomePage> m_ui;
    int m_drafts = 0;
};

} // namespace casement
