#include "app/answernotifier.h"
#include "app/poller.h"
#include "archive/caserecordbuilder.h"
#include "notificationserver.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace casement;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString s_address;
constexpr AccountId account = 7;

/// What a sync says, what a person has set, and what the desktop shows of it.
struct World
{
    World()
    {
        workspace.setAccounts({{account, u"profile:prod"_s, u"Production"_s, u"aws"_s, 1}});
        notifier.setSettings(settings);
    }

    /// A case in the list, with an answer nobody has read or without one.
    void put(const QString &caseId, const QString &subject, bool unread)
    {
        CaseRecordBuilder builder;
        const QByteArray id = caseId.toUtf8();
        const QByteArray text = subject.toUtf8();
        const auto view = [](const QByteArray &bytes) {
            return std::string_view(bytes.constData(), size_t(bytes.size()));
        };
        CaseRecord &record = builder.add(
            account,
            {.caseId = view(id), .displayId = view(id), .subject = view(text), .status = "pending-customer-action"});
        record.updated = ++clock;
        record.unread = unread;
        Q_EMIT archive.casesChanged(builder.take());
    }
    void answer(const QString &caseId, const QString &text = u"Hello"_s, const QString &subject = {})
    {
        put(caseId, subject.isEmpty() ? u"Subject of "_s + caseId : subject, true);
        Q_EMIT archive.answersCame(account, {{caseId, u"key "_s + text, text, ++clock}});
    }
    void read(const QString &caseId) { put(caseId, u"Subject of "_s + caseId, false); }
    /// The numbers of cases that notifications for many tell of.
    QStringList many() const
    {
        QStringList numbers;
        for (const QString &title : server.titles())
            numbers.append(title.section(u' ', 0, 0));
        return numbers;
    }
    void set(const std::function<void(NotificationSettings &)> &change)
    {
        change(settings);
        notifier.setSettings(settings);
    }

    test::NotificationServer server{s_address};
    QTemporaryDir folder;
    UiSettings file{folder.filePath(u"casement.ini"_s)};
    JobList jobs;
    Archive archive;
    Workspace workspace{archive, jobs, file};
    DesktopNotifications desktop;
    NotificationSettings settings;
    CaseKey onScreen;
    QStringList muted;
    QDateTime now{QDate(2026, 9, 7), QTime(12, 0)};
    qint64 clock = 1000;
    AnswerNotifier notifier{workspace,
                            desktop,
                            {.isOnScreen = [this](const CaseKey &key) { return key == onScreen; },
                             .isMuted = [this](const CaseKey &key) { return muted.contains(key.caseId); },
                             .localTime = [this] { return now; },
                             .settle = 0ms}};
};

} // namespace

/// Which answers are told, how, and what a click does.
class TestAnswerNotifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneCaseIsTold();
    void theTextOnlyWhereWanted();
    void secretsAndHostileTexts();
    void aFewAreToldOneByOne();
    void manyAreToldAsOne();
    void moreOfManyJoinThem();
    void aSecondAnswerReplacesTheFirst();
    void notWhatIsOnScreenMutedOrRead();
    void notWhenSwitchedOff();
    void quietHoursHoldBack();
    void whatWasHeldBackIsToldAfterARestart();
    void whatWasReadMeanwhileIsNotTold();
    void quietHoursThatAreSwitchedOff();
    void whatIsReadIsTakenAway();
    void aClickOpensTheMessage();
    void aClickOnManyShowsTheList();
    void aPollerAsksWhenItIsTime();
};

void TestAnswerNotifier::oneCaseIsTold()
{
    World world;
    world.answer(u"1730"_s, u"Confidential words"_s, u"Intermittent 503"_s);
    QTRY_COMPARE(world.server.titles(), QStringList{u"AWS answered: Intermittent 503"_s});
    const auto shown = world.server.shown().constFirst();
    QCOMPARE(shown.body, u"Production · case 1730"_s);
    QVERIFY(shown.actions.contains(u"Open case"_s));
}

void TestAnswerNotifier::theTextOnlyWhereWanted()
{
    World world;
    world.set([](NotificationSettings &settings) { settings.showText = true; });
    world.answer(u"1"_s, u"Hello,\n\n  we <b>found</b> it. "_s + QString(500, u'x'));
    QTRY_COMPARE(world.server.shown().size(), 1);
    const QString body = world.server.shown().constFirst().body;
    QVERIFY2(body.startsWith(u"Production · case 1\nHello, we &lt;b&gt;found&lt;/b&gt; it. xx"_s), qPrintable(body));
    QVERIFY(body.endsWith(u'…'));
    QVERIFY(body.size() < 200);
}

void TestAnswerNotifier::secretsAndHostileTexts()
{
    World world;
    world.set([](NotificationSettings &settings) { settings.showText = true; });
    world.answer(u"1"_s, u"password=correct-horse-battery AKIAIOSFODNN7EXAMPLE"_s);
    QTRY_COMPARE(world.server.shown().size(), 1);
    QVERIFY2(!world.server.shown().constFirst().body.contains(u"horse"_s)
                 && !world.server.shown().constFirst().body.contains(u"FODNN7EXAMPLE"_s),
             qPrintable(world.server.shown().constFirst().body));
    // An emoji where the text is cut, halves of characters, controls, direction overrides.
    const QString hostile = QString(138, u'a') + u"😀😀"_s + QChar(0xd800) + u'\u202e' + u'\x1b';
    world.answer(u"2"_s, hostile, hostile);
    QTRY_COMPARE(world.server.shown().size(), 2);
    const auto shown = world.server.shown().constLast();
    for (const QString &text : {shown.title, shown.body}) {
        QVERIFY(!text.contains(u'\u202e') && !text.contains(u'\x1b'));
        QVERIFY(text.isValidUtf16());
    }
    QVERIFY(shown.title.size() < 130);
    world.answer(u"3"_s, {}, u" "_s);
    QTRY_COMPARE(world.server.shown().size(), 3);
}

void TestAnswerNotifier::aFewAreToldOneByOne()
{
    World world;
    for (const QString &caseId : {u"1"_s, u"2"_s, u"3"_s})
        world.answer(caseId);
    QTRY_COMPARE(world.server.titles().size(), 3);
    QCOMPARE(world.server.shown().size(), 3);
}

void TestAnswerNotifier::manyAreToldAsOne()
{
    World world;
    world.answer(u"1"_s);
    QTRY_COMPARE(world.server.titles().size(), 1);
    for (int i = 1; i <= 5; ++i)
        world.answer(QString::number(i));
    QTRY_COMPARE(world.many(), QStringList{u"5"_s}); // and what was told of one goes
    QCOMPARE(world.server.shown().constLast().body, u"Subject of 5\nSubject of 4\nSubject of 3\nand 2 more"_s);
}

void TestAnswerNotifier::moreOfManyJoinThem()
{
    World world;
    for (int i = 1; i <= 4; ++i)
        world.answer(QString::number(i));
    QTRY_COMPARE(world.many(), QStringList{u"4"_s});
    QTRY_VERIFY(world.desktop.isOpen(u"many"_s));
    for (int i = 4; i <= 8; ++i)
        world.answer(QString::number(i));
    QTRY_COMPARE(world.many(), QStringList{u"8"_s});
    // What a person put away is not told again.
    world.server.putAway(world.server.idOf(world.server.titles().constLast()));
    QTRY_VERIFY(!world.desktop.isOpen(u"many"_s));
    for (int i = 11; i <= 14; ++i)
        world.answer(QString::number(i));
    QTRY_COMPARE(world.many(), QStringList{u"4"_s});
}

void TestAnswerNotifier::aSecondAnswerReplacesTheFirst()
{
    World world;
    QSignalSpy open(&world.notifier, &AnswerNotifier::openRequested);
    world.answer(u"1"_s, u"first"_s);
    QTRY_COMPARE(world.server.titles().size(), 1);
    QTRY_VERIFY(world.desktop.isOpen(u"7 1"_s));
    world.answer(u"1"_s, u"second"_s);
    QTRY_COMPARE(world.server.shown().size(), 2);
    QCOMPARE(world.server.titles().size(), 1);
    world.server.click(world.server.idOf(u"AWS answered: Subject of 1"_s));
    QTRY_COMPARE(open.size(), 1);
    QCOMPARE(open.constFirst().at(1).toString(), u"key first"_s); // reading begins where it was left
}

void TestAnswerNotifier::notWhatIsOnScreenMutedOrRead()
{
    World world;
    world.onScreen = {account, u"on screen"_s};
    world.muted = {u"muted"_s};
    for (const QString &caseId : {u"on screen"_s, u"muted"_s, u"read"_s, u"wanted"_s})
        world.answer(caseId);
    world.read(u"read"_s); // before anything was told
    Q_EMIT world.archive.answersCame(account, {{u"unknown"_s, u"key"_s, u"text"_s, 5}});
    Q_EMIT world.archive.answersCame(99, {{u"wanted"_s, u"key"_s, u"text"_s, 5}}); // an account that was left
    QTRY_COMPARE(world.server.titles(), QStringList{u"AWS answered: Subject of wanted"_s});
    world.answer(u"last"_s);
    QTRY_COMPARE(world.server.titles().size(), 2);
    QCOMPARE(world.server.shown().size(), 2);
}

void TestAnswerNotifier::notWhenSwitchedOff()
{
    World world;
    world.answer(u"1"_s);
    QTRY_COMPARE(world.server.titles().size(), 1);
    world.set([](NotificationSettings &settings) { settings.on = false; });
    QTRY_COMPARE(world.server.titles().size(), 0); // what is on screen goes, too
    world.answer(u"2"_s);
    world.set([](NotificationSettings &settings) { settings.on = true; });
    world.answer(u"3"_s);
    QTRY_COMPARE(world.server.titles(), QStringList{u"AWS answered: Subject of 3"_s});
}

void TestAnswerNotifier::quietHoursHoldBack()
{
    World world;
    world.set([](NotificationSettings &settings) { settings.quiet.on = true; });
    world.now.setTime(QTime(22, 0));
    for (const QString &caseId : {u"1"_s, u"2"_s})
        world.answer(caseId);
    QTRY_COMPARE(world.notifier.heldBack(), 2);
    world.now = QDateTime(QDate(2026, 9, 8), QTime(7, 59));
    world.answer(u"2"_s, u"once more"_s);
    QCoreApplication::processEvents();
    world.notifier.checkQuietHours();
    QCOMPARE(world.notifier.heldBack(), 2);
    world.now = QDateTime(QDate(2026, 9, 8), QTime(8, 0));
    world.notifier.checkQuietHours();
    QTRY_COMPARE(world.server.titles().size(), 1);
    QCOMPARE(world.many(), QStringList{u"2"_s}); // one for both, though they are few
    QCOMPARE(world.notifier.heldBack(), 0);
    world.notifier.checkQuietHours();
    world.answer(u"9"_s);
    QTRY_COMPARE(world.server.titles().size(), 2);
    QVERIFY(world.server.titles().contains(u"AWS answered: Subject of 9"_s));
}

void TestAnswerNotifier::whatWasHeldBackIsToldAfterARestart()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a/casement.db"_s);
    const auto open = [&path](World &world) {
        bool opened = false;
        world.archive.open(path, &world.workspace, [&opened](const Result<void> &done) { opened = bool(done); });
        return QTest::qWaitFor([&opened] { return opened; });
    };
    {
        World world;
        QVERIFY(open(world));
        world.set([](NotificationSettings &settings) { settings.quiet.on = true; });
        world.now.setTime(QTime(22, 0));
        world.answer(u"1"_s);
        world.answer(u"2"_s);
        QTRY_COMPARE(world.notifier.heldBack(), 2);
    }
    {
        World world; // still at night
        QVERIFY(open(world));
        world.set([](NotificationSettings &settings) { settings.quiet.on = true; });
        world.now.setTime(QTime(23, 0));
        world.put(u"1"_s, u"Subject of 1"_s, true);
        world.put(u"2"_s, u"Subject of 2"_s, false); // read elsewhere
        world.notifier.restore();
        QTRY_COMPARE(world.notifier.heldBack(), 2);
        QCOMPARE(world.server.titles().size(), 0);
    }
    {
        World world;
        QVERIFY(open(world));
        world.put(u"1"_s, u"Subject of 1"_s, true);
        world.put(u"2"_s, u"Subject of 2"_s, false);
        world.notifier.restore();
        QTRY_COMPARE(world.server.titles(), QStringList{u"AWS answered: Subject of 1"_s});
    }
    World world; // once
    QVERIFY(open(world));
    world.put(u"1"_s, u"Subject of 1"_s, true);
    world.notifier.restore();
    world.answer(u"9"_s);
    QTRY_COMPARE(world.server.titles(), QStringList{u"AWS answered: Subject of 9"_s});
}

void TestAnswerNotifier::whatWasReadMeanwhileIsNotTold()
{
    World world;
    world.set([](NotificationSettings &settings) { settings.quiet.on = true; });
    world.now.setTime(QTime(22, 0));
    for (const QString &caseId : {u"1"_s, u"2"_s, u"3"_s})
        world.answer(caseId);
    QTRY_COMPARE(world.notifier.heldBack(), 3);
    world.read(u"1"_s);
    world.muted = {u"3"_s};
    world.now.setTime(QTime(9, 0));
    world.notifier.checkQuietHours();
    QTRY_COMPARE(world.server.titles(), QStringList{u"AWS answered: Subject of 2"_s}); // one case by its name
}

void TestAnswerNotifier::quietHoursThatAreSwitchedOff()
{
    World world;
    world.set([](NotificationSettings &settings) { settings.quiet.on = true; });
    world.now.setTime(QTime(22, 0));
    world.answer(u"1"_s);
    QTRY_COMPARE(world.notifier.heldBack(), 1);
    world.set([](NotificationSettings &settings) { settings.quiet.on = false; });
    QTRY_COMPARE(world.server.titles().size(), 1);
}

void TestAnswerNotifier::whatIsReadIsTakenAway()
{
    World world;
    world.answer(u"1"_s);
    world.answer(u"2"_s);
    QTRY_VERIFY(world.desktop.isOpen(u"7 1"_s) && world.desktop.isOpen(u"7 2"_s));
    QTRY_COMPARE(world.server.titles().size(), 2);
    world.read(u"1"_s);
    QTRY_COMPARE(world.server.titles(), QStringList{u"AWS answered: Subject of 2"_s});
    world.read(u"2"_s);
    for (int i = 1; i <= 4; ++i)
        world.answer(QString::number(i));
    QTRY_COMPARE(world.many(), QStringList{u"4"_s});
    for (int i = 1; i <= 4; ++i)
        world.read(QString::number(i));
    QTRY_COMPARE(world.server.titles(), QStringList());
}

void TestAnswerNotifier::aClickOpensTheMessage()
{
    World world;
    QSignalSpy open(&world.notifier, &AnswerNotifier::openRequested);
    world.answer(u"1"_s, u"first"_s);
    QTRY_VERIFY(world.desktop.isOpen(u"7 1"_s));
    QTRY_COMPARE(world.server.titles().size(), 1);
    world.answer(u"1"_s, u"second"_s);
    QTRY_COMPARE(world.server.shown().size(), 2);
    world.server.click(world.server.idOf(u"AWS answered: Subject of 1"_s), u"open"_s);
    QTRY_COMPARE(open.size(), 1);
    QCOMPARE(open.constFirst().constFirst().value<CaseKey>(), (CaseKey{account, u"1"_s}));
    world.notifier.activate(u"nobody's"_s);
    QCOMPARE(open.size(), 1);
}

void TestAnswerNotifier::aClickOnManyShowsTheList()
{
    World world;
    QSignalSpy list(&world.notifier, &AnswerNotifier::listRequested);
    for (int i = 1; i <= 4; ++i)
        world.answer(QString::number(i));
    QTRY_COMPARE(world.server.titles().size(), 1);
    for (int i = 5; i <= 8; ++i)
        world.answer(QString::number(i));
    QTRY_COMPARE(world.many(), QStringList{u"8"_s});
    world.server.click(world.server.idOf(world.server.titles().constLast()));
    QTRY_COMPARE(list.size(), 1);
}

void TestAnswerNotifier::aPollerAsksWhenItIsTime()
{
    qint64 now = Poller::clockOfThisComputer();
    QVERIFY(now > 0 && Poller::clockOfThisComputer() >= now);
    Poller poller([&now] { return now; }, [] { return 0.5; });
    QSignalSpy due(&poller, &Poller::due);
    connect(&poller, &Poller::due, &poller, [&poller](const QList<AccountId> &accounts) {
        for (const AccountId id : accounts)
            poller.started(id);
    });
    poller.add(1, true);
    poller.add(2, false);
    for (const AccountId id : {1, 2}) {
        poller.started(id);
        poller.ended(id, PollSchedule::Ending::Whole, PollPace::WaitsForAws);
    }
    poller.check();
    QCOMPARE(due.size(), 0);
    now += 120'000;
    poller.setOnline(false); // the timer is set to what is due, and fires by itself
    QTRY_COMPARE(due.size(), 1);
    QCOMPARE(due.constFirst().constFirst().value<QList<AccountId>>(), QList<AccountId>{2});
    poller.setOnline(true);
    now += 1000;
    poller.check();
    QCOMPARE(due.constLast().constFirst().value<QList<AccountId>>(), QList<AccountId>{1});
    poller.clear();
    now += 10'000'000;
    poller.check();
    QCOMPARE(due.size(), 2);
}

int main(int argc, char **argv)
{
    const test::PrivateBus bus;
    s_address = bus.address();
    QApplication application(argc, argv);
    TestAnswerNotifier test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_answernotifier.moc"
