#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>

namespace casement {

/// The access token of IAM Identity Center that `aws sso login` left, and what renews it. The file is the AWS CLI's;
/// the two share it.
struct SsoToken
{
    QString accessToken;
    QDateTime expires; ///< UTC
    QString refreshToken;
    QString clientId;
    QString clientSecret;
    QDateTime registrationExpires; ///< UTC
    QJsonObject file; ///< all that stood in it, to be written back

    /// Whether it is used as it is: api-facts.md §15.6.
    bool isFresh(const QDateTime &now) const { return now.secsTo(expires) >= 15 * 60; }
    bool isRenewable(const QDateTime &now) const
    {
        return !refreshToken.isEmpty() && !clientId.isEmpty() && !clientSecret.isEmpty() && registrationExpires > now;
    }

    /// Where the token of a session lies: `FOLDER/<SHA-1 of the session's name, or of the start URL in the legacy
    /// form>.json`. Source: botocore, SSOTokenLoader.
    static QString path(const QString &cacheFolder, const QString &sessionOrUrl);
    /// An Error when there is none, or one that is of no use; its words are the end of a sentence about the file.
    static Result<SsoToken> read(const QString &path);
    /// Takes the answer of CreateToken.
    Result<void> renew(const QByteArray &answer, const QDateTime &now);
    /// Readable by its owner only, and so are folders that it makes; all or nothing.
    Result<void> write(const QString &path) const;
    /// A time as the file spells it.
    static QString textOf(const QDateTime &time);
};

} // namespace casement
