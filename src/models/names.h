#pragma once

#include "archive/records.h"

#include <QCoreApplication>
#include <QString>

#include <string_view>
#include <vector>

namespace casement {

/// What codes of the service are called in the interface's language. A code that this version has not heard of is shown
/// as the service spells it (through displayText()).
class Names
{
    Q_DECLARE_TR_FUNCTIONS(casement::Names)

public:
    enum class Kind { Status, Severity, Service, Category };
    /// A code and what it is called; a code with a short name as well stands there twice.
    struct Named
    {
        std::string_view code; ///< lives for ever
        QString name;
    };
    /// All codes of the kind that have a name of their own.
    static std::vector<Named> all(Kind kind);

    /// One or two words, the same wherever a person reads of a case: "Needs reply". Programs get the code.
    static QString status(std::string_view code);
    static QString severity(std::string_view code);
    /// Three or four letters for a narrow pill: "URG". Unknown codes in full.
    static QString severityShort(std::string_view code);
    /// "amazon-elastic-load-balancing" → "Elastic Load Balancing".
    static QString service(std::string_view code);
    /// "general-guidance" → "General guidance".
    static QString category(std::string_view code);
    /// Stands for the category of a check that has none.
    static QString noAdvisorCategory() { return QStringLiteral("-"); }
    /// A category of Trusted Advisor: `cost_optimizing` → "Cost optimization".
    static QString advisorCategory(std::string_view code);
    /// A status of Trusted Advisor's checks and resources: `error` → "Action recommended".
    static QString advisorStatus(std::string_view code);
    /// `ja` → "Japanese" in the interface's language.
    static QString language(std::string_view code);
    /// "Yours", "AWS", "Nobody's".
    static QString turn(Turn turn);
    /// "Yours for 2 h".
    static QString turnSince(Turn turn, qint64 since, qint64 now);
};

} // namespace casement
