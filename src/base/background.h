#pragma once

#include <QObject>
#include <QPointer>
#include <QThread>
#include <QThreadPool>

#include <type_traits>
#include <utility>

namespace casement {

/// Runs `work` on a pool thread and hands what it returns to `done` in the context's thread. `work` is a function of
/// values: it must not touch the context. When the context dies first, the work still ends but `done` never runs.
///
/// The context's thread must have an event loop, and the call must be made from it.
template <class Work, class Done>
void inBackground(QObject *context, Work work, Done done, QThreadPool *pool = QThreadPool::globalInstance())
{
    Q_ASSERT(context->thread() == QThread::currentThread());
    // A relay lives in the context's thread and dies with the context: posting to it is safe for as long as it is
    // held here, and it is only ever deleted in its own thread.
    struct Relay : QObject
    {
        using QObject::QObject;
    };
    auto *relay = new Relay;
    QPointer<QObject> guard(context);
    pool->start([relay, guard, work = std::move(work), done = std::move(done)]() mutable {
        auto result = work();
        QMetaObject::invokeMethod(
            relay,
            [relay, guard, result = std::move(result), done = std::move(done)]() mutable {
                relay->deleteLater();
                if (guard)
                    done(std::move(result));
            },
            Qt::QueuedConnection);
    });
}

} // namespace casement
