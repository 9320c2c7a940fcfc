#include "archive/accounttraces.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSettings>
#include <QStandardPaths>
#include <QStringList>

namespace casement::accounttraces {

using namespace Qt::StringLiterals;

namespace {

QString linesWithout(const QString &lines, AccountId account)
{
    QStringList left = lines.split(u'\n', Qt::SkipEmptyParts);
    left.removeIf(
        [beginning = QString::number(account) + u' '](const QString &line) { return line.startsWith(beginning); });
    return left.join(u'\n');
}

/// Also without the views of that account, whose names have its number.
QString viewsWithout(const QString &json, AccountId account)
{
    QJsonArray left;
    const QJsonArray all = QJsonDocument::fromJson(json.toUtf8()).array();
    for (const QJsonValue &one : all) {
        const QJsonArray parts = one.toArray();
        const QStringList accounts = parts.at(0).toString().section(u'/', 1, 1).split(u',');
        if (parts.at(1).toInteger() != account && !accounts.contains(QString::number(account)))
            left.append(one);
    }
    return QString::fromUtf8(QJsonDocument(left).toJson(QJsonDocument::Compact));
}

} // namespace

void forget(AccountId account, const Read &read, const Write &write)
{
    const auto change = [&](QLatin1StringView key, const QString &now) {
        if (now != read(key))
            write(key, now);
    };
    change(recentCases, linesWithout(read(recentCases), account));
    if (const QString views = read(lastCases); !views.isEmpty())
        change(lastCases, viewsWithout(views, account));
    if (read(selectedAccount) == QString::number(account)) {
        write(selectedAccount, {});
        write(selectedCase, {});
    }
}

QString settingsFile(const QString &portable)
{
    const QString name = u"/casement.ini"_s;
    return portable.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/casement"_s + name
        : portable + name;
}

void forget(AccountId account, const QString &settingsFile)
{
    if (!QFileInfo::exists(settingsFile))
        return;
    QSettings settings(settingsFile, QSettings::IniFormat);
    forget(
        account, [&](QLatin1StringView key) { return settings.value(key).toString(); },
        [&](QLatin1StringView key, const QString &value) { settings.setValue(key, value); });
}

} // namespace casement::accounttraces
