#include "ui/editaccountsdialog.h"

#include "ui/accountswatch.h"
#include "ui/accounttext.h"
#include "ui/dialogs.h"
#include "ui/messagelimits.h"
#include "ui/responsetargetspage.h"
#include "ui/spoken.h"

#include <QAccessible>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

namespace casement {

using namespace Qt::StringLiterals;

EditAccountsDialog::EditAccountsDialog(AccountDesk &desk, const QStringList &ids, QWidget *parent)
    : QDialog(parent), m_desk(desk), m_ids(ids), m_color(new QComboBox(this)), m_plan(new QComboBox(this)),
      m_problem(new QLabel(this))
{
    setObjectName(u"editAccountsDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_color->setObjectName(u"manyColor"_s);
    m_color->setIconSize(QSize(12, 12));
    m_plan->setObjectName(u"manyPlan"_s);
    for (QComboBox *box : {m_color, m_plan})
        box->addItem(QString());
    m_color->addItem(QString(), -1);
    for (int color = 0; color < accountColorCount; ++color)
        m_color->addItem(accountSwatch(color), QString(), color);
    m_plan->addItem(QString(), QString());
    for (const QString &plan : ResponseTargets::plans())
        m_plan->addItem(QString(), plan);
    m_problem->setObjectName(u"manyProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    auto *form = new QFormLayout(this);
    form->setContentsMargins(16, 16, 16, 16);
    form->setSpacing(12);
    auto *colorLabel = new QLabel(this);
    auto *planLabel = new QLabel(this);
    form->addRow(colorLabel, m_color);
    form->addRow(planLabel, m_plan);
    form->addRow(m_problem);
    colorLabel->setBuddy(m_color);
    planLabel->setBuddy(m_plan);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *save = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    save->setObjectName(u"saveMany"_s);
    save->setDefault(true);
    form->addRow(buttons);
    dialogs::inEachLanguage(*this, [this, colorLabel, planLabel, save] {
        setWindowTitle(tr("Edit %n Account(s)", nullptr, int(m_ids.size())));
        spoken::setName(*m_color, tr("Color"));
        spoken::setName(*m_plan, tr("Support plan"));
        colorLabel->setText(tr("Co&lor"));
        planLabel->setText(tr("Support &plan"));
        save->setText(tr("Sa&ve"));
        for (QComboBox *box : {m_color, m_plan})
            //: Of many accounts: each keeps its own
            box->setItemText(0, tr("As they are"));
        m_color->setItemText(1, tr("Automatic"));
        for (int color = 0; color < accountColorCount; ++color)
            m_color->setItemText(color + 2, AccountText::colorName(color));
        //: Instead of a support plan: the one that the page Response Targets of the settings says
        m_plan->setItemText(1, tr("As in Settings"));
        for (int i = 2; i < m_plan->count(); ++i)
            m_plan->setItemText(i, ResponseTargetsPage::planName(m_plan->itemData(i).toString()));
    });
    connect(buttons, &QDialogButtonBox::accepted, this, &EditAccountsDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    MessageLimits::showProblem(*m_problem, {});
    m_color->setFocus();
}

void EditAccountsDialog::save()
{
    if (m_waiting > 0)
        return;
    m_hasFailed = false;
    QList<ListedAccount> changed;
    for (const ListedAccount &account : m_desk.accounts()) {
        if (!m_ids.contains(account.id))
            continue;
        ListedAccount wanted = account;
        if (m_color->currentIndex() > 0)
            wanted.color = m_color->currentData().toInt();
        if (m_plan->currentIndex() > 0)
            wanted.plan = m_plan->currentData().toString();
        if (wanted != account)
            changed.append(wanted);
    }
    if (changed.isEmpty())
        return accept();
    m_waiting = changed.size();
    for (const ListedAccount &account : std::as_const(changed)) {
        m_desk.update(account, {}, AccountDesk::Keep::Keychain, this,
                      [this](const Result<void> &result) { saved(result); });
    }
}

void EditAccountsDialog::saved(const Result<void> &result)
{
    if (!result) {
        m_hasFailed = true;
        const QString why = AccountText::sentences(result.error());
        MessageLimits::showProblem(*m_problem, why);
        spoken::setName(*m_problem, why);
        QAccessibleEvent told(m_problem, QAccessible::Alert);
        QAccessible::updateAccessibility(&told);
    }
    if (--m_waiting == 0 && !m_hasFailed)
        accept();
}

} // namespace casement
