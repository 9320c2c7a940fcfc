#include "aws/sources/ownedkeys.h"

#include "aws/sources/sts.h"
#include "base/log.h"

#include <QDateTime>

#include <algorithm>

namespace casement {

namespace {

constexpr qsizetype prefixLength = 4; // AKIA, ASIA
constexpr qsizetype keyIdLength = 20;
constexpr qsizetype charactersRead = 10; // 50 bits; the account's number is bits 1 to 40

} // namespace

bool isAccountNumber(QStringView text)
{
    return text.size() == 12 && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QString accountOfKeyId(const QString &accessKeyId)
{
    const auto isBase32 = [](QChar c) { return (c >= u'A' && c <= u'Z') || (c >= u'2' && c <= u'7'); };
    if (accessKeyId.size() != keyIdLength
        || (!accessKeyId.startsWith(QLatin1StringView("AKIA")) && !accessKeyId.startsWith(QLatin1StringView("ASIA")))
        || !std::all_of(accessKeyId.begin(), accessKeyId.end(), isBase32))
        return {};
    quint64 bits = 0;
    for (const QChar c : QStringView(accessKeyId).sliced(prefixLength, charactersRead))
        bits = bits << 5 | quint64(c >= u'A' ? c.unicode() - u'A' : c.unicode() - u'2' + 26);
    const bool hasNumber = bits >> 49; // the forms before 2019 begin with a lower letter
    const quint64 number = (bits >> 9) & 0xff'ffff'ffff;
    constexpr quint64 largest = 999'999'999'999;
    return hasNumber && number <= largest ? QStringLiteral("%1").arg(number, 12, 10, QLatin1Char('0')) : QString();
}

QString accountOfKeys(const Credentials &keys, bool idsTell)
{
    // What a file says of keys may be left from others.
    const QString told = idsTell ? accountOfKeyId(QString::fromLatin1(keys.accessKeyId())) : QString();
    return told.isEmpty() && isAccountNumber(keys.accountId) ? keys.accountId : told;
}

OwnedKeys::OwnedKeys(std::unique_ptr<CredentialSource> keys, const KeyOwner &owner, Asking asking)
    : m_keys(std::move(keys)), m_owner(owner), m_asking(std::move(asking))
{
}

OwnedKeys::~OwnedKeys() = default;

void OwnedKeys::fetch(QObject *context, Callback callback)
{
    m_keys->fetch(context,
                  [this, alive = std::weak_ptr<int>(m_alive), context = QPointer<QObject>(context),
                   callback = std::move(callback)](const Result<std::optional<Credentials>> &got) {
                      if (alive.expired() || !context)
                          return;
                      if (!got || !*got || (*got)->isEmpty())
                          return callback(got);
                      found(**got, context, callback);
                  });
}

void OwnedKeys::found(const Credentials &keys, QObject *context, const Callback &callback)
{
    QString number = accountOfKeys(keys, m_asking.idsTell);
    if (number.isEmpty() && m_askedFor == keys.accessKeyId())
        number = m_told;
    if (!number.isEmpty() || !keys.isSendable())
        return answer(keys, number, callback);
    const Result<Endpoint> sts = m_asking.sts();
    if (!sts)
        return answer(keys, {}, callback);
    if (!m_transport)
        m_transport = keysTransport(m_asking.transport());
    callerIdentity(keys, *sts, QDateTime::currentSecsSinceEpoch(), *m_transport,
                   [this, alive = std::weak_ptr<int>(m_alive), keys, context = QPointer<QObject>(context),
                    callback](const Result<QStringList> &numberAndArn) {
                       if (alive.expired() || !context)
                           return;
                       if (numberAndArn) {
                           m_askedFor = keys.accessKeyId();
                           m_told = numberAndArn->first();
                       } else {
                           qCDebug(logCredentials) << numberAndArn.error().toLine();
                       }
                       answer(keys, numberAndArn ? numberAndArn->first() : QString(), callback);
                   });
}

void OwnedKeys::answer(Credentials keys, const QString &number, const Callback &callback)
{
    if (!number.isEmpty() && m_owner.number.isEmpty())
        m_owner.number = number; // from now on
    if (!number.isEmpty() && number != m_owner.number)
        return callback(m_owner.otherwise(number, m_owner.number));
    if (!number.isEmpty())
        keys.accountId = number;
    callback(std::optional<Credentials>(keys));
}

} // namespace casement
