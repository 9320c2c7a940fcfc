#pragma once

#include "archive/archivecare.h"
#include "aws/calleridentity.h"
#include "cli/command.h"
#include "support/permissioncheck.h"

#include <QPointer>

namespace casement {
struct AwsConfig;
}

namespace casement::cli {

/// `accounts list|add|test|key|trust|remove`: the list of accounts, which the window has, too, and the keys in the
/// keychain.
class AccountsCommand final : public Command
{
    Q_OBJECT

public:
    AccountsCommand(const CommandLine &line, Output &output, QObject *parent = nullptr);
    ~AccountsCommand() override;

    void start() override;

protected:
    void stop() override;

private:
    QString endpointUrl(const ListedAccount &account, const AwsConfig &config);
    void list();
    void listUnlisted();
    void openArchive(const std::function<void()> &opened, const std::function<void(const Error &)> &notThere);
    void loadUnlisted(const std::function<void(const QList<AccountHoldings> &)> &done);
    bool isListed(const AccountRecord &record);
    void removeUnlisted();
    void forgetInWindow(AccountId account);
    void deleteArchived(AccountId account, Return others, const std::function<void()> &done);
    void deleteUnlisted(const AccountHoldings &account);

    void replaceKeys(const ListedAccount &account);
    void putKeys(const ListedAccount &own, const Credentials &keys);
    std::optional<Credentials> readKeys();

    void trust();
    void trustAt(const ChosenAccount &account, const Credentials &keys);

    void add();
    bool isGood(const ListedAccount &account);
    void warn(const ListedAccount &account);
    void warnOfTwin(const ListedAccount &account);
    void keep(const ListedAccount &account, const Credentials &keys);
    void enlist(const ListedAccount &account);
    void takeBack(const Error &why);

    void test(const ListedAccount &account);
    void tested(const Result<void> &result);

    void remove(const ListedAccount &account);
    std::optional<AccountsLine::Data> askAboutData(const QString &name, const QString &question);
    void deleteData(const ListedAccount &account);
    bool isOfAnother(const AccountRecord &record, const ListedAccount &account);
    bool isStillMeant(const ListedAccount &account);
    static QString keysStay(const QString &name);
    void forgetKeys(const ListedAccount &account);
    void strike(const ListedAccount &account, bool keepsKeys = false);
    QList<KeysLeft> keysLeft();
    void removeKeysLeft(QList<KeysLeft> left);

    const AccountsLine &wish() const { return line().accountsLine; }
    const ListedAccount *named();

    ListedAccount m_account; ///< that is tested
    QString m_written; ///< entry of the keychain that has no account in the list yet
    std::unique_ptr<HttpServiceConnection> m_connection;
    std::unique_ptr<Client> m_client;
    std::unique_ptr<CallerIdentity> m_identity;
    QPointer<PermissionCheckJob> m_check;
    std::unique_ptr<Archive> m_archive;
    std::unique_ptr<ArchiveCare> m_care;
    int m_status = succeeded; ///< of a removal
};

} // namespace casement::cli
