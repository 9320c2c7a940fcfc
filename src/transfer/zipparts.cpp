#include "transfer/zipparts.h"

#include "transfer/filecode.h"
#include "transfer/filehandle.h"

#include <QFile>

#include <zip.h>

#include <cstring>
#include <memory>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 ofZip = 256; // bytes for its end
constexpr qint64 ofEntry = 256; // for what is told of a file, twice, beside its name

} // namespace

Result<ZipParts> planZipParts(const QString &zip, qint64 largest)
{
    int code = 0;
    const std::unique_ptr<zip_t, void (*)(zip_t *)> opened(
        zip_open(QFile::encodeName(zip).constData(), ZIP_RDONLY, &code), &zip_discard);
    if (!opened)
        return readError(filecode::notReadable, QFile::encodeName(zip), u"it is no ZIP any more"_s);
    ZipParts parts;
    qint64 room = 0;
    const zip_int64_t entries = zip_get_num_entries(opened.get(), 0);
    for (zip_int64_t entry = 0; entry < entries; ++entry) {
        zip_stat_t status;
        if (zip_stat_index(opened.get(), zip_uint64_t(entry), 0, &status) != 0)
            return readError(filecode::notReadable, QFile::encodeName(zip), u"it is no ZIP any more"_s);
        const qint64 bytes = qint64(status.comp_size) + 2 * qint64(std::strlen(status.name)) + ofEntry;
        if (bytes > largest - ofZip)
            return ZipParts();
        if (bytes > room) {
            parts.append(QList<qint64>());
            room = largest - ofZip;
        }
        parts.last().append(entry);
        room -= bytes;
    }
    return parts;
}

} // namespace casement
