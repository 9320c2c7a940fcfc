#include "models/modelwatch.h"

#include "models/communicationmodel.h"
#include "models/jobmodel.h"
#include "models/sidebarmodel.h"

#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

class Work final : public Job
{
public:
    explicit Work(const QString &title) : m_title(title) { }
    QString title() const override { return m_title; }
    void advance(qint64 done, qint64 total) { setProgress(done, total); }

protected:
    void run() override { }

private:
    QString m_title;
};

CommunicationRecord message(const QString &key, qint64 created, const QString &body, bool fromAws = false,
                            bool unread = false)
{
    CommunicationRecord record;
    record.key = key;
    record.body = body;
    record.submittedBy = fromAws ? u"Amazon Web Services"_s : u"Hanako <hanako@example.co.jp>"_s;
    record.created = created;
    record.fromAws = fromAws;
    record.unread = unread;
    return record;
}

} // namespace

/// The small models: sidebar, jobs, one conversation.
class TestSidebarModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void accountsStandThereWhenThereAreSeveral();
    void whatCannotBeRefreshedIsMarked();
    void jobsComeMoveOnAndGo();
    void conversationsAreOldestFirst();
    void anotherConversationReplacesTheFirst();
};

void TestSidebarModel::accountsStandThereWhenThereAreSeveral()
{
    AccountModel accounts;
    CaseListModel cases(accounts);
    SidebarModel sidebar(cases, accounts);
    const QAbstractItemModelTester tester(&sidebar, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy resets(&sidebar, &QAbstractItemModel::modelReset);
    const auto shown = [&] {
        QStringList names;
        for (int section = 0; section < sidebar.rowCount(); ++section) {
            const QModelIndex heading = sidebar.index(section, 0);
            names.append(heading.data().toString() + u':');
            for (int row = 0; row < sidebar.rowCount(heading); ++row)
                names.append(sidebar.index(row, 0, heading).data().toString());
        }
        return names.join(u", "_s);
    };
    const QString views = u"Cases:, Needs reply, With AWS, Resolved, All cases, Starred, Drafts"_s;
    QCOMPARE(shown(), views);
    accounts.setAccounts({{.id = 1, .key = u"a"_s, .name = u"prod"_s}});
    QCOMPARE(shown(), views);
    accounts.setAccounts({{.id = 1, .key = u"a"_s, .name = u"prod"_s}, {.id = 2, .key = u"b"_s, .name = u"audit"_s}});
    QCOMPARE(shown(), views + u", Accounts:, audit, prod"_s);
    const QPersistentModelIndex prod = sidebar.indexOfAccount(1);
    accounts.setAccounts({{.id = 1, .key = u"a"_s, .name = u"alpha"_s},
                          {.id = 2, .key = u"b"_s, .name = u"audit"_s},
                          {.id = 3, .key = u"c"_s, .name = u"beta"_s}});
    QCOMPARE(shown(), views + u", Accounts:, alpha, audit, beta"_s);
    QCOMPARE(prod.data().toString(), u"alpha"_s);
    QCOMPARE(prod.data(AccountIdRole).toLongLong(), 1);
    accounts.setAccounts({{.id = 3, .key = u"c"_s, .name = u"beta"_s}});
    QCOMPARE(shown(), views);
    QSignalSpy told(&sidebar, &QAbstractItemModel::dataChanged);
    sidebar.setDrafts(2, true);
    QCOMPARE(told.size(), 1);
    QCOMPARE(sidebar.indexOfDrafts().data(CountRole).toInt(), 2);
    QVERIFY(sidebar.indexOfDrafts().data(Qt::AccessibleTextRole).toString().contains(u"decision"_s));
    sidebar.setDrafts(2, true);
    QCOMPARE(told.size(), 1);
    QVERIFY(resets.isEmpty());
    QVERIFY(!(sidebar.index(0, 0).flags() & Qt::ItemIsSelectable));
}

void TestSidebarModel::whatCannotBeRefreshedIsMarked()
{
    AccountModel accounts;
    CaseListModel cases(accounts);
    SidebarModel sidebar(cases, accounts);
    QList<AccountRecord> records;
    for (int i = 1; i <= 200; ++i)
        records.append({.id = i, .key = QString::number(i), .name = u"account %1"_s.arg(i)});
    accounts.setAccounts(records);
    const QModelIndex one = sidebar.indexOfAccount(180);
    const QModelIndex heading = one.parent();
    QCOMPARE(one.data(TroubleRole).toString(), QString());
    QCOMPARE(heading.data(TroubleCountRole).toInt(), 0);
    QVERIFY(!heading.data(Qt::ToolTipRole).isValid());
    QSignalSpy told(&sidebar, &QAbstractItemModel::dataChanged);
    accounts.setTroubles({{180, u"The keys have expired."_s}});
    QVERIFY(!told.isEmpty());
    QCOMPARE(one.data(TroubleRole).toString(), u"The keys have expired."_s);
    QVERIFY(one.data(Qt::ToolTipRole).toString().contains(u"expired"_s));
    QVERIFY(one.data(Qt::AccessibleTextRole).toString().contains(u"The keys have expired."_s));
    QCOMPARE(sidebar.indexOfAccount(1).data(TroubleRole).toString(), QString());
    // It may be far below: the heading tells of it.
    QCOMPARE(heading.data(TroubleCountRole).toInt(), 1);
    QVERIFY(heading.data(Qt::ToolTipRole).toString().contains(u"account 180"_s));
    QVERIFY(heading.data(Qt::AccessibleTextRole).toString().contains(u"Accounts"_s));
    told.clear();
    accounts.setTroubles({});
    QVERIFY(!told.isEmpty());
    QCOMPARE(one.data(TroubleRole).toString(), QString());
    QCOMPARE(heading.data(TroubleCountRole).toInt(), 0);
}

void TestSidebarModel::jobsComeMoveOnAndGo()
{
    JobList list;
    JobModel model(list);
    test::ModelWatch watch(model, [&](int row) { return model.index(row, 0).data().toString(); });
    QCOMPARE(model.summary(), QString());
    auto *first = new Work(u"Updating cases"_s);
    auto *second = new Work(u"Exporting"_s);
    list.add(first);
    list.add(second);
    first->start();
    second->start();
    first->advance(250, 1000);
    QCOMPARE(watch.keys(), (QStringList{u"Updating cases"_s, u"Exporting"_s}));
    QCOMPARE(model.index(0, JobModel::Progress).data().toString(), u"250 of 1,000"_s);
    QCOMPARE(model.permille(), 250);
    QVERIFY(model.summary().startsWith(u"Updating cases"_s));
    QVERIFY(watch.isRight());
    model.cancel(model.index(0, 0));
    QCOMPARE(watch.keys(), QStringList{u"Exporting"_s});
    QCOMPARE(model.permille(), -1);
    model.cancelAll();
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(watch.neverReset());
}

void TestSidebarModel::conversationsAreOldestFirst()
{
    CommunicationModel model;
    test::ModelWatch watch(model, [&](int row) { return model.recordAt(row).key; });
    model.tick(10'000'000);
    model.setMessages(
        {message(u"b"_s, 2000, u"two\u202E\nlines"_s, true, true), message(u"a"_s, 1000, u"<b>one</b>"_s)});
    QCOMPARE(watch.keys(), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(model.firstUnread(), 1);
    QCOMPARE(model.index(1, 0).data(BodyRole).toString(), u"two\nlines"_s);
    QCOMPARE(model.index(0, 0).data(BodyRole).toString(), u"<b>one</b>"_s);
    QVERIFY(model.index(1, 0).data(FromAwsRole).toBool());

    watch.takeTold();
    model.setMessages({message(u"a"_s, 1000, u"<b>one</b>"_s), message(u"b"_s, 2000, u"two\u202E\nlines"_s, true),
                       message(u"c"_s, 3000, u"three"_s)});
    QCOMPARE(watch.takeTold(), u"+~"_s);
    QCOMPARE(model.firstUnread(), -1);
    model.sort(CommunicationModel::Message, Qt::DescendingOrder);
    QCOMPARE(watch.keys(), (QStringList{u"c"_s, u"b"_s, u"a"_s}));
    QVERIFY(watch.isRight());
}

void TestSidebarModel::anotherConversationReplacesTheFirst()
{
    CommunicationModel model;
    test::ModelWatch watch(model, [&](int row) { return model.recordAt(row).key; });
    model.setMessages({message(u"a"_s, 1000, u"one"_s)});
    model.setMessages({message(u"x"_s, 500, u"other"_s), message(u"y"_s, 1500, u"other"_s)});
    QCOMPARE(watch.keys(), (QStringList{u"x"_s, u"y"_s}));
    QVERIFY(watch.isRight());
    QVERIFY(watch.neverReset());
}

QTEST_MAIN(TestSidebarModel)

#include "tst_sidebarmodel.moc"
