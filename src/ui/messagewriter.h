#pragma once

#include "archive/records.h"

#include <QCoreApplication>
#include <QPalette>
#include <QTextCursor>
#include <QTextFormat>

#include <vector>

class QPainter;
class QTextDocument;
class QTextFrame;

namespace casement {

class ConversationChips;

/// Writes one message into a document at a cursor, from plain text only. What it can't say with text formats (grounds,
/// bars, chips) it marks with block properties; paintCards() reads them.
class MessageWriter
{
    Q_DECLARE_TR_FUNCTIONS(casement::MessageWriter)

public:
    static constexpr int padding = 12; ///< logical pixels inside the frame of a message

    enum BlockProperty {
        CodeProperty = QTextFormat::UserProperty + 1,
        ChipProperty, ///< the whole name of the attachment, as it is shown
        GoesOnProperty, ///< the block is the rest of the line in the block before it
        ChipIdProperty, ///< of the attachment
        ChipFileProperty, ///< its name as the service calls it
        ChipMessageProperty, ///< the key of its message
        HeaderProperty, ///< the line of who wrote it and when
        LastBlockProperty = HeaderProperty, ///< those of others come behind
    };

    MessageWriter() = default;
    MessageWriter(const QTextCursor &cursor, const QPalette &palette) : m_cursor(cursor), m_palette(palette) { }

    static QTextFrameFormat frameFormat(bool fromAws);
    /// "2 h ago", or the service's own text where it could not be read.
    static QString timeText(const CommunicationRecord &message);
    static QTextCharFormat timeFormat(const CommunicationRecord &message);
    /// Says the time of a header line anew, where time made another text of it.
    static void renewTime(QTextCursor &time, const CommunicationRecord &message);
    /// What is selected, with lines that were parted for speed whole again, and what is folded inside of it unfolded.
    static QString selectedText(const QTextCursor &cursor);

    /// Who and when, into the cursor's empty block. Returns the range of the time, which stays right while the message
    /// grows.
    QTextCursor header(const CommunicationRecord &message);
    /// `goesOn`: begins in the middle of a line.
    void text(const QString &text, bool goesOn);
    void code(const QString &text, bool wrap, bool goesOn);
    /// Quoted text, a footer: in `block`'s format.
    void muted(const QString &text, const QTextBlockFormat &block, bool goesOn);
    /// Each is a link, so that the keyboard reaches it; ConversationChips does the rest.
    void attachments(const CommunicationRecord &message);
    /// Cuts the names of the attachments at a message's end in the middle where a page of that width has no room for
    /// them.
    static void fitChips(const QTextFrame &frame, int pageWidth);

    /// Behind what was written last.
    QTextCursor &cursor() { return m_cursor; }

private:
    void part(const QString &text, const QTextBlockFormat &block, const QTextCharFormat &format, bool links,
              bool goesOn);
    void lines(const QString &text, const QTextCharFormat &format, bool links);
    QTextCharFormat textFormat() const;
    static QTextCharFormat mutedFormat();

    QTextCursor m_cursor;
    QPalette m_palette;
};

/// A message's frame and whose it is.
struct MessageCard
{
    QTextFrame *frame = nullptr;
    bool fromAws = false;
};

/// Where a document is painted.
struct CardView
{
    QPointF offset; ///< of the document in the view
    qreal height = 0; ///< of the view
    qreal pageWidth = 0; ///< at which text wraps; code may be wider
    const ConversationChips *chips = nullptr; ///< what paints them
};

/// Paints what stands below the text of the messages in sight: cards with the colour of their side, grounds of code,
/// chips.
void paintCards(QPainter &painter, const QTextDocument &document, const std::vector<MessageCard> &cards,
                const CardView &view);

} // namespace casement
