#include "archive/accountlist.h"

#include "archive/accountname.h"
#include "archive/accountsfile.h"
#include "aws/localcode.h"
#include "aws/sources/environmentsource.h"
#include "aws/sources/keychainsource.h"
#include "aws/sources/profilesource.h"
#include "aws/sources/rolesource.h"
#include "aws/sources/statickeys.h"
#include "base/log.h"

#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QStandardPaths>
#include <QTimer>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds settleTime{100}; // editors write a file in more than one step

/// `sentence` says why an account can't be in the list like this, and what to do.
Error refused(const QString &sentence)
{
    return {.kind = Error::Kind::Invalid, .code = localcode::told, .message = sentence};
}

QString needsNewer(const QString &name)
{
    return AccountList::tr("\"%1\" was added by a newer version of Casement and can only be used and changed by that "
                           "one. Install it.")
        .arg(name);
}

/// The keys that roles of one base share.
struct BaseKeys
{
    ListedAccount account;
    std::weak_ptr<CredentialChain> chain;
};

/// The folder, or what is there of the way to it.
QString nearestFolder(const QString &file)
{
    QString folder = QFileInfo(file).absolutePath();
    while (!QFileInfo::exists(folder) && folder != "/"_L1)
        folder = QFileInfo(folder).absolutePath();
    return folder;
}

QList<ListedAccount> withoutSessions(const QList<ListedAccount> &accounts)
{
    QList<ListedAccount> kept;
    std::copy_if(accounts.cbegin(), accounts.cend(), std::back_inserter(kept),
                 [](const ListedAccount &one) { return one.source != ListedAccount::Source::Session; });
    return kept;
}

} // namespace

bool isExternalId(const QString &text)
{
    const auto isRight = [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || u"_+=,.@:/-"_s.contains(c));
    };
    return text.size() >= 2 && text.size() <= 1'224 && std::all_of(text.cbegin(), text.cend(), isRight);
}

class AccountList::Impl
{
public:
    explicit Impl(AccountList *list) : m_list(list), file(list->m_file)
    {
        m_settle.setSingleShot(true);
        m_settle.setInterval(settleTime);
        QObject::connect(&m_settle, &QTimer::timeout, list, [this] { look(); });
    }

    /// A file that was replaced is another one, and a folder may have come: named anew each time.
    void watch()
    {
        if (!m_watcher) { // not before the list is read: giving a watcher back can cost the kernel 15 ms
            m_watcher = std::make_unique<QFileSystemWatcher>();
            const auto touched = [this] { m_settle.start(); };
            QObject::connect(m_watcher.get(), &QFileSystemWatcher::fileChanged, m_list, touched);
            QObject::connect(m_watcher.get(), &QFileSystemWatcher::directoryChanged, m_list, touched);
        }
        QStringList wanted{nearestFolder(m_list->m_file), nearestFolder(file.target())};
        if (QFileInfo(file.target()).isReadable())
            wanted.append(file.target());
        wanted.removeDuplicates();
        QStringList gone = m_watcher->files() + m_watcher->directories();
        for (const QString &path : std::as_const(wanted))
            gone.removeAll(path);
        if (!gone.isEmpty())
            m_watcher->removePaths(gone);
        m_watcher->addPaths(wanted);
    }

    /// What the file says now, before the accounts of this run.
    void take(const AccountsFile::Content &content)
    {
        QList<ListedAccount> sessions;
        std::copy_if(m_list->m_accounts.cbegin(), m_list->m_accounts.cend(), std::back_inserter(sessions),
                     [](const ListedAccount &one) { return one.source == ListedAccount::Source::Session; });
        m_list->m_accounts = content.accounts + sessions;
        m_list->m_keysLeft = content.keysLeft;
        m_bytes = content.bytes;
    }

    Result<void> change(const std::function<Result<void>(AccountsFile::Content &)> &work)
    {
        const Result<AccountsFile::Lock> lock = file.lock();
        if (!lock)
            return lock.error();
        Result<AccountsFile::Content> content = file.read();
        if (!content)
            return content.error();
        take(*content);
        if (const Result<void> worked = work(*content); !worked)
            return worked.error();
        if (const Result<void> written = file.write(*content); !written)
            return written.error();
        take(*content);
        watch();
        return {};
    }

    AccountList *m_list;
    AccountsFile file;
    std::shared_ptr<QHash<QString, BaseKeys>> bases = std::make_shared<QHash<QString, BaseKeys>>();

private:
    void look()
    {
        watch();
        const Result<AccountsFile::Content> content = file.read();
        if (!content) {
            qCWarning(logArchive) << content.error().toLine();
            return; // what was known stays, and changes are refused
        }
        if (content->bytes == m_bytes)
            return;
        take(*content);
        Q_EMIT m_list->changed();
    }

    std::unique_ptr<QFileSystemWatcher> m_watcher; // once the list was read
    QTimer m_settle;
    QByteArray m_bytes; ///< of the file when it was read last
};

AccountList::AccountList(const QString &file, QObject *parent)
    : QObject(parent), m_file(file.isEmpty() ? defaultFile() : file), m_impl(std::make_unique<Impl>(this))
{
}

AccountList::~AccountList() = default;

QString AccountList::defaultFile(const QString &portable)
{
    return portable.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/casement/accounts.json"_s
        : portable + u"/accounts.json"_s;
}

Result<void> AccountList::load()
{
    const Result<AccountsFile::Content> content = m_impl->file.read();
    m_impl->watch();
    if (!content)
        return content.error();
    m_impl->take(*content);
    return {};
}

const ListedAccount *AccountList::find(const QString &id) const
{
    const auto found = std::find_if(m_accounts.cbegin(), m_accounts.cend(),
                                    [&](const ListedAccount &one) { return !id.isEmpty() && one.id == id; });
    return found == m_accounts.cend() ? nullptr : &*found;
}

const ListedAccount *AccountList::findByName(const QString &name) const
{
    const auto sameName = std::find_if(m_accounts.cbegin(), m_accounts.cend(),
                                       [&](const ListedAccount &one) { return one.name == name; });
    if (sameName != m_accounts.cend())
        return &*sameName;
    const QString folded = foldedName(name);
    const auto found = std::find_if(m_accounts.cbegin(), m_accounts.cend(),
                                    [&](const ListedAccount &one) { return foldedName(one.name) == folded; });
    return found == m_accounts.cend() ? nullptr : &*found;
}

QString AccountList::whyNot(const ListedAccount &account) const
{
    using Source = ListedAccount::Source;
    const QString name = account.name.trimmed();
    if (name.isEmpty())
        return tr("Give the account a name.");
    if (name.size() > longestAccountName)
        return tr("The name is longer than 100 characters. Give the account a shorter one.");
    if (!std::all_of(name.cbegin(), name.cend(), canBeInName))
        return tr("The name holds a character that can't be shown. Write it without line breaks and the like.");
    for (const ListedAccount &other : m_accounts) {
        if (other.id == account.id)
            continue;
        if (foldedName(other.name) == foldedName(name))
            return tr("There is an account \"%1\" already. Give this one another name.").arg(other.name);
        if (!account.archiveKey.isEmpty() && other.archiveKey == account.archiveKey)
            return tr("\"%1\" in the list is this account already.").arg(other.name);
    }
    if (!account.region.isEmpty() && !resolveEndpoint({.region = account.region}))
        return tr("\"%1\" is no region of AWS. Regions look like us-east-1.").arg(account.region);
    if (!account.endpointUrl.isEmpty()
        && !resolveEndpoint({.region = u"us-east-1"_s, .customUrl = account.endpointUrl}))
        return tr("The endpoint must be a URL that begins with https://, or with http:// on this computer, without "
                  "user name, query and fragment.");
    if (account.source == Source::Profile && account.profile.isEmpty())
        return tr("Name the profile of ~/.aws whose keys the account uses.");
    if (account.source != Source::Role)
        return {};
    if (!RoleArn::of(account.roleArn).isValid())
        return tr("The role must be named by its ARN, such as arn:aws:iam::111122223333:role/Support.");
    if (!account.externalId.isEmpty() && !isExternalId(account.externalId))
        return tr("An external ID has 2 to 1,224 letters, digits and characters of _+=,.@:/-");
    const ListedAccount *base = find(account.base);
    if (!base)
        return tr("Name the account in the list whose keys assume the role.");
    for (qsizetype steps = 0; base && steps <= m_accounts.size(); ++steps) {
        if (base->id == account.id)
            return tr("The role would be assumed with its own keys. Choose another account for them.");
        base = base->source == Source::Role ? find(base->base) : nullptr;
    }
    return {};
}

QString AccountList::whyNotAll(const QList<ListedAccount> &accounts)
{
    const QList<ListedAccount> before = m_accounts;
    QString why;
    for (const ListedAccount &account : accounts) {
        why = find(account.id) ? tr("The account \"%1\" is in the list already.").arg(account.name) : whyNot(account);
        if (!why.isEmpty()) {
            if (accounts.size() > 1 && !why.contains(account.name))
                //: %1: name of an account; %2: a sentence
                why = tr("\"%1\": %2").arg(account.name, why);
            break;
        }
        m_accounts.append(account); // the next one is compared with it, too
    }
    m_accounts = before;
    return why;
}

Result<QList<ListedAccount>> AccountList::add(const QList<ListedAccount> &accounts)
{
    QList<ListedAccount> added = accounts;
    for (ListedAccount &account : added) {
        account.name = account.name.simplified();
        if (account.id.isEmpty())
            account.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    }
    const auto takeAll = [&](AccountsFile::Content &content) -> Result<void> {
        if (const QString why = whyNotAll(added); !why.isEmpty())
            return refused(why);
        m_accounts += added;
        content.accounts.append(withoutSessions(added));
        return {};
    };
    const bool isWritten = !withoutSessions(added).isEmpty();
    const QList<ListedAccount> before = m_accounts;
    AccountsFile::Content unwritten;
    const Result<void> taken = isWritten ? m_impl->change(takeAll) : takeAll(unwritten);
    if (!taken) {
        if (isWritten)
            m_accounts.removeIf([&](const ListedAccount &one) {
                return std::any_of(added.cbegin(), added.cend(),
                                   [&](const ListedAccount &other) { return other.id == one.id; })
                    && !before.contains(one);
            });
        return taken.error();
    }
    Q_EMIT changed();
    return added;
}

Result<void> AccountList::update(const ListedAccount &account)
{
    ListedAccount updated = account; // which may be one of this list's own: it is read again below
    updated.name = updated.name.simplified();
    const auto notThere = [&] {
        return refused(tr("The account \"%1\" is not in the list any more. Add it again.").arg(updated.name));
    };
    const auto at = [&](QList<ListedAccount> &accounts) {
        return std::find_if(accounts.begin(), accounts.end(),
                            [&](const ListedAccount &one) { return one.id == updated.id; });
    };
    const ListedAccount *known = find(updated.id);
    if (known && known->source == ListedAccount::Source::Newer)
        return refused(needsNewer(known->name));
    if (known && known->source == ListedAccount::Source::Session && updated.source == ListedAccount::Source::Session) {
        if (const QString why = whyNot(updated); !why.isEmpty())
            return refused(why);
        *at(m_accounts) = updated;
        Q_EMIT changed();
        return {};
    }
    const Result<void> done = m_impl->change([&](AccountsFile::Content &content) -> Result<void> {
        const auto place = at(content.accounts);
        const bool wasSession = place == content.accounts.end() && find(updated.id);
        if (place == content.accounts.end() && !wasSession)
            return notThere();
        if (const QString why = whyNot(updated); !why.isEmpty())
            return refused(why);
        if (wasSession) { // its keys were put into the keychain
            content.accounts.append(updated);
            m_accounts.erase(at(m_accounts));
        } else {
            *place = updated;
        }
        return {};
    });
    if (done)
        Q_EMIT changed();
    return done;
}

Result<void> AccountList::remove(const QString &which)
{
    const QString id = which; // of one of the list's own, perhaps
    const ListedAccount *known = find(id);
    if (known && known->source == ListedAccount::Source::Newer)
        return refused(needsNewer(known->name)); // where its keys are is not known here
    const bool isSession = known && known->source == ListedAccount::Source::Session;
    const auto isIt = [&](const ListedAccount &one) { return one.id == id; };
    if (isSession) {
        m_accounts.removeIf(isIt);
    } else {
        const Result<void> done = m_impl->change([&](AccountsFile::Content &content) -> Result<void> {
            content.accounts.removeIf(isIt);
            return {};
        });
        if (!done)
            return done;
    }
    m_impl->bases->remove(id);
    Q_EMIT changed();
    return {};
}

Result<void> AccountList::noteKeysLeft(const KeysLeft &keys)
{
    return m_impl->change([&](AccountsFile::Content &content) -> Result<void> {
        if (!content.keysLeft.contains(keys))
            content.keysLeft.append(keys);
        return {};
    });
}

Result<void> AccountList::forgetKeysLeft(const QString &id)
{
    return m_impl->change([&](AccountsFile::Content &content) -> Result<void> {
        content.keysLeft.removeIf([&](const KeysLeft &one) { return one.id == id; });
        return {};
    });
}

Result<void> AccountList::reorder(const QStringList &ids)
{
    const auto rank = [&](const ListedAccount &one) {
        const qsizetype place = ids.indexOf(one.id);
        return place < 0 ? ids.size() : place;
    };
    const auto earlier = [&](const ListedAccount &a, const ListedAccount &b) { return rank(a) < rank(b); };
    const Result<void> done = m_impl->change([&](AccountsFile::Content &content) -> Result<void> {
        std::stable_sort(content.accounts.begin(), content.accounts.end(), earlier);
        return {};
    });
    if (done)
        Q_EMIT changed();
    return done;
}

namespace {

Error noKeysOf(const QString &why)
{
    return {.kind = Error::Kind::NoCredentials, .code = localcode::told, .message = why};
}

/// The first account of `line`, with the endpoint that it or the keys behind it are for.
RoleSource::Role roleOf(const QList<ListedAccount> &line)
{
    const ListedAccount &account = line.first();
    QString endpoint;
    for (const ListedAccount &one : line)
        endpoint = endpoint.isEmpty() ? one.endpointUrl : endpoint;
    return {.arn = account.roleArn,
            .externalId = account.externalId,
            .region = account.region,
            .endpointUrl = endpoint,
            .account = account.name};
}

/// The account, then the one whose keys it is assumed with, and so on.
Result<QList<ListedAccount>> lineOf(const ListedAccount &account, const AccountList &list)
{
    QList<ListedAccount> line{account};
    while (line.last().source == ListedAccount::Source::Role) {
        const ListedAccount *base = list.find(line.last().base);
        if (!base) {
            return noKeysOf(
                AccountList::tr("The account \"%1\" uses the keys of an account that is not in the list any "
                                "more. Choose another one for it, or remove it.")
                    .arg(line.last().name));
        }
        QStringList names;
        for (const ListedAccount &one : std::as_const(line))
            names.append(one.name);
        if (std::any_of(line.cbegin(), line.cend(), [&](const ListedAccount &one) { return one.id == base->id; })) {
            return noKeysOf(
                AccountList::tr("The accounts use each other's keys in a circle: %1. Choose another one for "
                                "the keys of one of them.")
                    .arg((names + QStringList{base->name}).join(u" > "_s)));
        }
        line.append(*base);
    }
    if (line.last().source == ListedAccount::Source::Newer)
        return noKeysOf(needsNewer(line.last().name));
    return line;
}

/// Where the keys of an account that is no role are.
std::unique_ptr<CredentialSource> keysOf(const ListedAccount &account, SecretStore &secrets,
                                         const std::optional<Credentials> &session, const ProfileKeysSettings &settings)
{
    switch (account.source) {
    case ListedAccount::Source::Profile:
        return std::make_unique<ProfileSource>(ConfigPaths::of(settings.environment), account.profile, true, settings);
    case ListedAccount::Source::Environment:
        return std::make_unique<EnvironmentSource>(settings.environment);
    case ListedAccount::Source::Session:
        return std::make_unique<StaticKeys>(*session);
    case ListedAccount::Source::Keychain:
    case ListedAccount::Source::Role:
    case ListedAccount::Source::Newer:
        break;
    }
    return std::make_unique<KeychainSource>(secrets, account.id, account.name);
}

/// The keys of the last account of `line`, of the one before it, and so on: those that others ask for, too, are kept
/// together as long as somebody has them.
std::shared_ptr<CredentialChain> sharedChain(const QList<ListedAccount> &line, QHash<QString, BaseKeys> &bases,
                                             SecretStore &secrets, const std::optional<Credentials> &session,
                                             const ProfileKeysSettings &settings)
{
    const ListedAccount &account = line.first();
    const bool isOfRun = line.last().source == ListedAccount::Source::Session;
    if (const auto known = bases.constFind(account.id);
        !isOfRun && known != bases.cend() && known->account == account) {
        if (std::shared_ptr<CredentialChain> chain = known->chain.lock())
            return chain;
    }
    std::vector<std::unique_ptr<CredentialSource>> sources;
    if (account.source == ListedAccount::Source::Role)
        sources.push_back(std::make_unique<RoleSource>(
            roleOf(line), sharedChain(line.sliced(1), bases, secrets, session, settings), settings));
    else
        sources.push_back(keysOf(account, secrets, session, settings));
    auto chain = std::make_shared<CredentialChain>(std::move(sources));
    if (!isOfRun)
        bases.insert(account.id, {account, chain});
    return chain;
}

} // namespace

Result<ProfileChoice> choiceOf(const ListedAccount &account, const AccountList &list, SecretStore &secrets,
                               const std::optional<Credentials> &session, PersonPrompt *prompt)
{
    using Source = ListedAccount::Source;
    const Result<QList<ListedAccount>> line = lineOf(account, list);
    if (!line)
        return line.error();
    if (line->last().source == Source::Session && !session) {
        return noKeysOf(AccountList::tr("The keys of \"%1\" were entered for one run of the program. Enter them again.")
                            .arg(line->last().name));
    }
    ProfileChoice choice;
    choice.endpointUrl = account.endpointUrl;
    choice.region = account.region;
    choice.prompt = prompt;
    choice.owner = ownerOf(account);
    if (account.source == Source::Session) {
        choice.keys = session;
        return choice;
    }
    if (account.source == Source::Profile)
        choice.profile = account.profile;
    if (account.source == Source::Role) {
        const QString partition = RoleArn::of(account.roleArn).partition;
        if (choice.region.isEmpty() && partition != "aws"_L1)
            choice.region = homeRegion(partition);
    }
    const QList<ListedAccount> &all = list.accounts();
    const bool isBase = std::any_of(all.cbegin(), all.cend(), [&](const ListedAccount &other) {
        return other.source == Source::Role && other.base == account.id;
    });
    if (account.source == Source::Profile && !isBase)
        return choice;
    choice.source = [line = *line, bases = list.m_impl->bases, &secrets,
                     session](const ProfileKeysSettings &settings) -> std::unique_ptr<CredentialSource> {
        const ListedAccount &own = line.first();
        switch (own.source) {
        case Source::Role:
            return std::make_unique<RoleSource>(
                roleOf(line), sharedChain(line.sliced(1), *bases, secrets, session, settings), settings);
        case Source::Profile: // a code or a sign-in is asked for once, for it and for its roles
            return std::make_unique<SharedKeys>(sharedChain(line, *bases, secrets, session, settings),
                                                u"profile %1"_s.arg(own.profile));
        default:
            return keysOf(own, secrets, session, settings);
        }
    };
    return choice;
}

Error otherOwner(const ListedAccount &account, const QString &told)
{
    const QString sentence = account.source == ListedAccount::Source::Profile
        ? AccountList::tr(
            "The profile of \"%2\" leads to account %1 now, and \"%2\" is account %3. Nothing was asked or "
            "sent with its keys. Put the profile right, or add account %1 by a profile of another name.")
        : AccountList::tr("These keys belong to account %1, and \"%2\" is account %3. Nothing was asked or sent with "
                          "them. Put keys of account %3 back, or add account %1 to the list as an account of its own.");
    return noKeysOf(sentence.arg(told, account.name, knownNumber(account)));
}

std::function<std::optional<KeyOwner>(const Endpoint &endpoint)> ownerOf(const ListedAccount &account)
{
    if (account.source == ListedAccount::Source::Role || account.archiveKey.isEmpty())
        return {};
    return [account](const Endpoint &endpoint) -> std::optional<KeyOwner> {
        if (identityOf(account, endpoint).key != account.archiveKey)
            return std::nullopt;
        return KeyOwner{.number = knownNumber(account),
                        .otherwise = [account](const QString &told, const QString &known) {
                            ListedAccount owner = account;
                            owner.accountNumber = known; // learnt since
                            return otherOwner(owner, told);
                        }};
    };
}

QString newArchiveKey(const ListedAccount &account, const Endpoint &endpoint, const QString &accessKeyId)
{
    using Source = ListedAccount::Source;
    ProfileChoice choice;
    switch (account.source) {
    case Source::Profile:
        choice.profile = account.profile;
        return accountIdentity(choice, endpoint).key;
    case Source::Environment:
        return accountIdentity(choice, endpoint).key;
    case Source::Role:
        return keyOfKeys(RoleArn::of(account.roleArn).account, accessKeyId, endpoint);
    case Source::Keychain:
    case Source::Session:
    case Source::Newer:
        break;
    }
    return keyOfKeys(account.accountNumber, accessKeyId, endpoint);
}

AccountIdentity identityOf(const ListedAccount &account, const Endpoint &endpoint)
{
    const QString key = account.archiveKey.isEmpty() ? newArchiveKey(account, endpoint) : account.archiveKey;
    AccountIdentity identity{
        .key = keyAtEndpoint(key, endpoint), .name = account.name, .partition = endpoint.partition, .number = {}};
    if (identity.key == key) // at another endpoint nothing is known of it
        identity.number = knownNumber(account);
    return identity;
}

} // namespace casement
