#include "ui/settingstransfer.h"

#include "archive/archivecare.h"
#include "aws/networkpreferences.h"
#include "base/redact.h"
#include "models/deadlines.h"
#include "ui/casetemplates.h"
#include "ui/networkpage.h"
#include "ui/settingsnames.h"
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
constexpr qsizetype longestTravellerTold = 80; // characters of a file in a sentence

const QString travellingProxy = u"network/proxy"_s;
const QString travellingHost = u"network/proxyHost"_s;
const QString travellingCa = u"network/caFile"_s;
const QString travellingOld = u"archive/old"_s;
const QString travellingMonths = u"archive/months"_s;
const QString travellingLimit = u"archive/limitCopies"_s;
const QString travellingMost = u"archive/copiesMegabytes"_s;

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

bool areTargets(const QString &value)
{
    QStringList problems;
    (void)ResponseTargets::fromText(value, ResponseTargets::forPlan({}), &problems);
    return problems.isEmpty();
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
        {u"cases/responseTargets"_s, areTargets},
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
        {travellingProxy, oneOf({u"system"_s, u"http"_s, u"socks5"_s, u"none"_s})},
        {travellingHost,
         [](const QString &value) {
             return value.size() <= 255 && isPlainText(value) && !value.contains(u'@') && !value.contains(u'/');
         }},
        {u"network/proxyPort"_s, numberIn(1, 65535)},
        {travellingCa, isWholePath, true},
        {travellingOld, oneOf({u"keep"_s, u"dropCopies"_s, u"remove"_s})},
        {travellingMonths, numberIn(1, 600)},
        {travellingLimit, flag},
        {travellingMost, numberIn(10, 1'000'000)},
        {CaseTemplates::folderSetting, isWholePath, true},
    };
    return all;
}

bool holdsSecret(const QString &value) { return redact(value) != value; }

} // namespace

QStringList SettingsTransfer::keys()
{
    QStringList keys;
    for (const Traveller &traveller : travellers())
        keys.append(traveller.key);
    return keys;
}

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

/// What was set, and what would be.
struct SettingsTransfer::Reading
{
    const UiSettings &settings;
    Proposal proposal;

    QString before(const QString &key, const QString &usual = {}) const { return settings.text(key, usual); }
    QString after(const QString &key, const QString &usual = {}) const
    {
        for (const Change &change : proposal.changes) {
            if (change.key == key)
                return change.after;
        }
        return before(key, usual);
    }
    bool changes(std::initializer_list<QString> keys) const
    {
        return std::any_of(keys.begin(), keys.end(), [this](const QString &key) { return after(key) != before(key); });
    }
    void drop(const QString &key)
    {
        proposal.changes.removeIf([&key](const Change &change) { return change.key == key; });
    }
};

/// A proxy that can be none, and a CA file without a certificate, would cut the window off from AWS.
void SettingsTransfer::takeNetwork(Reading &reading)
{
    QStringList &problems = reading.proposal.problems;
    const QString host = reading.after(travellingHost);
    if (reading.changes({travellingHost}) && !host.isEmpty() && !isProxyHost(host)) {
        problems.append(tr("“%1” would be “%2”, which is no name of a host; it was left out.")
                            .arg(SettingsNames::name(travellingHost), host.left(longestTravellerTold)));
        reading.drop(travellingHost);
    }
    const QString proxy = reading.after(travellingProxy);
    const bool isOwn = proxy == "http"_L1 || proxy == "socks5"_L1;
    if (isOwn && reading.changes({travellingProxy}) && !isProxyHost(reading.after(travellingHost))) {
        problems.append(
            tr("“%1” would be one without a host; it was left out.").arg(SettingsNames::name(travellingProxy)));
        reading.drop(travellingProxy);
    }
    const QString caFile = reading.after(travellingCa);
    if (reading.changes({travellingCa}) && !caFile.isEmpty() && caFileState(caFile) != CaFileState::Good) {
        const bool isRead = caFileState(caFile) == CaFileState::NoCertificate;
        problems.append((isRead ? tr("“%1” names %2, which holds no certificate; it was left out.")
                                : tr("“%1” names %2, which can't be read; it was left out."))
                            .arg(SettingsNames::name(travellingCa), caFile));
        reading.drop(travellingCa);
    }
}

/// What would go from this computer once these settings hold.
QStringList SettingsTransfer::deletionsBy(const Reading &reading)
{
    QStringList deletions;
    const QString old = reading.after(travellingOld);
    const int months = reading.after(travellingMonths).toInt();
    if (reading.changes({travellingOld, travellingMonths}) && (old == "remove"_L1 || old == "dropCopies"_L1)) {
        const int after = months > 0 ? months : Retention().months;
        deletions.append(
            old == "remove"_L1
                ? SettingsNames::tr("Resolved cases that did not change for %Ln month(s) will be deleted from this "
                                    "computer, with their messages and files.",
                                    nullptr, after)
                : SettingsNames::tr("Downloaded files of resolved cases that did not change for %Ln month(s) will be "
                                    "deleted from this computer.",
                                    nullptr, after));
    }
    if (reading.changes({travellingLimit, travellingMost}) && reading.after(travellingLimit) == "yes"_L1)
        deletions.append(SettingsNames::tr("Downloaded files beyond %1 MB will be deleted from this computer.")
                             .arg(reading.after(travellingMost, u"1000"_s)));
    return deletions;
}

Result<SettingsTransfer::Proposal> SettingsTransfer::look(const QByteArray &content, const UiSettings &settings)
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
    Reading reading{settings, {}};
    QStringList &problems = reading.proposal.problems;
    const QJsonObject values = whole.value(u"settings"_s).toObject();
    const QStringList given = values.keys();
    for (const QString &key : given) {
        if (!keys().contains(key))
            problems.append(tr("There is no setting “%1” here; it was left out.").arg(key.left(longestTravellerTold)));
    }
    for (const Traveller &one : travellers()) {
        const QJsonValue value = values.value(one.key);
        if (value.isUndefined())
            continue;
        const QString name = SettingsNames::name(one.key);
        const QString text = value.toString();
        if (!value.isString() || text.size() > longestValue || !one.isGood(text))
            problems.append(tr("“%1” has a value that can't be used; the one that was set stays.").arg(name));
        else if (holdsSecret(text))
            problems.append(tr("“%1” looks like a key; it was left out.").arg(name));
        else if (one.isPath && !text.isEmpty() && !QFileInfo::exists(text))
            problems.append(tr("“%1” names %2, which is not on this computer; it was left out.").arg(name, text));
        else if (one.key == CaseTemplates::folderSetting && !text.isEmpty() && !QFileInfo(text).isDir())
            problems.append(tr("“%1” names %2, which is no folder; it was left out.").arg(name, text));
        else if (!settings.contains(one.key)) {
            if (text != SettingsNames::usual(one.key))
                reading.proposal.changes.append({one.key, {}, text});
        } else if (settings.text(one.key) != text)
            reading.proposal.changes.append({one.key, settings.text(one.key), text});
    }
    takeNetwork(reading);
    reading.proposal.deletions = deletionsBy(reading);
    return reading.proposal;
}

void SettingsTransfer::take(const QList<Change> &changes, UiSettings &settings)
{
    for (const Change &change : changes)
        settings.set(change.key, change.after);
}

} // namespace casement
