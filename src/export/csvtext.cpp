#include "export/csvtext.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace casement {

namespace {

constexpr std::string_view nulSymbol("\u2400");

enum ByteClass : unsigned char {
    Special = 1, ///< a cell with it is not written as it stands
    FormulaStart = 2, ///< begins what a spreadsheet may run; of full-width characters the first byte
};

constexpr std::array<unsigned char, 256> byteClasses = [] {
    std::array<unsigned char, 256> classes{};
    for (const unsigned char c : {'"', ',', '\r', '\n', '\0'})
        classes[c] |= Special;
    for (const unsigned char c : {'=', '+', '-', '@', '\t', '\r', '\n', ' '})
        classes[c] |= FormulaStart;
    classes[0xef] |= FormulaStart;
    return classes;
}();

bool isSpecial(char c) { return byteClasses[static_cast<unsigned char>(c)] & Special; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// `-12.5`, `+3`, `-1e5`.
bool isPlainNumber(std::string_view text)
{
    size_t at = text[0] == '-' || text[0] == '+' ? 1 : 0;
    const auto digits = [&] {
        const size_t from = at;
        while (at < text.size() && isDigit(text[at]))
            ++at;
        return at > from;
    };
    if (!digits())
        return false;
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (!digits())
            return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+'))
            ++at;
        if (!digits())
            return false;
    }
    return at == text.size();
}

/// The first byte is one of FormulaStart.
bool runsAsFormula(std::string_view text)
{
    while (!text.empty() && text[0] == ' ') // which some readers cut
        text.remove_prefix(1);
    if (text.empty() || !(byteClasses[static_cast<unsigned char>(text[0])] & FormulaStart))
        return false;
    if (static_cast<unsigned char>(text[0]) == 0xef) {
        for (const std::string_view twin : {"＝", "＋", "－", "＠"}) {
            if (text.starts_with(twin))
                return true;
        }
        return false;
    }
    if (text[0] != '-' && text[0] != '+')
        return true;
    return text != "-" && !isPlainNumber(text);
}

constexpr std::uint64_t everyByte = 0x0101010101010101;

/// True unless every byte of the word is above all special ones.
bool mayBeSpecial(std::uint64_t word) { return (word - everyByte * 0x2d) & ~word & (everyByte * 0x80); }

char *putQuoted(char *out, std::string_view text, bool isFormula)
{
    *out++ = '"';
    if (isFormula)
        *out++ = '\'';
    for (const char c : text) {
        if (c == '\0') {
            out = std::copy(nulSymbol.begin(), nulSymbol.end(), out);
            continue;
        }
        if (c == '"')
            *out++ = '"';
        *out++ = c;
    }
    *out++ = '"';
    return out;
}

} // namespace

char *CsvText::put(char *out, std::string_view text) const
{
    if (text.empty())
        return out;
    char *const begin = out;
    const bool isFormula =
        m_formulaSafe && (byteClasses[static_cast<unsigned char>(text[0])] & FormulaStart) && runsAsFormula(text);
    if (isFormula)
        *out++ = '\'';
    const char *at = text.data();
    const char *const end = at + text.size();
    while (end - at >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        std::memcpy(out, &word, 8);
        if (mayBeSpecial(word) && std::any_of(at, at + 8, isSpecial))
            return putQuoted(begin, text, isFormula);
        at += 8;
        out += 8;
    }
    for (; at != end; ++at) {
        if (isSpecial(*at))
            return putQuoted(begin, text, isFormula);
        *out++ = *at;
    }
    return out;
}

void CsvText::cells(std::string_view written)
{
    reserve(1, written.size());
    if (!m_isRowNew)
        *m_at++ = ',';
    m_isRowNew = false;
    m_at = std::copy(written.begin(), written.end(), m_at);
}

void CsvText::mark()
{
    constexpr std::string_view bom("\ufeff");
    m_at = std::copy(bom.begin(), bom.end(), m_at);
}

void CsvText::grow(size_t most)
{
    const size_t used = size();
    const size_t room = std::max(size_t(m_end - m_bytes.get()) * 2, used + most);
    auto bytes = std::make_unique_for_overwrite<char[]>(room);
    if (used > 0)
        std::memcpy(bytes.get(), m_bytes.get(), used);
    m_bytes = std::move(bytes);
    m_at = m_bytes.get() + used;
    m_end = m_bytes.get() + room;
}

QByteArray CsvText::cellOf(std::string_view text, bool formulaSafe)
{
    CsvText row(formulaSafe);
    row.reserve(1, text.size());
    row.cell(text);
    return QByteArray(row.view().data(), qsizetype(row.size()));
}

} // namespace casement
