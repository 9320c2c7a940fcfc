#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace casement {

/// What a text of a result is in a workbook. Only what a workbook shows as it is written becomes a number, in a format
/// where it needs one: so all numbers of a column are some. Ids and numbers with leading zeros, exponents or more
/// digits than a number keeps stay texts. Times become those of UTC.
struct WorkbookCell
{
    enum class Kind : quint8 {
        Empty,
        Text,
        Number,
        Money, ///< US dollars: `$1,234.50`
        Percent,
        Time, ///< `2026-11-22T01:02:03Z`, or with an offset; `2026-11-22 01:02:03`
        Day, ///< `2026-11-22`
    };

    Kind kind = Kind::Empty;
    double number = 0; ///< of a time in days since the end of 1899, as workbooks count
    int decimals = 0; ///< of Number and Percent, as written
    bool isGrouped = false; ///< a Number is written as `1,234`

    /// Longest integer that is a number: account ids have twelve digits.
    static constexpr int mostDigits = 11;

    static WorkbookCell of(std::string_view text);
    /// The format that shows a Number as it is written; empty: it needs none.
    std::string numberForm() const;
};

/// A text as a workbook can hold it, ended by NUL.
struct WorkbookText
{
    /// Characters of UTF-16 that a cell holds.
    static constexpr int longest = 32'767;

    std::string bytes;
    bool isCut = false; ///< it was longer

    /// NUL becomes U+2400, what XML can't hold U+FFFD, and what readers would take for an escape is escaped.
    void set(std::string_view text);
};

/// Names of sheets in the order in which they come: without what Excel refuses, 31 characters at most, none twice.
class SheetNames
{
public:
    static constexpr int longest = 31;

    /// A name for `title`, or for `otherwise` when nothing is left of it; taken from now on.
    QString add(const QString &title, const QString &otherwise);

private:
    QStringList m_taken; ///< folded
};

} // namespace casement
