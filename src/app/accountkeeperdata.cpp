#include "app/accountkeeper.h"

#include "archive/accountkey.h"
#include "archive/accountname.h"
#include "archive/caseowner.h"
#include "aws/configfile.h"
#include "models/displaytext.h"
#include "ui/profilesdialog.h"

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

void AccountKeeper::rereadPlaces()
{
    m_config.reset();
    m_endpoints.clear();
    if (!readConfig(ConfigPaths::of(QProcessEnvironment::systemEnvironment())))
        return; // being written, perhaps: what is wrong is told when keys are asked for
    for (auto one = m_applied.begin(); one != m_applied.end(); ++one) {
        const ListedAccount *account = m_list.find(one.key());
        if (account && wantedOf(*account).place != one->place)
            one->reach.clear();
    }
    sync();
}

/// Why an account is not gone on with: its endpoint stood in the files of ~/.aws, and now stands nowhere. They may be
/// half written, and its keys and what is typed for it must not go to AWS because of that. Kind::None: it is.
Error AccountKeeper::whyHeld(const ListedAccount &account, const ProfileChoice &choice)
{
    const auto applied = m_applied.constFind(account.id);
    const bool stoodInFiles = applied != m_applied.cend() && isKeyOfEndpoint(applied->key)
        && applied->account.endpointUrl.isEmpty() && applied->account.source == account.source
        && applied->account.profile == account.profile;
    if (!stoodInFiles || !choice.endpointUrl.isEmpty())
        return {};
    const Result<Endpoint> endpoint = endpointOf(choice);
    if (endpoint && isKeyOfEndpoint(identityOf(account, *endpoint).key))
        return {};
    return lostEndpoint(account.name);
}

/// The person saved an account as it is, or with other keys: where it is now is where it is meant to be, and whose keys
/// it has. To pause it, or to give it another name or colour, says nothing of that.
void AccountKeeper::adoptPlace(const ListedAccount &account)
{
    const ListedAccount *known = m_list.find(account.id);
    const auto applied = m_applied.find(account.id);
    if (!known || applied == m_applied.end())
        return;
    ListedAccount looks = *known;
    looks.name = account.name;
    looks.color = account.color;
    looks.plan = account.plan;
    looks.paused = account.paused;
    looks.asksBeforeSending = account.asksBeforeSending;
    if (looks == account && account != *known)
        return;
    if (const AccountId inArchive = archived(account.id); inArchive != 0) {
        m_archive.vouchForHeldKeys(inArchive); // where that was said, here or by casement-cli
        if (m_workspace.status(inArchive).error.kind == Error::Kind::NoCredentials)
            m_sessions.refreshAfterChange(inArchive);
    }
    const Result<ProfileChoice> choice = choose(*known);
    if (!choice || whyHeld(*known, *choice).kind == Error::Kind::None)
        return;
    applied->key.clear();
    applied->reach.clear();
}

/// Keys say whose they are, or OwnedKeys asked it.
void AccountKeeper::learnNumber(AccountId account)
{
    if (!m_isShown)
        return showLooks(); // its number may tell which account of the list it is
    const QString number = m_sessions.numberOf(account);
    if (number.isEmpty())
        return;
    for (const ListedAccount &listed : m_list.accounts()) {
        if (archived(listed.id) != account || !listed.accountNumber.isEmpty()
            || m_applied.value(listed.id).key != listed.archiveKey) // an endpoint of this run tells of another one
            continue;
        ListedAccount known = listed;
        known.accountNumber = number;
        (void)m_list.update(known); // it is only shown; the next refresh finds it again
        return;
    }
}

/// With what the archive knows of one that was added again, or whose cases told it.
ListedAccount AccountKeeper::withNumber(ListedAccount account) const
{
    if (knownNumber(account).isEmpty() && !account.archiveKey.isEmpty()) {
        for (const AccountRecord &record : m_workspace.accountRecords()) {
            if (record.key == account.archiveKey)
                account.accountNumber = record.number;
        }
    }
    return account;
}

AccountDesk::Holdings AccountKeeper::holdings(const QString &id) const
{
    Holdings holdings;
    const AccountId account = archived(id);
    if (account == 0)
        return holdings;
    m_workspace.cases().forEach([&](const CaseRecord &record) { holdings.cases += record.account == account; });
    for (const OutboxEntry &entry : m_workspace.outbox().entries())
        holdings.drafts += entry.account == account;
    return holdings;
}

/// What the archive calls the accounts of the list, in this run and in others.
QSet<QString> AccountKeeper::listedKeys()
{
    QSet<QString> keys;
    for (const ListedAccount &account : m_list.accounts()) {
        keys.insert(account.archiveKey);
        const auto applied = m_applied.constFind(account.id);
        keys.insert(applied == m_applied.cend() ? wantedOf(account).key : applied->key);
    }
    return keys;
}

/// Accounts of the archive that the window does not show, by what they were called: drafts may be left of them.
void AccountKeeper::nameOthers()
{
    m_archive.loadAccounts(this, [this](const Result<QList<AccountRecord>> &all) {
        if (!all)
            return;
        const QSet<QString> listed = listedKeys();
        QHash<AccountId, OtherAccount> others;
        for (const AccountRecord &record : *all) {
            if (!m_workspace.hasAccount(record.id))
                others.insert(record.id, {record.name, listed.contains(record.key)});
        }
        m_workspace.accounts().setOthers(others);
    });
}

ListedAccount AccountKeeper::readded(const AccountRecord &record)
{
    constexpr auto ofProfile = "profile:"_L1;
    ListedAccount account;
    const qsizetype profile = record.key.indexOf(ofProfile);
    const QString number = record.key.section(u':', -1);
    if (profile == 0 || (profile > 0 && record.key.at(profile - 1) == u'/')) {
        account = ProfilesDialog::accountsOf({record.key.sliced(profile + ofProfile.size())}, accounts()).first();
        ProfileChoice choice;
        choice.profile = account.profile;
        const Result<Endpoint> endpoint = endpointOf(choice);
        // Its profile is there, and leads to where it led.
        if (!endpoint || !m_config->profile(account.profile) || newArchiveKey(account, *endpoint) != record.key)
            return {};
        account.archiveKey = record.key;
        account.accountNumber = record.number;
    } else if (record.key == "account:"_L1 + number || record.key == "environment:"_L1 + number) {
        const bool isNumber = number.size() == 12
            && std::all_of(number.cbegin(), number.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
        if (!isNumber) // a digest of a key: nobody could tell that other keys are of the same account
            return {};
        account.name = record.name;
        account.accountNumber = number;
        account.archiveKey = record.key;
        for (int again = 2; !whyNot(account).isEmpty() && again < 100; ++again)
            account.name = u"%1 %2"_s.arg(record.name).arg(again);
    }
    return account;
}

void AccountKeeper::loadUnlisted(QObject *context, std::function<void(const Result<QList<Unlisted>> &)> done)
{
    m_care.askHoldings(context, [this, done](const Result<QList<AccountHoldings>> &all) {
        if (!all)
            return done(all.error());
        QList<Unlisted> unlisted;
        const QSet<QString> listed = listedKeys();
        const QList<AccountRecord> &open = m_workspace.accountRecords();
        for (const AccountHoldings &holds : *all) {
            if (listed.contains(holds.account.key) || holds.account.key.startsWith("demo:"_L1))
                continue;
            const bool isOpen = std::any_of(open.begin(), open.end(),
                                            [&holds](const AccountRecord &one) { return one.id == holds.account.id; });
            unlisted.append({.holds = holds, .isOpen = isOpen, .again = readded(holds.account)});
        }
        done(unlisted);
    });
}

void AccountKeeper::deleteUnlisted(AccountId account, QObject *context, Done done)
{
    m_archive.deleteAccount(account, context, std::move(done));
}

} // namespace casement
