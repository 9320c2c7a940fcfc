#pragma once

#include "archive/records.h"
#include "base/error.h"

#include <QCoreApplication>
#include <QStringList>

namespace casement {

class AdvisorWork;
class StatePage;
class Workspace;

/// How Trusted Advisor of some accounts stands: being loaded, not loaded, failed.
struct AdvisorStanding
{
    bool isReading = false; ///< what is kept is being read
    bool isLoading = false;
    bool wasLoaded = false; ///< in this run, at least one
    bool isOffline = false; ///< what failed is the network
    qint64 done = 0; ///< results
    qint64 total = 0; ///< 0: not known
    Error error; ///< the first of them; Kind::None: nothing failed
    QStringList failed; ///< names of the accounts that it happened to
};

/// What AdvisorPage says of that.
class AdvisorNotice
{
    Q_DECLARE_TR_FUNCTIONS(casement::AdvisorNotice)

public:
    static AdvisorStanding standing(const AdvisorWork &work, Workspace &workspace, const QList<AccountId> &accounts,
                                    bool isReading);
    /// In a line above what is known.
    static QString sentence(const AdvisorStanding &standing);
    /// In the place of what is not known yet.
    static void showInPlace(const AdvisorStanding &standing, StatePage &page);
    /// What to do about an error; may be empty.
    static QString advice(const Error &error);
};

} // namespace casement
