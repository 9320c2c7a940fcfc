#pragma once

#include <QObject>

#include <utility>

namespace casement::bench {

/// The most CPU time of the main thread in one turn of its event loop, from when it is told to begin. CPU time, not
/// wall time: another process on the core does not show.
class BusyMeter final : public QObject
{
    Q_OBJECT

public:
    explicit BusyMeter(QObject *parent = nullptr);

    void begin();
    /// The longest so far; counting goes on from zero.
    double takeLongest() { return std::exchange(m_longest, 0); }
    double longestMilliseconds() const { return m_longest; }

private:
    void turnBegins();
    void turnEnds();

    bool m_counting = false;
    double m_from = 0;
    double m_longest = 0;
};

/// Of this process so far, in MB.
double peakMemory();

} // namespace casement::bench
