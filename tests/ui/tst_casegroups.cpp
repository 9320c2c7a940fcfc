#include "models/caselistmodel.h"
#include "ui/casetable.h"
#include "ui/theme.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

CaseRecord record(const QString &id, AccountId account, qint64 updated)
{
    auto arena = std::make_shared<Arena>();
    CaseRecord record;
    record.account = account;
    record.caseId = arena->add(id.toStdString());
    record.subject = record.caseId;
    record.status = arena->add(std::string_view("opened"));
    record.created = record.updated = updated;
    record.texts = arena;
    return record;
}

} // namespace

/// Cases grouped by account have the account's heading above them.
class TestCaseGroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachGroupHasAHeading();
    void theNewestIsSeenWhole();
    void aFailingAccountIsMarked();

private:
    Theme m_theme;
};

/// In a list that stands at its top, or nearly.
void TestCaseGroups::theNewestIsSeenWhole()
{
    AccountModel accounts;
    accounts.setAccounts({{.id = 1, .key = u"a"_s, .name = u"audit"_s}});
    CaseListModel cases(accounts);
    CaseTable table;
    table.setModel(&cases);
    table.resize(600, 200);
    table.show();
    std::vector<CaseRecord> records;
    for (int i = 1; i <= 30; ++i)
        records.push_back(record(u"c%1"_s.arg(i), 1, i));
    cases.merge(records);
    cases.sort(CaseListModel::Updated, Qt::DescendingOrder);
    QScrollBar &bar = *table.verticalScrollBar();
    QTRY_VERIFY(bar.maximum() > 200);
    bar.setValue(10);
    cases.merge({record(u"new"_s, 1, 100)});
    QCOMPARE(cases.keyAt(0).caseId, u"new"_s);
    QTRY_COMPARE(bar.value(), 0);
    // Who reads further down is left there.
    bar.setValue(150);
    cases.merge({record(u"newer"_s, 1, 200)});
    QCoreApplication::processEvents();
    QCOMPARE(bar.value(), 150);
    // And the current row stays in sight.
    bar.setValue(10);
    const int lowest = table.rowAt(table.viewport()->height() - 1) - 1;
    table.setCurrentIndex(cases.index(lowest, CaseListModel::Subject));
    const int where = bar.value();
    table.scrollTo(cases.index(lowest + 1, CaseListModel::Subject));
    table.setCurrentIndex(cases.index(lowest + 1, CaseListModel::Subject));
    cases.merge({record(u"newest"_s, 1, 300)});
    QCoreApplication::processEvents();
    QVERIFY(bar.value() >= where);
}

void TestCaseGroups::eachGroupHasAHeading()
{
    AccountModel accounts;
    accounts.setAccounts({{.id = 1, .key = u"a"_s, .name = u"audit"_s}, {.id = 2, .key = u"b"_s, .name = u"prod"_s}});
    CaseListModel cases(accounts);
    CaseTable table;
    table.setModel(&cases);
    table.resize(600, 400);
    table.show();
    cases.merge({record(u"a1"_s, 1, 10), record(u"a2"_s, 1, 20), record(u"p1"_s, 2, 30), record(u"p2"_s, 2, 40)});
    const auto headed = [&table, &cases] {
        QString rows;
        for (int row = 0; row < cases.rowCount(); ++row)
            rows += table.headingAbove(row) > 0 ? u'+' : u'-';
        return rows;
    };
    QCOMPARE(headed(), u"----"_s);
    const int usual = table.rowHeight(0);
    cases.setGrouped(true);
    table.fitGroups();
    QCOMPARE(headed(), u"+-+-"_s);
    QVERIFY(table.rowHeight(0) > usual);
    QCOMPARE(table.rowHeight(1), usual);
    // What comes, goes and moves is followed, and room is given back.
    cases.merge({record(u"a3"_s, 1, 50)});
    QTRY_COMPARE(headed(), u"+--+-"_s);
    QTRY_COMPARE(table.rowHeight(1), usual);
    accounts.setLooks({{1, {.place = 2}}, {2, {.place = 1}}});
    QTRY_COMPARE(headed(), u"+-+--"_s);
    CaseFilter filter;
    filter.accounts = {1};
    cases.setFilter(filter);
    QTRY_COMPARE(headed(), u"+--"_s);
    const QImage picture = table.grab().toImage(); // and it can be painted
    QVERIFY(!picture.isNull());
    cases.setFilter({});
    cases.setGrouped(false);
    table.fitGroups();
    QTRY_COMPARE(headed(), u"-----"_s);
    for (int row = 0; row < cases.rowCount(); ++row)
        QCOMPARE(table.rowHeight(row), usual);
}

void TestCaseGroups::aFailingAccountIsMarked()
{
    AccountModel accounts;
    accounts.setAccounts({{.id = 1, .key = u"a"_s, .name = u"audit"_s}, {.id = 2, .key = u"b"_s, .name = u"prod"_s}});
    CaseListModel cases(accounts);
    CaseTable table;
    table.setModel(&cases);
    table.resize(600, 400);
    table.show();
    cases.merge({record(u"a1"_s, 1, 10), record(u"p1"_s, 2, 30)});
    cases.setGrouped(true);
    table.fitGroups();
    const auto heading = [&table](int row) {
        return table.viewport()->grab(QRect(0, table.rowViewportPosition(row), 600, table.headingAbove(row))).toImage();
    };
    const QImage well = heading(0);
    const QImage other = heading(1);
    accounts.setTroubles({{1, u"No connection."_s}});
    QCOMPARE(cases.index(0, 0).data(TroubleRole).toString(), u"No connection."_s);
    QVERIFY(heading(0) != well);
    QVERIFY(heading(1) == other);
    accounts.setTroubles({});
    QVERIFY(heading(0) == well);
}

QTEST_MAIN(TestCaseGroups)
#include "tst_casegroups.moc"
