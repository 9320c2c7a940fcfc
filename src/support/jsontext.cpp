#include "support/jsontext.h"

#include <QStringEncoder>

namespace casement {

namespace {

constexpr char hexDigits[] = "0123456789abcdef";

void appendUtf8(std::string &out, char32_t c)
{
    if (c < 0x80) {
        out += char(c);
    } else if (c < 0x800) {
        out += char(0xc0 | (c >> 6));
        out += char(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        out += char(0xe0 | (c >> 12));
        out += char(0x80 | ((c >> 6) & 0x3f));
        out += char(0x80 | (c & 0x3f));
    } else {
        out += char(0xf0 | (c >> 18));
        out += char(0x80 | ((c >> 12) & 0x3f));
        out += char(0x80 | ((c >> 6) & 0x3f));
        out += char(0x80 | (c & 0x3f));
    }
}

int hexValue(std::string_view text, size_t at)
{
    if (at + 4 > text.size())
        return -1;
    int value = 0;
    for (size_t i = at; i < at + 4; ++i) {
        const char c = text[i];
        int digit = 0;
        if (c >= '0' && c <= '9')
            digit = c - '0';
        else if (c >= 'a' && c <= 'f')
            digit = c - 'a' + 10;
        else if (c >= 'A' && c <= 'F')
            digit = c - 'A' + 10;
        else
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

} // namespace

void appendJsonString(QByteArray &out, std::string_view utf8)
{
    out += '"';
    size_t plain = 0;
    for (size_t i = 0; i < utf8.size(); ++i) {
        const auto c = static_cast<unsigned char>(utf8[i]);
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
            continue;
        out.append(utf8.data() + plain, qsizetype(i - plain));
        plain = i + 1;
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            out += "\\u00";
            out += hexDigits[c >> 4];
            out += hexDigits[c & 15];
        }
    }
    out.append(utf8.data() + plain, qsizetype(utf8.size() - plain));
    out += '"';
}

void appendJsonString(QByteArray &out, QStringView text)
{
    QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless); // U+FFFD for a lone surrogate
    const QByteArray utf8 = encoder(text);
    appendJsonString(out, std::string_view(utf8.constData(), size_t(utf8.size())));
}

std::string unescapeJson(std::string_view inside)
{
    constexpr char32_t replacement = 0xfffd;
    std::string out;
    out.reserve(inside.size());
    for (size_t i = 0; i < inside.size(); ++i) {
        if (inside[i] != '\\') {
            out += inside[i];
            continue;
        }
        if (++i >= inside.size()) {
            appendUtf8(out, replacement);
            break;
        }
        switch (inside[i]) {
        case 'n':
            out += '\n';
            break;
        case 't':
            out += '\t';
            break;
        case 'r':
            out += '\r';
            break;
        case 'b':
            out += '\b';
            break;
        case 'f':
            out += '\f';
            break;
        case '"':
        case '\\':
        case '/':
            out += inside[i];
            break;
        case 'u': {
            const int first = hexValue(inside, i + 1);
            if (first < 0) {
                appendUtf8(out, replacement);
                break;
            }
            i += 4;
            if (first < 0xd800 || first > 0xdfff) {
                appendUtf8(out, char32_t(first));
                break;
            }
            const bool pair = first < 0xdc00 && i + 2 < inside.size() && inside[i + 1] == '\\' && inside[i + 2] == 'u';
            const int second = pair ? hexValue(inside, i + 3) : -1;
            if (second >= 0xdc00 && second <= 0xdfff) {
                appendUtf8(out, 0x10000 + ((char32_t(first) - 0xd800) << 10) + (char32_t(second) - 0xdc00));
                i += 6;
            } else {
                appendUtf8(out, replacement);
            }
            break;
        }
        default:
            appendUtf8(out, replacement);
            while (i + 1 < inside.size() && (static_cast<unsigned char>(inside[i + 1]) & 0xc0) == 0x80)
                ++i; // the rest of an escaped character that is none of ASCII's
        }
    }
    return out;
}

QString withoutLoneSurrogates(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text.at(i).isSurrogate())
            continue;
        if (text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate())
            ++i;
        else
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

} // namespace casement
