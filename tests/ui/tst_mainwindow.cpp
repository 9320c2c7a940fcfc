#include "fakedesk.h"
#include "models/roles.h"
#include "models/sidebarmodel.h"
#include "support/supportcenter.h"
#include "ui/accountactions.h"
#include "ui/accountdialog.h"
#include "ui/errorbanner.h"
#include "ui/searchpage.h"
#include "ui/statepage.h"
#include "windowfixture.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTest>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>

using namespace casement;
using namespace Qt::StringLiterals;

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void typingFiltersTheList();
    void filteringKeepsTheOpenConversation();
    void whatCountsIsInSight_data();
    void whatCountsIsInSight();
    void stoppedIsNoFailure();
    void jAndKWalkThroughCases();
    void enterSearchesAllMessages();
    void rowsAreCopiedForSheets();
    void languageSwitchesWhileRunning();
    void themesSwitchWhileRunning();
    void refusalIsABanner_data();
    void refusalIsABanner();
    void aLockedKeychainHasAWayOn();
    void offlineKeepsWhatIsKnown();
    void emptyAndNoMatchSayWhatToDo();
    void readingMarksRead();
    void columnsAndPlaceOutliveARestart();
    void aBadSettingIsTheDefault_data();
    void aBadSettingIsTheDefault();
    void datesFilterTheList();
    void whatWasTypedOutlivesARestart();
    void theOrderOfMessagesOutlivesARestart();
    void supportCenterByPartition();
    void aMessageOfTheStatusBarStandsAlone();
    void theAccountThatWasClickedIsMarked();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestMainWindow::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void TestMainWindow::typingFiltersTheList()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    const int all = fixture.cases().rowCount();
    QVERIFY(all > 10);
    const int asked = demo.requestCount();
    fixture.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&fixture.window()));
    QTest::keyClick(&fixture.window(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(fixture.window().searchField().hasFocus());
    QTest::keyClicks(&fixture.window().searchField(), u"alb"_s);
    QVERIFY(fixture.cases().rowCount() < all);
    QVERIFY(fixture.cases().rowCount() > 0);
    QCOMPARE(demo.requestCount(), asked);
    QTest::keyClick(&fixture.window(), Qt::Key_Escape);
    QTRY_COMPARE(fixture.cases().rowCount(), all);
    QTRY_VERIFY(fixture.table().hasFocus());
}

void TestMainWindow::filteringKeepsTheOpenConversation()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    fixture.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&fixture.window()));
    CaseTable &table = fixture.table();
    table.setFocus();
    QTest::keyClick(&table, Qt::Key_J);
    QTest::keyClick(&table, Qt::Key_J);
    const CaseKey open = fixture.cases().keyAt(2);
    const QString subject = fixture.cases().index(2, CaseListModel::Subject).data().toString();
    QSignalSpy chosen(&fixture.window().caseList(), &CaseListPage::caseChosen);
    const auto *heading = fixture.child<QLabel>("subject");
    QTRY_COMPARE(heading->text(), subject);

    QLineEdit &field = fixture.window().searchField();
    QTest::keyClick(&fixture.window(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(field.hasFocus());
    // Words of another case, that hide the open one.
    const int all = fixture.cases().rowCount();
    const QString other = fixture.cases().index(all - 1, CaseListModel::Subject).data().toString();
    QVERIFY(other != subject);
    for (const QChar c : other)
        QTest::keyClick(&field, c.toLatin1());
    QTRY_VERIFY(fixture.cases().rowOfCase(open) < 0 && fixture.cases().rowCount() > 0);
    QTRY_VERIFY(!table.selectionModel()->hasSelection());
    table.setFocus(); // coming to the list is no choice either
    QCoreApplication::processEvents(); // whatever the focus set off has happened
    QCOMPARE(fixture.window().caseList().currentCase(), open);
    QCOMPARE(heading->text(), subject);
    field.setFocus();
    field.selectAll();
    QTest::keyClick(&field, Qt::Key_Backspace);
    QTRY_COMPARE(fixture.cases().rowCount(), all);
    QTRY_COMPARE(fixture.cases().keyAt(table.currentIndex().row()), open);
    QCOMPARE(table.selectionModel()->selectedRows().size(), 1);
    // Sorted otherwise, and its own words: still the same.
    fixture.cases().sort(CaseListModel::Subject, Qt::AscendingOrder);
    for (const QChar c : subject.left(6))
        QTest::keyClick(&field, c.toLatin1());
    QTRY_COMPARE(fixture.cases().keyAt(table.currentIndex().row()), open);
    QCOMPARE(chosen.size(), 0);
    // A key in the list is a choice.
    field.selectAll();
    for (const QChar c : other)
        QTest::keyClick(&field, c.toLatin1());
    QTRY_VERIFY(!table.currentIndex().isValid());
    table.setFocus();
    QTest::keyClick(&table, Qt::Key_Down);
    QTRY_COMPARE(heading->text(), fixture.cases().index(0, CaseListModel::Subject).data().toString());
    QCOMPARE(chosen.size(), 1);
}

void TestMainWindow::whatCountsIsInSight_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("width");
    for (const char *language : {"en", "ja"}) {
        for (const int width : {1024, 1280, 1800})
            QTest::addRow("%s %d", language, width) << QString::fromLatin1(language) << width;
    }
}

void TestMainWindow::whatCountsIsInSight()
{
    QFETCH(QString, language);
    QFETCH(int, width);
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    fixture.child<QAction>(language == u"ja"_s ? "actionLanguageJapanese" : "actionLanguageEnglish")->trigger();
    fixture.window().resize(width, 800);
    CaseTable &table = fixture.table();
    const QHeaderView *header = table.horizontalHeader();
    QTRY_COMPARE(fixture.cases().headerData(CaseListModel::Updated, Qt::Horizontal).toString(),
                 language == u"ja"_s ? u"更新"_s : u"Updated"_s);
    const auto right = [&](int section) {
        return header->sectionViewportPosition(section) + header->sectionSize(section);
    };
    QTRY_COMPARE(table.horizontalScrollBar()->maximum(), 0);
    QVERIFY(right(CaseListModel::Updated) <= table.viewport()->width());
    QVERIFY(table.viewport()->width() - right(CaseListModel::Updated) < 4); // the subject takes what is left
    QVERIFY(!header->isSectionHidden(CaseListModel::Severity) && !header->isSectionHidden(CaseListModel::Status));
    QVERIFY2(header->sectionSize(CaseListModel::Subject) >= 60,
             qPrintable(QString::number(header->sectionSize(CaseListModel::Subject))));
    const auto shows = [&](const QColor &color) {
        const QImage image =
            table.viewport()->grab(QRect(0, 0, table.viewport()->width(), table.rowHeight(0) - 2)).toImage();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y).rgb() == color.rgb())
                    return true;
            }
        }
        return false;
    };
    const int color = fixture.cases().index(0, 0).data(AccountColorRole).toInt();
    QVERIFY(shows(accountColor(color, Theme::colors().dark))); // as a dot, at least
    if (width >= 1800)
        QVERIFY(!header->isSectionHidden(CaseListModel::Account));
}

void TestMainWindow::stoppedIsNoFailure()
{
    test::WindowFixture fixture(m_folder->path());
    fixture.workspace().setDecided(true);
    AccountRecord account;
    account.id = 1;
    account.name = u"Production"_s;
    fixture.workspace().setAccounts({account});
    QTRY_VERIFY(!fixture.workspace().isLoading());
    AccountStatus status;
    status.error.kind = Error::Kind::Cancelled;
    fixture.workspace().setStatus(1, status);
    const auto *state = fixture.window().caseList().findChild<StatePage *>(u"state"_s);
    QTRY_COMPARE(state->title(), u"Refreshing was stopped."_s);
    QSignalSpy refresh(&fixture.window(), &MainWindow::refreshRequested);
    state->findChild<QAbstractButton *>(u"button"_s)->click();
    QCOMPARE(refresh.size(), 1);
}

void TestMainWindow::jAndKWalkThroughCases()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    fixture.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&fixture.window()));
    fixture.table().setFocus();
    QCOMPARE(fixture.table().currentIndex().row(), 0);
    QTest::keyClick(&fixture.table(), Qt::Key_J);
    QTest::keyClick(&fixture.table(), Qt::Key_J);
    QTRY_COMPARE(fixture.table().currentIndex().row(), 2);
    QTest::keyClick(&fixture.table(), Qt::Key_K);
    QTRY_COMPARE(fixture.table().currentIndex().row(), 1);
    const QString subject = fixture.cases().index(1, CaseListModel::Subject).data().toString();
    QTRY_COMPARE(fixture.child<QLabel>("subject")->text(), subject);
    QTRY_VERIFY(fixture.window().conversation().isReady());
    QVERIFY(fixture.conversation().toPlainText().size() > 50);
}

void TestMainWindow::enterSearchesAllMessages()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(4);
    QVERIFY(fixture.waitUntilFilled());
    // Words of the middle of some conversation, so that the hit is not simply the newest message.
    QTest::keyClicks(&fixture.window().searchField(), u"SendTemplatedEmail"_s);
    QTest::keyClick(&fixture.window().searchField(), Qt::Key_Return);
    auto *results = fixture.window().searchPage().findChild<QListView *>(u"results"_s);
    QTRY_VERIFY(results->model()->rowCount() > 0);
    QTRY_VERIFY(fixture.window().conversation().isReady());
    QTRY_VERIFY(fixture.conversation().toPlainText().contains(u"SendTemplatedEmail"_s));
    QTRY_VERIFY(!fixture.conversation().extraSelections().isEmpty());
    QCOMPARE(fixture.conversation().extraSelections().constFirst().cursor.selectedText(), u"SendTemplatedEmail"_s);
    const QString read = fixture.conversation().toPlainText();
    QTest::keyClick(&fixture.window(), Qt::Key_Escape);
    QTRY_VERIFY(fixture.window().caseList().isVisible());
    QVERIFY(fixture.conversation().extraSelections().isEmpty());
    QVERIFY(fixture.window().searchField().text().isEmpty()); // no subject has it: the list would be empty
    QVERIFY(fixture.cases().rowCount() > 0);
    QTRY_COMPARE(fixture.cases().keyAt(fixture.table().currentIndex().row()),
                 fixture.window().caseList().currentCase());
    QCOMPARE(fixture.conversation().toPlainText(), read); // the hit stays open
}

void TestMainWindow::rowsAreCopiedForSheets()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    fixture.table().setFocus();
    fixture.table().selectRow(1);
    fixture.child<QAction>("actionCopy")->trigger();
    const QString line = QApplication::clipboard()->text();
    const QString subject = fixture.cases().index(1, CaseListModel::Subject).data().toString();
    QVERIFY2(line.split(u'\t').contains(subject), qPrintable(line));
    QCOMPARE(line.count(u'\n'), 1);
    fixture.child<QAction>("actionCopyId")->trigger();
    QCOMPARE(QApplication::clipboard()->text(), fixture.cases().index(1, CaseListModel::DisplayId).data().toString());
}

void TestMainWindow::languageSwitchesWhileRunning()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    const auto header = [&] { return fixture.cases().headerData(CaseListModel::Subject, Qt::Horizontal).toString(); };
    QCOMPARE(header(), u"Subject"_s);
    fixture.child<QAction>("actionLanguageJapanese")->trigger();
    QTRY_COMPARE(header(), u"件名"_s);
    QTRY_COMPARE(fixture.child<QMenu>("menuFile")->title(), u"ファイル(&F)"_s);
    QTRY_VERIFY(fixture.window().searchField().placeholderText().contains(u"検索"_s));
    QTRY_VERIFY(fixture.window().conversation().isReady());
    QTRY_VERIFY(fixture.child<QTreeView>("sidebar")->model()->index(0, 0).data().toString() == u"ケース"_s);
    fixture.child<QAction>("actionLanguageEnglish")->trigger();
    QTRY_COMPARE(header(), u"Subject"_s);
    QTRY_COMPARE(fixture.child<QMenu>("menuFile")->title(), u"&File"_s);
}

void TestMainWindow::themesSwitchWhileRunning()
{
    test::WindowFixture fixture(m_folder->path());
    fixture.child<QAction>("actionThemeDark")->trigger();
    QTRY_VERIFY(fixture.window().palette().color(QPalette::Window).lightness() < 80);
    QCOMPARE(fixture.settings().word(u"theme"_s), u"dark"_s);
    fixture.child<QAction>("actionThemeLight")->trigger();
    QTRY_VERIFY(fixture.window().palette().color(QPalette::Window).lightness() > 200);
}

void TestMainWindow::refusalIsABanner_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("says");
    QTest::newRow("no plan") << u"SubscriptionRequiredException"_s << u"support plan"_s;
    QTest::newRow("no right") << u"AccessDeniedException"_s << u"not allowed"_s;
    QTest::newRow("unknown key") << u"UnrecognizedClientException"_s << u"does not know this access key"_s;
    QTest::newRow("wrong secret") << u"InvalidSignatureException"_s << u"secret access key"_s;
    QTest::newRow("expired") << u"ExpiredTokenException"_s << u"expired"_s;
    QTest::newRow("a wrong request") << u"ValidationException"_s << u"The details say what AWS found wrong"_s;
    QTest::newRow("something new") << u"BrandNewException"_s << u"BrandNew"_s;
}

void TestMainWindow::refusalIsABanner()
{
    QFETCH(QString, code);
    QFETCH(QString, says);
    test::WindowFixture fixture(m_folder->path());
    const Error error{.kind = Error::Kind::Refused,
                      .code = code,
                      .message = u"<b>no</b> %1"_s,
                      .operation = u"DescribeCases"_s,
                      .requestId = u"0a1b-2c"_s};
    fixture.window().showError(error, u"Production"_s);
    fixture.window().showError(error, u"Staging"_s);
    QCOMPARE(fixture.window().banners().size(), 1); // one cause, one banner
    ErrorBanner *banner = fixture.window().banners().constFirst();
    QVERIFY2(banner->text().contains(says), qPrintable(banner->text()));
    QVERIFY(banner->text().contains(u"2 accounts"_s));
    const auto *details = banner->findChild<QLabel *>(u"details"_s);
    QCOMPARE(details->textFormat(), Qt::PlainText);
    for (const QString &part : {u"DescribeCases"_s, code, u"0a1b-2c"_s, u"<b>no</b> %1"_s})
        QVERIFY2(details->text().contains(part), qPrintable(details->text()));
}

void TestMainWindow::aLockedKeychainHasAWayOn()
{
    test::FakeDesk desk;
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.window().accountActions().setDesk(desk, {});
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    ListedAccount hub;
    hub.id = u"hub"_s;
    hub.name = u"Hub"_s;
    hub.source = ListedAccount::Source::Keychain;
    ListedAccount member;
    member.name = u"Member"_s;
    member.source = ListedAccount::Source::Role;
    member.roleArn = u"arn:aws:iam::111122223333:role/support"_s;
    member.base = hub.id;
    QVERIFY(desk.add({hub}));
    member.base = desk.accounts().first().id;
    QVERIFY(desk.add({member}));
    desk.sessionKeys = false;
    const auto keepButton = [&](const char *code) {
        const Error error{.kind = Error::Kind::Keychain, .code = QString::fromLatin1(code)};
        fixture.window().showError(error, fixture.workspace().accountName(1));
        return fixture.window().banners().constLast()->findChild<QPushButton *>(u"keepButton"_s);
    };
    QVERIFY(keepButton("KeychainMissing")->isHidden()); // it is open: keys that are entered are kept in it
    for (const char *code : {"KeychainLocked", "KeychainWaits", "KeychainDenied", "KeychainSilent", "KeychainAbsent"})
        QVERIFY2(!keepButton(code)->isHidden(), code);
    QVERIFY(!fixture.window().findChild<AccountDialog *>());
    keepButton("KeychainLocked")->click();
    auto *dialog = fixture.window().findChild<AccountDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"accountName"_s)->text(), u"Hub"_s);
    QVERIFY(!dialog->findChild<QPushButton *>(u"keepSession"_s)->isHidden());
}

void TestMainWindow::offlineKeepsWhatIsKnown()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    const int rows = fixture.cases().rowCount();
    demo.setFaults(u"drop"_s);
    if (fixture.window().banners().isEmpty())
        fixture.sessions().refreshAll();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.window().banners().size(), 1, 60'000);
    QCOMPARE(fixture.cases().rowCount(), rows);
    QTRY_VERIFY(fixture.child<QLabel>("freshness")->text().contains(u"Offline"_s));
    demo.setFaults({});
    fixture.window().banners().constFirst()->findChild<QAbstractButton *>(u"retryButton"_s)->click();
    QTRY_VERIFY_WITH_TIMEOUT(
        fixture.window().banners().isEmpty() && fixture.child<QLabel>("freshness")->text().isEmpty(), 30'000);
}

void TestMainWindow::emptyAndNoMatchSayWhatToDo()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    auto *state = fixture.window().caseList().findChild<StatePage *>(u"state"_s);
    QTRY_VERIFY(state->isVisible());
    QVERIFY(state->sentence().contains(u"Loading"_s));
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    QVERIFY(!state->isVisible());
    fixture.window().searchField().setText(u"no such words anywhere"_s);
    QVERIFY(state->isVisible());
    QCOMPARE(state->title(), u"No match"_s);
    state->findChild<QAbstractButton *>(u"button"_s)->click();
    QVERIFY(fixture.window().searchField().text().isEmpty());
    QVERIFY(!state->isVisible());

    QTemporaryDir other;
    test::WindowFixture welcome(other.path());
    welcome.workspace().setAccounts({});
    QVERIFY(welcome.child<QWidget>("welcome") && welcome.child<QWidget>("welcome")->isVisible());
}

void TestMainWindow::readingMarksRead()
{
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.replyDelay = std::chrono::milliseconds(50);
    test::DemoFixture demo(options);
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    fixture.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&fixture.window()));
    // An answer of AWS to a case that is not on screen makes it unread.
    int row = -1;
    for (int i = 1; i < fixture.cases().rowCount() && row < 0; ++i) {
        if (fixture.cases().recordAt(i).status != "resolved")
            row = i;
    }
    QVERIFY(row > 0);
    const CaseKey key = fixture.cases().keyAt(row);
    AddCommunicationToCase::Request reply;
    reply.caseId = key.caseId;
    reply.communicationBody = u"Any news?"_s;
    QVERIFY(demo.call(reply));
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            fixture.sessions().refreshAll();
            return fixture.cases().findCase(key)->unread;
        }(),
        20'000);
    fixture.window().caseList().select(key);
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.cases().findCase(key)->unread, 10'000);
}

void TestMainWindow::columnsAndPlaceOutliveARestart()
{
    test::DemoFixture demo;
    CaseKey read;
    {
        test::WindowFixture fixture(m_folder->path(), &demo);
        fixture.openAccounts();
        QVERIFY(fixture.waitUntilFilled());
        QHeaderView *header = fixture.table().horizontalHeader();
        header->setSectionHidden(CaseListModel::Status, true);
        header->setSectionHidden(CaseListModel::Created, false);
        header->setSectionHidden(CaseListModel::Service, false);
        header->resizeSection(CaseListModel::Service, 171);
        header->moveSection(header->visualIndex(CaseListModel::Service), 0);
        header->setSortIndicator(CaseListModel::Created, Qt::AscendingOrder);
        fixture.window().resize(1111, 666);
        fixture.table().selectRow(3);
        read = fixture.window().caseList().currentCase();
        fixture.window().close();
    }
    test::WindowFixture fixture(m_folder->path(), &demo);
    const QHeaderView *header = fixture.table().horizontalHeader();
    QVERIFY(header->isSectionHidden(CaseListModel::Status));
    QVERIFY(!header->isSectionHidden(CaseListModel::Created));
    QCOMPARE(header->sectionSize(CaseListModel::Service), 171);
    QCOMPARE(header->visualIndex(CaseListModel::Service), 0);
    QCOMPARE(header->sortIndicatorSection(), int(CaseListModel::Created));
    QCOMPARE(header->sortIndicatorOrder(), Qt::AscendingOrder);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    QTRY_COMPARE(fixture.window().caseList().currentCase(), read);
}

void TestMainWindow::aBadSettingIsTheDefault_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("garbage") << QByteArray("\0\xff\xfe[[[==\n\x01", 9);
    QTest::newRow("off the screen") << QByteArray("[window]\ngeometry=90000 90000 800 600\n");
    QTest::newRow("tiny") << QByteArray("[window]\ngeometry=0 0 1 1\ninner=1 1\nouter=-5 0\n");
    QTest::newRow("lists and words") << QByteArray(
        "[window]\ngeometry=a, b, c\n[cases]\ncolumns=x:y:z, subject:-1:1\nsort=:::\nview=77\n");
    QTest::newRow("no column left") << QByteArray(
        "[cases]\ncolumns=subject:100:0 severity:100:0 status:100:0 account:90:0 service:90:0 "
        "displayId:90:0 submittedBy:90:0 created:90:0 updated:90:0 turn:90:0 category:90:0 language:90:0\n");
}

void TestMainWindow::aBadSettingIsTheDefault()
{
    QFETCH(QByteArray, content);
    QFile file(m_folder->filePath(u"casement.ini"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
    file.close();
    UiSettings settings(file.fileName());
    JobList jobs;
    Archive archive;
    Workspace workspace(archive, jobs, settings);
    InterfaceLanguage language;
    language.set(u"en"_s);
    Theme theme;
    MainWindow window(workspace, language, theme);
    window.show();
    const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
    QVERIFY(screen.intersects(QRect(window.geometry().topLeft(), QSize(window.width(), 40))));
    QVERIFY(window.width() >= 320);
    QVERIFY(!window.caseList().table().horizontalHeader()->isSectionHidden(CaseListModel::Subject));
    QCOMPARE(workspace.cases().filter().view, CaseFilter::View::All);
}

void TestMainWindow::datesFilterTheList()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(2);
    QVERIFY(fixture.waitUntilFilled());
    QLineEdit &field = fixture.window().searchField();
    const int all = fixture.cases().rowCount();
    const qint64 monthAgo = QDate::currentDate().addDays(-30).startOfDay().toMSecsSinceEpoch();
    int recent = 0;
    int created = 0;
    for (int row = 0; row < all; ++row) {
        recent += fixture.cases().recordAt(row).updated >= monthAgo;
        created += fixture.cases().recordAt(row).created >= monthAgo;
    }
    QVERIFY(recent > 0 && recent < all && created > 0 && created < all);
    const auto choose = [&fixture](const char *name) {
        auto *action = fixture.child<QAction>(name);
        action->trigger();
        return action->isChecked();
    };
    QVERIFY(choose("actionSinceMonth"));
    QCOMPARE(field.text(), u"after:30d"_s);
    QCOMPARE(fixture.cases().rowCount(), recent);
    QVERIFY(choose("actionBeforeMonth")); // in its place
    QCOMPARE(field.text(), u"before:30d"_s);
    QCOMPARE(fixture.cases().rowCount(), all - recent);
    QVERIFY(!fixture.child<QAction>("actionSinceMonth")->isChecked());
    field.setText(u"e before:30d"_s);
    QVERIFY(choose("actionCreatedSinceMonth"));
    QCOMPARE(field.text(), u"e created-after:30d"_s); // the word stays
    field.clear();
    QVERIFY(fixture.child<QAction>("actionAnyTime")->isChecked());
    QVERIFY(choose("actionCreatedSinceMonth"));
    QCOMPARE(fixture.cases().rowCount(), created);
    QVERIFY(choose("actionAnyTime"));
    QVERIFY(field.text().isEmpty());
    QCOMPARE(fixture.cases().rowCount(), all);

    choose("actionOtherDates");
    QVERIFY(field.text().startsWith(u"after:2"_s) && field.text().contains(u" before:2"_s));
    QCOMPARE(field.selectedText(), field.text().mid(6, 10)); // the date, to be written over
    auto *problem = fixture.child<QLabel>("dateProblem");
    QVERIFY(!problem->isVisible());
    field.setText(u"after:soon"_s);
    QVERIFY(problem->isVisible());
    QVERIFY2(problem->text().contains(u"“after:soon”"_s), qPrintable(problem->text()));
    QCOMPARE(fixture.cases().rowCount(), all); // it asks for nothing
    QTest::keyClick(&field, Qt::Key_Return);
    QTRY_VERIFY(fixture.window().searchPage().isReady());
    auto *searched = fixture.child<QLabel>("searchDateProblem");
    QVERIFY(searched->isVisible());
    QCOMPARE(searched->text(), problem->text());
    fixture.window().searchPage().findChild<QToolButton *>(u"back"_s)->click();
    field.clear();
    QVERIFY(!problem->isVisible());

    // Enter finds messages of that time.
    field.setText(u"after:30d"_s);
    QTest::keyClick(&field, Qt::Key_Return);
    QTRY_VERIFY(fixture.window().searchPage().isReady());
    auto *results = fixture.window().searchPage().findChild<QListView *>(u"results"_s);
    QTRY_VERIFY(results->model()->rowCount() > 0);
}

void TestMainWindow::whatWasTypedOutlivesARestart()
{
    test::DemoFixture demo;
    int shown = 0;
    {
        test::WindowFixture fixture(m_folder->path(), &demo);
        fixture.openAccounts(1);
        QVERIFY(fixture.waitUntilFilled());
        fixture.window().searchField().setText(u"created-before:30d"_s);
        shown = fixture.cases().rowCount();
        QVERIFY(shown > 0);
        fixture.window().close();
    }
    {
        test::WindowFixture fixture(m_folder->path(), &demo);
        QCOMPARE(fixture.window().searchField().text(), u"created-before:30d"_s);
        fixture.openAccounts(1);
        QVERIFY(fixture.waitUntilFilled());
        QCOMPARE(fixture.cases().rowCount(), shown);
        fixture.window().searchField().clear();
        QVERIFY(fixture.cases().rowCount() > shown);
        fixture.window().close();
    }
    test::WindowFixture fixture(m_folder->path(), &demo);
    QVERIFY(fixture.window().searchField().text().isEmpty());
}

void TestMainWindow::theOrderOfMessagesOutlivesARestart()
{
    test::DemoFixture demo;
    {
        test::WindowFixture fixture(m_folder->path(), &demo);
        QVERIFY(!fixture.conversation().isNewestFirst());
        fixture.child<QAction>("actionNewestFirst")->trigger();
        QVERIFY(fixture.conversation().isNewestFirst());
        fixture.window().close();
    }
    test::WindowFixture fixture(m_folder->path(), &demo);
    QVERIFY(fixture.child<QAction>("actionNewestFirst")->isChecked());
    QVERIFY(fixture.conversation().isNewestFirst());
}

void TestMainWindow::supportCenterByPartition()
{
    QCOMPARE(supportCenterUrl(u"aws"_s, u"176962049400621"_s).toString(),
             u"https://support.console.aws.amazon.com/support/home#/case/?displayId=176962049400621"_s);
    QVERIFY(supportCenterUrl(u"aws-cn"_s, u"1"_s).host().endsWith(u"amazonaws.cn"_s));
    QVERIFY(supportCenterUrl(u"aws-iso"_s, u"1"_s).isEmpty());
}

void TestMainWindow::aMessageOfTheStatusBarStandsAlone()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    auto *accounts = fixture.child<QLabel>("statusAccounts");
    QVERIFY(accounts->isVisible());
    fixture.window().statusBar()->showMessage(u"https://example.com"_s);
    QVERIFY(!accounts->isVisible());
    fixture.child<QAction>("actionLanguageJapanese")->trigger(); // another font, so the bar is laid out anew
    QTRY_COMPARE(fixture.child<QMenu>("menuFile")->title(), u"ファイル(&F)"_s);
    QCoreApplication::processEvents();
    QVERIFY(!accounts->isVisible());
    fixture.window().statusBar()->clearMessage();
    QVERIFY(accounts->isVisible());
}

/// Also where the choice takes rows above it away, so that another row is below the pointer.
void TestMainWindow::theAccountThatWasClickedIsMarked()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts(3);
    QVERIFY(fixture.waitUntilFilled());
    auto *sidebar = fixture.child<QTreeView>("sidebar");
    auto *model = qobject_cast<SidebarModel *>(sidebar->model());
    QVERIFY(model);
    sidebar->setMinimumHeight(900);
    model->setAdvisor({{QString(), 0}, {u"security"_s, 3}, {u"cost_optimizing"_s, 2}});
    connect(sidebar->selectionModel(), &QItemSelectionModel::currentChanged, model, [model] {
        model->setAdvisor({{QString(), 0}});
    });
    const QList<AccountRecord> accounts = fixture.workspace().accountRecords();
    QCOMPARE(accounts.size(), 3);
    const QModelIndex wanted = model->indexOfAccount(accounts.first().id);
    QVERIFY(wanted.isValid());
    QTest::mouseClick(sidebar->viewport(), Qt::LeftButton, {}, sidebar->visualRect(wanted).center());
    QCoreApplication::processEvents();
    const QModelIndex marked = model->indexOfAccount(accounts.first().id);
    QCOMPARE(sidebar->selectionModel()->selectedIndexes(), QModelIndexList{marked});
    QCOMPARE(sidebar->currentIndex(), marked);
    QCOMPARE(fixture.cases().filter().accounts, QList<AccountId>{accounts.first().id});
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestMainWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_mainwindow.moc"
