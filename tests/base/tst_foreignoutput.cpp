#include "base/foreignoutput.h"
#include "base/redact.h"

#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

class TestForeignOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesAreLeftOut_data();
    void valuesAreLeftOut();
    void sentencesStay_data();
    void sentencesStay();
};

void TestForeignOutput::valuesAreLeftOut_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {
             "args: [\"--password\", \"%1\"]",
             "argv=['tool','-p','%1']",
             "Command '['okta-aws', '--password', '%1']' returned non-zero",
             "mytool -p %1",
             "'Password': b'%1'",
             "[\"token\",\"%1\"]",
             "{\"tokens\":[\"%1\",\"%1\"]}",
             "token%3D%1",
             "access_token%22%3A%22%1",
             "SAMLResponse=%1",
             "--secret-id=%1",
             "secret-id %1",
             "pw=%1",
             "PW: %1",
             "okta password for bob: %1",
             "passphrase for key: %1",
             "invalid password '%1'",
             "the password\n%1 was not taken",
             "password -> %1",
             "the password was: %1",
             "パスワードは %1 です",
             "パスワードは「%1」です",
             "mot de passe : %1",
         })
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestForeignOutput::valuesAreLeftOut()
{
    QFETCH(QString, text);
    for (const QString &secret : {u"Tr0ub4dor&3"_s, u"hunter2secret"_s, u"QWERTZUIOP"_s, u"s3"_s}) {
        const QString shown = withoutLikelySecrets(redact(u"it failed\n"_s + text.arg(secret) + u"\nand ended"_s));
        QVERIFY2(!shown.contains(secret), qPrintable(shown));
        QVERIFY2(shown.startsWith(u"it failed\n"_s) && shown.endsWith(u"\nand ended"_s), qPrintable(shown));
    }
}

void TestForeignOutput::sentencesStay_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {
             "",
             "\n\n",
             "the vault is sealed",
             "Error: no such file: /home/hana/.aws/cli/cache/3f2a.json (errno 2)",
             "The SSO session associated with this profile has expired. To refresh it run aws sso login --profile "
             "prod-1",
             "The security token included in the request is expired.",
             "Password:",
             "Enter MFA token",
             "the refresh-token isn't valid, sign in again",
             "パスワードが正しくありません。",
             "12 tests passed in 3.4 s, 0 failed",
             "Token has expired. Run: aws sso login --profile prod-admin",
             "saml2aws: error authenticating to IdP: unable to locate saml response; user=hana",
         })
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestForeignOutput::sentencesStay()
{
    QFETCH(QString, text);
    QCOMPARE(withoutLikelySecrets(text), text);
}

QTEST_GUILESS_MAIN(TestForeignOutput)
#include "tst_foreignoutput.moc"
