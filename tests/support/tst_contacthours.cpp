#include "support/contacthours.h"

#include "support/timestamp.h"

#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

using Availability = ContactState::Availability;

namespace {

qint64 at(const QString &text) { return parseTimestamp(text.toStdString()); }

/// `09:00-17:00 22:00-06:00` and `2026-12-25T00:00:00Z/2026-12-26T00:00:00Z`.
CommunicationTypeOptions contact(const QString &type, const QString &hours, const QString &dates = {})
{
    CommunicationTypeOptions options;
    options.type = type;
    for (const QString &hour : hours.split(u' ', Qt::SkipEmptyParts))
        options.supportedHours.append({hour.section(u'-', 0, 0), hour.section(u'-', 1, 1)});
    for (const QString &interval : dates.split(u' ', Qt::SkipEmptyParts))
        options.datesWithoutSupport.append({interval.section(u'/', 0, 0), interval.section(u'/', 1, 1)});
    return options;
}

ContactHours hoursOf(const QList<CommunicationTypeOptions> &types, const QString &language = u"available"_s)
{
    return ContactHours(DescribeCreateCaseOptions::Response{language, types});
}

QString timeText(qint64 time)
{
    return time == 0 ? u"-"_s : QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(u"MM-dd HH:mm:ss"_s);
}

/// `open 03-02 09:00:00 … 03-02 17:00:00`.
QString sentence(const ContactState &state)
{
    const QString word = state.availability == Availability::Open ? u"open"_s
        : state.availability == Availability::Closed              ? u"closed"_s
        : state.availability == Availability::Unavailable         ? u"unavailable"_s
                                                                  : u"unknown"_s;
    QString text =
        word + (state.isDayOff ? u" off"_s : QString()) + (state.isBestEffort ? u" best effort"_s : QString());
    if (state.from != 0 || state.until != 0 || state.availability == Availability::Open)
        text += u' ' + timeText(state.from) + u" … "_s + timeText(state.until);
    return text;
}

/// `00:00-02:30 22:00-24:00`, in hours since the day's local midnight.
QString openOf(const ContactDay &day)
{
    QStringList open;
    const auto hour = [&](qint64 time) {
        const qint64 minutes = (time - day.whole.from) / 60'000;
        return u"%1:%2"_s.arg(minutes / 60, 2, 10, QLatin1Char('0')).arg(minutes % 60, 2, 10, QLatin1Char('0'));
    };
    for (const TimeSpan &span : day.open)
        open.append(hour(span.from) + u'-' + hour(span.until));
    return open.join(u' ');
}

QStringList openOf(const QList<ContactDay> &days)
{
    QStringList lines;
    for (const ContactDay &day : days)
        lines.append(openOf(day));
    return lines;
}

} // namespace

class TestContactHours : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stateAtAnInstant_data();
    void stateAtAnInstant();
    void languages_data();
    void languages();
    void typesInTheirOrder();
    void oneTypeToldTwice();
    void brokenTimesAreSkipped_data();
    void brokenTimesAreSkipped();
    void hugeAnswersTakeNoTime();
    void aWeekInTokyo();
    void daysWhenClocksChange();
    void daysOffInTheCalendar();
    void aZoneWithoutMidnight();
    void noCalendarForWhatIsNotServed();
};

void TestContactHours::stateAtAnInstant_data()
{
    QTest::addColumn<QString>("hours");
    QTest::addColumn<QString>("dates");
    QTest::addColumn<QString>("now");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char *name, const char *hours, const char *dates, const char *now, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(hours) << QString::fromUtf8(dates)
                            << QStringLiteral("2026-%1Z").arg(QLatin1StringView(now)) << QString::fromUtf8(expected);
    };
    const char *office = "09:00:00.000-17:00:00.000";
    row("at work", office, "", "03-02T12:00:00", "open 03-02 09:00:00 … 03-02 17:00:00");
    row("the first moment", office, "", "03-02T09:00:00", "open 03-02 09:00:00 … 03-02 17:00:00");
    row("the last moment", office, "", "03-02T16:59:59.999", "open 03-02 09:00:00 … 03-02 17:00:00");
    row("the end is closed", office, "", "03-02T17:00:00", "closed 03-03 09:00:00 … 03-03 17:00:00");
    row("early in the morning", office, "", "03-02T05:00:00", "closed 03-02 09:00:00 … 03-02 17:00:00");
    row("at the end of a month", office, "", "02-28T20:00:00", "closed 03-01 09:00:00 … 03-01 17:00:00");

    const char *night = "22:00:00.000-06:00:00.000";
    row("before midnight", night, "", "03-02T23:00:00", "open 03-02 22:00:00 … 03-03 06:00:00");
    row("after midnight", night, "", "03-03T05:59:00", "open 03-02 22:00:00 … 03-03 06:00:00");
    row("a night's worker by day", night, "", "03-03T06:00:00", "closed 03-03 22:00:00 … 03-04 06:00:00");

    row("round the clock", "00:00:00.000-23:59:59.999", "", "03-02T23:59:59.999", "open - … -");
    row("round the clock, in minutes", "00:00-23:59", "", "03-02T23:59:30", "open - … -");
    row("round the clock, to 24:00", "00:00:00-24:00:00", "", "03-02T00:00:00", "open - … -");
    row("equal ends are the whole day", "08:00-08:00", "", "03-02T03:00:00", "open - … -");
    row("two halves are a whole", "00:00-12:00 12:00-00:00", "", "03-02T12:00:00", "open - … -");
    row("lunch", "09:00-12:00 13:00-17:00", "", "03-02T12:30:00", "closed 03-02 13:00:00 … 03-02 17:00:00");
    row("overlapping hours are one", "13:00-17:00 09:00-14:00", "", "03-02T10:00:00",
        "open 03-02 09:00:00 … 03-02 17:00:00");
    row("an end of 59 seconds is the minute's", "09:00:00.000-16:59:59.999", "", "03-02T12:00:00",
        "open 03-02 09:00:00 … 03-02 17:00:00");

    const char *holiday = "2026-03-03T00:00:00.000+00:00/2026-03-04T23:59:59.999+00:00";
    row("a day off", office, holiday, "03-03T12:00:00", "closed off 03-05 09:00:00 … 03-05 17:00:00");
    row("the evening before", office, holiday, "03-02T18:00:00", "closed 03-05 09:00:00 … 03-05 17:00:00");
    row("until the holiday begins", "00:00-24:00", holiday, "03-02T12:00:00", "open - … 03-03 00:00:00");
    row("from when it ended", "00:00-24:00", holiday, "03-06T12:00:00", "open 03-05 00:00:00 … -");
    row("nobody comes at midnight", night, holiday, "03-02T23:00:00", "open 03-02 22:00:00 … 03-03 00:00:00");
    row("half a day off", office, "2026-03-02T12:00:00Z/2026-03-02T13:00:00Z", "03-02T12:30:00",
        "closed off 03-02 13:00:00 … 03-02 17:00:00");
    row("dates in any order, one after the other", office,
        "2026-03-04T00:00:00Z/2026-03-05T00:00:00Z 2026-03-03T00:00:00Z/2026-03-04T00:00:00Z", "03-03T01:00:00",
        "closed off 03-05 09:00:00 … 03-05 17:00:00");
    row("a bare date is the whole day", office, "2026-03-03/2026-03-03", "03-03T12:00:00",
        "closed off 03-04 09:00:00 … 03-04 17:00:00");
    row("dates with another zone", "00:00-24:00", "2026-03-03T00:00:00.000+0900/2026-03-04T00:00:00.000+0900",
        "03-02T15:00:00", "closed off 03-03 15:00:00 … -");
    row("off for ever", office, "2020-01-01T00:00:00Z/2099-01-01T00:00:00Z", "03-02T12:00:00", "closed off");
    row("no hours told", "", "", "03-02T12:00:00", "unknown");
}

void TestContactHours::stateAtAnInstant()
{
    QFETCH(QString, hours);
    QFETCH(QString, dates);
    QFETCH(QString, now);
    QFETCH(QString, expected);
    const ContactHours told = hoursOf({contact(u"chat"_s, hours, dates)});
    QCOMPARE(sentence(told.state(contacttype::chat, at(now))), expected);
}

void TestContactHours::languages_data()
{
    QTest::addColumn<QString>("availability");
    QTest::addColumn<int>("language");
    QTest::addColumn<QString>("web");
    QTest::addColumn<QString>("call");

    const auto row = [](const char *name, const char *availability, LanguageService language, const char *web,
                        const char *call) {
        QTest::newRow(name) << QString::fromLatin1(availability) << int(language) << QString::fromUtf8(web)
                            << QString::fromUtf8(call);
    };
    row("served", "available", LanguageService::Available, "open - … -", "unavailable");
    row("served, in capitals", "AVAILABLE", LanguageService::Available, "open - … -", "unavailable");
    row("as well as can be", "best_effort", LanguageService::BestEffort, "open best effort - … -",
        "unavailable best effort");
    row("not served", "unavailable", LanguageService::Unavailable, "unavailable", "unavailable");
    row("a new word", "on_request", LanguageService::Unknown, "open - … -", "unavailable");
    row("not told", "", LanguageService::Unknown, "open - … -", "unavailable");
}

void TestContactHours::languages()
{
    QFETCH(QString, availability);
    QFETCH(int, language);
    QFETCH(QString, web);
    QFETCH(QString, call);
    const ContactHours hours = hoursOf({contact(u"web"_s, u"00:00-24:00"_s)}, availability);
    QCOMPARE(int(hours.language()), language);
    QCOMPARE(sentence(hours.state(u"Web"_s, at(u"2026-03-02T12:00:00Z"_s))), web);
    QCOMPARE(sentence(hours.state(contacttype::call, at(u"2026-03-02T12:00:00Z"_s))), call);
    QCOMPARE(ContactHours().state(contacttype::web, 1), ContactState()); // an old service: nothing is known
}

void TestContactHours::typesInTheirOrder()
{
    const ContactHours hours = hoursOf({contact(u"fax"_s, {}), contact(u"call"_s, {}), contact({}, {}),
                                        contact(u"pigeon"_s, {}), contact(u"CHAT"_s, {}), contact(u" web "_s, {})});
    QCOMPARE(hours.types(), QStringList({u"web"_s, u"chat"_s, u"call"_s, u"fax"_s, u"pigeon"_s}));
    QCOMPARE(ContactHours().types(), QStringList());
}

void TestContactHours::oneTypeToldTwice()
{
    const ContactHours hours = hoursOf({contact(u"chat"_s, u"09:00-12:00"_s), contact(u"chat"_s, u"12:00-17:00"_s)});
    QCOMPARE(hours.types(), QStringList(u"chat"_s));
    QCOMPARE(sentence(hours.state(u"chat"_s, at(u"2026-03-02T11:00:00Z"_s))),
             u"open 03-02 09:00:00 … 03-02 17:00:00"_s);
}

void TestContactHours::brokenTimesAreSkipped_data()
{
    QTest::addColumn<QString>("start");
    QTest::addColumn<QString>("end");

    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("no end") << u"09:00:00.000"_s << QString();
    QTest::newRow("words") << u"nine"_s << u"five"_s;
    QTest::newRow("no such hour") << u"25:00:00"_s << u"26:00:00"_s;
    QTest::newRow("more than a day") << u"00:00:00"_s << u"24:30:00"_s;
    QTest::newRow("no such minute") << u"09:60:00"_s << u"17:00:00"_s;
    QTest::newRow("negative") << u"-1:00:00"_s << u"17:00:00"_s;
    QTest::newRow("a date") << u"2026-03-02T09:00:00Z"_s << u"2026-03-02T17:00:00Z"_s;
    QTest::newRow("other digits") << u"０９:００:００"_s << u"１７:００:００"_s;
    QTest::newRow("a lone surrogate") << u"09:00"_s + QChar(0xd800) << u"17:00"_s;
    QTest::newRow("a million characters") << QString(1'000'000, u'0') << QString(1'000'000, u'9');
}

void TestContactHours::brokenTimesAreSkipped()
{
    QFETCH(QString, start);
    QFETCH(QString, end);
    const qint64 now = at(u"2026-03-02T18:00:00Z"_s);
    CommunicationTypeOptions options = contact(u"chat"_s, {});
    options.supportedHours = {{start, end}};
    options.datesWithoutSupport = {{start, end}};
    QCOMPARE(sentence(hoursOf({options}).state(u"chat"_s, now)), u"unknown"_s);
    options.supportedHours.append({u"09:00:00.000"_s, u"17:00:00.000"_s}); // what can be read counts
    options.datesWithoutSupport = {{start, u"2026-03-09T00:00:00Z"_s},
                                   {u"2026-03-09T00:00:00Z"_s, u"2026-03-01T00:00:00Z"_s}};
    if (at(start) == 0)
        QCOMPARE(sentence(hoursOf({options}).state(u"chat"_s, now)), u"closed 03-03 09:00:00 … 03-03 17:00:00"_s);
}

void TestContactHours::hugeAnswersTakeNoTime()
{
    CommunicationTypeOptions options = contact(u"chat"_s, {});
    for (int i = 0; i < 200'000; ++i) {
        const QString time =
            u"%1:%2:00"_s.arg(i / 60 % 24, 2, 10, QLatin1Char('0')).arg(i % 60, 2, 10, QLatin1Char('0'));
        options.supportedHours.append({time, time.chopped(2) + u"30"_s});
        const qint64 date = at(u"2026-03-02"_s) + i * 120'000LL;
        options.datesWithoutSupport.append({timestampText(date), timestampText(date + 60'000)});
    }
    QList<CommunicationTypeOptions> types(50, options);
    for (int i = 0; i < 100'000; ++i)
        types.append(contact(QString::number(i), u"09:00-17:00"_s));
    const ContactHours hours = hoursOf(types);
    QCOMPARE(hours.state(u"chat"_s, at(u"2026-03-02T12:00:00Z"_s)).availability, Availability::Closed);
    QCOMPARE(hours.calendar(u"chat"_s, QDate(2026, 3, 2), 7, QTimeZone::utc()).size(), 7);
}

void TestContactHours::aWeekInTokyo()
{
    const QTimeZone tokyo("Asia/Tokyo");
    if (!tokyo.isValid())
        QSKIP("no time zones on this computer");
    const ContactHours hours = hoursOf(
        {contact(u"chat"_s, u"00:00:00.000-09:00:00.000"_s), contact(u"call"_s, u"12:00:00.000-18:00:00.000"_s)});
    const QList<ContactDay> week = hours.calendar(u"chat"_s, QDate(2026, 3, 2), 7, tokyo);
    QCOMPARE(week.size(), 7);
    for (int i = 0; i < 7; ++i) {
        QCOMPARE(week[i].date, QDate(2026, 3, 2).addDays(i));
        QCOMPARE(openOf(week[i]), u"09:00-18:00"_s);
        QVERIFY(!week[i].isDayOff);
    }
    // Through the local midnight: two stretches that belong to two days.
    QCOMPARE(openOf(hours.calendar(u"call"_s, QDate(2026, 3, 2), 1, tokyo)), QStringList(u"00:00-03:00 21:00-24:00"_s));
}

void TestContactHours::daysWhenClocksChange()
{
    const QTimeZone berlin("Europe/Berlin");
    if (!berlin.isValid())
        QSKIP("no time zones on this computer");
    const ContactHours hours = hoursOf({contact(u"chat"_s, u"08:00-16:00"_s), contact(u"web"_s, u"00:00-24:00"_s)});
    constexpr qint64 hour = 3'600'000;
    // 2026-03-29 has 23 hours, 2026-10-25 has 25: opening hours move by one on the wall, as they are kept in UTC.
    const QList<ContactDay> spring = hours.calendar(u"chat"_s, QDate(2026, 3, 28), 3, berlin);
    QCOMPARE(spring[1].whole.until - spring[1].whole.from, 23 * hour);
    QCOMPARE(spring[1].whole.until, spring[2].whole.from);
    QCOMPARE(spring[0].open, QList<TimeSpan>({{at(u"2026-03-28T08:00:00Z"_s), at(u"2026-03-28T16:00:00Z"_s)}}));
    QCOMPARE(spring[1].open, QList<TimeSpan>({{at(u"2026-03-29T08:00:00Z"_s), at(u"2026-03-29T16:00:00Z"_s)}}));
    QCOMPARE(openOf(spring), QStringList({u"09:00-17:00"_s, u"09:00-17:00"_s, u"10:00-18:00"_s})); // hours since 0:00
    const QList<ContactDay> autumn = hours.calendar(u"web"_s, QDate(2026, 10, 25), 1, berlin);
    QCOMPARE(autumn[0].whole.until - autumn[0].whole.from, 25 * hour);
    QCOMPARE(openOf(autumn), QStringList(u"00:00-25:00"_s));
}

void TestContactHours::daysOffInTheCalendar()
{
    const QTimeZone tokyo("Asia/Tokyo");
    if (!tokyo.isValid())
        QSKIP("no time zones on this computer");
    const ContactHours hours =
        hoursOf({contact(u"chat"_s, u"00:00-24:00"_s, u"2026-03-03T00:00:00Z/2026-03-03T23:59:59.999Z"_s)});
    const QList<ContactDay> days = hours.calendar(u"chat"_s, QDate(2026, 3, 2), 4, tokyo);
    QCOMPARE(openOf(days), QStringList({u"00:00-24:00"_s, u"00:00-09:00"_s, u"09:00-24:00"_s, u"00:00-24:00"_s}));
    QCOMPARE(days[0].isDayOff, false);
    QCOMPARE(days[1].isDayOff, true);
    QCOMPARE(days[2].isDayOff, true);
    QCOMPARE(days[3].isDayOff, false);
}

void TestContactHours::aZoneWithoutMidnight()
{
    const ContactHours hours = hoursOf({contact(u"web"_s, u"00:00-24:00"_s)});
    const QTimeZone santiago("America/Santiago"); // 2026-09-06 begins at 1:00
    if (!santiago.isValid())
        QSKIP("no time zones on this computer");
    const QList<ContactDay> days = hours.calendar(u"web"_s, QDate(2026, 9, 5), 3, santiago);
    QCOMPARE(days[0].whole.until, days[1].whole.from);
    QCOMPARE(days[1].whole.until, days[2].whole.from);
    QCOMPARE(openOf(days), QStringList({u"00:00-24:00"_s, u"00:00-23:00"_s, u"00:00-24:00"_s}));
    QCOMPARE(hours.calendar(u"web"_s, QDate(2026, 9, 5), 3, QTimeZone()),
             hours.calendar(u"web"_s, QDate(2026, 9, 5), 3, QTimeZone::utc()));
}

void TestContactHours::noCalendarForWhatIsNotServed()
{
    const QList<CommunicationTypeOptions> web{contact(u"web"_s, u"00:00-24:00"_s)};
    const QStringList nothing{QString(), QString()};
    QCOMPARE(openOf(hoursOf(web, u"unavailable"_s).calendar(u"web"_s, QDate(2026, 3, 2), 2, QTimeZone::utc())),
             nothing);
    QCOMPARE(openOf(hoursOf(web).calendar(u"call"_s, QDate(2026, 3, 2), 2, QTimeZone::utc())), nothing);
    QCOMPARE(openOf(ContactHours().calendar(u"web"_s, QDate(2026, 3, 2), 2, QTimeZone::utc())), nothing);
}

QTEST_APPLESS_MAIN(TestContactHours)
#include "tst_contacthours.moc"
