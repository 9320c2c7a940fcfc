#pragma once

#include <QString>

#include <string_view>

/// The service's codes, as far as the program acts on them. All stay strings: new ones come without notice (`reopened`
/// once broke a client with a closed enum). Source: AWS Support API Reference, CaseDetails; api-facts §7.
namespace casement {

namespace status {
inline constexpr std::string_view unassigned = "unassigned";
inline constexpr std::string_view opened = "opened";
inline constexpr std::string_view workInProgress = "work-in-progress";
inline constexpr std::string_view pendingCustomerAction = "pending-customer-action";
inline constexpr std::string_view customerActionCompleted = "customer-action-completed";
inline constexpr std::string_view reopened = "reopened";
inline constexpr std::string_view resolved = "resolved";
} // namespace status

/// True for the only closed state; every unknown status counts as open.
constexpr bool isResolved(std::string_view code) { return code == status::resolved; }

/// True when AWS asked something and waits for the customer.
constexpr bool needsReply(std::string_view code) { return code == status::pendingCustomerAction; }

/// Whether a message was written by AWS: its `submittedBy` is the bare name, without an address.
bool isFromAws(std::string_view submittedBy);

/// 0 (critical) … 4 (low), and 5 for a level that this version has not heard of.
int severityRank(std::string_view code);

/// 0 (needs the customer) … 6 (resolved), and 7 for an unknown status.
int statusRank(std::string_view code);

} // namespace casement
