#pragma once

#include "archive/records.h"

#include <QCoreApplication>

namespace casement {

/// Text of a message for the reply to it, a `>` before each line.
class MessageQuote
{
    Q_DECLARE_TR_FUNCTIONS(casement::MessageQuote)

public:
    /// What the message itself says, below a line of who wrote it and when: without what it quotes, and without its
    /// closing lines.
    static QString of(const CommunicationRecord &message);
    /// `selected` of it instead, below the same line.
    static QString of(const CommunicationRecord &message, const QString &selected);
    /// Empty when there is nothing but white space.
    static QString lines(const QString &text);
};

} // namespace casement
