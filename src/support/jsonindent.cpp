#include "support/jsonindent.h"

#include <QUtf8StringView>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string_view>

namespace casement {

namespace {

constexpr int deepestLaidOut = 200;
constexpr std::string_view digits = "0123456789";

bool isNumber(std::string_view text)
{
    const auto skipDigits = [&text] {
        const size_t count = std::min(text.find_first_not_of(digits), text.size());
        text.remove_prefix(count);
        return count > 0;
    };
    if (text.starts_with('-'))
        text.remove_prefix(1);
    const bool zero = text.starts_with('0');
    const size_t before = text.size();
    if (!skipDigits() || (zero && before - text.size() > 1))
        return false;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (!skipDigits())
            return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        if (text.starts_with('+') || text.starts_with('-'))
            text.remove_prefix(1);
        if (!skipDigits())
            return false;
    }
    return text.empty();
}

// What a terminal must not get raw beyond ASCII's controls: C1 controls, direction marks, invisible characters.
bool disturbsTerminal(char32_t c)
{
    return (c >= 0x7f && c <= 0x9f) || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x206f) || c == 0x61c || c == 0xfeff || (c >= 0xe0000 && c <= 0xe007f);
}

// What a backslash, a u and four hexadecimal digits at the beginning of the text stand for; -1 without them.
int escapedUnit(std::string_view text)
{
    if (text.size() < 6 || !text.starts_with("\\u"))
        return -1;
    int unit = 0;
    const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
    return error == std::errc() && end == text.data() + 6 && text[2] != '-' ? unit : -1;
}

// How many characters the escape at the beginning of the text takes when it is one that stands for something; 0 when
// it is broken or half of a surrogate pair.
size_t wholeEscape(std::string_view text)
{
    if (text.size() >= 2 && std::string_view("\"\\/bfnrt").find(text[1]) != std::string_view::npos)
        return 2;
    const int unit = escapedUnit(text);
    if (unit < 0 || QChar::isLowSurrogate(char32_t(unit)))
        return 0;
    if (!QChar::isHighSurrogate(char32_t(unit)))
        return 6;
    const int second = escapedUnit(text.substr(6));
    return second >= 0 && QChar::isLowSurrogate(char32_t(second)) ? 12 : 0;
}

size_t lengthOfCharacter(char lead)
{
    const auto c = static_cast<unsigned char>(lead);
    return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

// The character at a place; `length` becomes that of its bytes.
char32_t characterAt(std::string_view text, size_t at, size_t &length)
{
    const auto lead = static_cast<unsigned char>(text[at]);
    length = std::min(lengthOfCharacter(text[at]), text.size() - at);
    if (length == 1)
        return lead;
    char32_t c = lead & (0xff >> (length + 1));
    for (size_t k = 1; k < length; ++k)
        c = c << 6 | (static_cast<unsigned char>(text[at + k]) & 0x3f);
    return c;
}

void appendUnit(QByteArray &out, char16_t unit)
{
    constexpr std::string_view hex = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += hex[unit >> shift & 15];
}

void appendEscape(QByteArray &out, char32_t c)
{
    if (c < 0x10000)
        return appendUnit(out, char16_t(c));
    appendUnit(out, QChar::highSurrogate(c));
    appendUnit(out, QChar::lowSurrogate(c));
}

class Indenter
{
public:
    Indenter(std::string_view json, bool forTerminal, qsizetype most)
        : m_json(json), m_forTerminal(forTerminal), m_most(most)
    {
    }

    Result<QByteArray> run()
    {
        m_out.reserve(qsizetype(m_json.size() + m_json.size() / 8));
        while (true) {
            skipSpace();
            if (m_at >= m_json.size())
                break;
            if (!token())
                return broken();
            if (m_out.size() > m_most)
                return Error{.kind = Error::Kind::TooLarge, .message = QStringLiteral("it would be too long")};
        }
        if (m_expected != Expected::End)
            return broken();
        return m_out;
    }

private:
    enum class Expected { Value, ValueOrEnd, Name, NameOrEnd, Colon, CommaOrEnd, End };

    Error broken() const
    {
        return {.kind = Error::Kind::BadAnswer,
                .message = QStringLiteral("the answer is not whole JSON (at byte %1)").arg(m_at)};
    }

    void skipSpace()
    {
        while (m_at < m_json.size() && std::strchr(" \t\r\n", m_json[m_at]) && m_json[m_at])
            ++m_at;
    }

    bool expectsValue() const { return m_expected == Expected::Value || m_expected == Expected::ValueOrEnd; }

    void newLine()
    {
        if (m_open.size() > deepestLaidOut)
            return;
        m_out += '\n';
        m_out.append(2 * m_open.size(), ' ');
    }

    // An item of a list or a member begins on a line of its own.
    void beginItem()
    {
        if (m_expected == Expected::ValueOrEnd || m_expected == Expected::NameOrEnd
            || (m_expected == Expected::Value && m_open.endsWith('[')) || m_expected == Expected::Name)
            newLine();
    }

    void endValue() { m_expected = m_open.isEmpty() ? Expected::End : Expected::CommaOrEnd; }

    bool token()
    {
        const char c = m_json[m_at];
        switch (c) {
        case '{':
        case '[':
            return open(c);
        case '}':
        case ']':
            return close(c);
        case ',':
            if (m_expected != Expected::CommaOrEnd)
                return false;
            m_expected = m_open.endsWith('{') ? Expected::Name : Expected::Value;
            m_out += ',';
            ++m_at;
            return true;
        case ':':
            if (m_expected != Expected::Colon)
                return false;
            m_expected = Expected::Value;
            m_out += m_open.size() > deepestLaidOut ? ":" : ": ";
            ++m_at;
            return true;
        case '"':
            return string();
        default:
            return literal();
        }
    }

    bool open(char bracket)
    {
        if (!expectsValue())
            return false;
        beginItem();
        m_out += bracket;
        m_open += bracket;
        m_expected = bracket == '{' ? Expected::NameOrEnd : Expected::ValueOrEnd;
        ++m_at;
        return true;
    }

    bool close(char bracket)
    {
        const bool isEmpty = m_expected == (bracket == '}' ? Expected::NameOrEnd : Expected::ValueOrEnd);
        if ((!isEmpty && m_expected != Expected::CommaOrEnd) || !m_open.endsWith(bracket == '}' ? '{' : '['))
            return false;
        const bool laidOut = m_open.size() <= deepestLaidOut;
        m_open.chop(1);
        if (!isEmpty && laidOut)
            newLine();
        m_out += bracket;
        endValue();
        ++m_at;
        return true;
    }

    bool string()
    {
        const bool isName = m_expected == Expected::Name || m_expected == Expected::NameOrEnd;
        if (!isName && !expectsValue())
            return false;
        beginItem();
        const size_t begin = m_at++;
        while (m_at < m_json.size() && m_json[m_at] != '"')
            m_at += m_json[m_at] == '\\' ? 2 : 1;
        if (m_at >= m_json.size())
            return false;
        ++m_at;
        appendString(m_json.substr(begin, m_at - begin));
        if (isName)
            m_expected = Expected::Colon;
        else
            endValue();
        return true;
    }

    // Handles the escape at `at` and returns its length. One that is whole stays as it came, in the run from `plain`
    // on.
    size_t escape(std::string_view text, size_t at, size_t &plain)
    {
        const std::string_view rest = text.substr(at);
        if (const size_t length = wholeEscape(rest))
            return length;
        const size_t length = escapedUnit(rest) >= 0 ? 6 : 1 + lengthOfCharacter(rest[1]);
        m_out.append(text.data() + plain, qsizetype(at - plain));
        m_out += "\xef\xbf\xbd"; // U+FFFD
        plain = at + length;
        return length;
    }

    void appendString(std::string_view text)
    {
        size_t plain = 0;
        for (size_t i = 0; i < text.size();) {
            if (text[i] == '\\') {
                i += escape(text, i, plain);
                continue;
            }
            size_t length = 0;
            const char32_t c = characterAt(text, i, length);
            if (c < 0x20 || (m_forTerminal && disturbsTerminal(c))) {
                m_out.append(text.data() + plain, qsizetype(i - plain));
                appendEscape(m_out, c);
                plain = i + length;
            }
            i += length;
        }
        m_out.append(text.data() + plain, qsizetype(text.size() - plain));
    }

    bool literal()
    {
        const size_t end = std::min(m_json.find_first_of(" \t\r\n,:{}[]\"", m_at), m_json.size());
        const std::string_view text = m_json.substr(m_at, end - m_at);
        if (!expectsValue() || (text != "true" && text != "false" && text != "null" && !isNumber(text)))
            return false;
        beginItem();
        m_out.append(text.data(), qsizetype(text.size()));
        endValue();
        m_at = end;
        return true;
    }

    std::string_view m_json;
    bool m_forTerminal;
    qsizetype m_most; ///< bytes of m_out
    QByteArray m_out;
    QByteArray m_open; ///< the brackets that are open
    size_t m_at = 0;
    Expected m_expected = Expected::Value;
};

} // namespace

Result<QByteArray> indentJson(const QByteArray &json, bool forTerminal, qsizetype most)
{
    const QByteArray valid = QUtf8StringView(json).isValidUtf8() ? json : QString::fromUtf8(json).toUtf8();
    return Indenter({valid.constData(), size_t(valid.size())}, forTerminal, most).run();
}

QByteArray escapedJson(const QByteArray &json)
{
    const std::string_view text(json.constData(), size_t(json.size()));
    QByteArray out;
    size_t plain = 0;
    size_t length = 0;
    for (size_t i = 0; i < text.size(); i += length) {
        const char32_t c = characterAt(text, i, length);
        if (!disturbsTerminal(c))
            continue;
        out.append(text.data() + plain, qsizetype(i - plain));
        appendEscape(out, c);
        plain = i + length;
    }
    return plain == 0 ? json : out.append(text.data() + plain, qsizetype(text.size() - plain));
}

} // namespace casement
