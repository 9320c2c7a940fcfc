#pragma once

#include "base/error.h"

#include <QRegularExpression>
#include <QStringList>

/// What Trusted Advisor refuses because of a check.
namespace casement {

/// The service does not know a check that was named, or refuses this one; one spoils a call for all of its batch.
inline bool isAboutACheck(const Error &error)
{
    return error.kind == Error::Kind::Refused && isCode(error.code, QLatin1StringView("InvalidParameterValue"));
}

/// The check is refreshed by AWS alone.
inline bool isUnrefreshable(const Error &error)
{
    return error.kind == Error::Kind::Refused && error.message.contains(QLatin1StringView("UNREFRESHABLE_CHECK_ID"));
}

/// The check of `ids` that the service's words are about, or nothing.
inline QString namedCheck(const Error &error, const QStringList &ids)
{
    static const QRegularExpression name(QStringLiteral("Check (\\S+) is not"));
    const QString id = name.match(error.message).captured(1);
    return ids.contains(id) ? id : QString();
}

} // namespace casement
