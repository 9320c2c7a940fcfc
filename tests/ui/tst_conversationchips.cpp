#include "ui/conversationchips.h"
#include "ui/conversationview.h"
#include "ui/icons.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

using namespace casement;
using namespace Qt::StringLiterals;

using Chip = ConversationChips::Chip;
Q_DECLARE_METATYPE(casement::ConversationChips::Chip)

namespace {

CommunicationRecord message(int number, const QString &body, const QList<AttachmentRecord> &attachments)
{
    CommunicationRecord record;
    record.key = u"m%1"_s.arg(number);
    record.body = body;
    record.submittedBy = u"Role <who@example.com>"_s;
    record.created = 1'700'000'000'000 + number * 3'600'000LL;
    record.attachments = attachments;
    return record;
}

/// A view with a link, two chips, and one in a later message.
struct World
{
    World()
    {
        view.resize(600, 500);
        view.show();
        view.setMessages(
            {message(1, u"See https://a.example/x now"_s, {{u"id1"_s, u"alb access.log"_s}, {u"id2"_s, u"b.png"_s}}),
             message(2, u"And this."_s, {{u"id3"_s, u"c.json"_s}})},
            false);
        view.chips().setStates([this](const QString &id) { return states.value(id); });
        view.activateWindow();
    }
    bool ready()
    {
        return QTest::qWaitFor([this] { return view.isBuilt() && view.isActiveWindow(); }, 10'000);
    }
    Chip chip(int index) { return view.chips().all().value(index); }
    QPoint middle(int index) { return view.chips().rect(chip(index)).center(); }
    void move(const QPoint &place, Qt::MouseButtons buttons = Qt::NoButton)
    {
        QMouseEvent event(QEvent::MouseMove, place, view.viewport()->mapToGlobal(place), Qt::NoButton, buttons, {});
        QApplication::sendEvent(view.viewport(), &event);
    }

    ConversationView view;
    QHash<QString, AttachmentState> states;
};

} // namespace

/// Attachments in a conversation, by mouse, keyboard and screen reader.
class TestConversationChips : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void chipsAreFound();
    void theMouseActs();
    void dragsBeginAfterADistance();
    void thePointerIsAHand();
    void theKeyboardReachesLinksAndChips();
    void aTurnOfThePageIsKeptForText();
    void theCurrentOneHasAFrame();
    void statesAreShown();
    void screenReadersAreTold();
    void theMenuComesByKey();
    void hostileNamesAreLiteral();
    void manyChips();
    void aFoundFileIsBroughtInSight();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestConversationChips::initTestCase()
{
    m_theme = std::make_unique<Theme>();
    icons::enable();
    qRegisterMetaType<Chip>();
}

void TestConversationChips::chipsAreFound()
{
    World world;
    QVERIFY(world.ready());
    const QList<Chip> all = world.view.chips().all();
    QCOMPARE(all.size(), 3);
    QCOMPARE(all.at(0).attachment, (AttachmentRecord{u"id1"_s, u"alb access.log"_s}));
    QCOMPARE(all.at(2).messageKey, u"m2"_s);
    for (const Chip &chip : all) {
        const QRect rect = world.view.chips().rect(chip);
        QVERIFY(rect.isValid());
        QCOMPARE(world.view.chips().at(rect.center()), chip);
        QCOMPARE(world.view.chips().at(rect.topLeft() + QPoint(3, 3)), chip); // the icon belongs to it
        QVERIFY(!world.view.chips().at(rect.topRight() + QPoint(30, 3)).isValid());
    }
    QVERIFY(!world.view.chips().current().isValid());
}

void TestConversationChips::theMouseActs()
{
    World world;
    QVERIFY(world.ready());
    QSignalSpy activated(&world.view.chips(), &ConversationChips::activated);
    QSignalSpy menu(&world.view.chips(), &ConversationChips::menuRequested);
    QSignalSpy links(&world.view, &QTextBrowser::anchorClicked);
    QTest::mouseClick(world.view.viewport(), Qt::LeftButton, {}, world.middle(1));
    QCOMPARE(world.view.chips().current(), world.chip(1));
    QVERIFY(activated.isEmpty() && links.isEmpty());
    QTest::mouseDClick(world.view.viewport(), Qt::LeftButton, {}, world.middle(0));
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.first().first().value<Chip>(), world.chip(0));
    QVERIFY(links.isEmpty());
    const QPoint place = world.middle(2);
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, world.view.viewport()->mapToGlobal(place));
    QApplication::sendEvent(world.view.viewport(), &event);
    QCOMPARE(menu.size(), 1);
    QCOMPARE(world.view.chips().current(), world.chip(2));
}

void TestConversationChips::dragsBeginAfterADistance()
{
    World world;
    QVERIFY(world.ready());
    QSignalSpy drags(&world.view.chips(), &ConversationChips::dragRequested);
    const QPoint place = world.middle(0);
    QTest::mousePress(world.view.viewport(), Qt::LeftButton, {}, place);
    world.move(place + QPoint(1, 0), Qt::LeftButton);
    QCOMPARE(drags.size(), 0);
    world.move(place + QPoint(80, 5), Qt::LeftButton);
    QCOMPARE(drags.size(), 1);
    world.move(place + QPoint(180, 5), Qt::LeftButton);
    QCOMPARE(drags.size(), 1);
    QTest::mouseRelease(world.view.viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(world.view.chips().current(), world.chip(0)); // and no text was selected meanwhile
}

void TestConversationChips::thePointerIsAHand()
{
    World world;
    QVERIFY(world.ready());
    const auto shape = [&] { return world.view.viewport()->cursor().shape(); };
    world.move({2, 2});
    const Qt::CursorShape before = shape();
    QVERIFY(before != Qt::PointingHandCursor);
    world.move(world.view.chips().rect(world.chip(0)).topLeft() + QPoint(4, 8));
    QCOMPARE(shape(), Qt::PointingHandCursor);
    world.move(world.middle(0));
    QCOMPARE(shape(), Qt::PointingHandCursor);
    world.move({2, 2});
    QCOMPARE(shape(), before);
}

void TestConversationChips::theKeyboardReachesLinksAndChips()
{
    World world;
    QVERIFY(world.ready());
    QSignalSpy activated(&world.view.chips(), &ConversationChips::activated);
    QSignalSpy previews(&world.view.chips(), &ConversationChips::previewRequested);
    QSignalSpy links(&world.view, &ConversationView::linkActivated);
    world.view.setFocus();
    QTest::keyClick(&world.view, Qt::Key_Tab);
    QVERIFY(!world.view.chips().current().isValid());
    QTest::keyClick(&world.view, Qt::Key_Return);
    QCOMPARE(links.size(), 1);
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(&world.view, Qt::Key_Tab);
        QCOMPARE(world.view.chips().current(), world.chip(i));
    }
    QTest::keyClick(&world.view, Qt::Key_Enter, Qt::KeypadModifier);
    QCOMPARE(activated.takeFirst().first().value<Chip>(), world.chip(2));
    QTest::keyClick(&world.view, Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(world.view.chips().current(), world.chip(1));
    QTest::keyClick(&world.view, Qt::Key_Space);
    QCOMPARE(previews.takeFirst().first().value<Chip>(), world.chip(1));
    QCOMPARE(links.size(), 1);
}

void TestConversationChips::aTurnOfThePageIsKeptForText()
{
    World world;
    QVERIFY(world.ready());
    QSignalSpy previews(&world.view.chips(), &ConversationChips::previewRequested);
    world.view.setFocus();
    QTest::keyClick(&world.view, Qt::Key_Space);
    world.view.chips().setCurrent(world.chip(0));
    QTest::keyClick(&world.view, Qt::Key_Space, Qt::ShiftModifier);
    QCOMPARE(previews.size(), 0);
}

void TestConversationChips::theCurrentOneHasAFrame()
{
    World world;
    QVERIFY(world.ready());
    const auto framed = [&] {
        const QImage image = world.view.viewport()->grab().toImage();
        const QRect rect = world.view.chips().rect(world.chip(1));
        const QColor accent = Theme::colors().accent;
        int found = 0;
        for (int x = rect.left() + 8; x < rect.right() - 8; ++x) {
            const QColor at = image.pixelColor(x, rect.top() - 1);
            found += std::abs(at.red() - accent.red()) + std::abs(at.blue() - accent.blue()) < 40 ? 1 : 0;
        }
        return found > rect.width() / 2;
    };
    world.view.setFocus(Qt::MouseFocusReason);
    QVERIFY(!framed());
    world.view.chips().setCurrent(world.chip(1));
    QVERIFY(framed());
    world.view.clearFocus();
    QVERIFY(!framed());
}

void TestConversationChips::statesAreShown()
{
    World world;
    QVERIFY(world.ready());
    ConversationChips &chips = world.view.chips();
    const int bare = chips.rect(world.chip(0)).width();
    QCOMPARE(chips.name(world.chip(0)), u"Attachment alb access.log"_s);
    QCOMPARE(chips.description(world.chip(0)), u"Not downloaded yet"_s);
    world.states[u"id1"_s] = {.isComing = true, .size = 1000, .done = 420};
    chips.refresh();
    QVERIFY(chips.rect(world.chip(0)).width() > bare);
    QVERIFY2(chips.description(world.chip(0)).contains(u"42%"_s), qPrintable(chips.description(world.chip(0))));
    const QImage coming = world.view.viewport()->grab().toImage();
    const QRect rect = chips.rect(world.chip(0));
    QCOMPARE(coming.pixelColor(rect.left() + rect.width() / 5, rect.bottom() - 2), Theme::colors().accent);
    QVERIFY(coming.pixelColor(rect.left() + rect.width() * 3 / 5, rect.bottom() - 2) != Theme::colors().accent);
    world.states[u"id1"_s] = {.isKept = true, .size = 1024};
    chips.refresh();
    QVERIFY(chips.rect(world.chip(0)).width() > bare);
    QVERIFY2(chips.name(world.chip(0)).startsWith(u"Attachment alb access.log, 1"_s),
             qPrintable(chips.name(world.chip(0))));
    QVERIFY(chips.description(world.chip(0)).contains(u"offline"_s));
    QVERIFY(world.view.viewport()->grab().toImage() != coming);
}

void TestConversationChips::screenReadersAreTold()
{
    World world;
    QVERIFY(world.ready());
    world.states[u"id2"_s] = {.isKept = true, .size = 12};
    QAccessibleInterface *view = QAccessible::queryAccessibleInterface(&world.view);
    QVERIFY(view->childCount() >= 3);
    QAccessibleInterface *chip = view->child(1);
    QVERIFY(chip && chip->isValid());
    QCOMPARE(chip->role(), QAccessible::Link);
    QVERIFY2(chip->text(QAccessible::Name).startsWith(u"Attachment b.png, 12"_s),
             qPrintable(chip->text(QAccessible::Name)));
    QCOMPARE(view->child(1), chip); // the same one
    QCOMPARE(view->indexOfChild(chip), 1);
    QCOMPARE(chip->parent(), view);
    QVERIFY(view->childAt(chip->rect().center().x(), chip->rect().center().y()) == chip);
    QVERIFY(chip->state().focusable && !chip->state().focused);
    chip->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QVERIFY(chip->state().focused);
    QCOMPARE(view->focusChild(), chip);
    QSignalSpy activated(&world.view.chips(), &ConversationChips::activated);
    chip->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(activated.size(), 1);
    world.view.tick(); // blocks move
    QVERIFY(chip->isValid());
    world.view.clearMessages();
    QVERIFY(!chip->isValid());
    QVERIFY(chip->rect().isNull());
    for (int i = 0; i < view->childCount(); ++i)
        QVERIFY(view->child(i));
}

void TestConversationChips::theMenuComesByKey()
{
    World world;
    QVERIFY(world.ready());
    QSignalSpy menu(&world.view.chips(), &ConversationChips::menuRequested);
    world.view.setFocus();
    world.view.chips().setCurrent(world.chip(1));
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {1, 1}, world.view.mapToGlobal(QPoint(1, 1)));
    QApplication::sendEvent(&world.view, &event);
    QCOMPARE(menu.size(), 1);
    QCOMPARE(menu.first().first().value<Chip>(), world.chip(1));
    const QPoint place = world.view.viewport()->mapFromGlobal(menu.first().at(1).toPoint());
    QVERIFY(world.view.chips().rect(world.chip(1)).adjusted(-2, -2, 2, 2).contains(place));
}

void TestConversationChips::hostileNamesAreLiteral()
{
    ConversationView view;
    view.resize(500, 300);
    view.show();
    const QStringList names{u"<b>a</b>.log"_s, u"a\nb\u202egnp.exe"_s, u"javascript:alert(1)"_s,
                            QString(),         u"x"_s.repeated(5000),  u"%1%2.log"_s,
                            u"a\xd800"_s};
    QList<AttachmentRecord> attachments;
    for (int i = 0; i < names.size(); ++i)
        attachments.append({u"id?#/&%1"_s.arg(i), names.at(i)});
    view.setMessages({message(1, u"x"_s, attachments)}, false);
    QTRY_VERIFY(view.isBuilt());
    QCOMPARE(view.chips().all().size(), names.size());
    for (int i = 0; i < names.size(); ++i) {
        const Chip chip = view.chips().all().at(i);
        QCOMPARE(chip.attachment, attachments.at(i)); // whole, for who saves it
        const QTextBlock block = view.document()->findBlock(chip.position);
        QCOMPARE(block.layout()->lineCount(), 1);
        QVERIFY(!block.text().contains(QChar(0x202e)));
        QVERIFY(!view.chips().name(chip).contains(u'\n'));
    }
    QCOMPARE(view.horizontalScrollBar()->maximum(), 0);
    QVERIFY(view.toPlainText().contains(u"<b>a</b>.log"_s));
}

void TestConversationChips::manyChips()
{
    ConversationView view;
    view.resize(500, 300);
    QList<AttachmentRecord> attachments;
    for (int i = 0; i < 300; ++i)
        attachments.append({u"id%1"_s.arg(i), u"part-%1.log"_s.arg(i)});
    view.setMessages({message(1, u"x"_s, attachments)}, false);
    QTRY_VERIFY(view.isBuilt());
    view.show();
    QCOMPARE(view.chips().all().size(), 300);
    view.chips().setCurrent(view.chips().all().at(250));
    QCOMPARE(view.chips().current(), view.chips().all().at(250));
    QVERIFY(view.viewport()->rect().intersects(view.chips().rect(view.chips().current()))); // brought in sight
}

void TestConversationChips::aFoundFileIsBroughtInSight()
{
    ConversationView view;
    view.resize(600, 300);
    view.show();
    const QString lines = QString(u"A line of the message.\n"_s).repeated(60);
    const QList<CommunicationRecord> messages{
        message(1, lines, {{u"id1"_s, u"first.log"_s}, {u"id2"_s, u"found.log"_s}}), message(2, lines, {})};
    const auto isInSight = [&](int chip) {
        const QRect rect = view.chips().rect(view.chips().all().value(chip));
        return rect.isValid() && view.viewport()->rect().contains(rect);
    };
    view.setOpenFile(u"found.log"_s);
    view.setMessages(messages, false, u"m1"_s);
    QVERIFY(QTest::qWaitFor([&] { return view.isBuilt() && view.chips().all().size() == 2; }, 10'000));
    QTRY_VERIFY(isInSight(1));
    view.setOpenFile({});
    view.showMessage(u"m1"_s); // without a file its beginning is
    QTRY_VERIFY(!isInSight(1));
    view.setOpenFile(u"found.log"_s);
    view.showMessage(u"m1"_s);
    QTRY_VERIFY(isInSight(1));
}

QTEST_MAIN(TestConversationChips)
#include "tst_conversationchips.moc"
