#include "ui/conversationchips.h"

#include "ui/conversationview.h"
#include "ui/filetext.h"
#include "ui/icons.h"
#include "ui/plaintext.h"
#include "ui/theme.h"
#include "ui/thumbnails.h"

#include <QAbstractTextDocumentLayout>
#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextFrame>
#include <QToolTip>

#include <array>
#include <cmath>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int chipEnd = 12;
constexpr int nameGap = 10; // between the name and what is known of it
constexpr int iconSide = 16;
constexpr int pictureSide = 22; // instead of the icon
constexpr int markSide = 14; // of the mark of what is kept
constexpr int progressHeight = 3;
constexpr int margin = 6; // around the current one

bool isChip(const QTextBlock &block)
{
    return block.isValid() && block.blockFormat().hasProperty(MessageWriter::ChipProperty);
}

ConversationChips::Chip chipOf(const QTextBlock &block)
{
    const QTextBlockFormat format = block.blockFormat();
    return {.attachment = {format.stringProperty(MessageWriter::ChipIdProperty),
                           format.stringProperty(MessageWriter::ChipFileProperty)},
            .messageKey = format.stringProperty(MessageWriter::ChipMessageProperty),
            .position = block.position()};
}

} // namespace

ConversationChips::ConversationChips(ConversationView &view) : QObject(&view), m_view(view), m_viewport(view.viewport())
{
    view.installEventFilter(this);
    view.viewport()->installEventFilter(this);
    connect(&view, &QTextEdit::selectionChanged, this, &ConversationChips::tellCurrent);
    connect(&Thumbnails::instance(), &Thumbnails::made, &view, [&view] { view.viewport()->update(); });
}

void ConversationChips::refresh()
{
    m_view.viewport()->update();
    for (qsizetype i = 0; QAccessible::isActive() && i < all().size(); ++i) {
        QAccessibleEvent event(&m_view, QAccessible::NameChanged);
        event.setChild(int(i));
        QAccessible::updateAccessibility(&event);
    }
}

const QList<ConversationChips::Chip> &ConversationChips::all() const
{
    const QTextDocument *document = m_view.document();
    if (m_revision != document->revision()) {
        m_revision = document->revision();
        m_all.clear();
        for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
            if (isChip(block))
                m_all.append(chipOf(block));
        }
    }
    return m_all;
}

ConversationChips::Chip ConversationChips::current() const
{
    const QTextCursor cursor = m_view.textCursor();
    if (!cursor.hasSelection())
        return {};
    const QTextBlock block = m_view.document()->findBlock(cursor.selectionStart());
    const int end = block.position() + block.length() - 1;
    const bool isWhole = cursor.selectionStart() == block.position() && cursor.selectionEnd() == end;
    return isWhole && isChip(block) ? chipOf(block) : Chip();
}

QRectF ConversationChips::ground(const QTextBlock &block) const
{
    const QRectF rect = m_view.document()->documentLayout()->blockBoundingRect(block);
    qreal text = 0;
    for (int line = 0; line < block.layout()->lineCount(); ++line)
        text = qMax(text, block.layout()->lineAt(line).naturalTextWidth());
    const AttachmentState state = stateOf(chipOf(block).attachment.attachmentId);
    const QFontMetrics metrics(m_view.document()->defaultFont());
    if (const QString known = tail(state); !known.isEmpty())
        text += nameGap + metrics.horizontalAdvance(known);
    if (state.isKept)
        text += nameGap / 2.0 + markSide;
    return {rect.left(), rect.top() - 4, text + indent + chipEnd, rect.height() + 8};
}

int ConversationChips::widthAround(const QFontMetrics &metrics)
{
    return indent + chipEnd + nameGap + metrics.horizontalAdvance(u"000.0 MB"_s) + nameGap / 2 + markSide;
}

ConversationChips::Chip ConversationChips::at(const QPoint &place) const
{
    const QPointF inside =
        QPointF(place) + QPointF(m_view.horizontalScrollBar()->value(), m_view.verticalScrollBar()->value());
    const QTextBlock near = m_view.cursorForPosition(place).block();
    for (const QTextBlock &block : std::array{near.previous(), near, near.next()}) {
        if (isChip(block) && ground(block).contains(inside))
            return chipOf(block);
    }
    return {};
}

QRect ConversationChips::rect(const Chip &chip) const
{
    const QTextBlock block = m_view.document()->findBlock(chip.position);
    if (!isChip(block))
        return {};
    return ground(block)
        .translated(-m_view.horizontalScrollBar()->value(), -m_view.verticalScrollBar()->value())
        .toAlignedRect();
}

int ConversationChips::endOf(const QTextFrame &message, const QString &fileName) const
{
    QTextBlock block = message.lastCursorPosition().block();
    for (; isChip(block); block = block.previous()) {
        if (block.blockFormat().stringProperty(MessageWriter::ChipFileProperty) == fileName)
            return int(std::ceil(ground(block).bottom())) + MessageWriter::padding;
    }
    return 0;
}

void ConversationChips::setCurrent(const Chip &chip)
{
    const QTextBlock block = m_view.document()->findBlock(chip.position);
    if (!isChip(block) || current() == chip)
        return;
    // As Tab comes to it: the selection is a mark of focus then, not of text. The block before ends without a link.
    QTextCursor before(m_view.document());
    before.setPosition(block.position() - 1);
    before.setPosition(block.position(), QTextCursor::KeepAnchor);
    m_view.setTextCursor(before);
    m_view.focusNextPrevChild(true);
}

AttachmentState ConversationChips::stateOf(const QString &attachmentId) const
{
    return m_states ? m_states(attachmentId) : AttachmentState();
}

/// What is said behind the name.
QString ConversationChips::tail(const AttachmentState &state)
{
    if (!state.isComing)
        return state.size >= 0 ? FileText::size(state.size) : QString();
    if (state.size <= 0)
        return u"…"_s;
    return QLocale().toString(qMin<qint64>(99, state.done * 100 / state.size)) + u'%';
}

QString ConversationChips::name(const Chip &chip) const
{
    const QTextBlock block = m_view.document()->findBlock(chip.position);
    const QString shown = block.blockFormat().stringProperty(MessageWriter::ChipProperty);
    const AttachmentState state = stateOf(chip.attachment.attachmentId);
    //: What a screen reader says of a file in a message; %2 is its size
    return state.size >= 0 ? tr("Attachment %1, %2").arg(shown, FileText::size(state.size))
                           //: What a screen reader says of a file in a message
                           : tr("Attachment %1").arg(shown);
}

QString ConversationChips::description(const Chip &chip) const
{
    const AttachmentState state = stateOf(chip.attachment.attachmentId);
    if (state.isComing)
        return tr("Downloading: %1").arg(tail(state));
    return state.isKept ? tr("Kept on this computer, opens offline") : tr("Not downloaded yet");
}

void ConversationChips::paint(QPainter &painter, const QTextBlock &block, const QPointF &offset) const
{
    const ThemeColors &colors = Theme::colors();
    const Chip chip = chipOf(block);
    const AttachmentState state = stateOf(chip.attachment.attachmentId);
    const QRectF area = ground(block).translated(offset);
    const qreal ratio = m_view.devicePixelRatioF();
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.chipGround);
    painter.drawRoundedRect(area, 5, 5);
    if (state.isComing) {
        QPainterPath shape;
        shape.addRoundedRect(area, 5, 5);
        painter.setClipPath(shape);
        const qreal share = state.size > 0 ? qreal(state.done) / qreal(state.size) : 0;
        painter.fillRect(
            QRectF(area.left(), area.bottom() - progressHeight, area.width() * qBound(0.0, share, 1.0), progressHeight),
            colors.accent);
        painter.setClipping(false);
    }
    const QPixmap picture = pictureOf(chip, state);
    if (picture.isNull()) {
        painter.drawPixmap(QPointF(area.left() + 8, area.center().y() - iconSide / 2.0),
                           icons::pixmap(FileText::icon(chip.attachment.fileName), iconSide, ratio, colors.mutedText));
    } else {
        const QSizeF size = picture.deviceIndependentSize();
        const QPointF center(area.left() + 8 + iconSide / 2.0, area.center().y());
        painter.drawPixmap(center - QPointF(size.width() / 2, size.height() / 2), picture);
    }
    qreal right = area.right() - chipEnd;
    if (state.isKept) {
        right -= markSide;
        painter.drawPixmap(QPointF(right, area.center().y() - markSide / 2.0),
                           icons::pixmap(u"check"_s, markSide, ratio, colors.mutedText));
        right -= nameGap / 2.0;
    }
    painter.setFont(m_view.document()->defaultFont());
    painter.setPen(colors.mutedText);
    painter.drawText(QRectF(area.left(), area.top(), right - area.left(), area.height()),
                     Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, tail(state));
    if (m_view.hasFocus() && current() == chip) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors.accent, 2));
        painter.drawRoundedRect(area.adjusted(-1, -1, 1, 1), 6, 6);
    }
    painter.restore();
}

/// What a picture that is kept looks like; null for other files.
QPixmap ConversationChips::pictureOf(const Chip &chip, const AttachmentState &state) const
{
    return Thumbnails::instance().find(state.path, chip.attachment.fileName, pictureSide, m_view.devicePixelRatioF());
}

/// The frame around the current one goes with it, and screen readers hear of it.
void ConversationChips::tellCurrent()
{
    const Chip now = current();
    if (now == m_told)
        return;
    m_told = now;
    m_view.viewport()->update();
    if (!now.isValid() || !m_view.hasFocus())
        return;
    if (QGuiApplication::mouseButtons() == Qt::NoButton) { // its text is in sight; now all of it
        QScrollBar *bar = m_view.verticalScrollBar();
        const QRect area = rect(now).adjusted(0, -margin, 0, margin);
        bar->setValue(bar->value() + qMin(0, area.top()) + qMax(0, area.bottom() - m_view.viewport()->height()));
    }
    QAccessibleEvent event(&m_view, QAccessible::Focus);
    event.setChild(int(all().indexOf(now)));
    QAccessible::updateAccessibility(&event);
}

bool ConversationChips::eventFilter(QObject *watched, QEvent *event)
{
    const bool isViewport = watched == m_viewport; // the view may be gone already when its children tell their end
    switch (event->type()) {
    case QEvent::KeyPress:
        return !isViewport && keyPressed(*static_cast<QKeyEvent *>(event));
    case QEvent::ContextMenu: {
        const auto *menu = static_cast<QContextMenuEvent *>(event);
        const bool byKey = menu->reason() == QContextMenuEvent::Keyboard;
        if (byKey == isViewport)
            return false;
        const Chip chip = byKey ? current() : at(menu->pos());
        if (!chip.isValid())
            return false;
        setCurrent(chip);
        Q_EMIT menuRequested(chip, byKey ? m_view.viewport()->mapToGlobal(rect(chip).bottomLeft()) : menu->globalPos());
        return true;
    }
    case QEvent::MouseButtonPress:
        return isViewport && mousePressed(*static_cast<QMouseEvent *>(event));
    case QEvent::MouseButtonDblClick: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const Chip chip = isViewport && mouse->button() == Qt::LeftButton ? at(mouse->pos()) : Chip();
        if (chip.isValid())
            Q_EMIT activated(chip);
        return chip.isValid();
    }
    case QEvent::MouseMove:
        return isViewport && mouseMoved(*static_cast<QMouseEvent *>(event));
    case QEvent::MouseButtonRelease:
        if (!isViewport || !m_pressed.isValid())
            return false;
        m_pressed = {};
        return true;
    case QEvent::ToolTip:
        return isViewport && showToolTip(*static_cast<QHelpEvent *>(event));
    default:
        return QObject::eventFilter(watched, event);
    }
}

bool ConversationChips::keyPressed(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (modifiers != Qt::NoModifier)
        return false;
    const bool opens = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    if (!opens && event.key() != Qt::Key_Space)
        return false;
    const Chip chip = current();
    if (!chip.isValid())
        return false;
    if (opens)
        Q_EMIT activated(chip);
    else
        Q_EMIT previewRequested(chip);
    return true;
}

bool ConversationChips::mousePressed(const QMouseEvent &event)
{
    const bool isOne = event.button() == Qt::LeftButton || event.button() == Qt::RightButton;
    const Chip chip = isOne ? at(event.pos()) : Chip();
    if (!chip.isValid())
        return false;
    QScrollBar *bar = m_view.verticalScrollBar();
    const int place = bar->value();
    setCurrent(chip);
    bar->setValue(place); // a second click finds it where it was
    m_pressed = event.button() == Qt::LeftButton ? chip : Chip();
    m_pressedAt = event.pos();
    return true;
}

bool ConversationChips::mouseMoved(const QMouseEvent &event)
{
    if (m_pressed.isValid()) {
        if ((event.pos() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance())
            Q_EMIT dragRequested(std::exchange(m_pressed, {}));
        return true;
    }
    if (event.buttons() != Qt::NoButton)
        return false;
    const bool isOver = at(event.pos()).isValid();
    if (isOver != std::exchange(m_isOver, isOver)) {
        if (isOver)
            m_cursorBefore = m_view.viewport()->cursor();
        m_view.viewport()->setCursor(isOver ? QCursor(Qt::PointingHandCursor) : m_cursorBefore);
    }
    return isOver;
}

bool ConversationChips::showToolTip(const QHelpEvent &event)
{
    const Chip chip = at(event.pos());
    if (!chip.isValid())
        return false;
    const QTextBlock block = m_view.document()->findBlock(chip.position);
    const AttachmentState state = stateOf(chip.attachment.attachmentId);
    QStringList facts;
    if (state.size >= 0)
        facts.append(FileText::size(state.size));
    facts.append(description(chip));
    QToolTip::showText(
        event.globalPos(),
        plainToolTip(block.blockFormat().stringProperty(MessageWriter::ChipProperty) + u'\n' + facts.join(u" · "_s)),
        m_view.viewport(), rect(chip));
    return true;
}

} // namespace casement
