#pragma once

#include <QByteArray>
#include <QString>

namespace casement {

/// The text without what must not be written anywhere: secret access keys, session tokens, signatures, presigned query
/// parameters, bearer tokens, passwords in URLs. Access key ids keep their first and last four characters. Control
/// characters become visible symbols (U+2400 …), so that no log line can move a terminal's cursor.
QString redact(const QString &text);

/// Registers a secret of this process, so that redact() masks it wherever it stands, also within a word; called where
/// credentials are made. Only its length and keyed digests of it are kept. Less than eight characters are none.
void registerSecret(const QString &secret);

} // namespace casement
