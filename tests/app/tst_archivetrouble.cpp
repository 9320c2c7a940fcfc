#include "app/application.h"
#include "archive/schema.h"
#include "demoservice.h"
#include "fulldisk.h"
#include "support/cases.h"
#include "ui/caseactions.h"
#include "ui/caselistpage.h"
#include "ui/casetable.h"
#include "ui/composer.h"
#include "ui/conversationpage.h"
#include "ui/errorbanner.h"
#include "ui/messageedit.h"
#include "ui/newcasewindow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMessageBox>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

/// The program on an archive that takes nothing, and once it takes something again.
class TestArchiveTrouble : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aFullDiskAtTheStart();
    void noPlaceForAnArchive();
    void aNewCaseKeepsItsAccount();

private:
    void start();
    void stop() { m_program.reset(); }
    Workspace &workspace() { return m_program->workspace(); }
    Outbox &outbox() { return workspace().outbox(); }
    MainWindow &window() { return m_program->window(); }
    MessageEdit &text() { return window().conversation().composer().text(); }
    bool isFilled()
    {
        return window().isFilled() && workspace().cases().rowCount() > 0 && workspace().jobList().jobs().isEmpty();
    }
    bool isOpen(const CaseKey &key)
    {
        const int row = workspace().cases().rowOfCase(key);
        if (row < 0)
            return false;
        CaseTable &table = window().caseList().table();
        table.setCurrentIndex(workspace().cases().index(row, 0));
        return QTest::qWaitFor(
            [&] { return window().conversation().key() == key && window().conversation().isReady(); });
    }
    CaseKey firstCase() { return workspace().cases().keyAt(0); }
    QString said()
    {
        QStringList texts;
        for (const ErrorBanner *banner : window().banners())
            texts.append(banner->text());
        return texts.join(u'\n');
    }
    QString archivePath() const { return m_folder->filePath(u"place/archive.sqlite"_s); }
    /// What the file has, as the next start would read it.
    QList<OutboxEntry> stored()
    {
        const auto database = Database::open(archivePath(), archiveMigrations());
        const auto entries = database ? loadOutbox(**database) : Result<QList<OutboxEntry>>(database.error());
        return entries ? *entries : QList<OutboxEntry>();
    }
    QString keyOf(AccountId id)
    {
        const AccountRecord *record = workspace().findAccount(id);
        return record ? record->key : QString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::DemoFixture> m_demo;
    std::unique_ptr<Application> m_program;
};

void TestArchiveTrouble::init()
{
    QGuiApplication::setQuitOnLastWindowClosed(true);
    m_folder = std::make_unique<QTemporaryDir>();
    m_demo = std::make_unique<test::DemoFixture>();
    qputenv("AWS_CONFIG_FILE", QFile::encodeName(m_folder->filePath(u"config"_s)));
    qputenv("AWS_SHARED_CREDENTIALS_FILE", QFile::encodeName(m_folder->filePath(u"credentials"_s)));
    qputenv("AWS_ACCESS_KEY_ID", m_demo->account(0).accessKeyId.toUtf8());
    qputenv("AWS_SECRET_ACCESS_KEY", m_demo->account(0).secretAccessKey.toUtf8());
}

void TestArchiveTrouble::cleanup()
{
    stop();
    m_demo.reset();
    m_folder.reset();
}

void TestArchiveTrouble::start()
{
    CommandLine line;
    line.portable = m_folder->path();
    line.archive = archivePath();
    line.endpointUrl = m_demo->endpoint();
    line.language = u"en"_s;
    m_program = std::make_unique<Application>(line);
    m_program->start();
}

void TestArchiveTrouble::aFullDiskAtTheStart()
{
    start();
    QTRY_VERIFY_WITH_TIMEOUT(isFilled(), 30'000);
    const qsizetype cases = workspace().cases().rowCount();
    stop();
    {
        const test::FullDisk full(0);
        start();
        QTRY_VERIFY_WITH_TIMEOUT(isFilled(), 30'000);
        QCOMPARE(workspace().cases().rowCount(), cases); // what was fetched is there
        QTRY_COMPARE(window().banners().size(), 1);
        QVERIFY2(said().contains(u"it can only be read"_s), qPrintable(said()));
        outbox().setStoreAgainAfter(std::chrono::hours(1));
        QVERIFY(isOpen(firstCase()));
        QTest::keyClicks(&text(), u"Not to be lost"_s);
        QTRY_COMPARE(outbox().unstored().size(), 1);
        // Nothing is sent of which no disk knows.
        auto *send = window().conversation().composer().findChild<QAbstractButton *>(u"send"_s);
        QTRY_VERIFY(send->isEnabled());
        send->click();
        QTRY_COMPARE(text().text(), u"Not to be lost"_s);
        QTRY_VERIFY(!outbox().isStoring());
        QCOMPARE(outbox().unstored().first().state, OutboxState::Draft);
        // It does not end without a word.
        QVERIFY(!window().close());
        QMessageBox *question = nullptr;
        QTRY_VERIFY((question = window().findChild<QMessageBox *>(u"unstoredQuestion"_s)) && question->isVisible());
        QTest::keyClick(question, Qt::Key_Escape);
        QTRY_COMPARE(window().banners().size(), 1);
        // Asked in vain, the reason is told again.
        window().banners().first()->findChild<QAbstractButton *>(u"retryButton"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(workspace().jobList().jobs().isEmpty() && window().banners().size() == 1, 10'000);
        QCOMPARE(outbox().unstored().size(), 1);
    }
    auto *retry = window().banners().first()->findChild<QAbstractButton *>(u"retryButton"_s);
    QVERIFY(retry->isVisible());
    retry->click();
    QTRY_VERIFY(outbox().unstored().isEmpty());
    QTRY_VERIFY2_WITH_TIMEOUT(window().banners().isEmpty(), qPrintable(said()), 20'000);
    QCOMPARE(workspace().archive().refusal(), Error());
    QCOMPARE(text().text(), u"Not to be lost"_s);
    QVERIFY(window().close());
    stop();
    QCOMPARE(stored().size(), 1);
    QVERIFY(stored().first().input.contains("Not to be lost"));
}

/// The folder can't be made: an archive in memory shows what is fetched.
void TestArchiveTrouble::noPlaceForAnArchive()
{
    const QString place = m_folder->filePath(u"place"_s);
    QFile inTheWay(place);
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    start();
    QTRY_VERIFY_WITH_TIMEOUT(isFilled(), 30'000);
    QTRY_VERIFY2(said().contains(u"nothing is sent"_s), qPrintable(said()));
    outbox().setStoreAgainAfter(std::chrono::hours(1));
    const QString caseId = firstCase().caseId;
    const QString key = keyOf(firstCase().account);
    QVERIFY(isOpen(firstCase()));
    QTest::keyClicks(&text(), u"Not to be lost"_s);
    QTRY_COMPARE(outbox().unstored().size(), 1);
    QVERIFY(!window().close());
    QMessageBox *question = nullptr;
    QTRY_VERIFY((question = window().findChild<QMessageBox *>(u"unstoredQuestion"_s)) && question->isVisible());
    QTest::keyClick(question, Qt::Key_Escape);

    QVERIFY(inTheWay.remove() && QDir().mkpath(place));
    window().findChild<QAction *>(u"actionRefresh"_s)->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(workspace().archive().path(), archivePath(), 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(isFilled() && outbox().unstored().isEmpty(), 30'000);
    QTRY_VERIFY2(window().banners().isEmpty(), qPrintable(said()));
    QCOMPARE(outbox().entries().size(), 1);
    QCOMPARE(keyOf(outbox().entries().first().account), key);
    QVERIFY(isOpen({outbox().entries().first().account, caseId}));
    QTRY_COMPARE(text().text(), u"Not to be lost"_s);
    QVERIFY(window().close());
    stop();
    QCOMPARE(stored().size(), 1);
}

void TestArchiveTrouble::aNewCaseKeepsItsAccount()
{
    const QString place = m_folder->filePath(u"place"_s);
    QFile inTheWay(place);
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    start();
    QTRY_VERIFY_WITH_TIMEOUT(isFilled(), 30'000);
    outbox().setStoreAgainAfter(std::chrono::hours(1));
    window().findChild<QAction *>(u"actionNewCase"_s)->trigger();
    NewCaseWindow *form = nullptr;
    const auto findForm = [&form] {
        const auto all = QApplication::topLevelWidgets();
        for (QWidget *widget : all) {
            if (auto *one = qobject_cast<NewCaseWindow *>(widget); one && one->isVisible())
                form = one;
        }
        return form != nullptr;
    };
    QTRY_VERIFY(findForm());
    auto *subject = form->findChild<QLineEdit *>(u"subject"_s);
    QTest::keyClicks(subject, u"Subject of a new case"_s);
    QTRY_COMPARE(outbox().unstored().size(), 1);

    QVERIFY(inTheWay.remove() && QDir().mkpath(place));
    window().findChild<QAction *>(u"actionRefreshAll"_s)->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(workspace().archive().path(), archivePath(), 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(isFilled() && outbox().unstored().isEmpty(), 30'000);
    QVERIFY(form->isVisible());
    QTest::keyClicks(subject, u", and more"_s);
    QTRY_VERIFY(outbox().entries().size() == 1 && outbox().entries().first().input.contains("and more"));
    QTRY_VERIFY(!outbox().isStoring() && outbox().unstored().isEmpty());
    QCOMPARE(outbox().entries().first().account, workspace().accountRecords().first().id);
    QVERIFY(window().close());
    stop();
    QCOMPARE(stored().size(), 1);
    QVERIFY(stored().first().input.contains("and more"));
}

QTEST_MAIN(TestArchiveTrouble)
#include "tst_archivetrouble.moc"
