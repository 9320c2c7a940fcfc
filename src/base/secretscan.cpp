#include "base/secretscan.h"

#include "base/secretforms.h"
#include "base/secretscanner.h"

#include <QElapsedTimer>

#include <algorithm>
#include <map>

namespace casement {

using namespace Qt::StringLiterals;
using Kind = SecretFinding::Kind;

namespace {

// An own pattern runs over pieces of a text, one after the other, each within a limit that PCRE keeps (steps from one
// starting place; a piece is at worst a fifth of a second), and all of them within a time.
constexpr QLatin1StringView matchLimit("(*LIMIT_MATCH=20000)");
constexpr qsizetype pieceLength = 2000;
constexpr qsizetype pieceOverlap = 300; // where a line is longer than a piece
constexpr qint64 mostMilliseconds = 150;
constexpr qsizetype longestPattern = 1000;

constexpr QLatin1StringView stars("********"); // does not tell how long the secret was

/// Parts findings that overlap: the longest has the place, others keep what is left of theirs.
QList<SecretFinding> apart(QList<SecretFinding> findings)
{
    std::sort(findings.begin(), findings.end(), [](const SecretFinding &a, const SecretFinding &b) {
        return std::tuple(-a.length, a.kind, a.start) < std::tuple(-b.length, b.kind, b.start);
    });
    std::map<qsizetype, SecretFinding> placed;
    for (SecretFinding finding : findings) {
        auto next = placed.upper_bound(finding.start);
        qsizetype end = finding.end();
        if (next != placed.begin())
            finding.start = std::max(finding.start, std::prev(next)->second.end());
        while (next != placed.end() && next->second.start <= finding.start)
            finding.start = (next++)->second.end();
        if (next != placed.end())
            end = std::min(end, next->second.start);
        finding.length = end - finding.start;
        if (finding.length > 0)
            placed.emplace(finding.start, finding);
    }
    QList<SecretFinding> parted;
    parted.reserve(qsizetype(placed.size()));
    for (const auto &[start, finding] : placed)
        parted.append(finding);
    return parted;
}

/// The end of the piece that starts at `from`: after a line if there is one, never within a character.
qsizetype pieceEnd(QStringView text, qsizetype from)
{
    const qsizetype furthest = from + pieceLength;
    if (furthest >= text.size())
        return text.size();
    const qsizetype line = text.sliced(from, pieceLength).lastIndexOf(u'\n');
    if (line >= 0)
        return from + line + 1;
    return text[furthest].isLowSurrogate() ? furthest - 1 : furthest;
}

/// The text with a replacement for what is no character, in as many units: PCRE refuses all of a text that has one.
QString wellFormed(QStringView text)
{
    QString formed = text.toString();
    if (formed.isValidUtf16())
        return formed;
    for (qsizetype i = 0; i < formed.size(); ++i) {
        if (formed[i].isHighSurrogate() && i + 1 < formed.size() && formed[i + 1].isLowSurrogate())
            ++i;
        else if (formed[i].isSurrogate())
            formed[i] = QChar(QChar::ReplacementCharacter);
    }
    return formed;
}

/// PCRE's \C takes half a character, which Qt does not expect.
bool hasHalfCharacters(QStringView pattern)
{
    for (qsizetype i = 0; i + 1 < pattern.size(); ++i) {
        if (pattern[i] == u'\\' && pattern[++i] == u'C')
            return true;
    }
    return false;
}

QString elided(const QString &pattern)
{
    constexpr qsizetype most = 60;
    return pattern.size() > most ? wellFormed(QStringView(pattern).first(most)) + u'…' : pattern;
}

/// Lines of a secret as lines of stars; empty ones stay empty.
QString maskedLines(QStringView text)
{
    QString out;
    bool isLineMasked = false;
    for (const QChar c : text) {
        if (secretforms::isLineEnd(c.unicode())) {
            out += c;
            isLineMasked = false;
        } else if (!isLineMasked) {
            out += stars;
            isLineMasked = true;
        }
    }
    return out;
}

/// The lines BEGIN and END stay.
QString maskedKey(QStringView block)
{
    const auto isDash = [](QChar c) { return c == u'-'; };
    qsizetype head = block.indexOf(u"BEGIN"_s);
    head = head < 0 ? 0 : block.indexOf(u"--"_s, head);
    if (head <= 0)
        return maskedLines(block);
    head = std::find_if_not(block.begin() + head, block.end(), isDash) - block.begin();
    qsizetype tail = block.lastIndexOf(u"END "_s);
    if (tail < head)
        tail = block.size();
    while (tail > head && tail < block.size() && (isDash(block[tail - 1]) || block[tail - 1] == u' '))
        --tail;
    return block.first(head).toString() + maskedLines(block.sliced(head, tail - head)) + block.sliced(tail).toString();
}

QString maskedCard(QStringView number)
{
    QString out = number.toString();
    int kept = 0;
    for (qsizetype i = out.size() - 1; i >= 0; --i) {
        if (out[i].isDigit() && ++kept > 4)
            out[i] = u'*';
    }
    return out;
}

QString maskedUrl(QStringView url)
{
    const qsizetype query = url.indexOf(u'?');
    if (query < 0)
        return stars;
    const QString place = url.first(query).toString();
    return masked(place, findSecrets(place)) + u'?' + stars;
}

} // namespace

OwnPattern::OwnPattern(const QString &pattern) : m_pattern(pattern)
{
    if (pattern.size() <= longestPattern && !hasHalfCharacters(pattern)) {
        m_expression = QRegularExpression(matchLimit + pattern, QRegularExpression::MultilineOption);
        m_expression.optimize();
    }
}

QString OwnPattern::problem() const
{
    if (m_pattern.isEmpty())
        return tr("An empty pattern is not used.");
    if (m_pattern.size() > longestPattern)
        return tr("The pattern “%1” is not used: it is longer than %n character(s).", nullptr, int(longestPattern))
            .arg(elided(m_pattern));
    if (hasHalfCharacters(m_pattern))
        return tr("The pattern “%1” is not used: \\C is not supported.").arg(elided(m_pattern));
    if (m_expression.isValid())
        return {};
    const qsizetype place = std::max<qsizetype>(m_expression.patternErrorOffset() - matchLimit.size(), 0) + 1;
    //: %1 is a regular expression, %2 a position in it, %3 what the library says of it
    return tr("The pattern “%1” is not used: it can't be read at character %2 (%3).")
        .arg(elided(m_pattern), QString::number(place), m_expression.errorString());
}

QString OwnPattern::tooSlow() const
{
    return tr("The pattern “%1” was given up because it takes too long in this text.").arg(elided(m_pattern));
}

bool OwnPattern::find(const QString &text, QList<SecretFinding> &found) const
{
    QElapsedTimer timer;
    timer.start();
    const qsizetype before = found.size();
    for (qsizetype from = 0; from < text.size();) {
        const qsizetype end = pieceEnd(text, from);
        auto matches = m_expression.globalMatch(QStringView(text).sliced(from, end - from));
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            const SecretFinding finding{from + match.capturedStart(), match.capturedLength(), Kind::OwnPattern};
            if (found.size() > before && found.last().end() == finding.start)
                found.last().length += finding.length; // a pattern for one character finds whole words
            else if (finding.length > 0)
                found.append(finding);
            if (timer.hasExpired(mostMilliseconds))
                return false;
        }
        if (!matches.isValid() || timer.hasExpired(mostMilliseconds))
            return false;
        if (end < text.size() && text[end - 1] != u'\n') {
            from = end - pieceOverlap;
            from -= text[from].isLowSurrogate();
        } else {
            from = end;
        }
    }
    return true;
}

QList<SecretFinding> findSecrets(QStringView text, const QList<OwnPattern> &own, QStringList *problems)
{
    QList<SecretFinding> found = SecretScanner(text).run();
    const QString formed = own.isEmpty() ? QString() : wellFormed(text);
    for (const OwnPattern &pattern : own) {
        QString problem = pattern.problem();
        if (problem.isEmpty() && !pattern.find(formed, found))
            problem = pattern.tooSlow();
        if (problems && !problem.isEmpty())
            problems->append(problem);
    }
    return apart(std::move(found));
}

QString secretMask(QStringView secret, Kind kind)
{
    constexpr qsizetype recognisable = 4;
    const QString beginning = secret.first(std::min(recognisable, secret.size())).toString();
    switch (kind) {
    case Kind::AccessKeyId:
        return beginning + QString(secret.size() - beginning.size(), u'*');
    case Kind::WebToken:
    case Kind::ServiceToken:
        return beginning + stars;
    case Kind::PrivateKey:
        return maskedKey(secret);
    case Kind::PresignedUrl:
        return maskedUrl(secret);
    case Kind::CardNumber:
        return maskedCard(secret);
    case Kind::SecretAccessKey:
    case Kind::SessionToken:
    case Kind::Authorization:
    case Kind::UrlPassword:
    case Kind::Password:
    case Kind::OwnPattern:
        break;
    }
    return maskedLines(secret);
}

QString masked(const QString &text, const QList<SecretFinding> &findings)
{
    QString out;
    qsizetype from = 0;
    for (const SecretFinding &finding : findings) {
        if (finding.start < from || finding.length <= 0 || finding.length > text.size() - finding.start)
            continue;
        const QStringView secret = QStringView(text).sliced(finding.start, finding.length);
        out += QStringView(text).sliced(from, finding.start - from);
        out += secretMask(secret, finding.kind);
        from = finding.end();
    }
    out += QStringView(text).sliced(from);
    return out;
}

QString masked(const QString &text, const SecretFinding &finding)
{
    return masked(text, QList<SecretFinding>{finding});
}

} // namespace casement
