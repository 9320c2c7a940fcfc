#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

class QCommandLineParser;

namespace casement::cli {

/// What `casement-cli advisor` was asked to do.
struct AdvisorLine
{
    enum class Action { List, Show, Refresh, Export };
    enum class Format { Table, Json, Csv, CsvLong, Xlsx };

    Action action = Action::List;
    QStringList checks; ///< ids or names; empty: all
    QStringList accounts; ///< of the list, or profiles; empty: that of the command line
    bool allAccounts = false;
    QString category;
    QString status;
    qint64 changedSince = 0; ///< ms since 1970 UTC
    QString language = QStringLiteral("en");
    Format format = Format::Table;
    QString output; ///< a file or folder; empty: standard output
    bool byteOrderMark = false;
    bool raw = false;
    bool wait = false;
    bool keepGoing = false; ///< what can't be had is left out of an export
    bool reload = false; ///< results are fetched although nothing says that they are others
};

/// Adds the options that only `advisor` has.
void addAdvisorOptions(QCommandLineParser &parser);
/// The same that have a value.
const QList<QLatin1StringView> &advisorValues();
/// And those that have none.
const QList<QLatin1StringView> &advisorFlags();

/// Reads what follows `advisor`. Error::Kind::Invalid with one sentence for what can't be meant.
Result<AdvisorLine> readAdvisorLine(const QStringList &words, const QCommandLineParser &parser);

} // namespace casement::cli
