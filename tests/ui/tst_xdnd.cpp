#include "replyworld.h"

#include "attachmentworld.h"
#include "ui/conversationview.h"
#include "ui/newcasewindow.h"
#include "xscreen.h"

#include <QAction>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <cstdio>

using namespace casement;
using namespace Qt::StringLiterals;
using test::ReplyWorld;
using test::Screen;
using State = OutboxFileState;

namespace {

/// What xdotool does to take what is there and carry it to a place; slowly at first, as a hand does. It is not let go.
QStringList handMoves(const QPoint &from, const QPoint &to)
{
    QStringList steps{u"mousemove"_s, QString::number(from.x()), QString::number(from.y()), u"mousedown"_s, u"1"_s};
    const auto move = [&steps](const QPoint &at) {
        steps << u"sleep"_s << u"0.05"_s << u"mousemove"_s << QString::number(at.x()) << QString::number(at.y());
    };
    for (const int way : {5, 15, 30, 60})
        move(from + QPoint(way, 0));
    for (int i = 1; i <= 8; ++i)
        move(from + (to - from) * i / 8);
    move(to + QPoint(1, 1));
    move(to);
    return steps;
}

/// The program beside this one from which files are dragged.
struct Source
{
    explicit Source(const QStringList &paths)
    {
        process.start(QCoreApplication::applicationDirPath() + u"/dragsource"_s, paths);
    }
    ~Source()
    {
        process.terminate();
        process.waitForFinished(5'000);
    }

    bool says(const QByteArray &word)
    {
        return QTest::qWaitFor(
            [&] {
                said += process.readAllStandardOutput();
                return said.contains(word + '\n');
            },
            15'000);
    }

    /// The pointer takes what is there and carries it to a place.
    bool dragTo(const QPoint &to)
    {
        QProcess hand;
        hand.start(u"xdotool"_s, handMoves(QPoint(80, 60), to));
        if (!QTest::qWaitFor([&] { return hand.state() == QProcess::NotRunning; }, 20'000) || !says("dragging"))
            return false;
        if (isHeld && !QTest::qWaitFor(isHeld))
            return false;
        QProcess let;
        let.start(u"xdotool"_s, {u"sleep"_s, u"0.1"_s, u"mouseup"_s, u"1"_s});
        return QTest::qWaitFor([&] { return let.state() == QProcess::NotRunning; }, 20'000);
    }

    QProcess process;
    QByteArray said;
    std::function<bool()> isHeld; // waited for before it is let go
};

} // namespace

/// Files dragged from another program by X's own protocol, under a window manager.
class TestXdnd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void ontoTheConversation();
    void ontoTheMessage();
    void ontoTheNewCase();
    void ontoTheListIsRefused();
    void anAttachmentOutOfTheConversation();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

static void place(QWidget &window)
{
    window.setGeometry(200, 60, 1040, 780);
    QTRY_COMPARE(window.size(), QSize(1040, 780)); // the manager moves it in its own time
}

void TestXdnd::ontoTheConversation()
{
    ReplyWorld world(m_folder->path());
    place(world.fixture.window());
    const QStringList paths{world.file(u"first.log"_s, "first"), world.file(u"二番目.log"_s, "second")};
    Source source(paths);
    QVERIFY(source.says("ready"));
    QWidget *view = world.fixture.conversation().viewport();
    QWidget *frame = world.fixture.child<QWidget>("dropFrame");
    source.isHeld = [frame] { return frame->isVisible(); };
    QVERIFY(source.dragTo(view->mapToGlobal(view->rect().center())));
    QVERIFY(source.says("copied"));
    QVERIFY(world.waitFor(u"first.log"_s, State::Ready));
    QVERIFY(world.waitFor(u"二番目.log"_s, State::Ready));
    QTRY_VERIFY(!frame->isVisible());
    QVERIFY(QFile::exists(paths.first())); // nothing was moved
}

void TestXdnd::ontoTheMessage()
{
    ReplyWorld world(m_folder->path());
    place(world.fixture.window());
    Source source({world.file(u"message.log"_s, "message")});
    QVERIFY(source.says("ready"));
    QVERIFY(source.dragTo(world.text().mapToGlobal(world.text().rect().center())));
    QVERIFY(source.says("copied"));
    QVERIFY(world.waitFor(u"message.log"_s, State::Ready));
    QVERIFY(world.text().text().isEmpty());
}

void TestXdnd::ontoTheNewCase()
{
    ReplyWorld world(m_folder->path());
    world.fixture.child<QAction>("actionNewCase")->trigger();
    NewCaseWindow *window = nullptr;
    const auto windows = QApplication::topLevelWidgets();
    for (QWidget *one : windows)
        window = window ? window : qobject_cast<NewCaseWindow *>(one);
    QVERIFY(window && QTest::qWaitForWindowExposed(window));
    window->move(400, 60);
    QTRY_COMPARE(window->pos().y(), 60);
    Source source({world.file(u"case.log"_s, "case")});
    QVERIFY(source.says("ready"));
    QVERIFY(source.dragTo(window->mapToGlobal(window->rect().center())));
    QVERIFY(source.says("copied"));
    QTRY_VERIFY(!window->entryId().isEmpty());
    QTRY_COMPARE(world.files().of(window->entryId()).size(), 1);
    QCOMPARE(world.strip().count(), 0); // not the reply's
    window->close();
}

void TestXdnd::ontoTheListIsRefused()
{
    ReplyWorld world(m_folder->path());
    place(world.fixture.window());
    Source source({world.file(u"list.log"_s, "list")});
    QVERIFY(source.says("ready"));
    QWidget *list = world.fixture.table().viewport();
    QVERIFY(source.dragTo(list->mapToGlobal(list->rect().center())));
    QVERIFY(source.says("refused"));
    QVERIFY(world.outbox().entries().isEmpty());
}

void TestXdnd::anAttachmentOutOfTheConversation()
{
    test::AttachmentWorld world(m_folder->path());
    place(world.fixture.window());
    const QString name = u"gc-1c.log"_s;
    QVERIFY(world.openCaseWith(name));
    bool kept = false;
    world.actions().fetcher().fetch(world.account, world.chip(name).attachment, &world.fixture.window(),
                                    [&kept](const Result<KeptAttachment> &file) { kept = file.hasValue(); });
    QTRY_VERIFY(kept);
    QProcess target;
    target.start(QCoreApplication::applicationDirPath() + u"/droptarget"_s, QStringList());
    QByteArray said;
    const auto says = [&](const QByteArray &words) {
        return QTest::qWaitFor(
            [&] {
                said += target.readAllStandardOutput();
                return said.contains(words + '\n');
            },
            15'000);
    };
    QVERIFY(says("ready"));
    const QPoint from =
        world.fixture.conversation().viewport()->mapToGlobal(world.chips().rect(world.chip(name)).center());
    QProcess hand;
    hand.start(u"xdotool"_s, handMoves(from, QPoint(80, 60)) << u"sleep"_s << u"0.2"_s << u"mouseup"_s << u"1"_s);
    QVERIFY2(says("got " + name.toUtf8() + ' ' + QByteArray::number(world.bytesOf(world.file(name)).size())),
             said.constData());
    QTRY_COMPARE(hand.state(), QProcess::NotRunning);
    target.terminate();
    target.waitForFinished(5'000);
}

int main(int argc, char **argv)
{
    Screen screen;
    if (!screen.problem.isEmpty()) {
        std::printf("SKIP: %s\n", qPrintable(screen.problem));
        return 77; // for ctest: skipped
    }
    QApplication application(argc, argv);
    TestXdnd test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_xdnd.moc"
