#include "cli/readcommands.h"

#include "archive/datewords.h"
#include "cli/caseformats.h"
#include "cli/terminaltext.h"
#include "support/codes.h"

#include <QHash>

#include <algorithm>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostHits = 10'000;
constexpr int ruleWidth = 72;

QString orDash(const QString &text) { return text.isEmpty() ? u"-"_s : terminalLine(text); }
QString orDash(const Text &text) { return orDash(text.toString()); }

QString headOf(const CaseRecord &record)
{
    QString head = terminalLine(record.subject.toString()) + u'\n';
    const auto line = [&head](QLatin1StringView name, const QString &value) {
        head += padToCells(name, 10) + value + u'\n';
    };
    line("Case"_L1, u"%1 (%2)"_s.arg(orDash(record.displayId), orDash(record.caseId)));
    line("Status"_L1, orDash(record.status));
    line("Turn"_L1,
         record.turnSince ? u"%1, since %2"_s.arg(turnWord(record.turn), localTime(record.turnSince))
                          : QString(turnWord(record.turn)));
    line("Severity"_L1, orDash(record.severityCode));
    line("Service"_L1, u"%1 / %2"_s.arg(orDash(record.serviceCode), orDash(record.categoryCode)));
    line("Created"_L1,
         u"%1 by %2"_s.arg(orDash(localTime(record.created, record.timeCreatedText.toString())),
                           orDash(record.submittedBy)));
    return head;
}

QString printedMessage(const CommunicationRecord &message)
{
    const QString title =
        u"── %1  %2 "_s.arg(orDash(localTime(message.created, message.timeCreatedText)), orDash(message.submittedBy));
    QString text = u'\n' + title + QString(std::max(0, ruleWidth - cellWidth(title)), u'─') + u"\n\n"_s;
    text += terminalText(message.body);
    if (!text.endsWith(u'\n'))
        text += u'\n';
    for (const AttachmentRecord &file : message.attachments)
        text += u"\n[file] %1  (%2)\n"_s.arg(orDash(file.fileName), orDash(file.attachmentId));
    return text;
}

} // namespace

void CasesCommand::show()
{
    loadCases([this](const CaseRecords &all) {
        CaseRecords cases;
        std::copy_if(all.begin(), all.end(), std::back_inserter(cases),
                     [this](const CaseRecord &record) { return line().all || !isResolved(record.status.view()); });
        switch (line().format) {
        case CommandLine::Format::Table:
            if (cases.empty())
                complain(line().all ? u"There are no cases."_s : u"There are no open cases."_s);
            else
                output().write(caseTable(cases, output().columns()));
            break;
        case CommandLine::Format::Json:
            output().write(caseJson(cases));
            break;
        case CommandLine::Format::Csv:
            output().write(caseCsv(cases, output().isTerminal()));
            break;
        case CommandLine::Format::Markdown:
        case CommandLine::Format::Html:
        case CommandLine::Format::Zip:
            break; // of ExportCase
        }
        finish(statusSoFar());
    });
}

void CaseCommand::show()
{
    loadCases([this](const CaseRecords &cases) {
        const CaseRecord *found = findCase(cases, line().operand);
        if (!found)
            return finish(failed);
        print(*found);
    });
}

void CaseCommand::print(const CaseRecord &record)
{
    archive().loadCommunications(account().id, record.caseId.toString(), this,
                                 [this, record](const Result<QList<CommunicationRecord>> &messages) {
                                     if (!messages)
                                         return fail(messages.error());
                                     QString text = headOf(record);
                                     for (const CommunicationRecord &message : *messages)
                                         text += printedMessage(message);
                                     output().write(text);
                                     warnOfGaps({record.caseId.toString()}, [this] { finish(statusSoFar()); });
                                 });
}

void SearchCommand::show()
{
    loadCases([this](const CaseRecords &cases) { print(cases); });
}

void SearchCommand::print(const CaseRecords &cases)
{
    const DateWords dates = readDateWords(line().operand);
    if (!dates.wrong.isEmpty()) {
        const bool isAll = dates.words.trimmed().isEmpty() && !dates.hasDates();
        complain(
            u"%1\"%2\" names no date%3; a date is 2026-01-31, 2026-01, 2026, 7d, 2w, 3m, 1y, today or yesterday."_s.arg(
                isAll ? QString() : u"warning: "_s, terminalLine(dates.wrong),
                isAll ? u", and nothing else is looked for"_s : u" and is left out"_s));
        if (isAll)
            return finish(wrongUsage);
    }
    // What stands in it without the words that ask for nothing.
    const QString words = dates.wrong.isEmpty() ? line().operand : dates.words;
    archive().search(line().operand, mostHits, this, [this, cases, words](const Result<QList<SearchHit>> &hits) {
        if (!hits)
            return fail(hits.error());
        QHash<QString, const CaseRecord *> byId;
        for (const CaseRecord &record : cases)
            byId.insert(record.caseId.toString(), &record);
        QString text;
        for (const SearchHit &hit : *hits) {
            const CaseRecord *record = hit.account == account().id ? byId.value(hit.caseId) : nullptr;
            const bool isMark = hit.place == SearchHit::Place::Note || hit.place == SearchHit::Place::Tags;
            if (hit.account != account().id || (!record && !isMark))
                continue;
            text += u"%1  %2  %3\n"_s.arg(record ? orDash(record->displayId) : terminalLine(hit.caseId),
                                          orDash(localTime(hit.created)), record ? orDash(record->subject) : u"-"_s);
            if (isMark)
                text += hit.place == SearchHit::Place::Note ? u"    Note: "_s : u"    Tags: "_s;
            else if (hit.place == SearchHit::Place::File)
                text += u"    Attachment: "_s;
            else if (hit.place == SearchHit::Place::Message)
                text += u"    "_s;
            if (hit.place != SearchHit::Place::Subject)
                text += terminalLine(hit.excerpt) + u'\n';
        }
        if (text.isEmpty())
            complain(u"Nothing has all these words: %1"_s.arg(terminalLine(words)));
        output().write(text);
        finish(statusSoFar());
    });
}

} // namespace casement::cli
