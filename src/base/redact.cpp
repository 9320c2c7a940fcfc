#include "base/redact.h"

#include <QCryptographicHash>
#include <QHash>
#include <QMessageAuthenticationCode>
#include <QMutex>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>
#include <functional>
#include <utility>

namespace casement {

namespace {

// Libraries log until the very end of a process, after its statics are gone. What redact() needs is therefore made once
// and never destroyed.
template <class T> T &immortal(T value) { return *new T(std::move(value)); }

QBasicMutex secretsMutex;

constexpr qsizetype shortestSecret = 8;

/// The registered secrets by their length: of each a sum that is quick to move along a text, and a digest that decides.
QHash<qsizetype, QHash<quint64, QByteArray>> &knownSecrets()
{
    static auto &known = immortal(QHash<qsizetype, QHash<quint64, QByteArray>>());
    return known;
}

/// A sum over so many characters in a row that is moved by one in two steps. Its base is this process's own.
class MovingSum
{
public:
    explicit MovingSum(QStringView first)
    {
        for (qsizetype i = 0; i < first.size(); ++i) {
            m_sum = m_sum * base() + first[i].unicode();
            m_leaving *= i > 0 ? base() : 1;
        }
    }
    void move(QChar leaving, QChar coming)
    {
        m_sum = (m_sum - leaving.unicode() * m_leaving) * base() + coming.unicode();
    }
    quint64 value() const { return m_sum; }

private:
    static quint64 base()
    {
        static const quint64 random = QRandomGenerator::system()->generate64() | 1;
        return random;
    }

    quint64 m_sum = 0;
    quint64 m_leaving = 1; // what the first character counts
};

QByteArray digest(QStringView secret)
{
    static const QByteArray &key = immortal([] {
        QByteArray bytes(32, Qt::Uninitialized);
        QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
        return bytes;
    }());
    return QMessageAuthenticationCode::hash(secret.toUtf8(), key, QCryptographicHash::Sha256);
}

QString masked() { return QStringLiteral("[redacted]"); }

void replaceAll(QString &text, const QRegularExpression &pattern,
                const std::function<QString(const QRegularExpressionMatch &)> &with)
{
    QString out;
    qsizetype from = 0;
    auto matches = pattern.globalMatch(text);
    if (!matches.hasNext())
        return;
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        out += QStringView(text).sliced(from, match.capturedStart() - from);
        out += with(match);
        from = match.capturedEnd();
    }
    out += QStringView(text).sliced(from);
    text = out;
}

/// Masks the third group of each match. A value may be taken for one that is the name of the next: "Authorization:" at
/// a line's end, then "SecretAccessKey". So each search begins where the value before began.
void maskNamed(QString &text, const QRegularExpression &pattern)
{
    QString out;
    qsizetype done = 0; // so much of it is in `out`, or masked there
    QRegularExpressionMatch match = pattern.match(text);
    for (; match.hasMatch(); match = pattern.match(text, match.capturedStart(3))) {
        if (match.capturedStart(3) >= done) {
            out += QStringView(text).sliced(done, match.capturedStart(3) - done);
            out += masked();
        }
        done = std::max(done, match.capturedEnd(3));
    }
    out += QStringView(text).sliced(done);
    text = out;
}

/// Where one of the known secrets of that length begins, from `from` on; -1: nowhere.
qsizetype indexOfSecret(QStringView text, qsizetype from, qsizetype length, const QHash<quint64, QByteArray> &known)
{
    if (text.size() - from < length)
        return -1;
    MovingSum sum(text.sliced(from, length));
    for (qsizetype at = from;; ++at) {
        const auto found = known.constFind(sum.value());
        if (found != known.cend() && *found == digest(text.sliced(at, length)))
            return at;
        if (at + length == text.size())
            return -1;
        sum.move(text[at], text[at + length]);
    }
}

/// Wherever they stand, also within a word.
void maskKnownSecrets(QString &text)
{
    const QMutexLocker lock(&secretsMutex);
    QList<qsizetype> lengths = knownSecrets().keys();
    std::sort(lengths.begin(), lengths.end(), std::greater<>()); // the longest first: one may hold another
    for (const qsizetype length : std::as_const(lengths)) {
        const QHash<quint64, QByteArray> known = knownSecrets().value(length);
        qsizetype at = 0;
        while ((at = indexOfSecret(text, at, length, known)) >= 0) {
            text.replace(at, length, masked());
            at += masked().size();
        }
    }
}

} // namespace

void registerSecret(const QString &secret)
{
    if (secret.size() < shortestSecret)
        return;
    const QMutexLocker lock(&secretsMutex);
    knownSecrets()[secret.size()].insert(MovingSum(secret).value(), digest(secret));
}

QString redact(const QString &original)
{
    QString text = original;
    maskKnownSecrets(text); // first, while they are whole

    // A header's value is the rest of its line, whatever its scheme is: "Bearer …", "Basic …", "AWS4-HMAC-SHA256 …".
    static const QRegularExpression &header = immortal(QRegularExpression(
        QStringLiteral(R"re((\b(?:proxy-)?authorization)(["']?[ \t]*[=:][ \t]*["']?)((?![\["'])[^\s"'][^\n"']*))re"),
        QRegularExpression::CaseInsensitiveOption));
    maskNamed(text, header);

    static const QRegularExpression &named = immortal(QRegularExpression(
        QStringLiteral(
            R"re(((?:aws_?)?(?:secret_?access_?key|session_?token|security_?token)|x-amz-security-token|x-amz-signature|x-amz-credential|signature|password|authorization|(?:token|mfa|device|user)_?code)(\\?["']?\s*[=:]\s*\\?["']?)((?<=")(?:[^"\n\\]|\\(?!"))[^"\n\\]*+(?:\\(?!")[^"\n\\]*+)*+|(?<=')[^'\n]+|(?:(?:basic|bearer|digest|negotiate|ntlm)\s+)?[^\s"'&,;]+(?:\s+Credential=[^\s]+)?))re"),
        QRegularExpression::CaseInsensitiveOption));
    maskNamed(text, named);

    // What other programs call theirs, mostly on the stderr of a credential_process. A key id is cut below.
    static const QRegularExpression &labelled = immortal(QRegularExpression(
        QStringLiteral(
            R"re(((?<![A-Za-z0-9])(?:[A-Za-z0-9_-]{0,40}(?:secret|secret[_-]?key|passwd|passphrase|(?:access|refresh|auth|id|client|vault|api)[_-]?token|(?:api|access|private|auth|master|signing)[_-]?key)|pwd))(\\?["']?\s*(?:=>?|:)\s*\\?["']?)((?!(?:AKIA|ASIA)[A-Z0-9]{12})(?:(?<=")(?:[^"\n\\]|\\(?!"))[^"\n\\]*+(?:\\(?!")[^"\n\\]*+)*+|(?<=')[^'\n]+|[^\s"'&,;\[]+)))re"),
        QRegularExpression::CaseInsensitiveOption));
    maskNamed(text, labelled);
    // Words that stand for much else, too: only before what looks like a key.
    static const QRegularExpression &vague = immortal(QRegularExpression(
        QStringLiteral(
            R"re((\b(?:key|token|credentials?))(\\?["']?\s*(?:=>?|:)\s*\\?["']?)((?!(?:AKIA|ASIA)[A-Z0-9]{12})(?=[A-Za-z0-9/+_=.-]*\d)[A-Za-z0-9/+_=.-]{16,}))re"),
        QRegularExpression::CaseInsensitiveOption));
    maskNamed(text, vague);
    static const QRegularExpression &option = immortal(QRegularExpression(
        QStringLiteral(
            R"re(((?<![A-Za-z0-9-])--?(?:[A-Za-z0-9]{1,30}[_-]){0,4}(?:secret|secret[_-]?key|secret[_-]?access[_-]?key|access[_-]?key|api[_-]?key|private[_-]?key|key|password|passwd|passphrase|pass|pwd|pin|[a-z]{0,20}token))(\s+["']?)((?!(?:AKIA|ASIA)[A-Z0-9]{12})(?![-<\[(])(?:(?<=")(?:[^"\n\\]|\\(?!"))[^"\n\\]*+(?:\\(?!")[^"\n\\]*+)*+|(?<=')[^'\n]+|[^\s"'&,;]+)))re"),
        QRegularExpression::CaseInsensitiveOption));
    maskNamed(text, option);

    // Names without a sign between them and the value: words in a sentence, links within links, headers, options.
    static const QList<QRegularExpression> &others = immortal(QList<QRegularExpression>{
        QRegularExpression(QStringLiteral(R"re(\b(bearer)(\s+)([A-Za-z0-9._~+/=\-]{8,}))re"),
                           QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(QStringLiteral(R"re((secret_?access_?key|session_?token)(\s+)([A-Za-z0-9/+=]{16,}))re"),
                           QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(
            QStringLiteral(
                R"re((x-amz-(?:signature|credential|security-token))(%(?:25)*3D)((?!%(?:25)*26)[^\s"'&,;][^\s"'&,;%]*+(?:%(?!(?:25)*26)[^\s"'&,;%]*+)*+))re"),
            QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(QStringLiteral(R"re(([?&]code)(=)([^\s"'&]{8,}))re")),
        QRegularExpression(QStringLiteral(R"re(\b((?:set-)?cookie)(\s*:\s*)([^\n]+))re"),
                           QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(
            QStringLiteral(
                R"re(\b((?:mfa|otp|totp)(?:[ -](?:token|code|password))*|(?:one[ -]time|verification|security|token)[ -](?:pass)?(?:code|word))(\s*[:=]?\s*["']?)(\d{6}(?!\d)))re"),
            QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(QStringLiteral(R"re(((?<![A-Za-z0-9-])--?(?:token|mfa|otp)-?code)(\s+)(\d{6,8}))re"),
                           QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(
            QStringLiteral(R"re(((?<![A-Za-z0-9-])(?:-u|--user|--proxy-user))(\s+["']?)([^\s:"']+:\S+))re")),
    });
    for (const QRegularExpression &pattern : others)
        maskNamed(text, pattern);

    // What shows by its shape alone what it is: private keys, web tokens, tokens of STS and of IAM Identity Center,
    // secret keys of AWS (of both cases, with a digit and a sign, so that no sum and no word is taken for one).
    static const QRegularExpression &shaped = immortal(QRegularExpression(QStringLiteral(
        R"re(BEGIN [A-Z ]{0,20}PRIVATE KEY-----\K[^-]++(?:-(?!----END)[^-]*+)*+|\beyJ[A-Za-z0-9_\-]{5,}\.[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]*)?|\b(?:IQoJb3JpZ2lu|F[wQ]o[GD][A-Za-z0-9]{6})[A-Za-z0-9/+=%]{8,}|\bao[ar]AAAA[A-Za-z0-9:+/=_\-]{8,}|(?<![A-Za-z0-9/+=])(?=[A-Za-z0-9/+]*[/+])(?=[A-Z0-9/+]*[a-z])(?=[a-z0-9/+]*[A-Z])(?=[A-Za-z/+]*[0-9])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=]))re")));
    replaceAll(text, shaped, [](const auto &) { return masked(); });

    // A password may hold any character; the last "@" before a space ends it. Behind a port there is none.
    static const QRegularExpression &userInUrl = immortal(QRegularExpression(
        QStringLiteral(R"re((://)(?:[^/\s@:"'<>]*:(?!\d{1,5}(?:[/?#\s"'<>]|$))[^\s"'<>]*|[^/\s@:"'<>]{16,})@)re")));
    replaceAll(text, userInUrl, [](const auto &match) { return QString(match.captured(1) + masked() + u'@'); });

    static const QRegularExpression &keyId =
        immortal(QRegularExpression(QStringLiteral(R"re(\b((?:AKIA|ASIA)[A-Z0-9]{12,})\b)re")));
    replaceAll(text, keyId, [](const auto &match) {
        const QString id = match.captured(1);
        return QString(id.first(4) + QStringLiteral("…") + id.last(4));
    });

    for (QChar &c : text) {
        if (c < u' ' && c != u'\n' && c != u'\t')
            c = QChar(char16_t(0x2400 + c.unicode()));
        else if (c == QChar(0x7f))
            c = QChar(0x2421);
        else if (c.unicode() >= 0x80 && c.unicode() < 0xa0)
            c = QChar(QChar::ReplacementCharacter);
    }
    return text;
}

} // namespace casement
