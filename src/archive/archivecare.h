#pragma once

#include "archive/archive.h"

#include <QObject>

namespace casement {

/// What is kept of what is long resolved. Drafts, stars, tags and notes are kept whatever it says, and so are cases
/// that have one of them.
struct Retention
{
    enum class Old {
        Keep, ///< for ever
        DropCopies, ///< the case stays, downloaded files of it go
        Remove, ///< it leaves the archive, and the next refreshes do not bring it back
    };

    Old old = Old::Keep;
    int months = 24; ///< since a resolved case last changed
    qint64 mostCopies = 0; ///< bytes of downloaded files, the oldest go first; 0: no limit

    friend bool operator==(const Retention &, const Retention &) = default;
};

/// What went when the archive was cleaned up.
struct CleanedUp
{
    QList<CaseKey> cases;
    int copies = 0; ///< downloaded files
    qint64 bytes = 0; ///< of those files
};

/// How much room the archive takes, in bytes.
struct ArchiveSize
{
    qint64 cases = 0; ///< the database
    qint64 copies = 0; ///< downloaded files
};

/// What the archive holds of one account.
struct AccountHoldings
{
    AccountRecord account;
    int cases = 0;
    int drafts = 0; ///< with what is on its way
    int copies = 0; ///< downloaded files
    qint64 bytes = 0; ///< of those files
};

/// The archive as a whole: how large it is, and what of it is kept for how long. Works on the archive's thread, a piece
/// at a time, so that what a person asks for never waits long.
class ArchiveCare final : public QObject
{
    Q_OBJECT

public:
    explicit ArchiveCare(Archive &archive, QObject *parent = nullptr);
    ~ArchiveCare() override;

    void measure(QObject *context, Archive::Callback<ArchiveSize> done);
    /// Of every account that the archive knows, also of those that nobody lists any more.
    void askHoldings(QObject *context, Archive::Callback<QList<AccountHoldings>> done);
    /// Cleans up as `retention` says; from now on refreshes leave out what it removes. `done` gets what went before an
    /// error, too. While one runs another call has no effect: `done` is not called.
    void cleanUp(const Retention &retention, QObject *context, std::function<void(const Result<CleanedUp> &)> done);
    bool isCleaning() const { return m_cleaning; }

Q_SIGNALS:
    /// Cases that left the archive.
    void removed(const QList<casement::CaseKey> &cases);

private:
    struct Run;
    void next(const std::shared_ptr<Run> &run);

    Archive &m_archive;
    bool m_cleaning = false;
};

/// Resolved cases that last changed before this, ms since 1970 UTC, are not taken into the archive; 0: all are. For
/// those who store what a refresh brings.
qint64 removalCutoff(Database &database);
bool isPastRemoval(const CaseDetails &details, qint64 cutoff);

} // namespace casement
