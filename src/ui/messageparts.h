#pragma once

#include <QList>
#include <QString>
#include <QUrl>

namespace casement {

/// A stretch of whole lines of a message that is shown in one way.
struct MessagePart
{
    enum class Kind {
        Text,
        Code, ///< logs, JSON, commands: own font, no wrapping
        Quote, ///< what somebody wrote before, under the answer to it
        Footer, ///< closing lines, which are the same in every message
    };

    Kind kind = Kind::Text;
    QString text; ///< without a line end at its end
    friend bool operator==(const MessagePart &, const MessagePart &) = default;
};

/// Parts a message by how its lines look. Nothing is lost: the parts joined by line ends are the message, except for
/// the lines that fence code (```), and empty lines around parts.
///
/// Code: what stands between fences; lines indented by four spaces or a tab; runs of lines that look like logs, JSON or
/// a shell. Footer: of AWS's messages from the line on that asks for feedback, or from the rule above the links; of all
/// from a signature's dashes on. Quote: three lines or more that begin with `>`, with the line above that says who
/// wrote them; without marks, from that line to the end. A message that is nothing but a quote is text.
QList<MessagePart> splitMessage(const QString &body, bool fromAws);

/// A stretch of a part that can be laid out within a frame.
struct MessageChunk
{
    QString text;
    bool goesOn = false; ///< begins in the middle of a line
};

/// Parts a long text at its lines; a line that is too long by itself at a space or, at worst, between characters.
QList<MessageChunk> messageChunks(const QString &text);

/// A web address inside a text.
struct FoundLink
{
    int start = 0;
    int length = 0;
    QUrl url;
};

/// All http and https addresses; other schemes are no links. Closing punctuation and brackets, also Japanese ones, stay
/// outside.
QList<FoundLink> findLinks(const QString &text);

} // namespace casement
