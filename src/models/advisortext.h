#pragma once

#include "archive/advisorrecords.h"

#include <QCoreApplication>
#include <QLocale>
#include <QString>

namespace casement {

/// Words and amounts of Trusted Advisor for people.
class AdvisorText
{
    Q_DECLARE_TR_FUNCTIONS(casement::AdvisorText)

public:
    /// US dollars as the locale writes them: "$1,234.50"; "$1e+308" where cents would be made up.
    static QString money(double dollars, const QLocale &locale);
    /// Where a refresh stands: "Automatic", "Queued", "Running", "Failed", "in 58 min"; empty when one may be asked
    /// for.
    static QString refresh(const AdvisorRefresh &refresh, qint64 now);
    /// Until a refresh may be asked for: "59:04", "1:02:07"; minutes and seconds.
    static QString countdown(qint64 milliseconds);
    /// "3 / 20"; the flagged alone where the service did not say how many there are, and words where it said neither.
    static QString flagged(const AdvisorCheckRecord &check, const QLocale &locale);
    /// Whether AWS works on it now.
    static bool isUnderWay(const AdvisorRefresh &refresh);
};

} // namespace casement
