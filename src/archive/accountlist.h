#pragma once

#include "archive/accountkey.h"
#include "aws/httpserviceconnection.h"
#include "base/result.h"

#include <QList>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace casement {

class PersonPrompt;
class SecretStore;

/// An account that a person added: how it is called and where its keys come from. Never holds a secret.
struct ListedAccount
{
    enum class Source {
        Keychain, ///< keys that were entered; they are in the keychain under `id`
        Session, ///< keys that were entered for this run of the program only; never written into the file
        Profile, ///< `profile` of ~/.aws
        Environment, ///< AWS_ACCESS_KEY_ID and so on, of this run
        Role, ///< `roleArn`, assumed with the keys of the listed account `base`
        Newer, ///< a way that a newer version of Casement knows: shown, and neither asked nor changed by this one
    };

    QString id; ///< a UUID without braces; for ever
    QString name; ///< what people see; unique in the list, without regard to case
    int color = -1; ///< 0 to accountColorCount - 1; -1: by its place
    Source source = Source::Keychain;
    QString profile; ///< of Source::Profile
    QString base; ///< of Source::Role: `id` of the account whose keys assume it
    QString roleArn; ///< of Source::Role
    QString externalId; ///< of Source::Role; may be empty
    QString region; ///< empty: as configured, else us-east-1
    QString endpointUrl; ///< empty: the service's own
    QString accountNumber; ///< twelve digits; empty: not known yet
    QString plan; ///< ResponseTargets::plans(); empty: as the settings say
    QString archiveKey; ///< AccountIdentity::key, fixed when it was added
    int keysGiven = 0; ///< how often its keys in the keychain were replaced: whoever uses them gets them anew
    bool paused = false; ///< kept in the list, not asked
    bool asksBeforeSending = false; ///< what goes to its cases is asked about once more
    /// The service is asked about it, as far as nobody names it.
    bool isAsked() const { return !paused && source != Source::Newer; }
    friend bool operator==(const ListedAccount &, const ListedAccount &) = default;
};

/// Keys of an account that was removed while the keychain that has them was out of reach.
struct KeysLeft
{
    QString id; ///< their entry in the keychain
    QString name; ///< of the account
    friend bool operator==(const KeysLeft &, const KeysLeft &) = default;
};

/// The accounts that a person added, in their order, in one file `accounts.json` (readable by its owner only) beside
/// the settings: the window and casement-cli share it. It outlives the archive and holds no secret.
///
/// Every change is read-change-write under a lock file, so that two programs lose nothing of each other's; what another
/// program changed is noticed by watching (`changed`). A file that is damaged is never overwritten: load() is an Error
/// that names it, and changes are refused until it is mended or moved. What a newer version wrote into an entry is
/// kept; a whole entry that only it understands is Source::Newer, and stays as it stands.
class AccountList final : public QObject
{
    Q_OBJECT

public:
    /// `file` empty: defaultFile().
    explicit AccountList(const QString &file = {}, QObject *parent = nullptr);
    ~AccountList() override;

    /// `$XDG_CONFIG_HOME/casement/accounts.json`; with a folder of `--portable`, in there.
    static QString defaultFile(const QString &portable = {});
    QString fileName() const { return m_file; }

    /// Reads the file; none is an empty list.
    Result<void> load();
    const QList<ListedAccount> &accounts() const { return m_accounts; }
    const ListedAccount *find(const QString &id) const;
    const ListedAccount *findByName(const QString &name) const;

    /// Why it can't be added (a name that is empty, taken, longer than 100 characters or holds control characters; an
    /// endpoint, region or role that is none), as one sentence; empty when it can. Its own entry does not count as
    /// taken.
    QString whyNot(const ListedAccount &account) const;
    /// The same of many that would be added together; of several, the sentence names the one that it is about.
    QString whyNotAll(const QList<ListedAccount> &accounts);
    /// Puts all of them at the end, or none. An `id` that is empty is made; see also `archiveKey`.
    Result<QList<ListedAccount>> add(const QList<ListedAccount> &accounts);
    Result<void> update(const ListedAccount &account);
    /// Its keys and its archive are the caller's matter.
    Result<void> remove(const QString &id);
    /// To be taken out of the keychain once it is there again.
    const QList<KeysLeft> &keysLeft() const { return m_keysLeft; }
    Result<void> noteKeysLeft(const KeysLeft &keys);
    Result<void> forgetKeysLeft(const QString &id);
    /// In this order; ids that are missing follow.
    Result<void> reorder(const QStringList &ids);

Q_SIGNALS:
    /// By this program or by another one.
    void changed();

private:
    class Impl;
    friend Result<ProfileChoice> choiceOf(const ListedAccount &account, const AccountList &list, SecretStore &secrets,
                                          const std::optional<Credentials> &session, PersonPrompt *prompt);
    QString m_file;
    QList<ListedAccount> m_accounts;
    QList<KeysLeft> m_keysLeft;
    std::unique_ptr<Impl> m_impl;
};

/// Whether it can be the external ID of a role.
bool isExternalId(const QString &text);

/// How a listed account is reached: its keys are got from where it says when the first call needs them. `session`: keys
/// of the account of Source::Session that it is, or whose keys it uses. `prompt` may be null. Borrows all of them as
/// long as the connection lives. Roles with one base ask for its keys once together. Errors name the accounts: a base
/// that is not in the list, bases that lead back to the account, keys of a session that is over.
Result<ProfileChoice> choiceOf(const ListedAccount &account, const AccountList &list, SecretStore &secrets,
                               const std::optional<Credentials> &session = {}, PersonPrompt *prompt = nullptr);

/// Whose the keys of a listed account must be, for ProfileChoice::owner (choiceOf() sets it): its number, once it is
/// known, where its own archive is kept. At an endpoint of one run alone, and for roles, which name their account,
/// nothing is asked.
std::function<std::optional<KeyOwner>(const Endpoint &endpoint)> ownerOf(const ListedAccount &account);
/// Keys of account `told` were given to an account that is another one.
Error otherOwner(const ListedAccount &account, const QString &told);

/// The `archiveKey` of an account that is about to be added, so that who adds it again finds its archive. `endpoint`:
/// of its choiceOf(); `accessKeyId`: of keys that were entered.
QString newArchiveKey(const ListedAccount &account, const Endpoint &endpoint, const QString &accessKeyId = {});

/// What a listed account is for the archive: its `archiveKey` and its name. An endpoint that is another one than when
/// it was added counts, so that an emulator's cases never stand among an account's own.
AccountIdentity identityOf(const ListedAccount &account, const Endpoint &endpoint);

} // namespace casement
