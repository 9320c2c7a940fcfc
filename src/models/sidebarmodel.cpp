#include "models/sidebarmodel.h"

#include "models/displaytext.h"

#include <QFont>
#include <QLocale>

namespace casement {

namespace {

constexpr quintptr heading = ~quintptr(0);

struct Entry
{
    CaseFilter::View view;
    const char *title;
};

constexpr std::array<Entry, 4> caseEntries{{
    {CaseFilter::View::NeedsReply, QT_TRANSLATE_NOOP("casement::SidebarModel", "Needs reply")},
    {CaseFilter::View::WithAws, QT_TRANSLATE_NOOP("casement::SidebarModel", "With AWS")},
    {CaseFilter::View::Resolved, QT_TRANSLATE_NOOP("casement::SidebarModel", "Resolved")},
    {CaseFilter::View::All, QT_TRANSLATE_NOOP("casement::SidebarModel", "All cases")},
}};

} // namespace

SidebarModel::SidebarModel(const CaseListModel &cases, const AccountModel &accounts, QObject *parent)
    : QAbstractItemModel(parent), m_cases(cases), m_accounts(accounts), m_counts(cases.counts())
{
    connect(&cases, &CaseListModel::countsChanged, this, &SidebarModel::countsChanged);
    connect(&accounts, &AccountModel::changed, this, &SidebarModel::accountsChanged);
    accountsChanged();
}

SidebarModel::~SidebarModel() = default;

QModelIndex SidebarModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) : heading);
}

QModelIndex SidebarModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == heading)
        return {};
    return createIndex(int(child.internalId()), 0, heading);
}

int SidebarModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return m_shownAccounts.isEmpty() ? 1 : 2;
    if (parent.internalId() != heading || parent.column() > 0)
        return 0;
    return parent.row() == int(Section::Cases) ? int(caseEntries.size()) + 1 : int(m_shownAccounts.size());
}

int SidebarModel::columnCount(const QModelIndex &) const { return 1; }

QVariant SidebarModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const bool isHeading = index.internalId() == heading;
    const Section section = Section(isHeading ? index.row() : int(index.internalId()));
    if (isHeading) {
        switch (role) {
        case Qt::DisplayRole:
            //: Heading in the sidebar
            return section == Section::Cases ? tr("Cases") : tr("Accounts");
        case ViewRole:
            return -1;
        default:
            return {};
        }
    }
    if (section == Section::Cases && index.row() == int(caseEntries.size()))
        return draftsData(role);
    const bool isCase = section == Section::Cases;
    const AccountId account = isCase ? 0 : m_shownAccounts.value(index.row());
    const CaseFilter::View view = isCase ? caseEntries[size_t(index.row())].view : CaseFilter::View::NeedsReply;
    const QString title = isCase ? tr(caseEntries[size_t(index.row())].title) : m_accounts.name(account);
    const int count = isCase ? m_counts.of(view) : m_counts.needsReply.value(account);
    switch (role) {
    case Qt::DisplayRole:
        return title;
    case Qt::ToolTipRole:
        return isCase ? QString() : toolTipText(title);
    case Qt::AccessibleTextRole:
        //: What a screen reader says of a sidebar entry: %1 is its name
        return isCase ? tr("%1, %n case(s)", nullptr, count).arg(title)
                      //: What a screen reader says of an account in the sidebar: %1 is its name
                      : tr("%1, %n case(s) to reply to", nullptr, count).arg(title);
    case Qt::FontRole: {
        if (view != CaseFilter::View::NeedsReply || count == 0)
            return {};
        QFont font;
        font.setBold(true);
        return font;
    }
    case ViewRole:
        return isCase ? int(view) : -1;
    case CountRole:
        return count;
    case AccountIdRole:
        return isCase ? QVariant() : QVariant::fromValue(account);
    case AccountColorRole:
        return isCase ? QVariant() : QVariant(m_accounts.colorIndex(account));
    default:
        return {};
    }
}

QVariant SidebarModel::draftsData(int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return tr("Drafts");
    case Qt::ToolTipRole:
        return m_draftsUrgent ? tr("Something that was sent needs your decision") : QString();
    case Qt::AccessibleTextRole:
        return m_draftsUrgent ? tr("Drafts, %n entry(ies), one needs your decision", nullptr, m_drafts)
                              : tr("Drafts, %n entry(ies)", nullptr, m_drafts);
    case Qt::FontRole: {
        QFont font;
        font.setBold(true);
        return m_draftsUrgent ? QVariant(font) : QVariant();
    }
    case ViewRole:
        return draftsView;
    case CountRole:
        return m_drafts;
    case UnreadRole:
        return m_draftsUrgent;
    default:
        return {};
    }
}

void SidebarModel::setDrafts(int count, bool isUrgent)
{
    if (count == m_drafts && isUrgent == m_draftsUrgent)
        return;
    m_drafts = count;
    m_draftsUrgent = isUrgent;
    Q_EMIT dataChanged(indexOfDrafts(), indexOfDrafts());
}

QModelIndex SidebarModel::indexOfDrafts() const
{
    return index(int(caseEntries.size()), 0, index(int(Section::Cases), 0));
}

Qt::ItemFlags SidebarModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return index.internalId() == heading ? Qt::ItemFlags(Qt::ItemIsEnabled)
                                         : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QModelIndex SidebarModel::indexOfView(CaseFilter::View view) const
{
    for (size_t row = 0; row < caseEntries.size(); ++row) {
        if (caseEntries[row].view == view)
            return index(int(row), 0, index(int(Section::Cases), 0));
    }
    return {};
}

QModelIndex SidebarModel::indexOfAccount(AccountId account) const
{
    const int row = int(m_shownAccounts.indexOf(account));
    return row < 0 ? QModelIndex() : index(row, 0, index(int(Section::Accounts), 0));
}

void SidebarModel::countsChanged()
{
    const CaseCounts before = std::exchange(m_counts, m_cases.counts());
    const QModelIndex cases = index(int(Section::Cases), 0);
    for (int row = 0; row < int(caseEntries.size()); ++row) {
        const CaseFilter::View view = caseEntries[size_t(row)].view;
        if (before.of(view) != m_counts.of(view))
            Q_EMIT dataChanged(index(row, 0, cases), index(row, 0, cases));
    }
    for (const AccountId account : std::as_const(m_shownAccounts)) {
        if (before.needsReply.value(account) != m_counts.needsReply.value(account))
            Q_EMIT dataChanged(indexOfAccount(account), indexOfAccount(account));
    }
}

void SidebarModel::accountsChanged()
{
    QList<AccountId> wanted;
    if (m_accounts.rowCount() > 1) {
        for (int row = 0; row < m_accounts.rowCount(); ++row)
            wanted.append(m_accounts.recordAt(row).id);
    }
    if (wanted.isEmpty()) {
        if (!m_shownAccounts.isEmpty()) {
            beginRemoveRows({}, int(Section::Accounts), int(Section::Accounts));
            m_shownAccounts.clear();
            endRemoveRows();
        }
        return;
    }
    if (m_shownAccounts.isEmpty()) {
        beginInsertRows({}, int(Section::Accounts), int(Section::Accounts));
        m_shownAccounts = wanted;
        endInsertRows();
        return;
    }
    // A handful: what is gone goes, what is new comes to its place, what stands elsewhere moves.
    const QModelIndex accounts = index(int(Section::Accounts), 0);
    for (int row = int(m_shownAccounts.size()) - 1; row >= 0; --row) {
        if (!wanted.contains(m_shownAccounts[row])) {
            beginRemoveRows(accounts, row, row);
            m_shownAccounts.removeAt(row);
            endRemoveRows();
        }
    }
    for (int row = 0; row < int(wanted.size()); ++row) {
        const int now = int(m_shownAccounts.indexOf(wanted[row]));
        if (now == row)
            continue;
        if (now < 0) {
            beginInsertRows(accounts, row, row);
            m_shownAccounts.insert(row, wanted[row]);
            endInsertRows();
        } else {
            beginMoveRows(accounts, now, now, accounts, row);
            m_shownAccounts.move(now, row);
            endMoveRows();
        }
    }
    Q_EMIT dataChanged(index(0, 0, accounts), index(rowCount(accounts) - 1, 0, accounts));
}

void SidebarModel::retranslate()
{
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0));
    for (int section = 0; section < rowCount(); ++section) {
        const QModelIndex parent = index(section, 0);
        Q_EMIT dataChanged(index(0, 0, parent), index(rowCount(parent) - 1, 0, parent));
    }
}

} // namespace casement
