#include "models/sidebarmodel.h"

#include "models/deadlineviews.h"
#include "models/displaytext.h"
#include "models/names.h"

#include <QFont>
#include <QLocale>
#include <QScopedValueRollback>

#include <algorithm>

namespace casement {

namespace {

struct Entry
{
    CaseFilter::View view;
    const char *title;
};

constexpr std::array<Entry, 8> caseEntries{{
    {CaseFilter::View::NeedsReply, QT_TRANSLATE_NOOP("casement::SidebarModel", "Needs reply")},
    //: In the sidebar: cases that AWS closes in a day or two if nobody answers
    {CaseFilter::View::ClosingSoon, QT_TRANSLATE_NOOP("casement::SidebarModel", "Closing soon")},
    {CaseFilter::View::WithAws, QT_TRANSLATE_NOOP("casement::SidebarModel", "With AWS")},
    //: In the sidebar: cases that AWS has not answered in the time it aims at
    {CaseFilter::View::AnswerOverdue, QT_TRANSLATE_NOOP("casement::SidebarModel", "Answer overdue")},
    {CaseFilter::View::Resolved, QT_TRANSLATE_NOOP("casement::SidebarModel", "Resolved")},
    //: In the sidebar: resolved cases that a reply still reopens
    {CaseFilter::View::Reopenable, QT_TRANSLATE_NOOP("casement::SidebarModel", "Can be reopened")},
    {CaseFilter::View::All, QT_TRANSLATE_NOOP("casement::SidebarModel", "All cases")},
    {CaseFilter::View::Starred, QT_TRANSLATE_NOOP("casement::SidebarModel", "Starred")},
}};

const Entry &entryOf(CaseFilter::View view)
{
    return *std::find_if(caseEntries.begin(), caseEntries.end(),
                         [view](const Entry &entry) { return entry.view == view; });
}

} // namespace

SidebarModel::SidebarModel(const CaseListModel &cases, const AccountModel &accounts, QObject *parent)
    : QAbstractItemModel(parent), m_cases(cases), m_accounts(accounts), m_counts(cases.counts())
{
    m_shownViews = wantedViews();
    connect(&cases, &CaseListModel::countsChanged, this, &SidebarModel::countsChanged);
    connect(&cases, &CaseListModel::filterChanged, this, &SidebarModel::viewsChanged);
    connect(&accounts, &AccountModel::changed, this, &SidebarModel::accountsChanged);
    connect(&accounts, &AccountModel::troublesChanged, this, &SidebarModel::troublesChanged);
    accountsChanged();
}

SidebarModel::~SidebarModel() = default;

void SidebarModel::setMarks(const CaseMarks &marks, const SavedFilters &filters)
{
    m_marks = &marks;
    m_filters = &filters;
    connect(&marks, &CaseMarks::loaded, this, &SidebarModel::tagsChanged);
    connect(&marks, &CaseMarks::changed, this, &SidebarModel::tagsChanged);
    connect(&filters, &SavedFilters::changed, this, &SidebarModel::filtersChanged);
    tagsChanged();
    filtersChanged();
}

int SidebarModel::entryCount(Section section) const
{
    switch (section) {
    case Section::Cases:
        return int(m_shownViews.size()) + 1;
    case Section::Filters:
        return int(m_shownFilters.size());
    case Section::Tags:
        return int(m_shownTags.size());
    case Section::Advisor:
        return int(m_shownAdvisor.size());
    case Section::Accounts:
        return int(m_shownAccounts.size());
    }
    return 0;
}

int SidebarModel::rowOf(Section section) const
{
    int row = 0;
    for (int before = 0; before < int(section); ++before)
        row += isShown(Section(before));
    return row;
}

SidebarModel::Section SidebarModel::sectionAt(int row) const
{
    int section = 0;
    while (section < int(Section::Accounts) && (!isShown(Section(section)) || row-- > 0))
        ++section;
    return Section(section);
}

QModelIndex SidebarModel::indexOf(Section section) const { return index(rowOf(section), 0); }

QModelIndex SidebarModel::indexOf(Section section, qsizetype entry) const
{
    return entry < 0 || !isShown(section) ? QModelIndex() : index(int(entry), 0, indexOf(section));
}

QModelIndex SidebarModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(sectionAt(parent.row())) : heading);
}

QModelIndex SidebarModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == heading)
        return {};
    return createIndex(rowOf(Section(child.internalId())), 0, heading);
}

int SidebarModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return rowOf(Section::Accounts) + isShown(Section::Accounts);
    if (parent.internalId() != heading || parent.column() > 0)
        return 0;
    return entryCount(sectionAt(parent.row()));
}

int SidebarModel::columnCount(const QModelIndex &) const { return 1; }

QVariant SidebarModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const bool isHeading = index.internalId() == heading;
    const Section section = isHeading ? sectionAt(index.row()) : Section(index.internalId());
    if (isHeading) {
        switch (role) {
        case Qt::DisplayRole:
            switch (section) {
            case Section::Cases: //: Heading in the sidebar
                return tr("Cases");
            case Section::Filters: //: Heading in the sidebar
                return tr("Saved filters");
            case Section::Tags: //: Heading in the sidebar
                return tr("Tags");
            case Section::Advisor: //: Heading in the sidebar
                return tr("Trusted Advisor");
            case Section::Accounts:
                break;
            }
            //: Heading in the sidebar
            return tr("Accounts");
        case ViewRole:
            return -1;
        default:
            return section == Section::Accounts ? troubleData(role) : QVariant();
        }
    }
    if (section == Section::Cases && index.row() == m_shownViews.size())
        return draftsData(role);
    if (section == Section::Filters)
        return filterData(m_shownFilters.at(index.row()), role);
    if (section == Section::Tags)
        return tagData(m_shownTags.at(index.row()), role);
    if (section == Section::Advisor)
        return advisorData(m_shownAdvisor.at(index.row()), role);
    const bool isCase = section == Section::Cases;
    const AccountId account = isCase ? 0 : m_shownAccounts.value(index.row());
    const CaseFilter::View view = isCase ? m_shownViews.at(index.row()) : CaseFilter::View::NeedsReply;
    const QString title = isCase ? tr(entryOf(view).title) : m_accounts.name(account);
    const int count = isCase ? m_counts.of(view) : m_counts.needsReply.value(account);
    const QString trouble = isCase ? QString() : m_accounts.trouble(account);
    switch (role) {
    case Qt::DisplayRole:
        return title;
    case Qt::ToolTipRole:
        return isCase ? QString() : toolTipText(trouble.isEmpty() ? title : title + u'\n' + trouble);
    case Qt::AccessibleTextRole: {
        //: What a screen reader says of a sidebar entry: %1 is its name
        const QString said = isCase ? tr("%1, %n case(s)", nullptr, count).arg(title)
                                    //: What a screen reader says of an account in the sidebar: %1 is its name
                                    : tr("%1, %n case(s) to reply to", nullptr, count).arg(title);
        //: What a screen reader says of an account in the sidebar that can't be refreshed: %2 is why
        return trouble.isEmpty() ? said : tr("%1. Not refreshed: %2", "account").arg(said, trouble);
    }
    case TroubleRole:
        return trouble;
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

/// Of the heading: those that can't be refreshed may be far below.
QVariant SidebarModel::troubleData(int role) const
{
    constexpr int mostNamed = 5;
    int count = 0;
    QStringList names;
    for (const AccountId account : m_shownAccounts) {
        if (!m_accounts.trouble(account).isEmpty() && ++count <= mostNamed)
            names.append(m_accounts.name(account));
    }
    if (count == 0)
        return {};
    //: Of the heading of accounts in the sidebar
    const QString text = tr("%n account(s) could not be refreshed", nullptr, count);
    switch (role) {
    case TroubleCountRole:
        return count;
    case Qt::ToolTipRole:
    case TroubleRole:
        if (count > mostNamed)
            names.append(QStringLiteral("…"));
        return toolTipText(text + u'\n' + names.join(u'\n'));
    case Qt::AccessibleTextRole:
        //: What a screen reader says of the heading: %1 is "Accounts"
        return tr("%1, %2", "heading").arg(tr("Accounts"), text);
    default:
        return {};
    }
}

void SidebarModel::troublesChanged()
{
    if (m_shownAccounts.isEmpty())
        return;
    const QModelIndex section = indexOf(Section::Accounts);
    Q_EMIT dataChanged(section, section);
    Q_EMIT dataChanged(indexOf(Section::Accounts, 0), indexOf(Section::Accounts, m_shownAccounts.size() - 1));
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

QVariant SidebarModel::filterData(const SavedFilter &filter, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return displayText(filter.name);
    case Qt::ToolTipRole:
        return toolTipText(displayText(filter.name));
    case Qt::AccessibleTextRole:
        //: What a screen reader says of a saved filter in the sidebar: %1 is its name
        return tr("Saved filter %1").arg(displayText(filter.name));
    case ViewRole:
        return filterView;
    case FilterIdRole:
        return filter.id;
    default:
        return {};
    }
}

QVariant SidebarModel::tagData(const QString &tag, int role) const
{
    const int count = m_counts.tagged.value(tag);
    switch (role) {
    case Qt::DisplayRole:
        return displayText(tag);
    case Qt::ToolTipRole:
        return toolTipText(displayText(tag));
    case Qt::AccessibleTextRole:
        //: What a screen reader says of a tag in the sidebar: %1 is its name
        return tr("Tag %1, %n case(s)", nullptr, count).arg(displayText(tag));
    case ViewRole:
        return tagView;
    case CountRole:
        return count;
    case TagRole:
        return tag;
    default:
        return {};
    }
}

QVariant SidebarModel::advisorData(const AdvisorEntry &entry, int role) const
{
    const bool isAll = entry.category == allChecks;
    //: In the sidebar, below Trusted Advisor
    const QString name = entry.category.isEmpty() ? tr("Overview")
        : isAll                                   ? tr("All checks")
                                                  : Names::advisorCategory(entry.category.toUtf8().toStdString());
    switch (role) {
    case Qt::DisplayRole:
        return name;
    case Qt::AccessibleTextRole:
        //: What a screen reader says of a category of Trusted Advisor in the sidebar: %1 is its name
        return entry.category.isEmpty() ? tr("Trusted Advisor, overview")
            : isAll                     ? tr("Trusted Advisor, all checks")
                                        : tr("%1, %n check(s) to look at", nullptr, entry.count).arg(name);
    case ViewRole:
        return advisorView;
    case CountRole:
        return entry.count;
    case AdvisorCategoryRole:
        return entry.category;
    default:
        return {};
    }
}

void SidebarModel::setAdvisor(const QList<AdvisorEntry> &entries)
{
    if (entries != m_shownAdvisor)
        follow(Section::Advisor, m_shownAdvisor, entries,
               [](const AdvisorEntry &a, const AdvisorEntry &b) { return a.category == b.category; });
}

QModelIndex SidebarModel::indexOfAdvisor(const QString &category) const
{
    for (qsizetype entry = 0; entry < m_shownAdvisor.size(); ++entry) {
        if (m_shownAdvisor.at(entry).category == category)
            return indexOf(Section::Advisor, entry);
    }
    return {};
}

void SidebarModel::setDrafts(int count, bool isUrgent)
{
    if (count == m_drafts && isUrgent == m_draftsUrgent)
        return;
    m_drafts = count;
    m_draftsUrgent = isUrgent;
    Q_EMIT dataChanged(indexOfDrafts(), indexOfDrafts());
}

QModelIndex SidebarModel::indexOfDrafts() const { return indexOf(Section::Cases, m_shownViews.size()); }

Qt::ItemFlags SidebarModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return index.internalId() == heading ? Qt::ItemFlags(Qt::ItemIsEnabled)
                                         : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QModelIndex SidebarModel::indexOfView(CaseFilter::View view) const
{
    return indexOf(Section::Cases, m_shownViews.indexOf(view));
}

/// Deadlines stand there while there is a case for them, or while they are looked at.
QList<CaseFilter::View> SidebarModel::wantedViews() const
{
    QList<CaseFilter::View> views;
    for (const Entry &entry : caseEntries) {
        if (!isDeadlineView(entry.view) || m_counts.of(entry.view) > 0 || m_cases.filter().view == entry.view)
            views.append(entry.view);
    }
    return views;
}

void SidebarModel::viewsChanged()
{
    if (const QList<CaseFilter::View> wanted = wantedViews(); wanted != m_shownViews)
        follow(Section::Cases, m_shownViews, wanted, std::equal_to<>());
}

QModelIndex SidebarModel::indexOfAccount(AccountId account) const
{
    return indexOf(Section::Accounts, m_shownAccounts.indexOf(account));
}

QModelIndex SidebarModel::indexOfFilter(const QString &id) const
{
    for (qsizetype entry = 0; entry < m_shownFilters.size(); ++entry) {
        if (m_shownFilters.at(entry).id == id)
            return indexOf(Section::Filters, entry);
    }
    return {};
}

QModelIndex SidebarModel::indexOfTag(const QString &tag) const
{
    return indexOf(Section::Tags, m_shownTags.indexOf(tag));
}

void SidebarModel::countsChanged()
{
    const CaseCounts before = std::exchange(m_counts, m_cases.counts());
    viewsChanged();
    for (const CaseFilter::View view : std::as_const(m_shownViews)) {
        if (before.of(view) != m_counts.of(view))
            Q_EMIT dataChanged(indexOfView(view), indexOfView(view));
    }
    for (const AccountId account : std::as_const(m_shownAccounts)) {
        if (before.needsReply.value(account) != m_counts.needsReply.value(account))
            Q_EMIT dataChanged(indexOfAccount(account), indexOfAccount(account));
    }
    if (before.tagged != m_counts.tagged && isShown(Section::Tags))
        Q_EMIT dataChanged(indexOf(Section::Tags, 0), indexOf(Section::Tags, m_shownTags.size() - 1));
}

void SidebarModel::accountsChanged()
{
    QList<AccountId> wanted;
    if (m_accounts.rowCount() > 1) {
        for (int row = 0; row < m_accounts.rowCount(); ++row)
            wanted.append(m_accounts.recordAt(row).id);
    }
    follow(Section::Accounts, m_shownAccounts, wanted, std::equal_to<>());
}

void SidebarModel::filtersChanged()
{
    follow(Section::Filters, m_shownFilters, m_filters->filters(),
           [](const SavedFilter &a, const SavedFilter &b) { return a.id == b.id; });
}

void SidebarModel::tagsChanged()
{
    if (m_shownTags != m_marks->tags())
        follow(Section::Tags, m_shownTags, m_marks->tags(), std::equal_to<>());
}

template <class T, class Same>
void SidebarModel::follow(Section section, QList<T> &shown, const QList<T> &wanted, Same same)
{
    const int row = rowOf(section);
    if (wanted.isEmpty()) {
        if (!shown.isEmpty()) {
            const QScopedValueRollback removing(m_removing, true);
            beginRemoveRows({}, row, row);
            shown.clear();
            endRemoveRows();
        }
        return;
    }
    if (shown.isEmpty()) {
        beginInsertRows({}, row, row);
        shown = wanted;
        endInsertRows();
        return;
    }
    const auto placeIn = [&](const QList<T> &list, const T &one) {
        const auto at = std::find_if(list.begin(), list.end(), [&](const T &other) { return same(one, other); });
        return at == list.end() ? -1 : int(at - list.begin());
    };
    // New ones come first, so that the section never stands empty.
    const QModelIndex parent = index(row, 0);
    for (int entry = 0; entry < int(wanted.size()); ++entry) {
        const int now = placeIn(shown, wanted[entry]);
        if (now < 0) {
            beginInsertRows(parent, entry, entry);
            shown.insert(entry, wanted[entry]);
            endInsertRows();
        } else if (now != entry) {
            beginMoveRows(parent, now, now, parent, entry);
            shown.move(now, entry);
            endMoveRows();
        }
    }
    if (shown.size() > wanted.size()) {
        const QScopedValueRollback removing(m_removing, true);
        beginRemoveRows(parent, int(wanted.size()), int(shown.size()) - 1);
        shown.remove(wanted.size(), shown.size() - wanted.size());
        endRemoveRows();
    }
    shown = wanted;
    Q_EMIT dataChanged(index(0, 0, parent), index(int(shown.size()) - 1, 0, parent));
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
