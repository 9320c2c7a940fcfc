#pragma once

#include "support/cases.h"

#include <QString>

namespace casement {

/// Where a copied command leads; what is empty is left to the CLI's own settings. Keys are never part of it.
struct CliContext
{
    QString profile;
    QString region;
    QString endpointUrl; ///< a password in it is left out
};

enum class Shell { Posix, PowerShell };

/// `aws support create-case …` that opens just this case when it is pasted into the shell: bash, dash and zsh, or
/// PowerShell 5 and 7.
///
/// Values are options as long as the shell and the CLI take them as they are. Others (control characters, values that
/// the CLI would take for a file's or page's name) go in one `--cli-input-json`; PowerShell, whose versions differ in
/// how they pass quotes to programs, writes that to a temporary file first. NUL, which no command can hold, is removed.
QString awsCliCommand(const CreateCase::Request &request, const CliContext &context, Shell shell);

/// The same for `aws support add-communication-to-case …`.
QString awsCliCommand(const AddCommunicationToCase::Request &request, const CliContext &context, Shell shell);

} // namespace casement
