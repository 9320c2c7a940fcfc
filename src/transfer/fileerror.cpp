#include "transfer/fileerror.h"

#include "transfer/filecode.h"
#include "transfer/filename.h"

#include <QCoreApplication>

#include <array>
#include <cerrno>
#include <cstring>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// What an errno means for somebody who never heard of it.
struct Reason
{
    int error;
    const char *words;
};

constexpr std::array reasons{
    Reason{EACCES, QT_TRANSLATE_NOOP("casement::FileError", "the rights of the file or of its folder do not allow it")},
    Reason{EPERM, QT_TRANSLATE_NOOP("casement::FileError", "the rights of the file or of its folder do not allow it")},
    Reason{ENOENT, QT_TRANSLATE_NOOP("casement::FileError", "the file or its folder is not there")},
    Reason{ENOTDIR, QT_TRANSLATE_NOOP("casement::FileError", "a part of its path is no folder")},
    Reason{EISDIR, QT_TRANSLATE_NOOP("casement::FileError", "a folder has that name")},
    Reason{EEXIST, QT_TRANSLATE_NOOP("casement::FileError", "something of that name is there already")},
    Reason{EROFS, QT_TRANSLATE_NOOP("casement::FileError", "what it lies on can only be read")},
    Reason{ENOSPC, QT_TRANSLATE_NOOP("casement::FileError", "there is no room")},
    Reason{EDQUOT, QT_TRANSLATE_NOOP("casement::FileError", "there is no room")},
    Reason{EFBIG, QT_TRANSLATE_NOOP("casement::FileError", "it is too large for the file system")},
    Reason{ENAMETOOLONG, QT_TRANSLATE_NOOP("casement::FileError", "the name is too long")},
    Reason{ELOOP, QT_TRANSLATE_NOOP("casement::FileError", "it is a link that leads back to itself")},
    Reason{EIO, QT_TRANSLATE_NOOP("casement::FileError", "the disk reports an error")},
    Reason{EMFILE, QT_TRANSLATE_NOOP("casement::FileError", "too many files are open")},
    Reason{ENFILE, QT_TRANSLATE_NOOP("casement::FileError", "too many files are open")},
    Reason{EBUSY, QT_TRANSLATE_NOOP("casement::FileError", "another program is using it")},
    Reason{ETXTBSY, QT_TRANSLATE_NOOP("casement::FileError", "another program is using it")},
    Reason{ESTALE, QT_TRANSLATE_NOOP("casement::FileError", "the drive does not answer")},
    Reason{ENODEV, QT_TRANSLATE_NOOP("casement::FileError", "the drive does not answer")},
    Reason{ENXIO, QT_TRANSLATE_NOOP("casement::FileError", "the drive does not answer")},
    Reason{ENOTCONN, QT_TRANSLATE_NOOP("casement::FileError", "the drive does not answer")},
};

/// What this program says itself in the place of the system.
constexpr std::array ownWords{
    QT_TRANSLATE_NOOP("casement::FileError", "it is a folder"),
    QT_TRANSLATE_NOOP("casement::FileError", "it is not a regular file"),
    QT_TRANSLATE_NOOP("casement::FileError", "it is a link that leads to no file"),
    QT_TRANSLATE_NOOP("casement::FileError", "there is no such file"),
    QT_TRANSLATE_NOOP("casement::FileError", "it holds something that is not a file"),
    QT_TRANSLATE_NOOP("casement::FileError", "the copy is not the same as what was copied"),
};

constexpr std::array marks{" can't be read: "_L1, " can't be written: "_L1};

/// Qt translates the words of a few; those of the others are the C library's.
const Reason *reasonOf(const QString &why)
{
    for (const Reason &reason : reasons) {
        if (why == qt_error_string(reason.error) || why == QString::fromLocal8Bit(std::strerror(reason.error)))
            return &reason;
    }
    return nullptr;
}

QLatin1StringView codeOfWriting(int error)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return filecode::diskFull;
    case EEXIST:
        return filecode::exists;
    case ENOENT:
    case ENOTDIR:
        return filecode::noFolder;
    default:
        return filecode::notWritable;
    }
}

QString translatedReason(const char *words) { return QCoreApplication::translate("casement::FileError", words); }

} // namespace

Error cannotRead(const QString &path, const QString &why)
{
    return {.kind = Error::Kind::File, .code = filecode::notReadable, .message = shownPath(path) + marks[0] + why};
}

Error cannotWrite(const QString &path, const QString &why)
{
    const Reason *reason = reasonOf(why);
    return {.kind = Error::Kind::File,
            .code = codeOfWriting(reason ? reason->error : 0),
            .message = shownPath(path) + marks[1] + why};
}

FileTrouble fileTrouble(const Error &error)
{
    if (error.kind != Error::Kind::File)
        return {};
    for (const QLatin1StringView mark : marks) {
        if (const qsizetype at = error.message.indexOf(mark); at >= 0)
            return {error.message.first(at), error.message.sliced(at + mark.size()), mark == marks[1]};
    }
    return {};
}

QString fileReason(const QString &why)
{
    if (const Reason *reason = reasonOf(why))
        return translatedReason(reason->words);
    for (const char *words : ownWords) {
        if (why == QLatin1StringView(words))
            return translatedReason(words);
    }
    return why.isEmpty() ? translatedReason(QT_TRANSLATE_NOOP("casement::FileError", "the system does not say why"))
                         //: %1 is what the operating system says, in its own language
                         : translatedReason(QT_TRANSLATE_NOOP("casement::FileError", "the system says “%1”")).arg(why);
}

} // namespace casement
