#include "demo/redaction.h"

#include <QRegularExpression>

#include <algorithm>

namespace casement::demo {

namespace {

const QString mask = QStringLiteral("[REDACTED_BY_AWS]");

/// Replaces each match by what `replacement(matched text)` says; a null string keeps it.
template <class Replacement>
QString replaced(const QString &text, const QRegularExpression &pattern, Replacement replacement)
{
    QString result;
    qsizetype from = 0;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const QString instead = replacement(match.captured());
        if (instead.isNull())
            continue;
        result += QStringView(text).sliced(from, match.capturedStart() - from);
        result += instead;
        from = match.capturedEnd();
    }
    return from == 0 ? text : result + text.mid(from);
}

/// Forty characters of base64 that mix cases and digits; a Git commit id, all lower-case hexadecimal, is not one.
bool looksLikeSecretKey(const QString &word)
{
    bool upper = false;
    bool lower = false;
    bool digit = false;
    for (const QChar c : word) {
        upper = upper || c.isUpper();
        lower = lower || c.isLower();
        digit = digit || c.isDigit() || c == QLatin1Char('/') || c == QLatin1Char('+');
    }
    return upper && lower && digit;
}

/// The check digit of ISO/IEC 7812.
bool passesLuhn(const QString &digits)
{
    int sum = 0;
    bool twice = false;
    for (qsizetype i = digits.size() - 1; i >= 0; --i) {
        int value = digits.at(i).digitValue();
        if (twice)
            value = value > 4 ? 2 * value - 9 : 2 * value;
        sum += value;
        twice = !twice;
    }
    return sum % 10 == 0;
}

} // namespace

QString redactedByAws(const QString &text)
{
    static const QRegularExpression privateKey(
        QStringLiteral("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\\z)"),
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression secretKey(QStringLiteral("(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])"));
    static const QRegularExpression card(QStringLiteral("(?<![0-9A-Za-z-])[3-6](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z-])"));

    QString result = replaced(text, privateKey, [](const QString &) { return mask; });
    result =
        replaced(result, secretKey, [](const QString &word) { return looksLikeSecretKey(word) ? mask : QString(); });
    return replaced(result, card, [](const QString &number) {
        QString digits = number;
        digits.removeIf([](QChar c) { return !c.isDigit(); });
        return passesLuhn(digits) ? QString(mask + QLatin1Char('-') + digits.last(4)) : QString();
    });
}

} // namespace casement::demo
