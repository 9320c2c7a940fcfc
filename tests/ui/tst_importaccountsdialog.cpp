#include "ui/importaccountsdialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

ListedAccount listed(const QString &id, const QString &name, const QString &profile)
{
    ListedAccount account;
    account.id = id;
    account.name = name;
    account.source = ListedAccount::Source::Profile;
    account.profile = profile;
    return account;
}

QList<OrganizationAccount> organization(int count)
{
    QList<OrganizationAccount> accounts;
    for (int i = 0; i < count; ++i)
        accounts.append({u"%1"_s.arg(444400000000 + i), u"Team %1"_s.arg(i), {}, {}, i == 1});
    return accounts;
}

} // namespace

class TestImportAccountsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyControlIsNamed();
    void profiles();
    void aFile();
    void anOrganization();
    void failures();
    void choosing();
    void withoutAnAccount();

private:
    template <class T> T *child(const char *name) const
    {
        auto *found = m_dialog->findChild<T *>(QLatin1StringView(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    QAbstractItemModel *model() const { return child<QTreeView>("candidates")->model(); }
    QString cell(int row, int column) const { return model()->index(row, column).data().toString(); }
    bool isChecked(int row) const { return model()->index(row, 0).data(Qt::CheckStateRole).toInt() == Qt::Checked; }
    QString problem() const { return child<QLabel>("importProblem")->text(); }

    std::unique_ptr<ImportAccountsDialog> m_dialog;
    QTemporaryDir m_folder;
};

void TestImportAccountsDialog::init()
{
    m_dialog = std::make_unique<ImportAccountsDialog>();
    const auto sections =
        parseConfigFile("[profile a]\naws_access_key_id=A\naws_secret_access_key=s\n[profile b]\naws_access_key_id=A\n"
                        "aws_secret_access_key=s\n[profile empty]\nregion=eu-west-1\n",
                        u"config"_s);
    m_dialog->setProfiles(mergeConfig(*sections, {}));
    m_dialog->setBaseAccounts({listed(u"id-1"_s, u"Production"_s, u"a"_s), listed(u"id-2"_s, u"Other"_s, u"x"_s)});
    m_dialog->show();
}

void TestImportAccountsDialog::everyControlIsNamed()
{
    for (const QWidget *widget : m_dialog->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(u"qt_"_s)
            || widget->inherits("QStackedWidget") || widget->inherits("QComboBoxListView"))
            continue;
        QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
    }
    for (const char *name : {"csvFile", "roleName", "externalId", "filterCandidates"})
        QVERIFY2(!child<QLineEdit>(name)->accessibleName().isEmpty(), name);
    QVERIFY(m_dialog->minimumSizeHint().width() <= 800);
}

void TestImportAccountsDialog::profiles()
{
    QCOMPARE(model()->rowCount(), 3);
    QVERIFY(cell(0, 2).contains(u"Production"_s));
    QVERIFY(!model()->index(0, 0).data(Qt::CheckStateRole).isValid());
    QVERIFY(isChecked(1));
    QVERIFY(!cell(2, 2).isEmpty());
    QCOMPARE(m_dialog->chosen().size(), 1);
    QCOMPARE(m_dialog->chosen().first().profile, u"b"_s);
    QVERIFY(child<QPushButton>("addChosen")->text().contains(u"1"_s));
    m_dialog->setProfiles({}, u"config:3: what is this"_s);
    QVERIFY(problem().contains(u"config:3"_s));
    QVERIFY(!child<QPushButton>("addChosen")->isEnabled());
}

void TestImportAccountsDialog::aFile()
{
    m_dialog->setFrom(ImportAccountsDialog::From::Csv);
    QCOMPARE(model()->rowCount(), 0);
    QVERIFY(problem().isEmpty());
    const QString path = m_folder.filePath(u"accounts.csv"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("name,profile,role_arn\nOne,one,\nTwo,,arn:aws:iam::444455556666:role/R\n");
    file.close();
    child<QComboBox>("csvBase")->setCurrentIndex(1);
    child<QLineEdit>("csvFile")->setText(path);
    Q_EMIT child<QLineEdit>("csvFile")->editingFinished();
    QVERIFY2(problem().isEmpty(), qPrintable(problem()));
    QCOMPARE(m_dialog->chosen().size(), 2);
    QCOMPARE(m_dialog->chosen().last().base, u"id-2"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("name,profile\nOne,one\nTwo,\n");
    file.close();
    Q_EMIT child<QLineEdit>("csvFile")->editingFinished();
    QVERIFY2(problem().startsWith(u"accounts.csv:3: "_s), qPrintable(problem()));
    QCOMPARE(model()->rowCount(), 0);
    for (const QString &wrong : {m_folder.filePath(u"none"_s), m_folder.path()}) {
        child<QLineEdit>("csvFile")->setText(wrong);
        Q_EMIT child<QLineEdit>("csvFile")->editingFinished();
        QVERIFY(problem().contains(wrong));
    }
}

void TestImportAccountsDialog::anOrganization()
{
    m_dialog->setFrom(ImportAccountsDialog::From::Organization);
    QSignalSpy wanted(m_dialog.get(), &ImportAccountsDialog::organizationRequested);
    QSignalSpy unwanted(m_dialog.get(), &ImportAccountsDialog::organizationCancelled);
    child<QComboBox>("baseAccount")->setCurrentIndex(1);
    child<QPushButton>("listAccounts")->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().toString(), u"id-2"_s);
    m_dialog->setOrganizationProgress(40);
    QVERIFY(child<QLabel>("importStatus")->text().contains(u"40"_s));
    m_dialog->setOrganization(organization(200));
    QCOMPARE(model()->rowCount(), 200);
    QCOMPARE(m_dialog->chosen().size(), 199); // one is suspended
    QVERIFY(!isChecked(1));
    QCOMPARE(m_dialog->chosen().first().roleArn, u"arn:aws:iam::444400000000:role/OrganizationAccountAccessRole"_s);
    child<QLineEdit>("roleName")->setText(u"Support"_s);
    child<QLineEdit>("externalId")->setText(u"e-1"_s);
    QCOMPARE(m_dialog->chosen().size(), 199);
    QCOMPARE(m_dialog->chosen().first().roleArn, u"arn:aws:iam::444400000000:role/Support"_s);
    QCOMPARE(m_dialog->chosen().first().externalId, u"e-1"_s);
    child<QLineEdit>("roleName")->setText(u"not a role"_s);
    QVERIFY(!problem().isEmpty());
    QVERIFY(m_dialog->chosen().isEmpty());

    child<QPushButton>("listAccounts")->click();
    QCOMPARE(wanted.size(), 2);
    child<QPushButton>("listAccounts")->click(); // stops it
    QCOMPARE(unwanted.size(), 1);
    child<QPushButton>("listAccounts")->click();
    m_dialog->reject();
    QCOMPARE(unwanted.size(), 2);
}

void TestImportAccountsDialog::failures()
{
    m_dialog->setFrom(ImportAccountsDialog::From::Organization);
    QTest::keyClick(child<QLineEdit>("roleName"), Qt::Key_Return); // as the button beside it
    QCOMPARE(child<QPushButton>("listAccounts")->text(), u"Stop &Listing"_s);
    m_dialog->setOrganization(organization(20), {.kind = Error::Kind::Refused, .code = u"AccessDeniedException"_s});
    QVERIFY2(problem().contains(u"organizations:ListAccounts"_s), qPrintable(problem()));
    QCOMPARE(model()->rowCount(), 20); // what came stays
    m_dialog->setOrganization({}, {.kind = Error::Kind::Refused, .code = u"AWSOrganizationsNotInUseException"_s});
    QVERIFY(problem().contains(u"no organization"_s));
    m_dialog->setOrganization({}, {.kind = Error::Kind::TimedOut});
    QVERIFY(!problem().isEmpty());
    child<QComboBox>("baseAccount")->setCurrentIndex(1); // another one: what the first said is over
    QVERIFY(problem().isEmpty());
}

void TestImportAccountsDialog::choosing()
{
    m_dialog->setFrom(ImportAccountsDialog::From::Organization);
    m_dialog->setOrganization(organization(30));
    child<QPushButton>("checkNone")->click();
    QVERIFY(m_dialog->chosen().isEmpty());
    QVERIFY(!child<QPushButton>("addChosen")->isEnabled());
    child<QLineEdit>("filterCandidates")->setText(u"team 2"_s); // 2, 20 to 29
    QCOMPARE(model()->rowCount(), 11);
    child<QPushButton>("checkAll")->click();
    QCOMPARE(m_dialog->chosen().size(), 11);
    model()->setData(model()->index(0, 0), Qt::Unchecked, Qt::CheckStateRole);
    QCOMPARE(m_dialog->chosen().size(), 10);
    QVERIFY(child<QPushButton>("addChosen")->text().contains(u"10"_s));
    QSignalSpy accepted(m_dialog.get(), &QDialog::accepted);
    child<QPushButton>("addChosen")->click();
    QCOMPARE(accepted.size(), 1);
    QCOMPARE(m_dialog->chosen().size(), 10);
}

void TestImportAccountsDialog::withoutAnAccount()
{
    m_dialog->setBaseAccounts({});
    m_dialog->setFrom(ImportAccountsDialog::From::Organization);
    QVERIFY(!problem().isEmpty());
    QVERIFY(!child<QPushButton>("listAccounts")->isEnabled());
}

QTEST_MAIN(TestImportAccountsDialog)
#include "tst_importaccountsdialog.moc"
