#pragma once

#include "aws/httperrors.h"
#include "aws/localcode.h"
#include "aws/networkpreferences.h"
#include "aws/secretstore.h"
#include "aws/siblingendpoint.h"
#include "aws/sources/profilesource.h"
#include "aws/sources/ssotoken.h"
#include "aws/sources/sts.h"
#include "faultserver.h"
#include "support/client.h"
#include "support/operations.h"
#include "support/rehearsal.h"
#include "transfer/filecode.h"
#include "ui/errorcase.h"
#include "ui/errorcodes.h"

#include <QDir>
#include <QFile>
#include <QSslError>
#include <QTest>

#include <unistd.h>

namespace casement::test {

/// What AWS, the way to it and the keys for it do wrong: over HTTP from a server on this computer, and from files of
/// `folder` that stand for ~/.aws.
class ServiceErrors
{
public:
    explicit ServiceErrors(const QString &folder) : m_folder(folder) { }

    /// They live as long as this.
    QList<ErrorCase> all() const
    {
        QList<ErrorCase> cases = ofNetwork() + ofTls() + ofKeys() + ofKeychain();
        for (const ErrorCode &code : errorCodes()) {
            if (const Error error = refusal(code.code); error.kind != Error::Kind::None)
                cases.append(ofAws(code.code));
        }
        return cases;
    }

private:
    using Kind = Error::Kind;
    using Deed = ErrorText::Deed;

    // The keys of AWS's documentation.
    static Credentials keys()
    {
        return Credentials(QStringLiteral("AKIAIOSFODNN7EXAMPLE"),
                           QStringLiteral("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    }

    static ConnectionSettings settingsFor(const QUrl &url, const Credentials &credentials = keys())
    {
        ConnectionSettings settings;
        settings.endpoint = *resolveEndpoint({.region = QStringLiteral("us-east-1"), .customUrl = url.toString()});
        settings.credentials = CredentialChain::ofKeys(credentials);
        settings.rate.callsPerSecond = 0;
        settings.random = [] { return 0.0; };
        return settings;
    }

    static Error ask(ServiceConnection &connection, const QByteArray &operation = "DescribeCases")
    {
        ServiceRequest request;
        request.operation = operation;
        request.body = "{}";
        request.largestAnswer = 1000;
        request.idleLimit = std::chrono::milliseconds(300);
        request.totalLimit = std::chrono::milliseconds(5000);
        std::optional<Result<ServiceAnswer>> answer;
        QObject context;
        connection.send(request, &context, [&answer](Result<ServiceAnswer> given) { answer = std::move(given); });
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 30'000))
            return {.kind = Kind::None, .message = QStringLiteral("no answer")};
        return answer->hasValue() ? Error() : answer->error();
    }

    static Error over(const FaultServer::Step &step, const QByteArray &operation = "DescribeCases")
    {
        FaultServer server({step});
        HttpServiceConnection connection(settingsFor(server.url()));
        return ask(connection, operation);
    }

    static QByteArray body(const QByteArray &code, const QByteArray &message)
    {
        return R"({"__type":"com.amazonaws.support#)" + code + R"(","message":")" + message + R"("})";
    }

    /// How AWS refuses with a code of the table; Kind::None for a code of this program's own.
    static Error refusal(QLatin1StringView code)
    {
        struct Refusal
        {
            QLatin1StringView code;
            const char *operation;
            const char *message;
            int status = 400;
        };
        static constexpr std::array refusals{
            Refusal{QLatin1StringView("AttachmentLimitExceeded"), "AddAttachmentsToSet", "Too many sets."},
            Refusal{QLatin1StringView("CaseCreationLimitExceeded"), "CreateCase",
                    "Account has exceeded the limit of 10 cases per hour."},
            Refusal{QLatin1StringView("DescribeAttachmentLimitExceeded"), "DescribeAttachment", "Too many."},
            Refusal{QLatin1StringView("AttachmentIdNotFound"), "DescribeAttachment", "No such attachment."},
            Refusal{QLatin1StringView("AttachmentSetExpired"), "CreateCase", "The set has expired."},
            Refusal{QLatin1StringView("AttachmentSetIdNotFound"), "CreateCase", "No such set."},
            Refusal{QLatin1StringView("AttachmentSetSizeLimitExceeded"), "AddAttachmentsToSet", "Too large."},
            Refusal{QLatin1StringView("UploadIdNotFound"), "CompleteAttachmentUpload", "No such upload."},
            Refusal{QLatin1StringView("SubscriptionRequired"), "DescribeCases", "A plan is required."},
            Refusal{QLatin1StringView("AccessDenied"), "DescribeCases",
                    "User: a is not authorized to perform: support:DescribeCases on resource: *"},
            Refusal{QLatin1StringView("UnauthorizedOperation"), "DescribeCases", "You are not authorized."},
            Refusal{QLatin1StringView("UnrecognizedClient"), "DescribeCases",
                    "The security token included in the request is invalid."},
            Refusal{QLatin1StringView("InvalidClientTokenId"), "DescribeCases", "The token is invalid.", 403},
            Refusal{QLatin1StringView("InvalidAccessKeyId"), "DescribeCases", "The key does not exist.", 403},
            Refusal{QLatin1StringView("InvalidSignature"), "DescribeCases",
                    "The request signature we calculated does not match the signature you provided."},
            Refusal{QLatin1StringView("SignatureDoesNotMatch"), "DescribeCases", "It does not match.", 403},
            Refusal{QLatin1StringView("SignedForAnotherRegion"), "DescribeCases",
                    "Credential should be scoped to a valid region, not 'eu-west-1'."},
            Refusal{QLatin1StringView("IncompleteSignature"), "DescribeCases", "The signature is incomplete."},
            Refusal{QLatin1StringView("MissingAuthenticationToken"), "DescribeCases", "Missing token.", 403},
            Refusal{QLatin1StringView("ExpiredToken"), "DescribeCases", "The token is expired."},
            Refusal{QLatin1StringView("Throttling"), "DescribeCases", "Rate exceeded"},
            Refusal{QLatin1StringView("TooManyRequests"), "DescribeCases", "Too many requests", 429},
            Refusal{QLatin1StringView("CaseIdNotFound"), "DescribeCommunications", "No such case."},
            Refusal{QLatin1StringView("InternalServerError"), "DescribeCases", "Internal error.", 500},
            Refusal{QLatin1StringView("ServiceUnavailable"), "DescribeCases", "Unavailable.", 503},
            Refusal{QLatin1StringView("UnknownOperation"), "GetAttachmentUploadLinks", "Unknown operation."},
            Refusal{QLatin1StringView("Validation"), "DescribeCases", "1 validation error detected."},
            Refusal{QLatin1StringView("InvalidParameterValue"), "DescribeCases", "Invalid value."},
            Refusal{QLatin1StringView("Serialization"), "DescribeCases", "Could not parse the request."},
        };
        for (const Refusal &one : refusals) {
            if (one.code != code)
                continue;
            const bool isWrongRegion = code == localcode::wrongScope;
            const QByteArray name = isWrongRegion ? QByteArray("InvalidSignature") : QByteArray(code.data());
            return over(http(one.status, body(name + "Exception", one.message)), one.operation);
        }
        if (code == QLatin1StringView("413"))
            return over(http(413, {}), "CreateCase");
        if (code == QLatin1StringView("RequestExpired")) // of the service its kind is ClockSkew; STS is not looked into
            return {.kind = Kind::Refused, .code = QString(code), .operation = QStringLiteral("GetCallerIdentity")};
        return {};
    }

    static ErrorCase ofAws(QLatin1StringView code)
    {
        const Error sample = refusal(code);
        const Deed deed = sample.operation.contains(QStringLiteral("Upload"))
                || sample.operation == QStringLiteral("AddAttachmentsToSet")
            ? Deed::Upload
            : sample.operation == QStringLiteral("DescribeAttachment") ? Deed::Save
                                                                       : Deed::Read;
        return errorCase(
            kindName(sample.kind) + QLatin1Char('/') + code, [code] { return refusal(code); }, deed);
    }

    static QList<ErrorCase> ofNetwork()
    {
        const auto value = [](const QString &key, const Error &error, Deed deed = Deed::Read) {
            return errorCase(
                key, [error] { return error; }, deed);
        };
        const auto row = [](const char *key, const FaultServer::Step &step) {
            return errorCase(QString::fromLatin1(key), [step] { return over(step); });
        };
        QList<ErrorCase> cases{
            row("TimedOut", silence()),
            row("Dropped", rawThenReset("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")),
            row("Redirected", http(302, {}, "Location: https://elsewhere.example/\r\n")),
            row("NotTheService", http(200, "<html><body>Sign in</body></html>", "Content-Type: text/html\r\n")),
            row("BadAnswer", http(200, R"({"cases":)")),
            row("TooLarge", http(200, "{" + QByteArray(2000, ' ') + "}")),
            row("Throttled", http(429, {})),
            row("Unavailable", http(502, {})),
            row("Refused", http(400, body("LockedException", "The account is locked."))),
            row("Proxy", http(407, {})),
            errorCase(QStringLiteral("CannotConnect"),
                      [] {
                          QUrl url;
                          url = FaultServer().url();
                          HttpServiceConnection connection(settingsFor(url));
                          return ask(connection);
                      }),
            errorCase(QStringLiteral("HostNotFound"),
                      [] {
                          HttpServiceConnection connection(
                              settingsFor(QUrl(QStringLiteral("https://nowhere.invalid"))));
                          return ask(connection);
                      }),
            errorCase(QStringLiteral("ClockSkew"),
                      [] {
                          const QByteArray date = QLocale::c()
                                                      .toString(QDateTime::currentDateTimeUtc().addSecs(1200),
                                                                QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"))
                                                      .toLatin1();
                          return over(
                              http(403, body("RequestTimeTooSkewed", "Signature expired."), "Date: " + date + "\r\n"));
                      }),
            errorCase(
                QStringLiteral("Invalid"),
                [] {
                    return findOperation(QStringLiteral("DescribeCases"))->checkRequest(R"({"maxResults":5})").error();
                }),
            errorCase(QStringLiteral("Proxy/ProxySetting"),
                      [] {
                          QProcessEnvironment environment;
                          environment.insert(QStringLiteral("HTTPS_PROXY"), QStringLiteral("ftp://proxy.example"));
                          ConnectionSettings settings =
                              settingsFor(QUrl(QStringLiteral("https://support.us-east-1.amazonaws.com")));
                          settings.environment = environment;
                          HttpServiceConnection connection(settings);
                          return ask(connection);
                      }),
            errorCase(QStringLiteral("CannotConnect/ProxyUnreachable"),
                      [] {
                          QProcessEnvironment environment;
                          environment.insert(QStringLiteral("HTTPS_PROXY"), FaultServer().url().toString());
                          ConnectionSettings settings =
                              settingsFor(QUrl(QStringLiteral("https://support.us-east-1.amazonaws.com")));
                          settings.environment = environment;
                          HttpServiceConnection connection(settings);
                          return ask(connection);
                      }),
            value(QStringLiteral("Proxy/no words"), {.kind = Kind::Proxy}),
            value(QStringLiteral("NotTheService/no words"), {.kind = Kind::NotTheService}),
            value(QStringLiteral("Unavailable/no words"), {.kind = Kind::Unavailable}),
            value(QStringLiteral("ClockSkew/no words"), {.kind = Kind::ClockSkew}),
            value(QStringLiteral("Refused/no words"), {.kind = Kind::Refused}),
            value(QStringLiteral("Refused/a code alone"), {.kind = Kind::Refused, .code = QStringLiteral("Locked")}),
            value(QStringLiteral("Refused/AccessDenied/no action"),
                  {.kind = Kind::Refused, .code = QStringLiteral("AccessDenied")}),
            value(QStringLiteral("Invalid/no words"),
                  {.kind = Kind::Invalid, .operation = QStringLiteral("DescribeCases")}),
            errorCase(QStringLiteral("Invalid/a region"),
                      [] { return resolveEndpoint({.region = QStringLiteral("no where")}).error(); }),
            value(QStringLiteral("ClockSkew/fast"),
                  {.kind = Kind::ClockSkew,
                   .message = QStringLiteral("Signature not yet current (this computer's clock is 600 s ahead)")}),
            value(QStringLiteral("Cancelled"), {.kind = Kind::Cancelled}),
            value(QStringLiteral("Incomplete"),
                  {.kind = Kind::Incomplete, .operation = QStringLiteral("DescribeCases")}),
            value(QStringLiteral("Incomplete/DescribeCommunications"),
                  {.kind = Kind::Incomplete, .operation = QStringLiteral("DescribeCommunications")}),
            value(QStringLiteral("Invalid/NoRehearsals"), noRehearsalsError("CreateCase"), Deed::Check),
            value(QStringLiteral("BadAnswer/RehearsalTakenForReal"),
                  {.kind = Kind::BadAnswer,
                   .effect = Error::Effect::Unknown,
                   .code = rehearsalTaken,
                   .operation = QStringLiteral("CreateCase")},
                  Deed::Check),
            value(QStringLiteral("CannotConnect/DemoFailed"),
                  {.kind = Kind::CannotConnect, .code = localcode::demoFailed, .message = QStringLiteral("no port")}),
            value(QStringLiteral("Invalid/OnlyCustomEndpoint"),
                  {.kind = Kind::Invalid,
                   .code = onlyCustomEndpoint,
                   .message = QStringLiteral("set AWS_ENDPOINT_URL_STS")}),
            value(QStringLiteral("Refused/ForeignLink"),
                  {.kind = Kind::Refused,
                   .code = localcode::foreignLink,
                   .operation = QStringLiteral("DescribeAttachment")},
                  Deed::Save),
            value(QStringLiteral("Refused/LinkRefused"),
                  {.kind = Kind::Refused,
                   .code = localcode::linkRefused,
                   .operation = QStringLiteral("GetAttachmentUploadLinks"),
                   .host = QStringLiteral("bucket.s3.amazonaws.com")},
                  Deed::Upload),
            value(QStringLiteral("Refused/DownloadRefused"),
                  {.kind = Kind::Refused,
                   .code = localcode::downloadRefused,
                   .operation = QStringLiteral("GetAttachmentDownloadLink"),
                   .host = QStringLiteral("bucket.s3.amazonaws.com")},
                  Deed::Save),
            value(QStringLiteral("Unavailable/of AWS STS"),
                  {.kind = Kind::Unavailable, .operation = QStringLiteral("AssumeRole"), .httpStatus = 500}),
            value(QStringLiteral("Throttled/of AWS STS"),
                  {.kind = Kind::Throttled, .operation = QStringLiteral("AssumeRole")}),
            value(QStringLiteral("Refused/of AWS STS"),
                  {.kind = Kind::Refused,
                   .code = QStringLiteral("RegionDisabledException"),
                   .message = QStringLiteral("STS is not activated in this region."),
                   .operation = QStringLiteral("AssumeRole")}),
            value(QStringLiteral("Refused/of IAM Identity Center"),
                  {.kind = Kind::Refused,
                   .code = QStringLiteral("ForbiddenException"),
                   .message = QStringLiteral("No access"),
                   .operation = QStringLiteral("GetRoleCredentials")},
                  Deed::Check),
            value(QStringLiteral("Redirected/of AWS STS"),
                  {.kind = Kind::Redirected,
                   .operation = QStringLiteral("GetCallerIdentity"),
                   .host = QStringLiteral("sts.us-east-1.amazonaws.com")}),
            value(QStringLiteral("Refused/AccessDenied/of AWS Organizations"),
                  {.kind = Kind::Refused,
                   .code = QStringLiteral("AccessDeniedException"),
                   .operation = QStringLiteral("ListAccounts")}),
            value(QStringLiteral("Refused/UploadFailed"),
                  {.kind = Kind::Refused,
                   .code = filecode::uploadFailed,
                   .message = QStringLiteral("dump.bin"),
                   .operation = QStringLiteral("DescribeAttachmentUploadStatus")},
                  Deed::Upload),
        };
        return cases;
    }

    static QList<ErrorCase> ofTls()
    {
        const auto certificate = [](const char *key, QSslError::SslError error) {
            return errorCase(QString::fromLatin1(key), [error] {
                Error made = certificateError({QSslError(error)});
                made.host = QStringLiteral("support.us-east-1.amazonaws.com");
                return made;
            });
        };
        const auto handshake = [](const char *key, const char *said) {
            return errorCase(QString::fromLatin1(key), [said] {
                Error made = handshakeError(QString::fromLatin1(said));
                made.host = QStringLiteral("support.us-east-1.amazonaws.com");
                return made;
            });
        };
        return {
            certificate("Tls/UnknownAuthority", QSslError::SelfSignedCertificate),
            certificate("Tls/CertificateExpired", QSslError::CertificateExpired),
            certificate("Tls/CertificateNotYetValid", QSslError::CertificateNotYetValid),
            certificate("Tls/CertificateOfOtherHost", QSslError::HostNameMismatch),
            handshake("Tls/TlsTooOld", "error:0A000102:SSL routines::unsupported protocol"),
            handshake("Tls/TlsHandshakeFailed", "error:0A00010B:SSL routines::wrong version number"),
            errorCase(QStringLiteral("Tls/CertificateKeyTooWeak"),
                      [] {
                          return Error{.kind = Kind::Tls,
                                       .code = localcode::weakKey,
                                       .host = QStringLiteral("support.us-east-1.amazonaws.com")};
                      }),
            errorCase(
                QStringLiteral("Tls/no words"),
                [] { return Error{.kind = Kind::Tls, .host = QStringLiteral("support.us-east-1.amazonaws.com")}; }),
            errorCase(QStringLiteral("Tls"),
                      [] {
                          return Error{.kind = Kind::Tls,
                                       .message = QStringLiteral("The certificate is revoked"),
                                       .host = QStringLiteral("support.us-east-1.amazonaws.com")};
                      }),
        };
    }

    /// An account whose profile is in these files.
    Error ofProfile(const QByteArray &config, const QByteArray &credentials = {}, const QStringList &environment = {},
                    const QString &profile = QStringLiteral("work"), const QString &endpoint = {}) const
    {
        const QString folder = m_folder + QStringLiteral("/.aws");
        QDir().mkpath(folder);
        const auto put = [&folder](const QString &name, const QByteArray &content) {
            QFile file(folder + QLatin1Char('/') + name);
            if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
                qFatal("%s is not written", qPrintable(name));
            return file.fileName();
        };
        ProfileChoice choice;
        choice.profile = profile;
        choice.endpointUrl = endpoint;
        choice.environment = QProcessEnvironment();
        choice.environment.insert(QStringLiteral("HOME"), m_folder);
        choice.environment.insert(QStringLiteral("AWS_CONFIG_FILE"), put(QStringLiteral("config"), config));
        choice.environment.insert(QStringLiteral("AWS_SHARED_CREDENTIALS_FILE"),
                                  put(QStringLiteral("credentials"), credentials));
        for (const QString &variable : environment)
            choice.environment.insert(variable.section(QLatin1Char('='), 0, 0), variable.section(QLatin1Char('='), 1));
        Result<std::unique_ptr<HttpServiceConnection>> connection = makeServiceConnection(choice);
        return connection ? ask(**connection) : connection.error();
    }

    QList<ErrorCase> ofKeys() const
    {
        const auto row = [this](const char *key, const QByteArray &config, const QByteArray &credentials = {},
                                const QStringList &environment = {}, const QString &profile = QStringLiteral("work")) {
            return errorCase(QString::fromLatin1(key),
                             [=, this] { return ofProfile(config, credentials, environment, profile); });
        };
        const QByteArray work = "[profile work]\n";
        const QByteArray role = "role_arn = arn:aws:iam::111122223333:role/Support\n";
        const QByteArray signIn = "sso_account_id = 111122223333\nsso_role_name = Support\n";
        QList<ErrorCase> cases{
            row("NoCredentials", {}, {}, {}, {}),
            row("NoCredentials/ProfileNotFound", {}, {}, {}, QStringLiteral("nope")),
            row("NoCredentials/ProfileWithoutKeys", work + "region = us-east-1\n"),
            row("NoCredentials/ProfileSso",
                work
                    + "sso_start_url = https://a.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = "
                      "111122223333\nsso_role_name = Support\n"),
            row("NoCredentials/ProfileAssumesRole",
                work + "role_arn = arn:aws:iam::111122223333:role/Support\ncredential_source = Ec2InstanceMetadata\n"),
            row("NoCredentials/ProfileLogin", work + "login_session = arn:aws:iam::111122223333:user/a\n"),
            row("NoCredentials/ProfileProcess", work + "credential_process = false\n"),
            row("NoCredentials/SecretKeyNotSet", {}, {}, {QStringLiteral("AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE")},
                {}),
            row("CredentialsFile/a line without a section", "region = us-east-1\n"),
            row("CredentialsFile/a section without its bracket", "[profile work\n"),
            row("CredentialsFile/a section twice", work + work),
            row("CredentialsFile/a key twice", work + "region = a\nregion = b\n"),
            row("CredentialsFile/no key and no section", work + "hello\n"),
            row("CredentialsFile/a value without a key", work + "= x\n"),
            row("CredentialsFile/not UTF-8", "# \xff\n"),
            row("CredentialsFile/no region", work + "region = us east 1\n",
                "[work]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n"),
            row("CredentialsFile/no URL", work + "endpoint_url = nonsense\n"),
            row("CredentialsFile/an empty key", work, "[work]\naws_access_key_id =\naws_secret_access_key = x\n"),
            row("CredentialsFile/a key with a space", work,
                "[work]\naws_access_key_id = AKIA EXAMPLE\naws_secret_access_key = x\n"),
            row("CredentialsFile/a role without keys", work + "role_arn = arn:aws:iam::111122223333:role/Support\n"),
            row("CredentialsFile/a circle of profiles",
                work
                    + "role_arn = arn:aws:iam::111122223333:role/A\nsource_profile = other\n[profile other]\nrole_arn "
                      "= "
                      "arn:aws:iam::111122223333:role/B\nsource_profile = work\n"),
            row("CredentialsFile/a profile that is not there",
                work + "role_arn = arn:aws:iam::111122223333:role/A\nsource_profile = other\n"),
            row("CredentialsFile/no token file",
                work + "role_arn = arn:aws:iam::111122223333:role/A\nweb_identity_token_file = /nowhere/token\n"),
            row("CredentialsFile/no number of attempts", work + "max_attempts = many\n"),
            row("CredentialsFile/too large", QByteArray((16 << 20) + 1, '#')),
            row("CredentialsFile/no region in the environment", work, {}, {QStringLiteral("AWS_REGION=us east 1")}),
            row("CredentialsFile/neither https nor http", work + "endpoint_url = ftp://support.example.com\n"),
            row("CredentialsFile/a URL with a query", work + "endpoint_url = https://support.example.com/?a=b\n"),
            row("CredentialsFile/no services section", work + "services = mine\n"),
            row("CredentialsFile/no URL of a service",
                work
                    + "services = mine\n[services mine]\nsupport =\n  "
                      "endpoint_url = nonsense\n"),
            row("CredentialsFile/a key of two lines", {}, {},
                {QStringLiteral("AWS_ACCESS_KEY_ID=AKIA\nEXAMPLE"), QStringLiteral("AWS_SECRET_ACCESS_KEY=x")}, {}),
            row("CredentialsFile/a key with a control character", {}, {},
                {QStringLiteral("AWS_ACCESS_KEY_ID=AKIA\x01"), QStringLiteral("AWS_SECRET_ACCESS_KEY=x")}, {}),
            row("CredentialsFile/a key that is not ASCII", {}, {},
                {QStringLiteral("AWS_ACCESS_KEY_ID=AKIA\u3042"), QStringLiteral("AWS_SECRET_ACCESS_KEY=x")}, {}),
            row("CredentialsFile/two places of keys",
                work + role + "source_profile = other\ncredential_source = Environment\n"),
            row("CredentialsFile/an environment without keys", work + role + "credential_source = Environment\n"),
            row("CredentialsFile/a profile of itself", work + role + "source_profile = work\n"),
            errorCase(QStringLiteral("CredentialsFile/an empty token file"),
                      [this, work, role] {
                          QFile token(m_folder + QStringLiteral("/token"));
                          if (!token.open(QIODevice::WriteOnly))
                              return Error();
                          return ofProfile(work + role
                                           + "web_identity_token_file = " + QFile::encodeName(token.fileName()) + "\n");
                      }),
            errorCase(QStringLiteral("CredentialsFile/a token file without a role"),
                      [this] {
                          QFile token(m_folder + QStringLiteral("/token"));
                          if (!token.open(QIODevice::WriteOnly) || token.write("eyJh") < 0)
                              return Error();
                          token.close();
                          return ofProfile({}, {}, {QStringLiteral("AWS_WEB_IDENTITY_TOKEN_FILE=") + token.fileName()},
                                           {});
                      }),
            errorCase(QStringLiteral("CredentialsFile/no number of seconds"),
                      [this, work, role] {
                          QFile token(m_folder + QStringLiteral("/token"));
                          if (!token.open(QIODevice::WriteOnly) || token.write("eyJh") < 0)
                              return Error();
                          token.close();
                          return ofProfile(work + role + "duration_seconds = long\nweb_identity_token_file = "
                                           + QFile::encodeName(token.fileName()) + "\n");
                      }),
            row("CredentialsFile/a sign-in of two regions",
                work + signIn
                    + "sso_session = mine\nsso_region = eu-west-1\n[sso-session mine]\nsso_region = us-east-1\n"),
            row("CredentialsFile/a NUL byte", QByteArray(work + "region = a") + '\0' + "\n"),
            errorCase(QStringLiteral("CredentialsFile/a folder that may not be entered"),
                      [this] {
                          const QString closed = m_folder + QStringLiteral("/closed");
                          QDir().mkpath(closed);
                          QFile::setPermissions(closed, {});
                          const bool isRoot = ::geteuid() == 0; // who may enter all
                          if (isRoot && ::seteuid(65'534) != 0)
                              return Error();
                          const auto read = readConfig({closed + QStringLiteral("/config"), m_folder});
                          if (isRoot && ::seteuid(0) != 0)
                              return Error();
                          return read ? Error() : read.error();
                      }),
            row("CredentialsFile/an end that is no time", {}, {},
                {QStringLiteral("AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE"), QStringLiteral("AWS_SECRET_ACCESS_KEY=x"),
                 QStringLiteral("AWS_CREDENTIAL_EXPIRATION=tomorrow")},
                {}),
            row("CredentialsFile/no sign-in section", work + signIn + "sso_session = mine\n"),
            errorCase(QStringLiteral("CredentialsFile/no region of a sign-in"),
                      [this, work, signIn] {
                          SsoToken token;
                          token.file = {{QStringLiteral("accessToken"), QStringLiteral("token")},
                                        {QStringLiteral("expiresAt"),
                                         SsoToken::textOf(QDateTime::currentDateTimeUtc().addDays(1))}};
                          const QString cache = m_folder + QStringLiteral("/.aws/sso/cache");
                          if (!token.write(SsoToken::path(cache, QStringLiteral("mine"))))
                              return Error();
                          return ofProfile(work + signIn
                                           + "sso_session = mine\n[sso-session mine]\nsso_region = no where\n"
                                             "sso_start_url = https://a.awsapps.com/start\n");
                      }),
            errorCase(QStringLiteral("CredentialsFile/no certificate in the CA bundle"),
                      [this] {
                          QFile bundle(m_folder + QStringLiteral("/ca.pem"));
                          if (!bundle.open(QIODevice::WriteOnly))
                              return Error();
                          NetworkPreferences chosen;
                          chosen.caBundle = bundle.fileName();
                          setNetworkPreferences(chosen);
                          HttpServiceConnection connection(settingsFor(QUrl(QStringLiteral("https://127.0.0.1:1"))));
                          const Error error = ask(connection);
                          setNetworkPreferences({});
                          return error;
                      }),
            errorCase(QStringLiteral("CredentialsFile/no CA bundle"),
                      [this] {
                          return ofProfile(
                              "[profile work]\nca_bundle = /nowhere/ca.pem\n",
                              "[work]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n", {},
                              QStringLiteral("work"), QStringLiteral("https://127.0.0.1:1"));
                      }),
            errorCase(QStringLiteral("CredentialsFile"), [] { return Error{.kind = Kind::CredentialsFile}; }),
            errorCase(QStringLiteral("Invalid/PlainHttp"),
                      [this] { return ofProfile({}, {}, {}, {}, QStringLiteral("http://support.example.com")); }),
            errorCase(QStringLiteral("Invalid/a setting"),
                      [this] { return ofProfile({}, {}, {}, {}, QStringLiteral("nonsense")); }),
            errorCase(QStringLiteral("NoCredentials/KeysUnusable"),
                      [] {
                          const FaultServer server;
                          HttpServiceConnection connection(settingsFor(
                              server.url(), Credentials(QStringLiteral("AKIA\nEXAMPLE"), QStringLiteral("secret"))));
                          return ask(connection);
                      }),
            errorCase(QStringLiteral("NoCredentials/KeysExpired"),
                      [] {
                          const FaultServer server;
                          Credentials old = keys();
                          old.expiry = QDateTime::currentDateTimeUtc().addSecs(-60);
                          HttpServiceConnection connection(settingsFor(server.url(), old));
                          return ask(connection);
                      }),
            errorCase(QStringLiteral("NoCredentials/RoleRefused"), [] { return ofSts("AccessDenied"); }),
            errorCase(QStringLiteral("NoCredentials/RoleKeysRefused"), [] { return ofSts("SignatureDoesNotMatch"); }),
            errorCase(QStringLiteral("NoCredentials/StsRegionOff"), [] { return ofSts("RegionDisabledException"); }),
            errorCase(QStringLiteral("NoCredentials/PersonNeeded"),
                      [] { return Error{.kind = Kind::NoCredentials, .code = localcode::personNeeded}; }),
            errorCase(
                QStringLiteral("NoCredentials/NotConnected"),
                [] {
                    return Error{.kind = Kind::NoCredentials,
                                 .code = localcode::notConnected,
                                 .operation = QStringLiteral("DescribeAttachment")};
                },
                Deed::Save),
        };
        return cases;
    }

    static Error ofSts(const char *code)
    {
        return roleRefusal({.kind = Kind::Refused,
                            .code = QString::fromLatin1(code),
                            .message = QStringLiteral("not authorized"),
                            .operation = QStringLiteral("AssumeRole")},
                           QStringLiteral("Production"));
    }

    static QList<ErrorCase> ofKeychain()
    {
        QList<ErrorCase> cases{
            errorCase(QStringLiteral("Keychain"),
                      [] { return Error{.kind = Kind::Keychain, .message = QStringLiteral("Access denied")}; }),
            errorCase(QStringLiteral("Keychain/no words"), [] { return Error{.kind = Kind::Keychain}; }),
        };
        for (const QLatin1StringView code :
             {keychaincode::absent, keychaincode::locked, keychaincode::waiting, keychaincode::denied,
              keychaincode::silent, keychaincode::garbled, keychaincode::missing}) {
            cases.append(errorCase(QStringLiteral("Keychain/") + code,
                                   [code] { return Error{.kind = Kind::Keychain, .code = code}; }));
        }
        return cases;
    }

    QString m_folder;
};

} // namespace casement::test
