#include "app/commandline.h"

#include "archive/accounttraces.h"
#include "models/displaytext.h"
#include "ui/interfacelanguage.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cstdio>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// An option with a value.
struct ValueOption
{
    QLatin1StringView name;
    QString CommandLine::*member;
    bool isForNewStart = true; ///< a window that is open can't do it any more
};

constexpr std::array valueOptions{
    ValueOption{"--profile"_L1, &CommandLine::profile},
    ValueOption{"--endpoint-url"_L1, &CommandLine::endpointUrl},
    ValueOption{"--language"_L1, &CommandLine::language},
    ValueOption{"--portable"_L1, &CommandLine::portable, false}, // says which window is meant
    ValueOption{"--archive"_L1, &CommandLine::archive},
    ValueOption{"--screenshot"_L1, &CommandLine::screenshot},
    ValueOption{"--log-level"_L1, &CommandLine::logLevel},
    ValueOption{"--log-file"_L1, &CommandLine::logFile},
    ValueOption{"--region"_L1, &CommandLine::region},
};

struct FlagOption
{
    QLatin1StringView name;
    bool CommandLine::*member;
};

constexpr std::array flagOptions{
    FlagOption{"--demo"_L1, &CommandLine::demo},
    FlagOption{"--new-case"_L1, &CommandLine::newCase},
    FlagOption{"--refresh"_L1, &CommandLine::refresh},
    FlagOption{"--quit-after-first-paint"_L1, &CommandLine::quitAfterFirstPaint},
    FlagOption{"--version"_L1, &CommandLine::version},
    FlagOption{"--help"_L1, &CommandLine::help},
    FlagOption{"-h"_L1, &CommandLine::help},
    FlagOption{"-v"_L1, &CommandLine::version},
};

/// As one harmless line that is not long: anybody may write a link.
QString cut(const QString &link)
{
    constexpr qsizetype most = 80;
    return displayText(link.size() <= most ? link : link.first(most) + u'…');
}

/// The id in `casement:case/ID` or `casement://case/ID`; empty for anything else. Slashes at the end are a browser's.
QString caseOfLink(const QString &link)
{
    static const QRegularExpression form(uR"(^casement:(?://)?case/([0-9A-Za-z-]{1,100})/?$)"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return form.match(link).captured(1);
}

/// What is no folder, where one is to be or to be made; empty: nothing.
QString fileInTheWay(const QString &folder)
{
    if (folder.isEmpty())
        return {};
    QString path = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    while (!QFileInfo::exists(path) && path != QFileInfo(path).path())
        path = QFileInfo(path).path();
    return QFileInfo::exists(path) && !QFileInfo(path).isDir() ? path : QString();
}

} // namespace

CommandLine CommandLine::parse(const QStringList &arguments)
{
    CommandLine line;
    const auto wrong = [&line](const QString &sentence) {
        if (line.error.isEmpty())
            line.error = sentence;
    };
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        const qsizetype equals = argument.startsWith("--"_L1) ? argument.indexOf(u'=') : -1;
        const QString name = argument.left(equals);
        bool known = false;
        for (const FlagOption &option : flagOptions) {
            if (name != option.name)
                continue;
            known = true;
            if (equals >= 0)
                wrong(tr("%1 takes no value.").arg(name));
            line.*option.member = true;
        }
        QString value;
        const bool takesValue = name == "--theme"_L1
            || std::any_of(valueOptions.begin(), valueOptions.end(),
                           [&name](const ValueOption &option) { return name == option.name; });
        if (takesValue) {
            known = true;
            if (equals >= 0)
                value = argument.mid(equals + 1);
            else if (i + 1 < arguments.size())
                value = arguments.at(++i);
            if (value.isEmpty() || (equals < 0 && value.startsWith("--"_L1)))
                wrong(tr("%1 needs a value.").arg(name));
        }
        for (const ValueOption &option : valueOptions) {
            if (name == option.name)
                line.*option.member = value;
        }
        if (name == "--theme"_L1 && !value.isEmpty()) {
            bool ok = false;
            line.theme = themeChoice(value, &ok);
            if (!ok)
                wrong(tr("--theme is light, dark or system, not “%1”.").arg(value));
        }
        if (argument.startsWith("casement:"_L1, Qt::CaseInsensitive)) {
            known = true;
            line.caseId = caseOfLink(argument);
            // Whoever clicked it in a browser sees a window and no terminal.
            line.unknownLink = line.caseId.isEmpty()
                ? tr("“%1” is no link that Casement knows; one looks like casement:case/1730284921.").arg(cut(argument))
                : QString();
        }
        if (!known) {
            wrong(argument.startsWith(u'-') ? tr("There is no option %1; --help lists them.").arg(name)
                                            : tr("“%1” was not expected; --help lists the options.").arg(argument));
        }
    }
    if (!line.language.isEmpty() && !InterfaceLanguage::available().contains(line.language))
        wrong(tr("--language is en or ja, not “%1”.").arg(line.language));
    constexpr std::array levels{"debug"_L1, "info"_L1, "warning"_L1, "error"_L1, "off"_L1};
    if (!line.logLevel.isEmpty() && std::find(levels.begin(), levels.end(), line.logLevel) == levels.end())
        wrong(tr("--log-level is debug, info, warning, error or off, not “%1”.").arg(line.logLevel));
    if (line.demo && !line.profile.isEmpty())
        wrong(tr("--demo and --profile exclude each other."));
    if (line.demo && !line.region.isEmpty())
        wrong(tr("--demo and --region exclude each other."));
    if (const QString file = fileInTheWay(line.portable); !file.isEmpty())
        wrong(tr("--portable is a folder, and %1 is a file.").arg(file));
    static const QRegularExpression regionForm(u"^[a-z]{2,8}(-[a-z0-9]{1,16}){1,4}$"_s);
    if (!line.region.isEmpty() && !regionForm.match(line.region).hasMatch())
        wrong(tr("--region is a region of AWS as us-east-1, not “%1”.").arg(line.region));
    if (line.demo && !line.endpointUrl.isEmpty())
        wrong(tr("--demo and --endpoint-url exclude each other."));
    if (!line.endpointUrl.isEmpty()) {
        const QUrl url(line.endpointUrl, QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "http"_L1 && url.scheme() != "https"_L1))
            wrong(tr("--endpoint-url is an address that begins with http:// or https://, not “%1”.")
                      .arg(line.endpointUrl));
    }
    return line;
}

bool CommandLine::holdsForNewStartOnly() const
{
    return theme || std::any_of(valueOptions.begin(), valueOptions.end(), [this](const ValueOption &option) {
               return option.isForNewStart && !(this->*option.member).isEmpty();
           });
}

QString CommandLine::settingsFile() const { return accounttraces::settingsFile(portable); }

void CommandLine::complain(const QString &sentence)
{
    std::fputs(qPrintable(u"casement: "_s + displayText(sentence) + u'\n'), stderr);
}

QString CommandLine::helpText()
{
    return tr(
        "Usage: casement [options] [casement:case/ID]\n"
        "\n"
        "Your AWS Support cases in one window.\n"
        "\n"
        "  --demo                   run on a made-up company; nothing leaves this computer\n"
        "  --profile NAME           use this profile of ~/.aws\n"
        "  --region REGION          of accounts that name none; decides the partition\n"
        "  --endpoint-url URL       ask the service at this address\n"
        "  --language en|ja         language of the window\n"
        "  --theme light|dark|system\n"
        "  --portable FOLDER        keep settings and the archive in this folder\n"
        "  --archive FILE           use this archive\n"
        "  --log-level debug|info|warning|error|off\n"
        "  --log-file FILE          append the log to this file; it holds no key\n"
        "  --new-case               open the window of a new case\n"
        "  --refresh                ask for what is new in all accounts\n"
        "  --screenshot FILE        save a picture of the filled window, then end\n"
        "  --quit-after-first-paint end as soon as the window is on screen\n"
        "  -v, --version            say the version\n"
        "  -h, --help               say this\n"
        "\n"
        "Without --profile, keys of the environment are used, else the accounts of the list (Settings > Accounts),\n"
        "and while it is empty the profile that AWS_PROFILE names. Keys that are typed in go into the keychain of the\n"
        "desktop, never into a file. Where a window is open already, it comes to the front and does what it is asked\n"
        "for. A link opens a case that is here; it never sends.\n");
}

} // namespace casement
