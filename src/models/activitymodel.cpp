#include "models/activitymodel.h"

#include "models/displaytext.h"
#include "models/relativetime.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

ActivityModel::ActivityModel(JobList &jobs, Words words, QObject *parent)
    : QAbstractTableModel(parent), m_words(std::move(words))
{
    connect(&jobs, &JobList::added, this, &ActivityModel::add);
    connect(&jobs, &JobList::changed, this, [this](Job *job) {
        if (const int row = rowOf(job); row >= 0)
            Q_EMIT dataChanged(index(row, What), index(row, Outcome));
    });
    for (Job *job : jobs.jobs())
        add(job);
}

int ActivityModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_entries.size()); }

int ActivityModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_entries.size())
        return {};
    const QString text = textOf(m_entries.at(index.row()), index.column());
    if (role == Qt::DisplayRole)
        return text;
    return role == Qt::ToolTipRole ? QVariant(toolTipText(text)) : QVariant();
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount)
        return {};
    if (section == Began)
        //: Column: when a job was begun
        return tr("Started");
    //: Columns: what a job does, and how it ended or how far it is
    return section == What ? tr("Activity") : tr("Outcome");
}

QString ActivityModel::textOf(const Entry &entry, int column) const
{
    if (column == What)
        return entry.job ? displayText(entry.job->title()) : entry.title;
    if (column == Outcome)
        return outcomeOf(entry);
    const QDateTime began = QDateTime::fromMSecsSinceEpoch(entry.began);
    return began.date() == QDate::currentDate() ? QLocale().toString(began.time(), QLocale::ShortFormat)
                                                : TimeText::shortDateTime(entry.began, QLocale());
}

QString ActivityModel::outcomeOf(const Entry &entry) const
{
    if (!entry.job && entry.result)
        return tr("Done");
    if (!entry.job)
        return entry.result.error().kind == Error::Kind::Cancelled ? tr("Stopped") : m_words(entry.result.error());
    const QLocale locale;
    if (entry.job->total() > 0) {
        //: Of something that runs: %1 of %2 steps or bytes are done
        return tr("Running, %1 of %2").arg(locale.toString(entry.job->done()), locale.toString(entry.job->total()));
    }
    return tr("Running");
}

bool ActivityModel::isRunning(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_entries.size() && m_entries.at(index.row()).job;
}

void ActivityModel::cancel(const QModelIndex &index)
{
    if (isRunning(index))
        m_entries.at(index.row()).job->cancel();
}

QString ActivityModel::copied(QList<int> rows) const
{
    std::sort(rows.begin(), rows.end());
    QString text;
    for (const int row : std::as_const(rows)) {
        for (int column = 0; column < ColumnCount; ++column)
            text += textOf(m_entries.at(row), column) + (column + 1 < ColumnCount ? u'\t' : u'\n');
    }
    return text;
}

void ActivityModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_entries.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ActivityModel::rowOf(const Job *job) const
{
    const auto at =
        std::find_if(m_entries.begin(), m_entries.end(), [job](const Entry &entry) { return entry.job == job; });
    return at == m_entries.end() ? -1 : int(at - m_entries.begin());
}

void ActivityModel::add(Job *job)
{
    connect(job, &Job::finished, this, [this, job](const Result<void> &result) { end(job, result); });
    beginInsertRows({}, 0, 0);
    m_entries.prepend({.job = job, .title = {}, .began = QDateTime::currentMSecsSinceEpoch(), .result = {}});
    ++m_running;
    endInsertRows();
}

void ActivityModel::end(Job *job, const Result<void> &result)
{
    const int row = rowOf(job);
    if (row < 0)
        return;
    Entry &entry = m_entries[row];
    entry.title = displayText(job->title());
    entry.result = result;
    entry.job = nullptr;
    --m_running;
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    if (m_entries.size() - m_running <= mostEnded)
        return;
    // The oldest of those that ended.
    const auto oldest = std::find_if(m_entries.rbegin(), m_entries.rend(), [](const Entry &one) { return !one.job; });
    const int last = int(std::distance(oldest, m_entries.rend())) - 1;
    beginRemoveRows({}, last, last);
    m_entries.removeAt(last);
    endRemoveRows();
}

} // namespace casement
