#pragma once

#include "archive/database.h"
#include "archive/records.h"
#include "support/cases.h"

#include <QStringList>

/// Whose cases are put into an account of the archive: those of two accounts of AWS never mix there. Where nobody can
/// say whose keys are (see OwnedKeys), the ids of the cases that come do.
namespace casement {

/// The twelve digits in a caseId of the documented form `case-DIGITS-MORE`; empty for any other.
QString accountOfCaseId(QStringView caseId);

/// What a page of cases tells of its account.
struct PageOwner
{
    QString ofKeys; ///< of the keys that it was asked for with; empty: nobody knows
    QStringList ofIds; ///< in the ids of its cases, each once

    void add(QStringView caseId);
};

/// Cases of the account `told` came for an account that is another one: `known`. None of them is kept.
Error foreignCases(const AccountRecord &account, const QString &told, const QString &known);

/// Keys of account `told` were given to an account that is another one: otherOwner() of an account of the archive.
Error foreignKeys(const AccountRecord &account, const QString &told);

/// The case was opened in another account of AWS than the one that it was for, as its id tells: it is to be said at
/// once. Empty where it was not, and where nobody knows.
QString openedElsewhere(const AccountRecord &account, QStringView caseId);

/// The endpoint that an account's archive key is of is not where the account would be asked: nothing is, then.
Error lostEndpoint(const QString &name);

/// No case came for an account of which the archive has cases that the service still keeps: the keys may be another
/// account's, one without any case.
Error emptyLists(const QString &name);

/// The same of keys to which the service shows none of those cases: before anything is sent with them. `isDenied`: it
/// says that they may not read any.
Error unprovenKeys(const QString &name, bool isDenied);

/// Asks for what tells whose keys are: a few cases, resolved ones too.
DescribeCases::Request casesThatTell();

/// The number of an account once a page of cases came: what was known, else what the page tells; empty as long as
/// nobody knows, as where ids of several accounts came at first. An Error: the page is another account's. `there`:
/// numbers in ids of cases that the account has already.
Result<QString> ownerAfter(const AccountRecord &account, const QStringList &there, const PageOwner &page);

/// The number that the archive knows; may be empty. This and what follows is for the archive's thread.
QString readOwner(Database &database, AccountId account);
/// ownerAfter() with what the archive has; `listed`: the number as the list of accounts has it.
Result<QString> ownerAfter(Database &database, AccountId account, const QString &listed, const PageOwner &page);
/// Unless the account is not there any more. Inside a transaction.
void writeOwner(Database &database, AccountId account, const QString &number);
void forgetOwner(Database &database, AccountId account);

/// What the archive has to ask the service by, whose answer then tells whose keys are.
struct KnownCases
{
    QString number; ///< readOwner()
    bool hasCase = false; ///< the one that was asked about
    QString newest; ///< case, by its id; empty: none
};
/// Cases that the service listed, and those that were opened from here and are not listed yet.
KnownCases knownCases(Database &database, AccountId account, const QString &caseId);

/// Whether the account may have no case at all, as the answer to casesThatTell() said, where nobody can say whose keys
/// it was asked for with. `keys`: their keyIdDigest(). An Error, emptyLists(): it has cases too new for the service to
/// have dropped them, and nobody vouched for these keys. It is held from now on.
Result<void> mayBeEmpty(Database &database, AccountId account, const QString &keys, qint64 now);
/// Since when, in ms since 1970 UTC; 0: it is not held because of that.
qint64 heldSince(Database &database, AccountId account);
/// A person says that these keys are the account's. It holds for them, for good, and for no others.
void vouchForKeys(Database &database, AccountId account, const QString &keys);
/// The same of the keys that the account is held for, if it is: the person was told.
void vouchForHeldKeys(Database &database, AccountId account);
/// The service answered keys of which nobody can say whose they are that it opened a case with them: `caseId` is the
/// account's, and so are the keys. Where the id tells that it is another account's, nobody vouches for them any more.
void caseWasOpened(Database &database, AccountId account, const QString &listed, const QString &caseId,
                   const QString &keys);
/// A case came.
void forgetEmptyLists(Database &database, AccountId account);

} // namespace casement
