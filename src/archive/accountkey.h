#pragma once

#include "aws/httpserviceconnection.h"
#include "aws/sources/ownedkeys.h"

#include <QString>

namespace casement {

/// What an account is for the archive.
struct AccountIdentity
{
    QString key; ///< tells accounts apart for ever
    QString name; ///< what people see; may change
    QString partition; ///< `aws`, `aws-cn` …
    QString number; ///< the twelve digits of AWS, as the list of accounts has them; empty: not known
    friend bool operator==(const AccountIdentity &, const AccountIdentity &) = default;
};

/// The account that a choice of profile leads to at an endpoint.
///
/// `profile:NAME` for the keys of a profile. `environment:DISCRIMINATOR` for those of the environment: the twelve
/// digits of the account where AWS_ACCOUNT_ID or the access key id tells them, so that keys that are replaced every
/// hour lead to one account; else a digest of the access key id, so that two shells with keys of two accounts don't
/// share one. The name says the digits too. Behind a custom endpoint `endpoint:HOST:PORT/` stands in front, and what an
/// emulator says never mixes with a real account. A custom URL that names the service's own host is no custom endpoint.
AccountIdentity accountIdentity(const ProfileChoice &choice, const Endpoint &endpoint);

/// Whether a key is of an account at another endpoint than the service's own.
bool isKeyOfEndpoint(const QString &key);

/// The same key at the service itself.
QString keyWithoutEndpoint(const QString &key);

/// The same key behind another endpoint, or at the service itself: with the endpoint's part in front, or without.
QString keyAtEndpoint(const QString &key, const Endpoint &endpoint);

/// The key for keys that a person entered and for roles: `account:TWELVE DIGITS` where the number is known or the key
/// id tells it, else `keys:DIGEST` of the key id. Behind a custom endpoint a key id tells none, see maybeSameAccount().
QString keyOfKeys(const QString &accountNumber, const QString &accessKeyId, const Endpoint &endpoint);

/// Whether two AccountIdentity::key may stand for one account whose keys in the environment were replaced: both are of
/// the environment at one endpoint, and not of two accounts of AWS by their numbers. Behind a custom endpoint numbers
/// say nothing: emulators make key ids as they like.
bool maybeSameAccount(const QString &key, const QString &other);

} // namespace casement
