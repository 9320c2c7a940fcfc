#include "aws/sources/sharedprocess.h"

#include "aws/sources/credentialprocess.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QHash>
#include <QPointer>

#include <algorithm>

namespace casement {

namespace {

constexpr qint64 usualRest = 15 * 60; // seconds that keys must have left to be handed on; api-facts.md §15.8
constexpr qint64 shortRest = 60; // of keys that never had that much

struct KeptProcessKeys
{
    Credentials keys;
    qint64 rest = 0; // seconds
};

QHash<QByteArray, KeptProcessKeys> &keptProcessKeys()
{
    static thread_local QHash<QByteArray, KeptProcessKeys> kept;
    return kept;
}

QHash<QByteArray, QPointer<SharedProcess>> &runningProcesses()
{
    static thread_local QHash<QByteArray, QPointer<SharedProcess>> running;
    return running;
}

/// Who has the same file, line, profile, command and environment gets the same keys.
QByteArray aboutProcess(const SharedProcess::Wanted &wanted)
{
    QStringList parts = wanted.environment.toStringList();
    std::sort(parts.begin(), parts.end());
    parts += {wanted.setting, wanted.profile, wanted.command};
    return QCryptographicHash::hash(parts.join(QChar(0)).toUtf8(), QCryptographicHash::Sha256);
}

} // namespace

void SharedProcess::join(const Wanted &wanted, QObject *context, Callback done)
{
    const QByteArray about = aboutProcess(wanted);
    QPointer<SharedProcess> &running = runningProcesses()[about];
    if (running && !running->m_waiting.isOver())
        return running->m_waiting.add(context, std::move(done));
    running = new SharedProcess(wanted, about);
    running->m_waiting.add(context, std::move(done));
    running->start(wanted);
}

std::optional<Credentials> SharedProcess::kept(const Wanted &wanted, qint64 now)
{
    const auto found = keptProcessKeys().constFind(aboutProcess(wanted));
    if (found == keptProcessKeys().cend())
        return {};
    if (!found->keys.expiry.isValid() || found->keys.expiry.toSecsSinceEpoch() > now / 1000 + found->rest)
        return found->keys;
    keptProcessKeys().erase(found);
    return {};
}

void SharedProcess::forget(const Wanted &wanted, const Credentials &keys)
{
    const auto found = keptProcessKeys().constFind(aboutProcess(wanted));
    if (found != keptProcessKeys().cend() && found->keys.isSameAs(keys))
        keptProcessKeys().erase(found);
}

SharedProcess::SharedProcess(const Wanted &wanted, const QByteArray &about)
    : m_about(about),
      m_process(std::make_unique<CredentialProcess>(wanted.setting, wanted.profile, wanted.environment)),
      m_waiting(this, [this] {
          m_process.reset(); // at once: at the program's end no event loop runs any more
          deleteLater();
      })
{
}

SharedProcess::~SharedProcess() = default;

void SharedProcess::start(const Wanted &wanted)
{
    m_process->start(wanted.command, wanted.limit, [this](const Result<Credentials> &keys) { finish(keys); });
}

void SharedProcess::finish(const Result<Credentials> &keys)
{
    if (keys) {
        const qint64 left = QDateTime::currentDateTimeUtc().secsTo(keys->expiry);
        keptProcessKeys().insert(m_about, {*keys, left > usualRest ? usualRest : shortRest});
    }
    runningProcesses().remove(m_about);
    deleteLater(); // the process is telling
    m_waiting.tell(keys);
}

} // namespace casement
