#pragma once

#include "export/tablewriter.h"

#include <QObject>

#include <vector>

namespace casement {

/// Writes results as they come, on the pool, one after another in the order in which they came.
///
/// Results that wait take memory: who adds them stops while isFull() and goes on at written(). What was not finished
/// when the queue goes leaves no file.
class AdvisorExportQueue final : public QObject
{
    Q_OBJECT

public:
    explicit AdvisorExportQueue(std::unique_ptr<TableWriter> writer, QObject *parent = nullptr);
    ~AdvisorExportQueue() override;

    void add(const ExportedResult &result);
    /// Nothing more comes: the file is finished and put where it belongs.
    void end();
    /// Ends without a file, at once; nothing is said any more.
    void abandon();

    bool isFull() const;
    /// Resources written, and texts that were cut because the format holds no longer ones.
    qint64 rows() const { return m_rows; }
    qint64 cutTexts() const { return m_cutTexts; }

Q_SIGNALS:
    /// So many results were written since the last time.
    void written(int results);
    /// Once, and last.
    void finished(const casement::Result<void> &result);

private:
    void next();
    void flush();
    void finish(const Result<void> &result);

    std::shared_ptr<TableWriter> m_writer; // of one pool thread at a time
    std::vector<ExportedResult> m_waiting;
    qsizetype m_bytes = 0; // of all that was added and is not written
    qint64 m_rows = 0;
    qint64 m_cutTexts = 0;
    bool m_isWriting = false;
    bool m_isEnded = false;
};

} // namespace casement
