#include "aws/sources/childwatch.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <cerrno>
#include <csignal>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __GLIBC__
#if __GLIBC_PREREQ(2, 34)
#define CASEMENT_HAS_BARE_FORK
#endif
#endif
#endif

namespace casement {

#if defined(Q_OS_LINUX) && defined(SYS_pidfd_open) && defined(SYS_close_range)

namespace {

/// fork() without what libraries do around it, which is not safe in the child of a program with threads.
pid_t bareFork()
{
#ifdef CASEMENT_HAS_BARE_FORK
    return ::_Fork();
#else
    return ::fork();
#endif
}

/// Keeps nothing open but the two descriptors: whoever reads what the program prints waits for its end.
bool keepOnly(int one, int other)
{
    const auto closeFrom = [](unsigned first, unsigned last) {
        return first > last || ::syscall(SYS_close_range, first, last, 0) == 0;
    };
    const unsigned low = unsigned(qMin(one, other));
    const unsigned high = unsigned(qMax(one, other));
    return (low == 0 || closeFrom(0, low - 1)) && closeFrom(low + 1, high - 1) && closeFrom(high + 1, ~0u);
}

[[noreturn]] void endWithEither(int parent, int child, pid_t group)
{
    if (!keepOnly(parent, child))
        ::_exit(1);
    ::prctl(PR_SET_NAME, "casement-watch");
    struct sigaction ignored
    {
    };
    ignored.sa_handler = SIG_IGN;
    ::sigaction(SIGTERM, &ignored, nullptr);
    struct pollfd ends[]
    {
        {.fd = parent, .events = POLLIN, .revents = 0}, { .fd = child, .events = POLLIN, .revents = 0 }
    };
    while (::poll(ends, 2, -1) < 0 && errno == EINTR) { }
    if (ends[0].revents != 0 && ends[1].revents == 0)
        ::kill(-group, SIGKILL); // this process, too
    ::_exit(0);
}

} // namespace

void endGroupWithParent(int parent)
{
    const pid_t self = ::getpid();
    const int ofParent = int(::syscall(SYS_pidfd_open, parent, 0));
    const int ofSelf = int(::syscall(SYS_pidfd_open, self, 0));
    if (ofParent >= 0 && ofSelf >= 0) {
        // Its parent is gone at once: the program waits for no child that it does not know.
        const pid_t between = bareFork();
        if (between == 0) {
            if (bareFork() == 0)
                endWithEither(ofParent, ofSelf, self);
            ::_exit(0);
        }
        if (between > 0)
            while (::waitpid(between, nullptr, 0) < 0 && errno == EINTR) { }
    }
    for (const int descriptor : {ofParent, ofSelf}) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
    if (::getppid() != parent) // it ended before it could be watched
        ::kill(-self, SIGKILL);
}

#else

void endGroupWithParent(int) { }

#endif

} // namespace casement
