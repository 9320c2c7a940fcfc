#pragma once

#include "models/accountmodel.h"
#include "models/casefilter.h"
#include "models/catalognames.h"
#include "models/deadlines.h"
#include "models/recordmodel.h"

namespace casement {

/// The cases of all accounts. Rows come from Archive (`loadCases`, `casesChanged`); nothing here talks to the network.
///
/// Newest first until sorted. Unread cases are bold. What a person marks shows in the event loop's next turn, however
/// many cases it is.
class CaseListModel final : public RecordModel<CaseRecord>
{
    Q_OBJECT

public:
    enum ColumnIndex {
        Severity,
        Status,
        Subject,
        Account,
        Service,
        DisplayId,
        SubmittedBy,
        Created,
        Updated,
        TurnColumn,
        Category,
        Language,
        Star,
        Tags,
        DueColumn,
        ColumnCount
    };

    /// `accounts` gives names and colours and outlives the model.
    explicit CaseListModel(const AccountModel &accounts, QObject *parent = nullptr);

    /// Stars, tags and notes, borrowed; once, before there are cases.
    void setMarks(const CaseMarks &marks);

    /// What services and categories are called; as in Names until it is called.
    void setNames(const CatalogNames &names);
    /// What deadlines are made of; the usual ones until it is called.
    void setTargets(const ResponseTargets &targets);
    /// Of an account: those of its plan, else the usual ones.
    const ResponseTargets &targetsOf(AccountId account) const { return m_targets.of(account); }
    /// Also moves cases between the views of deadlines.
    void tick(qint64 now) override;
    void retranslate() override
    {
        m_matcher = CaseMatcher(m_filter, QDateTime::fromMSecsSinceEpoch(now())); // statuses are called otherwise now
        refilter(false);
        RecordModel::retranslate();
    }
    /// When tick() is due for the deadlines' sake: neverChanges, or a time that may have gone by.
    qint64 nextChange() const { return m_nextChange; }

    const CaseFilter &filter() const { return m_filter; }
    void setFilter(const CaseFilter &filter);
    /// Of the accounts that the filter names, whatever else it asks for.
    const CaseCounts &counts() const { return m_counts; }

    CaseKey keyAt(int row) const;
    /// The row of a case, or -1 when the filter hides it or nobody knows it.
    int rowOfCase(const CaseKey &key) const;
    /// A case, seen or hidden by the filter, or null. Valid until the next merge.
    const CaseRecord *findCase(const CaseKey &key) const;
    void removeCases(const QList<CaseKey> &keys);
    void removeAccount(AccountId account);

Q_SIGNALS:
    /// What targetsOf() says of some account.
    void targetsChanged();
    void filterChanged();
    void countsChanged();

protected:
    std::span<const Column<CaseRecord>> columns() const override;
    const char *translationContext() const override;
    size_t keyHash(const CaseRecord &record) const override;
    bool sameKey(const CaseRecord &a, const CaseRecord &b) const override;
    bool sameContent(const CaseRecord &a, const CaseRecord &b) const override;
    qint64 newness(const CaseRecord &record) const override;
    /// By account.
    qint64 group(const CaseRecord &record) const override { return m_accounts.rank(record.account); }
    QVariant recordData(const CaseRecord &record, int column, int role) const override;
    bool accepts(const CaseRecord &record) const override;
    std::shared_ptr<const void> keepAlive(const CaseRecord &record) const override;
    void recordChanged(const CaseRecord *before, const CaseRecord *after) override;
    void merged() override;

private:
    void accountsChanged();
    void plansChanged();
    void planTargets();
    void marksLoaded();
    void marksChanged();
    void countMarks();
    const CaseMarks::Known *markOf(const CaseRecord &record) const
    {
        return m_marks ? m_marks->find(record.account, record.caseId.view()) : nullptr;
    }
    QVariant markData(const CaseRecord &record, int column, int role) const;
    bool counted(AccountId account) const;
    void countDeadline(const CaseRecord &record, int number);
    void countDeadlines();
    void deadlinesMoved();

    const AccountModel &m_accounts;
    const CaseMarks *m_marks = nullptr;
    QList<CaseKey> m_marked; // changed, and not told to the views yet
    CatalogNames m_names;
    CaseFilter m_filter;
    CaseMatcher m_matcher;
    CaseCounts m_counts;
    CaseCounts m_toldCounts;
    AccountTargets m_targets;
    QHash<AccountId, QString> m_plans;
    qint64 m_nextChange = std::numeric_limits<qint64>::max();
};

} // namespace casement
