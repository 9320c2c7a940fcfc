#pragma once

#include <QByteArray>

#include <memory>
#include <string_view>

namespace casement {

/// Rows of RFC 4180 in UTF-8, as bytes: cells are quoted where they must be, rows end by CR LF.
///
/// Unless it is told to be raw, a cell that a spreadsheet would take for a formula gets a leading apostrophe: one that
/// begins with = + - @, their full-width twins, a tab, CR or LF, also behind spaces, and is neither a plain number nor
/// a dash alone. NUL, at which readers stop, is always U+2400.
class CsvText
{
public:
    explicit CsvText(bool formulaSafe = true) : m_formulaSafe(formulaSafe) { }

    /// Room for so many cells with so many bytes altogether; must be called before they are added.
    void reserve(size_t cells, size_t bytes)
    {
        const size_t most = cells * mostAround + bytes * mostPerByte + slack;
        if (size_t(m_end - m_at) < most)
            grow(most);
    }
    /// A cell behind the row's others.
    void cell(std::string_view text)
    {
        if (!m_isRowNew)
            *m_at++ = ',';
        m_isRowNew = false;
        m_at = put(m_at, text);
    }
    /// Cells that are written already, with the commas between them.
    void cells(std::string_view written);
    void endRow()
    {
        *m_at++ = '\r';
        *m_at++ = '\n';
        m_isRowNew = true;
    }

    /// A byte order mark; at the beginning alone.
    void mark();

    /// What was written since the last clear(). A row must have ended.
    std::string_view view() const { return {m_bytes.get(), size()}; }
    size_t size() const { return size_t(m_at - m_bytes.get()); }
    void clear() { m_at = m_bytes.get(); }

    /// The cell alone, without a comma.
    static QByteArray cellOf(std::string_view text, bool formulaSafe = true);

private:
    static constexpr size_t mostAround = 5; // comma, quotes, apostrophe; a row's end
    static constexpr size_t mostPerByte = 3; // NUL
    static constexpr size_t slack = 16; // copies go by eight bytes

    char *put(char *out, std::string_view text) const;
    void grow(size_t most);

    std::unique_ptr<char[]> m_bytes;
    char *m_at = nullptr;
    char *m_end = nullptr;
    bool m_formulaSafe;
    bool m_isRowNew = true;
};

} // namespace casement
