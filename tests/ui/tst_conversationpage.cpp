#include "models/names.h"
#include "replyworld.h"
#include "ui/accountswatch.h"
#include "ui/caseactions.h"
#include "ui/caseexporter.h"
#include "ui/servicenames.h"
#include "ui/textlabels.h"
#include "ui/toast.h"

#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

QString nameOf(QWidget *widget)
{
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
    return accessible ? accessible->text(QAccessible::Name) : QString();
}

} // namespace

/// The reading pane: what stands above the conversation, and what a screen reader is told.
class TestConversationPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theHeaderIsReadOut();
    void namesAreThoseOfTheLanguage();
    void aDoublingIsSaidOnce();
    void theConversationIsADocument();
    void findingTellsWhichOfHowMany();
    void nothingIsCutOffTheHeader();
    void theCaseIdIsWholeAtAnyWidth();
    void anEmptyPaneSaysWhy();
    void anAnswerIsAnnounced();
    void anAnswerInSightIsRead_data();
    void anAnswerInSightIsRead();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestConversationPage::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void TestConversationPage::theHeaderIsReadOut()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    const CaseRecord *record = fixture.cases().findCase(fixture.window().conversation().key());
    QVERIFY(record);
    QCOMPARE(nameOf(fixture.child<QLabel>("subject")), u"Subject: "_s + record->subject.toString());
    QCOMPARE(nameOf(fixture.child<QLabel>("displayId")), u"Case ID: "_s + record->displayId.toString());
    QCOMPARE(nameOf(fixture.child<QLabel>("severity")), u"Severity: "_s + Names::severity(record->severityCode.view()));
    QCOMPARE(nameOf(fixture.child<QLabel>("status")), u"Status: "_s + Names::status(record->status.view()));
    QVERIFY(nameOf(fixture.child<QLabel>("service")).startsWith(u"Service and category: "_s));
    const QString facts = nameOf(fixture.child<QLabel>("facts"));
    QVERIFY2(facts.contains(record->submittedBy.toString()), qPrintable(facts));
    QVERIFY2(facts.contains(fixture.workspace().accountName(record->account)), qPrintable(facts));
    // In the colour that the list has for it.
    const auto *mark = fixture.child<AccountMark>("accountMark");
    QVERIFY(mark->isVisible());
    fixture.workspace().accounts().setLooks({{record->account, {.color = 7}}});
    QCOMPARE(mark->color(), 7);
    // Another case is another name.
    fixture.table().selectRow(1);
    const QString other = fixture.cases().index(1, CaseListModel::Subject).data().toString();
    QTRY_COMPARE(nameOf(fixture.child<QLabel>("subject")), u"Subject: "_s + other);
}

void TestConversationPage::namesAreThoseOfTheLanguage()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    DescribeServices::Request request;
    request.language = u"ja"_s;
    const auto services = demo.call(request);
    QVERIFY(services);
    const CaseRecord *record = fixture.cases().findCase(fixture.window().conversation().key());
    QVERIFY(record);
    QString expected;
    QString itsService;
    QString itsCategory;
    for (const Service &service : services->services) {
        if (service.code != record->serviceCode.toString())
            continue;
        for (const Category &category : service.categories) {
            if (category.code == record->categoryCode.toString()) {
                expected = ServiceNames::joined(service.name, category.name);
                itsService = service.name;
                itsCategory = category.name;
            }
        }
    }
    QVERIFY(!expected.isEmpty());
    fixture.language().set(u"ja"_s);
    QTRY_VERIFY2(nameOf(fixture.child<QLabel>("service")).endsWith(expected),
                 qPrintable(nameOf(fixture.child<QLabel>("service"))));
    // So are those of the list and of what is exported.
    const CaseKey key = fixture.window().conversation().key();
    const auto cell = [&fixture, &key](int column) {
        return fixture.cases().index(fixture.cases().rowOfCase(key), column).data().toString();
    };
    QCOMPARE(cell(CaseListModel::Service), itsService);
    QCOMPARE(cell(CaseListModel::Category), itsCategory);
    CaseExporter exporter(fixture.workspace(), fixture.window(),
                          [&fixture]() -> Toast & { return fixture.window().caseActions().toast(); });
    QSignalSpy exported(&exporter, &CaseExporter::finished);
    exporter.write({key}, m_folder->filePath(u"case.md"_s), CaseExporter::Format::Markdown);
    QTRY_COMPARE(exported.size(), 1);
    QFile file(m_folder->filePath(u"case.md"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    QVERIFY2(text.contains(expected), qPrintable(text.left(600)));
    const int asked = demo.requestCount("DescribeServices");
    fixture.table().selectRow(1);
    QTRY_VERIFY(fixture.window().conversation().isReady());
    QCOMPARE(demo.requestCount("DescribeServices"), asked); // they are kept
}

void TestConversationPage::aDoublingIsSaidOnce()
{
    QCOMPARE(ServiceNames::joined(u"General Guidance"_s, u"guidance"_s), u"General Guidance"_s);
    QCOMPARE(ServiceNames::joined(u"Lambda"_s, u"Errors"_s), u"Lambda › Errors"_s);
    QCOMPARE(ServiceNames::joined(u"Lambda"_s, {}), u"Lambda"_s);
    QCOMPARE(ServiceNames::joined({}, u"Errors"_s), u"Errors"_s);
}

void TestConversationPage::theConversationIsADocument()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    ConversationView &view = fixture.conversation();
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&view);
    QVERIFY(accessible);
    QCOMPARE(accessible->role(), QAccessible::Document);
    QVERIFY(accessible->state().readOnly && accessible->state().focusable);
    QCOMPARE(accessible->text(QAccessible::Name), u"Conversation"_s);
    QAccessibleTextInterface *text = accessible->textInterface();
    QVERIFY(text);
    const QString whole = view.toPlainText();
    QCOMPARE(text->characterCount(), int(whole.size()));
    QCOMPARE(text->text(0, -1), whole);
    QCOMPARE(text->text(3, 9), whole.mid(3, 6));
    text->setSelection(0, 3, 9);
    QCOMPARE(view.textCursor().selectedText(), whole.mid(3, 6));
    int start = 0;
    int end = 0;
    text->selection(0, &start, &end);
    QCOMPARE(start, 3);
    QCOMPARE(end, 9);
    text->setCursorPosition(2);
    QCOMPARE(text->cursorPosition(), 2);
    QCOMPARE(text->selectionCount(), 0);
    text->scrollToSubstring(0, 1);
    const QRect first = text->characterRect(3);
    QVERIFY(first.isValid() && first.width() < 40);
    QCOMPARE(text->offsetAtPoint(first.center()), 3);
    // Out of range harms nothing.
    text->setSelection(0, -5, 1'000'000'000);
    QVERIFY(!text->characterRect(1'000'000'000).isValid());
    QCOMPARE(text->text(1'000'000'000, 2'000'000'000), QString());
}

void TestConversationPage::findingTellsWhichOfHowMany()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    ConversationPage &page = fixture.window().conversation();
    page.startFind();
    auto *field = fixture.child<QLineEdit>("findText");
    const auto *count = fixture.child<QLabel>("findCount");
    field->setText(u"the"_s);
    QTRY_VERIFY(count->text().startsWith(u"1 of "_s));
    const int all = int(fixture.conversation().toPlainText().count(u"the"_s, Qt::CaseInsensitive));
    QVERIFY(all > 3);
    QCOMPARE(count->text(), u"1 of %1"_s.arg(all));
    page.findNext(false);
    page.findNext(false);
    QCOMPARE(count->text(), u"3 of %1"_s.arg(all));
    page.findNext(true);
    QCOMPARE(count->text(), u"2 of %1"_s.arg(all));
    page.findNext(true);
    page.findNext(true); // around
    QCOMPARE(count->text(), u"%1 of %1"_s.arg(all));
    field->setText(u"no such words"_s);
    QTRY_COMPARE(count->text(), u"0 matches"_s);
}

// The window gives the pane 400 pixels and no more when it is narrow.
void TestConversationPage::theCaseIdIsWholeAtAnyWidth()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    ConversationPage page(fixture.workspace());
    page.setMinimumWidth(200); // as the window does: less than it asks for
    page.open(fixture.window().conversation().key(), false);
    page.show();
    auto *id = page.findChild<QLabel *>(u"displayId"_s);
    auto *browser = page.findChild<QToolButton *>(u"openInBrowser"_s);
    for (const int width : {900, 400, 300, 900}) {
        page.resize(width, 600);
        QTRY_COMPARE(page.width(), width);
        if (width != 400) // there, the font decides
            QTRY_COMPARE(browser->y() > id->geometry().bottom(), width < 400);
        QTRY_VERIFY2(id->width() >= id->minimumSizeHint().width(), qPrintable(QString::number(width)));
        QTRY_VERIFY(browser->geometry().right() < width);
    }
}

void TestConversationPage::nothingIsCutOffTheHeader()
{
    const QFontMetrics metrics(QApplication::font());
    const QString word(200, u'w');
    const QString japanese = u"接続が切断されます。"_s.repeated(10);
    QCOMPARE(withBreaks(u"some short words"_s, metrics, 60), u"some short words"_s);
    QCOMPARE(withBreaks(japanese, metrics, 60), japanese); // has its own places to break
    QString broken = withBreaks(u"a "_s + word + u" b"_s, metrics, 100);
    QVERIFY(broken.contains(QChar(0x200b)));
    QCOMPARE(broken.remove(QChar(0x200b)), u"a "_s + word + u" b"_s);

    BreakingLabel label;
    label.resize(200, 100);
    label.setWhole(word);
    QCOMPARE(label.whole(), word);
    label.resize(199, 100);
    label.show();
    QTRY_VERIFY(label.heightForWidth(200) > metrics.height() * 4);
    QVERIFY(label.minimumSizeHint().width() < 200);

    BreakingLabel facts;
    facts.setFacts({u"one"_s, u"two words"_s, u"three"_s});
    QCOMPARE(facts.whole(), u"one  ·  two words  ·  three"_s);
    facts.resize(metrics.horizontalAdvance(u"one  ·  two words"_s) + 2, 100);
    facts.show();
    // No line ends with a dot that nothing follows.
    QTRY_COMPARE(withoutBonds(facts.text()), u"one  ·  two words\nthree"_s);
    QCOMPARE(facts.heightOfWhole(facts.width()), 2 * metrics.height());
    facts.resize(600, 100);
    QTRY_COMPARE(withoutBonds(facts.text()), facts.whole());

    ElidingLabel status;
    status.setTexts(u"newest result 3 hours ago"_s, u"3 hours ago"_s);
    status.resize(status.sizeHint());
    status.show();
    QTRY_VERIFY(status.toolTip().isEmpty());
    status.resize(metrics.horizontalAdvance(u"3 hours ago"_s) + 4, 20);
    QTRY_VERIFY(status.toolTip().contains(u"newest result 3 hours ago"_s));
    QCOMPARE(status.text(), u"newest result 3 hours ago"_s);
}

void TestConversationPage::anEmptyPaneSaysWhy()
{
    test::DemoFixture demo;
    test::WindowFixture fixture(m_folder->path(), &demo);
    const auto drawsSomething = [&] {
        const QImage image = fixture.conversation().viewport()->grab().toImage();
        const QRgb ground = image.pixel(2, 2);
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 0; y < image.height(); ++y) {
                if (image.pixel(x, y) != ground)
                    return true;
            }
        }
        return false;
    };
    QTRY_VERIFY(fixture.conversation().isVisible() && drawsSomething());
    fixture.conversation().setEmptyText({});
    QVERIFY(!drawsSomething());
}

void TestConversationPage::anAnswerIsAnnounced()
{
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.replyDelay = std::chrono::milliseconds(50);
    test::ReplyWorld world(m_folder->path(), options);
    auto &view = world.fixture.conversation();
    QStringList told;
    connect(&view, &ConversationView::answerArrived, &world.fixture.window(), [&](const QString &key) { told += key; });
    world.text().setPlainText(u"Any news?"_s);
    world.child<QPushButton>("send")->click();
    QTRY_COMPARE(world.sent(u"Any news?"_s).size(), 1);
    // The person's own message is no news; AWS's is, once.
    QTRY_VERIFY_WITH_TIMEOUT((world.fixture.sessions().refreshAll(), !told.isEmpty()), 20'000);
    QCOMPARE(told, QStringList{view.messages().constLast().key});
    auto *toast = world.fixture.window().findChild<Toast *>();
    QTRY_VERIFY2(toast->text().contains(u"AWS answered in the case that is open."_s), qPrintable(toast->text()));
    QCOMPARE(told.size(), 1);
    // It is said of the case that is open, and goes with it.
    QVERIFY(world.open(1));
    QTRY_VERIFY2(!toast->text().contains(u"AWS answered"_s), qPrintable(toast->text()));
}

void TestConversationPage::anAnswerInSightIsRead_data()
{
    QTest::addColumn<bool>("byPerson");
    QTest::newRow("of a case that a person chose") << true;
    QTest::newRow("of a case that the program chose") << false;
}

void TestConversationPage::anAnswerInSightIsRead()
{
    QFETCH(bool, byPerson);
    DemoServiceOptions options = test::DemoFixture::smallOptions();
    options.replyDelay = std::chrono::seconds(2); // after the notice that the reply was sent is gone
    test::ReplyWorld world(m_folder->path(), options);
    world.fixture.window().conversation().open(world.key, byPerson);
    const auto isUnread = [&] { return world.fixture.cases().findCase(world.key)->unread; };
    world.text().setPlainText(u"Any news?"_s);
    world.child<QPushButton>("send")->click();
    QTRY_COMPARE(world.sent(u"Any news?"_s).size(), 1);
    auto *toast = world.fixture.window().findChild<Toast *>();
    QTRY_VERIFY(!toast->text().isEmpty());
    toast->hide(); // a notice by itself has a button
    QTRY_VERIFY_WITH_TIMEOUT((world.fixture.sessions().refreshAll(), isUnread()), 20'000);
    QTRY_VERIFY2(toast->text().contains(u"AWS answered"_s), qPrintable(toast->text()));
    if (!byPerson)
        toast->findChild<QPushButton *>(u"toastButton"_s)->click();
    QTRY_VERIFY(!isUnread());
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestConversationPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_conversationpage.moc"
