#include "cli/attachfiles.h"

#include "archive/outboxfiles.h"
#include "transfer/filecode.h"
#include "transfer/filename.h"

#include <algorithm>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

Error refusal(QLatin1StringView code, const QString &sentence)
{
    return {.kind = Error::Kind::File, .code = code, .message = sentence};
}

} // namespace

Result<QList<LocalFile>> inspectAttachments(const QStringList &paths)
{
    const UploadLimits limits = UploadLimits::of(UploadWay::Undecided);
    if (paths.size() > limits.mostFiles) {
        return refusal(
            {}, u"--attach names %1 files; a message takes %2 at most."_s.arg(paths.size()).arg(limits.mostFiles));
    }
    QList<LocalFile> files;
    for (const QString &path : paths) {
        if (isInKeyFolder(path)) {
            return refusal(filecode::holdsKeys,
                           u"%1 is where keys and passwords are kept, and is not sent."_s.arg(shownPath(path)));
        }
        const Result<LocalFile> file = inspectFile(path);
        if (!file)
            return file.error();
        if (file->size > limits.largestFile) {
            return refusal(filecode::tooLarge,
                           u"%1 has %2 bytes; the service takes files of %3 bytes at most."_s.arg(shownPath(path))
                               .arg(file->size)
                               .arg(limits.largestFile));
        }
        files.append(*file);
    }
    return files;
}

QStringList sentNames(const QList<LocalFile> &files)
{
    QStringList names;
    for (const LocalFile &file : files)
        names.append(distinctName(safeFileName(file.name), names));
    return names;
}

bool haveSamePaths(const QList<OutboxFile> &known, const QList<LocalFile> &files)
{
    return std::equal(known.begin(), known.end(), files.begin(), files.end(),
                      [](const OutboxFile &one, const LocalFile &other) { return one.file.path == other.path; });
}

bool isUnchanged(const LocalFile &known, const LocalFile &now)
{
    return known.path == now.path && known.size == now.size && known.modified == now.modified;
}

} // namespace casement::cli
