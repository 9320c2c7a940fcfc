#pragma once

#include "archive/caseowner.h"
#include "archive/records.h"
#include "base/result.h"

#include <QByteArray>
#include <QStringList>

/// What a first sync shows before anything is stored: a page of DescribeCases straight to records. Pure functions, for
/// any thread.
namespace casement {

struct ListedPage
{
    CaseRecords records;
    QStringList open; ///< ids of cases that are not resolved
    QString nextToken;
    qint64 unreadable = 0; ///< cases without an id
    PageOwner owner; ///< by the ids

    /// Whether the service says that there is no case.
    bool isEmpty() const { return records.empty() && unreadable == 0 && nextToken.isEmpty(); }
};

/// Reads what the list needs of a page and skips the rest, above all the messages' texts.
Result<ListedPage> readListing(const QByteArray &body, AccountId account);

/// The page token when it is the last member of the answer, where the service puts it: then the next page can be asked
/// for before this one is read. Empty when it does not stand there, or not plainly.
QByteArrayView tokenAtEnd(QByteArrayView body);

} // namespace casement
