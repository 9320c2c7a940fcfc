#pragma once

#include "archive/database.h"
#include "archive/records.h"

/// The search index in the archive. To be used inside a transaction, by the archive's thread.
namespace casement {

void indexCommunication(Database &database, qint64 communicationRow, const QString &body);
/// The bodies and subjects that are indexed so far: a contentless index is told what it forgets.
void forgetCommunication(Database &database, qint64 communicationRow, const QString &body);
void forgetSubject(Database &database, qint64 caseRow, const QString &subject);
/// `before` is the subject that is indexed so far; null when none is.
void indexSubject(Database &database, qint64 caseRow, const QString &before, const QString &subject);

/// The notes and tags that have all the words, then the newest messages, subjects and names of files; `most` of them at
/// most. Dates among the words (readDateWords()) are of the messages, and of the last change of a case where it is the
/// case that was found.
Result<QList<SearchHit>> searchArchive(Database &database, const QString &words, int most);

} // namespace casement
