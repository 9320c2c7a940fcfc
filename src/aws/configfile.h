#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <optional>

namespace casement {

/// Where something stands in a file.
struct ConfigPlace
{
    QString file;
    int line = 0; ///< from 1

    /// `~/.aws/config:12`
    QString toString() const;
};

/// A section's keys, in lower case, and their values. A value that began on the next line is in `nested` instead.
struct ConfigSection
{
    QString name;
    ConfigPlace place; ///< of its header
    QHash<QString, QString> values;
    QHash<QString, QHash<QString, QString>> nested;
    QHash<QString, ConfigPlace> places; ///< of the keys

    QString value(const QString &key) const { return values.value(key); }
};

/// A setting's value, and what to call it when the value is of no use: the value itself may be a secret, or a secret
/// that went astray.
struct Setting
{
    QString value; ///< empty: not set
    QString name; ///< `the environment variable AWS_REGION`, `~/.aws/config:12: region of profile "dev"`
};

/// Reads the INI dialect of ~/.aws files as Python's RawConfigParser and botocore do: keys in lower case, `=` or `:`,
/// comments only on lines of their own, values that go on on indented lines, `[DEFAULT]` for all sections, one level of
/// nesting.
///
/// A byte order mark and CR LF are taken. Error::Kind::CredentialsFile with `fileName:line` for anything else: a
/// section or key twice, a line before the first section, a line without separator, bytes that are not UTF-8, NUL.
/// Source: Python's configparser, botocore/configloader.py.
Result<QList<ConfigSection>> parseConfigFile(const QByteArray &content, const QString &fileName);

/// What a profile says about where its keys come from, in the order in which AWS's programs look.
enum class ProfileUses {
    Nothing, ///< settings only
    StaticKeys,
    AssumeRole, ///< role_arn with source_profile or credential_source
    WebIdentity, ///< role_arn with web_identity_token_file
    Sso, ///< sso_session, or sso_start_url
    Login, ///< login_session, `aws login`
    Process, ///< credential_process
};

/// One profile, put together from both files; the credentials file's values win.
struct Profile
{
    QString name;
    ConfigSection section;
    ProfileUses uses = ProfileUses::Nothing;
};

/// Everything that the two files of ~/.aws say.
struct AwsConfig
{
    QList<Profile> profiles; ///< in the order of the files; config first
    QHash<QString, ConfigSection> ssoSessions;
    QHash<QString, ConfigSection> services;

    const Profile *profile(const QString &name) const;
};

/// Puts both parsed files together, as botocore does: `[profile NAME]`, `[default]`, `[sso-session NAME]`, `[services
/// NAME]` of config; every section of credentials is a profile.
AwsConfig mergeConfig(const QList<ConfigSection> &config, const QList<ConfigSection> &credentials);

/// Where the files are: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE with `~` and `$VAR` expanded, else in ~/.aws.
struct ConfigPaths
{
    QString config;
    QString credentials;

    static ConfigPaths of(const QProcessEnvironment &environment);
};

/// Reads and merges both; a missing file counts as empty, one that can't be read or parsed is an Error that names it.
Result<AwsConfig> readConfig(const ConfigPaths &paths);
/// The path, with what stands there instead of a file and is passed over, for people: "~/.aws/config (a folder)".
QString namedPlace(const QString &path);

/// The key of a section that belongs to a profile.
Setting profileSetting(const ConfigSection &section, const QString &key, const QString &profile);

/// The variable.
Setting environmentSetting(const QProcessEnvironment &environment, const QString &variable);

/// The profile to use: `chosen`, else AWS_PROFILE, else AWS_DEFAULT_PROFILE, else `default`.
QString profileName(const QString &chosen, const QProcessEnvironment &environment);

} // namespace casement
