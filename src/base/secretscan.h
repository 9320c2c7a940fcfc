#pragma once

#include <QCoreApplication>
#include <QList>
#include <QRegularExpression>
#include <QString>
#include <QStringList>

/// Finds secrets in what a person is about to send, so that they can be masked first. redact() is the other half: it
/// keeps what this process holds out of logs, by rougher patterns, and asks nobody.
namespace casement {

/// A place in a text that looks like a secret. Positions are UTF-16 units.
struct SecretFinding
{
    /// What it looks like. Where two kinds claim the same place, the earlier one in this list has it.
    enum class Kind : quint8 {
        AccessKeyId, ///< AKIA…, ASIA…; AWS's own documentation examples too
        SecretAccessKey,
        SessionToken,
        PrivateKey, ///< a PEM block from BEGIN to END, or to the end of the text
        PresignedUrl, ///< the whole address, or the signature when it stands alone
        WebToken, ///< a JSON Web Token
        ServiceToken, ///< of GitHub, GitLab, Slack, Google, Stripe, npm …: known by its prefix
        Authorization, ///< what follows `Authorization: Bearer`, or another scheme
        UrlPassword, ///< the password in `https://user:password@host`
        Password, ///< the value in `password=…` and the like
        CardNumber,
        OwnPattern,
    };

    qsizetype start = 0;
    qsizetype length = 0;
    Kind kind = Kind::OwnPattern;

    qsizetype end() const { return start + length; }
    friend bool operator==(const SecretFinding &, const SecretFinding &) = default;
};

/// A regular expression of the person's own. `^` and `$` are the ends of a line.
class OwnPattern
{
    Q_DECLARE_TR_FUNCTIONS(casement::OwnPattern)

public:
    explicit OwnPattern(const QString &pattern);

    /// Why it can't be used, as a sentence; empty when it can.
    QString problem() const;
    QString pattern() const { return m_pattern; }

    /// Adds what it finds in a text without lone surrogates; false when it was given up because it takes too long.
    bool find(const QString &text, QList<SecretFinding> &found) const;
    /// The sentence for that.
    QString tooSlow() const;

private:
    QString m_pattern;
    QRegularExpression m_expression;
};

/// The secrets in a text, in order, apart from each other: of those that overlap the longest wins, and what is left of
/// the other stays marked. Takes time linear
/// in the text, whatever is in it; an own pattern is given up after a moment. `problems` receives a sentence for each
/// own pattern that could not be used.
QList<SecretFinding> findSecrets(QStringView text, const QList<OwnPattern> &own = {}, QStringList *problems = nullptr);

/// What to write in place of a secret: enough of it stays to recognise it (`AKIA****************`,
/// `**** **** **** 1111`), it has as many lines, and findSecrets() does not find it again (an own
/// pattern may).
QString secretMask(QStringView secret, SecretFinding::Kind kind);

/// The text with masks in place of its findings, which are in order. A finding that lies outside of it is left alone.
QString masked(const QString &text, const QList<SecretFinding> &findings);
QString masked(const QString &text, const SecretFinding &finding);

} // namespace casement
