#include "app/commandline.h"

#include "ui/interfacelanguage.h"

#include <QUrl>

#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// An option with a value.
struct ValueOption
{
    QLatin1StringView name;
    QString CommandLine::*member;
};

constexpr std::array valueOptions{
    ValueOption{"--profile"_L1, &CommandLine::profile},   ValueOption{"--endpoint-url"_L1, &CommandLine::endpointUrl},
    ValueOption{"--language"_L1, &CommandLine::language}, ValueOption{"--portable"_L1, &CommandLine::portable},
    ValueOption{"--archive"_L1, &CommandLine::archive},   ValueOption{"--screenshot"_L1, &CommandLine::screenshot},
};

struct FlagOption
{
    QLatin1StringView name;
    bool CommandLine::*member;
};

constexpr std::array flagOptions{
    FlagOption{"--demo"_L1, &CommandLine::demo},
    FlagOption{"--quit-after-first-paint"_L1, &CommandLine::quitAfterFirstPaint},
    FlagOption{"--version"_L1, &CommandLine::version},
    FlagOption{"--help"_L1, &CommandLine::help},
    FlagOption{"-h"_L1, &CommandLine::help},
    FlagOption{"-v"_L1, &CommandLine::version},
};

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
        if (!known) {
            wrong(argument.startsWith(u'-') ? tr("There is no option %1; --help lists them.").arg(name)
                                            : tr("“%1” was not expected; --help lists the options.").arg(argument));
        }
    }
    if (!line.language.isEmpty() && !InterfaceLanguage::available().contains(line.language))
        wrong(tr("--language is en or ja, not “%1”.").arg(line.language));
    if (line.demo && !line.profile.isEmpty())
        wrong(tr("--demo and --profile exclude each other."));
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

QString CommandLine::helpText()
{
    return tr(
        "Usage: casement [options]\n"
        "\n"
        "Your AWS Support cases in one window.\n"
        "\n"
        "  --demo                   run on a made-up company; nothing leaves this computer\n"
        "  --profile NAME           use this profile of ~/.aws\n"
        "  --endpoint-url URL       ask the service at this address\n"
        "  --language en|ja         language of the window\n"
        "  --theme light|dark|system\n"
        "  --portable FOLDER        keep settings and the archive in this folder\n"
        "  --archive FILE           use this archive\n"
        "  --screenshot FILE        save a picture of the filled window, then end\n"
        "  --quit-after-first-paint end as soon as the window is on screen\n"
        "  --version                say the version\n"
        "  --help                   say this\n"
        "\n"
        "Without --profile, keys of the environment are used, else the profiles chosen earlier, else the default\n"
        "profile. Keys are never written anywhere.\n");
}

} // namespace casement
