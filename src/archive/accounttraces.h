#pragma once

#include "archive/records.h"

#include <QLatin1StringView>
#include <QString>

#include <functional>

/// What the window's settings remember of cases: ids alone, and with the data of an account they go, too. Here, since
/// casement-cli deletes such data as well.
namespace casement::accounttraces {

inline constexpr QLatin1StringView recentCases("cases/recent"); ///< lines of an account's number and a case's id
inline constexpr QLatin1StringView lastCases("cases/lastCases"); ///< JSON: [[view, account, case], ...]
inline constexpr QLatin1StringView selectedAccount("cases/selectedAccount");
inline constexpr QLatin1StringView selectedCase("cases/selectedCase");

using Read = std::function<QString(QLatin1StringView key)>;
using Write = std::function<void(QLatin1StringView key, const QString &value)>;
/// Writes what is left of those that name the account.
void forget(AccountId account, const Read &read, const Write &write);

/// `casement.ini` in that folder, or in the user's configuration folder.
QString settingsFile(const QString &portable);
/// The same in a file of settings; one that is not there is not made.
void forget(AccountId account, const QString &settingsFile);

} // namespace casement::accounttraces
