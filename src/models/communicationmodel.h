#pragma once

#include "models/recordmodel.h"

#include "archive/records.h"

namespace casement {

/// The messages of one conversation, oldest first (newest last) until sorted the other way. One column; what a bubble
/// needs are roles.
class CommunicationModel final : public RecordModel<CommunicationRecord>
{
    Q_OBJECT

public:
    enum ColumnIndex { Message, ColumnCount };

    explicit CommunicationModel(QObject *parent = nullptr);

    /// Another conversation, or the same one read again: what is not in the list goes, what is new comes.
    void setMessages(const QList<CommunicationRecord> &messages);
    /// The first row that AWS wrote after the person last looked, or -1.
    int firstUnread() const;

protected:
    std::span<const Column<CommunicationRecord>> columns() const override;
    const char *translationContext() const override;
    size_t keyHash(const CommunicationRecord &record) const override;
    bool sameKey(const CommunicationRecord &a, const CommunicationRecord &b) const override;
    bool sameContent(const CommunicationRecord &a, const CommunicationRecord &b) const override;
    qint64 newness(const CommunicationRecord &record) const override;
    QVariant recordData(const CommunicationRecord &record, int column, int role) const override;
};

} // namespace casement

Q_DECLARE_METATYPE(QList<casement::AttachmentRecord>)
