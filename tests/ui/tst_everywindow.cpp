#include "everywindow.h"

#include "ui/plaintext.h"
#include "ui/spoken.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGroupBox>
#include <QLabel>
#include <QMenuBar>
#include <QRegularExpression>
#include <QToolBar>

#include <algorithm>

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

/// One by one: QtTest cuts what is long.
void tell(const QStringList &faults)
{
    for (const QString &fault : faults)
        qWarning().noquote() << fault;
    QVERIFY(faults.isEmpty());
}

QString named(const QWidget &widget)
{
    return QLatin1StringView(widget.metaObject()->className()) + u' ' + widget.objectName();
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
            if ((isControl || qobject_cast<QGroupBox *>(widget)) && text.contains(remains))
                faults.append(name + u": “"_s + text + u"” of "_s + named(*widget));
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
