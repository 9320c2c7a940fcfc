#include "export/caseexport.h"

#include "export/casefacts.h"
#include "export/htmlexport.h"
#include "export/markdownexport.h"

#include <QStringEncoder>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

struct JsonAccount
{
    QString name;
    QString partition;

    static constexpr auto shape()
    {
        return std::tuple(field("name", &JsonAccount::name), field("partition", &JsonAccount::partition));
    }
};

struct JsonCase : CaseDetails
{
    JsonAccount account;

    static constexpr auto shape()
    {
        return std::tuple_cat(CaseDetails::shape(), std::tuple(field("account", &JsonCase::account)));
    }
};

QByteArray jsonCase(const ExportedCase &exported)
{
    JsonCase json{exported.details, {exported.accountName, exported.partition}};
    RecentCaseCommunications all;
    for (auto message = exported.messages.crbegin(); message != exported.messages.crend(); ++message) {
        Communication communication{.caseId = exported.details.caseId,
                                    .body = message->body,
                                    .submittedBy = message->submittedBy,
                                    .timeCreated = message->timeCreatedText};
        for (const AttachmentRecord &file : message->attachments)
            communication.attachments.append({file.attachmentId, file.fileName});
        communication.attachmentSet = communication.attachments; // for readers of the time before 2026
        all.communications.append(communication);
    }
    json.recentCommunications = all;
    return encode(json);
}

QByteArray utf8(const QString &text)
{
    QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless); // U+FFFD for a lone surrogate
    return encoder(text);
}

} // namespace

CaseExport::CaseExport(ExportFormat format, const ExportOptions &options) : m_format(format), m_options(options) { }

QString CaseExport::suffix(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Markdown:
        return u"md"_s;
    case ExportFormat::Html:
        return u"html"_s;
    case ExportFormat::Json:
        break;
    }
    return u"json"_s;
}

QString CaseExport::title(const CaseDetails &first, qsizetype count)
{
    return count == 1 ? CaseFacts::title(first) : CaseFacts::documentTitle();
}

QByteArray CaseExport::head(const QString &title) const
{
    switch (m_format) {
    case ExportFormat::Markdown:
        return {};
    case ExportFormat::Html:
        return utf8(htmlHead(title));
    case ExportFormat::Json:
        break;
    }
    return "{\"cases\":[\n";
}

QByteArray CaseExport::caseText(qsizetype index, const ExportedCase &exported) const
{
    switch (m_format) {
    case ExportFormat::Markdown:
        return utf8((index > 0 ? u"\n---\n\n"_s : QString()) + markdownCase(exported, m_options));
    case ExportFormat::Html:
        return utf8(htmlCase(exported, m_options));
    case ExportFormat::Json:
        break;
    }
    return (index > 0 ? ",\n" : "") + jsonCase(exported);
}

QByteArray CaseExport::tail() const
{
    switch (m_format) {
    case ExportFormat::Markdown:
        return {};
    case ExportFormat::Html:
        return utf8(htmlTail());
    case ExportFormat::Json:
        break;
    }
    return "\n]}\n";
}

QByteArray CaseExport::document(const QList<ExportedCase> &cases) const
{
    QByteArray out = head(title(cases.isEmpty() ? CaseDetails() : cases.first().details, cases.size()));
    for (qsizetype i = 0; i < cases.size(); ++i)
        out += caseText(i, cases.at(i));
    return out + tail();
}

} // namespace casement
