#include "aws/sources/ssotoken.h"

#include "aws/regularfile.h"
#include "base/redact.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 1 << 20;

/// `2026-11-21T03:04:05Z`, or with `UTC` at its end, as older programs write it.
QDateTime timeOfText(QString text)
{
    if (text.endsWith("UTC"_L1))
        text.replace(text.size() - 3, 3, u"Z"_s);
    return QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
}

Error useless(const QString &why) { return {.kind = Error::Kind::NoCredentials, .message = why}; }

} // namespace

QString SsoToken::textOf(const QDateTime &time) { return time.toUTC().toString(u"yyyy-MM-ddTHH:mm:ss"_s) + u'Z'; }

QString SsoToken::path(const QString &cacheFolder, const QString &sessionOrUrl)
{
    const QByteArray digest = QCryptographicHash::hash(sessionOrUrl.toUtf8(), QCryptographicHash::Sha1).toHex();
    return cacheFolder + u'/' + QString::fromLatin1(digest) + u".json"_s;
}

Result<SsoToken> SsoToken::read(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return useless(u"nobody has signed in"_s);
    if (const QString why = whyNotReadable(path); !why.isEmpty())
        return useless(u"%1: %2"_s.arg(path, why));
    if (!file.open(QIODevice::ReadOnly))
        return useless(u"%1: %2"_s.arg(path, file.errorString()));
    const QJsonDocument document = QJsonDocument::fromJson(file.read(largestFile));
    SsoToken token;
    token.file = document.object();
    const auto text = [&](QLatin1StringView name) { return token.file.value(name).toString(); };
    token.accessToken = text("accessToken"_L1);
    token.expires = timeOfText(text("expiresAt"_L1));
    token.refreshToken = text("refreshToken"_L1);
    token.clientId = text("clientId"_L1);
    token.clientSecret = text("clientSecret"_L1);
    token.registrationExpires = timeOfText(text("registrationExpiresAt"_L1));
    if (token.accessToken.isEmpty() || !token.expires.isValid())
        return useless(u"%1 holds no token"_s.arg(path));
    for (const QString &secret : {token.accessToken, token.refreshToken, token.clientSecret})
        registerSecret(secret);
    return token;
}

Result<void> SsoToken::renew(const QByteArray &answer, const QDateTime &now)
{
    const QJsonObject given = QJsonDocument::fromJson(answer).object();
    const QString access = given.value("accessToken"_L1).toString();
    const double seconds = given.value("expiresIn"_L1).toDouble();
    if (access.isEmpty() || seconds < 1 || seconds > 366.0 * 24 * 60 * 60)
        return Error{.kind = Error::Kind::BadAnswer, .message = u"the answer holds no token"_s};
    accessToken = access;
    expires = now.addSecs(qint64(seconds));
    file.insert(u"accessToken"_s, accessToken);
    file.insert(u"expiresAt"_s, textOf(expires));
    if (const QString refresh = given.value("refreshToken"_L1).toString(); !refresh.isEmpty()) {
        refreshToken = refresh;
        file.insert(u"refreshToken"_s, refreshToken);
    }
    registerSecret(accessToken);
    registerSecret(refreshToken);
    return {};
}

Result<void> SsoToken::write(const QString &path) const
{
    QStringList missing; // folders, the outermost last
    for (QString folder = QFileInfo(path).path(); !QFileInfo::exists(folder) && folder.size() > 1;
         folder = QFileInfo(folder).path())
        missing.append(folder);
    for (qsizetype i = missing.size() - 1; i >= 0; --i) {
        if (QDir().mkdir(missing.at(i)))
            QFile::setPermissions(missing.at(i), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    QSaveFile target(path);
    const QByteArray bytes = QJsonDocument(file).toJson(QJsonDocument::Compact);
    // What stays in a buffer on a full disk is no failure to QSaveFile, and the old file would be gone.
    if (!target.open(QIODevice::WriteOnly | QIODevice::Unbuffered)
        || !target.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || target.write(bytes) != bytes.size()
        || !target.commit())
        return Error{.kind = Error::Kind::File, .message = u"%1: %2"_s.arg(path, target.errorString())};
    return {};
}

} // namespace casement
