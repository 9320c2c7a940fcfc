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

#include <QActionGroup>
#include <QClipboard>
#include <QDateTime>
#include <QFontInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSet>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString settingsKey = u"cases"_s;
const QString keptKey = u"cases/keptColumns"_s;
const QString draggedKey = u"cases/ownWidths"_s;

constexpr int cellMargins = 16;
constexpr int sortArrow = 18; // FlatStyle's, with the gap before it

// What the subject wants, in heights of a letter: for the status to have its long words, to do without a second line
// below it, and to be of use at all.
constexpr int ampleSubject = 20;
constexpr int comfortableSubject = 16;
constexpr int leastSubject = 13;

/// What is given up for the subject's sake, one step after the other.
struct Concession
{
    QList<int> folded;
    bool brief; ///< the short words of a status
    int enough; ///< done when the subject has room for so many
};

const QList<Concession> &concessions()
{
    using Model = CaseListModel;
    static const QList<Concession> list{
        {{}, false, ampleSubject},
        {{}, true, comfortableSubject},
        {{Model::Account}, false, ampleSubject},
        {{Model::Account}, true, leastSubject},
        {{Model::Account, Model::Updated}, true, leastSubject},
        {{Model::Account, Model::Status, Model::Updated}, true, 0},
    };
    return list;
}

} // namespace

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
    connect(m_ui->state, &StatePage::secondClicked, this, &CaseListPage::chooseAccountRequested);
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
    const UiSettings &settings = workspace.settings();
    if (!settings.text(settingsKey + u"/columns"_s).isEmpty()) {
        const QScopedValueRollback guard(m_fitting, true);
        fold({});
        headerstate::restore(*header, settings, settingsKey, CaseListModel::Updated, Qt::DescendingOrder);
        m_kept = headerstate::toColumns(*header, settings.text(keptKey));
        m_dragged = headerstate::toColumns(*header, settings.text(draggedKey));
    }
    fitColumns();
    connect(header, &QHeaderView::sectionResized, this, &CaseListPage::columnResized);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &CaseListPage::fitSoon);
    connect(&workspace.accounts(), &AccountModel::changed, this, &CaseListPage::fitSoon);
    header->viewport()->installEventFilter(this);
    m_ui->table->viewport()->installEventFilter(this);
    // A scroll bar that comes while the page is shown for the first time takes its room without a resize event.
    for (const QScrollBar *bar : {m_ui->table->verticalScrollBar(), m_ui->table->horizontalScrollBar()}) {
        connect(bar, &QScrollBar::rangeChanged, this, [this] {
            if (m_ui->table->viewport()->width() != m_fittedRoom)
                fitSoon();
        });
    }
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
                                  tr("AWS can't be reached, and nothing is stored here yet."), tr("Try Again"),
                                  tr("Choose Account…"));
            else
                // In its own words, too: the message above may have been closed.
                m_ui->state->show(u"error"_s, tr("The cases could not be loaded"), ErrorText::summary(error),
                                  tr("Try Again"), tr("Choose Account…"));
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
    for (int section = 0; section < header->count(); ++section) {
        QAction *action = menu.addAction(header->model()->headerData(section, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(section));
        connect(action, &QAction::toggled, this, [this, section](bool on) { showColumn(section, on); });
    }
}

void CaseListPage::fillSortMenu(QMenu &menu)
{
    menu.clear();
    QHeaderView *header = m_ui->table->horizontalHeader();
    const int sorted = header->sortIndicatorSection();
    auto *columns = new QActionGroup(&menu);
    for (int section = 0; section < header->count(); ++section) {
        QAction *action = menu.addAction(header->model()->headerData(section, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setActionGroup(columns);
        action->setChecked(section == sorted);
        connect(action, &QAction::triggered, header, [header, section] {
            const QVariant first = header->model()->headerData(section, Qt::Horizontal, Qt::InitialSortOrderRole);
            header->setSortIndicator(section, Qt::SortOrder(first.toInt()));
        });
    }
    menu.addSeparator();
    auto *orders = new QActionGroup(&menu);
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        QAction *action = menu.addAction(order == Qt::AscendingOrder ? tr("Ascending") : tr("Descending"));
        action->setCheckable(true);
        action->setActionGroup(orders);
        action->setChecked(order == header->sortIndicatorOrder());
        connect(action, &QAction::triggered, header,
                [header, order] { header->setSortIndicator(header->sortIndicatorSection(), order); });
    }
}

void CaseListPage::resetColumns()
{
    QHeaderView *header = m_ui->table->horizontalHeader();
    {
        const QScopedValueRollback guard(m_fitting, true);
        fold({});
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
    m_kept.clear();
    m_dragged.clear();
    fitColumns();
}

/// Shown, or only folded for want of room.
bool CaseListPage::isWanted(int section) const
{
    return !m_ui->table->horizontalHeader()->isSectionHidden(section) || m_folded.contains(section);
}

void CaseListPage::showColumn(int section, bool on)
{
    QHeaderView *header = m_ui->table->horizontalHeader();
    if (!on && header->hiddenSectionCount() >= header->count() - 1)
        return; // the last column stays
    {
        const QScopedValueRollback guard(m_fitting, true);
        m_folded.removeAll(section);
        m_kept.removeAll(section);
        if (on)
            m_kept.append(section);
        header->setSectionHidden(section, !on);
    }
    m_dragged.removeAll(CaseListModel::Subject); // it takes, or gives, the room
    fitColumns();
}

void CaseListPage::columnResized(int section, int before, int now)
{
    if (m_fitting || !m_ui->table->isVisible())
        return;
    if (before > 0 && now > 0) {
        if (!m_dragged.contains(section))
            m_dragged.append(section);
        m_dragging = QGuiApplication::mouseButtons() != Qt::NoButton;
    }
    fitSoon(); // the header is in the middle of its change
}

void CaseListPage::fitSoon()
{
    if (m_fitPending)
        return;
    m_fitPending = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_fitPending = false;
            fitColumns();
        },
        Qt::QueuedConnection);
}

/// Hides these and no others for want of room.
void CaseListPage::fold(const QList<int> &sections)
{
    QHeaderView *header = m_ui->table->horizontalHeader();
    const QList<int> before = m_folded;
    m_folded = sections;
    for (const int section : before) {
        if (!sections.contains(section))
            header->setSectionHidden(section, false);
    }
    for (const int section : sections) {
        if (!before.contains(section))
            header->setSectionHidden(section, true);
    }
    // Which account a case is of is never told by a colour alone.
    QList<int> below = sections;
    const bool several = m_workspace->accountRecords().size() > 1;
    below.removeAll(CaseListModel::Account);
    if (several && header->isSectionHidden(CaseListModel::Account))
        below.prepend(CaseListModel::Account);
    m_ui->table->setBelowSubject(header->isSectionHidden(CaseListModel::Subject) ? QList<int>() : below);
}

/// As wide as its title and its widest words; other columns as they are.
int CaseListPage::widthFor(int section, bool brief) const
{
    const QHeaderView *header = m_ui->table->horizontalHeader();
    if (m_dragged.contains(section) && !m_folded.contains(section))
        return header->sectionSize(section);
    QFont bold = m_ui->table->font(); // unread cases
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    int width =
        QFontMetrics(header->font()).horizontalAdvance(header->model()->headerData(section, Qt::Horizontal).toString());
    if (section == header->sortIndicatorSection())
        width += sortArrow;
    const auto widen = [&](const QString &text, int more = 0) {
        width = qMax(width, metrics.horizontalAdvance(text) + more);
    };
    switch (section) {
    case CaseListModel::Severity:
        for (const char *code : {"low", "normal", "high", "urgent", "critical"})
            width = qMax(width, m_ui->table->fontMetrics().horizontalAdvance(Names::severity(code)) + 18); // never bold
        break;
    case CaseListModel::Status:
        for (const char *code : {"unassigned", "opened", "work-in-progress", "pending-customer-action",
                                 "customer-action-completed", "reopened", "resolved"})
            widen(brief ? Names::statusShort(code) : Names::status(code));
        break;
    case CaseListModel::Account:
        for (const AccountRecord &account : m_workspace->accountRecords())
            widen(m_workspace->accountName(account.id).left(40), 15);
        width = qMin(width, metrics.averageCharWidth() * 18 + 15);
        break;
    case CaseListModel::Updated: {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const qint64 old = QDateTime(QDate(2020, 12, 28), QTime(12, 0)).toMSecsSinceEpoch();
        widen(TimeText::relative(old, now, QLocale()));
        widen(TimeText::span(59 * 60'000LL));
        widen(TimeText::span(23 * 3'600'000LL));
        break;
    }
    default:
        return header->sectionSize(section);
    }
    return width + cellMargins;
}

void CaseListPage::fitColumns()
{
    QHeaderView *header = m_ui->table->horizontalHeader();
    if (m_fitting || !m_workspace)
        return;
    const QScopedValueRollback guard(m_fitting, true);
    if (header->isSectionHidden(CaseListModel::Subject))
        return fold({}); // nothing that could give or take
    const int room = m_ui->table->viewport()->width();
    m_fittedRoom = room;
    const int letter = QFontInfo(m_ui->table->font()).pixelSize(); // average widths tell little across scripts
    QList<int> full; // by section
    QList<int> brief; // with the short words of a status
    for (int section = 0; section < header->count(); ++section) {
        full.append(isWanted(section) ? widthFor(section, false) : 0);
        brief.append(section == CaseListModel::Status ? widthFor(section, true) : full.constLast());
    }
    // What is left for the subject when the columns up to `last` stand in the room.
    const auto left = [&](const QList<int> &folded, const QList<int> &widths, int last) {
        int rest = room;
        for (int visual = 0; visual <= last; ++visual) {
            const int section = header->logicalIndex(visual);
            if (section != CaseListModel::Subject && isWanted(section) && !folded.contains(section))
                rest -= widths.at(section);
        }
        return rest;
    };
    const int all = header->count() - 1;
    QList<int> folded = m_folded;
    const QList<int> *widths = &full;
    for (const Concession &step : concessions()) {
        QList<int> sections;
        for (const int section : step.folded) {
            if (isWanted(section) && !m_kept.contains(section))
                sections.append(section);
        }
        widths = step.brief ? &brief : &full;
        if (m_dragging && sections != m_folded)
            continue; // columns neither come nor go under the mouse
        folded = sections;
        if (left(folded, *widths, all) >= letter * step.enough)
            break;
    }
    // More columns than there is room for, because somebody asked for them: whole ones, and always the sorted one.
    const int sorted = header->visualIndex(header->sortIndicatorSection());
    int width = left(folded, *widths, all);
    for (int last = all; width < letter * leastSubject && last > sorted; --last)
        width = left(folded, *widths, last - 1);
    fold(folded);
    for (int section = 0; section < header->count(); ++section) {
        if (section != CaseListModel::Subject && !header->isSectionHidden(section))
            header->resizeSection(section, widths->at(section));
    }
    if (!m_dragged.contains(CaseListModel::Subject))
        header->resizeSection(CaseListModel::Subject, qMax(width, letter * 3));
    m_ui->table->viewport()->update();
}

bool CaseListPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_ui->table->viewport()) {
        if (m_fitting)
            fitSoon(); // higher rows brought a scroll bar
        else
            fitColumns();
    } else if (event->type() == QEvent::MouseButtonRelease && m_dragging) {
        m_dragging = false;
        fitSoon();
    }
    return QWidget::eventFilter(watched, event);
}

void CaseListPage::showHeaderMenu(const QPoint &where)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColumnMenu(*menu);
    menu->addSeparator();
    fillSortMenu(*menu->addMenu(tr("Sort By")));
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
    const QHeaderView &header = *m_ui->table->horizontalHeader();
    headerstate::save(header, settings, settingsKey, m_folded);
    settings.set(keptKey, headerstate::toString(header, m_kept));
    settings.set(draggedKey, headerstate::toString(header, m_dragged));
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
