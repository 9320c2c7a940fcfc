#pragma once

#include "archive/records.h"
#include "models/caselistmodel.h"

#include <QAbstractListModel>
#include <QStringList>

#include <functional>

namespace casement {

/// What a search of the archive found, newest first.
class SearchModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum SearchRole { ExcerptRole = Qt::UserRole + 200, MessageRole, TimeTextRole };

    /// Both are borrowed and outlive the model.
    SearchModel(const CaseListModel &cases, const AccountModel &accounts, QObject *parent = nullptr);

    void setHits(const QList<SearchHit> &hits);
    void clear() { setHits({}); }
    /// Takes the rows away whose account is none of those any more.
    void keepOnly(const std::function<bool(AccountId)> &isThere);
    const SearchHit &hitAt(int row) const { return m_hits.at(row); }
    CaseKey keyAt(int row) const { return {m_hits.at(row).account, m_hits.at(row).caseId}; }
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    const CaseListModel &m_cases;
    const AccountModel &m_accounts;
    QList<SearchHit> m_hits;
};

} // namespace casement
