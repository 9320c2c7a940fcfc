#include "export/advisorexportqueue.h"

#include "base/background.h"

#include <utility>

namespace casement {

namespace {

constexpr qsizetype mostBytes = 4'000'000; // of memory for what waits

qsizetype memoryOf(const ExportedResult &result)
{
    if (!result.result)
        return 0;
    const size_t ofResource = sizeof(AdvisorResource) + result.result->widest * sizeof(Text);
    return result.result->body().size() + qsizetype(result.result->resources.size() * ofResource);
}

} // namespace

AdvisorExportQueue::AdvisorExportQueue(std::unique_ptr<TableWriter> writer, QObject *parent)
    : QObject(parent), m_writer(std::move(writer))
{
}

AdvisorExportQueue::~AdvisorExportQueue() { abandon(); }

void AdvisorExportQueue::abandon()
{
    if (m_writer)
        m_writer->stop();
    m_writer.reset();
    m_waiting.clear();
}

void AdvisorExportQueue::add(const ExportedResult &result)
{
    if (!m_writer || m_isEnded)
        return;
    m_bytes += memoryOf(result);
    m_waiting.push_back(result);
    next();
}

void AdvisorExportQueue::end()
{
    m_isEnded = true;
    next();
}

bool AdvisorExportQueue::isFull() const { return m_bytes > mostBytes; }

void AdvisorExportQueue::next()
{
    if (m_isWriting || !m_writer)
        return;
    if (m_waiting.empty()) {
        if (m_isEnded)
            flush();
        return;
    }
    m_isWriting = true;
    auto batch = std::make_shared<std::vector<ExportedResult>>(std::exchange(m_waiting, {}));
    qsizetype bytes = 0;
    qint64 rows = 0;
    for (const ExportedResult &result : *batch) {
        bytes += memoryOf(result);
        rows += result.result ? qint64(result.result->resources.size()) : 0;
    }
    inBackground(
        this,
        [writer = m_writer, batch]() -> Result<void> {
            for (ExportedResult &result : *batch) {
                const ExportedResult one = std::exchange(result, {}); // its memory goes as soon as it is written
                if (Result<void> written = writer->write(one); !written)
                    return written;
            }
            return {};
        },
        [this, bytes, rows, count = int(batch->size())](const Result<void> &result) {
            m_isWriting = false;
            m_bytes -= bytes;
            if (!m_writer)
                return;
            if (!result)
                return finish(result);
            m_rows += rows;
            next();
            Q_EMIT written(count);
        });
}

void AdvisorExportQueue::flush()
{
    m_isWriting = true;
    inBackground(
        this, [writer = m_writer] { return writer->flush(); },
        [this](const Result<void> &flushed) {
            if (!m_writer)
                return;
            m_cutTexts = m_writer->cutTexts();
            finish(flushed ? m_writer->commit() : flushed); // here and not on the pool: nothing comes in between
        });
}

void AdvisorExportQueue::finish(const Result<void> &result)
{
    m_writer.reset(); // no rest beside an older file
    m_waiting.clear();
    Q_EMIT finished(result);
}

} // namespace casement
