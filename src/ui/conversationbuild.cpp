#include "ui/conversationchips.h"
#include "ui/conversationview.h"
#include "ui/messagewriter.h"

#include <QElapsedTimer>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTextFrame>

#include <algorithm>
#include <limits>

/// The part of ConversationView that builds the document, a slice at a time.
namespace casement {

namespace {

constexpr int firstMessages = 15;
constexpr qsizetype firstBytes = 100'000;
constexpr int moreMessages = 10;
constexpr qsizetype moreBytes = 50'000;
constexpr qint64 sliceNanoseconds = 4'000'000;

} // namespace

void ConversationView::rebuild(const Place &place)
{
    const QScopedValueRollback guard(m_moving, true);
    m_placed = false; // first: clearing the document scrolls, and scrolling asks for earlier messages
    m_work.clear();
    m_shown.clear();
    m_writer = MessageWriter();
    m_openForWords.clear();
    document()->clear();
    setExtraSelections({});
    QTextBlockFormat gap;
    gap.setLineHeight(4, QTextBlockFormat::FixedHeight);
    QTextCursor first(document());
    first.setBlockFormat(gap);
    m_openAt = place.key;
    m_openOffset = place.offset;
    m_firstShown = int(m_messages.size());
    if (m_messages.isEmpty()) {
        m_timer.stop();
        return;
    }
    int target = int(m_messages.size()) - 1;
    for (int i = 0; i < m_messages.size(); ++i) {
        if (m_messages.at(i).key == place.key)
            target = i;
    }
    m_openAt = m_messages.at(target).key;
    qsizetype bytes = 0;
    for (int i = target; i < m_messages.size(); ++i) {
        enqueueMessage(i, false);
        bytes += m_messages.at(i).body.size();
    }
    m_firstShown = target;
    if (m_newestFirst) // below what it stands at there must be something, or that can't stand at the top
        loadEarlier(firstMessages, firstBytes);
    else
        loadEarlier(firstMessages - (int(m_messages.size()) - target), firstBytes - bytes);
    m_timer.start();
    work(); // the first slice now: an ordinary message is on screen with the next frame
}

void ConversationView::enqueueMessage(int index, bool isEarlier)
{
    const std::deque<MessagePiece> pieces = messagePieces(m_messages.at(index), index, isEarlier != m_newestFirst);
    m_work.insert(m_work.end(), pieces.begin(), pieces.end());
}

void ConversationView::loadEarlier(int count, qsizetype bytes)
{
    while (m_firstShown > 0 && count > 0 && bytes > 0) {
        --m_firstShown;
        --count;
        bytes -= m_messages.at(m_firstShown).body.size();
        enqueueMessage(m_firstShown, true);
    }
    if (!m_work.empty() && !m_timer.isActive())
        m_timer.start();
}

void ConversationView::loadMore() { loadEarlier(moreMessages, moreBytes); }
void ConversationView::buildAll() { loadEarlier(m_firstShown, std::numeric_limits<qsizetype>::max()); }

void ConversationView::work()
{
    if (m_work.empty()) {
        m_timer.stop();
        return;
    }
    QElapsedTimer clock;
    clock.start();
    // What the person reads stays where it is while messages come in above it.
    const Place place = currentPlace();
    const QScopedValueRollback guard(m_moving, true);
    do {
        const MessagePiece piece = m_work.front();
        m_work.pop_front();
        QTextCursor edit(document());
        edit.beginEditBlock();
        perform(piece);
        edit.endEditBlock();
    } while (!m_work.empty() && clock.nsecsElapsed() < sliceNanoseconds);
    stand(place);
    if (m_work.empty())
        finishBuilding();
}

void ConversationView::finishBuilding()
{
    m_timer.stop();
    m_placed = true;
    m_writer = MessageWriter();
    if (!m_words.isEmpty())
        markWords();
    // A short conversation does not fill the view: then there is room for earlier messages at once.
    if (m_firstShown > 0 && verticalScrollBar()->maximum() == 0)
        loadMore();
    Q_EMIT built();
    updateSeen();
    viewport()->update();
}

void ConversationView::perform(const MessagePiece &piece)
{
    using Kind = MessagePiece::Kind;
    const CommunicationRecord &message = m_messages.at(piece.message);
    switch (piece.kind) {
    case Kind::Begin: {
        QTextCursor cursor(document());
        cursor.movePosition(piece.atTop ? QTextCursor::Start : QTextCursor::End);
        Shown shown;
        shown.message = piece.message;
        shown.frame = cursor.insertFrame(MessageWriter::frameFormat(message.fromAws));
        m_writer = MessageWriter(cursor, palette());
        shown.time = m_writer.header(message);
        if (piece.atTop)
            m_shown.insert(m_shown.begin(), shown);
        else
            m_shown.push_back(shown);
        break;
    }
    case Kind::Text:
        m_writer.text(piece.text, piece.goesOn);
        break;
    case Kind::Code:
        m_writer.code(piece.text, m_wrapCode, piece.goesOn);
        break;
    case Kind::Fold: {
        const MessageFolds::Id id{message.key, piece.fold};
        MessageFolds::write(m_writer, id, piece.part, piece.text, m_open.contains(id));
        break;
    }
    case Kind::Attachments:
        m_writer.attachments(message);
        for (const Shown &shown : m_shown) {
            if (shown.message == piece.message)
                MessageWriter::fitChips(*shown.frame, lineWrapColumnOrWidth());
        }
        break;
    case Kind::End:
        break;
    }
}

} // namespace casement
