#pragma once

#include "export/exportedcase.h"

#include <QCoreApplication>
#include <QStringList>
#include <QUrl>

namespace casement {

/// One line of the table at the head of an exported case.
struct CaseFact
{
    QString label;
    QStringList values; ///< each a shownLine()
    QUrl link; ///< set instead of values
};

/// What the readable exports say of a case, in the interface's language.
class CaseFacts
{
    Q_DECLARE_TR_FUNCTIONS(casement::CaseExport)

public:
    /// The subject; the case's number when it has none.
    static QString title(const CaseDetails &details);
    /// What is known of the case, in reading order; facts that are not known are left out.
    static QList<CaseFact> of(const ExportedCase &exported, const ExportOptions &options);

    static QString documentTitle(); ///< of many cases
    static QString attachments();
    static QString noMessages();
    /// What a readable export shows of a message: a shownText() without AWS's closing lines.
    static QString bodyOf(const CommunicationRecord &message);
    /// Says of how many messages these were left out; empty for none.
    static QString leftOut(const QList<CommunicationRecord> &messages);
    static QString nameOf(const AttachmentRecord &file);
    static QString writerOf(const CommunicationRecord &message);
    /// The BCP 47 code of the language that all these texts are in.
    static QString language();
};

} // namespace casement
