#include "archive/ownedconnection.h"

#include "archive/caselisting.h"
#include "archive/caseowner.h"
#include "archive/database.h"
#include "aws/sources/ownedkeys.h"
#include "support/cases.h"

#include <QDateTime>

#include <utility>

namespace casement {

namespace {

constexpr std::chrono::seconds silenceHolds{30}; // hundreds of checks of Trusted Advisor are not as many pages

/// Reads of cases are looked at by whoever keeps them; the rest of what is described is alike in all accounts.
bool needsOwner(const ServiceRequest &request)
{
    return !request.operation.startsWith("Describe") || request.operation.contains("TrustedAdvisor");
}

Error nothingSent() { return {.kind = Error::Kind::Cancelled}; }

} // namespace

OwnedConnection::OwnedConnection(HttpServiceConnection &way, Archive &archive, QObject *parent)
    : ServiceConnection(parent), m_way(way), m_archive(archive)
{
    connect(&m_way, &ServiceConnection::waiting, this, &ServiceConnection::waiting);
    connect(&m_way, &ServiceConnection::clockOffsetLearned, this, &ServiceConnection::clockOffsetLearned);
}

OwnedConnection::~OwnedConnection() { decided(nothingSent()); }

void OwnedConnection::setAccount(AccountId account, const QString &listed)
{
    if (m_account == account && m_listed == listed)
        return;
    m_account = account;
    m_listed = listed;
    m_own.clear();
    m_silent.clear();
}

void OwnedConnection::send(const ServiceRequest &request, QObject *context, AnswerCallback callback)
{
    const Credentials *keys = m_way.credentials().current();
    const QString keyId = keys ? QString::fromLatin1(keys->accessKeyId()) : QString();
    const bool isSilent = request.repeatable && keyId == m_silent && !m_silence.hasExpired();
    if (m_account == 0 || !needsOwner(request) || (!keyId.isEmpty() && (keyId == m_own || isSilent)))
        return m_way.send(request, context, std::move(callback));
    m_waiting.push_back({request, context, std::move(callback)});
    if (std::exchange(m_isLooking, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_way.credentials().get(this, [this](const Result<Credentials> &got) {
                got ? look(*got) : decided({}); // the call itself says why there are none
            });
        },
        Qt::QueuedConnection);
}

void OwnedConnection::follow(const LinkRequest &request, QObject *context, LinkCallback callback)
{
    m_way.follow(request, context, std::move(callback));
}

void OwnedConnection::look(const Credentials &keys)
{
    const QString keyId = QString::fromLatin1(keys.accessKeyId());
    if (const QString told = accountOfKeys(keys, !m_way.endpoint().custom); !told.isEmpty())
        return judge(keyId, {.ofKeys = told, .ofIds = {}});
    m_archive.ask<QString>(
        ArchiveThread::Lane::Urgent, this,
        [account = m_account](Database &database) -> Result<QString> { return readOwner(database, account); },
        [this, keyId](const Result<QString> &known) {
            if (m_listed.isEmpty() && (!known || known->isEmpty()))
                return decided({}); // nobody knows yet whose the account is
            askForCases(keyId);
        });
}

void OwnedConnection::askForCases(const QString &keyId)
{
    m_way.send({.operation = DescribeCases::name, .body = encode(casesThatTell())}, this,
               [this, keyId](const Result<ServiceAnswer> &answer) {
                   if (!answer) {
                       // Keys that may not read cases may send all the same; without a network there is nothing to
                       // know.
                       const bool isNotAllowed = answer.error().kind == Error::Kind::Refused;
                       return decided(isNotAllowed ? Result<void>() : Result<void>(answer.error()));
                   }
                   const Result<ListedPage> listed = readListing(answer->body, m_account);
                   if (listed && listed->isEmpty())
                       return judgeEmpty(keyId);
                   judge(keyId, listed ? listed->owner : PageOwner());
               });
}

void OwnedConnection::judgeEmpty(const QString &keyId)
{
    m_archive.ask<void>(
        ArchiveThread::Lane::Urgent, this,
        [account = m_account, now = QDateTime::currentMSecsSinceEpoch()](Database &database) {
            return mayBeEmpty(database, account, now);
        },
        [this, keyId](const Result<void> &verdict) { verdict ? judge(keyId, {}) : decided(verdict); });
}

void OwnedConnection::judge(const QString &keyId, const PageOwner &page)
{
    if (page.ofKeys.isEmpty() && page.ofIds.isEmpty()) {
        m_silent = keyId;
        m_silence = QDeadlineTimer(silenceHolds);
        return decided({});
    }
    m_archive.ask<QString>(
        ArchiveThread::Lane::Urgent, this,
        [account = m_account, listed = m_listed, page](Database &database) {
            return ownerAfter(database, account, listed, page);
        },
        [this, keyId](const Result<QString> &owner) {
            if (owner && !owner->isEmpty())
                m_own = keyId;
            decided(owner ? Result<void>() : Result<void>(owner.error()));
        });
}

void OwnedConnection::decided(const Result<void> &verdict)
{
    m_isLooking = false;
    HttpServiceConnection &way = m_way;
    const QPointer<OwnedConnection> guard(this); // who is told may let go of all
    for (Waiting &one : std::exchange(m_waiting, {})) {
        if (!guard)
            return;
        if (!one.context)
            continue;
        if (verdict) {
            way.send(one.request, one.context, std::move(one.callback));
            continue;
        }
        Error error = verdict.error();
        error.operation = QString::fromLatin1(one.request.operation);
        error.effect = Error::Effect::None; // it did not leave
        one.callback(error);
    }
}

} // namespace casement
