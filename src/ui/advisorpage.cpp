#include "ui/advisorpage.h"

#include "models/displaytext.h"
#include "models/names.h"
#include "models/relativetime.h"
#include "models/roles.h"
#include "ui/advisorlook.h"
#include "ui/advisornotice.h"
#include "ui/advisoroverview.h"
#include "ui/advisorwork.h"
#include "ui/fieldhint.h"
#include "ui/flowlayout.h"
#include "ui/icons.h"
#include "ui/lowscreenarea.h"
#include "ui/plaintext.h"
#include "ui/spoken.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"
#include "ui_advisorpage.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QLocale>
#include <QMap>
#include <QMenu>
#include <QSet>
#include <QSignalBlocker>

#include <algorithm>
#include <chrono>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString splitterKey = u"advisor/splitter"_s;
constexpr int mostTrendDays = 365;

} // namespace

AdvisorPage::AdvisorPage(Workspace &workspace, AdvisorWork &work, QWidget *parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::AdvisorPage>()), m_workspace(workspace), m_work(work),
      m_checks(new AdvisorCheckModel(workspace.accounts(), this))
{
    m_ui->setupUi(this);
    for (QWidget *part : {m_ui->heading, m_ui->filters}) {
        part->setBackgroundRole(QPalette::Base);
        part->setAutoFillBackground(true);
    }
    m_ui->notice->setAutoFillBackground(true);
    QFont bold = m_ui->title->font();
    bold.setWeight(QFont::DemiBold);
    m_ui->title->setFont(bold);
    m_ui->freshness->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_ui->freshness->setForegroundRole(QPalette::PlaceholderText);
    m_ui->checkCount->setForegroundRole(QPalette::PlaceholderText);
    delete m_ui->filters->layout();
    auto *flow = new FlowLayout(m_ui->filters);
    flow->setContentsMargins(12, 8, 12, 8);
    flow->setSpacing(8);
    for (QWidget *part : std::initializer_list<QWidget *>{m_ui->checkFilter, m_ui->checkCategory, m_ui->checkStatus,
                                                          m_ui->refreshChosenButton, m_ui->checkCount})
        flow->addWidget(part);
    m_overview = new AdvisorOverview(*m_checks, m_workspace.accounts(), m_ui->views);
    m_overview->setObjectName(u"advisorOverview"_s);
    m_ui->views->addWidget(m_overview);
    m_ui->detail->setUp(m_workspace, m_work);

    m_ui->checks->setUp(*m_checks, m_workspace.settings());
    m_ui->checksSplitter->setStretchFactor(0, 2);
    m_ui->checksSplitter->setStretchFactor(1, 3);
    m_ui->checksStack->setMinimumHeight(96);
    const int place = m_ui->views->indexOf(m_ui->checksView);
    m_ui->views->removeWidget(m_ui->checksView);
    m_checksArea = new LowScreenArea(m_ui->checksView);
    m_checksArea->setObjectName(u"checksArea"_s);
    m_ui->views->insertWidget(place, m_checksArea);
    if (const QList<int> sizes = m_workspace.settings().numbers(splitterKey, 0, 8000); sizes.size() == 2)
        m_ui->checksSplitter->setSizes(sizes);
    m_take.setSingleShot(true);
    m_take.setInterval(std::chrono::milliseconds(50));
    connect(&m_take, &QTimer::timeout, this, &AdvisorPage::takeRead);
    m_minute.setInterval(std::chrono::minutes(1));
    connect(&m_minute, &QTimer::timeout, this, [this] {
        m_checks->tick();
        m_ui->detail->tick();
        showCounts();
    });
    m_minute.start();
    connectViews();
    m_language = m_workspace.serviceLanguage();
    fillFilters();
    accountsChanged();
    recolor();
    retranslate();
}

AdvisorPage::~AdvisorPage() = default;

void AdvisorPage::connectViews()
{
    connect(m_checks, &AdvisorCheckModel::countsChanged, this, [this] {
        showCounts();
        if (m_isOverview && isVisible())
            m_overview->refresh();
        Q_EMIT countsChanged();
    });
    connect(m_ui->checks->selectionModel(), &QItemSelectionModel::currentChanged, this, &AdvisorPage::currentChanged);
    connect(m_ui->checks->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { m_ui->refreshChosenButton->setEnabled(!chosenChecks().isEmpty()); });
    connect(m_ui->checks, &QWidget::customContextMenuRequested, this, &AdvisorPage::showMenu);
    connect(m_overview, &AdvisorOverview::chosen, this, &AdvisorPage::showChecks);
    connect(m_overview, &AdvisorOverview::checkChosen, this, &AdvisorPage::showCheck);
    connect(m_ui->overviewButton, &QPushButton::clicked, this, &AdvisorPage::showOverview);
    connect(m_ui->refreshAllButton, &QPushButton::clicked, this, &AdvisorPage::refreshAll);
    connect(m_ui->refreshChosenButton, &QPushButton::clicked, this, &AdvisorPage::refreshChosen);
    connect(m_ui->checkFilter, &QLineEdit::textChanged, this, &AdvisorPage::filterChanged);
    connect(m_ui->checkCategory, &QComboBox::activated, this, [this] {
        filterChanged();
        Q_EMIT viewChanged();
    });
    connect(m_ui->checkStatus, &QComboBox::activated, this, &AdvisorPage::filterChanged);
    connect(m_ui->noCheckState, &StatePage::buttonClicked, this, [this] {
        m_ui->checkFilter->clear();
        showChecks({}, {});
    });
    connect(m_ui->advisorState, &StatePage::secondClicked, this, &AdvisorPage::chooseAccountRequested);
    const auto act = [this] {
        if (m_step == Step::Cancel)
            m_work.cancelLoads(m_accounts);
        else
            load();
    };
    connect(m_ui->advisorState, &StatePage::buttonClicked, this, act);
    connect(m_ui->noticeButton, &QPushButton::clicked, this, act);
    AdvisorDetail *detail = m_ui->detail;
    connect(detail, &AdvisorDetail::refreshRequested, this,
            [this](AccountId account, const QString &checkId) { m_work.refresh(account, {checkId}); });
    connect(detail, &AdvisorDetail::loadRequested, this, [this](AccountId account) { m_work.load({account}); });
    connect(detail, &AdvisorDetail::openCaseRequested, this, &AdvisorPage::openCaseRequested);
    connect(detail, &AdvisorDetail::linkHovered, this, &AdvisorPage::linkHovered);
    connect(&m_work, &AdvisorWork::changed, this, &AdvisorPage::showState);
    connect(&m_work, &AdvisorWork::checksChanged, this, &AdvisorPage::read);
    connect(&m_workspace, &Workspace::changed, this, &AdvisorPage::accountsChanged);
    connect(&m_workspace.cases(), &CaseListModel::filterChanged, this, &AdvisorPage::accountsChanged);
}

AdvisorDetail &AdvisorPage::detail() { return *m_ui->detail; }

QList<AccountId> AdvisorPage::accounts() const
{
    QList<AccountId> known;
    for (const AccountRecord &record : m_workspace.accountRecords())
        known.append(record.id);
    QList<AccountId> chosen = m_workspace.cases().filter().accounts;
    chosen.removeIf([&](AccountId account) { return !known.contains(account); });
    return chosen.isEmpty() ? known : chosen;
}

void AdvisorPage::accountsChanged()
{
    const QList<AccountId> now = accounts();
    if (now == m_accounts)
        return showState();
    QList<AccountId> known;
    for (const AccountRecord &record : m_workspace.accountRecords())
        known.append(record.id);
    const bool isFirst = m_accounts.isEmpty();
    m_accounts = now;
    m_checks->keepAccounts(known);
    filterChanged();
    m_ui->checks->setShowsAccounts(known.size() > 1);
    if (!m_ui->detail->checkId().isEmpty() && !now.contains(m_ui->detail->account()))
        m_ui->detail->clear();
    for (const AccountId account : now)
        read(account);
    m_isDaysStale = true;
    readDays();
    showState();
    if (isVisible() && (isFirst || !now.isEmpty()))
        open();
}

/// What the archive knows of an account by now.
void AdvisorPage::read(AccountId account)
{
    if (!m_workspace.hasAccount(account))
        return;
    ++m_reading;
    const QString language = m_workspace.serviceLanguage();
    m_work.archive().loadChecks(account, language, this,
                                [this, account, language](const Result<QList<AdvisorCheckRecord>> &checks) {
                                    --m_reading;
                                    if (checks && language == m_workspace.serviceLanguage())
                                        m_read.insert(account, *checks);
                                    if (m_reading == 0)
                                        takeRead();
                                    else if (!m_take.isActive())
                                        m_take.start();
                                });
}

/// A hundred accounts are read one by one, and shown some at a time.
void AdvisorPage::takeRead()
{
    m_take.stop();
    QHash<AccountId, QList<AdvisorCheckRecord>> read = std::exchange(m_read, {});
    read.removeIf([this](auto it) { return !m_workspace.hasAccount(it.key()); });
    m_checks->setChecks(read);
    followCurrent();
    if (const Wanted wanted = m_wanted; !wanted.checkId.isEmpty())
        showCheck(wanted.account, wanted.checkId);
    showState();
    m_isDaysStale = true;
    if (!m_work.isLoading(m_accounts)) // else it is soon stale again
        readDays();
}

void AdvisorPage::readDays()
{
    if (!m_isDaysStale || !m_isOverview || !isVisible())
        return;
    m_isDaysStale = false;
    m_work.archive().loadDays(m_accounts, mostTrendDays, this, [this](const Result<QList<AdvisorDay>> &days) {
        if (days)
            m_overview->setDays(*days);
    });
}

void AdvisorPage::open()
{
    readDays();
    if (m_isOverview)
        m_overview->refresh();
    QList<AccountId> untried;
    for (const AccountId account : std::as_const(m_accounts)) {
        if (!m_work.wasTried(account))
            untried.append(account);
    }
    if (!untried.isEmpty())
        m_work.load(untried);
    showState();
}

void AdvisorPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    open();
}

void AdvisorPage::load() { m_work.load(m_accounts); }

bool AdvisorPage::isOverview() const { return m_isOverview; }

QString AdvisorPage::category() const { return m_ui->checkCategory->currentData().toString(); }

void AdvisorPage::showOverview()
{
    m_isOverview = true;
    m_overview->refresh();
    readDays();
    showState();
    Q_EMIT viewChanged();
}

void AdvisorPage::showChecks(const QString &category, const QString &status)
{
    m_isOverview = false;
    if (m_ui->checkCategory->findData(category) < 0)
        m_ui->checkCategory->addItem(Names::advisorCategory(category.toUtf8().toStdString()), category);
    m_ui->checkCategory->setCurrentIndex(m_ui->checkCategory->findData(category));
    m_ui->checkStatus->setCurrentIndex(qMax(0, m_ui->checkStatus->findData(status)));
    filterChanged();
    showState();
    // The worst of them, so that something is told at once.
    if (!m_checks->checkAt(m_ui->checks->currentIndex())) {
        if (const QModelIndex first = m_checks->index(0, 0, m_checks->index(0, 0)); first.isValid())
            m_ui->checks->setCurrentIndex(first);
    }
    focusRows();
    Q_EMIT viewChanged();
}

void AdvisorPage::showCheck(AccountId account, const QString &checkId)
{
    const AdvisorCheckRecord *check = m_checks->find(account, checkId);
    m_wanted = check || m_reading == 0 ? Wanted() : Wanted{account, checkId};
    if (!check)
        return;
    const QString category = check->category;
    m_ui->checkFilter->clear();
    showChecks(category, {});
    if (const QModelIndex place = m_checks->indexOf(account, checkId); place.isValid()) {
        m_ui->checks->setCurrentIndex(place);
        m_ui->checks->scrollTo(place, QAbstractItemView::PositionAtCenter);
    }
}

void AdvisorPage::filterChanged()
{
    AdvisorFilter filter;
    filter.accounts = m_accounts;
    filter.words = m_ui->checkFilter->text();
    filter.category = category();
    filter.status = m_ui->checkStatus->currentData().toString();
    m_checks->setFilter(filter);
    m_ui->checksStack->setCurrentWidget(m_checks->rowCount() > 0 ? static_cast<QWidget *>(m_ui->checks)
                                                                 : m_ui->noCheckState);
    showCounts();
}

void AdvisorPage::fillFilters()
{
    const QSignalBlocker categories(m_ui->checkCategory);
    const QSignalBlocker statuses(m_ui->checkStatus);
    const QString chosenCategory = category();
    const QString chosenStatus = m_ui->checkStatus->currentData().toString();
    QStringList codes;
    for (const AdvisorCategory &known : m_checks->categories())
        codes.append(known.code);
    if (!chosenCategory.isEmpty() && !codes.contains(chosenCategory))
        codes.append(chosenCategory);
    m_ui->checkCategory->clear();
    m_ui->checkCategory->addItem(tr("All categories"), QString());
    for (const QString &code : std::as_const(codes))
        m_ui->checkCategory->addItem(Names::advisorCategory(code.toUtf8().toStdString()), code);
    m_ui->checkCategory->setCurrentIndex(qMax(0, m_ui->checkCategory->findData(chosenCategory)));
    m_ui->checkStatus->clear();
    m_ui->checkStatus->addItem(tr("Any status"), QString());
    //: Checks with the status "Action recommended" or "Investigate"
    m_ui->checkStatus->addItem(tr("Anything to look at"), u"!ok"_s);
    for (const QString &status : {u"error"_s, u"warning"_s, u"ok"_s, u"not_available"_s})
        m_ui->checkStatus->addItem(advisorlook::icon(status), Names::advisorStatus(status.toStdString()), status);
    m_ui->checkStatus->setCurrentIndex(qMax(0, m_ui->checkStatus->findData(chosenStatus)));
}

/// Overview or checks; or what stands in their place while nothing is known.
void AdvisorPage::showState()
{
    const bool any = m_checks->totalCount() > 0;
    m_ui->overviewButton->setVisible(!m_isOverview && any);
    m_ui->refreshAllButton->setEnabled(any);
    QWidget *wanted = any ? (m_isOverview ? static_cast<QWidget *>(m_overview) : m_checksArea) : m_ui->advisorState;
    if (m_ui->views->currentWidget() != wanted)
        m_ui->views->setCurrentWidget(wanted);
    if (any && m_ui->checkCategory->count() != m_checks->categories().size() + 1)
        fillFilters();
    if (!any) {
        const AdvisorStanding standing = AdvisorNotice::standing(m_work, m_workspace, m_accounts, m_reading > 0);
        AdvisorNotice::showInPlace(standing, *m_ui->advisorState);
        m_step = standing.isLoading ? Step::Cancel : Step::Load;
    }
    showNotice();
    showCounts();
}

/// Above what is known: that more is on its way, or why it did not come.
void AdvisorPage::showNotice()
{
    if (m_checks->totalCount() == 0)
        return m_ui->notice->hide();
    const AdvisorStanding standing = AdvisorNotice::standing(m_work, m_workspace, m_accounts, false);
    const bool isError = standing.error.kind != Error::Kind::None && !standing.isLoading;
    m_ui->notice->setVisible(standing.isLoading || isError);
    if (!standing.isLoading && !isError)
        return;
    m_step = standing.isLoading ? Step::Cancel : Step::Retry;
    const QString text = AdvisorNotice::sentence(standing);
    if (m_ui->noticeText->whole() != text)
        m_ui->noticeText->setWhole(text);
    m_ui->noticeButton->setText(standing.isLoading ? tr("Cancel") : tr("Try A&gain"));
    m_ui->noticeProgress->setVisible(standing.isLoading);
    m_ui->noticeProgress->setRange(0, int(standing.total));
    m_ui->noticeProgress->setValue(int(standing.done));
    if (icons::areEnabled())
        m_ui->noticeIcon->setPixmap(icons::pixmap(standing.isLoading       ? u"refresh"_s
                                                      : standing.isOffline ? u"offline"_s
                                                                           : u"warning"_s,
                                                  16, devicePixelRatioF(),
                                                  isError ? Theme::colors().warningText : Theme::colors().mutedText));
    recolor();
}

void AdvisorPage::showCounts()
{
    const QLocale locale;
    const int shown = m_checks->shownCount();
    const int total = m_checks->totalCount();
    m_ui->checkCount->setText(shown == total ? tr("%Ln check(s)", nullptr, total)
                                             : tr("%Ln of %1 check(s)", nullptr, shown).arg(locale.toString(total)));
    const QString category = this->category();
    //: Title of the page; %1 is a category of checks
    m_ui->title->setText(m_isOverview || category.isEmpty()
                             ? tr("Trusted Advisor")
                             : tr("Trusted Advisor · %1").arg(Names::advisorCategory(category.toUtf8().toStdString())));
    qint64 newest = 0;
    for (const AdvisorCategory &one : m_checks->categories())
        newest = qMax(newest, one.newest);
    m_ui->freshness->setTexts(
        newest > 0 ? tr("newest result %1").arg(TimeText::ago(newest, QDateTime::currentMSecsSinceEpoch(), locale))
                   : QString());
    m_ui->checksStack->setCurrentWidget(m_checks->rowCount() > 0 ? static_cast<QWidget *>(m_ui->checks)
                                                                 : m_ui->noCheckState);
    if (m_checks->rowCount() == 0)
        m_ui->noCheckState->show(u"filter"_s, tr("No match"), tr("No check matches the filter."),
                                 tr("Show All Chec&ks"));
}

void AdvisorPage::currentChanged()
{
    if (const AdvisorCheckRecord *check = m_checks->checkAt(m_ui->checks->currentIndex()))
        m_ui->detail->show(*check);
}

/// The check that is shown, as it is by now.
void AdvisorPage::followCurrent()
{
    const AdvisorCheckRecord *check = m_checks->find(m_ui->detail->account(), m_ui->detail->checkId());
    if (check)
        m_ui->detail->show(*check);
}

QList<AdvisorCheckRecord> AdvisorPage::chosenChecks() const
{
    QList<AdvisorCheckRecord> checks;
    QSet<QPersistentModelIndex> seen;
    const auto add = [&](const QModelIndex &index) {
        const AdvisorCheckRecord *check = m_checks->checkAt(index);
        if (!check || seen.contains(index))
            return;
        seen.insert(index);
        checks.append(*check);
    };
    const QModelIndexList rows = m_ui->checks->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        add(row);
        for (int child = 0; child < m_checks->rowCount(row); ++child)
            add(m_checks->index(child, 0, row));
    }
    return checks;
}

void AdvisorPage::refreshChosen()
{
    QMap<AccountId, QStringList> ids;
    const QList<AdvisorCheckRecord> checks = chosenChecks();
    for (const AdvisorCheckRecord &check : checks)
        ids[check.account].append(check.checkId);
    for (auto it = ids.cbegin(); it != ids.cend(); ++it)
        m_work.refresh(it.key(), it.value());
}

void AdvisorPage::refreshAll()
{
    for (const AccountId account : std::as_const(m_accounts))
        m_work.refresh(account, {});
}

void AdvisorPage::setRowActions(const QList<QAction *> &checkActions, const QList<QAction *> &resourceActions)
{
    m_checkActions = checkActions;
    m_ui->detail->setRowActions(resourceActions);
}

void AdvisorPage::showMenu(const QPoint &where)
{
    if (!m_ui->checks->indexAt(where).isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(u"checkMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_checkActions);
    menu->popup(m_ui->checks->viewport()->mapToGlobal(where));
}

void AdvisorPage::focusFilter()
{
    if (m_isOverview)
        showChecks({}, {});
    m_ui->checkFilter->setFocus(Qt::ShortcutFocusReason);
    m_ui->checkFilter->selectAll();
}

void AdvisorPage::focusRows()
{
    if (m_ui->views->currentWidget() == m_checksArea)
        m_ui->checks->setFocus();
    else if (m_ui->views->currentWidget() == m_ui->advisorState)
        m_ui->advisorState->takeFocus();
    else if (m_ui->views->currentWidget() == m_overview)
        m_overview->focusFirst();
}

bool AdvisorPage::goBack()
{
    if (m_isOverview)
        return false;
    if (m_ui->detail->isAncestorOf(QApplication::focusWidget())) {
        m_ui->checks->setFocus();
        return true;
    }
    if (!m_ui->checkFilter->text().isEmpty()) {
        m_ui->checkFilter->clear();
        m_ui->checks->setFocus();
        return true;
    }
    showOverview();
    focusRows();
    return true;
}

void AdvisorPage::moveCurrent(int rows)
{
    QModelIndex current = m_ui->checks->currentIndex();
    for (int i = 0; i < std::abs(rows) && current.isValid(); ++i)
        current = rows > 0 ? m_ui->checks->indexBelow(current) : m_ui->checks->indexAbove(current);
    if (current.isValid() && !m_isOverview)
        m_ui->checks->setCurrentIndex(current);
}

/// The selected resources; while the checks have the focus, their rows.
void AdvisorPage::copy() const
{
    if (!m_ui->checks->hasFocus())
        return m_ui->detail->copy();
    if (const QString text = m_ui->checks->selectedText(); !text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void AdvisorPage::selectAll()
{
    if (m_ui->detail->hasResourceFocus())
        m_ui->detail->selectAll();
    else if (!m_isOverview)
        m_ui->checks->selectAll();
}

ColumnTable *AdvisorPage::table() const
{
    if (m_ui->views->currentWidget() != m_checksArea || m_checks->rowCount() == 0)
        return nullptr;
    ColumnTable *resources = m_ui->detail->isAncestorOf(QApplication::focusWidget()) ? m_ui->detail->table() : nullptr;
    return resources ? resources : m_ui->checks;
}

void AdvisorPage::save()
{
    m_ui->checks->saveColumns();
    if (m_ui->checksView->isVisible())
        m_workspace.settings().set(splitterKey, m_ui->checksSplitter->sizes());
    m_ui->detail->save();
}

void AdvisorPage::retranslate()
{
    m_ui->retranslateUi(this);
    // To a screen reader the name of a box without a label is what is chosen in it.
    for (QComboBox *box : {m_ui->checkCategory, m_ui->checkStatus})
        spoken::setDescription(*box, box->accessibleName());
    nameClearButton(*m_ui->checkFilter, tr("Clear the Filter"));
    makeRoomForHint(*m_ui->checkFilter, narrowestFilter);
    fillFilters();
    m_checks->retranslate();
    m_overview->retranslate();
    m_ui->detail->retranslate();
    if (m_language != m_workspace.serviceLanguage()) {
        // Names, headings and values are asked for in the language of the window.
        m_language = m_workspace.serviceLanguage();
        for (const AccountId account : std::as_const(m_accounts))
            read(account);
        if (isVisible())
            load();
    }
    showState();
}

void AdvisorPage::recolor()
{
    const QColor ground = m_step == Step::Cancel ? Theme::colors().awsGround : Theme::colors().warningGround;
    if (m_ui->notice->palette().color(QPalette::Window) == ground)
        return;
    QPalette own;
    own.setColor(QPalette::Window, ground);
    m_ui->notice->setPalette(own);
}

void AdvisorPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_overview) {
        fillFilters();
        showNotice();
    }
}

} // namespace casement
