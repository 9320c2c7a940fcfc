#include "archive/caseowner.h"

#include "archive/accountlist.h"
#include "archive/settings.h"
#include "aws/localcode.h"
#include "base/duration.h"

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr auto beforeNumber = "case-"_L1;
constexpr qsizetype numberLength = 12;

// The service keeps a case for 24 months; a month less leaves room for clocks that are off.
constexpr qint64 surelyKept = 700 * duration::day;
constexpr int fewCases = 10;

/// Ids of cases that were opened from here: the service's answer told them, whether or not they were listed since.
#define CASEMENT_OPENED_HERE                                                                                           \
    "FROM outbox WHERE account = ? AND operation = 'CreateCase' AND state IN (4, 5) AND caseId <> ''"

/// Since when an account is held, and the keys that it is held for.
QString emptySetting(AccountId account) { return u"sync/%1/emptyLists"_s.arg(account); }

QString vouchedSetting(AccountId account, const QString &keys)
{
    return u"sync/%1/vouched/%2"_s.arg(account).arg(keys);
}

bool isVouchedFor(Database &database, AccountId account, const QString &keys)
{
    return !keys.isEmpty() && !readSetting(database, vouchedSetting(account, keys)).isEmpty();
}

QString ownerSetting(AccountId account) { return u"accountNumber/%1"_s.arg(account); }

QString firstNumber(Statement &read, AccountId account)
{
    static const QString wellFormed = beforeNumber + u"[0-9]"_s.repeated(numberLength) + u"-?*"_s;
    return read.run(account, wellFormed) && read.next() ? accountOfCaseId(read.text(0)) : QString();
}

/// Numbers in ids of cases that the account has: the lowest, the highest, those of `wanted`, and of what was opened
/// here.
QStringList storedNumbers(Database &database, AccountId account, const QStringList &wanted)
{
    QStringList numbers;
    {
        Statement lowest =
            database.prepare("SELECT caseId FROM cases WHERE account = ? AND caseId GLOB ? ORDER BY caseId LIMIT 1");
        numbers.append(firstNumber(lowest, account));
    }
    {
        Statement highest = database.prepare(
            "SELECT caseId FROM cases WHERE account = ? AND caseId GLOB ? ORDER BY caseId DESC LIMIT 1");
        numbers.append(firstNumber(highest, account));
    }
    for (const QString &number : wanted) {
        Statement find =
            database.prepare("SELECT 1 FROM cases WHERE account = ? AND caseId >= ? AND caseId < ? LIMIT 1");
        const QString begin = beforeNumber + number;
        if (find.run(account, QString(begin + u'-'), QString(begin + u'.')) && find.next()) // '.' follows '-'
            numbers.append(number);
    }
    {
        Statement opened = database.prepare("SELECT caseId " CASEMENT_OPENED_HERE);
        opened.run(account);
        while (opened.next())
            numbers.append(accountOfCaseId(opened.text(0)));
    }
    numbers.removeDuplicates();
    numbers.removeAll(QString());
    return numbers;
}

/// The sentence says what happened and what to do.
Error told(const QString &sentence)
{
    return {.kind = Error::Kind::NoCredentials, .code = localcode::told, .message = sentence};
}

Error held(const QString &sentence)
{
    return {.kind = Error::Kind::NoCredentials, .code = localcode::held, .message = sentence};
}

} // namespace

QString accountOfCaseId(QStringView caseId)
{
    if (!caseId.startsWith(beforeNumber) || caseId.size() < beforeNumber.size() + numberLength + 2
        || caseId.at(beforeNumber.size() + numberLength) != u'-')
        return {};
    const QStringView number = caseId.sliced(beforeNumber.size(), numberLength);
    return isAccountNumber(number) ? number.toString() : QString();
}

void PageOwner::add(QStringView caseId)
{
    if (const QString number = accountOfCaseId(caseId); !number.isEmpty() && !ofIds.contains(number))
        ofIds.append(number);
}

Error foreignCases(const AccountRecord &account, const QString &told, const QString &known)
{
    const bool ofProfile = account.key.section(u'/', -1).startsWith("profile:"_L1);
    const QString sentence = ofProfile
        ? AccountList::tr("The cases that came for \"%2\" are those of account %1, and \"%2\" is account %3. None of "
                          "them was kept. Put its profile right, or add account %1 by a profile of another name.")
        : AccountList::tr("The cases that came for \"%2\" are those of account %1, and \"%2\" is account %3. None of "
                          "them was kept. Put keys of account %3 back, or add account %1 to the list as an account of "
                          "its own.");
    return casement::told(sentence.arg(told, account.name, known));
}

Error foreignKeys(const AccountRecord &account, const QString &told)
{
    ListedAccount own;
    own.name = account.name;
    own.accountNumber = account.number;
    if (account.key.section(u'/', -1).startsWith("profile:"_L1))
        own.source = ListedAccount::Source::Profile;
    return otherOwner(own, told);
}

QString openedElsewhere(const AccountRecord &account, QStringView caseId)
{
    const QString told = accountOfCaseId(caseId);
    if (told.isEmpty() || account.number.isEmpty() || told == account.number)
        return {};
    const QString sentence = AccountList::tr(
        "The case was opened in account %1, and \"%2\" is account %3: the keys of \"%2\" are another "
        "account's. Nothing more is sent with them. Resolve the case there if it should not stand there, "
        "and put keys of account %3 back.");
    return sentence.arg(told, account.name, account.number);
}

Error lostEndpoint(const QString &name)
{
    const QString sentence = AccountList::tr(
        "The files of ~/.aws named an endpoint for \"%1\" and name it no more. Nothing was asked or sent "
        "with its keys. Put endpoint_url back there, or, if the account is somewhere else now, edit it "
        "in Settings > Accounts and save it.");
    return held(sentence.arg(name));
}

Error emptyLists(const QString &name)
{
    const QString sentence = AccountList::tr(
        "Not one case came for \"%1\", whose cases are known here: its keys may be those of another account. Nothing "
        "was changed here or sent with them. Put its own keys back, or, if it really has no cases any more, edit it in "
        "Settings > Accounts and save it.");
    return held(sentence.arg(name));
}

Error unprovenKeys(const QString &name, bool isDenied)
{
    const QString sentence = isDenied
        ? AccountList::tr(
            "Nothing tells that the keys of \"%1\" are its own: they may not call support:DescribeCases, so that the "
            "cases that are known here can't be compared. Nothing was asked or sent with them. Allow them that, put "
            "its own keys back, or, if these are its own, edit it in Settings > Accounts and save it.")
        : AccountList::tr(
            "Nothing tells that the keys of \"%1\" are its own: the service shows them none of its cases that are "
            "known here. Nothing was asked or sent with them. Put its own keys back, or, if these are its own, edit it "
            "in Settings > Accounts and save it.");
    return held(sentence.arg(name));
}

DescribeCases::Request casesThatTell()
{
    DescribeCases::Request request;
    request.includeResolvedCases = true;
    request.includeCommunications = false;
    request.maxResults = fewCases;
    return request;
}

Result<QString> ownerAfter(const AccountRecord &account, const QStringList &there, const PageOwner &page)
{
    if (!page.ofKeys.isEmpty()) {
        if (!account.number.isEmpty() && account.number != page.ofKeys)
            return foreignCases(account, page.ofKeys, account.number);
        return page.ofKeys;
    }
    if (page.ofIds.isEmpty())
        return account.number;
    QString known = account.number;
    if (known.isEmpty() && there.size() == 1)
        known = there.first();
    if (known.isEmpty())
        return there.isEmpty() && page.ofIds.size() == 1 ? page.ofIds.first() : QString();
    // A page that has cases of this account, too, is what its keys may see, as those of an organization's.
    const bool isOwn = page.ofIds.contains(known)
        || std::ranges::any_of(page.ofIds, [&there](const QString &number) { return there.contains(number); });
    return isOwn ? Result<QString>(known) : foreignCases(account, page.ofIds.first(), known);
}

QString readOwner(Database &database, AccountId account) { return readSetting(database, ownerSetting(account)); }

Result<QString> ownerAfter(Database &database, AccountId account, const QString &listed, const PageOwner &page)
{
    AccountRecord record{.id = account, .number = readOwner(database, account)};
    if (record.number.isEmpty())
        record.number = listed;
    QStringList there;
    if (page.ofKeys.isEmpty() && !page.ofIds.isEmpty() && !page.ofIds.contains(record.number))
        there = storedNumbers(database, account, page.ofIds);
    {
        Statement read = database.prepare("SELECT key, name FROM accounts WHERE id = ?");
        if (read.run(account) && read.next()) {
            record.key = read.text(0);
            record.name = read.text(1);
        }
    }
    return ownerAfter(record, there, page);
}

void writeOwner(Database &database, AccountId account, const QString &number)
{
    if (number.isEmpty() || readOwner(database, account) == number)
        return;
    database
        .prepare("INSERT INTO settings (name, value) SELECT ?, ? FROM accounts WHERE id = ? "
                 "ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .run(ownerSetting(account), number, account);
}

void forgetOwner(Database &database, AccountId account)
{
    database.prepare("DELETE FROM settings WHERE name = ?").run(ownerSetting(account));
}

KnownCases knownCases(Database &database, AccountId account, const QString &caseId)
{
    KnownCases known{.number = readOwner(database, account), .newest = {}};
    if (!caseId.isEmpty()) {
        Statement find = database.prepare("SELECT 1 FROM cases WHERE account = ? AND caseId = ? UNION ALL SELECT "
                                          "1 " CASEMENT_OPENED_HERE " AND caseId = ? LIMIT 1");
        known.hasCase = find.run(account, caseId, account, caseId) && find.next();
    }
    Statement newest =
        database.prepare("SELECT caseId, created FROM cases WHERE account = ? AND gone = 0 UNION ALL SELECT caseId, "
                         "sent " CASEMENT_OPENED_HERE " ORDER BY 2 DESC, 1 LIMIT 1");
    if (newest.run(account, account) && newest.next())
        known.newest = newest.text(0);
    return known;
}

Result<void> mayBeEmpty(Database &database, AccountId account, const QString &keys, qint64 now)
{
    bool isKept = false;
    {
        Statement read =
            database.prepare("SELECT 1 FROM cases WHERE account = ? AND gone = 0 AND created > ? UNION ALL SELECT "
                             "1 " CASEMENT_OPENED_HERE " AND sent > ? LIMIT 1");
        isKept = read.run(account, now - surelyKept, account, now - surelyKept) && read.next();
    }
    if (const Result<void> done = database.takeError(); !done)
        return done;
    if (!isKept || isVouchedFor(database, account, keys))
        return {};
    const qint64 since = heldSince(database, account);
    writeSetting(database, emptySetting(account), QString::number(since ? since : now) + u' ' + keys);
    QString name;
    {
        Statement read = database.prepare("SELECT name FROM accounts WHERE id = ?");
        if (read.run(account) && read.next())
            name = read.text(0);
    }
    (void)database.takeError(); // what could not be noted changes nothing about it
    return emptyLists(name);
}

qint64 heldSince(Database &database, AccountId account)
{
    return readSetting(database, emptySetting(account)).section(u' ', 0, 0).toLongLong();
}

void vouchForKeys(Database &database, AccountId account, const QString &keys)
{
    if (keys.isEmpty() || isVouchedFor(database, account, keys))
        return;
    database
        .prepare("INSERT INTO settings (name, value) SELECT ?, '1' FROM accounts WHERE id = ? ON CONFLICT (name) DO "
                 "NOTHING")
        .run(vouchedSetting(account, keys), account);
    if (readSetting(database, emptySetting(account)).section(u' ', 1) == keys)
        forgetEmptyLists(database, account);
}

void vouchForHeldKeys(Database &database, AccountId account)
{
    vouchForKeys(database, account, readSetting(database, emptySetting(account)).section(u' ', 1));
}

void caseWasOpened(Database &database, AccountId account, const QString &listed, const QString &caseId,
                   const QString &keys)
{
    PageOwner owner;
    owner.add(caseId);
    const Result<QString> number = ownerAfter(database, account, listed, owner);
    if (!number) { // whoever said that these keys are the account's was wrong
        database.prepare("DELETE FROM settings WHERE name = ?").run(vouchedSetting(account, keys));
        return;
    }
    writeOwner(database, account, *number);
    vouchForKeys(database, account, keys);
}

void forgetEmptyLists(Database &database, AccountId account)
{
    database.prepare("DELETE FROM settings WHERE name = ?").run(emptySetting(account));
}

} // namespace casement
