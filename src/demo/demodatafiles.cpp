#include "demo/demodata.h"

#include "demo/demodatainternal.h"

#include <QtEndian>

#include <array>

/// The content of attachments that are only described: a picture for a picture, lines for a log, noise for the rest.
namespace casement::demo {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 blockSize = 4096;

quint32 crc(QByteArrayView data)
{
    static const std::array<quint32, 256> table = [] {
        std::array<quint32, 256> made{};
        for (quint32 n = 0; n < 256; ++n) {
            quint32 c = n;
            for (int k = 0; k < 8; ++k)
                c = (c & 1) ? 0xedb88320U ^ (c >> 1) : c >> 1;
            made[n] = c;
        }
        return made;
    }();
    quint32 c = 0xffffffffU;
    for (const char byte : data)
        c = table[(c ^ quint8(byte)) & 0xff] ^ (c >> 8);
    return c ^ 0xffffffffU;
}

QByteArray chunk(QByteArrayView type, const QByteArray &content)
{
    QByteArray length(4, '\0');
    qToBigEndian(quint32(content.size()), length.data());
    const QByteArray body = type.toByteArray() + content;
    QByteArray sum(4, '\0');
    qToBigEndian(crc(body), sum.data());
    return length + body + sum;
}

/// A graph with an axis and a falling line, 160 by 90 pixels: what a screenshot of a dashboard looks like from afar.
QByteArray picture(quint64 seed)
{
    constexpr int width = 160;
    constexpr int height = 90;
    Random random(seed);
    std::array<int, width> line{};
    int y = 20 + int(random.below(20));
    for (int &value : line) {
        y = qBound(8, y + int(random.below(7)) - 3 + (random.oneIn(30) ? 18 : 0), height - 10);
        value = y;
    }
    QByteArray pixels;
    for (int row = 0; row < height; ++row) {
        pixels += '\0'; // no filter
        for (int column = 0; column < width; ++column) {
            quint32 colour = row % 20 == 10 ? 0xe4e8ee : 0xffffff;
            if (column == 6 || row == height - 6)
                colour = 0x8a94a6;
            else if (column > 6 && qAbs(row - line[size_t(column)]) < 2)
                colour = 0xd13212;
            pixels += char(colour >> 16);
            pixels += char((colour >> 8) & 0xff);
            pixels += char(colour & 0xff);
        }
    }
    QByteArray header(13, '\0');
    qToBigEndian(quint32(width), header.data());
    qToBigEndian(quint32(height), header.data() + 4);
    header[8] = 8; // bits
    header[9] = 2; // red, green, blue
    return QByteArray("\x89PNG\r\n\x1a\n", 8) + chunk("IHDR", header) + chunk("IDAT", qCompress(pixels, 9).mid(4))
        + chunk("IEND", {});
}

QByteArray logBlock(quint64 seed, qint64 block)
{
    static constexpr const char *lines[]{
        "INFO  c.e.shop.http.Server - GET /api/v2/cart 200 12ms",
        "INFO  c.e.shop.http.Server - GET /api/v2/products?page=3 200 31ms",
        "WARN  c.z.hikari.pool.HikariPool - shop-pool - Connection is not available, request timed out after 30000ms",
        "INFO  c.e.shop.order.OrderService - order accepted, reserving stock",
        "ERROR c.e.shop.http.Server - POST /api/v2/orders 503 30008ms",
        "DEBUG s.a.awssdk.request - Received successful response: 200",
        "INFO  c.e.shop.session.SessionStore - evicted 412 sessions",
    };
    Random random(seed ^ quint64(block * 31 + 1));
    QByteArray text;
    qint64 at = block * 9000;
    while (text.size() < blockSize) {
        at += random.below(700);
        text += "09:" + QByteArray::number(at / 60000 % 60).rightJustified(2, '0') + ':'
            + QByteArray::number(at / 1000 % 60).rightJustified(2, '0') + '.'
            + QByteArray::number(at % 1000).rightJustified(3, '0') + ' ' + lines[random.below(qint64(std::size(lines)))]
            + '\n';
    }
    return text.first(blockSize);
}

QByteArray noiseBlock(quint64 seed, qint64 block)
{
    Random random(seed ^ quint64(block * 31 + 1));
    QByteArray bytes(blockSize, Qt::Uninitialized);
    for (qint64 i = 0; i < blockSize; i += 8)
        qToLittleEndian(random.next(), bytes.data() + i);
    return bytes;
}

bool isText(const QString &name)
{
    static const QStringList endings{u".log"_s, u".txt"_s, u".json"_s, u".csv"_s, u".yaml"_s, u".out"_s};
    return std::any_of(endings.begin(), endings.end(), [&name](const QString &e) { return name.endsWith(e); });
}

} // namespace

QByteArray attachmentBytes(const DemoAttachment &attachment, qint64 offset, qint64 length)
{
    offset = qBound<qint64>(0, offset, attachment.size);
    const qint64 end = length < 0 ? attachment.size : qMin(attachment.size, offset + length);
    if (!attachment.data.isEmpty())
        return attachment.data.mid(offset, end - offset);
    if (attachment.fileName.endsWith(".png"_L1)) {
        // What comes after the end of a picture is padding that no viewer minds.
        return picture(attachment.seed).leftJustified(attachment.size, '\0', true).mid(offset, end - offset);
    }
    const bool text = isText(attachment.fileName);
    QByteArray bytes;
    bytes.reserve(end - offset);
    for (qint64 block = offset / blockSize; block * blockSize < end; ++block) {
        const QByteArray content = text ? logBlock(attachment.seed, block) : noiseBlock(attachment.seed, block);
        const qint64 from = qMax<qint64>(0, offset - block * blockSize);
        bytes += QByteArrayView(content).sliced(from, qMin(blockSize, end - block * blockSize) - from);
    }
    return bytes;
}

} // namespace casement::demo
