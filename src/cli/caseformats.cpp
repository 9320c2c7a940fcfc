#include "cli/caseformats.h"

#include "cli/jsonindent.h"
#include "cli/terminaltext.h"
#include "support/jsontext.h"
#include "support/timestamp.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <vector>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView gap("  ");

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

// Symbols for what can't stand in a cell; line breaks and tabs stay.
QString withoutControls(QString text)
{
    for (QChar &c : text) {
        if (c == u'\0' || (c < u' ' && c != u'\n' && c != u'\r' && c != u'\t'))
            c = QChar(char16_t(0x2400 + c.unicode()));
        else if (c.unicode() >= 0x7f && c.unicode() < 0xa0)
            c = c.unicode() == 0x7f ? QChar(0x2421) : QChar(QChar::ReplacementCharacter);
    }
    return text;
}

bool looksLikeFormula(QStringView text)
{
    bool isNumber = false;
    [[maybe_unused]] const double number = text.toDouble(&isNumber);
    return !text.isEmpty() && !isNumber && QStringView(u"=+-@\t\r\n＝＋－＠").contains(text.front());
}

QByteArray csvCell(const QString &text, bool forTerminal)
{
    QString cell = forTerminal ? terminalLine(text) : withoutControls(text);
    if (looksLikeFormula(cell))
        cell.prepend(u'\'');
    if (cell.contains(u'"') || cell.contains(u',') || cell.contains(u'\n') || cell.contains(u'\r')
        || cell.startsWith(u' ') || cell.endsWith(u' ')) {
        cell.replace(u'"', u"\"\""_s);
        cell = u'"' + cell + u'"';
    }
    return cell.toUtf8();
}

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
        QStringList row{id.toString(),
                        record.status.toString(),
                        record.severityCode.toString(),
                        turnWord(record.turn),
                        localTime(record.updated, record.timeCreatedText.toString()),
                        record.subject.toString()};
        for (QString &cell : row) {
            cell = terminalLine(cell);
            if (cell.isEmpty())
                cell = u"-"_s;
        }
        rows.push_back(row);
    }
    // What the service invents may be of any length; a caseId has 44 cells, the longest status 25.
    constexpr std::array mostCells{48, 28, 16, 8, 24};
    for (size_t i = 0; i < mostCells.size(); ++i) {
        for (QStringList &row : rows)
            row[qsizetype(i)] = cutToCells(row.at(qsizetype(i)), mostCells[i]);
    }
    std::vector<int> widths(size_t(titles.size()), 0);
    for (const QStringList &row : rows) {
        for (size_t i = 0; i < widths.size(); ++i)
            widths[i] = std::max(widths[i], cellWidth(row.at(qsizetype(i))));
    }
    QString text;
    for (const QStringList &row : rows) {
        QString line;
        for (size_t i = 0; i + 1 < widths.size(); ++i)
            line += padToCells(row.at(qsizetype(i)), widths[i]) + gap;
        line += row.last();
        text += (columns > 0 ? cutToCells(line, columns) : line) + u'\n';
    }
    return text;
}

QByteArray caseJson(const CaseRecords &cases, bool forTerminal)
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
    return indentJson(json + ']', forTerminal).value() + '\n';
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
