#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

class QDebug;

namespace casement {

/// The keys of one account, on their way from where they are kept to the signer. Nothing else stores or
/// compares them.
///
/// Making one registers the secret parts with redact(), so that no log line can carry them.
class Credentials
{
public:
    /// No keys; isEmpty() is true.
    Credentials() = default;
    /// `sessionToken` is empty for long-lived keys.
    Credentials(const QString &accessKeyId, const QString &secretAccessKey, const QString &sessionToken = {});

    bool isEmpty() const { return m_accessKeyId.isEmpty() || m_secretAccessKey.isEmpty(); }
    /// True when every part is what a key can be; see whyNoKey().
    bool isSendable() const;
    /// True for the same keys, wherever they came from.
    bool isSameAs(const Credentials &other) const;

    const QByteArray &accessKeyId() const { return m_accessKeyId; }
    const QByteArray &secretAccessKey() const { return m_secretAccessKey; }
    const QByteArray &sessionToken() const { return m_sessionToken; }

    /// When the service will stop accepting them, in UTC; invalid when they don't expire or nobody said.
    QDateTime expiry;
    /// New ones take a person, as after a code of an MFA device: these are used until they expire.
    bool needsPerson = false;
    /// The twelve digits of the account when the source knows them.
    QString accountId;
    /// Where they came from, for people: `environment`, `profile prod`.
    QString source;

private:
    QByteArray m_accessKeyId;
    QByteArray m_secretAccessKey;
    QByteArray m_sessionToken;
};

QDebug operator<<(QDebug, const Credentials &) = delete;

/// Tells keys apart where their id must not stand: twelve hexadecimal digits of a digest of it.
QString keyIdDigest(const QByteArray &accessKeyId);

/// Why the text can't be a key id, a secret or a token, as the end of a sentence without the text itself: "holds a
/// space". Empty when it can: printable ASCII without spaces, which may stand in an HTTP header.
QString whyNoKey(const QString &text);

/// Whether one of the two was put where the other belongs: a key id of AWS begins with AKIA or ASIA, a secret has 40
/// characters of base64. Those of emulators may look like neither.
bool hasKeyIdForm(const QString &text);
bool hasSecretKeyForm(const QString &text);

} // namespace casement
