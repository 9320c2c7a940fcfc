#include "ui/messagewriter.h"

#include "models/displaytext.h"
#include "models/relativetime.h"
#include "ui/conversationchips.h"
#include "ui/messagefolds.h"
#include "ui/messageparts.h"
#include "ui/plaintext.h"
#include "ui/textlabels.h"
#include "ui/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QDateTime>
#include <QFontDatabase>
#include <QLocale>
#include <QPainter>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextFrame>
#include <QUrl>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int sideIndent = 40;
constexpr int codeMargin = 8;
constexpr qsizetype longestCodeLine = 300; // longer ones are wrapped all the same

} // namespace

QTextFrameFormat MessageWriter::frameFormat(bool fromAws)
{
    QTextFrameFormat frame;
    frame.setPadding(padding);
    frame.setTopMargin(2);
    frame.setBottomMargin(2);
    frame.setLeftMargin(fromAws ? padding : padding + sideIndent);
    frame.setRightMargin(fromAws ? padding + sideIndent : padding);
    return frame;
}

QString MessageWriter::timeText(const CommunicationRecord &message)
{
    if (message.created == 0)
        return displayText(message.timeCreatedText);
    return unbroken(TimeText::ago(message.created, QDateTime::currentMSecsSinceEpoch(), QLocale()));
}

void MessageWriter::renewTime(QTextCursor &time, const CommunicationRecord &message)
{
    const QString now = timeText(message);
    if (message.created == 0 || time.isNull() || time.selectedText() == now)
        return;
    const int start = time.selectionStart();
    QTextCursor edit(time.document());
    edit.setPosition(start);
    edit.setPosition(time.selectionEnd(), QTextCursor::KeepAnchor);
    edit.insertText(now, timeFormat(message));
    time.setPosition(start);
    time.setPosition(start + int(now.size()), QTextCursor::KeepAnchor);
}

QTextCharFormat MessageWriter::timeFormat(const CommunicationRecord &message)
{
    QTextCharFormat format = mutedFormat();
    format.setToolTip(
        plainToolTip(message.created == 0 ? message.timeCreatedText : TimeText::exact(message.created, QLocale())));
    return format;
}

QTextCharFormat MessageWriter::textFormat() const
{
    QTextCharFormat format;
    format.setForeground(m_palette.color(QPalette::Text));
    return format;
}

QTextCharFormat MessageWriter::mutedFormat()
{
    QTextCharFormat format;
    format.setForeground(Theme::colors().mutedText);
    return format;
}

QTextCursor MessageWriter::header(const CommunicationRecord &message)
{
    QTextBlockFormat block;
    block.setBottomMargin(4);
    block.setProperty(HeaderProperty, true);
    m_cursor.setBlockFormat(block);
    QTextCharFormat name = textFormat();
    name.setFontWeight(QFont::DemiBold);
    if (message.fromAws)
        name.setForeground(Theme::colors().accent);
    QString who = message.fromAws ? tr("AWS Support") : displayText(message.submittedBy);
    if (who.isEmpty())
        who = tr("Unknown sender");
    m_cursor.insertText(who, name);
    const QString when = timeText(message);
    if (!when.isEmpty())
        m_cursor.insertText(u"\u00a0· "_s, mutedFormat());
    QTextCursor time(m_cursor);
    const int start = m_cursor.position();
    m_cursor.insertText(when, timeFormat(message));
    time.setPosition(start);
    time.setPosition(m_cursor.position(), QTextCursor::KeepAnchor);
    time.setKeepPositionOnInsert(true); // what follows the time is put in right behind it
    if (message.unread) {
        QTextCharFormat fresh = textFormat();
        fresh.setForeground(Theme::colors().accent);
        fresh.setFontWeight(QFont::DemiBold);
        //: Mark of a message that was not read before
        m_cursor.insertText(u" · "_s + tr("New"), fresh);
    }
    return time;
}

void MessageWriter::text(const QString &text, bool goesOn)
{
    QTextBlockFormat block;
    block.setLineHeight(120, QTextBlockFormat::ProportionalHeight);
    part(text, block, textFormat(), true, goesOn);
}

void MessageWriter::code(const QString &text, bool wrap, bool goesOn)
{
    static const QStringList families{QFontDatabase::systemFont(QFontDatabase::FixedFont).family(),
                                      u"DejaVu Sans Mono"_s, u"Noto Sans Mono CJK JP"_s};
    QTextCharFormat format = textFormat();
    format.setFontFamilies(families);
    format.setFontFixedPitch(true);
    QTextBlockFormat block;
    block.setProperty(CodeProperty, true);
    block.setLeftMargin(codeMargin);
    block.setRightMargin(codeMargin);
    // A line of thousands of characters (base64, minified JSON) would make everything else hard to read.
    const auto all = QStringView(text).split(u'\n');
    const bool endless =
        std::any_of(all.begin(), all.end(), [](QStringView line) { return line.size() > longestCodeLine; });
    block.setNonBreakableLines(!wrap && !endless);
    part(text, block, format, false, goesOn);
}

void MessageWriter::muted(const QString &text, const QTextBlockFormat &block, bool goesOn)
{
    part(text, block, mutedFormat(), true, goesOn);
}

QString MessageWriter::selectedText(const QTextCursor &cursor)
{
    const int start = cursor.selectionStart();
    const int end = cursor.selectionEnd();
    QString text;
    for (QTextBlock block = cursor.document()->findBlock(start); block.isValid() && block.position() <= end;
         block = block.next()) {
        const bool goesBeyond = start < block.position() || end > block.position() + block.length() - 1;
        const bool isFold = goesBeyond && MessageFolds::isLine(block); // inside of its line, it is that one's words
        if (isFold && MessageFolds::isOpen(block))
            continue; // its text follows, and the line is none of the message
        if (block.position() > start && !block.blockFormat().hasProperty(GoesOnProperty))
            text += u'\n';
        if (isFold) {
            text += MessageFolds::text(block);
            continue;
        }
        const int from = qMax(0, start - block.position());
        const QString part = block.text().mid(from, qMin(block.length() - 1, end - block.position()) - from);
        text += block.blockFormat().hasProperty(HeaderProperty) ? withoutBonds(part) : part;
    }
    return text;
}

void MessageWriter::attachments(const CommunicationRecord &message)
{
    bool first = true;
    for (const AttachmentRecord &attachment : message.attachments) {
        const QString name = displayText(attachment.fileName);
        const QString shown = name.isEmpty() ? tr("Attachment without a name") : name;
        QTextBlockFormat block;
        block.setProperty(ChipProperty, shown);
        block.setProperty(ChipIdProperty, attachment.attachmentId);
        block.setProperty(ChipFileProperty, attachment.fileName);
        block.setProperty(ChipMessageProperty, message.key);
        block.setLeftMargin(ConversationChips::indent);
        block.setTopMargin(first ? 14 : 10);
        first = false;
        QTextCharFormat link = textFormat();
        link.setAnchor(true);
        link.setAnchorHref(u"casement:attachment/"_s
                           + QString::fromLatin1(QUrl::toPercentEncoding(attachment.attachmentId)));
        m_cursor.insertBlock(block, link);
        m_cursor.insertText(shown, link);
    }
}

void MessageWriter::fitChips(const QTextFrame &frame, int pageWidth)
{
    const QTextFrameFormat around = frame.frameFormat();
    const QFontMetrics metrics(frame.document()->defaultFont());
    const int room = qMax(metrics.averageCharWidth() * 8,
                          int(pageWidth - around.leftMargin() - around.rightMargin() - 2 * padding)
                              - ConversationChips::widthAround(metrics));
    QTextBlock block = frame.lastCursorPosition().block();
    for (; block.blockFormat().hasProperty(ChipProperty); block = block.previous()) {
        const QString name = block.blockFormat().stringProperty(ChipProperty);
        const QString shown = metrics.elidedText(name, Qt::ElideMiddle, room); // its end tells what kind of file it is
        if (shown == block.text())
            continue;
        QTextCursor edit(block);
        edit.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        QTextCharFormat format = edit.charFormat();
        format.setToolTip(shown == name ? QString() : plainToolTip(name));
        edit.insertText(shown, format);
    }
}

void MessageWriter::part(const QString &text, const QTextBlockFormat &block, const QTextCharFormat &format, bool links,
                         bool goesOn)
{
    const bool continues = block.hasProperty(CodeProperty) == m_cursor.blockFormat().hasProperty(CodeProperty);
    QTextBlockFormat first = block;
    if (!continues)
        first.setTopMargin(block.hasProperty(CodeProperty) ? 12 : 10);
    if (goesOn)
        first.setProperty(GoesOnProperty, true);
    m_cursor.insertBlock(first, format);
    const qsizetype end = text.indexOf(u'\n');
    lines(text.left(end), format, links);
    if (end < 0)
        return;
    m_cursor.insertBlock(block, format); // only the first line of a part has the distance above it
    lines(text.mid(end + 1), format, links);
}

void MessageWriter::lines(const QString &text, const QTextCharFormat &format, bool links)
{
    int at = 0;
    if (links) {
        const QList<FoundLink> found = findLinks(text);
        for (const FoundLink &link : found) {
            m_cursor.insertText(text.mid(at, link.start - at), format);
            QTextCharFormat anchor = format;
            anchor.setAnchor(true);
            anchor.setAnchorHref(link.url.toString(QUrl::FullyEncoded));
            anchor.setForeground(m_palette.color(QPalette::Link));
            anchor.setFontUnderline(true);
            m_cursor.insertText(text.mid(link.start, link.length), anchor);
            at = link.start + link.length;
        }
    }
    m_cursor.insertText(text.mid(at), format);
}

namespace {

bool isCode(const QTextBlock &block)
{
    return block.isValid() && block.blockFormat().hasProperty(MessageWriter::CodeProperty);
}

/// Lines of code that stand together have one ground: to the edge of their card, or as far as the longest of them.
class CodeRun
{
public:
    CodeRun(const QTextDocument &document, qreal pageWidth) : m_document(document), m_pageWidth(pageWidth) { }

    qreal rightOf(const QTextBlock &block)
    {
        if (block.position() >= m_start && block.position() < m_end)
            return m_right;
        QTextBlock first = block;
        while (isCode(first.previous()))
            first = first.previous();
        m_start = first.position();
        const QTextFrame *frame = QTextCursor(first).currentFrame();
        m_right = m_pageWidth - frame->frameFormat().rightMargin() - MessageWriter::padding;
        const qreal left = m_document.documentLayout()->blockBoundingRect(first).left();
        for (QTextBlock one = first; isCode(one); one = one.next()) {
            m_end = one.position() + one.length();
            for (int line = 0; line < one.layout()->lineCount(); ++line)
                m_right = qMax(m_right, left + one.layout()->lineAt(line).naturalTextWidth() + 2 * codeMargin);
        }
        return m_right;
    }

private:
    const QTextDocument &m_document;
    qreal m_pageWidth;
    qreal m_right = 0;
    int m_start = 0; // of the run that was measured last
    int m_end = 0;
};

} // namespace

void paintCards(QPainter &painter, const QTextDocument &document, const std::vector<MessageCard> &cards,
                const CardView &view)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const ThemeColors &colors = Theme::colors();
    const QAbstractTextDocumentLayout *layout = document.documentLayout();
    const bool overflow = layout->documentSize().width() > view.pageWidth + 1;
    for (const MessageCard &card : cards) {
        QRectF rect = layout->frameBoundingRect(card.frame).translated(view.offset);
        if (rect.bottom() < 0)
            continue;
        if (rect.top() > view.height)
            break;
        const QTextFrameFormat format = card.frame->frameFormat();
        rect.adjust(format.leftMargin(), format.topMargin(), -format.rightMargin(), -format.bottomMargin());
        if (overflow) // code that runs out of sight takes its frame along, but not the card
            rect.setRight(view.pageWidth - format.rightMargin() + view.offset.x());
        const bool aws = card.fromAws;
        painter.setBrush(aws ? colors.awsGround : colors.customerGround);
        painter.drawRoundedRect(rect, 6, 6);
        painter.save();
        painter.setClipRect(QRectF(rect.left(), rect.top(), 3, rect.height()));
        painter.setBrush(aws ? colors.accent : colors.customer);
        painter.drawRoundedRect(rect, 6, 6);
        painter.restore();
    }
    // Grounds of code and attachments that are in sight.
    const int hit = layout->hitTest(QPointF(view.pageWidth / 2.0, -view.offset.y()), Qt::FuzzyHit);
    QTextBlock block = document.findBlock(qMax(0, hit));
    CodeRun run(document, view.pageWidth);
    for (; block.isValid(); block = block.next()) {
        const QTextBlockFormat format = block.blockFormat();
        const bool code = format.hasProperty(MessageWriter::CodeProperty);
        const bool chip = format.hasProperty(MessageWriter::ChipProperty);
        if (!code && !chip)
            continue;
        QRectF rect = layout->blockBoundingRect(block).translated(view.offset);
        if (rect.top() > view.height)
            break;
        if (code) {
            if (overflow)
                rect.setRight(run.rightOf(block) + view.offset.x());
            const bool above =
                block.previous().isValid() && block.previous().blockFormat().hasProperty(MessageWriter::CodeProperty);
            const bool below =
                block.next().isValid() && block.next().blockFormat().hasProperty(MessageWriter::CodeProperty);
            painter.setBrush(colors.codeGround);
            painter.save();
            painter.setClipRect(rect.adjusted(0, above ? 0 : -6, 0, below ? 0 : 6));
            painter.drawRoundedRect(rect.adjusted(0, above ? -8 : -5, 0, below ? 8 : 5), 5, 5);
            painter.restore();
        } else if (view.chips) {
            view.chips->paint(painter, block, view.offset);
        }
    }
}

} // namespace casement
