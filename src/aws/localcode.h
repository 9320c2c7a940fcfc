#pragma once

#include <QLatin1StringView>
#include <QString>

/// Error::code of what goes wrong on this computer or on the way, where its kind alone does not decide the sentence and
/// the advice.
namespace casement::localcode {

inline constexpr QLatin1StringView profileNotFound("ProfileNotFound");
inline constexpr QLatin1StringView profileWithoutKeys("ProfileWithoutKeys");
inline constexpr QLatin1StringView profileAssumesRole("ProfileAssumesRole"); ///< with an MFA code, or from a place
inline constexpr QLatin1StringView profileSso("ProfileSso"); ///< a sign-in is needed
inline constexpr QLatin1StringView profileLogin("ProfileLogin");
inline constexpr QLatin1StringView profileProcess("ProfileProcess");
inline constexpr QLatin1StringView personNeeded("PersonNeeded"); ///< a code, and nobody was there or wanted to enter it
inline constexpr QLatin1StringView roleRefused("RoleRefused"); ///< AWS STS gave no keys of a role
inline constexpr QLatin1StringView roleKeysRefused("RoleKeysRefused"); ///< it does not take the keys that ask for one
inline constexpr QLatin1StringView stsRegionOff("StsRegionOff"); ///< it gives out no keys in that region
inline constexpr QLatin1StringView secretKeyNotSet("SecretKeyNotSet"); ///< of the two variables only the id is there

inline constexpr QLatin1StringView keysExpired("KeysExpired"); ///< known before AWS was asked
inline constexpr QLatin1StringView keysUnusable("KeysUnusable"); ///< they hold what no header of HTTP can carry
inline constexpr QLatin1StringView notConnected("NotConnected"); ///< the account is in the list and not open

/// `message` is a whole sentence in the person's language that says what to do, and is shown as it is.
inline constexpr QLatin1StringView told("Told");
/// The same of an account that nothing is asked or sent for until a person says that it is right as it is.
inline constexpr QLatin1StringView held("Held");
inline bool isSentence(const QString &code) { return code == told || code == held; }

inline constexpr QLatin1StringView plainHttp("PlainHttp"); ///< http to another computer

inline constexpr QLatin1StringView proxyUnreachable("ProxyUnreachable"); ///< no connection, and a proxy had to make it
inline constexpr QLatin1StringView proxySetting("ProxySetting"); ///< what names the proxy is no address of one

inline constexpr QLatin1StringView
    demoFailed("DemoFailed"); ///< the demo account's service in this program did not start

/// Error::Kind::Refused: what InvalidSignatureException says of a request that was signed for another region or service
/// than the one it reached, though the keys are right. Stands for the code in tables of advice only.
inline constexpr QLatin1StringView wrongScope("SignedForAnotherRegion");

// Error::Kind::Refused, of links to attachments
inline constexpr QLatin1StringView foreignLink("ForeignLink"); ///< it leads to another host than the service's
inline constexpr QLatin1StringView linkRefused("LinkRefused"); ///< 4xx: over its time, mostly
inline constexpr QLatin1StringView downloadRefused("DownloadRefused"); ///< 4xx for fresh links to a file, too

// Error::Kind::Tls
inline constexpr QLatin1StringView unknownAuthority("UnknownAuthority"); ///< who signed it is not trusted here
inline constexpr QLatin1StringView certificateExpired("CertificateExpired");
inline constexpr QLatin1StringView certificateNotYetValid("CertificateNotYetValid");
inline constexpr QLatin1StringView otherHost("CertificateOfOtherHost");
inline constexpr QLatin1StringView weakKey("CertificateKeyTooWeak");
inline constexpr QLatin1StringView oldTls("TlsTooOld"); ///< nothing newer than TLS 1.1 is spoken there
inline constexpr QLatin1StringView noHandshake("TlsHandshakeFailed"); ///< for another reason than the certificate

} // namespace casement::localcode
