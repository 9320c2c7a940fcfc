#include "export/workbookcell.h"

#include "base/text.h"
#include "support/timestamp.h"

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr double msPerDay = 86'400'000;
constexpr double epoch = 25'569; // 1970 in days of a workbook
constexpr double firstDay = 61; // 1 March 1900: before it Excel counts a day that never was
constexpr int mostPercentDecimals = 3; // that a workbook of ours shows
constexpr int mostSignificant = 15; // digits that a double keeps
constexpr std::string_view lowLine("_x005F_");

bool isNumeral(char c) { return c >= '0' && c <= '9'; }
bool isHex(char c) { return isNumeral(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// `-12.5`, with `grouped` `1,234.5`; nothing else. Answers the decimals, or -1.
int readNumber(std::string_view text, bool grouped, double &number)
{
    std::string plain;
    size_t at = 0;
    if (at < text.size() && text[at] == '-')
        plain += text[at++];
    const size_t from = at;
    int whole = 0;
    size_t sinceComma = 0;
    bool hasComma = false;
    for (; at < text.size() && (isNumeral(text[at]) || (grouped && text[at] == ',')); ++at) {
        if (text[at] == ',') {
            if (at == from || (hasComma ? sinceComma != 3 : sinceComma > 3))
                return -1;
            hasComma = true;
            sinceComma = 0;
            continue;
        }
        plain += text[at];
        ++whole;
        ++sinceComma;
    }
    const bool isId = whole > WorkbookCell::mostDigits && !hasComma && at == text.size();
    if (whole == 0 || isId || (hasComma && sinceComma != 3) || (whole > 1 && text[from] == '0'))
        return -1;
    int decimals = 0;
    if (at < text.size() && text[at] == '.') {
        plain += text[at++];
        for (; at < text.size() && isNumeral(text[at]); ++at, ++decimals)
            plain += text[at];
        if (decimals == 0)
            return -1;
    }
    if (at != text.size() || whole + decimals > mostSignificant)
        return -1;
    const auto read = std::from_chars(plain.data(), plain.data() + plain.size(), number);
    return read.ec == std::errc() ? decimals : -1;
}

/// A day, or a time that says its distance from UTC.
bool looksLikeTime(std::string_view text)
{
    constexpr std::string_view day("dddd-dd-dd");
    constexpr std::string_view time("dddd-dd-ddTdd:dd:dd");
    const auto fits = [text](std::string_view form) {
        for (size_t i = 0; i < form.size(); ++i) {
            if (form[i] == 'd' ? !isNumeral(text[i]) : text[i] != form[i])
                return false;
        }
        return true;
    };
    if (text.size() == day.size())
        return fits(day);
    if (text.size() <= time.size() || text.size() > 32 || !fits(time))
        return false;
    const std::string_view rest = text.substr(time.size());
    return rest.back() == 'Z' || rest.find_first_of("+-") != std::string_view::npos;
}

/// `2026-11-22 01:02:03`, as a workbook writes it, too; 0: it is none.
qint64 localTime(std::string_view text)
{
    constexpr size_t length = 19;
    if (text.size() != length || text[10] != ' ')
        return 0;
    std::string time(text);
    time[10] = 'T';
    return looksLikeTime(time + 'Z') ? parseTimestamp(time + 'Z') : 0;
}

/// Turns what stands beside it around.
bool isDirectionMark(QChar c)
{
    const char16_t code = c.unicode();
    return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0x200e || code == 0x200f
        || code == 0x061c;
}

} // namespace

WorkbookCell WorkbookCell::of(std::string_view text)
{
    WorkbookCell cell;
    if (text.empty())
        return cell;
    cell.kind = Kind::Text;
    const char first = text.front();
    if (text.size() > 32 || (!isNumeral(first) && first != '-' && first != '$'))
        return cell;
    if (looksLikeTime(text)) {
        const qint64 ms = parseTimestamp(text);
        const double days = double(ms) / msPerDay + epoch;
        if (ms != 0 && days >= firstDay) {
            cell.kind = text.size() == 10 ? Kind::Day : Kind::Time;
            cell.number = days;
        }
        return cell;
    }
    if (const double days = double(localTime(text)) / msPerDay + epoch; days > epoch) {
        cell.kind = Kind::Time;
        cell.number = days;
        return cell;
    }
    double number = 0;
    if (first == '$') {
        if (readNumber(text.substr(1), true, number) != 2 || text[1] == '-')
            return cell;
        cell.kind = Kind::Money;
    } else if (text.back() == '%') {
        cell.decimals = readNumber(text.substr(0, text.size() - 1), false, number);
        if (cell.decimals < 0 || cell.decimals > mostPercentDecimals)
            return cell;
        cell.kind = Kind::Percent;
        number /= 100;
    } else {
        const int decimals = readNumber(text, true, number);
        if (decimals < 0 || (number == 0 && first == '-'))
            return cell;
        cell.decimals = decimals;
        cell.isGrouped = text.find(',') != std::string_view::npos;
        cell.kind = Kind::Number;
    }
    cell.number = number;
    return cell;
}

std::string WorkbookCell::numberForm() const
{
    // Excel shows eleven places of a number that has no format.
    constexpr int mostPlaces = 9;
    const bool isWide = decimals > mostPlaces || std::abs(number) >= 1e9;
    const bool endsWithZero = decimals > 0 && std::fmod(std::round(std::abs(number) * std::pow(10, decimals)), 10) == 0;
    if (!isGrouped && !endsWithZero && !(decimals > 0 && isWide))
        return {};
    return (isGrouped ? "#,##0" : "0") + (decimals > 0 ? '.' + std::string(size_t(decimals), '0') : std::string());
}

void WorkbookText::set(std::string_view text)
{
    isCut = false;
    std::string cut;
    if (text.size() > size_t(longest)) {
        QString wide = textOfUtf8(text);
        if (wide.size() > longest) {
            wide.truncate(longest - 1);
            if (wide.back().isHighSurrogate())
                wide.chop(1);
            cut = (wide + u'…').toStdString();
            text = cut;
            isCut = true;
        }
    }
    bytes.clear();
    bytes.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\0') {
            bytes += "\u2400";
        } else if (c == '_' && i + 6 < text.size() && text[i + 1] == 'x' && text[i + 6] == '_' && isHex(text[i + 2])
                   && isHex(text[i + 3]) && isHex(text[i + 4]) && isHex(text[i + 5])) {
            bytes += lowLine;
        } else if (c == '\xef' && i + 2 < text.size() && text[i + 1] == '\xbf'
                   && (text[i + 2] == '\xbe' || text[i + 2] == '\xbf')) {
            bytes += "\ufffd";
            i += 2;
        } else {
            bytes += c;
        }
    }
}

QString SheetNames::add(const QString &title, const QString &otherwise)
{
    const auto cleaned = [](QString name) {
        for (QChar &c : name) {
            if (c.category() == QChar::Other_Control || isDirectionMark(c) || c.isSurrogate() || c.unicode() >= 0xfffe
                || QStringView(u"[]:*?/\\").contains(c))
                c = u' ';
        }
        name = name.simplified();
        while (name.startsWith(u'\''))
            name.remove(0, 1);
        return name;
    };
    const auto cut = [](QString name, qsizetype most) {
        name = name.left(most).trimmed();
        while (name.endsWith(u'\''))
            name.chop(1);
        return name;
    };
    QString base = cleaned(title);
    if (cut(base, longest).isEmpty())
        base = cleaned(otherwise);
    if (cut(base, longest).isEmpty() || base.compare("History"_L1, Qt::CaseInsensitive) == 0) // a name of Excel's own
        base += u" sheet"_s;
    QString name = cut(base, longest);
    for (int number = 2; m_taken.contains(name.toCaseFolded()); ++number) {
        const QString tail = u" (%1)"_s.arg(number);
        name = cut(base, longest - tail.size()) + tail;
    }
    m_taken.append(name.toCaseFolded());
    return name;
}

} // namespace casement
