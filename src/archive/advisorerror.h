#pragma once

#include "base/error.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <chrono>

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

/// How long a call waits that was refused as too much for the `refusal`th time, after all that the connection tried:
/// longer each time, and not as long as others.
inline std::chrono::milliseconds advisorBackOff(std::chrono::milliseconds shortest, int refusal)
{
    constexpr int mostDoublings = 4;
    const double longest = double(shortest.count() << std::clamp(refusal - 1, 0, mostDoublings));
    return std::chrono::milliseconds(qint64(longest * (1 + QRandomGenerator::global()->generateDouble()) / 2));
}

/// An answer names a check, and not the one that was asked for; one that names none is believed.
inline bool isOfAnotherCheck(const QString &named, const QString &asked) { return !named.isEmpty() && named != asked; }

inline Error answerOfAnotherCheck(const char *operation)
{
    return {.kind = Error::Kind::BadAnswer,
            .message = QStringLiteral("the answer is about another check than was asked for"),
            .operation = QString::fromLatin1(operation)};
}

} // namespace casement
