#include "ui/accountchoice.h"

#include "archive/archivefixture.h"
#include "models/roles.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

const Error refused{.kind = Error::Kind::Refused, .code = u"UnrecognizedClientException"_s};

/// The chooser of a window with so many accounts.
struct World
{
    explicit World(int accounts, const QString &name = u"account"_s)
    {
        QList<AccountRecord> records;
        for (int i = 1; i <= accounts; ++i)
            records.append(
                {.id = i, .key = u"k%1"_s.arg(i), .name = u"%1 %2"_s.arg(name).arg(i), .partition = u"aws"_s});
        workspace.setAccounts(records);
        choice.resize(160, 30);
        choice.show();
        choice.retranslate(workspace);
    }

    void setError(AccountId id, const Error &error)
    {
        AccountStatus status = workspace.status(id);
        status.error = error;
        workspace.setStatus(id, status);
    }

    QTemporaryDir folder;
    test::ArchiveFixture archive;
    JobList jobs;
    UiSettings settings{folder.filePath(u"casement.ini"_s)};
    Workspace workspace{archive.archive(), jobs, settings};
    AccountChoice choice;
};

} // namespace

/// The chooser of the toolbar.
class TestAccountChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatFailsIsMarked();
    void longNamesShowTheirEnds_data();
    void longNamesShowTheirEnds();
};

void TestAccountChoice::whatFailsIsMarked()
{
    World world(3);
    const AccountModel &accounts = world.workspace.accounts();
    world.setError(2, refused);
    QTRY_VERIFY(!accounts.trouble(2).isEmpty());
    QVERIFY(accounts.trouble(1).isEmpty());
    world.choice.refill(world.workspace);
    QCOMPARE(world.choice.count(), 4);
    const QString said = world.choice.itemData(2, Qt::AccessibleTextRole).toString();
    QVERIFY2(said.contains(u"account 2"_s) && said.contains(accounts.trouble(2)), qPrintable(said));
    QVERIFY(world.choice.itemData(2, Qt::ToolTipRole).toString().contains(u"access key"_s));
    QCOMPARE(world.choice.itemData(1, TroubleRole).toString(), QString());
    // Screen readers are told words, never the markup of the tool tip.
    const QString description = world.choice.accessibleDescription();
    QVERIFY2(!description.isEmpty() && !description.contains(u'<'), qPrintable(description));
    // Being refreshed is no recovery, a refresh that went well is.
    AccountStatus status = world.workspace.status(2);
    status.refreshing = true;
    QSignalSpy told(&world.workspace, &Workspace::changed);
    world.workspace.setStatus(2, status);
    QTRY_VERIFY(!told.isEmpty());
    QVERIFY(!accounts.trouble(2).isEmpty());
    status.refreshing = false;
    status.error = {};
    world.workspace.setStatus(2, status);
    QTRY_VERIFY(accounts.trouble(2).isEmpty());
    world.choice.refill(world.workspace);
    QCOMPARE(world.choice.itemData(2, TroubleRole).toString(), QString());
    // Cancelled, or paused, is no failure.
    world.setError(1, {.kind = Error::Kind::Cancelled});
    world.setError(3, refused);
    QTRY_VERIFY(!accounts.trouble(3).isEmpty());
    QVERIFY(accounts.trouble(1).isEmpty());
    status = world.workspace.status(3);
    status.paused = true;
    world.workspace.setStatus(3, status);
    QTRY_VERIFY(accounts.trouble(3).isEmpty());
}

void TestAccountChoice::longNamesShowTheirEnds_data()
{
    QTest::addColumn<int>("accounts");
    QTest::newRow("some") << 3;
    QTest::newRow("many, to be typed") << 200;
}

void TestAccountChoice::longNamesShowTheirEnds()
{
    QFETCH(int, accounts);
    World world(accounts, u"the platform team's production account in Tokyo, number"_s);
    QCOMPARE(world.choice.isEditable(), accounts > AccountChoice::mostWithoutTyping);
    const int chosen = world.choice.findData(2);
    world.choice.setCurrentIndex(chosen);
    Q_EMIT world.choice.activated(chosen);
    QCOMPARE(world.choice.toolTip().contains(u"number 2"_s), true);
    QCOMPARE(world.choice.view()->textElideMode(), Qt::ElideMiddle);
    world.choice.showPopup();
    QVERIFY(world.choice.view()->width() >= world.choice.view()->sizeHintForColumn(0));
    world.choice.hidePopup();
    if (QLineEdit *field = world.choice.lineEdit()) {
        QVERIFY2(field->text().endsWith(u'2') && field->text().contains(u'…'), qPrintable(field->text()));
        QFocusEvent in(QEvent::FocusIn);
        QApplication::sendEvent(field, &in);
        QVERIFY(field->text().contains(u"number 2"_s));
    }
}

QTEST_MAIN(TestAccountChoice)
#include "tst_accountchoice.moc"
