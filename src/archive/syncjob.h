#pragma once

#include "archive/archive.h"
#include "base/job.h"
#include "support/client.h"

namespace casement {

/// Brings one account's cases and messages into the archive, with as few calls as can be.
///
/// A first sync lists everything, resolved cases too, page by page (newest first), and then fills conversations whose
/// five newest messages do not reach back, newest and open cases first. Later ones list the open cases only; a case
/// that was open and is missing is asked for by id; resolved ones in which somebody wrote are asked for once a day, all
/// of them once a month. Stopping at any point loses nothing: the next sync goes on,
/// with a first listing where it was left if that is less than a day ago. A conversation that the service refuses or
/// that comes damaged is passed over, told as the job's error at the end, and asked for again by the next sync.
///
/// On a first sync cases are announced as they come and written behind that; later ones announce what differs from the
/// archive, after it was written. Client and archive must outlive the job.
///
/// Progress counts cases and filled conversations; Error::Kind::Incomplete when the service repeated a page token.
class SyncJob final : public Job
{
    Q_OBJECT

public:
    /// Cases in one announcement of a first sync: few enough for views to merge and draw within a frame.
    static constexpr size_t announcedAtOnce = 8000;

    struct Options
    {
        bool everything = false; ///< list resolved cases too, whatever the archive knows
        /// Parallel chains over windows of time; 1 = one chain of page tokens, which every service can do. More is for
        /// benchmarks and first fills on services known to treat afterTime and beforeTime as windows.
        int chains = 1;
        /// False: lists without messages (a lean list). Fills no conversations and does not count as a whole sync.
        bool communications = true;
        /// Nobody asked for this sync: conversations that failed a short while ago are left alone.
        bool inBackground = false;
        /// A view follows: the writing of a first sync waits for its listing, two seconds at most.
        bool shown = true;
        QString listed; ///< twelve digits of the account, as the list of accounts has them; may be empty
        qint64 now = 0; ///< ms since 1970 UTC, decides what is due; 0: this computer's clock
    };

    SyncJob(Client &client, Archive &archive, const AccountRecord &account, const Options &options,
            QObject *parent = nullptr);
    SyncJob(Client &client, Archive &archive, const AccountRecord &account, QObject *parent = nullptr);
    ~SyncJob() override;

    QString title() const override;
    /// As the archive knows it by now.
    const AccountRecord &account() const;

Q_SIGNALS:
    /// Every case that the service lists was announced by Archive::casesChanged. What follows fills conversations.
    void listed();

protected:
    void run() override;
    void stop() override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace casement
