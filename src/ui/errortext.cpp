#include "ui/errortext.h"

#include "aws/configfile.h"
#include "aws/localcode.h"
#include "aws/secretstore.h"
#include "aws/serviceerror.h"
#include "models/displaytext.h"
#include "support/attachments.h"
#include "support/cases.h"
#include "transfer/filecode.h"

#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// A code of the service with its own sentence and advice.
struct KnownCode
{
    QLatin1StringView code; ///< without `Exception`
    const char *sentence; ///< with %1, if anywhere, for the host
    const char *advice; ///< with %1, if anywhere, for the action that was not allowed
};

const char accessAdvice[] =
    QT_TRANSLATE_NOOP("casement::ErrorText", "Ask who looks after the account to allow “%1” for these keys.");
const char keysAdvice[] = QT_TRANSLATE_NOOP("casement::ErrorText",
                                            "Check the access key where this account gets it: in ~/.aws, in the "
                                            "environment or in Settings > Accounts. Then try again.");
const char requestAdvice[] = QT_TRANSLATE_NOOP(
    "casement::ErrorText",
    "The details say what AWS found wrong. Correct it if it is something you typed; otherwise please report it.");
const char laterAdvice[] =
    QT_TRANSLATE_NOOP("casement::ErrorText", "Nothing is lost. Casement tries again by itself in a few minutes.");

const char exportAdvice[] = QT_TRANSLATE_NOOP("casement::ErrorText",
                                              "The AWS CLI can: make another profile whose credential_process is "
                                              "“aws configure export-credentials”, as Details shows it, and use that "
                                              "one.");
const char serverAdvice[] = QT_TRANSLATE_NOOP("casement::ErrorText", "Only who runs that server can change this.");
const char dateAdvice[] = QT_TRANSLATE_NOOP(
    "casement::ErrorText",
    "Look at the clock of this computer. When it is right, only who runs that server can change this.");

const char proxyAdvice[] =
    QT_TRANSLATE_NOOP("casement::ErrorText",
                      "Check HTTPS_PROXY and NO_PROXY. A proxy that asks for a password gets it by "
                      "HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT.");

const char fileAdvice[] = QT_TRANSLATE_NOOP("casement::ErrorText", "Choose another file.");
const char againAdvice[] =
    QT_TRANSLATE_NOOP("casement::ErrorText", "Nothing else was changed. Casement uploads it again when you try again.");

constexpr std::array knownCodes{
    KnownCode{
        localcode::proxyUnreachable,
        QT_TRANSLATE_NOOP("casement::ErrorText", "No connection to %1: the proxy that HTTPS_PROXY names made none."),
        proxyAdvice},
    KnownCode{localcode::profileSso,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "You are not signed in to IAM Identity Center (SSO), or not any more."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Try again to sign in with the browser. “aws sso login” in a terminal does as well: "
                                "Details shows the command.")},
    KnownCode{localcode::personNeeded,
              QT_TRANSLATE_NOOP("casement::ErrorText", "A code of this account's MFA device is needed."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Try again and enter the code that the device shows.")},
    KnownCode{localcode::roleRefused,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS gave out no keys for the role of this account."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Details says why. Check the role's ARN, its external ID and whom it trusts, then try "
                                "again.")},
    KnownCode{localcode::profileAssumesRole,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "This profile assumes a role in a way that only the AWS CLI knows: Details says "
                                "which."),
              exportAdvice},
    KnownCode{localcode::profileLogin,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "The keys of this profile come from “aws login”, which only the AWS CLI can ask."),
              exportAdvice},
    KnownCode{
        localcode::profileProcess,
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "The program that hands over the keys of this profile (credential_process) did not."),
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "Details says why. Run the command of credential_process in a terminal to see what it lacks, "
                          "then try again.")},
    KnownCode{localcode::profileWithoutKeys,
              QT_TRANSLATE_NOOP("casement::ErrorText", "This profile of ~/.aws has no keys, or not all of them."),
              keysAdvice},
    KnownCode{localcode::secretKeyNotSet,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS_ACCESS_KEY_ID is set in the environment, AWS_SECRET_ACCESS_KEY is not."),
              keysAdvice},
    KnownCode{
        localcode::plainHttp,
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "http:// is only allowed on this computer: on the way to another one everybody could read "
                          "along. Nothing was sent."),
        QT_TRANSLATE_NOOP("casement::ErrorText", "Use an endpoint URL that begins with https://.")},
    KnownCode{
        localcode::unknownAuthority,
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "The certificate of %1 comes from an authority that this computer does not trust."),
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "In a company network, set AWS_CA_BUNDLE (or ca_bundle in ~/.aws/config) to the file with "
                          "its certificate authority.")},
    KnownCode{localcode::certificateExpired,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The certificate of %1 has expired."), dateAdvice},
    KnownCode{localcode::certificateNotYetValid,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The certificate of %1 is not valid yet."), dateAdvice},
    KnownCode{localcode::otherHost,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The certificate that %1 showed is that of another host."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Check the endpoint URL; a proxy or a network that asks to sign in may answer in its "
                                "place.")},
    KnownCode{localcode::weakKey,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "The certificate of %1 was not accepted: its key is too weak to be safe."),
              serverAdvice},
    KnownCode{localcode::oldTls,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "%1 speaks only a TLS older than 1.2, which is not safe; nothing was sent."),
              serverAdvice},
    KnownCode{localcode::noHandshake,
              QT_TRANSLATE_NOOP("casement::ErrorText", "No secure connection to %1 came about; nothing was sent."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Check the endpoint URL, and whether a proxy or a firewall is in between.")},
    KnownCode{
        keychaincode::absent, QT_TRANSLATE_NOOP("casement::ErrorText", "This desktop has no keychain that answers."),
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "Start one (GNOME Keyring, KWallet, KeePassXC) and try again, or keep the keys for this "
                          "session only.")},
    KnownCode{
        keychaincode::locked, QT_TRANSLATE_NOOP("casement::ErrorText", "The keychain is locked."),
        QT_TRANSLATE_NOOP("casement::ErrorText", "Unlock it and try again, or keep the keys for this session only.")},
    KnownCode{keychaincode::denied, QT_TRANSLATE_NOOP("casement::ErrorText", "The keychain said no."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Allow Casement to use it and try again, or keep the keys for this session only.")},
    KnownCode{keychaincode::silent, QT_TRANSLATE_NOOP("casement::ErrorText", "The keychain does not answer."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Look whether it waits for its password and try again, or keep the keys for this "
                                "session only.")},
    KnownCode{keychaincode::garbled,
              QT_TRANSLATE_NOOP("casement::ErrorText", "What the keychain holds for this account is no access key."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Enter the keys again: Settings, Accounts, Edit.")},
    KnownCode{keychaincode::missing,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The keychain has no keys for this account."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Enter the keys again: Settings, Accounts, Edit.")},
    KnownCode{filecode::vanished, QT_TRANSLATE_NOOP("casement::ErrorText", "The file is not there any more."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Put it back and try again, or remove it from the message.")},
    KnownCode{filecode::deadLink, QT_TRANSLATE_NOOP("casement::ErrorText", "The file is a link that leads to no file."),
              fileAdvice},
    KnownCode{filecode::folder, QT_TRANSLATE_NOOP("casement::ErrorText", "A folder can't be sent as it is."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Make a ZIP of it.")},
    KnownCode{filecode::notRegular,
              QT_TRANSLATE_NOOP("casement::ErrorText", "This is no file but a pipe, a socket or a device."),
              fileAdvice},
    KnownCode{filecode::empty, QT_TRANSLATE_NOOP("casement::ErrorText", "There is nothing in it to send."), fileAdvice},
    KnownCode{filecode::notReadable, QT_TRANSLATE_NOOP("casement::ErrorText", "The file can't be read."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Check who may read it, then try again.")},
    KnownCode{
        filecode::changed,
        QT_TRANSLATE_NOOP("casement::ErrorText", "The file was changed after it was chosen. Nothing of it is sent."),
        QT_TRANSLATE_NOOP("casement::ErrorText", "Use it as it is now, or remove it.")},
    KnownCode{filecode::tooLarge, QT_TRANSLATE_NOOP("casement::ErrorText", "The file is larger than AWS takes here."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Compress it, or send a part of it.")},
    KnownCode{filecode::tooMany, QT_TRANSLATE_NOOP("casement::ErrorText", "These are more files than AWS takes here."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Send the others with another reply.")},
    KnownCode{filecode::holdsKeys,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The file is in a place where keys and passwords are kept."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Send it only when people at AWS may read all of it.")},
    KnownCode{filecode::uploadFailed,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS looked at the file and did not take it."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Try again, or send it as a ZIP.")},
    KnownCode{filecode::paused,
              QT_TRANSLATE_NOOP("casement::ErrorText", "A file of the message is paused, so the message waits."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Go on uploading it, or remove it.")},
    KnownCode{filecode::exists, QT_TRANSLATE_NOOP("casement::ErrorText", "There is a file of that name already."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Nothing was changed. Choose another name.")},
    KnownCode{filecode::busy,
              QT_TRANSLATE_NOOP("casement::ErrorText", "Another program writes this file at the moment."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Nothing was changed. Try again when it is done.")},
    KnownCode{filecode::notWritable, QT_TRANSLATE_NOOP("casement::ErrorText", "The file can't be written there."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Check the rights of the folder, or choose another one.")},
    KnownCode{filecode::diskFull, QT_TRANSLATE_NOOP("casement::ErrorText", "There is no room for the file there."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Nothing half was left. Make room, or choose another folder.")},
    KnownCode{localcode::foreignLink,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS named an address for the file that is not one of its own, so nothing was sent or "
                                "fetched there."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Please report this with the details below.")},
    KnownCode{localcode::linkRefused,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "%1 did not accept the link to the file; mostly because its time was over."),
              againAdvice},
    KnownCode{"AttachmentLimitExceeded"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS takes no more files from this account for the moment."),
              laterAdvice},
    KnownCode{"AttachmentSetExpired"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS keeps uploaded files for an hour, and that was over."),
              againAdvice},
    KnownCode{"AttachmentSetIdNotFound"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not know the uploaded files any more."), againAdvice},
    KnownCode{
        "AttachmentSetSizeLimitExceeded"_L1,
        QT_TRANSLATE_NOOP("casement::ErrorText", "AWS takes three files of 5 MB each here."),
        QT_TRANSLATE_NOOP("casement::ErrorText", "Remove or compress files, or send the others with another reply.")},
    KnownCode{"UploadIdNotFound"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not know the uploaded file any more."), againAdvice},
    KnownCode{"413"_L1, // that status, without a code
              QT_TRANSLATE_NOOP("casement::ErrorText", "The request is too large for AWS or for a proxy on the way."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS takes 8,000 characters a message and three files of 5 MB each. Send less text, or "
                                "fewer or smaller files.")},
    KnownCode{"SubscriptionRequired"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "The support plan of this account has no access to the AWS Support API."),
              QT_TRANSLATE_NOOP(
                  "casement::ErrorText",
                  "The API comes with some support plans only. Change the plan in Support Center, or choose another "
                  "account.")},
    KnownCode{"AccessDenied"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "These keys are right, but they are not allowed to do this."),
              accessAdvice},
    KnownCode{"UnauthorizedOperation"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "These keys are right, but they are not allowed to do this."),
              accessAdvice},
    KnownCode{
        "UnrecognizedClient"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not know this access key."),
        QT_TRANSLATE_NOOP(
            "casement::ErrorText",
            "It may be deleted, mistyped, or of another partition (China, GovCloud): then set the profile's region. "
            "Check the profile in ~/.aws, then try again.")},
    KnownCode{"InvalidClientTokenId"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not know this access key."),
              keysAdvice},
    KnownCode{"InvalidAccessKeyId"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not know this access key."),
              keysAdvice},
    KnownCode{"InvalidSignature"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The secret access key does not belong to this access key."),
              keysAdvice},
    KnownCode{"SignatureDoesNotMatch"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The secret access key does not belong to this access key."),
              keysAdvice},
    KnownCode{
        localcode::wrongScope,
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "The request was signed for another region than the one that the endpoint serves."),
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "The keys may be right: check the region and the endpoint of this account, then try again.")},
    KnownCode{"IncompleteSignature"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS could not read the signature of the request."), keysAdvice},
    KnownCode{"MissingAuthenticationToken"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The request reached AWS without its signature."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "A proxy in between may remove it. Ask your network's administrators.")},
    KnownCode{"ExpiredToken"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The temporary keys of this account have expired."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Sign in again where they come from (for example “aws sso login”), then try again.")},
    KnownCode{"RequestExpired"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS takes the request for an old one: this computer's clock is wrong."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Set the clock of this computer, then try again.")},
    KnownCode{"Throttling"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS asks for fewer requests at the moment."),
              laterAdvice},
    KnownCode{"TooManyRequests"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS asks for fewer requests at the moment."), laterAdvice},
    KnownCode{"CaseIdNotFound"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not find this case in the account."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS keeps cases for a limited time. What Casement has stored of it stays readable.")},
    KnownCode{"InternalServerError"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS had an internal error."),
              laterAdvice},
    KnownCode{"ServiceUnavailable"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS Support does not answer at the moment."), laterAdvice},
    KnownCode{"UnknownOperation"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The service at this endpoint does not know this request."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Check the endpoint: it may be an emulator, or a partition with an older API.")},
    KnownCode{"Validation"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS did not accept the request as it was."),
              requestAdvice},
    KnownCode{"InvalidParameterValue"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS did not accept the request as it was."), requestAdvice},
    KnownCode{"NoRehearsals"_L1, // support/rehearsal
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS does not offer a check before sending in this partition; nothing was sent."),
              ""},
    KnownCode{"Serialization"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS could not read the request."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Please report this with the details below.")},
};

const KnownCode *known(const Error &error)
{
    if (error.kind == Error::Kind::ClockSkew)
        return nullptr; // its codes name the signature, its cause is the clock
    if (error.code.isEmpty())
        return nullptr;
    const QString code = adviceCode(error);
    for (const KnownCode &one : knownCodes) {
        if (isCode(code, one.code))
            return &one;
    }
    return nullptr;
}

bool isChange(const QString &operation)
{
    return operation == QLatin1StringView(CreateCase::name)
        || operation == QLatin1StringView(AddCommunicationToCase::name)
        || operation == QLatin1StringView(ResolveCase::name);
}

bool isUpload(const QString &operation)
{
    return operation == QLatin1StringView(AddAttachmentsToSet::name)
        || operation == QLatin1StringView(GetAttachmentUploadLinks::name)
        || operation == QLatin1StringView(CompleteAttachmentUpload::name)
        || operation == QLatin1StringView(DescribeAttachmentUploadStatus::name);
}

bool isDownload(const QString &operation)
{
    return operation == QLatin1StringView(DescribeAttachment::name)
        || operation == QLatin1StringView(GetAttachmentDownloadLink::name);
}

} // namespace

QString ErrorText::tried(const Error &error, const QStringList &accounts)
{
    using Kind = Error::Kind;
    if (error.kind == Kind::Archive)
        return tr("The local archive could not be used.");
    if (error.kind == Kind::File) // its code has a sentence of its own
        return known(error) ? QString() : tr("A file could not be read or written.");
    if (isUpload(error.operation))
        return tr("A file could not be uploaded.");
    if (isDownload(error.operation))
        return tr("An attachment could not be fetched.");
    if (isChange(error.operation))
        return {}; // who shows it says what was to be changed, and that depends on what is known of its outcome
    if (accounts.size() > 1)
        return severalTried(accounts);
    const QString name = displayText(accounts.value(0));
    const bool messages = error.operation == "DescribeCommunications"_L1;
    if (messages)
        return name.isEmpty() ? tr("Messages could not be fetched.")
                              : tr("Messages of “%1” could not be fetched.").arg(name);
    return name.isEmpty() ? tr("Cases could not be refreshed.") : tr("“%1” could not be refreshed.").arg(name);
}

QString ErrorText::severalTried(const QStringList &accounts)
{
    constexpr qsizetype mostNamed = 3;
    const qsizetype others = accounts.size() <= mostNamed + 1 ? 0 : accounts.size() - mostNamed;
    QStringList names;
    for (const QString &account : accounts.first(accounts.size() - others))
        names.append(displayText(account));
    const QString all = names.join(tr(", ", "list separator"));
    //: %1 are the names of the accounts
    return others == 0
        ? tr("%n account(s) could not be refreshed: %1.", nullptr, int(accounts.size())).arg(all)
        //: %1 are the names of some of the accounts
        : tr("%n account(s) could not be refreshed: %1 and others.", nullptr, int(accounts.size())).arg(all);
}

QString ErrorText::happened(const Error &error)
{
    using Kind = Error::Kind;
    if (error.code == localcode::profileNotFound) {
        const ConfigPaths paths = ConfigPaths::of(QProcessEnvironment::systemEnvironment());
        return tr("There is no such profile in %1 or %2.")
            .arg(displayText(paths.config), displayText(paths.credentials));
    }
    const QString host = error.host.isEmpty() ? tr("AWS") : displayText(error.host);
    if (const KnownCode *one = known(error)) {
        QString sentence = tr(one->sentence);
        if (error.code == filecode::notReadable || error.code == filecode::notWritable) // the system says why
            sentence = tr("%1 %2", "sentences").arg(sentence, displayText(error.message)).trimmed();
        if (const QString action = deniedAction(error); one->advice == accessAdvice && !action.isEmpty())
            sentence = tr("These keys are right, but they are not allowed to do this: they lack the permission “%1”.")
                           .arg(displayText(action));
        return sentence.replace("%1"_L1, host);
    }
    const QString message = displayText(error.message);
    switch (error.kind) {
    case Kind::None:
        return {};
    case Kind::Cancelled:
        return tr("It was cancelled.");
    case Kind::Invalid:
        if (error.operation.isEmpty() && !message.isEmpty()) // a setting, before there was a request
            return tr("The keys or settings can't be used: %1").arg(message);
        return message.isEmpty() ? tr("The request breaks a rule of the service; nothing was sent.")
                                 : tr("The request breaks a rule of the service; nothing was sent: %1").arg(message);
    case Kind::NoCredentials:
        return tr("No access keys were found.");
    case Kind::CredentialsFile:
        return message.isEmpty() ? tr("The keys or settings can't be used.")
                                 : tr("The keys or settings can't be used: %1").arg(message);
    case Kind::CannotConnect:
        return tr("No connection to %1.").arg(host);
    case Kind::HostNotFound:
        return tr("Host not found: %1.").arg(host);
    case Kind::TimedOut:
        return tr("%1 did not answer in time.").arg(host);
    case Kind::Dropped:
        return tr("The connection to %1 ended before the answer was whole.").arg(host);
    case Kind::Tls:
        return message.isEmpty() ? tr("The certificate of %1 was not accepted.").arg(host)
                                 : tr("The certificate of %1 was not accepted: %2").arg(host, message);
    case Kind::Proxy:
        return message.isEmpty() ? tr("The proxy did not let the request through.")
                                 : tr("The proxy did not let the request through: %1").arg(message);
    case Kind::Redirected:
        return tr("The answer of %1 points to another address, which Casement does not follow.").arg(host);
    case Kind::NotTheService:
        return error.httpStatus > 0
            ? tr("A proxy or a sign-in page answered, not AWS (status %1).").arg(error.httpStatus)
            : tr("A proxy or a sign-in page answered, not AWS.");
    case Kind::BadAnswer:
        return tr("The answer of %1 was damaged or not what was asked for.").arg(host);
    case Kind::TooLarge:
        return tr("The answer of %1 was too large to be read.").arg(host);
    case Kind::Throttled:
        return tr("AWS asks for fewer requests at the moment.");
    case Kind::Unavailable:
        return error.httpStatus > 0 ? tr("AWS Support does not work at the moment (status %1).").arg(error.httpStatus)
                                    : tr("AWS Support does not work at the moment.");
    case Kind::ClockSkew:
        return message.isEmpty() ? tr("This computer's clock is wrong, so AWS refuses its requests.")
                                 : tr("This computer's clock is wrong, so AWS refuses its requests: %1").arg(message);
    case Kind::Refused:
        if (!error.code.isEmpty() && !message.isEmpty())
            return tr("AWS refused it: %1 (%2).").arg(message, displayText(error.code));
        return error.code.isEmpty() ? tr("AWS refused it.") : tr("AWS refused it (%1).").arg(displayText(error.code));
    case Kind::Incomplete:
        if (error.operation == "DescribeCommunications"_L1)
            return tr("Messages of some cases could not be fetched. What arrived is shown.");
        return tr("The service repeated itself, so the list may be incomplete. What arrived is shown.");
    case Kind::Archive:
    case Kind::File:
    case Kind::Keychain:
        return message;
    }
    return message;
}

QString ErrorText::summary(const Error &error, const QStringList &accounts)
{
    const QString first = tried(error, accounts);
    const QString second = happened(error);
    if (second.isEmpty())
        return first;
    if (first.isEmpty())
        return second;
    //: Two sentences, one after the other: what was tried, and what happened.
    return tr("%1 %2", "sentences").arg(first, second);
}

QString ErrorText::advice(const Error &error)
{
    using Kind = Error::Kind;
    if (const KnownCode *one = known(error)) {
        if (one->advice == accessAdvice && deniedAction(error).isEmpty())
            return tr("Ask who looks after the account to allow the action that Details names for these keys.");
        QString words = *one->advice == '\0' ? QString() : tr(one->advice);
        return words.replace("%1"_L1, displayText(deniedAction(error)));
    }
    switch (error.kind) {
    case Kind::NoCredentials:
        if (error.code == localcode::profileNotFound)
            return tr("Choose another profile; “aws configure” makes one.");
        return tr("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or choose a profile of ~/.aws that has keys.");
    case Kind::CredentialsFile:
        return tr("Correct them, then try again.");
    case Kind::CannotConnect:
    case Kind::HostNotFound:
    case Kind::TimedOut:
    case Kind::Dropped:
        return tr("Check the network. Cases that were fetched before stay readable.");
    case Kind::Tls:
        return tr("Check the endpoint URL, and whether a proxy or a firewall is in between.");
    case Kind::Proxy:
        return tr(proxyAdvice);
    case Kind::NotTheService:
    case Kind::Redirected:
        return tr("Sign in to the network if it asks for it in a browser, or check the endpoint URL, then try again.");
    case Kind::BadAnswer:
    case Kind::TooLarge:
    case Kind::Incomplete:
        return tr("Try again. If it stays, send the details to AWS Support.");
    case Kind::Throttled:
    case Kind::Unavailable:
        return tr(laterAdvice);
    case Kind::ClockSkew:
        return tr("Set the clock of this computer, then try again.");
    case Kind::Refused:
        return tr("The details name what AWS staff ask for.");
    case Kind::Archive:
        if (!error.code.isEmpty())
            return {}; // the archive's own sentence says what to do
        return tr("Check free space and rights of the folder, then start Casement again.");
    case Kind::File:
        return tr("Check free space and rights of the folder, then try again.");
    case Kind::None:
    case Kind::Cancelled:
    case Kind::Invalid:
    case Kind::Keychain:
        break;
    }
    return {};
}

QString ErrorText::details(const Error &error)
{
    QStringList lines;
    const auto line = [&lines](const QString &label, const QString &value) {
        if (!value.isEmpty()) {
            //: A label and its value: "Request ID: 0a1b…"
            lines.append(tr("%1: %2", "label and value").arg(label, displayText(value)));
        }
    };
    line(tr("Operation"), error.operation);
    line(tr("Kind"), kindName(error.kind));
    line(tr("Code"), error.code);
    line(tr("Message"), error.message);
    line(tr("HTTP status"), error.httpStatus > 0 ? QString::number(error.httpStatus) : QString());
    line(tr("Host"), error.host);
    line(tr("Request ID"), error.requestId);
    return lines.join(u'\n');
}

QString ErrorText::cause(const Error &error)
{
    return kindName(error.kind) + u'|' + error.code + u'|' + error.host + u'|'
        + (error.kind == Error::Kind::CredentialsFile || error.kind == Error::Kind::Archive ? error.message
                                                                                            : QString());
}

bool ErrorText::canRetry(const Error &error)
{
    return error.kind != Error::Kind::Archive && error.kind != Error::Kind::None;
}

bool ErrorText::isOffline(const Error &error)
{
    using Kind = Error::Kind;
    switch (error.kind) {
    case Kind::CannotConnect:
    case Kind::HostNotFound:
    case Kind::TimedOut:
    case Kind::Dropped:
    case Kind::Tls:
    case Kind::Proxy:
    case Kind::NotTheService:
    case Kind::Redirected:
    case Kind::Unavailable:
        return true;
    default:
        return false;
    }
}

} // namespace casement
