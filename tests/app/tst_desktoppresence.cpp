#include "app/application.h"
#include "demoservice.h"
#include "notificationserver.h"
#include "ui/conversationpage.h"
#include "ui/conversationview.h"
#include "ui/errorbanner.h"
#include "ui/recentcases.h"
#include "ui/uisettings.h"

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString s_address;

constexpr int patience = 30'000;

DemoServiceOptions withAnEngineer()
{
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.replyDelay = 500ms;
    return options;
}

} // namespace

/// The whole program, the demo service over HTTP, and a desktop: what happens while nobody looks.
class TestDesktopPresence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void anAnswerArrivesByItself();
    void aPauseHoldsAtOnce();
    void theIconsMenuHasRecentCases();
    void aFailedPollIsCalm();
    void whatOnlyAPersonCanMendIsToldOnce();
    void everythingIsMarkedRead();
    void closingEndsTheProgramWithoutATray();

private:
    void start();
    CaseKey openCase() const;
    void write(const CaseKey &key);
    void pollOften() { m_application->sessions().poller().setSettings({true, 1s}); }
    template <class T> T *child(const QString &name) { return m_application->window().findChild<T *>(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
    test::DemoFixture m_demo{withAnEngineer()};
    test::NotificationServer m_desktop{s_address};
    std::unique_ptr<Application> m_application;
};

void TestDesktopPresence::init()
{
    m_application.reset();
    // What it told goes with it; what it was only about to tell has no number yet by which it could take it back.
    m_desktop.putAllAway();
    m_demo.setFaults({});
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("AWS_CONFIG_FILE", QFile::encodeName(m_folder->filePath(u"config"_s)));
    qputenv("AWS_SHARED_CREDENTIALS_FILE", QFile::encodeName(m_folder->filePath(u"credentials"_s)));
    qputenv("AWS_ACCESS_KEY_ID", m_demo.account().accessKeyId.toUtf8());
    qputenv("AWS_SECRET_ACCESS_KEY", m_demo.account().secretAccessKey.toUtf8());
    start();
}

void TestDesktopPresence::start()
{
    CommandLine line;
    line.portable = m_folder->path();
    line.endpointUrl = m_demo.endpoint();
    line.language = u"en"_s;
    m_application = std::make_unique<Application>(line);
    m_application->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_application->workspace().cases().rowCount() > 0, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!m_application->workspace().status(openCase().account).refreshing
                                 && m_application->workspace().lastSync() > 0,
                             patience);
}

/// A case that waits for AWS.
CaseKey TestDesktopPresence::openCase() const
{
    const CaseListModel &cases = m_application->workspace().cases();
    for (int row = 0; row < cases.rowCount(); ++row) {
        const CaseKey key = cases.keyAt(row);
        if (caseView(cases.findCase(key)->status.view()) == CaseFilter::View::WithAws)
            return key;
    }
    return cases.keyAt(0);
}

/// A colleague writes; the engineer answers half a second later.
void TestDesktopPresence::write(const CaseKey &key)
{
    AddCommunicationToCase::Request request;
    request.caseId = key.caseId;
    request.communicationBody = u"Any news?"_s;
    QVERIFY(m_demo.call(request));
}

void TestDesktopPresence::anAnswerArrivesByItself()
{
    MainWindow &window = m_application->window();
    const CaseKey key = openCase();
    const CaseKey other =
        m_application->workspace().cases().keyAt(m_application->workspace().cases().rowOfCase(key) == 0 ? 1 : 0);
    window.openCase(other);
    QCOMPARE(m_desktop.titles(), QStringList()); // a first fill is no news
    QCOMPARE(window.windowTitle(), u"Casement"_s);
    write(key);
    pollOften();
    QTRY_COMPARE_WITH_TIMEOUT(m_desktop.titles().size(), 1, patience);
    const QString subject = m_application->workspace().cases().findCase(key)->subject.toString();
    QCOMPARE(m_desktop.titles().constFirst(), u"AWS answered: "_s + subject);
    QVERIFY(m_application->workspace().cases().findCase(key)->unread);
    QCOMPARE(window.windowTitle(), u"(1) Casement"_s);
    QVERIFY(window.banners().isEmpty());

    window.showMinimized();
    m_desktop.click(m_desktop.idOf(m_desktop.titles().constFirst()));
    QTRY_COMPARE_WITH_TIMEOUT(window.conversation().key(), key, patience);
    QVERIFY(!window.isMinimized());
    ConversationView &view = window.conversation().view();
    QTRY_VERIFY_WITH_TIMEOUT(window.conversation().isReady() && view.isBuilt(), patience);
    QVERIFY(view.toPlainText().contains(u"Any news?"_s));
    QVERIFY(view.messages().constLast().fromAws);
    // Once it was read it counts no more. The next answer comes to a case that is on screen: it is not told.
    QTRY_COMPARE_WITH_TIMEOUT(window.windowTitle(), u"Casement"_s, patience);
    const auto before = view.messages().size();
    write(key);
    QTRY_VERIFY_WITH_TIMEOUT(view.messages().size() >= before + 2, patience);
    QCOMPARE(m_desktop.titles(), QStringList());
    // One of another case is, so that what was not told before it was not merely late.
    write(other);
    QTRY_COMPARE_WITH_TIMEOUT(m_desktop.titles().size(), 1, patience);
    QVERIFY(m_desktop.titles().constFirst().endsWith(
        m_application->workspace().cases().findCase(other)->subject.toString()));
}

void TestDesktopPresence::aPauseHoldsAtOnce()
{
    Poller &poller = m_application->sessions().poller();
    QVERIFY(poller.settings().on);
    child<QAction>(u"actionPauseRefresh"_s)->trigger();
    QVERIFY(!poller.settings().on);
    child<QAction>(u"actionPauseRefresh"_s)->trigger();
    QVERIFY(poller.settings().on);
}

void TestDesktopPresence::theIconsMenuHasRecentCases()
{
    UiSettings &settings = m_application->workspace().settings();
    NotificationSettings now = NotificationSettings::read(settings);
    now.tray = true;
    now.write(settings);
    m_application->presence().readSettings();
    const CaseKey key = openCase();
    m_application->window().openCase(key);
    auto *recent = m_application->presence().tray().menu()->findChild<QMenu *>(u"trayRecent"_s);
    QVERIFY(recent);
    Q_EMIT recent->aboutToShow();
    QCOMPARE(recent->actions().size(), 1);
    QSignalSpy chosen(&m_application->window().recentCases(), &RecentCases::chosen);
    recent->actions().first()->trigger();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(m_application->window().conversation().key(), key);
}

void TestDesktopPresence::aFailedPollIsCalm()
{
    QSignalSpy failed(&m_application->workspace(), &Workspace::failed);
    auto *status = child<QLabel>(u"statusAccounts"_s);
    const QString calm = status->text();
    QVERIFY(calm.contains(u"last refreshed"_s));
    m_demo.setFaults(u"drop:DescribeCases"_s);
    const int asked = m_demo.requestCount("DescribeCases");
    pollOften();
    QTRY_VERIFY_WITH_TIMEOUT(status->text().contains(u"offline"_s), patience);
    QVERIFY(m_demo.requestCount("DescribeCases") > asked);
    QVERIFY(status->text().contains(u"last refreshed"_s));
    QVERIFY(!status->toolTip().isEmpty());
    QVERIFY(m_application->window().banners().isEmpty());
    QCOMPARE(failed.size(), 0);
    m_demo.setFaults({});
    m_application->sessions().poller().setSettings({true, 1s});
    QTRY_COMPARE_WITH_TIMEOUT(status->text().contains(u"offline"_s), false, patience);
    QVERIFY(status->toolTip().isEmpty());
}

void TestDesktopPresence::whatOnlyAPersonCanMendIsToldOnce()
{
    QSignalSpy failed(&m_application->workspace(), &Workspace::failed);
    m_demo.setFaults(u"deny:DescribeCases"_s);
    pollOften();
    QTRY_COMPARE_WITH_TIMEOUT(m_application->window().banners().size(), 1, patience);
    auto *status = child<QLabel>(u"statusAccounts"_s);
    // The next poll may be under way already, which takes the words away until it ends.
    QTRY_VERIFY2_WITH_TIMEOUT(status->text().contains(u"could not be refreshed"_s), qPrintable(status->text()),
                              patience);
    Q_EMIT m_application->window().banners().constFirst()->closed();
    const int asked = m_demo.requestCount("DescribeCases");
    QTRY_VERIFY_WITH_TIMEOUT(m_demo.requestCount("DescribeCases") > asked + 1, patience);
    QVERIFY(m_application->window().banners().isEmpty()); // a banner that was closed does not come back by itself
    QCOMPARE(failed.size(), 1);
}

void TestDesktopPresence::everythingIsMarkedRead()
{
    const CaseKey key = openCase();
    write(key);
    pollOften();
    QTRY_COMPARE_WITH_TIMEOUT(m_application->window().windowTitle(), u"(1) Casement"_s, patience);
    auto *action = child<QAction>(u"actionMarkAllRead"_s);
    Q_EMIT child<QMenu>(u"menuCase"_s)->aboutToShow();
    QVERIFY(action->isEnabled());
    action->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_application->window().windowTitle(), u"Casement"_s, patience);
    QTRY_VERIFY2_WITH_TIMEOUT(
        m_desktop.titles().isEmpty(),
        qPrintable(m_desktop.titles().join(u'|') + u" / "_s + m_application->window().windowTitle()), patience);
    Q_EMIT child<QMenu>(u"menuCase"_s)->aboutToShow();
    QVERIFY(!action->isEnabled());
}

void TestDesktopPresence::closingEndsTheProgramWithoutATray()
{
    NotificationSettings settings;
    settings.tray = true;
    settings.keepRunning = true;
    settings.write(m_application->workspace().settings());
    m_application->presence().start();
    if (m_application->presence().tray().isShown())
        QSKIP("this desktop has a tray");
    m_application->window().close();
    QVERIFY(QGuiApplication::quitOnLastWindowClosed()); // where nobody could reach it, it does not go on
}

int main(int argc, char **argv)
{
    const test::PrivateBus bus;
    s_address = bus.address();
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    QGuiApplication::setApplicationDisplayName(u"Casement"_s);
    QApplication::setQuitOnLastWindowClosed(false);
    TestDesktopPresence test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_desktoppresence.moc"
