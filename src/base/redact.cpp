#include "base/redact.h"

#include "base/secretforms.h"
#include "base/secretmembers.h"

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

/// Secret keys of AWS by their shape: of both cases, with a digit and a sign, so that no sum and no word is taken for
/// one. Signs may be written as in a link or in JSON. Behind a "/" most are parts of paths: there it must look drawn by
/// lot as well.
void maskSecretKeys(QString &text)
{
    static const QRegularExpression &forty = immortal(QRegularExpression(QStringLiteral(
        R"re((?:(?<![A-Za-z0-9+%])|(?<=%[0-9A-F]{2}))((?:[A-Za-z0-9/+]|%2[FBfb]|\\/|\\u002[FBfb]){40})(?![A-Za-z0-9/+=]|%[23]))re")));
    replaceAll(text, forty, [&text](const QRegularExpressionMatch &match) {
        QString key = match.captured(1);
        key.replace(QStringLiteral("\\/"), QStringLiteral("/"));
        for (const char *slash : {"%2F", "\\u002F"})
            key.replace(QLatin1StringView(slash), QStringLiteral("/"), Qt::CaseInsensitive);
        for (const char *plus : {"%2B", "\\u002B"})
            key.replace(QLatin1StringView(plus), QStringLiteral("+"), Qt::CaseInsensitive);
        const auto has = [&key](bool (*is)(char16_t)) {
            return std::any_of(key.cbegin(), key.cend(), [is](QChar c) { return is(c.unicode()); });
        };
        const bool isOne = (key.contains(u'/') || key.contains(u'+'))
            && has([](char16_t c) { return secretforms::isLower(c); })
            && has([](char16_t c) { return secretforms::isUpper(c); })
            && has([](char16_t c) { return secretforms::isDigit(c); });
        const bool isBehindSlash = match.capturedStart() > 0 && text.at(match.capturedStart() - 1) == u'/';
        const secretforms::Units units(QStringView(key).utf16(), size_t(key.size()));
        return isOne && (!isBehindSlash || secretforms::looksDrawnByLot(units)) ? masked() : match.captured();
    });
}

/// How other programs name theirs without a sign that says so: on their command lines, in links, tables and sentences,
/// in XML and in files of cookies. The third group is the value.
const QList<QRegularExpression> &namesOfOthers()
{
    static const QList<QRegularExpression> &names = immortal([] {
        // A quoted value goes to its quote, or to the line's end.
        const QString quotedOr = QStringLiteral(R"re((?:(?<=")[^"\n]++|(?<=')[^'\n]++|%1))re");
        const QString plain = quotedOr.arg(QStringLiteral(R"re([^\s"']++)re"));
        // What follows "the password", "vault login" or "secretKey" where it is only talked about.
        const QString noProse = QStringLiteral(
            R"re((?!(?:goes|holds|stands|begins|ends|is|are|was|were|be|been|being|has|have|had|must|may|can|cannot|can't|could|should|would|will|does|doesn't|do|did|isn't|wasn't|not|no|none|in|on|of|off|at|as|by|for|from|to|too|with|without|within|and|or|but|if|that|which|than|then|when|where|because|before|after|about|again|first|here|there|only|also|just|still|already|never|now|the|a|an|your|you|this|these|those|its|their|it|we|what|failed|fails|failure|error|errors|timed|succeeded|success|successful|required|requires|needed|missing|found|given|provided|specified|set|unset|empty|null|invalid|valid|incorrect|correct|wrong|bad|expired|expires|expiring|revoked|refused|rejected|denied|accepted|weak|short|long|old|new|stored|saved|kept|read|used|unused|known|unknown|optional|mandatory|malformed|asked|different|disabled|enabled|locked|changed|available|unavailable|ok|okay|like|masked|hidden|shown|printed|secret)\b))re");
        const auto of = [](const QString &text) {
            return QRegularExpression(text,
                                      QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption);
        };
        return QList<QRegularExpression>{
            // -u name:password, also -sSu, -uname:password, --user=…, -U
            of(QStringLiteral(
                   R"re(((?<![A-Z0-9-])(?:-[A-Z0-9#]{0,12}?u|--(?:proxy-)?user))((?:[ \t]*=[ \t]*|[ \t]+)?["']?)()re")
               + QStringLiteral(
                   R"re((?<=")[^"\n:]*+:[^"\n]++|(?<=')[^'\n:]*+:[^'\n]++|[^\s"':]*+:[^\s"':/][^\s"']*+))re")),
            of(QStringLiteral(R"re(((?<![A-Z0-9-])(?:-[A-Z0-9#]{0,12}?b|--cookie))((?:[ \t]*=[ \t]*|[ \t]+)["']?)()re")
               + QStringLiteral(R"re((?<=")[^"\n]++|(?<=')[^'\n]++|[^\s"'=]++=[^\s"']++))re")),
            of(QStringLiteral(R"re((\b(?:mysql|mariadb)[a-z-]{0,20}\b[^\n]{0,200}?[ \t]["']?-p)(["']?)(?=\S)(%1))re")
                   .arg(plain)),
            of(QStringLiteral(R"re((\b(?:sshpass|login)\b[^\n]{0,200}?[ \t]-p)([ \t]*["']?)(%1))re").arg(plain)),
            of(QStringLiteral(
                   R"re((\b(?:ldap[a-z]{2,12}[^\n]{0,200}?[ \t]-w|redis-cli\b[^\n]{0,200}?[ \t]-a))([ \t]+["']?)(%1))re")
                   .arg(plain)),
            of(QStringLiteral(R"re((\bvault[ \t]+login(?:[ \t]+-[^\s]++){0,8})([ \t]+["']?)(?!-)%2(%1))re")
                   .arg(plain, noProse)),
            // A link's query, or what stands behind its "#".
            of(QStringLiteral(
                R"re(([?&#;](?:amp;)?(?:[A-Z0-9_.~-]{0,40}(?:token|secret|passw(?:or)?d|passcode|key|session_?id)|(?:[A-Z0-9]{1,20}[_-])?code|sig[A-Z]{0,20}|[A-Z0-9_-]{0,20}auth[A-Z0-9_-]{0,20}|pass|pwd|pin|t?otp|sid|jwt|ticket|assertion|saml(?:response|request)))(=)((?!(?:AKIA|ASIA)[A-Z0-9]{12})[^\s"'&<>#]++))re")),
            // Cookies, by names they often have, and in the files of curl and wget.
            of(QStringLiteral(
                R"re((?<![A-Z0-9])([A-Z0-9_.-]{0,40}sess(?:ion)?_?id|AWS(?:ALB|ELB)[A-Z]{0,10}(?:-\d{1,3})?|connect\.sid|aws-creds|x-amz-sso_authn)([ \t]*=[ \t]*["']?)([^\s"',;]++))re")),
            of(QStringLiteral(
                R"re((\b(?:TRUE|FALSE)[ \t]+/[^ \t\n]{0,200}[ \t]+(?:TRUE|FALSE)[ \t]+\d{1,20}[ \t]+[^ \t\n]{1,200})([ \t]+)([^\n]++))re")),
            // XML, and the fields of forms and of lists of names and values.
            of(QStringLiteral(
                R"re((<(?:[A-Z0-9_.-]{0,40}:)?[A-Z0-9_.-]{0,40}(?:secret|secret_?(?:access_?)?key|token|password|passwd|passphrase|passcode|(?:api|private|auth)_?key|pwd|assertion)(?:\s[^<>]{0,200})?>)(\s*(?:<!\[CDATA\[)?)([^<\s][^<]*+))re")),
            of(QStringLiteral(
                R"re((name\\?["']?\s{0,20}[=:]\s{0,20}\\?["'][A-Z0-9_.-]{0,40}(?:secret|secret_?(?:access_?)?key|token|passw(?:or)?d|passphrase|passcode|pwd|pin|otp|cookie|authorization|session_?id|saml(?:response|request))\\?["'][^<>\n]{0,200}?value)(\\?["']?\s{0,20}[=:]\s{0,20}\\?["'])((?<=")[^"\n]++|(?<=')[^'\n]++))re")),
            // Columns, and words in a row.
            of(QStringLiteral(
                   R"re(((?:secret_?(?:access_?)?key|session_?token|security_?token|client_?secret))["']?([ \t]*\|[ \t]*["']?|[ \t]+["']?)(?![=:|])%2(%1))re")
                   .arg(plain, noProse)),
            of(QStringLiteral(
                   R"re((\b(?:password|passphrase|passcode|pin|otp|secret|(?:secret[ _]?)?(?:access[ _]?)key|token|mfa code))(\s{1,20}(?:is|was)(?:[ \t]*:)?\s{1,20}["'“`]?)%2((?!(?:AKIA|ASIA)[A-Z0-9]{12})%1))re")
                   .arg(plain, noProse)),
        };
    }());
    return names;
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
    maskSecretMembers(text, masked());

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
            R"re(((?<![A-Za-z0-9])(?:[A-Za-z0-9_-]{0,40}(?:secret|secret[_-]?key|passwd|passphrase|passcode|(?:access|refresh|auth|id|client|vault|api|state|session|csrf|xsrf)[_-]?token|(?:api|access|private|auth|master|signing)[_-]?key)|pwd|t?otp|pin))(\\?["']?\s*(?:=>?|:)\s*\\?["']?)((?!(?:AKIA|ASIA)[A-Z0-9]{12})(?:(?<=")(?:[^"\n\\]|\\(?!"))[^"\n\\]*+(?:\\(?!")[^"\n\\]*+)*+|(?<=')[^'\n]+|[^\s"'&,;\[]+)))re"),
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
        QRegularExpression(QStringLiteral(R"re(\b((?:set-)?cookie)(\s*:\s*)([^\n]+))re"),
                           QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(
            QStringLiteral(
                R"re(\b((?:mfa|otp|totp)(?:[ -](?:token|code|password))*|(?:one[ -]time|verification|security|token)[ -](?:pass)?(?:code|word))(\s*[:=]?\s*["']?)(\d{6}(?!\d)))re"),
            QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(QStringLiteral(R"re(((?<![A-Za-z0-9-])--?(?:token|mfa|otp)-?code)(\s+)(\d{6,8}))re"),
                           QRegularExpression::CaseInsensitiveOption),
    });
    for (const QRegularExpression &pattern : others)
        maskNamed(text, pattern);
    for (const QRegularExpression &pattern : namesOfOthers())
        maskNamed(text, pattern);

    // What shows by its shape alone what it is: private keys, web tokens, tokens of STS and of IAM Identity Center.
    static const QRegularExpression &shaped = immortal(QRegularExpression(QStringLiteral(
        R"re(BEGIN [A-Z ]{0,20}PRIVATE KEY-----\K[^-]++(?:-(?!----END)[^-]*+)*+|\beyJ[A-Za-z0-9_\-]{5,}\.[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]*)?|(?:\b|(?<=%[0-9A-F]{2}))(?:IQoJb3JpZ2lu|F[wQ]o[GD][A-Za-z0-9]{6})(?:[A-Za-z0-9/+=%]|\\/){8,}+|\bao[ar]AAAA[A-Za-z0-9:+/=_\-]{8,})re")));
    replaceAll(text, shaped, [](const auto &) { return masked(); });
    maskSecretKeys(text);

    // A password may hold any character; the last "@" before a space ends it. Behind a port there is none.
    static const QRegularExpression &userInUrl = immortal(QRegularExpression(QStringLiteral(
        R"re((://)(?:[^/\s@:"'<>]*:(?!\d{1,5}(?:[/?#\s"'<>]|$))[^\s"'<>]*|[^/\s@:"'<>]{16,}|(?<=http://|https://)[^/\s@:"'<>?#]+)@)re")));
    // Only where there is an "@": what has none would be walked through from each "://" to its end.
    static const QRegularExpression &word = immortal(QRegularExpression(QStringLiteral(R"re([^\s"'<>]++)re")));
    replaceAll(text, word, [](const auto &match) {
        QString found = match.captured();
        const qsizetype behind = found.lastIndexOf(u'@') + 1;
        if (behind == 0)
            return found;
        QString front = found.first(behind);
        replaceAll(front, userInUrl, [](const auto &user) { return QString(user.captured(1) + masked() + u'@'); });
        return QString(front + found.sliced(behind));
    });

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
