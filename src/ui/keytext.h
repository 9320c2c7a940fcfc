#pragma once

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace casement {

/// What people paste into the fields for access keys.
class KeyText
{
    Q_DECLARE_TR_FUNCTIONS(casement::KeyText)

public:
    /// What is wrong with a field's text, as a sentence without the text itself; empty when nothing is.
    static QString keyIdProblem(const QString &text);
    static QString secretProblem(const QString &text);
    /// A token may be missing.
    static QString tokenProblem(const QString &text, const QString &keyId);

    struct Keys
    {
        QString keyId;
        QString secret;
        QString token;
    };
    /// The keys of a whole block, as ~/.aws/credentials, a shell (`export AWS_ACCESS_KEY_ID=…`) and the answers of
    /// `aws sts` and the access portal spell them; nothing when it is none.
    static std::optional<Keys> ofBlock(const QString &text);

private:
    static QString formProblem(const QString &text);
};

} // namespace casement
