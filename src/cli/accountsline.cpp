#include "cli/accountsline.h"

#include <QCommandLineParser>

#include <algorithm>
#include <array>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

using AccountsAction = AccountsLine::Action;

struct AccountsActionInfo
{
    QLatin1StringView name;
    AccountsAction action;
    QList<QLatin1StringView> options;
};

const QList<AccountsActionInfo> &accountsActions()
{
    static const QList<AccountsActionInfo> all{
        {"list"_L1, AccountsAction::List, {"format"_L1, "unlisted"_L1, "archive"_L1}},
        {"add"_L1,
         AccountsAction::Add,
         {"name"_L1, "region"_L1, "endpoint-url"_L1, "color"_L1, "access-key-stdin"_L1, "profile"_L1,
          "ask-before-sending"_L1}},
        {"import"_L1,
         AccountsAction::Import,
         {"profiles"_L1, "csv"_L1, "organization"_L1, "base"_L1, "role"_L1, "external-id"_L1, "dry-run"_L1}},
        {"test"_L1, AccountsAction::Test, {"name"_L1}},
        {"key"_L1, AccountsAction::Key, {"name"_L1, "access-key-stdin"_L1}},
        {"trust"_L1, AccountsAction::Trust, {"name"_L1, "profile"_L1, "endpoint-url"_L1, "region"_L1, "archive"_L1}},
        {"remove"_L1, AccountsAction::Remove, {"name"_L1, "delete-data"_L1, "keep-data"_L1, "archive"_L1}},
    };
    return all;
}

Error wrongAccounts(const QString &sentence) { return {.kind = Error::Kind::Invalid, .message = sentence}; }

Result<void> readAdd(AccountsLine &line, const QCommandLineParser &parser)
{
    line.name = parser.value(u"name"_s);
    line.accessKeyStdin = parser.isSet(u"access-key-stdin"_s);
    line.asksBeforeSending = parser.isSet(u"ask-before-sending"_s);
    if (line.name.trimmed().isEmpty())
        return wrongAccounts(u"accounts add needs --name: what the account is called."_s);
    if (line.accessKeyStdin == parser.isSet(u"profile"_s)) {
        return wrongAccounts(u"accounts add needs --access-key-stdin, for keys on standard input that go into the "
                             "keychain, or --profile, for those of ~/.aws; and not both."_s);
    }
    if (!parser.isSet(u"color"_s))
        return {};
    const QString color = parser.value(u"color"_s);
    line.color = int(accountColorNames().indexOf(color.toLower()));
    if (line.color < 0)
        return wrongAccounts(u"--color is %1, not \"%2\"."_s.arg(accountColorNames().join(u", "_s), color));
    return {};
}

Result<void> readImport(AccountsLine &line, const QCommandLineParser &parser)
{
    using From = AccountsLine::ImportFrom;
    constexpr std::array ways{std::pair{"profiles"_L1, From::Profiles}, std::pair{"csv"_L1, From::Csv},
                              std::pair{"organization"_L1, From::Organization}};
    int chosen = 0;
    for (const auto &[name, from] : ways) {
        if (!parser.isSet(name))
            continue;
        line.importFrom = from;
        ++chosen;
    }
    if (chosen != 1)
        return wrongAccounts(u"accounts import needs one of --profiles, --csv FILE and --organization."_s);
    line.csv = parser.value(u"csv"_s);
    line.base = parser.value(u"base"_s);
    line.role = parser.value(u"role"_s);
    line.externalId = parser.value(u"external-id"_s);
    line.dryRun = parser.isSet(u"dry-run"_s);
    if (line.importFrom == From::Csv && line.csv.isEmpty())
        return wrongAccounts(u"--csv needs the name of a file."_s);
    if (line.importFrom == From::Organization && (line.base.isEmpty() || line.role.isEmpty())) {
        return wrongAccounts(u"--organization needs --base NAME, the account of the list whose keys may list it, and "
                             "--role ROLE, the name of the role in each of its accounts."_s);
    }
    if (line.importFrom == From::Profiles && !line.base.isEmpty())
        return wrongAccounts(u"--base is for roles; profiles have keys of their own."_s);
    if (line.importFrom != From::Organization && (!line.role.isEmpty() || !line.externalId.isEmpty()))
        return wrongAccounts(u"--role and --external-id are for --organization."_s);
    return {};
}

Result<void> readFormat(AccountsLine &line, const QCommandLineParser &parser)
{
    using Format = AccountsLine::Format;
    constexpr std::array formats{std::pair{"table"_L1, Format::Table}, std::pair{"json"_L1, Format::Json},
                                 std::pair{"csv"_L1, Format::Csv}};
    if (!parser.isSet(u"format"_s))
        return {};
    const QString name = parser.value(u"format"_s);
    const auto format =
        std::find_if(formats.begin(), formats.end(), [&](const auto &one) { return one.first == name; });
    if (format == formats.end())
        return wrongAccounts(u"--format is table, json or csv, not \"%1\"."_s.arg(name));
    line.format = format->second;
    return {};
}

} // namespace

QStringList accountColorNames()
{
    return {u"blue"_s, u"orange"_s, u"green"_s,  u"purple"_s, u"teal"_s,
            u"red"_s,  u"olive"_s,  u"indigo"_s, u"brown"_s,  u"gray"_s};
}

Result<AccountsLine> readAccountsLine(const QStringList &words, const QCommandLineParser &parser)
{
    AccountsLine line;
    const QList<AccountsActionInfo> &all = accountsActions();
    const auto info = std::find_if(all.cbegin(), all.cend(),
                                   [&](const AccountsActionInfo &one) { return one.name == words.first(); });
    if (info == all.cend())
        return wrongAccounts(
            u"accounts must be followed by list, add, import, test, key, trust or remove, not \"%1\"."_s.arg(
                words.first()));
    line.action = info->action;
    for (const QString &option : parser.optionNames()) {
        const bool isCommon = option == "verbose"_L1 || option == "portable"_L1;
        if (!isCommon && !info->options.contains(option))
            return wrongAccounts(u"accounts %1 has no option --%2."_s.arg(info->name, option));
    }
    const bool hasName = line.action == AccountsAction::Test || line.action == AccountsAction::Key
        || line.action == AccountsAction::Remove
        || (line.action == AccountsAction::Trust && !parser.isSet(u"profile"_s));
    const bool isOption = hasName && parser.isSet(u"name"_s);
    if (line.action == AccountsAction::Trust && !hasName && (parser.isSet(u"name"_s) || words.size() > 1))
        return wrongAccounts(u"accounts trust takes the name of an account or --profile, and not both."_s);
    if (hasName && !isOption && (words.size() < 2 || words.at(1).trimmed().isEmpty()))
        return wrongAccounts(
            u"accounts %1 must be followed by the name of an account; accounts list has them."_s.arg(info->name));
    const qsizetype most = hasName && !isOption ? 2 : 1;
    if (words.size() > most) {
        const QString &tooMuch = words.at(most);
        // What stands there may be a key: it is not said again.
        return wrongAccounts(line.action == AccountsAction::Add || line.action == AccountsAction::Key
                                 ? u"accounts %1 takes nothing more: a name is one word or --name NAME, and keys are "
                                   u"two lines on standard "
                                   "input, never arguments."_s.arg(info->name)
                                 : u"accounts %1 takes nothing like \"%2\"; a name of several words stands in "
                                   "quotation marks."_s.arg(info->name, tooMuch));
    }
    if (hasName)
        line.name = isOption ? parser.value(u"name"_s) : words.at(1);
    if (parser.isSet(u"delete-data"_s) && parser.isSet(u"keep-data"_s))
        return wrongAccounts(u"--delete-data and --keep-data can't both be meant."_s);
    if (parser.isSet(u"delete-data"_s))
        line.data = AccountsLine::Data::Delete;
    else if (parser.isSet(u"keep-data"_s))
        line.data = AccountsLine::Data::Keep;
    if (line.action == AccountsAction::Add) {
        if (const Result<void> read = readAdd(line, parser); !read)
            return read.error();
    }
    line.unlisted = parser.isSet(u"unlisted"_s);
    if (line.action == AccountsAction::Key && !parser.isSet(u"access-key-stdin"_s))
        return wrongAccounts(u"accounts key needs --access-key-stdin: the new keys are read from standard input."_s);
    if (line.action == AccountsAction::Import) {
        if (const Result<void> read = readImport(line, parser); !read)
            return read.error();
    }
    if (const Result<void> read = readFormat(line, parser); !read)
        return read.error();
    return line;
}

} // namespace casement::cli
