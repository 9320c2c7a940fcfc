#include "ui/secretsettings.h"

#include "ui/uisettings.h"

namespace casement {

using namespace Qt::StringLiterals;

namespace {

using Kind = SecretFinding::Kind;

const QString patternsKey = u"secrets/patterns"_s;
const QString offKey = u"secrets/off"_s;

/// How a kind is called in the settings; stays, whatever becomes of the list of kinds.
QLatin1StringView idOf(Kind kind)
{
    switch (kind) {
    case Kind::AccessKeyId:
        return "access-key-id"_L1;
    case Kind::SecretAccessKey:
        return "secret-access-key"_L1;
    case Kind::SessionToken:
        return "session-token"_L1;
    case Kind::PrivateKey:
        return "private-key"_L1;
    case Kind::PresignedUrl:
        return "presigned-url"_L1;
    case Kind::WebToken:
        return "web-token"_L1;
    case Kind::ServiceToken:
        return "service-token"_L1;
    case Kind::Authorization:
        return "authorization"_L1;
    case Kind::UrlPassword:
        return "url-password"_L1;
    case Kind::Password:
        return "password"_L1;
    case Kind::CardNumber:
        return "card-number"_L1;
    case Kind::OwnPattern:
        break;
    }
    return "own-pattern"_L1;
}

} // namespace

SecretSettings::SecretSettings(UiSettings &settings, QObject *parent) : QObject(parent), m_settings(settings)
{
    reload();
}

void SecretSettings::reload()
{
    m_text = m_settings.text(patternsKey);
    m_off.clear();
    const QStringList off = m_settings.text(offKey).split(u' ', Qt::SkipEmptyParts);
    for (const Kind kind : kinds()) {
        if (off.contains(idOf(kind)))
            m_off.append(kind);
    }
    readPatterns();
}

QList<Kind> SecretSettings::kinds()
{
    return {Kind::AccessKeyId,  Kind::SecretAccessKey, Kind::SessionToken, Kind::PrivateKey,
            Kind::PresignedUrl, Kind::WebToken,        Kind::ServiceToken, Kind::Authorization,
            Kind::UrlPassword,  Kind::Password,        Kind::CardNumber};
}

void SecretSettings::readPatterns()
{
    m_patterns.clear();
    for (const QString &line : m_text.split(u'\n')) {
        if (line.trimmed().isEmpty())
            continue;
        if (const OwnPattern pattern(line); pattern.problem().isEmpty())
            m_patterns.append(pattern);
    }
}

QList<SecretSettings::Problem> SecretSettings::problems(const QString &patternText)
{
    QList<Problem> problems;
    const QStringList lines = patternText.split(u'\n');
    for (int i = 0; i < lines.size(); ++i) {
        if (lines.at(i).trimmed().isEmpty())
            continue;
        if (const QString sentence = OwnPattern(lines.at(i)).problem(); !sentence.isEmpty())
            problems.append({i, sentence});
    }
    return problems;
}

void SecretSettings::setPatternText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_settings.set(patternsKey, text);
    readPatterns();
    Q_EMIT changed();
}

void SecretSettings::setOn(Kind kind, bool on)
{
    if (on == isOn(kind) || kind == Kind::OwnPattern)
        return;
    if (on)
        m_off.removeAll(kind);
    else
        m_off.append(kind);
    QStringList ids;
    for (const Kind off : std::as_const(m_off))
        ids.append(idOf(off));
    m_settings.set(offKey, ids.join(u' '));
    Q_EMIT changed();
}

std::function<QList<SecretFinding>(const QString &)> SecretSettings::finder() const
{
    return [patterns = m_patterns, off = m_off](const QString &text) {
        QList<SecretFinding> found = findSecrets(text, patterns);
        found.removeIf([&off](const SecretFinding &finding) { return off.contains(finding.kind); });
        return found;
    };
}

QList<SecretFinding> SecretSettings::find(const QString &text, QStringList *slow) const
{
    QList<SecretFinding> found = findSecrets(text, m_patterns, slow);
    found.removeIf([this](const SecretFinding &finding) { return !isOn(finding.kind); });
    return found;
}

} // namespace casement
