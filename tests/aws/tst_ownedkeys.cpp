#include "aws/credentialchain.h"
#include "aws/localcode.h"
#include "aws/sources/ownedkeys.h"

#include <QTest>

#include <utility>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

// Keys of AWS tell their account.
const QString ownId = u"AKIASP2TPHJSQH3FJRUX"_s;
const QString ownNumber = u"171436882533"_s;
const QString otherId = u"AKIAQYLPMN5HFIQR7XYA"_s;
const QString silentId = u"AKIDOFATESTTHATTELLS"_s;

/// STS that says one number, or nothing.
class Sts final : public Transport
{
public:
    Sts(int &asked, const QString &number) : m_asked(asked), m_number(number) { }

    Id send(const HttpRequest &, Callback callback) override
    {
        ++m_asked;
        HttpAnswer answer;
        answer.status = m_number.isEmpty() ? 500 : 200;
        answer.body = u"<R><Arn>arn:aws:iam::%1:user/a</Arn><Account>%1</Account></R>"_s.arg(m_number).toUtf8();
        QMetaObject::invokeMethod(
            this, [callback, answer]() mutable { callback(std::move(answer)); }, Qt::QueuedConnection);
        return 1;
    }
    void abort(Id) override { }

private:
    int &m_asked;
    QString m_number;
};

/// A place that gives what it is told to.
struct Place final : CredentialSource
{
    explicit Place(const QString &id) : keyId(id) { }
    QString name() const override { return u"place"_s; }
    void fetch(QObject *, Callback callback) override
    {
        Credentials keys(keyId, u"secretOfATestThatIsNone"_s);
        keys.accountId = number;
        callback(std::optional<Credentials>(keys));
    }
    bool isOutdated() const override { return std::exchange(outdated, false); }

    QString keyId;
    QString number;
    mutable bool outdated = false;
};

struct World
{
    World(const QString &keyId, const QString &known, const QString &stsSays, bool idsTell = true, bool hasSts = true)
    {
        auto source = std::make_unique<Place>(keyId);
        place = source.get();
        OwnedKeys::Asking asking{.idsTell = idsTell,
                                 .sts = [hasSts]() -> Result<Endpoint> {
                                     if (hasSts)
                                         return regionalEndpoint(u"sts"_s, {.region = u"us-east-1"_s});
                                     return Error{.kind = Error::Kind::Invalid};
                                 },
                                 .transport = [this, stsSays]() -> std::unique_ptr<Transport> {
                                     return std::make_unique<Sts>(asked, stsSays);
                                 }};
        std::vector<std::unique_ptr<CredentialSource>> sources;
        sources.push_back(std::make_unique<OwnedKeys>(std::move(source),
                                                      KeyOwner{known,
                                                               [](const QString &told, const QString &known) {
                                                                   return Error{.kind = Error::Kind::NoCredentials,
                                                                                .code = localcode::told,
                                                                                .message =
                                                                                    u"%1, not %2"_s.arg(told, known)};
                                                               }},
                                                      asking));
        chain = std::make_unique<CredentialChain>(std::move(sources));
    }

    /// The account that the keys are given out with, or why they are not.
    QString get()
    {
        std::optional<QString> answer;
        chain->get(chain.get(), [&](const Result<Credentials> &keys) {
            answer = keys ? keys->accountId : u"refused: "_s + keys.error().message;
        });
        return QTest::qWaitFor([&] { return answer.has_value(); }) ? *answer : u"no answer"_s;
    }

    int asked = 0;
    Place *place;
    std::unique_ptr<CredentialChain> chain;
};

} // namespace

class TestOwnedKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tells_data();
    void tells();
    void keysThatAreReplacedAreLookedAt();
    void stsIsAskedOnceForEachKey();
};

void TestOwnedKeys::tells_data()
{
    QTest::addColumn<QString>("keyId");
    QTest::addColumn<QString>("known");
    QTest::addColumn<QString>("stsSays");
    QTest::addColumn<bool>("idsTell");
    QTest::addColumn<bool>("hasSts");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<int>("asked");

    const QString other = u"111122223333"_s;
    QTest::newRow("the id tells it") << ownId << ownNumber << other << true << true << ownNumber << 0;
    QTest::newRow("the id tells another one")
        << ownId << other << other << true << true << u"refused: %1, not %2"_s.arg(ownNumber, other) << 0;
    QTest::newRow("learnt of the id") << ownId << QString() << other << true << true << ownNumber << 0;
    QTest::newRow("STS tells it") << silentId << other << other << true << true << other << 1;
    QTest::newRow("STS tells another one")
        << silentId << ownNumber << other << true << true << u"refused: %1, not %2"_s.arg(other, ownNumber) << 1;
    QTest::newRow("ids of emulators tell nothing") << ownId << other << other << false << true << other << 1;
    QTest::newRow("STS says nothing") << silentId << ownNumber << QString() << true << true << QString() << 1;
    QTest::newRow("no STS there") << silentId << ownNumber << other << true << false << QString() << 0;
}

void TestOwnedKeys::tells()
{
    QFETCH(QString, keyId);
    QFETCH(QString, known);
    QFETCH(QString, stsSays);
    QFETCH(bool, idsTell);
    QFETCH(bool, hasSts);
    World world(keyId, known, stsSays, idsTell, hasSts);
    QTEST(world.get(), "answer");
    QTEST(world.asked, "asked");
}

void TestOwnedKeys::keysThatAreReplacedAreLookedAt()
{
    World world(ownId, {}, {});
    QCOMPARE(world.get(), ownNumber);
    world.place->keyId = otherId; // as a profile that was changed
    world.place->outdated = true;
    QVERIFY(world.get().startsWith(u"refused: "_s));
    QVERIFY(!world.chain->current());
    world.place->keyId = ownId;
    QCOMPARE(world.get(), ownNumber);
    world.place->keyId = silentId; // and what the place itself says counts, too
    world.place->number = u"111122223333"_s;
    world.place->outdated = true;
    QCOMPARE(world.get(), u"refused: 111122223333, not "_s + ownNumber);
    world.place->keyId = ownId; // but not before what AWS wrote into the id
    QCOMPARE(world.get(), ownNumber);
    QCOMPARE(world.asked, 0);
}

void TestOwnedKeys::stsIsAskedOnceForEachKey()
{
    World world(silentId, {}, u"111122223333"_s);
    for (int again = 0; again < 3; ++again) {
        QCOMPARE(world.get(), u"111122223333"_s);
        world.place->outdated = true;
    }
    QCOMPARE(world.asked, 1);
}

QTEST_GUILESS_MAIN(TestOwnedKeys)
#include "tst_ownedkeys.moc"
