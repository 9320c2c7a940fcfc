#include "ui/advisoractions.h"

#include "models/advisorcase.h"
#include "models/displaytext.h"
#include "models/names.h"
#include "models/roles.h"
#include "models/sidebarmodel.h"
#include "ui/advisorexporter.h"
#include "ui/advisorpage.h"
#include "ui/advisorwork.h"
#include "ui/caseactions.h"
#include "ui/errortext.h"
#include "ui/toast.h"
#include "ui/workspace.h"
#include "ui_mainwindow.h"

#include <QApplication>
#include <QLocale>
#include <QSignalBlocker>
#include <QTextBrowser>

#include <memory>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestBody = 7000; // of 8,000: there is room to write something
constexpr qsizetype longestTitle = 180;

} // namespace

AdvisorActions::AdvisorActions(Ui::MainWindow &ui, QWidget &window, Workspace &workspace, SidebarModel &sidebar,
                               CaseActions &caseActions)
    : QObject(&window), m_ui(ui), m_window(window), m_workspace(workspace), m_sidebar(sidebar),
      m_caseActions(caseActions), m_work(new AdvisorWork(workspace, this)),
      m_exporter(
          new AdvisorExporter(workspace, *m_work, window, [&caseActions]() -> Toast & { return caseActions.toast(); }))
{
    m_sidebar.setAdvisor({{}, {SidebarModel::allChecks}});
    connectActions();
    connect(m_work, &AdvisorWork::refreshed, this, &AdvisorActions::tellRefresh);
}

AdvisorActions::~AdvisorActions() = default;

void AdvisorActions::connectActions()
{
    const auto on = [this](QAction *action, auto act) { connect(action, &QAction::triggered, this, act); };
    on(m_ui.actionAdvisor, &AdvisorActions::show);
    on(m_ui.actionAdvisorOverview, [this] {
        page().showOverview();
        show();
    });
    on(m_ui.actionAdvisorChecks, [this] {
        show();
        page().showChecks({}, {});
    });
    on(m_ui.actionRefreshChecks, [this] { page().refreshChosen(); });
    on(m_ui.actionRefreshAllChecks, [this] {
        show();
        page().refreshAll();
    });
    on(m_ui.actionHideSuppressed, [this](bool hides) { page().detail().setHidesSuppressed(hides); });
    on(m_ui.actionAdvisorCase, &AdvisorActions::openCase);
    connect(m_ui.menuAdvisor, &QMenu::aboutToShow, this, &AdvisorActions::update);
}

AdvisorPage &AdvisorActions::page()
{
    if (m_page)
        return *m_page;
    m_page = new AdvisorPage(m_workspace, *m_work, m_ui.mainStack);
    m_page->setObjectName(u"advisorPage"_s);
    m_page->setRowActions({m_ui.actionRefreshChecks, m_ui.actionExport, m_ui.actionCopy},
                          {m_ui.actionAdvisorCase, m_ui.actionHideSuppressed, m_ui.actionCopy});
    m_ui.mainStack->addWidget(m_page);
    connect(m_page, &AdvisorPage::viewChanged, this, &AdvisorActions::selectInSidebar);
    connect(m_page, &AdvisorPage::countsChanged, this, &AdvisorActions::showCounts);
    connect(m_page, &AdvisorPage::openCaseRequested, this, &AdvisorActions::openCase);
    connect(m_page, &AdvisorPage::chooseAccountRequested, m_ui.actionChooseAccount, &QAction::trigger);
    connect(m_page, &AdvisorPage::linkHovered, m_ui.statusBar, [bar = m_ui.statusBar](const QString &target) {
        if (target.isEmpty())
            bar->clearMessage();
        else
            bar->showMessage(target);
    });
    connect(&m_page->detail(), &AdvisorDetail::hidesSuppressedChanged, m_ui.actionHideSuppressed, &QAction::setChecked);
    m_ui.actionHideSuppressed->setChecked(m_page->detail().hidesSuppressed());
    showCounts();
    return *m_page;
}

bool AdvisorActions::isShown() const { return m_page && m_ui.mainStack->currentWidget() == m_page; }

void AdvisorActions::show()
{
    if (m_workspace.isWithoutAccount())
        return;
    setShown(true);
    page().focusRows();
    selectInSidebar();
}

void AdvisorActions::setShown(bool on)
{
    QWidget *wanted = on ? static_cast<QWidget *>(&page()) : m_ui.innerSplitter;
    if (m_ui.mainStack->currentWidget() == wanted)
        return update();
    m_ui.mainStack->setCurrentWidget(wanted);
    Q_EMIT shownChanged();
}

void AdvisorActions::openCheck(AccountId account, const QString &checkId)
{
    if (m_workspace.isWithoutAccount())
        return;
    setShown(true);
    page().showCheck(account, checkId);
    selectInSidebar();
}

bool AdvisorActions::leave()
{
    if (!isShown())
        return false;
    m_ui.statusBar->clearMessage();
    setShown(false);
    return true;
}

bool AdvisorActions::choose(const QModelIndex &entry)
{
    if (entry.data(ViewRole).toInt() != SidebarModel::advisorView)
        return false;
    const QString category = entry.data(AdvisorCategoryRole).toString();
    setShown(true);
    AdvisorPage &shown = page();
    // The focus stays in the sidebar, for the arrow keys.
    QWidget *focus = QApplication::focusWidget();
    if (category.isEmpty())
        shown.showOverview();
    else
        shown.showChecks(category == SidebarModel::allChecks ? QString() : category, {});
    if (focus == m_ui.sidebar)
        m_ui.sidebar->setFocus();
    update();
    return true;
}

void AdvisorActions::selectInSidebar()
{
    if (!isShown())
        return;
    const QSignalBlocker blocker(m_ui.sidebar->selectionModel());
    const QString category = m_page->category();
    const QModelIndex entry = m_sidebar.indexOfAdvisor(m_page->isOverview()     ? QString()
                                                           : category.isEmpty() ? QString(SidebarModel::allChecks)
                                                                                : category);
    if (entry.isValid())
        m_ui.sidebar->setCurrentIndex(entry);
    else
        m_ui.sidebar->selectionModel()->clear(); // a category that is not told yet: nothing else is shown
    m_ui.sidebar->viewport()->update();
}

void AdvisorActions::showCounts()
{
    QList<SidebarModel::AdvisorEntry> entries{{}, {SidebarModel::allChecks}};
    for (const AdvisorCategory &category : m_page->checks().categories())
        entries.append({category.code, category.errors + category.warnings});
    m_sidebar.setAdvisor(entries);
    selectInSidebar();
    update();
}

bool AdvisorActions::hasFocusInPage() const { return isShown() && m_page->isAncestorOf(QApplication::focusWidget()); }

bool AdvisorActions::load()
{
    if (!isShown())
        return false;
    m_page->load();
    return true;
}

bool AdvisorActions::loadAll()
{
    if (!isShown())
        return false;
    QList<AccountId> all;
    for (const AccountRecord &record : m_workspace.accountRecords())
        all.append(record.id);
    m_work->load(all);
    return true;
}

void AdvisorActions::exportChecks()
{
    if (!isShown())
        return;
    QList<AdvisorCheckRecord> checks = m_page->isOverview() ? QList<AdvisorCheckRecord>() : m_page->chosenChecks();
    if (checks.isEmpty())
        checks = m_page->isOverview() ? m_page->checks().allChecks() : m_page->checks().shownChecks();
    m_exporter->exportChecks(checks);
}

bool AdvisorActions::goBack()
{
    if (!isShown())
        return false;
    return m_page->goBack();
}

bool AdvisorActions::step(int rows)
{
    if (!isShown())
        return false;
    m_page->moveCurrent(rows);
    return true;
}

bool AdvisorActions::copy()
{
    if (!hasFocusInPage())
        return false;
    if (auto *browser = qobject_cast<QTextBrowser *>(QApplication::focusWidget()))
        browser->copy();
    else
        m_page->copy();
    return true;
}

bool AdvisorActions::selectAll()
{
    if (!isShown())
        return false;
    if (auto *browser = qobject_cast<QTextBrowser *>(QApplication::focusWidget()))
        browser->selectAll();
    else
        m_page->selectAll();
    return true;
}

bool AdvisorActions::focusFilter()
{
    if (!isShown())
        return false;
    m_page->focusFilter();
    return true;
}

QList<QWidget *> AdvisorActions::panes() const
{
    if (m_page->isOverview() || m_page->checks().totalCount() == 0)
        return {m_page};
    return {m_page, &m_page->detail()}; // the details stand in the page
}

ColumnTable *AdvisorActions::table() const { return isShown() ? m_page->table() : nullptr; }

void AdvisorActions::update()
{
    const bool any = !m_workspace.accountRecords().isEmpty();
    for (QAction *action :
         {m_ui.actionAdvisor, m_ui.actionAdvisorOverview, m_ui.actionAdvisorChecks, m_ui.actionRefreshAllChecks})
        action->setEnabled(any);
    const bool isChecks = isShown() && !m_page->isOverview();
    m_ui.actionRefreshChecks->setEnabled(isChecks && !m_page->chosenChecks().isEmpty());
    m_ui.actionHideSuppressed->setEnabled(isShown());
    m_ui.actionAdvisorCase->setEnabled(isChecks && !m_page->detail().checkId().isEmpty());
    if (!isShown())
        return;
    m_ui.actionExport->setEnabled(m_page->checks().totalCount() > 0);
    // No case is in sight.
    for (QAction *action :
         {m_ui.actionReply, m_ui.actionResolve, m_ui.actionPrint, m_ui.actionOpenInBrowser, m_ui.actionCopyLink})
        action->setEnabled(false);
}

void AdvisorActions::stop() { m_work->stop(); }

void AdvisorActions::save()
{
    if (m_page)
        m_page->save();
}

void AdvisorActions::retranslate()
{
    if (m_page)
        m_page->retranslate();
}

/// What a refresh brought, in a notice; why it ended early, too.
void AdvisorActions::tellRefresh(const AdvisorRefreshNews &news)
{
    if (news.error.kind == Error::Kind::Cancelled)
        return;
    const QLocale locale;
    const QString name = displayText(news.check);
    QStringList sentences;
    if (news.refreshed > 0) {
        sentences.append(!name.isEmpty() ? tr("“%1” was refreshed.").arg(name)
                                         : tr("%Ln check(s) were refreshed.", nullptr, news.refreshed));
        QStringList changes;
        if (news.better > 0) //: Checks with a better status after a refresh
            changes.append(tr("%Ln better", nullptr, news.better));
        if (news.worse > 0) //: Checks with a worse status after a refresh
            changes.append(tr("%Ln worse", nullptr, news.worse));
        if (news.flaggedBefore != news.flaggedAfter)
            changes.append(tr("flagged resources %1 → %2")
                               .arg(locale.toString(news.flaggedBefore), locale.toString(news.flaggedAfter)));
        QString said = changes.join(tr(", ", "list separator"));
        if (!said.isEmpty())
            said[0] = said[0].toUpper(); // what was a part of a list begins a sentence
        sentences.append(said.isEmpty() ? tr("Nothing changed.") : said + u'.');
    }
    if (news.abandoned > 0)
        sentences.append(!name.isEmpty()
                             ? tr("AWS gave up refreshing “%1”: try again later.").arg(name)
                             : tr("AWS gave up on %Ln check(s): try again later.", nullptr, news.abandoned));
    if (news.automatic > 0)
        sentences.append(!name.isEmpty() ? tr("AWS refreshes “%1” by itself.").arg(name)
                                         : tr("AWS refreshes %Ln check(s) by itself.", nullptr, news.automatic));
    if (news.tooEarly > 0)
        sentences.append(tr("%Ln check(s) were refreshed a short while ago.", nullptr, news.tooEarly));
    if (news.error.kind != Error::Kind::None && news.refreshed == 0)
        sentences.append(ErrorText::whole(tr("The refresh failed."), ErrorText::Deed::Read, news.error));
    else if (news.failed > 0)
        sentences.append(tr("%Ln check(s) could not be refreshed.", nullptr, news.failed));
    if (sentences.isEmpty())
        return;
    const bool canShow = !isShown();
    m_caseActions.toast().show(sentences.join(u' '), canShow ? tr("Sho&w") : QString(), [this] { show(); });
}

/// A draft about the chosen resources, open in its window: nothing is sent.
void AdvisorActions::openCase()
{
    const ChosenResources chosen = page().detail().choice();
    if (chosen.checkId.isEmpty())
        return;
    QString title = displayText(chosen.name);
    if (title.size() > longestTitle)
        title = title.left(longestTitle) + u'…';
    QString body = tr("Trusted Advisor check: %1 (%2)").arg(displayText(chosen.name), chosen.checkId) + u'\n';
    body += tr("Status: %1").arg(Names::advisorStatus(chosen.status.toUtf8().toStdString())) + u'\n';
    QStringList ids;
    if (!chosen.resources.isEmpty()) {
        body += u'\n' + tr("Resources:") + u'\n';
        qsizetype left = chosen.resources.size() + chosen.more;
        for (const auto &[region, id] : chosen.resources) {
            const bool hasRegion = !region.isEmpty() && region != u"-";
            const QString line = u"- "_s + (hasRegion ? region + u" – "_s : QString()) + id + u'\n';
            if (body.size() + line.size() > longestBody)
                break;
            body += line;
            ids.append(id);
            --left;
        }
        if (left > 0)
            body += tr("… and %Ln more", nullptr, int(left)) + u'\n';
    }
    CreateCase::Request request;
    request.subject = title;
    request.communicationBody = body + u'\n';
    request.issueType = u"technical"_s;
    const auto open = [this, account = chosen.account](const CreateCase::Request &filled) {
        OutboxEntry entry = Outbox::newEntry(account, CreateCase::name, {});
        entry.input = encode(filled);
        m_workspace.outbox().save(entry);
        m_caseActions.openProposal(entry.id);
    };
    const std::shared_ptr<Client> client = m_workspace.client(chosen.account);
    if (!client)
        return open(request);
    // The list is mostly there; where it has to be fetched, the window opens when it came.
    m_workspace.catalog().services(chosen.account, *client, m_workspace.serviceLanguage(), this,
                                   [open, request, name = chosen.name, ids, done = std::make_shared<bool>(false)](
                                       const Result<QList<Service>> &services, const Freshness &) mutable {
                                       if (std::exchange(*done, true))
                                           return;
                                       if (services)
                                           request.serviceCode = guessService(*services, name, ids);
                                       open(request);
                                   });
}

} // namespace casement
