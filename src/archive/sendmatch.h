#pragma once

#include <QString>

namespace casement {

/// Whether `arrived` is what the service made of the text `sent`: the same but for line ends, white space at its
/// ends and how a character is composed (NFC and NFD are alike), and for secrets, which the service replaces by
/// `[REDACTED_BY_AWS]` (card numbers keep their last four digits behind it). Source: AWS Support User Guide; api-facts
/// §3A.
bool isSameMessage(const QString &sent, const QString &arrived);

} // namespace casement
