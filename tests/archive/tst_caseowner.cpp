#include "archive/caseowner.h"
#include "archive/outbox.h"
#include "archive/schema.h"
#include "syncfixture.h"

using namespace casement;
using namespace Qt::StringLiterals;

using casement::test::answerOf;
using casement::test::day;
using casement::test::FakeService;
using Fixture = casement::test::SyncFixture;

namespace {

const QString own = u"111122223333"_s;
const QString foreign = u"444455556666"_s;

QString idOf(const QString &number, int which) { return u"case-%1-muen-2026-%2"_s.arg(number).arg(which); }

/// So many cases of each of these accounts, and no others.
void fill(Fixture &f, const QStringList &numbers, int each = 2)
{
    f.service.cases.clear();
    for (const QString &number : numbers) {
        for (int i = 0; i < each; ++i)
            f.service.add(idOf(number, i), u"opened"_s, 1);
    }
}

AccountRecord accountOf(Fixture &f)
{
    const auto all = answerOf<QList<AccountRecord>>(
        [&](auto done) { f.archive.archive().loadAccounts(&f.archive.archive(), std::move(done)); });
    return all && !all->isEmpty() ? all->first() : AccountRecord{.number = u"none"_s};
}

QString numberOf(Fixture &f) { return accountOf(f).number; }

bool isForeign(const Result<void> &result)
{
    const Error &error = result.error();
    return error.kind == Error::Kind::NoCredentials && error.message.contains(own) && error.message.contains(foreign)
        && error.message.contains(u"Production"_s);
}

bool isHeld(const Result<void> &result)
{
    const Error &error = result.error();
    return error.kind == Error::Kind::NoCredentials
        && error.message.contains(u"Not one case came for \"Production\""_s);
}

} // namespace

/// Cases of two accounts of AWS never stand in one account of the archive, also where nobody can say whose keys are.
class TestCaseOwner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersInIds_data();
    void numbersInIds();
    void theFirstCasesTell();
    void anotherAccountsFirstPageIsNotShown();
    void anotherAccountsLaterPageIsNotStored();
    void whatTheKeysTellGoesFirst();
    void keysOfAnotherAccountAreRefusedByTheirNumber();
    void casesOfEarlierVersionsTell();
    void idsThatTellNothing();
    void anOrganizationsCases();
    void theNumberGoesWithTheData();
    void emptyListsOfOtherKeysMarkNothing_data();
    void emptyListsOfOtherKeysMarkNothing();
    void expiredCasesMayBeGone();
    void keysThatAreKnownNeedNoProof();
    void whoIsVouchedForMayBeEmpty();
    void vouchingIsOfOneKey();
    void openedCasesAreKnown();
    void conversationsOfOtherKeysAreNotGone();
};

void TestCaseOwner::numbersInIds_data()
{
    QTest::addColumn<QString>("caseId");
    QTest::addColumn<QString>("number");
    QTest::newRow("documented") << u"case-111122223333-2013-c4c1d2bf33c5cf47"_s << own;
    QTest::newRow("met") << u"case-111122223333-muen-2022-7118885805350839"_s << own;
    QTest::newRow("of the documentation's samples") << u"case-12345678910-2013-c4c1d2bf33c5cf47"_s << QString();
    QTest::newRow("thirteen digits") << u"case-1111222233334-2013-c4c1"_s << QString();
    QTest::newRow("nothing behind") << u"case-111122223333-"_s << QString();
    QTest::newRow("nothing behind, no dash") << u"case-111122223333"_s << QString();
    QTest::newRow("other digits") << u"case-１１１１２２２２３３３３-2013-c4"_s << QString();
    QTest::newRow("signs") << u"case-+11122223333-2013-c4"_s << QString();
    QTest::newRow("other beginning") << u"Case-111122223333-2013-c4"_s << QString();
    QTest::newRow("not at the beginning") << u" case-111122223333-2013-c4"_s << QString();
    QTest::newRow("an emulator's") << u"case-1"_s << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void TestCaseOwner::numbersInIds()
{
    QFETCH(QString, caseId);
    QTEST(accountOfCaseId(caseId), "number");
}

void TestCaseOwner::theFirstCasesTell()
{
    Fixture f;
    fill(f, {own});
    QVERIFY(f.sync());
    QCOMPARE(numberOf(f), own);
    const auto calls = f.service.calls;
    // Other keys were put in place of its own.
    fill(f, {foreign}, 3);
    QVERIFY(isForeign(f.sync()));
    QCOMPARE(f.service.calls.size(), 1);
    QCOMPARE(f.announced, QStringList());
    QCOMPARE(f.archive.cases().size(), 2u);
    QCOMPARE(f.archive.caseOf(idOf(own, 0)).status.toString(), u"opened"_s);
    f.restart(); // it is known for good
    QVERIFY(isForeign(f.sync()));
    fill(f, {own}, 3);
    QVERIFY(f.sync());
    QCOMPARE(f.archive.cases().size(), 3u);
}

void TestCaseOwner::anotherAccountsFirstPageIsNotShown()
{
    Fixture f;
    fill(f, {foreign}, 30);
    f.service.pageSize = 10;
    SyncJob::Options options;
    options.listed = own; // the list of accounts knows it
    QVERIFY(isForeign(f.sync(options)));
    QCOMPARE(f.announced, QStringList());
    QVERIFY(f.archive.cases().empty());
    fill(f, {own});
    QVERIFY(f.sync(options));
    QCOMPARE(f.archive.cases().size(), 2u);
}

void TestCaseOwner::anotherAccountsLaterPageIsNotStored()
{
    Fixture f;
    fill(f, {foreign, own}, 10); // newest first
    f.service.pageSize = 10;
    QVERIFY(isForeign(f.sync()));
    // Pages are read side by side: whichever is read first tells, and the other's is refused.
    QCOMPARE(f.announced.size(), 10);
    const QString first = accountOfCaseId(f.announced.constFirst());
    for (const QString &caseId : std::as_const(f.announced))
        QCOMPARE(accountOfCaseId(caseId), first);
    QTRY_COMPARE(f.archive.cases().size(), 10u); // written behind what is shown
    QCOMPARE(numberOf(f), first);
}

void TestCaseOwner::whatTheKeysTellGoesFirst()
{
    Fixture f;
    f.service.ofKeys = own;
    fill(f, {foreign}); // an emulator's ids, or a member's of an organization
    QVERIFY(f.sync());
    QCOMPARE(numberOf(f), own);
    f.service.ofKeys.clear(); // nobody could be asked this time
    QVERIFY(f.sync());
    QCOMPARE(f.archive.cases().size(), 2u);
    QCOMPARE(numberOf(f), own);
}

void TestCaseOwner::keysOfAnotherAccountAreRefusedByTheirNumber()
{
    Fixture f;
    fill(f, {own});
    QVERIFY(f.sync());
    f.service.ofKeys = foreign; // of a profile that is in no list
    QVERIFY(isForeign(f.sync()));
    f.service.ofKeys = own;
    QVERIFY(f.sync());
}

void TestCaseOwner::casesOfEarlierVersionsTell()
{
    Fixture f;
    fill(f, {own});
    QVERIFY(f.sync());
    {
        const Result<std::unique_ptr<Database>> database = Database::open(f.archive.path(), archiveMigrations());
        QVERIFY(database);
        QVERIFY((*database)->runOnce(u"DELETE FROM settings WHERE name LIKE 'accountNumber/%'"_s));
    }
    QCOMPARE(numberOf(f), QString());
    fill(f, {foreign});
    QVERIFY(isForeign(f.sync()));
    QCOMPARE(f.archive.cases().size(), 2u);
    fill(f, {own});
    QVERIFY(f.sync());
    QCOMPARE(numberOf(f), own);
}

void TestCaseOwner::idsThatTellNothing()
{
    Fixture f;
    f.service.add(u"case-1"_s, u"opened"_s, 1);
    f.service.add(u"\"; DROP TABLE cases"_s, u"opened"_s, 1);
    QVERIFY(f.sync());
    QCOMPARE(numberOf(f), QString());
    fill(f, {own}); // the first that tells
    QVERIFY(f.sync());
    QCOMPARE(numberOf(f), own);
    f.service.cases.clear();
    f.service.add(u"case-2"_s, u"opened"_s, 1);
    QVERIFY(f.sync());
    QCOMPARE(numberOf(f), own);
}

void TestCaseOwner::anOrganizationsCases()
{
    Fixture f;
    fill(f, {own, foreign});
    QVERIFY(f.sync());
    QCOMPARE(numberOf(f), QString());
    fill(f, {foreign});
    QVERIFY(f.sync());
    fill(f, {u"777788889999"_s});
    QVERIFY(f.sync());
    QCOMPARE(numberOf(f), QString());
    // Where one account's came first, a page with its cases among others is the service's own doing.
    Fixture g;
    fill(g, {own});
    QVERIFY(g.sync());
    fill(g, {own, foreign});
    QVERIFY(g.sync());
    fill(g, {foreign}, 3);
    QVERIFY(g.sync());
    QCOMPARE(g.archive.cases().size(), 5u);
}

void TestCaseOwner::theNumberGoesWithTheData()
{
    Fixture f;
    fill(f, {own});
    QVERIFY(f.sync());
    QVERIFY(answerOf<void>(
        [&](auto done) { f.archive.archive().deleteAccount(f.account.id, &f.archive.archive(), std::move(done)); }));
    f.account = f.archive.account();
    QCOMPARE(f.account.number, QString());
    fill(f, {foreign});
    QVERIFY(f.sync());
    QCOMPARE(numberOf(f), foreign);
}

void TestCaseOwner::emptyListsOfOtherKeysMarkNothing_data()
{
    QTest::addColumn<QString>("number");
    QTest::newRow("ids with a number") << own;
    QTest::newRow("ids that tell nothing") << u"x"_s;
}

/// Keys of an account that has no case at all: its lists are empty, and it knows none of the ids.
void TestCaseOwner::emptyListsOfOtherKeysMarkNothing()
{
    QFETCH(QString, number);
    Fixture f;
    fill(f, {number}, 3);
    QVERIFY(f.sync());
    const QList<CaseDetails> before = std::exchange(f.service.cases, {});
    for (int i = 0; i < 2; ++i) {
        QVERIFY(isHeld(f.sync()));
        QCOMPARE(f.service.calls.size(), 2); // what is due, and the proof
        QCOMPARE(f.service.calls.last(), u"DescribeCases resolved"_s);
        QCOMPARE(f.announced, QStringList());
        QCOMPARE(f.archive.caseOf(idOf(number, 1)).turn, Turn::Aws);
        f.now += 40 * day; // whatever is listed, resolved ones too
    }
    // One case that it has tells that the keys are right: the others are gone.
    f.service.cases = {before.last()};
    f.service.cases.first().status = u"resolved"_s;
    QVERIFY(f.sync());
    QCOMPARE(f.archive.caseOf(idOf(number, 1)).turn, Turn::Nobody);
    QCOMPARE(f.archive.caseOf(idOf(number, 0)).status.toString(), u"resolved"_s);
    f.service.cases = before;
    QVERIFY(f.sync());
    QCOMPARE(f.archive.caseOf(idOf(number, 1)).turn, Turn::Aws);
}

void TestCaseOwner::expiredCasesMayBeGone()
{
    Fixture f;
    fill(f, {own});
    QVERIFY(f.sync());
    f.service.cases.clear();
    f.now = FakeService::start() + 680 * day;
    QVERIFY(isHeld(f.sync()));
    f.now = FakeService::start() + 731 * day;
    QVERIFY(f.sync());
    QCOMPARE(f.archive.caseOf(idOf(own, 0)).turn, Turn::Nobody);
    QVERIFY(f.sync());
}

void TestCaseOwner::keysThatAreKnownNeedNoProof()
{
    Fixture f;
    f.service.ofKeys = own;
    fill(f, {own}, 1);
    QVERIFY(f.sync());
    f.service.cases.clear();
    QVERIFY(f.sync());
    QCOMPARE(f.service.calls, QStringList({u"DescribeCases"_s, u"DescribeCases ids=1 resolved"_s}));
    QCOMPARE(f.archive.caseOf(idOf(own, 0)).turn, Turn::Nobody);
}

void TestCaseOwner::whoIsVouchedForMayBeEmpty()
{
    Fixture f;
    f.service.keys = u"a"_s;
    fill(f, {own});
    QVERIFY(f.sync());
    const QList<CaseDetails> before = std::exchange(f.service.cases, {});
    f.archive.archive().vouchForHeldKeys(f.account.id); // for nothing: nobody was told
    QVERIFY(isHeld(f.sync()));
    QCOMPARE(accountOf(f).heldSince, f.now);
    f.archive.archive().vouchForHeldKeys(f.account.id);
    QVERIFY(f.sync());
    QCOMPARE(accountOf(f).heldSince, 0);
    QCOMPARE(f.archive.caseOf(idOf(own, 0)).turn, Turn::Nobody);
    QVERIFY(f.sync());
    f.service.cases = before;
    QVERIFY(f.sync());
    QCOMPARE(f.archive.caseOf(idOf(own, 0)).turn, Turn::Aws);
}

/// Who vouched for keys said nothing of others that come later, as from a credential_process or an edited file.
void TestCaseOwner::vouchingIsOfOneKey()
{
    Fixture f;
    f.service.keys = u"a"_s;
    fill(f, {own});
    QVERIFY(f.sync());
    f.service.cases.clear();
    QVERIFY(isHeld(f.sync()));
    f.archive.archive().vouchForHeldKeys(f.account.id);
    f.service.keys = u"b"_s;
    QVERIFY(isHeld(f.sync()));
    const qint64 since = f.now;
    f.now += day;
    QVERIFY(isHeld(f.sync()));
    QCOMPARE(accountOf(f).heldSince, since);
    QCOMPARE(f.archive.caseOf(idOf(own, 0)).turn, Turn::Aws); // nothing of it was marked
    f.service.keys = u"a"_s; // which still are what was said of them
    QVERIFY(f.sync());
    f.service.keys = u"b"_s;
    fill(f, {own});
    QVERIFY(f.sync());
    QCOMPARE(accountOf(f).heldSince, 0);
}

/// A case that was opened from here is known before the service lists it.
void TestCaseOwner::openedCasesAreKnown()
{
    Fixture f;
    f.service.keys = u"a"_s;
    QVERIFY(f.sync());
    OutboxEntry entry = Outbox::newEntry(f.account.id, CreateCase::name, {});
    entry.state = OutboxState::Queued;
    entry.input = encode(CreateCase::Request{});
    entry.sent = f.now;
    const auto opened = [&](const QString &caseId, const QString &keys) {
        entry.caseId = caseId;
        entry.state = OutboxState::Done;
        const Result<std::unique_ptr<Database>> database = Database::open(f.archive.path(), archiveMigrations());
        QVERIFY(database);
        caseWasOpened(**database, f.account.id, {}, caseId, keys);
        entry.id = QUuid::createUuid().toString();
        (*database)
            ->prepare("INSERT INTO outbox (id, account, state, created, changed, sent, errorKind, errorCode, "
                      "errorMessage, requestId, operation, caseId, input) VALUES (?, ?, 4, ?, ?, ?, '', '', '', '', "
                      "'CreateCase', ?, '{}')")
            .run(entry.id, f.account.id, f.now, f.now, f.now, caseId);
        QVERIFY((*database)->takeError());
    };
    opened(idOf(own, 7), u"a"_s);
    QCOMPARE(numberOf(f), own);
    QVERIFY(f.sync()); // by the keys that opened it
    {
        const Result<std::unique_ptr<Database>> database = Database::open(f.archive.path(), archiveMigrations());
        const KnownCases known = knownCases(**database, f.account.id, idOf(own, 7));
        QVERIFY(known.hasCase);
        QCOMPARE(known.newest, idOf(own, 7));
        QVERIFY(mayBeEmpty(**database, f.account.id, u"a"_s, f.now));
        QVERIFY(isHeld(mayBeEmpty(**database, f.account.id, u"b"_s, f.now)));
    }
    fill(f, {foreign});
    QVERIFY(isForeign(f.sync()));
    const AccountRecord mine{.name = u"Production"_s, .number = own};
    QVERIFY2(openedElsewhere(mine, idOf(foreign, 1)).contains(foreign), qPrintable(idOf(foreign, 1)));
    QCOMPARE(openedElsewhere(mine, idOf(own, 1)), QString());
    QCOMPARE(openedElsewhere(mine, u"case-1"), QString());
    QCOMPARE(openedElsewhere({.name = u"Production"_s}, idOf(foreign, 1)), QString());
    // Keys that opened a case in another account are vouched for no more.
    opened(idOf(foreign, 1), u"a"_s);
    const Result<std::unique_ptr<Database>> database = Database::open(f.archive.path(), archiveMigrations());
    QVERIFY(isHeld(mayBeEmpty(**database, f.account.id, u"a"_s, f.now)));
    QCOMPARE(numberOf(f), own);
}

void TestCaseOwner::conversationsOfOtherKeysAreNotGone()
{
    Fixture f;
    f.service.add(idOf(own, 0), u"resolved"_s, 30);
    f.service.instead = [](int, const QString &call) {
        return call.startsWith("DescribeCommunications"_L1)
            ? std::optional<FakeService::Answer>(FakeService::refusal(u"AccessDeniedException"_s))
            : std::nullopt;
    };
    QVERIFY(!f.sync());
    f.service.instead = nullptr;
    const QList<CaseDetails> before = std::exchange(f.service.cases, {});
    QVERIFY(isHeld(f.sync()));
    QCOMPARE(f.stateOf(idOf(own, 0)), ConversationState::Lacking);
    f.service.cases = before;
    f.service.cases.first().caseId = idOf(own, 1);
    QVERIFY(f.sync());
    QCOMPARE(f.stateOf(idOf(own, 0)), ConversationState::Gone);
}

QTEST_GUILESS_MAIN(TestCaseOwner)
#include "tst_caseowner.moc"
