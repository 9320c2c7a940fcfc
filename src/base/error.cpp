#include "base/error.h"

#include "base/redact.h"

namespace casement {

QString kindName(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::None:
        return QStringLiteral("None");
    case Error::Kind::Cancelled:
        return QStringLiteral("Cancelled");
    case Error::Kind::Invalid:
        return QStringLiteral("Invalid");
    case Error::Kind::NoCredentials:
        return QStringLiteral("NoCredentials");
    case Error::Kind::CredentialsFile:
        return QStringLiteral("CredentialsFile");
    case Error::Kind::CannotConnect:
        return QStringLiteral("CannotConnect");
    case Error::Kind::HostNotFound:
        return QStringLiteral("HostNotFound");
    case Error::Kind::TimedOut:
        return QStringLiteral("TimedOut");
    case Error::Kind::Dropped:
        return QStringLiteral("Dropped");
    case Error::Kind::Tls:
        return QStringLiteral("Tls");
    case Error::Kind::Proxy:
        return QStringLiteral("Proxy");
    case Error::Kind::Redirected:
        return QStringLiteral("Redirected");
    case Error::Kind::NotTheService:
        return QStringLiteral("NotTheService");
    case Error::Kind::BadAnswer:
        return QStringLiteral("BadAnswer");
    case Error::Kind::TooLarge:
        return QStringLiteral("TooLarge");
    case Error::Kind::Throttled:
        return QStringLiteral("Throttled");
    case Error::Kind::Unavailable:
        return QStringLiteral("Unavailable");
    case Error::Kind::ClockSkew:
        return QStringLiteral("ClockSkew");
    case Error::Kind::Refused:
        return QStringLiteral("Refused");
    case Error::Kind::Incomplete:
        return QStringLiteral("Incomplete");
    case Error::Kind::Archive:
        return QStringLiteral("Archive");
    case Error::Kind::File:
        return QStringLiteral("File");
    case Error::Kind::Keychain:
        return QStringLiteral("Keychain");
    }
    return {};
}

Error::Kind kindOfName(const QString &name)
{
    for (int kind = 0; kind <= int(Error::Kind::Keychain); ++kind) {
        if (kindName(Error::Kind(kind)) == name)
            return Error::Kind(kind);
    }
    return Error::Kind::None;
}

QString Error::toLine() const
{
    QString line = kindName(kind);
    if (!operation.isEmpty())
        line += u' ' + operation;
    if (!code.isEmpty())
        line += u' ' + code;
    if (httpStatus)
        line += QStringLiteral(" HTTP %1").arg(httpStatus);
    if (!message.isEmpty())
        line += QStringLiteral(": ") + message;
    if (!requestId.isEmpty())
        line += QStringLiteral(" (request id %1)").arg(requestId);
    if (!output.isEmpty())
        line += QStringLiteral(" (what it wrote is shown, not logged)");
    return redact(line);
}

bool isCode(const QString &code, QLatin1StringView name)
{
    constexpr QLatin1StringView suffix("Exception");
    const auto bare = [&](QStringView text) { return text.endsWith(suffix) ? text.chopped(suffix.size()) : text; };
    const QString wanted(name);
    return bare(code) == bare(wanted);
}

} // namespace casement
