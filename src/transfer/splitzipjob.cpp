#include "transfer/splitzipjob.h"

#include "base/background.h"
#include "transfer/filecode.h"
#include "transfer/filehandle.h"
#include "transfer/filename.h"
#include "transfer/zipfile.h"
#include "transfer/zipparts.h"

#include <QFile>

#include <atomic>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostTries = 1000; // of names that something has

QString nameOfPart(const QString &zip, int number)
{
    const QString stem = zip.endsWith(".zip"_L1, Qt::CaseInsensitive) ? zip.chopped(4) : zip;
    return u"%1-%2.zip"_s.arg(stem).arg(number);
}

Result<QStringList> makeParts(const QString &zip, qint64 largest, const std::atomic<bool> &isCancelled)
{
    const Result<ZipParts> parts = planZipParts(zip, largest);
    if (!parts)
        return parts.error();
    if (parts->isEmpty())
        return readError(filecode::tooLarge, QFile::encodeName(zip), u"one of its files alone is too large"_s);
    QStringList made;
    const auto failed = [&made](const Error &error) {
        for (const QString &path : std::as_const(made))
            QFile::remove(path);
        return error;
    };
    int number = 0;
    for (const QList<qint64> &entries : *parts) {
        Result<void> committed = writeError(filecode::exists, zip, u"its name is taken"_s);
        for (int tries = 0; !committed && committed.error().code == filecode::exists && tries < mostTries; ++tries) {
            const QString path = nameOfPart(zip, ++number);
            if (QFile::exists(path))
                continue;
            ZipFile file(path);
            committed = file.writeEntries(zip, entries, isCancelled);
            if (committed)
                committed = file.commit();
            if (committed)
                made.append(path);
        }
        if (!committed)
            return failed(committed.error());
        if (isCancelled)
            return failed(Error{.kind = Error::Kind::Cancelled});
    }
    return made;
}

} // namespace

/// What the job and the thread that works for it share.
struct SplitZipJob::Control
{
    std::atomic<bool> isCancelled = false;
};

SplitZipJob::SplitZipJob(const QString &zip, qint64 largest, QObject *parent)
    : Job(parent), m_zip(zip), m_largest(largest), m_control(std::make_shared<Control>())
{
}

SplitZipJob::~SplitZipJob() { m_control->isCancelled = true; }

QString SplitZipJob::title() const { return tr("Splitting %1").arg(shownPath(m_zip.section(u'/', -1))); }

void SplitZipJob::stop() { m_control->isCancelled = true; }

void SplitZipJob::run()
{
    inBackground(
        this,
        [zip = m_zip, largest = m_largest, control = m_control] {
            return makeParts(zip, largest, control->isCancelled);
        },
        [this](const Result<QStringList> &made) {
            if (state() == State::Finished) {
                for (const QString &path : made ? *made : QStringList()) // cancelled at the very end
                    QFile::remove(path);
                return;
            }
            m_made = made ? *made : QStringList();
            finish(made ? Result<void>() : made.error());
        });
}

} // namespace casement
