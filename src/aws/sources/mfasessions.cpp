#include "aws/sources/mfasessions.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QTimer>

namespace casement {

namespace {

constexpr qint64 shortestRest = 60; // seconds that keys must have left to be handed on

QHash<QString, Credentials> &keptMfaKeys()
{
    static thread_local QHash<QString, Credentials> keys;
    return keys;
}

QHash<QString, QList<MfaTurn *>> &mfaQueues()
{
    static thread_local QHash<QString, QList<MfaTurn *>> queues;
    return queues;
}

} // namespace

std::optional<Credentials> mfasessions::find(const QString &about, qint64 now)
{
    const auto kept = keptMfaKeys().constFind(about);
    if (kept == keptMfaKeys().cend())
        return {};
    if (kept->expiry.toSecsSinceEpoch() > now + shortestRest)
        return *kept;
    keptMfaKeys().erase(kept);
    return {};
}

void mfasessions::keep(const QString &about, const Credentials &keys) { keptMfaKeys().insert(about, keys); }

void mfasessions::forget(const QString &about) { keptMfaKeys().remove(about); }

MfaTurn::MfaTurn(const QString &serialNumber, std::function<void(bool isOff)> begin)
    : m_serialNumber(serialNumber), m_begin(std::move(begin))
{
    QList<MfaTurn *> &queue = mfaQueues()[serialNumber];
    queue.append(this);
    if (queue.size() == 1)
        start(false);
}

MfaTurn::~MfaTurn()
{
    *m_alive = false;
    QList<MfaTurn *> &queue = mfaQueues()[m_serialNumber];
    const bool wasFirst = queue.value(0) == this;
    queue.removeOne(this);
    if (queue.isEmpty())
        mfaQueues().remove(m_serialNumber);
    else if (wasFirst)
        queue.constFirst()->start(queue.constFirst()->m_isOff);
}

void MfaTurn::callOff()
{
    const QList<MfaTurn *> waiting = mfaQueues().value(m_serialNumber);
    for (MfaTurn *other : waiting)
        other->m_isOff = true;
}

void MfaTurn::start(bool isOff)
{
    QTimer::singleShot(0, [this, isOff, alive = m_alive] {
        if (!*alive)
            return;
        const auto begin = m_begin; // it may let go of this
        begin(isOff);
    });
}

} // namespace casement
