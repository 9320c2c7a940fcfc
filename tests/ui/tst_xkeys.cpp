#include "newcaseworld.h"
#include "ui/keyboardpage.h"
#include "ui/keyedit.h"
#include "ui/settingsdialog.h"
#include "ui/shortcuts.h"
#include "xscreen.h"

#include <QAbstractItemView>
#include <QProcess>
#include <QTreeWidget>

#include <cstdio>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

bool pressKeys(const QStringList &arguments)
{
    QProcess hand;
    hand.start(u"xdotool"_s, arguments);
    return QTest::qWaitFor([&] { return hand.state() == QProcess::NotRunning; }, 15'000) && hand.exitCode() == 0;
}

} // namespace

/// Keys as an X server delivers them: with a code of the keyboard, of which Qt makes several names.
class TestXKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void whatWasPressedIsWhatWorks_data();
    void whatWasPressedIsWhatWorks();
    void theServiceIsTypedWhole();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestXKeys::whatWasPressedIsWhatWorks_data()
{
    QTest::addColumn<QString>("pressed");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("holder");
    QTest::newRow("colon") << u"ctrl+shift+semicolon"_s << u"Ctrl+:"_s << QString();
    QTest::newRow("semicolon") << u"ctrl+semicolon"_s << u"Ctrl+;"_s << QString();
    QTest::newRow("a digit") << u"ctrl+shift+7"_s << u"Ctrl+Shift+7"_s << QString();
    QTest::newRow("a letter") << u"ctrl+shift+y"_s << u"Ctrl+Shift+Y"_s << QString();
    QTest::newRow("a question mark") << u"ctrl+shift+slash"_s << u"Ctrl+?"_s << u"shortcuts"_s;
}

void TestXKeys::whatWasPressedIsWhatWorks()
{
    QFETCH(const QString, pressed);
    QFETCH(const QString, name);
    QFETCH(const QString, holder);
    test::WindowFixture fixture(m_folder->path());
    Shortcuts &shortcuts = fixture.workspace().shortcuts();
    SettingsDialog &dialog = fixture.window().settingsDialog();
    dialog.present(u"keyboardPage"_s);
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    auto *page = dialog.findChild<KeyboardPage *>();
    page->select(u"log"_s);
    auto *edit = page->findChild<KeyEdit *>();
    edit->setFocus();
    QTRY_VERIFY(edit->hasFocus());
    QVERIFY(pressKeys({u"key"_s, pressed}));
    QTRY_COMPARE(edit->keySequence().toString(QKeySequence::PortableText), name);
    if (!holder.isEmpty()) {
        QCOMPARE(shortcuts.holderOf(u"log"_s, edit->keySequence()), holder);
        QVERIFY(page->findChild<QPushButton *>(u"keyUse"_s)->isVisible()); // it is told
        return;
    }
    QTRY_COMPARE(shortcuts.key(u"log"_s).toString(QKeySequence::PortableText), name);
    dialog.close();
    fixture.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&fixture.window()));
    QSignalSpy done(fixture.child<QAction>("actionLog"), &QAction::triggered);
    QVERIFY(pressKeys({u"key"_s, pressed}));
    QTRY_COMPARE(done.size(), 1);
}

void TestXKeys::theServiceIsTypedWhole()
{
    test::NewCaseWorld world(m_folder->path());
    QVERIFY(world.open());
    QVERIFY(QTest::qWaitForWindowActive(world.window));
    auto *field = world.child<QLineEdit>("service");
    QTRY_VERIFY(field->completer()->model()->rowCount() > 10);
    field->setFocus();
    QTRY_VERIFY(field->hasFocus());
    for (const QString &word : {u"elastic"_s, u"cloudwatch"_s, u"lambda"_s}) {
        QVERIFY(pressKeys({u"key"_s, u"--clearmodifiers"_s, u"ctrl+a"_s}));
        QVERIFY(pressKeys({u"type"_s, u"--delay"_s, u"30"_s, word}));
        QTRY_COMPARE(field->text(), word);
    }
    QVERIFY(pressKeys({u"key"_s, u"Return"_s}));
    QTRY_COMPARE(field->text(), u"Lambda"_s);
}

int main(int argc, char **argv)
{
    test::Screen screen;
    if (!screen.problem.isEmpty()) {
        std::printf("SKIP: %s\n", qPrintable(screen.problem));
        return 77; // for ctest: skipped
    }
    QApplication application(argc, argv);
    TestXKeys test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_xkeys.moc"
