#include "archive/communicationkey.h"

#include <QByteArray>

#include <openssl/sha.h>

namespace casement {

QString communicationKey(const QString &caseId, const QString &timeCreated, const QString &submittedBy,
                         const QString &body, int ordinal)
{
    QByteArray all;
    for (const QString *part : {&caseId, &timeCreated, &submittedBy, &body}) {
        const QByteArray utf8 = part->toUtf8();
        all += QByteArray::number(utf8.size()) + ':'; // so that no two lists of parts read the same
        all += utf8;
    }
    unsigned char digest[SHA256_DIGEST_LENGTH]; // libcrypto uses the processor's own instructions; Qt 6.4 does not
    SHA256(reinterpret_cast<const unsigned char *>(all.constData()), size_t(all.size()), digest);
    const QString key = QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(digest), 16).toHex());
    return ordinal == 0 ? key : key + u'-' + QString::number(ordinal);
}

} // namespace casement
