#include "cli/errorreport.h"

#include "aws/localcode.h"
#include "aws/secretstore.h"
#include "aws/serviceerror.h"
#include "support/cases.h"
#include "transfer/filecode.h"
#include "transfer/fileerror.h"

#include <array>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

struct CodeAdvice
{
    QLatin1StringView code; ///< without `Exception`
    QLatin1StringView advice;
};

constexpr QLatin1StringView
    unknownKey("AWS does not know this access key. Check it where the account gets it (casement-cli accounts "
               "list, or the profile); keys of China and GovCloud work in their own partition only, which the region "
               "decides (--region).");
constexpr QLatin1StringView
    wrongSecret("The secret access key does not belong to the access key. Check both where the account gets them "
                "(casement-cli accounts list, or the profile).");
constexpr QLatin1StringView expired("The temporary keys have expired. Sign in again where they come from.");

constexpr QLatin1StringView serversMatter("Only who runs that server can change this.");
constexpr QLatin1StringView
    checkClock("Look at the clock of this computer. When it is right, only who runs that server can change this.");
constexpr QLatin1StringView laterAgain("Try again in some minutes.");
constexpr QLatin1StringView uploadAgain("Run the same command again: it uploads the files anew.");
constexpr QLatin1StringView
    onTheWay("A proxy on the way may have changed the request: ask who looks after the network.");
constexpr QLatin1StringView anotherFile("Name another file.");
constexpr QLatin1StringView lookAtEndpoint("Check the network and the endpoint.");

constexpr QLatin1StringView
    enterAgain("Give the keys again: casement-cli accounts key NAME --access-key-stdin.");

// In words: an example of http://name:… would be redacted.
constexpr QLatin1StringView proxyAdvice(
    "Check HTTPS_PROXY and NO_PROXY. A proxy's name and password belong in HTTPS_PROXY before its host, with "
    "a colon between them and an @ behind.");

constexpr std::array codeAdvice{
    CodeAdvice{localcode::proxyUnreachable, proxyAdvice},
    CodeAdvice{"UnrecognizedClient"_L1, unknownKey},
    CodeAdvice{"InvalidClientTokenId"_L1, unknownKey},
    CodeAdvice{"InvalidAccessKeyId"_L1, unknownKey},
    CodeAdvice{"InvalidSignature"_L1, wrongSecret},
    CodeAdvice{"SignatureDoesNotMatch"_L1, wrongSecret},
    CodeAdvice{localcode::wrongScope,
               "It was signed for another region than the one that the endpoint serves; the keys may be right. Check "
               "--region, --endpoint-url and the profile."_L1},
    CodeAdvice{"SubscriptionRequired"_L1,
               "The AWS Support API comes with some support plans; that of this account is none of them. Change the "
               "plan in Support Center, or name another account with --account or --profile."_L1},
    CodeAdvice{"ExpiredToken"_L1, expired},
    CodeAdvice{"CaseCreationLimitExceeded"_L1,
               "AWS opens no more cases of this account for now: run the same command again in an hour."_L1},
    CodeAdvice{"AttachmentLimitExceeded"_L1,
               "AWS takes no more files of this account for now: wait some minutes and run the same command again."_L1},
    CodeAdvice{"DescribeAttachmentLimitExceeded"_L1,
               "AWS gives out no more files of this account for now: wait some minutes and run the same command "
               "again."_L1},
    CodeAdvice{
        "CaseIdNotFound"_L1,
        "It may be in another account or partition, or older than AWS keeps cases: name the account with --account "
        "or --profile."_L1},
    CodeAdvice{"AttachmentIdNotFound"_L1, "AWS keeps files as long as their case; this one is gone or never was."_L1},
    CodeAdvice{"AttachmentSetExpired"_L1, uploadAgain},
    CodeAdvice{"AttachmentSetIdNotFound"_L1, uploadAgain},
    CodeAdvice{"UploadIdNotFound"_L1, uploadAgain},
    CodeAdvice{"AttachmentSetSizeLimitExceeded"_L1,
               "AWS takes three files of 5 MB each here: attach fewer or smaller ones."_L1},
    CodeAdvice{localcode::linkRefused, uploadAgain},
    CodeAdvice{localcode::downloadRefused,
               "Run the same command again later. If it stays so, AWS may not have the file any more."_L1},
    CodeAdvice{localcode::foreignLink, "Nothing was sent or fetched there. Please report this."_L1},
    CodeAdvice{"IncompleteSignature"_L1, onTheWay},
    CodeAdvice{"MissingAuthenticationToken"_L1, onTheWay},
    CodeAdvice{"Validation"_L1, "Correct what AWS names."_L1},
    CodeAdvice{"InvalidParameterValue"_L1, "Correct what AWS names."_L1},
    CodeAdvice{"Serialization"_L1, "Please report this with the request id."_L1},
    CodeAdvice{"UnknownOperation"_L1,
               "The service at this endpoint does not have this operation; it may be an older one."_L1},
    CodeAdvice{localcode::unknownAuthority,
               "A company's own authority is trusted by AWS_CA_BUNDLE or the profile's ca_bundle."_L1},
    CodeAdvice{localcode::certificateExpired, checkClock},
    CodeAdvice{localcode::certificateNotYetValid, checkClock},
    CodeAdvice{localcode::otherHost,
               "Look at the endpoint; a proxy or a network that asks to sign in may answer in its place."_L1},
    CodeAdvice{localcode::weakKey, serversMatter},
    CodeAdvice{localcode::oldTls, serversMatter},
    CodeAdvice{localcode::noHandshake, "Look at the endpoint, and whether a proxy or a firewall is in between."_L1},
    CodeAdvice{localcode::secretKeyNotSet, "Set both, or name a profile of ~/.aws with --profile."_L1},
    CodeAdvice{localcode::keysExpired, expired},
    CodeAdvice{localcode::keysUnusable, "Check the keys where they come from."_L1},
    CodeAdvice{localcode::profileProcess, "Run the command of credential_process by itself to see what it lacks."_L1},
    CodeAdvice{localcode::plainHttp, {}}, // says what to do
    CodeAdvice{filecode::vanished, anotherFile},
    CodeAdvice{filecode::deadLink, anotherFile},
    CodeAdvice{filecode::folder, "Make a ZIP of it."_L1},
    CodeAdvice{filecode::notRegular, anotherFile},
    CodeAdvice{filecode::empty, anotherFile},
    CodeAdvice{filecode::changed, "Run the same command again when nothing writes the file any more."_L1},
    CodeAdvice{filecode::tooLarge, "Compress it, or send a part of it."_L1},
    CodeAdvice{filecode::notReadable, "Check who may read it."_L1},
    CodeAdvice{filecode::exists, "Choose another name."_L1},
    CodeAdvice{filecode::busy, "Try again when the other program is done."_L1},
    CodeAdvice{filecode::noFolder, "Make the folder, or name another one."_L1},
    CodeAdvice{filecode::notWritable, "Check the rights of the folder, or choose another name or folder."_L1},
    CodeAdvice{filecode::diskFull, "Make room, or choose another folder."_L1},
    CodeAdvice{filecode::partlyReplaced,
               "Some files of the folder are the new ones, the others are as they were: check its rights, then export "
               "again."_L1},
    CodeAdvice{filecode::uploadFailed, "Run the same command again, or send it as a ZIP."_L1},
    CodeAdvice{filecode::tooMany,
               "Attach as many at first, then the others: casement-cli reply CASE --body TEXT --attach FILE"_L1},
    CodeAdvice{
        keychaincode::absent,
        "Casement keeps keys in the keychain of the desktop (GNOME Keyring, KWallet, KeePassXC) and nowhere else. "
        "From cron or ssh XDG_RUNTIME_DIR=/run/user/$(id -u) leads to it; where there is none, use a profile of "
        "~/.aws with --profile."_L1},
    CodeAdvice{keychaincode::locked, "Unlock the keychain, then try again."_L1},
    CodeAdvice{keychaincode::waiting,
               "Type its password where the keychain asks for it, then give the command again."_L1},
    CodeAdvice{keychaincode::denied, "Allow casement-cli to use the keychain, then try again."_L1},
    CodeAdvice{keychaincode::silent, "Look whether the keychain waits for its password, then try again."_L1},
    CodeAdvice{keychaincode::garbled, enterAgain},
    CodeAdvice{keychaincode::missing, enterAgain},
    CodeAdvice{localcode::held,
               "Without a window: casement-cli accounts trust NAME, or accounts trust --profile PROFILE of one that is "
               "not in the list, says that its keys and its endpoint are right as they are."_L1},
    CodeAdvice{localcode::profileNotFound, "Name another one with --profile; \"aws configure\" makes one."_L1},
};

/// Without a code of its own an answer has its status for one.
bool isNamed(const Error &error) { return !error.code.isEmpty() && error.code != QString::number(error.httpStatus); }

QString happened(const Error &error)
{
    using Kind = Error::Kind;
    const QString sibling(siblingOf(error));
    const QString service = sibling.isEmpty() ? u"the service"_s : sibling;
    const QString host = error.host.isEmpty() ? service : error.host;
    // Nothing is promised that does not follow.
    const auto told = [&error](const QString &what) {
        return error.message.isEmpty() ? what : what + u": "_s + error.message;
    };
    const QString status = error.httpStatus ? u" (HTTP %1)"_s.arg(error.httpStatus) : QString();
    switch (error.kind) {
    case Kind::None:
    case Kind::Invalid:
    case Kind::CredentialsFile:
    case Kind::Archive:
    case Kind::File:
    case Kind::Keychain:
        return error.message;
    case Kind::Incomplete:
        return error.message.isEmpty()
            ? u"the list is incomplete; what came is kept"_s
            : u"the list is incomplete; what came is kept. Why it ends: %1"_s.arg(error.message);
    case Kind::Cancelled:
        return u"cancelled"_s;
    case Kind::NoCredentials:
        if (localcode::isSentence(error.code))
            return error.message;
        return (error.message.isEmpty() ? u"no access keys were found"_s : u"no access keys: "_s + error.message)
            + (error.output.isEmpty() ? QString() : u": "_s + error.output);
    case Kind::CannotConnect:
        return told(u"no connection to %1"_s.arg(host));
    case Kind::HostNotFound:
        return u"host not found: %1"_s.arg(host);
    case Kind::TimedOut:
        return u"%1 did not answer in time"_s.arg(host);
    case Kind::Dropped:
        return u"the connection to %1 ended before the answer was whole"_s.arg(host);
    case Kind::Tls:
        return error.code == localcode::oldTls || error.code == localcode::noHandshake
            ? told(u"no secure connection to %1"_s.arg(host))
            : told(u"the certificate of %1 was not accepted"_s.arg(host));
    case Kind::Proxy:
        if (error.code == localcode::proxySetting)
            return error.message;
        return told(u"the proxy did not let the request through"_s + status);
    case Kind::Redirected:
        return error.message.isEmpty()
            ? u"%1 answered with a redirect%2, which is never followed"_s.arg(host, status)
            : u"%1 answered with a redirect%2 to %3, which is never followed"_s.arg(host, status, error.message);
    case Kind::NotTheService:
        return told(u"a proxy or a sign-in page answered, not AWS"_s + status);
    case Kind::BadAnswer:
        return told(u"the answer of %1 is damaged or not what was asked for%2"_s.arg(host, status));
    case Kind::TooLarge:
        return told(u"the answer of %1 is too large"_s.arg(host));
    case Kind::Throttled:
    case Kind::Unavailable:
    case Kind::ClockSkew:
    case Kind::Refused:
        break;
    }
    if (error.code == filecode::uploadFailed)
        return u"the service looked at the file and did not take it"_s;
    const QString what = isNamed(error)   ? error.code
        : error.kind == Kind::Throttled   ? u"too many requests for "_s + service
        : error.kind == Kind::Unavailable ? service + u" does not work at the moment"_s
                                          : service + u" refused"_s;
    return told(what + status);
}

} // namespace

QString nextStep(const Error &error)
{
    // Told by words; its code may be that of a wrong secret.
    if (error.kind == Error::Kind::ClockSkew)
        return u"Set the clock of this computer."_s;
    if (error.httpStatus == 413)
        return u"The request is too large for the service or for a proxy on the way. AWS takes 8,000 characters a "
               "message and three files of 5 MB each a set: send less text, or fewer or smaller files."_s;
    if (error.code == localcode::told || error.kind == Error::Kind::Archive)
        return {}; // says what to do
    if (isCode(error.code, "AccessDenied"_L1) || isCode(error.code, "UnauthorizedOperation"_L1)) {
        const QString action = deniedAction(error);
        return u"The keys are right but may not do this. Ask who looks after the account to allow %1."_s.arg(
            action.isEmpty() ? u"the action"_s : action);
    }
    if (!error.code.isEmpty()) {
        const QString code = adviceCode(error);
        for (const CodeAdvice &known : codeAdvice) {
            if (isCode(code, known.code))
                return known.advice;
        }
    }
    switch (error.kind) {
    case Error::Kind::NoCredentials:
        if (error.message.contains("aws configure export-credentials"_L1) || error.code == localcode::profileSso
            || error.code == localcode::personNeeded)
            return {}; // says what to do
        if (error.code == localcode::roleRefused)
            return u"Check the role's ARN, its external ID and whom it trusts."_s;
        if (error.code == localcode::roleKeysRefused)
            return u"Correct the keys that the role is asked for with, or get new ones where they are temporary."_s;
        if (error.code == localcode::stsRegionOff)
            return u"Name another region, or have AWS STS switched on for this one (IAM, Account settings)."_s;
        return u"Name a profile of ~/.aws with --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."_s;
    case Error::Kind::CredentialsFile:
        return u"Correct what is named, then run the same command again."_s;
    case Error::Kind::CannotConnect:
    case Error::Kind::HostNotFound:
    case Error::Kind::TimedOut:
    case Error::Kind::Dropped:
        return lookAtEndpoint;
    case Error::Kind::Tls:
        return u"Look at the endpoint, and whether a proxy or a firewall is in between."_s;
    case Error::Kind::Redirected:
    case Error::Kind::NotTheService:
        return u"Sign in to the network if it asks for it in a browser, or look at the endpoint."_s;
    case Error::Kind::BadAnswer:
    case Error::Kind::TooLarge:
    case Error::Kind::Incomplete:
        return error.requestId.isEmpty()
            ? u"Try again. If it stays, look at the endpoint, or tell AWS Support."_s
            : u"Try again. If it stays, look at the endpoint, or tell AWS Support with the request id."_s;
    case Error::Kind::Proxy:
        return proxyAdvice;
    case Error::Kind::Throttled:
    case Error::Kind::Unavailable:
        return laterAgain;
    case Error::Kind::Refused:
        return isNamed(error) || error.httpStatus == 0
            ? u"Correct it if it is something you typed. Otherwise ask AWS Support, with the request id."_s
            : u"It names no error of AWS: look at the endpoint, and whether a proxy is in between. If it stays, tell "
              u"AWS "
              "Support with the request id."_s;
    default:
        return {};
    }
}

namespace {

/// A change that certainly was not made; what was sent before stays.
bool isUnchanged(const Error &error)
{
    return error.effect == Error::Effect::None && error.kind != Error::Kind::Invalid
        && (error.operation == QLatin1StringView(CreateCase::name)
            || error.operation == QLatin1StringView(AddCommunicationToCase::name)
            || error.operation == QLatin1StringView(ResolveCase::name));
}

} // namespace

QString causeReport(const Error &error)
{
    QString operation = error.operation;
    if (const QString sibling(siblingOf(error)); !sibling.isEmpty())
        operation = u"%1, %2"_s.arg(sibling, operation);
    const QString text = operation.isEmpty() ? happened(error) : u"%1: %2"_s.arg(operation, happened(error));
    return error.requestId.isEmpty() ? text : text + u"\n  request id: "_s + error.requestId;
}

QString errorReport(const Error &error)
{
    QString text = causeReport(error);
    if (error.effect == Error::Effect::Unknown)
        text += u"\n  It may have taken effect all the same: look before sending it again."_s;
    else if (!siblingOf(error).isEmpty())
        text += u"\n  Nothing was changed."_s;
    else if (isUnchanged(error))
        text += u"\n  Nothing of it was done at AWS."_s;
    else if (fileTrouble(error).isWriting && error.code != filecode::partlyReplaced)
        text += u"\n  A file that was there before is as it was."_s;
    if (const QString next = nextStep(error); !next.isEmpty())
        text += u"\n  "_s + next;
    return text;
}

} // namespace casement::cli
