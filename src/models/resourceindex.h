#pragma once

#include "support/advisorresult.h"

#include <QString>

#include <compare>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace casement {

/// What of a resource stands in a column.
struct ResourceField
{
    enum class Kind : quint8 {
        None, ///< the order of the service
        Change,
        Status,
        Region,
        Value, ///< under `heading`
        Id,
        Suppressed,
    };
    Kind kind = Kind::None;
    quint32 heading = 0;
    friend auto operator<=>(const ResourceField &, const ResourceField &) = default;
};

/// Which resources are shown, and in which order.
struct ResourceQuery
{
    ResourceField sort;
    bool descending = false;
    QString words; ///< as typed; each stands somewhere in a row that is shown
    bool hideSuppressed = false;
    QString status; ///< empty: all
    bool onlyChanges = false;
    friend bool operator==(const ResourceQuery &, const ResourceQuery &) = default;
};

/// A number that a cell stands for: `12`, `-1,234.50`, `$1,234.50`, `12%`, `40 days`, or a date in ISO 8601.
struct ResourceNumber
{
    double value = 0;
    bool isDate = false;
    std::string_view unit; ///< what stands around it; columns sort by numbers only where that is the same in all
};
std::optional<ResourceNumber> resourceNumber(std::string_view text);

/// The resources of a result, and those of an earlier one that are gone, in any order and selection.
///
/// What is found out for an order (numbers, ranks of texts) or for the filter (folded texts) is kept. May be asked from
/// any thread: 100,000 resources are some ten milliseconds, so ask on the pool.
class ResourceIndex
{
public:
    /// Row numbers: of the result first, then of what is gone.
    using Rows = std::vector<quint32>;

    explicit ResourceIndex(AdvisorResultPtr result, AdvisorResultPtr earlier = {}, AdvisorDifference difference = {});

    size_t size() const { return m_own + m_gone.size(); }
    const AdvisorResource &at(quint32 row) const;
    AdvisorChange change(quint32 row) const;
    bool isCompared() const { return bool(m_earlier); }
    const AdvisorDifference &difference() const { return m_difference; }
    const AdvisorResultPtr &result() const { return m_result; }

    /// The rows that are shown, in order; the same always, also for equals.
    Rows arrange(const ResourceQuery &query) const;
    /// Whether all values of a column are numbers of one kind (empty ones aside).
    bool isNumeric(const ResourceField &field) const;

private:
    /// Rows in ascending order; `sameAsBefore` of those that equal the one before.
    struct Order
    {
        Rows rows;
        std::vector<bool> sameAsBefore;
        bool isNumeric = false;
    };
    /// The texts of all rows without case, in parts that threads look through beside each other.
    struct Folded
    {
        struct Part
        {
            std::string text; ///< each row with a line break behind it
            std::vector<size_t> ends; ///< of its rows
            size_t first = 0; ///< row

            Rows rowsWith(std::string_view word) const;
        };
        std::vector<Part> parts;
        size_t rowsOfPart = 1;

        std::string_view of(size_t row) const;
        Rows rowsWith(std::string_view word) const;
    };
    /// What was typed last, and where it stands.
    struct Found
    {
        std::vector<std::string> words;
        std::shared_ptr<const Rows> rows;
    };

    Text textOf(const ResourceField &field, quint32 row) const;
    std::shared_ptr<const Order> orderOf(const ResourceField &field) const;
    std::shared_ptr<const Folded> folded() const;
    bool numberKeys(const ResourceField &field, std::vector<quint64> &keys) const;
    std::shared_ptr<const Order> makeOrder(const ResourceField &field) const;
    std::shared_ptr<const Rows> withWords(const std::vector<std::string> &words) const;
    Rows shown(const ResourceQuery &query) const;

    AdvisorResultPtr m_result;
    AdvisorResultPtr m_earlier;
    AdvisorDifference m_difference;
    std::vector<size_t> m_gone;
    size_t m_own = 0;

    mutable std::mutex m_mutex;
    mutable std::map<ResourceField, std::shared_ptr<const Order>> m_orders;
    mutable std::shared_ptr<const Folded> m_folded;
    mutable Found m_found;
};

} // namespace casement
