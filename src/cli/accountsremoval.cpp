#include "archive/accountname.h"
#include "archive/accounttraces.h"
#include "archive/database.h"
#include "aws/secretstore.h"
#include "cli/accountscommand.h"
#include "cli/terminaltext.h"

#include <unistd.h>

#include <algorithm>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostNamed = 3; // accounts in a sentence

} // namespace

/// Keys stayed in a keychain that could not be reached.
QString AccountsCommand::keysStay(const QString &name)
{
    return u"The keys of \"%1\", which was removed, are still in the keychain that had them; where it is there, "
           "casement-cli accounts remove --name=\"%1\" takes them out."_s.arg(terminalLine(name));
}

void AccountsCommand::remove(const ListedAccount &account)
{
    QStringList users;
    for (const ListedAccount &other : accounts().list().accounts()) {
        if (other.source == ListedAccount::Source::Role && other.base == account.id)
            users.append(other.name);
    }
    if (!users.isEmpty()) {
        const QString others = users.size() <= mostNamed + 1 ? users.join(u", "_s)
                                                             : u"%1 accounts: %2 and %3 more"_s.arg(users.size())
                                                                   .arg(users.first(mostNamed).join(u", "_s))
                                                                   .arg(users.size() - mostNamed);
        return fail({.kind = Error::Kind::Invalid,
                     .message = u"The keys of \"%1\" are used by %2. Remove %3 first."_s.arg(
                         account.name, others, users.size() == 1 ? "it"_L1 : "them"_L1)});
    }
    const ListedAccount own = account; // the list may be read again meanwhile
    const std::optional<AccountsLine::Data> data =
        askAboutData(own.name, u"Delete the cases, messages, notes and files of %1 from the archive, too?"_s);
    if (!data || !isStillMeant(own))
        return;
    *data == AccountsLine::Data::Delete ? deleteData(own) : forgetKeys(own);
}

/// The window may have changed the list while the question stood here.
bool AccountsCommand::isStillMeant(const ListedAccount &account)
{
    if (const Result<void> loaded = accounts().list().load(); !loaded) {
        fail(loaded.error());
        return false;
    }
    if (accounts().list().find(account.id))
        return true;
    fail({.kind = Error::Kind::Invalid,
          .message =
              u"\"%1\" was taken off the list, or added anew, meanwhile. Nothing was deleted."_s.arg(account.name)});
    return false;
}

std::optional<AccountsLine::Data> AccountsCommand::askAboutData(const QString &name, const QString &question)
{
    if (wish().data != AccountsLine::Data::Ask)
        return wish().data;
    if (!isWatched() || !::isatty(STDIN_FILENO)) {
        fail({.kind = Error::Kind::Invalid,
              .message = u"Say what becomes of its cases in the archive: --keep-data or --delete-data."_s},
             wrongUsage);
        return std::nullopt;
    }
    complain(question.arg(terminalLine(name)) + u" Type delete or keep:"_s);
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
    QStringList keys{account.archiveKey};
    if (const Result<ChosenAccount> chosen = accounts().listed(account)) {
        if (const Result<ConnectionSettings> settings = connectionSettings(chosen->choice))
            keys.append(chosen->identity(settings->endpoint).key);
    }
    const auto wipe = [this, account, keys] {
        m_archive->loadAccounts(this, [this, account, keys](const Result<QList<AccountRecord>> &records) {
            if (!records)
                return fail(records.error());
            // What it had at another address before is its own, too.
            std::function<void()> then = [this, account] { forgetKeys(account); };
            for (const AccountRecord &one : *records) {
                if (keys.contains(one.key) && !isOfAnother(one, account))
                    then = [this, id = one.id, then] { deleteArchived(id, Return::Refused, then); };
            }
            then();
        });
    };
    openArchive(wipe, [this, account](const Error &error) {
        error.kind == Error::Kind::None ? forgetKeys(account) : fail(error);
    });
}

bool AccountsCommand::isOfAnother(const AccountRecord &record, const ListedAccount &account)
{
    return std::ranges::any_of(accounts().list().accounts(), [&](const ListedAccount &other) {
        return other.id != account.id && other.archiveKey == record.key;
    });
}

/// What another program holds open is told, and goes with its end.
void AccountsCommand::deleteArchived(AccountId account, Return others, const std::function<void()> &done)
{
    m_archive->deleteAccount(
        account, this,
        [this, account, done](const Result<void> &deleted) {
            if (!deleted && deleted.error().code != archivecode::busy)
                return fail(deleted.error());
            if (!deleted) {
                tell(deleted.error());
                m_status = failed;
            }
            forgetInWindow(account);
            done();
        },
        others);
}

/// What the window remembers of its cases goes, too. The settings know the accounts of the window's own archive.
void AccountsCommand::forgetInWindow(AccountId account)
{
    CommandLine windows;
    windows.portable = line().portable;
    if (const Result<QString> own = archivePath(windows), used = archivePath(line()); own && used && *own == *used)
        accounttraces::forget(account, accounttraces::settingsFile(line().portable));
}

/// No account of the list has that name: one that only the archive knows may.
void AccountsCommand::removeUnlisted()
{
    const auto unknown = [this] { fail(accounts().named(wish().name).error(), wrongUsage); };
    const auto look = [this, unknown] {
        loadUnlisted([this, unknown](QList<AccountHoldings> unlisted) {
            const QString name = wish().name;
            unlisted.removeIf([&name](const AccountHoldings &one) {
                return one.account.key != name && foldedName(one.account.name) != foldedName(name);
            });
            if (unlisted.isEmpty())
                return unknown();
            if (unlisted.size() == 1)
                return deleteUnlisted(unlisted.first());
            QStringList keys;
            for (const AccountHoldings &one : std::as_const(unlisted))
                keys.append(one.account.key);
            fail({.kind = Error::Kind::Invalid,
                  .message =
                      u"The archive has several accounts of that name; give one of %1."_s.arg(keys.join(u", "_s))},
                 wrongUsage);
        });
    };
    openArchive(look,
                [this, unknown](const Error &error) { error.kind == Error::Kind::None ? unknown() : fail(error); });
}

void AccountsCommand::deleteUnlisted(const AccountHoldings &account)
{
    const QString name = account.account.name;
    const std::optional<AccountsLine::Data> data =
        askAboutData(name, u"%1 is not in the list. Delete its cases, messages, notes and files from the archive?"_s);
    if (!data)
        return;
    if (*data == AccountsLine::Data::Keep) {
        complain(u"%1 is not in the list, so there was nothing to remove; its data stays."_s.arg(terminalLine(name)));
        return finish(succeeded);
    }
    if (const Result<void> loaded = accounts().list().load(); !loaded)
        return fail(loaded.error());
    if (isListed(account.account)) {
        return fail({.kind = Error::Kind::Invalid,
                     .message = u"\"%1\" was added to the list meanwhile. Nothing was deleted."_s.arg(name)});
    }
    // A window may show it all the same (--profile, keys of one run): it goes on.
    deleteArchived(account.account.id, Return::Allowed, [this, name] {
        output().write(u"The data of %1 was deleted.\n"_s.arg(terminalLine(name)));
        finish(m_status);
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

} // namespace casement::cli
