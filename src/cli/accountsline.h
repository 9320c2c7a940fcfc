#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

class QCommandLineParser;

namespace casement::cli {

/// What `casement-cli accounts` was asked to do.
struct AccountsLine
{
    enum class Action { List, Add, Import, Test, Key, Trust, Remove };
    enum class ImportFrom { Profiles, Csv, Organization };
    enum class Format { Table, Json, Csv };
    enum class Data { Ask, Keep, Delete }; ///< what becomes of the archive of a removed account

    Action action = Action::List;
    bool unlisted = false; ///< of List: those that only the archive knows
    QString name; ///< of Add, Test, Key, Trust and Remove; of Trust it may be empty: `profile` of the command line
    int color = -1; ///< of Add
    bool asksBeforeSending = false; ///< of Add
    bool accessKeyStdin = false; ///< of Key, and of Add; else `profile` of the command line
    ImportFrom importFrom = ImportFrom::Profiles;
    QString csv; ///< of ImportFrom::Csv: the file
    QString base; ///< of Import: the account whose keys assume the roles
    QString role; ///< of ImportFrom::Organization: the role's name
    QString externalId; ///< of it
    bool dryRun = false; ///< of Import
    Format format = Format::Table; ///< of List
    Data data = Data::Ask; ///< of Remove
};

/// The names of colours, in the order of ListedAccount::color.
QStringList accountColorNames();

/// Reads what follows `accounts`. Error::Kind::Invalid with one sentence for what can't be meant.
Result<AccountsLine> readAccountsLine(const QStringList &words, const QCommandLineParser &parser);

} // namespace casement::cli
