#include "ui/conversationview.h"

#include "models/displaytext.h"
#include "ui/conversationaccessible.h"
#include "ui/conversationchips.h"
#include "ui/messagequote.h"
#include "ui/plaintext.h"
#include "ui/viewmarks.h"
#include "ui/wordmarks.h"

#include <QAbstractTextDocumentLayout>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextFrame>

#include <algorithm>
#include <cmath>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int widestText = 940; // lines over some hundred characters are hard to read

bool sameMessage(const CommunicationRecord &a, const CommunicationRecord &b)
{
    return a.key == b.key && a.body == b.body && a.created == b.created && a.submittedBy == b.submittedBy
        && a.attachments == b.attachments;
}

} // namespace

ConversationView::ConversationView(QWidget *parent) : QTextBrowser(parent), m_chips(new ConversationChips(*this))
{
    installConversationAccessible();
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setLineWrapMode(QTextEdit::FixedPixelWidth);
    document()->setDocumentMargin(0);
    setPageWidth();
    m_baseSize = font().pointSizeF();
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &ConversationView::work);
    // A layout may be finished long after the text came in.
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &ConversationView::standHeld);
    connect(this, &QTextBrowser::anchorClicked, this, &ConversationView::anchorActivated);
    connect(this, &QTextBrowser::highlighted, this, [this](const QUrl &url) {
        const bool web = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
        Q_EMIT linkHovered(web ? url.toDisplayString(QUrl::FullyEncoded) : QString());
    });
}

ConversationView::~ConversationView() = default;

QVariant ConversationView::loadResource(int, const QUrl &)
{
    return {}; // nothing in a message may make the program read a file or a host
}

void ConversationView::doSetSource(const QUrl &, QTextDocument::ResourceType) { }

QMimeData *ConversationView::createMimeDataFromSelection() const
{
    auto *mime = new QMimeData;
    mime->setText(MessageWriter::selectedText(textCursor()));
    return mime;
}

void ConversationView::setEmptyText(const QString &text)
{
    if (text == m_emptyText)
        return;
    m_emptyText = text;
    viewport()->update();
}

void ConversationView::clearMessages() { setMessages({}, false); }

void ConversationView::setMessages(const QList<CommunicationRecord> &messages, bool sameCase, const QString &openAt)
{
    QMetaObject::invokeMethod(this, &ConversationView::messagesChanged, Qt::QueuedConnection);
    if (sameCase && !m_messages.isEmpty() && !messages.isEmpty() && messages.constLast().fromAws
        && messages.constLast().created > m_messages.constLast().created) {
        const QString key = messages.constLast().key;
        QMetaObject::invokeMethod(
            this, [this, key] { Q_EMIT answerArrived(key); }, Qt::QueuedConnection);
    }
    if (sameCase && !m_messages.isEmpty() && openAt.isEmpty()) {
        // Where does what is known stand in what came? Messages only ever come before and after.
        qsizetype shift = -1;
        for (qsizetype i = 0; i + m_messages.size() <= messages.size() && shift < 0; ++i) {
            if (std::equal(m_messages.begin(), m_messages.end(), messages.begin() + i, sameMessage))
                shift = i;
        }
        if (shift >= 0) {
            const int before = int(m_messages.size() + shift);
            m_messages = messages;
            const bool held = m_held;
            m_firstShown += int(shift);
            for (Shown &shown : m_shown)
                shown.message += int(shift);
            for (MessagePiece &piece : m_work)
                piece.message += int(shift);
            if (before < messages.size())
                m_toldSeen = false;
            for (int i = before; i < messages.size(); ++i)
                enqueueMessage(i, false);
            if (held && messages.size() > before - shift) {
                holdRule(before == messages.size());
                for (int i = 0; i < m_firstShown; ++i) {
                    if (messages.at(i).key == m_openAt)
                        loadEarlier(m_firstShown - i, std::numeric_limits<qsizetype>::max());
                }
                standHeld();
            }
            if (!m_work.empty())
                m_timer.start();
            return;
        }
        const Place place = currentPlace();
        m_messages = messages;
        if (m_held) {
            holdRule(true);
            return rebuild({m_openAt, MessageWriter::padding / 2});
        }
        return rebuild(place);
    }
    m_messages = messages;
    m_open.clear();
    m_toldSeen = false;
    m_held = true;
    m_asked = !openAt.isEmpty();
    m_toEnd = false;
    m_openAt = openAt;
    holdRule(false);
    rebuild({m_openAt, MessageWriter::padding / 2});
}

void ConversationView::holdRule(bool keeps)
{
    if (m_asked || m_messages.isEmpty())
        return;
    if (m_newestFirst) {
        m_openAt = keeps && !m_openAt.isEmpty() ? m_openAt : m_messages.constLast().key;
        m_toEnd = false;
        return;
    }
    for (const CommunicationRecord &message : std::as_const(m_messages)) {
        if (message.unread) {
            m_openAt = message.key;
            m_toEnd = false;
            return;
        }
    }
    if (keeps && !m_toEnd)
        return;
    m_openAt = m_messages.constLast().key;
    m_toEnd = true;
}

ConversationView::Place ConversationView::currentPlace() const
{
    if (m_held || !m_placed)
        return {m_openAt, m_openOffset};
    const QString top = topMessage();
    const Shown *shown = shownFor(top);
    return {top, shown ? topOf(shown->frame) - verticalScrollBar()->value() : MessageWriter::padding / 2};
}

void ConversationView::stand(const Place &place)
{
    const Shown *shown = shownFor(place.key);
    if (!shown)
        return;
    const QScopedValueRollback guard(m_moving, true);
    const QRectF rect = document()->documentLayout()->frameBoundingRect(shown->frame);
    int value = int(rect.top()) - place.offset;
    if (m_held && m_toEnd && rect.height() + MessageWriter::padding <= viewport()->height())
        value = int(std::ceil(rect.bottom())) + MessageWriter::padding / 2 - viewport()->height();
    if (m_held && !m_openFile.isEmpty())
        value = qMax(value, m_chips->endOf(*shown->frame, m_openFile) - viewport()->height());
    verticalScrollBar()->setValue(value);
}

void ConversationView::standHeld()
{
    if (m_held && !m_moving)
        stand({m_openAt, MessageWriter::padding / 2});
}

int ConversationView::topOf(const QTextFrame *frame) const
{
    return int(document()->documentLayout()->frameBoundingRect(const_cast<QTextFrame *>(frame)).top());
}

const ConversationView::Shown *ConversationView::shownFor(const QString &key) const
{
    for (const Shown &shown : m_shown) {
        if (m_messages.at(shown.message).key == key)
            return &shown;
    }
    return nullptr;
}

QString ConversationView::topMessage() const
{
    const int value = verticalScrollBar()->value();
    for (const Shown &shown : m_shown) {
        const QRectF rect = document()->documentLayout()->frameBoundingRect(shown.frame);
        if (rect.bottom() > value)
            return m_messages.at(shown.message).key;
    }
    return {};
}

void ConversationView::toggleFold(const MessageFolds::Id &id)
{
    const Shown *shown = shownFor(id.key);
    if (!shown)
        return;
    m_held = false; // what was clicked stays under the pointer
    const bool open = !m_open.contains(id) && !m_openForWords.contains(id);
    MessageFolds::setOpen(*shown->frame, id, open, palette());
    m_openForWords.remove(id);
    if (open)
        m_open.insert(id);
    else
        m_open.remove(id);
    viewport()->update();
}

/// A marked word is seen, also where it was folded; what was opened for words that are not looked for any more folds.
void ConversationView::openForWords()
{
    if (m_words.isEmpty() && m_openForWords.isEmpty())
        return;
    const Place place = currentPlace();
    const QScopedValueRollback guard(m_moving, true);
    for (const QTextBlock &line : MessageFolds::lines(*document())) {
        const MessageFolds::Id id = MessageFolds::idOf(line);
        const Shown *shown = shownFor(id.key);
        if (!shown || m_open.contains(id))
            continue;
        const bool isFound = !findWords(MessageFolds::text(line), m_words).isEmpty();
        MessageFolds::setOpen(*shown->frame, id, isFound, palette());
        if (isFound)
            m_openForWords.insert(id);
        else
            m_openForWords.remove(id);
    }
    stand(place);
}

void ConversationView::setMarkedWords(const QStringList &words)
{
    if (words == m_words)
        return;
    m_words = words;
    if (m_work.empty())
        markWords();
}

void ConversationView::markWords()
{
    openForWords();
    setExtraSelections(wordMarks(*document(), m_words));
}

void ConversationView::showMessage(const QString &key)
{
    m_held = true;
    m_asked = true;
    m_toEnd = false;
    m_openAt = key;
    m_openOffset = MessageWriter::padding / 2;
    if (shownFor(key))
        standHeld();
    else
        rebuild({key, MessageWriter::padding / 2});
}

void ConversationView::setNewestFirst(bool on)
{
    if (on == m_newestFirst)
        return;
    Place place = currentPlace();
    m_newestFirst = on;
    if (m_held) {
        holdRule(false);
        place = {m_openAt, MessageWriter::padding / 2};
    }
    if (!m_messages.isEmpty())
        rebuild(place);
}

void ConversationView::setCodeWrapping(bool wrap)
{
    if (wrap == m_wrapCode)
        return;
    m_wrapCode = wrap;
    if (!m_messages.isEmpty())
        rebuild(currentPlace());
}

void ConversationView::setZoomSteps(int steps)
{
    steps = qBound(-4, steps, 12);
    if (steps == m_zoom)
        return;
    m_zoom = steps;
    const Place place = currentPlace();
    const QScopedValueRollback guard(m_moving, true);
    QFont font = this->font();
    font.setPointSizeF(qMax(5.0, m_baseSize + steps));
    document()->setDefaultFont(font);
    setPageWidth();
    stand(place);
}

void ConversationView::retranslate()
{
    if (!m_messages.isEmpty())
        rebuild(currentPlace());
}

void ConversationView::tick()
{
    if (!m_work.empty())
        return;
    for (Shown &shown : m_shown)
        MessageWriter::renewTime(shown.time, m_messages.at(shown.message));
}

void ConversationView::anchorActivated(const QUrl &url)
{
    if (url.scheme() == "casement"_L1) {
        if (!m_work.empty())
            return; // the cursor is in use; a moment later the click works
        if (MessageFolds::Id id; MessageFolds::parse(url, &id))
            toggleFold(id);
        return;
    }
    if (url.scheme() == "http"_L1 || url.scheme() == "https"_L1)
        Q_EMIT linkActivated(url);
}

void ConversationView::setPageWidth()
{
    const int zoomed = widestText + m_zoom * 60;
    setLineWrapColumnOrWidth(qMax(200, qMin(viewport()->width(), zoomed)));
    for (const Shown &shown : m_shown) {
        if (!m_messages.at(shown.message).attachments.isEmpty())
            MessageWriter::fitChips(*shown.frame, lineWrapColumnOrWidth());
    }
}

void ConversationView::resizeEvent(QResizeEvent *event)
{
    const Place place = currentPlace();
    {
        const QScopedValueRollback guard(m_moving, true);
        QTextBrowser::resizeEvent(event);
        setPageWidth();
        stand(place);
    }
    updateSeen();
}

void ConversationView::changeEvent(QEvent *event)
{
    const Place place = currentPlace();
    const QScopedValueRollback guard(m_moving, true);
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_zoom == 0)
        m_baseSize = font().pointSizeF();
    if (event->type() == QEvent::PaletteChange && !m_messages.isEmpty())
        rebuild(place);
    else if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        stand(place);
}

/// Home and End go to where it begins and ends; Qt's text would look for the ends of a line.
void ConversationView::keyPressEvent(QKeyEvent *event)
{
    const bool isEnd = event->key() == Qt::Key_End;
    if ((event->key() != Qt::Key_Home && !isEnd) || (event->modifiers() & ~Qt::KeypadModifier))
        return QTextBrowser::keyPressEvent(event);
    if (isEnd == m_newestFirst && m_firstShown > 0)
        return showMessage(m_messages.constFirst().key); // the oldest is not built yet
    verticalScrollBar()->triggerAction(isEnd ? QAbstractSlider::SliderToMaximum : QAbstractSlider::SliderToMinimum);
    event->accept();
}

void ConversationView::scrollContentsBy(int dx, int dy)
{
    QTextBrowser::scrollContentsBy(dx, dy);
    viewport()->update(); // the cards below the text are painted by us
    if (!m_moving && dy != 0)
        m_held = false;
    if (m_work.empty() && m_placed) {
        const int toEarlier = m_newestFirst ? verticalScrollBar()->maximum() - verticalScrollBar()->value()
                                            : verticalScrollBar()->value();
        if (m_firstShown > 0 && toEarlier < viewport()->height())
            loadMore();
        updateSeen();
    }
}

void ConversationView::updateSeen()
{
    if (m_toldSeen || m_shown.empty() || !m_work.empty() || !isVisible())
        return;
    const Shown &newest = m_newestFirst ? m_shown.front() : m_shown.back();
    if (newest.message != m_messages.size() - 1)
        return;
    const QRectF rect = document()->documentLayout()->frameBoundingRect(newest.frame);
    const int top = verticalScrollBar()->value();
    if (rect.bottom() > top && int(rect.top()) + 24 < top + viewport()->height()) {
        m_toldSeen = true;
        Q_EMIT newestSeen();
    }
}

void ConversationView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    if (const QString text = quote(byKey ? textCursor() : cursorForPosition(event->pos())); !text.isEmpty()) {
        menu->addSeparator();
        QAction *action = menu->addAction(tr("&Quote in Reply"), this, [this, text] { Q_EMIT quoteRequested(text); });
        action->setObjectName(u"quoteInReply"_s);
    }
    menu->popup(event->globalPos());
}

QString ConversationView::quote(const QTextCursor &at) const
{
    const QTextCursor selection = textCursor();
    const bool isSelected = selection.hasSelection();
    const QString selected = MessageWriter::selectedText(selection);
    const int position = isSelected ? selection.selectionStart() : at.position();
    for (const Shown &shown : m_shown) {
        if (position < shown.frame->firstPosition() || position > shown.frame->lastPosition())
            continue;
        const CommunicationRecord &message = m_messages.at(shown.message);
        return isSelected ? MessageQuote::of(message, selected) : MessageQuote::of(message);
    }
    if (isSelected) // of several messages: Qt takes a selection across frames to their edges
        return MessageQuote::lines(selected);
    const Shown *top = shownFor(topMessage());
    return top ? MessageQuote::of(m_messages.at(top->message)) : QString();
}

void ConversationView::paintEvent(QPaintEvent *event)
{
    std::vector<MessageCard> cards;
    cards.reserve(m_shown.size());
    for (const Shown &shown : m_shown)
        cards.push_back({shown.frame, m_messages.at(shown.message).fromAws});
    {
        QPainter painter(viewport());
        paintCards(painter, *document(), cards,
                   {.offset = QPointF(-horizontalScrollBar()->value(), -verticalScrollBar()->value()),
                    .height = qreal(viewport()->height()),
                    .pageWidth = qreal(lineWrapColumnOrWidth()),
                    .chips = m_chips});
    }
    QTextBrowser::paintEvent(event);
    if (m_messages.isEmpty())
        paintEmptyText(*viewport(), m_emptyText);
    if (hasFocus() && m_focusMarked)
        paintFocusFrame(*viewport()); // after the text, so that it stays whole whatever scrolls below it
}

void ConversationView::focusInEvent(QFocusEvent *event)
{
    QTextBrowser::focusInEvent(event);
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        m_focusMarked = event->reason() != Qt::MouseFocusReason; // a click needs no mark
    viewport()->update();
}

void ConversationView::focusOutEvent(QFocusEvent *event)
{
    QTextBrowser::focusOutEvent(event);
    viewport()->update();
}

} // namespace casement
