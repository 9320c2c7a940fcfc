#include "ui/messageparts.h"

#include "export/messagefooter.h"
#include "ui/quotedlines.h"

#include <QRegularExpression>
#include <QStringList>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

bool isFence(QStringView line) { return line.trimmed().startsWith("```"_L1); }

bool isIndented(QStringView line)
{
    return (line.startsWith("    "_L1) || line.startsWith(u'\t')) && !line.trimmed().isEmpty();
}

bool isBulletOrProse(QStringView line)
{
    const QStringView text = line.trimmed();
    if (text.startsWith("- "_L1) || text.startsWith("* "_L1) || text.startsWith(u'・') || text.startsWith(u'•'))
        return true;
    return text.size() > 2 && text.at(0).isDigit() && (text.at(1) == u'.' || text.at(1) == u')') && text.at(2) == u' ';
}

/// A line that a machine wrote: it begins with a time, a log level, a prompt, an IP address, or is a piece of JSON,
/// YAML or XML.
bool looksLikeMachine(const QString &line)
{
    static const QRegularExpression machine(uR"(^\s*(?:)"
                                            uR"([\[({<]?\d{4}-\d\d-\d\d[T ]\d\d:\d\d)"
                                            uR"(|\d\d:\d\d:\d\d[.,]\d+)"
                                            uR"(|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d )"
                                            uR"(|(?:\[?(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\]?[: ]))"
                                            uR"(|(?:\$|#|>>>|PS>|mysql>|postgres=#) \S)"
                                            uR"(|\d{1,3}(?:\.\d{1,3}){3}[ :])"
                                            uR"(|(?:https?|h2|grpcs?|ws) \d{4}-)"
                                            uR"(|at [\w$.]+\([\w.:]*\)$)"
                                            uR"(|[{}\[\]][,;]?\s*$)"
                                            uR"(|"[^"]+"\s*:\s*\S)"
                                            uR"(|</?[a-zA-Z][\w:-]*(?:\s[^>]*)?>\s*$)"
                                            uR"(|aws [a-z0-9-]+ [a-z0-9-]+)"
                                            uR"())"_s);
    return machine.match(line).hasMatch();
}

class Parts
{
public:
    void add(MessagePart::Kind kind, const QString &line)
    {
        if (m_list.isEmpty() || m_list.constLast().kind != kind || m_closed) {
            m_list.append({kind, line});
            m_closed = false;
        } else {
            m_list.last().text += u'\n' + line;
        }
    }
    void close() { m_closed = true; }

    QList<MessagePart> take()
    {
        QList<MessagePart> kept;
        for (MessagePart &part : m_list) {
            // Empty lines around a part are its distance, which the view gives.
            while (part.text.startsWith(u'\n'))
                part.text.remove(0, 1);
            while (part.text.endsWith(u'\n'))
                part.text.chop(1);
            if (!part.text.trimmed().isEmpty())
                kept.append(part);
        }
        return kept;
    }

private:
    QList<MessagePart> m_list;
    bool m_closed = false;
};

QString withoutCommonIndent(const QString &code)
{
    const QStringList lines = code.split(u'\n');
    qsizetype common = 1000;
    for (const QString &line : lines) {
        qsizetype indent = 0;
        while (indent < line.size() && line.at(indent) == u' ')
            ++indent;
        if (indent < line.size())
            common = qMin(common, indent);
    }
    if (common == 0 || common == 1000)
        return code;
    QStringList cut;
    for (const QString &line : lines)
        cut.append(line.mid(qMin(common, line.size())));
    return cut.join(u'\n');
}

/// Which lines, outside of fences, are code.
QList<bool> codeLines(const QStringList &lines)
{
    QList<bool> code(lines.size(), false);
    const auto isMachine = [&lines](qsizetype at) {
        return at >= 0 && at < lines.size() && !isFence(lines.at(at)) && looksLikeMachine(lines.at(at));
    };
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString &line = lines.at(i);
        if (line.trimmed().isEmpty() || isBulletOrProse(line))
            continue;
        const QStringView text = QStringView(line).trimmed();
        const bool json = line.startsWith("{\""_L1) && text.endsWith(u'}');
        const bool command = looksLikeMachine(line) && (text.startsWith("$ "_L1) || text.startsWith("aws "_L1));
        // One line alone may be prose with a date in front; two in a row are a log. A command line stands alone too.
        code[i] = isIndented(line) || json || command || (isMachine(i) && (isMachine(i - 1) || isMachine(i + 1)));
    }
    // Code is often indented unevenly: what stands next to it with some indent belongs to it.
    const auto joins = [&lines](qsizetype i) {
        return lines.at(i).startsWith("  "_L1) && !lines.at(i).trimmed().isEmpty() && !isBulletOrProse(lines.at(i));
    };
    for (qsizetype i = 1; i < lines.size(); ++i)
        code[i] = code.at(i) || (code.at(i - 1) && joins(i));
    for (qsizetype i = lines.size() - 2; i >= 0; --i)
        code[i] = code.at(i) || (code.at(i + 1) && joins(i));
    // An empty line inside code belongs to it when code goes on below.
    for (qsizetype i = 1; i + 1 < lines.size(); ++i) {
        if (lines.at(i).trimmed().isEmpty())
            code[i] = code.at(i - 1) && code.at(i + 1);
    }
    return code;
}

constexpr int chunkLines = 80;
constexpr qsizetype chunkCharacters = 2'000;

/// Where a line that is too long for one chunk may be parted: behind a space, never inside a character.
qsizetype cutBefore(const QString &text, qsizetype start, qsizetype end)
{
    for (qsizetype i = end; i > end - 100 && i > start; --i) {
        if (text.at(i - 1) == u' ')
            return i;
    }
    while (end > start + 1 && (text.at(end).isLowSurrogate() || text.at(end).isMark()))
        --end;
    return end;
}

} // namespace

QList<MessagePart> splitMessage(const QString &body, bool fromAws)
{
    using Kind = MessagePart::Kind;
    const QStringList lines = body.split(u'\n');
    const QList<bool> code = codeLines(lines);
    const QList<bool> quoted = quotedLines(lines);
    Parts parts;
    bool fenced = false;
    for (int i = 0; i < lines.size(); ++i) {
        const QString &line = lines.at(i);
        if (isFence(line)) {
            bool closes = fenced;
            for (int j = i + 1; !closes && j < lines.size(); ++j)
                closes = isFence(lines.at(j));
            if (closes) {
                fenced = !fenced;
                parts.close();
                continue;
            }
        }
        if (fenced) {
            parts.add(Kind::Code, line);
            continue;
        }
        if (i > 0 && ((fromAws && startsFooter(lines, i)) || startsSignature(lines, i))) {
            parts.close();
            parts.add(Kind::Footer, lines.mid(i).join(u'\n'));
            break;
        }
        if (quoted.at(i))
            parts.add(Kind::Quote, line);
        else
            parts.add(code.at(i) ? Kind::Code : Kind::Text, line);
    }
    QList<MessagePart> list = parts.take();
    for (MessagePart &part : list) {
        if (part.kind == Kind::Code)
            part.text = withoutCommonIndent(part.text);
        else if (part.kind == Kind::Quote && list.size() == 1)
            part.kind = Kind::Text; // there is nothing else to read
    }
    return list;
}

QList<MessageChunk> messageChunks(const QString &text)
{
    QList<MessageChunk> list;
    qsizetype start = 0;
    int lines = 0;
    bool goesOn = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == u'\n') {
            if (++lines >= chunkLines || i - start >= chunkCharacters / 2) {
                list.append({text.mid(start, i - start), goesOn});
                start = i + 1;
                lines = 0;
                goesOn = false;
            }
        } else if (i - start >= chunkCharacters) {
            const qsizetype cut = cutBefore(text, start, i);
            list.append({text.mid(start, cut - start), goesOn});
            start = cut;
            lines = 0;
            goesOn = true;
        }
    }
    list.append({text.mid(start), goesOn});
    return list;
}

QList<FoundLink> findLinks(const QString &text)
{
    QList<FoundLink> links;
    static const QRegularExpression address(
        uR"((?<![\w@])https?://[^\s<>"'`{}|\\^\x{3000}-\x{303f}\x{ff00}-\x{ffef}\x{2018}-\x{201f}\x{fffd}]+)"_s,
        QRegularExpression::CaseInsensitiveOption);
    auto matches = address.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        qsizetype length = match.capturedLength();
        const auto at = [&](qsizetype i) { return text.at(match.capturedStart() + i); };
        while (length > 0) {
            const QChar last = at(length - 1);
            if (u".,;:!?*"_s.contains(last)) {
                --length;
                continue;
            }
            // A closing bracket belongs to the address only when it was opened inside.
            const QStringView part = QStringView(text).mid(match.capturedStart(), length);
            if ((last == u')' && part.count(u'(') < part.count(u')'))
                || (last == u']' && part.count(u'[') < part.count(u']'))) {
                --length;
                continue;
            }
            break;
        }
        const QUrl url(text.mid(match.capturedStart(), length), QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
            continue; // user@host addresses are a way to lie about the host
        links.append({int(match.capturedStart()), int(length), url});
    }
    return links;
}

} // namespace casement
