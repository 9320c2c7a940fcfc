#include "ui/errortext.h"

#include "archive/database.h"
#include "aws/configfile.h"
#include "aws/localcode.h"
#include "aws/secretstore.h"
#include "aws/serviceerror.h"
#include "models/displaytext.h"
#include "support/attachments.h"
#include "support/cases.h"
#include "support/client.h"
#include "transfer/filecode.h"
#include "transfer/fileerror.h"
#include "ui/errorcodes.h"
#include "ui/interfacelanguage.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <limits>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// A sentence of the service, to be followed by its code in brackets and one full stop.
QString withoutStop(const QString &sentence)
{
    const bool isStopped = sentence.endsWith(u'.') || sentence.endsWith(u'\u3002');
    return isStopped && !sentence.endsWith(".."_L1) ? sentence.chopped(1) : sentence;
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

/// What New Case chooses from.
bool isList(const QString &operation)
{
    constexpr std::array lists{"DescribeServices"_L1, "DescribeSeverityLevels"_L1, "DescribeCreateCaseOptions"_L1,
                               "DescribeSupportedLanguages"_L1};
    return std::find(lists.begin(), lists.end(), operation) != lists.end();
}

/// Whether the archive itself is in trouble, and not only without what was asked for.
bool isArchiveBroken(const Error &error)
{
    constexpr std::array whole{archivecode::beingSent,   archivecode::noSuchCase, archivecode::notKept,
                               archivecode::dataDeleted, archivecode::noMessage,  archivecode::filesUnknown};
    return std::find(whole.begin(), whole.end(), error.code) == whole.end();
}

/// A message that is a sentence for people already.
bool isTold(const Error &error)
{
    return localcode::isSentence(error.code)
        || (error.kind == Error::Kind::File && error.code.isEmpty() && !error.message.isEmpty());
}

/// How far this computer's clock is off, in seconds and as the message tells; 0 when it does not.
qint64 skewIn(const QString &message)
{
    static const QRegularExpression told(u"\\(this computer's clock is (\\d{1,10}) s (behind|ahead)\\)$"_s);
    const QRegularExpressionMatch match = told.match(message);
    const qint64 seconds = match.captured(1).toLongLong();
    return match.captured(2) == "ahead"_L1 ? seconds : -seconds;
}

} // namespace

QString ErrorText::tried(const Error &error, const QStringList &accounts)
{
    using Kind = Error::Kind;
    if (error.kind == Kind::Archive) {
        // It can be read, and the sentence names it.
        const bool isOnlyFull = error.code == archivecode::diskFull || error.code == archivecode::notWritable;
        return isArchiveBroken(error) && !isOnlyFull ? tr("The local archive could not be used.") : QString();
    }
    if (error.kind == Kind::File) // its code has a sentence of its own
        return findErrorCode(error) || isTold(error) ? QString() : tr("A file could not be read or written.");
    if (error.kind == Kind::Keychain || error.code == localcode::demoFailed
        || (error.kind == Kind::Invalid && error.code == localcode::told))
        return {};
    if (error.code == filecode::uploadFailed && !error.message.isEmpty())
        return tr("“%1” could not be uploaded.").arg(displayText(error.message));
    if (isUpload(error.operation))
        return tr("A file could not be uploaded.");
    if (isDownload(error.operation))
        return tr("An attachment could not be fetched.");
    if (isChange(error.operation))
        return {}; // who shows it says what was to be changed, and that depends on what is known of its outcome
    if (isList(error.operation))
        return tr("The lists for a new case could not be fetched.");
    if (error.operation.contains("TrustedAdvisor"_L1))
        return tr("Trusted Advisor could not be asked.");
    if (accounts.size() > 1)
        return severalTried(accounts);
    if (const QString sentence = siblingTried(error, displayText(accounts.value(0))); !sentence.isEmpty())
        return sentence;
    const QString name = displayText(accounts.value(0));
    const bool messages = error.operation == "DescribeCommunications"_L1;
    if (messages)
        return name.isEmpty() ? tr("Messages could not be fetched.")
                              : tr("Messages of “%1” could not be fetched.").arg(name);
    return name.isEmpty() ? tr("Cases could not be refreshed.") : tr("“%1” could not be refreshed.").arg(name);
}

/// Where keys and accounts come from is another service than AWS Support, and nothing is changed there.
QString ErrorText::siblingTried(const Error &error, const QString &account)
{
    const QString service(siblingOf(error));
    if (service.isEmpty())
        return {};
    if (error.operation == "ListAccounts"_L1)
        //: %1: AWS Organizations
        return tr("%1 did not list the accounts; nothing was changed.").arg(service);
    if (error.operation == "GetCallerIdentity"_L1)
        //: %1: AWS STS
        return tr("%1 did not say whose keys these are; nothing was changed.").arg(service);
    return account.isEmpty()
        //: %1: AWS STS or IAM Identity Center
        ? tr("%1 gave no keys; nothing was changed.").arg(service)
        //: %1: AWS STS or IAM Identity Center, %2 the name of an account
        : tr("%1 gave no keys for “%2”; nothing was changed.").arg(service, account);
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
        ? tr("%Ln account(s) could not be refreshed: %1.", nullptr, int(accounts.size())).arg(all)
        //: %1 are the names of some of the accounts
        : tr("%Ln account(s) could not be refreshed: %1 and others.", nullptr, int(accounts.size())).arg(all);
}

QString ErrorText::happened(const Error &error)
{
    using Kind = Error::Kind;
    if (error.code == localcode::profileNotFound) {
        const ConfigPaths paths = ConfigPaths::of(QProcessEnvironment::systemEnvironment());
        return tr("There is no such profile in %1 or %2.")
            .arg(displayText(namedPlace(paths.config)), displayText(namedPlace(paths.credentials)));
    }
    const bool isSibling = !siblingOf(error).isEmpty();
    const QString host = error.host.isEmpty() ? tr("AWS") : displayText(error.host);
    const QString service = isSibling ? QString(siblingOf(error)) : u"AWS Support"_s;
    if (const ErrorCode *one = findErrorCode(error)) {
        if (const QString sentence = ofFile(error, one->code); !sentence.isEmpty())
            return sentence;
        QString sentence = tr(one->sentence);
        if (const QString action = deniedAction(error); isAboutRights(*one) && !action.isEmpty())
            sentence = tr("These keys are right, but they are not allowed to do this: they lack the permission “%1”.")
                           .arg(displayText(action));
        return sentence.replace("%1"_L1, host).replace("%2"_L1, service);
    }
    const QString message = displayText(error.message);
    if (isTold(error))
        return message;
    switch (error.kind) {
    case Kind::None:
        return {};
    case Kind::Cancelled:
        return tr("It was cancelled.");
    case Kind::Invalid:
        if (error.operation.isEmpty() && !message.isEmpty()) // a setting, before there was a request
            return tr("The keys or settings can't be used: %1").arg(message);
        return message.isEmpty() ? tr("The request breaks a rule of the service.")
                                 : tr("The request breaks a rule of the service: %1").arg(message);
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
        return message.isEmpty()
            ? tr("The certificate of %1 was not accepted.").arg(host)
            : tr("The certificate of %1 was not accepted: %2").arg(host, InterfaceLanguage::ofNetwork(message));
    case Kind::Proxy:
        return message.isEmpty()
            ? tr("The proxy did not let the request through.")
            : tr("The proxy did not let the request through: %1").arg(InterfaceLanguage::ofNetwork(message));
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
        return isSibling ? tr("It asks for fewer requests at the moment.")
                         : tr("AWS asks for fewer requests at the moment.");
    case Kind::Unavailable:
        //: %1: AWS Support, AWS STS …
        return error.httpStatus > 0
            ? tr("%1 does not work at the moment (status %2).").arg(service).arg(error.httpStatus)
            : tr("%1 does not work at the moment.").arg(service);
    case Kind::ClockSkew:
        if (const qint64 skew = skewIn(error.message); skew != 0) {
            const int minutes = int(std::clamp<qint64>((std::abs(skew) + 30) / 60, 1, std::numeric_limits<int>::max()));
            return skew < 0
                ? tr("This computer's clock is %Ln minute(s) slow, so AWS refuses its requests.", nullptr, minutes)
                : tr("This computer's clock is %Ln minute(s) fast, so AWS refuses its requests.", nullptr, minutes);
        }
        return tr("This computer's clock is wrong, so AWS refuses its requests.");
    case Kind::Refused:
        if (isSibling && !error.code.isEmpty() && !message.isEmpty())
            return tr("It says: %1 (%2).").arg(withoutStop(message), displayText(error.code));
        if (!error.code.isEmpty() && !message.isEmpty())
            return tr("AWS refused it: %1 (%2).").arg(withoutStop(message), displayText(error.code));
        return error.code.isEmpty() ? tr("AWS refused it.") : tr("AWS refused it (%1).").arg(displayText(error.code));
    case Kind::Incomplete:
        if (error.operation == "DescribeCommunications"_L1)
            return tr("Some cases lack messages. What arrived is shown.");
        return tr("The service repeated itself, so the list may be incomplete. What arrived is shown.");
    case Kind::Keychain:
        return message.isEmpty() ? tr("The keychain could not be used.")
                                 : tr("The keychain could not be used: %1").arg(message);
    case Kind::Archive:
    case Kind::File:
        return message;
    }
    return message;
}

/// With the path and the reason that an error about a file holds; empty when it holds none.
QString ErrorText::ofFile(const Error &error, QLatin1StringView code)
{
    const FileTrouble trouble = fileTrouble(error);
    const bool systemSaysWhy =
        code == filecode::notReadable || code == filecode::notWritable || code == filecode::noFolder;
    if (trouble.path.isEmpty() || !systemSaysWhy)
        return {};
    const QString reason = displayText(fileReason(trouble.why));
    //: %1 is a file, %2 why: "its folder is not there"
    return trouble.isWriting ? tr("%1 can't be written: %2.").arg(displayText(trouble.path), reason)
                             //: %1 is a file, %2 why: "its folder is not there"
                             : tr("%1 can't be read: %2.").arg(displayText(trouble.path), reason);
}

QString ErrorText::changed(Deed deed, const Error &error)
{
    switch (deed) {
    case Deed::Read:
        return {};
    case Deed::Check:
    case Deed::Upload:
    case Deed::PartUpload:
        // These say so themselves.
        if (error.code == localcode::plainHttp || error.code == localcode::oldTls
            || error.code == localcode::noHandshake || error.code == rehearsalTaken || error.code == filecode::changed)
            return {};
        if (deed == Deed::PartUpload || error.code == filecode::uploadFailed)
            return tr("What was uploaded of it is in no message.");
        return deed == Deed::Check ? tr("Nothing was sent.") : tr("Nothing was sent to AWS Support.");
    case Deed::Save:
        return tr("No file was changed.");
    case Deed::Write:
        if (error.code == filecode::partlyReplaced)
            return tr("Some files are the new ones, the others are as they were.");
        if (error.code == filecode::notPrinted)
            return tr("Some pages may have come out.");
        return error.code == filecode::notPainted ? QString() : tr("A file that was there before is as it was.");
    case Deed::Load:
        return tr("Nothing was changed.");
    case Deed::Move:
        return tr("The archive stays where it is.");
    }
    return {};
}

QString ErrorText::whole(Deed deed, const Error &error) { return told(summary(error), deed, error); }

QString ErrorText::whole(const QString &tried, Deed deed, const Error &error)
{
    //: Two sentences, one after the other: what was tried, and what happened.
    const QString second = happened(error);
    return told(tried.isEmpty() ? second : tr("%1 %2", "sentences").arg(tried, second), deed, error);
}

/// Behind what happened: whether anything was changed, and what to do.
QString ErrorText::told(const QString &what, Deed deed, const Error &error)
{
    QString text = what;
    for (const QString &sentence : {changed(deed, error), advice(error)}) {
        if (!sentence.isEmpty())
            text = tr("%1 %2", "sentences").arg(text, sentence);
    }
    return text;
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

QString ErrorText::adviceOnAccounts(const Error &error)
{
    const ErrorCode *one = findErrorCode(error);
    return one && one->onAccounts ? tr(one->onAccounts) : advice(error);
}

QString ErrorText::advice(const Error &error)
{
    using Kind = Error::Kind;
    if (const ErrorCode *one = findErrorCode(error)) {
        if (isAboutRights(*one) && deniedAction(error).isEmpty())
            return tr("Ask who looks after the account to allow the action that Details names for these keys.");
        if (one->advice == erroradvice::later && !siblingOf(error).isEmpty())
            return tr("Wait some minutes, then try again.");
        QString words = *one->advice == '\0' ? QString() : tr(one->advice);
        return words.replace("%1"_L1, displayText(deniedAction(error)));
    }
    if (isTold(error) || error.kind == Kind::Archive) // their own sentences say what to do
        return {};
    switch (error.kind) {
    case Kind::NoCredentials:
        if (error.code == localcode::profileNotFound)
            return tr("Choose another profile; “aws configure” makes one.");
        return tr("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or choose a profile of ~/.aws that has keys.");
    case Kind::CredentialsFile:
        return tr("Correct what is named, then try again.");
    case Kind::CannotConnect:
    case Kind::HostNotFound:
    case Kind::TimedOut:
    case Kind::Dropped:
        return tr("Check the network. Cases that were fetched before stay readable.");
    case Kind::Tls:
        return tr("Check the endpoint URL, and whether a proxy or a firewall is in between.");
    case Kind::Proxy:
        return tr(erroradvice::proxy);
    case Kind::NotTheService:
    case Kind::Redirected:
        return tr("Sign in to the network if it asks for it in a browser, or check the endpoint URL, then try again.");
    case Kind::BadAnswer:
    case Kind::TooLarge:
    case Kind::Incomplete:
        return tr("Try again. If it stays, send the details to AWS Support.");
    case Kind::Throttled:
    case Kind::Unavailable:
        return siblingOf(error).isEmpty() ? tr(erroradvice::later) : tr("Wait some minutes, then try again.");
    case Kind::ClockSkew:
        return tr("Set the clock of this computer, then try again.");
    case Kind::Refused:
        return tr(
            "Correct it if it is something you typed. Otherwise ask AWS Support, with the request id that Details "
            "shows.");
    case Kind::Invalid:
        return tr("Correct what is named, then try again.");
    case Kind::File:
        return tr("Check free space and rights of the folder, then try again.");
    case Kind::Keychain:
        return tr("Look whether the keychain works, then try again.");
    case Kind::None:
    case Kind::Cancelled:
    case Kind::Archive:
        break;
    }
    return {};
}

QString ErrorText::details(const Error &error)
{
    QStringList lines;
    const auto line = [&lines](const QString &label, const QString &value) {
        if (!value.isEmpty()) {
            //: A label and its value: "Request id: 0a1b…"
            lines.append(tr("%1: %2", "label and value").arg(label, displayText(value)));
        }
    };
    line(tr("Operation"), error.operation);
    line(tr("Kind"), kindName(error.kind));
    line(tr("Code"), error.code);
    line(tr("Message"), error.message);
    line(tr("What it wrote"), error.output);
    line(tr("HTTP status"), error.httpStatus > 0 ? QString::number(error.httpStatus) : QString());
    line(tr("Host"), error.host);
    line(tr("Request id"), error.requestId);
    return lines.join(u'\n');
}

QString ErrorText::evidence(const Error &error)
{
    constexpr qsizetype most = 1000;
    using Kind = Error::Kind;
    const bool isOfKeys = error.kind == Kind::NoCredentials || error.kind == Kind::Proxy; // their codes are our own
    if (isTold(error)
        || (error.requestId.isEmpty() && !isOfKeys && error.kind != Kind::Refused
            && error.kind != Kind::CredentialsFile))
        return {};
    QStringList parts;
    const QString said = error.output.isEmpty() ? error.message : error.message + u": "_s + error.output;
    if (const QString message = displayText(said.left(most)).simplified();
        !message.isEmpty() && error.code != filecode::uploadFailed && !happened(error).contains(message))
        parts.append(message);
    if (!error.code.isEmpty() && !isOfKeys)
        parts.append(displayText(error.code));
    if (!error.requestId.isEmpty())
        parts.append(tr("request id %1").arg(displayText(error.requestId)));
    //: What AWS answered, behind a sentence that explains it
    return parts.isEmpty() ? QString() : tr("Details: %1").arg(parts.join(u" · "_s));
}

QString ErrorText::stopped(const QString &text)
{
    static const QString ends = u".!?…。！？"_s;
    //: A sentence without its full stop, before another one
    return text.isEmpty() || ends.contains(text.back()) ? text : tr("%1.", "sentence").arg(text);
}

QString ErrorText::ofCheck(const Error &error)
{
    const bool saysItself = error.kind == Error::Kind::Refused || error.kind == Error::Kind::Invalid;
    const QString asked = saysItself ? QString() : tr("AWS could not be asked whether it would accept this.");
    const QString details = evidence(error);
    return whole(asked, Deed::Check, error) + (details.isEmpty() ? QString() : u'\n' + details);
}

QString ErrorText::cause(const Error &error)
{
    return kindName(error.kind) + u'|' + error.code + u'|' + error.host + u'|'
        + (error.kind == Error::Kind::CredentialsFile || error.kind == Error::Kind::Archive ? error.message : QString())
        + (localcode::isSentence(error.code) ? error.message : QString());
}

bool ErrorText::canRetry(const Error &error)
{
    // Where the archive can't be used for what a person can mend.
    constexpr std::array mendable{archivecode::notWritable,  archivecode::diskFull, archivecode::diskError,
                                  archivecode::notAnArchive, archivecode::damaged,  archivecode::newerSchema};
    if (error.kind == Error::Kind::Archive)
        return std::find(mendable.begin(), mendable.end(), error.code) != mendable.end();
    return error.kind != Error::Kind::None;
}

bool ErrorText::canKeepForSession(const Error &error)
{
    // Where it answers without keys, they are entered for good.
    return error.kind == Error::Kind::Keychain && error.code != keychaincode::garbled
        && error.code != keychaincode::missing;
}

bool ErrorText::isOffline(const Error &error)
{
    using Kind = Error::Kind;
    return error.kind == Kind::CannotConnect || error.kind == Kind::HostNotFound || error.kind == Kind::TimedOut
        || error.kind == Kind::Dropped;
}

} // namespace casement
