#include "cli/helptext.h"

#include "archive/archivepath.h"
#include "support/operations.h"

namespace casement::cli {

using namespace Qt::StringLiterals;

QString helpText()
{
    QString text = uR"(casement-cli: AWS Support cases without a window

Usage:
  casement-cli call OPERATION [--input JSON|@FILE|-] [--yes]
  casement-cli sync [--all] [--account NAME... | --all-accounts]
  casement-cli cases [--all] [--format table|json|csv]
  casement-cli case ID
  casement-cli search WORDS
  casement-cli create --input JSON|@FILE|- [--attach FILE...]
                        [--dry-run | [--yes] [--again]]
  casement-cli reply ID --body TEXT|@FILE|- | --input JSON|@FILE|-
                        [--attach FILE...] [--dry-run | [--yes] [--again]]
  casement-cli resolve ID [--input JSON|@FILE|-]
                        [--dry-run | [--yes] [--again]]
  casement-cli export-case ID... [--format markdown|html|json|zip] [-o FILE|-]
  casement-cli attachments ID [--format table|json|csv]
  casement-cli download ID [NAME...] [-o FOLDER]
  casement-cli advisor list [FILTERS] [--format table|csv|json] [ACCOUNTS]
  casement-cli advisor show CHECK [--format table|csv|csv-long|xlsx|json]
                        [-o FILE|-] [--reload] [ACCOUNTS]
  casement-cli advisor refresh CHECK... | --all-checks [--wait] [ACCOUNTS]
  casement-cli advisor export [CHECK...] [FILTERS]
                        [--format csv|csv-long|xlsx|json] [-o FILE|FOLDER|-]
                        [--reload] [--keep-going] [ACCOUNTS]
  casement-cli accounts list [--unlisted] [--format table|json|csv]
  casement-cli accounts add --name NAME --access-key-stdin | --profile PROFILE
                        [--region REGION] [--endpoint-url URL] [--color COLOR]
                        [--ask-before-sending]
  casement-cli accounts import --profiles | --csv FILE [--base NAME]
                        | --organization --base NAME --role ROLE
                        [--external-id ID] [--dry-run]
  casement-cli accounts test NAME
  casement-cli accounts key NAME --access-key-stdin
  casement-cli accounts trust NAME | --profile PROFILE
  casement-cli accounts remove NAME --keep-data | --delete-data

Commands:
  call      Calls one operation of the AWS Support API and prints its answer as
            indented JSON. The input is JSON, a file (@FILE) or standard input
            (-) and is checked before anything is sent. With "dryRun": true the
            service only says whether it would accept the request.
  sync      Brings the account's cases and messages into the archive.
            --all lists resolved cases again, too. With more than one --account,
            or with --all-accounts, for all that the list has and are not
            paused, as many accounts one beside the other; what one of them
            lacks does not stop the others, and makes the exit status 1.
            Without both, and without keys of the environment, AWS_PROFILE and
            a profile "default", it is as with --all-accounts: so cron needs
            nothing but casement-cli sync.
  cases     Lists the open cases of the archive, --all resolved ones as well.
  case      Prints a case and its conversation; ID is the number that people use
            (displayId) or the service's own (caseId).
  search    Finds messages, subjects, names of attachments and your notes and
            tags that have all the words. Words after -- may begin with a dash.
            after:DATE, before:DATE, created-after:DATE and created-before:DATE
            are about the time of the message and of the case; DATE is
            2026-01-31, 2026-01, 2026, 7d, 2w, 3m, 1y, today or yesterday.
  create    Opens a case. The input is that of aws support create-case
            --cli-input-json or --cli-input-yaml, as casement saves templates.
            language is "en" and issueType "technical" where it has none.
  reply     Adds a message to a case, and opens it again when it was resolved.
            The input is that of aws support add-communication-to-case; its
            caseId may be left out.
  resolve   Closes a case.
  export-case
            Writes cases with all their messages as one document to hand over:
            Markdown, an HTML page that needs nothing else, or JSON as
            DescribeCases answers it, with all messages. To standard output,
            or with -o (--output) to a file, which is replaced once all is
            written. Without --format its name says which: .md, .html, .json
            or .zip. zip is for a file alone: it holds HTML and JSON and every
            attachment, those that the archive lacks from the service.
  attachments
            Lists the files of a case with the messages that they came with;
            those that are kept here are saved again without the service.
  download  Saves the files of a case, or those with a name or attachmentId of
            NAME, in the current folder or that of -o (--output), and prints
            their paths. Nothing is replaced: "a (2).log" stands beside
            "a.log".
  advisor   Trusted Advisor. It asks the service for the state of all checks
            first, and for the results that are newer than the archive's.
            list     the checks with their state
            show     a check and its resources
            refresh  asks AWS to run checks again; --wait waits until they are
                     done and fetches the results. What AWS refreshes by itself
                     is left out and told
            export   resources of the checks, or of those that are named by id
                     or name. csv has a block per check under its own headings;
                     with -o FOLDER/ a file per check. csv-long has a row per
                     resource and field; xlsx a sheet per check behind a
                     summary; json what the service answered
            ACCOUNTS are --account NAME..., which takes all words behind it, of
            the list of accounts or of profiles; or --all: every account of the
            list or, when it has none, every profile of ~/.aws that has keys.
            FILTERS are
            --category CODE (security, cost_optimizing ...), --status
            ok|warning|error|not_available, and --changed-since DATE: checks
            that AWS ran since then; DATE as of search, or a time as
            2026-01-31T09:00:00Z. --reload fetches results although nothing
            says that they are other ones. --language en|ja is that of names,
            headings and values. CSV has no byte order mark unless --bom asks
            for one. In CSV a cell that a spreadsheet would run as a formula
            gets a leading apostrophe, but plain numbers stay; --raw writes all
            as it is. Without --format the name of the file of -o says it: .csv,
            .xlsx or .json. The file is replaced once all that was asked for is
            there; when a result can't be had, it stays as it is. With
            --keep-going the accounts and checks that can't be had are left out
            and told, the others are written, and the exit status is 1. When the
            service can't be reached, what the archive has is written, and
            standard error says as of when
  accounts  The list of accounts, which the window has, too. No key is in it.
            list     names, and where their keys come from. --unlisted lists
                     instead what the archive holds of accounts that are not in
                     the list: those of --profile, and those that were removed
            add      with --access-key-stdin two lines on standard input, the
                     access key id and the secret access key, and for temporary
                     keys a third one with the session token. They go into the
                     keychain of the desktop and nowhere else; at a terminal
                     they are asked for. Or with --profile those of a profile.
                     COLOR is blue, orange, green, purple, teal, red, olive,
                     indigo, brown or gray. --ask-before-sending: see --yes
            import   many at once: every profile of ~/.aws; a CSV file whose
                     first line names the columns: name, profile or role_arn,
                     external_id, region, endpoint_url, color; or one role in
                     each account of the organization that the account of --base
                     may list. Roles are assumed with the keys of --base. What
                     the list has already is left out; --dry-run only shows it
            test     whether the keys work, and which operations they may call
            key      gives an account whose keys are in the keychain other ones,
                     read as by add; its cases and settings stay
            trust    says of an account that is held, because nothing tells
                     that its keys are its own or because ~/.aws names its
                     endpoint no more, that it is right as it is. It holds for
                     the keys of now, and for the place where they lead
            remove   takes the account out of the list and its keys out of the
                     keychain. --delete-data deletes its cases, messages, notes
                     and files from the archive, also for a name or key of
                     list --unlisted; --keep-data keeps them. Keys
                     that stayed because there was no keychain are taken out
                     by the same command where it is there
            A name that begins with a dash is given as --name=-NAME

  cases, case, search, export-case and attachments show what the archive has
  and don't ask the service; only for an account that was never synced they
  sync it first. download, too, finds files by the archive.

  create, reply and resolve print what the service answers. What they do is
  kept in the archive until its end is known and printed. When the answer was
  lost, or the command was killed, give the same command again: it looks at the
  service first, and never sends twice by itself. When it finds nothing, and you
  know that nothing arrived, add --again: it looks once more, waits until the
  first attempt can't arrive any more, and sends what it still does not find.
  After the end was printed, the same command is another case or message.
  --attach takes files along: after create, and after the ID of reply, as many
  as follow it; it can be given more than once. They are uploaded first; when
  that was interrupted, the same command goes on with what is missing. A file
  that was changed meanwhile is uploaded anew. Files from folders of keys, as
  ~/.ssh, are not taken. Keys in subject, text or files are asked about (--yes).
  An account can be set to ask before anything is sent from it: create, reply,
  resolve and such calls. It is asked at the terminal, and where there is none
  --yes is needed; without it nothing is sent (exit status 2).
  With --dry-run, or "dryRun": true in the input, the service only says whether
  it would accept it; a service that can't say so is not asked.

Options:
  --account NAME      Account of the list
  --profile NAME      Profile of ~/.aws. Without it and --account the keys of
                      the environment, else AWS_PROFILE, else "default", else
                      the account of a list that has one alone
  --endpoint-url URL  Another service than AWS, as an emulator; its cases are
                      kept apart. https, or http on this computer
  --region REGION     Decides the partition; else that of the profile
  --archive PATH      Another archive than
                      %1
  --portable FOLDER   Archive and list of accounts of this folder, as those of
                      casement --portable
  --again             Sends once more what an earlier run sent, got no answer to
                      and does not find; what nothing is left of is not sent
  --yes               Sends without asking, for an account or for keys
  --verbose           Logs requests to standard error
  -h, --help          Says this
  -v, --version       Says the version

Exit status:
  0 done; 1 the service refused, or something failed; 2 wrong usage;
  3 sent, and nobody knows whether it arrived: say it again; after call, look.
  Why stands on standard error, with the service's code and request id.

Operations:
)"_s.arg(defaultArchivePath());
    for (const OperationInfo &operation : operations())
        text += u"  %1\n"_s.arg(QLatin1StringView(operation.name));
    return text;
}

} // namespace casement::cli
