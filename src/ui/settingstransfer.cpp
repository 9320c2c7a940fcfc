#include "ui/settingstransfer.h"

#include "base/redact.h"
#include "ui/casetemplates.h"
#include "ui/shortcuts.h"
#include "ui/uisettings.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <functional>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestValue = 64 * 1024; // what UiSettings reads

/// A setting that travels, and what its value must be.
struct Traveller
{
    QString key;
    std::function<bool(const QString &)> isGood;
    bool isPath = false;
};

std::function<bool(const QString &)> oneOf(const QStringList &words)
{
    return [words](const QString &value) { return words.contains(value); };
}

std::function<bool(const QString &)> numberIn(int least, int most)
{
    return [least, most](const QString &value) {
        bool isNumber = false;
        const int number = value.toInt(&isNumber);
        return isNumber && number >= least && number <= most;
    };
}

bool isPlainText(const QString &value)
{
    return std::none_of(value.begin(), value.end(), [](QChar c) { return c < u' ' && c != u'\n' && c != u'\t'; });
}

bool isTime(const QString &value) { return QTime::fromString(value, u"HH:mm"_s).isValid(); }

/// Whole, and without a way upwards.
bool isWholePath(const QString &value)
{
    return value.isEmpty() || (value.startsWith(u'/') && QDir::cleanPath(value) == value && isPlainText(value));
}

const QList<Traveller> &travellers()
{
    const auto flag = oneOf({u"yes"_s, u"no"_s});
    static const QList<Traveller> all{
        {u"language"_s, oneOf({QString(), u"en"_s, u"ja"_s})},
        {u"serviceLanguage"_s, oneOf({QString(), u"en"_s, u"ja"_s})},
        {u"theme"_s, oneOf({u"system"_s, u"light"_s, u"dark"_s})},
        {Shortcuts::settingsKey, isPlainText}, // each line is looked at when it is used
        {u"polling/on"_s, flag},
        {u"polling/fixed"_s, flag},
        {u"polling/minutes"_s, numberIn(1, 60)},
        {u"notifications/on"_s, flag},
        {u"notifications/text"_s, flag},
        {u"notifications/quiet"_s, flag},
        {u"notifications/quietFrom"_s, isTime},
        {u"notifications/quietTo"_s, isTime},
        {u"notifications/quietDays"_s, isPlainText},
        {u"tray/on"_s, flag},
        {u"tray/keepRunning"_s, flag},
        {u"cases/responseTargets"_s, isPlainText},
        {u"cases/groupByAccount"_s, flag},
        {u"conversation/wrapCode"_s, flag},
        {u"conversation/newestFirst"_s, flag},
        {u"conversation/zoom"_s, numberIn(-20, 20)},
        {u"advisor/hideSuppressed"_s, flag},
        {u"export/formulaSafe"_s, flag},
        {u"export/byteOrderMark"_s, flag},
        {u"export/shownColumns"_s, flag},
        {u"secrets/off"_s, isPlainText},
        {u"secrets/patterns"_s, isPlainText},
        {u"spelling/on"_s, flag},
        {u"spelling/words"_s, isPlainText},
        {u"network/proxy"_s, oneOf({u"system"_s, u"http"_s, u"socks5"_s, u"none"_s})},
        {u"network/proxyHost"_s,
         [](const QString &value) {
             return value.size() <= 255 && isPlainText(value) && !value.contains(u'@') && !value.contains(u'/');
         }},
        {u"network/proxyPort"_s, numberIn(1, 65535)},
        {u"network/caFile"_s, isWholePath, true},
        {u"archive/old"_s, oneOf({u"keep"_s, u"dropCopies"_s, u"remove"_s})},
        {u"archive/months"_s, numberIn(1, 600)},
        {u"archive/limitCopies"_s, flag},
        {u"archive/copiesMegabytes"_s, numberIn(10, 1'000'000)},
        {CaseTemplates::folderSetting, isWholePath, true},
    };
    return all;
}

bool holdsSecret(const QString &value) { return redact(value) != value; }

} // namespace

QByteArray SettingsTransfer::write(const UiSettings &settings, QStringList *leftOut)
{
    QJsonObject values;
    for (const Traveller &traveller : travellers()) {
        if (!settings.contains(traveller.key))
            continue;
        const QString value = settings.text(traveller.key);
        if (holdsSecret(value)) {
            if (leftOut)
                leftOut->append(traveller.key);
        } else if (traveller.isGood(value)) {
            values.insert(traveller.key, value);
        }
    }
    const QJsonObject whole{{u"casement"_s, u"settings"_s}, {u"version"_s, 1}, {u"settings"_s, values}};
    return QJsonDocument(whole).toJson(QJsonDocument::Indented);
}

Result<SettingsTransfer::Taken> SettingsTransfer::read(const QByteArray &content, UiSettings &settings)
{
    QJsonParseError wrong{};
    const QJsonObject whole = QJsonDocument::fromJson(content, &wrong).object();
    if (content.size() > largestFile || wrong.error != QJsonParseError::NoError
        || whole.value(u"casement"_s).toString() != "settings"_L1 || !whole.value(u"settings"_s).isObject())
        return Error{.kind = Error::Kind::File,
                     .message = tr("This is no file of Casement’s settings. Choose one that Export made.")};
    if (whole.value(u"version"_s).toInt() != 1)
        return Error{.kind = Error::Kind::File,
                     .message = tr("These settings are of a newer Casement. Install that version to read them.")};
    Taken taken;
    const QJsonObject values = whole.value(u"settings"_s).toObject();
    const QList<Traveller> &known = travellers();
    for (auto value = values.begin(); value != values.end(); ++value) {
        const QString key = value.key().left(80);
        const auto at =
            std::find_if(known.begin(), known.end(), [&value](const Traveller &one) { return one.key == value.key(); });
        const QString text = value->toString();
        if (at == known.end())
            taken.problems.append(tr("There is no setting “%1” here; it was left out.").arg(key));
        else if (!value->isString() || text.size() > longestValue || !at->isGood(text))
            taken.problems.append(tr("“%1” has a value that can't be used; the one that was set stays.").arg(key));
        else if (holdsSecret(text))
            taken.problems.append(tr("“%1” looks like a key; it was left out.").arg(key));
        else if (at->isPath && !text.isEmpty() && !QFileInfo::exists(text))
            taken.problems.append(tr("“%1” names %2, which is not on this computer; it was left out.").arg(key, text));
        else {
            settings.set(at->key, text);
            ++taken.count;
        }
    }
    return taken;
}

} // namespace casement
