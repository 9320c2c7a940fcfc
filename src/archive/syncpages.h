#pragma once

#include "archive/casestore.h"
#include "aws/serviceconnection.h"

#include <QByteArrayView>

#include <functional>
#include <memory>
#include <optional>

/// How a sync's pages come into the archive, and what its errors mean.
namespace casement {

/// Whether an error concerns everything that would be asked for, and not only the case that it was about.
bool concernsEverything(const Error &error);

/// Lets a sync write until a write fails; what comes behind it is not tried, since a page that is missing must not be
/// taken for stored. Used on the archive's thread.
class WriteGate
{
public:
    using Work = std::function<Result<StoredPage>(Database &)>;
    /// `work`, unless something failed before.
    static Work guard(const std::shared_ptr<WriteGate> &gate, Work work);

private:
    std::optional<Error> m_failure;
};

/// Decodes and stores a page of cases, or of one case's messages. A body that can't be read is told with its request.
Result<StoredPage> storeListingPage(Database &database, AccountId account, const ServiceAnswer &answer,
                                    const StoreOptions &options);
Result<StoredPage> storeConversationPage(Database &database, AccountId account, const QString &caseId,
                                         const ServiceAnswer &answer, const StoreOptions &options);

/// An error of reading an answer, with what it was an answer to.
Error badAnswer(Error error, const char *operation, const QString &requestId);

} // namespace casement
