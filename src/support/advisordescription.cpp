#include "support/advisordescription.h"

#include <QHash>
#include <QList>
#include <QUrl>

#include <algorithm>
#include <array>
#include <optional>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestFragment = 200'000; // the service's longest has 3,415
constexpr qsizetype deepest = 32;
constexpr qsizetype longestAddress = 2048;

enum class Tag { None, Break, Bold, Italic, Code, Link, Heading, Paragraph, List, Numbered, Entry };

struct TagName
{
    QLatin1StringView name;
    Tag tag;
};

constexpr std::array<TagName, 21> tagNames{{
    {"br"_L1, Tag::Break},      {"b"_L1, Tag::Bold},     {"strong"_L1, Tag::Bold}, {"i"_L1, Tag::Italic},
    {"em"_L1, Tag::Italic},     {"code"_L1, Tag::Code},  {"pre"_L1, Tag::Code},    {"tt"_L1, Tag::Code},
    {"a"_L1, Tag::Link},        {"h1"_L1, Tag::Heading}, {"h2"_L1, Tag::Heading},  {"h3"_L1, Tag::Heading},
    {"h4"_L1, Tag::Heading},    {"h5"_L1, Tag::Heading}, {"h6"_L1, Tag::Heading},  {"p"_L1, Tag::Paragraph},
    {"div"_L1, Tag::Paragraph}, {"ul"_L1, Tag::List},    {"ol"_L1, Tag::Numbered}, {"li"_L1, Tag::Entry},
    {"hr"_L1, Tag::Break},
}};

/// Elements whose text is none that a person should read. Where such a one is never closed, the rest of a raw one is
/// code, as in a browser; of any other only the tag is left out, so that a slip hides no sentence.
struct HiddenName
{
    QLatin1StringView name;
    bool isRaw;
};
constexpr std::array<HiddenName, 17> hiddenNames{{
    {"script"_L1, true},
    {"style"_L1, true},
    {"xmp"_L1, true},
    {"textarea"_L1, true},
    {"title"_L1, true},
    {"iframe"_L1, false},
    {"noscript"_L1, false},
    {"noframes"_L1, false},
    {"object"_L1, false},
    {"applet"_L1, false},
    {"svg"_L1, false},
    {"math"_L1, false},
    {"template"_L1, false},
    {"select"_L1, false},
    {"audio"_L1, false},
    {"video"_L1, false},
    {"canvas"_L1, false},
}};

QLatin1StringView nameOf(Tag tag)
{
    switch (tag) {
    case Tag::Break:
        return "br"_L1;
    case Tag::Bold:
        return "b"_L1;
    case Tag::Italic:
        return "i"_L1;
    case Tag::Code:
        return "code"_L1;
    case Tag::Link:
        return "a"_L1;
    case Tag::Heading:
        return "h4"_L1;
    case Tag::Paragraph:
        return "p"_L1;
    case Tag::List:
        return "ul"_L1;
    case Tag::Numbered:
        return "ol"_L1;
    case Tag::Entry:
        return "li"_L1;
    case Tag::None:
        break;
    }
    return {};
}

bool isBlock(Tag tag) { return tag >= Tag::Heading; }

bool isList(Tag tag) { return tag == Tag::List || tag == Tag::Numbered; }

/// What the fragment is made of, with every opened element closed in order.
struct Piece
{
    enum class Kind { Text, Break, Open, Close } kind;
    Tag tag = Tag::None;
    QString text; ///< of a text; the address of a link that opens
};

bool isLetter(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); }

bool isNameUnit(QChar c) { return isLetter(c) || (c >= u'0' && c <= u'9') || c == u'-' || c == u':'; }

bool isBlank(QChar c) { return c == u' ' || c == u'\n' || c == u'\t' || c == u'\r' || c == u'\f'; }

/// A character of text: nothing that controls, hides or reorders what stands around it.
void appendClean(QString &text, QStringView units)
{
    for (qsizetype i = 0; i < units.size(); ++i) {
        const QChar c = units[i];
        const char16_t u = c.unicode();
        if (isBlank(c))
            text += u' ';
        else if (c.isHighSurrogate() && i + 1 < units.size() && units[i + 1].isLowSurrogate())
            text.append(units.mid(i++, 2));
        else if (c.isSurrogate() || u < 0x20 || (u >= 0x7f && u < 0xa0))
            text += QChar(0xfffd);
        else if ((u >= 0x202a && u <= 0x202e) || (u >= 0x2060 && u <= 0x206f) || u == 0x200b || u == 0xfeff
                 || u == 0x00ad)
            continue;
        else
            text += c;
    }
}

/// The character that an entity stands for, and its length; nothing where a bare "&" stands.
std::optional<std::pair<QString, qsizetype>> entityAt(QStringView text)
{
    static const QHash<QString, char16_t> known{
        {u"amp"_s, u'&'},        {u"lt"_s, u'<'},          {u"gt"_s, u'>'},         {u"quot"_s, u'"'},
        {u"apos"_s, u'\''},      {u"nbsp"_s, u'\u00a0'},   {u"copy"_s, u'\u00a9'},  {u"reg"_s, u'\u00ae'},
        {u"trade"_s, u'\u2122'}, {u"ndash"_s, u'\u2013'},  {u"mdash"_s, u'\u2014'}, {u"hellip"_s, u'\u2026'},
        {u"lsquo"_s, u'\u2018'}, {u"rsquo"_s, u'\u2019'},  {u"ldquo"_s, u'\u201c'}, {u"rdquo"_s, u'\u201d'},
        {u"bull"_s, u'\u2022'},  {u"middot"_s, u'\u00b7'}, {u"times"_s, u'\u00d7'}, {u"rarr"_s, u'\u2192'}};
    const QStringView part = text.left(12);
    const qsizetype end = part.indexOf(u';');
    if (end < 2)
        return {};
    const QStringView name = part.mid(1, end - 1);
    if (name.startsWith(u'#')) {
        bool ok = false;
        const bool hex = name.size() > 1 && (name[1] == u'x' || name[1] == u'X');
        const uint code = name.mid(hex ? 2 : 1).toUInt(&ok, hex ? 16 : 10);
        if (!ok)
            return {};
        QString made;
        if (code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)) {
            for (const char16_t unit : QChar::fromUcs4(code))
                made += QChar(unit);
        } else {
            made += QChar(0xfffd);
        }
        return std::pair(made, end + 1);
    }
    const auto at = known.constFind(name.toString());
    if (at == known.cend())
        return {};
    return std::pair(QString(QChar(*at)), end + 1);
}

QString withoutEntities(QStringView text)
{
    QString plain;
    for (qsizetype i = 0; i < text.size();) {
        if (text[i] == u'&') {
            if (const auto entity = entityAt(text.mid(i))) {
                plain += entity->first;
                i += entity->second;
                continue;
            }
        }
        plain += text[i++];
    }
    return plain;
}

/// An address that may be opened outside, as it is written in an attribute; empty when it is none.
QString safeAddress(QStringView raw)
{
    QString text = withoutEntities(raw).trimmed();
    if (text.size() > longestAddress)
        return {};
    for (const QChar c : text) {
        if (c.unicode() <= 0x20 || (c.unicode() >= 0x7f && c.unicode() < 0xa0) || c == u'\\')
            return {};
    }
    const QUrl url(text, QUrl::TolerantMode);
    const QString scheme = url.scheme().toLower();
    if (!url.isValid() || url.host().isEmpty() || url.authority().contains(u'@')
        || (scheme != "https"_L1 && scheme != "http"_L1))
        return {};
    return QString::fromLatin1(url.toEncoded());
}

class FragmentReader
{
public:
    explicit FragmentReader(QStringView text) : m_text(text.left(longestFragment)) { }

    QList<Piece> read()
    {
        while (m_at < m_text.size()) {
            const QChar c = m_text[m_at];
            if (c == u'<' && readTag())
                continue;
            if (c == u'&') {
                if (const auto entity = entityAt(m_text.mid(m_at))) {
                    appendClean(m_pending, entity->first);
                    m_at += entity->second;
                    continue;
                }
            }
            const qsizetype length = c.isHighSurrogate() ? 2 : 1;
            appendClean(m_pending, m_text.mid(m_at, length));
            m_at += length;
        }
        flush();
        while (!m_open.isEmpty())
            closeLast();
        return m_pieces;
    }

private:
    void flush()
    {
        if (m_pending.isEmpty())
            return;
        m_pieces.append({Piece::Kind::Text, Tag::None, m_pending});
        m_pending.clear();
    }

    void closeLast()
    {
        flush();
        m_pieces.append({Piece::Kind::Close, m_open.takeLast(), {}});
    }

    void open(Tag tag, const QString &address = {})
    {
        if (m_open.size() >= deepest)
            return;
        flush();
        m_open.append(tag);
        m_pieces.append({Piece::Kind::Open, tag, address});
    }

    /// Closes it and what was opened in it; nothing when it is not open. A list is the border for what is in it.
    void close(Tag tag)
    {
        qsizetype at = m_open.size() - 1;
        while (at >= 0 && m_open.at(at) != tag && (isList(tag) || !isList(m_open.at(at))))
            --at;
        if (at < 0 || m_open.at(at) != tag)
            return;
        while (m_open.size() > at)
            closeLast();
    }

    void start(Tag tag, QStringView attributes)
    {
        if (tag == Tag::Break) {
            flush();
            m_pieces.append({Piece::Kind::Break, tag, {}});
            return;
        }
        if (tag == Tag::Link) {
            close(Tag::Link);
            const QString address = safeAddress(attribute(attributes));
            if (!address.isEmpty())
                open(tag, address);
            return;
        }
        if (!isBlock(tag))
            return open(tag);
        // An element that was never closed ends where a new block begins.
        while (!m_open.isEmpty() && !isBlock(m_open.constLast()))
            closeLast();
        close(Tag::Paragraph);
        close(Tag::Heading);
        if (tag == Tag::Entry) {
            close(Tag::Entry);
            if (m_open.isEmpty() || !isList(m_open.constLast()))
                open(Tag::List);
        }
        open(tag);
    }

    /// The value of href among the attributes of a tag.
    static QStringView attribute(QStringView attributes)
    {
        qsizetype at = 0;
        while (at < attributes.size()) {
            while (at < attributes.size() && (isBlank(attributes[at]) || attributes[at] == u'/'))
                ++at;
            const qsizetype name = at;
            while (at < attributes.size() && !isBlank(attributes[at]) && attributes[at] != u'='
                   && attributes[at] != u'/')
                ++at;
            const QStringView key = attributes.mid(name, at - name);
            while (at < attributes.size() && isBlank(attributes[at]))
                ++at;
            QStringView value;
            if (at < attributes.size() && attributes[at] == u'=') {
                ++at;
                while (at < attributes.size() && isBlank(attributes[at]))
                    ++at;
                const QChar quote = at < attributes.size() ? attributes[at] : QChar();
                if (quote == u'"' || quote == u'\'') {
                    const qsizetype end = attributes.indexOf(quote, at + 1);
                    const qsizetype stop = end < 0 ? attributes.size() : end;
                    value = attributes.mid(at + 1, stop - at - 1);
                    at = stop + 1;
                } else {
                    const qsizetype from = at;
                    while (at < attributes.size() && !isBlank(attributes[at]))
                        ++at;
                    value = attributes.mid(from, at - from);
                }
            } else if (key.isEmpty()) {
                ++at;
            }
            if (key.compare("href"_L1, Qt::CaseInsensitive) == 0)
                return value;
        }
        return {};
    }

    /// Where a tag that begins at `from` ends: its ">", outside of quotes; where a quote is never closed, the first
    /// one. -1: it is none, another tag begins before.
    qsizetype endOfTag(qsizetype from) const
    {
        QChar quote;
        qsizetype first = -1;
        for (qsizetype i = from; i < m_text.size(); ++i) {
            const QChar c = m_text[i];
            if (c == u'>') {
                if (quote.isNull())
                    return i;
                if (first < 0)
                    first = i;
            } else if (quote.isNull() && c == u'<') {
                return -1;
            } else if (!quote.isNull() && c == quote) {
                quote = QChar();
            } else if (quote.isNull() && (c == u'"' || c == u'\'') && i > from && m_text[i - 1] == u'=') {
                quote = c;
            }
            if (i - from > longestAddress * 2)
                break;
        }
        return first;
    }

    /// Takes what begins with "<", when it is a tag or something like it.
    bool readTag()
    {
        const QStringView rest = m_text.mid(m_at);
        if (rest.startsWith(u"<!--")) {
            const qsizetype end = rest.indexOf(u"-->", 4);
            m_at = end < 0 ? m_text.size() : m_at + end + 3;
            return true;
        }
        if (rest.startsWith(u"<!") || rest.startsWith(u"<?")) {
            const qsizetype end = rest.indexOf(u'>');
            m_at = end < 0 ? m_text.size() : m_at + end + 1;
            return true;
        }
        const bool closes = rest.size() > 1 && rest[1] == u'/';
        qsizetype at = m_at + (closes ? 2 : 1);
        if (at >= m_text.size() || !isLetter(m_text[at]))
            return false;
        const qsizetype nameFrom = at;
        while (at < m_text.size() && isNameUnit(m_text[at]))
            ++at;
        const QString name = m_text.mid(nameFrom, at - nameFrom).toString().toLower();
        const qsizetype end = endOfTag(at);
        // A tag without its end hides no more than its line.
        qsizetype stop = end;
        if (end < 0) {
            stop = at;
            while (stop < m_text.size() && m_text[stop] != u'<' && m_text[stop] != u'\n')
                ++stop;
        }
        const QStringView attributes = m_text.mid(at, stop - at);
        m_at = end < 0 ? stop : end + 1;
        const auto hidden = std::find_if(hiddenNames.begin(), hiddenNames.end(),
                                         [&](const HiddenName &one) { return one.name == name; });
        if (hidden != hiddenNames.end()) {
            if (!closes && !attributes.endsWith(u'/'))
                skipHidden(size_t(hidden - hiddenNames.begin()));
            return true;
        }
        if (end < 0 && name == "a"_L1)
            return true;
        if (!closes && name == "href"_L1) { // "<href=…>" is what became of an "<a href=…>"
            start(Tag::Link, m_text.mid(nameFrom, stop - nameFrom));
            return true;
        }
        const auto known =
            std::find_if(tagNames.begin(), tagNames.end(), [&](const TagName &one) { return one.name == name; });
        if (known == tagNames.end())
            return true;
        if (!closes || known->tag == Tag::Break) // "</br>" breaks a line, too
            start(known->tag, attributes);
        else
            close(known->tag);
        return true;
    }

    void skipHidden(size_t which)
    {
        if (m_unclosed[which]) // as one before, from where on there is no end either
            return;
        const HiddenName &hidden = hiddenNames[which];
        qsizetype at = m_at;
        while (true) {
            at = m_text.indexOf(u"</", at);
            if (at < 0) {
                m_unclosed[which] = true;
                if (hidden.isRaw)
                    m_at = m_text.size();
                return;
            }
            at += 2;
            if (m_text.mid(at, hidden.name.size()).compare(hidden.name, Qt::CaseInsensitive) == 0)
                break;
        }
        const qsizetype end = m_text.indexOf(u'>', at);
        m_at = end < 0 ? m_text.size() : end + 1;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    QString m_pending;
    std::array<bool, hiddenNames.size()> m_unclosed{};
    QList<Tag> m_open;
    QList<Piece> m_pieces;
};

bool isBlankText(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c == u' ' || c == u'\u00a0'; });
}

} // namespace

QString advisorDescriptionHtml(QStringView fragment)
{
    const QList<Piece> pieces = FragmentReader(fragment).read();
    QString html;
    int breaks = 0;
    bool atBlock = true; // breaks beside a heading or a list would only add empty lines
    const auto putBreaks = [&] {
        for (; breaks > 0 && !atBlock; --breaks)
            html += "<br>"_L1;
        breaks = 0;
        atBlock = false;
    };
    for (const Piece &piece : pieces) {
        switch (piece.kind) {
        case Piece::Kind::Break:
            breaks = std::min(breaks + 1, 2);
            break;
        case Piece::Kind::Text:
            if (isBlankText(piece.text)) {
                if (!atBlock && breaks == 0)
                    html += u' ';
                break;
            }
            putBreaks();
            html += piece.text.toHtmlEscaped();
            break;
        case Piece::Kind::Open:
            if (isBlock(piece.tag)) {
                breaks = 0;
                atBlock = true;
            } else {
                putBreaks();
            }
            html += u'<' + nameOf(piece.tag);
            if (piece.tag == Tag::Link)
                html += " href=\""_L1 + piece.text.toHtmlEscaped() + u'"';
            html += u'>';
            break;
        case Piece::Kind::Close:
            if (isBlock(piece.tag)) {
                breaks = 0;
                atBlock = true;
            }
            html += "</"_L1 + nameOf(piece.tag) + u'>';
            break;
        }
    }
    while (html.endsWith(u' '))
        html.chop(1);
    return html;
}

QString advisorDescriptionText(QStringView fragment)
{
    const QList<Piece> pieces = FragmentReader(fragment).read();
    QString text;
    QString address;
    qsizetype linkFrom = 0;
    bool atBlock = true; // where a line begins already
    const auto endLine = [&](int lines) {
        while (text.endsWith(u' '))
            text.chop(1);
        if (text.isEmpty())
            return;
        int there = 0;
        while (there < text.size() && text.at(text.size() - 1 - there) == u'\n')
            ++there;
        for (; there < lines; ++there)
            text += u'\n';
    };
    for (const Piece &piece : pieces) {
        switch (piece.kind) {
        case Piece::Kind::Break:
            if (atBlock || text.endsWith(u"\n\n"))
                break;
            while (text.endsWith(u' '))
                text.chop(1);
            if (!text.isEmpty())
                text += u'\n';
            break;
        case Piece::Kind::Text: {
            QString words = piece.text;
            words.replace(u'\u00a0', u' ');
            words = words.simplified();
            if (words.isEmpty()) {
                if (!text.isEmpty() && !text.back().isSpace())
                    text += u' ';
                break;
            }
            atBlock = false;
            if (piece.text.startsWith(u' ') && !text.isEmpty() && !text.back().isSpace())
                text += u' ';
            text += words;
            if (piece.text.endsWith(u' '))
                text += u' ';
            break;
        }
        case Piece::Kind::Open:
            atBlock = atBlock || isBlock(piece.tag);
            if (piece.tag == Tag::Heading || piece.tag == Tag::Paragraph)
                endLine(2);
            else if (isBlock(piece.tag))
                endLine(1);
            if (piece.tag == Tag::Entry)
                text += "- "_L1;
            if (piece.tag == Tag::Link) {
                address = piece.text;
                linkFrom = text.size();
            }
            break;
        case Piece::Kind::Close:
            if (piece.tag == Tag::Link && !QStringView(text).mid(linkFrom).contains(address))
                text = text.trimmed() + " ("_L1 + address + u')';
            if (isBlock(piece.tag)) {
                endLine(1);
                atBlock = true;
            }
            break;
        }
    }
    return text.trimmed();
}

} // namespace casement
