#pragma once

#include "archive/attachmentstore.h"

#include <QHash>
#include <QObject>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace casement {

/// Copies of attachments for other programs: owner-only, under safe names, in a folder that goes with this object.
class AttachmentCopies final : public QObject
{
    Q_OBJECT

public:
    enum class Use {
        Open, ///< read-only: what somebody changes there would be lost
        Drag, ///< an ordinary file, copied once more where it is dropped
    };

    explicit AttachmentCopies(QObject *parent = nullptr) : QObject(parent) { }

    /// Calls back with the path of a copy, made on the pool or already there, unless `context` has died. `name` is the
    /// service's.
    void make(const KeptAttachment &kept, const QString &name, Use use, QObject *context,
              std::function<void(const Result<QString> &)> done);

    /// Takes the copies away whose attachments are not kept any more: their account's data was deleted.
    void dropGone();
    /// Empty before the first copy.
    QString folder() const { return m_folder ? m_folder->path() : QString(); }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    struct Copy
    {
        QString path;
        QString of; // what is kept
    };
    QHash<QString, Copy> m_copies; // by what they hold, name and use
    int m_number = 0;
};

} // namespace casement
