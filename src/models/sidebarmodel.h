#pragma once

#include "archive/savedfilters.h"
#include "models/caselistmodel.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace casement {

/// The sidebar: CASES with its views and their counts; SAVED FILTERS and TAGS when there are any; TRUSTED ADVISOR once
/// setAdvisor() was called; ACCOUNTS when there is more than one. A tree of two levels; headings can't be selected.
/// ViewRole, CountRole, AccountIdRole, TagRole, FilterIdRole, AdvisorCategoryRole,
/// TroubleRole, TroubleCountRole.
class SidebarModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    /// ViewRole of the entry of drafts and what is on its way.
    static constexpr int draftsView = 1000;
    /// ViewRole of a saved filter and of a tag.
    static constexpr int filterView = 1001;
    static constexpr int tagView = 1002;
    /// ViewRole of the entries of Trusted Advisor.
    static constexpr int advisorView = 1003;

    /// In the place of a category: the table of all checks.
    static constexpr QLatin1StringView allChecks{"*"};

    /// A category of Trusted Advisor and how many of its checks somebody has to look at. Empty: the overview.
    struct AdvisorEntry
    {
        QString category;
        int count = 0;
        friend bool operator==(const AdvisorEntry &, const AdvisorEntry &) = default;
    };

    /// Both are borrowed and outlive the model.
    SidebarModel(const CaseListModel &cases, const AccountModel &accounts, QObject *parent = nullptr);
    ~SidebarModel() override;

    /// Tags and saved filters, both borrowed; once.
    void setMarks(const CaseMarks &marks, const SavedFilters &filters);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    QModelIndex indexOfView(CaseFilter::View view) const;
    QModelIndex indexOfDrafts() const;
    /// How many drafts and unsent changes there are, and whether one of them waits for the person.
    void setDrafts(int count, bool isUrgent);
    void setAdvisor(const QList<AdvisorEntry> &entries);
    /// Of the overview when empty.
    QModelIndex indexOfAdvisor(const QString &category) const;
    QModelIndex indexOfAccount(AccountId account) const;
    QModelIndex indexOfFilter(const QString &id) const;
    QModelIndex indexOfTag(const QString &tag) const;
    void retranslate();
    /// Entries are going: what a view makes current meanwhile is nobody's choice.
    bool isRemoving() const { return m_removing; }

private:
    enum class Section : quint8 { Cases, Filters, Tags, Advisor, Accounts };
    static constexpr quintptr heading = ~quintptr(0); ///< internalId of one; that of an entry is its section

    void countsChanged();
    void viewsChanged();
    QList<CaseFilter::View> wantedViews() const;
    QVariant draftsData(int role) const;
    QVariant troubleData(int role) const;
    void troublesChanged();
    void accountsChanged();
    void filtersChanged();
    void tagsChanged();
    QVariant filterData(const SavedFilter &filter, int role) const;
    QVariant tagData(const QString &tag, int role) const;
    QVariant advisorData(const AdvisorEntry &entry, int role) const;
    bool isShown(Section section) const { return entryCount(section) > 0; }
    int entryCount(Section section) const;
    int rowOf(Section section) const;
    Section sectionAt(int row) const;
    QModelIndex indexOf(Section section) const;
    QModelIndex indexOf(Section section, qsizetype entry) const;
    /// What is gone goes, what is new comes to its place, what stands elsewhere moves.
    template <class T, class Same> void follow(Section section, QList<T> &shown, const QList<T> &wanted, Same same);

    const CaseListModel &m_cases;
    const AccountModel &m_accounts;
    const CaseMarks *m_marks = nullptr;
    const SavedFilters *m_filters = nullptr;
    QList<CaseFilter::View> m_shownViews;
    QList<AccountId> m_shownAccounts; // empty while there is only one
    QList<SavedFilter> m_shownFilters;
    QStringList m_shownTags;
    QList<AdvisorEntry> m_shownAdvisor;
    CaseCounts m_counts;
    int m_drafts = 0;
    bool m_draftsUrgent = false;
    bool m_removing = false;
};

} // namespace casement
