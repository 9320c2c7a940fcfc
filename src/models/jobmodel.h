#pragma once

#include "base/job.h"

#include <QAbstractTableModel>

namespace casement {

/// What runs now: a row per job of a JobList, with DoneRole and TotalRole. It knows no kind of job.
class JobModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum ColumnIndex { Title, Progress, ColumnCount };

    /// The list is borrowed and outlives the model.
    explicit JobModel(JobList &jobs, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    void cancel(const QModelIndex &index);
    void cancelAll();
    /// One line for the status bar: the first job's title and progress, and how many more there are; empty when nothing
    /// runs.
    QString summary() const;
    /// 0 to 1000 over all jobs whose total is known; -1 when none is.
    int permille() const;
    void retranslate();

Q_SIGNALS:
    /// Rows, titles or progress changed: summary() and permille() read anew.
    void changed();

private:
    void jobAdded(Job *job);
    void jobChanged(Job *job);
    void jobRemoved(Job *job);

    JobList &m_jobs;
    QList<Job *> m_rows;
};

} // namespace casement
