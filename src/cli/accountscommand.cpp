#include "cli/accountscommand.h"

#include "archive/accountname.h"
#include "aws/configfile.h"
#include "aws/endpoint.h"
#include "aws/secretstore.h"
#include "cli/accountformats.h"
#include "cli/cells.h"
#include "cli/errorreport.h"
#include "cli/keyinput.h"
#include "cli/similarnames.h"
#include "cli/terminaltext.h"

#include <QEventLoop>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

/// The first line of what there is to say: tables have one.
QString shortReason(const Error &error)
{
    return error.kind == Error::Kind::None ? QString() : errorReport(error).section(u'\n', 0, 0);
}

} // namespace

AccountsCommand::AccountsCommand(const CommandLine &line, Output &output, QObject *parent)
    : Command(line, output, parent)
{
}

AccountsCommand::~AccountsCommand() = default;

void AccountsCommand::start()
{
    if (const Result<void> loaded = accounts().load(); !loaded)
        return fail(loaded.error());
    switch (wish().action) {
    case AccountsLine::Action::List:
        return wish().unlisted ? listUnlisted() : list();
    case AccountsLine::Action::Add:
        return add();
    case AccountsLine::Action::Import: // ImportAccountsCommand
        return;
    case AccountsLine::Action::Test:
        if (const ListedAccount *account = named())
            test(*account);
        return;
    case AccountsLine::Action::Key:
        if (const ListedAccount *account = named())
            replaceKeys(*account);
        return;
    case AccountsLine::Action::Trust:
        return trust();
    case AccountsLine::Action::Remove:
        if (const QList<KeysLeft> left = keysLeft(); !left.isEmpty() && !accounts().list().findByName(wish().name))
            return removeKeysLeft(left);
        if (!accounts().list().findByName(wish().name))
            return removeUnlisted();
        if (const ListedAccount *account = named())
            remove(*account);
        return;
    }
}

const ListedAccount *AccountsCommand::named()
{
    if (const ListedAccount *account = accounts().list().findByName(wish().name))
        return account;
    fail(accounts().named(wish().name).error(), wrongUsage);
    return nullptr;
}

/// The endpoint that the account has, or its profile or the environment; empty: AWS's own.
QString AccountsCommand::endpointUrl(const ListedAccount &account, const AwsConfig &config)
{
    const Result<ChosenAccount> chosen = accounts().listed(account);
    if (!chosen || !chosen->choice.endpointUrl.isEmpty())
        return chosen ? chosen->choice.endpointUrl : account.endpointUrl;
    const QProcessEnvironment &environment = chosen->choice.environment;
    const Result<Setting> configured =
        configuredEndpointUrl(config, profileName(chosen->choice.profile, environment), environment);
    return configured ? configured->value : QString();
}

void AccountsCommand::list()
{
    const AccountList &all = accounts().list();
    switch (wish().format) {
    case AccountsLine::Format::Json:
        output().write(accountJson(all));
        break;
    case AccountsLine::Format::Csv:
        output().write(accountCsv(all, output().isTerminal()));
        break;
    case AccountsLine::Format::Table:
        for (const KeysLeft &keys : all.keysLeft())
            complain(keysStay(keys.name));
        if (all.accounts().isEmpty())
            complain(u"The list of accounts is empty: casement-cli accounts add makes one."_s);
        else
            output().write(accountTable(
                all, output().columns(),
                [this, config = readConfig(ConfigPaths::of(QProcessEnvironment::systemEnvironment()))](
                    const auto &account) { return endpointUrl(account, config ? *config : AwsConfig()); }));
        break;
    }
    if (wish().format != AccountsLine::Format::Table)
        return finish(succeeded);
    openArchive(
        [this] {
            loadUnlisted([this](const QList<AccountHoldings> &unlisted) {
                const QString count =
                    unlisted.size() == 1 ? u"1 account that is"_s : u"%1 accounts that are"_s.arg(unlisted.size());
                if (!unlisted.isEmpty())
                    complain(u"The archive has data of %1 not in the list: casement-cli accounts list "
                             "--unlisted."_s.arg(count));
                finish(succeeded);
            });
        },
        [this](const Error &) { finish(succeeded); }); // it is only a hint
}

void AccountsCommand::listUnlisted()
{
    const auto print = [this](const QList<AccountHoldings> &unlisted) {
        const bool isTerminal = output().isTerminal();
        if (wish().format == AccountsLine::Format::Json)
            output().write(holdingsJson(unlisted, isTerminal));
        else if (wish().format == AccountsLine::Format::Csv)
            output().write(holdingsCsv(unlisted, isTerminal));
        else if (unlisted.isEmpty())
            complain(u"The archive has no data of accounts that are not in the list."_s);
        else
            output().write(holdingsTable(unlisted, output().columns()));
        finish(succeeded);
    };
    openArchive([this, print] { loadUnlisted(print); },
                [this, print](const Error &error) { error.kind == Error::Kind::None ? print({}) : fail(error); });
}

/// `notThere` with no error: there is no archive yet.
void AccountsCommand::openArchive(const std::function<void()> &opened,
                                  const std::function<void(const Error &)> &notThere)
{
    const Result<QString> path = archivePath(line());
    if (!path)
        return notThere(path.error());
    if (!QFileInfo::exists(*path))
        return notThere({});
    m_archive = std::make_unique<Archive>();
    m_archive->open(*path, this,
                    [opened, notThere](const Result<void> &result) { result ? opened() : notThere(result.error()); });
}

void AccountsCommand::loadUnlisted(const std::function<void(const QList<AccountHoldings> &)> &done)
{
    m_care = std::make_unique<ArchiveCare>(*m_archive);
    m_care->askHoldings(this, [this, done](const Result<QList<AccountHoldings>> &all) {
        if (!all)
            return fail(all.error());
        QList<AccountHoldings> unlisted = *all;
        unlisted.removeIf([this](const AccountHoldings &one) { return isListed(one.account); });
        done(unlisted);
    });
}

bool AccountsCommand::isListed(const AccountRecord &record)
{
    const QList<ListedAccount> &all = accounts().list().accounts();
    return std::any_of(all.cbegin(), all.cend(), [&](const ListedAccount &one) {
        if (one.archiveKey == record.key)
            return true;
        // At the endpoint that it has by now. Looked at only where it could be: that reads files.
        if (one.archiveKey.section(u'/', -1) != record.key.section(u'/', -1))
            return false;
        const Result<ChosenAccount> chosen = accounts().listed(one);
        const Result<ConnectionSettings> settings =
            chosen ? connectionSettings(chosen->choice) : Result<ConnectionSettings>(chosen.error());
        return settings && chosen->identity(settings->endpoint).key == record.key;
    });
}

bool AccountsCommand::isGood(const ListedAccount &account)
{
    const QString why = accounts().list().whyNot(account);
    if (why.isEmpty())
        return true;
    fail({.kind = Error::Kind::Invalid, .message = why}, wrongUsage);
    return false;
}

void AccountsCommand::add()
{
    ListedAccount account;
    account.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    account.name = wish().name;
    account.color = wish().color;
    account.asksBeforeSending = wish().asksBeforeSending;
    account.source = wish().accessKeyStdin ? ListedAccount::Source::Keychain : ListedAccount::Source::Profile;
    account.profile = line().profile;
    account.region = line().region;
    account.endpointUrl = line().endpointUrl;
    if (!isGood(account))
        return;
    if (!wish().accessKeyStdin) {
        const Result<AwsConfig> config = readConfig(ConfigPaths::of(QProcessEnvironment::systemEnvironment()));
        if (!config)
            return fail(config.error());
        if (!config->profile(account.profile)) {
            QStringList profiles;
            for (const Profile &profile : config->profiles)
                profiles.append(profile.name);
            return fail({.kind = Error::Kind::Invalid,
                         .message = u"There is no profile \"%1\" in ~/.aws.%2"_s.arg(
                             account.profile, meantInstead(account.profile, profiles))},
                        wrongUsage);
        }
    }
    std::optional<Credentials> keys = Credentials();
    if (wish().accessKeyStdin)
        keys = readKeys();
    if (!keys)
        return;
    const Result<ChosenAccount> chosen = accounts().listed(account);
    if (!chosen)
        return fail(chosen.error());
    const Result<ConnectionSettings> settings = connectionSettings(chosen->choice);
    if (!settings)
        return fail(settings.error(), settings.error().kind == Error::Kind::Invalid ? wrongUsage : failed);
    account.archiveKey = newArchiveKey(account, settings->endpoint, QString::fromUtf8(keys->accessKeyId()));
    if (!isGood(account))
        return;
    warn(account);
    warnOfTwin(account);
    wish().accessKeyStdin ? keep(account, *keys) : enlist(account);
}

std::optional<Credentials> AccountsCommand::readKeys()
{
    const Result<Credentials> given = readKeyInput();
    if (given)
        return *given;
    fail(given.error(), wrongUsage);
    return std::nullopt;
}

void AccountsCommand::replaceKeys(const ListedAccount &account)
{
    if (account.source != ListedAccount::Source::Keychain) {
        return fail({.kind = Error::Kind::Invalid,
                     .message = u"The keys of \"%1\" are not in the keychain (%2), so they are replaced where they "
                                "are."_s.arg(account.name, keysText(account, accounts().list()))},
                    wrongUsage);
    }
    const std::optional<Credentials> keys = readKeys();
    if (!keys)
        return;
    // Keys of another account are refused before the ones that are there are lost.
    const Result<ChosenAccount> chosen = accounts().listed(account);
    if (!chosen)
        return fail(chosen.error());
    ProfileChoice choice = chosen->choice;
    choice.source = {};
    choice.keys = *keys;
    Result<std::unique_ptr<HttpServiceConnection>> made = connectService(choice);
    if (!made)
        return fail(made.error());
    m_connection = std::move(*made);
    m_connection->credentials().get(this, [this, own = account](const Result<Credentials> &checked) {
        if (isFinished())
            return;
        if (checked)
            return putKeys(own, *checked);
        tell(checked.error());
        complain(u"Nothing was changed; casement-cli accounts add adds these keys as another account."_s);
        finish(wrongUsage);
    });
}

void AccountsCommand::putKeys(const ListedAccount &own, const Credentials &keys)
{
    accounts().secrets().write(own.id, keys, this, [this, own](const Result<void> &kept) {
        if (!kept)
            return fail(kept.error());
        ListedAccount given = own; // a window that is open learns of it by the list
        ++given.keysGiven;
        if (const Result<void> noted = accounts().list().update(given); !noted)
            tell(noted.error());
        output().write(
            u"%1 has other keys now; casement-cli accounts test \"%1\" tries them.\n"_s.arg(terminalLine(own.name)));
        finish(succeeded);
    });
}

/// What is worth a second look, and may be meant.
void AccountsCommand::warn(const ListedAccount &account)
{
    if (const QString other = lookAlikeOf(account, accounts().list().accounts()); !other.isEmpty())
        complain(u"warning: the name looks like \"%1\" in the list, in other letters."_s.arg(terminalLine(other)));
    if (const QStringList regions = knownRegions(); !account.region.isEmpty() && !regions.contains(account.region))
        complain(u"warning: Casement knows no region \"%1\"; it is used all the same, since AWS adds regions.%2"_s.arg(
            terminalLine(account.region), meantInstead(account.region, similarNames(account.region, regions))));
}

/// Two entries of one account of AWS show its cases twice; that may be meant.
void AccountsCommand::warnOfTwin(const ListedAccount &account)
{
    const QString number = knownNumber(account);
    for (const ListedAccount &other : accounts().list().accounts()) {
        if (!number.isEmpty() && other.id != account.id && other.endpointUrl == account.endpointUrl
            && knownNumber(other) == number) {
            return complain(u"warning: this is account %1, which is in the list as \"%2\", too."_s.arg(
                number, terminalLine(other.name)));
        }
    }
}

void AccountsCommand::keep(const ListedAccount &account, const Credentials &keys)
{
    m_written = account.id;
    accounts().secrets().write(account.id, keys, this, [this, account](const Result<void> &kept) {
        if (m_written.isEmpty())
            return; // interrupted: stop() takes them back
        if (!kept) {
            m_written.clear();
            return fail(kept.error());
        }
        enlist(account);
    });
}

void AccountsCommand::enlist(const ListedAccount &account)
{
    const Result<QList<ListedAccount>> added = accounts().list().add({account});
    if (!added)
        return takeBack(added.error());
    m_written.clear();
    output().write(
        u"%1 was added; casement-cli accounts test \"%1\" tries its keys.\n"_s.arg(terminalLine(added->first().name)));
    finish(succeeded);
}

/// Keys that belong to nothing are not left behind.
void AccountsCommand::takeBack(const Error &why)
{
    const int status = why.kind == Error::Kind::Invalid ? wrongUsage : failed;
    const QString entry = std::exchange(m_written, {});
    if (entry.isEmpty())
        return fail(why, status);
    accounts().secrets().remove(entry, this, [this, why, status, entry](const Result<void> &gone) {
        tell(why);
        if (!gone)
            complain(u"The keys are still in the keychain, as entry %1 of org.casement.Casement: %2"_s.arg(
                entry, errorReport(gone.error())));
        finish(status);
    });
}

void AccountsCommand::test(const ListedAccount &account)
{
    m_account = account;
    const Result<ChosenAccount> chosen = accounts().listed(account);
    if (!chosen)
        return fail(chosen.error());
    Result<std::unique_ptr<HttpServiceConnection>> made = connectService(chosen->choice);
    if (!made)
        return fail(made.error());
    m_connection = std::move(*made);
    m_client = std::make_unique<Client>(*m_connection);
    m_identity = std::make_unique<CallerIdentity>(chosen->choice, m_connection->credentials());
    const auto ask = [this](QObject *context, std::function<void(const Result<QStringList> &)> done) {
        m_identity->ask(context, std::move(done));
    };
    m_check = new PermissionCheckJob(*m_client, account.name, ask, this);
    connect(m_check, &Job::progressed, this, [this](qint64 done, qint64 total) {
        showProgress(u"%1: %2 of %3"_s.arg(m_account.name).arg(done).arg(total));
    });
    connect(m_check, &Job::finished, this, &AccountsCommand::tested);
    m_check->start();
}

void AccountsCommand::tested(const Result<void> &result)
{
    showProgress({});
    if (!result)
        return fail(result.error());
    const PermissionReport report = m_check->report();
    for (const Error &error : {report.keysError, report.planError}) {
        if (error.kind != Error::Kind::None)
            return fail(error);
    }
    if (report.accountNumber.isEmpty()) {
        complain(u"%1: whose keys these are could not be asked; the ids of its cases tell it."_s.arg(
            terminalLine(m_account.name)));
    } else {
        output().write(u"%1: account %2, %3\n"_s.arg(terminalLine(m_account.name), terminalLine(report.accountNumber),
                                                     terminalLine(report.arn)));
        if (m_account.accountNumber.isEmpty()) {
            m_account.accountNumber = report.accountNumber;
            warnOfTwin(m_account);
            (void)accounts().list().update(m_account); // the next test learns it again
        }
    }
    std::vector<QStringList> rows{{u"OPERATION"_s, u"PERMISSION"_s, u"WHY"_s}};
    for (const OperationPermission &one : report.operations)
        rows.push_back({one.operation, permissionWord(one.permission), shortReason(one.why)});
    output().write(tableText(std::move(rows), {44, 12}, output().columns()));
    if (const QByteArray policy = report.policy(true); !policy.isEmpty())
        output().write("\nThis IAM policy allows what is denied:\n" + policy + '\n');
    const bool isDenied =
        std::any_of(report.operations.cbegin(), report.operations.cend(), [](const OperationPermission &one) {
            return one.permission == Permission::Denied
                && (one.operation == "DescribeCases"_L1 || one.operation == "DescribeCommunications"_L1);
        });
    if (isDenied)
        complain(u"%1: the keys may not read cases."_s.arg(terminalLine(m_account.name)));
    else if (!report.canRead())
        complain(u"%1: whether the keys may read cases could not be found out."_s.arg(terminalLine(m_account.name)));
    else if (const Permission writing = report.writing(); writing == Permission::Unknown)
        complain(
            u"%1: the keys may read cases; whether they may do all that it takes to write could not be found out."_s
                .arg(terminalLine(m_account.name)));
    else if (writing != Permission::Allowed)
        complain(
            u"%1: the keys may read cases, but not all that it takes to write."_s.arg(terminalLine(m_account.name)));
    finish(report.canRead() ? succeeded : failed);
}

void AccountsCommand::stop()
{
    if (m_check) {
        m_check->disconnect(this);
        m_check->cancel();
    }
    showProgress({});
    const QString entry = std::exchange(m_written, {});
    if (entry.isEmpty())
        return;
    QEventLoop loop;
    accounts().secrets().remove(entry, &loop, [&loop](const Result<void> &) { loop.quit(); });
    loop.exec(); // two seconds at most
}

} // namespace casement::cli
