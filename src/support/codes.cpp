#include "support/codes.h"

#include <algorithm>
#include <array>

namespace casement {

namespace {

template <size_t N> int rank(const std::array<std::string_view, N> &order, std::string_view code)
{
    return int(std::find(order.begin(), order.end(), code) - order.begin());
}

} // namespace

bool isFromAws(std::string_view submittedBy)
{
    return submittedBy == "Amazon Web Services" || submittedBy == "AWS Support";
}

int severityRank(std::string_view code)
{
    static constexpr std::array<std::string_view, 5> order{"critical", "urgent", "high", "normal", "low"};
    return rank(order, code);
}

int statusRank(std::string_view code)
{
    static constexpr std::array<std::string_view, 7> order{
        status::pendingCustomerAction,   status::unassigned, status::opened, status::reopened, status::workInProgress,
        status::customerActionCompleted, status::resolved};
    return rank(order, code);
}

} // namespace casement
