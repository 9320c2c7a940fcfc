#include "notificationserver.h"
#include "ui/desktopnotifications.h"

#include <QGuiApplication>
#include <QSignalSpy>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

QString s_address;

const DesktopNotifications::Notification plain{u"AWS answered"_s, u"Production"_s, u"Open case"_s};

DesktopNotifications::Notification titled(const QString &title) { return {title, u"body"_s, u"Open"_s}; }

} // namespace

/// What goes over the bus to the desktop, and what comes back.
class TestDesktopNotifications : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isShownWithItsAction();
    void textsArePlain_data();
    void textsArePlain();
    void aServerWithoutActions();
    void theSameIdReplaces();
    void manyAtOnceBeforeTheServerKnows();
    void aClickIsTold();
    void aClickOnWhatExpired();
    void anotherProgramsClickIsNot();
    void isClosed();
    void noneOutlivesTheProgram();
    void isPutAway();
    void withoutAServerItIsHandedBack();
    void theServerStartsAnew();
};

void TestDesktopNotifications::isShownWithItsAction()
{
    test::NotificationServer server(s_address);
    DesktopNotifications desktop;
    desktop.show(u"one"_s, plain);
    QTRY_COMPARE(server.shown().size(), 1);
    const auto shown = server.shown().constFirst();
    QCOMPARE(shown.program, u"Casement"_s);
    QCOMPARE(shown.title, u"AWS answered"_s);
    QCOMPARE(shown.body, u"Production"_s);
    QCOMPARE(shown.actions, QStringList({u"default"_s, u"Open case"_s, u"open"_s, u"Open case"_s}));
    QCOMPARE(shown.hints.value(u"desktop-entry"_s).toString(), u"org.casement.Casement"_s);
    QCOMPARE(shown.hints.value(u"urgency"_s).typeId(), int(QMetaType::UChar));
    QCOMPARE(shown.timeout, -1);
    QVERIFY(desktop.isOpen(u"one"_s));
}

void TestDesktopNotifications::textsArePlain_data()
{
    QTest::addColumn<QStringList>("capabilities");
    QTest::addColumn<QString>("body");

    QTest::newRow("a server that reads markup")
        << QStringList{u"body"_s, u"body-markup"_s} << u"&lt;b&gt;1 &amp; 2&lt;/b&gt; &quot;x&quot;"_s;
    QTest::newRow("a server that does not") << QStringList{u"body"_s} << u"<b>1 & 2</b> \"x\""_s;
}

void TestDesktopNotifications::textsArePlain()
{
    QFETCH(QStringList, capabilities);
    QFETCH(QString, body);
    test::NotificationServer server(s_address, capabilities);
    DesktopNotifications desktop;
    desktop.show(u"one"_s, {u"<i>title</i> & more"_s, u"<b>1 & 2</b> \"x\""_s, {}});
    QTRY_COMPARE(server.shown().size(), 1);
    QCOMPARE(server.shown().constFirst().title, u"<i>title</i> & more"_s); // titles are never markup
    QCOMPARE(server.shown().constFirst().body, body);
}

void TestDesktopNotifications::aServerWithoutActions()
{
    test::NotificationServer server(s_address, {u"body"_s});
    DesktopNotifications desktop;
    desktop.show(u"one"_s, plain);
    QTRY_COMPARE(server.shown().size(), 1);
    QCOMPARE(server.shown().constFirst().actions, QStringList()); // else it would make a dialog of it
}

void TestDesktopNotifications::theSameIdReplaces()
{
    test::NotificationServer server(s_address);
    DesktopNotifications desktop;
    desktop.show(u"one"_s, titled(u"first"_s));
    desktop.show(u"two"_s, titled(u"other"_s));
    QTRY_COMPARE(server.titles(), QStringList({u"first"_s, u"other"_s}));
    desktop.show(u"one"_s, titled(u"second"_s));
    QTRY_COMPARE(server.titles(), QStringList({u"second"_s, u"other"_s}));
    server.putAway(server.idOf(u"second"_s));
    QTRY_VERIFY(!desktop.isOpen(u"one"_s));
    desktop.show(u"one"_s, titled(u"third"_s));
    QTRY_COMPARE(server.titles(), QStringList({u"other"_s, u"third"_s}));
    QCOMPARE(server.shown().constLast().replaces, 0u); // what was put away is not brought back
}

void TestDesktopNotifications::manyAtOnceBeforeTheServerKnows()
{
    test::NotificationServer server(s_address);
    DesktopNotifications desktop;
    for (int i = 0; i < 5; ++i)
        desktop.show(u"one"_s, titled(u"version %1"_s.arg(i)));
    desktop.show(u"gone"_s, titled(u"never seen"_s));
    desktop.close(u"gone"_s);
    desktop.show(u"back"_s, titled(u"changed"_s));
    desktop.close(u"back"_s);
    desktop.show(u"back"_s, titled(u"came back"_s));
    QTRY_VERIFY(server.titles().contains(u"version 4"_s) && server.titles().contains(u"came back"_s));
    QCOMPARE(server.titles().size(), 2);
}

void TestDesktopNotifications::aClickIsTold()
{
    for (const QString &action : {u"default"_s, u"open"_s}) {
        test::NotificationServer server(s_address);
        DesktopNotifications desktop;
        QSignalSpy activated(&desktop, &DesktopNotifications::activated);
        desktop.show(u"one"_s, plain);
        desktop.show(u"two"_s, titled(u"two"_s));
        QTRY_COMPARE(server.titles().size(), 2);
        QTRY_VERIFY(desktop.isOpen(u"two"_s));
        qunsetenv("XDG_ACTIVATION_TOKEN");
        // The answer to Notify may still be on its way when the title is there already.
        desktop.show(u"two"_s, titled(u"two again"_s));
        QTRY_VERIFY(server.titles().contains(u"two again"_s));
        const uint id = server.idOf(u"two again"_s);
        server.click(id, action);
        QTRY_COMPARE(activated.size(), 1);
        QCOMPARE(activated.constFirst().constFirst().toString(), u"two"_s);
        QCOMPARE(qgetenv("XDG_ACTIVATION_TOKEN"), "token-" + QByteArray::number(id));
        QTRY_COMPARE(server.titles(), QStringList{u"AWS answered"_s});
    }
}

void TestDesktopNotifications::aClickOnWhatExpired()
{
    test::NotificationServer server(s_address);
    DesktopNotifications desktop;
    QSignalSpy activated(&desktop, &DesktopNotifications::activated);
    QSignalSpy closed(&desktop, &DesktopNotifications::closed);
    desktop.show(u"one"_s, plain);
    QTRY_COMPARE(server.titles().size(), 1);
    const uint id = server.idOf(u"AWS answered"_s);
    desktop.show(u"one"_s, plain); // an answer after it: the number is known
    QTRY_COMPARE(server.shown().size(), 2);
    server.putAway(id, 1);
    QTRY_COMPARE(closed.size(), 1);
    server.click(id); // in the desktop's list of what was missed
    QTRY_COMPARE(activated.size(), 1);
}

void TestDesktopNotifications::anotherProgramsClickIsNot()
{
    test::NotificationServer server(s_address);
    DesktopNotifications desktop;
    QSignalSpy activated(&desktop, &DesktopNotifications::activated);
    desktop.show(u"one"_s, plain);
    QTRY_COMPARE(server.titles().size(), 1);
    server.click(4711);
    server.putAway(4712);
    server.click(server.idOf(u"AWS answered"_s));
    QTRY_COMPARE(activated.size(), 1);
    QCOMPARE(activated.constFirst().constFirst().toString(), u"one"_s);
}

void TestDesktopNotifications::isClosed()
{
    test::NotificationServer server(s_address);
    DesktopNotifications desktop;
    QSignalSpy closed(&desktop, &DesktopNotifications::closed);
    desktop.show(u"one"_s, titled(u"one"_s));
    desktop.show(u"two"_s, titled(u"two"_s));
    QTRY_COMPARE(server.titles().size(), 2);
    desktop.close(u"one"_s);
    QTRY_COMPARE(server.titles(), QStringList{u"two"_s});
    desktop.closeAll();
    QTRY_COMPARE(server.titles(), QStringList());
    desktop.close(u"never shown"_s);
    QCOMPARE(closed.size(), 0); // who closes knows
}

void TestDesktopNotifications::noneOutlivesTheProgram()
{
    test::NotificationServer server(s_address);
    {
        DesktopNotifications desktop;
        desktop.show(u"one"_s, plain);
        QTRY_COMPARE(server.titles().size(), 1);
        desktop.show(u"one"_s, titled(u"again"_s)); // its number is known then
        QTRY_COMPARE(server.titles(), QStringList{u"again"_s});
        desktop.show(u"two"_s, titled(u"two"_s));
        QTRY_COMPARE(server.titles().size(), 2);
    }
    QTRY_VERIFY2(server.titles().isEmpty(), qPrintable(server.titles().join(u'|'))); // what was on its way, too
}

void TestDesktopNotifications::isPutAway()
{
    test::NotificationServer server(s_address);
    DesktopNotifications desktop;
    QSignalSpy closed(&desktop, &DesktopNotifications::closed);
    desktop.show(u"one"_s, plain);
    QTRY_COMPARE(server.titles().size(), 1);
    desktop.show(u"one"_s, titled(u"again"_s));
    QTRY_COMPARE(server.titles(), QStringList{u"again"_s});
    server.putAway(server.idOf(u"again"_s));
    QTRY_COMPARE(closed.size(), 1);
    QVERIFY(!desktop.isOpen(u"one"_s));
}

void TestDesktopNotifications::withoutAServerItIsHandedBack()
{
    DesktopNotifications desktop;
    QSignalSpy notShown(&desktop, &DesktopNotifications::notShown);
    desktop.show(u"one"_s, plain);
    desktop.show(u"two"_s, plain);
    desktop.close(u"two"_s); // was not wanted any more
    QTRY_COMPARE(notShown.size(), 1);
    QCOMPARE(notShown.constFirst().constFirst().toString(), u"one"_s);
    QVERIFY(!desktop.isOpen(u"one"_s));
    // A desktop that comes later is found.
    test::NotificationServer server(s_address);
    desktop.show(u"one"_s, plain);
    QTRY_COMPARE(server.titles().size(), 1);
    QCOMPARE(notShown.size(), 1);
}

void TestDesktopNotifications::theServerStartsAnew()
{
    DesktopNotifications desktop;
    QSignalSpy closed(&desktop, &DesktopNotifications::closed);
    {
        test::NotificationServer server(s_address);
        desktop.show(u"one"_s, titled(u"<1>"_s));
        QTRY_COMPARE(server.titles().size(), 1);
        QTRY_VERIFY(desktop.isOpen(u"one"_s));
    }
    QTRY_COMPARE(closed.size(), 1);
    test::NotificationServer server(s_address, {u"body"_s});
    desktop.show(u"two"_s, {u"title"_s, u"<2>"_s, {}});
    QTRY_COMPARE(server.shown().size(), 1);
    QCOMPARE(server.shown().constFirst().replaces, 0u);
    QCOMPARE(server.shown().constFirst().body, u"<2>"_s); // it was asked what it can
}

int main(int argc, char **argv)
{
    const test::PrivateBus bus;
    s_address = bus.address();
    QGuiApplication::setApplicationDisplayName(u"Casement"_s);
    QGuiApplication::setDesktopFileName(u"org.casement.Casement"_s);
    QGuiApplication application(argc, argv);
    TestDesktopNotifications test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_desktopnotifications.moc"
