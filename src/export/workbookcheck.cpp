#include "export/workbookcheck.h"

#include <QFile>

#include <zip.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace casement {

namespace {

constexpr std::string_view sheetFolder("xl/worksheets/sheet");
constexpr std::string_view sheetEnd("</worksheet>");

struct CloseZip
{
    void operator()(zip_t *zip) const { zip_discard(zip); }
    void operator()(zip_file_t *file) const { zip_fclose(file); }
};

/// Reads the entry to its end, where the sum of its bytes is compared.
bool hasEnd(zip_t *zip, zip_uint64_t index)
{
    const std::unique_ptr<zip_file_t, CloseZip> file(zip_fopen_index(zip, index, 0));
    if (!file)
        return false;
    std::vector<char> piece(256 * 1024);
    std::string tail;
    zip_int64_t count = 0;
    while ((count = zip_fread(file.get(), piece.data(), piece.size())) > 0) {
        tail.append(piece.data(), size_t(count));
        if (tail.size() > sheetEnd.size())
            tail.erase(0, tail.size() - sheetEnd.size());
    }
    return count == 0 && tail == sheetEnd;
}

} // namespace

bool isWorkbookWhole(const QString &path, qsizetype sheets)
{
    const std::unique_ptr<zip_t, CloseZip> zip(zip_open(QFile::encodeName(path).constData(), ZIP_RDONLY, nullptr));
    if (!zip)
        return false;
    qsizetype whole = 0;
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip.get(), 0); ++i) {
        const char *name = zip_get_name(zip.get(), zip_uint64_t(i), ZIP_FL_ENC_RAW);
        if (name && std::string_view(name).starts_with(sheetFolder))
            whole += hasEnd(zip.get(), zip_uint64_t(i));
    }
    return whole == sheets;
}

} // namespace casement
