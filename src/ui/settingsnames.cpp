#include "ui/settingsnames.h"

#include "models/displaytext.h"

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

struct SettingName
{
    QLatin1StringView key;
    const char *name;
};
constexpr SettingName settingNames[] = {
    {"language"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Language of the window")},
    {"serviceLanguage"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Language of texts from AWS")},
    {"theme"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Theme")},
    {"keyboard/shortcuts"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Keys of commands")},
    {"polling/on"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Refresh by itself")},
    {"polling/fixed"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Refresh at a fixed interval")},
    {"polling/minutes"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Minutes between two refreshes")},
    {"notifications/on"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Tell when AWS answers")},
    {"notifications/text"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Show the beginning of the answer")},
    {"notifications/quiet"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Quiet hours")},
    {"notifications/quietFrom"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Quiet hours from")},
    {"notifications/quietTo"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Quiet hours to")},
    {"notifications/quietDays"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Quiet days")},
    {"tray/on"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Icon in the notification area")},
    {"tray/keepRunning"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Keep running when the window is closed")},
    {"cases/responseTargets"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Response targets")},
    {"cases/groupByAccount"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Group by account")},
    {"conversation/wrapCode"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Wrap code")},
    {"conversation/newestFirst"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Newest message first")},
    {"conversation/zoom"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Size of the text of messages")},
    {"advisor/hideSuppressed"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Hide excluded resources")},
    {"export/formulaSafe"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Cells of CSV never run as formulas")},
    {"export/byteOrderMark"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Begin CSV with a byte order mark")},
    {"export/shownColumns"_L1,
     QT_TRANSLATE_NOOP("casement::SettingsNames", "Only the columns that a check’s table shows")},
    {"secrets/off"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Secrets that are not looked for")},
    {"secrets/patterns"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Own patterns of secrets")},
    {"spelling/on"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Check the spelling")},
    {"spelling/words"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Own words of the spelling")},
    {"network/proxy"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Proxy")},
    {"network/proxyHost"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Host of the proxy")},
    {"network/proxyPort"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Port of the proxy")},
    {"network/caFile"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "CA file")},
    {"archive/old"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Resolved cases")},
    {"archive/months"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Months since a resolved case last changed")},
    {"archive/limitCopies"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Limit of what downloaded files take")},
    {"archive/copiesMegabytes"_L1,
     QT_TRANSLATE_NOOP("casement::SettingsNames", "Megabytes that downloaded files take at most")},
    {"templates/folder"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Folder of templates")},
};

struct ValueName
{
    QLatin1StringView key;
    QLatin1StringView value;
    const char *name;
};
constexpr ValueName valueNames[] = {
    // of each setting the usual one first
    {"language"_L1, ""_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "as the desktop says")},
    {"language"_L1, "en"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "English")},
    {"language"_L1, "ja"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Japanese")},
    {"serviceLanguage"_L1, ""_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "as the window")},
    {"serviceLanguage"_L1, "en"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "English")},
    {"serviceLanguage"_L1, "ja"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "Japanese")},
    {"theme"_L1, "system"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "as the desktop says")},
    {"theme"_L1, "light"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "light")},
    {"theme"_L1, "dark"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "dark")},
    {"network/proxy"_L1, "system"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "as the environment says")},
    {"network/proxy"_L1, "http"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "HTTP proxy")},
    {"network/proxy"_L1, "socks5"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "SOCKS 5 proxy")},
    {"network/proxy"_L1, "none"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "no proxy")},
    {"archive/old"_L1, "keep"_L1, QT_TRANSLATE_NOOP("casement::SettingsNames", "kept for ever")},
    {"archive/old"_L1, "dropCopies"_L1,
     QT_TRANSLATE_NOOP("casement::SettingsNames", "kept, but old ones without their downloaded files")},
    {"archive/old"_L1, "remove"_L1,
     QT_TRANSLATE_NOOP("casement::SettingsNames", "old ones removed from this computer")},
};

constexpr qsizetype longestValueShown = 60; // characters

} // namespace

QString SettingsNames::name(const QString &key)
{
    const auto *at = std::find_if(std::begin(settingNames), std::end(settingNames),
                                  [&key](const SettingName &one) { return one.key == key; });
    return at == std::end(settingNames) ? displayText(key) : tr(at->name);
}

std::optional<QString> SettingsNames::usual(const QString &key)
{
    const auto *at = std::find_if(std::begin(valueNames), std::end(valueNames),
                                  [&key](const ValueName &one) { return one.key == key; });
    return at == std::end(valueNames) ? std::optional<QString>() : QString(at->value);
}

QString SettingsNames::value(const QString &key, const std::optional<QString> &value)
{
    const std::optional<QString> holds = value ? value : usual(key);
    if (!holds)
        return tr("not set");
    const auto *at = std::find_if(std::begin(valueNames), std::end(valueNames),
                                  [&](const ValueName &one) { return one.key == key && one.value == *holds; });
    if (at != std::end(valueNames))
        return tr(at->name);
    if (holds->isEmpty())
        return tr("nothing");
    if (*holds == "yes"_L1)
        return tr("on");
    if (*holds == "no"_L1)
        return tr("off");
    const QString text = displayText(*holds).simplified();
    return text.size() <= longestValueShown ? text : text.left(longestValueShown) + u'…';
}

QString SettingsNames::change(const QString &key, const std::optional<QString> &before, const QString &after)
{
    //: A setting that is about to change: its name, what holds now, what will hold
    return tr("%1: %2 → %3").arg(name(key), value(key, before), value(key, after));
}

} // namespace casement
