#include "ui/caselistpage.h"

#include "models/names.h"
#include "models/relativetime.h"
#include "ui/casetable.h"
#include "ui/errortext.h"
#include "ui/headerstate.h"
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

namespace {
const QString settingsKey = u"cases"_s;
}

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
    connect(m_ui->table, &CaseTable::currentRowChanged, this, [this](int row) {
        if (m_choosing)
            return;
        m_open = m_workspace->cases().keyAt(row);
        m_wanted = {};
        m_savedSelection = false;
        m_automatic = false;
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
    QHeaderView *header = m_ui->table->horizontalHeader();
    resetColumns();
    if (!workspace.settings().text(settingsKey + u"/columns"_s).isEmpty()) {
        headerstate::restore(*header, workspace.settings(), settingsKey, CaseListModel::Updated, Qt::DescendingOrder);
        m_fitsColumns = workspace.settings().flag(u"cases/fitSubject"_s, false);
        m_foldsAccount = workspace.settings().flag(u"cases/foldAccount"_s, true);
        m_accountFolded = false;
        fitColumns();
    }
    connect(header, &QHeaderView::sectionResized, this, [this](int, int before, int now) {
        if (m_fitting || !m_ui->table->isVisible())
            return;
        if (before > 0 && now > 0)
            m_fitsColumns = false; // dragged
        else
            fitColumns(); // one came or went
    });
    connect(header, &QHeaderView::sortIndicatorChanged, this, &CaseListPage::fitColumns);
    m_ui->table->viewport()->installEventFilter(this);
    m_ui->table->setSortingEnabled(true);
    m_wanted.account = workspace.settings().number(u"cases/selectedAccount"_s, 0, 0, std::numeric_limits<int>::max());
    m_wanted.caseId = workspace.settings().text(u"cases/selectedCase"_s);
    m_savedSelection = m_wanted.isValid();
    connect(&model, &QAbstractItemModel::rowsInserted, this, &CaseListPage::follow);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &CaseListPage::follow);
    connect(&model, &QAbstractItemModel::layoutChanged, this, &CaseListPage::follow);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &CaseListPage::refresh);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &CaseListPage::refresh);
    connect(&model, &CaseListModel::filterChanged, this, &CaseListPage::refresh);
    connect(&model, &CaseListModel::totalCountChanged, this, &CaseListPage::refresh);
    connect(&workspace, &Workspace::changed, this, &CaseListPage::follow);
    connect(&workspace, &Workspace::changed, this, &CaseListPage::refresh);
    refresh();
}

void CaseListPage::setRowActions(const QList<QAction *> &actions) { m_rowActions = actions; }

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

void CaseListPage::followRows()
{
    m_following = false;
    CaseListModel &model = m_workspace->cases();
    const bool loading = m_workspace->isLoading();
    const bool automatic = m_automatic && model.filter().words.trimmed().isEmpty();
    if (!loading)
        m_automatic = false;
    if (!loading && m_open.isValid() && !model.findCase(m_open))
        m_open = {}; // its account went away
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
                             ? tr("%n case(s)", nullptr, shown)
                             : tr("%n of %1 case(s)", nullptr, shown).arg(QLocale().toString(model.totalCount())));
    m_ui->count->setVisible(model.totalCount() > 0);

    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 last = m_workspace->lastSync();
    QString freshness;
    if (m_workspace->isOffline() && model.totalCount() > 0) {
        freshness = last > 0 ? tr("Offline · last updated %1").arg(TimeText::ago(last, now, QLocale())) : tr("Offline");
    }
    m_ui->freshness->setText(freshness);

    if (shown > 0) {
        m_ui->stack->setCurrentWidget(m_ui->tablePage);
        return;
    }
    m_ui->stack->setCurrentWidget(m_ui->state);
    m_step = Step::None;
    if (model.totalCount() == 0) {
        bool stopped = false;
        Error error;
        for (const AccountRecord &account : m_workspace->accountRecords()) {
            const Error &one = m_workspace->status(account.id).error;
            if (one.kind == Error::Kind::Cancelled)
                stopped = true;
            else if (one.kind != Error::Kind::None)
                error = one;
        }
        if (m_workspace->isLoading()) {
            m_ui->state->showLoading(tr("Loading cases…"));
        } else if (error.kind != Error::Kind::None) {
            m_step = Step::Refresh;
            if (m_workspace->isOffline())
                m_ui->state->show(u"offline"_s, tr("Offline"),
                                  tr("AWS can't be reached, and nothing is stored here yet."), tr("Try Again"));
            else
                // In its own words, too: the message above may have been closed.
                m_ui->state->show(u"error"_s, tr("The cases could not be loaded"), ErrorText::summary(error),
                                  tr("Try Again"));
        } else if (stopped) {
            m_step = Step::Refresh;
            m_ui->state->show(u"refresh"_s, tr("Refreshing was stopped."), QString(), tr("Refresh"));
        } else {
            m_step = Step::Refresh;
            m_ui->state->show(u"inbox"_s, tr("No cases yet"), tr("There is no support case in this account."),
                              tr("Refresh"));
        }
        return;
    }
    if (!filter.words.trimmed().isEmpty()) {
        m_step = Step::ClearFilter;
        m_ui->state->show(
            u"search"_s, tr("No match"),
            tr("No case here matches what you typed. Press Enter in the search field to search all messages."),
            tr("Clear Filter"));
        return;
    }
    m_step = Step::ShowAll;
    if (filter.view == CaseFilter::View::NeedsReply)
        m_ui->state->show(u"check"_s, tr("Nothing waits for you"), tr("No case needs a reply."), tr("Show All Cases"));
    else if (filter.view == CaseFilter::View::Unread)
        m_ui->state->show(u"check"_s, tr("All read"), tr("There is no message that you have not seen."),
                          tr("Show All Cases"));
    else
        m_ui->state->show(u"inbox"_s, tr("Nothing here"), tr("No case stands in this view."), tr("Show All Cases"));
}

void CaseListPage::fillColumnMenu(QMenu &menu)
{
    menu.clear();
    QHeaderView *header = m_ui->table->horizontalHeader();
    QStringList used;
    for (int section = 0; section < header->count(); ++section) {
        const QString title = header->model()->headerData(section, Qt::Horizontal).toString();
        QAction *action = menu.addAction(title);
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(section) || (section == CaseListModel::Account && m_accountFolded));
        connect(action, &QAction::toggled, this, [this, section](bool on) {
            QHeaderView *columns = m_ui->table->horizontalHeader();
            if (!on && columns->hiddenSectionCount() >= columns->count() - 1)
                return; // the last column stays
            if (section == CaseListModel::Account) {
                m_foldsAccount = false;
                m_accountFolded = false;
            }
            columns->setSectionHidden(section, !on);
        });
    }
}

void CaseListPage::resetColumns()
{
    QHeaderView *header = m_ui->table->horizontalHeader();
    {
        const QScopedValueRollback guard(m_fitting, true);
        headerstate::reset(*header, CaseListModel::Updated, Qt::DescendingOrder);
        for (int section = 0; section < header->count(); ++section)
            header->setSectionHidden(section, true);
        int place = 0;
        for (const int section : {int(CaseListModel::Severity), int(CaseListModel::Status), int(CaseListModel::Subject),
                                  int(CaseListModel::Account), int(CaseListModel::Updated)}) {
            header->setSectionHidden(section, false);
            header->moveSection(header->visualIndex(section), place++);
        }
    }
    m_fitsColumns = true;
    m_foldsAccount = true;
    m_accountFolded = false;
    fitColumns();
}

void CaseListPage::setAccountFolded(bool folded)
{
    if (folded == m_accountFolded)
        return;
    m_accountFolded = folded;
    const QScopedValueRollback guard(m_fitting, true);
    m_ui->table->horizontalHeader()->setSectionHidden(CaseListModel::Account, folded);
    m_ui->table->viewport()->update();
}

void CaseListPage::fitColumns()
{
    QHeaderView *header = m_ui->table->horizontalHeader();
    if (!m_fitsColumns || m_fitting || header->isSectionHidden(CaseListModel::Subject))
        return;
    setAccountFolded(false);
    QFont bold = m_ui->table->font(); // unread cases
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    const int letter = metrics.averageCharWidth();
    constexpr int margins = 18;
    const int room = m_ui->table->viewport()->width();
    const auto widest = [&](int section, const QStringList &texts, int padding) {
        int width = header->sectionSizeHint(section);
        for (const QString &text : texts)
            width = qMax(width, metrics.horizontalAdvance(text) + padding);
        return width;
    };
    QStringList severities;
    for (const char *code : {"low", "normal", "high", "urgent", "critical"})
        severities.append(Names::severity(code));
    const QLocale locale;
    const int severity = qMin(widest(CaseListModel::Severity, severities, margins + 16), letter * 16);
    const int updated = widest(CaseListModel::Updated,
                               {TimeText::span(59 * 60'000LL), TimeText::span(23 * 3'600'000LL),
                                locale.toString(QDate(2026, 12, 28), QLocale::ShortFormat)},
                               margins);
    const int leastStatus = qMax(header->sectionSizeHint(CaseListModel::Status), letter * 9 + margins);
    const int goodStatus = qMax(leastStatus, letter * 18 + margins);
    const int account = qMax(header->sectionSizeHint(CaseListModel::Account), letter * 14 + margins);

    const QScopedValueRollback guard(m_fitting, true);
    const auto shown = [header](int section) { return !header->isSectionHidden(section); };
    if (shown(CaseListModel::Severity))
        header->resizeSection(CaseListModel::Severity, severity);
    if (shown(CaseListModel::Updated))
        header->resizeSection(CaseListModel::Updated, updated);
    if (shown(CaseListModel::Account))
        header->resizeSection(CaseListModel::Account, account);
    if (shown(CaseListModel::Status))
        header->resizeSection(CaseListModel::Status, goodStatus);
    // What is left when the columns up to `last` stand in the room.
    const auto left = [&](int last) {
        int rest = room;
        for (int visual = 0; visual <= last; ++visual) {
            const int section = header->logicalIndex(visual);
            if (section != CaseListModel::Subject && shown(section))
                rest -= header->sectionSize(section);
        }
        return rest;
    };
    const int all = header->count() - 1;
    if (shown(CaseListModel::Status) && left(all) < letter * 30)
        header->resizeSection(CaseListModel::Status, leastStatus);
    if (shown(CaseListModel::Account) && m_foldsAccount && header->sortIndicatorSection() != CaseListModel::Account
        && left(all) < letter * 24) {
        m_accountFolded = true;
        header->setSectionHidden(CaseListModel::Account, true);
        if (shown(CaseListModel::Status))
            header->resizeSection(CaseListModel::Status,
                                  qBound(leastStatus, left(all) + leastStatus - letter * 30, goodStatus));
    }
    // In a narrow list these two give up the room for an arrow that they do not show.
    for (const int section : {int(CaseListModel::Severity), int(CaseListModel::Status)}) {
        if (!shown(section) || header->sortIndicatorSection() == section || left(all) >= letter * 16)
            continue;
        const QString title = header->model()->headerData(section, Qt::Horizontal).toString();
        const int tight = QFontMetrics(header->font()).horizontalAdvance(title) + margins;
        header->resizeSection(section, qMin(header->sectionSize(section), qMax(tight, letter * 6)));
    }
    // More columns than there is room for, because somebody asked for them: whole ones, and always the sorted one.
    const int least = letter * 5;
    const int sorted = header->visualIndex(header->sortIndicatorSection());
    int width = left(all);
    for (int last = all; width < letter * 24 && last > sorted; --last)
        width = left(last - 1);
    header->resizeSection(CaseListModel::Subject, qMax(width, least));
    m_ui->table->viewport()->update();
}

bool CaseListPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        fitColumns();
    return QWidget::eventFilter(watched, event);
}

void CaseListPage::showHeaderMenu(const QPoint &where)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColumnMenu(*menu);
    menu->addSeparator();
    connect(menu->addAction(tr("Reset Columns")), &QAction::triggered, this, &CaseListPage::resetColumns);
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
    setAccountFolded(false); // that is no choice to keep
    headerstate::save(*m_ui->table->horizontalHeader(), settings, settingsKey);
    fitColumns();
    settings.set(u"cases/fitSubject"_s, m_fitsColumns);
    settings.set(u"cases/foldAccount"_s, m_foldsAccount);
    if (m_open.isValid()) {
        settings.set(u"cases/selectedAccount"_s, int(m_open.account));
        settings.set(u"cases/selectedCase"_s, m_open.caseId);
    }
}

void CaseListPage::retranslate()
{
    m_ui->retranslateUi(this);
    fitColumns();
    refresh();
}

} // namespace casement
