#include "ui/quotedlines.h"

#include <QRegularExpression>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype fewestLines = 3; // a line or two are read where they stand
constexpr qsizetype longestSignature = 20;
constexpr qsizetype longestAttribution = 300;

bool isBlank(const QString &line) { return line.trimmed().isEmpty(); }

bool isMarked(const QString &line) { return line.startsWith(u'>') || line.startsWith(u'＞'); }

// A Python prompt, or the third level of a quotation; alone it is taken for the former.
bool looksLikePrompt(const QString &line) { return line.startsWith(">>>"_L1) && !line.startsWith(">>>>"_L1); }

// "On Sun, Nov 22, 2026 at 10:02 AM Hana wrote:", in one line or two.
bool saysWhoWrote(const QString &text)
{
    static const QRegularExpression english(u"^On\\b.*\\d.*\\bwrote:$"_s);
    static const QRegularExpression japanese(
        u"^(?:On\\b)?\\s*(?:令和)?\\d{1,4}[年/-].*(?:[>＞][:：]|のメール[:：]|(?:書き|かき)ました[:：]?|wrote:)$"_s);
    const QString line = text.trimmed();
    return line.size() <= longestAttribution && (english.match(line).hasMatch() || japanese.match(line).hasMatch());
}

// What Outlook and others put above a message that they quote without marks.
bool isRule(const QString &line)
{
    static const QRegularExpression rule(
        u"^-{2,}\\s*(?:Original Message|Forwarded message|元のメッセージ|転送メッセージ|Original Appointment)\\s*-{2,}$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return line.size() <= longestAttribution && rule.match(line.trimmed()).hasMatch();
}

// How many lines from there say who wrote what follows; 0 when they don't.
qsizetype attributionAt(const QStringList &lines, qsizetype at)
{
    if (isMarked(lines.at(at)) || isBlank(lines.at(at)))
        return 0;
    if (saysWhoWrote(lines.at(at)))
        return 1;
    const bool mayWrap = at + 1 < lines.size() && !isMarked(lines.at(at + 1)) && !isBlank(lines.at(at + 1));
    return mayWrap && saysWhoWrote(lines.at(at).trimmed() + u' ' + lines.at(at + 1).trimmed()) ? 2 : 0;
}

// Behind the last marked line of a run that starts there; empty lines between marked ones belong to it.
qsizetype endOfRun(const QStringList &lines, qsizetype from)
{
    qsizetype end = from;
    for (qsizetype i = from; i < lines.size(); ++i) {
        if (isMarked(lines.at(i)))
            end = i + 1;
        else if (!isBlank(lines.at(i)))
            break;
    }
    return end;
}

bool isQuotation(const QStringList &lines, qsizetype from, qsizetype end)
{
    const auto first = lines.begin() + from;
    const auto last = lines.begin() + end;
    return std::count_if(first, last, isMarked) >= fewestLines
        && !std::all_of(first, last, [](const QString &line) { return isBlank(line) || looksLikePrompt(line); });
}

} // namespace

QList<bool> quotedLines(const QStringList &lines)
{
    QList<bool> quoted(lines.size(), false);
    for (qsizetype i = 0; i < lines.size();) {
        if (isRule(lines.at(i))) {
            std::fill(quoted.begin() + i, quoted.end(), true);
            break;
        }
        const qsizetype attribution = attributionAt(lines, i);
        qsizetype from = i + attribution;
        while (attribution > 0 && from < lines.size() && isBlank(lines.at(from)))
            ++from;
        if (from < lines.size() && isMarked(lines.at(from))) {
            const qsizetype end = endOfRun(lines, from);
            if (isQuotation(lines, from, end))
                std::fill(quoted.begin() + i, quoted.begin() + end, true);
            i = end;
        } else if (attribution > 0 && lines.size() - i > fewestLines) {
            std::fill(quoted.begin() + i, quoted.end(), true); // without marks it goes on to the end
            break;
        } else {
            ++i;
        }
    }
    return quoted;
}

bool startsSignature(const QStringList &lines, qsizetype at)
{
    return lines.at(at) == "-- "_L1 && lines.size() - at - 1 <= longestSignature && lines.size() - at > fewestLines;
}

} // namespace casement
