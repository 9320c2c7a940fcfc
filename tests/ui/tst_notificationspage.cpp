#include "ui/interfacelanguage.h"
#include "ui/notificationspage.h"
#include "ui/trayicon.h"
#include "ui/uisettings.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeEdit>

using namespace casement;
using namespace Qt::StringLiterals;

/// The settings of notifications, their page, and the icon in the tray.
class TestNotificationsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void startsDiscreet();
    void everySettingIsKept();
    void garbledSettingsAreTheUsualOnes();
    void whatIsChosenHoldsAtOnce();
    void theLastDayStays();
    void whatDependsOnAnotherIsOff();
    void everythingHasANameAndAKey();
    void badges_data();
    void badges();
    void theIconCounts();
    void aDesktopWithoutATray();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<UiSettings> m_settings;
};

void TestNotificationsPage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<UiSettings>(m_folder->filePath(u"casement.ini"_s));
}

void TestNotificationsPage::startsDiscreet()
{
    const NotificationSettings settings = NotificationSettings::read(*m_settings);
    QCOMPARE(settings, NotificationSettings());
    QVERIFY(settings.poll.on && settings.on);
    QVERIFY(!settings.showText && !settings.quiet.on && !settings.tray && !settings.keepRunning);
}

void TestNotificationsPage::everySettingIsKept()
{
    NotificationSettings settings;
    settings.poll = {false, std::chrono::minutes(7), true};
    settings.on = false;
    settings.showText = true;
    settings.quiet = {true, QTime(21, 30), QTime(6, 15), {1, 5}};
    settings.tray = true;
    settings.keepRunning = true;
    settings.write(*m_settings);
    QVERIFY(m_settings->save());
    QCOMPARE(NotificationSettings::read(UiSettings(m_settings->fileName())), settings);
}

void TestNotificationsPage::garbledSettingsAreTheUsualOnes()
{
    m_settings->set(u"polling/on"_s, u"perhaps"_s);
    m_settings->set(u"polling/minutes"_s, 0);
    m_settings->set(u"notifications/quietFrom"_s, u"25:00"_s);
    m_settings->set(u"notifications/quietTo"_s, u"soon"_s);
    m_settings->set(u"notifications/quietDays"_s, QList<int>{1, 8});
    QCOMPARE(NotificationSettings::read(*m_settings), NotificationSettings());
}

void TestNotificationsPage::whatIsChosenHoldsAtOnce()
{
    NotificationsPage page(*m_settings, [] { return true; });
    page.retranslate();
    QSignalSpy changed(&page, &NotificationsPage::changed);
    m_settings->set(u"polling/minutes"_s, 5); // of another page: it stays
    page.findChild<QCheckBox *>(u"quiet"_s)->click();
    QCOMPARE(changed.size(), 1);
    page.findChild<QTimeEdit *>(u"quietFrom"_s)->setTime(QTime(22, 0));
    page.findChild<QCheckBox *>(u"quietDay6"_s)->click();
    page.findChild<QCheckBox *>(u"tray"_s)->click();
    NotificationSettings expected;
    expected.poll.shortest = std::chrono::minutes(5);
    expected.quiet.on = true;
    expected.quiet.from = QTime(22, 0);
    expected.quiet.days = {1, 2, 3, 4, 5, 7};
    expected.tray = true;
    QCOMPARE(changed.constLast().constFirst().value<NotificationSettings>(), expected);
    QCOMPARE(NotificationSettings::read(*m_settings), expected);
    NotificationsPage again(*m_settings, [] { return true; });
    QVERIFY(!again.findChild<QCheckBox *>(u"quietDay6"_s)->isChecked());
    QCOMPARE(again.findChild<QTimeEdit *>(u"quietFrom"_s)->time(), QTime(22, 0));
}

void TestNotificationsPage::theLastDayStays()
{
    NotificationSettings settings;
    settings.quiet = {true, QTime(22, 0), QTime(6, 0), {3}};
    settings.write(*m_settings);
    NotificationsPage page(*m_settings, [] { return true; });
    page.retranslate();
    const auto *hint = page.findChild<QLabel *>(u"quietHint"_s);
    for (const char *name : {"quietHint", "trayHint"}) // as on the other pages
        QCOMPARE(page.findChild<QLabel *>(QString::fromLatin1(name))->foregroundRole(), QPalette::PlaceholderText);
    const QString usual = hint->text();
    page.findChild<QCheckBox *>(u"quietDay3"_s)->click();
    QCOMPARE(NotificationSettings::read(*m_settings).quiet.days, QList<int>{3});
    QVERIFY(hint->text() != usual); // and says so
    page.findChild<QCheckBox *>(u"quietDay4"_s)->click();
    QCOMPARE(NotificationSettings::read(*m_settings).quiet.days, QList<int>{4});
    QCOMPARE(hint->text(), usual);
}

void TestNotificationsPage::whatDependsOnAnotherIsOff()
{
    bool hasTray = true;
    NotificationsPage page(*m_settings, [&hasTray] { return hasTray; });
    page.retranslate();
    const auto enabled = [&page](const QString &name) { return page.findChild<QWidget *>(name)->isEnabled(); };
    QVERIFY(enabled(u"showText"_s) && enabled(u"quiet"_s));
    QVERIFY(!enabled(u"quietFrom"_s) && !enabled(u"quietDay1"_s) && !enabled(u"keepRunning"_s));
    page.findChild<QCheckBox *>(u"quiet"_s)->click();
    page.findChild<QCheckBox *>(u"tray"_s)->click();
    QVERIFY(enabled(u"quietFrom"_s) && enabled(u"quietDay1"_s) && enabled(u"keepRunning"_s));
    page.findChild<QCheckBox *>(u"notify"_s)->click();
    QVERIFY(!enabled(u"quietFrom"_s) && !enabled(u"showText"_s));
    const QString hint = page.findChild<QLabel *>(u"trayHint"_s)->text();
    hasTray = false;
    page.show(); // the panel went while the dialog was closed
    QVERIFY(!enabled(u"keepRunning"_s));
    QVERIFY(page.findChild<QLabel *>(u"trayHint"_s)->text() != hint);
}

void TestNotificationsPage::everythingHasANameAndAKey()
{
    InterfaceLanguage language;
    for (const QString &code : {u"en"_s, u"ja"_s}) {
        language.set(code);
        NotificationsPage page(*m_settings, [] { return true; });
        page.retranslate();
        QStringList keys;
        const auto take = [&keys](const QString &text) {
            for (qsizetype at = text.indexOf(u'&'); at >= 0 && at + 1 < text.size(); at = text.indexOf(u'&', at + 2)) {
                if (text.at(at + 1) != u'&')
                    keys.append(text.sliced(at + 1, 1).toLower());
            }
        };
        for (const QCheckBox *box : page.findChildren<QCheckBox *>()) {
            QVERIFY2(!box->text().isEmpty(), qPrintable(box->objectName()));
            take(box->text());
        }
        for (const QLabel *label : page.findChildren<QLabel *>())
            take(label->text());
        QCOMPARE(keys.size(), 14); // with the days of the week
        QCOMPARE(QSet<QString>(keys.begin(), keys.end()).size(), keys.size());
        QVERIFY(!page.title().isEmpty());
    }
}

void TestNotificationsPage::badges_data()
{
    QTest::addColumn<int>("unread");
    QTest::addColumn<QString>("text");
    QTest::newRow("one") << 1 << u"1"_s;
    QTest::newRow("many") << 99 << u"99"_s;
    QTest::newRow("too many to be read") << 100 << u"99+"_s;
}

void TestNotificationsPage::badges()
{
    QFETCH(int, unread);
    QFETCH(QString, text);
    QLocale::setDefault(QLocale(u"en"_s));
    QCOMPARE(TrayIcon::badgeText(unread), text);
    const QIcon plain = TrayIcon::iconFor(0);
    const QIcon counted = TrayIcon::iconFor(unread);
    for (const int size : {16, 22, 48}) {
        const QImage before = plain.pixmap(size).toImage();
        const QImage after = counted.pixmap(size).toImage();
        QCOMPARE(after.size(), QSize(size, size));
        QVERIFY(before != after);
        QCOMPARE(before.pixelColor(size / 8, size / 4), after.pixelColor(size / 8, size / 4)); // its corner stays
    }
}

void TestNotificationsPage::theIconCounts()
{
    InterfaceLanguage language;
    language.set(u"en"_s);
    TrayIcon tray;
    QVERIFY(!tray.menu()); // costs nothing until it is wanted
    tray.setUnread(2);
    tray.setWanted(true);
    QVERIFY(tray.toolTip().contains(u"2"_s));
    tray.setUnread(0);
    QCOMPARE(tray.toolTip(), u"Casement"_s);
    QStringList texts;
    for (const QAction *action : tray.menu()->actions()) {
        if (!action->isSeparator())
            texts.append(action->text());
    }
    QCOMPARE(texts,
             QStringList({u"&Open Casement"_s, u"&New case…"_s, u"&Refresh all"_s, u"Recent &cases"_s, u"&Quit"_s}));
    QVERIFY(!tray.menu()->actions().at(1)->isEnabled()); // no account
    tray.setHasAccounts(true);
    QVERIFY(tray.menu()->actions().at(1)->isEnabled());
    QSignalSpy quit(&tray, &TrayIcon::quitRequested);
    tray.menu()->actions().constLast()->trigger();
    QCOMPARE(quit.size(), 1);
    tray.setWanted(false);
    QVERIFY(!tray.menu() && !tray.isShown());
}

void TestNotificationsPage::aDesktopWithoutATray()
{
    if (TrayIcon::isAvailable())
        QSKIP("this desktop has one");
    TrayIcon tray;
    tray.setWanted(true);
    QVERIFY(!tray.isShown());
    QVERIFY(!tray.showMessage(u"title"_s, u"body"_s));
}

QTEST_MAIN(TestNotificationsPage)
#include "tst_notificationspage.moc"
