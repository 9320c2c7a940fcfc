#include "app/application.h"
#include "demoservice.h"
#include "faultserver.h"
#include "ui/advisoractions.h"
#include "ui/advisorwork.h"
#include "ui/caselistpage.h"
#include "ui/errorbanner.h"
#include "ui/statepage.h"
#include "ui/welcomepage.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDateTime>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// The program as it starts, with a home of its own.
struct Program
{
    explicit Program(const QString &folder, const QString &endpoint, CommandLine line = {})
    {
        line.portable = folder;
        line.endpointUrl = endpoint;
        line.language = u"en"_s;
        application = std::make_unique<Application>(line);
        application->start();
    }

    WelcomePage *welcome() { return application->window().findChild<WelcomePage *>(); }
    bool isWelcoming() { return welcome() && welcome()->isVisible(); }
    bool hasCases() { return application->workspace().cases().rowCount() > 0; }
    QListWidget &profiles() { return *welcome()->findChild<QListWidget *>(u"profiles"_s); }
    void check(int row) { profiles().item(row)->setCheckState(Qt::Checked); }
    QAbstractButton &use() { return *welcome()->findChild<QAbstractButton *>(u"useProfile"_s); }
    StatePage &state() { return *application->window().caseList().findChild<StatePage *>(u"state"_s); }

    std::unique_ptr<Application> application;
};

} // namespace

/// The first start and the choice of an account.
class TestApplication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void chosenProfilesAreRemembered();
    void aProfileThatNeverWorkedStaysInTheList();
    void anUnsupportedProfileSaysSo();
    void theChoiceCanBeMadeAgain();
    void theCodeIsAskedForOnTopOfTheTest();
    void theBannerNamesWhatAProfileLacks();
    void aBrokenFileDoesNotHideTheOther();
    void picturesAreOfWhatWasAskedFor();
    void theDemoSaysThatItIsOne();
    void whatTheDemoStoresLateReachesNoAccount();
    void nothingIsLeftOutsideAPortableFolder();
    void whatNothingSpeaksOfIsNotSentAnyMore();
    void lettersAnswerNoQuestion();
    void anArchiveInUseIsWaitedFor_data();
    void anArchiveInUseIsWaitedFor();

private:
    void writeProfiles(const QByteArray &credentials, const QByteArray &config = {});
    QByteArray keys(int account) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    test::DemoFixture m_demo;
};

void TestApplication::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("AWS_CONFIG_FILE", QFile::encodeName(m_folder->filePath(u"config"_s)));
    qputenv("AWS_SHARED_CREDENTIALS_FILE", QFile::encodeName(m_folder->filePath(u"credentials"_s)));
    for (const char *name :
         {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ENDPOINT_URL_STS"})
        qunsetenv(name);
}

void TestApplication::writeProfiles(const QByteArray &credentials, const QByteArray &config)
{
    for (const auto &[name, content] : {std::pair(u"credentials"_s, credentials), std::pair(u"config"_s, config)}) {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
}

QByteArray TestApplication::keys(int account) const
{
    return "aws_access_key_id = " + m_demo.account(account).accessKeyId.toUtf8()
        + "\naws_secret_access_key = " + m_demo.account(account).secretAccessKey.toUtf8() + '\n';
}

void TestApplication::chosenProfilesAreRemembered()
{
    writeProfiles("[work]\n" + keys(0) + "[other]\n" + keys(1));
    {
        Program program(m_folder->path(), m_demo.endpoint());
        QTRY_VERIFY(program.isWelcoming());
        QCOMPARE(program.profiles().count(), 2);
        QVERIFY(!program.use().isEnabled());
        program.check(0);
        program.use().click();
        QTRY_VERIFY_WITH_TIMEOUT(program.hasCases(), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!program.application->workspace().isLoading(), 20'000);
    }
    Program program(m_folder->path(), m_demo.endpoint());
    QTRY_VERIFY_WITH_TIMEOUT(program.hasCases(), 20'000);
    QVERIFY(!program.isWelcoming());
    QCOMPARE(program.application->keeper().accounts().size(), 1);
}

void TestApplication::aProfileThatNeverWorkedStaysInTheList()
{
    writeProfiles("[broken]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = none\n[work]\n" + keys(0));
    {
        Program program(m_folder->path(), m_demo.endpoint());
        QTRY_VERIFY(program.isWelcoming());
        program.check(0);
        program.use().click();
        // It is tested first, and added because somebody says so.
        const auto anyway = [&program] {
            return program.application->window().findChild<QAbstractButton *>(u"addAnyway"_s);
        };
        const auto leave = [&program] {
            return program.application->window().findChild<QAbstractButton *>(u"leaveOut"_s);
        };
        QTRY_VERIFY_WITH_TIMEOUT(leave() && leave()->isVisible(), 20'000);
        QVERIFY(program.application->keeper().accounts().isEmpty());
        anyway()->click();
        QTRY_COMPARE_WITH_TIMEOUT(program.state().title(), u"The cases could not be loaded"_s, 20'000);
    }
    Program program(m_folder->path(), m_demo.endpoint());
    QTRY_COMPARE_WITH_TIMEOUT(program.state().title(), u"The cases could not be loaded"_s, 20'000);
    program.state().findChild<QAbstractButton *>(u"secondButton"_s)->click(); // the way to mend it
    auto *settings = program.application->window().findChild<QDialog *>(u"settingsDialog"_s);
    QTRY_VERIFY(settings && settings->isVisible());
    QVERIFY(settings->findChild<QWidget *>(u"accountsPage"_s)->isVisible());
}

void TestApplication::anUnsupportedProfileSaysSo()
{
    writeProfiles("[work]\n" + keys(0),
                  "[profile signin]\nlogin_session = arn:aws:iam::123456789012:user/hana\n"
                  "[default]\nlogin_session = arn:aws:iam::123456789012:user/hana\n"
                  "[profile settings]\nregion = eu-west-1\n");
    Program program(m_folder->path(), m_demo.endpoint());
    QTRY_VERIFY(program.isWelcoming()); // though there is a default profile
    QListWidget &list = program.profiles();
    QCOMPARE(list.count(), 3);
    const auto row = [&list](QStringView name) {
        for (int i = 0; i < list.count(); ++i) {
            if (list.item(i)->text().startsWith(name))
                return i;
        }
        return -1;
    };
    QCOMPARE(list.currentRow(), row(u"work")); // the one that works is offered first
    QVERIFY(program.use().isEnabled()); // and checked, for want of others
    QCOMPARE(list.item(row(u"work"))->text(), u"work"_s);
    QCOMPARE(list.item(row(u"signin"))->text(), u"signin (“aws login”: see below)"_s);
    list.setCurrentRow(row(u"signin"));
    QVERIFY(!list.currentItem()->flags().testFlag(Qt::ItemIsUserCheckable));
    const auto *hint = program.welcome()->findChild<QLabel *>(u"profilesHint"_s);
    QVERIFY2(hint->isVisible() && hint->text().contains(u"export-credentials --profile signin"_s),
             qPrintable(hint->text()));
}

void TestApplication::theChoiceCanBeMadeAgain()
{
    writeProfiles("[broken]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = none\n[work]\n" + keys(0));
    CommandLine line;
    line.profile = u"broken"_s;
    Program program(m_folder->path(), m_demo.endpoint(), line);
    QTRY_COMPARE_WITH_TIMEOUT(program.state().title(), u"The cases could not be loaded"_s, 20'000);
    QTRY_VERIFY(!program.application->window().banners().isEmpty());
    // The banner says why, and the page says it only once that one is closed.
    QTRY_COMPARE(program.state().sentence(), QString());
    program.application->window().banners().first()->findChild<QAbstractButton *>(u"closeButton"_s)->click();
    QVERIFY(!program.state().sentence().isEmpty());
    auto *choose = program.state().findChild<QAbstractButton *>(u"secondButton"_s);
    QVERIFY(choose->isVisible());
    choose->click();
    QTRY_VERIFY(program.isWelcoming());
    QVERIFY(program.application->window().banners().isEmpty());
    program.check(1);
    program.use().click();
    QTRY_VERIFY_WITH_TIMEOUT(program.hasCases(), 20'000);
    QVERIFY(!program.isWelcoming());
    QCOMPARE(program.application->workspace().accountRecords().size(), 1); // the one that failed is left
}

/// As the welcome page tests what was chosen; a code that is typed lets the test go on to its end.
void TestApplication::theCodeIsAskedForOnTopOfTheTest()
{
    qputenv("AWS_ENDPOINT_URL_STS", m_demo.endpoint().toUtf8());
    writeProfiles("[work]\n" + keys(0),
                  "[profile guarded]\nsource_profile = work\nmfa_serial = arn:aws:iam::1:mfa/hana\nrole_arn = "
                  "arn:aws:iam::"
                      + m_demo.account(1).accountId.toUtf8() + ":role/support\n");
    Program program(m_folder->path(), m_demo.endpoint());
    QTRY_VERIFY(program.isWelcoming());
    QVERIFY(QTest::qWaitForWindowActive(&program.application->window()));
    QListWidget &profiles = program.profiles();
    for (int row = 0; row < profiles.count(); ++row)
        profiles.item(row)->setCheckState(profiles.item(row)->text() == "guarded"_L1 ? Qt::Checked : Qt::Unchecked);
    QTest::mouseClick(&program.use(), Qt::LeftButton);
    const auto topOf = [](const char *name) -> QDialog * {
        for (QWidget *one : QApplication::topLevelWidgets()) {
            if (one->objectName() == QLatin1StringView(name) && one->isVisible())
                return qobject_cast<QDialog *>(one);
        }
        return nullptr;
    };
    QTRY_VERIFY(topOf("mfaDialog") && topOf("newAccountsDialog"));
    QTRY_COMPARE(topOf("mfaDialog")->parentWidget(), topOf("newAccountsDialog"));
    QTRY_VERIFY(topOf("mfaDialog")->isActiveWindow());
    auto *code = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(code && topOf("mfaDialog")->isAncestorOf(code));
    QTest::keyClicks(code, u"123456"_s);
    QTest::keyClick(code, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!topOf("newAccountsDialog"), 20'000); // it ends by itself where all works
    QCOMPARE(program.application->keeper().accounts().size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(program.hasCases(), 20'000);
}

void TestApplication::theBannerNamesWhatAProfileLacks()
{
    writeProfiles({}, "[profile fails]\ncredential_process = /bin/false\n");
    for (const auto &[profile, told] :
         {std::pair(u"fails"_s, u"(credential_process) failed"_s),
          std::pair(u"nope"_s, u"There is no such profile in "_s + m_folder->filePath(u"config"_s))}) {
        CommandLine line;
        line.profile = profile;
        Program program(m_folder->path(), m_demo.endpoint(), line);
        QTRY_COMPARE_WITH_TIMEOUT(program.application->window().banners().size(), 1, 20'000);
        const QString text = program.application->window().banners().first()->text();
        QVERIFY2(text.contains(told) && text.contains(profile), qPrintable(text));
    }
}

void TestApplication::aBrokenFileDoesNotHideTheOther()
{
    writeProfiles("[default\naws_access_key_id = A\n", "[profile work]\n" + keys(0));
    Program program(m_folder->path(), m_demo.endpoint());
    QTRY_VERIFY(program.isWelcoming());
    QTRY_COMPARE(program.profiles().count(), 1);
    QCOMPARE(program.profiles().item(0)->text(), u"work"_s);
    const auto *hint = program.welcome()->findChild<QLabel *>(u"profilesHint"_s);
    QVERIFY2(hint->isVisible() && hint->text().contains(m_folder->filePath(u"credentials"_s) + u":1: "_s),
             qPrintable(hint->text()));
}

void TestApplication::picturesAreOfWhatWasAskedFor()
{
    const auto take = [this](const QString &endpoint, const QByteArray &account) {
        writeProfiles(account);
        QTemporaryDir folder;
        CommandLine line;
        line.profile = account.isEmpty() ? QString() : u"default"_s;
        line.screenshot = m_folder->filePath(u"picture.png"_s);
        QFile::remove(line.screenshot);
        const Program program(folder.path(), endpoint, line);
        return QApplication::exec() == 0 && QFile::exists(line.screenshot);
    };
    test::FaultServer empty({test::http(200, "{\"cases\":[],\"severityLevels\":[],\"services\":[]}")});
    QVERIFY(take(empty.url().toString(), "[default]\n" + keys(0))); // no case there is a picture, too
    QVERIFY(take(m_demo.endpoint(), {})); // and so is the first start
    QVERIFY(!take(u"http://192.0.2.1/"_s, "[default]\n" + keys(0))); // that of a refusal is not what was asked for
}

void TestApplication::theDemoSaysThatItIsOne()
{
    CommandLine line;
    line.demo = true;
    const Program program(m_folder->path(), {}, line);
    MainWindow &window = program.application->window();
    auto *status = window.findChild<QLabel *>(u"statusAccounts"_s);
    QTRY_VERIFY_WITH_TIMEOUT(window.isFilled() && program.application->workspace().lastSync() > 0, 30'000);
    QVERIFY2(window.windowTitle().endsWith(u"Demo — Casement"_s), qPrintable(window.windowTitle()));
    QVERIFY2(status->text().startsWith(u"Demo · "_s), qPrintable(status->text()));
    Workspace &workspace = program.application->workspace();
    const QList<AccountRecord> madeUp = workspace.accountRecords();
    QSet<int> colors;
    for (const AccountRecord &account : madeUp)
        colors.insert(workspace.accounts().colorIndex(account.id));
    QCOMPARE(colors, (QSet<int>{0, 1, 2, 3})); // the most different ones
    window.findChild<QAction *>(u"actionLanguageJapanese"_s)->trigger();
    QTRY_VERIFY2(window.windowTitle().endsWith(u"デモ — Casement"_s), qPrintable(window.windowTitle()));
    QTRY_VERIFY2(status->text().startsWith(u"デモ · "_s), qPrintable(status->text()));
    window.findChild<QAction *>(u"actionLanguageEnglish"_s)->trigger();
    // Whose accounts these are is said no longer than it is so.
    Q_EMIT window.listRequested();
    QTRY_COMPARE(window.windowTitle(), u"Casement"_s);
    QVERIFY2(!status->text().contains(u"Demo"_s), qPrintable(status->text()));
}

/// A job whose last answer comes when the demo was left already.
void TestApplication::whatTheDemoStoresLateReachesNoAccount()
{
    writeProfiles("[work]\n" + keys(0));
    {
        CommandLine line;
        line.profile = u"work"_s;
        Program before(m_folder->path(), m_demo.endpoint(), line);
        QTRY_VERIFY_WITH_TIMEOUT(before.hasCases(), 20'000);
    }
    CommandLine line;
    line.demo = true;
    Program program(m_folder->path(), {}, line);
    QTRY_VERIFY_WITH_TIMEOUT(program.hasCases(), 20'000);
    const QList<AccountRecord> madeUp = program.application->workspace().accountRecords();
    QVERIFY(!madeUp.isEmpty());
    MainWindow &window = program.application->window();
    Q_EMIT window.listRequested();
    QTRY_VERIFY_WITH_TIMEOUT(program.isWelcoming(), 20'000); // and the archive of the person is open
    AdvisorArchive &advisor = window.advisor().work().archive();
    for (const AccountRecord &account : madeUp)
        advisor.storeRefresh(account.id, u"check"_s,
                             {QString(refreshWanted), QDateTime::currentMSecsSinceEpoch(), false});
    std::optional<QHash<AccountId, QStringList>> wanted;
    advisor.loadUnfinished(this, [&wanted](const auto &found) { wanted = *found; });
    QTRY_VERIFY(wanted);
    QVERIFY2(wanted->isEmpty(), qPrintable(QDebug::toString(*wanted)));
}

/// Qt's own file dialog remembers folders.
void TestApplication::nothingIsLeftOutsideAPortableFolder()
{
    const QTemporaryDir home;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, home.path());
    QDir(m_folder->path()).mkpath(u"looked at"_s);
    {
        const Program program(m_folder->path(), {});
        QFileDialog dialog(&program.application->window());
        dialog.setOption(QFileDialog::DontUseNativeDialog);
        dialog.setFileMode(QFileDialog::Directory);
        dialog.setDirectory(m_folder->filePath(u"looked at"_s));
        dialog.show();
    }
    QCOMPARE(QDir(home.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
    QVERIFY(QFile::exists(m_folder->filePath(u"QtProject.conf"_s)));
}

void TestApplication::whatNothingSpeaksOfIsNotSentAnyMore()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"outgoing"_s));
    QFile left(m_folder->filePath(u"outgoing/left.zip"_s));
    QVERIFY(left.open(QIODevice::WriteOnly) && left.write("zip") == 3 && left.flush());
    QVERIFY(left.setFileTime(QDateTime::currentDateTime().addDays(-2), QFileDevice::FileModificationTime));
    left.close();
    const Program program(m_folder->path(), m_demo.endpoint());
    QTRY_VERIFY(!left.exists());
}

void TestApplication::lettersAnswerNoQuestion()
{
    const Program program(m_folder->path(), {});
    QMessageBox question(QMessageBox::Question, {}, u"Send it?"_s, QMessageBox::NoButton,
                         &program.application->window());
    auto *yes = question.addButton(u"&Send"_s, QMessageBox::AcceptRole);
    question.open();
    QTest::keyClick(&question, Qt::Key_S);
    QVERIFY(!yes->isDown());
    question.hide();
}

void TestApplication::anArchiveInUseIsWaitedFor_data()
{
    QTest::addColumn<QString>("mode");
    QTest::newRow("by one that lets nobody in") << u"EXCLUSIVE"_s;
    QTest::newRow("by one that writes") << u"NORMAL"_s;
}

void TestApplication::anArchiveInUseIsWaitedFor()
{
    QFETCH(QString, mode);
    writeProfiles("[work]\n" + keys(0));
    CommandLine line;
    line.profile = u"work"_s;
    {
        Program before(m_folder->path(), m_demo.endpoint(), line);
        QTRY_VERIFY_WITH_TIMEOUT(before.hasCases(), 20'000);
    }
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        other.setDatabaseName(m_folder->filePath(u"archive.sqlite"_s));
        QVERIFY(other.open());
        QSqlQuery query(other);
        QVERIFY(query.exec(u"PRAGMA locking_mode="_s + mode) && query.exec(u"BEGIN EXCLUSIVE"_s));
        Program program(m_folder->path(), m_demo.endpoint(), line);
        QTRY_COMPARE_WITH_TIMEOUT(program.application->window().banners().size(), 1, 20'000);
        const QString said = program.application->window().banners().first()->text();
        QVERIFY2(said.contains(u"Another program is using the archive"_s), qPrintable(said));
        QVERIFY(!program.isWelcoming());
        query.finish();
        QVERIFY(query.exec(u"COMMIT"_s));
        query.clear();
        other.close();
        QTRY_VERIFY_WITH_TIMEOUT(program.hasCases(), 30'000);
        QVERIFY(program.application->window().banners().isEmpty());
        QVERIFY(!program.isWelcoming());
    }
    QSqlDatabase::removeDatabase(u"other"_s);
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestApplication test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_application.moc"
