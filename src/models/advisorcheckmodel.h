#pragma once

#include "archive/advisorrecords.h"
#include "models/accountmodel.h"

#include <QAbstractItemModel>
#include <QHash>
#include <QSet>

#include <vector>

namespace casement {

/// What the checks of a category add up to.
struct AdvisorCategory
{
    QString code; ///< as the service spells it
    int checks = 0; ///< that have a summary
    int errors = 0;
    int warnings = 0;
    int ok = 0;
    int notAvailable = 0; ///< and whatever else a status may be
    qint64 flagged = 0; ///< resources
    double savings = 0; ///< US dollars a month
    qint64 newest = 0; ///< last refresh of any check, ms since 1970 UTC
    friend bool operator==(const AdvisorCategory &, const AdvisorCategory &) = default;
};

/// Which checks are shown.
struct AdvisorFilter
{
    QList<AccountId> accounts; ///< empty: all
    QString category; ///< empty: all
    QString status; ///< as the service spells it; empty: all; `!ok`: what somebody has to look at
    QString words; ///< each stands in name, id, category or account
    friend bool operator==(const AdvisorFilter &, const AdvisorFilter &) = default;
};

/// The checks of Trusted Advisor: categories, and in each a row per check and account, the worst first. KeyRole is the
/// check's id; AccountIdRole, StatusCodeRole, AdvisorCategoryRole, CreatedRole, ExactTimeRole.
///
/// What comes, goes, moves or changes is told as such, so that selection and scrolling stay through a load.
class AdvisorCheckModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Check, Status, Account, Flagged, Savings, Age, Refresh, ColumnCount };

    /// Borrowed; outlives the model.
    explicit AdvisorCheckModel(const AccountModel &accounts, QObject *parent = nullptr);
    ~AdvisorCheckModel() override;

    /// All that is known of an account's checks; descriptions are not kept.
    void setChecks(AccountId account, const QList<AdvisorCheckRecord> &checks);
    /// The same for several at once.
    void setChecks(const QHash<AccountId, QList<AdvisorCheckRecord>> &checks);
    /// Forgets accounts that are not among these.
    void keepAccounts(const QList<AccountId> &accounts);

    const AdvisorFilter &filter() const { return m_filter; }
    void setFilter(const AdvisorFilter &filter);
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    /// Null for a category.
    const AdvisorCheckRecord *checkAt(const QModelIndex &index) const;
    const AdvisorCheckRecord *find(AccountId account, const QString &checkId) const;
    /// Invalid while the check is not shown.
    QModelIndex indexOf(AccountId account, const QString &checkId) const;
    QModelIndex indexOfCategory(const QString &code) const;
    /// Checks that are shown, in order.
    QList<AdvisorCheckRecord> shownChecks() const;
    int shownCount() const;
    /// Checks of the filter's accounts, whatever else it says, by category and name.
    QList<AdvisorCheckRecord> allChecks() const;
    /// Checks of the filter's accounts, whatever else it says.
    int totalCount() const;
    /// By category, in the order of the console, of the filter's accounts whatever else it says. Gone checks do not
    /// count.
    const QList<AdvisorCategory> &categories() const { return m_categories; }
    /// Checks of the filter's accounts that save most, the most first.
    QList<AdvisorCheckRecord> largestSavings(int most) const;

    /// Ages and countdowns move on.
    void tick();
    void retranslate();

Q_SIGNALS:
    /// categories() or the number of shown checks changed.
    void countsChanged();

private:
    struct Entry
    {
        AdvisorCheckRecord check;
        QString folded;
        int severity = 0;
        quint32 nameRank = 0;
        bool isAlive = false;
    };
    struct Group
    {
        QString code;
        std::vector<quint32> shown; // entries
        AdvisorCategory sum; // of those
    };
    using Key = std::pair<AccountId, QString>;

    static QString nameOf(const QString &category);
    quint32 groupOf(const QString &code);
    void take(const AdvisorCheckRecord &check, std::vector<quint32> &changed);
    void rankNames();
    QString foldedOf(const AdvisorCheckRecord &check) const;
    bool isOurs(const AdvisorCheckRecord &check) const;
    bool isShown(const Entry &entry, const QStringList &words) const;
    bool isBefore(quint32 a, quint32 b) const;
    void rearrange();
    void arrangeGroup(quint32 group, const std::vector<quint32> &wanted);
    static void add(AdvisorCategory &sum, const AdvisorCheckRecord &check);
    void count();
    int placeOf(quint32 group) const;
    QVariant checkData(const AdvisorCheckRecord &check, int column, int role) const;
    QVariant categoryData(const Group &group, int column, int role) const;

    const AccountModel &m_accounts;
    std::vector<Entry> m_entries; // none is removed: what is gone is dead
    QHash<Key, quint32> m_byKey;
    std::vector<Group> m_groups; // all that were ever seen
    std::vector<quint32> m_shownGroups; // in order
    std::vector<quint32> m_groupOfEntry;
    QList<AdvisorCategory> m_categories;
    AdvisorFilter m_filter;
    bool m_isUnranked = false; // names came
    int m_sortColumn = Status;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
};

} // namespace casement
