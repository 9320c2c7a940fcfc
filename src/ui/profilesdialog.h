#pragma once

#include "archive/accountlist.h"
#include "ui/profilelist.h"

#include <QDialog>

class QPushButton;

namespace casement {

/// Adds accounts of profiles in ~/.aws, many at once.
class ProfilesDialog final : public QDialog
{
    Q_OBJECT

public:
    ProfilesDialog(const QList<ListedProfile> &profiles, const QString &problem, QWidget *parent = nullptr);

    /// What the list gets for these profiles; names that are taken get a number behind.
    static QList<ListedAccount> accountsOf(const QStringList &profiles, const QList<ListedAccount> &known);

Q_SIGNALS:
    void chosen(const QStringList &profiles);

private:
    void take();
    void update();

    ProfileList *m_list;
    QPushButton *m_add;
};

} // namespace casement
