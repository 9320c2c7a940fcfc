#include "ui/conversationview.h"
#include "ui/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextFrame>
#include <QTextLayout>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

CommunicationRecord message(int number, const QString &body, bool aws = false)
{
    CommunicationRecord record;
    record.key = u"m%1"_s.arg(number);
    record.body = body;
    record.submittedBy = aws ? u"Amazon Web Services"_s : u"Role <who@example.com>"_s;
    record.created = 1'700'000'000'000 + number * 3'600'000LL;
    record.fromAws = aws;
    return record;
}

QList<CommunicationRecord> conversation(int count)
{
    QList<CommunicationRecord> list;
    for (int i = 0; i < count; ++i)
        list.append(message(i, u"Message number %1.\n\nSecond paragraph."_s.arg(i), i % 2 == 1));
    return list;
}

/// A message with two quotes.
CommunicationRecord quoting(int number)
{
    return message(number,
                   u"See below.\nOn 2026/11/22 10:02, Hana wrote:\n> first line\n> second line\n> third line\n"
                   "Between.\n> other line\n> other line\n> other line\nBest regards"_s);
}

} // namespace

class TestConversationView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void textOfMessagesStands();
    void hostileTextIsLiteral_data();
    void hostileTextIsLiteral();
    void longBodiesAreWhole_data();
    void longBodiesAreWhole();
    void earlierMessagesComeByScrolling();
    void newMessagesKeepThePlace();
    void opensAtTheFirstUnread();
    void opensAtTheEndOfTheNewest();
    void opensAtTheTopOfAHighMessage();
    void footerFoldsAndUnfolds();
    void quotesFoldByThemselves();
    void theKeyboardOpensAFold();
    void aTimeStandsOnOneLine();
    void copyingTakesWhatIsFolded_data();
    void copyingTakesWhatIsFolded();
    void markedWordsOpenFolds();
    void selectionReachesAcrossMessages();
    void linksAreToldNotOpened();
    void longCodeStaysInsideItself_data();
    void longCodeStaysInsideItself();
    void longNamesFitTheirChips();
    void aMessageOfNoTimeHasNoDot();
    void theNewestMayStandFirst();
    void newestFirstOpensAtTheTop();
    void messagesAreQuoted();
    void selectedTextIsQuoted();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestConversationView::initTestCase() { m_theme = std::make_unique<Theme>(); }

void TestConversationView::textOfMessagesStands()
{
    ConversationView view;
    view.resize(600, 800);
    view.show();
    auto messages = conversation(3);
    messages[2].attachments = {{u"id"_s, u"alb access.log"_s}};
    view.setMessages(messages, false);
    QTRY_VERIFY(view.isBuilt());
    const QString text = view.toPlainText();
    view.tick(); // relative times are written anew; nothing else is
    QCOMPARE(view.toPlainText(), text);
    QVERIFY(view.document()->size().height() > view.fontMetrics().height() * 12);
    QCOMPARE(view.shownMessages(), 3);
    QVERIFY2(text.indexOf(u"number 0"_s) < text.indexOf(u"number 1"_s), qPrintable(text));
    QVERIFY(text.indexOf(u"number 1"_s) > 0 && text.indexOf(u"number 1"_s) < text.indexOf(u"number 2"_s));
    QVERIFY(text.contains(u"AWS Support"_s));
    QVERIFY(text.contains(u"Role <who@example.com>"_s));
    QVERIFY(text.contains(u"alb access.log"_s));
}

void TestConversationView::hostileTextIsLiteral_data()
{
    QTest::addColumn<QString>("body");
    QTest::newRow("script") << u"<script>alert(1)</script><b>bold</b>"_s;
    QTest::newRow("image of a device") << u"<img src=\"file:///dev/zero\">"_s;
    QTest::newRow("nested tables") << u"<table><tr><td>"_s.repeated(300);
    QTest::newRow("entities") << u"&lt;b&gt; &amp; &nbsp;"_s;
}

void TestConversationView::hostileTextIsLiteral()
{
    QFETCH(QString, body);
    ConversationView view;
    view.resize(600, 800);
    auto messages = conversation(1);
    messages[0].body = body;
    messages[0].submittedBy = body.left(60);
    messages[0].attachments = {{u"id"_s, body.left(60)}};
    view.setMessages(messages, false);
    QTRY_VERIFY(view.isBuilt());
    QVERIFY(view.toPlainText().count(body.left(60)) >= 3); // in sender, body and file name
    QVERIFY(!view.loadResource(QTextDocument::ImageResource, QUrl(u"file:///etc/hostname"_s)).isValid());
}

void TestConversationView::longBodiesAreWhole_data()
{
    QTest::addColumn<QString>("body");
    QTest::newRow("one word") << QString(8000, u'a');
    QTest::newRow("Japanese") << u"接続が切断されます。"_s.repeated(800);
    QTest::newRow("emoji") << QString::fromUcs4(U"\U0001F600").repeated(4000);
    QTest::newRow("4,000 lines") << u"x\n"_s.repeated(4000);
    QTest::newRow("4,000 lines of code") << u"    x\n"_s.repeated(1333);
}

void TestConversationView::longBodiesAreWhole()
{
    QFETCH(QString, body);
    ConversationView view;
    view.resize(600, 800);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setMessages({message(1, body)}, false);
    QTRY_VERIFY(view.isBuilt());
    view.selectAll();
    view.copy();
    // Parted for speed, whole in the clipboard (but code loses its common indent).
    if (!body.startsWith(u' '))
        QVERIFY(QApplication::clipboard()->text().contains(body.trimmed()));
    const QChar letter = body.trimmed().at(0); // the sender's name has one of some of them, too
    QVERIFY(view.toPlainText().count(letter) - body.count(letter) <= 1);
    QVERIFY(view.toPlainText().count(letter) >= body.count(letter));
}

void TestConversationView::earlierMessagesComeByScrolling()
{
    ConversationView view;
    view.resize(600, 400);
    view.show();
    view.setMessages(conversation(60), false);
    QTRY_VERIFY(view.isBuilt());
    const int first = view.shownMessages();
    QVERIFY(first >= 15);
    QVERIFY(first < 60);
    QVERIFY(view.toPlainText().contains(u"number 59."_s));
    QCOMPARE(view.topMessage() > u"m4"_s, true); // stands at the end
    view.verticalScrollBar()->setValue(0);
    QTRY_VERIFY(view.isBuilt() && view.shownMessages() > first);
    QVERIFY(view.verticalScrollBar()->value() > 0); // what was read stayed in place
    view.buildAll();
    QTRY_COMPARE(view.shownMessages(), 60);
    QVERIFY(view.toPlainText().contains(u"number 0."_s));
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
    view.setMessages(conversation(1), false); // a shorter one, while the longer one is scrolled
    QTRY_COMPARE(view.shownMessages(), 1);
    view.clearMessages();
    QCOMPARE(view.shownMessages(), 0);
}

void TestConversationView::newMessagesKeepThePlace()
{
    ConversationView view;
    view.resize(600, 300);
    view.show();
    view.setMessages(conversation(12), false);
    QTRY_VERIFY(view.isBuilt());
    view.verticalScrollBar()->setValue(200);
    const QString top = view.topMessage();
    view.setMessages(conversation(13), true);
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.shownMessages(), 13);
    QCOMPARE(view.topMessage(), top);
    QVERIFY(view.toPlainText().contains(u"number 12."_s));
}

void TestConversationView::opensAtTheFirstUnread()
{
    ConversationView view;
    view.resize(600, 300);
    view.show();
    auto messages = conversation(20);
    messages[5].unread = true;
    messages[7].unread = true;
    view.setMessages(messages, false);
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.topMessage(), u"m5"_s);
    view.showMessage(u"m2"_s);
    QTRY_COMPARE(view.topMessage(), u"m2"_s);
}

void TestConversationView::opensAtTheEndOfTheNewest()
{
    ConversationView view;
    view.resize(600, 300);
    view.show();
    const auto all = conversation(40);
    const auto stands = [&view] {
        const QTextFrame *newest = view.document()->rootFrame()->childFrames().constLast();
        const int bottom =
            int(view.document()->documentLayout()->frameBoundingRect(const_cast<QTextFrame *>(newest)).bottom());
        const int below = view.verticalScrollBar()->value() + view.viewport()->height() - bottom;
        return view.isBuilt() && view.verticalScrollBar()->maximum() > 0 && below >= 0 && below <= 16;
    };
    view.setMessages(all.mid(37), false); // those that came with the list
    QTRY_VERIFY(stands());
    view.setMessages(all.mid(20), true);
    QTRY_VERIFY(view.isBuilt());
    QTRY_VERIFY(stands());
    view.setMessages(all, true);
    view.buildAll();
    QTRY_COMPARE(view.shownMessages(), 40);
    QTRY_VERIFY(stands());
    view.resize(380, 420);
    QTRY_VERIFY(stands());
    view.setZoomSteps(3);
    QTRY_VERIFY(stands());
    view.retranslate();
    QTRY_VERIFY(stands());
    m_theme->setChoice(ThemeChoice::Dark);
    QTRY_VERIFY(stands());
    m_theme->setChoice(ThemeChoice::Light);
    QTRY_VERIFY(stands());
    // Somebody scrolls: from now on the place is theirs.
    view.verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepSub);
    const QString top = view.topMessage();
    view.resize(400, 380);
    view.retranslate();
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.topMessage(), top);
    QVERIFY(!stands());
}

void TestConversationView::opensAtTheTopOfAHighMessage()
{
    ConversationView view;
    view.resize(600, 300);
    view.show();
    auto all = conversation(30);
    all.last().body = u"A line.\n"_s.repeated(200);
    view.setMessages(all.mid(29), false);
    QTRY_VERIFY(view.isBuilt());
    view.setMessages(all, true);
    view.buildAll();
    QTRY_COMPARE(view.shownMessages(), 30);
    QCOMPARE(view.topMessage(), u"m29"_s);
    // What was unread a moment ago keeps its place when older ones come.
    all[12].unread = true;
    view.setMessages(all.mid(10), false);
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.topMessage(), u"m12"_s);
    all[12].unread = false;
    view.setMessages(all, true);
    view.buildAll();
    QTRY_COMPARE(view.shownMessages(), 30);
    QCOMPARE(view.topMessage(), u"m12"_s);
}

void TestConversationView::footerFoldsAndUnfolds()
{
    ConversationView view;
    view.resize(600, 400);
    view.show();
    const QString footer = u"We value your feedback. Rate us."_s;
    view.setMessages({message(1, u"Done.\n\n"_s + footer, true)}, false);
    QTRY_VERIFY(view.isBuilt());
    const QString folded = view.toPlainText();
    QVERIFY(!folded.contains(footer));
    QVERIFY(folded.contains(u"Show footer"_s));
    Q_EMIT view.anchorClicked(QUrl(u"casement:fold/0/m1"_s));
    QVERIFY(view.toPlainText().contains(footer));
    QVERIFY(view.toPlainText().contains(u"Hide footer"_s));
    Q_EMIT view.anchorClicked(QUrl(u"casement:fold/0/m1"_s));
    QCOMPARE(view.toPlainText(), folded);
    Q_EMIT view.anchorClicked(QUrl(u"casement:fold/1/m1"_s)); // there is no such
    Q_EMIT view.anchorClicked(QUrl(u"casement:fold/x"_s));
    QCOMPARE(view.toPlainText(), folded);
}

void TestConversationView::quotesFoldByThemselves()
{
    ConversationView view;
    view.resize(600, 400);
    view.show();
    view.setMessages({quoting(1), quoting(2)}, false);
    QTRY_VERIFY(view.isBuilt());
    const QString folded = view.toPlainText();
    QVERIFY2(folded.contains(u"See below.\nShow quoted text, "_s) && folded.contains(u"\nBetween."_s),
             qPrintable(folded));
    QVERIFY(!folded.contains(u"first line"_s) && !folded.contains(u"other line"_s));
    // The second one of the second message; the others stay as they are.
    Q_EMIT view.anchorClicked(QUrl(u"casement:fold/1/m2"_s));
    QCOMPARE(view.toPlainText().count(u"> other line"_s), 3);
    QVERIFY(!view.toPlainText().contains(u"first line"_s));
    Q_EMIT view.anchorClicked(QUrl(u"casement:fold/0/m2"_s));
    QCOMPARE(view.toPlainText().count(u"> first line"_s), 1);
    // What came in since changes nothing that somebody opened, nor does another palette.
    view.setMessages({quoting(1), quoting(2), quoting(3)}, true);
    QTRY_VERIFY(view.isBuilt());
    view.retranslate();
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.toPlainText().count(u"> first line"_s), 1);
    Q_EMIT view.anchorClicked(QUrl(u"casement:fold/0/m2"_s));
    Q_EMIT view.anchorClicked(QUrl(u"casement:fold/1/m2"_s));
    view.setMessages({quoting(1), quoting(2)}, false);
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.toPlainText(), folded);
}

void TestConversationView::theKeyboardOpensAFold()
{
    ConversationView view;
    view.resize(600, 400);
    view.show();
    view.activateWindow();
    view.setMessages({quoting(1)}, false);
    QTRY_VERIFY(view.isBuilt());
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Tab);
    QTest::keyClick(&view, Qt::Key_Return);
    QVERIFY2(view.toPlainText().contains(u"> first line"_s), qPrintable(view.toPlainText()));
}

void TestConversationView::aTimeStandsOnOneLine()
{
    ConversationView view;
    view.show();
    auto messages = conversation(1);
    messages[0].submittedBy = u"Role <somebody.with.a.long.name@example.com>"_s;
    messages[0].created = QDateTime::currentMSecsSinceEpoch() - 3 * 3'600'000LL;
    for (int width = 240; width < 620; width += 20) {
        view.resize(width, 400);
        view.setMessages(messages, false);
        QTRY_VERIFY(view.isBuilt());
        QTextBlock header = view.document()->begin();
        while (header.isValid() && !header.text().contains(u"example.com"_s))
            header = header.next();
        QVERIFY(header.isValid());
        const qsizetype time = header.text().indexOf(u"· "_s) + 2; // the dot may end the line before, and begins none
        QVERIFY(header.layout()->lineCount() > 0 && time > 2);
        for (int i = 0; i < header.layout()->lineCount(); ++i)
            QVERIFY(header.text().at(header.layout()->lineAt(i).textStart()) != u'·');
        const QTextLine line = header.layout()->lineForTextPosition(int(time));
        QCOMPARE(line.textStart() + line.textLength(), header.length() - 1);
    }
    view.selectAll();
    view.copy();
    const QString copied = QApplication::clipboard()->text();
    QVERIFY2(copied.contains(u" · 3 h ago"_s), qPrintable(copied)); // as it would be typed
}

void TestConversationView::copyingTakesWhatIsFolded_data()
{
    QTest::addColumn<bool>("isOpen");
    QTest::newRow("folded") << false;
    QTest::newRow("open") << true;
}

void TestConversationView::copyingTakesWhatIsFolded()
{
    QFETCH(bool, isOpen);
    ConversationView view;
    view.resize(600, 400);
    view.show();
    view.setMessages({quoting(1)}, false);
    QTRY_VERIFY(view.isBuilt());
    if (isOpen)
        Q_EMIT view.anchorClicked(QUrl(u"casement:fold/0/m1"_s));
    view.selectAll();
    view.copy();
    const QString copied = QApplication::clipboard()->text();
    QVERIFY2(copied.contains(quoting(1).body), qPrintable(copied));
    QVERIFY(!copied.contains(u"quoted text"_s));
}

void TestConversationView::markedWordsOpenFolds()
{
    ConversationView view;
    view.resize(600, 400);
    view.show();
    view.setMessages({quoting(1), quoting(2)}, false);
    QTRY_VERIFY(view.isBuilt());
    const QString folded = view.toPlainText();
    view.setMarkedWords({u"FIRST"_s});
    QCOMPARE(view.toPlainText().count(u"> first line"_s), 2);
    QVERIFY(!view.toPlainText().contains(u"other line"_s));
    QCOMPARE(view.extraSelections().size(), 2);
    view.setMarkedWords({u"other"_s}); // what was opened for the words before folds
    QVERIFY(!view.toPlainText().contains(u"first line"_s));
    QCOMPARE(view.extraSelections().size(), 6);
    Q_EMIT view.anchorClicked(QUrl(u"casement:fold/1/m1"_s)); // and can be folded by hand
    QCOMPARE(view.toPlainText().count(u"> other line"_s), 3);
    view.setMarkedWords({});
    QCOMPARE(view.toPlainText(), folded);
    view.setMarkedWords({u"first"_s}); // also in what is built after it was said
    view.setMessages({quoting(5)}, false);
    QTRY_VERIFY(view.isBuilt());
    QVERIFY(view.toPlainText().contains(u"> first line"_s));
}

void TestConversationView::selectionReachesAcrossMessages()
{
    ConversationView view;
    view.resize(600, 400);
    view.show();
    view.setMessages(conversation(3), false);
    QTRY_VERIFY(view.isBuilt());
    view.selectAll();
    view.copy();
    const QString copied = QApplication::clipboard()->text();
    QVERIFY(copied.contains(u"number 0."_s) && copied.contains(u"number 2."_s));
    QVERIFY(!QApplication::clipboard()->mimeData()->hasHtml());
}

void TestConversationView::linksAreToldNotOpened()
{
    ConversationView view;
    view.resize(600, 400);
    view.show();
    view.setMessages({message(1, u"See https://a.example/x now"_s)}, false);
    QTRY_VERIFY(view.isBuilt());
    QSignalSpy activated(&view, &ConversationView::linkActivated);
    const QString before = view.toPlainText();
    Q_EMIT view.anchorClicked(QUrl(u"https://a.example/x"_s));
    Q_EMIT view.anchorClicked(QUrl(u"file:///etc/passwd"_s));
    QCOMPARE(activated.size(), 1);
    QCOMPARE(view.toPlainText(), before);
}

void TestConversationView::longCodeStaysInsideItself_data()
{
    QTest::addColumn<bool>("wraps");
    QTest::newRow("wrapped") << true;
    QTest::newRow("running out of sight") << false;
}

void TestConversationView::longCodeStaysInsideItself()
{
    QFETCH(bool, wraps);
    ConversationView view;
    QVERIFY(view.codeWrapping()); // unless somebody wants it otherwise
    view.setCodeWrapping(wraps);
    view.resize(600, 500);
    view.show();
    auto messages = conversation(3);
    messages[1].body = u"See:\n\n```\n"_s + u"aws support describe-cases "_s.repeated(10) + u"\nshort\n```\n\nDone."_s;
    view.setMessages(messages, false);
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.horizontalScrollBar()->maximum() == 0, wraps);
    // Every card ends where it would end without the code: at its own margin.
    const QImage image = view.viewport()->grab().toImage();
    const auto rightmost = [&](const QTextFrame *frame, const QColor &ground) {
        const QRectF rect = view.document()->documentLayout()->frameBoundingRect(const_cast<QTextFrame *>(frame));
        const int y = int(rect.top()) + 8 - view.verticalScrollBar()->value(); // above the text
        for (int x = image.width() - 1; x >= 0; --x) {
            if (image.pixelColor(x, y) == ground)
                return x;
        }
        return -1;
    };
    const auto frames = view.document()->rootFrame()->childFrames();
    QCOMPARE(frames.size(), 3);
    const int page = view.lineWrapColumnOrWidth();
    const ThemeColors &colors = Theme::colors();
    QVERIFY(std::abs(rightmost(frames.at(0), colors.customerGround) - (page - 12)) <= 2);
    QVERIFY(std::abs(rightmost(frames.at(1), colors.awsGround) - (page - 52)) <= 2);
    QVERIFY(std::abs(rightmost(frames.at(2), colors.customerGround) - (page - 12)) <= 2);
    // And prose wraps there.
    for (QTextBlock block = view.document()->begin(); block.isValid(); block = block.next()) {
        if (block.text().startsWith(u"aws support"_s))
            continue;
        for (int line = 0; line < block.layout()->lineCount(); ++line)
            QVERIFY(block.layout()->lineAt(line).naturalTextWidth() <= page - 60);
    }
}

void TestConversationView::longNamesFitTheirChips()
{
    ConversationView view;
    view.resize(420, 500);
    view.show();
    auto messages = conversation(1);
    const QString name = u"a very long name of a log file "_s.repeated(8) + u"2026.tar.gz"_s;
    messages[0].attachments = {{u"id"_s, name}, {u"id2"_s, u"short.log"_s}};
    view.setMessages(messages, false);
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.horizontalScrollBar()->maximum(), 0);
    QTextBlock chip = view.document()->begin();
    while (chip.isValid() && !chip.text().contains(u"2026.tar.gz"_s))
        chip = chip.next();
    QVERIFY(chip.isValid() && chip.text().contains(u'…')); // its end is in sight
    QCOMPARE(chip.layout()->lineCount(), 1);
    QTextCursor cursor(chip);
    cursor.movePosition(QTextCursor::NextCharacter);
    QVERIFY(cursor.charFormat().toolTip().contains(name));
    cursor.setPosition(chip.next().position() + 1);
    QVERIFY(cursor.charFormat().toolTip().isEmpty());
    const qsizetype letters = chip.text().size();
    view.resize(300, 500);
    QCOMPARE(view.horizontalScrollBar()->maximum(), 0);
    QVERIFY(chip.text().size() < letters);
    view.resize(900, 500);
    QVERIFY(chip.text().size() > letters);
}

void TestConversationView::aMessageOfNoTimeHasNoDot()
{
    ConversationView view;
    view.resize(420, 500);
    view.show();
    auto messages = conversation(1);
    messages[0].submittedBy.clear();
    messages[0].created = 0;
    view.setMessages(messages, false);
    QTRY_VERIFY(view.isBuilt());
    QVERIFY2(view.toPlainText().contains(u"Unknown sender\n"_s), qPrintable(view.toPlainText()));
    view.tick();
    QVERIFY(view.toPlainText().contains(u"Unknown sender\n"_s));
}

void TestConversationView::theNewestMayStandFirst()
{
    ConversationView view;
    view.resize(600, 500);
    view.show();
    view.setNewestFirst(true);
    const auto all = conversation(60);
    QSignalSpy seen(&view, &ConversationView::newestSeen);
    view.setMessages(all, false);
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.verticalScrollBar()->value(), 0);
    QCOMPARE(view.topMessage(), u"m59"_s);
    QTRY_COMPARE(seen.size(), 1);
    QVERIFY(view.shownMessages() < 60); // the others come as one scrolls down
    for (int i = 0; i < 100 && view.shownMessages() < 60; ++i) {
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
        QTRY_VERIFY(view.isBuilt());
    }
    QCOMPARE(view.shownMessages(), 60);
    const QString text = view.toPlainText();
    for (int i = 1; i < 60; ++i) {
        const qsizetype newer = text.indexOf(u"Message number %1."_s.arg(i));
        QVERIFY2(newer >= 0 && newer < text.indexOf(u"Message number %1."_s.arg(i - 1)),
                 qPrintable(QString::number(i)));
    }

    // The other way about, and back: what is read stays in sight.
    view.showMessage(u"m30"_s);
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.topMessage(), u"m30"_s);
    for (const bool newestFirst : {false, true}) {
        view.setNewestFirst(newestFirst);
        QTRY_VERIFY(view.isBuilt());
        QCOMPARE(view.topMessage(), u"m30"_s);
        const QString now = view.toPlainText();
        QCOMPARE(now.indexOf(u"number 31."_s) < now.indexOf(u"number 30."_s), newestFirst);
    }
}

void TestConversationView::newestFirstOpensAtTheTop()
{
    ConversationView view;
    view.resize(600, 500);
    view.show();
    view.setNewestFirst(true);
    auto all = conversation(30);
    all[20].unread = true;
    view.setMessages(all, false);
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.topMessage(), u"m29"_s);
    // A new one comes in above and is shown, as long as nobody scrolled.
    auto more = conversation(31);
    view.setMessages(more, true);
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.topMessage(), u"m30"_s);
    view.showMessage(u"m25"_s);
    QTRY_VERIFY(view.isBuilt());
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + 3);
    const QString read = view.topMessage();
    view.setMessages(conversation(32), true);
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.topMessage(), read); // what is read stays where it is
    QVERIFY(view.toPlainText().indexOf(u"number 31."_s) < view.toPlainText().indexOf(u"number 30."_s));
}

void TestConversationView::messagesAreQuoted()
{
    ConversationView view;
    view.resize(600, 900);
    view.show();
    view.setMessages({quoting(0), message(1, u"Dear customer,\n\n    GET / 503\n\nAWS"_s, true)}, false);
    QTRY_VERIFY(view.isBuilt());
    QTextCursor cursor = view.document()->find(u"See below"_s);
    cursor.clearSelection();
    const QString first = view.quote(cursor);
    QVERIFY2(first.startsWith(u"On "_s), qPrintable(first));
    QVERIFY(first.section(u'\n', 0, 0).contains(u"Role <who@example.com> wrote:"_s));
    QVERIFY2(first.contains(u"\n> See below."_s) && first.endsWith(u"\n> Best regards"_s), qPrintable(first));
    QVERIFY2(!first.contains(u"first line"_s) && !first.contains(u"other line"_s), qPrintable(first)); // quoted there
    cursor = view.document()->find(u"GET"_s);
    cursor.clearSelection();
    const QString second = view.quote(cursor);
    QVERIFY(second.section(u'\n', 0, 0).contains(u"AWS Support wrote:"_s));
    QVERIFY2(second.contains(u"\n> Dear customer,\n>\n> "_s) && second.contains(u"GET / 503"_s), qPrintable(second));
    QVERIFY(ConversationView().quote({}).isEmpty());
}

void TestConversationView::selectedTextIsQuoted()
{
    ConversationView view;
    view.resize(600, 900);
    view.show();
    view.setMessages(conversation(2), false);
    QTRY_VERIFY(view.isBuilt());
    view.setTextCursor(view.document()->find(u"number 1"_s));
    QVERIFY(view.textCursor().hasSelection());
    const QString one = view.quote({});
    QVERIFY2(one.startsWith(u"On "_s) && one.endsWith(u"AWS Support wrote:\n> number 1"_s), qPrintable(one));
    QTextCursor both = view.document()->find(u"Message number 0."_s);
    both.setPosition(both.selectionStart());
    both.setPosition(view.document()->find(u"number 1."_s).selectionEnd(), QTextCursor::KeepAnchor);
    view.setTextCursor(both); // of two people: nobody is named
    const QString all = view.quote({});
    QVERIFY2(!all.startsWith(u"On "_s) && all.contains(u"> Message number 0."_s)
                 && all.contains(u"> Message number 1."_s),
             qPrintable(all));

    QSignalSpy requested(&view, &ConversationView::quoteRequested);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(50, 50), view.mapToGlobal(QPoint(50, 50)));
    QApplication::sendEvent(view.viewport(), &event);
    auto *action = view.findChild<QAction *>(u"quoteInReply"_s);
    QVERIFY(action);
    action->trigger();
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested.first().first().toString(), all);
}

QTEST_MAIN(TestConversationView)
#include "tst_conversationview.moc"
