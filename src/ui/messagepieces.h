#pragma once

#include "archive/records.h"
#include "ui/messageparts.h"

#include <deque>

namespace casement {

/// A piece of building a message in a document that fits a slice of time.
struct MessagePiece
{
    enum class Kind { Begin, Text, Code, Fold, Attachments, End };
    Kind kind = Kind::Begin;
    int message = 0; ///< its index in the conversation
    QString text;
    bool atTop = false; ///< the message goes before all others, not behind
    bool goesOn = false; ///< the text begins in the middle of a line
    int fold = 0; ///< the number of a fold in its message
    MessagePart::Kind part = MessagePart::Kind::Text; ///< what a fold folds
};

/// All pieces of a message, in order.
std::deque<MessagePiece> messagePieces(const CommunicationRecord &message, int index, bool atTop);

} // namespace casement
