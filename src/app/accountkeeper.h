#pragma once

#include "app/accountsessions.h"
#include "archive/accountlist.h"
#include "aws/configfile.h"
#include "aws/secretstore.h"
#include "ui/accountdesk.h"

#include <QHash>
#include <QSet>

#include <memory>
#include <optional>
#include <vector>

namespace casement {

class PersonPrompt;

/// Keeps the accounts of the list: joins the list's file, the keychain, the sessions and the archive for the window.
///
/// What changes in the list, here or by another program, is followed while the program runs: accounts come, go, are
/// renamed and recoloured, and the others are left alone.
class AccountKeeper final : public AccountDesk
{
    Q_OBJECT

public:
    /// All are borrowed and outlive the keeper; list and keychain outlive the sessions, too.
    AccountKeeper(Archive &archive, Workspace &workspace, AccountSessions &sessions, AccountList &list,
                  SecretStore &secrets, QObject *parent = nullptr);
    ~AccountKeeper() override;

    /// Asks people for what keys need; borrowed.
    void setPrompt(PersonPrompt *prompt) { m_prompt = prompt; }
    /// For this run: where accounts without an endpoint of their own are.
    void setEndpointUrl(const QString &url) { m_endpointUrl = url; }
    /// The region of accounts that name none, before that of their profile.
    void setRegion(const QString &region) { m_region = region; }

    /// How an account of the list is reached.
    Result<ProfileChoice> choiceFor(const QString &id);
    /// What could not be done with the list, in the window's banners.
    void tell(const Error &error) { Q_EMIT m_workspace.failed(error, QString()); }
    /// The files of ~/.aws changed: accounts whose region or endpoint stands there are reached where they are now.
    void rereadPlaces();
    /// Reads the list; listError() says when it can't be.
    void load();
    /// Opens the accounts of the list, and follows it from now on; off: they are left to whoever leaves all.
    void setShown(bool on);
    /// Entries for profiles that an earlier version remembered.
    Result<void> takeOver(const QStringList &profiles);
    /// Waits until the keychain has what it is to keep, for SecretStore::patience at most: before the program ends.
    void settle();

    bool isShown() const override { return m_isShown; }
    const QList<ListedAccount> &accounts() const override { return m_list.accounts(); }
    Error listError() const override { return m_listError; }
    QString whyNot(const ListedAccount &account) const override { return m_list.whyNot(account); }
    AccountId archived(const QString &id) const override { return m_sessions.accountOf(id); }
    AccountStatus status(const QString &id) const override { return m_workspace.status(archived(id)); }
    int colorOf(const QString &id) const override;
    bool hasSessionKeys(const QString &id) const override { return m_sessionKeys.contains(id); }
    Result<void> add(const QList<ListedAccount> &accounts) override;
    void addKeys(const ListedAccount &account, const Credentials &keys, Keep keep, QObject *context,
                 Done done) override;
    void update(const ListedAccount &account, const std::optional<Credentials> &keys, Keep keep, QObject *context,
                Done done) override;
    void remove(const QString &id, bool deleteData, QObject *context, Done done) override;
    Result<void> reorder(const QStringList &ids) override { return m_list.reorder(ids); }
    void test(const ListedAccount &account, const std::optional<Credentials> &keys, QObject *context,
              std::function<void(const Result<PermissionReport> &)> done) override;
    Holdings holdings(const QString &id) const override;
    void loadUnlisted(QObject *context, std::function<void(const Result<QList<Unlisted>> &)> done) override;
    void deleteUnlisted(AccountId account, QObject *context, Done done) override;

private:
    struct Test;

    /// What decides how an account is reached; another text means to go there anew.
    QString reachOf(const ListedAccount &account) const;
    ListedAccount withNumber(ListedAccount account) const;
    Result<ProfileChoice> choose(const ListedAccount &account) const;
    QString placeBefore(const ListedAccount &account) const;
    void learnPlaces(const QList<AccountRecord> &known);
    void notePlaces(const QList<AccountSessions::Wanted> &asked);
    Error whyHeld(const ListedAccount &account, const ProfileChoice &choice);
    void adoptPlace(const ListedAccount &account);
    AccountSessions::Wanted wantedOf(const ListedAccount &account);
    Result<Endpoint> endpointOf(const ProfileChoice &choice);
    void sync();
    void showLooks();
    AccountId shownAs(const ListedAccount &account);
    void learnNumber(AccountId account);
    void nameOthers();
    void catchUp();
    void readAgain();
    QSet<QString> listedKeys();
    ListedAccount readded(const AccountRecord &record);
    Result<ListedAccount> prepared(ListedAccount account, const Credentials &keys);
    void deleteArchived(const ListedAccount &account, QList<AccountId> wanted, QObject *context, const Done &done,
                        const Result<void> &soFar);
    void finishRemoval(const ListedAccount &account, QObject *context, const Done &done, const Result<void> &soFar);

    Archive &m_archive;
    ArchiveCare m_care;
    Workspace &m_workspace;
    AccountSessions &m_sessions;
    AccountList &m_list;
    SecretStore &m_secrets;
    PersonPrompt *m_prompt = nullptr;
    QString m_endpointUrl;
    QString m_region;
    Error m_listError;
    QHash<QString, Credentials> m_sessionKeys; // entered for this run
    QHash<QString, int> m_newKeys; // how often keys were replaced in this run
    struct Applied
    {
        ListedAccount account;
        QString reach;
        QString key; // of the archive, at the endpoint of this run
        QString place;
    };
    QHash<QString, Applied> m_applied; // what the sessions were told
    QHash<QString, QString> m_places; // where profiles led last, by their key of the archive without a place
    bool m_knowsPlaces = false;
    QSet<QString> m_removing;
    std::optional<AwsConfig> m_config; // while many accounts are looked at
    QHash<QString, Result<Endpoint>> m_endpoints;
    std::vector<std::unique_ptr<Test>> m_tests;
    bool m_isShown = false;
};

} // namespace casement
