#include "aws/sources/keychainsource.h"

#include "aws/secretstore.h"

namespace casement {

KeychainSource::KeychainSource(SecretStore &store, const QString &entry, const QString &account)
    : m_store(store), m_entry(entry), m_account(account)
{
}

QString KeychainSource::name() const { return QStringLiteral("keychain entry of %1").arg(m_account); }

void KeychainSource::fetch(QObject *context, Callback callback)
{
    m_store.read(m_entry, context, [source = name(), callback = std::move(callback)](const Result<Credentials> &found) {
        if (!found)
            return callback(found.error());
        Credentials keys = *found;
        keys.source = source;
        callback(std::optional(keys));
    });
}

} // namespace casement
