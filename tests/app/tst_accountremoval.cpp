#include "app/application.h"
#include "archive/outbox.h"
#include "demoservice.h"
#include "ui/accountactions.h"
#include "ui/caselistpage.h"
#include "ui/composer.h"
#include "ui/conversationpage.h"
#include "ui/conversationview.h"
#include "ui/errorbanner.h"
#include "ui/messageedit.h"
#include "ui/newcasewindow.h"
#include "ui/uisettings.h"
#include "ui/welcomepage.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;
const QString typedReply = u"A reply that nobody sent"_s;

} // namespace

/// What becomes of an account that a person removes, and the welcome page that they see then.
class TestAccountRemoval : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_program.reset(); }
    void theReplyGoesWithItsData();
    void theReplyStaysWithItsData();
    void aNewCaseStaysWithThePerson();
    void aLogoutWritesNothingOfIt();
    void nothingIsRememberedOfIt();
    void anotherProgramsDeletionIsFollowed();
    void itsProfileCanBeChosenAgain();
    void theWelcomePageFollowsTheFiles();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &content);
    QByteArray profile(const QByteArray &name, int account) const;
    void start();
    /// With these profiles as accounts of the list, and all of their cases.
    bool startWith(const QStringList &names);
    bool openCase();
    bool remove(bool deleteData);
    /// Whether a file of the person's holds the text, after the program has ended.
    QStringList filesWith(const QByteArray &text);

    Workspace &workspace() { return m_program->workspace(); }
    MainWindow &window() { return m_program->window(); }
    Composer &composer() { return window().conversation().composer(); }
    template <class T> T *child(const char *name) { return window().findChild<T *>(QLatin1StringView(name)); }
    WelcomePage *welcome() { return window().findChild<WelcomePage *>(); }
    QListWidget *profiles() { return welcome() ? welcome()->findChild<QListWidget *>(u"profiles"_s) : nullptr; }
    const QString id() { return m_program->keeper().accounts().first().id; }

    test::DemoFixture m_demo;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Application> m_program;
    CaseKey m_case;
};

void TestAccountRemoval::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("HOME", QFile::encodeName(m_folder->path()));
    qputenv("AWS_CONFIG_FILE", QFile::encodeName(path(u".aws/config"_s)));
    qputenv("AWS_SHARED_CREDENTIALS_FILE", QFile::encodeName(path(u".aws/credentials"_s)));
    for (const char *name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_DEFAULT_PROFILE",
                             "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SUPPORT", "HTTPS_PROXY"})
        qunsetenv(name);
}

void TestAccountRemoval::write(const QString &name, const QByteArray &content)
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray TestAccountRemoval::profile(const QByteArray &name, int account) const
{
    return '[' + name + "]\naws_access_key_id = " + m_demo.account(account).accessKeyId.toUtf8()
        + "\naws_secret_access_key = " + m_demo.account(account).secretAccessKey.toUtf8() + '\n';
}

void TestAccountRemoval::start()
{
    CommandLine line;
    line.portable = path(u"portable"_s);
    line.language = u"en"_s;
    line.endpointUrl = m_demo.endpoint();
    m_program = std::make_unique<Application>(line);
    m_program->start();
}

bool TestAccountRemoval::startWith(const QStringList &names)
{
    QDir(m_folder->path()).mkpath(u".aws"_s);
    QDir(m_folder->path()).mkpath(u"portable"_s);
    QByteArray credentials;
    AccountList list(path(u"portable/accounts.json"_s));
    if (!list.load())
        return false;
    for (int i = 0; i < names.size(); ++i) {
        credentials += profile(names.at(i).toUtf8(), i);
        ListedAccount account;
        account.name = account.profile = names.at(i);
        account.source = ListedAccount::Source::Profile;
        account.endpointUrl = m_demo.endpoint();
        account.archiveKey = u"profile:"_s + names.at(i);
        if (!list.add({account}))
            return false;
    }
    write(u".aws/credentials"_s, credentials);
    start();
    return QTest::qWaitFor(
        [&] {
            return workspace().accountRecords().size() == names.size() && !workspace().isLoading()
                && workspace().lastSync() > 0 && workspace().cases().rowCount() > 0;
        },
        patience);
}

/// The first case of the first account.
bool TestAccountRemoval::openCase()
{
    const AccountId account = m_program->keeper().archived(id());
    for (int row = 0; row < workspace().cases().rowCount(); ++row) {
        m_case = workspace().cases().keyAt(row);
        if (m_case.account != account)
            continue;
        window().openCase(m_case);
        return QTest::qWaitFor([&] { return window().conversation().isReady() && composer().isEnabled(); }, patience);
    }
    return false;
}

bool TestAccountRemoval::remove(bool deleteData)
{
    bool isDone = false;
    m_program->keeper().remove(id(), deleteData, this, [&isDone](const Result<void> &) { isDone = true; });
    return QTest::qWaitFor([&isDone] { return isDone; }, patience);
}

QStringList TestAccountRemoval::filesWith(const QByteArray &text)
{
    m_program.reset();
    QStringList found;
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
            found.append(file.fileName());
    }
    return found;
}

void TestAccountRemoval::theReplyGoesWithItsData()
{
    QVERIFY(startWith({u"work"_s}));
    QVERIFY(openCase());
    composer().text().setPlainText(typedReply);
    composer().flush();
    QTRY_VERIFY(!workspace().outbox().isStoring());
    QCOMPARE(m_program->keeper().holdings(id()).drafts, 1);
    QSignalSpy failed(&workspace(), &Workspace::failed);
    bool isDone = false;
    m_program->keeper().remove(id(), true, this, [&isDone](const Result<void> &) { isDone = true; });
    composer().text().setPlainText(typedReply + u", and more meanwhile"_s);
    composer().flush();
    QTRY_VERIFY_WITH_TIMEOUT(isDone, patience);
    QTRY_VERIFY(welcome() && welcome()->isVisible());
    QTRY_VERIFY(!workspace().outbox().isStoring());
    workspace().outbox().load(); // whatever is asked of the archive comes behind what was stored
    QSignalSpy loaded(&workspace().outbox(), &Outbox::loaded);
    QVERIFY(loaded.wait(patience));
    QCOMPARE(workspace().outbox().entries().size(), 0);
    QCOMPARE(workspace().outbox().unsettled().size(), 0);
    QCOMPARE(failed.size(), 0);
    QVERIFY(window().banners().isEmpty());
    QCOMPARE(composer().text().text(), QString());
    QVERIFY(!composer().text().document()->isUndoAvailable());
    QVERIFY(!composer().isEnabled() && !composer().isVisible());
    QVERIFY(!welcome()->findChild<QPushButton *>(u"leftDrafts"_s)->isVisible());
    window().close(); // asks nothing
    QVERIFY(!window().isVisible());
    QCOMPARE(filesWith(typedReply.toUtf8()), QStringList());
}

void TestAccountRemoval::theReplyStaysWithItsData()
{
    QVERIFY(startWith({u"work"_s}));
    QVERIFY(openCase());
    composer().text().setPlainText(typedReply); // not stored yet
    QVERIFY(remove(false));
    QTRY_COMPARE(workspace().outbox().entries().size(), 1);
    QVERIFY(workspace().outbox().entries().first().input.contains(typedReply.toUtf8()));
    QTRY_VERIFY(!workspace().outbox().isStoring());
    QVERIFY(workspace().outbox().unstored().isEmpty());
    QTRY_COMPARE(window().conversation().view().shownMessages(), 0); // its cases are nowhere in sight
    QTRY_VERIFY(welcome() && welcome()->findChild<QPushButton *>(u"leftDrafts"_s)->isVisible());
}

void TestAccountRemoval::aNewCaseStaysWithThePerson()
{
    QVERIFY(startWith({u"work"_s, u"other"_s}));
    child<QAction>("actionNewCase")->trigger();
    QPointer<NewCaseWindow> made;
    for (QWidget *one : QApplication::topLevelWidgets()) {
        if (auto *found = qobject_cast<NewCaseWindow *>(one))
            made = found;
    }
    QVERIFY(made);
    auto *account = made->findChild<QComboBox *>(u"account"_s);
    const int row = account->findData(QVariant::fromValue(m_program->keeper().archived(id())));
    account->setCurrentIndex(row);
    Q_EMIT account->activated(row);
    made->findChild<QLineEdit *>(u"subject"_s)->setText(u"Still wanted"_s);
    made->flush();
    QTRY_VERIFY(!workspace().outbox().isStoring());
    QCOMPARE(workspace().outbox().entries().size(), 1);
    QSignalSpy failed(&workspace(), &Workspace::failed);
    QVERIFY(remove(true));
    QTRY_VERIFY(made && made->entryId().isEmpty());
    QCOMPARE(workspace().outbox().entries().size(), 0);
    // It is no row of the archive, and yet nothing that is ended without a question.
    made->findChild<QLineEdit *>(u"subject"_s)->setText(u"Still wanted, and changed"_s);
    made->flush();
    QCOMPARE(workspace().outbox().unstored().size(), 1);
    QCOMPARE(workspace().outbox().unstored().first().error.code, QString(archivecode::dataDeleted));
    QCOMPARE(failed.size(), 0);
    window().close(); // asks, and who stays has it as it was
    QTRY_VERIFY(QApplication::activeModalWidget());
    QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!QApplication::activeModalWidget());
    QVERIFY(window().isVisible() && made && made->isVisible());
    const int other = account->findData(QVariant::fromValue(workspace().accountRecords().first().id));
    account->setCurrentIndex(other);
    Q_EMIT account->activated(other);
    made->flush();
    QTRY_VERIFY(workspace().outbox().unsettled().isEmpty());
    QCOMPARE(workspace().outbox().entries().size(), 1);
    QCOMPARE(workspace().outbox().entries().first().error.kind, Error::Kind::None);
    made->close();
}

/// The window that stayed with the person ends unasked: then what was deleted stays so.
void TestAccountRemoval::aLogoutWritesNothingOfIt()
{
    QVERIFY(startWith({u"work"_s, u"other"_s}));
    OutboxEntry entry = Outbox::newEntry(m_program->keeper().archived(id()), CreateCase::name, {});
    entry.input = encode(CreateCase::Request{.subject = typedReply});
    QVERIFY(remove(true));
    workspace().outbox().save(entry);
    QCOMPARE(workspace().outbox().unstored().size(), 1);
    window().endUnasked();
    QVERIFY(window().close());
    QCOMPARE(filesWith(typedReply.toUtf8()), QStringList());
}

void TestAccountRemoval::nothingIsRememberedOfIt()
{
    QVERIFY(startWith({u"work"_s, u"other"_s}));
    QVERIFY(openCase());
    const QByteArray caseId = m_case.caseId.toUtf8();
    window().caseList().adopt(m_case);
    const UiSettings &settings = workspace().settings();
    QVERIFY(settings.text(u"cases/recent"_s).contains(m_case.caseId));
    window().caseList().save();
    QVERIFY(remove(true));
    QTRY_VERIFY(window().conversation().key().account != m_case.account);
    QTRY_VERIFY(!settings.text(u"cases/recent"_s).contains(m_case.caseId));
    for (const QString &key : settings.keys())
        QVERIFY2(!settings.text(key).contains(m_case.caseId), qPrintable(key));
    window().close();
    QCOMPARE(filesWith(caseId), QStringList());
}

void TestAccountRemoval::anotherProgramsDeletionIsFollowed()
{
    QVERIFY(startWith({u"work"_s}));
    QVERIFY(openCase());
    QVERIFY(window().conversation().view().shownMessages() > 0);
    const QByteArray caseId = m_case.caseId.toUtf8();
    workspace().lookForForeignChanges(); // it knows the accounts of its archive
    bool isDone = false;
    Archive other;
    other.open(path(u"portable/archive.sqlite"_s), &other, [&](const Result<void> &opened) {
        QVERIFY(opened);
        other.deleteAccount(
            m_case.account, &other, [&isDone](const Result<void> &) { isDone = true; }, Return::Refused);
    });
    QTRY_VERIFY_WITH_TIMEOUT(isDone, patience);
    AccountList list(path(u"portable/accounts.json"_s));
    QVERIFY(list.load() && list.remove(list.accounts().first().id));
    QTRY_VERIFY_WITH_TIMEOUT(welcome() && welcome()->isVisible(), patience);
    QTRY_COMPARE(window().conversation().view().shownMessages(), 0);
    QVERIFY(!window().conversation().key().isValid());
    workspace().lookForForeignChanges();
    QTRY_VERIFY(!workspace().settings().text(u"cases/recent"_s).contains(m_case.caseId));
    window().close();
    QCOMPARE(filesWith(caseId), QStringList());
}

void TestAccountRemoval::itsProfileCanBeChosenAgain()
{
    QVERIFY(startWith({u"work"_s}));
    QVERIFY(remove(false));
    QTRY_VERIFY(profiles() && profiles()->isVisible());
    QTRY_COMPARE(profiles()->item(0)->text(), u"work"_s);
    QVERIFY(profiles()->item(0)->flags().testFlag(Qt::ItemIsUserCheckable));
}

void TestAccountRemoval::theWelcomePageFollowsTheFiles()
{
    start();
    QTRY_VERIFY(welcome() && welcome()->isVisible());
    QCOMPARE(profiles()->count(), 0);
    // The watch begins after the first picture.
    QTRY_VERIFY(workspace().isWithoutAccount());
    QDir(m_folder->path()).mkpath(u".aws"_s);
    write(u".aws/credentials"_s, profile("beta", 0));
    QTRY_COMPARE_WITH_TIMEOUT(profiles()->count(), 1, patience);
    QCOMPARE(profiles()->item(0)->checkState(), Qt::Checked); // the only one is meant
    write(u".aws/credentials"_s, profile("alpha", 1) + profile("beta", 0) + profile("gamma", 2));
    QTRY_COMPARE_WITH_TIMEOUT(profiles()->count(), 3, patience);
    QStringList checked;
    for (int row = 0; row < profiles()->count(); ++row) {
        if (profiles()->item(row)->checkState() == Qt::Checked)
            checked.append(profiles()->item(row)->text());
    }
    QCOMPARE(checked, QStringList{u"beta"_s});
    QCOMPARE(profiles()->currentItem()->text(), u"beta"_s);
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestAccountRemoval test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_accountremoval.moc"
