#pragma once

#include <QString>

namespace casement::demo {

/// The text as AWS stores it: secret access keys and private keys become `[REDACTED_BY_AWS]`, numbers of payment cards
/// `[REDACTED_BY_AWS]-7016` with their last four digits. Source: AWS Support User Guide; api-facts.md §3A.
QString redactedByAws(const QString &text);

} // namespace casement::demo
