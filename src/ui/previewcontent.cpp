#include "ui/previewcontent.h"

#include "models/displaytext.h"
#include "support/jsonindent.h"

#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QStringDecoder>

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

using Kind = PreviewContent::Kind;
using Reason = PreviewContent::Reason;

constexpr qint64 mostPixels = 100'000'000;
constexpr qsizetype sniffed = 8192; // bytes or characters that tell what a file is
constexpr qsizetype mostIndented = 8 << 20; // bytes of JSON that was laid out

const QStringList &pictureEndings()
{
    static const QStringList list{u"png"_s, u"jpg"_s, u"jpeg"_s, u"gif"_s, u"webp"_s, u"bmp"_s};
    return list;
}

const QStringList &textEndings()
{
    static const QStringList list{u"txt"_s,  u"log"_s,   u"out"_s, u"err"_s,       u"md"_s,   u"yaml"_s,
                                  u"yml"_s,  u"ini"_s,   u"cfg"_s, u"conf"_s,      u"toml"_s, u"trace"_s,
                                  u"diff"_s, u"patch"_s, u"sql"_s, u"properties"_s};
    return list;
}

const QStringList &jsonEndings()
{
    static const QStringList list{u"json"_s, u"har"_s, u"jsonl"_s, u"ndjson"_s};
    return list;
}

const QStringList &tableEndings()
{
    static const QStringList list{u"csv"_s, u"tsv"_s};
    return list;
}

QString endingOf(const QString &name) { return name.mid(name.lastIndexOf(u'.') + 1).trimmed().toLower(); }

PreviewContent nothing(Reason reason)
{
    PreviewContent content;
    content.reason = reason;
    return content;
}

PreviewContent pictureOf(QFile &file, const QByteArray &format)
{
    if (!QImageReader::supportedImageFormats().contains(format))
        return nothing(Reason::NoPreview);
    file.seek(0);
    QImageReader reader(&file, format);
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (!size.isValid() || size.isEmpty())
        return nothing(Reason::Damaged);
    if (qint64(size.width()) * size.height() > mostPixels)
        return nothing(Reason::TooLarge);
    PreviewContent content;
    content.kind = Kind::Picture;
    content.pictureSize =
        reader.transformation().testFlag(QImageIOHandler::TransformationRotate90) ? size.transposed() : size;
    constexpr int side = PreviewContent::largestSide;
    if (size.width() > side || size.height() > side) {
        QSize scaled = size.scaled(side, side, Qt::KeepAspectRatio);
        scaled = scaled.expandedTo({1, 1});
        reader.setScaledSize(scaled);
    }
    content.picture = reader.read();
    if (!content.picture.isNull())
        return content;
    // What is larger than QImageReader's limit of memory fails as unreadable.
    const bool isLarge = qint64(size.width()) * size.height() * 4 > (qint64(QImageReader::allocationLimit()) << 20);
    return nothing(isLarge ? Reason::TooLarge : Reason::Damaged);
}

/// The text as lines that a view can lay out.
void setText(PreviewContent &content, const QString &whole)
{
    const QString text = bodyText(whole);
    content.kind = Kind::Text;
    content.text.reserve(text.size() + text.size() / PreviewContent::longestLine);
    int lines = 1;
    int length = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        const bool ends = c == u'\n';
        if (!ends && length >= PreviewContent::longestLine && !c.isLowSurrogate()) {
            content.text += u'\n';
            content.isBroken = true;
            length = 0;
            ++lines;
        }
        lines += ends ? 1 : 0;
        if (lines > PreviewContent::mostLines) {
            content.isCut = true;
            return;
        }
        content.text += c;
        length = ends ? 0 : length + 1;
    }
}

void setTable(PreviewContent &content, const QString &text)
{
    content.kind = Kind::Table;
    content.rows = parseCsv(text);
    if (content.rows.size() > PreviewContent::mostRows) {
        content.rows.removeLast();
        content.isCut = true;
    }
    for (const QStringList &row : std::as_const(content.rows))
        content.columns = qMax(content.columns, int(row.size()));
}

/// A text has no NUL and next to no control characters but those of terminals.
bool isBinary(QByteArrayView bytes)
{
    const QString start = decodeText(bytes.first(qMin(bytes.size(), sniffed)));
    const auto isControl = [](QChar c) { return c.unicode() < 0x20 && !u"\b\t\n\f\r\x1b"_s.contains(c); };
    return start.contains(u'\0') || std::count_if(start.begin(), start.end(), isControl) * 20 > start.size();
}

/// UTF-16 without a mark: every other byte of most texts is 0.
std::optional<QStringConverter::Encoding> utf16Of(QByteArrayView bytes)
{
    const qsizetype count = qMin(bytes.size(), sniffed) & ~qsizetype(1);
    if (count < 4)
        return {};
    qsizetype even = 0;
    qsizetype odd = 0;
    for (qsizetype i = 0; i < count; i += 2) {
        even += bytes[i] == '\0' ? 1 : 0;
        odd += bytes[i + 1] == '\0' ? 1 : 0;
    }
    const qsizetype many = count / 2 * 7 / 10;
    if (odd >= many && even == 0)
        return QStringConverter::Utf16LE;
    if (even >= many && odd == 0)
        return QStringConverter::Utf16BE;
    return {};
}

bool hasKana(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c >= u'\u3041' && c <= u'\u30fe'; });
}

QChar separatorOf(const QString &text)
{
    constexpr std::array separators{u',', u';', u'\t'};
    std::array<int, separators.size()> counts{};
    bool isQuoted = false;
    for (const QChar c : QStringView(text).first(qMin(text.size(), sniffed))) {
        isQuoted = isQuoted != (c == u'"');
        const auto at = std::find(separators.begin(), separators.end(), c.unicode());
        if (!isQuoted && at != separators.end())
            ++counts[size_t(at - separators.begin())];
    }
    return separators[size_t(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

} // namespace

bool hasPictureName(const QString &name) { return name.contains(u'.') && pictureEndings().contains(endingOf(name)); }

QByteArray pictureFormat(QByteArrayView start)
{
    if (start.startsWith("\x89PNG\r\n\x1a\n"))
        return "png";
    if (start.startsWith("\xff\xd8\xff"))
        return "jpeg";
    if (start.startsWith("GIF87a") || start.startsWith("GIF89a"))
        return "gif";
    if (start.size() > 12 && start.startsWith("RIFF") && start.sliced(8, 4) == QByteArrayView("WEBP"))
        return "webp";
    // Two letters are no proof: the header's size has to be one, too.
    if (start.size() > 18 && start.startsWith("BM") && start.sliced(15, 3) == QByteArrayView("\0\0\0", 3))
        return "bmp";
    return {};
}

bool hasPreview(const QString &name)
{
    if (!name.contains(u'.'))
        return false;
    const QString ending = endingOf(name);
    return pictureEndings().contains(ending) || textEndings().contains(ending) || jsonEndings().contains(ending)
        || tableEndings().contains(ending);
}

QString decodeText(QByteArrayView bytes)
{
    if (const auto marked = QStringConverter::encodingForData(bytes)) {
        QStringDecoder decoder(*marked);
        return decoder(bytes);
    }
    if (const auto utf16 = utf16Of(bytes)) {
        QStringDecoder decoder(*utf16, QStringConverter::Flag::Stateless);
        return decoder(bytes.first(bytes.size() & ~qsizetype(1)));
    }
    // The end may be in the middle of a character.
    for (qsizetype cut = 0; cut < qMin<qsizetype>(4, bytes.size() + 1); ++cut) {
        const QByteArrayView whole = bytes.chopped(cut);
        if (QUtf8StringView(whole.data(), whole.size()).isValidUtf8())
            return QString::fromUtf8(whole);
    }
    if (QStringDecoder japanese("Shift_JIS"); japanese.isValid()) {
        const QString text = japanese(bytes.chopped(0));
        if (!japanese.hasError() && hasKana(text))
            return text;
    }
    return QString::fromLatin1(bytes);
}

QList<QStringList> parseCsv(const QString &text)
{
    const QChar separator = separatorOf(text);
    QList<QStringList> rows;
    QStringList row;
    QString cell;
    bool isQuoted = false;
    bool wasQuoted = false; // an empty cell in quotes is a row
    const auto endCell = [&] {
        if (row.size() < PreviewContent::mostColumns)
            row.append(displayText(cell));
        cell.clear();
    };
    const auto endRow = [&] {
        if (row.isEmpty() && cell.isEmpty() && !wasQuoted)
            return;
        endCell();
        rows.append(std::exchange(row, {}));
        wasQuoted = false;
    };
    for (qsizetype i = 0; i < text.size() && rows.size() <= PreviewContent::mostRows; ++i) {
        const QChar c = text.at(i);
        if (c == u'"' && isQuoted && i + 1 < text.size() && text.at(i + 1) == u'"')
            ++i; // and goes into the cell
        else if (c == u'"' && (isQuoted || cell.isEmpty())) {
            isQuoted = !isQuoted;
            wasQuoted = true;
            continue;
        } else if (!isQuoted && c == separator) {
            endCell();
            continue;
        } else if (!isQuoted && (c == u'\n' || c == u'\r')) {
            endRow();
            continue;
        }
        if (cell.size() < PreviewContent::longestCell)
            cell += c;
    }
    if (rows.size() <= PreviewContent::mostRows)
        endRow();
    return rows;
}

PreviewContent previewOf(const QString &path, const QString &name)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return nothing(Reason::Unreadable);
    const QByteArray bytes = file.read(PreviewContent::mostBytes);
    if (const QByteArray format = pictureFormat(bytes); !format.isEmpty())
        return pictureOf(file, format);
    const QString ending = endingOf(name);
    if (pictureEndings().contains(ending))
        return nothing(Reason::Damaged);
    const bool isKnownText = textEndings().contains(ending);
    const bool isJson = jsonEndings().contains(ending);
    const bool isTable = tableEndings().contains(ending);
    if (!isKnownText && !isJson && !isTable && isBinary(bytes))
        return nothing(Reason::NoPreview);
    PreviewContent content;
    content.isCut = !file.atEnd();
    QString text = decodeText(bytes);
    if (isTable) {
        setTable(content, text);
        return content;
    }
    if (isJson && !content.isCut) {
        if (const Result<QByteArray> laidOut = indentJson(text.toUtf8(), false, mostIndented))
            text = QString::fromUtf8(*laidOut);
    }
    setText(content, text);
    return content;
}

} // namespace casement
