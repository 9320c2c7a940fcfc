#include "app/accountkeeper.h"

#include "archive/accountkey.h"
#include "archive/accountname.h"
#include "archive/accountplace.h"
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

/// The key of the archive at which an account was, as the files said: in this run, else in the last one.
QString AccountKeeper::placeBefore(const ListedAccount &account) const
{
    if (const auto applied = m_applied.constFind(account.id); applied != m_applied.cend()) {
        const bool isSame = applied->account.endpointUrl.isEmpty() && applied->account.source == account.source
            && applied->account.profile == account.profile;
        return isSame ? applied->key : QString();
    }
    const bool isOfFiles = account.source == ListedAccount::Source::Profile && account.endpointUrl.isEmpty();
    return isOfFiles ? m_places.value(keyWithoutEndpoint(account.archiveKey)) : QString();
}

void AccountKeeper::learnPlaces(const QList<AccountRecord> &known)
{
    m_knowsPlaces = true;
    QSet<QString> keys;
    for (const AccountRecord &record : known) {
        keys.insert(record.key);
        if (record.isPlace)
            m_places.insert(keyWithoutEndpoint(record.key), record.key);
    }
    // What an earlier version knew: where it was added.
    for (const ListedAccount &account : m_list.accounts()) {
        const QString own = keyWithoutEndpoint(account.archiveKey);
        if (account.source == ListedAccount::Source::Profile && keys.contains(account.archiveKey) && !keys.contains(own)
            && !m_places.contains(own))
            m_places.insert(own, account.archiveKey);
    }
}

/// Keeps where profiles lead for the next run. That files lead elsewhere than before is meant mostly, and said.
void AccountKeeper::notePlaces(const QList<AccountSessions::Wanted> &asked)
{
    QStringList keys;
    for (const AccountSessions::Wanted &wanted : asked) {
        const ListedAccount *account = m_list.find(wanted.id);
        if (!account || account->source != ListedAccount::Source::Profile || !isPlaceOfFiles(wanted.choice)
            || wanted.key.isEmpty())
            continue;
        QString &before = m_places[keyWithoutEndpoint(wanted.key)];
        if (before == wanted.key)
            continue;
        if (!before.isEmpty() && isKeyOfEndpoint(wanted.key)) {
            const QString was = hostOfKey(before);
            Q_EMIT m_workspace.told(
                tr("“%1” is at %2 now, as ~/.aws says, and was at %3. The cases and drafts of each "
                   "place stay apart.")
                    .arg(displayText(account->name), hostOfKey(wanted.key), was.isEmpty() ? u"AWS"_s : was));
        }
        before = wanted.key;
        keys.append(wanted.key);
    }
    if (!keys.isEmpty())
        m_archive.notePlaces(keys);
}

/// Why an account is not gone on with: its endpoint stood in the files of ~/.aws, and now stands nowhere. They may be
/// half written, and its keys and what is typed for it must not go to AWS because of that. Kind::None: it is.
Error AccountKeeper::whyHeld(const ListedAccount &account, const ProfileChoice &choice)
{
    if (!isKeyOfEndpoint(placeBefore(account)) || !choice.endpointUrl.isEmpty())
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

/// The person opened the keychain: what failed for want of it is made good.
void AccountKeeper::catchUp()
{
    for (const KeysLeft &keys : m_list.keysLeft()) {
        m_secrets.remove(keys.id, this, [this, id = keys.id](const Result<void> &cleared) {
            if (cleared)
                (void)m_list.forgetKeysLeft(id);
        });
    }
    readAgain();
}

/// What could not be got from the keychain: it answers now, or says in other words why not.
void AccountKeeper::readAgain()
{
    QList<AccountId> failed;
    for (const ListedAccount &account : m_list.accounts()) {
        const AccountId id = archived(account.id);
        if (id != 0 && m_workspace.status(id).error.kind == Error::Kind::Keychain)
            failed.append(id);
    }
    m_sessions.refresh(failed);
}

} // namespace casement
