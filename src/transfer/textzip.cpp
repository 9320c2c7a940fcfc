#include "transfer/textzip.h"

#include "base/error.h"

#include <zip.h>

#include <sys/stat.h>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

Error textZipError(zip_error_t *error)
{
    return {.kind = Error::Kind::File,
            .message = u"the ZIP can't be made: %1"_s.arg(QString::fromUtf8(zip_error_strerror(error)))};
}

bool addText(zip_t *zip, const ZippedText &text)
{
    zip_source_t *source = zip_source_buffer(zip, text.content.constData(), zip_uint64_t(text.content.size()), 0);
    if (!source)
        return false;
    const zip_int64_t index = zip_file_add(zip, text.name.toUtf8().constData(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_set_file_compression(zip, zip_uint64_t(index), ZIP_CM_DEFLATE, 0) == 0
        && zip_file_set_external_attributes(zip, zip_uint64_t(index), 0, ZIP_OPSYS_UNIX,
                                            zip_uint32_t(S_IFREG | 0644) << 16)
        == 0;
}

/// All that the source holds.
Result<QByteArray> wholeOf(zip_source_t *source)
{
    zip_stat_t status;
    zip_stat_init(&status);
    if (zip_source_stat(source, &status) != 0 || zip_source_open(source) != 0)
        return textZipError(zip_source_error(source));
    QByteArray whole(qsizetype(status.size), Qt::Uninitialized);
    const zip_int64_t count = zip_source_read(source, whole.data(), status.size);
    zip_source_close(source);
    if (count != zip_int64_t(status.size))
        return textZipError(zip_source_error(source));
    return whole;
}

} // namespace

Result<QByteArray> zipTexts(const QList<ZippedText> &texts)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t *zip = target ? zip_open_from_source(target, ZIP_TRUNCATE, &error) : nullptr;
    if (!zip) {
        const Error failed = textZipError(&error);
        zip_error_fini(&error);
        if (target)
            zip_source_free(target);
        return failed;
    }
    zip_error_fini(&error);
    zip_source_keep(target); // closing the ZIP lets go of it
    Result<QByteArray> made = Error{};
    const bool isAdded =
        std::all_of(texts.begin(), texts.end(), [zip](const ZippedText &text) { return addText(zip, text); });
    if (isAdded && zip_close(zip) == 0) {
        made = wholeOf(target);
    } else {
        made = textZipError(zip_get_error(zip));
        zip_discard(zip);
    }
    zip_source_free(target);
    return made;
}

} // namespace casement
