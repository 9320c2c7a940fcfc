#include "ui/cccompleter.h"

#include "newcaseworld.h"

#include <QAccessible>

#include <optional>

using namespace casement;
using namespace Qt::StringLiterals;

using World = test::NewCaseWorld;

/// Addresses that earlier cases went to in copy are offered in the field for them.
class TestCcCompleter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void offersWhatWasUsed();
    void completesWhereTheCursorIs();
    void otherAccountsAreNotOffered();

private:
    /// Two cases of the account that went to people in copy, in the archive.
    static bool fill(World &world);

    std::unique_ptr<QTemporaryDir> m_folder;
};

bool TestCcCompleter::fill(World &world)
{
    for (const QStringList &cc : {QStringList{u"hana@copies.example"_s, u"taro@copies.example"_s},
                                  QStringList{u"Hana@Copies.Example"_s, u"oncall@copies.example"_s}}) {
        CreateCase::Request request;
        request.subject = u"With copies"_s;
        request.communicationBody = u"text"_s;
        request.ccEmailAddresses = cc;
        if (!world.demo.call(request))
            return false;
    }
    world.fixture.sessions().refreshAll();
    if (!world.fixture.waitUntilFilled())
        return false;
    std::optional<QStringList> known;
    world.fixture.archive().ccAddresses(
        world.fixture.workspace().accountRecords().first().id, &world.fixture.window(),
        [&known](const Result<QStringList> &all) { known = all ? *all : QStringList(); });
    return QTest::qWaitFor([&known] { return known.has_value(); }) && known->contains(u"oncall@copies.example"_s)
        && known->contains(u"taro@copies.example"_s) && known->filter(u"hana@"_s, Qt::CaseInsensitive).size() == 1;
}

void TestCcCompleter::offersWhatWasUsed()
{
    World world(m_folder->path());
    QVERIFY(fill(world));
    QVERIFY(world.open());
    auto *field = world.child<QLineEdit>("cc");
    auto *completer = field->findChild<CcCompleter *>();
    QVERIFY(completer);
    field->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(world.window));
    QVERIFY(QTest::qWaitFor([&] {
        field->clear();
        QTest::keyClicks(field, u"copies"_s);
        return completer->popup()->isVisible();
    }));
    QCOMPARE(completer->completionCount(), 3);
    QVERIFY2(field->accessibleDescription().startsWith(u"3 address(es) fit"_s)
                 || field->accessibleDescription().startsWith(u"3 addresses fit"_s),
             qPrintable(field->accessibleDescription()));
    field->clear();
    QTest::keyClicks(field, u"TARO"_s);
    QVERIFY(completer->popup()->isVisible());
    QCOMPARE(field->text(), u"TARO"_s); // nothing is put in that was not chosen
    QTest::keyClick(completer->popup(), Qt::Key_Down);
    QCOMPARE(field->accessibleDescription(), u"taro@copies.example"_s);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QCOMPARE(field->text(), u"taro@copies.example, "_s);
    QVERIFY(!completer->popup()->isVisible());
    QTest::keyClicks(field, u"taro"_s); // it stands there already
    QVERIFY(!completer->popup()->isVisible());
    QTest::keyClicks(field, u"x"_s);
    QVERIFY(field->accessibleDescription().isEmpty());
}

void TestCcCompleter::completesWhereTheCursorIs()
{
    World world(m_folder->path());
    QVERIFY(fill(world));
    QVERIFY(world.open());
    auto *field = world.child<QLineEdit>("cc");
    auto *completer = field->findChild<CcCompleter *>();
    field->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(world.window));
    QVERIFY(QTest::qWaitFor([&] {
        field->setText(u"first@example.net; ; last@example.net"_s);
        field->setCursorPosition(19);
        QTest::keyClicks(field, u"onc"_s);
        return completer->popup()->isVisible();
    }));
    QTest::keyClick(completer->popup(), Qt::Key_Down);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QCOMPARE(field->text(), u"first@example.net; oncall@copies.example; last@example.net"_s);
    QCOMPARE(field->cursorPosition(), 40);
}

void TestCcCompleter::otherAccountsAreNotOffered()
{
    World world(m_folder->path());
    QVERIFY(fill(world));
    QStringList others{u"not asked yet"_s};
    world.fixture.archive().ccAddresses(4711, &world.fixture.window(), [&others](const Result<QStringList> &all) {
        others = all ? *all : QStringList{u"failed"_s};
    });
    QTRY_VERIFY(others.isEmpty());
    QVERIFY(world.open());
    auto *field = world.child<QLineEdit>("cc");
    auto *completer = field->findChild<CcCompleter *>();
    field->setFocus();
    QVERIFY(QTest::qWaitFor([&] {
        field->clear();
        QTest::keyClicks(field, u"oncall"_s);
        return completer->popup()->isVisible();
    }));
    completer->popup()->hide();
    completer->setAccount(4711);
    field->clear();
    QTest::keyClicks(field, u"oncall"_s);
    QVERIFY(!completer->popup()->isVisible());
}

QTEST_MAIN(TestCcCompleter)
#include "tst_cccompleter.moc"
