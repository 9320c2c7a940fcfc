#include "archive/outbox.h"
#include "newcaseworld.h"
#include "support/cases.h"
#include "ui/composer.h"
#include "ui/draftspage.h"
#include "ui/leftdraftdialog.h"
#include "ui/templatenotice.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

using World = test::NewCaseWorld;

namespace {

constexpr int patience = 20'000;

/// casement-cli, beside the window.
struct OtherWindow
{
    explicit OtherWindow(const QString &path) : m_path(path) { }

    /// `accounts remove --delete-data`, but for the list.
    bool deleteData(AccountId account)
    {
        Archive archive;
        std::optional<bool> done;
        archive.open(m_path, &archive, [&](const Result<void> &opened) {
            if (!opened)
                return void(done = false);
            archive.deleteAccount(
                account, &archive,
                [&](const Result<void> &deleted) { done = deleted || deleted.error().code == archivecode::busy; },
                Return::Refused);
        });
        return QTest::qWaitFor([&] { return done.has_value(); }, patience) && *done;
    }

    QStringList run(const QString &statement)
    {
        QStringList rows;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"left-drafts"_s);
            database.setDatabaseName(m_path);
            if (!database.open())
                qFatal("The archive can't be opened twice");
            QSqlQuery query(database);
            if (!query.exec(statement))
                qWarning("%s", qPrintable(query.lastError().text()));
            while (query.next())
                rows.append(query.value(0).toString());
        }
        QSqlDatabase::removeDatabase(u"left-drafts"_s);
        return rows;
    }

    const QString m_path;
};

} // namespace

/// What is written outlives the account for which it was written.
class TestLeftDrafts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void aNewCaseStaysWhenItsDataGoes();
    void aNewCaseThatWasSentGoes();
    void aReplyStaysWhenItsDataGoes();
    void theFilesOfAReplyAreTold();
    void aReplyThatWasSentGoes();
    void theDraftOfAGoneAccountCanBeRead();
    void aDraftNeverMovesToAnotherAccount();

private:
    QString path() const { return m_folder->filePath(u"archive.sqlite"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestLeftDrafts::aNewCaseStaysWhenItsDataGoes()
{
    World world(m_folder->path(), path());
    world.fixture.openAccounts(2);
    Workspace &workspace = world.fixture.workspace();
    QTRY_COMPARE_WITH_TIMEOUT(workspace.accountRecords().size(), 2, patience);
    QVERIFY(world.fixture.waitUntilFilled());
    const QList<AccountRecord> records = workspace.accountRecords();
    QVERIFY(world.ready(u"Kept in the window"_s));
    auto *account = world.child<QComboBox>("account");
    const int row = account->findData(QVariant::fromValue(records.first().id));
    account->setCurrentIndex(row);
    Q_EMIT account->activated(row);
    QVERIFY(world.isDraft());
    const QString name = workspace.accountName(records.first().id);
    const QString entry = world.window->entryId();
    OtherWindow other(path());
    QTRY_VERIFY(other.run(u"SELECT id FROM outbox"_s).contains(entry));
    world.fixture.sessions().leaveAll();
    workspace.setAccounts(records); // nothing is fetched for them any more
    QVERIFY(other.deleteData(records.first().id));

    workspace.lookForForeignChanges();
    auto *notice = world.child<TemplateNotice>("notice");
    QTRY_VERIFY(notice->isVisible());
    QVERIFY2(notice->text().contains(name), qPrintable(notice->text()));
    QVERIFY(world.window && world.window->isVisible());
    QCOMPARE(world.body().text(), u"The text of the case."_s);
    QCOMPARE(world.window->entryId(), QString());
    workspace.setAccounts({records.last()}); // it leaves the list a moment later
    QVERIFY2(notice->text().contains(u"removed from the list"_s), qPrintable(notice->text()));
    QCOMPARE(account->currentText(), name + u" (no longer in the list)"_s);
    QVERIFY(!world.create()->isEnabled());
    QCOMPARE(other.run(u"SELECT id FROM outbox"_s), QStringList()); // nothing comes back by itself

    const int another = account->findData(QVariant::fromValue(records.last().id));
    account->setCurrentIndex(another);
    Q_EMIT account->activated(another);
    QVERIFY(world.isDraft());
    QVERIFY(world.window->entryId() != entry);
    QCOMPARE(workspace.outbox().find(world.window->entryId())->account, records.last().id);
    world.window->close();
    QTRY_VERIFY(!world.window);
    QTRY_COMPARE(other.run(u"SELECT account FROM outbox"_s), QStringList{QString::number(records.last().id)});
}

void TestLeftDrafts::aNewCaseThatWasSentGoes()
{
    World world(m_folder->path(), path());
    QVERIFY(world.ready(u"Sent elsewhere"_s));
    QVERIFY(world.isDraft());
    OtherWindow other(path());
    QTRY_VERIFY(other.run(u"SELECT id FROM outbox"_s).contains(world.window->entryId()));
    // Another program sent it and told of it.
    other.run(u"UPDATE outbox SET state = 5"_s);
    world.fixture.workspace().lookForForeignChanges();
    QTRY_VERIFY_WITH_TIMEOUT(!world.window, patience);
    QCOMPARE(other.run(u"SELECT count(*) FROM outbox WHERE state < 5"_s), QStringList{u"0"_s});
}

void TestLeftDrafts::aReplyStaysWhenItsDataGoes()
{
    World world(m_folder->path(), path());
    Workspace &workspace = world.fixture.workspace();
    const QList<AccountRecord> records = workspace.accountRecords();
    const CaseKey key = world.fixture.cases().keyAt(0);
    QVERIFY(world.fixture.open(key));
    Composer &composer = world.fixture.window().conversation().composer();
    composer.text().setPlainText(u"A reply that was long to write"_s);
    composer.flush();
    const OutboxEntry *draft = workspace.outbox().replyDraft(key.account, key.caseId);
    QVERIFY(draft);
    const QString before = draft->id;
    OtherWindow other(path());
    QTRY_VERIFY(other.run(u"SELECT id FROM outbox"_s).contains(before));
    world.fixture.sessions().leaveAll();
    workspace.setAccounts(records);
    QTRY_VERIFY(world.fixture.cases().rowOfCase(key) >= 0);
    QVERIFY(world.fixture.open(key));
    QVERIFY(other.deleteData(records.first().id));

    workspace.lookForForeignChanges();
    const auto anew = [&] {
        const OutboxEntry *now = workspace.outbox().replyDraft(key.account, key.caseId);
        return now && now->id != before;
    };
    QTRY_VERIFY(anew());
    QCOMPARE(composer.text().text(), u"A reply that was long to write"_s);
    workspace.setAccounts({});
    QTRY_COMPARE(other.run(u"SELECT input LIKE '%long to write%' FROM outbox"_s), QStringList{u"1"_s});
}

/// The text stays; its files were the account's, and that is said where the text is.
void TestLeftDrafts::theFilesOfAReplyAreTold()
{
    World world(m_folder->path(), path());
    Workspace &workspace = world.fixture.workspace();
    const CaseKey key = world.fixture.cases().keyAt(0);
    QVERIFY(world.fixture.open(key));
    Composer &composer = world.fixture.window().conversation().composer();
    const auto *notice = composer.findChild<TemplateNotice *>(u"notice"_s);
    QVERIFY(notice);
    composer.text().setPlainText(u"See the log"_s);
    composer.flush();
    const OutboxEntry *draft = workspace.outbox().replyDraft(key.account, key.caseId);
    QVERIFY(draft);
    const QString before = draft->id;
    QFile log(m_folder->filePath(u"log.txt"_s));
    QVERIFY(log.open(QIODevice::WriteOnly) && log.write("log") == 3);
    log.close();
    const Result<LocalFile> file = inspectFile(log.fileName());
    QVERIFY(file);
    const Result<QString> added = workspace.outbox().files().add(before, key.account, *file);
    QVERIFY(added);
    OtherWindow other(path());
    const QString countFiles = u"SELECT count(*) FROM outboxFiles"_s;
    QTRY_COMPARE(other.run(countFiles), QStringList{u"1"_s});
    OutboxFile uploading = *workspace.outbox().files().find(*added);
    QVERIFY(other.deleteData(key.account));
    // How far it is, is heard a moment later.
    uploading.state = OutboxFileState::Uploading;
    uploading.way = UploadWay::Set;
    uploading.changed = 0;
    workspace.outbox().files().store(uploading);
    // And one more comes before it is known here that the draft is no more.
    QVERIFY(workspace.outbox().files().add(before, key.account, *file));
    QTRY_COMPARE(other.run(countFiles), QStringList{u"1"_s});
    workspace.lookForForeignChanges();
    const auto anew = [&] {
        const OutboxEntry *now = workspace.outbox().replyDraft(key.account, key.caseId);
        return now && now->id != before;
    };
    QTRY_VERIFY(anew());
    QTRY_VERIFY(!notice->isHidden());
    QVERIFY(notice->findChild<QLabel *>()->text().contains(u"chosen again"_s));
    QCOMPARE(composer.text().text(), u"See the log"_s);
    QTRY_VERIFY(!workspace.outbox().files().find(*added));
    QTRY_COMPARE(other.run(countFiles), QStringList{u"0"_s});
}

void TestLeftDrafts::aReplyThatWasSentGoes()
{
    World world(m_folder->path(), path());
    Workspace &workspace = world.fixture.workspace();
    const CaseKey key = world.fixture.cases().keyAt(0);
    QVERIFY(world.fixture.open(key));
    Composer &composer = world.fixture.window().conversation().composer();
    composer.text().setPlainText(u"Sent elsewhere"_s);
    composer.flush();
    OtherWindow other(path());
    QTRY_COMPARE(other.run(u"SELECT count(*) FROM outbox"_s), QStringList{u"1"_s});
    other.run(u"UPDATE outbox SET state = 5"_s);
    workspace.lookForForeignChanges();
    QTRY_COMPARE(composer.text().text(), QString());
    QVERIFY(!workspace.outbox().replyDraft(key.account, key.caseId));
}

void TestLeftDrafts::theDraftOfAGoneAccountCanBeRead()
{
    World world(m_folder->path(), path());
    Workspace &workspace = world.fixture.workspace();
    const AccountRecord record = workspace.accountRecords().first();
    OutboxEntry reply = Outbox::newEntry(record.id, AddCommunicationToCase::name, u"case-gone"_s);
    AddCommunicationToCase::Request request;
    request.caseId = reply.caseId;
    request.communicationBody = u"Words that are left\nin two lines"_s;
    request.ccEmailAddresses = {u"hana@example.com"_s};
    reply.input = encode(request);
    workspace.outbox().save(reply);
    workspace.setAccounts({});
    workspace.accounts().setOthers({{record.id, {u"Production"_s, false}}});

    auto *welcome = world.fixture.child<QPushButton>("leftDrafts"); // no account is left
    QVERIFY(welcome && welcome->isVisible());
    welcome->click();
    auto *page = world.fixture.child<DraftsPage>("draftsPage");
    QVERIFY(page->isVisible());
    page->select(reply.id);
    auto *list = page->findChild<QListView *>(u"draftEntries"_s);
    const QModelIndex index = list->currentIndex();
    QCOMPARE(index.siblingAtColumn(OutboxModel::Account).data().toString(), u"Production (no longer in the list)"_s);
    const auto *sentence = page->findChild<QLabel *>(u"draftSentence"_s);
    QVERIFY2(sentence->isVisible() && sentence->text().contains(u"“Production” is not in the list any more"_s),
             qPrintable(sentence->text()));
    page->findChild<QPushButton *>(u"draftOpen"_s)->click();
    QPointer<LeftDraftDialog> dialog;
    QTRY_VERIFY((dialog = world.fixture.window().findChild<LeftDraftDialog *>()) && dialog->isVisible());
    const auto text = [&](const char *name) { return dialog->findChild<QLabel *>(QString::fromLatin1(name))->text(); };
    QVERIFY2(text("leftDraftWhat").contains(u"case-gone"_s) && text("leftDraftWhat").contains(u"Production"_s),
             qPrintable(text("leftDraftWhat")));
    QVERIFY(text("leftDraftFiles").contains(u"hana@example.com"_s));
    QCOMPARE(dialog->findChild<QPlainTextEdit *>()->toPlainText(), request.communicationBody);
    QTest::keyClick(dialog, Qt::Key_Return); // copies
    QCOMPARE(QGuiApplication::clipboard()->text(), request.communicationBody);
    QVERIFY(dialog);
    workspace.outbox().discard(reply.id);
    QTRY_VERIFY(!dialog);
    QVERIFY(welcome->isHidden()); // nothing is left
    QTRY_VERIFY(!page->isVisible());
}

void TestLeftDrafts::aDraftNeverMovesToAnotherAccount()
{
    World world(m_folder->path(), path());
    Workspace &workspace = world.fixture.workspace();
    AccountId gone = 0;
    world.fixture.archive().ensureAccount(u"profile:other"_s, u"Production"_s, u"aws"_s, this,
                                          [&](const Result<AccountRecord> &made) { gone = made ? made->id : -1; });
    QTRY_VERIFY(gone > 0);
    OutboxEntry entry = Outbox::newEntry(gone, CreateCase::name, {});
    CreateCase::Request request;
    request.subject = u"Of an account that is not here"_s;
    entry.input = encode(request);
    workspace.outbox().save(entry);
    workspace.accounts().setOthers({{gone, {u"Production"_s, true}}});
    world.fixture.child<QAction>("actionDrafts")->trigger();
    auto *page = world.fixture.child<DraftsPage>("draftsPage");
    page->select(entry.id);
    page->findChild<QPushButton *>(u"draftOpen"_s)->click();
    const auto found = [&] {
        for (QWidget *one : QApplication::topLevelWidgets()) {
            if (auto *made = qobject_cast<NewCaseWindow *>(one))
                world.window = made;
        }
        return bool(world.window);
    };
    QTRY_VERIFY(found());
    auto *account = world.child<QComboBox>("account");
    QCOMPARE(account->currentText(), u"Production (not open)"_s);
    QCOMPARE(account->currentData().toLongLong(), gone);
    QVERIFY(!world.create()->isEnabled());
    QVERIFY(world.child<QLabel>("why")->text().contains(u"Production"_s));
    world.window->close();
}

QTEST_MAIN(TestLeftDrafts)
#include "tst_leftdrafts.moc"
