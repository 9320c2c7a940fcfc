#include "base/secretmembers.h"

#include <QRegularExpression>

#include <utility>

namespace casement {

namespace {

// Never destroyed: libraries log until the very end of a process.
const QRegularExpression &lasting(const QString &pattern)
{
    return *new QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption);
}

/// Names of which everything is secret, whatever it looks like. "code" is none: errors have one.
bool tellsOfSecret(const QString &name)
{
    static const QRegularExpression &telling = lasting(QStringLiteral(
        R"re(^(?:.*(?:secret|secret[_-]?(?:access[_-]?)?key|password|passwd|passwort|passphrase|pass[_-]?code|pwd|token|cookies?|(?:api|access|private|auth|signing|master|encryption|client)[_-]?key|authorization|sess(?:ion)?[_.-]?id|assertion|signature|saml[_-]?(?:response|request)|code[_-]?verifier)|(?:.*[_-])?(?:pass|pin|otp|totp|jwt|sid)|(?:mfa|otp|totp|user|device|token|auth|authorization|verification)[_-]?code|mfa|AWSE?ALB.*|AWSELB.*)$)re"));
    return telling.match(name).hasMatch();
}

constexpr bool opensNested(char16_t c) { return c == u'[' || c == u'{'; }
constexpr bool closesNested(char16_t c) { return c == u']' || c == u'}'; }
constexpr bool isJsonQuote(char16_t c) { return c == u'"' || c == u'\''; }

qsizetype backslashesBefore(const QString &text, qsizetype at)
{
    constexpr qsizetype most = 64; // JSON within JSON within JSON …
    qsizetype count = 0;
    while (count < most && at > count && text[at - count - 1] == u'\\')
        ++count;
    return count;
}

/// Behind the string whose quote is at `quote`; its end is escaped as its beginning is. At `close`: where its text
/// ends.
qsizetype behindString(const QString &text, qsizetype quote, qsizetype &close)
{
    const qsizetype escapes = backslashesBefore(text, quote);
    qsizetype backslashes = 0;
    for (qsizetype i = quote + 1; i < text.size(); ++i) {
        if (text[i] == u'\n') { // no string of JSON goes over it: this one was cut, and the next line may begin another
            close = i;
            return i;
        }
        if (text[i] == text[quote] && backslashes % (2 * (escapes + 1)) == escapes) {
            close = i - escapes;
            return i + 1;
        }
        backslashes = text[i] == u'\\' ? backslashes + 1 : 0;
    }
    close = text.size();
    return close;
}

/// Behind the list or object that opens at `open`.
qsizetype behindNested(const QString &text, qsizetype open)
{
    qsizetype depth = 0;
    for (qsizetype i = open; i < text.size();) {
        const char16_t c = text[i].unicode();
        if (qsizetype close = 0; isJsonQuote(c)) {
            i = behindString(text, i, close);
            continue;
        }
        depth += opensNested(c) - closesNested(c);
        ++i;
        if (depth == 0)
            return i;
    }
    return text.size();
}

bool isMemberKeyId(QStringView value)
{
    return value.size() == 20
        && (value.startsWith(QLatin1StringView("AKIA")) || value.startsWith(QLatin1StringView("ASIA")));
}

} // namespace

void maskSecretMembers(QString &text, const QString &mask)
{
    static const QRegularExpression &member =
        lasting(QStringLiteral(R"re(["']([A-Z0-9_.-]{1,64}+)\\{0,64}+["']\s{0,200}+:\s{0,200}+\\{0,64}+)re"));
    QString out;
    qsizetype done = 0;
    for (QRegularExpressionMatch match = member.match(text); match.hasMatch();) {
        qsizetype from = match.capturedEnd();
        qsizetype next = from;
        if (from < text.size() && tellsOfSecret(match.captured(1))) {
            const char16_t first = text[from].unicode();
            qsizetype to = from;
            if (isJsonQuote(first)) {
                next = behindString(text, from, to);
                ++from;
            } else if (opensNested(first)) {
                to = next = behindNested(text, from);
            }
            if (to > from && !isMemberKeyId(QStringView(text).sliced(from, to - from))) {
                out += QStringView(text).sliced(done, from - done);
                out += mask;
                done = to;
            }
        }
        match = member.match(text, next);
    }
    if (done == 0)
        return;
    out += QStringView(text).sliced(done);
    text = std::move(out);
}

} // namespace casement
