#include "base/privacy.h"

#include <QDir>
#include <QFile>
#include <QFileDevice>
#include <QRegularExpression>

#include <optional>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace casement {

namespace {

constexpr mode_t others = 077;

std::optional<mode_t> startMask; // once files are private

} // namespace

void makeFilesPrivate()
{
    const mode_t before = ::umask(others);
    if (!startMask)
        startMask = before;
}

unsigned usualMask()
{
    if (startMask)
        return *startMask;
    const mode_t now = ::umask(others); // there is no way to only ask
    ::umask(now);
    return now;
}

void giveUsualRights(QFileDevice &file)
{
    if (file.handle() >= 0)
        ::fchmod(file.handle(), 0666 & ~usualMask());
}

void forbidCoreDumps()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_max == 0) {
        ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
        return;
    }
    limit.rlim_cur = 1;
    if (::setrlimit(RLIMIT_CORE, &limit) != 0)
        ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

bool keepFromOthers(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat status = {};
    if (::lstat(name.constData(), &status) != 0 || S_ISLNK(status.st_mode))
        return false;
    return (status.st_mode & others) == 0 || ::chmod(name.constData(), status.st_mode & ~mode_t(others) & 07777) == 0;
}

bool isOpenToOthers(const QString &folder)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(folder).constData(), &status) == 0 && S_ISDIR(status.st_mode)
        && (status.st_mode & others) != 0;
}

QString withoutUserName(const QString &text)
{
    QString cut = text;
    const QString home = QDir::homePath();
    if (home.size() > 1) {
        // Only as a whole path: the name of one person may begin as that of another.
        for (qsizetype at = cut.indexOf(home); at >= 0; at = cut.indexOf(home, at + 1)) {
            const qsizetype end = at + home.size();
            const QChar after = end < cut.size() ? cut.at(end) : QChar(u'/');
            if (!after.isLetterOrNumber() && after != u'-' && after != u'_' && after != u'.')
                cut.replace(at, home.size(), u'~');
        }
    }
    // Never destroyed: libraries log until the very end of a process.
    static const QRegularExpression &foreign =
        *new QRegularExpression(QStringLiteral(R"re((/(?:home|Users)/)[^/\s"'”:,;)]+)re"));
    return cut.replace(foreign, QStringLiteral("\\1…"));
}

} // namespace casement
