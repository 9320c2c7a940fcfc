#pragma once

#include "base/result.h"
#include "cli/accountsline.h"
#include "cli/advisorline.h"

#include <QString>
#include <QStringList>

namespace casement::cli {

/// What casement-cli was asked to do.
struct CommandLine
{
    enum class Command {
        Help,
        Version,
        Call,
        Sync,
        Cases,
        Case,
        Search,
        Create,
        Reply,
        Resolve,
        ExportCase,
        Attachments,
        Download,
        Advisor,
        Accounts,
    };
    enum class Format { Table, Json, Csv, Markdown, Html, Zip };

    Command command = Command::Help;
    /// Of Call the operation, of Case, Reply, Resolve, Attachments and Download the id, of Search the words.
    QString operand;
    QStringList operands; ///< of ExportCase the ids, of Download the names and ids of files; empty: all
    QString input; ///< of Call, Create, Reply and Resolve: JSON, `@FILE` or `-`; empty: `{}`
    QString body; ///< of Reply: the text, `@FILE` or `-`
    QStringList attach; ///< of Create and Reply: paths of files
    bool dryRun = false; ///< of Create, Reply and Resolve
    bool again = false; ///< of these: what an earlier run sent and nobody finds is sent once more
    bool yes = false; ///< of these and Call: what an account is set to ask before sending is answered
    AdvisorLine advisor; ///< of Advisor
    AccountsLine accountsLine; ///< of Accounts
    bool all = false; ///< Sync: list resolved cases again; Cases: show resolved ones too
    /// Of Cases and Attachments Table, Json or Csv; of ExportCase Markdown, Html, Json or Zip.
    Format format = Format::Table;
    QString outputFile; ///< of ExportCase, empty: standard output; of Download the folder, empty: the current one
    QString profile;
    /// Names in the list of accounts, of Advisor also of profiles; more than one of Advisor and Sync alone.
    QStringList accounts;
    bool allAccounts = false; ///< of Sync: all of the list
    QString endpointUrl;
    QString region;
    QString archive; ///< empty: archivePath() says where it is
    QString portable; ///< folder of the archive and of the list of accounts; empty: the person's own
    bool verbose = false;
};

/// The arguments as text. Error::Kind::Invalid with one sentence that names the first one that is not UTF-8: what it
/// was meant to say is not known, and would be sent with other letters.
Result<QStringList> readArguments(int argc, const char *const *argv);

/// Reads the arguments (the first is the program). Error::Kind::Invalid with one sentence for what can't be meant.
Result<CommandLine> parseCommandLine(const QStringList &arguments);

} // namespace casement::cli
