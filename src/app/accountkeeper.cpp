#include "app/accountkeeper.h"

#include "archive/accountkey.h"
#include "archive/accountname.h"
#include "archive/database.h"
#include "aws/calleridentity.h"
#include "aws/localcode.h"
#include "aws/loopback.h"
#include "models/displaytext.h"
#include "ui/profilesdialog.h"

#include <QEventLoop>
#include <QTimer>
#include <QUuid>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

Error refusal(const QString &sentence)
{
    return {.kind = Error::Kind::Invalid, .code = localcode::told, .message = sentence};
}

/// Calls back in the event loop's next turn, and not at all once `context` has died.
void answerLater(QObject *context, const AccountDesk::Done &done, const Result<void> &result)
{
    QMetaObject::invokeMethod(
        context, [done, result] { done(result); }, Qt::QueuedConnection);
}

} // namespace

/// A look at what keys may do, with a way to the service of its own.
struct AccountKeeper::Test
{
    std::unique_ptr<HttpServiceConnection> connection;
    std::unique_ptr<Client> client;
    std::unique_ptr<CallerIdentity> identity;
    std::unique_ptr<PermissionCheckJob> job;
};

AccountKeeper::AccountKeeper(Archive &archive, Workspace &workspace, AccountSessions &sessions, AccountList &list,
                             SecretStore &secrets, QObject *parent)
    : AccountDesk(parent), m_archive(archive), m_care(archive), m_workspace(workspace), m_sessions(sessions),
      m_list(list), m_secrets(secrets)
{
    connect(&m_list, &AccountList::changed, this, [this] {
        m_listError = {};
        sync();
    });
    connect(&m_sessions, &AccountSessions::opened, this, &AccountKeeper::sync); // what changed while they were opened
    connect(&m_sessions, &AccountSessions::reached, this, &AccountKeeper::learnNumber);
    connect(&m_workspace, &Workspace::changed, this, &AccountDesk::changed);
    connect(&m_archive, &Archive::accountsChanged, this, &AccountDesk::changed);
    connect(&m_secrets, &SecretStore::opened, this, &AccountKeeper::catchUp);
    connect(&m_secrets, &SecretStore::dismissed, this, &AccountKeeper::readAgain);
    connect(&m_workspace.outbox(), &Outbox::loaded, this, &AccountKeeper::nameOthers);
    connect(&m_workspace.outbox(), &Outbox::changed, this, [this](const QString &id) {
        const OutboxEntry *entry = m_workspace.outbox().find(id);
        if (entry && !m_workspace.hasAccount(entry->account) && !m_workspace.accounts().isOther(entry->account))
            nameOthers();
    });
}

AccountKeeper::~AccountKeeper() = default;

void AccountKeeper::load()
{
    const Result<void> loaded = m_list.load();
    m_listError = loaded ? Error() : loaded.error();
    Q_EMIT changed();
}

void AccountKeeper::setShown(bool on)
{
    m_isShown = on;
    m_applied.clear();
    m_workspace.accounts().setLooks({});
    if (!on)
        return;
    if (m_list.accounts().isEmpty())
        m_sessions.open({}); // and the window knows that there is none
    m_knowsPlaces = false;
    m_archive.loadAccounts(this, [this](const Result<QList<AccountRecord>> &known) {
        learnPlaces(known ? *known : QList<AccountRecord>());
        sync();
    });
}

Result<void> AccountKeeper::takeOver(const QStringList &profiles)
{
    return add(ProfilesDialog::accountsOf(profiles, accounts()));
}

void AccountKeeper::settle()
{
    if (!m_secrets.isBusy())
        return;
    QEventLoop loop;
    connect(&m_secrets, &SecretStore::idle, &loop, &QEventLoop::quit);
    QTimer::singleShot(SecretStore::patience, &loop, &QEventLoop::quit);
    loop.exec(QEventLoop::ExcludeUserInputEvents);
}

QString AccountKeeper::reachOf(const ListedAccount &account) const
{
    QStringList parts;
    const ListedAccount *one = &account;
    for (qsizetype steps = 0; one && steps <= m_list.accounts().size(); ++steps) {
        parts += {QString::number(int(one->source)),
                  one->id,
                  one->profile,
                  one->base,
                  one->roleArn,
                  one->externalId,
                  QString::number(m_newKeys.value(one->id)),
                  QString::number(one->keysGiven)};
        one = one->source == ListedAccount::Source::Role ? m_list.find(one->base) : nullptr;
    }
    parts += {account.region, account.endpointUrl};
    return parts.join(u'\n');
}

Result<ProfileChoice> AccountKeeper::choose(const ListedAccount &listed) const
{
    const ListedAccount account = withNumber(listed);
    const auto own = m_sessionKeys.constFind(account.id);
    ProfileChoice choice;
    if (own != m_sessionKeys.cend() && account.source == ListedAccount::Source::Keychain) {
        choice.region = account.region; // its keys of this run go before those in the keychain
        choice.endpointUrl = account.endpointUrl;
        choice.owner = ownerOf(account);
        choice.keys = *own;
    } else {
        const ListedAccount *base = &account;
        for (qsizetype steps = 0; base && base->source == ListedAccount::Source::Role && steps < 16; ++steps)
            base = m_list.find(base->base);
        const auto keys = base ? m_sessionKeys.constFind(base->id) : m_sessionKeys.cend();
        const Result<ProfileChoice> chosen = choiceOf(
            account, m_list, m_secrets,
            keys == m_sessionKeys.cend() ? std::optional<Credentials>() : std::optional<Credentials>(*keys), m_prompt);
        if (!chosen)
            return chosen;
        choice = *chosen;
    }
    if (choice.endpointUrl.isEmpty())
        choice.endpointUrl = m_endpointUrl;
    if (choice.region.isEmpty())
        choice.region = m_region;
    return choice;
}

Result<ProfileChoice> AccountKeeper::choiceFor(const QString &id)
{
    const ListedAccount *account = m_list.find(id);
    if (!account)
        return Error{.kind = Error::Kind::Cancelled};
    Result<ProfileChoice> choice = choose(*account);
    if (!choice)
        return choice;
    const Error held = whyHeld(*account, *choice);
    if (held.kind == Error::Kind::None)
        return choice;
    if (const AccountId inArchive = archived(id); inArchive != 0)
        m_archive.noteLostPlace(inArchive); // casement-cli says since when
    return held;
}

/// Where an account is. The files of ~/.aws are read once for many of them.
Result<Endpoint> AccountKeeper::endpointOf(const ProfileChoice &choice)
{
    if (!m_config) {
        const Result<AwsConfig> config = readConfig(ConfigPaths::of(choice.environment));
        m_config = config ? *config : AwsConfig();
        QTimer::singleShot(0, this, [this] {
            m_config.reset();
            m_endpoints.clear();
        });
    }
    const QString profile = profileName(choice.profile, choice.environment);
    EndpointChoice where{.region = choice.region, .customUrl = choice.endpointUrl};
    if (where.region.isEmpty())
        where.region = configuredRegion(*m_config, profile, choice.environment).value;
    if (where.region.isEmpty())
        where.region = u"us-east-1"_s;
    if (where.customUrl.isEmpty()) {
        const Result<Setting> configured = configuredEndpointUrl(*m_config, profile, choice.environment);
        where.customUrl = configured ? configured->value : QString();
    }
    const QString key = where.region + u' ' + where.customUrl;
    auto known = m_endpoints.constFind(key);
    if (known == m_endpoints.cend())
        known = m_endpoints.insert(key, resolveEndpoint(where));
    return *known;
}

AccountSessions::Wanted AccountKeeper::wantedOf(const ListedAccount &account)
{
    AccountSessions::Wanted wanted;
    wanted.id = account.id;
    wanted.name = account.name;
    wanted.paused = !account.isAsked();
    wanted.choose = [this, id = account.id] { return choiceFor(id); };
    const Result<ProfileChoice> choice = choose(account);
    if (choice) {
        wanted.choice = *choice;
    } else {
        wanted.choice.region = account.region.isEmpty() ? m_region : account.region;
        wanted.choice.endpointUrl = account.endpointUrl.isEmpty() ? m_endpointUrl : account.endpointUrl;
    }
    const Result<Endpoint> endpoint = endpointOf(wanted.choice);
    const AccountIdentity identity =
        endpoint ? identityOf(account, *endpoint) : AccountIdentity{account.archiveKey, account.name, u"aws"_s, {}};
    wanted.key = identity.key;
    wanted.partition = identity.partition;
    wanted.number = identity.number;
    const bool isHeld = whyHeld(account, wanted.choice).kind != Error::Kind::None;
    if (isHeld) {
        wanted.key = placeBefore(account);
        wanted.number = wanted.key == account.archiveKey ? knownNumber(account) : QString();
    }
    if (endpoint && !isHeld) {
        wanted.needsNetwork = !isLoopbackHost(endpoint->url.host());
        wanted.place = endpoint->url.toString() + u' ' + QString::fromLatin1(endpoint->signingRegion);
    }
    return wanted;
}

/// Tells the sessions what is different from what they were told last.
void AccountKeeper::sync()
{
    if (!m_isShown) {
        showLooks();
        Q_EMIT changed();
        return;
    }
    if (!m_knowsPlaces)
        return;
    QStringList gone;
    for (auto one = m_applied.cbegin(); one != m_applied.cend(); ++one) {
        const ListedAccount *now = m_list.find(one.key());
        if (!now || now->archiveKey != one->account.archiveKey || m_removing.contains(one.key()))
            gone.append(one.key());
    }
    for (const QString &id : std::as_const(gone))
        m_applied.remove(id);
    m_sessions.leave(gone);
    if (!gone.isEmpty())
        m_workspace.lookForForeignChanges(); // what goes up for one whose data is deleted ends with it
    QList<AccountSessions::Wanted> fresh;
    QList<AccountSessions::Wanted> asked;
    const QList<ListedAccount> accounts = m_list.accounts(); // what follows may change it
    for (const ListedAccount &account : accounts) {
        if (m_removing.contains(account.id))
            continue;
        const QString reach = reachOf(account);
        const bool isKnown = m_sessions.knows(account.id);
        const Applied before = m_applied.value(account.id);
        if (isKnown ? archived(account.id) == 0 || (before.account == account && before.reach == reach)
                    : m_applied.contains(account.id))
            continue; // being opened, as it was, or it could not be opened, which was said
        const AccountSessions::Wanted wanted = wantedOf(account);
        m_applied.insert(account.id, {account, reach, wanted.key, wanted.place});
        asked.append(wanted);
        if (isKnown && before.key == wanted.key) {
            m_sessions.update(wanted, before.reach != reach);
            continue;
        }
        m_sessions.leave({account.id}); // at another endpoint it is another account
        fresh.append(wanted);
    }
    notePlaces(asked);
    if (!fresh.isEmpty())
        m_sessions.open(fresh);
    showLooks();
    nameOthers();
    Q_EMIT changed();
}

/// The account in the window; also one that the command line opened, which the person has in the list as well: it looks
/// as there, and asks before it sends. 0: it is not shown.
AccountId AccountKeeper::shownAs(const ListedAccount &account)
{
    if (m_isShown)
        return archived(account.id);
    if (m_workspace.accountRecords().isEmpty())
        return 0;
    const QString key = wantedOf(account).key;
    for (const AccountRecord &record : m_workspace.accountRecords()) {
        if (record.key == key
            || (!account.accountNumber.isEmpty() && m_sessions.numberOf(record.id) == account.accountNumber))
            return record.id;
    }
    return 0;
}

void AccountKeeper::showLooks()
{
    QHash<AccountId, AccountLook> looks;
    int place = 0;
    for (const ListedAccount &account : m_list.accounts()) {
        if (const AccountId id = shownAs(account)) {
            AccountLook look{account.color, account.accountNumber, place, account.asksBeforeSending, account.plan};
            look.asksBeforeSending = look.asksBeforeSending || looks.value(id).asksBeforeSending; // listed twice
            looks.insert(id, look);
        }
        ++place;
    }
    m_workspace.accounts().setLooks(looks);
}

int AccountKeeper::colorOf(const QString &id) const
{
    if (const AccountId account = archived(id))
        return m_workspace.accounts().colorIndex(account);
    const ListedAccount *listed = m_list.find(id);
    if (listed && listed->color < 0 && listed->asksBeforeSending)
        return redAccountColor;
    return listed ? qMax(0, listed->color) : 0;
}

Result<void> AccountKeeper::add(const QList<ListedAccount> &accounts)
{
    QList<ListedAccount> ready = accounts;
    for (ListedAccount &account : ready) {
        if (!account.archiveKey.isEmpty())
            continue;
        ProfileChoice choice; // as in other runs: without the endpoint of this one
        choice.profile = account.profile;
        choice.region = account.region;
        choice.endpointUrl = account.endpointUrl;
        const Result<Endpoint> endpoint = endpointOf(choice);
        account.archiveKey = newArchiveKey(account, endpoint ? *endpoint : Endpoint());
    }
    const Result<QList<ListedAccount>> added = m_list.add(ready);
    return added ? Result<void>() : added.error();
}

/// With an id and what the keys tell; an Error says why it can't be kept.
Result<ListedAccount> AccountKeeper::prepared(ListedAccount account, const Credentials &keys)
{
    ProfileChoice choice;
    choice.region = account.region;
    choice.endpointUrl = account.endpointUrl;
    choice.keys = keys;
    const Result<Endpoint> endpoint = endpointOf(choice);
    if (!endpoint)
        return endpoint.error();
    const QString keyId = QString::fromLatin1(keys.accessKeyId());
    const QString told = endpoint->custom || !m_endpointUrl.isEmpty() ? QString() : accountOfKeyId(keyId);
    account = withNumber(std::move(account));
    if (account.accountNumber.isEmpty())
        account.accountNumber = told;
    else if (!told.isEmpty() && told != account.accountNumber)
        return otherOwner(account, told);
    // An archive that is taken up again is that of one account, whatever the keys lead to.
    const QString owner = account.archiveKey.right(12);
    if (account.id.isEmpty() && !account.archiveKey.isEmpty() && account.accountNumber != owner) {
        const QString number = std::exchange(account.accountNumber, owner);
        return otherOwner(account, number);
    }
    if (account.id.isEmpty()) {
        account.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        if (account.archiveKey.isEmpty())
            account.archiveKey = newArchiveKey(account, *endpoint, keyId);
    }
    const QString why = m_list.whyNot(account);
    return why.isEmpty() ? Result<ListedAccount>(account) : refusal(why);
}

void AccountKeeper::addKeys(const ListedAccount &account, const Credentials &keys, Keep keep, QObject *context,
                            Done done)
{
    ListedAccount wanted = account;
    wanted.source = keep == Keep::Session ? ListedAccount::Source::Session : ListedAccount::Source::Keychain;
    const Result<ListedAccount> ready = prepared(wanted, keys);
    if (!ready)
        return answerLater(context, done, ready.error());
    if (keep == Keep::Session) {
        m_sessionKeys.insert(ready->id, keys);
        const Result<QList<ListedAccount>> added = m_list.add({*ready});
        if (!added)
            m_sessionKeys.remove(ready->id);
        return answerLater(context, done, added ? Result<void>() : added.error());
    }
    const QPointer<QObject> guard(context);
    const auto enlist = [this, guard, done, ready = *ready] {
        Result<void> result;
        if (guard) {
            if (const Result<QList<ListedAccount>> added = m_list.add({ready}); !added)
                result = added.error();
        }
        if (!guard || !result) // nobody waits any more: it was not wanted
            m_secrets.remove(ready.id, this, [](const Result<void> &) {});
        if (guard)
            done(result);
    };
    const auto told = [guard, done, enlist](const Result<void> &written) {
        if (written)
            enlist();
        else if (guard)
            done(written);
    };
    m_secrets.write(ready->id, keys, this, told, told); // typed late, or not at all
}

void AccountKeeper::update(const ListedAccount &account, const std::optional<Credentials> &keys, Keep keep,
                           QObject *context, Done done)
{
    if (!keys) {
        adoptPlace(account);
        const Result<void> updated = m_list.update(account);
        sync(); // also when it is as it was, and its place is another one
        return answerLater(context, done, updated);
    }
    const Result<ListedAccount> ready = prepared(account, *keys);
    if (!ready)
        return answerLater(context, done, ready.error());
    if (keep == Keep::Session) {
        m_sessionKeys.insert(ready->id, *keys);
        ++m_newKeys[ready->id];
        return answerLater(context, done, m_list.update(*ready));
    }
    const QPointer<QObject> guard(context);
    const auto take = [this, guard, done, ready = *ready] {
        ListedAccount kept = ready;
        kept.source = ListedAccount::Source::Keychain;
        m_sessionKeys.remove(kept.id);
        ++m_newKeys[kept.id];
        const Result<void> result = m_list.update(kept);
        if (guard)
            done(result);
    };
    const auto told = [guard, done, take](const Result<void> &written) {
        if (written)
            take();
        else if (guard)
            done(written);
    };
    const auto late = [this, guard, done, take, id = ready->id](const Result<void> &written) {
        if (guard)
            return written ? take() : done(written);
        if (!written)
            return;
        ++m_newKeys[id]; // nobody waits any more, and yet the keychain has other keys than before
        sync();
    };
    m_secrets.write(ready->id, *keys, this, told, late);
}

void AccountKeeper::remove(const QString &id, bool deleteData, QObject *context, Done done)
{
    const ListedAccount *known = m_list.find(id);
    if (!known)
        return answerLater(context, done, {});
    const ListedAccount account = *known;
    const AccountId archive = archived(id);
    m_removing.insert(id);
    sync(); // nothing of it may be asked while its data goes
    if (!deleteData)
        return finishRemoval(account, context, done, {});
    const QPointer<QObject> guard(context);
    m_archive.loadAccounts(this, [=, this](const Result<QList<AccountRecord>> &records) {
        QList<AccountId> wanted;
        if (archive != 0)
            wanted.append(archive);
        // What it had at another address before is its own, too, unless another of the list has it now.
        for (const AccountRecord &one : records ? *records : QList<AccountRecord>()) {
            const bool isTaken = std::ranges::any_of(m_list.accounts(), [&](const ListedAccount &listed) {
                return listed.id != account.id && (archived(listed.id) == one.id || listed.archiveKey == one.key);
            });
            if (one.key == account.archiveKey && one.id != archive && !isTaken)
                wanted.append(one.id);
        }
        deleteArchived(account, wanted, guard, done, {});
    });
}

void AccountKeeper::deleteArchived(const ListedAccount &account, QList<AccountId> wanted, QObject *context,
                                   const Done &done, const Result<void> &soFar)
{
    if (wanted.isEmpty())
        return finishRemoval(account, context, done, soFar);
    const QPointer<QObject> guard(context);
    const AccountId next = wanted.takeFirst();
    m_archive.deleteAccount(next, this, [=, this](const Result<void> &deleted) {
        if (!deleted && deleted.error().code != archivecode::busy) { // nothing was
            m_removing.remove(account.id);
            sync();
            if (guard)
                done(deleted);
            return;
        }
        deleteArchived(account, wanted, guard, done, deleted ? soFar : deleted);
    });
}

void AccountKeeper::finishRemoval(const ListedAccount &account, QObject *context, const Done &done,
                                  const Result<void> &soFar)
{
    const QPointer<QObject> guard(context);
    const Result<void> removed = m_list.remove(account.id);
    m_removing.remove(account.id);
    if (!removed) {
        sync();
        if (guard)
            answerLater(guard, done, removed);
        return;
    }
    m_sessionKeys.remove(account.id);
    if (account.source != ListedAccount::Source::Keychain) {
        if (guard)
            answerLater(guard, done, soFar);
        return;
    }
    m_secrets.remove(account.id, this, [this, account, guard, done, soFar](const Result<void> &cleared) {
        if (!cleared)
            (void)m_list.noteKeysLeft({account.id, account.name});
        if (!guard)
            return;
        if (cleared || cleared.error().code == keychaincode::absent)
            return done(soFar);
        done(refusal(tr("“%1” is off the list, but its keys may still be in the keychain. Delete the entry “%2” of "
                        "org.casement.Casement there.")
                         .arg(displayText(account.name), account.id)));
    });
}

void AccountKeeper::test(const ListedAccount &account, const std::optional<Credentials> &keys, QObject *context,
                         std::function<void(const Result<PermissionReport> &)> done)
{
    m_secrets.allowPrompt();
    Result<ProfileChoice> choice = ProfileChoice();
    if (keys) {
        choice->region = account.region.isEmpty() ? m_region : account.region;
        choice->endpointUrl = account.endpointUrl.isEmpty() ? m_endpointUrl : account.endpointUrl;
        choice->keys = *keys;
        choice->owner = ownerOf(withNumber(account));
    } else {
        choice = choose(account);
    }
    const Result<ConnectionSettings> settings =
        choice ? connectionSettings(*choice) : Result<ConnectionSettings>(choice.error());
    if (!settings) {
        QMetaObject::invokeMethod(
            context, [done, error = settings.error()] { done(error); }, Qt::QueuedConnection);
        return;
    }
    auto test = std::make_unique<Test>();
    test->connection = std::make_unique<HttpServiceConnection>(*settings);
    test->client = std::make_unique<Client>(*test->connection);
    test->identity = std::make_unique<CallerIdentity>(*choice, test->connection->credentials());
    test->job = std::make_unique<PermissionCheckJob>(
        *test->client, account.name, [identity = test->identity.get()](QObject *asker, CallerIdentity::Callback told) {
            identity->ask(asker, std::move(told));
        });
    test->job->setAutoDelete(false);
    Test *raw = test.get();
    m_tests.push_back(std::move(test));
    const auto drop = [this, raw] {
        std::erase_if(m_tests, [raw](const std::unique_ptr<Test> &one) { return one.get() == raw; });
    };
    // Whoever gave up waiting is not told, and nothing more is asked.
    connect(context, &QObject::destroyed, raw->job.get(), [raw] { raw->job->cancel(); });
    const QPointer<QObject> guard(context);
    const AccountId listed = keys ? 0 : archived(account.id);
    connect(raw->job.get(), &Job::finished, this, [this, raw, guard, done, drop, listed](const Result<void> &result) {
        const Result<PermissionReport> report =
            result ? Result<PermissionReport>(raw->job->report()) : Result<PermissionReport>(result.error());
        QMetaObject::invokeMethod(this, drop, Qt::QueuedConnection); // it is calling us
        // A code was given, or a sign-in made: what failed for want of it is made good.
        if (result && listed != 0 && m_workspace.status(listed).error.kind == Error::Kind::NoCredentials)
            m_sessions.refresh({listed});
        if (guard && !(result.error().kind == Error::Kind::Cancelled))
            done(report);
    });
    raw->job->start();
}

} // namespace casement
