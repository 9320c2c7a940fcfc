#include "cli/commandline.h"

#include "support/operations.h"
#include "transfer/localfile.h"

#include <QCommandLineParser>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

using Verb = CommandLine::Command;
using Format = CommandLine::Format;

struct CommandInfo
{
    QLatin1StringView name;
    Verb command;
    QLatin1StringView operand; ///< what it must be followed by; empty: nothing
    bool takesMany = false;
};

constexpr std::array commands{
    CommandInfo{"call"_L1, Verb::Call, "the name of an operation"_L1},
    CommandInfo{"sync"_L1, Verb::Sync, {}},
    CommandInfo{"cases"_L1, Verb::Cases, {}},
    CommandInfo{"case"_L1, Verb::Case, "the id of a case"_L1},
    CommandInfo{"search"_L1, Verb::Search, "words to search for"_L1, true},
    CommandInfo{"create"_L1, Verb::Create, {}},
    CommandInfo{"reply"_L1, Verb::Reply, "the id of a case"_L1},
    CommandInfo{"resolve"_L1, Verb::Resolve, "the id of a case"_L1},
    CommandInfo{"export-case"_L1, Verb::ExportCase, "the ids of cases"_L1, true},
    CommandInfo{"attachments"_L1, Verb::Attachments, "the id of a case"_L1},
    CommandInfo{"download"_L1, Verb::Download, "the id of a case"_L1, true},
    CommandInfo{"advisor"_L1, Verb::Advisor, "list, show, refresh or export"_L1, true},
    CommandInfo{"accounts"_L1, Verb::Accounts, "list, add, import, test, key or remove"_L1, true},
};

// Options that only some commands have.
struct OwnOption
{
    QLatin1StringView name;
    std::array<Verb, 5> of; ///< Help, which has none, where there are fewer
};

constexpr std::array ownOptions{
    OwnOption{"input"_L1, {Verb::Call, Verb::Create, Verb::Reply, Verb::Resolve}},
    OwnOption{"body"_L1, {Verb::Reply}},
    OwnOption{"dry-run"_L1, {Verb::Create, Verb::Reply, Verb::Resolve, Verb::Accounts}},
    OwnOption{"again"_L1, {Verb::Create, Verb::Reply, Verb::Resolve}},
    OwnOption{"attach"_L1, {Verb::Create, Verb::Reply}},
    OwnOption{"yes"_L1, {Verb::Call, Verb::Create, Verb::Reply, Verb::Resolve}},
    OwnOption{"format"_L1, {Verb::Cases, Verb::ExportCase, Verb::Attachments, Verb::Advisor, Verb::Accounts}},
    OwnOption{"output"_L1, {Verb::ExportCase, Verb::Download, Verb::Advisor}},
    OwnOption{"all-accounts"_L1, {Verb::Sync}},
    OwnOption{"name"_L1, {Verb::Accounts}},
    OwnOption{"color"_L1, {Verb::Accounts}},
    OwnOption{"unlisted"_L1, {Verb::Accounts}},
    OwnOption{"access-key-stdin"_L1, {Verb::Accounts}},
    OwnOption{"ask-before-sending"_L1, {Verb::Accounts}},
    OwnOption{"profiles"_L1, {Verb::Accounts}},
    OwnOption{"csv"_L1, {Verb::Accounts}},
    OwnOption{"organization"_L1, {Verb::Accounts}},
    OwnOption{"base"_L1, {Verb::Accounts}},
    OwnOption{"role"_L1, {Verb::Accounts}},
    OwnOption{"external-id"_L1, {Verb::Accounts}},
    OwnOption{"delete-data"_L1, {Verb::Accounts}},
    OwnOption{"keep-data"_L1, {Verb::Accounts}},
    OwnOption{"all"_L1, {Verb::Sync, Verb::Cases, Verb::Advisor}},
};

constexpr std::array valuedOptions{"input"_L1,        "body"_L1,       "attach"_L1, "output"_L1,  "format"_L1,
                                   "profile"_L1,      "account"_L1,    "region"_L1, "archive"_L1, "portable"_L1,
                                   "endpoint-url"_L1, "name"_L1,       "color"_L1,  "csv"_L1,     "base"_L1,
                                   "role"_L1,         "external-id"_L1};
constexpr std::array onceOptions{"input"_L1, "body"_L1, "output"_L1, "portable"_L1, "name"_L1,
                                 "color"_L1, "csv"_L1,  "base"_L1,   "role"_L1,     "external-id"_L1};

struct FormatInfo
{
    QLatin1StringView name;
    Format format;
};

// The first is the one without --format.
constexpr std::array listFormats{FormatInfo{"table"_L1, Format::Table}, FormatInfo{"json"_L1, Format::Json},
                                 FormatInfo{"csv"_L1, Format::Csv}};
constexpr std::array exportFormats{FormatInfo{"markdown"_L1, Format::Markdown}, FormatInfo{"html"_L1, Format::Html},
                                   FormatInfo{"json"_L1, Format::Json}, FormatInfo{"zip"_L1, Format::Zip}};

Error usage(const QString &sentence) { return {.kind = Error::Kind::Invalid, .message = sentence}; }

const CommandInfo *findCommand(const QString &name)
{
    for (const CommandInfo &info : commands) {
        if (info.name == name)
            return &info;
    }
    return nullptr;
}

QStringList commandNames()
{
    QStringList names;
    for (const CommandInfo &info : commands)
        names.append(info.name);
    return names;
}

Result<Format> findFormat(std::span<const FormatInfo> formats, const QString &name)
{
    QStringList names;
    for (const FormatInfo &info : formats) {
        if (info.name == name)
            return info.format;
        names.append(info.name);
    }
    const QString last = names.takeLast();
    return usage(u"--format is %1 or %2, not \"%3\"."_s.arg(names.join(u", "_s), last, name));
}

/// The format of an exported case whose suffix the name of the file of -o has; nothing where it has none of them.
std::optional<Format> exportFormatOfName(const QString &suffix)
{
    constexpr std::array suffixes{std::pair{"md"_L1, Format::Markdown}, std::pair{"markdown"_L1, Format::Markdown},
                                  std::pair{"html"_L1, Format::Html},   std::pair{"htm"_L1, Format::Html},
                                  std::pair{"json"_L1, Format::Json},   std::pair{"zip"_L1, Format::Zip}};
    for (const auto &[name, format] : suffixes) {
        if (suffix.toLower() == name)
            return format;
    }
    return {};
}

bool takesNextArgument(const QString &argument)
{
    return argument == "-o"_L1
        || std::any_of(valuedOptions.begin(), valuedOptions.end(),
                       [&](QLatin1StringView name) { return argument == "--"_L1 + name; })
        || std::any_of(advisorValues().begin(), advisorValues().end(),
                       [&](QLatin1StringView name) { return argument == "--"_L1 + name; });
}

// Options that take all words behind them.
constexpr std::array greedyOptions{"attach"_L1, "account"_L1};

// How many words the command itself must have before others belong to a greedy option; -1: there is none.
qsizetype ownWords(const CommandInfo *command)
{
    if (!command)
        return -1;
    switch (command->command) {
    case Verb::Create:
    case Verb::Sync:
        return 0;
    case Verb::Reply:
    case Verb::Advisor:
        return 1;
    default:
        return -1;
    }
}

// `--attach a b c` as `--attach=a --attach=b --attach=c`, in front of the rest. What comes before the words that the
// command must have is one of those words.
QStringList spreadWords(const QStringList &arguments)
{
    QStringList spread;
    QStringList rest = arguments.mid(0, 1);
    const CommandInfo *command = nullptr;
    qsizetype lacking = 1; // words, until all others belong to an option
    bool onlyWords = false;
    QString follows; // `--attach=`, whose words follow
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        const bool isWord = onlyWords || argument == "-"_L1 || !argument.startsWith(u'-');
        if (isWord && !follows.isEmpty()) {
            spread.append(follows + argument);
            continue;
        }
        const auto greedy = std::find_if(greedyOptions.begin(), greedyOptions.end(), [&](QLatin1StringView name) {
            return argument == "--"_L1 + name || argument.startsWith("--"_L1 + name + u'=');
        });
        const bool hasValue = argument.contains(u'=');
        if (!onlyWords && greedy != greedyOptions.end() && (hasValue || i + 1 < arguments.size())) {
            const QString option = "--"_L1 + *greedy + u'=';
            spread.append(hasValue ? argument : option + arguments.at(++i));
            follows = lacking == 0 ? option : QString();
            continue;
        }
        rest.append(argument);
        if (isWord) {
            if (!command) {
                command = findCommand(argument);
                lacking = ownWords(command);
            } else if (lacking > 0) {
                --lacking;
            }
        } else if (argument == "--"_L1) {
            onlyWords = true;
        } else {
            follows.clear();
            if (takesNextArgument(argument) && i + 1 < arguments.size())
                rest.append(arguments.at(++i));
        }
    }
    return rest.mid(0, 1) + spread + rest.mid(1);
}

} // namespace

Result<QStringList> readArguments(int argc, const char *const *argv)
{
    QStringList arguments;
    bool areFiles = false; // what follows --attach: names of files are bytes
    for (int i = 0; i < argc; ++i) {
        const QByteArray bytes(argv[i]);
        if (bytes == "--attach" || bytes.startsWith("--attach="))
            areFiles = true;
        else if (bytes.size() > 1 && bytes.startsWith('-'))
            areFiles = false;
        if (i > 0 && !areFiles && !QByteArrayView(bytes).isValidUtf8()) {
            const qsizetype equals = bytes.startsWith("--") ? bytes.indexOf('=') : -1;
            if (equals > 0)
                return usage(u"The value of %1 is not in UTF-8."_s.arg(QString::fromUtf8(bytes.first(equals))));
            return usage(i == 1 ? u"The first argument is not in UTF-8."_s
                                : u"The argument after \"%1\" is not in UTF-8."_s.arg(arguments.last()));
        }
        arguments.append(pathFromBytes(bytes));
    }
    return arguments;
}

namespace {

// Whose keys are used.
Result<void> readWho(CommandLine &line, const QCommandLineParser &parser)
{
    line.accounts = parser.values(u"account"_s);
    line.accounts.removeDuplicates();
    line.allAccounts = parser.isSet(u"all-accounts"_s);
    if (line.command == Verb::Advisor)
        return {}; // readAdvisorLine() knows more
    if (line.allAccounts && !line.accounts.isEmpty())
        return usage(u"--all-accounts is every account of the list: leave out --account."_s);
    if (!line.profile.isEmpty() && (line.allAccounts || !line.accounts.isEmpty()))
        return usage(u"--profile names the keys already: leave out --account and --all-accounts."_s);
    if (line.accounts.size() > 1 && line.command != Verb::Sync)
        return usage(u"--account can be given once; only sync and advisor take more accounts."_s);
    return {};
}

} // namespace

Result<CommandLine> parseCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    // Else "-dash.log" would be many letters, of which one asks for help.
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    const auto add = [&parser](const QStringList &names, const QString &value = {}) {
        parser.addOption(QCommandLineOption(names, {}, value));
    };
    add({u"help"_s, u"h"_s});
    add({u"version"_s, u"v"_s});
    add({u"verbose"_s});
    add({u"all"_s});
    add({u"dry-run"_s});
    for (const QLatin1StringView name :
         {"again"_L1, "yes"_L1, "all-accounts"_L1, "access-key-stdin"_L1, "ask-before-sending"_L1, "delete-data"_L1,
          "keep-data"_L1, "profiles"_L1, "organization"_L1, "unlisted"_L1})
        add({name});
    for (const QLatin1StringView name : valuedOptions)
        add(name == "output"_L1 ? QStringList{name, u"o"_s} : QStringList{name}, u"value"_s);
    addAdvisorOptions(parser);
    const bool parsed = parser.parse(spreadWords(arguments));

    CommandLine line;
    if (parser.isSet(u"help"_s))
        return line;
    if (!parsed) {
        const bool maybeName = arguments.value(1) == "accounts"_L1 && !parser.unknownOptionNames().isEmpty();
        return usage(
            parser.errorText()
            + (maybeName ? u" The name of an account that begins with a dash is given as --name=-NAME."_s : QString()));
    }
    if (parser.isSet(u"version"_s)) {
        line.command = Verb::Version;
        return line;
    }

    QStringList words = parser.positionalArguments();
    if (words.isEmpty())
        return usage(u"Say what to do: %1."_s.arg(commandNames().join(", "_L1)));
    const QString name = words.takeFirst();
    const CommandInfo *info = findCommand(name);
    if (!info)
        return usage(u"There is no command \"%1\"; there are %2."_s.arg(name, commandNames().join(", "_L1)));
    line.command = info->command;
    if (info->operand.isEmpty() && !words.isEmpty())
        return usage(u"%1 takes nothing like \"%2\"."_s.arg(name, words.first()));
    if (!info->operand.isEmpty() && words.isEmpty())
        return usage(u"%1 must be followed by %2."_s.arg(name, info->operand));
    if (words.size() > 1 && !info->takesMany)
        return usage(u"%1 takes one argument; \"%2\" is too much."_s.arg(name, words.at(1)));
    line.operands = words;
    if (line.command == Verb::Download) {
        line.operand = line.operands.takeFirst().trimmed();
        if (line.operands.contains(QString()))
            return usage(u"download can't look for a file without a name."_s);
    } else {
        line.operand = words.join(u' ').trimmed();
    }
    if (!info->operand.isEmpty() && line.operand.isEmpty())
        return usage(u"%1 must be followed by %2."_s.arg(name, info->operand));
    for (const OwnOption &option : ownOptions) {
        if (parser.isSet(option.name) && std::find(option.of.begin(), option.of.end(), line.command) == option.of.end())
            return usage(u"%1 has no option --%2."_s.arg(name, option.name));
    }
    for (const QLatin1StringView option : advisorValues() + advisorFlags()) {
        if (parser.isSet(option) && line.command != Verb::Advisor)
            return usage(u"%1 has no option --%2."_s.arg(name, option));
    }
    for (const QLatin1StringView option : valuedOptions) {
        if (parser.values(option).size() > 1
            && std::find(onceOptions.begin(), onceOptions.end(), option) != onceOptions.end())
            return usage(u"--%1 can be given once."_s.arg(option));
        if (option != "format"_L1 && parser.values(option).contains(QString()))
            return usage(u"--%1 needs a value."_s.arg(option));
    }
    // Else the option would be a file, and its value a word of the command.
    if (const QString output = parser.value(u"output"_s); output.startsWith("--"_L1))
        return usage(u"-o needs the name of a file or folder before %1; one that is called so is ./%1."_s.arg(output));
    for (const QLatin1StringView option : advisorValues()) {
        if (parser.values(option).contains(QString()))
            return usage(u"--%1 needs a value."_s.arg(option));
    }

    if (line.command == Verb::Call && !findOperation(line.operand)) {
        return usage(u"There is no operation \"%1\"; casement-cli --help lists them."_s.arg(line.operand));
    }
    if (line.command == Verb::Create && !parser.isSet(u"input"_s))
        return usage(u"create needs --input: the case as JSON or YAML."_s);
    if (line.command == Verb::Reply && parser.isSet(u"input"_s) == parser.isSet(u"body"_s))
        return usage(u"reply needs --body, the text, or --input, the reply as JSON or YAML; and not both."_s);
    line.verbose = parser.isSet(u"verbose"_s);
    line.profile = parser.value(u"profile"_s);
    line.endpointUrl = parser.value(u"endpoint-url"_s);
    line.region = parser.value(u"region"_s);
    line.archive = parser.value(u"archive"_s);
    line.portable = parser.value(u"portable"_s);
    if (line.command == Verb::Accounts) {
        const Result<AccountsLine> accounts = readAccountsLine(words, parser);
        if (!accounts)
            return accounts.error();
        line.accountsLine = *accounts;
        return line;
    }
    if (const Result<void> read = readWho(line, parser); !read)
        return read.error();
    if (line.command == Verb::Advisor) {
        const Result<AdvisorLine> advisor = readAdvisorLine(words, parser);
        if (!advisor)
            return advisor.error();
        line.advisor = *advisor;
        return line;
    }
    const std::span<const FormatInfo> formats = line.command == Verb::ExportCase
        ? std::span<const FormatInfo>(exportFormats)
        : std::span<const FormatInfo>(listFormats);
    const Result<Format> format =
        parser.isSet(u"format"_s) ? findFormat(formats, parser.value(u"format"_s)) : formats[0].format;
    if (!format)
        return format.error();
    line.format = *format;
    if (line.command == Verb::ExportCase) {
        const QString suffix = QFileInfo(parser.value(u"output"_s)).suffix();
        const std::optional<Format> named = exportFormatOfName(suffix);
        if (named && !parser.isSet(u"format"_s))
            line.format = *named;
        else if (!suffix.isEmpty() && !named && !parser.isSet(u"format"_s))
            return usage(u"-o: .%1 is the ending of no format: name a file that ends with .md, .html, .json or .zip, "
                         "or say the --format."_s.arg(suffix));
        else if (named == Format::Zip && line.format != Format::Zip) // other programs believe the name
            return usage(u"%1 is the name of a ZIP, and --format is %2: leave out one of them."_s.arg(
                parser.value(u"output"_s), parser.value(u"format"_s)));
    }
    if (const QString path = parser.value(u"output"_s); path != "-"_L1)
        line.outputFile = path;
    else if (line.command == Verb::Download)
        return usage(u"download saves files: -o is a folder, not standard output."_s);
    if (line.format == Format::Zip && line.outputFile.isEmpty())
        return usage(u"A ZIP needs a file: name it with -o."_s);
    line.all = parser.isSet(u"all"_s);
    line.input = parser.value(u"input"_s);
    line.body = parser.value(u"body"_s);
    line.attach = parser.values(u"attach"_s);
    line.dryRun = parser.isSet(u"dry-run"_s);
    line.again = parser.isSet(u"again"_s);
    if (line.again && line.dryRun)
        return usage(u"--again sends, and --dry-run does not: leave out one of them."_s);
    line.yes = parser.isSet(u"yes"_s);
    return line;
}

} // namespace casement::cli
