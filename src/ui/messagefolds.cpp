#include "ui/messagefolds.h"

#include "ui/messagewriter.h"
#include "ui/theme.h"

#include <QTextDocument>
#include <QTextFrame>
#include <QUrl>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

enum Property {
    TextProperty = MessageWriter::LastBlockProperty + 1, ///< of a line: what it folds
    KindProperty,
    OpenProperty,
    KeyProperty,
    NumberProperty, ///< of a line
    ContentProperty, ///< of what stands below an open line: its number
};

const QString prefix = u"fold/"_s;

} // namespace

QString MessageFolds::href(const Id &id) { return u"casement:%1%2/"_s.arg(prefix).arg(id.number) + id.key; }

bool MessageFolds::parse(const QUrl &url, Id *id)
{
    const QString path = url.path();
    if (url.scheme() != "casement"_L1 || !path.startsWith(prefix))
        return false;
    const qsizetype slash = path.indexOf(u'/', prefix.size());
    bool isNumber = false;
    id->number = path.mid(prefix.size(), slash - prefix.size()).toInt(&isNumber);
    id->key = path.mid(slash + 1);
    return slash > 0 && isNumber;
}

QString MessageFolds::label(MessagePart::Kind kind, const QString &text, bool open)
{
    const int lines = int(text.count(u'\n')) + 1;
    if (kind == MessagePart::Kind::Quote)
        return open ? tr("Hide quoted text, %Ln line(s)", nullptr, lines)
                    : tr("Show quoted text, %Ln line(s)", nullptr, lines);
    return open ? tr("Hide footer, %Ln line(s)", nullptr, lines) : tr("Show footer, %Ln line(s)", nullptr, lines);
}

void MessageFolds::write(MessageWriter &writer, const Id &id, MessagePart::Kind kind, const QString &text, bool open)
{
    QTextBlockFormat block;
    block.setTopMargin(8);
    block.setBottomMargin(6);
    block.setProperty(TextProperty, text);
    block.setProperty(KindProperty, int(kind));
    block.setProperty(OpenProperty, open);
    block.setProperty(KeyProperty, id.key);
    block.setProperty(NumberProperty, id.number);
    QTextCharFormat link;
    link.setForeground(Theme::colors().mutedText);
    link.setAnchor(true);
    link.setAnchorHref(href(id));
    link.setFontUnderline(true);
    writer.cursor().insertBlock(block, link);
    writer.cursor().insertText(label(kind, text, open), link);
    if (open)
        writeText(writer, text, id.number);
}

void MessageFolds::writeText(MessageWriter &writer, const QString &text, int number)
{
    QTextBlockFormat block;
    block.setLineHeight(120, QTextBlockFormat::ProportionalHeight);
    block.setProperty(ContentProperty, number);
    const QList<MessageChunk> chunks = messageChunks(text);
    for (const MessageChunk &chunk : chunks)
        writer.muted(chunk.text, block, chunk.goesOn);
}

bool MessageFolds::setOpen(const QTextFrame &frame, const Id &id, bool open, const QPalette &palette)
{
    QTextBlock line = frame.firstCursorPosition().block();
    while (line.isValid() && line.position() <= frame.lastPosition() && !(isLine(line) && idOf(line) == id))
        line = line.next();
    if (!line.isValid() || line.position() > frame.lastPosition() || isOpen(line) == open)
        return false;
    const QString folded = text(line);
    QTextCursor edit(line);
    edit.beginEditBlock();
    QTextBlockFormat block = line.blockFormat();
    block.setProperty(OpenProperty, open);
    edit.setBlockFormat(block);
    edit.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    const QTextCharFormat link = edit.charFormat();
    edit.insertText(label(MessagePart::Kind(block.intProperty(KindProperty)), folded, open), link);
    if (open) {
        MessageWriter writer(edit, palette);
        writeText(writer, folded, id.number);
    } else {
        QTextBlock last = line;
        for (QTextBlock next = line.next(); next.isValid() && next.position() <= frame.lastPosition()
             && next.blockFormat().hasProperty(ContentProperty)
             && next.blockFormat().intProperty(ContentProperty) == id.number;
             next = next.next())
            last = next;
        edit.setPosition(line.position() + line.length() - 1);
        edit.setPosition(last.position() + last.length() - 1, QTextCursor::KeepAnchor);
        edit.removeSelectedText();
    }
    edit.endEditBlock();
    return true;
}

QList<QTextBlock> MessageFolds::lines(const QTextDocument &document)
{
    QList<QTextBlock> lines;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (isLine(block))
            lines.append(block);
    }
    return lines;
}

bool MessageFolds::isLine(const QTextBlock &block) { return block.blockFormat().hasProperty(TextProperty); }

MessageFolds::Id MessageFolds::idOf(const QTextBlock &line)
{
    return {line.blockFormat().stringProperty(KeyProperty), line.blockFormat().intProperty(NumberProperty)};
}

bool MessageFolds::isOpen(const QTextBlock &line) { return line.blockFormat().boolProperty(OpenProperty); }

QString MessageFolds::text(const QTextBlock &line) { return line.blockFormat().stringProperty(TextProperty); }

} // namespace casement
