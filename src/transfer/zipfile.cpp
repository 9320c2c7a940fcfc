#include "transfer/zipfile.h"

#include "transfer/filecode.h"
#include "transfer/fileerror.h"

#include <QFile>

#include <fcntl.h>
#include <unistd.h>

#include <zip.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <memory>
#include <optional>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// What the files of one ZIP share while they are read.
struct ZipReading
{
    const std::atomic<bool> &isCancelled;
    const ZipFile::Progress &progress;
    qint64 done = 0;
    std::optional<Error> error; ///< what libzip has no words for
};

/// A file as libzip reads it: opened when its turn comes, with a look at what it is then and once more at its end.
class FileSource
{
public:
    FileSource(const ZipEntry &entry, ZipReading &reading) : m_entry(entry), m_reading(reading) { }

    static zip_int64_t call(void *self, void *data, zip_uint64_t size, zip_source_cmd_t command)
    {
        auto *source = static_cast<FileSource *>(self);
        switch (command) {
        case ZIP_SOURCE_OPEN:
            return source->open();
        case ZIP_SOURCE_READ:
            return source->read(static_cast<char *>(data), qint64(size));
        case ZIP_SOURCE_CLOSE:
            source->m_file = OpenedFile();
            return 0;
        case ZIP_SOURCE_STAT:
            return source->describe(static_cast<zip_stat_t *>(data), size);
        case ZIP_SOURCE_ERROR:
            return zip_error_to_data(&source->m_error, data, size);
        case ZIP_SOURCE_FREE:
            zip_error_fini(&source->m_error);
            delete source;
            return 0;
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                                  ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SUPPORTS, -1);
        default:
            zip_error_set(&source->m_error, ZIP_ER_OPNOTSUPP, 0);
            return -1;
        }
    }

private:
    zip_int64_t open()
    {
        Result<OpenedFile> file = openRegularFile(m_entry.diskPath, m_entry.links);
        if (!file)
            return fail(file.error());
        if (FileState::of(file->status) != m_entry.state)
            return fail(changedError(m_entry.diskPath));
        m_file = std::move(*file);
        m_at = 0;
        return 0;
    }

    zip_int64_t read(char *data, qint64 size)
    {
        if (m_reading.isCancelled)
            return fail(Error{.kind = Error::Kind::Cancelled});
        const qint64 count = readSome(m_file.handle.get(), data, std::min(size, m_entry.state.size - m_at));
        if (count < 0)
            return fail(readError(m_entry.diskPath, errno));
        m_at += count;
        if (count == 0 && size > 0) {
            struct stat after = {};
            const bool isSame = ::fstat(m_file.handle.get(), &after) == 0 && FileState::of(after) == m_entry.state;
            if (!isSame || m_at != m_entry.state.size)
                return fail(changedError(m_entry.diskPath));
        }
        m_reading.done += count;
        m_reading.progress(m_reading.done);
        return count;
    }

    zip_int64_t describe(zip_stat_t *status, zip_uint64_t size) const
    {
        if (size < sizeof(zip_stat_t))
            return -1;
        zip_stat_init(status);
        status->valid = ZIP_STAT_SIZE | ZIP_STAT_MTIME;
        status->size = zip_uint64_t(m_entry.state.size);
        status->mtime = zipTime(m_entry.state.modified);
        return sizeof(zip_stat_t);
    }

    zip_int64_t fail(const Error &error)
    {
        if (!m_reading.error)
            m_reading.error = error;
        zip_error_set(&m_error, ZIP_ER_READ, 0);
        return -1;
    }

    const ZipEntry &m_entry;
    ZipReading &m_reading;
    OpenedFile m_file;
    qint64 m_at = 0;
    zip_error_t m_error = {};

public:
    /// A ZIP counts years from 1980 with seven bits.
    static time_t zipTime(qint64 modified)
    {
        constexpr time_t first = 315'619'200; // 2 January 1980, in any time zone
        constexpr time_t last = 4'354'646'400; // 30 December 2107
        return std::clamp(time_t(modified / 1'000'000'000), first, last);
    }
};

Error zipError(const QString &target, zip_error_t *error)
{
    if (zip_error_system_type(error) == ZIP_ET_SYS && zip_error_code_system(error) != 0)
        return writeError(target, zip_error_code_system(error));
    return writeError(filecode::notWritable, target, QString::fromUtf8(zip_error_strerror(error)));
}

bool addEntry(zip_t *zip, const ZipEntry &entry, ZipReading &reading)
{
    zip_int64_t index = -1;
    if (entry.isFolder()) {
        index = zip_dir_add(zip, entry.name.constData(), ZIP_FL_ENC_UTF_8);
        if (index < 0
            || zip_file_set_mtime(zip, zip_uint64_t(index), FileSource::zipTime(entry.state.modified), 0) != 0)
            return false;
    } else {
        auto *source = new FileSource(entry, reading);
        zip_source_t *added = zip_source_function(zip, &FileSource::call, source);
        if (!added) {
            delete source;
            return false;
        }
        index = zip_file_add(zip, entry.name.constData(), added, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(added);
            return false;
        }
        if (zip_set_file_compression(zip, zip_uint64_t(index), ZIP_CM_DEFLATE, 0) != 0)
            return false;
    }
    const zip_uint32_t mode = entry.isFolder() ? S_IFDIR | 0755 : S_IFREG | 0644;
    return zip_file_set_external_attributes(zip, zip_uint64_t(index), 0, ZIP_OPSYS_UNIX, mode << 16) == 0;
}

/// Length 0 stands for all of the compressed bytes.
bool addFrom(zip_t *to, zip_t *from, zip_uint64_t entry)
{
    const char *name = zip_get_name(from, entry, ZIP_FL_ENC_UTF_8);
    if (!name)
        return false;
    zip_int64_t index = -1;
    if (QByteArrayView(name).endsWith('/')) {
        index = zip_dir_add(to, name, ZIP_FL_ENC_UTF_8);
    } else {
        zip_source_t *source = zip_source_zip(to, from, entry, 0, 0, 0);
        index = source ? zip_file_add(to, name, source, ZIP_FL_ENC_UTF_8) : -1;
        if (source && index < 0)
            zip_source_free(source);
    }
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    return index >= 0 && zip_file_get_external_attributes(from, entry, 0, &system, &attributes) == 0
        && zip_file_set_external_attributes(to, zip_uint64_t(index), 0, system, attributes) == 0;
}

} // namespace

ZipFile::ZipFile(const QString &target)
    : m_target(target), m_folder(target.first(target.lastIndexOf(u'/') + 1), u"zip"_s)
{
}

QString ZipFile::whole() const { return m_folder.filePath(u"whole.zip"_s); }

Result<zip *> ZipFile::create() const
{
    if (!m_folder.isValid())
        return cannotWrite(m_target, m_folder.errorString());
    int code = 0;
    if (zip_t *made = zip_open(QFile::encodeName(whole()).constData(), ZIP_CREATE | ZIP_EXCL, &code))
        return made;
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const Error failed = zipError(m_target, &error);
    zip_error_fini(&error);
    return failed;
}

Result<void> ZipFile::toDisk() const
{
    const FileHandle file(::open(QFile::encodeName(whole()).constData(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen() || ::fchmod(file.get(), 0600) != 0)
        return writeError(m_target, errno);
    if (::fdatasync(file.get()) != 0 && errno != EINVAL) // a file system that can't is no reason
        return writeError(m_target, errno);
    return {};
}

Result<void> ZipFile::write(const ZipListing &listing, const std::atomic<bool> &isCancelled, const Progress &progress)
{
    const Result<zip_t *> created = create();
    if (!created)
        return created.error();
    zip_t *zip = *created;
    ZipReading reading{.isCancelled = isCancelled, .progress = progress};
    const bool isAdded = std::all_of(listing.entries.begin(), listing.entries.end(),
                                     [&](const ZipEntry &entry) { return addEntry(zip, entry, reading); });
    if (!isAdded || zip_close(zip) != 0) {
        const Error failed = reading.error ? *reading.error : zipError(m_target, zip_get_error(zip));
        zip_discard(zip);
        return failed;
    }
    return toDisk();
}

Result<void> ZipFile::writeEntries(const QString &zip, const QList<qint64> &entries,
                                   const std::atomic<bool> &isCancelled)
{
    int code = 0;
    const std::unique_ptr<zip_t, void (*)(zip_t *)> from(
        zip_open(QFile::encodeName(zip).constData(), ZIP_RDONLY, &code), &zip_discard);
    if (!from)
        return readError(filecode::notReadable, QFile::encodeName(zip), u"it is no ZIP any more"_s);
    const Result<zip_t *> created = create();
    if (!created)
        return created.error();
    zip_t *to = *created;
    const bool isAdded = std::all_of(entries.begin(), entries.end(),
                                     [&](qint64 entry) { return addFrom(to, from.get(), zip_uint64_t(entry)); });
    zip_register_cancel_callback_with_state(
        to, [](zip_t *, void *flag) { return int(static_cast<const std::atomic<bool> *>(flag)->load()); }, nullptr,
        const_cast<std::atomic<bool> *>(&isCancelled));
    if (!isAdded || zip_close(to) != 0) {
        const Error failed =
            isCancelled ? Error{.kind = Error::Kind::Cancelled} : zipError(m_target, zip_get_error(to));
        zip_discard(to);
        return failed;
    }
    return toDisk();
}

Result<void> ZipFile::commit()
{
    const int error = moveToFreeName(AT_FDCWD, QFile::encodeName(whole()).constData(), AT_FDCWD,
                                     QFile::encodeName(m_target).constData());
    if (error != 0)
        return writeError(m_target, error);
    m_folder.remove(); // nothing stands beside what is done
    return {};
}

} // namespace casement
