#include "cli/accountscommand.h"

#include "archive/accountname.h"
#include "archive/database.h"
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

#include <unistd.h>

#include <utility>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

QLatin1StringView permissionWord(Permission permission)
{
    switch (permission) {
    case Permission::Allowed:
        return "allowed"_L1;
    case Permission::Denied:
        return "denied"_L1;
    case Permission::NotOffered:
        return "not offered"_L1;
    case Permission::Unknown:
        break;
    }
    return "unknown"_L1;
}

/// Keys stayed in a keychain that could not be reached.
QString keysStay(const QString &name)
{
    return u"The keys of \"%1\", which was removed, are still in the keychain that had them; where it is there, "
           "casement-cli accounts remove --name=\"%1\" takes them out."_s.arg(terminalLine(name));
}

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
        return list();
    case AccountsLine::Action::Add:
        return add();
    case AccountsLine::Action::Import: // ImportAccountsCommand
        return;
    case AccountsLine::Action::Test:
        if (const ListedAccount *account = named())
            test(*account);
        return;
    case AccountsLine::Action::Remove:
        if (const QList<KeysLeft> left = keysLeft(); !left.isEmpty() && !accounts().list().findByName(wish().name))
            return removeKeysLeft(left);
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
            output().write(accountTable(all, output().columns()));
        break;
    }
    finish(succeeded);
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
    Credentials keys;
    if (wish().accessKeyStdin) {
        const Result<Credentials> given = readKeyInput();
        if (!given)
            return fail(given.error(), wrongUsage);
        keys = *given;
    }
    const Result<ChosenAccount> chosen = accounts().listed(account);
    if (!chosen)
        return fail(chosen.error());
    const Result<ConnectionSettings> settings = connectionSettings(chosen->choice);
    if (!settings)
        return fail(settings.error(), settings.error().kind == Error::Kind::Invalid ? wrongUsage : failed);
    account.archiveKey = newArchiveKey(account, settings->endpoint, QString::fromUtf8(keys.accessKeyId()));
    if (!isGood(account))
        return;
    warn(account);
    wish().accessKeyStdin ? keep(account, keys) : enlist(account);
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
    if (!report.accountNumber.isEmpty()) {
        output().write(u"%1: account %2, %3\n"_s.arg(terminalLine(m_account.name), terminalLine(report.accountNumber),
                                                     terminalLine(report.arn)));
        if (m_account.accountNumber.isEmpty()) {
            m_account.accountNumber = report.accountNumber;
            (void)accounts().list().update(m_account); // only nice to know
        }
    }
    std::vector<QStringList> rows{{u"OPERATION"_s, u"PERMISSION"_s, u"WHY"_s}};
    for (const OperationPermission &one : report.operations)
        rows.push_back({one.operation, permissionWord(one.permission), shortReason(one.why)});
    output().write(tableText(std::move(rows), {44, 12}, output().columns()));
    if (const QByteArray policy = report.policy(true); !policy.isEmpty())
        output().write("\nThis IAM policy allows what is denied:\n" + policy + '\n');
    if (!report.canRead())
        complain(u"%1: the keys may not read cases."_s.arg(terminalLine(m_account.name)));
    else if (!report.canWrite())
        complain(
            u"%1: the keys may read cases, but not all that it takes to write."_s.arg(terminalLine(m_account.name)));
    finish(report.canRead() ? succeeded : failed);
}

void AccountsCommand::remove(const ListedAccount &account)
{
    QStringList users;
    for (const ListedAccount &other : accounts().list().accounts()) {
        if (other.source == ListedAccount::Source::Role && other.base == account.id)
            users.append(other.name);
    }
    if (!users.isEmpty()) {
        return fail({.kind = Error::Kind::Invalid,
                     .message = u"The keys of \"%1\" are used by %2. Remove %3 first."_s.arg(
                         account.name, users.join(u", "_s), users.size() == 1 ? "it"_L1 : "them"_L1)});
    }
    const ListedAccount own = account; // the list may be read again meanwhile
    const std::optional<AccountsLine::Data> data = askAboutData(own);
    if (!data)
        return;
    *data == AccountsLine::Data::Delete ? deleteData(own) : forgetKeys(own);
}

std::optional<AccountsLine::Data> AccountsCommand::askAboutData(const ListedAccount &account)
{
    if (wish().data != AccountsLine::Data::Ask)
        return wish().data;
    if (!isWatched() || !::isatty(STDIN_FILENO)) {
        fail({.kind = Error::Kind::Invalid,
              .message = u"Say what becomes of its cases in the archive: --keep-data or --delete-data."_s},
             wrongUsage);
        return std::nullopt;
    }
    complain(u"Delete the cases, messages, notes and files of %1 from the archive, too? Type delete or keep:"_s.arg(
        terminalLine(account.name)));
    char answer[64];
    const ssize_t count = ::read(STDIN_FILENO, answer, sizeof answer);
    const QByteArray typed = QByteArray(answer, std::max<ssize_t>(count, 0)).trimmed().toLower();
    if (typed == "delete")
        return AccountsLine::Data::Delete;
    if (typed == "keep")
        return AccountsLine::Data::Keep;
    complain(u"Nothing was removed."_s);
    finish(failed);
    return std::nullopt;
}

void AccountsCommand::deleteData(const ListedAccount &account)
{
    const Result<QString> path = archivePath(line());
    if (!path)
        return fail(path.error());
    if (!QFileInfo::exists(*path))
        return forgetKeys(account);
    QStringList keys{account.archiveKey};
    if (const Result<ChosenAccount> chosen = accounts().listed(account)) {
        if (const Result<ConnectionSettings> settings = connectionSettings(chosen->choice))
            keys.append(chosen->identity(settings->endpoint).key);
    }
    m_archive = std::make_unique<Archive>();
    m_archive->open(*path, this, [this, account, keys](const Result<void> &opened) {
        if (!opened)
            return fail(opened.error());
        m_archive->loadAccounts(this, [this, account, keys](const Result<QList<AccountRecord>> &records) {
            if (!records)
                return fail(records.error());
            const auto found = std::find_if(records->cbegin(), records->cend(),
                                            [&](const AccountRecord &one) { return keys.contains(one.key); });
            if (found == records->cend())
                return forgetKeys(account);
            m_archive->deleteAccount(found->id, this, [this, account](const Result<void> &deleted) {
                if (!deleted && deleted.error().code != archivecode::busy)
                    return fail(deleted.error());
                if (!deleted) {
                    tell(deleted.error());
                    m_status = failed;
                }
                forgetKeys(account);
            });
        });
    });
}

void AccountsCommand::forgetKeys(const ListedAccount &account)
{
    if (account.source != ListedAccount::Source::Keychain)
        return strike(account);
    accounts().secrets().remove(account.id, this, [this, account](const Result<void> &gone) {
        // Where there is no keychain any more, nothing can be taken out of it.
        if (!gone && gone.error().code != keychaincode::absent) {
            tell(gone.error());
            complain(u"%1 stays in the list: its keys may still be in the keychain."_s.arg(terminalLine(account.name)));
            return finish(failed);
        }
        strike(account, !gone);
    });
}

QList<KeysLeft> AccountsCommand::keysLeft()
{
    QList<KeysLeft> left = accounts().list().keysLeft();
    left.removeIf([this](const KeysLeft &one) { return foldedName(one.name) != foldedName(wish().name); });
    return left;
}

/// One after the other: the account is gone already, and its keys are not.
void AccountsCommand::removeKeysLeft(QList<KeysLeft> left)
{
    if (left.isEmpty()) {
        output().write(u"The keys that were left of %1 are out of the keychain.\n"_s.arg(terminalLine(wish().name)));
        return finish(succeeded);
    }
    const KeysLeft one = left.takeFirst();
    accounts().secrets().remove(one.id, this, [this, left, one](const Result<void> &gone) {
        if (!gone)
            return fail(gone.error());
        if (const Result<void> forgotten = accounts().list().forgetKeysLeft(one.id); !forgotten)
            return fail(forgotten.error());
        removeKeysLeft(left);
    });
}

void AccountsCommand::strike(const ListedAccount &account, bool keepsKeys)
{
    if (const Result<void> removed = accounts().list().remove(account.id); !removed)
        return fail(removed.error());
    if (keepsKeys) {
        if (const Result<void> noted = accounts().list().noteKeysLeft({account.id, account.name}); !noted)
            tell(noted.error());
        complain(u"warning: there is no keychain here. "_s + keysStay(account.name));
    }
    output().write(u"%1 was removed.\n"_s.arg(terminalLine(account.name)));
    finish(m_status);
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
