#include "models/deadlines.h"
#include "models/recordmodel.h"

#include <QDateTime>
#include <QTest>

#include <limits>

using namespace casement;
using namespace Qt::StringLiterals;
using Kind = Deadline::Kind;

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;
constexpr qint64 never = std::numeric_limits<qint64>::max();

qint64 at(const char *time)
{
    return QDateTime::fromString(QString::fromLatin1(time), Qt::ISODateWithMs).toMSecsSinceEpoch();
}

const qint64 start = at("2026-01-03T05:00:00Z");

struct Case
{
    const char *status = "unassigned";
    const char *severity = "urgent";
    Turn turn = Turn::Aws;
    qint64 created = start;
    qint64 turnSince = start;
    qint64 updated = start;
    qint64 answered = 0;
    FirstAnswer firstAnswer = FirstAnswer::NotYet;
};

Deadline deadlineOf(const Case &c, const ResponseTargets &targets = ResponseTargets::forPlan(u"enterprise"_s))
{
    Arena arena;
    CaseRecord record;
    record.status = arena.add(std::string_view(c.status));
    record.severityCode = arena.add(std::string_view(c.severity));
    record.turn = c.turn;
    record.created = c.created;
    record.turnSince = c.turnSince;
    record.updated = c.updated;
    record.answered = c.answered;
    record.firstAnswer = c.answered ? FirstAnswer::Given : c.firstAnswer;
    return Deadlines::of(record, targets);
}

const Case waiting{
    .status = "pending-customer-action", .turn = Turn::You, .turnSince = start + hour, .updated = start + hour};
const Case resolved{.status = "resolved", .turn = Turn::Nobody, .updated = start + day};

const QLocale english(QLocale::English, QLocale::UnitedStates);

} // namespace

Q_DECLARE_METATYPE(Case)

class TestDeadlines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void shortTexts_data();
    void shortTexts();
    void longTexts_data();
    void longTexts();
    void longTextsInUtc();
    void reopeningIsToldAlike();
    void soonestFirst();
    void textsChangeWhenTold_data();
    void textsChangeWhenTold();
    void strangeTimes_data();
    void strangeTimes();
    void targetsOfPlans_data();
    void targetsOfPlans();
    void targetsAsText();
    void badTargets_data();
    void badTargets();
};

void TestDeadlines::initTestCase() { qputenv("TZ", "Asia/Tokyo"); }

void TestDeadlines::shortTexts_data()
{
    QTest::addColumn<Case>("c");
    QTest::addColumn<qint64>("now");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const Case &c, qint64 now, const char *text) {
        QTest::newRow(name) << c << now << QString::fromLatin1(text);
    };
    row("a new case", {}, start, "answer due in 1 h");
    row("after a moment", {}, start + 1, "answer due in 59 min");
    row("the last minute", {}, start + hour - 1, "answer due in 1 min");
    row("the target is reached", {}, start + hour, "answer 1 min late");
    row("late by hours", {}, start + 3 * hour + 1, "answer 2 h late");
    row("late by days", {}, start + 4 * day, "answer 3 d late");
    row("each severity has its own", {.severity = "low"}, start, "answer due in 1 d");
    row("an engineer is on it, and silent", {.status = "work-in-progress"}, start, "answer due in 1 h");
    row("a status of tomorrow", {.status = "escalated"}, start, "answer due in 1 h");
    row("a severity of tomorrow", {.severity = "cosmic"}, start, "");
    row("no severity", {.severity = ""}, start, "");
    row("AWS has answered", {.status = "work-in-progress", .answered = start + minute}, start + hour, "");
    row("messages are missing, and one may be the answer", {.firstAnswer = FirstAnswer::NotKnown}, start + 2 * hour,
        "");
    row("AWS has answered, and when is not known", {.firstAnswer = FirstAnswer::Given}, start + 2 * hour, "");
    row("the person answered what AWS asked",
        {.status = "customer-action-completed", .firstAnswer = FirstAnswer::Given}, start, "");
    row("the person adds something before AWS answers", {.status = "customer-action-completed"}, start,
        "answer due in 1 h");
    row("it came back", {.status = "reopened"}, start, "");
    row("a case that the service no longer lists", {.turn = Turn::Nobody}, start, "");
    row("AWS has asked", waiting, start + hour, "closes in about 5 d");
    row("AWS asked days ago", waiting, start + 3 * day, "closes in about 2 d");
    row("AWS asked too long ago", waiting, start + 9 * day, "may be closed any time");
    row("resolved", resolved, start + day, "can be reopened until 18 Jan 2026");
    row("resolved three days ago", resolved, start + 4 * day - minute, "can be reopened until 18 Jan 2026");
    row("resolved yesterday two weeks ago", resolved, start + 15 * day - hour, "can be reopened until 18 Jan 2026");
    row("resolved too long ago", resolved, start + 15 * day, "");
    row("a clock that is behind", {}, start - 2 * hour, "answer due in 3 h");
}

void TestDeadlines::shortTexts()
{
    QFETCH(Case, c);
    QFETCH(qint64, now);
    QFETCH(QString, text);
    QCOMPARE(Deadlines::shortText(deadlineOf(c), now), text);
}

void TestDeadlines::longTexts_data()
{
    QTest::addColumn<Case>("c");
    QTest::addColumn<qint64>("now");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const Case &c, qint64 now, const char *text) {
        QTest::newRow(name) << c << now << QString::fromLatin1(text);
    };
    row("a new case", {}, start, "AWS aims to answer first by 1/3/2026 3:00:00 PM JST (1/3/2026 6:00:00 AM UTC).");
    row("late", {}, start + 3 * hour,
        "AWS aimed to answer first by 1/3/2026 3:00:00 PM JST (1/3/2026 6:00:00 AM UTC). The answer is 2 "
        "hour(s) late.");
    row("the target was met", {.status = "work-in-progress", .answered = start + minute}, start + day,
        "AWS first answered at 1/3/2026 2:01:00 PM JST (1/3/2026 5:01:00 AM UTC), within its target of 1 "
        "hour(s).");
    row("the target was met in the last moment", {.status = "work-in-progress", .answered = start + hour}, start + day,
        "AWS first answered at 1/3/2026 3:00:00 PM JST (1/3/2026 6:00:00 AM UTC), within its target of 1 "
        "hour(s).");
    row("the target was missed", {.status = "work-in-progress", .answered = start + 80 * minute}, start + day,
        "AWS first answered at 1/3/2026 3:20:00 PM JST (1/3/2026 6:20:00 AM UTC), 20 minute(s) after its "
        "target.");
    row("an answer to a severity of tomorrow", {.status = "opened", .severity = "x", .answered = start}, start, "");
    row("AWS has asked", waiting, start + hour,
        "AWS waits for your answer. Without one it closes this case at about 1/8/2026 3:00 PM JST.");
    row("AWS asked too long ago", waiting, start + 9 * day,
        "AWS has been waiting for your answer for days and may close this case any time.");
    row("resolved", resolved, start + 2 * day,
        "A reply reopens this case until about 1/18/2026 2:00 PM JST. After that it takes a new case.");
    row("resolved too long ago", resolved, start + 20 * day,
        "A reply could reopen this case until about 1/18/2026 2:00 PM JST. Now it takes a new case.");
    Case both = waiting;
    both.answered = start + hour;
    row("two things to say", both, start + 9 * day,
        "AWS has been waiting for your answer for days and may close this case any time.\n"
        "AWS first answered at 1/3/2026 3:00:00 PM JST (1/3/2026 6:00:00 AM UTC), within its target of 1 "
        "hour(s).");
    row("nothing to say", {.severity = "x"}, start, "");
}

void TestDeadlines::longTexts()
{
    QFETCH(Case, c);
    QFETCH(qint64, now);
    QFETCH(QString, text);
    if (QDateTime::fromMSecsSinceEpoch(start).offsetFromUtc() != 9 * 3600)
        QSKIP("no time zones on this computer");
    QCOMPARE(Deadlines::longText(deadlineOf(c), now, english), text);
}

void TestDeadlines::longTextsInUtc()
{
    qputenv("TZ", "UTC");
    const QString text = Deadlines::longText(deadlineOf({}), start, english);
    qputenv("TZ", "Asia/Tokyo");
    QCOMPARE(text, u"AWS aims to answer first by 1/3/2026 6:00:00 AM UTC."_s);
}

// What the question before resolving says is what the resolved case says.
void TestDeadlines::reopeningIsToldAlike()
{
    CaseRecord record;
    Arena arena;
    record.status = arena.add(std::string_view("pending-customer-action"));
    record.turn = Turn::You;
    record.created = start;
    record.updated = start + day;
    const ResponseTargets targets = ResponseTargets::forPlan({});
    const Deadline asked = Deadlines::ifResolved(record, targets);
    record.status = arena.add(std::string_view("resolved"));
    record.turn = Turn::Nobody;
    const Deadline later = Deadlines::of(record, targets);
    QCOMPARE(asked.due, later.due);
    QCOMPARE(Deadlines::longText(later, start + 2 * day, english), Deadlines::reopenSentence(asked, english));
}

void TestDeadlines::soonestFirst()
{
    const qint64 now = start + 2 * hour;
    const auto key = [now](const Case &c) { return Deadlines::sortKey(deadlineOf(c), now); };
    QVERIFY(key({.severity = "critical"}) < key({})); // the one that is later behind
    QVERIFY(key({}) < key({.severity = "high"}));
    QVERIFY(key({.severity = "high"}) < key(waiting));
    QVERIFY(key(waiting) < key(resolved));
    QCOMPARE(key({.severity = "x"}), sortsLast);
    QCOMPARE(Deadlines::sortKey(deadlineOf(resolved), start + 20 * day), sortsLast);
    QCOMPARE(Deadlines::sortKey(deadlineOf(waiting), start + 20 * day),
             start + hour + 5 * day); // it may be closed: urgent
}

void TestDeadlines::textsChangeWhenTold_data()
{
    QTest::addColumn<Case>("c");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<int>("changes");
    // From a moment on: so many changes, and then none, or more than anybody waits for.
    QTest::newRow("an answer") << Case{.severity = "low"} << start - 70 * day << 400;
    QTest::newRow("an answer, between two changes") << Case{} << start + 12345 << 400;
    QTest::newRow("closing") << waiting << start << 4 + 23 + 59 + 1;
    QTest::newRow("reopening") << resolved << start + day + 1 << 1;
    QTest::newRow("nothing") << Case{.severity = "x"} << start << 0;
}

// Follows the timer, and looks that nothing changes in between.
void TestDeadlines::textsChangeWhenTold()
{
    QFETCH(Case, c);
    QFETCH(qint64, from);
    QFETCH(int, changes);
    const Deadline deadline = deadlineOf(c);
    qint64 now = from;
    int seen = 0;
    for (; seen < changes; ++seen) {
        const qint64 next = Deadlines::nextChange(deadline, now);
        const QString text = Deadlines::shortText(deadline, now);
        QVERIFY2(next > now, qPrintable(text));
        for (const qint64 between : {now + (next - now) / 3, now + (next - now) / 2, next - 1})
            QCOMPARE(Deadlines::shortText(deadline, between), text);
        QVERIFY2(Deadlines::shortText(deadline, next) != text, qPrintable(text));
        QCOMPARE(Deadlines::nextChange(deadline, next - 1), next);
        now = next;
    }
    if (changes < 400)
        QCOMPARE(Deadlines::nextChange(deadline, now), 0);
}

void TestDeadlines::strangeTimes_data()
{
    QTest::addColumn<qint64>("time");
    for (const qint64 time : {never, never - 1, std::numeric_limits<qint64>::min(), qint64(-1), qint64(0), qint64(1),
                              at("9999-12-31T23:59:59Z"), at("1971-01-01T00:00:00Z")})
        QTest::newRow(qPrintable(QString::number(time))) << time;
}

void TestDeadlines::strangeTimes()
{
    QFETCH(qint64, time);
    for (const char *status : {"unassigned", "pending-customer-action", "resolved"}) {
        for (const Turn turn : {Turn::Nobody, Turn::You, Turn::Aws}) {
            const Deadline deadline = deadlineOf({.status = status,
                                                  .turn = turn,
                                                  .created = time,
                                                  .turnSince = time,
                                                  .updated = time,
                                                  .answered = turn == Turn::You ? time : 0});
            const bool isKnown = time > 0 && time < never - 1;
            if (!isKnown)
                QCOMPARE(deadline, Deadline());
            for (const qint64 now : {qint64(0), start, at("9999-12-31T00:00:00Z")}) {
                Deadlines::longText(deadline, now, english);
                QCOMPARE(Deadlines::shortText(deadline, now).isEmpty(),
                         deadline.kind == Kind::None || (deadline.kind == Kind::Reopen && deadline.isPast(now)));
                const qint64 next = Deadlines::nextChange(deadline, now);
                QVERIFY(next == 0 || next > now);
            }
        }
    }
}

void TestDeadlines::targetsOfPlans_data()
{
    QTest::addColumn<QString>("plan");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *plan, const char *minutes) {
        QTest::newRow(plan) << QString::fromLatin1(plan)
                            << u"{\"daysToReopen\":14,\"daysUntilClosed\":5,\"minutes\":{%1}}"_s.arg(
                                   QString::fromLatin1(minutes));
    };
    row("basic", "");
    row("developer", R"("low":1440,"normal":720)");
    row("business", R"("high":240,"low":1440,"normal":720,"urgent":60)");
    row("enterprise-on-ramp", R"("critical":30,"high":240,"low":1440,"normal":720,"urgent":60)");
    row("enterprise", R"("critical":15,"high":240,"low":1440,"normal":720,"urgent":60)");
    row("one of tomorrow", R"("critical":15,"high":240,"low":1440,"normal":720,"urgent":60)");
}

void TestDeadlines::targetsOfPlans()
{
    QFETCH(QString, plan);
    QFETCH(QString, text);
    const ResponseTargets targets = ResponseTargets::forPlan(plan);
    QCOMPARE(targets.toText(), text);
    QStringList problems;
    QCOMPARE(ResponseTargets::fromText(text, ResponseTargets::forPlan(u"basic"_s), &problems), targets);
    QCOMPARE(problems, QStringList());
    QCOMPARE(ResponseTargets::plans().contains(plan), plan != u"one of tomorrow"_s);
}

void TestDeadlines::targetsAsText()
{
    ResponseTargets targets = ResponseTargets::forPlan(u"business"_s);
    targets.minutes["urgent"] = 0; // no target
    targets.minutes["cosmic \"1\""] = 5;
    targets.daysUntilClosed = 0;
    targets.daysToReopen = 30;
    QCOMPARE(ResponseTargets::fromText(targets.toText()).minutesFor("cosmic \"1\""), 5);
    QCOMPARE(ResponseTargets::fromText(targets.toText(), targets), targets);
    QCOMPARE(deadlineOf({}, targets), (Deadline{.created = start}));
    QCOMPARE(deadlineOf(waiting, targets).kind, Kind::None);
    QCOMPARE(Deadlines::shortText(deadlineOf(resolved, targets), start + day), u"can be reopened until 3 Feb 2026"_s);
}

void TestDeadlines::badTargets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("problems");
    const auto row = [](const char *name, const QString &text, const QStringList &problems = {}) {
        QTest::newRow(name) << text << problems;
    };
    const QString unreadable = u"The response targets can't be read. The usual ones are used."_s;
    const auto badMinutes = [](const QString &code) {
        return u"The response target for “%1” is not a whole number of minutes from 0 to 86400. The usual one is used."_s
            .arg(code);
    };
    const auto badDays = [](const QString &member) {
        return u"“%1” is not a whole number of days from 0 to 365. The usual one is used."_s.arg(member);
    };
    row("nothing", QString());
    row("white space", u" \n"_s);
    row("an empty object", u"{}"_s);
    row("members of tomorrow", u"{\"x\":1}"_s);
    row("no JSON", u"urgent=60"_s, {unreadable});
    row("a list", u"[]"_s, {unreadable});
    row("half of it", u"{\"minutes\":{\"urgent\":60}"_s, {unreadable});
    row("far too much", u"{\"x\":\""_s + QString(100'000, u'x') + u"\"}"_s, {unreadable});
    row("very deep", QString(20'000, u'['), {unreadable});
    row("a lone surrogate", QString(QChar(0xd83d)), {unreadable});
    row("minutes that are no object", u"{\"minutes\":60}"_s,
        {u"The response targets name no severities. The usual ones are used."_s});
    for (const char *bad : {"-1", "1.5", "\"60\"", "null", "true", "86401", "1e300", "{}"})
        row(bad, u"{\"minutes\":{\"urgent\":%1},\"daysToReopen\":%1}"_s.arg(QString::fromLatin1(bad)),
            {badDays(u"daysToReopen"_s), badMinutes(u"urgent"_s)});
    row("too many days", u"{\"daysUntilClosed\":366}"_s, {badDays(u"daysUntilClosed"_s)});
    row("no code", u"{\"minutes\":{\"\":5}}"_s, {badMinutes(QString())});
    row("a long code", u"{\"minutes\":{\"%1\":5}}"_s.arg(QString(100, u'x')), {badMinutes(QString(64, u'x'))});
    row("a code that moves cursors", u"{\"minutes\":{\"a\\u001b\":-5}}"_s, {badMinutes(u"a␛"_s)});
}

void TestDeadlines::badTargets()
{
    QFETCH(QString, text);
    QFETCH(QStringList, problems);
    const ResponseTargets defaults = ResponseTargets::forPlan(u"business"_s);
    QStringList told;
    QCOMPARE(ResponseTargets::fromText(text, defaults, &told), defaults);
    QCOMPARE(told, problems);
    QCOMPARE(ResponseTargets::fromText(text, defaults), defaults); // who does not want to know needs not
}

QTEST_APPLESS_MAIN(TestDeadlines)
#include "tst_deadlines.moc"
