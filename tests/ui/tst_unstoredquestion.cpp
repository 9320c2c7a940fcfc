#include "archive/outbox.h"
#include "support/cases.h"
#include "ui/composer.h"
#include "ui/dialogs.h"
#include "ui/errorbanner.h"
#include "ui/messageedit.h"
#include "ui/rescuenotice.h"
#include "windowfixture.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>
#include <QToolButton>
#include <QUrl>

using namespace casement;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a person wrote while the disk takes nothing: it stays, it is not sent, and the program does not end without a
/// word.
class TestUnstoredQuestion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aReplyThatCannotBeStoredComesBack();
    void quittingAsks();
    void itCanBeSavedElsewhere();
    void roomAnswersTheQuestion();
    void theLastWordsAreStored();
    void theLastWordsAreAskedAbout();
    void aLockedArchiveIsAskedAbout();
    void aLogoutIsNotAsked();
    void oneAccountHasOneReason();

private:
    MainWindow &window() { return m_fixture->window(); }
    MessageEdit &text() { return window().conversation().composer().text(); }
    Outbox &outbox() { return m_fixture->workspace().outbox(); }
    QMessageBox *question() { return window().findChild<QMessageBox *>(u"unstoredQuestion"_s); }
    void setDiskFull(bool full);
    int storedDrafts();
    void writeOnAFullDisk();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::DemoFixture> m_demo;
    std::unique_ptr<test::WindowFixture> m_fixture;
};

void TestUnstoredQuestion::init()
{
    QGuiApplication::setQuitOnLastWindowClosed(true);
    m_folder = std::make_unique<QTemporaryDir>();
    m_demo = std::make_unique<test::DemoFixture>();
    m_fixture =
        std::make_unique<test::WindowFixture>(m_folder->path(), m_demo.get(), m_folder->filePath(u"archive.sqlite"_s));
    m_fixture->openAccounts(1);
    QVERIFY(m_fixture->waitUntilFilled());
    QVERIFY(m_fixture->open(m_fixture->cases().keyAt(0)));
}

void TestUnstoredQuestion::cleanup()
{
    m_fixture.reset();
    m_demo.reset();
    m_folder.reset();
}

/// Nothing new gets into the outbox.
void TestUnstoredQuestion::setDiskFull(bool full)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"refusing"_s);
        database.setDatabaseName(m_folder->filePath(u"archive.sqlite"_s));
        QVERIFY(database.open());
        QSqlQuery query(database);
        for (const QString &event : {u"INSERT"_s, u"UPDATE"_s}) {
            QVERIFY(query.exec(full ? u"CREATE TRIGGER refuse%1 BEFORE %1 ON outbox "
                                      "BEGIN SELECT RAISE(ABORT, 'full'); END"_s.arg(event)
                                    : u"DROP TRIGGER refuse%1"_s.arg(event)));
        }
    }
    QSqlDatabase::removeDatabase(u"refusing"_s);
}

int TestUnstoredQuestion::storedDrafts()
{
    int count = -1;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"counting"_s);
        database.setDatabaseName(m_folder->filePath(u"archive.sqlite"_s));
        if (database.open()) {
            QSqlQuery query(u"SELECT count(*) FROM outbox"_s, database);
            if (query.next())
                count = query.value(0).toInt();
        }
    }
    QSqlDatabase::removeDatabase(u"counting"_s);
    return count;
}

void TestUnstoredQuestion::writeOnAFullDisk()
{
    outbox().setStoreAgainAfter(1h);
    setDiskFull(true);
    QTest::keyClicks(&text(), u"Not to be lost"_s);
    QTRY_COMPARE(outbox().unstored().size(), 1);
}

void TestUnstoredQuestion::aReplyThatCannotBeStoredComesBack()
{
    writeOnAFullDisk();
    QTRY_COMPARE(window().banners().size(), 1);
    auto *send = window().conversation().composer().findChild<QPushButton *>(u"send"_s);
    QTRY_VERIFY(send->isEnabled());
    send->click();
    QTRY_COMPARE(text().text(), u"Not to be lost"_s);
    const QString said = m_fixture->child<QLabel>("pendingText")->text();
    QVERIFY2(said.contains(u"It was not sent. What you wrote is not stored yet"_s), qPrintable(said));
    // Refreshing changes nothing about it.
    window().findChild<QAction *>(u"actionRefresh"_s)->trigger();
    outbox().takeForeignChanges();
    setDiskFull(false);
    outbox().storeAgain();
    QTRY_VERIFY(outbox().unstored().isEmpty());
    QCOMPARE(text().text(), u"Not to be lost"_s);
    QTRY_VERIFY(window().banners().isEmpty());
    QTRY_VERIFY(!m_fixture->child<QLabel>("pendingText")->isVisible());
    send->click();
    QTRY_VERIFY_WITH_TIMEOUT(outbox().entries().isEmpty() || outbox().entries().first().state == OutboxState::Done,
                             30'000);
}

void TestUnstoredQuestion::quittingAsks()
{
    writeOnAFullDisk();
    QSignalSpy stays(&window(), &MainWindow::stays);
    QVERIFY(!window().close());
    QTRY_VERIFY(question() && question()->isVisible()); // at once, or when a try that is under way is over
    QVERIFY(question()->detailedText().contains(u"Not to be lost"_s));
    question()->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!question());
    QCOMPARE(stays.size(), 1);
    QVERIFY(window().isVisible());
    QVERIFY(!window().close());
    QTRY_VERIFY(question() && question()->isVisible());
    question()->findChild<QPushButton *>(u"quitUnstored"_s)->click();
    QTRY_VERIFY(!window().isVisible());
}

void TestUnstoredQuestion::itCanBeSavedElsewhere()
{
    writeOnAFullDisk();
    QVERIFY(!window().close());
    QTRY_VERIFY(question() && question()->isVisible());
    question()->findChild<QPushButton *>(u"saveUnstored"_s)->click();
    auto *dialog = window().findChild<QFileDialog *>(u"saveUnstoredDialog"_s);
    QVERIFY(dialog);
    const QString path = m_folder->filePath(u"kept.txt"_s);
    Q_EMIT dialog->fileSelected(path);
    QTRY_VERIFY(!window().isVisible());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString kept = QString::fromUtf8(file.readAll());
    QVERIFY2(kept.contains(u"Not to be lost"_s) && kept.contains(u"Reply to case"_s), qPrintable(kept));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void TestUnstoredQuestion::roomAnswersTheQuestion()
{
    writeOnAFullDisk();
    QVERIFY(!window().close());
    setDiskFull(false);
    outbox().storeAgain();
    QTRY_VERIFY(!window().isVisible());
}

/// Typed a moment before the window closes.
void TestUnstoredQuestion::theLastWordsAreStored()
{
    QTest::keyClicks(&text(), u"Last words"_s);
    window().close();
    QTRY_VERIFY(!window().isVisible());
    QVERIFY(!question());
    QCOMPARE(storedDrafts(), 1);
}

void TestUnstoredQuestion::theLastWordsAreAskedAbout()
{
    setDiskFull(true);
    QTest::keyClicks(&text(), u"Last words"_s);
    QVERIFY(!window().close());
    QTRY_VERIFY(question() && question()->isVisible());
    QVERIFY(question()->detailedText().contains(u"Last words"_s));
    QVERIFY(window().isVisible());
}

void TestUnstoredQuestion::aLockedArchiveIsAskedAbout()
{
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        other.setDatabaseName(m_folder->filePath(u"archive.sqlite"_s));
        QVERIFY(other.open());
        QSqlQuery query(other);
        QVERIFY(query.exec(u"BEGIN EXCLUSIVE"_s));
        QTest::keyClicks(&text(), u"Last words"_s);
        QVERIFY(!window().close());
        QTRY_VERIFY_WITH_TIMEOUT(question() && question()->isVisible(), 10'000);
        QVERIFY(window().isVisible());
        QVERIFY(query.exec(u"COMMIT"_s));
    }
    QSqlDatabase::removeDatabase(u"other"_s);
    // The other program is done: all is stored, and nothing is left to ask.
    QTRY_VERIFY_WITH_TIMEOUT(!window().isVisible(), 20'000);
    QCOMPARE(storedDrafts(), 1);
}

void TestUnstoredQuestion::aLogoutIsNotAsked()
{
    const QByteArray home = qgetenv("HOME");
    qputenv("HOME", QFile::encodeName(m_folder->path()));
    writeOnAFullDisk();
    window().endUnasked();
    QVERIFY(window().close());
    // Where it can be found.
    const QStringList kept = QDir(m_folder->path()).entryList({u"casement-drafts-*.txt"_s});
    QCOMPARE(kept.size(), 1);
    QFile file(m_folder->filePath(kept.first()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("Not to be lost"));
    // The next start says so until the person has seen it, and no one after that.
    setDiskFull(false);
    auto *notice = window().findChild<RescueNotice *>();
    QVERIFY(notice->isHidden());
    const auto start = [&] {
        m_fixture.reset();
        m_fixture = std::make_unique<test::WindowFixture>(m_folder->path(), m_demo.get(),
                                                          m_folder->filePath(u"archive.sqlite"_s));
        window().archiveOpened();
        return window().findChild<RescueNotice *>();
    };
    for (int i = 0; i < 2; ++i) {
        notice = start();
        QVERIFY(notice->isVisible());
        QVERIFY2(notice->accessibleName().contains(file.fileName()), qPrintable(notice->accessibleName()));
    }
    QUrl opened;
    dialogs::fileOpener() = [&opened](const QUrl &url) {
        opened = url;
        return true;
    };
    notice->findChild<QPushButton *>(u"rescueOpen"_s)->click();
    QCOMPARE(opened.toLocalFile(), file.fileName());
    QVERIFY(notice->isHidden() && file.exists());
    QVERIFY(start()->isHidden());
    // One more, which is closed; a link is nobody's draft.
    QVERIFY(QFile::copy(file.fileName(), m_folder->filePath(u"casement-drafts-20260101-000000.txt"_s)));
    QVERIFY(QFile::link(file.fileName(), m_folder->filePath(u"casement-drafts-20260102-000000.txt"_s)));
    notice = start();
    QVERIFY(notice->isVisible());
    notice->findChild<QToolButton *>(u"rescueDismiss"_s)->click();
    QVERIFY(notice->isHidden());
    QVERIFY(start()->isHidden());
    qputenv("HOME", home);
}

void TestUnstoredQuestion::oneAccountHasOneReason()
{
    const auto failing = [](Error::Kind kind) {
        Error error{.kind = kind, .message = u"so it is"_s};
        error.operation = QLatin1StringView(DescribeCases::name);
        return error;
    };
    window().showError(failing(Error::Kind::TimedOut), u"Production"_s);
    window().showError(failing(Error::Kind::BadAnswer), u"Production"_s);
    QCOMPARE(window().banners().size(), 1);
    QCOMPARE(window().banners().first()->error().kind, Error::Kind::BadAnswer);
    window().showError(failing(Error::Kind::TimedOut), u"Staging"_s);
    QCOMPARE(window().banners().size(), 2);
    Error other = failing(Error::Kind::Refused);
    other.operation = u"DescribeTrustedAdvisorChecks"_s;
    window().showError(other, u"Production"_s);
    QCOMPARE(window().banners().size(), 3);
    // And what a service says at length is cut; the details have it.
    Error lengthy = failing(Error::Kind::BadAnswer);
    lengthy.message = QString(15'000, u'x');
    window().showError(lengthy, u"Production"_s);
    QVERIFY(window().banners().first()->text().size() < 1'000);
}

QTEST_MAIN(TestUnstoredQuestion)
#include "tst_unstoredquestion.moc"
