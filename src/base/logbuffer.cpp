#include "base/logbuffer.h"

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

int logSeverity(QtMsgType level)
{
    switch (level) { // QtMsgType's own numbers are in no order
    case QtDebugMsg:
        return 0;
    case QtInfoMsg:
        return 1;
    case QtWarningMsg:
        return 2;
    case QtCriticalMsg:
    case QtFatalMsg:
        return 3;
    }
    return 3;
}

QString logLevelName(QtMsgType level)
{
    static constexpr std::array names{"debug"_L1, "info"_L1, "warning"_L1, "error"_L1};
    return names[size_t(logSeverity(level))];
}

QString LogLine::toText() const
{
    const QString when = QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(u"yyyy-MM-dd HH:mm:ss.zzz'Z'"_s);
    // One message is one line, so that nothing in it can look like another message.
    QString line = text;
    line.replace(u'\n', u"\\n"_s);
    return when + u' ' + logLevelName(level) + u' ' + category + u' ' + line;
}

void LogBuffer::add(QtMsgType level, const QString &category, const QString &text)
{
    LogLine line{.time = QDateTime::currentMSecsSinceEpoch(), .level = level, .category = category, .text = text};
    if (line.text.size() > longestLine)
        line.text = line.text.first(longestLine) + u'…';
    const std::lock_guard lock(m_mutex);
    line.number = ++m_last;
    m_lines.push_back(std::move(line));
    if (m_lines.size() > mostLines)
        m_lines.pop_front();
}

QList<LogLine> LogBuffer::since(quint64 number) const
{
    const std::lock_guard lock(m_mutex);
    QList<LogLine> lines;
    const auto fresh = m_last > number ? size_t(m_last - number) : 0;
    const size_t count = std::min(fresh, m_lines.size());
    lines.reserve(qsizetype(count));
    for (size_t i = m_lines.size() - count; i < m_lines.size(); ++i)
        lines.append(m_lines[i]);
    return lines;
}

} // namespace casement
