#include "archive/casemarks.h"

#include "archive/casestore.h"
#include "archive/savedfilters.h"
#include "archive/schema.h"
#include "archivefixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

bool load(CaseMarks &marks)
{
    QSignalSpy loaded(&marks, &CaseMarks::loaded);
    marks.load();
    return loaded.wait(30'000);
}

bool load(SavedFilters &filters)
{
    QSignalSpy changed(&filters, &SavedFilters::changed);
    filters.load();
    return changed.wait(30'000);
}

QStringList names(const SavedFilters &filters)
{
    QStringList names;
    for (const SavedFilter &filter : filters.filters())
        names.append(filter.name);
    return names;
}

} // namespace

class TestCaseMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marksAreThereAfterARestart();
    void twoProgramsWinByField();
    void aMarkNeedsNoCase();
    void whatSaysNothingTakesNoRoom();
    void whatIsSetWhileReadingStays();
    void eachCaseIsToldOnce();
    void tagsAreClean_data();
    void tagsAreClean();
    void tagsOfSeveralCases();
    void hostileNotesComeBack_data();
    void hostileNotesComeBack();
    void whatCannotBeStoredIsTold();
    void ofNoAccountNothingIsKept();
    void searchFindsNotesAndTags_data();
    void searchFindsNotesAndTags();
    void ownWordsLeaveHalfOfTheRoom();
    void filtersAreThereAfterARestart();
    void filtersAreSavedByTwoPrograms();
};

void TestCaseMarks::marksAreThereAfterARestart()
{
    test::ArchiveFixture fixture;
    const AccountId account = fixture.account().id;
    const CaseKey key{account, u"case-1"_s};
    const CaseMark mark{.starred = true, .muted = true, .tags = {u"本番"_s, u"ALB"_s}, .note = u"see\nticket 7"_s};
    {
        CaseMarks marks(fixture.archive());
        QVERIFY(load(marks));
        marks.setStarred({key}, true);
        marks.setMuted({key}, true);
        marks.changeTags({key}, mark.tags, {});
        marks.setNote(key, mark.note);
        QCOMPARE(marks.of(key), mark);
    } // what is set is on its way already: nothing has to be asked for
    fixture.reopen();
    CaseMarks marks(fixture.archive());
    QCOMPARE(marks.of(key), CaseMark());
    QVERIFY(load(marks));
    QCOMPARE(marks.of(key), mark);
    QCOMPARE(marks.tags(), QStringList({u"ALB"_s, u"本番"_s}));
    QCOMPARE(marks.of(account, u"case-2"_s), CaseMark());
    QCOMPARE(marks.of(account + 1, u"case-1"_s), CaseMark());
}

void TestCaseMarks::twoProgramsWinByField()
{
    test::ArchiveFixture fixture;
    const CaseKey key{fixture.account().id, u"case-1"_s};
    CaseMarks first(fixture.archive());
    QVERIFY(load(first));
    {
        Archive archive;
        const Result<void> opened =
            test::answerOf<void>([&](auto done) { archive.open(fixture.path(), &archive, std::move(done)); });
        QVERIFY(opened);
        CaseMarks second(archive);
        QVERIFY(load(second));
        second.setNote(key, u"theirs"_s);
        second.setMuted({key}, true);
    }
    first.setStarred({key}, true); // does not know of the note, and leaves it alone
    first.setMuted({key}, true);
    first.setMuted({key}, false);
    fixture.reopen();
    CaseMarks after(fixture.archive());
    QVERIFY(load(after));
    QCOMPARE(after.of(key), (CaseMark{.starred = true, .muted = false, .tags = {}, .note = u"theirs"_s}));
}

void TestCaseMarks::aMarkNeedsNoCase()
{
    test::ArchiveFixture fixture;
    const CaseKey key{fixture.account().id, u"case-that-no-row-has"_s};
    QVERIFY(fixture.cases().empty());
    {
        CaseMarks marks(fixture.archive());
        marks.setNote(key, u"still here"_s);
    }
    fixture.reopen();
    CaseMarks marks(fixture.archive());
    QVERIFY(load(marks));
    QCOMPARE(marks.of(key).note, u"still here"_s);
}

void TestCaseMarks::whatSaysNothingTakesNoRoom()
{
    test::ArchiveFixture fixture;
    const CaseKey key{fixture.account().id, u"case-1"_s};
    {
        CaseMarks marks(fixture.archive());
        QVERIFY(load(marks));
        marks.setStarred({key}, true);
        marks.setNote(key, u"x"_s);
        marks.setStarred({key}, false);
        QVERIFY(!marks.isEmpty());
        marks.setNote(key, {});
        QVERIFY(marks.isEmpty());
    }
    fixture.reopen();
    auto database = Database::open(fixture.path(), archiveMigrations());
    QVERIFY(database);
    const Result<QList<StoredMark>> stored = loadCaseMarks(**database);
    QVERIFY(stored);
    QVERIFY(stored->isEmpty());
}

void TestCaseMarks::whatIsSetWhileReadingStays()
{
    test::ArchiveFixture fixture;
    const CaseKey key{fixture.account().id, u"case-1"_s};
    CaseMarks marks(fixture.archive());
    QSignalSpy loaded(&marks, &CaseMarks::loaded);
    marks.load();
    marks.setStarred({key}, true); // the answer on its way does not know of it
    QVERIFY(loaded.wait(30'000));
    QVERIFY(marks.of(key).starred);
    QCOMPARE(loaded.count(), 1);
}

void TestCaseMarks::eachCaseIsToldOnce()
{
    test::ArchiveFixture fixture;
    const AccountId account = fixture.account().id;
    CaseMarks marks(fixture.archive());
    QVERIFY(load(marks));
    QSignalSpy changed(&marks, &CaseMarks::changed);
    const CaseKey one{account, u"case-1"_s};
    const CaseKey two{account, u"case-2"_s};
    marks.setStarred({one, two}, true);
    QCOMPARE(changed.count(), 2);
    QCOMPARE(changed.at(1).at(1).toString(), u"case-2"_s);
    marks.setStarred({one, two}, true);
    marks.setNote(one, {});
    marks.changeTags({one}, {}, {u"never there"_s});
    QCOMPARE(changed.count(), 2);
}

void TestCaseMarks::tagsAreClean_data()
{
    QTest::addColumn<QStringList>("typed");
    QTest::addColumn<QStringList>("kept");
    const auto row = [](const char *name, const QStringList &typed, const QStringList &kept) {
        QTest::newRow(name) << typed << kept;
    };
    row("spaces around go", {u"  prod \t"_s}, {u"prod"_s});
    row("a tag is one line", {u"a\nb"_s}, {u"a b"_s});
    row("the same in another case is the same", {u"Prod"_s, u"prod"_s, u"ＰＲＯＤ"_s}, {u"Prod"_s});
    row("empty ones are none", {u""_s, u"   "_s}, {});
    row("control characters go", {u"a\u0007b"_s}, {u"ab"_s});
    row("overlong ones are cut", {QString(5000, u'x')}, {QString(60, u'x')});
    row("no half of a character stays", {QString(59, u'x') + u"😀"_s}, {QString(59, u'x')});
    row("a lone surrogate is replaced", {QString(QChar(0xd800)) + u"a"_s}, {u"\ufffda"_s});
}

void TestCaseMarks::tagsAreClean()
{
    QFETCH(QStringList, typed);
    QFETCH(QStringList, kept);
    QCOMPARE(cleanTags(typed), kept);
}

void TestCaseMarks::tagsOfSeveralCases()
{
    test::ArchiveFixture fixture;
    const AccountId account = fixture.account().id;
    CaseMarks marks(fixture.archive());
    const CaseKey one{account, u"case-1"_s};
    const CaseKey two{account, u"case-2"_s};
    marks.changeTags({one}, {u"prod"_s, u"alb"_s}, {});
    marks.changeTags({one, two}, {u"review"_s}, {u"prod"_s});
    QCOMPARE(marks.of(one).tags, QStringList({u"alb"_s, u"review"_s}));
    QCOMPARE(marks.of(two).tags, QStringList({u"review"_s}));
    QCOMPARE(marks.tags(), QStringList({u"alb"_s, u"review"_s}));
    QCOMPARE(marks.tagRank(u"review"_s), 1);
    QCOMPARE(marks.tagRank(u"prod"_s), -1);
}

void TestCaseMarks::hostileNotesComeBack_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("kept");
    QTest::newRow("a quote is no SQL") << u"'); DROP TABLE caseMarks; --"_s << u"'); DROP TABLE caseMarks; --"_s;
    QTest::newRow("emoji and kanji") << u"😀 障害\t対応\n"_s << u"😀 障害\t対応\n"_s;
    QTest::newRow("NUL goes") << u"a"_s + QChar(QChar::Null) + u"b"_s << u"ab"_s;
    QTest::newRow("a lone surrogate is replaced") << u"a"_s + QChar(0xdc00) + u"b"_s << u"a\ufffdb"_s;
    QTest::newRow("a million characters") << QString(1'000'000, u'あ') << QString(1'000'000, u'あ');
}

void TestCaseMarks::hostileNotesComeBack()
{
    QFETCH(QString, typed);
    QFETCH(QString, kept);
    test::ArchiveFixture fixture;
    const CaseKey key{fixture.account().id, u"case-1"_s};
    {
        CaseMarks marks(fixture.archive());
        marks.setNote(key, typed);
    }
    fixture.reopen();
    CaseMarks marks(fixture.archive());
    QVERIFY(load(marks));
    QVERIFY(marks.of(key).note == kept);
}

void TestCaseMarks::whatCannotBeStoredIsTold()
{
    Archive closed;
    CaseMarks marks(closed);
    QSignalSpy failed(&marks, &CaseMarks::failed);
    marks.setStarred({{4711, u"case-1"_s}}, true);
    QVERIFY(failed.wait(30'000));
    QCOMPARE(failed.first().first().value<Error>().kind, Error::Kind::Archive);
    QVERIFY(marks.of(4711, u"case-1"_s).starred);
}

/// Somebody marks a case while its account's data is deleted elsewhere: there is nothing to keep, and nothing to tell.
void TestCaseMarks::ofNoAccountNothingIsKept()
{
    test::ArchiveFixture fixture;
    const CaseKey known{fixture.account().id, u"case-1"_s};
    CaseMarks marks(fixture.archive());
    QSignalSpy failed(&marks, &CaseMarks::failed);
    marks.setStarred({{4711, u"case-1"_s}, known}, true);
    marks.setNote({4711, u"case-1"_s}, u"a note"_s);
    CaseMarks again(fixture.archive());
    QVERIFY(load(again));
    QVERIFY(again.of(known).starred);
    QCOMPARE(again.of(4711, u"case-1"_s), CaseMark());
    QVERIFY(failed.isEmpty());
}

void TestCaseMarks::searchFindsNotesAndTags_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("found"); // the case, and N for a note or T for tags
    const auto row = [](const char *name, const QString &typed, const QString &found) {
        QTest::newRow(name) << typed << found;
    };
    row("a word of a note", u"pagerduty"_s, u"1N"_s);
    row("two characters of a note", u"障害"_s, u"1N"_s);
    row("one character of a tag", u"番"_s, u"2T"_s);
    row("a tag, whatever its width", u"ＰＲＯＤ"_s, u"1T 2T"_s);
    row("words of tag and note together", u"prod 障害"_s, u"1N"_s);
    row("two tags", u"本番 prod"_s, u"2T"_s);
    row("a word in both is in the note", u"seven"_s, u"3N"_s);
    row("letters inside a word", u"duty"_s, u"1N"_s);
    row("a percent sign is itself", u"%"_s, u"3N"_s);
    row("a word of no case", u"nothing"_s, u""_s);
}

void TestCaseMarks::searchFindsNotesAndTags()
{
    QFETCH(QString, typed);
    test::ArchiveFixture fixture;
    const AccountId account = fixture.account().id;
    CaseMarks marks(fixture.archive());
    marks.setNote({account, u"1"_s}, u"PagerDuty 7:\n大規模障害"_s);
    marks.changeTags({{account, u"1"_s}, {account, u"2"_s}}, {u"prod"_s}, {});
    marks.changeTags({{account, u"2"_s}}, {u"本番"_s}, {});
    marks.setNote({account, u"3"_s}, u"Seven of 100%"_s);
    marks.changeTags({{account, u"3"_s}}, {u"seven"_s}, {});
    marks.setStarred({{account, u"4"_s}}, true);
    const auto hits = test::answerOf<QList<SearchHit>>(
        [&](auto done) { fixture.archive().search(typed, 100, &fixture.archive(), std::move(done)); });
    QVERIFY(hits);
    QStringList found;
    for (const SearchHit &hit : *hits) {
        QCOMPARE(hit.account, account);
        QVERIFY(hit.communicationKey.isEmpty());
        QVERIFY(!hit.excerpt.isEmpty());
        QVERIFY(hit.place == SearchHit::Place::Note || hit.place == SearchHit::Place::Tags);
        found.append(hit.caseId + (hit.place == SearchHit::Place::Note ? u'N' : u'T'));
    }
    found.sort();
    QTEST(found.join(u' '), "found");
}

void TestCaseMarks::ownWordsLeaveHalfOfTheRoom()
{
    test::ArchiveFixture fixture;
    const AccountId account = fixture.account().id;
    CaseMarks marks(fixture.archive());
    QList<CaseKey> keys;
    for (int i = 0; i < 20; ++i)
        keys.append({account, u"case-%1"_s.arg(i)});
    marks.changeTags(keys, {u"needle"_s}, {});
    const auto placesOf = [&] {
        const auto hits = test::answerOf<QList<SearchHit>>(
            [&](auto done) { fixture.archive().search(u"needle"_s, 10, &fixture.archive(), std::move(done)); });
        QString places;
        for (const SearchHit &hit : *hits)
            places += hit.place == SearchHit::Place::Tags ? u'T' : u'S';
        return places;
    };
    QCOMPARE(placesOf(), u"TTTTTTTTTT"_s);
    {
        auto database = Database::open(fixture.path(), archiveMigrations());
        QVERIFY(database);
        DescribeCases::Response page;
        for (int i = 0; i < 20; ++i) {
            CaseDetails details;
            details.caseId = u"other-%1"_s.arg(i);
            details.subject = u"needle %1"_s.arg(i);
            page.cases.append(details);
        }
        QVERIFY(storeCases(**database, account, page, {}));
    }
    QCOMPARE(placesOf(), u"TTTTTSSSSS"_s);
}

void TestCaseMarks::filtersAreThereAfterARestart()
{
    test::ArchiveFixture fixture;
    QString gone;
    {
        SavedFilters filters(fixture.archive());
        QVERIFY(load(filters));
        filters.add(u"  Outages \n today "_s, R"({"words": "503"})");
        const QString id = filters.add(u"zzz"_s, "{}");
        gone = filters.add(u"nobody's"_s, "{}");
        QVERIFY(filters.find(gone));
        filters.put({id, u"障害"_s, R"({"view": "starred"})"});
        filters.remove(gone);
        filters.add(u" \n "_s, "{}"); // no name, no filter
    }
    fixture.reopen();
    SavedFilters filters(fixture.archive());
    QVERIFY(load(filters));
    QCOMPARE(names(filters), QStringList({u"Outages today"_s, u"障害"_s}));
    QCOMPARE(filters.filters().at(0).filter, QByteArray(R"({"words": "503"})"));
    QCOMPARE(filters.filters().at(1).filter, QByteArray(R"({"view": "starred"})"));
    QVERIFY(!filters.find(gone));
}

void TestCaseMarks::filtersAreSavedByTwoPrograms()
{
    test::ArchiveFixture fixture;
    SavedFilters first(fixture.archive());
    QVERIFY(load(first));
    {
        Archive archive;
        QVERIFY(test::answerOf<void>([&](auto done) { archive.open(fixture.path(), &archive, std::move(done)); }));
        SavedFilters second(archive);
        second.add(u"theirs"_s, "{}");
    }
    first.add(u"mine"_s, "{}");
    QVERIFY(load(first));
    QCOMPARE(names(first), QStringList({u"mine"_s, u"theirs"_s}));
}

QTEST_GUILESS_MAIN(TestCaseMarks)
#include "tst_casemarks.moc"
