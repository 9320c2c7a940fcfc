#include "archive/ownedconnection.h"

#include "archive/caselisting.h"
#include "archive/caseowner.h"
#include "archive/database.h"
#include "aws/sources/ownedkeys.h"
#include "support/cases.h"
#include "support/codes.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds silenceHolds{30}; // hundreds of checks of Trusted Advisor are not as many pages

/// Reads of cases are looked at by whoever keeps them; the rest of what is described is alike in all accounts.
bool needsOwner(const ServiceRequest &request)
{
    return !request.operation.startsWith("Describe") || request.operation.contains("TrustedAdvisor");
}

Error nothingSent() { return {.kind = Error::Kind::Cancelled}; }

QString caseOf(const ServiceRequest &request)
{
    if (request.operation == AddCommunicationToCase::name) {
        const auto reply = decode<AddCommunicationToCase::Request>(request.body);
        return reply ? reply->caseId : QString();
    }
    if (request.operation == ResolveCase::name) {
        const auto resolution = decode<ResolveCase::Request>(request.body);
        return resolution ? resolution->caseId : QString();
    }
    return {};
}

/// The service says no, and not because it takes nothing with these keys, or by the account's plan.
bool isDenied(const Error &error)
{
    static constexpr std::array takesNothing{
        "SubscriptionRequired"_L1, "UnrecognizedClient"_L1,    "InvalidClientTokenId"_L1, "InvalidAccessKeyId"_L1,
        "InvalidSignature"_L1,     "SignatureDoesNotMatch"_L1, "ExpiredToken"_L1};
    return error.kind == Error::Kind::Refused
        && std::ranges::none_of(takesNothing, [&](QLatin1StringView code) { return isCode(error.code, code); });
}

AccountRecord accountRow(Database &database, AccountId account)
{
    AccountRecord found{.id = account, .number = readOwner(database, account)};
    Statement read = database.prepare("SELECT key, name FROM accounts WHERE id = ?");
    if (read.run(account) && read.next()) {
        found.key = read.text(0);
        found.name = read.text(1);
    }
    return found;
}

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

/// Whether the keys of now were looked at already. `repeatable`: what is asked changes nothing.
bool OwnedConnection::isProven(bool repeatable) const
{
    const Credentials *keys = m_way.credentials().current();
    const QString keyId = keys ? QString::fromLatin1(keys->accessKeyId()) : QString();
    return !keyId.isEmpty() && (keyId == m_own || (repeatable && keyId == m_silent && !m_silence.hasExpired()));
}

void OwnedConnection::send(const ServiceRequest &request, QObject *context, AnswerCallback callback)
{
    if (m_account != 0 && request.operation == CreateCase::name) {
        callback = [this, alive = QPointer<OwnedConnection>(this),
                    callback = std::move(callback)](const Result<ServiceAnswer> &answer) {
            if (alive && answer)
                learnFrom(*answer);
            callback(answer);
        };
    }
    if (m_account == 0 || !needsOwner(request) || isProven(request.repeatable))
        return m_way.send(request, context, std::move(callback));
    await({request.operation, caseOf(request), context,
           [&way = m_way, request, context, callback = std::move(callback)](const Result<void> &own) {
               if (own)
                   return way.send(request, context, callback);
               Error error = own.error();
               error.operation = QString::fromLatin1(request.operation);
               error.effect = Error::Effect::None; // it did not leave
               callback(error);
           }});
}

void OwnedConnection::askOwner(const QString &caseId, QObject *context, Verdict done)
{
    if (m_account == 0 || isProven(true))
        return done({});
    await({DescribeCases::name, caseId, context, std::move(done)});
}

void OwnedConnection::await(const Waiting &one)
{
    m_waiting.push_back(one);
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
    m_keyId = QString::fromLatin1(keys.accessKeyId());
    m_keys = keyIdDigest(keys.accessKeyId());
    if (const QString told = accountOfKeys(keys, !m_way.endpoint().custom); !told.isEmpty())
        return judge({.ofKeys = told, .ofIds = {}});
    const auto about = std::ranges::find_if(m_waiting, [](const Waiting &one) { return !one.caseId.isEmpty(); });
    const QString caseId = about == m_waiting.end() ? QString() : about->caseId;
    m_archive.ask<KnownCases>(
        ArchiveThread::Lane::Urgent, this,
        [account = m_account, caseId](Database &database) -> Result<KnownCases> {
            return knownCases(database, account, caseId);
        },
        [this, caseId](const Result<KnownCases> &known) {
            if (m_listed.isEmpty() && (!known || known->number.isEmpty()))
                return decided({}); // nobody knows yet whose the account is
            m_newest = known ? known->newest : QString();
            m_asked.clear();
            m_isDenied = false;
            known && known->hasCase ? askForCase(caseId, [this] { askForCases(); }) : askForCases();
        });
}

/// Keys that know a case of the account are its own; others say nothing, which `unknown` hears.
void OwnedConnection::askForCase(const QString &caseId, const std::function<void()> &unknown)
{
    m_asked = caseId;
    DescribeCases::Request one;
    one.caseIdList = {caseId};
    one.includeResolvedCases = true;
    one.includeCommunications = false;
    m_way.send({.operation = DescribeCases::name, .body = encode(one)}, this,
               [this, caseId, unknown](const Result<ServiceAnswer> &answer) {
                   if (!answer)
                       return isDenied(answer.error()) ? unknown() : decided(answer.error());
                   const Result<ListedPage> listed = readListing(answer->body, m_account);
                   const QByteArray wanted = caseId.toUtf8();
                   const std::string_view id(wanted.constData(), size_t(wanted.size()));
                   const auto isIt = [id](const CaseRecord &record) { return record.caseId == id; };
                   const bool isThere = listed && std::ranges::any_of(listed->records, isIt);
                   if (!isThere)
                       return unknown();
                   proven();
                   decided({});
               });
}

void OwnedConnection::askForCases()
{
    m_way.send({.operation = DescribeCases::name, .body = encode(casesThatTell())}, this,
               [this](const Result<ServiceAnswer> &answer) {
                   if (!answer) // without a network there is nothing to know
                       return (m_isDenied = isDenied(answer.error())) ? askForNewest() : decided(answer.error());
                   const Result<ListedPage> listed = readListing(answer->body, m_account);
                   listed && !listed->owner.ofIds.isEmpty() ? judge(listed->owner) : askForNewest();
               });
}

/// Where a page told nothing.
void OwnedConnection::askForNewest()
{
    if (m_newest.isEmpty() || m_newest == m_asked)
        return judgeSilence();
    askForCase(m_newest, [this] { judgeSilence(); });
}

void OwnedConnection::judge(const PageOwner &page)
{
    m_archive.ask<QString>(
        ArchiveThread::Lane::Urgent, this,
        [account = m_account, listed = m_listed, page](Database &database) -> Result<QString> {
            const Result<QString> owner = ownerAfter(database, account, listed, page);
            if (owner)
                return owner;
            AccountRecord own = accountRow(database, account);
            if (own.number.isEmpty())
                own.number = listed;
            return foreignKeys(own, page.ofKeys.isEmpty() ? page.ofIds.first() : page.ofKeys);
        },
        [this](const Result<QString> &owner) {
            if (owner && !owner->isEmpty())
                proven();
            decided(owner ? Result<void>() : Result<void>(owner.error()));
        });
}

/// The service shows no case that tells anything.
void OwnedConnection::judgeSilence()
{
    m_archive.ask<void>(
        ArchiveThread::Lane::Urgent, this,
        [account = m_account, keys = m_keys, isDenied = m_isDenied,
         now = QDateTime::currentMSecsSinceEpoch()](Database &database) -> Result<void> {
            if (const Result<void> silence = mayBeEmpty(database, account, keys, now); !silence)
                return unprovenKeys(accountRow(database, account).name, isDenied);
            return {};
        },
        [this](const Result<void> &verdict) {
            if (verdict) {
                m_silent = m_keyId;
                m_silence = QDeadlineTimer(silenceHolds);
            }
            decided(verdict);
        });
}

void OwnedConnection::proven()
{
    m_own = m_keyId;
    const auto let = [account = m_account](Database &database) -> Result<void> {
        if (heldSince(database, account) != 0 && !database.isReadOnly())
            forgetEmptyLists(database, account);
        return database.takeError();
    };
    m_archive.ask<void>(ArchiveThread::Lane::Urgent, this, let, [](const Result<void> &) {});
}

/// The id of a case that was opened is the first that is known of many an account.
void OwnedConnection::learnFrom(const ServiceAnswer &answer)
{
    const auto opened = decode<CreateCase::Response>(answer.body);
    if (!opened || opened->caseId.isEmpty() || !answer.ofKeys.isEmpty())
        return;
    m_archive.ask<void>(
        ArchiveThread::Lane::Urgent, this,
        [account = m_account, listed = m_listed, caseId = opened->caseId, keys = answer.keys](Database &database) {
            caseWasOpened(database, account, listed, caseId, keys);
            return database.takeError();
        },
        [](const Result<void> &) {});
}

void OwnedConnection::decided(const Result<void> &verdict)
{
    m_isLooking = false;
    const QPointer<OwnedConnection> guard(this); // who is told may let go of all
    for (const Waiting &one : std::exchange(m_waiting, {})) {
        if (!guard)
            return;
        if (one.context)
            one.go(verdict);
    }
}

} // namespace casement
