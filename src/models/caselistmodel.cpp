#include "models/caselistmodel.h"

#include "models/deadlineviews.h"
#include "models/displaytext.h"
#include "models/names.h"
#include "models/relativetime.h"
#include "support/codes.h"

#include <QDateTime>
#include <QHashFunctions>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// Known codes in their order, unknown ones behind them whichever way the column is sorted.
constexpr qint64 rankKey(int rank, int unknown) { return rank == unknown ? sortsLast : rank; }

/// Case ids are numbers, mostly; others stand behind by their first letters.
qint64 displayIdKey(std::string_view id)
{
    constexpr size_t mostDigits = 17;
    qint64 number = 0;
    bool digits = !id.empty() && id.size() <= mostDigits;
    for (size_t i = 0; digits && i < id.size(); ++i) {
        digits = id[i] >= '0' && id[i] <= '9';
        number = number * 10 + (id[i] - '0');
    }
    if (digits)
        return number;
    if (id.empty())
        return sortsLast;
    quint64 letters = 0;
    for (size_t i = 0; i < 7; ++i)
        letters = letters << 8 | (i < id.size() ? static_cast<unsigned char>(id[i]) : 0);
    return qint64(letters) | (qint64(1) << 60);
}

qint64 timeKey(qint64 time) { return time == 0 ? sortsLast : time; }

/// The person's cases first, those that wait longest at the top.
qint64 turnKey(const CaseRecord &c)
{
    constexpr qint64 group = qint64(1) << 50;
    switch (c.turn) {
    case Turn::You:
        return c.turnSince;
    case Turn::Aws:
        return group + c.turnSince;
    case Turn::Nobody:
        break;
    }
    return sortsLast;
}

QString createdText(const CaseRecord &c, const CellContext &context)
{
    return c.created ? TimeText::shortDateTime(c.created, context.locale)
                     : orDash(displayText(c.timeCreatedText.view()));
}

QString exactCreated(const CaseRecord &c, const CellContext &context)
{
    return c.created ? TimeText::exact(c.created, context.locale) : displayText(c.timeCreatedText.view());
}

const CaseMark *markOf(const CaseRecord &c, const CellContext &context)
{
    const CaseMarks::Known *known = context.marks ? context.marks->find(c.account, c.caseId.view()) : nullptr;
    return known ? &known->mark : nullptr;
}

QString tagsText(const CaseMark *mark) { return mark ? displayText(mark->tags.join(u", "_s)) : QString(); }

constexpr std::array<Column<CaseRecord>, CaseListModel::ColumnCount> caseColumns{{
    {.id = "severity",
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Severity"),
     .display = [](const CaseRecord &c, const CellContext &) -> QVariant {
         return orDash(Names::severity(c.severityCode.view()));
     },
     .sortKey = [](const CaseRecord &c,
                   const CellContext &) { return rankKey(severityRank(c.severityCode.view()), 5); },
     .width = 9},
    {.id = "status",
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Status"),
     .display = [](const CaseRecord &c, const CellContext &) -> QVariant {
         return orDash(Names::status(c.status.view()));
     },
     .sortKey = [](const CaseRecord &c, const CellContext &) { return rankKey(statusRank(c.status.view()), 7); },
     .width = 22},
    {.id = "subject",
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Subject"),
     .display = [](const CaseRecord &c, const CellContext &) -> QVariant {
         return orDash(displayText(c.subject.view()));
     },
     .sortText = [](const CaseRecord &c) { return c.subject; },
     .toolTip = [](const CaseRecord &c, const CellContext &) { return toolTipText(displayText(c.subject.view())); },
     .rankedAhead = true,
     .width = 48},
    {.id = "account",
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Account"),
     .display = [](const CaseRecord &c, const CellContext &context) -> QVariant {
         return orDash(context.accounts->name(c.account));
     },
     .sortKey = [](const CaseRecord &c, const CellContext &context) { return context.accounts->rank(c.account); },
     .width = 16},
    {.id = "service",
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Service"),
     .display = [](const CaseRecord &c, const CellContext &context) -> QVariant {
         return orDash(context.names->service(c.serviceCode.view()));
     },
     .sortText = [](const CaseRecord &c) { return c.serviceCode; },
     .sortName = [](const CellContext &context) -> TextRanks::Naming {
         return [names = *context.names](std::string_view code) { return names.service(code); };
     },
     .toolTip = [](const CaseRecord &c, const CellContext &) { return toolTipText(displayText(c.serviceCode.view())); },
     .width = 24},
    {.id = "displayId",
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Case ID"),
     .display = [](const CaseRecord &c, const CellContext &) -> QVariant {
         return orDash(displayText(c.displayId.view()));
     },
     .sortKey = [](const CaseRecord &c, const CellContext &) { return displayIdKey(c.displayId.view()); },
     .toolTip = [](const CaseRecord &c, const CellContext &) { return toolTipText(displayText(c.caseId.view())); },
     .width = 13},
    {.id = "submittedBy",
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Submitted by"),
     .display = [](const CaseRecord &c, const CellContext &) -> QVariant {
         return orDash(displayText(c.submittedBy.view()));
     },
     .sortText = [](const CaseRecord &c) { return c.submittedBy; },
     .toolTip = [](const CaseRecord &c, const CellContext &) { return toolTipText(displayText(c.submittedBy.view())); },
     .hidden = true,
     .width = 22},
    {.id = "created",
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Created"),
     .display = [](const CaseRecord &c, const CellContext &context) -> QVariant { return createdText(c, context); },
     .sortKey = [](const CaseRecord &c, const CellContext &) { return timeKey(c.created); },
     .toolTip = [](const CaseRecord &c, const CellContext &context) { return toolTipText(exactCreated(c, context)); },
     .firstOrder = Qt::DescendingOrder,
     .hidden = true,
     .width = 16},
    {.id = "updated",
     //: Column: when the newest message of a case was written
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Updated"),
     .display = [](const CaseRecord &c, const CellContext &context) -> QVariant {
         return orDash(TimeText::relative(c.updated, context.now, context.locale));
     },
     .sortKey = [](const CaseRecord &c, const CellContext &) { return timeKey(c.updated); },
     .toolTip = [](const CaseRecord &c,
                   const CellContext &context) { return toolTipText(TimeText::exact(c.updated, context.locale)); },
     .firstOrder = Qt::DescendingOrder,
     .relative = true,
     .width = 10},
    {.id = "turn",
     //: Column: whose turn it is to answer, and since when
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Turn"),
     .display = [](const CaseRecord &c, const CellContext &context) -> QVariant {
         return Names::turnSince(c.turn, c.turnSince, context.now);
     },
     .sortKey = [](const CaseRecord &c, const CellContext &) { return turnKey(c); },
     .toolTip =
         [](const CaseRecord &c, const CellContext &context) {
             return c.turn == Turn::Nobody ? QString() : toolTipText(TimeText::exact(c.turnSince, context.locale));
         },
     .relative = true,
     .width = 14},
    {.id = "category",
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Category"),
     .display = [](const CaseRecord &c, const CellContext &context) -> QVariant {
         return orDash(context.names->category(c.serviceCode.view(), c.categoryCode.view()));
     },
     .sortText = [](const CaseRecord &c) { return c.categoryCode; },
     .sortName = [](const CellContext &context) -> TextRanks::Naming {
         return [names = *context.names](std::string_view code) { return names.category(code); };
     },
     .toolTip = [](const CaseRecord &c,
                   const CellContext &) { return toolTipText(displayText(c.categoryCode.view())); },
     .hidden = true,
     .width = 18},
    {.id = "language",
     //: Column: the language in which a case is written
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Language"),
     .display = [](const CaseRecord &c, const CellContext &) -> QVariant {
         return orDash(Names::language(c.language.view()));
     },
     .sortText = [](const CaseRecord &c) { return c.language; },
     .sortName = [](const CellContext &) -> TextRanks::Naming { return &Names::language; },
     .hidden = true,
     .width = 10},
    {.id = "star",
     //: Column: the cases that the person gave a star
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Star"),
     .display = [](const CaseRecord &c, const CellContext &context) -> QVariant {
         const CaseMark *mark = markOf(c, context);
         return mark && mark->starred ? u"★"_s : QString();
     },
     .sortKey = [](const CaseRecord &c, const CellContext &context) -> qint64 {
         const CaseMark *mark = markOf(c, context);
         return mark && mark->starred ? 0 : 1;
     },
     .width = 1},
    {.id = "tags",
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Tags"),
     .display = [](const CaseRecord &c, const CellContext &context) -> QVariant {
         return orDash(tagsText(markOf(c, context)));
     },
     .sortKey = [](const CaseRecord &c, const CellContext &context) -> qint64 {
         const CaseMark *mark = markOf(c, context);
         return mark && !mark->tags.isEmpty() ? context.marks->tagRank(mark->tags.first()) : sortsLast;
     },
     .toolTip = [](const CaseRecord &c,
                   const CellContext &context) { return toolTipText(tagsText(markOf(c, context))); },
     .hidden = true,
     .width = 18},
    {.id = "deadline",
     //: Column: what happens to a case by itself, and when: AWS should answer, AWS closes it, it can't be reopened
     .title = QT_TRANSLATE_NOOP("casement::CaseListModel", "Deadline"),
     .display = [](const CaseRecord &c, const CellContext &context) -> QVariant {
         return orDash(Deadlines::shortText(Deadlines::of(c, context.targets->of(c.account)), context.now));
     },
     .sortKey =
         [](const CaseRecord &c, const CellContext &context) {
             return Deadlines::sortKey(Deadlines::of(c, context.targets->of(c.account)), context.now);
         },
     .toolTip =
         [](const CaseRecord &c, const CellContext &context) {
             return toolTipText(
                 Deadlines::longText(Deadlines::of(c, context.targets->of(c.account)), context.now, context.locale));
         },
     .hidden = true,
     .relative = true,
     .width = 26},
}};

CaseRecord probe(const CaseKey &key, const QByteArray &caseId)
{
    CaseRecord record;
    record.account = key.account;
    record.caseId = Text(caseId.constData(), quint32(caseId.size()));
    return record;
}

} // namespace

CaseListModel::CaseListModel(const AccountModel &accounts, QObject *parent) : RecordModel(parent), m_accounts(accounts)
{
    CellContext own = context();
    own.now = QDateTime::currentMSecsSinceEpoch();
    own.accounts = &accounts;
    own.targets = &m_targets;
    own.names = &m_names;
    setContext(own);
    connect(&accounts, &AccountModel::changed, this, &CaseListModel::accountsChanged);
    connect(&accounts, &AccountModel::changed, this, &CaseListModel::plansChanged);
}

std::span<const Column<CaseRecord>> CaseListModel::columns() const { return caseColumns; }
const char *CaseListModel::translationContext() const { return "casement::CaseListModel"; }

size_t CaseListModel::keyHash(const CaseRecord &record) const
{
    return qHashBits(record.caseId.data(), record.caseId.size(), size_t(record.account));
}

bool CaseListModel::sameKey(const CaseRecord &a, const CaseRecord &b) const { return a.sameCase(b); }

bool CaseListModel::sameContent(const CaseRecord &a, const CaseRecord &b) const
{
    return a.updated == b.updated && a.turnSince == b.turnSince && a.turn == b.turn && a.unread == b.unread
        && a.created == b.created && a.status == b.status && a.severityCode == b.severityCode && a.subject == b.subject
        && a.displayId == b.displayId && a.serviceCode == b.serviceCode && a.categoryCode == b.categoryCode
        && a.submittedBy == b.submittedBy && a.language == b.language && a.timeCreatedText == b.timeCreatedText
        && a.folded == b.folded && a.firstAnswer == b.firstAnswer && a.answered == b.answered;
}

qint64 CaseListModel::newness(const CaseRecord &record) const { return record.updated; }

std::shared_ptr<const void> CaseListModel::keepAlive(const CaseRecord &record) const { return record.texts; }

bool CaseListModel::accepts(const CaseRecord &record) const
{
    return m_matcher.accepts(record, markOf(record))
        && (!isDeadlineView(m_filter.view)
            || deadlineView(Deadlines::of(record, m_targets.of(record.account)), now()) == m_filter.view);
}

QVariant CaseListModel::recordData(const CaseRecord &record, int column, int role) const
{
    switch (role) {
    case StarredRole:
    case MutedRole:
    case NoteRole:
        return markData(record, column, role);
    case Qt::FontRole: {
        if (!record.unread)
            return {};
        QFont font;
        font.setBold(true);
        return font;
    }
    case Qt::AccessibleTextRole:
        if (column == Subject && record.unread) {
            //: What a screen reader says of a case with a new message; %1 is its subject
            return tr("Unread: %1").arg(displayText(record.subject.view()));
        }
        if (column == Updated)
            return TimeText::ago(record.updated, context().now, context().locale);
        return markData(record, column, role);
    case Qt::AccessibleDescriptionRole:
        return markData(record, column, role);
    case KeyRole:
        return QVariant::fromValue(CaseKey{record.account, record.caseId.toString()});
    case UnreadRole:
        return record.unread;
    case SeverityCodeRole:
        return record.severityCode.toString();
    case SeverityRankRole:
        return severityRank(record.severityCode.view());
    case StatusCodeRole:
        return record.status.toString();
    case ServiceCodeRole:
        return record.serviceCode.toString();
    case TurnRole:
        return int(record.turn);
    case SubjectRole:
        return displayText(record.subject.view());
    case DisplayIdRole:
        return displayText(record.displayId.view());
    case SubmittedByRole:
        return displayText(record.submittedBy.view());
    case AccountIdRole:
        return QVariant::fromValue(record.account);
    case AccountNameRole:
        return m_accounts.name(record.account);
    case TroubleRole:
        return m_accounts.trouble(record.account);
    case AccountColorRole:
        return m_accounts.colorIndex(record.account);
    case CreatedRole:
        return record.created;
    case ExactTimeRole:
        return column == Created
            ? exactCreated(record, context())
            : TimeText::exact(column == TurnColumn ? record.turnSince : record.updated, context().locale);
    case RelativeTimeRole:
        return TimeText::relative(column == Created ? record.created : record.updated, context().now, context().locale);
    default:
        return {};
    }
}

QVariant CaseListModel::markData(const CaseRecord &record, int column, int role) const
{
    const CaseMarks::Known *known = markOf(record);
    const CaseMark mark = known ? known->mark : CaseMark();
    switch (role) {
    case StarredRole:
        return mark.starred;
    case MutedRole:
        return mark.muted;
    case NoteRole:
        return bodyText(mark.note);
    case Qt::AccessibleTextRole:
        if (column == Star)
            return mark.starred ? tr("Starred") : tr("Not starred");
        return {};
    case Qt::AccessibleDescriptionRole:
        if (column != Subject || mark.note.isEmpty())
            return {};
        //: What a screen reader says besides a case's subject; %1 is what the person noted
        return tr("Your note: %1").arg(displayText(mark.note));
    default:
        return {};
    }
}

void CaseListModel::setMarks(const CaseMarks &marks)
{
    m_marks = &marks;
    CellContext own = context();
    own.marks = m_marks;
    setContext(own);
    connect(&marks, &CaseMarks::loaded, this, &CaseListModel::marksLoaded);
    connect(&marks, &CaseMarks::changed, this, [this](AccountId account, const QString &caseId) {
        if (m_marked.isEmpty()) // one pass for all cases of an act
            QMetaObject::invokeMethod(this, &CaseListModel::marksChanged, Qt::QueuedConnection);
        m_marked.append({account, caseId});
    });
    marksLoaded();
}

void CaseListModel::marksLoaded()
{
    m_marked.clear();
    countMarks();
    resort(Star);
    resort(Tags);
    refilter(false);
    for (const int column : {int(Star), int(Tags), int(Subject)})
        cellsChanged(column);
    merged();
}

void CaseListModel::marksChanged()
{
    const QList<CaseKey> keys = std::exchange(m_marked, {});
    std::vector<QByteArray> ids;
    ids.reserve(size_t(keys.size()));
    CaseRecords records;
    for (const CaseKey &key : keys) {
        ids.push_back(key.caseId.toUtf8());
        records.push_back(probe(key, ids.back()));
    }
    countMarks();
    reconsider(records);
    resort(Tags); // a tag that came or went moves the places of others
    merged();
}

void CaseListModel::countMarks()
{
    m_counts.clearMarks();
    if (!m_marks)
        return;
    m_marks->forEach([this](AccountId account, std::string_view caseId, const CaseMark &mark) {
        CaseRecord key;
        key.account = account;
        key.caseId = Text(caseId.data(), quint32(caseId.size()));
        if (counted(account) && find(key))
            m_counts.addMark(mark, 1);
    });
}

void CaseListModel::setFilter(const CaseFilter &filter)
{
    if (filter == m_filter)
        return;
    const bool recount = filter.accounts != m_filter.accounts;
    CaseMatcher matcher(filter, QDateTime::fromMSecsSinceEpoch(now()));
    const bool narrowing = matcher.narrows(m_matcher);
    m_filter = filter;
    m_matcher = std::move(matcher);
    refilter(narrowing);
    if (recount) {
        CaseCounts counts;
        counts.needsReply = m_counts.needsReply;
        counts.withAws = m_counts.withAws;
        counts.unread = m_counts.unread;
        forEach([&](const CaseRecord &record) {
            if (counted(record.account))
                counts.add(record, 1);
        });
        m_counts = counts;
        countMarks();
        countDeadlines();
    }
    Q_EMIT filterChanged();
    merged();
}

bool CaseListModel::counted(AccountId account) const
{
    return m_filter.accounts.isEmpty() || m_filter.accounts.contains(account);
}

void CaseListModel::setNames(const CatalogNames &names)
{
    m_names = names;
    renamed(Service);
    renamed(Category);
}

void CaseListModel::recordChanged(const CaseRecord *before, const CaseRecord *after)
{
    for (const auto &[record, number] : {std::pair(before, -1), std::pair(after, 1)}) {
        if (!record)
            continue;
        if (counted(record->account))
            m_counts.add(*record, number);
        countDeadline(*record, number);
        if (const CaseMarks::Known *mark = (before && after) || !counted(record->account) ? nullptr : markOf(*record))
            m_counts.addMark(mark->mark, number);
        const CaseFilter::View view = caseView(record->status.view());
        if (view == CaseFilter::View::NeedsReply)
            m_counts.needsReply[record->account] += number;
        else if (view == CaseFilter::View::WithAws)
            m_counts.withAws[record->account] += number;
        if (record->unread)
            m_counts.unread[record->account] += number;
    }
}

void CaseListModel::merged()
{
    if (m_counts == m_toldCounts)
        return;
    m_toldCounts = m_counts;
    Q_EMIT countsChanged();
}

CaseKey CaseListModel::keyAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    const CaseRecord &record = recordAt(row);
    return {record.account, record.caseId.toString()};
}

int CaseListModel::rowOfCase(const CaseKey &key) const
{
    const QByteArray caseId = key.caseId.toUtf8();
    return rowOfRecord(probe(key, caseId));
}

const CaseRecord *CaseListModel::findCase(const CaseKey &key) const
{
    const QByteArray caseId = key.caseId.toUtf8();
    return find(probe(key, caseId));
}

void CaseListModel::removeCases(const QList<CaseKey> &keys)
{
    std::vector<QByteArray> ids;
    ids.reserve(size_t(keys.size()));
    CaseRecords records;
    for (const CaseKey &key : keys) {
        ids.push_back(key.caseId.toUtf8());
        records.push_back(probe(key, ids.back()));
    }
    remove(records);
}

void CaseListModel::removeAccount(AccountId account)
{
    removeIf([account](const CaseRecord &record) { return record.account == account; });
}

void CaseListModel::accountsChanged()
{
    cellsChanged(Account);
    resort(Account);
    regroup();
}

} // namespace casement
