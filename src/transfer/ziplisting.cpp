#include "transfer/ziplisting.h"

#include "transfer/filecode.h"
#include "transfer/filename.h"
#include "transfer/localfile.h"

#include <QFile>

#include <dirent.h>
#include <fcntl.h>

#include <algorithm>
#include <cerrno>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostEntries = 65'535; // a ZIP that any program reads

class Lister
{
public:
    Lister(bool withKeys, const std::atomic<bool> &isCancelled)
        : m_isCancelled(isCancelled), m_keyPlaces(withKeys ? QList<FileId>() : keyPlaces())
    {
    }

    Result<void> addChosen(const QString &path, bool withKeys)
    {
        const QByteArray onDisk = diskPath(path);
        struct stat status = {};
        if (onDisk.isEmpty() || ::stat(onDisk.constData(), &status) != 0)
            return readError(onDisk, onDisk.isEmpty() ? ENOENT : errno);
        if (!withKeys && isInKeyFolder(path))
            return keysError(onDisk);
        if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
            return readError(filecode::notRegular, onDisk, u"it is not a regular file"_s);
        QString name = pathFromBytes(onDisk);
        while (name.endsWith(u'/'))
            name.chop(1);
        const QByteArray safe = m_top.add(sentFileName(name.section(u'/', -1))).toUtf8();
        return add(onDisk, safe, status, Links::Follow);
    }

    // Lists the folders that were added, and those in them.
    Result<void> walk()
    {
        while (!m_folders.empty()) {
            const std::size_t at = m_folders.back();
            m_folders.pop_back();
            if (const Result<void> listed = addContents(m_listing.entries.at(at)); !listed)
                return listed;
        }
        return {};
    }

    ZipListing take() { return std::move(m_listing); }

private:
    struct Child
    {
        QByteArray name;
        struct stat status = {};
    };

    static Error keysError(const QByteArray &path)
    {
        return readError(filecode::holdsKeys, path, u"keys and passwords are kept there"_s);
    }

    Result<void> add(const QByteArray &path, const QByteArray &name, const struct stat &status, Links links)
    {
        if (m_isCancelled)
            return Error{.kind = Error::Kind::Cancelled};
        if (m_keyPlaces.contains(FileId{quint64(status.st_dev), quint64(status.st_ino)}))
            return keysError(path);
        if (m_listing.entries.size() == mostEntries)
            return readError(filecode::tooMany, path, u"there are more than 65,535 files"_s);
        const bool isFolder = S_ISDIR(status.st_mode);
        if (isFolder) {
            m_folders.push_back(m_listing.entries.size());
        } else {
            ++m_listing.files;
            m_listing.bytes += status.st_size;
        }
        m_listing.entries.push_back(
            {.diskPath = path, .name = isFolder ? name + '/' : name, .state = FileState::of(status), .links = links});
        return {};
    }

    Result<void> addContents(const ZipEntry folder) // a copy: the list grows
    {
        Result<std::vector<Child>> children = childrenOf(folder);
        if (!children)
            return children.error();
        // A folder gives its names in no order; a ZIP of it should be the same each time.
        std::sort(children->begin(), children->end(), [](const Child &a, const Child &b) { return a.name < b.name; });
        const QByteArray start = folder.diskPath.endsWith('/') ? folder.diskPath : folder.diskPath + '/';
        DistinctNames names;
        for (const Child &child : *children) {
            if (!S_ISREG(child.status.st_mode) && !S_ISDIR(child.status.st_mode)) {
                ++m_listing.skipped;
                continue;
            }
            const QByteArray safe = names.add(sentFileName(pathFromBytes(child.name))).toUtf8();
            if (const Result<void> added = add(start + child.name, folder.name + safe, child.status, Links::Refuse);
                !added)
                return added;
        }
        return {};
    }

    Result<std::vector<Child>> childrenOf(const ZipEntry &folder) const
    {
        const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (folder.links == Links::Follow ? 0 : O_NOFOLLOW);
        const int descriptor = ::open(folder.diskPath.constData(), flags);
        DIR *entries = descriptor < 0 ? nullptr : ::fdopendir(descriptor);
        if (!entries)
            return readError(folder.diskPath, errno);
        std::vector<Child> children;
        int error = 0;
        for (;;) {
            errno = 0;
            const dirent *entry = ::readdir(entries);
            if (!entry) {
                error = errno;
                break;
            }
            Child child{.name = entry->d_name};
            if (child.name == "." || child.name == "..")
                continue;
            if (::fstatat(descriptor, entry->d_name, &child.status, AT_SYMLINK_NOFOLLOW) != 0) {
                error = errno;
                break;
            }
            children.push_back(std::move(child));
        }
        ::closedir(entries);
        if (error != 0)
            return readError(folder.diskPath, error);
        return children;
    }

    const std::atomic<bool> &m_isCancelled;
    const QList<FileId> m_keyPlaces;
    ZipListing m_listing;
    DistinctNames m_top;
    std::vector<std::size_t> m_folders; ///< entries whose contents are not listed yet
};

} // namespace

Result<ZipListing> listForZip(const QStringList &paths, bool withKeys, const std::atomic<bool> &isCancelled)
{
    Lister lister(withKeys, isCancelled);
    for (const QString &path : paths) {
        if (const Result<void> added = lister.addChosen(path, withKeys); !added)
            return added.error();
    }
    if (const Result<void> walked = lister.walk(); !walked)
        return walked.error();
    ZipListing listing = lister.take();
    if (listing.files == 0)
        return readError(filecode::empty, diskPath(paths.value(0)), u"there is no file in it"_s);
    return listing;
}

} // namespace casement
