#pragma once

#include "aws/credentials.h"
#include "aws/endpoint.h"
#include "aws/transport.h"
#include "base/result.h"

#include <QStringList>

#include <functional>
#include <memory>

namespace casement {

/// What a role is asked for with. Limits are the service's; it says what it does not like.
struct RoleRequest
{
    QString roleArn;
    QString sessionName; ///< what CloudTrail shows: 2 to 64 characters
    QString externalId;
    QString serialNumber; ///< of an MFA device
    QString tokenCode; ///< six digits
    int durationSeconds = 0; ///< 900 to 43,200; 0: the service's hour
    QString webIdentityToken; ///< AssumeRoleWithWebIdentity, which nobody signs
};

/// Asks AWS STS for the keys of a role. `from` signs; it is not used with a web identity. `now`: seconds since 1970.
/// The callback runs once, never before this returns; abort the exchange by the id that this answers.
/// Source: AWS STS API Reference, version 2011-06-15.
Transport::Id assumeRole(const RoleRequest &role, const Credentials &from, const Endpoint &endpoint, qint64 now,
                         Transport &transport, std::function<void(const Result<Credentials> &keys)> done);

/// Asks whose keys these are: the account's number and the identity's ARN. Callback and `now` as of assumeRole().
Transport::Id callerIdentity(const Credentials &keys, const Endpoint &endpoint, qint64 now, Transport &transport,
                             std::function<void(const Result<QStringList> &numberAndArn)> done);

/// What an answer that isn't 200 says: `<ErrorResponse><Error><Code>…</Code><Message>…`, or the JSON of IAM Identity
/// Center; by the status alone when there is none in it.
Error stsError(const HttpAnswer &answer);

/// `transport` for keys: what STS and IAM Identity Center could not answer just now is asked again
/// (RepeatingTransport).
std::unique_ptr<Transport> keysTransport(std::unique_ptr<Transport> transport);

/// What STS refused, as an Error of the keys of `whose` (Error::Kind::NoCredentials; localcode::roleRefused,
/// localcode::roleKeysRefused where it does not take the keys that signed, localcode::stsRegionOff): it says nothing
/// about the operation that they were for. Other mishaps stay what they are.
Error roleRefusal(const Error &error, const QString &whose = {});

/// STS does not take the keys that signed: others may do.
bool refusesKeys(const Error &error);

/// Reads the answer of either way to a role.
Result<Credentials> readRole(const QByteArray &xml);

} // namespace casement
