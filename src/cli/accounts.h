#pragma once

#include "archive/accountlist.h"
#include "archive/records.h"
#include "cli/commandline.h"

#include <memory>
#include <optional>

namespace casement {
class Archive;
class SecretStore;
} // namespace casement

namespace casement::cli {

class TerminalPrompt;

/// An account that the arguments name, and how it is reached.
struct ChosenAccount
{
    ProfileChoice choice;
    std::optional<ListedAccount> listed; ///< when it is one of the list

    /// What it is for the archive.
    AccountIdentity identity(const Endpoint &endpoint) const
    {
        return listed ? identityOf(*listed, endpoint) : accountIdentity(choice, endpoint);
    }
};

/// How an account stands that is about to be asked or read, by what the archive knows.
struct Standing
{
    Error held; ///< lostEndpoint(): its endpoint stood in the files of ~/.aws, and stands nowhere now; Kind::None: no
    QString moved; ///< to say of one whose files name another endpoint than before; empty: nothing
    bool isPlaceOfFiles = false; ///< once it is asked here, Archive::notePlaces() keeps that
    const AccountRecord *before = nullptr; ///< where it was, of `held`; one of those that are known

    bool isHeld() const { return held.kind != Error::Kind::None; }
};
/// Before a command asks the service: says what moved, and notes since when what is held is. `known`: accounts of the
/// archive; `here`: the account at the endpoint that it would be asked at.
Standing checkStanding(const ChosenAccount &account, const AccountIdentity &here, const QList<AccountRecord> &known,
                       Archive &archive);
/// To say above what is read of a held account.
QString heldNotice(const QString &name, qint64 since, qint64 lastSync);

/// The accounts that a run of casement-cli can reach: those of the list that it shares with the window, profiles, and
/// the keys of the environment. The list is read when it is needed first.
class Accounts
{
public:
    explicit Accounts(const CommandLine &line);
    ~Accounts();

    Result<void> load();
    AccountList &list() { return *m_list; }
    SecretStore &secrets();
    /// Asks on the terminal; null when there is none.
    TerminalPrompt *prompt();

    /// The one account of --account or --profile; without them that of the environment or AWS_PROFILE or the profile
    /// `default`, and where there are no such keys, the only account of the list. Error::Kind::Invalid for a name that
    /// is not in the list; it says which are similar.
    Result<ChosenAccount> chosen();
    Result<ChosenAccount> named(const QString &name);
    Result<ChosenAccount> listed(const ListedAccount &account);
    ChosenAccount ofProfile(const QString &profile);

    /// Whether what goes to the cases of an account that was chosen is to be asked about once more. The list says so,
    /// also of who came with the keys of an account of it. A list that can't be read says nothing of these.
    /// `number`: the twelve digits that its keys tell, as far as they do.
    bool asksBeforeSending(const ChosenAccount &account, const Endpoint &endpoint, const QString &number);
    /// Whether `number` could matter for that: keys are got to know it.
    bool anyAsksByNumber(const ChosenAccount &account);

    /// Keeps an account's `number` in the list, once it is known: from then on keys of another one are refused.
    void learnOwner(const ListedAccount &account, const Endpoint &endpoint, const QString &number);

    /// The environment or the profiles have keys for who names no account.
    bool hasUsualKeys() const;
    QStringList names() const;

private:
    const CommandLine m_line;
    std::unique_ptr<AccountList> m_list;
    bool m_isLoaded = false;
    std::unique_ptr<SecretStore> m_secrets;
    std::unique_ptr<TerminalPrompt> m_prompt;
};

/// Where the archive is by the arguments; an Error for what can't be one, as a FIFO, which would be waited for.
Result<QString> archivePath(const CommandLine &line);

} // namespace casement::cli
