#include "everywindow.h"
#include "windowfixture.h"

#include "ui/composer.h"
#include "ui/conversationpage.h"
#include "ui/messageedit.h"
#include "ui/mfadialog.h"
#include "ui/screenfit.h"
#include "ui/textlabels.h"
#include "ui/windowplace.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QVBoxLayout>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize smallRoom(640, 430); // of a screen of 1280x960 at 200 %, or of 1366x1024 with large letters

QString nameOf(const QWidget &widget)
{
    return QLatin1StringView(widget.metaObject()->className()) + u' ' + widget.objectName();
}

bool isOfQt(const QWidget &widget) { return widget.objectName().startsWith(u"qt_"_s); }

/// Nothing that says something has less room than it needs for that.
QStringList cutTexts(const QWidget &window)
{
    QStringList faults;
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty() || isOfQt(*label)
            || qobject_cast<const ElidingLabel *>(label))
            continue;
        const bool isCut = label->wordWrap()
            ? label->height() + 1 < label->heightForWidth(label->width())
            : label->width() < label->sizeHint().width() || label->height() < label->fontMetrics().height();
        if (isCut)
            faults.append(u"cut: %1 \"%2\" %3x%4"_s.arg(nameOf(*label), label->text().left(40))
                              .arg(label->width())
                              .arg(label->height()));
    }
    for (const QLineEdit *field : window.findChildren<QLineEdit *>()) {
        if (field->isVisible() && field->text().isEmpty() && !isOfQt(*field)
            && field->fontMetrics().horizontalAdvance(field->placeholderText()) > field->width() - 16)
            faults.append(u"cut: hint of "_s + nameOf(*field));
    }
    for (const QPushButton *button : window.findChildren<QPushButton *>()) {
        if (button->isVisible() && !button->text().isEmpty()
            && (button->width() < button->minimumSizeHint().width()
                || button->height() < button->fontMetrics().height() + 4))
            faults.append(u"cut: "_s + nameOf(*button));
    }
    return faults;
}

bool scrolls(const QScrollBar &bar) { return bar.maximum() > bar.minimum(); }

/// A wheel never turns two things at once.
QStringList nestedScrolls(const QWidget &window)
{
    QStringList faults;
    for (const QScrollArea *outer : window.findChildren<QScrollArea *>()) {
        if (!outer->isVisible() || !scrolls(*outer->verticalScrollBar()))
            continue;
        for (const QAbstractScrollArea *inner : outer->widget()->findChildren<QAbstractScrollArea *>()) {
            if (inner->isVisible() && scrolls(*inner->verticalScrollBar()))
                faults.append(u"scrolls inside of %1: %2"_s.arg(nameOf(*outer), nameOf(*inner)));
        }
    }
    return faults;
}

QStringList beyond(const QWidget &window)
{
    QStringList faults;
    for (const QPushButton *button : window.findChildren<QPushButton *>()) {
        bool canBeScrolledTo = false;
        for (const QWidget *up = button->parentWidget(); up && up != &window; up = up->parentWidget())
            canBeScrolledTo = canBeScrolledTo || qobject_cast<const QScrollArea *>(up);
        const QRect place(button->mapTo(&window, QPoint(0, 0)), button->size());
        if (button->isVisible() && !canBeScrolledTo && !window.rect().contains(place))
            faults.append(u"out of reach: "_s + nameOf(*button));
    }
    return faults;
}

/// What ends a dialog stands where the platform has it, which a QDialogButtonBox knows. (That of the settings is
/// alone.)
QStringList strayButtons(const QWidget &window)
{
    static const QRegularExpression ends(u"(?<!settings)close|cancel|giveUp"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    QStringList faults;
    for (QPushButton *button : window.findChildren<QPushButton *>(ends)) {
        const QWidget *box = button->parentWidget();
        if (qobject_cast<const QDialog *>(&window) && !isOfQt(*button) && !qobject_cast<const QDialogButtonBox *>(box))
            faults.append(u"stray: "_s + nameOf(*button));
    }
    return faults;
}

/// What is wrong with a window that has `room`.
QStringList faultsOf(const QWidget &window, QSize room)
{
    QStringList faults;
    if (window.width() > room.width() || window.height() > room.height())
        faults.append(u"%1 is %2x%3"_s.arg(nameOf(window)).arg(window.width()).arg(window.height()));
    if (!qobject_cast<const QFileDialog *>(&window)) // the rest is Qt's matter
        faults += cutTexts(window) + nestedScrolls(window) + beyond(window) + strayButtons(window);
    for (QString &fault : faults)
        fault.prepend(window.objectName() + u": "_s);
    return faults;
}

QList<QWidget *> otherWindows(const QWidget &main)
{
    QList<QWidget *> windows;
    for (QWidget *window : QApplication::topLevelWidgets()) {
        if (window != &main && window->isVisible()
            && (window->windowType() == Qt::Dialog || window->isModal() || qobject_cast<QDialog *>(window)))
            windows.append(window);
    }
    return windows;
}

} // namespace

/// Every window fits a small screen, and says all of what it says there.
class TestScreenFit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void init();
    void cleanup();
    void whatIsTooHighScrolls();
    void whatFitsStaysAsItIs();
    void everyWindowFits_data();
    void everyWindowFits();
    void theWindowFits_data();
    void theWindowFits();
    void aLongDescriptionScrollsWithItsWindow();
    void aNewCaseOpensOnTheScreen();
    void defaultsAreSeen_data();
    void defaultsAreSeen();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ScreenFit> m_fit;
};

void TestScreenFit::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_fit = std::make_unique<ScreenFit>();
    ScreenFit::pretendRoom(smallRoom);
}

void TestScreenFit::cleanup()
{
    ScreenFit::pretendRoom({});
    m_fit.reset();
}

void TestScreenFit::whatIsTooHighScrolls()
{
    QDialog dialog;
    auto *column = new QVBoxLayout(&dialog);
    QList<QPushButton *> many;
    for (int i = 0; i < 40; ++i) {
        many.append(new QPushButton(QString::number(i), &dialog));
        column->addWidget(many.last());
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, &dialog);
    column->addWidget(buttons);
    many.at(3)->setFocus();
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QCOMPARE(faultsOf(dialog, smallRoom), QStringList());
    auto *content = dialog.findChild<QScrollArea *>(u"dialogContent"_s);
    QVERIFY(content && scrolls(*content->verticalScrollBar()));
    QVERIFY(!content->isAncestorOf(buttons));
    QVERIFY(many.at(3)->isVisible());
    QCOMPARE(dialog.focusWidget(), many.at(3));
    many.at(39)->setFocus(Qt::TabFocusReason); // the keys reach all of it
    QVERIFY(content->verticalScrollBar()->value() == 0);
    content->ensureWidgetVisible(many.at(39));
    QVERIFY(!many.at(39)->visibleRegion().isEmpty());
    // What grows while it is open goes on to fit.
    for (int i = 0; i < 40; ++i)
        many.append(new QPushButton(&dialog));
    QCOMPARE(dialog.findChildren<QScrollArea *>(u"dialogContent"_s).size(), 1);
}

void TestScreenFit::whatFitsStaysAsItIs()
{
    QDialog dialog;
    auto *column = new QVBoxLayout(&dialog);
    auto *label = new QLabel(u"short"_s, &dialog);
    column->addWidget(label);
    dialog.show();
    QCOMPARE(dialog.layout(), column);
    QCOMPARE(label->parentWidget(), &dialog);
    // It grows while it is open.
    label->setMinimumHeight(900);
    QTRY_COMPARE(dialog.height() <= smallRoom.height(), true);
    QTRY_VERIFY(dialog.findChild<QScrollArea *>(u"dialogContent"_s));
    QTRY_VERIFY(label->isVisible());
}

void TestScreenFit::everyWindowFits_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("en") << u"en"_s;
    QTest::newRow("ja") << u"ja"_s;
}

void TestScreenFit::everyWindowFits()
{
    QFETCH(QString, language);
    test::EveryWindow all(language);
    QStringList faults;
    int seen = 0;
    QVERIFY(all.visit([&](const QString &name, QWidget &window) {
        if (&window == &all.window())
            return; // in its own sizes: theWindowFits
        ++seen;
        for (const QString &fault : faultsOf(window, smallRoom))
            faults.append(name + u": "_s + fault);
    }));
    QVERIFY(seen > 30);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

void TestScreenFit::theWindowFits_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QSize>("size");
    for (const char *language : {"en", "ja"}) {
        for (const QSize size : {smallRoom, QSize(960, 492), QSize(1024, 652), QSize(1600, 1000)})
            QTest::addRow("%s %dx%d", language, size.width(), size.height()) << QString::fromLatin1(language) << size;
    }
}

// A case with a long subject, a reply with secrets in it: the window holds both, and cuts no line.
void TestScreenFit::theWindowFits()
{
    QFETCH(QString, language);
    QFETCH(QSize, size);
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.language().set(language);
    fixture.openAccounts(1);
    QVERIFY(fixture.waitUntilFilled());
    fixture.window().resize(size);
    QTRY_VERIFY(fixture.window().conversation().isReady());
    const auto faults = [&] { return faultsOf(fixture.window(), size); };
    QTRY_VERIFY2(faults().isEmpty(), qPrintable(faults().join(u'\n')));
    MessageEdit &text = fixture.window().conversation().composer().text();
    text.setPlainText(u"aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"_s);
    QTRY_VERIFY(fixture.child<QWidget>("secretShow")->isVisible());
    QTRY_VERIFY2(faults().isEmpty(), qPrintable(faults().join(u'\n')));
    // Where the header has no room for all of it, its tool tip says the rest.
    auto *facts = fixture.child<BreakingLabel>("facts");
    if (!facts->isVisible() && fixture.child<QWidget>("header")->isVisible())
        QVERIFY(!fixture.child<QWidget>("subject")->toolTip().isEmpty());
    // Whose case it is stands there as long as anything does.
    QCOMPARE(facts->isVisible(), fixture.child<QWidget>("header")->isVisible());
    QVERIFY(facts->isVisible() || size.height() < 600);
}

void TestScreenFit::aLongDescriptionScrollsWithItsWindow()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(1);
    QVERIFY(fixture.waitUntilFilled());
    fixture.child<QAction>("actionNewCase")->trigger();
    QTRY_COMPARE(otherWindows(fixture.window()).size(), 1);
    QWidget *window = otherWindows(fixture.window()).first();
    auto *body = window->findChild<MessageEdit *>(u"body"_s);
    auto *scroll = window->findChild<QScrollArea *>(u"scroll"_s);
    body->setFocus();
    body->insertPlainText(u"line\n"_s.repeated(80));
    QTRY_VERIFY(!scrolls(*body->verticalScrollBar()));
    QTRY_VERIFY(scrolls(*scroll->verticalScrollBar()));
    // One sees where one writes.
    QTRY_VERIFY(
        scroll->viewport()->rect().contains(body->viewport()->mapTo(scroll->viewport(), body->cursorRect().center())));
    QCOMPARE(nestedScrolls(*window), QStringList());
}

/// Some desktops would centre it on a main window at the screen's upper edge, its title bar above that.
void TestScreenFit::aNewCaseOpensOnTheScreen()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(1);
    QVERIFY(fixture.waitUntilFilled());
    const QRect room = fixture.window().screen()->availableGeometry();
    fixture.window().move(room.left() - 500, room.top() - 300);
    fixture.child<QAction>("actionNewCase")->trigger();
    QTRY_COMPARE(otherWindows(fixture.window()).size(), 1);
    const QWidget *window = otherWindows(fixture.window()).first();
    QVERIFY2(room.contains(window->pos()), qPrintable(u"%1 %2"_s.arg(window->pos().x()).arg(window->pos().y())));
    delete window;
    fixture.window().move(room.right() - 50, room.bottom() - 50);
    fixture.child<QAction>("actionNewCase")->trigger();
    QTRY_COMPARE(otherWindows(fixture.window()).size(), 1);
    window = otherWindows(fixture.window()).first();
    QCOMPARE(window->x() + window->width() + windowFrame.left() + windowFrame.right(), room.right() + 1);
}

void TestScreenFit::defaultsAreSeen_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestScreenFit::defaultsAreSeen()
{
    QFETCH(bool, dark);
    Theme theme;
    theme.setChoice(dark ? ThemeChoice::Dark : ThemeChoice::Light);
    MfaDialog dialog({u"profile"_s, u"arn:aws:iam::999900001111:mfa/hana"_s, QString()});
    dialog.findChild<QLineEdit *>(u"mfaCode"_s)->setText(u"123456"_s);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    const auto ground = [](QPushButton &button) { return button.grab().toImage().pixelColor(8, button.height() / 2); };
    auto *send = dialog.findChild<QPushButton *>(u"sendCode"_s);
    auto *cancel = dialog.findChild<QPushButton *>(u"giveUpCode"_s);
    QVERIFY(send->isDefault());
    QCOMPARE(ground(*send), Theme::colors().accent);
    QVERIFY(ground(*cancel) != Theme::colors().accent);
    // In the platform's order, which QDialogButtonBox knows.
    auto *box = dialog.findChild<QDialogButtonBox *>(u"buttonBox"_s);
    QVERIFY(box);
    QCOMPARE(box->buttonRole(send), QDialogButtonBox::AcceptRole);
    QCOMPARE(box->buttonRole(cancel), QDialogButtonBox::RejectRole);
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestScreenFit test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_screenfit.moc"
