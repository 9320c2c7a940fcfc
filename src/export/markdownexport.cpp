#include "export/markdownexport.h"

#include "export/casefacts.h"
#include "export/exporttext.h"

#include <algorithm>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

bool isWordCharacter(QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); }

QChar at(QStringView text, qsizetype i) { return i >= 0 && i < text.size() ? text.at(i) : QChar(u' '); }

// Where the character stands that makes a line a list, a quotation, a rule or a table; -1 when none does.
qsizetype structuralMark(QStringView line)
{
    qsizetype i = 0;
    while (at(line, i) == u' ' && i < line.size())
        ++i;
    if (i < line.size() && QStringView(u">-+=:").contains(line.at(i)))
        return i;
    qsizetype end = i;
    while (end < line.size() && line.at(end) >= u'0' && line.at(end) <= u'9')
        ++end;
    return end > i && end < line.size() && (line.at(end) == u'.' || line.at(end) == u')') ? end : -1;
}

bool needsEscape(QStringView line, qsizetype i)
{
    const QChar before = at(line, i - 1);
    const QChar after = at(line, i + 1);
    switch (line.at(i).unicode()) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case '<':
    case '~':
    case '|':
    case '$': // a formula, where Markdown has them
        return true;
    case '_': // means nothing inside a word
        return !isWordCharacter(before) || !isWordCharacter(after);
    case '#': // begins or closes a heading
        return before == u' ';
    case '&': // an entity
        return after == u'#' || after.isLetter();
    case ':': // an address that would link by itself
        return line.sliced(i + 1).startsWith("//"_L1);
    case '.':
        return i >= 3 && line.sliced(i - 3, 3).compare("www"_L1, Qt::CaseInsensitive) == 0
            && !isWordCharacter(at(line, i - 4));
    default:
        return false;
    }
}

QString fenced(const QString &code)
{
    qsizetype longest = 2;
    qsizetype run = 0;
    for (const QChar c : code) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(longest + 1, u'`');
    return fence + u'\n' + code + u'\n' + fence;
}

QString prose(const QString &text)
{
    const QStringList lines = text.split(u'\n');
    const auto isBlank = [&lines](qsizetype i) { return i >= lines.size() || lines.at(i).trimmed().isEmpty(); };
    QString out;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        out += markdownLine(lines.at(i));
        if (!isBlank(i) && !isBlank(i + 1))
            out += u"  "_s; // the line break stays one
        if (i + 1 < lines.size())
            out += u'\n';
    }
    return out;
}

QString valueOf(const CaseFact &fact)
{
    if (!fact.link.isEmpty())
        return u"<%1>"_s.arg(QString::fromLatin1(fact.link.toEncoded()));
    QStringList values;
    for (const QString &value : fact.values)
        values.append(markdownLine(value));
    return values.join(u", "_s);
}

QString markdownMessage(qsizetype number, const CommunicationRecord &message, const ExportOptions &options)
{
    QString out = u"\n## %1. "_s.arg(number) + markdownLine(CaseFacts::writerOf(message)) + u"\n\n"_s;
    const QString time = exportedTime(message.created, options.zone, message.timeCreatedText);
    if (!time.isEmpty())
        out += markdownLine(time) + u"\n\n"_s;
    out += markdownBody(CaseFacts::bodyOf(message)) + u'\n';
    if (message.attachments.isEmpty())
        return out;
    out += u"\n**"_s + markdownLine(CaseFacts::attachments()) + u"**\n\n"_s;
    for (const AttachmentRecord &file : message.attachments)
        out += u"- "_s + markdownLine(CaseFacts::nameOf(file)) + u'\n';
    return out;
}

} // namespace

QString markdownLine(const QString &line)
{
    const QList<AddressPlace> addresses = webAddresses(line);
    const qsizetype mark = structuralMark(line);
    QString out;
    out.reserve(line.size() + 16);
    auto address = addresses.begin();
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (address != addresses.end() && address->start == i) {
            const QStringView url = QStringView(line).sliced(i, address->length);
            ++address;
            if (!url.contains(u';')) { // nor an entity inside
                out += u'<' + url.toString() + u'>';
                i += url.size() - 1;
                continue;
            }
        }
        if (i == mark || needsEscape(line, i))
            out += u'\\';
        out += line.at(i);
    }
    return out;
}

QString markdownBody(const QString &body)
{
    QString out;
    bool isFirst = true;
    for (const BodyPart &part : bodyParts(shownText(body))) {
        const QString piece = part.isCode ? fenced(part.text) : prose(part.text);
        if (!std::exchange(isFirst, false)) // some readers want an empty line around a fence
            out += out.endsWith(u'\n') || piece.startsWith(u'\n') ? u"\n"_s : u"\n\n"_s;
        out += piece;
    }
    return out;
}

QString markdownCase(const ExportedCase &exported, const ExportOptions &options)
{
    QString out = u"# "_s + markdownLine(CaseFacts::title(exported.details)) + u"\n\n"_s;
    bool isFirst = true;
    for (const CaseFact &fact : CaseFacts::of(exported, options)) {
        out += u"| "_s + markdownLine(fact.label) + u" | "_s + valueOf(fact) + u" |\n"_s;
        if (std::exchange(isFirst, false))
            out += u"|:--|:--|\n"_s;
    }
    qsizetype number = 0;
    for (const CommunicationRecord &message : exported.messages)
        out += markdownMessage(++number, message, options);
    if (exported.messages.isEmpty())
        out += u'\n' + markdownLine(CaseFacts::noMessages()) + u'\n';
    if (const QString leftOut = CaseFacts::leftOut(exported.messages); !leftOut.isEmpty())
        out += u'\n' + markdownLine(leftOut) + u'\n';
    return out;
}

} // namespace casement
