#include "aws/configfile.h"

#include "aws/regularfile.h"
#include "aws/settingtext.h"
#include "aws/shellwords.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace casement {

namespace {

const QString defaultSection = QStringLiteral("DEFAULT");
QString openSection() { return SettingText::tr("a [section] without its closing bracket"); }

bool isOpenSection(const QString &line) { return line.startsWith(u'[') && !line.contains(u']'); }

Error failure(const QString &fileName, int line, const QString &reason)
{
    const QString where = ConfigPlace{fileName, line}.toString();
    return {.kind = Error::Kind::CredentialsFile, .message = QStringLiteral("%1: %2").arg(where, reason)};
}

QStringList universalLines(const QString &text)
{
    QStringList lines;
    qsizetype from = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'\n' && text[i] != u'\r')
            continue;
        lines.append(text.sliced(from, i - from));
        if (text[i] == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
            ++i;
        from = i + 1;
    }
    if (from < text.size())
        lines.append(text.sliced(from));
    return lines;
}

QString rightTrimmed(const QString &text)
{
    qsizetype end = text.size();
    while (end > 0 && text[end - 1].isSpace())
        --end;
    return text.first(end);
}

// A section while it is read: values are lists of lines until the file is over.
struct RawSection
{
    QString name;
    int line = 0;
    QStringList order;
    QHash<QString, QStringList> values;
    QHash<QString, int> lines;
};

class Reader
{
public:
    explicit Reader(const QString &fileName) : m_fileName(fileName) { }

    Result<QList<ConfigSection>> read(const QString &text)
    {
        const QStringList lines = universalLines(text);
        for (int number = 1; number <= lines.size(); ++number) {
            if (const auto error = readLine(lines[number - 1], number))
                return *error;
        }
        return sections();
    }

private:
    std::optional<Error> readLine(const QString &line, int number)
    {
        if (line.contains(QChar(u'\0')))
            return failure(m_fileName, number, SettingText::tr("a NUL byte, which no text has"));
        const QString value = line.trimmed();
        if (value.startsWith(u'#') || value.startsWith(u';'))
            return {};
        if (value.isEmpty()) {
            if (hasOption())
                current()->values[m_option].append(QString());
            return {};
        }
        const auto firstLetter = std::find_if_not(line.begin(), line.end(), [](QChar c) { return c.isSpace(); });
        const auto indent = firstLetter - line.begin();
        if (hasOption() && indent > m_indent) {
            current()->values[m_option].append(value);
            return {};
        }
        m_indent = indent;

        const qsizetype close = value.lastIndexOf(u']');
        if (value.startsWith(u'[') && close > 1)
            return beginSection(value.sliced(1, close - 1), number);
        if (!current())
            return failure(m_fileName, number,
                           isOpenSection(value) ? openSection() : SettingText::tr("a line before the first [section]"));
        return readOption(value, number);
    }

    std::optional<Error> beginSection(const QString &name, int number)
    {
        m_option.clear();
        if (name == defaultSection) {
            m_inDefaults = true;
            return {};
        }
        m_inDefaults = false;
        const auto same =
            std::find_if(m_sections.begin(), m_sections.end(), [&](const RawSection &s) { return s.name == name; });
        if (same != m_sections.end())
            return failure(m_fileName, number,
                           SettingText::tr("section [%1] again; it begins on line %2 too").arg(name).arg(same->line));
        m_sections.append({.name = name, .line = number, .order = {}, .values = {}, .lines = {}});
        return {};
    }

    std::optional<Error> readOption(const QString &value, int number)
    {
        const auto separator = std::find_if(value.begin(), value.end(), [](QChar c) { return c == u'=' || c == u':'; });
        if (separator == value.end())
            return failure(m_fileName, number,
                           isOpenSection(value) ? openSection()
                                                : SettingText::tr("neither a [section] nor a \"key = value\""));
        const QString key = value.first(separator - value.begin()).trimmed().toLower();
        if (key.isEmpty())
            return failure(m_fileName, number, SettingText::tr("a value without a key"));
        RawSection *section = current();
        if (section->values.contains(key))
            return failure(
                m_fileName, number,
                SettingText::tr("key \"%1\" again; it stands on line %2 too").arg(key).arg(section->lines[key]));
        m_option = key;
        section->order.append(key);
        section->lines.insert(key, number);
        section->values.insert(key, {value.sliced(separator - value.begin() + 1).trimmed()});
        return {};
    }

    bool hasOption() { return current() && !m_option.isEmpty(); }

    RawSection *current()
    {
        if (m_inDefaults)
            return &m_defaults;
        return m_sections.isEmpty() ? nullptr : &m_sections.last();
    }

    Result<QList<ConfigSection>> sections()
    {
        QList<ConfigSection> result;
        for (const RawSection &raw : std::as_const(m_sections)) {
            ConfigSection section{
                .name = raw.name, .place = {m_fileName, raw.line}, .values = {}, .nested = {}, .places = {}};
            if (const auto error = fill(section, raw))
                return *error;
            RawSection inherited = m_defaults;
            for (const QString &key : raw.order)
                inherited.order.removeAll(key);
            if (const auto error = fill(section, inherited))
                return *error;
            result.append(section);
        }
        return result;
    }

    std::optional<Error> fill(ConfigSection &section, const RawSection &raw)
    {
        for (const QString &key : raw.order) {
            section.places.insert(key, {m_fileName, raw.lines.value(key)});
            const QString value = rightTrimmed(raw.values.value(key).join(u'\n'));
            if (!value.startsWith(u'\n')) {
                section.values.insert(key, value);
                continue;
            }
            QHash<QString, QString> inner;
            int number = raw.lines.value(key);
            for (const QString &line : value.split(u'\n')) {
                const QString pair = line.trimmed();
                if (pair.isEmpty())
                    continue;
                const qsizetype equals = pair.indexOf(u'=');
                if (equals < 0)
                    return failure(m_fileName, number,
                                   QStringLiteral("under \"%1\" stands a line without \"=\"").arg(key));
                inner.insert(pair.first(equals).trimmed(), pair.sliced(equals + 1).trimmed());
            }
            section.nested.insert(key, inner);
        }
        return {};
    }

    QString m_fileName;
    RawSection m_defaults;
    QList<RawSection> m_sections;
    bool m_inDefaults = false;
    QString m_option;
    qsizetype m_indent = 0;
};

// The name in `[kind NAME]`; empty when the header is something else.
QString nameAfter(const QString &header, QLatin1StringView kind)
{
    if (!header.startsWith(kind))
        return {};
    const auto words = shellWords(header);
    return words && words->size() == 2 ? words->last() : QString();
}

bool has(const ConfigSection &section, QLatin1StringView key) { return section.values.contains(key); }

// botocore/credentials.py, create_credential_resolver: which provider answers first for such a profile.
ProfileUses usesOf(const ConfigSection &merged, const ConfigSection *inCredentials)
{
    if (has(merged, QLatin1StringView("web_identity_token_file")) && has(merged, QLatin1StringView("role_arn")))
        return ProfileUses::WebIdentity;
    if (has(merged, QLatin1StringView("role_arn")))
        return ProfileUses::AssumeRole;
    if (has(merged, QLatin1StringView("sso_session")) || has(merged, QLatin1StringView("sso_start_url")))
        return ProfileUses::Sso;
    if (inCredentials && has(*inCredentials, QLatin1StringView("aws_access_key_id")))
        return ProfileUses::StaticKeys;
    if (has(merged, QLatin1StringView("login_session")))
        return ProfileUses::Login;
    if (has(merged, QLatin1StringView("credential_process")))
        return ProfileUses::Process;
    if (has(merged, QLatin1StringView("aws_access_key_id")) || has(merged, QLatin1StringView("aws_secret_access_key")))
        return ProfileUses::StaticKeys;
    return ProfileUses::Nothing;
}

/// Keys come from one file as a whole, as the AWS CLI has it: that of credentials when a key id stands there, else that
/// of config. An id of one with the secret of the other would be nobody's.
void keepOneFilesKeys(ConfigSection &merged, const ConfigSection &config, const ConfigSection &credentials)
{
    constexpr QLatin1StringView id("aws_access_key_id");
    if (!has(config, id) && !has(credentials, id))
        return;
    const ConfigSection &from = has(credentials, id) ? credentials : config;
    for (const char *name : {"aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token"}) {
        const QString key = QString::fromLatin1(name);
        merged.values.remove(key);
        merged.places.remove(key);
        if (!from.values.contains(key))
            continue;
        merged.values.insert(key, from.value(key));
        merged.places.insert(key, from.places.value(key));
    }
}

QString expanded(QString path, const QProcessEnvironment &environment)
{
    const QString home = environment.value(QStringLiteral("HOME"), QDir::homePath());
    if (path == u'~' || path.startsWith(QLatin1StringView("~/")))
        path.replace(0, 1, home);
    QString result;
    for (qsizetype i = 0; i < path.size(); ++i) {
        if (path[i] != u'$') {
            result += path[i];
            continue;
        }
        const bool braces = i + 1 < path.size() && path[i + 1] == u'{';
        const qsizetype from = i + (braces ? 2 : 1);
        qsizetype to = from;
        while (to < path.size()
               && (braces ? path[to] != u'}'
                          : (path[to].unicode() < 128 && (path[to].isLetterOrNumber() || path[to] == u'_'))))
            ++to;
        const QString name = path.sliced(from, to - from);
        if (name.isEmpty() || !environment.contains(name) || (braces && to == path.size())) {
            result += path[i];
            continue;
        }
        result += environment.value(name);
        i = braces ? to : to - 1;
    }
    return result;
}

/// What stands in the place of a file, and is passed over as by the AWS CLI; empty for a file, and for nothing at all.
QString oddPlace(const QString &path)
{
    const QFileInfo place(path);
    if (place.isDir())
        return SettingText::tr("a folder");
    return place.isSymLink() && !place.exists() ? SettingText::tr("a link to nothing") : QString();
}

Result<QList<ConfigSection>> readFile(const QString &path)
{
    if (!oddPlace(path).isEmpty()) // whoever misses a profile is told of it
        return QList<ConfigSection>();
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0 && errno == EACCES) {
        return failure(path, 0,
                       SettingText::tr("you may not enter its folder; chmod u+rwx \"%1\" lets you in")
                           .arg(QFileInfo(path).path()));
    }
    QFile file(path);
    if (!file.exists())
        return QList<ConfigSection>();
    if (const QString why = whyNotReadable(path); !why.isEmpty())
        return failure(path, 0, why);
    if (!file.open(QIODevice::ReadOnly))
        return failure(path, 0, file.errorString());
    constexpr qint64 largest = 16 << 20;
    const QByteArray content = file.read(largest + 1);
    if (file.error() != QFileDevice::NoError)
        return failure(path, 0, file.errorString());
    if (content.size() > largest)
        return failure(path, 0, SettingText::tr("larger than 16 MB"));
    return parseConfigFile(content, path);
}

} // namespace

QString ConfigPlace::toString() const { return line > 0 ? QStringLiteral("%1:%2").arg(file).arg(line) : file; }

Result<QList<ConfigSection>> parseConfigFile(const QByteArray &content, const QString &fileName)
{
    QByteArrayView bytes(content);
    if (bytes.startsWith("\xef\xbb\xbf"))
        bytes = bytes.sliced(3);
    if (!bytes.isValidUtf8()) {
        int line = 1;
        for (qsizetype from = 0; from <= bytes.size(); ++line) {
            qsizetype to = bytes.indexOf('\n', from);
            if (to < 0)
                to = bytes.size();
            if (!bytes.sliced(from, to - from).isValidUtf8())
                break;
            from = to + 1;
        }
        return failure(fileName, line, SettingText::tr("bytes that are not UTF-8"));
    }
    return Reader(fileName).read(QString::fromUtf8(bytes));
}

const Profile *AwsConfig::profile(const QString &name) const
{
    const auto found =
        std::find_if(profiles.begin(), profiles.end(), [&](const Profile &profile) { return profile.name == name; });
    return found == profiles.end() ? nullptr : &*found;
}

AwsConfig mergeConfig(const QList<ConfigSection> &config, const QList<ConfigSection> &credentials)
{
    AwsConfig result;
    const auto put = [&result](const QString &name, const ConfigSection &section) -> Profile & {
        for (Profile &profile : result.profiles) {
            if (profile.name == name) {
                profile.section = section;
                return profile;
            }
        }
        return result.profiles.emplaceBack(Profile{.name = name, .section = section});
    };

    for (const ConfigSection &section : config) {
        if (section.name == QLatin1StringView("default")) {
            put(section.name, section);
        } else if (const QString name = nameAfter(section.name, QLatin1StringView("profile")); !name.isEmpty()) {
            put(name, section);
        } else if (const QString session = nameAfter(section.name, QLatin1StringView("sso-session"));
                   !session.isEmpty()) {
            result.ssoSessions.insert(session, section);
        } else if (const QString service = nameAfter(section.name, QLatin1StringView("services")); !service.isEmpty()) {
            result.services.insert(service, section);
        }
    }
    for (const ConfigSection &section : credentials) {
        if (const Profile *known = result.profile(section.name)) {
            ConfigSection merged = known->section;
            merged.values.insert(section.values);
            merged.nested.insert(section.nested);
            merged.places.insert(section.places);
            keepOneFilesKeys(merged, known->section, section);
            put(section.name, merged);
        } else {
            put(section.name, section);
        }
    }
    for (Profile &profile : result.profiles) {
        const auto own = std::find_if(credentials.begin(), credentials.end(),
                                      [&](const ConfigSection &section) { return section.name == profile.name; });
        profile.uses = usesOf(profile.section, own == credentials.end() ? nullptr : &*own);
    }
    return result;
}

ConfigPaths ConfigPaths::of(const QProcessEnvironment &environment)
{
    const auto path = [&](const QString &variable, const QString &otherwise) {
        const QString set = environment.value(variable);
        return expanded(set.isEmpty() ? otherwise : set, environment);
    };
    return {path(QStringLiteral("AWS_CONFIG_FILE"), QStringLiteral("~/.aws/config")),
            path(QStringLiteral("AWS_SHARED_CREDENTIALS_FILE"), QStringLiteral("~/.aws/credentials"))};
}

QString namedPlace(const QString &path)
{
    const QString odd = oddPlace(path);
    return odd.isEmpty() ? path : SettingText::tr("%1 (%2)").arg(path, odd);
}

Result<AwsConfig> readConfig(const ConfigPaths &paths)
{
    const auto config = readFile(paths.config);
    if (!config)
        return config.error();
    const auto credentials = readFile(paths.credentials);
    if (!credentials)
        return credentials.error();
    return mergeConfig(*config, *credentials);
}

Setting profileSetting(const ConfigSection &section, const QString &key, const QString &profile)
{
    return {section.value(key),
            SettingText::tr("%1: %2 of profile \"%3\"").arg(section.places.value(key).toString(), key, profile)};
}

Setting environmentSetting(const QProcessEnvironment &environment, const QString &variable)
{
    return {environment.value(variable), SettingText::tr("the environment variable %1").arg(variable)};
}

QString profileName(const QString &chosen, const QProcessEnvironment &environment)
{
    if (!chosen.isEmpty())
        return chosen;
    for (const QString &variable : {QStringLiteral("AWS_PROFILE"), QStringLiteral("AWS_DEFAULT_PROFILE")}) {
        QString name = environment.value(variable);
        if (!name.isEmpty())
            return name;
    }
    return QStringLiteral("default");
}

} // namespace casement
