#include "export/casefacts.h"

#include "export/exporttext.h"
#include "export/messagefooter.h"
#include "support/codes.h"
#include "support/supportcenter.h"
#include "support/timestamp.h"

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

QString name(const QString &code, const ExportOptions::NameOf &nameOf)
{
    return shownLine(!nameOf || code.isEmpty() ? code : nameOf(code.toStdString()));
}

QString categoryName(const CaseDetails &details, const ExportOptions::CategoryOf &nameOf)
{
    const QString &code = details.categoryCode;
    return shownLine(!nameOf || code.isEmpty() ? code : nameOf(details.serviceCode.toStdString(), code.toStdString()));
}

} // namespace

QString CaseFacts::title(const CaseDetails &details)
{
    const QString subject = shownLine(details.subject).trimmed();
    if (!subject.isEmpty())
        return subject;
    return shownLine(details.displayId.isEmpty() ? details.caseId : details.displayId);
}

QList<CaseFact> CaseFacts::of(const ExportedCase &exported, const ExportOptions &options)
{
    const CaseDetails &details = exported.details;
    QList<CaseFact> facts;
    const auto add = [&facts](const QString &label, const QString &value) {
        if (!value.trimmed().isEmpty())
            facts.append({.label = label, .values = {value}});
    };
    const qint64 created = parseTimestamp(details.timeCreated);
    qint64 updated = created;
    for (const CommunicationRecord &message : exported.messages)
        updated = std::max(updated, message.created);

    add(tr("Case"), shownLine(details.displayId.isEmpty() ? details.caseId : details.displayId));
    const QString account = shownLine(exported.accountName);
    add(tr("Account"),
        exported.partition.isEmpty() || exported.partition == "aws"_L1
            ? account
            : u"%1 (%2)"_s.arg(account, shownLine(exported.partition)).trimmed());
    add(tr("Status"), name(details.status, options.status));
    add(tr("Severity"), name(details.severityCode, options.severity));
    QStringList service{name(details.serviceCode, options.service), categoryName(details, options.category)};
    service.removeAll(QString());
    add(tr("Service"), service.join(u" › "_s));
    add(tr("Created"), exportedTime(created, options.zone, details.timeCreated));
    if (updated > 0)
        add(tr("Updated"), exportedTime(updated, options.zone, {}));
    add(tr("Submitted by"), shownLine(details.submittedBy));
    QStringList cc;
    for (const QString &address : details.ccEmailAddresses)
        cc.append(shownLine(address));
    if (!cc.isEmpty())
        facts.append({.label = tr("CC"), .values = cc});
    if (const QUrl url = supportCenterUrl(exported.partition, details.displayId); !url.isEmpty())
        facts.append({.label = tr("Support Center"), .link = url});
    return facts;
}

QString CaseFacts::documentTitle() { return tr("Support cases"); }

QString CaseFacts::attachments() { return tr("Attachments"); }

QString CaseFacts::noMessages() { return tr("The archive has no messages of this case."); }

QString CaseFacts::bodyOf(const CommunicationRecord &message)
{
    return withoutFooter(shownText(message.body), isFromAws(message.submittedBy.toStdString()));
}

QString CaseFacts::leftOut(const QList<CommunicationRecord> &messages)
{
    const auto count = std::count_if(messages.begin(), messages.end(), [](const CommunicationRecord &message) {
        return bodyOf(message).size() < shownText(message.body).size();
    });
    return count == 0 ? QString() : tr("AWS's standard footer was left out of %n message(s).", nullptr, int(count));
}

QString CaseFacts::nameOf(const AttachmentRecord &file)
{
    return shownLine(file.fileName.trimmed().isEmpty() ? file.attachmentId : file.fileName);
}

QString CaseFacts::writerOf(const CommunicationRecord &message)
{
    const QString writer = shownLine(message.submittedBy).trimmed();
    return writer.isEmpty() ? tr("Unknown sender") : writer;
}

QString CaseFacts::language()
{
    //: The code of the language that you translate to, such as ja
    return tr("en");
}

} // namespace casement
