#include "base/endsignals.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <QSocketNotifier>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#endif

namespace casement {

#ifdef Q_OS_UNIX

namespace {

int endPipe[2] = {-1, -1};

// In a handler hardly anything is allowed.
void passOn(int number)
{
    const int before = errno;
    const auto byte = static_cast<unsigned char>(number);
    [[maybe_unused]] const ssize_t written = ::write(endPipe[1], &byte, 1);
    errno = before;
}

} // namespace

void onEndSignal(QObject *context, std::function<void(int number)> end)
{
    if (endPipe[0] >= 0 || ::pipe(endPipe) != 0)
        return;
    for (const int one : endPipe) {
        ::fcntl(one, F_SETFD, FD_CLOEXEC);
        ::fcntl(one, F_SETFL, O_NONBLOCK);
    }
    auto *notifier = new QSocketNotifier(endPipe[0], QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context, [end = std::move(end)] {
        unsigned char number = 0;
        if (::read(endPipe[0], &number, 1) == 1)
            end(number);
    });
    struct sigaction action = {};
    action.sa_handler = passOn;
    action.sa_flags = SA_RESTART | SA_RESETHAND;
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction before = {};
        const bool isIgnored = ::sigaction(number, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;
        if (number != SIGHUP || !isIgnored)
            ::sigaction(number, &action, nullptr);
    }
}

#else

void onEndSignal(QObject *, std::function<void(int number)>) { }

#endif

} // namespace casement
