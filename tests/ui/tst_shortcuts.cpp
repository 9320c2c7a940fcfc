#include "ui/shortcuts.h"

#include "ui/settingstransfer.h"
#include "ui/uisettings.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

QKeySequence keyOf(const QString &text) { return QKeySequence::fromString(text, QKeySequence::PortableText); }

/// A window with a few menus, and the registry over a settings file.
struct World
{
    explicit World(const QString &file) : settings(file), shortcuts(settings)
    {
        QMenu *caseMenu = menu(u"&Case"_s);
        reply = add(*caseMenu, u"actionReply"_s, u"R&eply"_s, u"Ctrl+R"_s);
        star = add(*caseMenu, u"actionStar"_s, u"Sta&r"_s, u"S"_s);
        exported = add(*caseMenu, u"actionExport"_s, u"E&xport…"_s, u"Ctrl+E"_s);
        caseMenu->addAction(u"made while it runs"_s);
        QMenu *view = menu(u"&View"_s);
        QMenu *inner = view->addMenu(u"&Saved"_s);
        deleteFilter = add(*inner, u"actionDeleteFilter"_s, u"&Delete"_s, u"Del"_s);
        view->addAction(exported);
        plain = add(*view, u"actionPlain"_s, u"&Plain"_s, {});
        close = add(*menu(u"&File"_s), u"actionClose"_s, u"&Close Window"_s, u"Ctrl+W"_s);
        shortcuts.manageMenus(bar);
    }

    QMenu *menu(const QString &title) { return bar.addMenu(title); }
    QAction *add(QMenu &to, const QString &name, const QString &text, const QString &key)
    {
        QAction *action = to.addAction(text);
        action->setObjectName(name);
        action->setShortcut(keyOf(key));
        return action;
    }

    UiSettings settings;
    Shortcuts shortcuts;
    QMenuBar bar;
    QAction *reply;
    QAction *star;
    QAction *exported;
    QAction *deleteFilter;
    QAction *plain;
    QAction *close;
};

} // namespace

/// The registry of keys.
class TestShortcuts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void commandsComeFromTheMenus();
    void aKeyHoldsInEveryWindowAtOnce();
    void enterGoesWithReturn();
    void thePlatformsKeysStay();
    void whatWasChosenIsKept();
    void aKeyHasOneHolder();
    void placesApartShareAKey();
    void someKeysAreRefused_data();
    void someKeysAreRefused();
    void twoWaysToNameAKeyAreOne_data();
    void twoWaysToNameAKeyAreOne();
    void aPressHasTheNameThatWorks_data();
    void aPressHasTheNameThatWorks();
    void bothNamesOfAPressAreTaken();
    void badLinesArePassedOverAndStay();
    void whatIsNoTextIsPassedOver();
    void theChosenGoesBeforeTheUsual();
    void theFirstOfTwoHasTheKey();
    void resettingAllCanBeUndone();
    void keysTravelWithTheSettings();

private:
    QString file(const QString &name = u"casement.ini"_s) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestShortcuts::commandsComeFromTheMenus()
{
    World world(file());
    const QStringList ids = world.shortcuts.ids();
    QCOMPARE(ids.mid(0, 6),
             (QStringList{u"reply"_s, u"star"_s, u"export"_s, u"deleteFilter"_s, u"plain"_s, u"close"_s}));
    QVERIFY(ids.contains(u"send"_s)); // stands in no menu
    QCOMPARE(ids.count(u"close"_s), 1); // of two windows, and in a menu
    QCOMPARE(world.shortcuts.name(u"reply"_s), u"Reply"_s);
    QCOMPARE(world.shortcuts.group(u"export"_s), u"Case"_s); // the first of its menus
    QCOMPARE(world.shortcuts.group(u"deleteFilter"_s), u"View"_s);
    QCOMPARE(world.shortcuts.usualKey(u"reply"_s), keyOf(u"Ctrl+R"_s));
    QCOMPARE(world.shortcuts.name(u"deleteFilter"_s), u"Saved › Delete"_s);
    QVERIFY(world.shortcuts.key(u"plain"_s).isEmpty());
    QVERIFY(!world.shortcuts.isAnyChanged());
    world.reply->setText(u"返信(&E)"_s);
    QCOMPARE(world.shortcuts.name(u"reply"_s), u"返信"_s);
    world.star->setProperty("inHelp", u"Star, or remove it"_s);
    QCOMPARE(world.shortcuts.name(u"star"_s), u"Star, or remove it"_s);
    QCOMPARE(world.shortcuts.withKey(u"Answer"_s, u"reply"_s), u"Answer (Ctrl+R)"_s);
    QCOMPARE(world.shortcuts.withKey(u"Answer"_s, u"plain"_s), u"Answer"_s);
}

void TestShortcuts::aKeyHoldsInEveryWindowAtOnce()
{
    World world(file());
    QWidget other;
    int closed = 0;
    world.shortcuts.on(other, u"close"_s, [&closed] { ++closed; });
    other.show();
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    QTest::keyClick(&other, Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(closed, 1);
    QSignalSpy changed(&world.shortcuts, &Shortcuts::changed);
    world.shortcuts.set(u"close"_s, keyOf(u"F9"_s));
    QCOMPARE(changed.size(), 1);
    QTest::keyClick(&other, Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(closed, 1);
    QTest::keyClick(&other, Qt::Key_F9);
    QCOMPARE(closed, 2);
    QCOMPARE(world.close->shortcut(), keyOf(u"F9"_s));
    QAction late;
    world.shortcuts.manage(late, u"close"_s); // of a window that is made now
    QCOMPARE(late.shortcut(), keyOf(u"F9"_s));
    world.shortcuts.set(u"close"_s, {});
    QVERIFY(world.close->shortcut().isEmpty());
    QVERIFY(late.shortcut().isEmpty());
    QTest::keyClick(&other, Qt::Key_F9);
    QCOMPARE(closed, 2);
}

void TestShortcuts::enterGoesWithReturn()
{
    World world(file());
    QObject field;
    QList<QKeySequence> keys;
    world.shortcuts.follow(&field, u"send"_s, [&keys](const QList<QKeySequence> &given) { keys = given; });
    QCOMPARE(keys, (QList<QKeySequence>{keyOf(u"Ctrl+Return"_s), keyOf(u"Ctrl+Enter"_s)}));
    world.shortcuts.set(u"send"_s, keyOf(u"Alt+Return"_s));
    QCOMPARE(keys, (QList<QKeySequence>{keyOf(u"Alt+Return"_s), keyOf(u"Alt+Enter"_s)}));
    world.shortcuts.set(u"send"_s, keyOf(u"F12"_s));
    QCOMPARE(keys, QList<QKeySequence>{keyOf(u"F12"_s)});
}

/// A desktop may close windows by Ctrl+F4, too.
void TestShortcuts::thePlatformsKeysStay()
{
    World world(file());
    const QList<QKeySequence> usual = QKeySequence::keyBindings(QKeySequence::Close);
    QCOMPARE(world.close->shortcut(), keyOf(u"Ctrl+W"_s)); // the one that is shown
    for (const QKeySequence &key : usual)
        QVERIFY2(world.close->shortcuts().contains(key), qPrintable(key.toString()));
    const auto other =
        std::find_if(usual.begin(), usual.end(), [](const QKeySequence &key) { return key != keyOf(u"Ctrl+W"_s); });
    if (other == usual.end())
        QSKIP("This platform has one key for it.");
    QCOMPARE(world.shortcuts.holderOf(u"plain"_s, *other), u"close"_s); // and it is asked about, as the first one is
    QCOMPARE(world.shortcuts.holderOf(u"close"_s, *other), QString());
    world.shortcuts.set(u"plain"_s, *other); // which another command may be given
    QCOMPARE(world.close->shortcut(), keyOf(u"Ctrl+W"_s));
    QVERIFY(!world.close->shortcuts().contains(*other));
    world.shortcuts.set(u"plain"_s, {});
    world.shortcuts.set(u"close"_s, keyOf(u"F9"_s));
    QCOMPARE(world.close->shortcuts(), QList<QKeySequence>{keyOf(u"F9"_s)});
}

void TestShortcuts::whatWasChosenIsKept()
{
    {
        World world(file());
        world.shortcuts.set(u"reply"_s, keyOf(u"Ctrl+,"_s)); // a comma, which INI files part lists with
        world.shortcuts.set(u"export"_s, {});
        world.shortcuts.set(u"plain"_s, keyOf(u"Ctrl+="_s)); // and what parts a line here
        QVERIFY(world.settings.save());
    }
    World world(file());
    QCOMPARE(world.reply->shortcut(), keyOf(u"Ctrl+,"_s));
    QVERIFY(world.exported->shortcut().isEmpty());
    QCOMPARE(world.plain->shortcut(), keyOf(u"Ctrl+="_s));
    QCOMPARE(world.star->shortcut(), keyOf(u"S"_s));
    QVERIFY(world.shortcuts.isChanged(u"export"_s));
    // The usual key again is nothing that has to be kept.
    world.shortcuts.set(u"reply"_s, keyOf(u"Ctrl+R"_s));
    QVERIFY(!world.shortcuts.text().contains(u"reply"_s));
}

void TestShortcuts::aKeyHasOneHolder()
{
    World world(file());
    QCOMPARE(world.shortcuts.holderOf(u"plain"_s, keyOf(u"Ctrl+R"_s)), u"reply"_s);
    QVERIFY(world.shortcuts.holderOf(u"reply"_s, keyOf(u"Ctrl+R"_s)).isEmpty());
    QVERIFY(world.shortcuts.holderOf(u"plain"_s, {}).isEmpty());
    world.shortcuts.set(u"plain"_s, keyOf(u"Ctrl+R"_s));
    QCOMPARE(world.plain->shortcut(), keyOf(u"Ctrl+R"_s));
    QVERIFY(world.reply->shortcut().isEmpty());
    QCOMPARE(world.shortcuts.holderOf(u"reply"_s, keyOf(u"Ctrl+R"_s)), u"plain"_s);
    world.shortcuts.set(u"export"_s, keyOf(u"Ctrl+R"_s)); // from one that was given it, too
    QVERIFY(world.plain->shortcut().isEmpty());
    QCOMPARE(world.exported->shortcut(), keyOf(u"Ctrl+R"_s));
    world.shortcuts.set(u"plain"_s, keyOf(u"Ctrl+R"_s));
    QVERIFY(world.settings.save());
    World again(file());
    QVERIFY(again.exported->shortcut().isEmpty());
    QCOMPARE(again.plain->shortcut(), keyOf(u"Ctrl+R"_s));
    QVERIFY(again.reply->shortcut().isEmpty());
}

void TestShortcuts::placesApartShareAKey()
{
    World world(file());
    QCOMPARE(world.shortcuts.key(u"draftDelete"_s), world.shortcuts.key(u"deleteFilter"_s));
    QVERIFY(world.shortcuts.holderOf(u"draftDelete"_s, keyOf(u"Del"_s)).isEmpty());
    world.shortcuts.set(u"plain"_s, keyOf(u"F7"_s));
    // What works everywhere works there, too.
    QCOMPARE(world.shortcuts.holderOf(u"draftDelete"_s, keyOf(u"F7"_s)), u"plain"_s);
    world.shortcuts.set(u"deleteFilter"_s, keyOf(u"F8"_s));
    QCOMPARE(world.shortcuts.holderOf(u"plain"_s, keyOf(u"F8"_s)), u"deleteFilter"_s);
    QVERIFY(world.shortcuts.holderOf(u"draftDelete"_s, keyOf(u"F8"_s)).isEmpty());
}

void TestShortcuts::someKeysAreRefused_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("isRefused");
    const auto row = [](const QString &id, const QString &key, bool isRefused) {
        QTest::newRow(qPrintable(id + u' ' + key)) << id << key << isRefused;
    };
    for (const QString &key : {u"Tab"_s,
                               u"Ctrl+Tab"_s,
                               u"Return"_s,
                               u"Shift+Return"_s,
                               u"Enter"_s,
                               u"Esc"_s,
                               u"Space"_s,
                               u"R"_s,
                               u"7"_s,
                               u"?"_s,
                               u"Shift+R"_s,
                               u"あ"_s,
                               u"Left"_s,
                               u"Home"_s,
                               u"Del"_s,
                               u"Shift+Ins"_s,
                               u"Backspace"_s,
                               u"Ctrl+C"_s,
                               u"Ctrl+V"_s,
                               u"Ctrl+X"_s,
                               u"Ctrl+Z"_s,
                               u"Ctrl+A"_s,
                               u"Ctrl+Shift+Z"_s,
                               u"Ctrl+Left"_s,
                               u"Ctrl+Shift+End"_s,
                               u"Ctrl+Backspace"_s,
                               u"Alt+F"_s,
                               u"Alt+1"_s,
                               u"Ctrl+K, Ctrl+R"_s})
        row(u"reply"_s, key, true);
    for (const QString &key : {u"Ctrl+R"_s, u"Ctrl+J"_s, u"Ctrl+Shift+C"_s, u"Ctrl+Shift+A"_s, u"F1"_s, u"Shift+F12"_s,
                               u"Alt+Return"_s, u"Ctrl+Return"_s, u"Ctrl+Esc"_s, u"Alt+Left"_s, u"Ctrl+PgUp"_s,
                               u"Ctrl+?"_s, u"Ctrl+Alt+F"_s, u"Meta+R"_s, u"Ctrl+Space"_s, u"Search"_s})
        row(u"reply"_s, key, false);
    // The list's own commands take letters, but nothing that moves in it.
    for (const QString &key : {u"D"_s, u"Shift+S"_s, u"7"_s, u"F4"_s})
        row(u"star"_s, key, false);
    for (const QString &key : {u"Space"_s, u"Return"_s, u"Esc"_s, u"Tab"_s, u"Down"_s, u"Del"_s, u"Ctrl+C"_s})
        row(u"star"_s, key, true);
    // These have no text field around them.
    for (const QString &key : {u"Del"_s, u"Backspace"_s, u"Ctrl+Z"_s, u"X"_s})
        row(u"draftUndo"_s, key, false);
    row(u"export"_s, u"Shift+F10"_s, true); // opens menus everywhere
    row(u"export"_s, u"Ctrl+F10"_s, false);
    row(u"draftUndo"_s, u"Return"_s, true);
    // Nothing is wrong with what it always was.
    row(u"deleteFilter"_s, u"Del"_s, false);
    row(u"send"_s, u"Ctrl+Return"_s, false);
}

void TestShortcuts::someKeysAreRefused()
{
    QFETCH(const QString, id);
    QFETCH(const QString, key);
    QFETCH(const bool, isRefused);
    World world(file());
    QVERIFY(!keyOf(key).isEmpty());
    const QString why = world.shortcuts.whyNot(id, keyOf(key));
    QCOMPARE(!why.isEmpty(), isRefused);
    if (isRefused)
        QVERIFY2(why.endsWith(u'.'), qPrintable(why));
    QVERIFY(world.shortcuts.whyNot(id, {}).isEmpty()); // no key at all is always right
}

void TestShortcuts::twoWaysToNameAKeyAreOne_data()
{
    QTest::addColumn<QKeySequence>("typed");
    QTest::addColumn<QString>("is");
    const auto row = [](const char *name, QKeyCombination typed, const QString &is) {
        QTest::newRow(name) << QKeySequence(typed) << is;
    };
    row("Shift that the character needs", Qt::CTRL | Qt::SHIFT | Qt::Key_Question, u"Ctrl+?"_s);
    row("Shift that is one", Qt::CTRL | Qt::SHIFT | Qt::Key_R, u"Ctrl+Shift+R"_s);
    row("a digit", Qt::CTRL | Qt::SHIFT | Qt::Key_1, u"Ctrl+Shift+1"_s);
    row("the keypad's Enter", Qt::CTRL | Qt::Key_Enter, u"Ctrl+Return"_s);
    row("the keypad", QKeyCombination(Qt::ControlModifier | Qt::KeypadModifier, Qt::Key_Plus), u"Ctrl++"_s);
    row("Tab backwards", Qt::SHIFT | Qt::Key_Backtab, u"Shift+Tab"_s);
}

void TestShortcuts::twoWaysToNameAKeyAreOne()
{
    QFETCH(const QKeySequence, typed);
    QFETCH(const QString, is);
    QCOMPARE(Shortcuts::canonical(typed).toString(QKeySequence::PortableText), is);
}

void TestShortcuts::aPressHasTheNameThatWorks_data()
{
    QTest::addColumn<QKeyCombination>("typed");
    QTest::addColumn<QKeyCombination>("plain");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("other");
    const auto row = [](const char *name, QKeyCombination typed, QKeyCombination plain, const QString &key,
                        const QString &other) { QTest::newRow(name) << typed << plain << key << other; };
    const auto held = Qt::CTRL | Qt::SHIFT;
    row("a colon", held | Qt::Key_Colon, held | Qt::Key_Semicolon, u"Ctrl+:"_s, u"Ctrl+Shift+;"_s);
    row("a question", held | Qt::Key_Question, held | Qt::Key_Slash, u"Ctrl+?"_s, u"Ctrl+Shift+/"_s);
    row("Japanese keyboard", held | Qt::Key_Plus, held | Qt::Key_Semicolon, u"Ctrl++"_s, u"Ctrl+Shift+;"_s);
    row("a digit", held | Qt::Key_Exclam, held | Qt::Key_1, u"Ctrl+Shift+1"_s, u"Ctrl+!"_s);
    row("a digit by Shift", held | Qt::Key_1, held | Qt::Key_Ampersand, u"Ctrl+1"_s, u"Ctrl+Shift+&"_s);
    row("a letter", held | Qt::Key_R, held | Qt::Key_R, u"Ctrl+Shift+R"_s, {});
    row("no Shift", Qt::CTRL | Qt::Key_Semicolon, Qt::CTRL | Qt::Key_Semicolon, u"Ctrl+;"_s, {});
    row("Alt", Qt::ALT | held | Qt::Key_Colon, Qt::ALT | held | Qt::Key_Semicolon, u"Ctrl+Alt+:"_s,
        u"Ctrl+Alt+Shift+;"_s);
    row("Tab backwards", held | Qt::Key_Backtab, held | Qt::Key_Tab, u"Ctrl+Shift+Tab"_s, {});
    row("a function key", Qt::SHIFT | Qt::Key_F3, Qt::SHIFT | Qt::Key_F3, u"Shift+F3"_s, {});
    row("not known by the platform", held | Qt::Key_Question, held | Qt::Key_Question, u"Ctrl+?"_s, {});
}

void TestShortcuts::aPressHasTheNameThatWorks()
{
    QFETCH(const QKeyCombination, typed);
    QFETCH(const QKeyCombination, plain);
    QFETCH(const QString, key);
    QFETCH(const QString, other);
    const Shortcuts::Press press = Shortcuts::pressOf(typed, QKeySequence(plain));
    QCOMPARE(press.key.toString(QKeySequence::PortableText), key);
    QCOMPARE(press.other.toString(QKeySequence::PortableText), other);
}

void TestShortcuts::bothNamesOfAPressAreTaken()
{
    World world(file());
    world.shortcuts.set(u"export"_s, keyOf(u"Ctrl+!"_s));
    world.shortcuts.set(u"plain"_s, keyOf(u"Ctrl+Shift+1"_s), keyOf(u"Ctrl+!"_s));
    QCOMPARE(world.plain->shortcut(), keyOf(u"Ctrl+Shift+1"_s));
    QVERIFY(world.exported->shortcut().isEmpty()); // with it neither would work
}

void TestShortcuts::badLinesArePassedOverAndStay()
{
    const QStringList bad{u"nonsense"_s, u"export=Ctrl+Nokey"_s, u"=Ctrl+R"_s,   u"star=Return"_s,
                          u"plain=R"_s,  u"newer=Ctrl+J"_s,      u"close=A, B"_s};
    {
        UiSettings settings(file());
        settings.set(Shortcuts::settingsKey, (bad + QStringList{u"reply=Ctrl+J"_s}).join(u'\n'));
        QVERIFY(settings.save());
    }
    for (qsizetype i = 0; i < bad.size(); ++i)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"passed over: "_s + QRegularExpression::escape(bad[i])));
    World world(file());
    QCOMPARE(world.reply->shortcut(), keyOf(u"Ctrl+J"_s)); // the good one all the same
    QCOMPARE(world.exported->shortcut(), keyOf(u"Ctrl+E"_s));
    QCOMPARE(world.star->shortcut(), keyOf(u"S"_s));
    QVERIFY(world.plain->shortcut().isEmpty());
    QCOMPARE(world.close->shortcut(), keyOf(u"Ctrl+W"_s));
    world.shortcuts.set(u"export"_s, keyOf(u"F11"_s));
    for (const QString &line : bad)
        QCOMPARE(world.shortcuts.text().split(u'\n').contains(line), !line.startsWith(u"export"_s));
    world.shortcuts.resetAll();
    QCOMPARE(world.shortcuts.text(), u"newer=Ctrl+J"_s); // what another version's command has
}

void TestShortcuts::whatIsNoTextIsPassedOver()
{
    QFile ini(file());
    QVERIFY(ini.open(QIODevice::WriteOnly));
    ini.write("[keyboard]\nshortcuts=a, b, c\n[General]\ntheme=dark\n");
    ini.close();
    World world(file());
    QVERIFY(!world.shortcuts.isAnyChanged());
    QCOMPARE(world.settings.word(u"theme"_s), u"dark"_s);
}

void TestShortcuts::theChosenGoesBeforeTheUsual()
{
    {
        UiSettings settings(file());
        settings.set(Shortcuts::settingsKey, u"plain=Ctrl+R"_s);
        QVERIFY(settings.save());
    }
    World world(file());
    QCOMPARE(world.plain->shortcut(), keyOf(u"Ctrl+R"_s));
    QVERIFY(world.reply->shortcut().isEmpty()); // with both, neither would work
}

void TestShortcuts::theFirstOfTwoHasTheKey()
{
    {
        UiSettings settings(file());
        settings.set(Shortcuts::settingsKey, u"plain=F7\nexport=F7\nplain=F8"_s);
        QVERIFY(settings.save());
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"passed over: export=F7"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"passed over: plain=F8"_s));
    World world(file());
    QCOMPARE(world.plain->shortcut(), keyOf(u"F7"_s));
    QCOMPARE(world.exported->shortcut(), keyOf(u"Ctrl+E"_s));
}

void TestShortcuts::resettingAllCanBeUndone()
{
    World world(file());
    world.shortcuts.set(u"plain"_s, keyOf(u"Ctrl+R"_s));
    const QString before = world.shortcuts.text();
    world.shortcuts.resetAll();
    QVERIFY(!world.shortcuts.isAnyChanged());
    QCOMPARE(world.reply->shortcut(), keyOf(u"Ctrl+R"_s));
    QVERIFY(world.plain->shortcut().isEmpty());
    world.shortcuts.setText(before);
    QCOMPARE(world.plain->shortcut(), keyOf(u"Ctrl+R"_s));
    QVERIFY(world.reply->shortcut().isEmpty());
    QCOMPARE(world.settings.text(Shortcuts::settingsKey), before);
}

void TestShortcuts::keysTravelWithTheSettings()
{
    World world(file());
    world.shortcuts.set(u"reply"_s, keyOf(u"Ctrl+J"_s));
    const QByteArray content = SettingsTransfer::write(world.settings);
    World other(file(u"other.ini"_s));
    const auto proposal = SettingsTransfer::look(content, other.settings);
    QVERIFY(proposal);
    QCOMPARE(proposal->changes.size(), 1);
    SettingsTransfer::take(proposal->changes, other.settings);
    QCOMPARE(other.reply->shortcut(), keyOf(u"Ctrl+R"_s)); // until it is told
    QSignalSpy changed(&other.shortcuts, &Shortcuts::changed);
    other.shortcuts.reload();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(other.reply->shortcut(), keyOf(u"Ctrl+J"_s));
    other.shortcuts.reload();
    QCOMPARE(changed.size(), 1); // nothing new
}

QTEST_MAIN(TestShortcuts)
#include "tst_shortcuts.moc"
