#include "base/secretscan.h"

#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;
using Kind = SecretFinding::Kind;

/// Secrets that sentences and command lines tell, with nothing between the name and the value that says so.
class TestSecretPhrases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void leavesAlone_data();
    void leavesAlone();
    void aWideKeyId();
};

void TestSecretPhrases::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("secret");
    const auto password = [](const char *text, const char *secret) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(secret);
    };
    password("パスワードは hunter2abc です", "hunter2abc");
    password("DBのパスワードはhunter2abcです。", "hunter2abc");
    password("パスワードは「hunter2abc」に変えました", "hunter2abc");
    password("パスワードは hunter2abc。", "hunter2abc");
    password("密码是 hunter2abc", "hunter2abc");
    password("密码：hunter2abc", "hunter2abc");
    password("密碼為hunter2abc，", "hunter2abc");
    password("The password is hunter2abc.", "hunter2abc");
    password("the password was \"hunter2abc\", and", "hunter2abc");
    password("PGPASSWORD=hunter22 psql -h db", "hunter22");
    password("MYSQL_PWD=hunter22 mysql", "hunter22");
    password("mysql -u root -pSecret1 -h db", "Secret1");
    password("mysqldump --all -p'Secret word1' x -pSecret2", "Secret2");
    password("sshpass -p hunter22 ssh hana@host", "hunter22");
    password("sshpass -phunter22 ssh hana@host", "hunter22");
}

void TestSecretPhrases::finds()
{
    QFETCH(QString, text);
    QFETCH(QString, secret);
    const QList<SecretFinding> found = findSecrets(text);
    QCOMPARE(found, QList<SecretFinding>({{text.indexOf(secret), secret.size(), Kind::Password}}));
    QCOMPARE(findSecrets(masked(text, found)), QList<SecretFinding>()); // a mask is no secret
}

void TestSecretPhrases::leavesAlone_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"password: see the vault",
                             "the password is wrong",
                             "The password is base64-encoded.",
                             "the password is SHA256",
                             "The password is 12characters long",
                             "the password is in line12 of it",
                             "パスワードは変更しました",
                             "パスワードは8文字以上です",
                             "パスワードはAES256で暗号化しています",
                             "パスワードは base64 です",
                             "パスワードは user1 に送りました",
                             "パスワードは同じです: hunter2abc",
                             "密码是错误的",
                             "密码是 wrong",
                             "mysql -p",
                             "mysql -port 3306x -protocol tcp6x -P3306abc",
                             "ssh -p2222abc host; mkdir -p folder1/x",
                             "mysql --version | tail -pfolder1",
                             "sshpass -p $PASSWORD ssh, sshpass -p '***' x, sshpass -e",
                             "mysql -p$DB_PASSWORD, mysql -p<password>",
                             "ＡＫＩＡ ＡＫＩＡＩＯＳＦＯＤＮＮ７ＥＸＡＭＰＬＥＸ"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestSecretPhrases::leavesAlone()
{
    QFETCH(QString, text);
    QCOMPARE(findSecrets(text), QList<SecretFinding>());
}

void TestSecretPhrases::aWideKeyId()
{
    const QString text = u"キーはＡＫＩＡＩＯＳＦＯＤＮＮ７ＥＸＡＭＰＬＥです"_s;
    const QList<SecretFinding> found = findSecrets(text);
    QCOMPARE(found, QList<SecretFinding>({{3, 20, Kind::AccessKeyId}}));
    QCOMPARE(masked(text, found), u"キーはＡＫＩＡ****************です"_s);
}

QTEST_APPLESS_MAIN(TestSecretPhrases)
#include "tst_secretphrases.moc"
