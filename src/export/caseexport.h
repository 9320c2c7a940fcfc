#pragma once

#include "export/exportedcase.h"

#include <QByteArray>

namespace casement {

/// What cases can be written as.
enum class ExportFormat {
    Markdown, ///< CommonMark with a table; for a ticket or a wiki
    Html, ///< one page that needs nothing else; for people, also printed
    Json, ///< what DescribeCases answers, with all messages; for programs
};

/// Makes one document of one or many cases: head, each case, tail; all UTF-8. A value of pure functions, for any
/// thread.
///
/// Markdown and HTML are written in the interface's language, and what would act unseen (control characters, turned
/// directions) stands in them visibly. In JSON texts are exactly the service's, lone surrogates as U+FFFD apart:
/// `{"cases":[…]}`, one case a line, each with `"account":{"name":…,"partition":…}` and its messages, newest first as
/// the service has them, in `recentCommunications`.
class CaseExport
{
public:
    explicit CaseExport(ExportFormat format, const ExportOptions &options = {});

    ExportFormat format() const { return m_format; }
    /// `md`, `html`, `json`.
    static QString suffix(ExportFormat format);
    /// The title for head(): the subject of a single case.
    static QString title(const CaseDetails &first, qsizetype count);

    QByteArray head(const QString &title) const;
    /// `index` counts the cases of the document from 0.
    QByteArray caseText(qsizetype index, const ExportedCase &exported) const;
    QByteArray tail() const;

    /// All of it.
    QByteArray document(const QList<ExportedCase> &cases) const;

private:
    ExportFormat m_format;
    ExportOptions m_options;
};

} // namespace casement
