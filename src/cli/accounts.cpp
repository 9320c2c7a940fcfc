#include "cli/accounts.h"

#include "archive/accountkey.h"
#include "archive/accountplace.h"
#include "archive/archive.h"
#include "archive/archivepath.h"
#include "archive/caseowner.h"
#include "aws/configfile.h"
#include "aws/secretstore.h"
#include "cli/caseformats.h"
#include "cli/output.h"
#include "cli/similarnames.h"
#include "cli/terminalprompt.h"
#include "cli/terminaltext.h"

#include <QFileInfo>

#include <algorithm>

namespace casement::cli {

using namespace Qt::StringLiterals;

Accounts::Accounts(const CommandLine &line)
    : m_line(line), m_list(std::make_unique<AccountList>(AccountList::defaultFile(line.portable)))
{
}

Accounts::~Accounts() = default;

Result<void> Accounts::load()
{
    if (m_isLoaded)
        return {};
    const Result<void> loaded = m_list->load();
    m_isLoaded = bool(loaded);
    return loaded;
}

SecretStore &Accounts::secrets()
{
    if (!m_secrets)
        m_secrets = std::make_unique<SecretStore>();
    return *m_secrets;
}

TerminalPrompt *Accounts::prompt()
{
    if (!m_prompt)
        m_prompt = std::make_unique<TerminalPrompt>();
    return m_prompt->isPossible() ? m_prompt.get() : nullptr;
}

ChosenAccount Accounts::ofProfile(const QString &profile)
{
    ChosenAccount account;
    account.choice.profile = profile;
    account.choice.endpointUrl = m_line.endpointUrl;
    account.choice.region = m_line.region;
    account.choice.prompt = prompt();
    return account;
}

Result<ChosenAccount> Accounts::listed(const ListedAccount &account)
{
    Result<ProfileChoice> choice = choiceOf(account, *m_list, secrets(), {}, prompt());
    if (!choice)
        return choice.error();
    if (!m_line.endpointUrl.isEmpty())
        choice->endpointUrl = m_line.endpointUrl;
    if (!m_line.region.isEmpty())
        choice->region = m_line.region;
    return ChosenAccount{*std::move(choice), account};
}

void Accounts::learnOwner(const ListedAccount &account, const Endpoint &endpoint, const QString &number)
{
    const ListedAccount *known = m_list->find(account.id);
    if (!known || !known->accountNumber.isEmpty() || !isAccountNumber(number)
        || identityOf(*known, endpoint).key != known->archiveKey)
        return;
    ListedAccount told = *known;
    told.accountNumber = number;
    (void)m_list->update(told); // the next run learns it again
}

bool Accounts::asksBeforeSending(const ChosenAccount &account, const Endpoint &endpoint, const QString &number)
{
    if (account.listed)
        return account.listed->asksBeforeSending;
    if (!load())
        return false;
    const QString key = account.identity(endpoint).key;
    const QList<ListedAccount> &all = m_list->accounts();
    return std::any_of(all.cbegin(), all.cend(), [&](const ListedAccount &one) {
        return one.asksBeforeSending
            && (identityOf(one, endpoint).key == key || (!number.isEmpty() && one.accountNumber == number));
    });
}

bool Accounts::anyAsksByNumber(const ChosenAccount &account)
{
    if (account.listed || !load())
        return false;
    const QList<ListedAccount> &all = m_list->accounts();
    return std::any_of(all.cbegin(), all.cend(),
                       [](const ListedAccount &one) { return one.asksBeforeSending && !one.accountNumber.isEmpty(); });
}

QStringList Accounts::names() const
{
    QStringList names;
    for (const ListedAccount &account : m_list->accounts())
        names.append(account.name);
    return names;
}

namespace {

Standing standingOf(const ChosenAccount &account, const AccountIdentity &here, const QList<AccountRecord> &known)
{
    const auto find = [&known](const QString &key) {
        const auto found = std::ranges::find(known, key, &AccountRecord::key);
        return found == known.end() ? nullptr : &*found;
    };
    Standing standing;
    const bool isOfProfile = account.listed ? account.listed->source == ListedAccount::Source::Profile
                                            : keyWithoutEndpoint(here.key).startsWith("profile:"_L1);
    standing.isPlaceOfFiles = isOfProfile && isPlaceOfFiles(account.choice);
    if (!standing.isPlaceOfFiles)
        return standing;
    standing.before = placeBefore(known, here.key);
    // What an earlier version knew: where it was added.
    if (!standing.before && account.listed && !find(here.key))
        standing.before = find(account.listed->archiveKey);
    if (!standing.before || standing.before->key == here.key)
        return standing;
    const QString name = account.listed ? account.listed->name : here.name;
    const QString was = hostOfKey(standing.before->key);
    const QString is = hostOfKey(here.key);
    if (is.isEmpty() && !was.isEmpty()) {
        standing.held = lostEndpoint(name);
    } else {
        standing.moved = u"%1: ~/.aws leads to %2 now, and led to %3 before; the cases of each stay apart."_s.arg(
            terminalLine(account.listed ? name : account.choice.profile), is, was.isEmpty() ? u"AWS"_s : was);
    }
    return standing;
}

} // namespace

Standing checkStanding(const ChosenAccount &account, const AccountIdentity &here, const QList<AccountRecord> &known,
                       Archive &archive)
{
    const Standing standing = standingOf(account, here, known);
    if (!standing.moved.isEmpty())
        complain(standing.moved);
    if (standing.held.kind != Error::Kind::None)
        archive.noteLostPlace(standing.before->id);
    else if (standing.isPlaceOfFiles)
        archive.notePlaces({here.key});
    return standing;
}

QString heldNotice(const QString &name, qint64 since, qint64 lastSync)
{
    return u"%1 is held since %2; this is what the archive has of it, as of %3."_s.arg(
        terminalLine(name), localTime(since), localTime(lastSync));
}

Result<ChosenAccount> Accounts::named(const QString &name)
{
    if (const Result<void> loaded = load(); !loaded)
        return loaded.error();
    if (const ListedAccount *account = m_list->findByName(name))
        return listed(*account);
    const QString instead = m_list->accounts().isEmpty() ? u" The list has none: casement-cli accounts add makes one."_s
                                                         : meantInstead(name, names());
    return Error{.kind = Error::Kind::Invalid,
                 .message = u"There is no account \"%1\" in the list.%2"_s.arg(name, instead)};
}

bool Accounts::hasUsualKeys() const
{
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QLatin1StringView variable : {"AWS_ACCESS_KEY_ID"_L1, "AWS_SECRET_ACCESS_KEY"_L1, "AWS_PROFILE"_L1,
                                             "AWS_DEFAULT_PROFILE"_L1, "AWS_WEB_IDENTITY_TOKEN_FILE"_L1}) {
        if (!environment.value(variable).isEmpty())
            return true;
    }
    const Result<AwsConfig> config = readConfig(ConfigPaths::of(environment));
    if (!config)
        return true; // what is wrong there is told when they are asked for
    const Profile *profile = config->profile(u"default"_s);
    return profile && profile->uses != ProfileUses::Nothing;
}

Result<ChosenAccount> Accounts::chosen()
{
    if (!m_line.accounts.isEmpty())
        return named(m_line.accounts.first());
    if (!m_line.profile.isEmpty() || hasUsualKeys())
        return ofProfile(m_line.profile);
    // A list that can't be read is no reason to ask for keys that are not there, either.
    if (const Result<void> loaded = load(); !loaded)
        return loaded.error();
    const QList<ListedAccount> &accounts = m_list->accounts();
    if (accounts.size() == 1)
        return listed(accounts.first());
    if (accounts.isEmpty())
        return ofProfile({});
    return Error{.kind = Error::Kind::Invalid,
                 .message = u"Say which account: --account NAME.%1"_s.arg(meantInstead({}, names()))};
}

Result<QString> archivePath(const CommandLine &line)
{
    QString path = line.archive;
    if (path.isEmpty())
        path = line.portable.isEmpty() ? defaultArchivePath() : line.portable + u"/archive.sqlite"_s;
    if (const QFileInfo info(path); info.exists() && !info.isFile()) {
        return Error{.kind = Error::Kind::File,
                     .message = u"%1 can't be the archive: it is %2."_s.arg(
                         path, info.isDir() ? "a folder"_L1 : "not a regular file"_L1)};
    }
    return path;
}

} // namespace casement::cli
