#pragma once

#include "archive/records.h"
#include "support/cases.h"

#include <QTimeZone>

#include <functional>
#include <string_view>

namespace casement {

/// A case with its whole conversation, as the archive has them, and whose it is.
struct ExportedCase
{
    CaseDetails details; ///< recentCommunications is not looked at
    QList<CommunicationRecord> messages; ///< oldest first
    QString accountName;
    QString partition; ///< `aws`, `aws-cn` …
};

/// How a readable export writes times and codes. JSON has both as the service wrote them.
struct ExportOptions
{
    /// What a code is called in the interface's language; without one the code itself is written. Called on pool
    /// threads.
    using NameOf = std::function<QString(std::string_view code)>;
    /// Of a service's category; empty when it says no more than the service.
    using CategoryOf = std::function<QString(std::string_view service, std::string_view code)>;

    QTimeZone zone = QTimeZone::systemTimeZone(); ///< the person's; times are written in it and in UTC
    NameOf status;
    NameOf severity;
    NameOf service;
    CategoryOf category;
};

} // namespace casement
