#include "base/redact.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QMutex>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>

#include <functional>
#include <utility>

namespace casement {

namespace {

// Libraries log until the very end of a process, after its statics are gone. What redact() needs is therefore made once
// and never destroyed.
template <class T> T &immortal(T value) { return *new T(std::move(value)); }

QBasicMutex secretsMutex;

QSet<QByteArray> &secretDigests()
{
    static QSet<QByteArray> &digests = immortal(QSet<QByteArray>());
    return digests;
}

QByteArray digest(QStringView secret)
{
    static const QByteArray &key = immortal([] {
        QByteArray bytes(32, Qt::Uninitialized);
        QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
        return bytes;
    }());
    return QMessageAuthenticationCode::hash(secret.toUtf8(), key, QCryptographicHash::Sha256);
}

QString masked() { return QStringLiteral("[redacted]"); }

void replaceAll(QString &text, const QRegularExpression &pattern,
                const std::function<QString(const QRegularExpressionMatch &)> &with)
{
    QString out;
    qsizetype from = 0;
    auto matches = pattern.globalMatch(text);
    if (!matches.hasNext())
        return;
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        out += QStringView(text).sliced(from, match.capturedStart() - from);
        out += with(match);
        from = match.capturedEnd();
    }
    out += QStringView(text).sliced(from);
    text = out;
}

} // namespace

void registerSecret(const QString &secret)
{
    if (secret.size() < 8)
        return;
    const QMutexLocker lock(&secretsMutex);
    secretDigests().insert(digest(secret));
}

QString redact(const QString &original)
{
    QString text = original;

    static const QRegularExpression &named = immortal(QRegularExpression(
        QStringLiteral(
            R"re(((?:aws_?)?(?:secret_?access_?key|session_?token|security_?token)|x-amz-security-token|x-amz-signature|x-amz-credential|signature|password|authorization)(["']?\s*[=:]\s*["']?)([^\s"'&,;]+(?:\s+Credential=[^\s]+)?))re"),
        QRegularExpression::CaseInsensitiveOption));
    replaceAll(text, named,
               [](const auto &match) { return QString(match.captured(1) + match.captured(2) + masked()); });

    static const QRegularExpression &bearer = immortal(QRegularExpression(
        QStringLiteral(R"re(\b(bearer)(\s+)([A-Za-z0-9._~+/=\-]{8,}))re"), QRegularExpression::CaseInsensitiveOption));
    replaceAll(text, bearer,
               [](const auto &match) { return QString(match.captured(1) + match.captured(2) + masked()); });

    static const QRegularExpression &userInUrl =
        immortal(QRegularExpression(QStringLiteral(R"re((://)[^/\s@:]*:[^/\s@]*@)re")));
    replaceAll(text, userInUrl, [](const auto &match) { return QString(match.captured(1) + masked() + u'@'); });

    static const QRegularExpression &keyId =
        immortal(QRegularExpression(QStringLiteral(R"re(\b((?:AKIA|ASIA)[A-Z0-9]{12,})\b)re")));
    replaceAll(text, keyId, [](const auto &match) {
        const QString id = match.captured(1);
        return QString(id.first(4) + QStringLiteral("…") + id.last(4));
    });

    // Whatever has the shape of a secret is compared with those that this process holds.
    static const QRegularExpression &candidate =
        immortal(QRegularExpression(QStringLiteral(R"re([A-Za-z0-9/+=_\-]{8,})re")));
    replaceAll(text, candidate, [](const auto &match) {
        const QString word = match.captured();
        const QMutexLocker lock(&secretsMutex);
        return secretDigests().contains(digest(word)) ? masked() : word;
    });

    for (QChar &c : text) {
        if (c < u' ' && c != u'\n' && c != u'\t')
            c = QChar(char16_t(0x2400 + c.unicode()));
        else if (c == QChar(0x7f))
            c = QChar(0x2421);
        else if (c.unicode() >= 0x80 && c.unicode() < 0xa0)
            c = QChar(QChar::ReplacementCharacter);
    }
    return text;
}

} // namespace casement
