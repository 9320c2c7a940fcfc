#include "ui/accountspage.h"

#include "models/displaytext.h"
#include "models/roles.h"
#include "ui/accountdialog.h"
#include "ui/accounttestdialog.h"
#include "ui/accounttext.h"
#include "ui/dialogs.h"
#include "ui/editaccountsdialog.h"
#include "ui/listedaccountmodel.h"
#include "ui/messagelimits.h"
#include "ui/newaccountsdialog.h"
#include "ui/plaintext.h"
#include "ui/profilesdialog.h"
#include "ui/spoken.h"
#include "ui/unlisteddialog.h"
#include "ui_accountspage.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSortFilterProxyModel>

#include <algorithm>
#include <chrono>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds settle{50};
constexpr qsizetype mostNamedAccounts = 3; // accounts in a question
constexpr int keysWidth = 22; // characters
constexpr int leastKeysWidth = 9;

/// Rows that have all the words, in whichever column.
class AccountFilter final : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWords(const QStringList &words)
    {
        m_words = words;
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        QString all;
        for (int column = 0; column < sourceModel()->columnCount(); ++column)
            all += sourceModel()->index(row, column, parent).data().toString() + u'\n';
        return std::all_of(m_words.begin(), m_words.end(),
                           [&all](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
    }

private:
    QStringList m_words;
};

} // namespace

AccountsPage::AccountsPage(AccountDesk &desk, Profiles profiles, QWidget *parent)
    : SettingsPage(parent), m_ui(std::make_unique<Ui::AccountsPage>()), m_desk(desk), m_profiles(std::move(profiles)),
      m_model(new ListedAccountModel(desk, this)), m_filtered(new AccountFilter(this)), m_addMenu(new QMenu(this)),
      m_addKeys(m_addMenu->addAction(QString())), m_addProfiles(m_addMenu->addAction(QString()))
{
    m_ui->setupUi(this);
    setObjectName(u"accountsPage"_s);
    m_addMenu->setObjectName(u"addAccountMenu"_s);
    m_addKeys->setObjectName(u"addKeys"_s);
    m_addProfiles->setObjectName(u"addProfiles"_s);
    m_filtered->setSourceModel(m_model);
    m_ui->accountsList->setModel(m_filtered);
    m_ui->accountsList->setIconSize(QSize(12, 24)); // and rows as high as those of other lists
    // All columns are in sight at every width: name and state share what the others leave.
    QHeaderView *header = m_ui->accountsList->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(ListedAccountModel::Name, QHeaderView::Stretch);
    for (const int column : {ListedAccountModel::Keys, ListedAccountModel::Number, ListedAccountModel::Status})
        header->setSectionResizeMode(column, QHeaderView::Fixed);
    m_ui->accountsList->installEventFilter(this);
    m_ui->accountsList->viewport()->installEventFilter(this); // its width is what columns share
    m_ui->addAccount->setMenu(m_addMenu);
    m_ui->accountDetails->setForegroundRole(QPalette::PlaceholderText);

    connect(m_addKeys, &QAction::triggered, this, &AccountsPage::addKeys);
    connect(m_addProfiles, &QAction::triggered, this, &AccountsPage::addProfiles);
    connect(m_ui->accountsFilter, &QLineEdit::textChanged, this, [this](const QString &text) {
        static_cast<AccountFilter *>(m_filtered)->setWords(searchWords(text));
        update();
    });
    connect(m_ui->accountsList->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AccountsPage::update);
    connect(m_ui->accountsList, &QTreeView::doubleClicked, this, &AccountsPage::edit);
    connect(m_ui->editAccount, &QPushButton::clicked, this, &AccountsPage::edit);
    connect(m_ui->testAccount, &QPushButton::clicked, this, &AccountsPage::test);
    connect(m_ui->pauseAccount, &QPushButton::clicked, this, &AccountsPage::togglePause);
    connect(m_ui->moveUp, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_ui->moveDown, &QPushButton::clicked, this, [this] { move(1); });
    connect(m_ui->removeAccount, &QPushButton::clicked, this, &AccountsPage::askRemove);
    m_ui->unlisted->hide();
    m_ui->unlistedText->setForegroundRole(QPalette::PlaceholderText);
    connect(m_ui->showUnlisted, &QPushButton::clicked, this, [this] {
        say({});
        (new UnlistedDialog(m_desk, this))->open();
    });
    m_later.setSingleShot(true);
    m_later.setInterval(settle);
    connect(&m_later, &QTimer::timeout, this, &AccountsPage::refresh);
    connect(&m_desk, &AccountDesk::changed, this, [this] {
        if (isVisible() && !m_later.isActive())
            m_later.start();
    });
    retranslate();
    refresh();
}

AccountsPage::~AccountsPage() = default;

QString AccountsPage::title() const { return tr("Accounts"); }

void AccountsPage::retranslate()
{
    m_ui->retranslateUi(this);
    m_addKeys->setText(tr("Access &Keys…"));
    m_addProfiles->setText(tr("&Profiles of ~/.aws…"));
    nameClearButton(*m_ui->accountsFilter, tr("Clear the Filter"));
    Q_EMIT m_model->headerDataChanged(Qt::Horizontal, 0, ListedAccountModel::ColumnCount - 1);
    refresh();
}

void AccountsPage::showEvent(QShowEvent *event)
{
    SettingsPage::showEvent(event);
    refresh();
}

void AccountsPage::refresh()
{
    const QStringList before = chosen();
    m_model->refresh();
    if (chosen().isEmpty())
        choose(before.value(0));
    const Error error = m_desk.listError();
    if (error.kind != Error::Kind::None)
        say(error.message);
    fitColumns();
    update();
    countUnlisted();
}

/// Data that nobody would find otherwise: of accounts that were for one run, or removed.
void AccountsPage::countUnlisted()
{
    m_desk.loadUnlisted(this, [this](const Result<QList<AccountDesk::Unlisted>> &unlisted) {
        const int count = unlisted ? int(unlisted->size()) : 0;
        m_ui->unlisted->setVisible(count > 0);
        m_ui->unlistedText->setText(
            tr("This computer also holds data of %n account(s) that are not in the list.", nullptr, count));
        spoken::setDescription(*m_ui->showUnlisted, m_ui->unlistedText->text());
    });
}

QStringList AccountsPage::chosen() const
{
    QStringList ids;
    const QItemSelectionModel *selection = m_ui->accountsList->selectionModel();
    QModelIndexList rows = selection ? selection->selectedRows() : QModelIndexList();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex &row : std::as_const(rows))
        ids.append(row.data(KeyRole).toString());
    return ids;
}

const ListedAccount *AccountsPage::single() const
{
    const QStringList ids = chosen();
    return ids.size() == 1 ? m_model->at(m_model->rowOf(ids.first())) : nullptr;
}

/// This one, else the first.
void AccountsPage::choose(const QString &id)
{
    const int row = m_model->rowOf(id);
    QModelIndex index = m_filtered->mapFromSource(m_model->index(row, 0));
    if (!index.isValid())
        index = m_filtered->index(0, 0);
    if (!index.isValid())
        return;
    // Whatever keys are held down at the moment.
    m_ui->accountsList->selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_ui->accountsList->scrollTo(index);
}

void AccountsPage::update()
{
    const bool writable = m_desk.listError().kind == Error::Kind::None;
    const QStringList ids = chosen();
    const ListedAccount *one = single();
    m_ui->addAccount->setEnabled(writable);
    const bool anyNewer = std::any_of(ids.begin(), ids.end(), [this](const QString &id) {
        const ListedAccount *account = m_model->at(m_model->rowOf(id));
        return account && account->source == ListedAccount::Source::Newer;
    });
    m_ui->editAccount->setEnabled(writable && !ids.isEmpty() && !anyNewer);
    m_ui->testAccount->setEnabled(one && !anyNewer);
    m_ui->removeAccount->setEnabled(writable && !ids.isEmpty() && !anyNewer);
    const bool anyRuns = std::any_of(ids.begin(), ids.end(), [this](const QString &id) {
        const ListedAccount *account = m_model->at(m_model->rowOf(id));
        return account && !account->paused;
    });
    m_ui->pauseAccount->setEnabled(writable && !ids.isEmpty() && !anyNewer);
    m_ui->pauseAccount->setText(anyRuns || ids.isEmpty() ? tr("&Pause") : tr("Resu&me"));
    const int row = one ? m_model->rowOf(one->id) : -1;
    const bool isFiltered = m_filtered->rowCount() != m_model->rowCount();
    m_ui->moveUp->setEnabled(writable && row > 0 && !isFiltered);
    m_ui->moveDown->setEnabled(writable && row >= 0 && row + 1 < m_model->rowCount() && !isFiltered);
    explain();
}

void AccountsPage::explain()
{
    QString text;
    if (!m_desk.isShown() && chosen().isEmpty()) {
        text = tr("The window shows the accounts of the demo, of the command line or of the environment now, and not "
                  "those of this list.");
    } else if (m_model->rowCount() == 0) {
        text = tr("No account yet. Add one.");
    } else if (const ListedAccount *one = single(); one && one->source == ListedAccount::Source::Newer) {
        text = AccountText::needsNewer(one->name);
    } else if (one) {
        const AccountStatus status = m_desk.status(one->id);
        text = AccountText::status(*one, m_desk.archived(one->id) != 0, status, QDateTime::currentMSecsSinceEpoch());
        const bool failed = !one->paused && status.error.kind != Error::Kind::None
            && status.error.kind != Error::Kind::Cancelled && !(status.refreshing && status.lastSync == 0);
        if (failed)
            text = AccountText::sentencesHere(status.error);
        //: The name of an account, and how it stands
        text = tr("%1: %2", "account").arg(displayText(one->name), text);
    } else if (const auto count = chosen().size(); count > 1) {
        text = tr("%n account(s) chosen", nullptr, int(count));
    }
    m_ui->accountDetails->setWhole(text);
    spoken::setName(*m_ui->accountDetails, text);
}

void AccountsPage::addKeys()
{
    say({});
    auto *dialog = new AccountDialog(m_desk, this);
    connect(dialog, &AccountDialog::kept, this, [this] {
        refresh();
        if (!m_desk.accounts().isEmpty())
            choose(m_desk.accounts().last().id);
    });
    dialog->open();
}

void AccountsPage::addProfiles()
{
    say({});
    QString problem;
    const QList<ListedProfile> profiles = m_profiles(problem);
    auto *dialog = new ProfilesDialog(profiles, problem, this);
    connect(dialog, &ProfilesDialog::chosen, this, [this](const QStringList &names) {
        (new NewAccountsDialog(m_desk, ProfilesDialog::accountsOf(names, m_desk.accounts()), this))->open();
    });
    dialog->open();
}

void AccountsPage::edit()
{
    if (!m_ui->editAccount->isEnabled())
        return;
    say({});
    const ListedAccount *one = single();
    if (!one) {
        auto *many = new EditAccountsDialog(m_desk, chosen(), this);
        connect(many, &QDialog::accepted, this, &AccountsPage::refresh);
        return many->open();
    }
    auto *dialog = new AccountDialog(m_desk, *one, this);
    connect(dialog, &AccountDialog::kept, this, &AccountsPage::refresh);
    dialog->open();
}

void AccountsPage::test()
{
    if (const ListedAccount *one = single())
        (new AccountTestDialog(m_desk, *one, this))->open();
}

void AccountsPage::togglePause()
{
    const QStringList ids = chosen();
    bool anyRuns = false;
    QList<ListedAccount> accounts;
    for (const QString &id : ids) {
        if (const ListedAccount *account = m_model->at(m_model->rowOf(id))) {
            accounts.append(*account);
            anyRuns = anyRuns || !account->paused;
        }
    }
    say({});
    for (ListedAccount &account : accounts) {
        if (account.paused == anyRuns)
            continue;
        account.paused = anyRuns;
        m_desk.update(account, {}, AccountDesk::Keep::Keychain, this, [this](const Result<void> &result) {
            if (!result)
                say(AccountText::sentences(result.error()));
        });
    }
}

void AccountsPage::move(int rows)
{
    const ListedAccount *one = single();
    if (!one)
        return;
    QStringList ids;
    for (const ListedAccount &account : m_desk.accounts())
        ids.append(account.id);
    const QString id = one->id;
    const qsizetype from = ids.indexOf(id);
    const qsizetype to = from + rows;
    if (from < 0 || to < 0 || to >= ids.size())
        return;
    ids.move(from, to);
    const Result<void> moved = m_desk.reorder(ids);
    say(moved ? QString() : AccountText::sentences(moved.error()));
    refresh();
    choose(id);
    update();
}

void AccountsPage::askRemove()
{
    const QStringList ids = chosen();
    if (ids.isEmpty())
        return;
    AccountDesk::Holdings all;
    QStringList names;
    for (const QString &id : ids) {
        const AccountDesk::Holdings one = m_desk.holdings(id);
        all.cases += one.cases;
        all.drafts += one.drafts;
        if (const ListedAccount *account = m_model->at(m_model->rowOf(id)))
            names.append(displayText(account->name));
    }
    const bool isOne = names.size() == 1;
    const QString question = isOne ? tr("Remove “%1” from the list?").arg(names.first())
                                   : tr("Remove %n account(s) from the list?", nullptr, int(names.size()));
    QStringList told;
    if (!isOne && names.size() <= mostNamedAccounts)
        told.append(names.join(tr(", ", "list separator")));
    const QString cases = tr("%n case(s)", nullptr, all.cases);
    const QString drafts = tr("%n draft(s)", nullptr, all.drafts);
    if (all.cases + all.drafts > 0)
        told.append(tr("This computer holds %1 and %2 of it. What is kept is there again when the account is added "
                       "again; what is deleted is gone from this computer for good, not from AWS.")
                        .arg(cases, drafts));
    if (std::any_of(ids.begin(), ids.end(), [this](const QString &id) {
            const ListedAccount *account = m_model->at(m_model->rowOf(id));
            return account && account->source == ListedAccount::Source::Keychain;
        }))
        told.append(tr("Keys in the keychain are removed."));
    const auto &accounts = m_desk.accounts();
    if (std::any_of(accounts.begin(), accounts.end(), [&ids](const ListedAccount &account) {
            return account.source == ListedAccount::Source::Role && ids.contains(account.base)
                && !ids.contains(account.id);
        }))
        told.append(tr("Other accounts in the list use its keys and will not work any more."));
    QMessageBox *box = dialogs::question(this, u"removeAccountDialog"_s, QMessageBox::Question, tr("Remove Account"),
                                         question, told.join(u"\n\n"_s));
    QPushButton *keep = box->addButton(tr("Remove and &Keep the Data"), QMessageBox::AcceptRole);
    keep->setObjectName(u"removeKeep"_s);
    QPushButton *wipe = box->addButton(tr("Remove and &Delete the Data"), QMessageBox::DestructiveRole);
    wipe->setObjectName(u"removeDelete"_s);
    wipe->setVisible(
        std::any_of(ids.begin(), ids.end(), [this](const QString &id) { return m_desk.archived(id) != 0; }));
    connect(keep, &QPushButton::clicked, this, [this, ids] { remove(ids, false); });
    connect(wipe, &QPushButton::clicked, this, [this, ids] { remove(ids, true); });
    box->open();
}

void AccountsPage::remove(const QStringList &ids, bool deleteData)
{
    say({});
    for (const QString &id : ids) {
        m_desk.remove(id, deleteData, this, [this](const Result<void> &result) {
            if (!result)
                say(AccountText::sentences(result.error()));
            refresh();
        });
    }
}

/// Name and status come first in a narrow window; the others are in the line below the list and in tool tips.
void AccountsPage::fitColumns()
{
    QTreeView &list = *m_ui->accountsList;
    const int room = list.viewport()->width();
    const int letter = fontMetrics().averageCharWidth();
    const QAbstractItemView &view = list;
    const auto wanted = [&](int column) {
        return qMax(view.sizeHintForColumn(column), list.header()->sectionSizeHint(column)) + 4;
    };
    const int status = qMin(wanted(ListedAccountModel::Status), room * 2 / 5);
    int left = room - status - qMin(wanted(ListedAccountModel::Name), room / 4);
    const auto show = [&](int column, int least, int most) {
        const int width = qMin(most, left);
        list.setColumnHidden(column, width < least);
        if (width < least)
            return;
        list.header()->resizeSection(column, width);
        left -= width;
    };
    const int number = wanted(ListedAccountModel::Number);
    show(ListedAccountModel::Number, number, number);
    show(ListedAccountModel::Keys, letter * leastKeysWidth, qMin(wanted(ListedAccountModel::Keys), letter * keysWidth));
    list.header()->resizeSection(ListedAccountModel::Status, status);
}

void AccountsPage::say(const QString &sentence)
{
    MessageLimits::showProblem(*m_ui->accountsProblem, sentence);
    spoken::setName(*m_ui->accountsProblem, sentence);
}

bool AccountsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->accountsList->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    if (watched != m_ui->accountsList || event->type() != QEvent::KeyPress)
        return SettingsPage::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool control = key->modifiers() == Qt::ControlModifier;
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        edit();
        return true;
    case Qt::Key_Delete:
        if (m_ui->removeAccount->isEnabled())
            askRemove();
        return true;
    case Qt::Key_Up:
        if (control && m_ui->moveUp->isEnabled())
            move(-1);
        return control;
    case Qt::Key_Down:
        if (control && m_ui->moveDown->isEnabled())
            move(1);
        return control;
    default:
        return SettingsPage::eventFilter(watched, event);
    }
}

} // namespace casement
