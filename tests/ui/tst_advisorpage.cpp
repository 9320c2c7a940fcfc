#include "advisorworld.h"

#include "demo/emulator.h"
#include "models/roles.h"
#include "models/sidebarmodel.h"
#include "ui/advisorbars.h"
#include "ui/advisornotice.h"
#include "ui/advisoroverview.h"
#include "ui/advisortrend.h"
#include "ui/statepage.h"
#include "ui/textlabels.h"

#include <QAccessible>
#include <QComboBox>
#include <QHeaderView>
#include <QImage>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QStyleOptionViewItem>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

using namespace casement;
using namespace Qt::StringLiterals;
using World = test::AdvisorWorld;
using test::columnOf;
using test::fewChecks;

/// Trusted Advisor in the window: loading, overview, checks, what is said when something fails.
class TestAdvisorPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadsWhenItIsOpened();
    void whatIsCountedLeadsThere();
    void resourcesAreThoseOfTheService();
    void accountsCanBeChosen();
    void failuresSayWhatToDo_data();
    void failuresSayWhatToDo();
    void whatIsKeptStaysWhenOffline();
    void wordsOfTheServiceEnd();
    void refreshAllAsksForTheOthers();
    void aLoadCanBeCancelled();
    void languagesSwitch();
    void aSwitchWhileItLoadsLoadsAnew();
    void anotherLanguageIsLoadedWhenItIsShown();
    void numbersHalfInSightAreElided();
    void keysWalkThroughIt();
    void aLowScreenHasRoomForIt();
    void casesAreLeftAlone();
    void theMenuViewIsAboutTheTableInSight();
    void fewBarsFillTheirPanel();
    void everythingHasAName();
};

void TestAdvisorPage::loadsWhenItIsOpened()
{
    World world;
    QCOMPARE(world.requests("DescribeTrustedAdvisorChecks"), 0);
    world.window.child<QAction>("actionAdvisor")->trigger();
    QVERIFY(world.actions().isShown());
    QTRY_VERIFY(world.checks().totalCount() == 60 && world.window.jobs().jobs().isEmpty());
    QVERIFY(world.settle());
    QCOMPARE(world.requests("DescribeTrustedAdvisorCheckResult"), 60);
    // A tile for each category, with the numbers of the service.
    DescribeTrustedAdvisorCheckSummaries::Request ask;
    const QList<AdvisorCheckRecord> all = world.checks().allChecks();
    for (const AdvisorCheckRecord &check : all)
        ask.checkIds.append(check.checkId);
    const auto answer = world.demo.call(ask);
    QVERIFY(answer);
    QHash<QString, int> errors;
    for (const TrustedAdvisorCheckSummary &summary : answer->summaries) {
        if (summary.status == u"error")
            ++errors[world.checks().find(all.constFirst().account, summary.checkId)->category];
    }
    for (const AdvisorCategory &category : world.checks().categories()) {
        auto *button = world.child<QToolButton>(u"tile_"_s + category.code + u"_error"_s);
        QVERIFY(button && button->isVisible());
        QCOMPARE(button->text(), u"%1 Action recommended"_s.arg(errors.value(category.code)));
        QCOMPARE(button->isEnabled(), errors.value(category.code) > 0);
    }
    // Entries of the sidebar, the overview is chosen.
    auto *sidebar = world.window.child<QTreeView>("sidebar");
    QCOMPARE(sidebar->currentIndex().data().toString(), u"Overview"_s);
    QCOMPARE(sidebar->model()->rowCount(sidebar->currentIndex().parent()), 2 + int(world.checks().categories().size()));
    QVERIFY(!world.child<AdvisorTrend>(u"trendChart"_s)->days().isEmpty());
    // Opened again it has what it needs; F5 asks for what is newer, and little more.
    world.window.child<QAction>("actionCases")->trigger();
    QVERIFY(!world.actions().isShown());
    world.window.child<QAction>("actionAdvisor")->trigger();
    const int before = world.demo.requestCount();
    QTest::keyClick(&world.window.window(), Qt::Key_F5);
    QTRY_VERIFY(world.demo.requestCount() > before);
    QTRY_VERIFY(world.window.jobs().jobs().isEmpty());
    QVERIFY(world.demo.requestCount() - before <= 5);
    QCOMPARE(world.requests("DescribeTrustedAdvisorCheckResult"), 60);
    // The key for all accounts means what is shown, too.
    const int summaries = world.requests("DescribeTrustedAdvisorCheckSummaries");
    QSignalSpy cases(&world.window.window(), &MainWindow::refreshAllRequested);
    world.window.child<QAction>("actionRefreshAll")->trigger();
    QTRY_VERIFY(world.requests("DescribeTrustedAdvisorCheckSummaries") > summaries);
    QTRY_VERIFY(world.window.jobs().jobs().isEmpty());
    QVERIFY(cases.isEmpty());
}

void TestAdvisorPage::whatIsCountedLeadsThere()
{
    World world;
    QVERIFY(world.show());
    const AdvisorCategory security = [&] {
        for (const AdvisorCategory &category : world.checks().categories()) {
            if (category.code == u"security")
                return category;
        }
        return AdvisorCategory();
    }();
    QVERIFY(security.errors > 0);
    QTest::mouseClick(world.child<QToolButton>(u"tile_security_error"_s), Qt::LeftButton);
    QVERIFY(!world.page().isOverview());
    QCOMPARE(world.checks().shownCount(), security.errors);
    QCOMPARE(world.page().category(), u"security"_s);
    QCOMPARE(world.window.child<QTreeView>("sidebar")->currentIndex().data(AdvisorCategoryRole).toString(),
             u"security"_s);
    QVERIFY(!world.page().detail().checkId().isEmpty()); // the first of them is shown
    world.page().showOverview();
    QTest::mouseClick(world.child<QToolButton>(u"tile_security_all"_s), Qt::LeftButton);
    QCOMPARE(world.checks().shownCount(), security.checks);
    // Return does what a click does.
    world.page().showOverview();
    auto *button = world.child<QToolButton>(u"tile_security_error"_s);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Return);
    QVERIFY(!world.page().isOverview());
    QCOMPARE(world.checks().shownCount(), security.errors);
    // By the sidebar, too.
    auto *sidebar = world.window.child<QTreeView>("sidebar");
    auto *entries = qobject_cast<SidebarModel *>(sidebar->model());
    sidebar->setCurrentIndex(entries->indexOfAdvisor(u"cost_optimizing"_s));
    QCOMPARE(world.page().category(), u"cost_optimizing"_s);
    sidebar->setCurrentIndex(entries->indexOfAdvisor({}));
    QVERIFY(world.page().isOverview());
    // A bar leads to its check.
    auto *bars = world.child<AdvisorBars>(u"savingsChart"_s);
    QVERIFY(bars->model()->rowCount() > 0);
    const QString wanted = bars->model()->index(0, 0).data(CheckIdRole).toString();
    bars->setCurrentIndex(bars->model()->index(0, 0));
    QTest::keyClick(bars, Qt::Key_Return);
    QCOMPARE(world.page().detail().checkId(), wanted);
    // A name that has no room beside its bar stands above it.
    world.page().showOverview();
    int longest = 0;
    for (int row = 0; row < bars->model()->rowCount(); ++row)
        longest = qMax(longest, bars->fontMetrics().horizontalAdvance(bars->model()->index(row, 0).data().toString()));
    for (const int width : {longest + 24, longest + 400}) {
        bars->setFixedWidth(width);
        QTRY_COMPARE(bars->width(), width);
        QCOMPARE(bars->isTwoLined(), width < longest + 100);
        QTRY_VERIFY(bars->visualRect(bars->model()->index(0, 0)).height()
                    >= bars->fontMetrics().height() * (bars->isTwoLined() ? 2 : 1));
    }
    // The trend leads to what is flagged.
    QTest::keyClick(world.child<AdvisorTrend>(u"trendChart"_s), Qt::Key_Return);
    QVERIFY(!world.page().isOverview());
    int toLookAt = 0;
    for (const AdvisorCategory &category : world.checks().categories())
        toLookAt += category.errors + category.warnings;
    QCOMPARE(world.checks().shownCount(), toLookAt);
    // And back to the cases.
    sidebar->setCurrentIndex(entries->indexOfView(CaseFilter::View::All));
    QVERIFY(!world.actions().isShown());
}

void TestAdvisorPage::resourcesAreThoseOfTheService()
{
    World world;
    QVERIFY(world.show());
    const QList<AdvisorCheckRecord> all = world.checks().allChecks();
    for (const AdvisorCheckRecord &check : all) {
        DescribeTrustedAdvisorCheckResult::Request ask;
        ask.checkId = check.checkId;
        ask.language = u"en"_s;
        const auto answer = world.demo.call(ask);
        QVERIFY(answer && answer->result);
        world.page().showCheck(check.account, check.checkId);
        QTRY_VERIFY(world.page().detail().checkId() == check.checkId && !world.resources().isArranging()
                    && world.resources().resources()
                    && world.resources().resources()->result()->checkId == check.checkId);
        const QList<TrustedAdvisorResourceDetail> &resources = answer->result->flaggedResources;
        QCOMPARE(world.resources().totalCount(), resources.size());
        world.resources().sort(-1); // the order of the service
        QTRY_VERIFY(!world.resources().isArranging());
        const QStringList ids = columnOf(world.resources(), world.resources().columnOf({ResourceField::Kind::Id, 0}));
        for (qsizetype i = 0; i < resources.size(); ++i) {
            QCOMPARE(ids.at(i), resources.at(i).resourceId);
            for (qsizetype k = 0; k < resources.at(i).metadata.size(); ++k) {
                const int column = world.resources().columnOf({ResourceField::Kind::Value, quint32(k)});
                QVERIFY(column > 0);
                QCOMPARE(world.resources().text(int(i), column).simplified(),
                         resources.at(i).metadata.at(k).simplified());
            }
        }
        if (resources.isEmpty())
            QVERIFY(!world.child<StatePage>(u"resourceState"_s)->title().isEmpty());
    }
}

void TestAdvisorPage::accountsCanBeChosen()
{
    World world(2);
    QVERIFY(world.show());
    QCOMPARE(world.checks().totalCount(), 120);
    auto *choice = world.window.child<QComboBox>("accountFilter");
    choice->setCurrentIndex(1);
    Q_EMIT choice->activated(1);
    QCOMPARE(world.checks().totalCount(), 60);
    QVERIFY(world.actions().isShown());
    choice->setCurrentIndex(0);
    Q_EMIT choice->activated(0);
    QCOMPARE(world.checks().totalCount(), 120);
    world.page().showChecks({}, {});
    QVERIFY(!world.child<QTreeView>(u"checks"_s)->isColumnHidden(AdvisorCheckModel::Account));
    auto *filter = world.child<QLineEdit>(u"checkFilter"_s);
    filter->setText(world.demo.account(1).name);
    QCOMPARE(world.checks().shownCount(), 60);
    filter->setText(u"no such check"_s);
    QCOMPARE(world.child<StatePage>(u"noCheckState"_s)->title(), u"No match"_s);
    QTest::mouseClick(world.child<StatePage>(u"noCheckState"_s)->findChild<QPushButton *>(u"button"_s), Qt::LeftButton);
    QCOMPARE(world.checks().shownCount(), 120);
}

void TestAdvisorPage::failuresSayWhatToDo_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<QString>("words");
    QTest::newRow("not allowed") << u"deny:DescribeTrustedAdvisorChecks"_s << u"lack the permission"_s;
    QTest::newRow("no plan") << u"plan:DescribeTrustedAdvisorChecks"_s << u"support plan"_s;
    QTest::newRow("broken") << u"500:DescribeTrustedAdvisorChecks"_s << u"AWS"_s;
    QTest::newRow("a hotel") << u"html:DescribeTrustedAdvisorChecks"_s << u"sign-in page"_s;
}

void TestAdvisorPage::failuresSayWhatToDo()
{
    QFETCH(QString, faults);
    QFETCH(QString, words);
    World world;
    world.demo.setFaults(faults);
    world.actions().show();
    auto *state = world.child<StatePage>(u"advisorState"_s);
    QTRY_VERIFY_WITH_TIMEOUT(state->title() == u"Trusted Advisor could not be loaded", 30'000);
    QVERIFY2(state->sentence().contains(words), qPrintable(state->sentence()));
    QVERIFY(state->isVisible());
    world.demo.setFaults({});
    QTest::mouseClick(state->findChild<QPushButton *>(u"button"_s), Qt::LeftButton);
    QTRY_COMPARE(world.checks().totalCount(), 60);
    QTRY_VERIFY(world.child<AdvisorOverview>(u"advisorOverview"_s)->isVisible());
    QTRY_VERIFY(world.child<QWidget>(u"notice"_s)->isHidden());
}

void TestAdvisorPage::whatIsKeptStaysWhenOffline()
{
    World world;
    QVERIFY(world.show());
    world.demo.setFaults(u"deny"_s);
    world.actions().load();
    auto *notice = world.child<QWidget>(u"notice"_s);
    QTRY_VERIFY(notice->isVisible() && world.window.jobs().jobs().isEmpty());
    const QString said = world.child<BreakingLabel>(u"noticeText"_s)->whole();
    QVERIFY2(said.contains(u"could not be loaded"_s), qPrintable(said));
    QCOMPARE(world.checks().totalCount(), 60);
    const AdvisorCheckRecord check = world.checkWith(1);
    world.page().showCheck(check.account, check.checkId);
    QVERIFY(world.shownResources());
    world.demo.setFaults({});
    QTest::mouseClick(world.child<QPushButton>(u"noticeButton"_s), Qt::LeftButton);
    QTRY_VERIFY(notice->isHidden() && world.window.jobs().jobs().isEmpty());
}

void TestAdvisorPage::wordsOfTheServiceEnd()
{
    AdvisorStanding standing;
    standing.failed = QStringList(u"Production"_s);
    standing.error.kind = Error::Kind::Incomplete;
    standing.error.message = u"1 result(s) could not be fetched: boom"_s;
    QVERIFY(AdvisorNotice::sentence(standing).startsWith(u"1 result(s) could not be fetched: boom. "_s));
    standing.error.message += u'.';
    QVERIFY(!AdvisorNotice::sentence(standing).contains(u".."_s));
}

void TestAdvisorPage::refreshAllAsksForTheOthers()
{
    World world;
    QVERIFY(world.show());
    QString id;
    world.demo.service().withEmulator([&id](demo::Emulator &emulator) {
        for (const demo::DemoCheck &check : emulator.data().checks) {
            if (check.refreshable)
                id = check.id;
        }
    });
    const AccountId account = world.page().accounts().constFirst();
    AdvisorWork &work = world.actions().work();
    work.refresh(account, {id});
    QTRY_COMPARE(world.requests("RefreshTrustedAdvisorCheck"), 1);
    QVERIFY(work.isRefreshing(account, id));
    QTest::mouseClick(world.child<QPushButton>(u"refreshAllButton"_s), Qt::LeftButton);
    QTRY_VERIFY(world.requests("RefreshTrustedAdvisorCheck") > 10);
    QVERIFY(work.isRefreshing(account, id));
}

void TestAdvisorPage::aLoadCanBeCancelled()
{
    World world;
    world.demo.setFaults(u"delay:DescribeTrustedAdvisorCheckResult=2s"_s);
    world.actions().show();
    QTRY_COMPARE(world.checks().totalCount(), 60); // summaries are there, results on their way
    auto *button = world.child<QPushButton>(u"noticeButton"_s);
    QTRY_VERIFY(button->isVisible());
    QCOMPARE(button->text(), u"Cancel"_s);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(world.window.jobs().jobs().isEmpty());
    QTRY_VERIFY(world.child<QWidget>(u"notice"_s)->isHidden());
    // A check whose result did not come says so, and offers to load it.
    world.demo.setFaults({});
    const AdvisorCheckRecord check = world.checkWith(1);
    world.page().showCheck(check.account, check.checkId);
    auto *state = world.child<StatePage>(u"resourceState"_s);
    QTRY_COMPARE(state->title(), u"Not loaded yet"_s);
    QTest::mouseClick(state->findChild<QPushButton *>(u"button"_s), Qt::LeftButton);
    QVERIFY(world.shownResources());
}

void TestAdvisorPage::languagesSwitch()
{
    World world;
    QVERIFY(world.show());
    const AdvisorCheckRecord check = world.checkWith(2);
    world.page().showCheck(check.account, check.checkId);
    QVERIFY(world.shownResources());
    world.window.language().set(u"ja"_s);
    QTRY_VERIFY_WITH_TIMEOUT(world.checks().find(check.account, check.checkId)
                                 && world.checks().find(check.account, check.checkId)->name != check.name,
                             20'000);
    QTRY_VERIFY(world.window.jobs().jobs().isEmpty());
    DescribeTrustedAdvisorChecks::Request ask;
    ask.language = u"ja"_s;
    const auto catalogue = world.demo.call(ask);
    QVERIFY(catalogue);
    QStringList headings;
    for (const TrustedAdvisorCheckDescription &one : catalogue->checks) {
        if (one.id == check.checkId)
            headings = one.metadata;
    }
    QTRY_COMPARE(world.resources().columnCount() > 0
                     ? world.resources().heading(world.resources().columnOf({ResourceField::Kind::Value, 0}))
                     : QString(),
                 headings.constFirst());
    world.window.language().set(u"en"_s);
    QTRY_COMPARE(world.checks().find(check.account, check.checkId)->name, check.name);
    QTRY_VERIFY(world.window.jobs().jobs().isEmpty());
}

/// Nobody has to press Load because the language was switched too early.
void TestAdvisorPage::aSwitchWhileItLoadsLoadsAnew()
{
    World world;
    world.demo.setFaults(u"delay:DescribeTrustedAdvisorCheckResult=50ms"_s);
    world.actions().show();
    QTRY_VERIFY(world.requests("DescribeTrustedAdvisorCheckResult") > 0);
    QVERIFY(world.actions().work().isLoading(world.page().accounts()));
    world.window.language().set(u"ja"_s);
    QTRY_COMPARE(world.window.workspace().serviceLanguage(), u"ja"_s);
    world.demo.setFaults({});
    const auto isJapanese = [&world] {
        const QList<AdvisorCheckRecord> all = world.checks().allChecks();
        return all.size() == 60 && std::all_of(all.begin(), all.end(), [](const AdvisorCheckRecord &check) {
                   return check.snapshot > 0
                       && std::any_of(check.name.begin(), check.name.end(), [](QChar c) { return c > u'\u3000'; });
               });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isJapanese(), 20'000);
    QTRY_VERIFY(world.window.jobs().jobs().isEmpty());
    QVERIFY(!world.actions().work().isLoading(world.page().accounts()));
    world.window.language().set(u"en"_s);
}

/// What was loaded in one language says nothing of the other.
void TestAdvisorPage::anotherLanguageIsLoadedWhenItIsShown()
{
    World world;
    QVERIFY(world.show());
    world.window.child<QAction>("actionCases")->trigger();
    world.window.workspace().setServiceLanguage(u"ja"_s);
    QTRY_COMPARE(world.checks().totalCount(), 0);
    QTRY_COMPARE(world.child<StatePage>(u"advisorState"_s)->title(), u"Not loaded yet"_s);
    QCOMPARE(world.requests("DescribeTrustedAdvisorChecks"), 1);
    world.window.child<QAction>("actionAdvisor")->trigger();
    QTRY_COMPARE(world.checks().totalCount(), 60);
    QTRY_VERIFY(world.window.jobs().jobs().isEmpty());
    QCOMPARE(world.requests("DescribeTrustedAdvisorChecks"), 2);
    QVERIFY(world.child<QPushButton>(u"refreshAllButton"_s)->isEnabled());
    const QModelIndex current = world.window.child<QTreeView>("sidebar")->currentIndex();
    QCOMPARE(current.model()->rowCount(current.parent()), 2 + int(world.checks().categories().size()));
}

/// An amount whose last digits are beyond the edge would be taken for another one.
void TestAdvisorPage::numbersHalfInSightAreElided()
{
    World world;
    QVERIFY(world.show());
    world.page().showChecks({}, {});
    auto *checks = world.child<QTreeView>(u"checks"_s);
    QModelIndex amount;
    for (int row = 0; row < world.checks().rowCount(); ++row) {
        const QModelIndex place = world.checks().index(row, AdvisorCheckModel::Savings);
        if (!place.data().toString().isEmpty())
            amount = place;
    }
    QVERIFY(amount.isValid());
    const int edge = checks->viewport()->width();
    const int width = checks->fontMetrics().horizontalAdvance(amount.data().toString()) * 2;
    QImage picture(edge + width, 32, QImage::Format_RGB32);
    picture.fill(Qt::white);
    QStyleOptionViewItem option;
    option.widget = checks;
    option.font = checks->font();
    option.palette.setColor(QPalette::Text, Qt::black);
    option.state = QStyle::State_Enabled;
    option.rect = QRect(edge - width * 3 / 4, 0, width, picture.height());
    QPainter painter(&picture);
    checks->itemDelegate()->paint(&painter, option, amount);
    painter.end();
    QImage blank = picture.copy();
    blank.fill(Qt::white);
    QVERIFY(picture != blank);
    const QRect beyond(edge, 0, width, picture.height());
    QCOMPARE(picture.copy(beyond), blank.copy(beyond));
}

void TestAdvisorPage::keysWalkThroughIt()
{
    World world;
    MainWindow &window = world.window.window();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_3, Qt::ControlModifier);
    QVERIFY(world.actions().isShown());
    QVERIFY(world.show());
    QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
    auto *filter = world.child<QLineEdit>(u"checkFilter"_s);
    QTRY_VERIFY(filter->hasFocus());
    QTest::keyClicks(filter, u"MFA"_s);
    QVERIFY(world.checks().shownCount() > 0 && world.checks().shownCount() < 60);
    QTest::keyClick(&window, Qt::Key_Escape);
    QVERIFY(filter->text().isEmpty());
    auto *checks = world.child<QTreeView>(u"checks"_s);
    QTRY_VERIFY(checks->hasFocus());
    const QModelIndex before = checks->currentIndex();
    QTest::keyClick(checks, Qt::Key_Down);
    QVERIFY(checks->currentIndex() != before);
    QTest::keyClick(&window, Qt::Key_Escape);
    QVERIFY(world.page().isOverview());
    QTest::keyClick(&window, Qt::Key_Escape);
    QVERIFY(!world.actions().isShown());
    world.actions().show();
    QTest::keyClick(&window, Qt::Key_1, Qt::ControlModifier);
    QVERIFY(!world.actions().isShown());
    QTRY_VERIFY(world.window.table().hasFocus());
    // A case that is opened from elsewhere is seen.
    world.actions().show();
    window.openCase(world.window.cases().keyAt(0));
    QVERIFY(!world.actions().isShown());
}

/// A screen of 1366x768 at 200 % has 683x384, less the frame: what does not fit scrolls.
void TestAdvisorPage::aLowScreenHasRoomForIt()
{
    World world;
    MainWindow &window = world.window.window();
    QVERIFY(world.show());
    const auto lowest = [&] {
        QStringList tall;
        for (const QWidget *widget : window.findChildren<QWidget *>()) {
            const int height = qMax(widget->minimumSizeHint().height(), widget->minimumHeight());
            if (height > 150)
                tall.append(u"%1 %2"_s.arg(widget->objectName()).arg(height));
        }
        return tall.join(u", "_s);
    };
    QVERIFY2(window.minimumSizeHint().height() <= 350, qPrintable(lowest()));
    world.child<QToolButton>(u"tile_security_error"_s)->click();
    QVERIFY2(window.minimumSizeHint().height() <= 350, qPrintable(lowest()));
}

/// Nobody sees a case here: what the menu would do to it can't be chosen.
void TestAdvisorPage::casesAreLeftAlone()
{
    World world;
    QVERIFY(world.show());
    auto *menu = world.window.child<QMenu>("menuCase");
    Q_EMIT menu->aboutToShow();
    for (const char *name : {"actionReply", "actionResolve", "actionStar", "actionTags", "actionNote", "actionMute"})
        QVERIFY2(!world.window.child<QAction>(name)->isEnabled(), name);
    world.window.child<QAction>("actionDrafts")->trigger();
    Q_EMIT menu->aboutToShow();
    for (const char *name : {"actionReply", "actionResolve", "actionStar", "actionTags", "actionNote", "actionMute"})
        QVERIFY2(!world.window.child<QAction>(name)->isEnabled(), name);
    world.window.child<QAction>("actionCases")->trigger();
    QTRY_VERIFY(world.window.child<QAction>("actionReply")->isEnabled());
    QTRY_VERIFY(world.window.child<QAction>("actionStar")->isEnabled());
}

void TestAdvisorPage::everythingHasAName()
{
    World world;
    QVERIFY(world.show());
    const AdvisorCheckRecord check = world.checkWith(2);
    const auto look = [&] {
        QStringList nameless;
        const auto widgets = world.page().findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(u"qt_"))
                continue;
            const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
            if (!face || face->text(QAccessible::Name).isEmpty())
                nameless.append(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName());
            // Whose name is what is chosen in it.
            if (qobject_cast<QComboBox *>(widget) && face && face->text(QAccessible::Description).isEmpty())
                nameless.append(widget->objectName() + u" says not what it is for"_s);
            if (widget->objectName().isEmpty())
                nameless.append(QString::fromLatin1(widget->metaObject()->className()) + u" has no object name"_s);
        }
        return nameless.join(u'\n');
    };
    QCOMPARE(look(), QString());
    world.page().showCheck(check.account, check.checkId);
    QVERIFY(world.shownResources());
    QCOMPARE(look(), QString());
    // At the least width nothing is cut off, and the window does not grow.
    world.window.window().resize(800, 600);
    QTRY_COMPARE(world.window.window().width(), 800);
    const auto buttons = world.page().findChildren<QAbstractButton *>();
    for (const QAbstractButton *button : buttons) {
        if (button->isVisible() && button->parentWidget()->isVisible())
            QVERIFY2(button->mapTo(&world.page(), QPoint(button->width(), 0)).x() <= world.page().width(),
                     qPrintable(button->objectName()));
    }
}

void TestAdvisorPage::theMenuViewIsAboutTheTableInSight()
{
    World world(2);
    auto *view = world.window.child<QMenu>("menuView");
    auto *columns = world.window.child<QMenu>("menuColumns");
    auto *reset = world.window.child<QAction>("actionResetColumns");
    CaseTable &cases = world.window.table();
    const auto opened = [](QMenu &menu) {
        Q_EMIT menu.aboutToShow();
        QStringList names;
        const QList<QAction *> entries = menu.actions();
        for (const QAction *entry : entries)
            names.append(entry->text().remove(u'&'));
        return names;
    };
    const auto entry = [](const QMenu &menu, const QString &name) {
        const QList<QAction *> entries = menu.actions();
        for (QAction *one : entries) {
            if (one->text().remove(u'&') == name)
                return one;
        }
        return static_cast<QAction *>(nullptr);
    };
    opened(*view);
    QVERIFY(columns->menuAction()->isEnabled() && opened(*columns).contains(u"Subject"_s));
    QVERIFY(world.show());
    // On the overview there is no table.
    opened(*view);
    QVERIFY(!columns->menuAction()->isEnabled());
    QVERIFY(!world.window.child<QMenu>("menuSort")->menuAction()->isEnabled());
    QVERIFY(!reset->isEnabled());
    Q_EMIT view->aboutToHide();
    QVERIFY(reset->isEnabled());

    world.page().showChecks({}, {});
    auto *checks = world.child<QTreeView>(u"checks"_s);
    const auto hidden = [&cases] {
        QList<int> all;
        for (int section = 0; section < cases.model()->columnCount(); ++section)
            all.append(cases.isColumnHidden(section) ? section : -1);
        return all;
    };
    const QList<int> before = hidden();
    opened(*view);
    QVERIFY(columns->menuAction()->isEnabled());
    QVERIFY(!opened(*columns).contains(u"Subject"_s));
    QVERIFY(!opened(*columns).contains(u"Check"_s)); // without its name a check is none
    QVERIFY(!checks->isColumnHidden(AdvisorCheckModel::Age) && !checks->isColumnHidden(AdvisorCheckModel::Account));
    for (const int column : {int(AdvisorCheckModel::Age), int(AdvisorCheckModel::Account)}) {
        QAction *one = entry(*columns, world.checks().headerData(column, Qt::Horizontal).toString());
        QVERIFY(one && one->isChecked());
        one->trigger();
        QVERIFY(checks->isColumnHidden(column));
    }
    QCOMPARE(hidden(), before);
    QVERIFY(checks->header()->length() >= checks->viewport()->width() - 1); // the name took the room
    reset->trigger();
    QVERIFY(!checks->isColumnHidden(AdvisorCheckModel::Age) && !checks->isColumnHidden(AdvisorCheckModel::Account));

    // The heading has the same menu.
    Q_EMIT checks->header()->customContextMenuRequested({});
    const QPointer<QMenu> own = world.page().findChild<QMenu *>(u"checkColumnMenu"_s);
    QVERIFY(own && entry(*own, u"Reset Columns"_s));
    QCOMPARE(own->actions().constFirst()->text().remove(u'&'), opened(*columns).constFirst());
    own->close();

    // In the table of resources the menu is about that one.
    const AdvisorCheckRecord check = world.checkWith(2);
    world.page().showCheck(check.account, check.checkId);
    QVERIFY(world.shownResources());
    auto *resources = world.child<ResourceTable>(u"resources"_s);
    world.window.window().activateWindow(); // the menu had it
    resources->setFocus();
    QTRY_VERIFY(resources->hasFocus());
    QStringList headings;
    for (int column = 0; column < world.resources().columnCount(); ++column)
        headings.append(world.resources().heading(column));
    QStringList shown = opened(*columns);
    headings.sort();
    shown.sort();
    QCOMPARE(shown, headings);
    world.window.child<QAction>("actionCases")->trigger();
    QVERIFY(opened(*columns).contains(u"Subject"_s));
    world.window.child<QAction>("actionDrafts")->trigger();
    opened(*view);
    QVERIFY(!columns->menuAction()->isEnabled());
}

/// The panel is as high as that of the trend beside it.
void TestAdvisorPage::fewBarsFillTheirPanel()
{
    QWidget panel;
    panel.resize(600, 190);
    auto *bars = new AdvisorBars(&panel);
    auto *layout = new QVBoxLayout(&panel);
    layout->setContentsMargins({});
    layout->addWidget(bars, 1);
    layout->addStretch();
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    const int usual = [&] {
        bars->show({{1, u"a"_s, u"A"_s, {}, 5}});
        return bars->sizeHint().height() - 2;
    }();
    for (int count = 1; count <= 9; ++count) {
        QList<AdvisorBars::Bar> all;
        for (int i = 0; i < count; ++i)
            all.append({1, QString::number(i), u"Check %1"_s.arg(i), {}, 100.0 - i});
        bars->show(all);
        const auto end = [&] { return bars->visualRect(bars->model()->index(count - 1, 0)).bottom() + 1; };
        // All of the room, as far as a row stays one.
        QTRY_VERIFY2(end() > std::min(190, count * usual * 3) - count - 4 && end() <= std::max(190, count * usual + 2),
                     qPrintable(u"%1: %2"_s.arg(count).arg(end())));
        QTRY_VERIFY(bars->height() >= end());
    }
}

QTEST_MAIN(TestAdvisorPage)
#include "tst_advisorpage.moc"
