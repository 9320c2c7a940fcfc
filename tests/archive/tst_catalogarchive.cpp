#include "archive/catalogarchive.h"

#include "archive/catalogstore.h"
#include "archive/schema.h"
#include "archivefixture.h"
#include "demoservice.h"

#include <QHash>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace casement;
using namespace Qt::StringLiterals;

using State = Freshness::State;

namespace {

constexpr qint64 hour = 3'600'000;

/// The way to the demo service, counted, and closed for some operations.
class Gate final : public ServiceConnection
{
public:
    explicit Gate(ServiceConnection &beyond) : m_beyond(beyond) { }

    void send(const ServiceRequest &request, QObject *context, AnswerCallback callback) override
    {
        bodies[request.operation].append(request.body);
        if (isSilent)
            return;
        for (const QByteArray &operation : {request.operation, QByteArray()}) {
            if (!refusals.contains(operation))
                continue;
            QMetaObject::invokeMethod(
                context, [callback, error = refusals[operation]] { callback(error); }, Qt::QueuedConnection);
            return;
        }
        m_beyond.send(request, context, std::move(callback));
    }
    qsizetype calls(const QByteArray &operation) const { return bodies[operation].size(); }

    QHash<QByteArray, QList<QByteArray>> bodies; ///< by operation
    QHash<QByteArray, Error> refusals; ///< by operation; an empty one: all
    bool isSilent = false;

private:
    ServiceConnection &m_beyond;
};

Error refusal(const QString &code) { return {.kind = Error::Kind::Refused, .code = code, .httpStatus = 400}; }
Error offline() { return {.kind = Error::Kind::CannotConnect, .message = u"refused"_s}; }

/// What callbacks were told, one after the other.
template <class T> struct Heard
{
    struct Once
    {
        Result<T> answer;
        Freshness freshness;
    };
    auto listener()
    {
        return [this](const Result<T> &answer, const Freshness &freshness) { all.append({answer, freshness}); };
    }
    /// Waits for the last one.
    bool wait()
    {
        return QTest::qWaitFor([this] { return !all.isEmpty() && all.last().freshness.isLast(); }, 30'000);
    }
    QList<State> states() const
    {
        QList<State> states;
        for (const Once &once : all)
            states.append(once.freshness.state);
        return states;
    }
    const T &value() const { return *all.last().answer; }
    const Error &error() const { return all.last().freshness.error; }

    QList<Once> all;
};

const CaseKind ec2{u"technical"_s, u"amazon-elastic-compute-cloud-linux"_s, u"general-guidance"_s};

/// The program from start to start: an archive on disk, a catalog over it, and a clock.
struct World
{
    explicit World(test::DemoFixture &demo) : gate(demo.connection()) { start(); }

    void start()
    {
        catalog.reset();
        archive.reopen();
        account = archive.account().id;
        catalog = std::make_unique<CatalogArchive>(archive.archive(), [this] { return now; });
        gate.bodies.clear();
    }

    Heard<QList<Service>> services(const QString &language = u"en"_s)
    {
        Heard<QList<Service>> heard;
        catalog->services(account, client, language, &context, heard.listener());
        heard.wait();
        return heard;
    }
    Heard<QList<SeverityLevel>> severityLevels()
    {
        Heard<QList<SeverityLevel>> heard;
        catalog->severityLevels(account, client, u"en"_s, &context, heard.listener());
        heard.wait();
        return heard;
    }
    Heard<QList<SupportedLanguage>> languages()
    {
        Heard<QList<SupportedLanguage>> heard;
        catalog->supportedLanguages(account, client, ec2, &context, heard.listener());
        heard.wait();
        return heard;
    }
    Heard<DescribeCreateCaseOptions::Response> options(const QString &language = u"ja"_s)
    {
        Heard<DescribeCreateCaseOptions::Response> heard;
        catalog->createCaseOptions(account, client, ec2, language, &context, heard.listener());
        heard.wait();
        return heard;
    }

    QObject context;
    Gate gate;
    Client client{gate};
    test::ArchiveFixture archive;
    std::unique_ptr<CatalogArchive> catalog;
    AccountId account = 0;
    qint64 now = 1'790'000'000'000;
};

} // namespace

class TestCatalogArchive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSecondStartAsksNobody();
    void eachLanguageAndAccountHasItsOwn();
    void afterADayItIsFetchedAgain();
    void aClockThatWasWrong();
    void whoAsksTheSameSharesTheAnswer();
    void offlineWithAndWithoutCache();
    void theServiceIsGone();
    void anOlderServiceKnowsNoLanguages();
    void theOldApiTellsLanguagesAndHours();
    void whoMayNotAsk();
    void aPlanThatIsMissing();
    void anEmptyListIsNotKept();
    void aBrokenEntryIsFetchedAnew();
    void whatNobodyAskedForInASeasonGoes();
    void aReadOnlyArchive();
    void withoutAnArchive();
    void callbacksDieWithTheirContext();
    void whenTheClientDies();
    void whenTheCatalogDiesInACallback();

private:
    test::DemoFixture m_demo;
};

void TestCatalogArchive::theSecondStartAsksNobody()
{
    World world(m_demo);
    const auto services = world.services();
    QCOMPARE(services.states(), QList({State::Current}));
    QCOMPARE(services.all.last().freshness.fetched, world.now);
    QVERIFY(services.value().size() > 200);
    QVERIFY(!services.value().first().categories.isEmpty());
    const auto levels = world.severityLevels();
    const auto languages = world.languages();
    const auto options = world.options();
    QCOMPARE(levels.value().size(), 5);
    QCOMPARE(languages.value().size(), 8);
    QCOMPARE(options.value().languageAvailability, u"available"_s);
    QCOMPARE(options.value().communicationTypes.size(), 3);
    const QByteArray kept = encode(DescribeServices::Response{services.value()});
    const QByteArray keptOptions = encode(options.value());
    const auto again = [&] {
        QCOMPARE(encode(DescribeServices::Response{world.services().value()}), kept);
        QCOMPARE(world.severityLevels().value().size(), 5);
        QCOMPARE(world.languages().value().last().code, languages.value().last().code);
        QCOMPARE(encode(world.options().value()), keptOptions);
    };
    world.gate.bodies.clear();
    again(); // from memory
    QVERIFY(world.gate.bodies.isEmpty());
    world.start();
    world.now += 23 * hour;
    again(); // from the disk
    QVERIFY(world.gate.bodies.isEmpty());
    QCOMPARE(world.services().all.last().freshness.fetched, world.now - 23 * hour);
}

void TestCatalogArchive::eachLanguageAndAccountHasItsOwn()
{
    World world(m_demo);
    const auto nameOf = [](const QList<Service> &services) {
        const auto at = std::find_if(services.cbegin(), services.cend(),
                                     [](const Service &service) { return service.code == "billing"_L1; });
        return at == services.cend() ? QString() : at->name;
    };
    QCOMPARE(nameOf(world.services(u"en"_s).value()), u"Billing"_s);
    QCOMPARE(nameOf(world.services(u"ja"_s).value()), u"請求"_s);
    QCOMPARE(nameOf(world.services({}).value()), u"Billing"_s);
    QCOMPARE(world.gate.bodies["DescribeServices"],
             QList<QByteArray>({R"({"language":"en"})", R"({"language":"ja"})"})); // always told which
    world.account = world.archive.account(u"profile:other"_s).id;
    QCOMPARE(nameOf(world.services(u"ja"_s).value()), u"請求"_s);
    QCOMPARE(world.gate.calls("DescribeServices"), 3);
    world.options(u"ja"_s);
    QVERIFY(world.options(u"tr"_s).value().languageAvailability == "best_effort"_L1);
    QVERIFY(world.options(u"ja"_s).value().languageAvailability == "available"_L1);
    QCOMPARE(world.gate.calls("DescribeCreateCaseOptions"), 2);
}

void TestCatalogArchive::afterADayItIsFetchedAgain()
{
    World world(m_demo);
    world.services();
    const qint64 first = world.now;
    for (const bool restart : {true, false}) {
        world.gate.bodies.clear();
        if (restart)
            world.start();
        world.now += CatalogArchive::lifetime;
        const auto heard = world.services();
        QCOMPARE(heard.states(), QList({State::Updating, State::Current})); // there at once, and then anew
        QVERIFY(heard.all.first().answer->size() > 200);
        QCOMPARE(heard.all.first().freshness.fetched, restart ? first : world.now - CatalogArchive::lifetime);
        QCOMPARE(heard.all.last().freshness.fetched, world.now);
        QCOMPARE(world.gate.calls("DescribeServices"), 1);
        QCOMPARE(world.services().states(), QList({State::Current}));
        QCOMPARE(world.gate.calls("DescribeServices"), 1);
    }
    world.start();
    QCOMPARE(world.services().states(), QList({State::Current})); // the newer one was kept
    QCOMPARE(world.gate.calls("DescribeServices"), 0);
}

void TestCatalogArchive::aClockThatWasWrong()
{
    World world(m_demo);
    world.now += 1000 * CatalogArchive::lifetime;
    world.services();
    world.now -= 1000 * CatalogArchive::lifetime;
    world.start();
    QCOMPARE(world.services().states(), QList({State::Updating, State::Current}));
}

void TestCatalogArchive::whoAsksTheSameSharesTheAnswer()
{
    World world(m_demo);
    Heard<QList<Service>> first;
    Heard<QList<Service>> second;
    Heard<QList<Service>> third;
    world.catalog->services(world.account, world.client, u"en"_s, &world.context, first.listener());
    world.catalog->services(world.account, world.client, u"en"_s, &world.context, second.listener());
    QVERIFY(first.all.isEmpty()); // never before the question has returned
    QTRY_COMPARE(world.gate.calls("DescribeServices"), 1);
    world.catalog->services(world.account, world.client, u"en"_s, &world.context, third.listener()); // on its way
    QVERIFY(first.wait() && second.wait() && third.wait());
    QCOMPARE(world.gate.calls("DescribeServices"), 1);
    for (const auto *heard : {&first, &second, &third})
        QCOMPARE(heard->states(), QList({State::Current}));

    // Who comes while something old is being replaced hears both, too, and in this order.
    world.now += CatalogArchive::lifetime;
    Heard<QList<Service>> early;
    Heard<QList<Service>> late;
    world.catalog->services(world.account, world.client, u"en"_s, &world.context, early.listener());
    QTRY_COMPARE(world.gate.calls("DescribeServices"), 2);
    world.catalog->services(world.account, world.client, u"en"_s, &world.context, late.listener());
    QVERIFY(early.wait() && late.wait());
    QCOMPARE(early.states(), QList({State::Updating, State::Current}));
    QCOMPARE(late.states(), QList({State::Updating, State::Current}));
    QCOMPARE(world.gate.calls("DescribeServices"), 2);
}

void TestCatalogArchive::offlineWithAndWithoutCache()
{
    World world(m_demo);
    world.services(u"en"_s);
    world.gate.refusals.insert({}, offline());
    world.now += 3 * CatalogArchive::lifetime;
    world.start();
    for (int i = 0; i < 2; ++i) {
        const auto heard = world.services(u"en"_s);
        QCOMPARE(heard.states(), QList({State::Updating, State::Old}));
        QVERIFY(heard.value().size() > 200);
        QCOMPARE(heard.error(), offline());
        QCOMPARE(heard.all.last().freshness.fetched, world.now - 3 * CatalogArchive::lifetime);
    }
    const auto heard = world.services(u"ja"_s);
    QCOMPARE(heard.states(), QList({State::Old}));
    QVERIFY(!heard.all.last().answer);
    QCOMPARE(heard.all.last().answer.error(), offline());
    QCOMPARE(world.languages().all.last().answer.error(), offline()); // a moment's failure proves nothing
    world.gate.refusals.clear();
    QCOMPARE(world.services(u"ja"_s).states(), QList({State::Current})); // asked again
}

void TestCatalogArchive::theServiceIsGone()
{
    auto demo = std::make_unique<test::DemoFixture>();
    auto choice = demo->choice();
    choice.rate.callsPerSecond = 0;
    auto connection = std::move(*makeServiceConnection(choice));
    test::ArchiveFixture archive;
    const AccountId account = archive.account().id;
    Client client(*connection);
    qint64 now = 1'790'000'000'000;
    CatalogArchive catalog(archive.archive(), [&now] { return now; });
    QObject context;
    Heard<QList<SeverityLevel>> online;
    catalog.severityLevels(account, client, u"en"_s, &context, online.listener());
    QVERIFY(online.wait());
    demo.reset();
    now += CatalogArchive::lifetime;
    Heard<QList<SeverityLevel>> heard;
    catalog.severityLevels(account, client, u"en"_s, &context, heard.listener());
    QVERIFY(heard.wait());
    QCOMPARE(heard.states(), QList({State::Updating, State::Old}));
    QCOMPARE(heard.error().kind, Error::Kind::CannotConnect);
    QCOMPARE(heard.value().size(), 5);
}

void TestCatalogArchive::anOlderServiceKnowsNoLanguages()
{
    World world(m_demo);
    world.gate.refusals.insert("DescribeSupportedLanguages", refusal(u"UnknownOperationException"_s));
    world.gate.refusals.insert("DescribeCreateCaseOptions", refusal(u"UnknownOperationException"_s));
    for (int start = 0; start < 2; ++start) {
        const auto languages = world.languages();
        QCOMPARE(languages.states(), QList({State::Assumed}));
        QStringList codes;
        for (const SupportedLanguage &language : languages.value())
            codes.append(language.code);
        codes.sort();
        QCOMPARE(codes.join(u' '), u"en es fr ja ko pt tr zh"_s);
        QCOMPARE(languages.error(), Error());
        const auto options = world.options();
        QCOMPARE(options.states(), QList({State::Assumed}));
        QVERIFY(options.value().communicationTypes.isEmpty());
        QCOMPARE(world.gate.calls("DescribeSupportedLanguages"), start == 0 ? 1 : 0); // remembered
        QCOMPARE(world.gate.calls("DescribeCreateCaseOptions"), start == 0 ? 1 : 0);
        world.start();
    }
    // A day later it is asked again, and it may have learnt it.
    world.gate.refusals.remove("DescribeSupportedLanguages");
    world.now += CatalogArchive::lifetime;
    QCOMPARE(world.languages().states(), QList({State::Current}));
    world.gate.refusals.insert("DescribeCreateCaseOptions", offline());
    const auto options = world.options();
    QCOMPARE(options.states(), QList({State::Assumed}));
    QCOMPARE(options.error(), offline());
    // Services can't be assumed.
    world.gate.refusals.insert("DescribeServices", refusal(u"UnknownOperationException"_s));
    QCOMPARE(world.services().all.last().answer.error().code, u"UnknownOperationException"_s);
}

void TestCatalogArchive::theOldApiTellsLanguagesAndHours()
{
    DemoServiceOptions old = test::DemoFixture::smallOptions();
    old.oldApi = true;
    test::DemoFixture demo(old);
    World world(demo);
    QCOMPARE(world.languages().states(), QList({State::Current}));
    QCOMPARE(world.options().value().communicationTypes.size(), 3);
    QVERIFY(world.services().value().size() > 200);
}

void TestCatalogArchive::whoMayNotAsk()
{
    World world(m_demo);
    m_demo.setFaults(u"deny"_s);
    const auto languages = world.languages();
    const auto options = world.options();
    const auto services = world.services();
    m_demo.setFaults({});
    QCOMPARE(languages.states(), QList({State::Assumed})); // a case can be written all the same
    QCOMPARE(languages.value().size(), 8);
    QVERIFY(isCode(languages.error().code, "AccessDenied"_L1));
    QCOMPARE(options.states(), QList({State::Assumed}));
    QVERIFY(isCode(services.all.last().answer.error().code, "AccessDenied"_L1));
    QCOMPARE(world.languages().states(), QList({State::Current})); // not remembered: rights change
}

void TestCatalogArchive::aPlanThatIsMissing()
{
    World world(m_demo);
    m_demo.setFaults(u"plan"_s);
    const auto levels = world.severityLevels();
    const auto languages = world.languages();
    m_demo.setFaults({});
    QVERIFY(isCode(levels.all.last().answer.error().code, "SubscriptionRequired"_L1));
    QVERIFY(isCode(languages.all.last().answer.error().code, "SubscriptionRequired"_L1));
    QCOMPARE(world.severityLevels().value().size(), 5);
}

void TestCatalogArchive::anEmptyListIsNotKept()
{
    class Empty final : public ServiceConnection
    {
    public:
        void send(const ServiceRequest &, QObject *context, AnswerCallback callback) override
        {
            ++calls;
            QMetaObject::invokeMethod(
                context,
                [callback] {
                    callback(ServiceAnswer{R"({"services":[]})", {}});
                },
                Qt::QueuedConnection);
        }
        int calls = 0;
    } empty;
    World world(m_demo);
    Client client(empty);
    for (int i = 1; i <= 2; ++i) {
        Heard<QList<Service>> heard;
        world.catalog->services(world.account, client, u"en"_s, &world.context, heard.listener());
        QVERIFY(heard.wait());
        QVERIFY(heard.value().isEmpty());
        QCOMPARE(empty.calls, i);
    }
    QVERIFY(world.services().value().size() > 200);
}

void TestCatalogArchive::aBrokenEntryIsFetchedAnew()
{
    World world(m_demo);
    world.services();
    world.start(); // what it had to write is written
    {
        const auto database = Database::open(world.archive.path(), archiveMigrations());
        QVERIFY(database);
        const QString request = catalogRequestName("DescribeServices", R"({"language":"en"})");
        const Result<CatalogEntry> kept = loadCatalogEntry(**database, world.account, request);
        QVERIFY(kept && kept->fetched == world.now && kept->answer.size() > 10'000);
        QVERIFY(storeCatalogEntry(**database, world.account, request, {world.now, kept->answer.chopped(1)}));
    }
    world.start();
    QCOMPARE(world.services().states(), QList({State::Current}));
    QCOMPARE(world.gate.calls("DescribeServices"), 1);
}

void TestCatalogArchive::whatNobodyAskedForInASeasonGoes()
{
    const auto opened = Database::open(u":memory:"_s, archiveMigrations());
    QVERIFY(opened);
    Database &database = **opened;
    QVERIFY(database.runOnce(u"INSERT INTO accounts (key, name, partition) VALUES ('a', 'a', 'aws')"_s));
    constexpr qint64 day = 24 * hour;
    QVERIFY(storeCatalogEntry(database, 1, u"old"_s, {1000 * day, "{}"}));
    QVERIFY(storeCatalogEntry(database, 1, u"newer"_s, {1050 * day, "{}"}));
    QVERIFY(storeCatalogEntry(database, 1, u"newest"_s, {1100 * day, "{}"}));
    const auto isKept = [&](const QString &request) { return loadCatalogEntry(database, 1, request)->fetched != 0; };
    QVERIFY(!isKept(u"old"_s));
    QVERIFY(isKept(u"newer"_s));
    QVERIFY(isKept(u"newest"_s));
    QVERIFY(!storeCatalogEntry(database, 2, u"nobody's"_s, {1100 * day, "{}"}));
}

void TestCatalogArchive::aReadOnlyArchive()
{
    World world(m_demo);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"casement.db"_s);
    QObject context;
    {
        Archive writable;
        QVERIFY(test::answerOf<void>([&](auto done) { writable.open(path, &context, std::move(done)); }));
        const auto account = test::answerOf<AccountRecord>(
            [&](auto done) { writable.ensureAccount(u"demo:1"_s, u"Demo"_s, u"aws"_s, &context, std::move(done)); });
        QVERIFY(account);
        world.account = account->id;
        CatalogArchive catalog(writable, [&] { return world.now; });
        Heard<QList<Service>> heard;
        catalog.services(world.account, world.client, u"en"_s, &context, heard.listener());
        QVERIFY(heard.wait());
    }
    // Root may write everywhere, so it is opened as somebody else.
    const bool root = ::geteuid() == 0;
    constexpr uid_t nobody = 65534;
    if (root) {
        for (const QString &name : {folder.path(), path})
            QCOMPARE(::chown(qPrintable(name), nobody, nobody), 0);
    }
    QCOMPARE(::chmod(qPrintable(path), 0400), 0);
    if (root)
        QCOMPARE(::seteuid(nobody), 0);
    Archive archive;
    const auto opened = test::answerOf<void>([&](auto done) { archive.open(path, &context, std::move(done)); });
    if (root)
        QCOMPARE(::seteuid(0), 0);
    QVERIFY(opened && archive.isReadOnly());

    CatalogArchive catalog(archive, [&] { return world.now; });
    world.gate.bodies.clear();
    for (const QString &language : {u"en"_s, u"ja"_s, u"ja"_s}) {
        Heard<QList<Service>> heard;
        catalog.services(world.account, world.client, language, &context, heard.listener());
        QVERIFY(heard.wait());
        QCOMPARE(heard.states(), QList({State::Current}));
        QVERIFY(heard.value().size() > 200);
    }
    QCOMPARE(world.gate.calls("DescribeServices"), 1); // Japanese, once
}

void TestCatalogArchive::withoutAnArchive()
{
    World world(m_demo);
    Archive closed;
    CatalogArchive catalog(closed, [&] { return world.now; });
    for (int i = 0; i < 2; ++i) {
        Heard<QList<Service>> heard;
        catalog.services(7, world.client, u"en"_s, &world.context, heard.listener());
        QVERIFY(heard.wait());
        QCOMPARE(heard.states(), QList({State::Current}));
    }
    QCOMPARE(world.gate.calls("DescribeServices"), 1);
}

void TestCatalogArchive::callbacksDieWithTheirContext()
{
    World world(m_demo);
    Heard<QList<Service>> dead;
    auto context = std::make_unique<QObject>();
    world.catalog->services(world.account, world.client, u"en"_s, context.get(), dead.listener());
    context.reset();
    QCOMPARE(world.severityLevels().states(), QList({State::Current}));
    QCOMPARE(world.gate.calls("DescribeServices"), 0); // nobody wants it any more
    // While it is on its way: it arrives, for the next one.
    context = std::make_unique<QObject>();
    world.catalog->services(world.account, world.client, u"en"_s, context.get(), dead.listener());
    QTRY_COMPARE(world.gate.calls("DescribeServices"), 1);
    context.reset();
    QCOMPARE(world.services().states(), QList({State::Current}));
    QCOMPARE(world.gate.calls("DescribeServices"), 1);
    // In the callback of somebody who waited for the same.
    context = std::make_unique<QObject>();
    Heard<QList<Service>> last;
    world.catalog->services(world.account, world.client, u"en"_s, &world.context,
                            [&](const Result<QList<Service>> &, const Freshness &) { context.reset(); });
    world.catalog->services(world.account, world.client, u"en"_s, context.get(), dead.listener());
    world.catalog->services(world.account, world.client, u"en"_s, &world.context, last.listener());
    QVERIFY(last.wait());
    QVERIFY(dead.all.isEmpty());
}

void TestCatalogArchive::whenTheClientDies()
{
    World world(m_demo);
    Gate silent(m_demo.connection());
    silent.isSilent = true;
    auto client = std::make_unique<Client>(silent);
    Heard<QList<Service>> alone;
    world.catalog->services(world.account, *client, u"en"_s, &world.context, alone.listener());
    QTRY_COMPARE(silent.calls("DescribeServices"), 1);
    client.reset();
    QVERIFY(alone.wait());
    QCOMPARE(alone.all.last().answer.error().kind, Error::Kind::Cancelled);
    // Another asker's client goes on.
    client = std::make_unique<Client>(silent);
    Heard<QList<Service>> first;
    Heard<QList<Service>> second;
    world.catalog->services(world.account, *client, u"en"_s, &world.context, first.listener());
    world.catalog->services(world.account, world.client, u"en"_s, &world.context, second.listener());
    QTRY_COMPARE(silent.calls("DescribeServices"), 2);
    client.reset();
    QVERIFY(first.wait() && second.wait());
    QCOMPARE(first.states(), QList({State::Current}));
    QCOMPARE(second.states(), QList({State::Current}));
}

void TestCatalogArchive::whenTheCatalogDiesInACallback()
{
    World world(m_demo);
    Heard<QList<Service>> second;
    int first = 0;
    world.catalog->services(world.account, world.client, u"en"_s, &world.context,
                            [&](const Result<QList<Service>> &, const Freshness &) {
                                ++first;
                                world.catalog.reset();
                            });
    world.catalog->services(world.account, world.client, u"en"_s, &world.context, second.listener());
    QVERIFY(second.wait());
    QCOMPARE(first, 1);
}

QTEST_GUILESS_MAIN(TestCatalogArchive)
#include "tst_catalogarchive.moc"
