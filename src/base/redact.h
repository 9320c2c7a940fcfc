#pragma once

#include <QByteArray>
#include <QString>

namespace casement {

/// The text without what must not be written anywhere: secret access keys, session tokens, signatures, presigned query
/// parameters, bearer tokens, passwords in URLs. Access key ids keep their first and last four characters. Control
/// characters become visible symbols (U+2400 …), so that no log line can move a terminal's cursor.
QString redact(const QString &text);

/// Registers a secret of this process, so that redact() masks it wherever it stands; called where credentials are made.
/// Only a keyed digest of it is kept.
void registerSecret(const QString &secret);

} // namespace casement
