#include "models/deadlineviews.h"

#include "models/caselistmodel.h"
#include "models/modelwatch.h"
#include "models/sidebarmodel.h"

#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;
using View = CaseFilter::View;

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;
constexpr qint64 start = 1'767'416'400'000; // 2026-01-03 05:00 UTC

struct Case
{
    const char *id = "a";
    const char *status = "opened";
    qint64 since = start; ///< created, and when the turn came to where it is
    FirstAnswer firstAnswer = FirstAnswer::NotYet;
    AccountId account = 1;
};

/// Urgent: an answer is due in an hour. Waiting for the person: closed after five days. Resolved: 14 days to reopen.
CaseRecord record(const Case &c)
{
    auto arena = std::make_shared<Arena>();
    CaseRecord record;
    record.account = c.account;
    record.caseId = arena->add(std::string_view(c.id));
    record.subject = record.caseId;
    record.status = arena->add(std::string_view(c.status));
    record.severityCode = arena->add(std::string_view("urgent"));
    record.created = record.updated = record.turnSince = c.since;
    record.firstAnswer = c.firstAnswer;
    const std::string_view status = c.status;
    record.turn = status == "resolved" ? Turn::Nobody : status == "pending-customer-action" ? Turn::You : Turn::Aws;
    record.texts = arena;
    return record;
}

const Case waiting{.id = "w", .status = "pending-customer-action"};
const Case resolved{.id = "r", .status = "resolved"};

QString name(std::optional<View> view)
{
    return !view                       ? u"-"_s
        : *view == View::AnswerOverdue ? u"overdue"_s
        : *view == View::ClosingSoon   ? u"closing"_s
                                       : u"reopenable"_s;
}

struct World
{
    explicit World(qint64 now = start)
    {
        accounts.setAccounts(
            {{.id = 1, .key = u"a"_s, .name = u"prod"_s}, {.id = 2, .key = u"b"_s, .name = u"audit"_s}});
        cases.tick(now);
    }
    void look(View view)
    {
        CaseFilter filter = cases.filter();
        filter.view = view;
        cases.setFilter(filter);
    }
    QString shown() const
    {
        QString ids;
        for (int row = 0; row < cases.rowCount(); ++row)
            ids += cases.keyAt(row).caseId;
        return ids;
    }
    /// Overdue, closing, reopenable.
    QString counts() const
    {
        const CaseCounts &counts = cases.counts();
        return u"%1 %2 %3"_s.arg(counts.of(View::AnswerOverdue))
            .arg(counts.of(View::ClosingSoon))
            .arg(counts.of(View::Reopenable));
    }
    QString text(int row) const { return cases.index(row, CaseListModel::DueColumn).data().toString(); }

    AccountModel accounts;
    CaseListModel cases{accounts};
    QAbstractItemModelTester tester{&cases, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

Q_DECLARE_METATYPE(Case)

/// What the clock does to lists and their sidebar.
class TestDeadlineViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void viewsByTime_data();
    void viewsByTime();
    void countsFollowMergesAndTheClock();
    void countsAreOfTheChosenAccounts();
    void aViewEmptiesAndFillsAsTimePasses();
    void theNextChangeIsKnown();
    void newTargetsHoldAtOnce();
    void anAccountsPlanGoesFirst();
    void theSoonestDeadlineFirst();
    void anAnswerThatBecomesKnownIsNews();
    void theSidebarNamesWhatMatters();
    void anEntryStaysWhileItIsLookedAt();
};

void TestDeadlineViews::viewsByTime_data()
{
    QTest::addColumn<Case>("c");
    QTest::addColumn<qint64>("now");
    QTest::addColumn<QString>("view");
    QTest::addColumn<qint64>("next"); // 0: nothing changes soon
    const auto row = [](const char *name, const Case &c, qint64 now, const char *view, qint64 next) {
        QTest::newRow(name) << c << now << QString::fromLatin1(view) << next;
    };
    row("a new case", {}, start, "-", start + 1);
    row("an answer is soon due", {}, start + hour - 1, "-", start + hour);
    row("an answer is due now", {}, start + hour, "overdue", start + hour + 2 * minute);
    row("an answer is late by hours", {}, start + 5 * hour, "overdue", 0);
    row("an answer may stand in what is missing", {.firstAnswer = FirstAnswer::NotKnown}, start + 5 * hour, "-", 0);
    row("AWS answered", {.firstAnswer = FirstAnswer::Given}, start + 5 * hour, "-", 0);
    row("AWS has asked", waiting, start, "-", start + 3 * day);
    row("AWS asked three days ago", waiting, start + 3 * day, "closing", start + 5 * day);
    row("AWS asked a week ago", waiting, start + 7 * day, "closing", 0);
    row("resolved", resolved, start, "reopenable", start + 14 * day);
    row("resolved two weeks ago", resolved, start + 14 * day, "-", 0);
    row("a clock that is behind", resolved, start - 3 * day, "reopenable", start + 14 * day);
}

void TestDeadlineViews::viewsByTime()
{
    QFETCH(Case, c);
    QFETCH(qint64, now);
    QFETCH(QString, view);
    QFETCH(qint64, next);
    const Deadline deadline = Deadlines::of(record(c), ResponseTargets::forPlan(u"enterprise"_s));
    QCOMPARE(name(deadlineView(deadline, now)), view);
    QCOMPARE(nextDeadlineChange(deadline, now), next == 0 ? neverChanges : next);
    if (next != 0) { // and nothing happens before it
        QCOMPARE(deadlineView(deadline, next - 1), deadlineView(deadline, now));
    }
}

void TestDeadlineViews::countsFollowMergesAndTheClock()
{
    World world;
    QSignalSpy told(&world.cases, &CaseListModel::countsChanged);
    world.cases.merge({record({.id = "a"}), record({.id = "b"}), record(waiting), record(resolved)});
    QCOMPARE(world.counts(), u"0 0 1"_s);
    world.cases.tick(start + hour);
    QCOMPARE(world.counts(), u"2 0 1"_s);
    world.cases.merge(
        {record({.id = "a", .firstAnswer = FirstAnswer::Given}), record({.id = "c", .since = start - day})});
    QCOMPARE(world.counts(), u"2 0 1"_s); // one was answered, one came late already
    told.clear();
    world.cases.tick(start + 3 * day);
    QCOMPARE(world.counts(), u"2 1 1"_s);
    QCOMPARE(told.size(), 1);
    world.cases.tick(start + 3 * day + minute);
    QCOMPARE(told.size(), 1);
    world.cases.tick(start + 14 * day);
    QCOMPARE(world.counts(), u"2 1 0"_s);
    world.cases.tick(start); // the clock was set back
    QCOMPARE(world.counts(), u"1 0 1"_s);
    world.cases.removeAccount(1);
    QCOMPARE(world.counts(), u"0 0 0"_s);
}

void TestDeadlineViews::countsAreOfTheChosenAccounts()
{
    World world(start + hour);
    world.cases.merge({record({.id = "a"}), record({.id = "b", .account = 2}), record({.id = "c", .account = 2})});
    QCOMPARE(world.counts(), u"3 0 0"_s);
    CaseFilter filter;
    filter.accounts = {2};
    world.cases.setFilter(filter);
    QCOMPARE(world.counts(), u"2 0 0"_s);
    world.cases.merge({record({.id = "d"}), record({.id = "e", .account = 2})});
    QCOMPARE(world.counts(), u"3 0 0"_s);
    world.cases.setFilter({});
    QCOMPARE(world.counts(), u"5 0 0"_s);
}

void TestDeadlineViews::aViewEmptiesAndFillsAsTimePasses()
{
    World world;
    test::ModelWatch watch(world.cases, [&](int row) { return world.cases.keyAt(row).caseId; });
    world.cases.merge(
        {record({.id = "a"}), record({.id = "b", .since = start - minute}), record(waiting), record(resolved)});
    world.look(View::AnswerOverdue);
    QCOMPARE(world.shown(), QString());
    world.cases.tick(start + hour - minute);
    QCOMPARE(world.shown(), u"b"_s);
    world.cases.tick(start + hour);
    QCOMPARE(world.shown(), u"ab"_s);
    world.cases.merge({record({.id = "b", .since = start - minute, .firstAnswer = FirstAnswer::Given})});
    QCOMPARE(world.shown(), u"a"_s);
    world.look(View::ClosingSoon);
    QCOMPARE(world.shown(), QString());
    world.cases.tick(start + 4 * day);
    QCOMPARE(world.shown(), u"w"_s);
    world.look(View::Reopenable);
    QCOMPARE(world.shown(), u"r"_s);
    world.cases.tick(start + 15 * day);
    QCOMPARE(world.shown(), QString());
    world.look(View::All);
    QCOMPARE(world.shown().size(), 4);
    QVERIFY(watch.isRight());
}

void TestDeadlineViews::theNextChangeIsKnown()
{
    World world;
    QCOMPARE(world.cases.nextChange(), neverChanges);
    world.cases.merge({record(resolved)});
    QCOMPARE(world.cases.nextChange(), start + 14 * day);
    world.cases.merge({record(waiting)});
    QCOMPARE(world.cases.nextChange(), start + 3 * day);
    world.cases.tick(start + 3 * day);
    QCOMPARE(world.cases.nextChange(), start + 5 * day);
    world.cases.tick(start + 20 * day);
    QCOMPARE(world.cases.nextChange(), neverChanges);
}

void TestDeadlineViews::newTargetsHoldAtOnce()
{
    World world(start + hour);
    world.cases.merge({record({.id = "a"})});
    world.look(View::AnswerOverdue);
    QCOMPARE(world.shown(), u"a"_s);
    QSignalSpy painted(&world.cases, &QAbstractItemModel::dataChanged);
    ResponseTargets targets;
    targets.minutes["urgent"] = 120;
    world.cases.setTargets(targets);
    QCOMPARE(world.shown(), QString());
    QCOMPARE(world.counts(), u"0 0 0"_s);
    world.look(View::All);
    QCOMPARE(world.text(0), u"answer due in 1 h"_s);
    targets.minutes["urgent"] = 30;
    painted.clear();
    world.cases.setTargets(targets);
    QCOMPARE(world.counts(), u"1 0 0"_s);
    QCOMPARE(world.text(0), u"answer 30 min late"_s);
    QCOMPARE(painted.size(), 1);
    QCOMPARE(painted.at(0).at(0).toModelIndex().column(), int(CaseListModel::DueColumn));
}

void TestDeadlineViews::anAccountsPlanGoesFirst()
{
    World world(start);
    world.cases.merge({record({.id = "a", .account = 1}), record({.id = "b", .account = 2})});
    world.cases.sort(CaseListModel::Account);
    const auto text = [&world](AccountId account) {
        for (int row = 0; row < world.cases.rowCount(); ++row) {
            if (world.cases.keyAt(row).account == account)
                return world.text(row);
        }
        return QString();
    };
    ResponseTargets usual; // my own numbers
    usual.minutes["urgent"] = 120;
    usual.daysToReopen = 7;
    world.cases.setTargets(usual);
    QCOMPARE(text(1), u"answer due in 2 h"_s);
    QSignalSpy told(&world.cases, &CaseListModel::targetsChanged);
    world.accounts.setLooks({{2, {.plan = u"business"_s}}});
    QCOMPARE(told.size(), 1);
    QCOMPARE(text(1), u"answer due in 2 h"_s);
    QCOMPARE(text(2), u"answer due in 1 h"_s); // what the business plan promises
    QCOMPARE(world.cases.targetsOf(2).daysToReopen, 7);
    // One of a newer version is as the settings say.
    world.accounts.setLooks({{2, {.plan = u"of tomorrow"_s}}});
    QCOMPARE(text(2), u"answer due in 2 h"_s);
    world.accounts.setLooks({{2, {.plan = u"basic"_s}}});
    QCOMPARE(world.cases.targetsOf(2).minutesFor("urgent"), 0); // it promises nothing
    world.accounts.setLooks({});
    QCOMPARE(text(2), u"answer due in 2 h"_s);
}

void TestDeadlineViews::theSoonestDeadlineFirst()
{
    World world(start + 2 * hour);
    world.cases.merge({record(resolved), record(waiting), record({.id = "l"}),
                       record({.id = "s", .since = start + 90 * minute}),
                       record({.id = "n", .firstAnswer = FirstAnswer::NotKnown})});
    world.cases.sort(CaseListModel::DueColumn);
    QCOMPARE(world.shown(), u"lswrn"_s);
    QCOMPARE(world.text(0), u"answer 1 h late"_s);
    QCOMPARE(world.text(1), u"answer due in 30 min"_s);
    QCOMPARE(world.text(2), u"closes in about 4 d"_s);
    QVERIFY2(world.text(3).startsWith(u"can be reopened until "_s), qPrintable(world.text(3)));
    QCOMPARE(world.text(4), u"-"_s);
    QVERIFY(world.cases.index(0, CaseListModel::DueColumn).data(Qt::ToolTipRole).toString().contains(u"1 hour(s) late"_s));
    world.cases.tick(start + 20 * day); // what can't be reopened any more stands behind
    QCOMPARE(world.shown().first(3), u"lsw"_s);
    world.cases.sort(CaseListModel::DueColumn, Qt::DescendingOrder);
    QCOMPARE(world.shown().first(3), u"wsl"_s);
}

void TestDeadlineViews::anAnswerThatBecomesKnownIsNews()
{
    World world(start + hour);
    world.cases.merge({record({.id = "a", .firstAnswer = FirstAnswer::NotKnown})});
    QSignalSpy painted(&world.cases, &QAbstractItemModel::dataChanged);
    CaseRecord whole = record({.id = "a", .firstAnswer = FirstAnswer::Given});
    world.cases.merge({whole});
    QCOMPARE(painted.size(), 1);
    whole.answered = start + minute;
    world.cases.merge({whole});
    QCOMPARE(painted.size(), 2);
    world.cases.merge({whole});
    QCOMPARE(painted.size(), 2);
}

void TestDeadlineViews::theSidebarNamesWhatMatters()
{
    World world;
    SidebarModel sidebar(world.cases, world.accounts);
    const QAbstractItemModelTester watcher(&sidebar, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto entries = [&] {
        QStringList names;
        const QModelIndex cases = sidebar.index(0, 0);
        for (int row = 0; row < sidebar.rowCount(cases); ++row) {
            const QModelIndex entry = sidebar.index(row, 0, cases);
            const int view = entry.data(ViewRole).toInt();
            if (view < CaseFilter::viewCount && isDeadlineView(View(view)))
                names.append(entry.data().toString() + u' ' + entry.data(CountRole).toString());
        }
        return names.join(u", "_s);
    };
    const QPersistentModelIndex drafts = sidebar.indexOfDrafts();
    QCOMPARE(entries(), QString());
    world.cases.merge({record({.id = "a"}), record(waiting), record(resolved)});
    QCOMPARE(entries(), u"Can be reopened 1"_s);
    world.cases.tick(start + hour);
    QCOMPARE(entries(), u"Answer overdue 1, Can be reopened 1"_s);
    world.cases.tick(start + 4 * day);
    QCOMPARE(entries(), u"Closing soon 1, Answer overdue 1, Can be reopened 1"_s);
    QCOMPARE(sidebar.indexOfView(View::ClosingSoon).row(), sidebar.indexOfView(View::NeedsReply).row() + 1);
    QCOMPARE(drafts, QPersistentModelIndex(sidebar.indexOfDrafts()));
    QCOMPARE(drafts.data().toString(), u"Drafts"_s);
    world.cases.merge({record({.id = "a", .firstAnswer = FirstAnswer::Given})});
    QCOMPARE(entries(), u"Closing soon 1, Can be reopened 1"_s);
    world.cases.removeAccount(1);
    QCOMPARE(entries(), QString());
    QCOMPARE(drafts, QPersistentModelIndex(sidebar.indexOfDrafts()));
    QVERIFY(!sidebar.indexOfView(View::Reopenable).isValid());
}

void TestDeadlineViews::anEntryStaysWhileItIsLookedAt()
{
    World world(start + hour);
    SidebarModel sidebar(world.cases, world.accounts);
    world.look(View::AnswerOverdue); // as it was left; cases are still to come
    QVERIFY(sidebar.indexOfView(View::AnswerOverdue).isValid());
    QCOMPARE(sidebar.indexOfView(View::AnswerOverdue).data(CountRole).toInt(), 0);
    world.cases.merge({record({.id = "a"})});
    QCOMPARE(sidebar.indexOfView(View::AnswerOverdue).data(CountRole).toInt(), 1);
    world.cases.merge({record({.id = "a", .firstAnswer = FirstAnswer::Given})});
    QVERIFY(sidebar.indexOfView(View::AnswerOverdue).isValid());
    world.look(View::All);
    QVERIFY(!sidebar.indexOfView(View::AnswerOverdue).isValid());
}

QTEST_MAIN(TestDeadlineViews)
#include "tst_deadlineviews.moc"
