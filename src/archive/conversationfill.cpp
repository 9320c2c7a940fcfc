#include "archive/conversationfill.h"

#include "archive/archive.h"
#include "archive/fillstore.h"
#include "base/log.h"
#include "support/codes.h"

#include <chrono>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;
using Lane = ArchiveThread::Lane;

namespace {

constexpr int conversationsAtOnce = 3;
constexpr std::chrono::milliseconds refusalLasts = std::chrono::hours(24); // what the service said it says tomorrow
constexpr std::chrono::milliseconds mishapLasts = std::chrono::hours(1); // of the way or the service's day
constexpr int failuresInARow = 10; // more are not about each of them

} // namespace

ConversationFill::ConversationFill(Client &client, Archive &archive, PageWriter &writer, const AccountRecord &account,
                                   const Options &options, QObject *parent)
    : QObject(parent), m_client(client), m_archive(archive), m_writer(writer), m_account(account), m_options(options)
{
}

void ConversationFill::start()
{
    const auto find = [id = m_account.id, now = m_options.now, leaves = m_options.leavesPutOff](Database &database) {
        return incompleteCases(database, id, now, leaves ? PutOff::Left : PutOff::Last);
    };
    m_archive.ask<QStringList>(Lane::Bulk, this, find, [this](const Result<QStringList> &incomplete) {
        if (m_over)
            return;
        if (!incomplete)
            return finish(incomplete.error());
        if (incomplete->isEmpty())
            return finish({});
        ask(*incomplete);
    });
}

void ConversationFill::ask(const QStringList &caseIds)
{
    m_total = caseIds.size();
    Q_EMIT progressed(m_filled, m_total);
    MessagePager::Handlers handlers;
    handlers.page = [this](qsizetype which, const ServiceAnswer &answer, MessagePager::Read done) {
        read(m_pager->request(which).caseId, answer, std::move(done));
    };
    handlers.failed = [this](qsizetype which, const Error &error) {
        return passOver(m_pager->request(which).caseId, error);
    };
    handlers.ended = [this](const Result<void> &result) {
        m_pager->deleteLater();
        m_pager = nullptr;
        if (!result && concernsEverything(result.error()))
            return finish(result);
        finish(outcome());
    };
    m_pager = new MessagePager(m_client, conversationsAtOnce, std::move(handlers), this);
    for (const QString &caseId : caseIds) {
        DescribeCommunications::Request request; // from its start: the token of the five newest is not needed
        request.caseId = caseId;
        m_pager->add(request);
    }
    m_pager->start();
}

void ConversationFill::read(const QString &caseId, const ServiceAnswer &answer, MessagePager::Read read)
{
    const auto write = [id = m_account.id, caseId, answer, how = m_options.store,
                        received = m_received](Database &database) mutable {
        how.received = received->value(caseId);
        Result<StoredPage> stored = storeConversationPage(database, id, caseId, answer, how);
        if (stored && !stored->nextToken.isEmpty())
            (*received)[caseId] += stored->received;
        else
            received->remove(caseId);
        return stored;
    };
    m_writer.store(
        write,
        [this, guard = QPointer<MessagePager>(m_pager), read = std::move(read)](const Result<StoredPage> &stored) {
            if (!guard)
                return;
            if (!stored)
                return read(stored.error());
            if (stored->lacksKnown) {
                return read(Error{.kind = Error::Kind::Incomplete,
                                  .message = u"The answer lacks messages that are known."_s,
                                  .operation = QString::fromLatin1(DescribeCommunications::name)});
            }
            if (stored->unreadable > 0) {
                return read(Error{.kind = Error::Kind::Incomplete,
                                  .message = u"The answer has messages that can't be read."_s,
                                  .operation = QString::fromLatin1(DescribeCommunications::name)});
            }
            m_failedInARow = 0;
            if (stored->nextToken.isEmpty()) {
                ++m_filled;
                Q_EMIT progressed(m_filled, m_total);
            }
            read(PageEnd{stored->nextToken, stored->count});
        },
        answer.body.size());
}

/// True when the other conversations may be asked for all the same.
bool ConversationFill::passOver(const QString &caseId, const Error &error)
{
    if (isCode(error.code, "CaseIdNotFound"_L1)) {
        m_gone.append(caseId); // between the list and now
        return true;
    }
    if (concernsEverything(error))
        return false;
    if (!m_problem)
        m_problem = error;
    m_passedOver.append(caseId);
    qCInfo(logSync).noquote() << m_account.name << caseId << "is passed over:" << error.toLine();
    const qint64 until = m_options.now + (error.kind == Error::Kind::Refused ? refusalLasts : mishapLasts).count();
    m_writer.store(
        [id = m_account.id, caseId, until](Database &database) { return noteRefusal(database, id, caseId, until); });
    return ++m_failedInARow < failuresInARow;
}

/// What is missing, in words that name it.
Result<void> ConversationFill::outcome() const
{
    if (!m_problem)
        return {};
    if (m_problem->kind == Error::Kind::CannotConnect || m_problem->kind == Error::Kind::HostNotFound)
        return *m_problem; // nothing is the matter with those cases: the next refresh brings them
    constexpr qsizetype named = 3;
    QString which = m_passedOver.first(std::min(named, m_passedOver.size())).join(u", "_s);
    if (m_passedOver.size() > named)
        which = u"%1 cases (%2, …)"_s.arg(m_passedOver.size()).arg(which);
    Error error = *m_problem;
    error.kind = Error::Kind::Incomplete;
    error.message = u"The messages of %1 could not be fetched: %2"_s.arg(
        which, m_problem->message.isEmpty() ? kindName(m_problem->kind) : m_problem->message);
    return error;
}

void ConversationFill::stop()
{
    m_over = true;
    if (m_pager) {
        m_pager->stop();
        m_pager->deleteLater();
        m_pager = nullptr;
    }
}

void ConversationFill::finish(const Result<void> &result)
{
    if (!std::exchange(m_over, true))
        Q_EMIT ended(result);
}

} // namespace casement
