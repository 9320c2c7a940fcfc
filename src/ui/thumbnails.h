#pragma once

#include <QCache>
#include <QImage>
#include <QObject>
#include <QPixmap>
#include <QPointer>
#include <QSet>
#include <QString>
#include <QThreadPool>

namespace casement {

/// Small pictures of files that are pictures, made off the window's thread one after another and kept in little memory.
///
/// Files are hostile: only what PreviewContent takes for a picture is read, its header decides whether its pixels are,
/// and no more bytes than `mostBytes` of a file nor more pixels than `mostPixels` of a picture.
class Thumbnails final : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 mostBytes = 32LL << 20;
    static constexpr qint64 mostPixels = 16'000'000; ///< of formats that are decoded whole
    static constexpr qint64 mostScaledPixels = 24'000'000; ///< of JPEG, which is decoded as small as it is wanted
    static constexpr int kept = 4 << 20; ///< bytes, of all of them

    /// The one of this program, which goes with the application.
    static Thumbnails &instance();

    /// The picture of a file, of at most `side` logical pixels; null when it has none, and while it is being made:
    /// made() tells. Costs nothing when the name is not that of a picture. `stamp` is another one when the file is.
    QPixmap find(const QString &path, const QString &name, int side, qreal devicePixelRatio, qint64 stamp = 0);

    /// What find() shows, for the pool; null for what is no picture, or too large, or damaged.
    static QImage make(const QString &path, int pixels);

Q_SIGNALS:
    void made(const QString &path);

private:
    explicit Thumbnails(QObject *parent);
    ~Thumbnails() override;

    QCache<QString, QPixmap> m_pixmaps; // by path and size; null ones for files that have none
    QSet<QString> m_making;
    QThreadPool m_pool; // one thread: a bound for the memory of all
};

} // namespace casement
