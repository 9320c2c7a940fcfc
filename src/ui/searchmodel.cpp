#include "ui/searchmodel.h"

#include "models/displaytext.h"
#include "models/relativetime.h"
#include "models/roles.h"

#include <QDateTime>
#include <QLocale>

namespace casement {

SearchModel::SearchModel(const CaseListModel &cases, const AccountModel &accounts, QObject *parent)
    : QAbstractListModel(parent), m_cases(cases), m_accounts(accounts)
{
}

void SearchModel::setHits(const QList<SearchHit> &hits)
{
    beginResetModel(); // another search has other rows; there is nothing to keep
    m_hits = hits;
    endResetModel();
}

void SearchModel::keepOnly(const std::function<bool(AccountId)> &isThere)
{
    for (qsizetype row = m_hits.size() - 1; row >= 0; --row) {
        if (isThere(m_hits.at(row).account))
            continue;
        beginRemoveRows({}, int(row), int(row));
        m_hits.removeAt(row);
        endRemoveRows();
    }
}

int SearchModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_hits.size()); }

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_hits.size())
        return {};
    const SearchHit &hit = m_hits.at(index.row());
    const CaseRecord *record = m_cases.findCase({hit.account, hit.caseId});
    switch (role) {
    case Qt::DisplayRole:
    case SubjectRole:
        return record ? displayText(record->subject.view()) : displayText(hit.caseId);
    case AccountNameRole:
        return m_accounts.name(hit.account);
    case AccountColorRole:
        return m_accounts.colorIndex(hit.account);
    case ExcerptRole:
        switch (hit.place) {
        case SearchHit::Place::Message:
            break;
        case SearchHit::Place::Subject:
            return tr("The words stand in the subject.");
        case SearchHit::Place::Note: //: A search result: the words stand in what the person noted; %1 is a part of it
            return tr("Your note: %1").arg(displayText(hit.excerpt));
        case SearchHit::Place::Tags: //: A search result: the words stand in the case's tags; %1 are these
            return tr("Tags: %1").arg(displayText(hit.excerpt));
        case SearchHit::Place::File: //: A search result: the words stand in the name of an attachment, %1
            return tr("Attachment: %1").arg(displayText(hit.excerpt));
        }
        return displayText(hit.excerpt);
    case MessageRole:
        return hit.communicationKey;
    case TimeTextRole:
        return TimeText::relative(hit.created, QDateTime::currentMSecsSinceEpoch(), QLocale());
    case Qt::AccessibleTextRole:
        //: What a screen reader says of a search result: subject, account, excerpt
        return tr("%1, %2: %3")
            .arg(data(index, SubjectRole).toString(), m_accounts.name(hit.account),
                 data(index, ExcerptRole).toString());
    default:
        return {};
    }
}

void SearchModel::retranslate()
{
    if (!m_hits.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_hits.size()) - 1));
}

} // namespace casement
