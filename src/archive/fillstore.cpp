#include "archive/fillstore.h"

#include "archive/settings.h"
#include "base/duration.h"

#include <map>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

QString refusalSetting(AccountId account, const QString &caseId) { return u"sync/%1/refused/"_s.arg(account) + caseId; }

} // namespace

void forgetRefusal(Database &database, AccountId account, const QString &caseId)
{
    database.prepare("DELETE FROM settings WHERE name = ?").run(refusalSetting(account, caseId));
}

Result<void> noteRefusal(Database &database, AccountId account, const QString &caseId, qint64 until)
{
    Transaction transaction(database);
    writeSetting(database, refusalSetting(account, caseId), QString::number(until));
    return transaction.commit();
}

Result<QStringList> incompleteCases(Database &database, AccountId account, qint64 now, PutOff putOff)
{
    QStringList incomplete;
    std::multimap<qint64, QString> later; // by when they are due
    {
        Statement read = database.prepare(
            "SELECT caseId, (SELECT CAST(value AS INTEGER) FROM settings WHERE name = ? || caseId) FROM cases "
            "WHERE account = ? AND complete <> 1 AND gone = 0 ORDER BY status = 'resolved', updated DESC");
        read.run(refusalSetting(account, {}), account);
        while (read.next()) {
            const qint64 until = read.number(1);
            if (until > now && until <= now + duration::day) // a clock that was ahead puts nothing off for longer
                later.emplace(until, read.text(0));
            else
                incomplete.append(read.text(0));
        }
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    if (putOff == PutOff::Last) {
        for (const auto &[until, caseId] : later)
            incomplete.append(caseId);
    }
    return incomplete;
}

Result<ConversationState> conversationState(Database &database, AccountId account, const QString &caseId)
{
    ConversationState state = ConversationState::Whole;
    {
        Statement read = database.prepare("SELECT complete, gone FROM cases WHERE account = ? AND caseId = ?");
        if (read.run(account, caseId) && read.next() && Completeness(read.number(0)) != Completeness::Whole)
            state = read.number(1) ? ConversationState::Gone : ConversationState::Lacking;
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return state;
}

} // namespace casement
