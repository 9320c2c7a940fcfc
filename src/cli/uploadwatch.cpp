#include "cli/uploadwatch.h"

#include "cli/cells.h"
#include "cli/output.h"
#include "cli/terminaltext.h"

#include <algorithm>

namespace casement::cli {

using namespace Qt::StringLiterals;

UploadWatch::UploadWatch(const OutboxFiles &files, const QString &entry, bool verbose)
    : m_files(files), m_entry(entry), m_verbose(verbose)
{
    for (const OutboxFile &file : m_files.of(m_entry)) {
        if (file.state == OutboxFileState::Ready)
            m_ready.insert(file.id);
    }
    connect(&m_files, &OutboxFiles::progressed, this, &UploadWatch::tellProgress);
    connect(&m_files, &OutboxFiles::changed, this, [this](const QString &changed) {
        if (changed != m_entry)
            return;
        tellReady();
        tellLimit();
        tellProgress();
    });
}

UploadWatch::~UploadWatch() { showProgress({}); }

void UploadWatch::tellReady()
{
    for (const OutboxFile &file : m_files.of(m_entry)) {
        if (file.state != OutboxFileState::Ready) {
            m_ready.remove(file.id);
        } else if (!m_ready.contains(file.id)) {
            m_ready.insert(file.id);
            if (m_verbose && !isWatched())
                complain(u"%1 was uploaded, %2"_s.arg(terminalLine(file.name), sizeText(file.file.size)));
        }
    }
}

/// Nobody should wonder about minutes in which nothing happens.
void UploadWatch::tellLimit()
{
    const QList<OutboxFile> files = m_files.of(m_entry);
    const bool isLimited = std::any_of(files.begin(), files.end(), [](const OutboxFile &file) {
        return file.state == OutboxFileState::Waiting && isCode(file.error.code, "AttachmentLimitExceeded"_L1);
    });
    if (!std::exchange(m_isLimited, isLimited) && isLimited)
        complain(u"AWS takes no more files of this account for now; waiting to try again."_s);
}

void UploadWatch::tellProgress() const
{
    QString line;
    for (const OutboxFile &file : m_files.of(m_entry)) {
        if (file.state == OutboxFileState::Uploading)
            line = u"Uploading %1 %2"_s.arg(file.name, progressText(m_files.progress(file.id), file.file.size));
        else if (file.state == OutboxFileState::Processing)
            line = u"%1 is up; the service looks at it"_s.arg(file.name);
    }
    showProgress(line);
}

} // namespace casement::cli
