#include "models/communicationmodel.h"

#include "models/displaytext.h"
#include "models/relativetime.h"

#include <QDateTime>

namespace casement {

namespace {

constexpr std::array<Column<CommunicationRecord>, CommunicationModel::ColumnCount> messageColumns{{
    {.id = "message",
     .title = QT_TRANSLATE_NOOP("casement::CommunicationModel", "Message"),
     .display = [](const CommunicationRecord &c, const CellContext &) -> QVariant { return bodyText(c.body); },
     .sortKey = [](const CommunicationRecord &c, const CellContext &) { return c.created; },
     .relative = true,
     .width = 60},
}};

} // namespace

CommunicationModel::CommunicationModel(QObject *parent) : RecordModel(parent)
{
    CellContext own = context();
    own.now = QDateTime::currentMSecsSinceEpoch();
    setContext(own);
    sort(Message, Qt::AscendingOrder);
}

void CommunicationModel::setMessages(const QList<CommunicationRecord> &messages)
{
    replace(std::vector<CommunicationRecord>(messages.begin(), messages.end()));
}

int CommunicationModel::firstUnread() const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (recordAt(row).unread)
            return row;
    }
    return -1;
}

std::span<const Column<CommunicationRecord>> CommunicationModel::columns() const { return messageColumns; }
const char *CommunicationModel::translationContext() const { return "casement::CommunicationModel"; }
size_t CommunicationModel::keyHash(const CommunicationRecord &record) const { return qHash(record.key); }
bool CommunicationModel::sameKey(const CommunicationRecord &a, const CommunicationRecord &b) const
{
    return a.key == b.key;
}
bool CommunicationModel::sameContent(const CommunicationRecord &a, const CommunicationRecord &b) const
{
    return a == b;
}
qint64 CommunicationModel::newness(const CommunicationRecord &) const { return 0; }

QVariant CommunicationModel::recordData(const CommunicationRecord &record, int, int role) const
{
    switch (role) {
    case Qt::AccessibleTextRole:
        return record.fromAws
            //: What a screen reader says of a message: %1 is when ("2 h ago"), %2 the text
            ? tr("AWS Support, %1: %2")
                  .arg(TimeText::ago(record.created, context().now, context().locale), bodyText(record.body))
            //: What a screen reader says of a message: %1 is who wrote it, %2 when ("2 h ago"), %3 the text
            : tr("%1, %2: %3")
                  .arg(displayText(record.submittedBy), TimeText::ago(record.created, context().now, context().locale),
                       bodyText(record.body));
    case KeyRole:
        return record.key;
    case BodyRole:
        return bodyText(record.body);
    case SubmittedByRole:
        return displayText(record.submittedBy);
    case FromAwsRole:
        return record.fromAws;
    case UnreadRole:
        return record.unread;
    case CreatedRole:
        return record.created;
    case ExactTimeRole:
        return record.created ? TimeText::exact(record.created, context().locale) : displayText(record.timeCreatedText);
    case RelativeTimeRole:
        return record.created ? TimeText::ago(record.created, context().now, context().locale)
                              : displayText(record.timeCreatedText);
    case AttachmentsRole:
        return QVariant::fromValue(record.attachments);
    default:
        return {};
    }
}

} // namespace casement
