#include "windowfixture.h"

#include "ui/spoken.h"

#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

using namespace casement;
using namespace Qt::StringLiterals;

/// What is true of every control of the window: its name, its key, its mark of focus.
class TestWindowControls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyControlHasAName_data();
    void everyControlHasAName();
    void namesAreRightBeforeTheyAreShown();
    void mnemonicsAreUnique_data();
    void mnemonicsAreUnique();
    void buttonsTellTheirKeys_data();
    void buttonsTellTheirKeys();
    void theHintHasRoom_data() { everyControlHasAName_data(); }
    void theHintHasRoom();
    void theFocusIsSeen_data();
    void theFocusIsSeen();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestWindowControls::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void TestWindowControls::everyControlHasAName_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("en") << u"en"_s;
    QTest::newRow("ja") << u"ja"_s;
}

void TestWindowControls::everyControlHasAName()
{
    QFETCH(QString, language);
    test::WindowFixture fixture(m_folder->path());
    fixture.language().set(language);
    fixture.window().showError({.kind = Error::Kind::CannotConnect, .host = u"h"_s}, u"A"_s);
    fixture.workspace().setAccounts({});
    QStringList nameless;
    const auto widgets = fixture.window().findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!(widget->focusPolicy() & Qt::TabFocus))
            continue;
        const QString own = widget->objectName();
        if (own.startsWith(u"qt_"_s) || widget->inherits("QComboBoxListView")
            || qobject_cast<QAbstractScrollArea *>(widget->parentWidget()))
            continue; // Qt's own inner parts
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        const bool dynamic = own == u"button"_s || own == u"secondButton"_s || own == u"accountFilter"_s
            || qobject_cast<QLabel *>(widget);
        if (own.isEmpty() || (!dynamic && (!accessible || accessible->text(QAccessible::Name).isEmpty())))
            nameless.append(QLatin1StringView(widget->metaObject()->className()) + u' ' + own);
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
}

// Who reads a window hears what is hidden, too, and what a dialog holds that was not shown yet.
void TestWindowControls::namesAreRightBeforeTheyAreShown()
{
    spoken::installNames();
    QWidget window;
    QPushButton button(u"追加(&K)"_s, &window);
    QCheckBox box(u"隠す(&H)"_s, &window);
    QToolButton tool(&window);
    tool.setText(u"添付(&A)"_s);
    const auto nameOf = [](QWidget &widget) {
        return QAccessible::queryAccessibleInterface(&widget)->text(QAccessible::Name);
    };
    QCOMPARE(nameOf(button), u"追加"_s);
    QCOMPARE(nameOf(box), u"隠す"_s);
    QCOMPARE(nameOf(tool), u"添付"_s);
    button.setText(u"送信(&S)"_s); // at once, without being painted
    QCOMPARE(nameOf(button), u"送信"_s);
    button.setAccessibleName(u"its own"_s);
    QCOMPARE(nameOf(button), u"its own"_s);
    // And it can do what one of Qt's can.
    QAccessibleInterface *told = QAccessible::queryAccessibleInterface(&box);
    QCOMPARE(told->role(), QAccessible::CheckBox);
    QVERIFY(told->state().checkable && !told->state().checked);
    told->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
    QVERIFY(box.isChecked() && told->state().checked);
    QSignalSpy clicked(&button, &QPushButton::clicked);
    told = QAccessible::queryAccessibleInterface(&button);
    QCOMPARE(told->role(), QAccessible::Button);
    told->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QTRY_COMPARE(clicked.size(), 1);
}

void TestWindowControls::mnemonicsAreUnique_data() { everyControlHasAName_data(); }

void TestWindowControls::mnemonicsAreUnique()
{
    QFETCH(QString, language);
    test::WindowFixture fixture(m_folder->path());
    fixture.language().set(language);
    QTRY_COMPARE(fixture.child<QMenu>("menuFile")->title(), language == u"ja"_s ? u"ファイル(&F)"_s : u"&File"_s);
    const auto check = [](const QList<QAction *> &actions, const QString &where) {
        QHash<QChar, QString> seen;
        QStringList faults;
        for (const QAction *action : actions) {
            if (action->isSeparator() || action->text().isEmpty())
                continue;
            const QString text = action->text();
            const qsizetype at = text.indexOf(u'&');
            if (at < 0 || at + 1 >= text.size()) {
                faults.append(where + u": none in "_s + text);
                continue;
            }
            const QChar letter = text.at(at + 1).toLower();
            if (seen.contains(letter))
                faults.append(where + u": "_s + letter + u" in "_s + text + u" and "_s + seen.value(letter));
            seen.insert(letter, text);
        }
        return faults;
    };
    QStringList faults = check(fixture.window().menuBar()->actions(), u"bar"_s);
    const auto menus = fixture.window().findChildren<QMenu *>();
    for (const QMenu *menu : menus) {
        if (menu->objectName() != u"menuColumns"_s && menu->objectName() != u"menuSort"_s && !menu->title().isEmpty())
            faults += check(menu->actions(), menu->title());
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

void TestWindowControls::buttonsTellTheirKeys_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("en") << u"en"_s;
    QTest::newRow("ja") << u"ja"_s;
}

// Each button of the tool bar says in its tip what it does and which key does the same.
void TestWindowControls::buttonsTellTheirKeys()
{
    QFETCH(QString, language);
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.language().set(language);
    fixture.openAccounts(1);
    QVERIFY(fixture.waitUntilFilled());
    QCoreApplication::processEvents();
    QStringList withKeys;
    for (const auto *button : fixture.child<QToolBar>("toolBar")->findChildren<QToolButton *>()) {
        const QAction *action = button->defaultAction();
        if (!action || action->shortcut().isEmpty())
            continue;
        const QString key = action->shortcut().toString(QKeySequence::NativeText);
        QVERIFY2(button->toolTip().contains(key), qPrintable(button->toolTip()));
        QVERIFY2(button->toolTip().size() > key.size() + 3 && !button->toolTip().contains(u'&'),
                 qPrintable(button->toolTip()));
        withKeys.append(action->objectName());
    }
    for (const char *name : {"actionNewCase", "actionReply", "actionResolve", "actionRefresh"})
        QVERIFY2(withKeys.contains(QLatin1StringView(name)), name);
    // Another key is told at once.
    auto *action = fixture.child<QAction>("actionNewCase");
    action->setShortcut(QKeySequence(u"Ctrl+Alt+Y"_s));
    QVERIFY2(action->toolTip().contains(action->shortcut().toString(QKeySequence::NativeText)),
             qPrintable(action->toolTip()));
}

void TestWindowControls::theHintHasRoom()
{
    QFETCH(QString, language);
    test::WindowFixture fixture(m_folder->path());
    fixture.language().set(language);
    auto *field = fixture.child<QLineEdit>("searchField");
    const auto rest = [field] {
        return field->width() - field->fontMetrics().horizontalAdvance(field->placeholderText());
    };
    for (const int width : {640, 760, 1000}) {
        fixture.window().resize(width, 600);
        QTRY_VERIFY2(rest() >= 40, // its edges, and the button that empties it
                     qPrintable(field->placeholderText()));
    }
    fixture.window().resize(1600, 600);
    QTRY_VERIFY(field->placeholderText().contains(u"Ctrl+F"_s)); // with room it says the key, too
}

void TestWindowControls::theFocusIsSeen_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dark");
    for (const char *name : {"accountFilter", "copyId", "openInBrowser", "view"}) {
        QTest::addRow("%s, light", name) << QString::fromLatin1(name) << false;
        QTest::addRow("%s, dark", name) << QString::fromLatin1(name) << true;
    }
}

void TestWindowControls::theFocusIsSeen()
{
    QFETCH(QString, name);
    QFETCH(bool, dark);
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.theme().setChoice(dark ? ThemeChoice::Dark : ThemeChoice::Light);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    fixture.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&fixture.window()));
    fixture.table().setFocus();
    QTest::keyClick(&fixture.table(), Qt::Key_Tab); // from now on somebody walks by keys
    auto *widget = fixture.window().findChild<QWidget *>(name);
    QVERIFY(widget && widget->isVisible());
    const auto framed = [&] {
        const QImage image = widget->grab().toImage();
        int found = 0;
        for (int x = 0; x < image.width(); ++x) {
            const QColor at = image.pixelColor(x, 1);
            const QColor accent = Theme::colors().accent;
            if (std::abs(at.red() - accent.red()) + std::abs(at.green() - accent.green())
                    + std::abs(at.blue() - accent.blue())
                < 60)
                ++found;
        }
        return found > image.width() / 2;
    };
    fixture.table().setFocus();
    QVERIFY(!framed());
    widget->setFocus(Qt::TabFocusReason);
    QTRY_VERIFY(widget->hasFocus());
    QVERIFY(framed());
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestWindowControls test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_windowcontrols.moc"
