#include "archive/followups.h"
#include "newcaseworld.h"
#include "replyworld.h"
#include "ui/attachmentchip.h"
#include "ui/draftspage.h"
#include "ui/followupbar.h"
#include "ui/intakenotice.h"

#include <QAction>
#include <QPlainTextEdit>
#include <QSortFilterProxyModel>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace casement;
using namespace Qt::StringLiterals;

using State = OutboxFileState;
using test::NewCaseWorld;
using test::ReplyWorld;

namespace {

DemoServiceOptions setsOnly()
{
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.oldApi = true;
    return options;
}

QStringList someFiles(const ReplyWorld &world, int count)
{
    QStringList paths;
    for (int i = 1; i <= count; ++i)
        paths.append(world.file(u"%1.txt"_s.arg(i), QByteArray("file ") + QByteArray::number(i)));
    return paths;
}

} // namespace

/// What is too much for one message follows in replies; files that were refused, sent or are still being made are not
/// forgotten.
class TestFollowUpReplies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void surplusFollowsByItself();
    void refusedOnesFollowToo();
    void theyCanBeRemoved();
    void ofANewCaseTheyGoToTheCaseThatWasOpened();
    void theDraftsPageSaysWhatTheyWaitFor();
    void anUploadingReplyIsKeptAsADraft();
    void refusedFilesAreToldAfterARestart();
    void aZipOfAClosedWindowIsAttached();
    void sentFilesHaveASizeAndOpenOffline();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFollowUpReplies::surplusFollowsByItself()
{
    ReplyWorld world(m_folder->path(), setsOnly());
    QVERIFY(world.drop(world.text(), someFiles(world, 8)));
    // Nobody knew that there are no links: what turns out to be too much is where all is that was not taken.
    QTRY_VERIFY2(world.notice().startsWith(u"4.txt: "_s) && world.notice().contains(u"\n8.txt: "_s),
                 qPrintable(world.notice()));
    QTRY_COMPARE(world.strip().count(), 3);
    auto *bar = world.child<FollowUpBar>("followUpBar");
    world.text().setPlainText(u"All eight"_s);
    QVERIFY(!world.child<QPushButton>("send")->isEnabled());
    world.child<QPushButton>("intakeFollowUps")->click();
    QTRY_VERIFY(bar->isVisible() && world.notice().isEmpty());
    QTRY_COMPARE(FollowUps(world.outbox()).fileCount(world.strip().entry()), 5);
    const QString said = bar->findChild<QLabel *>(u"followUpText"_s)->text();
    QVERIFY2(said.contains(u"5 file"_s) && said.contains(u": 4.txt, 5.txt, 6.txt, 7.txt, 8.txt"_s), qPrintable(said));
    QTRY_VERIFY(world.child<QPushButton>("send")->isEnabled());
    world.child<QPushButton>("send")->click();
    QVERIFY(!bar->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(world.sent(u"Files 7–8 of 8"_s), (QList<QStringList>{{u"7.txt"_s, u"8.txt"_s}}), 30'000);
    QCOMPARE(world.sent(u"Files 4–6 of 8"_s), (QList<QStringList>{{u"4.txt"_s, u"5.txt"_s, u"6.txt"_s}}));
    QCOMPARE(world.sent(u"All eight"_s), (QList<QStringList>{{u"1.txt"_s, u"2.txt"_s, u"3.txt"_s}}));
    QTRY_VERIFY(world.outbox().entries().isEmpty());
}

void TestFollowUpReplies::refusedOnesFollowToo()
{
    ReplyWorld world(m_folder->path(), setsOnly());
    world.files().learnWay(world.key.account, UploadWay::Set);
    QVERIFY(world.drop(world.text(), someFiles(world, 5)));
    QTRY_VERIFY2(world.notice().contains(u"\n5.txt: "_s), qPrintable(world.notice()));
    QTRY_COMPARE(world.strip().count(), 3);
    auto *button = world.child<QPushButton>("intakeFollowUps");
    QVERIFY(button && button->isVisible());
    button->click();
    auto *bar = world.child<FollowUpBar>("followUpBar");
    QTRY_VERIFY(bar->isVisible() && world.notice().isEmpty());
    // A sixth one goes the same way, and what is removed makes room.
    const QStringList sixth{world.file(u"6.txt"_s, "six")};
    QVERIFY(world.drop(world.text(), sixth));
    QTRY_VERIFY(bar->findChild<QLabel *>(u"followUpText"_s)->text().contains(u"3 file"_s));
    QVERIFY(world.drop(world.text(), sixth));
    QTRY_VERIFY(world.notice().contains(u"attached already"_s));
    world.chip(u"1.txt"_s)->findChild<QToolButton *>(u"chipRemove"_s)->click();
    QTRY_VERIFY(world.chip(u"4.txt"_s));
    QCOMPARE(FollowUps(world.outbox()).fileCount(world.strip().entry()), 2);
    world.text().setPlainText(u"Five in the end"_s);
    QTRY_VERIFY(world.child<QPushButton>("send")->isEnabled());
    world.child<QPushButton>("send")->click();
    QTRY_COMPARE_WITH_TIMEOUT(world.sent(u"Files 4–5 of 5"_s), (QList<QStringList>{{u"5.txt"_s, u"6.txt"_s}}), 30'000);
    QCOMPARE(world.sent(u"Five in the end"_s), (QList<QStringList>{{u"2.txt"_s, u"3.txt"_s, u"4.txt"_s}}));
}

void TestFollowUpReplies::theyCanBeRemoved()
{
    ReplyWorld world(m_folder->path(), setsOnly());
    world.files().learnWay(world.key.account, UploadWay::Set);
    QVERIFY(world.drop(world.text(), someFiles(world, 4)));
    QTRY_VERIFY(world.child<QPushButton>("intakeFollowUps"));
    world.child<QPushButton>("intakeFollowUps")->click();
    auto *bar = world.child<FollowUpBar>("followUpBar");
    QTRY_VERIFY(bar->isVisible());
    bar->findChild<QPushButton *>(u"followUpDiscard"_s)->click();
    QTRY_VERIFY(!bar->isVisible());
    QCOMPARE(world.outbox().entries().size(), 1);
    QCOMPARE(world.strip().count(), 3);
}

void TestFollowUpReplies::ofANewCaseTheyGoToTheCaseThatWasOpened()
{
    NewCaseWorld world(m_folder->path(), u":memory:"_s, setsOnly());
    QVERIFY(world.ready(u"In two parts"_s));
    OutboxFiles &files = world.fixture.workspace().outbox().files();
    files.learnWay(world.fixture.workspace().accountRecords().first().id, UploadWay::Set);
    for (int i = 1; i <= 4; ++i)
        QVERIFY(world.drop(*world.window, m_folder->filePath(u"%1.txt"_s.arg(i)), QByteArray::number(i)));
    QTRY_VERIFY(world.child<QPushButton>("intakeFollowUps"));
    world.child<QPushButton>("intakeFollowUps")->click();
    QTRY_VERIFY(world.child<FollowUpBar>("followUpBar")->isVisible());
    auto *language = world.child<QComboBox>("language");
    const int japanese = language->findData(u"ja"_s);
    QVERIFY(japanese >= 0);
    language->setCurrentIndex(japanese);
    Q_EMIT language->activated(japanese);
    QTRY_VERIFY(world.create()->isEnabled());
    world.create()->click();
    QTRY_VERIFY_WITH_TIMEOUT(world.fixture.workspace().outbox().entries().isEmpty(), 30'000);
    const QList<CaseDetails> cases = world.cases(u"In two parts"_s);
    QCOMPARE(cases.size(), 1);
    DescribeCommunications::Request request;
    request.caseId = cases.first().caseId;
    const auto page = world.demo.call(request);
    QVERIFY(page);
    QCOMPARE(page->communications.size(), 2);
    QCOMPARE(page->communications.first().body, u"ファイル 4（全 4 件）"_s);
    QCOMPARE(page->communications.first().allAttachments().size(), 1);
}

void TestFollowUpReplies::theDraftsPageSaysWhatTheyWaitFor()
{
    ReplyWorld world(m_folder->path(), setsOnly());
    world.files().learnWay(world.key.account, UploadWay::Set);
    QVERIFY(world.drop(world.text(), someFiles(world, 4)));
    QTRY_VERIFY(world.child<QPushButton>("intakeFollowUps"));
    world.child<QPushButton>("intakeFollowUps")->click();
    QTRY_COMPARE(world.outbox().entries().size(), 2);
    const QString message = world.strip().entry();
    const QString part = world.outbox().followUps(message).first().id;
    world.fixture.child<QAction>("actionDrafts")->trigger();
    auto *page = world.fixture.window().findChild<DraftsPage *>();
    QTRY_VERIFY(page && page->model().rowCount() == 2);
    page->select(part);
    const auto cell = [&](int column) {
        return page->model().index(page->model().rowOf(part), column).data().toString();
    };
    QCOMPARE(cell(OutboxModel::Kind), u"Follow-up"_s);
    QCOMPARE(cell(OutboxModel::State), u"Follows a draft"_s);
    QVERIFY(!cell(OutboxModel::Subject).isEmpty());
    auto *sentence = page->findChild<QLabel *>(u"draftSentence"_s);
    QVERIFY2(sentence->text().contains(u"sent by itself"_s), qPrintable(sentence->text()));
    QVERIFY(page->findChild<QPushButton *>(u"draftDelete"_s)->isVisible());
    QVERIFY(!page->findChild<QPushButton *>(u"draftSendAgain"_s)->isVisible());
    QVERIFY(!page->findChild<QPushButton *>(u"draftOpen"_s)->isVisible());
    QCOMPARE(page->model().needsYouCount(), 0);

    world.outbox().discard(message); // the first message
    QTRY_COMPARE(cell(OutboxModel::State), u"Message deleted: send?"_s);
    QCOMPARE(page->model().needsYouCount(), 1);
    QVERIFY2(sentence->text().contains(u"was deleted"_s), qPrintable(sentence->text()));
    auto *send = page->findChild<QPushButton *>(u"draftSendAgain"_s);
    QVERIFY(send->isVisible());
    send->click();
    QTRY_COMPARE_WITH_TIMEOUT(world.sent(u"File 4 of 4"_s), QList<QStringList>{{u"4.txt"_s}}, 20'000);
}

void TestFollowUpReplies::anUploadingReplyIsKeptAsADraft()
{
    ReplyWorld world(m_folder->path());
    world.demo.setFaults(u"delay:AddAttachmentsToSet=2s"_s);
    QVERIFY(world.drop(world.text(), {world.file(u"one.txt"_s, "1")}));
    QVERIFY(world.waitFor(u"one.txt"_s, State::Uploading));
    world.text().setPlainText(u"Not yet"_s);
    world.child<QPushButton>("send")->click();
    auto *keep = world.child<QPushButton>("keepDraft");
    QTRY_VERIFY(keep->isVisible());
    keep->click();
    QTRY_COMPARE(world.text().text(), u"Not yet"_s);
    QTRY_VERIFY(world.isIn(u"one.txt"_s, State::Ready) || world.isIn(u"one.txt"_s, State::Uploading));
    QVERIFY(world.waitFor(u"one.txt"_s, State::Ready));
    QVERIFY(world.sent(u"Not yet"_s).isEmpty());
    QTRY_VERIFY(world.child<QPushButton>("send")->isEnabled());
    world.child<QPushButton>("send")->click();
    QTRY_COMPARE_WITH_TIMEOUT(world.sent(u"Not yet"_s), QList<QStringList>{{u"one.txt"_s}}, 20'000);
}

void TestFollowUpReplies::refusedFilesAreToldAfterARestart()
{
    const QString archive = m_folder->filePath(u"a/casement.db"_s);
    CaseKey about;
    {
        ReplyWorld world(m_folder->path(), test::DemoFixture::smallOptions(), archive);
        QVERIFY(world.drop(world.text(), {world.file(u"nothing.txt"_s, {})}));
        QTRY_VERIFY(world.notice().contains(u"nothing.txt"_s));
        about = world.key;
    }
    ReplyWorld world(m_folder->path(), test::DemoFixture::smallOptions(), archive);
    QVERIFY(world.open(about));
    QTRY_VERIFY2(world.notice().contains(u"nothing.txt"_s), qPrintable(world.notice()));
    for (int nth = 0; world.key == about; ++nth) // it is about one case
        QVERIFY(world.open(nth));
    QTRY_VERIFY(world.notice().isEmpty());
    QVERIFY(world.open(about));
    QTRY_VERIFY(world.notice().contains(u"nothing.txt"_s));
    world.child<QToolButton>("intakeClose")->click();
    QTRY_VERIFY(world.notice().isEmpty());
}

void TestFollowUpReplies::aZipOfAClosedWindowIsAttached()
{
    NewCaseWorld world(m_folder->path());
    QVERIFY(world.open());
    world.write(u"With a folder"_s, u"See the ZIP."_s);
    QVERIFY(QDir(m_folder->path()).mkdir(u"logs"_s));
    for (int i = 0; i < 20; ++i) {
        QFile file(m_folder->filePath(u"logs/%1.bin"_s.arg(i)));
        QByteArray bytes(500'000, Qt::Uninitialized);
        for (char &byte : bytes)
            byte = char(QRandomGenerator::global()->generate());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    QMimeData folder;
    folder.setUrls({QUrl::fromLocalFile(m_folder->filePath(u"logs"_s))});
    QVERIFY(ReplyWorld::drop(*world.window, folder));
    QTRY_VERIFY(world.child<QPushButton>("intakeZip"));
    world.child<QPushButton>("intakeZip")->click();
    world.window->close();
    QTRY_VERIFY(!world.window);
    Outbox &outbox = world.fixture.workspace().outbox();
    QCOMPARE(outbox.entries().size(), 1);
    const QString draft = outbox.entries().first().id;
    QTRY_COMPARE_WITH_TIMEOUT(outbox.files().of(draft).size(), 1, 30'000);
    QCOMPARE(outbox.files().of(draft).first().name, u"logs.zip"_s);
    QVERIFY(outbox.files().of(draft).first().owned);
}

void TestFollowUpReplies::sentFilesHaveASizeAndOpenOffline()
{
    ReplyWorld world(m_folder->path(), test::DemoFixture::smallOptions(), m_folder->filePath(u"a/casement.db"_s));
    QVERIFY(world.drop(world.text(), {world.file(u"mine.log"_s, QByteArray(2048, 'x'))}));
    QVERIFY(world.waitFor(u"mine.log"_s, State::Ready));
    world.text().setPlainText(u"Mine"_s);
    world.child<QPushButton>("send")->click();
    QTRY_COMPARE_WITH_TIMEOUT(world.sent(u"Mine"_s).size(), 1, 20'000);
    QTRY_VERIFY(!world.fixture.conversation().messages().isEmpty()
                && world.fixture.conversation().messages().constLast().body == u"Mine"_s);
    world.fixture.child<QAction>("actionAttachments")->trigger();
    QDialog *dialog = nullptr;
    QTRY_VERIFY((dialog = world.fixture.window().findChild<QDialog *>(u"attachmentsDialog"_s)));
    auto *list = dialog->findChild<QTreeView *>(u"list"_s);
    const auto row = [&]() -> int {
        for (int i = 0; i < list->model()->rowCount(); ++i) {
            if (list->model()->index(i, 0).data().toString() == u"mine.log"_s)
                return i;
        }
        return -1;
    };
    QTRY_VERIFY(row() >= 0);
    QTRY_COMPARE(list->model()->index(row(), 1).data().toString(), u"2 kB"_s);
    QTRY_COMPARE(list->model()->index(row(), 4).data().toString(), u"Kept"_s);
    const int downloads = world.demo.requestCount("DescribeAttachment") + world.demo.requestCount("GetFile");
    QCOMPARE(downloads, 0);
    // What stands under From is read whole; where font and screen leave too little, names have no more room than it.
    const QString from = list->model()->index(row(), 2).data().toString();
    QVERIFY(list->columnWidth(2) >= list->fontMetrics().horizontalAdvance(from)
            || list->columnWidth(2) >= list->columnWidth(0));
    dialog->close();
}

QTEST_MAIN(TestFollowUpReplies)
#include "tst_followupreplies.moc"
