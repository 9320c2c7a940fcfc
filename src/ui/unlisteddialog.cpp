#include "ui/unlisteddialog.h"

#include "models/displaytext.h"
#include "models/relativetime.h"
#include "ui/accountdialog.h"
#include "ui/accounttext.h"
#include "ui/dialogs.h"
#include "ui/filetext.h"
#include "ui/messagelimits.h"
#include "ui/spoken.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

enum UnlistedColumn { UnlistedName, UnlistedCases, UnlistedDrafts, UnlistedFiles, UnlistedSync };

QString filesText(const AccountHoldings &holds) { return holds.copies == 0 ? QString() : FileText::size(holds.bytes); }

} // namespace

UnlistedDialog::UnlistedDialog(AccountDesk &desk, QWidget *parent)
    : QDialog(parent), m_desk(desk), m_list(new QTreeWidget(this)), m_details(new QLabel(this)),
      m_problem(new QLabel(this)), m_delete(new QPushButton(this)), m_add(new QPushButton(this))
{
    setObjectName(u"unlistedDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_list->setObjectName(u"unlistedList"_s);
    m_list->setColumnCount(UnlistedSync + 1);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(UnlistedName, QHeaderView::Stretch);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_details->setObjectName(u"unlistedDetails"_s);
    m_details->setForegroundRole(QPalette::PlaceholderText);
    m_problem->setObjectName(u"unlistedProblem"_s);
    for (QLabel *label : {m_details, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_details);
    layout->addWidget(m_problem);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_delete->setObjectName(u"deleteUnlisted"_s);
    m_add->setObjectName(u"addUnlisted"_s);
    for (QPushButton *button : {m_delete, m_add}) {
        button->setAutoDefault(false);
        buttons->addButton(button, QDialogButtonBox::ActionRole);
    }
    layout->addWidget(buttons);
    setTabOrder(m_list, m_delete);
    setTabOrder(m_delete, m_add);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &UnlistedDialog::explain);
    connect(m_delete, &QPushButton::clicked, this, &UnlistedDialog::askDelete);
    connect(m_add, &QPushButton::clicked, this, &UnlistedDialog::add);
    connect(&m_desk, &AccountDesk::changed, this, &UnlistedDialog::load);
    say({});
    dialogs::inEachLanguage(*this, [this] {
        setWindowTitle(tr("Data of Accounts That Are Not in the List"));
        spoken::setName(*m_list, tr("Accounts that are not in the list"));
        m_list->setHeaderLabels({tr("Account"), tr("Cases"), tr("Drafts"), tr("Files"), tr("Refreshed", "column")});
        m_delete->setText(tr("&Delete This Account's Data…"));
        m_add->setText(tr("&Add to the List…"));
        explain();
        load(); // says when each was refreshed
    });
    resize(640, 360);
    m_list->setFocus();
}

void UnlistedDialog::load()
{
    m_desk.loadUnlisted(this, [this](const Result<QList<AccountDesk::Unlisted>> &unlisted) { fill(unlisted); });
}

void UnlistedDialog::fill(const Result<QList<AccountDesk::Unlisted>> &unlisted)
{
    if (!unlisted)
        return say(AccountText::sentences(unlisted.error()));
    const AccountId chosen = current() ? current()->holds.account.id : 0;
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    m_unlisted = *unlisted;
    m_list->clear();
    const QLocale locale;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (const AccountDesk::Unlisted &one : std::as_const(m_unlisted)) {
        const AccountHoldings &holds = one.holds;
        auto *item = new QTreeWidgetItem(m_list);
        item->setSizeHint(UnlistedName, QSize(0, fontMetrics().height() + 10));
        item->setText(UnlistedName, displayText(holds.account.name));
        item->setToolTip(UnlistedName, toolTipText(displayText(holds.account.key)));
        item->setText(UnlistedCases, locale.toString(holds.cases));
        item->setText(UnlistedDrafts, locale.toString(holds.drafts));
        item->setText(UnlistedFiles, orDash(filesText(holds)));
        item->setText(UnlistedSync,
                      holds.account.lastSync == 0 ? tr("never", "refreshed")
                                                  : TimeText::ago(holds.account.lastSync, now, locale));
        for (const int column : {UnlistedCases, UnlistedDrafts, UnlistedFiles})
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        if (holds.account.id == chosen)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(qBound(0, row, m_list->topLevelItemCount() - 1)));
    explain();
}

const AccountDesk::Unlisted *UnlistedDialog::current() const
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    return row >= 0 && row < m_unlisted.size() ? &m_unlisted.at(row) : nullptr;
}

void UnlistedDialog::explain()
{
    const AccountDesk::Unlisted *one = current();
    m_delete->setEnabled(one && !one->isOpen && !m_isDeleting);
    m_add->setEnabled(one && !one->again.name.isEmpty() && !m_isDeleting);
    QString text;
    if (!one)
        text = tr("There is no data of other accounts.");
    else if (one->isOpen)
        text =
            tr("It is open in this window, since the command line or the environment names it. Start Casement without "
               "that to delete its data.");
    else if (one->again.name.isEmpty())
        text = tr("Nobody can tell how this account was reached, so its data can only be deleted.");
    else if (one->again.source == ListedAccount::Source::Profile)
        text = tr("It can be added again with its profile, and finds its cases then.");
    else
        text = tr("It can be added again with keys of this account, and finds its cases then.");
    m_details->setText(text);
    spoken::setDescription(*m_delete, text);
    spoken::setDescription(*m_add, text);
}

void UnlistedDialog::askDelete()
{
    const AccountDesk::Unlisted *one = current();
    if (!one || one->isOpen)
        return;
    say({});
    QMessageBox *box = dialogs::question(
        this, u"deleteDataDialog"_s, QMessageBox::Question, tr("Delete Data"),
        tr("Delete the data of “%1”?").arg(displayText(one->holds.account.name)),
        //: %1: so many cases, %2: so many drafts
        tr("%1 and %2, with messages, notes and downloaded files, are gone from this computer for "
           "good. Nothing is deleted at AWS.")
            .arg(tr("%n case(s)", nullptr, one->holds.cases), tr("%n draft(s)", nullptr, one->holds.drafts)));
    QPushButton *wipe = box->addButton(tr("&Delete the Data"), QMessageBox::DestructiveRole);
    wipe->setObjectName(u"deleteDataButton"_s);
    connect(wipe, &QPushButton::clicked, this, [this, account = *one] { erase(account); });
    box->open();
}

void UnlistedDialog::erase(const AccountDesk::Unlisted &account)
{
    m_isDeleting = true;
    explain();
    m_desk.deleteUnlisted(account.holds.account.id, this, [this](const Result<void> &deleted) {
        m_isDeleting = false;
        say(deleted ? QString() : AccountText::sentences(deleted.error()));
        load();
    });
}

void UnlistedDialog::add()
{
    const AccountDesk::Unlisted *one = current();
    if (!one)
        return;
    say({});
    if (one->again.source != ListedAccount::Source::Profile)
        return (new AccountDialog(m_desk, one->again, this))->open();
    const Result<void> added = m_desk.add({one->again});
    say(added ? QString() : AccountText::sentences(added.error()));
}

void UnlistedDialog::say(const QString &sentence)
{
    MessageLimits::showProblem(*m_problem, sentence);
    spoken::setName(*m_problem, sentence);
}

} // namespace casement
