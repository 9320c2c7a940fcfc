#include "models/jobmodel.h"

#include "models/displaytext.h"
#include "models/roles.h"

#include <QLocale>

namespace casement {

JobModel::JobModel(JobList &jobs, QObject *parent) : QAbstractTableModel(parent), m_jobs(jobs), m_rows(jobs.jobs())
{
    connect(&jobs, &JobList::added, this, &JobModel::jobAdded);
    connect(&jobs, &JobList::changed, this, &JobModel::jobChanged);
    connect(&jobs, &JobList::removed, this, &JobModel::jobRemoved);
}

int JobModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int JobModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant JobModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    Job *job = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole: {
        if (index.column() == Title)
            return displayText(job->title()); // names of files are in it
        const QLocale locale;
        if (job->total() <= 0)
            return job->done() > 0 ? QVariant(locale.toString(job->done())) : QVariant();
        //: Progress of a job: done of total
        return tr("%1 of %2").arg(locale.toString(job->done()), locale.toString(job->total()));
    }
    case KeyRole:
        return QVariant::fromValue(job);
    case DoneRole:
        return job->done();
    case TotalRole:
        return job->total();
    default:
        return {};
    }
}

QVariant JobModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount)
        return {};
    //: Column: what a running job does
    return section == Title ? tr("Activity") : tr("Progress");
}

void JobModel::cancel(const QModelIndex &index)
{
    if (index.isValid() && index.row() < m_rows.size())
        m_rows[index.row()]->cancel();
}

void JobModel::cancelAll() { m_jobs.cancelAll(); }

QString JobModel::summary() const
{
    if (m_rows.isEmpty())
        return {};
    const QString title = displayText(m_rows.first()->title());
    const int more = int(m_rows.size()) - 1;
    if (more == 0)
        return title;
    //: Status bar: %1 is what the first job does
    return tr("%1, and %n more", nullptr, more).arg(title);
}

int JobModel::permille() const
{
    double sum = 0;
    int known = 0;
    for (const Job *job : m_rows) {
        if (job->total() > 0) {
            sum += std::min(1.0, double(job->done()) / double(job->total()));
            ++known;
        }
    }
    return known ? int(sum * 1000 / known) : -1;
}

void JobModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT changed();
}

void JobModel::jobAdded(Job *job)
{
    beginInsertRows({}, rowCount(), rowCount());
    m_rows.append(job);
    endInsertRows();
    Q_EMIT changed();
}

void JobModel::jobChanged(Job *job)
{
    const int row = int(m_rows.indexOf(job));
    if (row < 0)
        return;
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    Q_EMIT changed();
}

void JobModel::jobRemoved(Job *job)
{
    const int row = int(m_rows.indexOf(job));
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
    Q_EMIT changed();
}

} // namespace casement
