#pragma once

#include <QByteArrayView>
#include <QImage>
#include <QList>
#include <QString>
#include <QStringList>

/// What of a downloaded file can be looked at without another program. Files are hostile: nothing of them is obeyed,
/// and every size has a bound. Pure functions, meant for the pool.
namespace casement {

/// What a preview shows.
struct PreviewContent
{
    enum class Kind { Nothing, Picture, Text, Table };
    /// Why there is nothing.
    enum class Reason {
        None,
        NoPreview, ///< of such files
        Damaged,
        TooLarge, ///< a picture
        Unreadable, ///< the file
    };

    Kind kind = Kind::Nothing;
    Reason reason = Reason::None;
    QImage picture; ///< not larger than `largestSide`
    QSize pictureSize; ///< as it is in the file
    QString text; ///< fit for a screen; lines of at most `longestLine` characters
    QList<QStringList> rows; ///< of a table; the first may be its heading
    int columns = 0;
    bool isCut = false; ///< the file goes on
    bool isBroken = false; ///< lines that are too long were parted

    static constexpr int largestSide = 4096; ///< pixels
    static constexpr qint64 mostBytes = 2 << 20; ///< of a text
    static constexpr int mostLines = 50'000;
    static constexpr int longestLine = 2'000;
    static constexpr int mostRows = 5'000;
    static constexpr int mostColumns = 200;
    static constexpr int longestCell = 2'000;
};

/// Whether files of that name are worth trying: pictures, texts, JSON, CSV.
bool hasPreview(const QString &name);

/// Whether a file of that name is one of the pictures that are shown.
bool hasPictureName(const QString &name);
/// The format of a picture for QImageReader, by its first bytes; empty when it is none that is shown.
QByteArray pictureFormat(QByteArrayView start);

/// What can be shown of a file. Pictures are known by what is in them (PNG, JPEG, GIF, WebP, BMP; never SVG), JSON and
/// CSV by `name` as well.
PreviewContent previewOf(const QString &path, const QString &name);

/// A text of unknown encoding: by its byte order mark, UTF-8, UTF-16, Shift_JIS, else Latin-1. A character that the end
/// cuts is left out.
QString decodeText(QByteArrayView bytes);

/// The rows of a CSV text, whose separator is found out: comma, semicolon or tab. A quote that is never closed reaches
/// to the end. At most `mostRows` + 1 rows.
QList<QStringList> parseCsv(const QString &text);

} // namespace casement
