#pragma once

#include <QIODevice>

#include <algorithm>
#include <cstring>

namespace casement {

/// A body that can be read once. Qt repeats a request whose answer never came when it can rewind the body, and says
/// ContentReSendError when it can't (robustness.md, Q1).
class OnceBody final : public QIODevice
{
public:
    OnceBody(const QByteArray &data, QObject *parent = nullptr) : QIODevice(parent), m_data(data)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_data.size() - m_at + QIODevice::bytesAvailable(); }
    // Not even asked for: QIODevice would complain in the log.
    bool seek(qint64) override { return false; }
    bool wasRead() const { return m_read; }

protected:
    qint64 readData(char *to, qint64 most) override
    {
        m_read = true;
        if (m_at == m_data.size())
            return -1;
        const qsizetype size = std::min<qsizetype>(most, m_data.size() - m_at);
        std::memcpy(to, m_data.constData() + m_at, size_t(size));
        m_at += size;
        return size;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_data;
    qsizetype m_at = 0;
    bool m_read = false;
};

} // namespace casement
