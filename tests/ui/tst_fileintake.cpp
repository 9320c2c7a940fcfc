#include "replyworld.h"

#include "ui/conversationview.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScopeGuard>
#include <QTest>
#include <QToolButton>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace casement;
using namespace Qt::StringLiterals;
using test::ReplyWorld;
using State = OutboxFileState;

namespace {

QByteArray noise(qsizetype size, quint32 seed)
{
    QByteArray bytes((size + 3) & ~qsizetype(3), Qt::Uninitialized);
    QRandomGenerator random(seed);
    random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
    return bytes.first(size);
}

} // namespace

/// Which files get in, by which way, and what is said of the others.
class TestFileIntake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void whatIsNoFileIsRefusedWithItsReason();
    void ofTwelveFilesTenAreTaken();
    void textsAndLinksAreNotForDropping();
    void aPictureIsPasted();
    void filesArePasted();
    void aFolderGoesAsZip();
    void placesOfKeysAreAskedAbout();
    void filesAreChosen();
    void aFrameIsShownWhileDragging();
    void aLeftCaseKeepsItsFiles();
    void sizesReadWell();
    void aZipThatIsTooLargeIsSplit();
    void whatCannotBeSplitIsLeftOut();
    void everyNameIsTakenAndSaysTheSame();
    void whatIsRefusedIsToldInAFewLines_data();
    void whatIsRefusedIsToldInAFewLines();
    void eachWayOutHasItsButton();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFileIntake::whatIsNoFileIsRefusedWithItsReason()
{
    ReplyWorld world(m_folder->path());
    const QString folder = m_folder->path();
    const QString pipe = folder + u"/queue"_s;
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const QString dead = folder + u"/dead"_s;
    QVERIFY(QFile::link(folder + u"/nothing"_s, dead));
    const QString locked = world.file(u"locked.txt"_s, "secret");
    QVERIFY(QFile::setPermissions(locked, {}));
    QStringList paths{pipe, dead, world.file(u"empty.log"_s, ""), folder + u"/gone.log"_s,
                      world.file(u"good.log"_s, "good")};
    const bool isRoot = ::geteuid() == 0; // who may read everything
    if (!isRoot)
        paths.append(locked);
    QVERIFY(world.drop(world.text(), paths));
    QVERIFY(world.waitFor(u"good.log"_s, State::Ready)); // the others stay out, this one is in
    QCOMPARE(world.strip().count(), 1);
    const QString notice = world.notice();
    for (const QString &words : {u"queue: a pipe, a socket or a device"_s, u"dead: a link that leads to no file"_s,
                                 u"empty.log: empty"_s, u"gone.log: not there any more"_s})
        QVERIFY2(notice.contains(words), qPrintable(notice));
    if (!isRoot)
        QVERIFY2(notice.contains(u"locked.txt: can't be read ("_s), qPrintable(notice));
    QTest::mouseClick(world.child<QToolButton>("intakeClose"), Qt::LeftButton);
    QVERIFY(world.notice().isEmpty());
    // Nothing of it made a draft by itself.
    world.files().remove(world.strip().chips().first()->content().file.id);
    QTRY_VERIFY(world.outbox().entries().isEmpty());
    QVERIFY(world.drop(world.text(), {pipe}));
    QTRY_VERIFY(!world.notice().isEmpty());
    QVERIFY(world.outbox().entries().isEmpty());
}

void TestFileIntake::ofTwelveFilesTenAreTaken()
{
    ReplyWorld world(m_folder->path());
    QStringList paths;
    for (int i = 1; i <= 12; ++i)
        paths.append(world.file(u"f%1.log"_s.arg(i), QByteArray(10, char('a' + i))));
    QVERIFY(world.drop(world.text(), paths));
    QTRY_COMPARE(world.strip().count(), 10);
    const QString notice = world.notice();
    QVERIFY2(notice.startsWith(u"f11.log: more than 10 "_s) && notice.contains(u"\nf12.log: "_s), qPrintable(notice));
    QVERIFY(!notice.contains(u"f10.log"_s));
    // The same file again is said to be there.
    QTest::mouseClick(world.child<QToolButton>("intakeClose"), Qt::LeftButton);
    QVERIFY(world.drop(world.text(), {paths.first()}));
    QTRY_VERIFY(world.notice().contains(u"f1.log: attached already"_s));
    QCOMPARE(world.strip().count(), 10);
}

void TestFileIntake::textsAndLinksAreNotForDropping()
{
    ReplyWorld world(m_folder->path());
    QWidget *conversation = world.fixture.conversation().viewport();
    QMimeData text;
    text.setText(u"words"_s);
    QVERIFY(!world.drop(*conversation, text));
    QMimeData link;
    link.setUrls({QUrl(u"https://example.com/picture.png"_s)});
    link.setText(u"https://example.com/picture.png"_s);
    QMimeData picture;
    picture.setImageData(QImage(4, 4, QImage::Format_RGB32));
    picture.setHtml(u"<img src='https://example.com/p.png'>"_s);
    QMimeData mixed; // a file of the browser's beside the address
    mixed.setUrls({QUrl(u"https://example.com/a"_s), QUrl::fromLocalFile(world.file(u"a"_s, "a"))});
    for (QWidget *on : {conversation, static_cast<QWidget *>(world.text().viewport())}) {
        QVERIFY(!world.drop(*on, link));
        QVERIFY(!world.drop(*on, picture));
        QVERIFY(!world.drop(*on, mixed));
    }
    QVERIFY(world.text().text().isEmpty());
    QVERIFY(world.outbox().entries().isEmpty());
    // Names of files are not text, in whichever field they land.
    QVERIFY(world.drop(*world.child<QLineEdit>("cc"), {world.file(u"to-cc.txt"_s, "x")}));
    QVERIFY(world.waitFor(u"to-cc.txt"_s, State::Ready));
    QVERIFY(world.child<QLineEdit>("cc")->text().isEmpty());
}

void TestFileIntake::aPictureIsPasted()
{
    ReplyWorld world(m_folder->path());
    QImage picture(40, 30, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    QGuiApplication::clipboard()->setImage(picture);
    world.text().setFocus();
    QTest::keyClick(&world.text(), Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(world.strip().count(), 1);
    const OutboxFile file = world.strip().chips().first()->content().file;
    const QRegularExpression name(u"^pasted-\\d{8}-\\d{6}\\.png$"_s);
    QVERIFY2(name.match(file.name).hasMatch(), qPrintable(file.name));
    QVERIFY(file.owned);
    QVERIFY(world.waitFor(file.name, State::Ready));
    const QString outgoing = world.fixture.archive().folder(u"outgoing"_s);
    QCOMPARE(QFileInfo(file.file.path).absolutePath(), outgoing);
    QVERIFY(!(QFile::permissions(file.file.path) & (QFile::ReadGroup | QFile::ReadOther)));
    QVERIFY(!(QFile::permissions(outgoing) & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther)));
    QCOMPARE(QImage(file.file.path).size(), picture.size());
    // A second one in the same second has a name of its own.
    world.text().paste();
    QTRY_COMPARE(world.strip().count(), 2);
    QVERIFY(world.strip().chips().last()->content().file.name != file.name);
    // What has words is text: a spreadsheet's cells come as a picture, too.
    auto *cells = new QMimeData;
    cells->setText(u"1\t2"_s);
    cells->setImageData(picture);
    QGuiApplication::clipboard()->setMimeData(cells);
    world.text().paste();
    QCOMPARE(world.text().text(), u"1\t2"_s);
    QCOMPARE(world.strip().count(), 2);
    // What was made for the message goes with it.
    world.files().remove(file.id);
    QTRY_VERIFY(!QFile::exists(file.file.path));
}

void TestFileIntake::filesArePasted()
{
    ReplyWorld world(m_folder->path());
    auto *data = new QMimeData;
    const QString path = world.file(u"copied.txt"_s, "copied");
    data->setUrls({QUrl::fromLocalFile(path)});
    data->setText(path); // as file managers do
    QGuiApplication::clipboard()->setMimeData(data);
    world.text().paste();
    QVERIFY(world.waitFor(u"copied.txt"_s, State::Ready));
    QVERIFY(world.text().text().isEmpty());
}

void TestFileIntake::aFolderGoesAsZip()
{
    ReplyWorld world(m_folder->path());
    QVERIFY(QDir(m_folder->path()).mkpath(u"logs/sub"_s));
    world.file(u"logs/a.log"_s, "a");
    world.file(u"logs/sub/b.log"_s, "b");
    QVERIFY(world.drop(world.text(), {m_folder->path() + u"/logs"_s}));
    QTRY_VERIFY(world.notice().contains(u"folder"_s));
    QVERIFY(world.outbox().entries().isEmpty());
    auto *zip = world.child<QPushButton>("intakeZip");
    QVERIFY(zip && zip->isVisible());
    zip->click();
    QVERIFY(world.waitFor(u"logs.zip"_s, State::Ready));
    QVERIFY(world.notice().isEmpty());
    QVERIFY(world.chip(u"logs.zip"_s)->content().file.owned);
}

void TestFileIntake::placesOfKeysAreAskedAbout()
{
    ReplyWorld world(m_folder->path());
    const QString keys = world.file(u"my-keys"_s, "[default]\naws_secret_access_key = x\n");
    qputenv("AWS_SHARED_CREDENTIALS_FILE", QFile::encodeName(keys));
    const auto reset = qScopeGuard([] { qunsetenv("AWS_SHARED_CREDENTIALS_FILE"); });
    QVERIFY(world.drop(world.text(), {keys}));
    QTRY_VERIFY(world.notice().contains(u"my-keys: from a place of keys and passwords"_s));
    QCOMPARE(world.strip().count(), 0);
    auto *anyway = world.child<QPushButton>("intakeAnyway");
    QVERIFY(anyway && anyway->isVisible());
    anyway->click();
    QVERIFY(world.waitFor(u"my-keys"_s, State::Ready));
    QVERIFY(world.notice().isEmpty());
}

void TestFileIntake::filesAreChosen()
{
    ReplyWorld world(m_folder->path());
    const QString path = world.file(u"chosen.txt"_s, "chosen");
    world.text().setFocus();
    QTest::keyClick(&world.text(), Qt::Key_O, Qt::ControlModifier);
    auto *dialog = world.tray().findChild<QFileDialog *>(u"attachFilesDialog"_s);
    QVERIFY(dialog);
    QCOMPARE(dialog->fileMode(), QFileDialog::ExistingFiles);
    Q_EMIT dialog->filesSelected({path});
    dialog->reject();
    QVERIFY(world.waitFor(u"chosen.txt"_s, State::Ready));
    QCOMPARE(world.fixture.settings().text(u"attachments/folder"_s), m_folder->path());
    QVERIFY(world.fixture.child<QAction>("actionAttach")->isEnabled());
}

void TestFileIntake::aFrameIsShownWhileDragging()
{
    ReplyWorld world(m_folder->path());
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(world.file(u"over.txt"_s, "over"))});
    QWidget *frame = world.fixture.child<QWidget>("dropFrame");
    QVERIFY(frame && !frame->isVisible());
    QWidget *over = world.fixture.conversation().viewport();
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(over, &enter);
    QVERIFY(enter.isAccepted() && frame->isVisible());
    QCOMPARE(frame->accessibleName(), u"Drop files to attach them"_s);
    QDragLeaveEvent leave;
    QApplication::sendEvent(over, &leave);
    QTRY_VERIFY(!frame->isVisible());
    // A source that only moves files would delete what it gave away.
    QDragEnterEvent moving({10, 10}, Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(over, &moving);
    QVERIFY(!moving.isAccepted());
}

void TestFileIntake::aLeftCaseKeepsItsFiles()
{
    ReplyWorld world(m_folder->path());
    const CaseKey first = world.key;
    QVERIFY(world.drop(world.text(), {world.file(u"first.txt"_s, "first"), m_folder->path()}));
    world.composer().open({first.account, u"case-of-nobody"_s}); // before it was looked at
    QTRY_VERIFY(!world.outbox().entries().isEmpty());
    const OutboxEntry *entry = world.outbox().replyDraft(first.account, first.caseId);
    QVERIFY(entry);
    QTRY_COMPARE(world.files().of(entry->id).size(), 1);
    QCOMPARE(world.strip().count(), 0);
    QVERIFY(world.notice().isEmpty());
    world.composer().open(first);
    QCOMPARE(world.strip().count(), 1);
    QTRY_VERIFY(world.notice().contains(u"folder"_s)); // what was said of its files is said there
}

void TestFileIntake::sizesReadWell()
{
    InterfaceLanguage language; // it knows one from many
    language.set(u"en"_s);
    QCOMPARE(FileText::size(1), u"1 byte"_s);
    QCOMPARE(FileText::size(1023), u"1023 bytes"_s);
    QCOMPARE(FileText::size(1536), u"1.5 kB"_s);
    QCOMPARE(FileText::size(5LL << 20), u"5 MB"_s);
    QCOMPARE(FileText::size(150LL << 20), u"150 MB"_s);
    QCOMPARE(FileText::sizeBeside((150LL << 20) + 1, 150LL << 20), u"157,286,401 bytes"_s);
}

/// Four files of which two go into a message's largest file, on a service with sets only.
void TestFileIntake::aZipThatIsTooLargeIsSplit()
{
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.oldApi = true;
    ReplyWorld world(m_folder->path(), options);
    world.files().learnWay(world.key.account, UploadWay::Set);
    QVERIFY(QDir(m_folder->path()).mkdir(u"logs"_s));
    for (int i = 1; i <= 4; ++i)
        world.file(u"logs/%1.log"_s.arg(i), noise(2'400'000, quint32(i)));
    QVERIFY(world.drop(world.text(), {m_folder->filePath(u"logs"_s)}));
    QTRY_VERIFY(world.child<QPushButton>("intakeZip"));
    world.child<QPushButton>("intakeZip")->click();
    QTRY_VERIFY2_WITH_TIMEOUT(world.notice().contains(u"logs.zip: 9.2 MB as a ZIP, at most 5 MB"_s),
                              qPrintable(world.notice()), 20'000);
    auto *split = world.child<QPushButton>("intakeZip");
    QCOMPARE(split->text(), u"Split over Several &ZIPs"_s);
    split->click();
    QVERIFY(world.waitFor(u"logs-1.zip"_s, State::Ready));
    QVERIFY(world.waitFor(u"logs-2.zip"_s, State::Ready));
    QVERIFY(world.notice().isEmpty());
    QCOMPARE(world.strip().count(), 2);
    const QString large = QFileInfo(world.chip(u"logs-1.zip"_s)->content().file.file.path).path() + u"/logs.zip"_s;
    QTRY_VERIFY(!QFile::exists(large));
}

void TestFileIntake::whatCannotBeSplitIsLeftOut()
{
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.oldApi = true;
    ReplyWorld world(m_folder->path(), options);
    world.files().learnWay(world.key.account, UploadWay::Set);
    world.text().setPlainText(u"Without it"_s);
    QVERIFY(world.drop(world.text(), {world.file(u"core"_s, noise(5'600'000, 1)), world.file(u"empty"_s, "")}));
    QTRY_VERIFY(world.child<QPushButton>("intakeZip"));
    world.child<QPushButton>("intakeZip")->click();
    QTRY_VERIFY2_WITH_TIMEOUT(world.notice().contains(u"core.zip: 5.3 MB as a ZIP"_s), qPrintable(world.notice()),
                              20'000);
    QVERIFY(!world.child<QPushButton>("intakeZip"));
    QVERIFY(!world.child<QPushButton>("send")->isEnabled());
    world.child<QPushButton>("intakeLeaveOut")->click();
    QTRY_VERIFY(!world.notice().contains(u"core"_s));
    QVERIFY(world.notice().contains(u"empty"_s)); // what there is nothing to decide about stays told
    QTRY_VERIFY(world.child<QPushButton>("send")->isEnabled());
}

void TestFileIntake::everyNameIsTakenAndSaysTheSame()
{
    ReplyWorld world(m_folder->path());
    const QByteArray folder = QFile::encodeName(m_folder->path());
    QMimeData data;
    QList<QUrl> urls{QUrl::fromLocalFile(world.file(u".env"_s, "a")), QUrl::fromLocalFile(world.file(u"a:b"_s, "b"))};
    for (const char *name : {"/caf\xe9.txt", "/caf\xe8.txt"}) {
        const int descriptor = ::open((folder + name).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        QCOMPARE(::write(descriptor, name + 4, 2), 2);
        ::close(descriptor);
        urls.append(QUrl::fromEncoded("file://" + folder + QByteArray(name).toPercentEncoding("/")));
    }
    data.setUrls(urls);
    QVERIFY(world.drop(world.text(), data));
    for (const QString &name : {u"_.env"_s, u"a_b"_s, u"caf%E9.txt"_s, u"caf%E8.txt"_s})
        QVERIFY2(world.waitFor(name, State::Ready), qPrintable(name + world.notice()));
    const auto here = [&](const QString &name) {
        auto *label = world.chip(name)->findChild<QLabel *>(u"chipHere"_s);
        return label->isVisible() ? label->text() : QString();
    };
    QCOMPARE(here(u"a_b"_s), u"here “a:b”"_s);
    QCOMPARE(here(u"_.env"_s), u"here “.env”"_s);
    QCOMPARE(here(u"caf%E9.txt"_s), QString());
    for (const char *name : {"/caf\xe9.txt", "/caf\xe8.txt"}) // QTemporaryDir does not see them
        QCOMPARE(::unlink((folder + name).constData()), 0);
}

void TestFileIntake::whatIsRefusedIsToldInAFewLines_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QSize>("size");
    for (const QString &language : {u"en"_s, u"ja"_s}) {
        for (const QSize &size : {QSize(1024, 700), QSize(760, 600)}) {
            QTest::newRow(qPrintable(u"%1 %2"_s.arg(language).arg(size.width()))) << language << size;
        }
    }
}

/// Whatever its number, beside a text that stays in sight.
void TestFileIntake::whatIsRefusedIsToldInAFewLines()
{
    QFETCH(QString, language);
    QFETCH(QSize, size);
    InterfaceLanguage interface;
    interface.set(language);
    ReplyWorld world(m_folder->path());
    world.fixture.window().resize(size);
    world.text().setPlainText(u"What I write"_s);
    QStringList paths;
    for (int i = 1; i <= 20; ++i)
        paths.append(world.file(u"a file of the application with a long name %1.log"_s.arg(i), "log"));
    QVERIFY(QDir(m_folder->path()).mkdir(u"folder"_s));
    paths += {m_folder->filePath(u"folder"_s), world.file(u"empty"_s, "")};
    QVERIFY(world.drop(world.text(), paths));
    auto *notice = world.child<IntakeNotice>("intakeNotice");
    QTRY_COMPARE(notice->lines().size(), 12);
    QTRY_COMPARE(world.strip().count(), 10);
    QVERIFY(!notice->findChild<QAbstractScrollArea *>());
    const int line = notice->fontMetrics().lineSpacing();
    QTRY_VERIFY(notice->isVisible() && notice->height() <= 13 * line);
    const auto isSeen = [&](QWidget *one) {
        const QRect place(one->mapTo(notice, QPoint()), one->size());
        return one->isVisible() && notice->rect().contains(place)
            && world.fixture.window().rect().contains(
                QRect(one->mapTo(&world.fixture.window(), QPoint()), one->size()));
    };
    for (const char *name : {"intakeZip", "intakeFollowUps", "intakeLeaveOut"}) {
        auto *button = world.child<QPushButton>(name);
        QTRY_VERIFY2(isSeen(button) && button->width() >= button->sizeHint().width(), name);
        QVERIFY(button->focusPolicy() & Qt::TabFocus);
    }
    QVERIFY(world.text().height() >= 2 * line);
    QVERIFY(!world.text().visibleRegion().isEmpty());
    // Those that have no line of their own stand in a box.
    auto *rest = world.child<QToolButton>("intakeAll");
    QVERIFY(isSeen(rest) && rest->focusPolicy() & Qt::TabFocus);
    rest->click();
    auto *box = notice->findChild<QMessageBox *>(u"intakeAllBox"_s);
    QVERIFY(box && box->text() == notice->lines().join(u'\n'));
    box->reject();
}

/// One button a way, each with a letter of its own, and one that leaves all of them behind.
void TestFileIntake::eachWayOutHasItsButton()
{
    ReplyWorld world(m_folder->path());
    const QString keys = world.file(u"my-keys"_s, "[default]\n");
    qputenv("AWS_SHARED_CREDENTIALS_FILE", QFile::encodeName(keys));
    const auto reset = qScopeGuard([] { qunsetenv("AWS_SHARED_CREDENTIALS_FILE"); });
    QStringList paths{keys};
    for (int i = 1; i <= 12; ++i)
        paths.append(world.file(u"f%1.log"_s.arg(i), QByteArray(10, char('a' + i))));
    for (const QString &name : {u"one"_s, u"two"_s}) {
        QVERIFY(QDir(m_folder->path()).mkdir(name));
        world.file(name + u"/file"_s, "in it");
        paths.append(m_folder->filePath(name));
    }
    QVERIFY(world.drop(world.text(), paths));
    auto *notice = world.child<IntakeNotice>("intakeNotice");
    QTRY_COMPARE(notice->lines().size(), 5);
    QStringList texts;
    QString letters;
    for (const QPushButton *one : notice->findChildren<QPushButton *>()) {
        if (!one->isVisible())
            continue;
        texts.append(one->text());
        letters += one->text().at(one->text().indexOf(u'&') + 1).toLower();
    }
    QCOMPARE(texts.size(), 4);
    QCOMPARE(QSet<QChar>(letters.begin(), letters.end()).size(), 4);
    QCOMPARE(world.child<QPushButton>("intakeZip")->accessibleDescription(), u"one, two"_s);
    world.child<QPushButton>("intakeLeaveOut")->click();
    QTRY_VERIFY(world.notice().isEmpty());
    QCOMPARE(world.strip().count(), 10);
}

QTEST_MAIN(TestFileIntake)
#include "tst_fileintake.moc"
