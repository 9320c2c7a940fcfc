#pragma once

#include "ui/messageparts.h"

#include <QCoreApplication>
#include <QPalette>
#include <QTextBlock>
#include <QTextCursor>

#include <functional>

class QTextDocument;
class QTextFrame;
class QUrl;

namespace casement {

class MessageWriter;

/// Stretches of a message that stand as one line until somebody wants them: quoted text, footers. The line is a link
/// that mouse and keyboard reach. It carries the text below it, so that searching and copying miss nothing.
class MessageFolds
{
    Q_DECLARE_TR_FUNCTIONS(casement::MessageFolds)

public:
    /// Which fold of which message; the same in every document.
    struct Id
    {
        QString key; ///< of the message
        int number = 0; ///< counts the folds of the message
        friend bool operator==(const Id &, const Id &) = default;
        friend size_t qHash(const Id &id, size_t seed = 0) { return qHashMulti(seed, id.key, id.number); }
    };

    static QString href(const Id &id);
    /// False for a link that is none of a fold.
    static bool parse(const QUrl &url, Id *id);

    /// Writes the line where the writer is, and when `open` the text below it.
    static void write(MessageWriter &writer, const Id &id, MessagePart::Kind kind, const QString &text, bool open);
    /// Opens or folds one that stands in a message's frame; false when there is no such or it is so already.
    static bool setOpen(const QTextFrame &frame, const Id &id, bool open, const QPalette &palette);

    /// All lines of a document.
    static QList<QTextBlock> lines(const QTextDocument &document);
    static bool isLine(const QTextBlock &block);
    static Id idOf(const QTextBlock &line);
    static bool isOpen(const QTextBlock &line);
    /// What stands below the line when it is open.
    static QString text(const QTextBlock &line);

private:
    static QString label(MessagePart::Kind kind, const QString &text, bool open);
    static void writeText(MessageWriter &writer, const QString &text, int number);
};

} // namespace casement
