#include "models/names.h"
#include "windowfixture.h"

#include <QAccessible>
#include <QLabel>
#include <QTest>

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
    void theConversationIsADocument();

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
    QVERIFY(nameOf(fixture.child<QLabel>("service")).contains(Names::service(record->serviceCode.view())));
    const QString facts = nameOf(fixture.child<QLabel>("facts"));
    QVERIFY2(facts.contains(record->submittedBy.toString()), qPrintable(facts));
    QVERIFY2(facts.contains(fixture.workspace().accountName(record->account)), qPrintable(facts));
    // Another case is another name.
    fixture.table().selectRow(1);
    const QString other = fixture.cases().index(1, CaseListModel::Subject).data().toString();
    QTRY_COMPARE(nameOf(fixture.child<QLabel>("subject")), u"Subject: "_s + other);
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

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestConversationPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_conversationpage.moc"
