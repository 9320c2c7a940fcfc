#pragma once

#include "base/job.h"

#include <QAbstractTableModel>

#include <functional>

namespace casement {

/// What was done since the program started, newest first: what runs, how far it is, and how the last jobs ended. It
/// knows no kind of job.
class ActivityModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum ColumnIndex { Began, What, Outcome, ColumnCount };

    /// Says in a sentence what went wrong.
    using Words = std::function<QString(const Error &error)>;

    static constexpr int mostEnded = 500; ///< jobs that are remembered after their end

    /// The list is borrowed and outlives the model.
    ActivityModel(JobList &jobs, Words words, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    bool isRunning(const QModelIndex &index) const;
    int runningCount() const { return m_running; }
    /// No effect on what has ended.
    void cancel(const QModelIndex &index);
    /// The rows as lines with tabs between their cells, for the clipboard.
    QString copied(QList<int> rows) const;
    void retranslate();

private:
    struct Entry
    {
        Job *job = nullptr; ///< while it runs
        QString title; ///< in the language of its end
        qint64 began = 0; ///< ms since 1970
        Result<void> result;
    };

    void add(Job *job);
    void end(Job *job, const Result<void> &result);
    int rowOf(const Job *job) const;
    QString textOf(const Entry &entry, int column) const;
    QString outcomeOf(const Entry &entry) const;

    Words m_words;
    QList<Entry> m_entries;
    int m_running = 0;
};

} // namespace casement
