#include "export/exporttext.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <limits>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

// Embeddings, overrides and isolates: they reach over what stands behind them. Marks (U+200E …) reach nowhere.
bool isDirectionControl(char16_t c) { return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069); }

bool isNonCharacter(char16_t c) { return (c >= 0xfdd0 && c <= 0xfdef) || c >= 0xfffe; }

void appendName(QString &out, char16_t c) { out += u"[U+%1]"_s.arg(uint(c), 4, 16, QLatin1Char('0')).toUpper(); }

QString shown(const QString &text, bool oneLine)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar character = text.at(i);
        const char16_t c = character.unicode();
        if (c == '\r' || c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029) {
            if (c == '\r' && i + 1 < text.size() && text.at(i + 1) == u'\n')
                ++i;
            out += oneLine ? u' ' : u'\n';
        } else if (c == '\t') {
            out += oneLine ? u' ' : u'\t';
        } else if (c < 0x20) {
            out += QChar(char16_t(0x2400 + c));
        } else if (c == 0x7f) {
            out += QChar(u'\u2421');
        } else if ((c >= 0x80 && c < 0xa0) || isDirectionControl(c)) {
            appendName(out, c);
        } else if (character.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
            out += character;
            out += text.at(++i);
        } else if (character.isSurrogate() || isNonCharacter(c)) {
            out += QChar(QChar::ReplacementCharacter);
        } else {
            out += character;
        }
    }
    return out;
}

bool isBlank(QStringView line)
{
    return std::all_of(line.begin(), line.end(), [](QChar c) { return c == u' ' || c == u'\t'; });
}

// How many backticks open a fence here; 0 when none does.
qsizetype fenceAt(QStringView line)
{
    const QStringView text = line.trimmed();
    qsizetype count = 0;
    while (count < text.size() && text.at(count) == u'`')
        ++count;
    return count >= 3 ? count : 0;
}

bool closesFence(QStringView line, qsizetype opened)
{
    return fenceAt(line) >= opened && fenceAt(line) == line.trimmed().size();
}

// An item of a list in a letter: its indent is taste.
bool isItem(QStringView line)
{
    if (line.startsWith("    "_L1))
        return false; // too deep to be prose in Markdown
    QStringView text = line.trimmed();
    if (text.startsWith("- "_L1) || text.startsWith("* "_L1) || text.startsWith(u'•') || text.startsWith(u'・'))
        return true;
    while (!text.isEmpty() && text.front() >= u'0' && text.front() <= u'9')
        text = text.sliced(1);
    return text.size() < line.trimmed().size() && (text.startsWith(". "_L1) || text.startsWith(") "_L1));
}

// Spaces that mean something: Markdown and HTML would eat them.
bool isLaidOut(QStringView line)
{
    return line.contains(u'\t') || line.trimmed().contains("   "_L1) || (line.startsWith("  "_L1) && !isItem(line));
}

// A line that a machine wrote: a time, a level, a prompt or an IP address in front, or a piece of JSON, XML or a stack.
bool looksLikeMachine(const QString &line)
{
    static const QRegularExpression machine(uR"(^ ?(?:)"
                                            uR"([\[({<]?\d{4}-\d\d-\d\d[T ]\d\d:\d\d)"
                                            uR"(|\d\d:\d\d:\d\d[.,]\d+)"
                                            uR"(|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d )"
                                            uR"(|\[?(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\]?[: ])"
                                            uR"(|(?:\$|>>>|PS>|mysql>|postgres=#) \S)"
                                            uR"(|\d{1,3}(?:\.\d{1,3}){3}[ :])"
                                            uR"(|(?:https?|h2|grpcs?|wss?) \d{4}-)"
                                            uR"(|at [\w$.]+\([\w.:]*\)$)"
                                            uR"(|[{}\[\]]+[,;]?\s*$)"
                                            uR"(|\{".*\}$)"
                                            uR"(|"[^"]+"\s*:\s*\S)"
                                            uR"(|</?[a-zA-Z][\w:-]*(?:\s[^>]*)?>\s*$)"
                                            uR"(|aws [a-z0-9-]+ [a-z0-9-]+)"
                                            uR"())"_s);
    return machine.match(line).hasMatch();
}

QList<bool> codeLines(const QStringList &lines)
{
    QList<bool> code(lines.size(), false);
    qsizetype unclosed = std::numeric_limits<qsizetype>::max(); // fences this long are closed no more
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (const qsizetype opened = fenceAt(lines.at(i)); opened > 0 && opened < unclosed) {
            qsizetype end = i + 1;
            while (end < lines.size() && !closesFence(lines.at(end), opened))
                ++end;
            if (end < lines.size()) { // a fence that is never closed is a line like others
                std::fill(code.begin() + i, code.begin() + end + 1, true);
                i = end;
                continue;
            }
            unclosed = opened;
        }
        code[i] = !isBlank(lines.at(i)) && (isLaidOut(lines.at(i)) || looksLikeMachine(lines.at(i)));
    }
    // Empty lines inside code belong to it.
    qsizetype last = -1;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (code.at(i)) {
            if (last >= 0)
                std::fill(code.begin() + last, code.begin() + i, true);
            last = i;
        } else if (!isBlank(lines.at(i))) {
            last = -1;
        }
    }
    return code;
}

} // namespace

QString shownText(const QString &text) { return shown(text, false); }

QString shownLine(const QString &text) { return shown(text, true); }

QList<BodyPart> bodyParts(const QString &shown)
{
    const QStringList lines = shown.split(u'\n');
    const QList<bool> code = codeLines(lines);
    QList<BodyPart> parts;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (i > 0 && code.at(i) == code.at(i - 1))
            parts.last().text += u'\n' + lines.at(i);
        else
            parts.append({code.at(i), lines.at(i)});
    }
    return parts;
}

QList<AddressPlace> webAddresses(const QString &text)
{
    static const QRegularExpression address(
        uR"re((?<![A-Za-z0-9_])https://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?)re"_s);
    QList<AddressPlace> places;
    auto found = address.globalMatch(text);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        QStringView url = match.capturedView();
        qsizetype closedTooOften = url.count(u')') - url.count(u'(');
        while (QStringView(u".,;:!?'*").contains(url.back()) || (url.back() == u')' && closedTooOften > 0)) {
            closedTooOften -= url.back() == u')' ? 1 : 0;
            url.chop(1);
        }
        if (url.size() > "https://"_L1.size())
            places.append({match.capturedStart(), url.size()});
    }
    return places;
}

QString exportedTime(qint64 msSinceEpoch, const QTimeZone &zone, const QString &fallback)
{
    if (msSinceEpoch == 0)
        return shownLine(fallback);
    const QString format = u"yyyy-MM-dd HH:mm:ss"_s;
    const QString utc = QDateTime::fromMSecsSinceEpoch(msSinceEpoch, Qt::UTC).toString(format) + u" UTC"_s;
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(msSinceEpoch, zone);
    const int offset = local.offsetFromUtc();
    if (!local.isValid() || offset == 0)
        return utc;
    const int minutes = qAbs(offset) / 60;
    return u"%1 UTC%2%3:%4 (%5)"_s.arg(local.toString(format), offset < 0 ? u"-"_s : u"+"_s)
        .arg(minutes / 60, 2, 10, QLatin1Char('0'))
        .arg(minutes % 60, 2, 10, QLatin1Char('0'))
        .arg(utc);
}

} // namespace casement
