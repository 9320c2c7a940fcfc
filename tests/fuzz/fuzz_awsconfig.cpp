#include "aws/configfile.h"
#include "aws/endpoint.h"
#include "aws/shellwords.h"
#include "aws/sources/profilekeys.h"
#include "fuzzinput.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

// Input: the config file, a line `====`, the credentials file.

using namespace casement;
using namespace casement::fuzz;
using namespace Qt::StringLiterals;

namespace {

constexpr int mostResolved = 8;

int linesOf(const QByteArray &content)
{
    QByteArray lines = content;
    lines.replace("\r\n", "\n").replace('\r', '\n');
    return int(lines.count('\n')) + (lines.endsWith('\n') ? 0 : 1);
}

/// Answers nothing: whoever asks it has all that the files say.
class SilentTransport final : public Transport
{
public:
    explicit SilentTransport(int &asked) : m_asked(asked) { }
    Id send(const HttpRequest &request, Callback) override
    {
        require(request.url.isValid() && !request.url.host().isEmpty(), "a request goes somewhere",
                request.url.toString());
        return Id(++m_asked);
    }
    void abort(Id) override { }

private:
    int &m_asked;
};

void checkError(const Error &error, const QString &file, int lines)
{
    static const QRegularExpression place(u"\\A(\\w+):(\\d+): ."_s);
    require(error.kind == Error::Kind::CredentialsFile, "a file that can't be read is told so", error.toLine());
    const QRegularExpressionMatch match = place.match(error.message);
    require(match.hasMatch() && match.captured(1) == file, "an error begins with its place", error.message);
    const int line = match.captured(2).toInt();
    require(line >= 1 && line <= lines, "an error names a line that there is", error.message);
}

void checkSection(const ConfigSection &section, int lines)
{
    const auto isThere = [&](const ConfigPlace &place) { return place.line >= 1 && place.line <= lines; };
    require(isThere(section.place), "a section stands somewhere", section.place.toString());
    for (auto at = section.values.begin(); at != section.values.end(); ++at) {
        require(at.key() == at.key().toLower() && at.key() == at.key().trimmed() && !at.key().isEmpty(),
                "keys are in lower case", at.key());
        require(!at->contains(QChar::Null), "no value holds NUL", at.key());
        require(isThere(section.places.value(at.key())), "a key stands somewhere", at.key());
        require(!section.nested.contains(at.key()), "a value is nested or not", at.key());
    }
    for (auto at = section.nested.begin(); at != section.nested.end(); ++at)
        require(isThere(section.places.value(at.key())), "a key stands somewhere", at.key());
}

/// Reads one of the files; nothing after an error.
std::optional<QList<ConfigSection>> parse(const QByteArray &content, const QString &file)
{
    const int lines = linesOf(content);
    Result<QList<ConfigSection>> sections = parseConfigFile(content, file);
    if (!sections) {
        checkError(sections.error(), file, lines);
        return {};
    }
    QSet<QString> names;
    for (ConfigSection &section : *sections) {
        require(!names.contains(section.name), "no section comes twice", section.name);
        names.insert(section.name);
        checkSection(section, lines);
        // No input makes this run a program or open a file of this computer.
        section.values.remove(u"credential_process"_s);
        if (section.values.contains(u"web_identity_token_file"_s))
            section.values.insert(u"web_identity_token_file"_s, u"/nonexistent/token"_s);
    }
    return *sections;
}

/// Secrets of the two files that stand nowhere else in them.
QSet<QString> secretsOf(const AwsConfig &config)
{
    QSet<QString> secrets;
    QString others;
    for (const Profile &profile : config.profiles) {
        others += profile.name + u'\n';
        for (auto at = profile.section.values.begin(); at != profile.section.values.end(); ++at) {
            const bool isSecret = at.key() == "aws_secret_access_key"_L1 || at.key() == "aws_session_token"_L1;
            if (isSecret && at->size() >= 16)
                secrets.insert(*at);
            else
                others += at.key() + u'\n' + *at + u'\n';
        }
    }
    secrets.removeIf([&](const QString &secret) { return others.contains(secret); });
    return secrets;
}

void checkKeys(const AwsConfig &config, const Profile &profile, const QSet<QString> &secrets)
{
    int asked = 0;
    int told = 0;
    ProfileKeysSettings settings;
    settings.environment.insert(u"HOME"_s, u"/nonexistent"_s);
    settings.transport = [&asked] { return std::make_unique<SilentTransport>(asked); };
    settings.wallClock = [] { return qint64(1'700'000'000'000); };
    ProfileKeys keys(config, settings);
    keys.get(profile.name, [&](const Result<Credentials> &got) {
        ++told;
        if (got) {
            require(got->isSendable(), "keys can be sent");
            return;
        }
        const Error &error = got.error();
        require(error.kind == Error::Kind::NoCredentials || error.kind == Error::Kind::CredentialsFile
                    || error.kind == Error::Kind::Invalid,
                "a profile without keys is told so", error.toLine());
        require(!error.message.isEmpty(), "an error says something");
        for (const QString &secret : secrets)
            require(!error.message.contains(secret), "no secret stands in an error", error.message);
    });
    require(told + asked == 1, "every profile comes to an end", u"%1 told, %2 asked"_s.arg(told).arg(asked));
}

/// Written as a shell's single quotes have it, any words come back.
void checkWords(const QString &text)
{
    const std::optional<QStringList> words = shellWords(text);
    if (!words)
        return;
    QString quoted;
    for (const QString &word : *words)
        quoted += u'\'' + QString(word).replace(u'\'', uR"('\'')"_s) + u"' "_s;
    const std::optional<QStringList> again = shellWords(quoted);
    require(again && *again == *words, "quoted words stay as they are", quoted);
}

void checkProfile(const AwsConfig &config, const Profile &profile)
{
    const QProcessEnvironment none;
    const Setting region = configuredRegion(config, profile.name, none);
    const Result<Setting> url = configuredEndpointUrl(config, profile.name, none);
    if (!url) {
        require(!url.error().message.isEmpty(), "an error says something");
        return;
    }
    const Result<Endpoint> endpoint = resolveEndpoint(
        {.region = region.value, .regionName = region.name, .customUrl = url->value, .customUrlName = url->name});
    if (!endpoint)
        return;
    const QString scheme = endpoint->url.scheme();
    require(!endpoint->url.host().isEmpty() && (scheme == "https"_L1 || scheme == "http"_L1)
                && endpoint->url.userInfo().isEmpty() && !endpoint->path.isEmpty(),
            "an endpoint is one", endpoint->url.toString());
    require(!endpoint->signingRegion.isEmpty() && !endpoint->hostHeader.contains('\n'), "it can be signed for",
            endpoint->url.toString());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const bool isReady = (silence(), true);
    Q_UNUSED(isReady)
    Input input(data, size);
    const QByteArray first = input.until("====\n").toByteArray();
    const auto config = parse(first, u"config"_s);
    const auto credentials = parse(input.rest().toByteArray(), u"credentials"_s);
    checkWords(QString::fromUtf8(first));
    if (!config || !credentials)
        return 0;
    const AwsConfig merged = mergeConfig(*config, *credentials);
    QSet<QString> names;
    int resolved = 0;
    const QSet<QString> secrets = secretsOf(merged);
    for (const Profile &profile : merged.profiles) {
        require(!names.contains(profile.name), "no profile comes twice", profile.name);
        names.insert(profile.name);
        require(merged.profile(profile.name) == &profile, "a profile is found by its name", profile.name);
        require(profile.uses != ProfileUses::Process, "no program is run");
        if (++resolved > mostResolved)
            continue;
        checkProfile(merged, profile);
        checkKeys(merged, profile, secrets);
    }
    return 0;
}
