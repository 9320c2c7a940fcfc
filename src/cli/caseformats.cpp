#include "cli/caseformats.h"

#include "cli/cells.h"
#include "cli/terminaltext.h"
#include "support/jsonindent.h"
#include "support/jsontext.h"
#include "support/timestamp.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <vector>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int widestSubject = 200; // cells in a table; JSON and CSV have all of it

// What JSON and CSV say of a case, in this order.
struct Field
{
    QLatin1StringView name;
    QString (*text)(const CaseRecord &record);
};

QString updatedText(const CaseRecord &record) { return record.updated ? timestampText(record.updated) : QString(); }

constexpr std::array fields{
    Field{"displayId"_L1, [](const CaseRecord &c) { return c.displayId.toString(); }},
    Field{"caseId"_L1, [](const CaseRecord &c) { return c.caseId.toString(); }},
    Field{"status"_L1, [](const CaseRecord &c) { return c.status.toString(); }},
    Field{"severityCode"_L1, [](const CaseRecord &c) { return c.severityCode.toString(); }},
    Field{"subject"_L1, [](const CaseRecord &c) { return c.subject.toString(); }},
    Field{"serviceCode"_L1, [](const CaseRecord &c) { return c.serviceCode.toString(); }},
    Field{"categoryCode"_L1, [](const CaseRecord &c) { return c.categoryCode.toString(); }},
    Field{"submittedBy"_L1, [](const CaseRecord &c) { return c.submittedBy.toString(); }},
    Field{"language"_L1, [](const CaseRecord &c) { return c.language.toString(); }},
    Field{"timeCreated"_L1, [](const CaseRecord &c) { return c.timeCreatedText.toString(); }},
    Field{"updated"_L1, updatedText},
    Field{"turn"_L1, [](const CaseRecord &c) { return QString(turnWord(c.turn)); }},
};

} // namespace

QLatin1StringView turnWord(Turn turn)
{
    switch (turn) {
    case Turn::You:
        return "you"_L1;
    case Turn::Aws:
        return "aws"_L1;
    case Turn::Nobody:
        break;
    }
    return "nobody"_L1;
}

QString localTime(qint64 msSinceEpoch, const QString &fallback)
{
    return msSinceEpoch ? QDateTime::fromMSecsSinceEpoch(msSinceEpoch).toString(u"yyyy-MM-dd HH:mm"_s) : fallback;
}

QString caseTable(const CaseRecords &cases, int columns)
{
    const QStringList titles{u"CASE"_s, u"STATUS"_s, u"SEVERITY"_s, u"TURN"_s, u"UPDATED"_s, u"SUBJECT"_s};
    std::vector<QStringList> rows{titles};
    rows.reserve(cases.size() + 1);
    for (const CaseRecord &record : cases) {
        const Text &id = record.displayId.isEmpty() ? record.caseId : record.displayId;
        rows.push_back({id.toString(), record.status.toString(), record.severityCode.toString(), turnWord(record.turn),
                        localTime(record.updated, record.timeCreatedText.toString()), record.subject.toString()});
    }
    for (QStringList &row : rows)
        row.last() = cutToCells(terminalLine(row.last()), widestSubject);
    // What the service invents may be of any length; a caseId has 44 cells, the longest status 25.
    return tableText(std::move(rows), {48, 28, 16, 8, 24}, columns);
}

QByteArray caseJson(const CaseRecords &cases)
{
    QByteArray json = "[";
    for (const CaseRecord &record : cases) {
        json += json.size() > 1 ? ",{" : "{";
        for (const Field &field : fields) {
            appendJsonString(json, QString(field.name));
            json += ':';
            const QString text = field.text(record);
            if (text.isEmpty())
                json += "null";
            else
                appendJsonString(json, text);
            json += ',';
        }
        json += record.unread ? "\"unread\":true}" : "\"unread\":false}";
    }
    return indentJson(json + ']', true).value() + '\n';
}

QByteArray caseCsv(const CaseRecords &cases, bool forTerminal)
{
    QByteArray csv;
    for (const Field &field : fields)
        csv += QByteArray(csv.isEmpty() ? "" : ",") + QByteArray(field.name.data(), field.name.size());
    csv += ",unread\r\n";
    for (const CaseRecord &record : cases) {
        for (const Field &field : fields)
            csv += csvCell(field.text(record), forTerminal) + ',';
        csv += record.unread ? "true\r\n" : "false\r\n";
    }
    return csv;
}

} // namespace casement::cli
