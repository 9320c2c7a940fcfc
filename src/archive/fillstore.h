#pragma once

#include "archive/database.h"
#include "archive/records.h"

#include <QStringList>

/// What the archive knows of conversations that it does not have back to their start. On the archive's thread.
namespace casement {

/// How much of a conversation the archive has. Stored as these numbers.
enum class Completeness {
    LacksHistory = 0, ///< older messages of a case that a first sync found
    Whole = 1, ///< known back to its start
    LacksNews = 2, ///< messages that came since then, or of a case that did
};

/// Puts a case's conversation off until then, or until the case changes. `until` is a day ahead at most.
Result<void> noteRefusal(Database &database, AccountId account, const QString &caseId, qint64 until);

/// The case changed, or its conversation is whole: nothing is put off any more. Inside a transaction.
void forgetRefusal(Database &database, AccountId account, const QString &caseId);

/// What becomes of conversations that noteRefusal() puts off.
enum class PutOff : quint8 {
    Left, ///< not named
    Last, ///< named behind the others, the soonest due first
};

/// Ids of cases whose conversation is not known back to its start; open ones first, then the newest first.
Result<QStringList> incompleteCases(Database &database, AccountId account, qint64 now, PutOff putOff);

/// How a conversation here stands to the one at the service.
enum class ConversationState : quint8 {
    Whole, ///< every message is here that the service told of; also of a case that isn't known
    Lacking, ///< messages are missing that could not be fetched yet
    Gone, ///< messages are missing, and the service does not know the case any more
};

Result<ConversationState> conversationState(Database &database, AccountId account, const QString &caseId);

} // namespace casement
