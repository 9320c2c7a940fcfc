#pragma once

#include <QString>
#include <QtGlobal>

namespace casement {

/// Why something did not work, as a value. Sentences for people are made of it in ui/errortext, where the language is
/// known.
struct Error
{
    /// What kind of mishap it is; decides the sentence and the advice.
    enum class Kind {
        None,
        Cancelled, ///< the person, or the end of the context object, stopped it
        Invalid, ///< a request that breaks the service's own rules; nothing was sent. `message` names member and limit
        NoCredentials, ///< no keys where they were looked for
        CredentialsFile, ///< keys or settings are of no use; `message` names file and line, or the variable
        CannotConnect, ///< refused or unreachable
        HostNotFound,
        TimedOut, ///< no byte for too long, or not done in the total time
        Dropped, ///< the connection ended before the answer was whole
        Tls, ///< the other side's certificate was not accepted; `message` says why
        Proxy, ///< the proxy refused, or wants a password
        Redirected, ///< an answer that points elsewhere; never followed
        NotTheService, ///< something answered that is not AWS: a proxy's page, a portal
        BadAnswer, ///< an answer that is not whole or not what the operation answers
        TooLarge, ///< an answer beyond the size that is read
        Throttled, ///< too many calls, and retries did not help
        Unavailable, ///< 5xx
        ClockSkew, ///< this computer's clock is off; `message` says by how much
        Refused, ///< the service said no; see `code`
        Incomplete, ///< a listing stopped early (a page token came twice); what arrived is kept
        Archive, ///< the local database; `message` is SQLite's
        File, ///< a file could not be read or written
        Keychain, ///< the keychain of the operating system; `code` says what is the matter with it
    };

    /// Whether a change may have taken effect at the service all the same.
    enum class Effect {
        None, ///< it certainly has not
        Unknown, ///< it may have: look before sending again
    };

    Kind kind = Kind::None;
    Effect effect = Effect::None;
    QString code; ///< the service's own code, cut to its bare name: `CaseIdNotFound`
    QString message; ///< the service's or system's own words; plain text, shown as it is
    QString operation; ///< what was tried: `DescribeCases`
    QString requestId; ///< what AWS staff ask for; may be empty
    QString host; ///< whom we talked to; may be empty
    int httpStatus = 0; ///< 0 when there was no answer
    /// The last lines that another program wrote on its standard error. Nobody can tell what of it is secret, so it is
    /// shown where the person reads the error, masked as well as can be, and never logged or kept.
    QString output;

    /// For logs and tests: kind, code and message in one line, redacted. That there is output is said, not what.
    QString toLine() const;

    friend bool operator==(const Error &, const Error &) = default;
};

/// The kind's name as it is written in code: `TimedOut`.
QString kindName(Error::Kind kind);
/// The other way round; Kind::None for a name that is none.
Error::Kind kindOfName(const QString &name);

/// True for the codes that name the same error: exact, or with `Exception` added on either side.
bool isCode(const QString &code, QLatin1StringView name);

} // namespace casement
