#include "cli/terminaltext.h"

#include <QChar>

#include <algorithm>
#include <array>

namespace casement::cli {

namespace {

constexpr int mostMarks = 4;
constexpr char32_t joiner = 0x200d;
constexpr char32_t nonJoiner = 0x200c;

struct Range
{
    char32_t first;
    char32_t last;
};

constexpr std::array wideRanges{
    Range{0x1100, 0x115f},   Range{0x231a, 0x231b},   Range{0x2329, 0x232a},   Range{0x23e9, 0x23ec},
    Range{0x23f0, 0x23f0},   Range{0x23f3, 0x23f3},   Range{0x25fd, 0x25fe},   Range{0x2614, 0x2615},
    Range{0x2648, 0x2653},   Range{0x267f, 0x267f},   Range{0x2693, 0x2693},   Range{0x26a1, 0x26a1},
    Range{0x26aa, 0x26ab},   Range{0x26bd, 0x26be},   Range{0x26c4, 0x26c5},   Range{0x26ce, 0x26ce},
    Range{0x26d4, 0x26d4},   Range{0x26ea, 0x26ea},   Range{0x26f2, 0x26f3},   Range{0x26f5, 0x26f5},
    Range{0x26fa, 0x26fa},   Range{0x26fd, 0x26fd},   Range{0x2705, 0x2705},   Range{0x270a, 0x270b},
    Range{0x2728, 0x2728},   Range{0x274c, 0x274c},   Range{0x274e, 0x274e},   Range{0x2753, 0x2755},
    Range{0x2757, 0x2757},   Range{0x2795, 0x2797},   Range{0x27b0, 0x27b0},   Range{0x27bf, 0x27bf},
    Range{0x2b1b, 0x2b1c},   Range{0x2b50, 0x2b50},   Range{0x2b55, 0x2b55},   Range{0x2e80, 0x303e},
    Range{0x3041, 0x33ff},   Range{0x3400, 0x4dbf},   Range{0x4e00, 0xa4cf},   Range{0xa960, 0xa97f},
    Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},   Range{0xfe10, 0xfe19},   Range{0xfe30, 0xfe6f},
    Range{0xff01, 0xff60},   Range{0xffe0, 0xffe6},   Range{0x16fe0, 0x18cff}, Range{0x1aff0, 0x1b2ff},
    Range{0x1f004, 0x1f004}, Range{0x1f0cf, 0x1f0cf}, Range{0x1f18e, 0x1f18e}, Range{0x1f191, 0x1f19a},
    Range{0x1f200, 0x1f320}, Range{0x1f32d, 0x1f335}, Range{0x1f337, 0x1f37c}, Range{0x1f37e, 0x1f393},
    Range{0x1f3a0, 0x1f3ca}, Range{0x1f3cf, 0x1f3d3}, Range{0x1f3e0, 0x1f3f0}, Range{0x1f3f4, 0x1f3f4},
    Range{0x1f3f8, 0x1f43e}, Range{0x1f440, 0x1f440}, Range{0x1f442, 0x1f4fc}, Range{0x1f4ff, 0x1f53d},
    Range{0x1f54b, 0x1f54e}, Range{0x1f550, 0x1f567}, Range{0x1f57a, 0x1f57a}, Range{0x1f595, 0x1f596},
    Range{0x1f5a4, 0x1f5a4}, Range{0x1f5fb, 0x1f64f}, Range{0x1f680, 0x1f6c5}, Range{0x1f6cc, 0x1f6cc},
    Range{0x1f6d0, 0x1f6d2}, Range{0x1f6d5, 0x1f6d7}, Range{0x1f6dc, 0x1f6df}, Range{0x1f6eb, 0x1f6ec},
    Range{0x1f6f4, 0x1f6fc}, Range{0x1f7e0, 0x1f7eb}, Range{0x1f7f0, 0x1f7f0}, Range{0x1f90c, 0x1f93a},
    Range{0x1f93c, 0x1f945}, Range{0x1f947, 0x1f9ff}, Range{0x1fa70, 0x1faff}, Range{0x20000, 0x3fffd},
};

bool isMark(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
}

int widthOf(char32_t c)
{
    if (c < 0x300)
        return 1;
    if (isMark(c) || c == joiner || c == nonJoiner || (c >= 0x1160 && c <= 0x11ff))
        return 0;
    const auto range = std::lower_bound(wideRanges.begin(), wideRanges.end(), c,
                                        [](const Range &one, char32_t wanted) { return one.last < wanted; });
    return range != wideRanges.end() && c >= range->first ? 2 : 1;
}

// The next code point; `at` moves behind it.
char32_t nextCodePoint(QStringView text, qsizetype &at)
{
    const QChar unit = text.at(at++);
    if (!unit.isSurrogate())
        return unit.unicode();
    if (unit.isHighSurrogate() && at < text.size() && text.at(at).isLowSurrogate())
        return QChar::surrogateToUcs4(unit, text.at(at++));
    return QChar::ReplacementCharacter;
}

void append(QString &out, char32_t c)
{
    for (const char16_t unit : QChar::fromUcs4(c))
        out += QChar(unit);
}

// 0: leave it out.
char32_t shown(char32_t c, char32_t before, char32_t after)
{
    if (c < 0x20)
        return 0x2400 + c;
    if (c == 0x7f)
        return 0x2421;
    if (c >= 0x80 && c < 0xa0)
        return QChar::ReplacementCharacter;
    if (c == joiner || c == nonJoiner) {
        const auto joins = [](char32_t x) { return x > 0x300 && (QChar::isLetter(x) || isMark(x) || x >= 0x2190); };
        return joins(before) && joins(after) ? c : 0;
    }
    if (c == 0x2028 || c == 0x2029)
        return ' ';
    if (c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || QChar::isNonCharacter(c))
        return QChar::ReplacementCharacter; // letters that nobody sees
    const QChar::Category category = QChar::category(c);
    return category == QChar::Other_Format ? 0 : c;
}

enum class LeftOut { Silently, ByNumber };

QString cleaned(const QString &text, bool oneLine, LeftOut leftOut = LeftOut::Silently)
{
    QString out;
    out.reserve(text.size());
    int marks = 0;
    char32_t before = 0;
    for (qsizetype at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        if (c == '\r' && at < text.size() && text.at(at) == u'\n')
            continue;
        if (c == '\n' || c == '\r' || c == '\t') {
            out += oneLine ? u' ' : c == '\t' ? u'\t' : u'\n';
            marks = 0;
            before = 0;
            continue;
        }
        if (isMark(c)) {
            if (++marks > mostMarks)
                continue;
        } else {
            marks = 0;
        }
        qsizetype ahead = at;
        const char32_t after = ahead < text.size() ? nextCodePoint(text, ahead) : 0;
        const char32_t visible = shown(c, before, after);
        if (visible)
            append(out, visible);
        else if (leftOut == LeftOut::ByNumber)
            out += QStringLiteral("\\u%1").arg(QString::number(uint(c), 16).toUpper().rightJustified(4, u'0'));
        before = c;
    }
    return out;
}

} // namespace

QString terminalLine(const QString &text) { return cleaned(text, true); }

QString terminalName(const QString &name) { return cleaned(name, true, LeftOut::ByNumber); }

QString terminalText(const QString &text) { return cleaned(text, false); }

int cellWidth(QStringView text)
{
    int width = 0;
    for (qsizetype at = 0; at < text.size();)
        width += widthOf(nextCodePoint(text, at));
    return width;
}

QString cutToCells(const QString &text, int cells)
{
    if (cellWidth(text) <= cells)
        return text;
    int width = 0;
    qsizetype end = 0;
    for (qsizetype at = 0; at < text.size();) {
        width += widthOf(nextCodePoint(text, at));
        if (width > cells - 1)
            break;
        end = at;
    }
    return text.first(end) + QStringLiteral("…");
}

QString padToCells(const QString &text, int cells)
{
    return text + QString(std::max(0, cells - cellWidth(text)), u' ');
}

} // namespace casement::cli
