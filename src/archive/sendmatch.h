#pragma once

#include "support/cases.h"

#include <QString>

namespace casement {

/// Whether `arrived` is what the service made of the text `sent`: the same but for line ends, white space at its
/// ends and how a character is composed (NFC and NFD are alike), and for secrets, which the service replaces by
/// `[REDACTED_BY_AWS]` (card numbers keep their last four digits behind it). Source: AWS Support User Guide; api-facts
/// §3A.
bool isSameMessage(const QString &sent, const QString &arrived);

/// Whether what an answer tells is what was sent.
enum class SendMatch {
    No, ///< it says that it is something else
    Yes,
    Maybe, ///< what would tell is missing
};

SendMatch matchOf(const Communication &message, const QString &body);
/// By subject and by the messages that the answer has of it.
SendMatch matchOf(const CaseDetails &details, const CreateCase::Request &request);

} // namespace casement
