#include "ui/keytext.h"

#include "aws/credentials.h"

#include <QRegularExpression>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// The value behind a name, in any of the spellings: `name = value`, `NAME="value"`, `"Name": "value"`.
QString valueOf(const QString &text, const QString &names)
{
    const QRegularExpression pattern(u"(?:^|[^A-Za-z])(?:"_s + names + u")[\"']?\\s*[=:]\\s*[\"']?([^\\s\"',;]+)"_s,
                                     QRegularExpression::CaseInsensitiveOption);
    return pattern.match(text).captured(1);
}

} // namespace

QString KeyText::formProblem(const QString &text)
{
    if (whyNoKey(text).isEmpty())
        return {};
    const bool hasSpace = std::any_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
    return hasSpace ? tr("There is a space in it, which keys never have.")
                    : tr("There is a character in it that keys never have.");
}

QString KeyText::keyIdProblem(const QString &text)
{
    if (text.isEmpty())
        return tr("Enter the access key ID.");
    if (hasSecretKeyForm(text))
        return tr("This looks like a secret access key. The access key ID begins with AKIA or ASIA.");
    return formProblem(text);
}

QString KeyText::secretProblem(const QString &text)
{
    if (text.isEmpty())
        return tr("Enter the secret access key.");
    if (hasKeyIdForm(text))
        return tr("This looks like an access key ID. The secret access key is the longer one of the two.");
    return formProblem(text);
}

QString KeyText::tokenProblem(const QString &text, const QString &keyId)
{
    if (text.isEmpty())
        return keyId.startsWith("ASIA"_L1) ? tr("Keys that begin with ASIA are temporary and need their session token.")
                                           : QString();
    return formProblem(text);
}

std::optional<KeyText::Keys> KeyText::ofBlock(const QString &text)
{
    Keys keys{valueOf(text, u"aws_access_key_id|AccessKeyId"_s),
              valueOf(text, u"aws_secret_access_key|SecretAccessKey"_s),
              valueOf(text, u"aws_session_token|aws_security_token|SessionToken"_s)};
    if (keys.keyId.isEmpty() && keys.secret.isEmpty())
        return {};
    return keys;
}

} // namespace casement
