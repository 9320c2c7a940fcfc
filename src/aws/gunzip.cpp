#include "aws/gunzip.h"

#define ZLIB_CONST // next_in points to const
#include <zlib.h>

#include <algorithm>
#include <limits>

namespace casement {

namespace {

constexpr qsizetype smallestRoom = 64 << 10;
constexpr qint64 smallestBomb = 10 << 20;
constexpr qint64 largestRatio = 40;
constexpr int gzipOnly = 16; // added to the size of the window: no zlib header

class Inflater
{
public:
    Inflater() : m_isReady(inflateInit2(&m_stream, MAX_WBITS + gzipOnly) == Z_OK) { }
    ~Inflater() { inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Inflater)

    bool isReady() const { return m_isReady; }
    z_stream *operator->() { return &m_stream; }
    int step() { return inflate(&m_stream, Z_NO_FLUSH); }
    int startOver() { return inflateReset(&m_stream); }

private:
    z_stream m_stream = {};
    bool m_isReady;
};

Error bad(const QString &message) { return {.kind = Error::Kind::BadAnswer, .message = message}; }

} // namespace

Result<QByteArray> gunzip(QByteArrayView packed, qint64 largest)
{
    const Error notWhole = bad(QStringLiteral("the answer can't be unpacked"));
    Inflater inflater;
    if (!inflater.isReady() || packed.size() > std::numeric_limits<uInt>::max())
        return notWhole;
    inflater->next_in = reinterpret_cast<const Bytef *>(packed.data());
    inflater->avail_in = uInt(packed.size());

    QByteArray out;
    qsizetype used = 0;
    while (true) {
        if (used == out.size())
            out.resize(std::max(smallestRoom, 2 * used));
        const qsizetype room = std::min<qsizetype>(out.size() - used, smallestBomb);
        inflater->next_out = reinterpret_cast<Bytef *>(out.data() + used);
        inflater->avail_out = uInt(room);
        const int state = inflater.step();
        used += room - qsizetype(inflater->avail_out);

        if (used > largest) {
            return Error{.kind = Error::Kind::TooLarge,
                         .message = QStringLiteral("the answer is larger than %1 bytes").arg(largest)};
        }
        if (used > smallestBomb && used / largestRatio > packed.size() - qsizetype(inflater->avail_in))
            return bad(QStringLiteral("the answer unpacks to far more than it should"));
        if (state == Z_STREAM_END) {
            if (inflater->avail_in == 0)
                break;
            if (inflater.startOver() != Z_OK) // gzip files one after another are one
                return notWhole;
        } else if (state != Z_OK || (inflater->avail_in == 0 && inflater->avail_out > 0)) {
            return notWhole;
        }
    }
    out.resize(used);
    return out;
}

} // namespace casement
