#include "ui/attachmentcopies.h"

#include "base/background.h"
#include "transfer/fileerror.h"
#include "transfer/savefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

Result<QString> copyInto(const QString &folder, const KeptAttachment &kept, const QString &name,
                         AttachmentCopies::Use use)
{
    constexpr auto ownFolder = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    if (!QDir().mkdir(folder, ownFolder))
        return cannotWrite(folder, qt_error_string(errno));
    Result<QString> copy = saveCopy(kept.path, folder, name);
    if (copy) {
        QFile::setPermissions(*copy,
                              use == AttachmentCopies::Use::Open
                                  ? QFileDevice::Permissions(QFileDevice::ReadOwner)
                                  : QFileDevice::Permissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    }
    return copy;
}

} // namespace

void AttachmentCopies::make(const KeptAttachment &kept, const QString &name, Use use, QObject *context,
                            std::function<void(const Result<QString> &)> done)
{
    if (!m_folder)
        m_folder = std::make_unique<QTemporaryDir>(QDir::tempPath() + u"/casement-XXXXXX"_s);
    const QString key = QString::fromLatin1(kept.sha256) + (use == Use::Open ? u'o' : u'd') + name;
    const QString known = m_copies.value(key).path;
    const QString folder =
        m_folder->path() + u'/' + QString::number(++m_number); // each its own: names stay as they are
    inBackground(
        this,
        [kept, name, use, known, folder]() -> Result<QString> {
            if (!known.isEmpty() && QFileInfo(known).size() == kept.size && QFileInfo::exists(known))
                return known;
            return copyInto(folder, kept, name, use);
        },
        [this, key, of = kept.path, guard = QPointer<QObject>(context),
         done = std::move(done)](const Result<QString> &copy) {
            if (copy)
                m_copies.insert(key, {*copy, of});
            if (guard)
                done(copy);
        });
}

void AttachmentCopies::dropGone()
{
    m_copies.removeIf([](const std::pair<const QString &, Copy &> &one) {
        if (QFileInfo::exists(one.second.of))
            return false;
        QFile::setPermissions(one.second.path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        QFile::remove(one.second.path);
        return true;
    });
}

} // namespace casement
