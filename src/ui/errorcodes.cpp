#include "ui/errorcodes.h"

#include "aws/localcode.h"
#include "aws/secretstore.h"
#include "aws/serviceerror.h"
#include "aws/siblingendpoint.h"
#include "support/rehearsal.h"
#include "transfer/filecode.h"
#include "transfer/fileerror.h"

#include <QtGlobal>

#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace erroradvice {

const char proxy[] = QT_TRANSLATE_NOOP("casement::ErrorText",
                                       "Check HTTPS_PROXY and NO_PROXY. A proxy that asks for a password gets it by "
                                       "HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT.");
const char later[] =
    QT_TRANSLATE_NOOP("casement::ErrorText", "Nothing is lost. Casement tries again by itself in a few minutes.");

} // namespace erroradvice

namespace {

const char accessAdvice[] =
    QT_TRANSLATE_NOOP("casement::ErrorText", "Ask who looks after the account to allow “%1” for these keys.");
const char keysAdvice[] = QT_TRANSLATE_NOOP("casement::ErrorText",
                                            "Check the access key and its secret where this account gets them: "
                                            "Settings > Accounts says where. Then try again.");
const char keysAdviceOnAccounts[] =
    QT_TRANSLATE_NOOP("casement::ErrorText", "Correct the access key and its secret, then test again.");
const char enterAgainOnAccounts[] = QT_TRANSLATE_NOOP("casement::ErrorText", "Enter the keys again: Edit.");
const char requestAdvice[] = QT_TRANSLATE_NOOP(
    "casement::ErrorText",
    "The details say what AWS found wrong. Correct it if it is something you typed; otherwise please report it.");
const char exportAdvice[] = QT_TRANSLATE_NOOP("casement::ErrorText",
                                              "The AWS CLI can: make another profile whose credential_process is "
                                              "“aws configure export-credentials”, as Details shows it, and use that "
                                              "one.");
const char serverAdvice[] = QT_TRANSLATE_NOOP("casement::ErrorText", "Only who runs that server can change this.");
const char dateAdvice[] = QT_TRANSLATE_NOOP(
    "casement::ErrorText",
    "Look at the clock of this computer. When it is right, only who runs that server can change this.");
const char expiredAdvice[] = QT_TRANSLATE_NOOP(
    "casement::ErrorText", "Sign in again where they come from (for example “aws sso login”), then try again.");
const char fileAdvice[] = QT_TRANSLATE_NOOP("casement::ErrorText", "Choose another file.");
const char againAdvice[] = QT_TRANSLATE_NOOP("casement::ErrorText", "Try again: Casement then uploads it anew.");

constexpr std::array table{
    ErrorCode{
        localcode::proxyUnreachable,
        QT_TRANSLATE_NOOP("casement::ErrorText", "No connection to %1: the proxy that HTTPS_PROXY names made none."),
        erroradvice::proxy},
    ErrorCode{localcode::proxySetting,
              QT_TRANSLATE_NOOP("casement::ErrorText", "What names the proxy is no address of one: Details says why."),
              erroradvice::proxy},
    ErrorCode{localcode::demoFailed,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The demo account could not be started: Details says why."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Start Casement again.")},
    ErrorCode{onlyCustomEndpoint,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS Support has an endpoint of its own here, so AWS is not asked with these keys."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Details names the variable that leads to an endpoint for this, too.")},
    ErrorCode{localcode::keysExpired,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The temporary keys of this account have expired."),
              expiredAdvice},
    ErrorCode{
        localcode::keysUnusable,
        QT_TRANSLATE_NOOP("casement::ErrorText", "The keys of this account hold characters that no access key has."),
        keysAdvice, keysAdviceOnAccounts},
    ErrorCode{localcode::notConnected,
              QT_TRANSLATE_NOOP("casement::ErrorText", "This account is not open, so AWS can't be asked."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "It may be paused, or without keys: look at Settings > Accounts, then try again.")},
    ErrorCode{localcode::profileSso,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "You are not signed in to IAM Identity Center (SSO), or not any more."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Try again to sign in with the browser. “aws sso login” in a terminal does as well: "
                                "Details shows the command.")},
    ErrorCode{localcode::personNeeded,
              QT_TRANSLATE_NOOP("casement::ErrorText", "A code of this account's MFA device is needed."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Try again and enter the code that the device shows.")},
    ErrorCode{localcode::roleRefused,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS gave out no keys for the role of this account."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Details says why. Check the role's ARN, its external ID and whom it trusts, then try "
                                "again.")},
    ErrorCode{localcode::roleKeysRefused,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS does not take the keys that this account's role is asked for with."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Details says which and why. Correct those keys, or get new ones where they are "
                                "temporary, then try again.")},
    ErrorCode{
        localcode::stsRegionOff,
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "AWS gives out no keys for roles in the region that this account names."),
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "Set another region for the account or its profile, or have AWS STS switched on for that "
                          "region (IAM > Account settings), then try again.")},
    ErrorCode{localcode::profileAssumesRole,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "This profile assumes a role in a way that only the AWS CLI knows: Details says "
                                "which."),
              exportAdvice},
    ErrorCode{localcode::profileLogin,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "The keys of this profile come from “aws login”, which only the AWS CLI can ask."),
              exportAdvice},
    ErrorCode{
        localcode::profileProcess,
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "The program that this profile gets its keys from (credential_process) failed."),
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "Details says why. Run the command of credential_process in a terminal to see what it lacks, "
                          "then try again.")},
    ErrorCode{localcode::profileWithoutKeys,
              QT_TRANSLATE_NOOP("casement::ErrorText", "This profile of ~/.aws has no keys, or not all of them."),
              keysAdvice, keysAdviceOnAccounts},
    ErrorCode{localcode::secretKeyNotSet,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS_ACCESS_KEY_ID is set in the environment, AWS_SECRET_ACCESS_KEY is not."),
              keysAdvice, keysAdviceOnAccounts},
    ErrorCode{
        localcode::plainHttp,
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "http:// is only allowed on this computer: on the way to another one everybody could read "
                          "along. Nothing was sent."),
        QT_TRANSLATE_NOOP("casement::ErrorText", "Use an endpoint URL that begins with https://.")},
    ErrorCode{
        localcode::unknownAuthority,
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "The certificate of %1 comes from an authority that this computer does not trust."),
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "In a company network, set AWS_CA_BUNDLE (or ca_bundle in ~/.aws/config) to the file with "
                          "its certificate authority.")},
    ErrorCode{localcode::certificateExpired,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The certificate of %1 has expired."), dateAdvice},
    ErrorCode{localcode::certificateNotYetValid,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The certificate of %1 is not valid yet."), dateAdvice},
    ErrorCode{localcode::otherHost,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The certificate that %1 showed is that of another host."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Check the endpoint URL; a proxy or a network that asks to sign in may answer in its "
                                "place.")},
    ErrorCode{localcode::weakKey,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "The certificate of %1 was not accepted: its key is too weak to be safe."),
              serverAdvice},
    ErrorCode{localcode::oldTls,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "%1 speaks only a TLS older than 1.2, which is not safe; nothing was sent."),
              serverAdvice},
    ErrorCode{localcode::noHandshake,
              QT_TRANSLATE_NOOP("casement::ErrorText", "No secure connection to %1 came about; nothing was sent."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Check the endpoint URL, and whether a proxy or a firewall is in between.")},
    ErrorCode{
        keychaincode::absent, QT_TRANSLATE_NOOP("casement::ErrorText", "This desktop has no keychain that answers."),
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "Start one (GNOME Keyring, KWallet, KeePassXC) and try again, or keep the keys for this "
                          "session only.")},
    ErrorCode{
        keychaincode::locked, QT_TRANSLATE_NOOP("casement::ErrorText", "The keychain is locked."),
        QT_TRANSLATE_NOOP("casement::ErrorText", "Unlock it and try again, or keep the keys for this session only.")},
    ErrorCode{keychaincode::waiting, QT_TRANSLATE_NOOP("casement::ErrorText", "The keychain waits for its password."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Type it where the keychain asks for it, and this goes on by itself; or keep the keys "
                                "for this session only.")},
    ErrorCode{keychaincode::denied, QT_TRANSLATE_NOOP("casement::ErrorText", "The keychain said no."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Allow Casement to use it and try again, or keep the keys for this session only.")},
    ErrorCode{keychaincode::silent, QT_TRANSLATE_NOOP("casement::ErrorText", "The keychain does not answer."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Look whether it waits for its password and try again, or keep the keys for this "
                                "session only.")},
    ErrorCode{keychaincode::garbled,
              QT_TRANSLATE_NOOP("casement::ErrorText", "What the keychain holds for this account is no access key."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Enter the keys again: Settings > Accounts > Edit."),
              enterAgainOnAccounts},
    ErrorCode{keychaincode::missing,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The keychain has no keys for this account."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Enter the keys again: Settings > Accounts > Edit."),
              enterAgainOnAccounts},
    ErrorCode{filecode::vanished, QT_TRANSLATE_NOOP("casement::ErrorText", "The file is not there any more."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Put it back and try again, or choose another file.")},
    ErrorCode{filecode::deadLink, QT_TRANSLATE_NOOP("casement::ErrorText", "The file is a link that leads to no file."),
              fileAdvice},
    ErrorCode{filecode::folder, QT_TRANSLATE_NOOP("casement::ErrorText", "A folder can't be sent as it is."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Make a ZIP of it.")},
    ErrorCode{filecode::notRegular,
              QT_TRANSLATE_NOOP("casement::ErrorText", "This is no file but a pipe, a socket or a device."),
              fileAdvice},
    ErrorCode{filecode::empty, QT_TRANSLATE_NOOP("casement::ErrorText", "There is nothing in it to send."), fileAdvice},
    ErrorCode{filecode::notReadable, QT_TRANSLATE_NOOP("casement::ErrorText", "The file can't be read."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Check who may read it, then try again.")},
    ErrorCode{filecode::changed,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "The file was changed after it was chosen. No message with it is sent."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Use it as it is now, or remove it.")},
    ErrorCode{filecode::tooLarge, QT_TRANSLATE_NOOP("casement::ErrorText", "The file is larger than AWS takes here."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Compress it, or send a part of it.")},
    ErrorCode{filecode::tooMany, QT_TRANSLATE_NOOP("casement::ErrorText", "These are more files than AWS takes here."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Send the others with another reply.")},
    ErrorCode{filecode::holdsKeys,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The file is in a place where keys and passwords are kept."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Send it only when people at AWS may read all of it.")},
    ErrorCode{filecode::uploadFailed,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS looked at the file and did not take it."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Try again, or send it as a ZIP.")},
    ErrorCode{filecode::paused,
              QT_TRANSLATE_NOOP("casement::ErrorText", "A file of the message is paused, so the message waits."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Go on uploading it, or remove it.")},
    ErrorCode{filecode::exists, QT_TRANSLATE_NOOP("casement::ErrorText", "There is a file of that name already."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Choose another name.")},
    ErrorCode{filecode::busy,
              QT_TRANSLATE_NOOP("casement::ErrorText", "Another program writes this file at the moment."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Try again when it is done.")},
    ErrorCode{filecode::noFolder, QT_TRANSLATE_NOOP("casement::ErrorText", "The folder is not there."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Make the folder, or choose another one.")},
    ErrorCode{
        filecode::notWritable, QT_TRANSLATE_NOOP("casement::ErrorText", "The file can't be written there."),
        QT_TRANSLATE_NOOP("casement::ErrorText", "Check the rights of the folder, or choose another name or folder.")},
    ErrorCode{filecode::diskFull, QT_TRANSLATE_NOOP("casement::ErrorText", "There is no room for the file there."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Make room, or choose another folder.")},
    ErrorCode{filecode::partlyReplaced,
              QT_TRANSLATE_NOOP("casement::ErrorText", "Not all files of the folder could be written."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Check the rights of the folder, then export again.")},
    ErrorCode{
        filecode::notPainted, QT_TRANSLATE_NOOP("casement::ErrorText", "The pages could not be made."),
        QT_TRANSLATE_NOOP("casement::ErrorText", "Choose another printer or another size of paper, then try again.")},
    ErrorCode{filecode::notPrinted, QT_TRANSLATE_NOOP("casement::ErrorText", "The printer did not take it."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Look at the printer and its queue, then print again.")},
    ErrorCode{localcode::foreignLink,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS named an address for the file that is not one of its own, so nothing was sent or "
                                "fetched there."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Please report this with the details below.")},
    ErrorCode{localcode::linkRefused,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "%1 did not accept the link to the file; mostly because its time was over."),
              againAdvice},
    ErrorCode{localcode::downloadRefused,
              QT_TRANSLATE_NOOP("casement::ErrorText", "%1 did not give the file out, not even by fresh links."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Try again later. If it stays so, AWS may not have the file any more: ask for it in "
                                "the case.")},
    ErrorCode{"AttachmentLimitExceeded"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS takes no more files from this account for the moment."),
              erroradvice::later},
    ErrorCode{"CaseCreationLimitExceeded"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS opens no more cases of this account for the moment."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS opens about ten cases an hour: send it later.")},
    ErrorCode{"DescribeAttachmentLimitExceeded"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS gives out no more files to this account for the moment."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Wait some minutes, then try again.")},
    ErrorCode{"AttachmentIdNotFound"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not have this attachment any more."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS keeps files as long as their case. Ask for it in a reply if it is still needed.")},
    ErrorCode{"AttachmentSetExpired"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS keeps uploaded files for an hour, and that was over."),
              againAdvice},
    ErrorCode{"AttachmentSetIdNotFound"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not know the uploaded files any more."), againAdvice},
    ErrorCode{
        "AttachmentSetSizeLimitExceeded"_L1,
        QT_TRANSLATE_NOOP("casement::ErrorText", "AWS takes three files of 5 MB each here."),
        QT_TRANSLATE_NOOP("casement::ErrorText", "Remove or compress files, or send the others with another reply.")},
    ErrorCode{"UploadIdNotFound"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not know the uploaded file any more."), againAdvice},
    ErrorCode{"413"_L1, // that status, without a code
              QT_TRANSLATE_NOOP("casement::ErrorText", "The request is too large for AWS or for a proxy on the way."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS takes 8,000 characters a message and three files of 5 MB each. Send less text, or "
                                "fewer or smaller files.")},
    ErrorCode{"SubscriptionRequired"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "The support plan of this account has no access to the AWS Support API."),
              QT_TRANSLATE_NOOP(
                  "casement::ErrorText",
                  "The API comes with some support plans only. Change the plan in Support Center, or choose another "
                  "account.")},
    ErrorCode{"AccessDenied"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "These keys are right, but they are not allowed to do this."),
              accessAdvice},
    ErrorCode{"UnauthorizedOperation"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "These keys are right, but they are not allowed to do this."),
              accessAdvice},
    ErrorCode{
        "UnrecognizedClient"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not know this access key."),
        QT_TRANSLATE_NOOP(
            "casement::ErrorText",
            "It may be deleted, mistyped, or of another partition (China, GovCloud): then set the region. Check it "
            "where this account gets it: Settings > Accounts says where. Then try again."),
        QT_TRANSLATE_NOOP(
            "casement::ErrorText",
            "It may be deleted, mistyped, or of another partition (China, GovCloud): then set the region. Correct "
            "it, then test again.")},
    ErrorCode{"InvalidClientTokenId"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not know this access key."),
              keysAdvice, keysAdviceOnAccounts},
    ErrorCode{"InvalidAccessKeyId"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not know this access key."),
              keysAdvice, keysAdviceOnAccounts},
    ErrorCode{"InvalidSignature"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The secret access key does not belong to this access key."),
              keysAdvice, keysAdviceOnAccounts},
    ErrorCode{"SignatureDoesNotMatch"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The secret access key does not belong to this access key."),
              keysAdvice, keysAdviceOnAccounts},
    ErrorCode{
        localcode::wrongScope,
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "The request was signed for another region than the one that the endpoint serves."),
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "The keys may be right: check the region and the endpoint of this account, then try again.")},
    ErrorCode{"IncompleteSignature"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS could not read the signature of the request."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "A proxy in between may have changed it. Ask your network's administrators.")},
    ErrorCode{"MissingAuthenticationToken"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The request reached AWS without its signature."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "A proxy in between may remove it. Ask your network's administrators.")},
    ErrorCode{"ExpiredToken"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The temporary keys of this account have expired."),
              expiredAdvice},
    ErrorCode{"RequestExpired"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS takes the request for an old one: this computer's clock is wrong."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Set the clock of this computer, then try again.")},
    ErrorCode{"Throttling"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS asks for fewer requests at the moment."),
              erroradvice::later},
    ErrorCode{"TooManyRequests"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS asks for fewer requests at the moment."),
              erroradvice::later},
    ErrorCode{"CaseIdNotFound"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not find this case in the account."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "AWS keeps cases for a limited time. What Casement has stored of it stays readable.")},
    ErrorCode{"InternalServerError"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS had an internal error."),
              erroradvice::later},
    ErrorCode{"ServiceUnavailable"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "%2 does not answer at the moment."),
              erroradvice::later},
    ErrorCode{"UnknownOperation"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "The service at this endpoint does not know this request."),
              QT_TRANSLATE_NOOP("casement::ErrorText",
                                "Check the endpoint: it may be an emulator, or a partition with an older API.")},
    ErrorCode{"Validation"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS did not accept the request as it was."),
              requestAdvice},
    ErrorCode{"InvalidParameterValue"_L1,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS did not accept the request as it was."), requestAdvice},
    ErrorCode{noRehearsals,
              QT_TRANSLATE_NOOP("casement::ErrorText", "AWS does not offer a check before sending in this partition."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Look it over yourself, then send it without a check.")},
    ErrorCode{
        rehearsalTaken,
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "The service does not know checks before sending and took this one for the real thing."),
        QT_TRANSLATE_NOOP("casement::ErrorText",
                          "Refresh and look whether it is there before you send it. Then please report this with "
                          "the details.")},
    ErrorCode{"Serialization"_L1, QT_TRANSLATE_NOOP("casement::ErrorText", "AWS could not read the request."),
              QT_TRANSLATE_NOOP("casement::ErrorText", "Please report this with the details below.")},
};

/// A file that could not be written has one sentence whatever stands in its place: the others are about sending it.
bool isOnlyNotWritten(const Error &error)
{
    return fileTrouble(error).isWriting
        && (error.code == filecode::folder || error.code == filecode::notRegular || error.code == filecode::deadLink
            || error.code == filecode::vanished);
}

} // namespace

std::span<const ErrorCode> errorCodes() { return table; }

const ErrorCode *findErrorCode(const Error &error)
{
    // The archive's own sentence says what to do; the codes of a wrong clock name the signature.
    if (error.code.isEmpty() || error.kind == Error::Kind::Archive || error.kind == Error::Kind::ClockSkew)
        return nullptr;
    const QString code = isOnlyNotWritten(error) ? QString(filecode::notWritable) : adviceCode(error);
    for (const ErrorCode &one : table) {
        if (isCode(code, one.code))
            return &one;
    }
    return nullptr;
}

bool isAboutRights(const ErrorCode &code) { return code.advice == accessAdvice; }

} // namespace casement
