#include "archive/archivefixture.h"
#include "models/modelwatch.h"

#include "archive/caserecordbuilder.h"
#include "models/caselistmodel.h"
#include "models/filterjson.h"
#include "models/sidebarmodel.h"

#include <QSignalSpy>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

CaseRecords cases(AccountId account, const QStringList &ids)
{
    CaseRecordBuilder builder;
    qint64 age = 0;
    for (const QString &id : ids) {
        const std::string caseId = id.toStdString();
        const std::string subject = "Subject of " + caseId;
        CaseRecord &record = builder.add(account,
                                         {.caseId = caseId,
                                          .displayId = caseId,
                                          .subject = subject,
                                          .status = "opened",
                                          .severityCode = "low",
                                          .serviceCode = "aws-lambda",
                                          .categoryCode = "other",
                                          .submittedBy = "Hanako",
                                          .language = "ja",
                                          .timeCreated = {}});
        record.created = record.updated = 1'790'000'000'000 - ++age * 60'000;
    }
    return builder.take();
}

/// A list of the cases a, b, c and d over an archive, and a sidebar.
struct Marked
{
    test::ArchiveFixture fixture;
    AccountId account = fixture.account().id;
    CaseMarks marks{fixture.archive()};
    SavedFilters filters{fixture.archive()};
    AccountModel accounts;
    CaseListModel model{accounts};
    SidebarModel sidebar{model, accounts};
    QAbstractItemModelTester tester{&sidebar, QAbstractItemModelTester::FailureReportingMode::Fatal};
    test::ModelWatch watch{model, [this](int row) { return model.keyAt(row).caseId; }};

    Marked()
    {
        model.setMarks(marks);
        sidebar.setMarks(marks, filters);
        accounts.setAccounts({{.id = account, .key = u"profile:prod"_s, .name = u"production"_s}});
        model.merge(cases(account, {u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
    }
    CaseKey key(const QString &id) const { return {account, id}; }
    void settle() const { QCoreApplication::sendPostedEvents(); }
    QString shown() const { return watch.keys().join(u' '); }
    QStringList entries() const
    {
        QStringList names;
        for (int section = 0; section < sidebar.rowCount(); ++section) {
            const QModelIndex heading = sidebar.index(section, 0);
            names.append(heading.data().toString() + u':');
            for (int row = 0; row < sidebar.rowCount(heading); ++row)
                names.append(sidebar.index(row, 0, heading).data().toString());
        }
        return names;
    }
};

} // namespace

class TestMarkedCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void starsAreSeenCountedAndSorted();
    void marksThatWereThereBeforeTheCasesCount();
    void manyAtOnceAreOneChange();
    void typingFindsTagsAndNotes_data();
    void typingFindsTagsAndNotes();
    void aTagIsAFilter();
    void tagsAreSorted();
    void anAccountThatIsFilteredAwayIsNotCounted();
    void theSidebarFollowsTagsAndFilters();
    void filtersComeBackFromJson();
    void whatIsWrongInJsonAsksForNothing_data();
    void whatIsWrongInJsonAsksForNothing();
};

void TestMarkedCases::starsAreSeenCountedAndSorted()
{
    Marked list;
    QCOMPARE(list.model.index(1, CaseListModel::Star).data(Qt::AccessibleTextRole).toString(), u"Not starred"_s);
    list.marks.setStarred({list.key(u"b"_s), list.key(u"d"_s)}, true);
    list.settle();
    QCOMPARE(list.model.counts().of(CaseFilter::View::Starred), 2);
    QCOMPARE(list.sidebar.indexOfView(CaseFilter::View::Starred).data(CountRole).toInt(), 2);
    const QModelIndex star = list.model.index(1, CaseListModel::Star);
    QCOMPARE(star.data(Qt::AccessibleTextRole).toString(), u"Starred"_s);
    QVERIFY(star.data(StarredRole).toBool());
    QVERIFY(list.watch.isRight());

    list.model.sort(CaseListModel::Star);
    QCOMPARE(list.shown(), u"b d a c"_s);
    list.marks.setStarred({list.key(u"b"_s)}, false);
    list.settle();
    QCOMPARE(list.shown(), u"d a b c"_s);
    QVERIFY(list.watch.isRight());

    CaseFilter filter;
    filter.view = CaseFilter::View::Starred;
    list.model.setFilter(filter);
    QCOMPARE(list.shown(), u"d"_s);
    list.marks.setStarred({list.key(u"c"_s)}, true);
    list.marks.setStarred({list.key(u"d"_s)}, false);
    list.settle();
    QCOMPARE(list.shown(), u"c"_s);
    QCOMPARE(list.model.counts().of(CaseFilter::View::Starred), 1);
    QVERIFY(list.watch.isRight());
    QVERIFY(list.watch.neverReset());
}

void TestMarkedCases::marksThatWereThereBeforeTheCasesCount()
{
    Marked list;
    list.marks.setStarred({list.key(u"e"_s), list.key(u"never seen"_s)}, true);
    list.settle();
    QCOMPARE(list.model.counts().of(CaseFilter::View::Starred), 0);
    list.model.merge(cases(list.account, {u"e"_s}));
    QCOMPARE(list.model.counts().of(CaseFilter::View::Starred), 1);
    list.model.removeCases({list.key(u"e"_s)});
    QCOMPARE(list.model.counts().of(CaseFilter::View::Starred), 0);

    // What the archive holds comes after the list was filled.
    CaseMarks again(list.fixture.archive());
    CaseListModel other(list.accounts);
    other.setMarks(again);
    other.merge(cases(list.account, {u"e"_s}));
    QSignalSpy loaded(&again, &CaseMarks::loaded);
    again.load();
    QVERIFY(loaded.wait(30'000));
    QCOMPARE(other.counts().of(CaseFilter::View::Starred), 1);
    QVERIFY(other.index(0, CaseListModel::Star).data(StarredRole).toBool());
}

void TestMarkedCases::manyAtOnceAreOneChange()
{
    Marked list;
    QStringList ids;
    QList<CaseKey> keys;
    for (int i = 0; i < 20'000; ++i) {
        ids.append(u"case-%1"_s.arg(i));
        keys.append(list.key(ids.last()));
    }
    list.model.merge(cases(list.account, ids));
    QSignalSpy told(&list.model, &QAbstractItemModel::dataChanged);
    QSignalSpy counted(&list.model, &CaseListModel::countsChanged);
    list.marks.setStarred(keys, true);
    list.settle();
    QVERIFY(told.count() < 10);
    QCOMPARE(counted.count(), 1);
    QCOMPARE(list.model.counts().of(CaseFilter::View::Starred), 20'000);
}

void TestMarkedCases::typingFindsTagsAndNotes_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("found");
    QTest::newRow("a word of the note") << u"pagerduty"_s << u"b"_s;
    QTest::newRow("two characters of the note") << u"障害"_s << u"b"_s;
    QTest::newRow("a tag, whatever its case and width") << u"ｐｒｏｄ"_s << u"a b"_s;
    QTest::newRow("words of tag, note and subject together") << u"prod 障害 subject"_s << u"b"_s;
    QTest::newRow("a word that only another case has") << u"prod 503"_s << u""_s;
}

void TestMarkedCases::typingFindsTagsAndNotes()
{
    QFETCH(QString, typed);
    Marked list;
    list.marks.changeTags({list.key(u"a"_s), list.key(u"b"_s)}, {u"Prod"_s}, {});
    list.marks.setNote(list.key(u"b"_s), u"PagerDuty 7: 大規模障害"_s);
    list.marks.setNote(list.key(u"c"_s), u"503"_s);
    list.settle();
    CaseFilter filter;
    for (qsizetype length = 1; length <= typed.size(); ++length) { // letter by letter, narrowing
        filter.words = typed.left(length);
        list.model.setFilter(filter);
    }
    QTEST(list.shown(), "found");
    QVERIFY(list.watch.isRight());
}

void TestMarkedCases::aTagIsAFilter()
{
    Marked list;
    list.marks.changeTags({list.key(u"a"_s), list.key(u"c"_s)}, {u"prod"_s}, {});
    list.marks.changeTags({list.key(u"b"_s)}, {u"production"_s}, {});
    list.settle();
    CaseFilter filter;
    filter.tag = u"prod"_s;
    list.model.setFilter(filter);
    QCOMPARE(list.shown(), u"a c"_s);
    list.marks.changeTags({list.key(u"a"_s)}, {}, {u"prod"_s});
    list.settle();
    QCOMPARE(list.shown(), u"c"_s);
    filter.tag = u"production"_s;
    list.model.setFilter(filter);
    QCOMPARE(list.shown(), u"b"_s);
    QVERIFY(!CaseMatcher(filter).narrows(CaseMatcher({CaseFilter::View::All, {}, {}, u"prod"_s})));
    QVERIFY(CaseMatcher(filter).narrows(CaseMatcher()));
    QVERIFY(!CaseMatcher().narrows(CaseMatcher(filter)));
}

void TestMarkedCases::tagsAreSorted()
{
    Marked list;
    list.model.sort(CaseListModel::Tags);
    list.marks.changeTags({list.key(u"c"_s)}, {u"beta"_s}, {});
    list.marks.changeTags({list.key(u"d"_s)}, {u"gamma"_s, u"alpha"_s}, {});
    list.settle();
    QCOMPARE(list.shown(), u"c d a b"_s);
    list.marks.changeTags({list.key(u"d"_s)}, {}, {u"gamma"_s});
    list.settle();
    QCOMPARE(list.shown(), u"d c a b"_s);
    QCOMPARE(list.model.index(0, CaseListModel::Tags).data().toString(), u"alpha"_s);
    QVERIFY(list.watch.isRight());
}

void TestMarkedCases::anAccountThatIsFilteredAwayIsNotCounted()
{
    Marked list;
    list.marks.setStarred({list.key(u"a"_s)}, true);
    list.marks.changeTags({list.key(u"a"_s)}, {u"prod"_s}, {});
    list.settle();
    CaseFilter filter;
    filter.accounts = {list.account + 1};
    list.model.setFilter(filter);
    QCOMPARE(list.model.counts().of(CaseFilter::View::Starred), 0);
    QCOMPARE(list.model.counts().tagged.value(u"prod"_s), 0);
    list.model.setFilter({});
    QCOMPARE(list.model.counts().of(CaseFilter::View::Starred), 1);
    QCOMPARE(list.model.counts().tagged.value(u"prod"_s), 1);
}

void TestMarkedCases::theSidebarFollowsTagsAndFilters()
{
    Marked list;
    const QStringList views = list.entries();
    QCOMPARE(list.sidebar.rowCount(), 1); // nobody tagged or saved anything
    list.marks.changeTags({list.key(u"a"_s), list.key(u"b"_s)}, {u"prod"_s}, {});
    list.settle();
    QCOMPARE(list.entries(), views + QStringList({u"Tags:"_s, u"prod"_s}));
    const QPersistentModelIndex prod = list.sidebar.indexOfTag(u"prod"_s);
    QCOMPARE(prod.data(CountRole).toInt(), 2);
    QCOMPARE(prod.data(ViewRole).toInt(), SidebarModel::tagView);

    const QString mine = list.filters.add(u"mine"_s, "{}");
    list.filters.add(u"all"_s, "{}");
    list.marks.changeTags({list.key(u"c"_s)}, {u"alb"_s}, {});
    list.settle();
    QCOMPARE(list.entries(),
             views + QStringList({u"Saved filters:"_s, u"all"_s, u"mine"_s, u"Tags:"_s, u"alb"_s, u"prod"_s}));
    QCOMPARE(prod.data().toString(), u"prod"_s);
    QCOMPARE(list.sidebar.indexOfFilter(mine).data(FilterIdRole).toString(), mine);
    const QPersistentModelIndex renamed = list.sidebar.indexOfFilter(mine);
    list.filters.put({mine, u"0 mine"_s, "{}"});
    QCOMPARE(renamed.row(), 0);
    QCOMPARE(renamed.data().toString(), u"0 mine"_s);

    list.accounts.setAccounts({{.id = list.account, .key = u"profile:prod"_s, .name = u"production"_s},
                               {.id = list.account + 1, .key = u"b"_s, .name = u"audit"_s}});
    QCOMPARE(list.sidebar.rowCount(), 4);
    QCOMPARE(list.sidebar.indexOfAccount(list.account).data().toString(), u"production"_s);

    QSignalSpy removed(&list.sidebar, &QAbstractItemModel::rowsRemoved);
    bool wasRemoving = false;
    connect(&list.sidebar, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [&] { wasRemoving = list.sidebar.isRemoving(); });
    list.marks.changeTags({list.key(u"a"_s), list.key(u"b"_s)}, {}, {u"prod"_s});
    QCOMPARE(removed.count(), 1);
    QVERIFY(wasRemoving);
    QVERIFY(!list.sidebar.isRemoving());
    QVERIFY(!list.sidebar.indexOfTag(u"prod"_s).isValid());
    list.marks.changeTags({list.key(u"c"_s)}, {}, {u"alb"_s});
    QCOMPARE(list.sidebar.rowCount(), 3);
    QCOMPARE(list.sidebar.indexOfAccount(list.account).data().toString(), u"production"_s);
}

void TestMarkedCases::filtersComeBackFromJson()
{
    const QList<AccountRecord> accounts{{.id = 1, .key = u"profile:prod"_s}, {.id = 2, .key = u"profile:audit"_s}};
    CaseFilter filter;
    filter.words = u"503 \"障害\""_s;
    filter.tag = u"本番"_s;
    filter.accounts = {2};
    for (int view = 0; view < CaseFilter::viewCount; ++view) {
        filter.view = CaseFilter::View(view);
        const QByteArray json = filterToJson(filter, accounts);
        QVERIFY(json.contains("profile:audit"));
        QCOMPARE(filterFromJson(json, accounts), filter);
    }
    // In another archive the same account has another number.
    const QByteArray json = filterToJson(filter, accounts);
    QCOMPARE(filterFromJson(json, {{.id = 7, .key = u"profile:audit"_s}}).accounts, QList<AccountId>{7});
    // Without its account it must not find the cases of others.
    const CaseFilter nobodys = filterFromJson(json, {{.id = 1, .key = u"profile:prod"_s}});
    QVERIFY(!nobodys.accounts.isEmpty());
    QVERIFY(!nobodys.accounts.contains(1));
}

void TestMarkedCases::whatIsWrongInJsonAsksForNothing_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no JSON") << QByteArray("no JSON");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a list") << QByteArray("[1]");
    QTest::newRow("wrong types") << QByteArray(R"({"view":7,"words":[],"tag":{},"accounts":"profile:prod"})");
    QTest::newRow("a view of a later version") << QByteArray(R"({"view":"tomorrow"})");
}

void TestMarkedCases::whatIsWrongInJsonAsksForNothing()
{
    QFETCH(QByteArray, json);
    QCOMPARE(filterFromJson(json, {{.id = 1, .key = u"profile:prod"_s}}), CaseFilter());
}

QTEST_GUILESS_MAIN(TestMarkedCases)
#include "tst_markedcases.moc"
