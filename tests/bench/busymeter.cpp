#include "busymeter.h"

#include <QAbstractEventDispatcher>
#include <QThread>

#include <algorithm>

#include <sys/resource.h>
#include <time.h>

namespace casement::bench {

namespace {

double threadCpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

} // namespace

BusyMeter::BusyMeter(QObject *parent) : QObject(parent)
{
    // A turn is what happens between waking up and the next time the loop has nothing left to do.
    const auto *dispatcher = QAbstractEventDispatcher::instance(QThread::currentThread());
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &BusyMeter::turnBegins);
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &BusyMeter::turnEnds);
}

void BusyMeter::begin()
{
    m_counting = true;
    m_from = threadCpuMilliseconds();
}

void BusyMeter::turnBegins()
{
    turnEnds(); // one turn may follow another without the loop ever blocking between
}

void BusyMeter::turnEnds()
{
    if (!m_counting)
        return;
    const double now = threadCpuMilliseconds();
    m_longest = std::max(m_longest, now - m_from);
    m_from = now;
}

double peakMemory()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

} // namespace casement::bench
