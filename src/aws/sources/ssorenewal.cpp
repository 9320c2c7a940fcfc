#include "aws/sources/ssorenewal.h"

#include "aws/localcode.h"
#include "aws/serviceerror.h"
#include "aws/sources/sts.h"
#include "base/log.h"

#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QPointer>

#include <cerrno>
#include <chrono>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace casement {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds lockPatience = 15s; // a request takes that long at most, or nearly always
constexpr std::chrono::milliseconds lookAtLockEvery = 50ms;

QHash<QString, QPointer<SsoRenewal>> &runningRenewals()
{
    static thread_local QHash<QString, QPointer<SsoRenewal>> running;
    return running;
}

/// A token that could not be written, and the one of the file that it came instead of.
struct UnwrittenToken
{
    QString insteadOf;
    SsoToken token;
};

QHash<QString, UnwrittenToken> &unwrittenTokens()
{
    static thread_local QHash<QString, UnwrittenToken> tokens;
    return tokens;
}

Error notRenewed(const QString &why)
{
    return {.kind = Error::Kind::NoCredentials, .code = localcode::profileSso, .message = why};
}

} // namespace

/// The lock of a file that is replaced by another one of its name: it is the old file's as long as somebody waits.
class SsoRenewal::FileLock
{
public:
    FileLock() = default;
    Q_DISABLE_COPY_MOVE(FileLock)
    ~FileLock() { release(); }

    /// False while another one has it. True also where there can't be a lock, as in a file that is read only.
    bool take(const QString &path)
    {
        const QByteArray name = QFile::encodeName(path);
        release();
        m_descriptor = ::open(name.constData(), O_RDWR | O_CLOEXEC | O_NONBLOCK);
        if (m_descriptor < 0)
            return true;
        if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0)
            return errno != EWOULDBLOCK;
        struct stat held = {};
        struct stat named = {};
        return ::fstat(m_descriptor, &held) != 0 || ::stat(name.constData(), &named) != 0
            || (held.st_ino == named.st_ino && held.st_dev == named.st_dev);
    }

private:
    void release()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
        m_descriptor = -1;
    }

    int m_descriptor = -1;
};

void SsoRenewal::join(const Wanted &wanted, QObject *context, Callback done)
{
    QPointer<SsoRenewal> &running = runningRenewals()[wanted.tokenPath];
    if (running && !running->m_waiting.isOver())
        return running->m_waiting.add(context, std::move(done));
    running = new SsoRenewal(wanted);
    running->m_waiting.add(context, std::move(done));
    running->begin();
}

Result<SsoToken> SsoRenewal::newest(const QString &tokenPath)
{
    Result<SsoToken> token = SsoToken::read(tokenPath);
    const auto unwritten = unwrittenTokens().constFind(tokenPath);
    if (!token || unwritten == unwrittenTokens().cend())
        return token;
    if (token->accessToken == unwritten->insteadOf)
        return unwritten->token;
    unwrittenTokens().erase(unwritten); // somebody else wrote another one
    return token;
}

SsoRenewal::SsoRenewal(const Wanted &wanted)
    : m_wanted(wanted), m_lock(std::make_unique<FileLock>()), m_waiting(this,
                                                                        [this] {
                                                                            m_timer.stop();
                                                                            m_lock.reset();
                                                                            deleteLater();
                                                                        }),
      m_patience(lockPatience)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SsoRenewal::begin);
}

SsoRenewal::~SsoRenewal() = default;

QDateTime SsoRenewal::now() const
{
    return QDateTime::fromMSecsSinceEpoch(
        m_wanted.wallClock ? m_wanted.wallClock() : QDateTime::currentMSecsSinceEpoch(), Qt::UTC);
}

void SsoRenewal::begin()
{
    if (!m_lock->take(m_wanted.tokenPath) && !m_patience.hasExpired())
        return m_timer.start(lookAtLockEvery);
    const Result<SsoToken> there = newest(m_wanted.tokenPath); // whoever had the lock has renewed it
    if (!there)
        return finish(notRenewed(there.error().message));
    if (there->isFresh(now()) || (there->expires > now() && !there->isRenewable(now())))
        return finish(there);
    if (!there->isRenewable(now()))
        return finish(notRenewed(u"the last one has expired"_s));
    m_token = *there;
    ask();
}

void SsoRenewal::ask()
{
    HttpRequest request;
    request.url = m_wanted.oidc.url;
    const QString folder = request.url.path();
    request.url.setPath((folder == u"/" ? QString() : folder) + u"/token"_s);
    request.headers = {{"Content-Type", "application/json"}};
    request.largestAnswer = 1 << 20;
    request.repeatable = false; // a refresh token may be good once
    request.body = QJsonDocument(QJsonObject{{u"clientId"_s, m_token.clientId},
                                             {u"clientSecret"_s, m_token.clientSecret},
                                             {u"grantType"_s, u"refresh_token"_s},
                                             {u"refreshToken"_s, m_token.refreshToken}})
                       .toJson(QJsonDocument::Compact);
    m_transport = keysTransport(m_wanted.transport());
    m_transport->send(request, [guard = QPointer<SsoRenewal>(this)](HttpAnswer &&answer) {
        if (guard && !guard->m_waiting.isOver())
            guard->take(answer);
    });
}

void SsoRenewal::take(const HttpAnswer &answer)
{
    SsoToken renewed = m_token;
    const bool isAnswered = answer.error.kind == Error::Kind::None;
    // Another program may have signed in meanwhile, and what it wrote stays.
    const Result<SsoToken> there = newest(m_wanted.tokenPath);
    if (isAnswered && answer.status == 200 && renewed.renew(answer.body, now())) {
        if (there && there->accessToken != m_token.accessToken)
            return finish(renewed);
        unwrittenTokens().remove(m_wanted.tokenPath);
        if (const Result<void> written = renewed.write(m_wanted.tokenPath); !written) {
            qCWarning(logCredentials).noquote() << written.error().toLine();
            const Result<SsoToken> old = SsoToken::read(m_wanted.tokenPath);
            unwrittenTokens().insert(m_wanted.tokenPath, {old ? old->accessToken : QString(), renewed});
        }
        return finish(renewed);
    }
    if (there && there->accessToken != m_token.accessToken && there->expires > now())
        return finish(there);
    if (m_token.expires > now())
        return finish(m_token); // it still does for a while
    if (!isAnswered)
        return finish(answer.error);
    if (answer.status >= 500) { // the sign-in may be as good as ever
        Error error = serviceError(answer);
        error.effect = Error::Effect::None;
        error.operation = u"CreateToken"_s;
        error.message =
            u"the sign-in service answered %1 when the sign-in was to be renewed; try again later"_s.arg(answer.status);
        return finish(error);
    }
    if (answer.status == 200) { // not of the sign-in service, so it says nothing of the sign-in either
        Error error = checkAnswer(answer);
        if (error.kind == Error::Kind::None)
            error = {.kind = Error::Kind::BadAnswer, .httpStatus = answer.status};
        error.effect = Error::Effect::None;
        error.operation = u"CreateToken"_s;
        error.host = QString::fromLatin1(m_wanted.oidc.hostHeader);
        error.message = u"what came when the sign-in was to be renewed is no answer of a sign-in service"_s;
        return finish(error);
    }
    finish(notRenewed(u"the last one could not be renewed"_s));
}

void SsoRenewal::finish(const Result<SsoToken> &result)
{
    m_lock.reset();
    runningRenewals().remove(m_wanted.tokenPath);
    deleteLater();
    m_waiting.tell(result);
}

} // namespace casement
