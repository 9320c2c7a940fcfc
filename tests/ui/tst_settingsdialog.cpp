#include "ui/settingsdialog.h"

#include <QApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

QString language = u"English"_s;

/// A page whose words are the language and its name.
class Page final : public SettingsPage
{
public:
    explicit Page(const QString &name) : m_name(name)
    {
        setObjectName(name);
        auto *layout = new QVBoxLayout(this);
        layout->addWidget(m_field);
        layout->addWidget(&number());
    }
    QString title() const override { return language + u' ' + m_name; }
    void retranslate() override { m_field->setAccessibleName(language); }
    QLineEdit &field() { return *m_field; }
    QSpinBox &number() { return *m_number; }

private:
    QString m_name;
    QLineEdit *m_field = new QLineEdit(this);
    QSpinBox *m_number = new QSpinBox(this);
};

struct World
{
    World()
    {
        for (const QString &name : {u"first"_s, u"second"_s, u"third"_s})
            add(name);
    }
    void add(const QString &name)
    {
        dialog.addPage([this, name] {
            auto *page = new Page(name);
            made.append(page);
            return page;
        });
    }
    void present(const QString &page = {})
    {
        dialog.present(page);
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
    }
    QListWidget &list() { return *dialog.findChild<QListWidget *>(u"pageList"_s); }
    QStringList titles()
    {
        QStringList all;
        for (int row = 0; row < list().count(); ++row)
            all.append(list().item(row)->text());
        return all;
    }
    QString seen() const
    {
        for (const Page *page : made) {
            if (page->isVisible())
                return page->objectName();
        }
        return {};
    }

    QWidget window;
    SettingsDialog dialog{&window};
    QList<Page *> made;
};

} // namespace

/// The dialog around the pages of the settings.
class TestSettingsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { language = u"English"_s; }
    void nothingIsMadeUntilItIsOpened();
    void aPageIsChosenInTheList();
    void itOpensWhereItWasLeft();
    void itOpensAtAPageByName();
    void pagesCanComeLater();
    void itStandsBesideTheWindow();
    void enterInAFieldLeavesItOpen();
    void scrollingChangesNothing();
    void nothingIsCutOffAtTheSide();
    void closingIsTold();
    void itFollowsTheLanguage();
};

void TestSettingsDialog::nothingIsMadeUntilItIsOpened()
{
    World world;
    QVERIFY(world.made.isEmpty());
    QVERIFY(world.dialog.findChildren<QWidget *>().isEmpty());
    world.present();
    QCOMPARE(world.made.size(), 3);
    world.present();
    QCOMPARE(world.made.size(), 3);
}

void TestSettingsDialog::aPageIsChosenInTheList()
{
    World world;
    world.present();
    QCOMPARE(world.titles(), (QStringList{u"English first"_s, u"English second"_s, u"English third"_s}));
    QCOMPARE(world.seen(), u"first"_s);
    QVERIFY(world.list().hasFocus());
    QTest::keyClick(&world.list(), Qt::Key_Down);
    QCOMPARE(world.seen(), u"second"_s);
    QTest::keyClick(&world.list(), Qt::Key_Tab);
    QVERIFY(world.made.at(1)->field().hasFocus());
    QTest::keyClick(&world.made.at(1)->field(), Qt::Key_Tab);
    QVERIFY(world.made.at(1)->number().hasFocus());
    QTest::keyClick(&world.made.at(1)->number(), Qt::Key_Tab);
    QVERIFY(world.dialog.findChild<QWidget *>(u"settingsClose"_s)->hasFocus());
    QTest::keyClick(&world.made.at(1)->field(), Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(world.seen(), u"third"_s);
    QTest::keyClick(&world.dialog, Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(world.seen(), u"first"_s);
    QTest::keyClick(&world.dialog, Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(world.seen(), u"third"_s);
}

void TestSettingsDialog::itOpensWhereItWasLeft()
{
    World world;
    world.present();
    world.list().setCurrentRow(2);
    world.dialog.close();
    world.present();
    QCOMPARE(world.seen(), u"third"_s);
}

void TestSettingsDialog::itOpensAtAPageByName()
{
    World world;
    world.present(u"second"_s);
    QCOMPARE(world.seen(), u"second"_s);
    world.present(u"third"_s);
    QCOMPARE(world.seen(), u"third"_s);
    world.present(u"no such page"_s);
    QCOMPARE(world.seen(), u"third"_s);
}

void TestSettingsDialog::pagesCanComeLater()
{
    World world;
    world.present(u"second"_s);
    world.add(u"fourth"_s);
    QCOMPARE(world.titles().constLast(), u"English fourth"_s);
    QCOMPARE(world.seen(), u"second"_s);
}

void TestSettingsDialog::itStandsBesideTheWindow()
{
    World world;
    world.present();
    QVERIFY(!world.dialog.isModal());
    QVERIFY(!QApplication::activeModalWidget());
    QCOMPARE(world.dialog.windowTitle(), u"Settings"_s);
}

void TestSettingsDialog::enterInAFieldLeavesItOpen()
{
    World world;
    world.present();
    world.made.at(0)->field().setFocus();
    QTest::keyClick(&world.made.at(0)->field(), Qt::Key_Return);
    QVERIFY(world.dialog.isVisible());
}

void TestSettingsDialog::scrollingChangesNothing()
{
    World world;
    world.present();
    QSpinBox &number = world.made.at(0)->number();
    const auto turn = [&number] {
        const QPoint middle = number.rect().center();
        QWheelEvent event(middle, number.mapToGlobal(middle), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&number, &event);
    };
    turn();
    QCOMPARE(number.value(), 0);
    number.setFocus();
    turn();
    QCOMPARE(number.value(), 1);
}

void TestSettingsDialog::nothingIsCutOffAtTheSide()
{
    World world;
    world.present();
    world.made.at(0)->field().setMinimumWidth(900);
    QEvent event(QEvent::LanguageChange); // to one with long words
    QApplication::sendEvent(&world.dialog, &event);
    QTRY_VERIFY(world.made.at(0)->visibleRegion().boundingRect().width() > 900);
}

void TestSettingsDialog::closingIsTold()
{
    World world;
    QSignalSpy closed(&world.dialog, &SettingsDialog::closed);
    world.present();
    QTest::keyClick(&world.dialog, Qt::Key_Escape);
    QVERIFY(!world.dialog.isVisible());
    QCOMPARE(closed.size(), 1);
    world.present();
    QTest::mouseClick(world.dialog.findChild<QPushButton *>(u"settingsClose"_s), Qt::LeftButton);
    QVERIFY(!world.dialog.isVisible());
    QCOMPARE(closed.size(), 2);
}

void TestSettingsDialog::itFollowsTheLanguage()
{
    World world;
    world.present();
    language = u"Klingon"_s;
    QEvent event(QEvent::LanguageChange);
    QApplication::sendEvent(&world.dialog, &event);
    QCOMPARE(world.titles(), (QStringList{u"Klingon first"_s, u"Klingon second"_s, u"Klingon third"_s}));
    for (Page *page : std::as_const(world.made)) {
        QCOMPARE(page->field().accessibleName(), u"Klingon"_s);
        QCOMPARE(page->accessibleName(), page->title());
    }
}

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
