#include "print/casedocument.h"

#include "export/casefacts.h"
#include "export/exporttext.h"

#include <QAbstractTextDocumentLayout>
#include <QFontMetricsF>
#include <QPainter>
#include <QTextBlock>
#include <QTextTable>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal points(qreal value) { return value * CaseDocument::unitsPerInch / 72; }

constexpr qreal footerHeight = points(26);
constexpr qsizetype longestLine = 10'000; // what is longer is laid out in pieces
const QColor muted(0x57, 0x60, 0x6a);
const QColor linkColor(0x0b, 0x57, 0xa4);
const QColor codeGround(0xf1, 0xf3, 0xf5);
const QColor ruleColor(0xd0, 0xd7, 0xde);

// Chinese, Japanese and Korean share code points, not glyphs: the language in which people wrote decides.
QString cjkRegion(const QString &language)
{
    const QString code = language.toLower();
    if (code.startsWith("zh"_L1))
        return code.contains("tw"_L1) || code.contains("hant"_L1) ? u"TC"_s : u"SC"_s;
    return code.startsWith("ko"_L1) ? u"KR"_s : u"JP"_s;
}

QFont fontOf(const QStringList &families, qreal size)
{
    QFont font;
    font.setFamilies(families);
    font.setPixelSize(qRound(points(size)));
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

// An object that stands for itself would be drawn by nobody.
QString drawable(QString text) { return text.replace(QChar::ObjectReplacementCharacter, QChar::ReplacementCharacter); }

QTextCharFormat sized(qreal size)
{
    QTextCharFormat format;
    format.setProperty(QTextFormat::FontPixelSize, qRound(points(size)));
    format.setForeground(Qt::black);
    return format;
}

QTextBlockFormat block(qreal above, qreal below = 0)
{
    QTextBlockFormat format;
    format.setTopMargin(points(above));
    format.setBottomMargin(points(below));
    return format;
}

} // namespace

CaseDocument::CaseDocument(const ExportedCase &exported, const ExportOptions &options, const QSizeF &page,
                           const std::atomic_bool &isCancelled)
    : m_cursor(&m_document), m_pageHeight(page.height() - footerHeight)
{
    const QString region = cjkRegion(exported.details.language);
    const QString cjk = u"Noto Sans CJK "_s + region;
    // Latin first: the digits of the CJK font beside Latin letters are forms of their own, which nobody can copy out of
    // a PDF file.
    const QStringList families{u"Noto Sans"_s, u"DejaVu Sans"_s, cjk};
    m_codeFamilies = {u"DejaVu Sans Mono"_s, u"Noto Sans Mono CJK "_s + region};
    m_footerFont = fontOf(families, 8);

    m_document.setUndoRedoEnabled(false);
    m_document.setDefaultFont(fontOf(families, 10));
    m_document.setDocumentMargin(0);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LayoutDirectionAuto);
    option.setTabStopDistance(points(32));
    m_document.setDefaultTextOption(option);
    m_document.setPageSize(QSizeF(page.width(), m_pageHeight));

    const CaseDetails &details = exported.details;
    m_footer = shownLine(details.displayId.isEmpty() ? details.caseId : details.displayId);
    if (const QString account = shownLine(exported.accountName); !account.isEmpty())
        m_footer += u" · "_s + account;

    writeHead(exported, options);
    qsizetype number = 0;
    for (const CommunicationRecord &message : exported.messages) {
        if (isCancelled)
            return;
        writeMessage(++number, message, options);
    }
    if (exported.messages.isEmpty())
        writeLine(CaseFacts::noMessages(), block(12), sized(10));
    if (const QString leftOut = CaseFacts::leftOut(exported.messages); !leftOut.isEmpty()) {
        QTextCharFormat small = sized(9);
        small.setForeground(muted);
        writeLine(leftOut, block(16), small);
    }
}

void CaseDocument::writeLine(const QString &line, const QTextBlockFormat &format, const QTextCharFormat &text)
{
    if (std::exchange(m_isFresh, false)) {
        m_cursor.setBlockFormat(format);
        m_cursor.setBlockCharFormat(text);
    } else {
        m_cursor.insertBlock(format, text);
    }
    m_cursor.insertText(drawable(line), text);
}

void CaseDocument::writeHead(const ExportedCase &exported, const ExportOptions &options)
{
    QTextCharFormat title = sized(16);
    title.setFontWeight(QFont::Bold);
    writeLine(CaseFacts::title(exported.details), block(0, 8), title);

    const QList<CaseFact> facts = CaseFacts::of(exported, options);
    if (facts.isEmpty())
        return;
    QTextTableFormat format;
    format.setBorder(0);
    format.setTopMargin(points(4));
    format.setBottomMargin(points(2));
    format.setCellPadding(points(1.5));
    format.setCellSpacing(0);
    format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
    format.setColumnWidthConstraints({QTextLength(QTextLength::FixedLength, points(90)), QTextLength()});
    QTextTable *table = m_cursor.insertTable(int(facts.size()), 2, format);
    QTextCharFormat label = sized(9);
    label.setForeground(muted);
    for (int row = 0; row < table->rows(); ++row) {
        const CaseFact &fact = facts.at(row);
        table->cellAt(row, 0).firstCursorPosition().insertText(fact.label, label);
        QTextCharFormat value = sized(10);
        QString text = drawable(fact.values.join(u", "_s));
        if (!fact.link.isEmpty()) {
            text = QString::fromLatin1(fact.link.toEncoded());
            value.setAnchor(true);
            value.setAnchorHref(text);
            value.setForeground(linkColor);
        }
        table->cellAt(row, 1).firstCursorPosition().insertText(text, value);
    }
    leaveFrame();
    m_isFresh = false; // an empty paragraph below a table is not shown, and the rule is one
}

/// Goes to the paragraph that Qt keeps below a table or a frame.
void CaseDocument::leaveFrame()
{
    m_cursor.movePosition(QTextCursor::End);
    QTextBlockFormat flat;
    flat.setLineHeight(1, QTextBlockFormat::FixedHeight);
    m_cursor.setBlockFormat(flat);
    m_cursor.setBlockCharFormat(sized(1));
    m_isFresh = true;
}

void CaseDocument::writeMessage(qsizetype number, const CommunicationRecord &message, const ExportOptions &options)
{
    QTextBlockFormat rule = block(12);
    rule.setLineHeight(points(0.75), QTextBlockFormat::FixedHeight);
    rule.setBackground(ruleColor);
    writeLine({}, rule, sized(1));
    QTextBlock head = m_cursor.block();

    QTextCharFormat writer = sized(11);
    writer.setFontWeight(QFont::Bold);
    writeLine(u"%1. "_s.arg(number) + CaseFacts::writerOf(message), block(8), writer);
    QTextBlock last = m_cursor.block();
    if (const QString time = exportedTime(message.created, options.zone, message.timeCreatedText); !time.isEmpty()) {
        QTextCharFormat small = sized(9);
        small.setForeground(muted);
        writeLine(time, block(1, 6), small);
        last = m_cursor.block();
    }
    writeBody(CaseFacts::bodyOf(message));
    keepTogether(head, last.next());
    if (message.attachments.isEmpty())
        return;
    QTextCharFormat small = sized(9);
    small.setForeground(muted);
    writeLine(CaseFacts::attachments(), block(8), small);
    head = m_cursor.block();
    QTextBlockFormat item = block(2);
    item.setLeftMargin(points(10));
    for (const AttachmentRecord &file : message.attachments)
        writeLine(u"• "_s + CaseFacts::nameOf(file), item, sized(10));
    keepTogether(head, head.next());
}

void CaseDocument::writeBody(const QString &body)
{
    QTextBlockFormat prose;
    prose.setLineHeight(118, QTextBlockFormat::ProportionalHeight);
    QTextBlockFormat code;
    code.setLineHeight(112, QTextBlockFormat::ProportionalHeight);
    QTextCharFormat codeText = sized(9);
    codeText.setFontFamilies(m_codeFamilies);
    codeText.setFontFixedPitch(true);
    QTextFrameFormat ground;
    ground.setBackground(codeGround);
    ground.setPadding(points(5));
    ground.setTopMargin(points(3));
    ground.setBottomMargin(points(3));

    for (const BodyPart &part : bodyParts(body)) {
        if (part.isCode) {
            m_cursor.insertFrame(ground);
            m_isFresh = true;
        }
        for (const QString &line : part.text.split(u'\n'))
            writeBodyLine(line, part.isCode ? code : prose, part.isCode ? codeText : sized(10));
        if (part.isCode)
            leaveFrame();
    }
}

void CaseDocument::writeBodyLine(const QString &line, const QTextBlockFormat &block, const QTextCharFormat &text)
{
    for (qsizetype at = 0; at == 0 || at < line.size(); at += longestLine) {
        const QString piece = line.mid(at, longestLine);
        writeLine({}, block, text);
        qsizetype done = 0;
        for (const AddressPlace &place : webAddresses(piece)) {
            m_cursor.insertText(drawable(piece.sliced(done, place.start - done)), text);
            QTextCharFormat link = text;
            const QString url = piece.sliced(place.start, place.length);
            link.setAnchor(true);
            link.setAnchorHref(url);
            link.setForeground(linkColor);
            m_cursor.insertText(url, link);
            done = place.start + place.length;
        }
        m_cursor.insertText(drawable(piece.sliced(done)), text);
    }
}

int CaseDocument::pageOf(const QTextBlock &text, bool firstLineOnly) const
{
    const QRectF rect = m_document.documentLayout()->blockBoundingRect(text);
    qreal bottom = rect.bottom();
    if (firstLineOnly && text.layout()->lineCount() > 0) {
        bottom = rect.top() + text.layout()->lineAt(0).rect().bottom();
    }
    return int((bottom - 1) / m_pageHeight);
}

/// A head that would end a page goes to the next one with what it is the head of.
void CaseDocument::keepTogether(QTextBlock head, const QTextBlock &first)
{
    if (!first.isValid() || pageOf(head, false) == pageOf(first, true))
        return;
    QTextBlockFormat format = head.blockFormat();
    format.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
    QTextCursor(head).setBlockFormat(format);
}

void CaseDocument::paint(QPainter &painter, int page) const
{
    const qreal width = m_document.pageSize().width();
    painter.save();
    painter.setClipRect(QRectF(0, 0, width, m_pageHeight));
    painter.translate(0, -page * m_pageHeight);
    QAbstractTextDocumentLayout::PaintContext context;
    context.clip = QRectF(0, page * m_pageHeight, width, m_pageHeight);
    context.palette.setColor(QPalette::Text, Qt::black);
    m_document.documentLayout()->draw(&painter, context);
    painter.restore();

    painter.save();
    painter.setFont(m_footerFont);
    painter.setPen(muted);
    //: At the foot of each page of a printed case
    const QString number = tr("Page %1 of %2").arg(page + 1).arg(pageCount());
    const QFontMetricsF metrics(m_footerFont);
    const QRectF line(0, m_pageHeight, width, footerHeight);
    const qreal room = width - metrics.horizontalAdvance(number) - points(20);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine,
                     metrics.elidedText(drawable(m_footer), Qt::ElideMiddle, room));
    painter.drawText(line, Qt::AlignRight | Qt::AlignBottom | Qt::TextSingleLine, number);
    painter.restore();
}

} // namespace casement
