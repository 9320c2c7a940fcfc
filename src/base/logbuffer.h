#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <QtGlobal>

#include <deque>
#include <mutex>

namespace casement {

/// A message of the log as it may be shown to anybody: redacted, without the name of the person in its paths.
struct LogLine
{
    quint64 number = 0; ///< counts up, without gaps
    qint64 time = 0; ///< ms since 1970 UTC
    QtMsgType level = QtDebugMsg;
    QString category;
    QString text;

    /// `2026-01-02 03:04:05.678Z info casement.http …`
    QString toText() const;
};

/// The last messages of this process, for the log window. Any thread may add and read.
class LogBuffer
{
public:
    static constexpr size_t mostLines = 5000;
    static constexpr qsizetype longestLine = 4000; ///< characters; what is longer is cut

    void add(QtMsgType level, const QString &category, const QString &text);
    /// Those with a number greater than this, oldest first.
    QList<LogLine> since(quint64 number = 0) const;

private:
    mutable std::mutex m_mutex;
    std::deque<LogLine> m_lines;
    quint64 m_last = 0;
};

/// `debug`, `info`, `warning`, `error`.
QString logLevelName(QtMsgType level);
/// How grave: 0 debug, 1 info, 2 warning, 3 error.
int logSeverity(QtMsgType level);

} // namespace casement
