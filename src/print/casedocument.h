#pragma once

#include "export/exportedcase.h"

#include <QCoreApplication>
#include <QSizeF>
#include <QTextCursor>
#include <QTextDocument>

#include <atomic>

class QPainter;

namespace casement {

/// A case as pages of paper: what is known of it, its whole conversation, and on each page which case it is and which
/// page of how many. Black on white, whatever the screen's colours are; its layout depends on no screen.
///
/// Built from plain text by cursor only: nothing that the service sends is read as markup. No line is cut by the end of
/// a page, long lines wrap, and the head of a message stays with its first line. For one thread, any one.
class CaseDocument
{
    Q_DECLARE_TR_FUNCTIONS(casement::CaseDocument)

public:
    static constexpr qreal unitsPerInch = 300; ///< what sizes here are measured in

    /// `page` is the room on a page, without its margins. Ends early, with a document that is good for nothing, when
    /// `isCancelled` becomes true.
    CaseDocument(const ExportedCase &exported, const ExportOptions &options, const QSizeF &page,
                 const std::atomic_bool &isCancelled);

    int pageCount() const { return m_document.pageCount(); }
    /// A page from 0; the painter's unit is this document's, its origin the corner of the page's room.
    void paint(QPainter &painter, int page) const;

    const QTextDocument &text() const { return m_document; }

private:
    void writeHead(const ExportedCase &exported, const ExportOptions &options);
    void writeMessage(qsizetype number, const CommunicationRecord &message, const ExportOptions &options);
    void writeBody(const QString &body);
    void writeLine(const QString &line, const QTextBlockFormat &block, const QTextCharFormat &format);
    void writeBodyLine(const QString &line, const QTextBlockFormat &block, const QTextCharFormat &text);
    void leaveFrame();
    void keepTogether(QTextBlock head, const QTextBlock &first);
    int pageOf(const QTextBlock &block, bool firstLineOnly) const;

    QTextDocument m_document;
    QTextCursor m_cursor;
    QStringList m_codeFamilies;
    QFont m_footerFont;
    QString m_footer;
    qreal m_pageHeight = 0;
    bool m_isFresh = true; // the cursor is in a paragraph that nothing was written into
};

} // namespace casement
