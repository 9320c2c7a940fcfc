#include "models/advisorcheckmodel.h"

#include "models/advisortext.h"
#include "models/names.h"
#include "models/roles.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

AdvisorCheckRecord check(AccountId account, const QString &id, const QString &category, const QString &status,
                         qint64 flagged = 0, double savings = 0)
{
    AdvisorCheckRecord record;
    record.account = account;
    record.checkId = id;
    record.name = u"Check "_s + id;
    record.category = category;
    record.hasSummary = !status.isEmpty();
    record.status = status;
    record.counts.resourcesFlagged = flagged;
    record.counts.resourcesProcessed = flagged > 0 ? 20 : 0;
    record.savings.estimatedMonthlySavings = savings;
    return record;
}

/// `security(a c) performance(b)`
QString told(const AdvisorCheckModel &model)
{
    QStringList groups;
    for (int place = 0; place < model.rowCount(); ++place) {
        const QModelIndex parent = model.index(place, 0);
        QStringList checks;
        for (int row = 0; row < model.rowCount(parent); ++row)
            checks.append(model.index(row, 0, parent).data(CheckIdRole).toString());
        groups.append(parent.data(AdvisorCategoryRole).toString() + u'(' + checks.join(u' ') + u')');
    }
    return groups.join(u' ');
}

} // namespace

class TestAdvisorCheckModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init();
    void cleanup();
    void theWorstComesFirst();
    void unknownCodesAreShownAsTheyAre();
    void oddOnesHarmNoSum();
    void whatIsNotAvailableIsNoFailure();
    void aCategorySaysWhatIsShownOfIt();
    void filters_data();
    void filters();
    void aLoadMovesNoSelection();
    void sorts_data();
    void sorts();
    void numbersInNamesAreSortedAsNumbers();
    void cells();
    void noDigitsAreMadeUp();
    void refreshWords_data();
    void refreshWords();
    void manyAccounts();

private:
    std::unique_ptr<AccountModel> m_accounts;
    std::unique_ptr<AdvisorCheckModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestAdvisorCheckModel::init()
{
    m_accounts = std::make_unique<AccountModel>();
    m_accounts->setAccounts({{1, u"k1"_s, u"Production"_s, u"aws"_s, 0}, {2, u"k2"_s, u"Staging"_s, u"aws"_s, 0}});
    m_model = std::make_unique<AdvisorCheckModel>(*m_accounts);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
}

void TestAdvisorCheckModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_accounts.reset();
}

void TestAdvisorCheckModel::theWorstComesFirst()
{
    m_model->setChecks(
        1,
        {check(1, u"a"_s, u"security"_s, u"ok"_s), check(1, u"b"_s, u"security"_s, u"warning"_s, 2),
         check(1, u"c"_s, u"security"_s, u"error"_s, 1), check(1, u"d"_s, u"security"_s, u"warning"_s, 7),
         check(1, u"e"_s, u"cost_optimizing"_s, u"not_available"_s), check(1, u"f"_s, u"security"_s, {})});
    QCOMPARE(told(*m_model), u"cost_optimizing(e) security(c d b f a)"_s);
    m_model->setChecks(1, {});
    QCOMPARE(told(*m_model), QString());
}

void TestAdvisorCheckModel::unknownCodesAreShownAsTheyAre()
{
    m_model->setChecks(1,
                       {check(1, u"a"_s, u"sustainability"_s, u"frozen"_s), check(1, u"b"_s, u"security"_s, u"ok"_s)});
    QCOMPARE(told(*m_model), u"security(b) sustainability(a)"_s);
    const QModelIndex category = m_model->indexOfCategory(u"sustainability"_s);
    QCOMPARE(category.data().toString(), u"sustainability (1)"_s);
    const QModelIndex place = m_model->indexOf(1, u"a"_s);
    QCOMPARE(place.siblingAtColumn(AdvisorCheckModel::Status).data().toString(), u"frozen"_s);
}

void TestAdvisorCheckModel::oddOnesHarmNoSum()
{
    const qint64 most = std::numeric_limits<qint64>::max();
    m_model->setChecks(1,
                       {check(1, u"a"_s, u"security"_s, u"error"_s, most),
                        check(1, u"b"_s, u"security"_s, u"ok"_s, most), check(1, u"c"_s, {}, u"ok"_s, -5)});
    QVERIFY(m_model->categories().constFirst().flagged > 0);
    // What has no category is one of its own, and none is not "all".
    QCOMPARE(m_model->categories().size(), 2);
    QCOMPARE(m_model->categories().constLast().code, Names::noAdvisorCategory());
    QCOMPARE(m_model->categories().constLast().flagged, 0);
    QVERIFY(m_model->index(1, 0).data().toString().startsWith(u"Without a category"_s));
}

void TestAdvisorCheckModel::whatIsNotAvailableIsNoFailure()
{
    m_model->setChecks(1,
                       {check(1, u"a"_s, u"security"_s, u"not_available"_s),
                        check(1, u"b"_s, u"security"_s, u"error"_s, 3), check(1, u"c"_s, u"security"_s, {})});
    QCOMPARE(m_model->categories().size(), 1);
    const AdvisorCategory category = m_model->categories().constFirst();
    QCOMPARE(category.errors, 1);
    QCOMPARE(category.notAvailable, 1);
    QCOMPARE(category.checks, 2); // what has no summary is nothing yet
    AdvisorFilter filter;
    filter.status = u"!ok"_s;
    m_model->setFilter(filter);
    QCOMPARE(told(*m_model), u"security(b)"_s);
}

void TestAdvisorCheckModel::aCategorySaysWhatIsShownOfIt()
{
    m_model->setChecks(1,
                       {check(1, u"x"_s, u"security"_s, u"error"_s, 4),
                        check(1, u"y"_s, u"security"_s, u"warning"_s, 2),
                        check(1, u"z"_s, u"security"_s, u"error"_s, 30)});
    const auto said = [&](int column) {
        return m_model->indexOfCategory(u"security"_s).siblingAtColumn(column).data().toString();
    };
    QCOMPARE(said(AdvisorCheckModel::Status), u"2 to act on, 1 to investigate"_s);
    QCOMPARE(said(AdvisorCheckModel::Flagged), u"36"_s);
    m_model->setFilter({.words = u"check z"_s});
    QCOMPARE(said(AdvisorCheckModel::Check), u"Security (1)"_s);
    QCOMPARE(said(AdvisorCheckModel::Status), u"1 to act on"_s);
    QCOMPARE(said(AdvisorCheckModel::Flagged), u"30"_s);
    QCOMPARE(m_model->categories().constFirst().errors, 2); // the tile has the whole
}

void TestAdvisorCheckModel::filters_data()
{
    QTest::addColumn<AdvisorFilter>("filter");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, const AdvisorFilter &filter, const QString &shown) {
        QTest::newRow(name) << filter << shown;
    };
    row("nothing", {}, u"performance(p) security(x y x)"_s);
    row("an account", {.accounts = {2}}, u"security(x)"_s);
    row("a category", {.category = u"performance"_s}, u"performance(p)"_s);
    row("a status", {.status = u"ok"_s}, u"security(x)"_s);
    row("what to look at", {.status = u"!ok"_s}, u"performance(p) security(x y)"_s);
    row("words in any width", {.words = u"ＣＨＥＣＫ　ＰＥＲＦ"_s}, u"performance(p)"_s);
    row("an account's name", {.words = u"stag"_s}, u"security(x)"_s);
    row("a category's name", {.words = u"perform"_s}, u"performance(p)"_s);
    row("no match", {.words = u"zzz"_s}, QString());
}

void TestAdvisorCheckModel::filters()
{
    QFETCH(AdvisorFilter, filter);
    QFETCH(QString, shown);
    m_model->setChecks(1,
                       {check(1, u"x"_s, u"security"_s, u"error"_s), check(1, u"y"_s, u"security"_s, u"warning"_s),
                        check(1, u"p"_s, u"performance"_s, u"warning"_s)});
    m_model->setChecks(2, {check(2, u"x"_s, u"security"_s, u"ok"_s)});
    m_model->setFilter(filter);
    QCOMPARE(told(*m_model), shown);
    m_model->setFilter({});
    QCOMPARE(told(*m_model), u"performance(p) security(x y x)"_s);
    m_model->keepAccounts({1});
    QCOMPARE(told(*m_model), u"performance(p) security(x y)"_s);
}

void TestAdvisorCheckModel::aLoadMovesNoSelection()
{
    QList<AdvisorCheckRecord> checks;
    for (int i = 0; i < 50; ++i)
        checks.append(check(1, QString::number(i), i % 3 ? u"security"_s : u"performance"_s, u"ok"_s));
    m_model->setChecks(1, checks);
    QItemSelectionModel selection(m_model.get());
    selection.setCurrentIndex(m_model->indexOf(1, u"7"_s), QItemSelectionModel::SelectCurrent);
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    for (int i = 0; i < 50; i += 2) {
        checks[i].status = u"error"_s;
        checks[i].counts.resourcesFlagged = i;
        m_model->setChecks(1, checks);
        QCOMPARE(selection.currentIndex().data(CheckIdRole).toString(), u"7"_s);
    }
    checks.remove(10, 5);
    checks.append(check(1, u"new"_s, u"security"_s, u"warning"_s));
    m_model->setChecks(1, checks);
    QCOMPARE(selection.currentIndex().data(CheckIdRole).toString(), u"7"_s);
    checks[5].category = u"fault_tolerance"_s; // moves to another category
    m_model->setChecks(1, checks);
    QVERIFY(m_model->indexOfCategory(u"fault_tolerance"_s).isValid());
    QCOMPARE(selection.currentIndex().data(CheckIdRole).toString(), u"7"_s);
    QCOMPARE(resets.count(), 0);
}

void TestAdvisorCheckModel::sorts_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<QString>("shown");
    QTest::newRow("by name") << int(AdvisorCheckModel::Check) << Qt::AscendingOrder << u"security(a b c)"_s;
    QTest::newRow("by name, down") << int(AdvisorCheckModel::Check) << Qt::DescendingOrder << u"security(c b a)"_s;
    QTest::newRow("by flagged") << int(AdvisorCheckModel::Flagged) << Qt::DescendingOrder << u"security(b a c)"_s;
    QTest::newRow("by savings, equals by name")
        << int(AdvisorCheckModel::Savings) << Qt::DescendingOrder << u"security(c a b)"_s;
}

void TestAdvisorCheckModel::sorts()
{
    QFETCH(int, column);
    QFETCH(Qt::SortOrder, order);
    QFETCH(QString, shown);
    m_model->setChecks(1,
                       {check(1, u"a"_s, u"security"_s, u"warning"_s, 5),
                        check(1, u"b"_s, u"security"_s, u"error"_s, 90),
                        check(1, u"c"_s, u"security"_s, u"ok"_s, 0, 12.5)});
    m_model->sort(column, order);
    QCOMPARE(told(*m_model), shown);
}

void TestAdvisorCheckModel::numbersInNamesAreSortedAsNumbers()
{
    m_model->setChecks(1,
                       {check(1, u"check 10"_s, u"security"_s, u"ok"_s), check(1, u"check 9"_s, u"security"_s, u"ok"_s),
                        check(1, u"check 100"_s, u"security"_s, u"ok"_s)});
    m_model->sort(AdvisorCheckModel::Check, Qt::AscendingOrder);
    QCOMPARE(told(*m_model), u"security(check 9 check 10 check 100)"_s);
}

void TestAdvisorCheckModel::cells()
{
    AdvisorCheckRecord one = check(2, u"a"_s, u"cost_optimizing"_s, u"warning"_s, 3, 1234.5);
    one.time = QDateTime::currentMSecsSinceEpoch() - 2 * 3600'000;
    one.description = u"<script>"_s;
    AdvisorCheckRecord gone = check(2, u"b"_s, u"cost_optimizing"_s, u"warning"_s);
    gone.isGone = true;
    AdvisorCheckRecord uncounted = check(2, u"c"_s, u"cost_optimizing"_s, u"warning"_s);
    uncounted.counts = {};
    uncounted.hasCounts = false;
    m_model->setChecks(2, {one, gone, uncounted});
    const auto cell = [&](int column, const QString &id = u"a"_s) {
        return m_model->indexOf(2, id).siblingAtColumn(column).data().toString();
    };
    QCOMPARE(cell(AdvisorCheckModel::Status), u"Investigate"_s);
    QCOMPARE(cell(AdvisorCheckModel::Account), u"Staging"_s);
    QCOMPARE(cell(AdvisorCheckModel::Flagged), u"3 / 20"_s);
    QCOMPARE(cell(AdvisorCheckModel::Flagged, u"c"_s), u"not known"_s);
    QCOMPARE(cell(AdvisorCheckModel::Savings), u"$1,234.50"_s);
    QCOMPARE(cell(AdvisorCheckModel::Age), u"2 h"_s);
    QCOMPARE(cell(AdvisorCheckModel::Status, u"b"_s), u"Not offered any more"_s);
    QCOMPARE(m_model->indexOf(2, u"a"_s).data(Qt::AccessibleTextRole).toString(), u"Check a, Investigate"_s);
    QVERIFY(m_model->find(2, u"a"_s)->description.isEmpty());
    QCOMPARE(m_model->largestSavings(5).size(), 1);
    QCOMPARE(m_model->categories().constFirst().savings, 1234.5);
}

void TestAdvisorCheckModel::noDigitsAreMadeUp()
{
    const QLocale english(QLocale::English, QLocale::UnitedStates);
    QCOMPARE(AdvisorText::money(1234.5, english), u"$1,234.50"_s);
    QCOMPARE(AdvisorText::money(89'999'999'999'999.25, english), u"$89,999,999,999,999.25"_s);
    QCOMPARE(AdvisorText::money(1e308, english).toLower(), u"$1e+308"_s);
    QCOMPARE(AdvisorText::money(-1e300, english).toLower(), u"$-1e+300"_s);
}

void TestAdvisorCheckModel::refreshWords_data()
{
    QTest::addColumn<AdvisorRefresh>("refresh");
    QTest::addColumn<QString>("words");
    QTest::newRow("never asked") << AdvisorRefresh() << QString();
    QTest::newRow("by itself") << AdvisorRefresh{{}, 0, true} << u"Automatic"_s;
    QTest::newRow("waits") << AdvisorRefresh{u"enqueued"_s, 5000'000, false} << u"Queued"_s;
    QTest::newRow("runs") << AdvisorRefresh{u"processing"_s, 5000'000, false} << u"Running"_s;
    QTest::newRow("not yet again") << AdvisorRefresh{u"success"_s, 1000'000 + 58 * 60'000, false} << u"in 58 min"_s;
    QTest::newRow("done long ago") << AdvisorRefresh{u"success"_s, 1, false} << QString();
    QTest::newRow("given up") << AdvisorRefresh{u"abandoned"_s, 0, false} << u"Failed"_s;
    QTest::newRow("not asked for yet") << AdvisorRefresh{QString(refreshWanted), 1, false} << u"Waiting"_s;
    QTest::newRow("something new") << AdvisorRefresh{u"paused"_s, 0, false} << u"paused"_s;
}

void TestAdvisorCheckModel::refreshWords()
{
    QFETCH(AdvisorRefresh, refresh);
    QFETCH(QString, words);
    QCOMPARE(AdvisorText::refresh(refresh, 1000'000), words);
    QCOMPARE(AdvisorText::countdown(59 * 60'000 + 3'500), u"59:04"_s);
    QCOMPARE(AdvisorText::countdown(3600'000 + 61'000), u"1:01:01"_s);
    QCOMPARE(AdvisorText::countdown(-5), u"0:00"_s);
}

void TestAdvisorCheckModel::manyAccounts()
{
    m_tester.reset(); // it walks all rows at every signal
    QHash<AccountId, QList<AdvisorCheckRecord>> all;
    for (AccountId account = 1; account <= 100; ++account) {
        QList<AdvisorCheckRecord> &checks = all[account];
        for (int i = 0; i < 450; ++i)
            checks.append(check(account, u"id%1"_s.arg(i), i % 2 ? u"security"_s : u"performance"_s,
                                i % 5 ? u"ok"_s : u"error"_s));
    }
    m_model->setChecks(all);
    QCOMPARE(m_model->shownCount(), 45'000);
    m_model->setChecks(7, all.value(7)); // nothing new
    m_model->setFilter({.words = u"id44"_s});
    QCOMPARE(m_model->shownCount(), 100 * 11);
    m_model->setFilter({});
    QCOMPARE(m_model->shownCount(), 45'000);
}

QTEST_MAIN(TestAdvisorCheckModel)
#include "tst_advisorcheckmodel.moc"
