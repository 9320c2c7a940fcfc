#pragma once

#include "aws/configfile.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QWidget>

#include <memory>

class QListWidgetItem;

namespace casement {

namespace Ui {
class ProfileList;
}

/// A profile of ~/.aws to choose from.
struct ListedProfile
{
    QString name;
    ProfileUses uses = ProfileUses::StaticKeys;
    bool isListed = false; ///< an account of the list already
    friend bool operator==(const ListedProfile &, const ListedProfile &) = default;
};

/// The profiles of ~/.aws, to be checked: many at once. One that can't be used is there and says why.
class ProfileList final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int mostWithoutFilter = 8;

    explicit ProfileList(QWidget *parent = nullptr);
    ~ProfileList() override;

    /// `problem` says which file of ~/.aws can't be read and why; empty when all can. Checks, and
    /// the row that is current, stay with their names.
    void setProfiles(const QList<ListedProfile> &profiles, const QString &problem);
    /// Checked, in the order of the files; those that the filter hides, too.
    QStringList chosen() const;
    /// There is a list, and not only a hint that there is none.
    bool isEmpty() const { return m_profiles.isEmpty(); }
    void retranslate();

Q_SIGNALS:
    void chosenChanged();
    /// Enter or a double click in the list, and something is checked.
    void accepted();

protected:
    void changeEvent(QEvent *event) override;

private:
    bool isUsable(int row) const;
    void refresh();
    void filter(const QString &text);
    void checkAll();
    void itemChecked();
    void activate(QListWidgetItem *item);
    void explain();
    QString loginHint(int row) const;
    QString whyNot(const ListedProfile &profile) const;

    std::unique_ptr<Ui::ProfileList> m_ui;
    QList<ListedProfile> m_profiles;
    QString m_problem;
    bool m_filling = false;
    bool m_isFilled = false; // once
};

} // namespace casement
