#include "models/displaytext.h"

#include "base/codepoint.h"

#include <algorithm>
#include <limits>

namespace casement {

namespace {

constexpr qsizetype longestLine = 1000;
constexpr int mostMarks = 4;
constexpr char16_t firstStrongIsolate = 0x2068;
constexpr char16_t popIsolate = 0x2069;

/// Reorders what stands around it.
bool isDirectionControl(char32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c;
}

/// Takes no room, so that two different texts look the same. Joiners are not among them.
bool isInvisible(char32_t c)
{
    return c == 0x200b || (c >= 0x2060 && c <= 0x2064) || (c >= 0x206a && c <= 0x206f) || c == 0xfeff || c == 0x00ad
        || c == 0x180e || c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || (c >= 0xfff9 && c <= 0xfffb)
        || (c >= 0xe0000 && c <= 0xe007f);
}

bool isRightToLeft(char32_t c)
{
    if (c < 0x0590)
        return false;
    const QChar::Direction direction = QChar::direction(c);
    return direction == QChar::DirR || direction == QChar::DirAL;
}

void append(QString &text, char32_t c)
{
    for (const char16_t unit : QChar::fromUcs4(c))
        text.append(QChar(unit));
}

QString cleaned(QStringView text, bool oneLine, qsizetype longest = longestLine)
{
    QString result;
    result.reserve(text.size());
    int marks = 0;
    bool rightToLeft = false;
    int length = 1;
    for (qsizetype i = 0; i < text.size(); i += length) {
        if (oneLine && result.size() >= longest) {
            result.append(QChar(0x2026));
            break;
        }
        const char32_t c = codePointAt(text, i, &length);
        if (c >= 0x20 && c < 0x7f) {
            result.append(QChar(char16_t(c)));
            marks = 0;
            continue;
        }
        if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85) {
            if (c == '\r' && i + 1 < text.size() && text[i + 1] == QLatin1Char('\n'))
                length = 2;
            result.append(oneLine ? QLatin1Char(' ') : QLatin1Char('\n'));
            marks = 0;
        } else if (c == '\t') {
            result.append(oneLine ? QLatin1Char(' ') : QLatin1Char('\t'));
            marks = 0;
        } else if (c < 0x20) {
            append(result, 0x2400 + c);
        } else if (c == 0x7f) {
            append(result, 0x2421);
        } else if (c < 0xa0 || QChar::isNonCharacter(c)) {
            append(result, replacementCharacter);
        } else if (isDirectionControl(c) || isInvisible(c)) {
            continue;
        } else if (c == 0x200c || c == 0x200d) { // a joiner has something to join in emoji, Indic and Arabic words
            if (!result.isEmpty() && result.back().unicode() >= 0x80 && !result.back().isSpace() && i + 1 < text.size()
                && text[i + 1].unicode() >= 0x80)
                append(result, c);
        } else {
            const QChar::Category category = QChar::category(c);
            const bool mark = category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
            marks = mark ? marks + 1 : 0;
            if (marks > mostMarks)
                continue;
            rightToLeft = rightToLeft || isRightToLeft(c);
            append(result, c);
        }
    }
    if (rightToLeft && oneLine)
        return QChar(firstStrongIsolate) + result + QChar(popIsolate);
    return result;
}

template <class Text> bool isPlain(const Text &text)
{
    return std::all_of(text.begin(), text.end(), [](auto c) { return c >= 0x20 && c < 0x7f; });
}

} // namespace

QString displayText(const QString &text)
{
    const QStringView view(text);
    if (view.size() <= longestLine
        && std::all_of(view.begin(), view.end(), [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7f; }))
        return text;
    return cleaned(view, true);
}

QString displayText(std::string_view utf8)
{
    if (qsizetype(utf8.size()) <= longestLine && isPlain(utf8))
        return QString::fromLatin1(utf8.data(), qsizetype(utf8.size()));
    return cleaned(QString::fromUtf8(utf8.data(), qsizetype(utf8.size())), true);
}

QString wholeDisplayText(std::string_view utf8)
{
    if (isPlain(utf8))
        return QString::fromLatin1(utf8.data(), qsizetype(utf8.size()));
    return cleaned(QString::fromUtf8(utf8.data(), qsizetype(utf8.size())), true, std::numeric_limits<qsizetype>::max());
}

QString toolTipText(const QString &displayText)
{
    return displayText.isEmpty() ? QString() : QStringLiteral("<qt>%1</qt>").arg(displayText.toHtmlEscaped());
}

QString bodyText(const QString &text) { return cleaned(text, false); }

QString orDash(const QString &text) { return text.isEmpty() ? QStringLiteral("-") : text; }

} // namespace casement
