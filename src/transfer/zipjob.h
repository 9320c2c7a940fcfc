#pragma once

#include "base/job.h"

#include <QStringList>

#include <memory>

namespace casement {

/// Makes one ZIP of files and folders, in the background. Progress counts bytes that were read.
///
/// Files keep their times; names are made safe, distinct and UTF-8. In folders, links, pipes and devices are left out
/// and counted. The ZIP appears at its place when it is whole, for its owner only, and never replaces anything.
/// Ends with Error::Kind::File (transfer/filecode.h) that names the file otherwise, and leaves nothing:
/// a file that can't be read, that changed on the way, that is in a place of keys and was not allowed, a full disk.
class ZipJob final : public Job
{
    Q_OBJECT

public:
    enum class Keys { Refuse, Take };

    /// `target` is an absolute path. With Keys::Take a person said that files from places of keys go with it.
    ZipJob(const QStringList &paths, const QString &target, Keys keys = Keys::Refuse, QObject *parent = nullptr);
    ~ZipJob() override;

    QString title() const override;

    QString target() const { return m_target; }
    /// Of the ZIP when it is finished.
    qsizetype fileCount() const { return m_fileCount; }
    /// Links, pipes, sockets and devices that were left out.
    qsizetype skippedCount() const { return m_skippedCount; }

protected:
    void run() override;
    void stop() override;

private:
    struct Control;

    const QStringList m_paths;
    const QString m_target;
    const Keys m_keys;
    std::shared_ptr<Control> m_control;
    qsizetype m_fileCount = 0;
    qsizetype m_skippedCount = 0;
};

} // namespace casement
