#include "ui/notificationsettings.h"
#include "ui/recentcases.h"
#include "windowfixture.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

/// Cases that were read last, in the menu; and the menu's other short way: a pause of what is done by itself.
class TestRecentCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void theLastOnesStandInTheMenu();
    void theyOutliveARestart();
    void whatIsGoneHasNoEntry();
    void refreshingIsPausedFromTheMenu();

private:
    static QStringList shown(QMenu &menu)
    {
        Q_EMIT menu.aboutToShow();
        QStringList names;
        for (const QAction *action : menu.actions())
            names.append(action->objectName());
        return names;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestRecentCases::theLastOnesStandInTheMenu()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    auto *menu = fixture.child<QMenu>("menuRecent");
    QCOMPARE(shown(*menu), QStringList{u"noRecentCase"_s});
    QVERIFY(!menu->actions().first()->isEnabled());
    fixture.openAccounts(1);
    QVERIFY(fixture.waitUntilFilled());
    QCOMPARE(shown(*menu), QStringList{u"noRecentCase"_s}); // the one that the list shows by itself nobody chose
    RecentCases &recent = fixture.window().recentCases();
    QList<CaseKey> opened;
    for (int row = 0; row < RecentCases::most + 2; ++row) {
        opened.prepend(fixture.cases().keyAt(row));
        fixture.window().openCase(opened.first());
    }
    QCOMPARE(recent.keys(), opened.mid(0, RecentCases::most));
    QCOMPARE(shown(*menu), QStringList(RecentCases::most, u"recentCase"_s));
    const QString name = menu->actions().at(3)->text();
    QVERIFY2(name.contains(u" — "_s + demo.account().name), qPrintable(name));
    menu->actions().at(3)->trigger();
    QCOMPARE(fixture.window().conversation().key(), opened.at(3));
    QCOMPARE(recent.keys().first(), opened.at(3));
    QCOMPARE(recent.keys().size(), RecentCases::most); // it moved to the front, and stands there once
}

void TestRecentCases::theyOutliveARestart()
{
    test::DemoFixture demo;
    const QString archive = m_folder->filePath(u"archive.sqlite"_s);
    CaseKey read;
    {
        test::WindowFixture fixture(m_folder->path(), &demo, archive);
        fixture.openAccounts(1);
        QVERIFY(fixture.waitUntilFilled());
        read = fixture.cases().keyAt(2);
        fixture.window().openCase(read);
    }
    test::WindowFixture fixture(m_folder->path(), &demo, archive);
    fixture.openAccounts(1);
    QVERIFY(fixture.waitUntilFilled());
    QCOMPARE(fixture.window().recentCases().keys(), QList<CaseKey>{read});
}

/// Ids in a settings file may be anybody's, or of an account that is not shown.
void TestRecentCases::whatIsGoneHasNoEntry()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(1);
    QVERIFY(fixture.waitUntilFilled());
    const CaseKey key = fixture.cases().keyAt(0);
    fixture.settings().set(
        u"cases/recent"_s,
        u"nonsense\n0 case-1\n%1 case-that-is-gone\n%1 %2\n77 %2"_s.arg(key.account).arg(key.caseId));
    QCOMPARE(fixture.window().recentCases().keys(), QList<CaseKey>{key});
    fixture.window().recentCases().read({}); // nothing was read
    QCOMPARE(fixture.window().recentCases().keys(), QList<CaseKey>{key});
}

void TestRecentCases::refreshingIsPausedFromTheMenu()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(1);
    QVERIFY(fixture.waitUntilFilled());
    auto *status = fixture.child<QLabel>("statusAccounts");
    QTRY_VERIFY2(status->text().endsWith(u"(just now)"_s), qPrintable(status->text()));
    QSignalSpy changed(&fixture.window(), &MainWindow::refreshChanged);
    auto *pause = fixture.child<QAction>("actionPauseRefresh");
    QVERIFY(!pause->isChecked());
    pause->trigger();
    QCOMPARE(changed.size(), 1);
    QVERIFY(!NotificationSettings::read(fixture.settings()).poll.on);
    QVERIFY2(status->text().endsWith(u"automatic refresh paused"_s), qPrintable(status->text()));
    // The settings can say so, too.
    NotificationSettings again = NotificationSettings::read(fixture.settings());
    again.poll.on = true;
    again.write(fixture.settings());
    Q_EMIT fixture.window().refreshChanged();
    QVERIFY(!pause->isChecked());
    QVERIFY(!status->text().contains(u"paused"_s));
}

QTEST_MAIN(TestRecentCases)
#include "tst_recentcases.moc"
