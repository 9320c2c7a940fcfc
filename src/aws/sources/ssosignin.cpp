#include "aws/sources/ssosignin.h"

#include "aws/localcode.h"
#include "aws/personprompt.h"
#include "aws/serviceerror.h"
#include "base/log.h"
#include "base/redact.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int slowDownBy = 5; // seconds; RFC 8628, 3.5
constexpr int longestInterval = 60;
constexpr double longestCodeLife = 3600; // seconds that a code is waited for
constexpr qsizetype longestUserCode = 64;

QHash<QString, QPointer<SsoSignIn>> &runningSignIns()
{
    static thread_local QHash<QString, QPointer<SsoSignIn>> running;
    return running;
}

/// The code of an error in either spelling: `AuthorizationPendingException`, and `authorization_pending` of OAuth.
bool isOidcError(const HttpAnswer &answer, QLatin1StringView exception, QLatin1StringView oauth)
{
    return isCode(serviceError(answer).code, exception)
        || QJsonDocument::fromJson(answer.body).object().value("error"_L1).toString() == oauth;
}

} // namespace

void SsoSignIn::join(const Wanted &wanted, QObject *context, Callback done)
{
    QPointer<SsoSignIn> &running = runningSignIns()[wanted.tokenPath];
    if (running && !running->m_waiting.isOver())
        return running->m_waiting.add(context, std::move(done));
    running = new SsoSignIn(wanted);
    running->m_waiting.add(context, std::move(done));
    running->begin();
}

SsoSignIn::SsoSignIn(const Wanted &wanted) : m_wanted(wanted), m_waiting(this, [this] { letGo(); })
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SsoSignIn::poll);
}

SsoSignIn::~SsoSignIn() = default;

QDateTime SsoSignIn::now() const
{
    return QDateTime::fromMSecsSinceEpoch(
        m_wanted.wallClock ? m_wanted.wallClock() : QDateTime::currentMSecsSinceEpoch(), Qt::UTC);
}

void SsoSignIn::letGo()
{
    m_waiting.close();
    m_timer.stop();
    if (std::exchange(m_isShown, false))
        m_wanted.prompt->endSignIn(this);
    deleteLater();
}

void SsoSignIn::post(const QString &path, const QJsonObject &members, std::function<void(HttpAnswer &&answer)> then)
{
    if (!m_transport)
        m_transport = m_wanted.transport();
    HttpRequest request;
    request.url = m_wanted.oidc.url;
    const QString folder = request.url.path();
    request.url.setPath((folder == u"/" ? QString() : folder) + path);
    request.headers = {{"Content-Type", "application/json"}};
    request.largestAnswer = 1 << 20;
    request.body = QJsonDocument(members).toJson(QJsonDocument::Compact);
    m_transport->send(request, [guard = QPointer<SsoSignIn>(this), then = std::move(then)](HttpAnswer &&answer) {
        if (guard && !guard->m_waiting.isOver())
            then(std::move(answer));
    });
}

void SsoSignIn::begin()
{
    QJsonObject members{{u"clientName"_s, u"Casement"_s}, {u"clientType"_s, u"public"_s}};
    if (!m_wanted.scopes.isEmpty())
        members.insert(u"scopes"_s, QJsonArray::fromStringList(m_wanted.scopes));
    post(u"/client/register"_s, members, [this](HttpAnswer &&answer) { askForCode(answer); });
}

void SsoSignIn::askForCode(const HttpAnswer &registration)
{
    const QJsonObject given = QJsonDocument::fromJson(registration.body).object();
    m_token.clientId = given.value("clientId"_L1).toString();
    m_token.clientSecret = given.value("clientSecret"_L1).toString();
    const double expires = given.value("clientSecretExpiresAt"_L1).toDouble(); // seconds since 1970
    if (registration.error.kind != Error::Kind::None || registration.status != 200 || m_token.clientId.isEmpty()
        || m_token.clientSecret.isEmpty())
        return failAs(u"RegisterClient"_s, registration);
    registerSecret(m_token.clientSecret);
    m_token.registrationExpires = QDateTime::fromSecsSinceEpoch(qint64(std::clamp(expires, 0.0, 1e11)), Qt::UTC);
    m_token.file = {{u"startUrl"_s, m_wanted.startUrl},
                    {u"region"_s, m_wanted.region},
                    {u"clientId"_s, m_token.clientId},
                    {u"clientSecret"_s, m_token.clientSecret},
                    {u"registrationExpiresAt"_s, SsoToken::textOf(m_token.registrationExpires)}};
    post(u"/device_authorization"_s,
         {{u"clientId"_s, m_token.clientId},
          {u"clientSecret"_s, m_token.clientSecret},
          {u"startUrl"_s, m_wanted.startUrl}},
         [this](HttpAnswer &&answer) { showCode(answer); });
}

void SsoSignIn::showCode(const HttpAnswer &authorization)
{
    const QJsonObject given = QJsonDocument::fromJson(authorization.body).object();
    m_deviceCode = given.value("deviceCode"_L1).toString();
    const QString userCode = given.value("userCode"_L1).toString();
    QUrl page(given.value("verificationUriComplete"_L1).toString(), QUrl::StrictMode);
    if (page.isEmpty())
        page = QUrl(given.value("verificationUri"_L1).toString(), QUrl::StrictMode);
    if (authorization.error.kind != Error::Kind::None || authorization.status != 200 || m_deviceCode.isEmpty()
        || userCode.isEmpty() || userCode.size() > longestUserCode)
        return failAs(u"StartDeviceAuthorization"_s, authorization);
    if (!page.isValid() || page.scheme() != "https"_L1 || page.host().isEmpty() || !page.userInfo().isEmpty())
        return fail(u"the service named a page that is not https"_s);
    registerSecret(m_deviceCode);
    m_interval = std::clamp(given.value("interval"_L1).toInt(m_interval), 1, longestInterval);
    m_until = now().addSecs(qint64(std::clamp(given.value("expiresIn"_L1).toDouble(600), 1.0, longestCodeLife)));
    m_isShown = true;
    m_timer.start(m_interval * m_wanted.second);
    m_wanted.prompt->beginSignIn({m_wanted.profile, m_wanted.startUrl, userCode, page, m_until}, this,
                                 [guard = QPointer<SsoSignIn>(this)] {
                                     if (guard && !guard->m_waiting.isOver())
                                         guard->fail(u"the sign-in was cancelled"_s);
                                 });
}

void SsoSignIn::poll()
{
    if (now() >= m_until)
        return fail(u"nobody entered the code in time"_s);
    post(u"/token"_s,
         {{u"clientId"_s, m_token.clientId},
          {u"clientSecret"_s, m_token.clientSecret},
          {u"grantType"_s, u"urn:ietf:params:oauth:grant-type:device_code"_s},
          {u"deviceCode"_s, m_deviceCode}},
         [this](HttpAnswer &&answer) { take(answer); });
}

void SsoSignIn::take(const HttpAnswer &answer)
{
    if (answer.error.kind == Error::Kind::None && answer.status == 200) {
        if (!m_token.renew(answer.body, now()))
            return failAs(u"CreateToken"_s, answer);
        if (const Result<void> written = m_token.write(m_wanted.tokenPath); !written)
            qCWarning(logCredentials).noquote() << written.error().toLine(); // it does for now
        return finish(m_token);
    }
    if (answer.error.kind == Error::Kind::None && answer.status < 500 && answer.status != 429) {
        if (isOidcError(answer, "SlowDown"_L1, "slow_down"_L1))
            m_interval = std::min(m_interval + slowDownBy, longestInterval);
        else if (isOidcError(answer, "ExpiredToken"_L1, "expired_token"_L1))
            return fail(u"nobody entered the code in time"_s);
        else if (isOidcError(answer, "AccessDenied"_L1, "access_denied"_L1))
            return fail(u"the sign-in was refused in the browser"_s);
        else if (!isOidcError(answer, "AuthorizationPending"_L1, "authorization_pending"_L1))
            return failAs(u"CreateToken"_s, answer);
    }
    m_timer.start(m_interval * m_wanted.second); // a network in trouble is asked on until the code is over
}

void SsoSignIn::failAs(const QString &operation, const HttpAnswer &answer)
{
    Error error = answer.error;
    if (error.kind == Error::Kind::None && answer.status != 200)
        error = serviceError(answer);
    if (error.kind == Error::Kind::None) {
        error = {.kind = Error::Kind::BadAnswer,
                 .message = u"IAM Identity Center answered without what a sign-in needs"_s,
                 .httpStatus = answer.status};
    }
    const QJsonObject said = QJsonDocument::fromJson(answer.body).object();
    if (const QString words = said.value("error_description"_L1).toString(); answer.status >= 400 && !words.isEmpty())
        error.message = redact(words.left(400));
    error.operation = operation;
    error.host = QString::fromLatin1(m_wanted.oidc.hostHeader);
    error.effect = Error::Effect::None; // a sign-in that did not come about changes nothing
    finish(error);
}

void SsoSignIn::fail(const QString &why)
{
    finish(Error{.kind = Error::Kind::NoCredentials,
                 .code = localcode::profileSso,
                 .message =
                     u"profile \"%1\" needs a sign-in: aws sso login --profile %1 (%2)"_s.arg(m_wanted.profile, why)});
}

void SsoSignIn::finish(const Result<SsoToken> &result)
{
    m_deviceCode.clear();
    runningSignIns().remove(m_wanted.tokenPath);
    letGo();
    m_waiting.tell(result);
}

} // namespace casement
