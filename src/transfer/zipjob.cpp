#include "transfer/zipjob.h"

#include "base/background.h"
#include "transfer/filename.h"
#include "transfer/zipfile.h"
#include "transfer/ziplisting.h"

#include <algorithm>

namespace casement {

namespace {

/// A ZIP that waits for its name.
struct Made
{
    std::shared_ptr<ZipFile> file;
    qsizetype files = 0;
    qsizetype skipped = 0;
};

} // namespace

/// What the job and the thread that works for it share.
struct ZipJob::Control
{
    std::atomic<bool> isCancelled = false;
};

ZipJob::ZipJob(const QStringList &paths, const QString &target, Keys keys, QObject *parent)
    : Job(parent), m_paths(paths), m_target(target), m_keys(keys), m_control(std::make_shared<Control>())
{
}

ZipJob::~ZipJob() { m_control->isCancelled = true; }

QString ZipJob::title() const { return tr("Compressing %1").arg(shownPath(m_target.section(u'/', -1))); }

void ZipJob::stop() { m_control->isCancelled = true; }

void ZipJob::run()
{
    // Lives in this thread, for as long as the other one may post to it.
    const std::shared_ptr<QObject> relay(new QObject, [](QObject *object) { object->deleteLater(); });
    const QPointer<ZipJob> self(this);
    const auto post = [relay, self](qint64 done, qint64 total) {
        QMetaObject::invokeMethod(
            relay.get(),
            [self, done, total] {
                if (self)
                    self->setProgress(done, total);
            },
            Qt::QueuedConnection);
    };
    inBackground(
        this,
        [paths = m_paths, target = m_target, keys = m_keys, control = m_control, post]() -> Result<Made> {
            const Result<ZipListing> listing = listForZip(paths, keys == Keys::Take, control->isCancelled);
            if (!listing)
                return listing.error();
            const Made made{std::make_shared<ZipFile>(target), listing->files, listing->skipped};
            const qint64 total = listing->bytes;
            qint64 told = 0;
            post(0, total);
            const auto progress = [&](qint64 done) {
                if (done != total && done - told < total / 100)
                    return; // a hundred steps are enough
                told = done;
                post(done, total);
            };
            if (const Result<void> written = made.file->write(*listing, control->isCancelled, progress); !written)
                return written.error();
            return made;
        },
        [this](const Result<Made> &made) {
            if (state() == State::Finished)
                return;
            if (!made)
                return finish(made.error());
            m_fileCount = made->files;
            m_skippedCount = made->skipped;
            finish(made->file->commit()); // here and not on the pool: nothing can be cancelled in between
        });
}

} // namespace casement
