#include "archive/accountkey.h"

#include <QSet>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// A key id of the form since 2019.
QString keyIdOf(quint64 account, quint64 number)
{
    const quint64 bits = quint64(1) << 49 | account << 9 | (number & 0x1ff);
    QString id = u"ASIA"_s;
    for (int shift = 45; shift >= 0; shift -= 5)
        id += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"_L1[qsizetype(bits >> shift & 31)];
    return id + u"2ABCD"_s + QChar(ushort(u'A' + number % 26));
}

AccountIdentity identityOf(const QString &keyId, const QString &account = {}, const QString &url = {})
{
    ProfileChoice choice;
    choice.environment = QProcessEnvironment();
    choice.environment.insert(u"AWS_ACCESS_KEY_ID"_s, keyId);
    if (!account.isEmpty())
        choice.environment.insert(u"AWS_ACCOUNT_ID"_s, account);
    const Result<Endpoint> endpoint = resolveEndpoint({.region = u"us-east-1"_s, .customUrl = url});
    return endpoint ? accountIdentity(choice, *endpoint) : AccountIdentity();
}

} // namespace

/// Keys of the environment come and go; accounts stay.
class TestAccountKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keyIdsTellTheirAccount_data();
    void keyIdsTellTheirAccount();
    void replacedKeysAreOneAccount();
    void otherKeysAreOtherAccounts();
    void whatMayBeOneAccount_data();
    void whatMayBeOneAccount();
};

void TestAccountKey::keyIdsTellTheirAccount_data()
{
    QTest::addColumn<QString>("keyId");
    QTest::addColumn<QString>("account");
    const auto row = [](const char *name, const QString &keyId, const QString &account) {
        QTest::newRow(name) << keyId << account;
    };
    row("published by A. Steele", u"ASIAQNZGKIQY56JQ7WML"_s, u"029608264753"_s);
    row("published by T. Be'ery", u"ASIAY34FZKBOKMUTVV7A"_s, u"609629065308"_s);
    row("the smallest number", keyIdOf(0, 0), u"000000000000"_s);
    row("the largest number", keyIdOf(999'999'999'999, 511), u"999999999999"_s);
    row("a number of thirteen digits", keyIdOf(1'000'000'000'000, 0), {});
    row("the form before 2019", u"AKIAIOSFODNN7EXAMPLE"_s, {});
    row("of the demo", u"AKIAJ3DATAPLAEXAMPLE"_s, {});
    row("no key's prefix", u"AROAQNZGKIQY56JQ7WML"_s, {});
    row("a character that base32 lacks", u"ASIAQNZGKIQY56JQ7WM1"_s, {});
    row("lower case", u"ASIAqnzgkiqy56jq7wml"_s, {});
    row("too short", u"ASIAQNZGKIQY56JQ7WM"_s, {});
    row("a character of three bytes", u"ASIAQNZGKIQY56JQ7WM接"_s, {});
    row("nothing", {}, {});
}

void TestAccountKey::keyIdsTellTheirAccount()
{
    QFETCH(QString, keyId);
    QFETCH(QString, account);
    QCOMPARE(accountOfKeyId(keyId), account);
}

void TestAccountKey::replacedKeysAreOneAccount()
{
    const AccountIdentity first = identityOf(keyIdOf(111'122'223'333, 1));
    QCOMPARE(first.key, u"environment:111122223333"_s);
    QCOMPARE(first.name, u"environment 111122223333"_s);
    for (int i = 2; i < 6; ++i)
        QCOMPARE(identityOf(keyIdOf(111'122'223'333, quint64(i))), first);
    QCOMPARE(identityOf(u"AKIAIOSFODNN7EXAMPLE"_s, u"111122223333"_s), first);
    // What the environment says goes before what the key id says.
    QCOMPARE(identityOf(keyIdOf(444'455'556'666, 1), u"111122223333"_s), first);
    const AccountIdentity custom = identityOf(keyIdOf(111'122'223'333, 1), {}, u"http://127.0.0.1:4566"_s);
    QCOMPARE(custom.key, u"endpoint:127.0.0.1:4566/environment:111122223333"_s);
    QCOMPARE(custom.name, u"environment 111122223333 (127.0.0.1:4566)"_s);
}

void TestAccountKey::otherKeysAreOtherAccounts()
{
    QSet<QString> keys;
    const QStringList ids{keyIdOf(111'122'223'333, 1),
                          keyIdOf(111'122'223'334, 1),
                          u"AKIAIOSFODNN7EXAMPLE"_s,
                          u"AKIAI44QH8DHBEXAMPLE"_s,
                          u"test"_s,
                          u"test2"_s};
    for (const QString &id : ids) {
        QCOMPARE(identityOf(id), identityOf(id));
        keys.insert(identityOf(id).key);
    }
    QCOMPARE(keys.size(), ids.size());
    QCOMPARE(identityOf(u"test"_s).name, u"environment"_s); // a digest is no name
}

void TestAccountKey::whatMayBeOneAccount_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("maybe");
    const auto row = [](const char *name, const QString &key, const QString &other, bool maybe) {
        QTest::newRow(name) << key << other << maybe;
    };
    row("two old keys", u"environment:1a5d44a2dca1"_s, u"environment:0b5d44a2dca1"_s, true);
    row("an old key and one that tells its account", u"environment:1a5d44a2dca1"_s, u"environment:111122223333"_s,
        true);
    row("two accounts", u"environment:111122223333"_s, u"environment:444455556666"_s, false);
    row("a profile", u"environment:1a5d44a2dca1"_s, u"profile:prod"_s, false);
    row("two profiles", u"profile:prod"_s, u"profile:test"_s, false);
    row("one emulator", u"endpoint:h:1/environment:1a"_s, u"endpoint:h:1/environment:2b"_s, true);
    row("numbers of an emulator", u"endpoint:h:1/environment:111122223333"_s,
        u"endpoint:h:1/environment:444455556666"_s, true);
    row("two emulators", u"endpoint:h:1/environment:1a"_s, u"endpoint:h:2/environment:1a"_s, false);
    row("two ports that begin alike", u"endpoint:h:1/environment:1a"_s, u"endpoint:h:12/environment:1a"_s, false);
    row("an emulator and the service", u"endpoint:h:1/environment:1a"_s, u"environment:1a"_s, false);
    row("the service and an emulator", u"environment:1a"_s, u"endpoint:h:1/environment:1a"_s, false);
    row("a profile of the emulator", u"endpoint:h:1/environment:1a"_s, u"endpoint:h:1/profile:environment:"_s, false);
    row("a profile with the environment's name", u"profile:environment:1a"_s, u"environment:1a"_s, false);
    row("the demo", u"demo:111122223333"_s, u"environment:111122223333"_s, false);
    row("nothing", {}, {}, false);
}

void TestAccountKey::whatMayBeOneAccount()
{
    QFETCH(QString, key);
    QFETCH(QString, other);
    QFETCH(bool, maybe);
    QCOMPARE(maybeSameAccount(key, other), maybe);
}

QTEST_APPLESS_MAIN(TestAccountKey)
#include "tst_accountkey.moc"
