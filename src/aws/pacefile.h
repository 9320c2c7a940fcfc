#pragma once

#include <QString>

namespace casement {

/// The state of a token bucket that programs of one person on one computer share, in a small file of the session.
///
/// Nothing waits for it: where there is no such file, or another program holds it just now, a program keeps to its own
/// bucket.
class PaceFile
{
public:
    /// What is shared; times by the computer's monotonic clock.
    struct State
    {
        qint64 filledAt = 0;
        double tokens = 0;
    };

    explicit PaceFile(const QString &path) : m_path(path) { }
    PaceFile(const PaceFile &) = delete;
    PaceFile &operator=(const PaceFile &) = delete;
    ~PaceFile();

    /// Takes the file for this program; false when it can't be had. `state` becomes what it holds, if anything does.
    bool lock(State &state);
    /// Writes the state and lets go.
    void unlock(const State &state);

    /// Where the bucket of an account stands; empty where the session has no folder of its own. `account`: whatever
    /// tells accounts apart.
    static QString pathFor(const QString &account);

private:
    QString m_path;
    int m_descriptor = -1;
};

} // namespace casement
