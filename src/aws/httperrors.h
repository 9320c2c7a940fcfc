#pragma once

#include "base/error.h"

#include <QList>
#include <QNetworkReply>

class QSslError;

/// What Qt's errors of an HTTP exchange mean.
namespace casement {

/// `bodyLeft`: a byte of the request's body left this computer, so the request may have arrived.
Error::Kind kindOfNetworkError(QNetworkReply::NetworkError error, bool bodyLeft);

/// The local code and the sentence for what is wrong with a certificate; of several the one that is told first is the
/// one that no setting of this computer mends.
Error certificateError(const QList<QSslError> &errors);

/// `said`: what OpenSSL says of a handshake that failed.
Error handshakeError(const QString &said);

/// Qt makes an error of every status from 400 on; those answers are whole all the same.
bool isWholeAnswer(int status, QNetworkReply::NetworkError error);

} // namespace casement
