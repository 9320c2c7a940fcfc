#pragma once

#include "archive/accountlist.h"
#include "archive/archivecare.h"
#include "support/permissioncheck.h"

#include <QByteArray>

#include <functional>

namespace casement::cli {

/// Where the keys of an account come from, for people: `keychain`, `profile prod`, `role of hub`.
QString keysText(const ListedAccount &account, const AccountList &list);

/// What a test of keys found of an operation.
QLatin1StringView permissionWord(Permission permission);

/// The list for people; cut to `columns` cells unless that is 0, but for names.
/// `endpoint`: where an account is asked when that is not where AWS has it, else empty.
QString accountTable(const AccountList &list, int columns,
                     const std::function<QString(const ListedAccount &account)> &endpoint);
/// An array of objects; what is not known is null. With `forTerminal` escaped as that needs it.
QByteArray accountJson(const AccountList &list);
/// RFC 4180, see caseCsv().
QByteArray accountCsv(const AccountList &list, bool forTerminal);

/// The same of what the archive has of accounts that are not in the list.
QString holdingsTable(const QList<AccountHoldings> &accounts, int columns);
QByteArray holdingsJson(const QList<AccountHoldings> &accounts, bool forTerminal);
QByteArray holdingsCsv(const QList<AccountHoldings> &accounts, bool forTerminal);

} // namespace casement::cli
