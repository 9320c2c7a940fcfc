#pragma once

#include "archive/advisorarchive.h"

#include <atomic>
#include <memory>
#include <optional>

namespace casement {

/// Which of a check's own columns are written, in their order; none: all of them.
using ChosenColumns = std::optional<QList<int>>;

/// A result of a check on its way into a file.
struct ExportedResult
{
    QString account; ///< its name
    AdvisorSnapshotRecord record; ///< of the check alone where there is no result
    AdvisorResultPtr result; ///< null: it was never fetched
    ChosenColumns columns;
};

/// Makes a file of results, one after another, so that any number of them needs the memory of one.
///
/// For one thread at a time, but for stop(). The file appears by commit(); before, an older one stays as it was, and
/// without it nothing stays. Results of one check belong together and share a table where headings and width allow.
class TableWriter
{
public:
    TableWriter() = default;
    TableWriter(const TableWriter &) = delete;
    TableWriter &operator=(const TableWriter &) = delete;
    virtual ~TableWriter() = default;

    /// Error::Kind::File when it can't be written, Error::Kind::Cancelled after stop().
    virtual Result<void> write(const ExportedResult &result) = 0;
    /// After the last result: everything is on the disk then.
    virtual Result<void> flush() = 0;
    /// Puts the file where it belongs. Quick.
    virtual Result<void> commit() = 0;

    /// Texts that were longer than the format allows and were cut.
    virtual qint64 cutTexts() const { return 0; }

    /// Ends a write() in another thread soon.
    void stop() { m_isStopped = true; }

protected:
    bool isStopped() const { return m_isStopped.load(std::memory_order_relaxed); }

private:
    std::atomic<bool> m_isStopped = false;
};

/// A table that is being written: which results fit into it.
class OpenTable
{
public:
    /// True when the result's rows can stand below those that are there.
    bool takes(const ExportedResult &result) const;
    /// Begins anew with this result.
    void open(const ExportedResult &result);
    void close() { m_isOpen = false; }

    bool isOpen() const { return m_isOpen; }
    /// Columns of the check itself, those beyond its headings included, or those that were chosen.
    qsizetype columns() const { return m_columns; }
    /// Which of the values of a resource stands in a column.
    size_t field(qsizetype column) const { return size_t(m_chosen ? m_chosen->at(column) : column); }
    /// The check's headings, then `Column 9` and so on for values beyond them.
    QString heading(qsizetype column) const;
    const QString &checkId() const { return m_checkId; }

private:
    bool m_isOpen = false;
    QString m_checkId;
    QStringList m_headings;
    ChosenColumns m_chosen;
    qsizetype m_columns = 0;
};

/// What every table begins with.
enum class LeadingColumn : quint8 {
    Account,
    CheckId,
    Check,
    Category,
    Status,
    Region,
    ResourceId,
    Suppressed,
    Timestamp
};
inline constexpr int leadingColumns = int(LeadingColumn::Timestamp) + 1;

/// The titles of all leading columns, in the interface language.
QStringList leadingTitles();
/// The same and those of a field and its value.
QStringList longTitles();

} // namespace casement
