#pragma once

#include "aws/configfile.h"

#include <QList>
#include <QString>
#include <QWidget>

#include <memory>

namespace casement {

namespace Ui {
class WelcomePage;
}

/// A profile of ~/.aws to choose from.
struct ListedProfile
{
    QString name;
    ProfileUses uses = ProfileUses::StaticKeys;
};

/// The first start: the demo account, or a profile of ~/.aws. A profile whose keys can't be got yet is listed and says
/// so; it can't be chosen.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent = nullptr);
    ~WelcomePage() override;

    /// `problem` says which file of ~/.aws can't be read and why; empty when all can.
    void setProfiles(const QList<ListedProfile> &profiles, const QString &problem);

Q_SIGNALS:
    void demoChosen();
    void profileChosen(const QString &profile);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void choose();
    void refresh();
    void showChoice();
    static QString missing(ProfileUses uses);

    std::unique_ptr<Ui::WelcomePage> m_ui;
    QList<ListedProfile> m_profiles;
    QString m_problem;
};

} // namespace casement
