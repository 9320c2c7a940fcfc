#include "cli/attachmentformats.h"

#include "cli/caseformats.h"
#include "cli/cells.h"
#include "support/jsonindent.h"
#include "support/jsontext.h"

namespace casement::cli {

using namespace Qt::StringLiterals;

QString attachmentTable(const QList<ListedAttachment> &files, int columns)
{
    std::vector<QStringList> rows{{u"FILE"_s, u"SIZE"_s, u"KEPT"_s, u"SENT"_s, u"BY"_s, u"ATTACHMENT ID"_s}};
    for (const ListedAttachment &file : files) {
        rows.push_back({file.record.fileName, file.keptSize ? sizeText(*file.keptSize) : QString(),
                        file.keptSize ? u"yes"_s : u"no"_s, localTime(file.created, file.timeCreatedText),
                        file.submittedBy, file.record.attachmentId});
    }
    return tableText(std::move(rows), {48, 12, 4, 24, 28}, columns);
}

QByteArray attachmentJson(const QList<ListedAttachment> &files)
{
    QByteArray json = "[";
    for (const ListedAttachment &file : files) {
        json += json.size() > 1 ? ",{" : "{";
        const auto member = [&json](const char *name, const QString &value) {
            appendJsonString(json, QString::fromLatin1(name));
            json += ':';
            appendJsonString(json, value);
            json += ',';
        };
        member("fileName", file.record.fileName);
        member("attachmentId", file.record.attachmentId);
        member("submittedBy", file.submittedBy);
        member("timeCreated", file.timeCreatedText);
        json += "\"size\":" + (file.keptSize ? QByteArray::number(*file.keptSize) : QByteArray("null"));
        json += file.keptSize ? ",\"kept\":true}" : ",\"kept\":false}";
    }
    return indentJson(json + ']', true).value() + '\n';
}

QByteArray attachmentCsv(const QList<ListedAttachment> &files, bool forTerminal)
{
    QByteArray csv = "fileName,attachmentId,submittedBy,timeCreated,size,kept\r\n";
    for (const ListedAttachment &file : files) {
        for (const QString &text :
             {file.record.fileName, file.record.attachmentId, file.submittedBy, file.timeCreatedText})
            csv += csvCell(text, forTerminal) + ',';
        csv += file.keptSize ? QByteArray::number(*file.keptSize) + ",true\r\n" : QByteArray(",false\r\n");
    }
    return csv;
}

} // namespace casement::cli
