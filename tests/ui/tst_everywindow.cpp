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
#include <map>

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

/// What a screen reader must not hear of a mnemonic.
const QRegularExpression &mnemonicRemains()
{
    static const QRegularExpression remains(u"&|[^\\x00-\\x7f]\\([A-Z0-9]\\)"_s);
    return remains;
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
void tell(QStringList faults)
{
    faults.removeDuplicates();
    for (const QString &fault : std::as_const(faults))
        qWarning().noquote() << fault;
    QVERIFY(faults.isEmpty());
}

/// What is wrong in all windows, by what nothing is changed for: one look at each is enough for all of it.
class Survey
{
public:
    explicit Survey(const QString &language)
    {
        test::EveryWindow all(language);
        isWhole = all.visit([this](const QString &name, QWidget &window) {
            lookAtMnemonics(name, window);
            lookAtNames(name, window);
            lookAtLabels(name, window);
            lookAtTheTabOrder(name, window);
            if (const auto *box = qobject_cast<QMessageBox *>(&window))
                lookAtQuestion(name, *box);
            const auto said = wordsOf(window);
            words.unite(QSet<QString>(said.begin(), said.end()));
        });
        if (isWhole)
            lookAtMenus(all.window());
    }

    bool isWhole = false;
    QStringList mnemonics;
    QStringList names;
    QStringList labels;
    QStringList tabs;
    QStringList answers;
    QStringList questions; ///< that were asked
    int menuEntries = 0;
    int labelsSeen = 0;
    QSet<QString> words;

private:
    void lookAtMnemonics(const QString &name, QWidget &window);
    void lookAtMenus(QWidget &window);
    void lookAtNames(const QString &name, QWidget &window);
    void lookAtMenu(const QString &name, const QWidget &menu);
    void lookAtLabels(const QString &name, QWidget &window);
    void lookAtTheTabOrder(const QString &name, QWidget &window);
    void lookAtQuestion(const QString &name, const QMessageBox &box);
};

void Survey::lookAtMnemonics(const QString &name, QWidget &window)
{
    QHash<QChar, QString> seen;
    const auto take = [&](const QString &text, const QString &what, bool isNeeded) {
        const QChar letter = mnemonic(text);
        if (letter.isNull()) {
            if (isNeeded)
                mnemonics.append(name + u": none in "_s + what + u" “"_s + text + u'”');
            return;
        }
        if (seen.contains(letter))
            mnemonics.append(name + u": "_s + letter + u" in “"_s + text + u"” and “"_s + seen.value(letter) + u'”');
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
                mnemonics.append(name + u": a colon behind the label of a field, “"_s + label->text() + u'”');
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
}

void Survey::lookAtMenus(QWidget &window)
{
    for (const char *name : {"menuSort", "menuColumns"}) {
        QHash<QChar, QString> seen;
        const auto entries = window.findChild<QMenu *>(QString::fromLatin1(name))->actions();
        for (const QAction *action : entries) {
            const QChar letter = mnemonic(action->text());
            if (!action->isSeparator() && (letter.isNull() || seen.contains(letter)))
                mnemonics.append(QLatin1StringView(name) + u": "_s + action->text() + u", "_s + seen.value(letter));
            seen.insert(letter, action->text());
        }
        menuEntries += int(seen.size());
    }
}

void Survey::lookAtMenu(const QString &name, const QWidget &menu)
{
    QAccessibleInterface *told = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(&menu));
    QCOMPARE(told->childCount(), int(menu.actions().size()));
    for (int i = 0; i < told->childCount(); ++i) {
        QAccessibleInterface *entry = told->child(i);
        QCOMPARE(told->indexOfChild(entry), i);
        QCOMPARE(entry->parent(), told);
        QCOMPARE(entry->object(), menu.actions().at(i));
        const QString text = entry->text(QAccessible::Name);
        if (text.contains(mnemonicRemains()) || (text.isEmpty() && entry->role() != QAccessible::Separator))
            names.append(name + u": “"_s + text + u"” of "_s + menu.objectName());
    }
}

void Survey::lookAtNames(const QString &name, QWidget &window)
{
    if (auto *main = qobject_cast<QMainWindow *>(&window)) {
        lookAtMenu(name, *main->menuBar());
        for (const QMenu *menu : main->menuBar()->findChildren<QMenu *>())
            lookAtMenu(name, *menu);
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
            names.append(name + u": no name of "_s + named(*widget));
        if (isControl && (told->role() == QAccessible::Client || told->role() == QAccessible::NoRole))
            names.append(name + u": no role of "_s + named(*widget));
        const QString description = told->text(QAccessible::Description);
        if (isControl && description.contains(mnemonicRemains()))
            names.append(name + u": “"_s + description + u"” describes "_s + named(*widget));
        if ((isControl || qobject_cast<QGroupBox *>(widget)) && text.contains(mnemonicRemains()))
            names.append(name + u": “"_s + text + u"” of "_s + named(*widget));
    }
}

/// What stands on the screen is what is heard: a name of its own takes the place of a label's text.
void Survey::lookAtLabels(const QString &name, QWidget &window)
{
    const auto all = window.findChildren<QLabel *>();
    for (QLabel *label : all) {
        if (!label->isVisible() || label->window() != &window || label->text().isEmpty())
            continue;
        ++labelsSeen;
        const QString text = QAccessible::queryAccessibleInterface(label)->text(QAccessible::Name);
        if (!lettersOf(text).contains(lettersOf(label->text())))
            labels.append(name + u": “"_s + label->text() + u"” is read as “"_s + text + u"” of "_s + named(*label));
    }
}

/// Down and along: nobody who goes by Tab is sent back over what they passed, within one part of a window.
void Survey::lookAtTheTabOrder(const QString &name, QWidget &window)
{
    const QWidget *before = nullptr;
    for (QWidget *widget = window.nextInFocusChain(); widget && widget != &window;
         widget = widget->nextInFocusChain()) {
        if (!widget->isVisible() || !widget->isEnabled() || widget->window() != &window || widget->focusProxy()
            || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        if (before && before->parentWidget() == widget->parentWidget()) {
            const QRect one = before->geometry();
            const QRect next = widget->geometry();
            const bool isBack = next.bottom() <= one.top()
                || (next.top() < one.bottom() && one.top() < next.bottom() && next.right() <= one.left());
            if (isBack)
                tabs.append(u"%1: from %2 (%3) back to %4 (%5)"_s.arg(name, named(*before))
                                .arg(one.x())
                                .arg(named(*widget))
                                .arg(next.x()));
        }
        before = widget;
    }
}

/// Who pressed the key of a command by mistake presses Enter or Esc next.
void Survey::lookAtQuestion(const QString &name, const QMessageBox &box)
{
    questions.append(name);
    if (!box.defaultButton() || box.buttonRole(box.defaultButton()) != QMessageBox::RejectRole)
        answers.append(name + u": Enter does it"_s);
    if (!box.escapeButton() || box.buttonRole(box.escapeButton()) != QMessageBox::RejectRole)
        answers.append(name + u": Esc does it"_s);
    if (box.focusWidget() != box.defaultButton())
        answers.append(name + u": another button has the focus"_s);
}

/// The program is walked through once for each language.
const Survey &surveyOf(const QString &language)
{
    static std::map<QString, Survey> all;
    return all.try_emplace(language, language).first->second;
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
    void tabGoesAsOneReads_data() { languages(); }
    void tabGoesAsOneReads();
    void questionsLeaveAllAsItIs_data() { languages(); }
    void questionsLeaveAllAsItIs();
    void openWindowsFollowTheLanguage();
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
    const Survey &survey = surveyOf(language);
    QVERIFY(survey.isWhole);
    QVERIFY(survey.menuEntries > 12);
    tell(survey.mnemonics);
}

void TestEveryWindow::screenReadersAreToldWhatItIs()
{
    QFETCH(QString, language);
    const Survey &survey = surveyOf(language);
    QVERIFY(survey.isWhole);
    tell(survey.names);
}

void TestEveryWindow::aLabelIsReadAsItStands()
{
    QFETCH(QString, language);
    const Survey &survey = surveyOf(language);
    QVERIFY(survey.isWhole);
    QVERIFY(survey.labelsSeen > 200);
    tell(survey.labels);
}

void TestEveryWindow::tabGoesAsOneReads()
{
    QFETCH(QString, language);
    const Survey &survey = surveyOf(language);
    QVERIFY(survey.isWhole);
    tell(survey.tabs);
}

void TestEveryWindow::questionsLeaveAllAsItIs()
{
    QFETCH(QString, language);
    const Survey &survey = surveyOf(language);
    QVERIFY(survey.isWhole);
    QCOMPARE(survey.questions, (QStringList{u"resolveDialog"_s, u"leaveQuestion"_s}));
    tell(survey.answers);
}

/// The settings stay open beside other windows, and change the language of all.
void TestEveryWindow::openWindowsFollowTheLanguage()
{
    QVERIFY(surveyOf(u"ja"_s).isWhole);
    const QSet<QString> &japanese = surveyOf(u"ja"_s).words;
    test::EveryWindow all(u"en"_s);
    QStringList faults;
    QVERIFY(all.visit([&](const QString &name, QWidget &window) {
        // Questions are asked for a moment, and about what is in them.
        if (qobject_cast<QMessageBox *>(&window))
            return;
        static const QRegularExpression fileName(u"\\w\\.[a-z]{2,4}\\b"_s); // which file is looked at first differs
        const auto before = wordsOf(window);
        QStringList stays;
        const auto hasFollowed = [&] {
            stays.clear();
            const auto after = wordsOf(window);
            for (auto one = before.begin(); one != before.end(); ++one) {
                const bool isWord = std::any_of(one->begin(), one->end(), [](QChar c) { return c.isLetter(); });
                if (isWord && !one->contains(fileName) && after.value(one.key()) == *one && !japanese.contains(*one))
                    stays.append(name + u": “"_s + *one + u"” stays in "_s + one.key());
            }
            return stays.isEmpty();
        };
        all.window().findChild<QAction *>(u"actionLanguageJapanese"_s)->trigger();
        if (!QTest::qWaitFor(hasFollowed, 10'000)) // what is counted or read again for it comes a moment later
            faults += stays;
        all.window().findChild<QAction *>(u"actionLanguageEnglish"_s)->trigger();
        for (int turns = 0; turns < 3; ++turns)
            QCoreApplication::processEvents(); // what waits for the end of the switch
    }));
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
