#pragma once

#include "aws/httpserviceconnection.h"

#include <QString>

namespace casement {

/// What an account is for the archive.
struct AccountIdentity
{
    QString key; ///< tells accounts apart for ever
    QString name; ///< what people see; may change
    QString partition; ///< `aws`, `aws-cn` …
    friend bool operator==(const AccountIdentity &, const AccountIdentity &) = default;
};

/// The account that a choice of profile leads to at an endpoint.
///
/// `profile:NAME` for the keys of a profile. `environment:DISCRIMINATOR` for those of the environment: the twelve
/// digits of the account where AWS_ACCOUNT_ID or the access key id tells them, else a digest of the access key id, so
/// that two shells with keys of two accounts don't share one. Behind a custom endpoint `endpoint:HOST:PORT/` stands in
/// front, and what an emulator says never mixes with a real account. A custom URL that names the service's own host is
/// no custom endpoint.
AccountIdentity accountIdentity(const ProfileChoice &choice, const Endpoint &endpoint);

/// The twelve digits of the account that an access key id of the form since 2019 carries; empty for others. AWS does
/// not document the form, so it serves to tell accounts apart and for nothing else. Source: "AWS Access Key ID
/// formats", A. Steele 2020; "A short note on AWS key ID", T. Be'ery 2023.
QString accountOfKeyId(const QString &accessKeyId);

} // namespace casement
