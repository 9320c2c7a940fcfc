#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

namespace casement::cli {

/// What casement-cli was asked to do.
struct CommandLine
{
    enum class Command { Help, Version, Call, Sync, Cases, Case, Search };
    enum class Format { Table, Json, Csv };

    Command command = Command::Help;
    QString operand; ///< of Call the operation, of Case the id, of Search the words
    QString input; ///< of Call: JSON, `@FILE` or `-`; empty: `{}`
    bool all = false; ///< Sync: list resolved cases again; Cases: show resolved ones too
    Format format = Format::Table;
    QString profile;
    QString endpointUrl;
    QString region;
    QString archive; ///< empty: defaultArchivePath()
    bool verbose = false;
};

/// Reads the arguments (the first is the program). Error::Kind::Invalid with one sentence for what can't be meant.
Result<CommandLine> parseCommandLine(const QStringList &arguments);

/// What `--help` prints.
QString helpText();

} // namespace casement::cli
