#pragma once

#include "archive/archive.h"
#include "base/job.h"

#include <atomic>
#include <functional>
#include <memory>

namespace casement {

/// Moves the archive with its files into another folder: closes it, copies everything, compares each copy with what it
/// was made of, looks through the new database, switches over, and only then removes the old files. On every error, and
/// when it is cancelled before the switch, the archive is where it was and open.
///
/// All happens in one piece of work of the archive's thread: what else is asked of it waits. Who starts it sees to it
/// that nothing is being sent, uploaded or downloaded. Another program that has the archive open is an Error.
class MoveArchiveJob final : public Job
{
    Q_OBJECT

public:
    /// The file in its new folder, however the old one was called.
    static constexpr QLatin1StringView fileName{"archive.sqlite"};

    /// `remember` is called on the archive's thread when all is copied and right; an Error of it undoes the move.
    using Remember = std::function<Result<void>(const QString &path)>;

    MoveArchiveJob(Archive &archive, const QString &folder, Remember remember, QObject *parent = nullptr);
    ~MoveArchiveJob() override;

    QString title() const override;
    /// Where it is now; known when it ended well.
    const QString &newPath() const { return m_newPath; }

protected:
    void run() override;
    void stop() override;

private:
    struct Shared;

    Archive &m_archive;
    QString m_folder;
    QString m_newPath;
    Remember m_remember;
    std::shared_ptr<Shared> m_shared;
};

} // namespace casement
