#include "ui/thumbnails.h"

#include "base/background.h"
#include "transfer/localfile.h"
#include "ui/previewcontent.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageReader>

#include <algorithm>
#include <cmath>

namespace casement {

using namespace Qt::StringLiterals;

Thumbnails &Thumbnails::instance()
{
    static QPointer<Thumbnails> one;
    if (!one)
        one = new Thumbnails(QCoreApplication::instance());
    return *one;
}

Thumbnails::Thumbnails(QObject *parent) : QObject(parent), m_pixmaps(kept)
{
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowPriority);
}

Thumbnails::~Thumbnails() { m_pool.clear(); }

QImage Thumbnails::make(const QString &path, int pixels)
{
    const Result<LocalFile> file = inspectFile(path); // no pipe makes it wait
    if (!file || file->size > mostBytes)
        return {};
    Result<QByteArray> bytes = readPart(*file, 0, std::min<qint64>(file->size, 64));
    const QByteArray format = bytes ? pictureFormat(*bytes) : QByteArray();
    if (format.isEmpty())
        return {};
    bytes = readPart(*file, 0, file->size);
    if (!bytes)
        return {};
    QBuffer buffer(&*bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    const qint64 most = format == "jpeg" ? mostScaledPixels : mostPixels;
    if (size.isEmpty() || qint64(size.width()) * size.height() > most)
        return {};
    const QSize scaled = size.scaled(pixels, pixels, Qt::KeepAspectRatio).expandedTo({1, 1});
    if (scaled.width() < size.width())
        reader.setScaledSize(scaled);
    return reader.read().convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

QPixmap Thumbnails::find(const QString &path, const QString &name, int side, qreal devicePixelRatio, qint64 stamp)
{
    if (path.isEmpty() || !hasPictureName(name))
        return {};
    const int pixels = int(std::ceil(side * devicePixelRatio));
    const QString key = u"%1/%2/%3"_s.arg(pixels).arg(stamp).arg(path);
    if (const QPixmap *known = m_pixmaps.object(key))
        return *known;
    if (m_making.contains(key))
        return {};
    m_making.insert(key);
    inBackground(
        this, [path, pixels] { return make(path, pixels); },
        [this, key, path, devicePixelRatio](const QImage &image) {
            m_making.remove(key);
            QPixmap pixmap = QPixmap::fromImage(image);
            pixmap.setDevicePixelRatio(devicePixelRatio);
            m_pixmaps.insert(key, new QPixmap(pixmap), int(std::max<qsizetype>(1, image.sizeInBytes())));
            if (!pixmap.isNull())
                Q_EMIT made(path);
        },
        &m_pool);
    return {};
}

} // namespace casement
