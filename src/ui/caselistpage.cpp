#include "ui/caselistpage.h"

#include "archive/accounttraces.h"
#include "models/displaytext.h"
#include "models/relativetime.h"
#include "models/roles.h"
#include "ui/casecolumns.h"
#include "ui/casetable.h"
#include "ui/datefiltermenu.h"
#include "ui/errortext.h"
#include "ui/messagelimits.h"
#include "ui/mnemonics.h"
#include "ui/statepage.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"
#include "ui_caselistpage.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSet>

namespace casement {

using namespace Qt::StringLiterals;

CaseListPage::CaseListPage(QWidget *parent) : QWidget(parent), m_ui(std::make_unique<Ui::CaseListPage>())
{
    m_ui->setupUi(this);
    m_ui->heading->setBackgroundRole(QPalette::Base);
    m_ui->heading->setAutoFillBackground(true);
    QFont bold = m_ui->title->font();
    bold.setWeight(QFont::DemiBold);
    m_ui->title->setFont(bold);
    m_ui->count->setForegroundRole(QPalette::PlaceholderText);
    m_ui->freshness->setForegroundRole(QPalette::PlaceholderText);
    m_ui->dateProblem->setBackgroundRole(QPalette::Base);
    m_ui->dateProblem->setForegroundRole(QPalette::WindowText); // what showProblem() colours
    m_ui->dateProblem->setContentsMargins(12, 0, 12, 8); // below the title
    m_ui->dateProblem->setAutoFillBackground(true);
    connect(m_ui->state, &StatePage::buttonClicked, this, [this] {
        switch (m_step) {
        case Step::ClearFilter:
            return Q_EMIT clearFilterRequested();
        case Step::ShowAll:
            return Q_EMIT showAllRequested();
        case Step::Refresh:
            return Q_EMIT refreshRequested();
        case Step::None:
            return;
        }
    });
    connect(m_ui->state, &StatePage::secondClicked, this, &CaseListPage::chooseAccountRequested);
    connect(m_ui->table, &CaseTable::currentRowChanged, this, [this](int row) {
        if (m_choosing)
            return;
        m_open = m_workspace->cases().keyAt(row);
        m_wanted = {};
        m_savedSelection = false;
        m_automatic = false;
        m_lastCases.read(m_view, m_open);
        Q_EMIT caseChosen(m_open, true);
    });
    connect(m_ui->table, &CaseTable::opened, this,
            [this](const QModelIndex &index) { Q_EMIT caseOpened(m_workspace->cases().keyAt(index.row())); });
    connect(m_ui->table->horizontalHeader(), &QWidget::customContextMenuRequested, this, &CaseListPage::showHeaderMenu);
    connect(m_ui->table, &QWidget::customContextMenuRequested, this, &CaseListPage::showRowMenu);
}

CaseListPage::~CaseListPage() = default;

void CaseListPage::setWorkspace(Workspace &workspace)
{
    m_workspace = &workspace;
    CaseListModel &model = workspace.cases();
    m_ui->table->setModel(&model);
    m_columns = new CaseColumns(*m_ui->table, workspace, this);
    m_ui->table->setSortingEnabled(true);
    m_wanted.account =
        workspace.settings().number(accounttraces::selectedAccount, 0, 0, std::numeric_limits<int>::max());
    m_wanted.caseId = workspace.settings().text(accounttraces::selectedCase);
    m_savedSelection = m_wanted.isValid();
    connect(&model, &QAbstractItemModel::rowsInserted, this, &CaseListPage::follow);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &CaseListPage::follow);
    connect(&model, &QAbstractItemModel::layoutChanged, this, &CaseListPage::follow);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &CaseListPage::refresh);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &CaseListPage::refresh);
    m_lastCases.load(workspace.settings());
    m_view = LastCases::viewOf(model.filter());
    connect(&model, &CaseListModel::filterChanged, this, &CaseListPage::changeView);
    connect(&model, &CaseListModel::filterChanged, this, &CaseListPage::refresh);
    connect(&model, &CaseListModel::totalCountChanged, this, &CaseListPage::refresh);
    connect(&workspace, &Workspace::changed, this, &CaseListPage::follow);
    connect(&workspace, &Workspace::changed, this, &CaseListPage::refresh);
    connect(&workspace, &Workspace::accountForgotten, this, [this](AccountId account) {
        m_lastCases.forget(account);
        if (m_wanted.account == account)
            m_wanted = {};
    });
    connect(&workspace.accounts(), &AccountModel::troublesChanged, m_ui->table->viewport(), // headings of groups
            qOverload<>(&QWidget::update));
    refresh();
}

void CaseListPage::setRowActions(const QList<QAction *> &actions) { m_rowActions = actions; }

void CaseListPage::focusRows()
{
    if (m_ui->stack->currentWidget() == m_ui->tablePage)
        m_ui->table->setFocus();
    else
        m_ui->state->takeFocus();
}

CaseTable &CaseListPage::table() { return *m_ui->table; }

void CaseListPage::select(const CaseKey &key)
{
    m_wanted = key;
    m_savedSelection = false;
    const int row = m_workspace->cases().rowOfCase(key);
    if (row < 0)
        return;
    m_wanted = {};
    if (m_ui->table->currentIndex().row() == row)
        return;
    m_ui->table->setCurrentIndex(m_workspace->cases().index(row, CaseListModel::Subject));
    m_ui->table->scrollTo(m_ui->table->currentIndex());
}

void CaseListPage::adopt(const CaseKey &key)
{
    m_open = key;
    m_wanted = {};
    m_savedSelection = false;
    m_automatic = false;
    markOpen();
}

void CaseListPage::choose(int row)
{
    const bool first = !m_open.isValid();
    m_open = m_workspace->cases().keyAt(row);
    m_wanted = {};
    m_savedSelection = false;
    if (first)
        Q_EMIT filled();
    markOpen();
    Q_EMIT caseChosen(m_open, false);
}

void CaseListPage::markOpen()
{
    const QScopedValueRollback guard(m_choosing, true);
    QItemSelectionModel *selection = m_ui->table->selectionModel();
    const int row = m_open.isValid() ? m_workspace->cases().rowOfCase(m_open) : -1;
    if (row < 0) {
        selection->clear(); // it is still open, and comes back with its row
        return;
    }
    if (m_ui->table->currentIndex().row() == row && selection->isRowSelected(row))
        return; // and whatever else is selected beside it
    m_ui->table->setCurrentIndex(m_workspace->cases().index(row, CaseListModel::Subject));
}

void CaseListPage::follow()
{
    if (m_following)
        return;
    m_following = true;
    // The model is in the middle of telling its rows; choosing asks it things.
    QMetaObject::invokeMethod(this, &CaseListPage::followRows, Qt::QueuedConnection);
}

/// The case that was read last in a view comes back with it, where it still stands there; else the first one, so that
/// nobody answers a case that the list does not show.
void CaseListPage::changeView()
{
    const QString view = LastCases::viewOf(m_workspace->cases().filter());
    if (view == m_view)
        return;
    m_view = view;
    CaseListModel &model = m_workspace->cases();
    const CaseKey last = m_lastCases.in(view);
    if (!m_open.isValid() || last == m_open)
        return;
    if (model.rowOfCase(last) >= 0) {
        m_wanted = last;
    } else if (model.rowOfCase(m_open) >= 0 || !model.filter().words.trimmed().isEmpty()) {
        return; // it stands there, too; or is only hidden while somebody types
    } else if (model.rowCount() > 0) {
        m_wanted = model.keyAt(0);
    } else { // a case of another account, ready to be answered, would be a trap
        m_open = {};
        Q_EMIT caseChosen(m_open, false);
        return;
    }
    m_savedSelection = true;
    follow();
}

void CaseListPage::followRows()
{
    m_following = false;
    CaseListModel &model = m_workspace->cases();
    const bool loading = m_workspace->isLoading();
    const bool automatic = m_automatic && model.filter().words.trimmed().isEmpty();
    if (!loading)
        m_automatic = false;
    if (!loading && m_open.isValid() && !model.findCase(m_open)) {
        m_open = {}; // its account went away, and nothing of it stays in sight
        Q_EMIT caseChosen(m_open, false);
    }
    const int wanted = m_wanted.isValid() ? model.rowOfCase(m_wanted) : -1;
    if (wanted >= 0 && (m_savedSelection || !m_open.isValid()))
        return choose(wanted);
    if (m_open.isValid()) {
        if (automatic && model.rowCount() > 0 && model.keyAt(0) != m_open)
            return choose(0); // newer ones came in above
        // A row that somebody is about to choose by Ctrl or Shift is theirs; only what Qt moved is put back.
        if (const QModelIndex current = m_ui->table->currentIndex();
            !current.isValid() || model.keyAt(current.row()) != m_open)
            markOpen();
        return;
    }
    if (model.rowCount() == 0 || (m_savedSelection && loading))
        return; // the case that was read last may be still to come
    m_automatic = loading;
    choose(0);
}

void CaseListPage::setTitle(const QString &title) { m_ui->title->setText(title); }

void CaseListPage::refresh()
{
    if (!m_workspace)
        return;
    CaseListModel &model = m_workspace->cases();
    const int shown = model.rowCount();
    const CaseFilter &filter = model.filter();
    m_ui->count->setText(filter.words.trimmed().isEmpty()
                             ? tr("%Ln case(s)", nullptr, shown)
                             : tr("%Ln of %1 case(s)", nullptr, shown).arg(QLocale().toString(model.totalCount())));
    m_ui->count->setVisible(model.totalCount() > 0);

    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 last = m_workspace->lastSync();
    QString freshness;
    if (m_workspace->isOffline() && model.totalCount() > 0) {
        freshness = last > 0 ? tr("Offline · last updated %1").arg(TimeText::ago(last, now, QLocale())) : tr("Offline");
    }
    m_ui->freshness->setText(freshness);
    MessageLimits::showProblem(*m_ui->dateProblem, DateFilterMenu::problem(filter.words));

    if (shown > 0) {
        m_ui->stack->setCurrentWidget(m_ui->tablePage);
        return;
    }
    m_ui->stack->setCurrentWidget(m_ui->state);
    m_step = Step::None;
    if (model.totalCount() == 0) {
        bool stopped = false;
        int failed = 0;
        Error error;
        for (const AccountRecord &account : m_workspace->accountRecords()) {
            const Error &one = m_workspace->status(account.id).error;
            if (one.kind == Error::Kind::Cancelled)
                stopped = true;
            else if (one.kind != Error::Kind::None)
                error = one;
            failed += one.kind != Error::Kind::None && one.kind != Error::Kind::Cancelled;
        }
        if (m_workspace->isLoading()) {
            m_ui->state->showLoading(tr("Loading cases…"));
        } else if (failed > 0 && failed < m_workspace->accountRecords().size() && !stopped) {
            m_step = Step::Refresh;
            m_ui->state->show(
                u"inbox"_s, tr("No cases yet"),
                tr("There is no support case in the accounts that were refreshed; %Ln account(s) could not "
                   "be refreshed.",
                   nullptr, failed),
                tr("Try A&gain"), tr("Choose Acco&unt…"));
        } else if (error.kind != Error::Kind::None) {
            m_step = Step::Refresh;
            const bool isTold = m_isTold && m_isTold(error); // by the message above, until somebody closes it
            if (m_workspace->isOffline())
                m_ui->state->show(u"offline"_s, tr("Offline"),
                                  isTold ? tr("Nothing is stored here yet.")
                                         : tr("AWS can't be reached, and nothing is stored here yet."),
                                  tr("Try A&gain"), tr("Choose Acco&unt…"));
            else
                m_ui->state->show(u"error"_s, tr("The cases could not be loaded"),
                                  isTold ? QString() : ErrorText::whole(ErrorText::Deed::Read, error), tr("Try A&gain"),
                                  tr("Choose Acco&unt…"));
        } else if (stopped) {
            m_step = Step::Refresh;
            m_ui->state->show(u"refresh"_s, tr("Refreshing was stopped."), QString(), tr("&Refresh"));
        } else {
            m_step = Step::Refresh;
            m_ui->state->show(u"inbox"_s, tr("No cases yet"), tr("There is no support case in this account."),
                              tr("&Refresh"));
        }
        return;
    }
    if (!filter.words.trimmed().isEmpty()) {
        m_step = Step::ClearFilter;
        m_ui->state->show(
            u"search"_s, tr("No match"),
            tr("No case here matches what you typed. Press Enter in the search field to search all messages."),
            tr("Clea&r Filter"));
        return;
    }
    m_step = Step::ShowAll;
    if (filter.view == CaseFilter::View::NeedsReply)
        m_ui->state->show(u"check"_s, tr("Nothing waits for you"), tr("No case needs a reply."), tr("Sho&w All Cases"));
    else if (!filter.tag.isEmpty())
        m_ui->state->show(u"tag"_s, tr("Nothing here"),
                          tr("No case in this view has the tag “%1”.").arg(displayText(filter.tag)),
                          tr("Sho&w All Cases"));
    else if (filter.view == CaseFilter::View::Starred)
        m_ui->state->show(u"star"_s, tr("No starred case"), tr("Give a case a star with the S key or a click."),
                          tr("Sho&w All Cases"));
    else if (filter.view == CaseFilter::View::Unread)
        m_ui->state->show(u"check"_s, tr("All read"), tr("There is no message that you have not seen."),
                          tr("Sho&w All Cases"));
    else
        m_ui->state->show(u"inbox"_s, tr("Nothing here"), tr("No case stands in this view."), tr("Sho&w All Cases"));
}

void CaseListPage::fillColumnMenu(QMenu &menu) { m_columns->fillColumnMenu(menu); }
void CaseListPage::fillSortMenu(QMenu &menu) { m_columns->fillSortMenu(menu); }
void CaseListPage::resetColumns() { m_columns->reset(); }

void CaseListPage::showHeaderMenu(const QPoint &where)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColumnMenu(*menu);
    menu->addSeparator();
    fillSortMenu(*menu->addMenu(tr("Sort By")));
    connect(menu->addAction(tr("Reset Columns")), &QAction::triggered, this, &CaseListPage::resetColumns);
    giveMnemonics(menu->actions());
    menu->popup(m_ui->table->horizontalHeader()->mapToGlobal(where));
}

void CaseListPage::showRowMenu(const QPoint &where)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_rowActions);
    menu->popup(m_ui->table->viewport()->mapToGlobal(where));
}

void CaseListPage::copyRows()
{
    const QString text = m_ui->table->selectedText();
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

QList<CaseKey> CaseListPage::selectedCases() const
{
    QModelIndexList rows =
        m_ui->table->selectionModel() ? m_ui->table->selectionModel()->selectedRows() : QModelIndexList();
    std::sort(rows.begin(), rows.end(), [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    QList<CaseKey> keys;
    for (const QModelIndex &row : std::as_const(rows))
        keys.append(row.data(KeyRole).value<CaseKey>());
    return keys;
}

void CaseListPage::copyIds()
{
    QStringList ids;
    const QModelIndexList rows = m_ui->table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        ids.append(row.siblingAtColumn(CaseListModel::DisplayId).data().toString());
    if (!ids.isEmpty())
        QGuiApplication::clipboard()->setText(ids.join(u'\n'));
}

void CaseListPage::save()
{
    UiSettings &settings = m_workspace->settings();
    m_columns->save();
    m_lastCases.save(settings);
    if (m_open.isValid() && m_workspace->hasAccount(m_open.account)) {
        settings.set(accounttraces::selectedAccount, int(m_open.account));
        settings.set(accounttraces::selectedCase, m_open.caseId);
    }
}

void CaseListPage::retranslate()
{
    m_ui->retranslateUi(this);
    m_columns->fit();
    refresh();
}

} // namespace casement
