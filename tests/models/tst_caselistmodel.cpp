#include "models/modelwatch.h"

#include "archive/caserecordbuilder.h"
#include "models/caselistmodel.h"
#include "models/names.h"
#include "models/relativetime.h"
#include "models/sidebarmodel.h"

#include <QSignalSpy>
#include <QTest>
#include <QTranslator>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;
constexpr qint64 now = 1'790'000'000'000;

struct Given
{
    AccountId account = 1;
    QString id;
    QString subject;
    QString status = u"opened"_s;
    QString severity = u"low"_s;
    qint64 age = hour;
    bool unread = false;
    QString service = u"aws-lambda"_s;
};

CaseRecords made(const std::vector<Given> &given)
{
    CaseRecordBuilder builder;
    for (const Given &g : given) {
        const std::string id = g.id.toStdString();
        const std::string caseId = "case-" + id;
        const std::string subject = g.subject.toStdString();
        const std::string status = g.status.toStdString();
        const std::string severity = g.severity.toStdString();
        const std::string service = g.service.toStdString();
        CaseRecord &record = builder.add(g.account,
                                         {.caseId = caseId,
                                          .displayId = id,
                                          .subject = subject,
                                          .status = status,
                                          .severityCode = severity,
                                          .serviceCode = service,
                                          .categoryCode = "other",
                                          .submittedBy = "Hanako <hanako@example.co.jp>",
                                          .language = "ja",
                                          .timeCreated = "about noon"});
        record.created = g.age < 0 ? 0 : now - g.age;
        setTurn(record, {.status = record.status.view(), .created = record.created});
        record.unread = g.unread;
    }
    return builder.take();
}

/// Answers in brackets what it is asked, so that a test sees what was translated.
class Bracketing : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *text, const char *, int) const override
    {
        return QByteArrayView(context).startsWith("casement::") ? u"["_s + QString::fromUtf8(text) + u"]"_s : QString();
    }
};

struct List
{
    AccountModel accounts;
    CaseListModel model{accounts};
    test::ModelWatch watch{model, [this](int row) { return model.keyAt(row).caseId; }};

    List()
    {
        accounts.setAccounts(
            {{.id = 1, .key = u"a"_s, .name = u"production"_s}, {.id = 2, .key = u"b"_s, .name = u"audit"_s}});
        model.tick(now);
    }
    QString ids() const
    {
        QStringList ids;
        for (int row = 0; row < model.rowCount(); ++row)
            ids.append(model.index(row, CaseListModel::DisplayId).data().toString());
        return ids.join(u' ');
    }
    QString cell(int row, int column, int role = Qt::DisplayRole) const
    {
        return model.index(row, column).data(role).toString();
    }
};

} // namespace

class TestCaseListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void filters_data();
    void filters();
    void typingNarrows();
    void namesFilter();
    void datesFilter();
    void sorts_data();
    void sorts();
    void servicesAreCalledAsInTheCatalog();
    void countsFollowEveryChange();
    void unreadIsBold();
    void hostileTextsHarmNothing();
    void missingMembersLeaveAUsableRow();
    void languageChangesWithoutReset();
    void timeMovesOn();
    void accountsCanBeRenamed();
    void casesOfDifferentAccountsMayShareIds();
};

void TestCaseListModel::filters_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("view");
    QTest::addColumn<QList<AccountId>>("accounts");
    QTest::addColumn<QString>("shown");

    using View = CaseFilter::View;
    const auto row = [](const char *name, const QString &words, View view, const QList<AccountId> &accounts,
                        const char *shown) {
        QTest::newRow(name) << words << int(view) << accounts << QString::fromUtf8(shown);
    };
    row("all", {}, View::All, {}, "11 12 13 14 15");
    row("what the person must answer", {}, View::NeedsReply, {}, "12");
    row("what AWS must answer, unknown states too", {}, View::WithAws, {}, "11 14 15");
    row("resolved", {}, View::Resolved, {}, "13");
    row("unread", {}, View::Unread, {}, "14");
    row("one account", {}, View::All, {2}, "12 14");
    row("a word in any case", u"TIMEOUT"_s, View::All, {}, "11 14");
    row("full-width letters", u"ｔｉｍｅｏｕｔ"_s, View::All, {}, "11 14");
    row("half-width kana", u"ﾀｲﾑｱｳﾄ"_s, View::All, {}, "13");
    row("two characters of Japanese", u"接続"_s, View::All, {}, "12 13");
    row("all words, in any order", u"lambda  timeout"_s, View::All, {}, "11 14");
    row("words apart by a Japanese space", u"接続　rds"_s, View::All, {}, "12");
    row("one letter", u"z"_s, View::All, {}, "15");
    row("a case's number", u"13"_s, View::All, {}, "13");
    row("who wrote it", u"hanako@"_s, View::All, {2}, "12 14");
    row("a code", u"critical"_s, View::All, {}, "11");
    row("a text that looks like a pattern", u".*"_s, View::All, {}, "");
    row("within a view", u"timeout"_s, View::WithAws, {1}, "11");
    row("longer than every text", QString(5000, u'x'), View::All, {}, "");
}

void TestCaseListModel::filters()
{
    QFETCH(QString, words);
    QFETCH(int, view);
    QFETCH(QList<AccountId>, accounts);
    QFETCH(QString, shown);

    List list;
    list.model.merge(made(
        {{.account = 1, .id = u"11"_s, .subject = u"Timeout of Lambda"_s, .severity = u"critical"_s, .age = 1 * hour},
         {.account = 2,
          .id = u"12"_s,
          .subject = u"RDS に接続できません"_s,
          .status = u"pending-customer-action"_s,
          .age = 2 * hour},
         {.account = 1,
          .id = u"13"_s,
          .subject = u"接続がタイムアウトする"_s,
          .status = u"resolved"_s,
          .age = 3 * hour},
         {.account = 2, .id = u"14"_s, .subject = u"lambda timeout again"_s, .age = 4 * hour, .unread = true},
         {.account = 1, .id = u"15"_s, .subject = u"zebra"_s, .status = u"under-review"_s, .age = 5 * hour}}));
    const CaseFilter filter{CaseFilter::View(view), accounts, words};
    list.model.setFilter(filter);
    QCOMPARE(list.ids(), shown);
    QVERIFY(list.watch.isRight());
    list.model.setFilter({});
    QCOMPARE(list.ids(), u"11 12 13 14 15"_s);

    // Typed letter by letter it comes to the same.
    for (qsizetype length = 0; length <= std::min<qsizetype>(words.size(), 20); ++length)
        list.model.setFilter({CaseFilter::View(view), accounts, words.first(length)});
    list.model.setFilter(filter);
    QCOMPARE(list.ids(), shown);
    QVERIFY(list.watch.isRight());
    QVERIFY(list.watch.neverReset());
}

void TestCaseListModel::typingNarrows()
{
    const auto narrows = [](const QString &from, const QString &to) {
        return CaseMatcher({CaseFilter::View::All, {}, to}).narrows(CaseMatcher({CaseFilter::View::All, {}, from}));
    };
    QVERIFY(narrows(u"tim"_s, u"time"_s));
    QVERIFY(!narrows(u"eds"_s, u"needs"_s)); // which begins a word of a name
    QVERIFY(narrows(u"tim"_s, u"tim lambda"_s));
    QVERIFY(narrows({}, u"x"_s));
    QVERIFY(!narrows(u"time"_s, u"tim"_s));
    QVERIFY(!narrows(u"a b"_s, u"a"_s));
    const CaseMatcher one({CaseFilter::View::All, {1}, {}});
    QVERIFY(one.narrows(CaseMatcher()));
    QVERIFY(!CaseMatcher().narrows(one));
    QVERIFY(
        !CaseMatcher({CaseFilter::View::Resolved, {}, {}}).narrows(CaseMatcher({CaseFilter::View::WithAws, {}, {}})));
}

void TestCaseListModel::namesFilter()
{
    List list;
    list.model.merge(made({{.id = u"1"_s, .subject = u"disk"_s, .status = u"pending-customer-action"_s},
                           {.id = u"2"_s, .subject = u"disk"_s, .status = u"opened"_s},
                           {.id = u"3"_s, .subject = u"net"_s, .status = u"reopened"_s},
                           {.id = u"4"_s, .subject = u"net"_s, .status = u"waiting-for-rain"_s}}));
    const auto shown = [&list](const QString &words) {
        CaseFilter filter;
        filter.words = words;
        list.model.setFilter(filter);
        return list.ids();
    };
    QCOMPARE(shown(u"needs"_s), u"1"_s);
    QCOMPARE(shown(u"Needs reply disk"_s), u"1"_s);
    QCOMPARE(shown(u"customer"_s), u"1"_s);
    QCOMPARE(shown(u"pending-customer-action"_s), u"1"_s);
    QCOMPARE(shown(u"opened"_s), u"2"_s);
    QCOMPARE(shown(u"reop"_s), u"3"_s);
    QCOMPARE(shown(u"rain"_s), u"4"_s); // of a status that this version does not know
    QCOMPARE(shown(u"eeds"_s), QString());
    QCOMPARE(shown(u"need"_s), u"1"_s);
    QVERIFY(list.watch.neverReset());
}

void TestCaseListModel::datesFilter()
{
    List list;
    list.model.merge(made({{.id = u"1"_s, .subject = u"disk"_s, .age = hour},
                           {.id = u"2"_s, .subject = u"disk"_s, .age = 10 * day},
                           {.id = u"3"_s, .subject = u"net"_s, .age = 40 * day},
                           {.id = u"4"_s, .subject = u"disk"_s, .age = -1}})); // nobody knows when
    const auto shown = [&list](const QString &words) {
        CaseFilter filter;
        filter.words = words;
        list.model.setFilter(filter);
        return list.ids();
    };
    QCOMPARE(shown(u"after:7d"_s), u"1"_s);
    QCOMPARE(shown(u"after:30d"_s), u"1 2"_s);
    QCOMPARE(shown(u"before:7d"_s), u"2 3"_s);
    QCOMPARE(shown(u"created-after:30d disk"_s), u"1 2"_s);
    QCOMPARE(shown(u"after:30d before:7d"_s), u"2"_s);
    QCOMPARE(shown(u"after:nonsense disk"_s), u"1 2 4"_s);
    QVERIFY(!CaseMatcher({CaseFilter::View::All, {}, u"after:30d"_s, {}})
                 .narrows(CaseMatcher({CaseFilter::View::All, {}, u"after:7d"_s, {}})));
    QVERIFY(CaseMatcher({CaseFilter::View::All, {}, u"after:7d"_s, {}})
                .narrows(CaseMatcher({CaseFilter::View::All, {}, u"after:30d"_s, {}})));
    QCOMPARE(shown(u"after:11d"_s), u"1 2"_s);
    list.model.tick(now + 3 * day); // the days go by
    QCOMPARE(list.ids(), u"1"_s);
    QVERIFY(list.watch.neverReset());
}

void TestCaseListModel::sorts_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("ascending");
    QTest::addColumn<QString>("descending");
    QTest::newRow("severity by urgency, unknown last")
        << int(CaseListModel::Severity) << u"9 10 200 x1"_s << u"200 10 9 x1"_s;
    QTest::newRow("status by who must act") << int(CaseListModel::Status) << u"10 200 9 x1"_s << u"9 200 10 x1"_s;
    QTest::newRow("subjects as a reader sorts them")
        << int(CaseListModel::Subject) << u"9 10 x1 200"_s << u"200 x1 10 9"_s;
    QTest::newRow("accounts by name, newest first")
        << int(CaseListModel::Account) << u"200 9 10 x1"_s << u"9 10 x1 200"_s;
    QTest::newRow("ids as numbers") << int(CaseListModel::DisplayId) << u"9 10 200 x1"_s << u"x1 200 10 9"_s;
    QTest::newRow("time, unknown last") << int(CaseListModel::Updated) << u"10 200 9 x1"_s << u"9 200 10 x1"_s;
    QTest::newRow("services by their names") << int(CaseListModel::Service) << u"200 9 10 x1"_s << u"x1 9 10 200"_s;
    QTest::newRow("turn, the longest waiting first")
        << int(CaseListModel::TurnColumn) << u"10 x1 200 9"_s << u"200 x1 10 9"_s;
}

void TestCaseListModel::sorts()
{
    QFETCH(int, column);
    QFETCH(QString, ascending);
    QFETCH(QString, descending);
    List list;
    list.model.merge(made({{.account = 1,
                            .id = u"9"_s,
                            .subject = u"disk 9"_s,
                            .status = u"resolved"_s,
                            .severity = u"critical"_s,
                            .age = hour},
                           {.account = 1,
                            .id = u"10"_s,
                            .subject = u"disk 10"_s,
                            .status = u"pending-customer-action"_s,
                            .severity = u"high"_s,
                            .age = 9 * hour},
                           {.account = 2,
                            .id = u"200"_s,
                            .subject = u"接続"_s,
                            .severity = u"low"_s,
                            .age = 2 * hour,
                            .service = u"amazon-athena"_s},
                           {.account = 1,
                            .id = u"x1"_s,
                            .subject = u"Disk ２０"_s,
                            .status = u"frozen"_s,
                            .severity = u"cosmic"_s,
                            .age = -1,
                            .service = u"zzz"_s}}));
    list.model.sort(column, Qt::AscendingOrder);
    QCOMPARE(list.ids(), ascending);
    list.model.sort(column, Qt::DescendingOrder);
    QCOMPARE(list.ids(), descending);
    QVERIFY(list.watch.neverReset());
}

// As AWS calls them, in their cells and in their order; the others by their own names.
void TestCaseListModel::servicesAreCalledAsInTheCatalog()
{
    List list;
    list.model.merge(made({{.account = 1, .id = u"1"_s, .service = u"amazon-athena"_s},
                           {.account = 1, .id = u"2"_s, .service = u"aws-lambda"_s},
                           {.account = 2, .id = u"3"_s, .service = u"new-service"_s},
                           {.account = 2, .id = u"4"_s, .service = u"zzz"_s}}));
    list.model.sort(CaseListModel::Service, Qt::AscendingOrder);
    QTRY_COMPARE(list.ids(), u"1 2 3 4"_s);
    QCOMPARE(list.cell(1, CaseListModel::Service), u"Lambda"_s);
    QCOMPARE(list.cell(1, CaseListModel::Category), u"Other"_s);

    CatalogNames names;
    QVERIFY(names.add({Service{u"aws-lambda"_s, u"ラムダ"_s, {{u"other"_s, u"その他"_s}}},
                       Service{u"new-service"_s, u"A New One"_s, {{u"other"_s, u"Anything else"_s}}}}));
    QVERIFY(!names.add({Service{u"aws-lambda"_s, u"ラムダ"_s, {}}}));
    list.model.setNames(names);
    QTRY_COMPARE(list.ids(), u"3 1 4 2"_s); // A New One, Athena, zzz, ラムダ
    QCOMPARE(list.cell(0, CaseListModel::Service), u"A New One"_s);
    QCOMPARE(list.cell(0, CaseListModel::Category), u"Anything else"_s);
    QCOMPARE(list.cell(1, CaseListModel::Service), u"Athena"_s);
    QCOMPARE(list.cell(1, CaseListModel::Category), u"Other"_s);
    QCOMPARE(list.cell(3, CaseListModel::Service), u"ラムダ"_s);
    QCOMPARE(list.cell(3, CaseListModel::Category), u"その他"_s);
    QVERIFY(list.cell(3, CaseListModel::Service, Qt::ToolTipRole).contains(u"aws-lambda"_s));
    QCOMPARE(names.tellingCategory("aws-lambda", "other"), u"その他"_s);
    QCOMPARE(names.tellingCategory("another", "another"), QString());
    QVERIFY(list.watch.neverReset());
}

void TestCaseListModel::countsFollowEveryChange()
{
    using View = CaseFilter::View;
    List list;
    SidebarModel sidebar(list.model, list.accounts);
    const QAbstractItemModelTester tester(&sidebar, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy changed(&list.model, &CaseListModel::countsChanged);
    list.model.merge(made({{.account = 1, .id = u"1"_s, .status = u"pending-customer-action"_s},
                           {.account = 2, .id = u"2"_s, .status = u"pending-customer-action"_s},
                           {.account = 2, .id = u"3"_s},
                           {.account = 2, .id = u"4"_s, .status = u"resolved"_s, .unread = true}}));
    QCOMPARE(changed.size(), 1);
    const auto counts = [&] {
        const CaseCounts &c = list.model.counts();
        return QList<int>{c.of(View::NeedsReply), c.of(View::WithAws), c.of(View::Resolved), c.of(View::All),
                          c.of(View::Unread)};
    };
    QCOMPARE(counts(), (QList<int>{2, 1, 1, 4, 1}));
    QCOMPARE(sidebar.indexOfView(View::NeedsReply).data(CountRole).toInt(), 2);
    QCOMPARE(sidebar.indexOfAccount(2).data(CountRole).toInt(), 1);

    list.model.setFilter({View::Resolved, {}, u"nothing has this"_s});
    QCOMPARE(counts(), (QList<int>{2, 1, 1, 4, 1})); // counts don't care for what is typed
    QCOMPARE(changed.size(), 1);

    list.model.merge(made({{.account = 2, .id = u"2"_s, .status = u"resolved"_s}}));
    QCOMPARE(changed.size(), 2);
    QCOMPARE(counts(), (QList<int>{1, 1, 2, 4, 1}));
    QCOMPARE(sidebar.indexOfAccount(2).data(CountRole).toInt(), 0);

    list.model.setFilter({View::All, {2}, {}});
    QCOMPARE(counts(), (QList<int>{0, 1, 2, 3, 1}));
    QCOMPARE(list.model.counts().needsReply.value(1), 1);

    list.model.removeCases({{2, u"case-3"_s}, {2, u"case-nobody"_s}});
    list.model.removeAccount(1);
    QCOMPARE(counts(), (QList<int>{0, 0, 2, 2, 1}));
    QCOMPARE(list.model.totalCount(), 2);
    list.model.merge(made({{.account = 2, .id = u"4"_s, .status = u"resolved"_s, .unread = true}}));
    QCOMPARE(changed.size(), 5); // the last one changed nothing
}

void TestCaseListModel::unreadIsBold()
{
    List list;
    list.model.merge(
        made({{.id = u"1"_s, .subject = u"Help"_s, .unread = true}, {.id = u"2"_s, .subject = u"Help"_s, .age = day}}));
    QVERIFY(list.model.index(0, 2).data(Qt::FontRole).value<QFont>().bold());
    QVERIFY(!list.model.index(1, 2).data(Qt::FontRole).isValid());
    QCOMPARE(list.cell(0, CaseListModel::Subject, Qt::AccessibleTextRole), u"Unread: Help"_s);
    QCOMPARE(list.model.index(0, 0).data(KeyRole).value<CaseKey>(), (CaseKey{1, u"case-1"_s}));
    QCOMPARE(list.model.rowOfCase({1, u"case-2"_s}), 1);
    QCOMPARE(list.model.rowOfCase({2, u"case-2"_s}), -1);
}

void TestCaseListModel::hostileTextsHarmNothing()
{
    List list;
    list.model.merge(made({{.id = u"1"_s,
                            .subject = u"<img src=file:///dev/zero>\u202Eabc\u0007\n<b>x"_s,
                            .severity = u"<b>bold</b>"_s}}));
    QCOMPARE(list.cell(0, CaseListModel::Subject), u"<img src=file:///dev/zero>abc\u2407 <b>x"_s);
    QVERIFY(!list.cell(0, CaseListModel::Subject, Qt::ToolTipRole).contains(u"<img"_s));
    QVERIFY(list.cell(0, CaseListModel::Subject, Qt::ToolTipRole).contains(u"&lt;img"_s));
    QCOMPARE(list.cell(0, CaseListModel::Severity), u"<b>bold</b>"_s);
    QCOMPARE(list.cell(0, CaseListModel::Created, SeverityRankRole), u"5"_s);
}

void TestCaseListModel::missingMembersLeaveAUsableRow()
{
    List list;
    list.model.merge(made({{.account = 7, .id = u"1"_s, .status = {}, .severity = {}, .age = -1, .service = {}}}));
    for (const int column : {CaseListModel::Severity, CaseListModel::Status, CaseListModel::Subject,
                             CaseListModel::Account, CaseListModel::Service, CaseListModel::Updated})
        QCOMPARE(list.cell(0, column), u"-"_s);
    QCOMPARE(list.cell(0, CaseListModel::Created), u"about noon"_s); // as the service wrote it
    QCOMPARE(list.model.keyAt(0), (CaseKey{7, u"case-1"_s}));
}

void TestCaseListModel::languageChangesWithoutReset()
{
    List list;
    list.model.merge(
        made({{.id = u"1"_s, .subject = u"Help"_s, .severity = u"urgent"_s}, {.id = u"2"_s, .severity = u"cosmic"_s}}));
    SidebarModel sidebar(list.model, list.accounts);
    QSignalSpy headers(&list.model, &QAbstractItemModel::headerDataChanged);
    const QPersistentModelIndex kept = list.model.index(1, 0);

    Bracketing translator;
    QVERIFY(QCoreApplication::installTranslator(&translator));
    list.model.retranslate();
    sidebar.retranslate();
    QCOMPARE(headers.size(), 1);
    QVERIFY(list.watch.isRight());
    QVERIFY(list.watch.neverReset());
    QVERIFY(kept.isValid());
    for (int column = 0; column < CaseListModel::ColumnCount; ++column)
        QVERIFY(list.model.headerData(column, Qt::Horizontal).toString().startsWith(u'['));
    QCOMPARE(list.cell(0, CaseListModel::Severity), u"[Urgent]"_s);
    QCOMPARE(list.cell(0, CaseListModel::Status), u"[Opened]"_s);
    QCOMPARE(list.cell(1, CaseListModel::Severity), u"cosmic"_s);
    QCOMPARE(sidebar.indexOfView(CaseFilter::View::All).data().toString(), u"[All cases]"_s);
    QCoreApplication::removeTranslator(&translator);
}

void TestCaseListModel::timeMovesOn()
{
    List list;
    list.model.merge(made({{.id = u"1"_s, .status = u"pending-customer-action"_s, .age = 2 * hour}}));
    QCOMPARE(list.cell(0, CaseListModel::Updated), u"2 h"_s);
    QCOMPARE(list.cell(0, CaseListModel::TurnColumn), u"Yours for 2 h"_s);
    list.watch.takeTold();
    QSignalSpy changed(&list.model, &QAbstractItemModel::dataChanged);
    list.model.tick(now + 3 * day);
    QCOMPARE(list.cell(0, CaseListModel::Updated), u"3 d"_s);
    QCOMPARE(list.cell(0, CaseListModel::TurnColumn), u"Yours for 3 d"_s);
    QVERIFY(list.watch.isRight());
    for (const QList<QVariant> &signal : changed) { // nothing but cells with times
        const QModelIndex from = signal[0].toModelIndex();
        QVERIFY(from.column() == CaseListModel::Updated || from.column() == CaseListModel::TurnColumn
                || from.column() == CaseListModel::DueColumn);
        QCOMPARE(signal[1].toModelIndex().column(), from.column());
    }
    QVERIFY(list.cell(0, CaseListModel::Updated, Qt::ToolTipRole)
                .contains(QDateTime::fromMSecsSinceEpoch(now).timeZoneAbbreviation()));
}

void TestCaseListModel::accountsCanBeRenamed()
{
    List list;
    list.model.merge(made({{.account = 1, .id = u"1"_s}, {.account = 2, .id = u"2"_s, .age = day}}));
    list.model.sort(CaseListModel::Account);
    QCOMPARE(list.ids(), u"2 1"_s);
    list.accounts.setAccounts(
        {{.id = 1, .key = u"a"_s, .name = u"alpha"_s}, {.id = 2, .key = u"b"_s, .name = u"zulu"_s}});
    QCOMPARE(list.ids(), u"1 2"_s);
    QCOMPARE(list.cell(0, CaseListModel::Account), u"alpha"_s);
    QVERIFY(list.watch.isRight());
    QVERIFY(list.watch.neverReset());
}

void TestCaseListModel::casesOfDifferentAccountsMayShareIds()
{
    List list;
    list.model.merge(
        made({{.account = 1, .id = u"1"_s, .subject = u"a"_s}, {.account = 2, .id = u"1"_s, .subject = u"b"_s}}));
    QCOMPARE(list.model.rowCount(), 2);
    QCOMPARE(list.model.findCase({2, u"case-1"_s})->subject.toString(), u"b"_s);
    QCOMPARE(list.model.findCase({3, u"case-1"_s}), nullptr);
}

QTEST_MAIN(TestCaseListModel)

#include "tst_caselistmodel.moc"
