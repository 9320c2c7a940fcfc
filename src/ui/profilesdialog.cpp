#include "ui/profilesdialog.h"

#include "archive/accountname.h"
#include "ui/dialogs.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QSet>
#include <QVBoxLayout>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

ProfilesDialog::ProfilesDialog(const QList<ListedProfile> &profiles, const QString &problem, QWidget *parent)
    : QDialog(parent), m_list(new ProfileList(this))
{
    setObjectName(u"profilesDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    m_list->setObjectName(u"profileList"_s);
    layout->addWidget(m_list, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_add = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    m_add->setObjectName(u"addProfilesButton"_s);
    m_add->setDefault(true);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ProfilesDialog::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &ProfileList::accepted, this, &ProfilesDialog::take);
    connect(m_list, &ProfileList::chosenChanged, this, &ProfilesDialog::update);
    m_list->setProfiles(profiles, problem);
    dialogs::inEachLanguage(*this, [this] {
        setWindowTitle(tr("Add Profiles"));
        update();
    });
    resize(440, 420);
    m_list->setFocus();
}

void ProfilesDialog::update()
{
    const int count = int(m_list->chosen().size());
    m_add->setText(count == 0 ? tr("&Add") : tr("&Add %n Profile(s)", nullptr, count));
    m_add->setEnabled(count > 0);
}

void ProfilesDialog::take()
{
    const QStringList names = m_list->chosen();
    if (names.isEmpty())
        return;
    accept();
    Q_EMIT chosen(names);
}

QList<ListedAccount> ProfilesDialog::accountsOf(const QStringList &profiles, const QList<ListedAccount> &known)
{
    QList<ListedAccount> accounts;
    QSet<QString> taken;
    for (const ListedAccount &one : known)
        taken.insert(foldedName(one.name));
    // A profile may be called as no account can be: one such name must not keep the others out of the list.
    for (const QString &profile : profiles) {
        ListedAccount account;
        account.source = ListedAccount::Source::Profile;
        account.profile = profile;
        account.name = accountNameLike(profile);
        for (int number = 2; taken.contains(foldedName(account.name)); ++number) {
            const QString end = u" %1"_s.arg(number);
            account.name = accountNameLike(profile, end.size()) + end;
        }
        taken.insert(foldedName(account.name));
        accounts.append(account);
    }
    return accounts;
}

} // namespace casement
