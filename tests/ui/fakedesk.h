#pragma once

#include "support/operations.h"
#include "ui/accountdesk.h"

#include <QPointer>
#include <QTemporaryDir>

#include <algorithm>
#include <map>

namespace casement::test {

/// What a test of an account says whose keys may not do what is `denied`.
inline PermissionReport reportOf(const QStringList &denied)
{
    PermissionReport report;
    report.accountNumber = QStringLiteral("111122223333");
    report.arn = QStringLiteral("arn:aws:iam::111122223333:user/hana");
    for (const OperationInfo &operation : operations()) {
        const QString name = QString::fromLatin1(operation.name);
        const bool isDenied = denied.contains(name);
        Error why;
        if (isDenied)
            why = {.kind = Error::Kind::Refused,
                   .code = QStringLiteral("AccessDeniedException"),
                   .message = QStringLiteral("no")};
        report.operations.append({name, isDenied ? Permission::Denied : Permission::Allowed, why});
    }
    return report;
}

/// Keeps accounts in a real list, and answers for keychain and service as a test says.
class FakeDesk final : public AccountDesk
{
public:
    FakeDesk() : m_list(m_folder.filePath(QStringLiteral("accounts.json")))
    {
        QObject::connect(&m_list, &AccountList::changed, this, &AccountDesk::changed);
    }

    AccountList &list() { return m_list; }
    /// Entries of profiles, named `NAME 1` and so on.
    void fill(int count, const QString &name = QStringLiteral("account"))
    {
        QList<ListedAccount> accounts;
        for (int i = 1; i <= count; ++i) {
            ListedAccount account;
            account.name = QStringLiteral("%1 %2").arg(name).arg(i);
            account.source = ListedAccount::Source::Profile;
            account.profile = QStringLiteral("p%1").arg(i);
            account.archiveKey = QStringLiteral("profile:p%1").arg(i);
            account.accountNumber = QStringLiteral("1111%1").arg(i, 8, 10, QLatin1Char('0'));
            accounts.append(account);
        }
        if (!m_list.add(accounts))
            qFatal("The accounts could not be added");
    }

    bool isShown() const override { return shows; }
    const QList<ListedAccount> &accounts() const override { return m_list.accounts(); }
    Error listError() const override { return listProblem; }
    QString whyNot(const ListedAccount &account) const override { return m_list.whyNot(account); }
    AccountId archived(const QString &id) const override { return m_list.find(id) ? 1 : 0; }
    AccountStatus status(const QString &id) const override
    {
        const auto known = statuses.find(id);
        return known == statuses.end() ? AccountStatus() : known->second;
    }
    int colorOf(const QString &id) const override
    {
        const ListedAccount *account = m_list.find(id);
        return account ? qMax(0, account->color) : 0;
    }
    bool hasSessionKeys(const QString &) const override { return sessionKeys; }
    Result<void> add(const QList<ListedAccount> &accounts) override
    {
        const Result<QList<ListedAccount>> added = m_list.add(accounts);
        return added ? Result<void>() : added.error();
    }
    void addKeys(const ListedAccount &account, const Credentials &keys, Keep keep, QObject *context, Done done) override
    {
        given = keys;
        lastKeep = keep;
        ListedAccount wanted = account;
        if (keep == Keep::Session)
            wanted.source = ListedAccount::Source::Session;
        Result<void> result;
        if (keep == Keep::Keychain && keychain.kind != Error::Kind::None)
            result = keychain;
        else
            result = add({wanted});
        answer(context, std::move(done), result);
    }
    void update(const ListedAccount &account, const std::optional<Credentials> &keys, Keep keep, QObject *context,
                Done done) override
    {
        given = keys;
        lastKeep = keep;
        answer(context, std::move(done), m_list.update(account));
    }
    void remove(const QString &id, bool deleteData, QObject *context, Done done) override
    {
        deleted = deleteData;
        answer(context, std::move(done), m_list.remove(id));
    }
    Result<void> reorder(const QStringList &ids) override { return m_list.reorder(ids); }
    void test(const ListedAccount &account, const std::optional<Credentials> &keys, QObject *context,
              std::function<void(const Result<PermissionReport> &)> done) override
    {
        given = keys;
        const auto own = reports.find(account.name);
        tests.append(context);
        if (!isSilent && !silent.contains(account.name))
            QMetaObject::invokeMethod(
                context,
                [done = std::move(done), result = own == reports.end() ? numbered(report) : own->second] {
                    done(result);
                },
                Qt::QueuedConnection);
    }
    Result<PermissionReport> numbered(Result<PermissionReport> one) const
    {
        if (one && isOneEach && tests.size() > 1)
            one->accountNumber = QStringLiteral("2222%1").arg(tests.size(), 8, 10, QLatin1Char('0'));
        return one;
    }
    /// That somebody still waits for.
    qsizetype testsRunning() const
    {
        return std::count_if(tests.begin(), tests.end(), [](const QPointer<QObject> &one) { return !one.isNull(); });
    }
    Holdings holdings(const QString &) const override { return held; }
    bool shows = true;
    bool sessionKeys = true; ///< were entered, of any account
    void loadUnlisted(QObject *context, std::function<void(const Result<QList<Unlisted>> &)> done) override
    {
        QMetaObject::invokeMethod(
            context, [done = std::move(done), result = unlisted] { done(result); }, Qt::QueuedConnection);
    }
    void deleteUnlisted(AccountId account, QObject *context, Done done) override
    {
        unlisted.removeIf([account](const Unlisted &one) { return one.holds.account.id == account; });
        Q_EMIT changed();
        answer(context, std::move(done), {});
    }

    Error keychain; ///< of the next write; Kind::None: it works
    Error listProblem;
    Result<PermissionReport> report = reportOf({});
    bool isOneEach = false; ///< each test but the first tells an account number of its own
    std::map<QString, Result<PermissionReport>> reports; ///< of accounts by name, where not `report`
    bool isSilent = false; ///< tests never end
    QStringList silent; ///< nor those of these accounts
    QList<QPointer<QObject>> tests;
    Holdings held;
    QList<Unlisted> unlisted;
    std::map<QString, AccountStatus> statuses;
    std::optional<Credentials> given; ///< the keys that were handed over last
    std::optional<Keep> lastKeep;
    std::optional<bool> deleted;

private:
    static void answer(QObject *context, Done done, const Result<void> &result)
    {
        QMetaObject::invokeMethod(
            context, [done = std::move(done), result] { done(result); }, Qt::QueuedConnection);
    }

    QTemporaryDir m_folder;
    AccountList m_list;
};

} // namespace casement::test
