#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// What a fuzz target defines: libFuzzer calls it with what it makes up, tests/fuzz/replay.cpp with the files of
/// corpus/.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/// What the fuzz targets share: taking an input apart, and telling of a promise that was broken.
namespace casement::fuzz {

/// Ends the program unless a promise was kept: libFuzzer and ctest take that for a finding. `seen` tells what was there
/// instead.
inline void require(bool isKept, const char *promise, const QString &seen = {})
{
    if (isKept)
        return;
    std::fprintf(stderr, "Broken: %s\n  %s\n", promise, seen.toUtf8().constData());
    std::abort();
}

/// Takes an input from its front, piece by piece. What is taken beyond its end is empty.
class Input
{
public:
    Input(const uint8_t *data, size_t size) : m_rest(reinterpret_cast<const char *>(data), qsizetype(size)) { }

    bool isEmpty() const { return m_rest.isEmpty(); }
    quint8 byte() { return quint8(m_rest.isEmpty() ? 0 : take(1).front()); }
    QByteArrayView take(qsizetype size)
    {
        const QByteArrayView taken = m_rest.first(std::min(size, m_rest.size()));
        m_rest = m_rest.sliced(taken.size());
        return taken;
    }
    /// Up to a mark, which is taken as well; all that is left where there is none.
    QByteArrayView until(QByteArrayView mark)
    {
        const qsizetype end = m_rest.indexOf(mark);
        const QByteArrayView taken = take(end < 0 ? m_rest.size() : end);
        take(mark.size());
        return taken;
    }
    QByteArrayView rest() { return take(m_rest.size()); }

private:
    QByteArrayView m_rest;
};

/// C0 controls and DEL, C1 controls; not those in `except`.
inline bool hasControls(const QString &text, QStringView except = {})
{
    return std::any_of(text.begin(), text.end(), [except](QChar c) {
        return (c < u' ' || (c >= u'\x7f' && c < u'\xa0')) && !except.contains(c);
    });
}

/// Half of a character at a place where something was cut.
inline bool endsInHalf(QStringView text) { return !text.isEmpty() && text.back().isHighSurrogate(); }

/// What Qt and the layers say stays unsaid, but for what they end the program with.
inline void silence()
{
    qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &, const QString &message) {
        if (type == QtFatalMsg)
            std::fprintf(stderr, "%s\n", message.toUtf8().constData());
    });
}

} // namespace casement::fuzz
