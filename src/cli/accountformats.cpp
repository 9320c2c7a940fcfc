#include "cli/accountformats.h"

#include "cli/accountsline.h"
#include "cli/caseformats.h"
#include "cli/cells.h"
#include "support/jsonindent.h"
#include "support/jsontext.h"

#include <QDateTime>

#include <array>
#include <vector>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

using Source = ListedAccount::Source;

QString sourceWord(Source source)
{
    switch (source) {
    case Source::Keychain:
        return u"keychain"_s;
    case Source::Session:
        return u"session"_s;
    case Source::Profile:
        return u"profile"_s;
    case Source::Environment:
        return u"environment"_s;
    case Source::Role:
        return u"role"_s;
    case Source::Newer:
        break;
    }
    return u"unknown"_s;
}

QString baseName(const ListedAccount &account, const AccountList &list)
{
    const ListedAccount *base = list.find(account.base);
    return base ? base->name : account.base;
}

QString colorName(const ListedAccount &account)
{
    return account.color < 0 ? QString() : accountColorNames().value(account.color);
}

// What JSON and CSV say of an account, in this order.
struct AccountField
{
    QLatin1StringView name;
    QString (*text)(const ListedAccount &account, const AccountList &list);
};

using A = ListedAccount;
using L = AccountList;

constexpr std::array accountFields{
    AccountField{"name"_L1, [](const A &a, const L &) { return a.name; }},
    AccountField{"id"_L1, [](const A &a, const L &) { return a.id; }},
    AccountField{"source"_L1, [](const A &a, const L &) { return sourceWord(a.source); }},
    AccountField{"profile"_L1, [](const A &a, const L &) { return a.profile; }},
    AccountField{"roleArn"_L1, [](const A &a, const L &) { return a.roleArn; }},
    AccountField{"base"_L1, [](const A &a, const L &list) { return baseName(a, list); }},
    AccountField{"accountNumber"_L1, [](const A &a, const L &) { return a.accountNumber; }},
    AccountField{"region"_L1, [](const A &a, const L &) { return a.region; }},
    AccountField{"endpointUrl"_L1, [](const A &a, const L &) { return a.endpointUrl; }},
    AccountField{"color"_L1, [](const A &a, const L &) { return colorName(a); }},
};

/// Empty: never.
QString utcTime(qint64 time)
{
    return time == 0 ? QString() : QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODate);
}

} // namespace

QLatin1StringView permissionWord(Permission permission)
{
    switch (permission) {
    case Permission::Allowed:
        return "allowed"_L1;
    case Permission::Denied:
        return "denied"_L1;
    case Permission::NotOffered:
        return "not offered"_L1;
    case Permission::Unknown:
        break;
    }
    return "unknown"_L1;
}

QString keysText(const ListedAccount &account, const AccountList &list)
{
    switch (account.source) {
    case Source::Profile:
        return u"profile %1"_s.arg(account.profile);
    case Source::Role:
        return u"role of %1"_s.arg(baseName(account, list));
    case Source::Newer:
        return u"needs a newer Casement"_s;
    default:
        return sourceWord(account.source);
    }
}

QString accountTable(const AccountList &list, int columns,
                     const std::function<QString(const ListedAccount &account)> &endpoint)
{
    std::vector<QStringList> rows{{u"NAME"_s, u"KEYS"_s, u"ACCOUNT"_s, u"REGION"_s, u"STATE"_s, u"ENDPOINT"_s}};
    for (const ListedAccount &account : list.accounts()) {
        rows.push_back({account.name, keysText(account, list), account.accountNumber, account.region,
                        account.paused ? u"paused"_s : QString(), endpoint(account)});
    }
    return tableText(std::move(rows), {40, 40, 12, 20, 8}, columns, true);
}

QByteArray accountJson(const AccountList &list)
{
    QByteArray json = "[";
    for (const ListedAccount &account : list.accounts()) {
        json += json.size() > 1 ? ",{" : "{";
        for (const AccountField &field : accountFields) {
            appendJsonString(json, QString(field.name));
            json += ':';
            const QString text = field.text(account, list);
            if (text.isEmpty())
                json += "null";
            else
                appendJsonString(json, text);
            json += ',';
        }
        json += account.paused ? "\"paused\":true," : "\"paused\":false,";
        json += account.asksBeforeSending ? "\"askBeforeSending\":true}" : "\"askBeforeSending\":false}";
    }
    return indentJson(json + ']', true).value() + '\n';
}

QByteArray accountCsv(const AccountList &list, bool forTerminal)
{
    QByteArray csv;
    for (const AccountField &field : accountFields)
        csv += QByteArray(csv.isEmpty() ? "" : ",") + QByteArray(field.name.data(), field.name.size());
    csv += ",paused,askBeforeSending\r\n";
    for (const ListedAccount &account : list.accounts()) {
        for (const AccountField &field : accountFields)
            csv += csvCell(field.text(account, list), forTerminal) + ',';
        csv += account.paused ? "true," : "false,";
        csv += account.asksBeforeSending ? "true\r\n" : "false\r\n";
    }
    return csv;
}

QString holdingsTable(const QList<AccountHoldings> &accounts, int columns)
{
    std::vector<QStringList> rows{
        {u"NAME"_s, u"CASES"_s, u"DRAFTS"_s, u"FILES"_s, u"LAST SYNC"_s, u"KEY IN THE ARCHIVE"_s}};
    for (const AccountHoldings &one : accounts) {
        rows.push_back({one.account.name, QString::number(one.cases), QString::number(one.drafts),
                        one.copies == 0 ? QString() : sizeText(one.bytes), localTime(one.account.lastSync),
                        one.account.key});
    }
    return tableText(std::move(rows), {40, 8, 8, 10, 20}, columns, true);
}

QByteArray holdingsJson(const QList<AccountHoldings> &accounts, bool forTerminal)
{
    QByteArray json = "[";
    for (const AccountHoldings &one : accounts) {
        json += json.size() > 1 ? ",{\"name\":" : "{\"name\":";
        appendJsonString(json, one.account.name);
        json += ",\"key\":";
        appendJsonString(json, one.account.key);
        json += ",\"cases\":" + QByteArray::number(one.cases) + ",\"drafts\":" + QByteArray::number(one.drafts)
            + ",\"files\":" + QByteArray::number(one.copies) + ",\"fileBytes\":" + QByteArray::number(one.bytes)
            + ",\"lastSync\":";
        if (const QString time = utcTime(one.account.lastSync); time.isEmpty())
            json += "null";
        else
            appendJsonString(json, time);
        json += '}';
    }
    return indentJson(json + ']', forTerminal).value() + '\n';
}

QByteArray holdingsCsv(const QList<AccountHoldings> &accounts, bool forTerminal)
{
    QByteArray csv = "name,key,cases,drafts,files,fileBytes,lastSync\r\n";
    for (const AccountHoldings &one : accounts) {
        csv += csvCell(one.account.name, forTerminal) + ',' + csvCell(one.account.key, forTerminal) + ','
            + QByteArray::number(one.cases) + ',' + QByteArray::number(one.drafts) + ','
            + QByteArray::number(one.copies) + ',' + QByteArray::number(one.bytes) + ','
            + csvCell(utcTime(one.account.lastSync), forTerminal) + "\r\n";
    }
    return csv;
}

} // namespace casement::cli
