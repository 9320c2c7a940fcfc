#include "attachmentworld.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QTest>
#include <QToolButton>

using namespace casement;
using namespace Qt::StringLiterals;
using test::AttachmentWorld;

namespace {

const QString logName = u"gc-1c.log"_s;
const QString pictureName = u"dashboard-503.png"_s;
const QString archiveName = u"heap.hprof"_s; // no preview

constexpr auto ownerOnly = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup
    | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;

} // namespace

/// Attachments on their way out, against the demo service over HTTP.
class TestAttachmentActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void opensOfflineAfterOneDownload();
    void copiesGoAtTheEnd();
    void copiesGoWithWhatTheyAreOf();
    void whoAsksAtTheSameTimeShares();
    void savedBytesAreEqualAndNothingIsReplaced();
    void savesUnderTheChosenName();
    void whatCanRunIsNeverOpened_data();
    void whatCanRunIsNeverOpened();
    void aFileWithoutEndingIsLookedInto();
    void mishapsOfTheService_data();
    void mishapsOfTheService();
    void anOldServiceIsAskedOnce();
    void cancellingLeavesNothing();
    void hostileNamesStayInTheirFolder_data();
    void hostileNamesStayInTheirFolder();
    void failuresAreToldAndTriedAgain();
    void someFailuresDoNotKeepTheOthersBack();
    void noProgramIsTold();
    void dragsOutWhatIsHere();
    void chipsActInTheWindow();
    void theMenuOfAChip();
    void aFileIsCopied();
    void savesByKey();
    void thePaperClipCounts();

private:
    QString out(const QString &name = {}) const { return m_folder->filePath(u"out/"_s) + name; }
    QStringList saved() const { return QDir(out()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot); }
    void makeOut() const { QVERIFY(QDir(m_folder->path()).mkpath(u"out"_s)); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestAttachmentActions::opensOfflineAfterOneDownload()
{
    AttachmentWorld world(m_folder->path());
    QVERIFY(world.openCaseWith(logName));
    const AttachmentFile file = world.file(logName);
    QVERIFY(!world.state(file).isKept);
    world.actions().open(file);
    QTRY_COMPARE_WITH_TIMEOUT(world.opened.size(), 1, 20'000);
    const QString copy = world.opened.first();
    QCOMPARE(QFileInfo(copy).fileName(), logName);
    QCOMPARE(AttachmentWorld::contents(copy), world.bytesOf(file));
    QVERIFY(!(QFile::permissions(copy) & (ownerOnly | QFileDevice::WriteOwner | QFileDevice::ExeOwner)));
    QVERIFY(!(QFile::permissions(world.actions().copies().folder()) & ownerOnly));
    QVERIFY(world.state(file).isKept);
    QCOMPARE(world.state(file).size, world.bytesOf(file).size());
    QCOMPARE(world.demo.requestCount("GetFile"), 1);
    const int requests = world.demo.requestCount();
    world.demo.setFaults(u"drop"_s);
    world.actions().open(file);
    QTRY_COMPARE(world.opened.size(), 2);
    QCOMPARE(world.demo.requestCount(), requests);
}

/// The data of the account was deleted; another one that has the same file keeps it, and its copy.
void TestAttachmentActions::copiesGoWithWhatTheyAreOf()
{
    AttachmentCopies copies;
    QStringList made;
    QStringList kept;
    for (const QString &name : {u"gone"_s, u"stays"_s}) {
        kept.append(m_folder->filePath(name));
        QFile file(kept.last());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("text") == 4);
        file.close();
        copies.make({.fileName = name + u".txt"_s, .size = 4, .sha256 = name.toLatin1(), .path = kept.last()},
                    name + u".txt"_s, AttachmentCopies::Use::Open, this,
                    [&](const Result<QString> &path) { made.append(path ? *path : QString()); });
        QTRY_COMPARE(made.size(), kept.size());
        QVERIFY(QFile::exists(made.last()));
    }
    QVERIFY(QFile::remove(kept.first()));
    copies.dropGone();
    QVERIFY(!QFile::exists(made.first()));
    QVERIFY(QFile::exists(made.last()));
}

void TestAttachmentActions::copiesGoAtTheEnd()
{
    QString folder;
    {
        AttachmentWorld world(m_folder->path());
        world.actions().open(world.keep(u"notes.pdf"_s, "%PDF-1.4"));
        QTRY_COMPARE(world.opened.size(), 1);
        folder = world.actions().copies().folder();
        QVERIFY(QFileInfo(folder).isDir());
    }
    QVERIFY(!QFileInfo::exists(folder));
}

void TestAttachmentActions::whoAsksAtTheSameTimeShares()
{
    makeOut();
    AttachmentWorld world(m_folder->path());
    QVERIFY(world.openCaseWith(logName));
    const AttachmentFile file = world.file(logName);
    world.actions().open(file);
    world.actions().saveInto({file}, out());
    world.actions().open(file);
    QTRY_COMPARE_WITH_TIMEOUT(world.opened.size(), 2, 20'000);
    QTRY_COMPARE(saved(), QStringList{logName});
    QCOMPARE(world.demo.requestCount("GetFile"), 1);
    QCOMPARE(world.demo.requestCount("GetAttachmentDownloadLink"), 1);
}

void TestAttachmentActions::savedBytesAreEqualAndNothingIsReplaced()
{
    makeOut();
    QFile there(out(u"DASHBOARD-503.png"_s));
    QVERIFY(there.open(QIODevice::WriteOnly) && there.write("mine") == 4);
    there.close();
    AttachmentWorld world(m_folder->path());
    QVERIFY(world.openCaseWith(pictureName));
    QList<AttachmentFile> files;
    for (const ConversationChips::Chip &chip : world.chips().all())
        files.append({world.account, chip.attachment});
    QVERIFY(files.size() >= 2);
    world.actions().saveInto(files, out());
    QTRY_VERIFY_WITH_TIMEOUT(world.toast().contains(u"saved in"_s), 20'000);
    QVERIFY2(world.toast().startsWith(QString::number(files.size())), qPrintable(world.toast()));
    QCOMPARE(saved().size(), files.size() + 1);
    QCOMPARE(AttachmentWorld::contents(there.fileName()), QByteArray("mine"));
    QCOMPARE(AttachmentWorld::contents(out(u"dashboard-503 (2).png"_s)), world.bytesOf(world.file(pictureName)));
    for (const AttachmentFile &file : files) {
        if (file.attachment.fileName != pictureName)
            QCOMPARE(AttachmentWorld::contents(out(file.attachment.fileName)), world.bytesOf(file));
    }
    world.toastButton()->click();
    QCOMPARE(world.opened, QStringList{QDir(out()).path() + u'/'});
}

void TestAttachmentActions::savesUnderTheChosenName()
{
    makeOut();
    AttachmentWorld world(m_folder->path());
    world.fixture.settings().set(u"attachments/folder"_s, out());
    const AttachmentFile file = world.keep(u"../a\u202eb:c.log"_s, "contents");
    world.actions().saveAs(file);
    auto *dialog = world.fixture.child<QFileDialog>("saveAttachmentDialog");
    QVERIFY(dialog);
    QCOMPARE(QFileInfo(dialog->selectedFiles().value(0)).fileName(), u"ab_c.log"_s);
    dialog->selectFile(out(u"mine.txt"_s));
    static_cast<QDialog *>(dialog)->accept();
    QTRY_COMPARE(AttachmentWorld::contents(out(u"mine.txt"_s)), QByteArray("contents"));
    QTRY_VERIFY2(world.toast().startsWith(u"“mine.txt” saved in "_s), qPrintable(world.toast()));
}

void TestAttachmentActions::whatCanRunIsNeverOpened_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"setup.exe", "invoice.pdf.exe", "page.html", "page.xhtml", "picture.svg", "run.sh",
                             "a.desktop", "macro.docm", "x.lnk", "x.jar", "x.PS1", "x.exe "})
        QTest::newRow(name) << QString::fromLatin1(name);
    QTest::newRow("turned around") << u"gnp.\u202eexe"_s;
}

void TestAttachmentActions::whatCanRunIsNeverOpened()
{
    QFETCH(QString, name);
    makeOut();
    AttachmentWorld world(m_folder->path());
    world.fixture.settings().set(u"attachments/folder"_s, out());
    const AttachmentFile file = world.keep(name, "MZ");
    world.actions().activate(file);
    QTRY_VERIFY(world.fixture.child<QMessageBox>("runsCodeDialog"));
    auto *box = world.fixture.child<QMessageBox>("runsCodeDialog");
    QVERIFY(!box->text().contains(QChar(0x202e)));
    world.fixture.child<QPushButton>("saveInstead")->click();
    QTRY_VERIFY(world.fixture.child<QFileDialog>("saveAttachmentDialog"));
    auto *dialog = world.fixture.child<QFileDialog>("saveAttachmentDialog");
    static_cast<QDialog *>(dialog)->accept();
    QTRY_COMPARE(saved().size(), 1);
    QVERIFY(!(QFile::permissions(out(saved().first())) & (QFileDevice::ExeOwner | QFileDevice::ExeUser)));
    QVERIFY(world.opened.isEmpty());
}

void TestAttachmentActions::aFileWithoutEndingIsLookedInto()
{
    AttachmentWorld world(m_folder->path());
    world.actions().open(world.keep(u"README"_s, "#!/bin/sh\nrm -r x\n"));
    QTRY_VERIFY(world.fixture.child<QMessageBox>("runsCodeDialog"));
    delete world.fixture.child<QMessageBox>("runsCodeDialog");
    world.actions().open(world.keep(u"name.unheardof"_s,
                                    QByteArray("\x7f"
                                               "ELF\x02\x01\x01",
                                               7)));
    QTRY_VERIFY(world.fixture.child<QMessageBox>("runsCodeDialog"));
    QVERIFY(world.opened.isEmpty());
    world.actions().open(world.keep(u"NOTES"_s, "Nothing to see here.\n"));
    QTRY_COMPARE(world.opened.size(), 1);
    world.actions().open(world.keep(QString(), "Nothing to see here, either.\n"));
    QTRY_COMPARE(world.opened.size(), 2);
    QCOMPARE(QFileInfo(world.opened.last()).fileName(), u"attachment"_s);
}

void TestAttachmentActions::mishapsOfTheService_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<bool>("oldApi");
    QTest::newRow("the link is over") << u"expire=links/1"_s << false;
    QTest::newRow("the connection drops") << u"drop:GetFile=1"_s << false;
    QTest::newRow("half of it, then a reset") << u"reset:GetFile=inside/1"_s << false;
    QTest::newRow("half of it, twice") << u"truncate:GetFile=2"_s << false;
    QTest::newRow("503") << u"503:GetFile=1"_s << false;
    QTest::newRow("an old service") << QString() << true;
    QTest::newRow("may not ask for links") << u"deny:GetAttachmentDownloadLink"_s << false;
}

void TestAttachmentActions::mishapsOfTheService()
{
    QFETCH(QString, faults);
    QFETCH(bool, oldApi);
    makeOut();
    auto options = test::DemoFixture::smallOptions();
    options.oldApi = oldApi;
    AttachmentWorld world(m_folder->path(), options);
    QVERIFY(world.openCaseWith(logName));
    world.demo.setFaults(faults);
    const AttachmentFile file = world.file(logName);
    world.actions().saveInto({file}, out());
    QTRY_VERIFY_WITH_TIMEOUT(world.toast().contains(u"saved in"_s), 20'000);
    QCOMPARE(saved(), QStringList{logName});
    QCOMPARE(AttachmentWorld::contents(out(logName)), world.bytesOf(file));
}

void TestAttachmentActions::anOldServiceIsAskedOnce()
{
    makeOut();
    auto options = test::DemoFixture::smallOptions();
    options.oldApi = true;
    AttachmentWorld world(m_folder->path(), options);
    QVERIFY(world.openCaseWith(logName));
    world.actions().saveInto({world.file(logName)}, out());
    QTRY_COMPARE_WITH_TIMEOUT(saved().size(), 1, 20'000);
    QVERIFY(world.openCaseWith(pictureName));
    world.actions().saveInto({world.file(pictureName)}, out());
    QTRY_COMPARE_WITH_TIMEOUT(saved().size(), 2, 20'000);
    QCOMPARE(world.demo.requestCount("GetAttachmentDownloadLink"), 1);
    QCOMPARE(world.demo.requestCount("DescribeAttachment"), 2);
}

void TestAttachmentActions::cancellingLeavesNothing()
{
    makeOut();
    AttachmentWorld world(m_folder->path());
    QVERIFY(world.openCaseWith(logName));
    const AttachmentFile file = world.file(logName);
    world.demo.setFaults(u"slow:GetFile"_s);
    world.actions().saveInto({file}, out());
    QTRY_VERIFY_WITH_TIMEOUT(world.state(file).isComing && world.state(file).done > 0, 20'000);
    QVERIFY(world.fixture.jobs().jobs().size() >= 2); // people see it
    QVERIFY(!world.chips().description(world.chip(logName)).contains(u"Not downloaded"_s));
    world.fixture.workspace().jobs().cancelAll();
    QTRY_VERIFY(world.fixture.jobs().jobs().isEmpty());
    QVERIFY(!world.state(file).isComing && !world.state(file).isKept);
    QVERIFY2(world.toast().isEmpty(), qPrintable(world.toast()));
    QCOMPARE(saved(), QStringList());
    world.actions().open(file);
    QTRY_VERIFY_WITH_TIMEOUT(world.state(file).isComing, 20'000);
    world.actions().fetcher().cancel(file.account, file.attachment.attachmentId);
    QTRY_VERIFY(!world.state(file).isComing);
    // And it goes on from there.
    world.demo.setFaults({});
    world.actions().saveInto({file}, out());
    QTRY_COMPARE_WITH_TIMEOUT(saved(), QStringList{logName}, 20'000);
    QCOMPARE(AttachmentWorld::contents(out(logName)), world.bytesOf(file));
    QVERIFY(world.opened.isEmpty());
}

void TestAttachmentActions::hostileNamesStayInTheirFolder_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("up") << u"../../evil.txt"_s;
    QTest::newRow("absolute") << u"/etc/passwd"_s;
    QTest::newRow("of Windows") << u"C:\\Windows\\..\\x.txt"_s;
    QTest::newRow("hidden") << u".bashrc"_s;
    QTest::newRow("lines") << u"a\nb\r\tc.txt"_s;
    QTest::newRow("device") << u"CON"_s;
    QTest::newRow("long") << u"名"_s.repeated(300) + u".txt"_s;
    QTest::newRow("markup") << u"<img src=x onerror=alert(1)>.txt"_s;
    QTest::newRow("dots") << u".."_s;
    QTest::newRow("half a pair") << u"a\xd800.txt"_s;
}

void TestAttachmentActions::hostileNamesStayInTheirFolder()
{
    QFETCH(QString, name);
    makeOut();
    AttachmentWorld world(m_folder->path());
    const AttachmentFile file = world.keep(name, "contents");
    world.actions().saveInto({file}, out());
    QTRY_VERIFY(world.toast().contains(u"saved in"_s));
    QCOMPARE(saved().size(), 1);
    QVERIFY(!saved().first().startsWith(u'.'));
    QCOMPARE(AttachmentWorld::contents(out(saved().first())), QByteArray("contents"));
    const QStringList besides =
        QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    QVERIFY2(besides.size() <= 2, qPrintable(besides.join(u' '))); // out and the settings
    world.actions().open(file);
    QTRY_COMPARE(world.opened.size(), 1);
    QVERIFY(world.opened.first().startsWith(world.actions().copies().folder()));
    QVERIFY(!AttachmentActions::shownName(file.attachment).contains(u'\n'));
}

void TestAttachmentActions::failuresAreToldAndTriedAgain()
{
    AttachmentWorld world(m_folder->path());
    QVERIFY(world.openCaseWith(archiveName));
    QVERIFY(world.openCaseWith(logName));
    DownloadJob::Options once;
    once.attempts = 1;
    world.actions().fetcher().setOptions(once);
    world.demo.setFaults(u"drop:GetFile"_s);
    world.actions().open(world.file(logName));
    QTRY_VERIFY2_WITH_TIMEOUT(world.toast().startsWith(u"“gc-1c.log” could not be downloaded. "_s),
                              qPrintable(world.toast()), 20'000);
    QVERIFY2(!world.toast().contains(u"refreshed"_s), qPrintable(world.toast()));
    QCOMPARE(world.toastButton()->text(), u"Try A&gain"_s);
    world.demo.setFaults({});
    world.toastButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(world.opened.size(), 1, 20'000);
}

void TestAttachmentActions::someFailuresDoNotKeepTheOthersBack()
{
    makeOut();
    AttachmentWorld world(m_folder->path());
    const AttachmentFile there = world.keep(u"there.txt"_s, "contents");
    const AttachmentFile unknown{world.account, {u"attachment-nobody-knows"_s, u"gone\u202e.txt"_s}};
    world.actions().saveInto({unknown, there}, out());
    QTRY_VERIFY_WITH_TIMEOUT(world.toast().contains(u"saved in"_s), 20'000);
    QVERIFY2(world.toast().contains(u"“gone.txt” could not be saved"_s), qPrintable(world.toast()));
    QCOMPARE(saved(), QStringList{u"there.txt"_s});
    world.fixture.child<QPushButton>("toastSecondButton")->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"AttachmentIdNotFound"_s));
}

void TestAttachmentActions::noProgramIsTold()
{
    AttachmentWorld world(m_folder->path());
    world.canOpen = false;
    world.actions().open(world.keep(u"x.unheardof"_s, "x"));
    QTRY_VERIFY2(world.toast().contains(u"no program"_s), qPrintable(world.toast()));
    QCOMPARE(world.toastButton()->text(), u"&Save As…"_s);
}

void TestAttachmentActions::dragsOutWhatIsHere()
{
    AttachmentWorld world(m_folder->path());
    QVERIFY(world.openCaseWith(logName));
    std::unique_ptr<QMimeData> dragged;
    world.actions().setDragger([&dragged](QMimeData *data, QWidget &) { dragged.reset(data); });
    const AttachmentFile file = world.file(logName);
    world.actions().dragOut(file, world.fixture.conversation());
    QVERIFY2(world.toast().contains(u"being downloaded"_s), qPrintable(world.toast()));
    QTRY_VERIFY_WITH_TIMEOUT(world.state(file).isKept, 20'000);
    QVERIFY(!dragged);
    world.actions().dragOut(file, world.fixture.conversation());
    QTRY_VERIFY(dragged);
    QVERIFY(dragged->hasFormat(u"text/uri-list"_s));
    QCOMPARE(dragged->urls().size(), 1);
    const QString path = dragged->urls().first().toLocalFile();
    QCOMPARE(QFileInfo(path).fileName(), logName);
    QCOMPARE(AttachmentWorld::contents(path), world.bytesOf(file));
    QVERIFY(!(QFile::permissions(path) & ownerOnly) && (QFile::permissions(path) & QFileDevice::WriteOwner));
}

void TestAttachmentActions::chipsActInTheWindow()
{
    AttachmentWorld world(m_folder->path());
    QVERIFY(world.openCaseWith(archiveName));
    world.demo.setFaults(u"slow:GetFile=500ms"_s); // it is large; nobody needs it whole
    QWidget *viewport = world.fixture.conversation().viewport();
    const QPoint place = world.chips().rect(world.chip(archiveName)).center();
    QVERIFY(viewport->rect().contains(place));
    QTest::mouseDClick(viewport, Qt::LeftButton, {}, place);
    const AttachmentFile file = world.file(archiveName);
    QTRY_VERIFY_WITH_TIMEOUT(world.state(file).isComing, 20'000);
    world.actions().fetcher().cancel(file.account, file.attachment.attachmentId);
    QTRY_VERIFY(!world.state(file).isComing);
}

void TestAttachmentActions::aFileIsCopied()
{
    AttachmentWorld world(m_folder->path());
    QVERIFY(world.openCaseWith(archiveName));
    world.actions().copyFile(world.keep(u"a.log"_s, "contents"));
    const QClipboard &clipboard = *QGuiApplication::clipboard();
    QTRY_VERIFY(clipboard.mimeData()->hasUrls());
    const QString path = clipboard.mimeData()->urls().first().toLocalFile();
    QCOMPARE(QFileInfo(path).fileName(), u"a.log"_s);
    QFile copy(path);
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), "contents");
    QVERIFY(world.toast().contains(u"a.log"_s));
}

void TestAttachmentActions::theMenuOfAChip()
{
    AttachmentWorld world(m_folder->path());
    QVERIFY(world.openCaseWith(archiveName));
    world.demo.setFaults(u"slow:GetFile=500ms"_s);
    Q_EMIT world.chips().menuRequested(world.chip(archiveName), QPoint(10, 10));
    auto *menu = world.fixture.child<QMenu>("attachmentMenu");
    QVERIFY(menu);
    const auto action = [&](const char *name) { return menu->findChild<QAction *>(QString::fromLatin1(name)); };
    QVERIFY(!action("cancelAttachment")->isEnabled());
    QCOMPARE(menu->defaultAction(), action("openAttachment"));
    QSet<QChar> letters;
    for (const QAction *one : menu->actions()) {
        const qsizetype at = one->text().indexOf(u'&');
        if (!one->isSeparator())
            QVERIFY2(at >= 0 && !letters.contains(one->text().at(at + 1).toLower()), qPrintable(one->text()));
        if (at >= 0)
            letters.insert(one->text().at(at + 1).toLower());
    }
    QVERIFY(action("copyAttachment"));
    action("copyAttachmentName")->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), archiveName);
    action("openAttachment")->trigger();
    const AttachmentFile file = world.file(archiveName);
    QTRY_VERIFY_WITH_TIMEOUT(world.state(file).isComing, 20'000);
    menu->close();
    QTRY_VERIFY(!world.fixture.child<QMenu>("attachmentMenu"));
    Q_EMIT world.chips().menuRequested(world.chip(archiveName), QPoint(10, 10));
    menu = world.fixture.child<QMenu>("attachmentMenu");
    QVERIFY(action("cancelAttachment")->isEnabled());
    action("cancelAttachment")->trigger();
    QTRY_VERIFY(!world.state(file).isComing);
    menu->close();
}

void TestAttachmentActions::savesByKey()
{
    AttachmentWorld world(m_folder->path());
    QVERIFY(world.openCaseWith(logName));
    world.fixture.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&world.fixture.window()));
    world.fixture.conversation().setFocus();
    world.chips().setCurrent(world.chip(logName));
    QTest::keyClick(&world.fixture.conversation(), Qt::Key_S, Qt::ControlModifier);
    auto *dialog = world.fixture.child<QFileDialog>("saveAttachmentDialog");
    QVERIFY(dialog);
    QCOMPARE(QFileInfo(dialog->selectedFiles().value(0)).fileName(), logName);
}

void TestAttachmentActions::thePaperClipCounts()
{
    AttachmentWorld world(m_folder->path());
    auto *clip = world.fixture.child<QToolButton>("attachments");
    QVERIFY(world.openCaseWith(logName));
    QTRY_COMPARE(clip->text().toInt(), world.actions().count());
    QVERIFY(clip->isVisible());
    QVERIFY2(clip->accessibleName().contains(clip->text()), qPrintable(clip->accessibleName()));
    clip->click();
    QTRY_VERIFY(world.fixture.child<QDialog>("attachmentsDialog"));
    delete world.fixture.child<QDialog>("attachmentsDialog");
    // A case without any.
    for (int row = 0; row < world.fixture.cases().rowCount() && clip->isVisible(); ++row) {
        const CaseKey key = world.fixture.cases().keyAt(row);
        world.fixture.window().openCase(key);
        QTRY_VERIFY(world.fixture.window().conversation().isReady());
        QTRY_COMPARE(clip->isVisible(), world.actions().count() > 0);
    }
    QVERIFY(!clip->isVisible());
    world.fixture.child<QAction>("actionAttachments")->trigger();
    QVERIFY2(world.toast().contains(u"no attachments"_s), qPrintable(world.toast()));
}

QTEST_MAIN(TestAttachmentActions)
#include "tst_attachmentactions.moc"
