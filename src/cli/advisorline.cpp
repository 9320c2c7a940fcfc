#include "cli/advisorline.h"

#include "archive/datewords.h"
#include "support/language.h"
#include "support/timestamp.h"

#include <QCommandLineParser>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

using Action = AdvisorLine::Action;
using AdvisorFormatName = std::pair<QLatin1StringView, AdvisorLine::Format>;

constexpr std::array actions{std::pair{"list"_L1, Action::List}, std::pair{"show"_L1, Action::Show},
                             std::pair{"refresh"_L1, Action::Refresh}, std::pair{"export"_L1, Action::Export}};

constexpr std::array formatNames{
    AdvisorFormatName{"table"_L1, AdvisorLine::Format::Table}, AdvisorFormatName{"csv"_L1, AdvisorLine::Format::Csv},
    AdvisorFormatName{"csv-long"_L1, AdvisorLine::Format::CsvLong},
    AdvisorFormatName{"xlsx"_L1, AdvisorLine::Format::Xlsx}, AdvisorFormatName{"json"_L1, AdvisorLine::Format::Json}};

// What an action can be given; the first format is the one without --format.
struct ActionInfo
{
    QList<AdvisorLine::Format> formats;
    QList<QLatin1StringView> options;
};

const ActionInfo &infoOf(Action action)
{
    using enum AdvisorLine::Format;
    static const ActionInfo list{{Table, Csv, Json},
                                 {"category"_L1, "status"_L1, "changed-since"_L1, "bom"_L1, "no-bom"_L1, "raw"_L1}};
    static const ActionInfo show{{Table, Csv, CsvLong, Xlsx, Json},
                                 {"output"_L1, "bom"_L1, "no-bom"_L1, "raw"_L1, "reload"_L1}};
    static const ActionInfo refresh{{}, {"all-checks"_L1, "wait"_L1}};
    static const ActionInfo exported{{Csv, CsvLong, Xlsx, Json},
                                     {"output"_L1, "category"_L1, "status"_L1, "changed-since"_L1, "bom"_L1,
                                      "no-bom"_L1, "raw"_L1, "reload"_L1, "keep-going"_L1}};
    switch (action) {
    case Action::List:
        return list;
    case Action::Show:
        return show;
    case Action::Refresh:
        return refresh;
    case Action::Export:
        break;
    }
    return exported;
}

constexpr std::array checkStatuses{"ok"_L1, "warning"_L1, "error"_L1, "not_available"_L1};

Error wrongUse(const QString &sentence) { return {.kind = Error::Kind::Invalid, .message = sentence}; }

QString either(QStringList names)
{
    const QString last = names.takeLast();
    return names.isEmpty() ? last : u"%1 or %2"_s.arg(names.join(u", "_s), last);
}

QString nameOf(AdvisorLine::Format format)
{
    for (const auto &[name, known] : formatNames) {
        if (known == format)
            return name;
    }
    return {};
}

Result<AdvisorLine::Format> findFormat(const ActionInfo &info, QLatin1StringView action, const QString &name)
{
    QStringList names;
    for (const AdvisorLine::Format format : info.formats) {
        names.append(nameOf(format));
        if (names.last() == name)
            return format;
    }
    return wrongUse(u"--format of advisor %1 is %2, not \"%3\"."_s.arg(action, either(names), name));
}

// What the name of the file of -o says of its format; nothing where a file of any format may have it.
std::optional<AdvisorLine::Format> formatOfName(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    for (const AdvisorLine::Format format :
         {AdvisorLine::Format::Csv, AdvisorLine::Format::Xlsx, AdvisorLine::Format::Json}) {
        if (suffix == nameOf(format))
            return format;
    }
    return {};
}

// A date as in a search, or a time.
Result<qint64> readSince(const QString &text)
{
    const DateWords date = readDateWords(u"after:"_s + text.trimmed());
    if (date.hasDates() && date.wrong.isEmpty() && date.words.trimmed().isEmpty())
        return date.updated.from;
    const qint64 time = parseTimestamp(QStringView(text));
    if (time == 0)
        return wrongUse(u"--changed-since is a date as 2026-01-31, 2026-01, today or 7d, or a time as "
                        "2026-01-31T09:00:00Z, not \"%1\"."_s.arg(text));
    return time;
}

Result<void> readOutput(AdvisorLine &line, const QString &path)
{
    if (path != "-"_L1)
        line.output = path;
    if (line.format == AdvisorLine::Format::Xlsx && line.output.isEmpty())
        return wrongUse(u"An Excel workbook needs a file: name it with -o."_s);
    if (line.format == AdvisorLine::Format::Table && !line.output.isEmpty())
        return wrongUse(u"A table is for standard output: -o needs --format csv, csv-long, xlsx or json."_s);
    if (line.format != AdvisorLine::Format::Csv && (line.output.endsWith(u'/') || QFileInfo(line.output).isDir()))
        return wrongUse(u"%1 is a folder: only --format csv writes a file per check into one."_s.arg(line.output));
    return {};
}

Result<void> readAccounts(AdvisorLine &line, const QCommandLineParser &parser)
{
    line.accounts = parser.values(u"account"_s);
    line.accounts.removeDuplicates();
    line.allAccounts = parser.isSet(u"all"_s);
    if (line.allAccounts && !line.accounts.isEmpty())
        return wrongUse(u"--all is every account: leave out --account."_s);
    if (parser.isSet(u"profile"_s) && (line.allAccounts || !line.accounts.isEmpty()))
        return wrongUse(u"--profile names the account already: leave out --account and --all."_s);
    return {};
}

Result<void> readFilters(AdvisorLine &line, const QCommandLineParser &parser)
{
    line.category = parser.value(u"category"_s);
    line.status = parser.value(u"status"_s);
    if (!line.status.isEmpty()
        && std::find(checkStatuses.begin(), checkStatuses.end(), line.status) == checkStatuses.end())
        return wrongUse(
            u"--status is %1, not \"%2\"."_s.arg(either({checkStatuses.begin(), checkStatuses.end()}), line.status));
    if (parser.isSet(u"changed-since"_s)) {
        const Result<qint64> since = readSince(parser.value(u"changed-since"_s));
        if (!since)
            return since.error();
        line.changedSince = *since;
    }
    if (parser.isSet(u"language"_s)) {
        QStringList codes;
        for (const Language &language : interfaceLanguages())
            codes.append(language.code);
        line.language = parser.value(u"language"_s);
        if (!codes.contains(line.language))
            return wrongUse(u"--language is %1, not \"%2\"."_s.arg(either(codes), line.language));
    }
    return {};
}

Result<void> readChecks(AdvisorLine &line, const QStringList &words, const QCommandLineParser &parser)
{
    for (const QString &word : words) {
        if (word.trimmed().isEmpty())
            return wrongUse(u"A check has an id: \"\" is none."_s);
        line.checks.append(word.trimmed());
    }
    line.checks.removeDuplicates();
    const bool all = parser.isSet(u"all-checks"_s);
    if (line.action == Action::List && !line.checks.isEmpty())
        return wrongUse(u"advisor list takes no checks; advisor show %1 shows one."_s.arg(line.checks.first()));
    if (line.action == Action::Show && line.checks.size() != 1)
        return wrongUse(line.checks.isEmpty()
                            ? u"advisor show must be followed by the id or name of a check; advisor list names them."_s
                            : u"advisor show takes one check; \"%1\" is too much."_s.arg(line.checks.at(1)));
    if (line.action == Action::Refresh && line.checks.isEmpty() && !all)
        return wrongUse(u"advisor refresh must be followed by checks, or by --all-checks."_s);
    if (all && !line.checks.isEmpty())
        return wrongUse(u"--all-checks is every check: leave out \"%1\"."_s.arg(line.checks.first()));
    return {};
}

} // namespace

const QList<QLatin1StringView> &advisorValues()
{
    static const QList<QLatin1StringView> names{"category"_L1, "status"_L1, "changed-since"_L1, "language"_L1};
    return names;
}

const QList<QLatin1StringView> &advisorFlags()
{
    static const QList<QLatin1StringView> names{"all-checks"_L1, "bom"_L1,    "no-bom"_L1,    "raw"_L1,
                                                "wait"_L1,       "reload"_L1, "keep-going"_L1};
    return names;
}

void addAdvisorOptions(QCommandLineParser &parser)
{
    for (const QLatin1StringView name : advisorValues())
        parser.addOption(QCommandLineOption(name, {}, u"value"_s));
    for (const QLatin1StringView name : advisorFlags())
        parser.addOption(QCommandLineOption(QString(name)));
}

Result<AdvisorLine> readAdvisorLine(const QStringList &words, const QCommandLineParser &parser)
{
    AdvisorLine line;
    const QString word = words.first();
    const auto action =
        std::find_if(actions.begin(), actions.end(), [&](const auto &one) { return one.first == word; });
    if (action == actions.end())
        return wrongUse(u"advisor must be followed by list, show, refresh or export, not \"%1\"."_s.arg(word));
    line.action = action->second;
    const ActionInfo &info = infoOf(line.action);
    for (const QLatin1StringView option : advisorValues() + advisorFlags() + QList{"output"_L1}) {
        if (parser.isSet(option) && option != "language"_L1 && !info.options.contains(option))
            return wrongUse(u"advisor %1 has no option --%2."_s.arg(action->first, option));
    }
    for (const QLatin1StringView option :
         {"format"_L1, "category"_L1, "status"_L1, "changed-since"_L1, "language"_L1}) {
        if (parser.values(option).size() > 1)
            return wrongUse(u"--%1 can be given once."_s.arg(option));
    }
    const std::optional<AdvisorLine::Format> named = formatOfName(parser.value(u"output"_s));
    if (parser.isSet(u"format"_s)) {
        if (info.formats.isEmpty())
            return wrongUse(u"advisor %1 has no option --format."_s.arg(action->first));
        const Result<AdvisorLine::Format> format = findFormat(info, action->first, parser.value(u"format"_s));
        if (!format)
            return format.error();
        line.format = *format;
        // Other programs ask no --format: they believe the name.
        if (named == AdvisorLine::Format::Xlsx && line.format != *named)
            return wrongUse(u"%1 is the name of an Excel workbook, and --format is %2: leave out one of them."_s.arg(
                parser.value(u"output"_s), nameOf(line.format)));
    } else if (!info.formats.isEmpty()) {
        line.format = named && info.formats.contains(*named) ? *named : info.formats.first();
    }
    if (parser.isSet(u"bom"_s) && parser.isSet(u"no-bom"_s))
        return wrongUse(u"--bom and --no-bom can't both be meant."_s);
    const bool isCsv = line.format == AdvisorLine::Format::Csv || line.format == AdvisorLine::Format::CsvLong;
    for (const QLatin1StringView option : {"bom"_L1, "no-bom"_L1, "raw"_L1}) {
        if (parser.isSet(option) && !isCsv)
            return wrongUse(u"--%1 is for CSV alone."_s.arg(option));
    }
    line.byteOrderMark = parser.isSet(u"bom"_s);
    line.raw = parser.isSet(u"raw"_s);
    line.wait = parser.isSet(u"wait"_s);
    line.keepGoing = parser.isSet(u"keep-going"_s);
    line.reload = parser.isSet(u"reload"_s);
    if (const Result<void> read = readChecks(line, words.sliced(1), parser); !read)
        return read.error();
    if (const Result<void> read = readFilters(line, parser); !read)
        return read.error();
    if (const Result<void> read = readAccounts(line, parser); !read)
        return read.error();
    if (const Result<void> read = readOutput(line, parser.value(u"output"_s)); !read)
        return read.error();
    return line;
}

} // namespace casement::cli
