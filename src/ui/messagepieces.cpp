#include "ui/messagepieces.h"

#include "models/displaytext.h"

namespace casement {

std::deque<MessagePiece> messagePieces(const CommunicationRecord &message, int index, bool atTop)
{
    using Kind = MessagePiece::Kind;
    std::deque<MessagePiece> pieces;
    pieces.push_back({.kind = Kind::Begin, .message = index, .atTop = atTop});
    int folds = 0;
    const QList<MessagePart> parts = splitMessage(bodyText(message.body), message.fromAws);
    for (const MessagePart &part : parts) {
        if (part.kind == MessagePart::Kind::Footer || part.kind == MessagePart::Kind::Quote) {
            pieces.push_back({.kind = Kind::Fold,
                              .message = index,
                              .text = part.text,
                              .atTop = atTop,
                              .fold = folds++,
                              .part = part.kind});
            continue;
        }
        const Kind kind = part.kind == MessagePart::Kind::Code ? Kind::Code : Kind::Text;
        const QList<MessageChunk> chunks = messageChunks(part.text);
        for (const MessageChunk &chunk : chunks)
            pieces.push_back(
                {.kind = kind, .message = index, .text = chunk.text, .atTop = atTop, .goesOn = chunk.goesOn});
    }
    if (!message.attachments.isEmpty())
        pieces.push_back({.kind = Kind::Attachments, .message = index, .atTop = atTop});
    pieces.push_back({.kind = Kind::End, .message = index, .atTop = atTop});
    return pieces;
}

} // namespace casement
