#include "models/outboxmodel.h"

#include "archive/outbox.h"
#include "models/displaytext.h"
#include "models/relativetime.h"
#include "models/roles.h"
#include "support/cases.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

struct ColumnFacts
{
    const char *id; ///< stays for ever; settings remember columns by it
    const char *title;
    int width; ///< in average characters
};

constexpr std::array<ColumnFacts, OutboxModel::ColumnCount> outboxColumns{{
    //: Column: how far a draft or a message on its way is
    {"state", QT_TRANSLATE_NOOP("casement::OutboxModel", "State"), 24},
    //: Column: new case, reply or resolution
    {"kind", QT_TRANSLATE_NOOP("casement::OutboxModel", "Kind"), 10},
    {"subject", QT_TRANSLATE_NOOP("casement::OutboxModel", "Subject"), 40},
    {"account", QT_TRANSLATE_NOOP("casement::OutboxModel", "Account"), 16},
    //: Column: the first line of a message
    {"text", QT_TRANSLATE_NOOP("casement::OutboxModel", "Text"), 40},
    //: Column: when a draft or a message on its way last changed
    {"changed", QT_TRANSLATE_NOOP("casement::OutboxModel", "Changed"), 10},
}};

bool isOf(const OutboxEntry &entry, const char *operation) { return entry.operation == QLatin1StringView(operation); }

bool isNewer(const OutboxEntry &a, const OutboxEntry &b)
{
    return a.created != b.created ? a.created > b.created : a.id > b.id;
}

/// The first line that says something.
QString firstLine(const QString &text)
{
    const QStringView rest = QStringView(text).trimmed();
    // displayText() keeps 1,000; what it would only throw away is not copied.
    return displayText(rest.first(std::min<qsizetype>(rest.size(), 1100)).toString().section(u'\n', 0, 0).trimmed());
}

} // namespace

OutboxModel::OutboxModel(const Outbox &outbox, const CaseListModel &cases, const AccountModel &accounts,
                         QObject *parent)
    : QAbstractTableModel(parent), m_outbox(outbox), m_cases(cases), m_accounts(accounts),
      m_now(QDateTime::currentMSecsSinceEpoch())
{
    for (const OutboxEntry &entry : outbox.entries())
        m_rows.append(rowFor(entry));
    std::sort(m_rows.begin(), m_rows.end(), [](const Row &a, const Row &b) { return isNewer(a.entry, b.entry); });
    count();
    connect(&outbox, &Outbox::changed, this, &OutboxModel::entryChanged);
    connect(&outbox.files(), &OutboxFiles::changed, this, &OutboxModel::entryChanged);
    connect(&cases, &QAbstractItemModel::rowsInserted, this, &OutboxModel::casesChanged);
    connect(&cases, &QAbstractItemModel::dataChanged, this, &OutboxModel::casesChanged);
    connect(&cases, &CaseListModel::totalCountChanged, this, &OutboxModel::casesChanged);
    connect(&accounts, &AccountModel::changed, this, &OutboxModel::accountsChanged);
}

int OutboxModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int OutboxModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

int OutboxModel::rowOf(const QString &id) const
{
    const auto at = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.entry.id == id; });
    return at == m_rows.end() ? -1 : int(at - m_rows.begin());
}

QVariant OutboxModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size() || index.column() >= ColumnCount)
        return {};
    const Row &row = m_rows.at(index.row());
    const OutboxEntry &entry = row.entry;
    switch (role) {
    case Qt::DisplayRole:
        return display(row, index.column());
    case Qt::ToolTipRole:
        if (index.column() == Changed)
            return toolTipText(TimeText::exact(entry.changed, QLocale()));
        if (index.column() == Subject || index.column() == Text)
            return toolTipText(display(row, index.column()));
        return {};
    case Qt::AccessibleTextRole:
        if (index.column() == Subject)
            return accessibleText(row);
        if (index.column() == Changed)
            return TimeText::ago(entry.changed, m_now, QLocale());
        return {};
    case KeyRole:
        return entry.id;
    case OutboxStateRole:
        return int(entry.state);
    case UnderWayRole:
        return row.underWay;
    case FileCountRole:
        return row.files;
    case ErrorRole:
        return QVariant::fromValue(entry.error);
    case CaseIdRole:
        return entry.caseId;
    case SubjectRole:
        return display(row, Subject);
    case AccountIdRole:
        return QVariant::fromValue(entry.account);
    case AccountNameRole:
        return m_accounts.name(entry.account);
    case AccountColorRole:
        return m_accounts.colorIndex(entry.account);
    case CreatedRole:
        return entry.created;
    case ExactTimeRole:
        return TimeText::exact(entry.changed, QLocale());
    case RelativeTimeRole:
        return TimeText::relative(entry.changed, m_now, QLocale());
    default:
        return {};
    }
}

QVariant OutboxModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const ColumnFacts &column = outboxColumns[size_t(section)];
    switch (role) {
    case Qt::DisplayRole:
        return tr(column.title);
    case ColumnIdRole:
        return QLatin1StringView(column.id).toString();
    case ColumnWidthRole:
        return column.width;
    default:
        return {};
    }
}

QString OutboxModel::display(const Row &row, int column) const
{
    switch (column) {
    case State:
        return stateText(row);
    case Kind:
        if (isOf(row.entry, CreateCase::name))
            return tr("New case");
        if (isOf(row.entry, AddCommunicationToCase::name)) {
            //: A reply that carries files for which a message had no room
            return row.entry.part > 0 ? tr("Follow-up") : tr("Reply");
        }
        //: What a change does: it resolves a case
        return isOf(row.entry, ResolveCase::name) ? tr("Resolve") : displayText(row.entry.operation);
    case Subject:
        if (!row.subject.isEmpty())
            return row.subject;
        return isOf(row.entry, CreateCase::name) ? tr("No subject yet") : displayText(row.entry.caseId);
    case Account:
        return m_accounts.label(row.entry.account);
    case Text:
        return row.text;
    case Changed:
        return TimeText::relative(row.entry.changed, m_now, QLocale());
    default:
        return {};
    }
}

QString OutboxModel::stateText(const Row &row) const
{
    const Error::Kind error = row.entry.error.kind;
    switch (row.entry.state) {
    case OutboxState::Draft:
        if (error == Error::Kind::Refused || error == Error::Kind::Invalid) {
            //: State of a message: AWS refused it, and it is a draft again
            return tr("Refused");
        }
        //: State of a message: it is being written
        return tr("Draft");
    case OutboxState::Queued:
        switch (row.before) {
        case Before::Draft:
            //: State of a reply that is sent by itself after another message, which is still written
            return tr("Follows a draft");
        case Before::Refused:
            //: State of a reply that is sent by itself after another message, which AWS refused
            return tr("Waits: message refused");
        case Before::Sending:
            //: State of a reply that is sent by itself after another message, which is on its way
            return tr("Waits for its message");
        case Before::NotFound:
            //: State of a reply that is sent by itself after another message, which did not arrive so far
            return tr("Waits: message not found");
        case Before::Deleted:
            //: State of a reply that was to be sent by itself after another message, which is no more
            return tr("Message deleted: send?");
        case Before::Nothing:
            break;
        }
        return row.underWay ? tr("Sending…") : tr("Waiting to be sent");
    case OutboxState::Unknown:
        if (!row.underWay)
            return tr("Unknown: it may have arrived");
        // A job that has an error to go by was sent before.
        //: State of a message: the program looks whether it arrived
        return error == Error::Kind::None ? tr("Sending…") : tr("Looking…");
    case OutboxState::Asking:
        return row.underWay ? tr("Looking…") : tr("Not found: send again?");
    case OutboxState::Done:
    case OutboxState::Told:
        //: State of a message: it arrived
        return tr("Done");
    }
    return {};
}

QString OutboxModel::accessibleText(const Row &row) const
{
    //: What a screen reader says of an entry: %1 is its kind ("Reply"), %2 a subject, %3 an account, %4 its state, %5
    //: when it changed ("2 h ago")
    const QString said = tr("%1: %2, %3, %4, %5")
                             .arg(display(row, Kind), display(row, Subject), display(row, Account), stateText(row),
                                  TimeText::ago(row.entry.changed, m_now, QLocale()));
    return row.files == 0 ? said : said + u", "_s + tr("%n file(s)", nullptr, row.files);
}

OutboxModel::Row OutboxModel::rowFor(const OutboxEntry &entry) const
{
    Row row{.entry = entry,
            .before = beforeOf(entry),
            .underWay = m_outbox.isUnderWay(entry.id),
            .files = int(m_outbox.files().of(entry.id).size()),
            .subject = caseSubject(entry),
            .text = {}};
    // An input that nobody can read has no words to show; what else is known of the entry stands there all the same.
    if (isOf(entry, CreateCase::name)) {
        if (const auto request = decode<CreateCase::Request>(entry.input); request) {
            row.subject = displayText(request->subject);
            row.text = firstLine(request->communicationBody);
        }
    } else if (isOf(entry, AddCommunicationToCase::name)) {
        if (const auto request = decode<AddCommunicationToCase::Request>(entry.input); request)
            row.text = firstLine(request->communicationBody);
    }
    return row;
}

OutboxModel::Before OutboxModel::beforeOf(const OutboxEntry &entry) const
{
    if (entry.predecessor.isEmpty())
        return Before::Nothing;
    const OutboxEntry *before = m_outbox.find(entry.predecessor);
    if (!before)
        return Before::Deleted;
    switch (before->state) {
    case OutboxState::Draft:
        return before->error.kind == Error::Kind::None ? Before::Draft : Before::Refused;
    case OutboxState::Asking:
        return Before::NotFound;
    default:
        return Before::Sending;
    }
}

/// Of the case that is answered or resolved, or opened by what it follows.
QString OutboxModel::caseSubject(const OutboxEntry &entry) const
{
    if (isOf(entry, CreateCase::name))
        return {};
    if (entry.caseId.isEmpty()) {
        const OutboxEntry *head = m_outbox.find(entry.predecessor);
        while (head && !head->predecessor.isEmpty())
            head = m_outbox.find(head->predecessor);
        const auto request = decode<CreateCase::Request>(head ? head->input : QByteArray());
        return request ? displayText(request->subject) : QString();
    }
    const CaseRecord *record = m_cases.findCase({entry.account, entry.caseId});
    return record ? displayText(record->subject.view()) : QString();
}

void OutboxModel::entryChanged(const QString &id)
{
    const OutboxEntry *entry = m_outbox.find(id);
    const int known = rowOf(id);
    if (!entry) {
        if (known < 0)
            return;
        beginRemoveRows({}, known, known);
        m_rows.removeAt(known);
        endRemoveRows();
    } else if (Row row = rowFor(*entry); known < 0) {
        const auto at = std::find_if(m_rows.begin(), m_rows.end(),
                                     [&](const Row &other) { return isNewer(row.entry, other.entry); });
        const int place = int(at - m_rows.begin());
        beginInsertRows({}, place, place);
        m_rows.insert(place, std::move(row));
        endInsertRows();
    } else {
        if (row == m_rows.at(known))
            return;
        m_rows[known] = std::move(row);
        Q_EMIT dataChanged(index(known, 0), index(known, ColumnCount - 1));
    }
    count();
    QStringList waiting; // for it
    for (const Row &row : std::as_const(m_rows)) {
        if (row.entry.predecessor == id)
            waiting.append(row.entry.id);
    }
    for (const QString &follower : std::as_const(waiting))
        entryChanged(follower);
}

void OutboxModel::casesChanged()
{
    if (m_readsSubjects || m_rows.isEmpty())
        return;
    m_readsSubjects = true;
    // The model is in the middle of telling its rows, and tells more of them in a moment.
    QMetaObject::invokeMethod(this, &OutboxModel::readSubjects, Qt::QueuedConnection);
}

void OutboxModel::readSubjects()
{
    m_readsSubjects = false;
    for (int at = 0; at < m_rows.size(); ++at) {
        Row &row = m_rows[at];
        if (isOf(row.entry, CreateCase::name))
            continue;
        QString subject = caseSubject(row.entry);
        if (subject == row.subject)
            continue;
        row.subject = std::move(subject);
        Q_EMIT dataChanged(index(at, Subject), index(at, Subject));
    }
}

void OutboxModel::accountsChanged()
{
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1)); // the colour is a role of every cell
}

void OutboxModel::count()
{
    const auto countOf = [this](OutboxState state) {
        return int(
            std::count_if(m_rows.begin(), m_rows.end(), [state](const Row &row) { return row.entry.state == state; }));
    };
    const auto isLeft = [](const Row &row) { return row.before == Before::Deleted; };
    const int drafts = countOf(OutboxState::Draft);
    const int asking = countOf(OutboxState::Asking) + int(std::count_if(m_rows.begin(), m_rows.end(), isLeft));
    if (drafts == m_drafts && asking == m_asking)
        return;
    m_drafts = drafts;
    m_asking = asking;
    Q_EMIT countsChanged();
}

void OutboxModel::tick(qint64 now)
{
    m_now = now;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, Changed), index(rowCount() - 1, Changed));
}

void OutboxModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

} // namespace casement
