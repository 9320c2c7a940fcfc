#include "archive/accountplace.h"

#include "archive/accountkey.h"
#include "archive/settings.h"

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

QString placeSetting(const QString &key) { return u"place/"_s + keyWithoutEndpoint(key); }

QString lostSetting(AccountId account) { return u"sync/%1/lostPlace"_s.arg(account); }

} // namespace

bool isPlaceOfFiles(const ProfileChoice &choice)
{
    if (!choice.endpointUrl.isEmpty())
        return false;
    constexpr std::array variables{"AWS_ENDPOINT_URL"_L1, "AWS_ENDPOINT_URL_SUPPORT"_L1,
                                   "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"_L1};
    return std::ranges::all_of(variables,
                               [&choice](QLatin1StringView name) { return choice.environment.value(name).isEmpty(); });
}

const AccountRecord *placeBefore(const QList<AccountRecord> &known, const QString &key)
{
    const QString own = keyWithoutEndpoint(key);
    const auto found = std::ranges::find_if(
        known, [&own](const AccountRecord &one) { return one.isPlace && keyWithoutEndpoint(one.key) == own; });
    return found == known.end() ? nullptr : &*found;
}

QString hostOfKey(const QString &key)
{
    return isKeyOfEndpoint(key) ? key.first(key.indexOf(u'/')).section(u':', 1) : QString();
}

QString lastPlace(Database &database, const QString &key) { return readSetting(database, placeSetting(key)); }

void notePlace(Database &database, const QString &key)
{
    if (lastPlace(database, key) != key)
        writeSetting(database, placeSetting(key), key);
    database
        .prepare(
            "DELETE FROM settings WHERE name IN (SELECT 'sync/' || id || '/lostPlace' FROM accounts WHERE key = ?)")
        .run(key);
}

void noteLostPlace(Database &database, AccountId account, qint64 now)
{
    if (lostSince(database, account) == 0)
        writeSetting(database, lostSetting(account), QString::number(now));
}

qint64 lostSince(Database &database, AccountId account) { return readNumberSetting(database, lostSetting(account)); }

void forgetPlace(Database &database, const QString &key)
{
    database.prepare("DELETE FROM settings WHERE name = ? AND value = ?").run(placeSetting(key), key);
}

} // namespace casement
