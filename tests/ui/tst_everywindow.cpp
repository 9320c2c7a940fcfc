#include "everywindow.h"

#include "ui/plaintext.h"
#include "ui/spoken.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMap>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSet>
#include <QTextBrowser>
#include <QToolBar>

#include <algorithm>
#include <iterator>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// The letter behind the one "&" of a text; null when there is none.
QChar mnemonic(const QString &text)
{
    const qsizetype at = text.indexOf(u'&');
    return at < 0 || at + 1 >= text.size() ? QChar() : text.at(at + 1).toLower();
}

/// What Esc does in every window, and what Qt or the desktop named.
bool needsNone(const QAbstractButton &button)
{
    if (button.text() == u"Cancel"_s || button.text() == u"キャンセル"_s)
        return true;
    const QString text = button.text();
    if (button.objectName().startsWith(u"tile_"_s)
        || std::none_of(text.begin(), text.end(), [](QChar c) { return c.isLetter(); }))
        return true; // numbers, and what rows of a list are
    for (QWidget *parent = button.parentWidget(); parent; parent = parent->parentWidget()) {
        if (auto *box = qobject_cast<QDialogButtonBox *>(parent))
            return box->standardButton(const_cast<QAbstractButton *>(&button)) != QDialogButtonBox::NoButton;
        if (qobject_cast<QToolBar *>(parent))
            return true; // its actions stand in the menus
    }
    return false;
}

QString named(const QWidget &widget)
{
    return QLatin1StringView(widget.metaObject()->className()) + u' ' + widget.objectName();
}

/// Letters and digits alone: a label may break its lines, cut them and mark mnemonics.
QString lettersOf(const QString &text)
{
    QString letters;
    std::copy_if(text.begin(), text.end(), std::back_inserter(letters), [](QChar c) { return c.isLetterOrNumber(); });
    return letters;
}

/// All that a window says, by who says it.
QMap<QString, QString> wordsOf(QWidget &window)
{
    QMap<QString, QString> words{{u"title"_s, window.windowTitle()}};
    const auto widgets = window.findChildren<QWidget *>();
    for (qsizetype i = 0; i < widgets.size(); ++i) {
        const QWidget *widget = widgets.at(i);
        if (!widget->isVisible() || widget->window() != &window)
            continue;
        const QString who = named(*widget) + u' ' + QString::number(i) + u' ';
        const auto say = [&](QLatin1StringView what, const QString &text) { words.insert(who + what, text); };
        say("name"_L1, widget->accessibleName());
        say("description"_L1, widget->accessibleDescription());
        say("tool tip"_L1, widget->toolTip());
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            say("text"_L1, label->text());
        else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            say("text"_L1, button->text());
        else if (const auto *group = qobject_cast<const QGroupBox *>(widget))
            say("text"_L1, group->title());
        else if (const auto *field = qobject_cast<const QLineEdit *>(widget))
            say("text"_L1, field->placeholderText());
        else if (const auto *page = qobject_cast<const QTextBrowser *>(widget))
            say("text"_L1, page->toPlainText());
        else if (const auto *bar = qobject_cast<const QToolBar *>(widget))
            say("text"_L1, bar->windowTitle());
        else if (const auto *header = qobject_cast<const QHeaderView *>(widget); header && header->model()) {
            for (int at = 0; at < header->count(); ++at)
                say("heading"_L1, header->model()->headerData(at, header->orientation()).toString());
        }
    }
    return words;
}

/// One by one: QtTest cuts what is long.
void tell(const QStringList &faults)
{
    for (const QString &fault : faults)
        qWarning().noquote() << fault;
    QVERIFY(faults.isEmpty());
}

} // namespace

/// What is true of every control in every window, in both languages.
class TestEveryWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mnemonicsAreThereAndUnique_data() { languages(); }
    void mnemonicsAreThereAndUnique();
    void screenReadersAreToldWhatItIs_data() { languages(); }
    void screenReadersAreToldWhatItIs();
    void aLabelIsReadAsItStands_data() { languages(); }
    void aLabelIsReadAsItStands();
    void questionsLeaveAllAsItIs();
    void openWindowsFollowTheLanguage();
    void tabGoesAsOneReads_data() { languages(); }
    void tabGoesAsOneReads();
    void oneSeesWhatHasTheKeys_data();
    void oneSeesWhatHasTheKeys();

private:
    static void languages()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << u"en"_s;
        QTest::newRow("ja") << u"ja"_s;
    }
};

void TestEveryWindow::mnemonicsAreThereAndUnique()
{
    QFETCH(QString, language);
    test::EveryWindow all(language);
    QStringList faults;
    QVERIFY(all.visit([&faults](const QString &name, QWidget &window) {
        QHash<QChar, QString> seen;
        const auto take = [&](const QString &text, const QString &what, bool isNeeded) {
            const QChar letter = mnemonic(text);
            if (letter.isNull()) {
                if (isNeeded)
                    faults.append(name + u": none in "_s + what + u" “"_s + text + u'”');
                return;
            }
            if (seen.contains(letter))
                faults.append(name + u": "_s + letter + u" in “"_s + text + u"” and “"_s + seen.value(letter) + u'”');
            seen.insert(letter, text);
        };
        if (auto *main = qobject_cast<QMainWindow *>(&window)) {
            const auto menus = main->menuBar()->actions();
            for (const QAction *menu : menus)
                take(menu->text(), u"menu"_s, true);
        }
        const auto widgets = window.findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            if (!widget->isVisible() || widget->window() != &window)
                continue;
            if (const auto *label = qobject_cast<QLabel *>(widget); label && label->buddy()) {
                take(label->text(), named(*label), true);
                if (qobject_cast<QFileDialog *>(&window))
                    continue; // its words are Qt's
                if (withoutMnemonic(label->text()).endsWith(u':') || withoutMnemonic(label->text()).endsWith(u'：'))
                    faults.append(name + u": a colon behind the label of a field, “"_s + label->text() + u'”');
            } else if (const auto *button = qobject_cast<QAbstractButton *>(widget)) {
                const auto *tool = qobject_cast<const QToolButton *>(widget);
                const bool showsText = !button->text().isEmpty()
                    && !(tool && !tool->icon().isNull() && tool->toolButtonStyle() == Qt::ToolButtonIconOnly);
                if (showsText && !needsNone(*button))
                    take(button->text(), named(*button), true);
            } else if (const auto *group = qobject_cast<QGroupBox *>(widget)) {
                take(group->title(), named(*group), group->isCheckable());
            }
        }
    }));
    for (const char *name : {"menuSort", "menuColumns"}) {
        const auto *menu = all.window().findChild<QMenu *>(QString::fromLatin1(name));
        QHash<QChar, QString> seen;
        const auto entries = menu->actions();
        for (const QAction *action : entries) {
            const QChar letter = mnemonic(action->text());
            if (!action->isSeparator() && (letter.isNull() || seen.contains(letter)))
                faults.append(QLatin1StringView(name) + u": "_s + action->text() + u", "_s + seen.value(letter));
            seen.insert(letter, action->text());
        }
        QVERIFY(seen.size() > 5);
    }
    tell(faults);
}

void TestEveryWindow::screenReadersAreToldWhatItIs()
{
    QFETCH(QString, language);
    test::EveryWindow all(language);
    static const QRegularExpression remains(u"&|[^\\x00-\\x7f]\\([A-Z0-9]\\)"_s);
    QStringList faults;
    const auto lookAt = [&faults](const QString &name, const QWidget &menu) {
        QAccessibleInterface *told = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(&menu));
        QCOMPARE(told->childCount(), int(menu.actions().size()));
        for (int i = 0; i < told->childCount(); ++i) {
            QAccessibleInterface *entry = told->child(i);
            QCOMPARE(told->indexOfChild(entry), i);
            QCOMPARE(entry->parent(), told);
            QCOMPARE(entry->object(), menu.actions().at(i));
            const QString text = entry->text(QAccessible::Name);
            if (text.contains(remains) || (text.isEmpty() && entry->role() != QAccessible::Separator))
                faults.append(name + u": “"_s + text + u"” of "_s + menu.objectName());
        }
    };
    QVERIFY(all.visit([&](const QString &name, QWidget &window) {
        if (auto *main = qobject_cast<QMainWindow *>(&window)) {
            lookAt(name, *main->menuBar());
            for (const QMenu *menu : main->menuBar()->findChildren<QMenu *>())
                lookAt(name, *menu);
        }
        const auto widgets = window.findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            if (!widget->isVisible() || widget->window() != &window)
                continue;
            const QAccessibleInterface *told = QAccessible::queryAccessibleInterface(widget);
            if (!told)
                continue;
            const QString text = told->text(QAccessible::Name);
            const bool isControl = (widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy()
                && !widget->objectName().startsWith(u"qt_"_s)
                && !qobject_cast<QAbstractScrollArea *>(widget->parentWidget());
            const bool isNotice = told->role() == QAccessible::AlertMessage;
            if ((isControl || isNotice) && text.trimmed().isEmpty())
                faults.append(name + u": no name of "_s + named(*widget));
            if (isControl && (told->role() == QAccessible::Client || told->role() == QAccessible::NoRole))
                faults.append(name + u": no role of "_s + named(*widget));
            const QString description = told->text(QAccessible::Description);
            if (isControl && description.contains(remains))
                faults.append(name + u": “"_s + description + u"” describes "_s + named(*widget));
            if ((isControl || qobject_cast<QGroupBox *>(widget)) && text.contains(remains))
                faults.append(name + u": “"_s + text + u"” of "_s + named(*widget));
        }
    }));
    faults.removeDuplicates();
    tell(faults);
}

/// What stands on the screen is what is heard: a name of its own takes the place of a label's text.
void TestEveryWindow::aLabelIsReadAsItStands()
{
    QFETCH(QString, language);
    test::EveryWindow all(language);
    QStringList faults;
    int seen = 0;
    QVERIFY(all.visit([&](const QString &name, QWidget &window) {
        const auto labels = window.findChildren<QLabel *>();
        for (QLabel *label : labels) {
            if (!label->isVisible() || label->window() != &window || label->text().isEmpty())
                continue;
            ++seen;
            const QString text = QAccessible::queryAccessibleInterface(label)->text(QAccessible::Name);
            if (!lettersOf(text).contains(lettersOf(label->text())))
                faults.append(name + u": “"_s + label->text() + u"” is read as “"_s + text + u"” of "_s
                              + named(*label));
        }
    }));
    QVERIFY(seen > 200);
    faults.removeDuplicates();
    tell(faults);
}

/// Who pressed the key of a command by mistake presses Enter or Esc next.
void TestEveryWindow::questionsLeaveAllAsItIs()
{
    test::EveryWindow all(u"en"_s);
    QStringList seen;
    QStringList faults;
    QVERIFY(all.visit([&](const QString &name, QWidget &window) {
        auto *box = qobject_cast<QMessageBox *>(&window);
        if (!box)
            return;
        seen.append(name);
        if (!box->defaultButton() || box->buttonRole(box->defaultButton()) != QMessageBox::RejectRole)
            faults.append(name + u": Enter does it"_s);
        if (!box->escapeButton() || box->buttonRole(box->escapeButton()) != QMessageBox::RejectRole)
            faults.append(name + u": Esc does it"_s);
        if (box->focusWidget() != box->defaultButton())
            faults.append(name + u": another button has the focus"_s);
    }));
    QCOMPARE(seen, (QStringList{u"resolveDialog"_s, u"leaveQuestion"_s}));
    tell(faults);
}

/// The settings stay open beside other windows, and change the language of all.
void TestEveryWindow::openWindowsFollowTheLanguage()
{
    const auto japanese = [] {
        QSet<QString> known;
        test::EveryWindow all(u"ja"_s);
        const bool isWhole = all.visit([&known](const QString &, QWidget &window) {
            const auto words = wordsOf(window);
            known.unite(QSet<QString>(words.begin(), words.end()));
        });
        return isWhole ? known : QSet<QString>();
    }();
    QVERIFY(!japanese.isEmpty());
    test::EveryWindow all(u"en"_s);
    QStringList faults;
    QVERIFY(all.visit([&](const QString &name, QWidget &window) {
        // Questions are asked for a moment, and about what is in them.
        if (qobject_cast<QMessageBox *>(&window))
            return;
        static const QRegularExpression fileName(u"\\w\\.[a-z]{2,4}\\b"_s); // which file is looked at first differs
        const auto before = wordsOf(window);
        const auto turn = [&](const char *action) {
            all.window().findChild<QAction *>(QLatin1StringView(action))->trigger();
            for (int turns = 0; turns < 3; ++turns)
                QCoreApplication::processEvents(); // what waits for the end of the switch
        };
        turn("actionLanguageJapanese");
        const auto after = wordsOf(window);
        turn("actionLanguageEnglish");
        for (auto one = before.begin(); one != before.end(); ++one) {
            const bool isWord = std::any_of(one->begin(), one->end(), [](QChar c) { return c.isLetter(); });
            if (isWord && !one->contains(fileName) && after.value(one.key()) == *one && !japanese.contains(*one))
                faults.append(name + u": “"_s + *one + u"” stays in "_s + one.key());
        }
    }));
    faults.removeDuplicates();
    tell(faults);
}

/// Down and along: nobody who goes by Tab is sent back over what they passed, within one part of a window.
void TestEveryWindow::tabGoesAsOneReads()
{
    QFETCH(QString, language);
    test::EveryWindow all(language);
    QStringList faults;
    QVERIFY(all.visit([&faults](const QString &name, QWidget &window) {
        const QWidget *before = nullptr;
        QWidget *first = window.nextInFocusChain();
        for (QWidget *widget = first; widget && widget != &window; widget = widget->nextInFocusChain()) {
            if (!widget->isVisible() || !widget->isEnabled() || widget->window() != &window || widget->focusProxy()
                || !(widget->focusPolicy() & Qt::TabFocus))
                continue;
            if (before && before->parentWidget() == widget->parentWidget()) {
                const QRect one = before->geometry();
                const QRect next = widget->geometry();
                const bool isBack = next.bottom() <= one.top()
                    || (next.top() < one.bottom() && one.top() < next.bottom() && next.right() <= one.left());
                if (isBack)
                    faults.append(u"%1: from %2 (%3) back to %4 (%5)"_s.arg(name, named(*before))
                                      .arg(one.x())
                                      .arg(named(*widget))
                                      .arg(next.x()));
            }
            before = widget;
        }
    }));
    faults.removeDuplicates();
    tell(faults);
}

void TestEveryWindow::oneSeesWhatHasTheKeys_data()
{
    QTest::addColumn<QByteArray>("theme");
    QTest::newRow("light") << "light"_ba;
    QTest::newRow("dark") << "dark"_ba;
}

/// Also where nobody pressed Tab yet.
void TestEveryWindow::oneSeesWhatHasTheKeys()
{
    QFETCH(QByteArray, theme);
    qputenv("CASEMENT_THEME", theme);
    const auto takeBack = qScopeGuard([] { qunsetenv("CASEMENT_THEME"); });
    test::EveryWindow all(u"en"_s);
    QStringList faults;
    int seen = 0;
    QVERIFY(all.visit([&](const QString &name, QWidget &window) {
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window)) {
            faults.append(name + u": not active"_s);
            return;
        }
        const QPointer<QWidget> before = window.focusWidget();
        const auto widgets = window.findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            if (!widget->isVisible() || !widget->isEnabled() || widget->window() != &window || widget->focusProxy()
                || !(widget->focusPolicy() & Qt::TabFocus) || widget->visibleRegion().isEmpty())
                continue;
            widget->setFocus(Qt::OtherFocusReason);
            if (!widget->hasFocus())
                continue;
            const QImage with = widget->grab().toImage();
            widget->clearFocus();
            const QImage without = widget->grab().toImage();
            int marked = 0; // pixels
            for (int y = 0; y < with.height(); ++y) {
                for (int x = 0; x < with.width(); ++x)
                    marked += with.pixel(x, y) != without.pixel(x, y);
            }
            ++seen;
            if (marked < 40) // more than a cursor is
                faults.append(u"%1: %2, %3 pixels"_s.arg(name, named(*widget)).arg(marked));
        }
        if (before)
            before->setFocus(Qt::OtherFocusReason);
    }));
    QVERIFY(seen > 200);
    faults.removeDuplicates();
    tell(faults);
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestEveryWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_everywindow.moc"
