#pragma once

#include "archive/outboxstore.h"
#include "models/caselistmodel.h"

#include <QAbstractTableModel>

namespace casement {

class Outbox;

/// What the person writes and what is on its way: a row per entry of the outbox, newest first. KeyRole is the entry's
/// id; OutboxStateRole, UnderWayRole, ErrorRole, AccountIdRole, CaseIdRole, FileCountRole.
///
/// Rows follow Outbox::changed() one by one; it never resets.
class OutboxModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum ColumnIndex { State, Kind, Subject, Account, Text, Changed, ColumnCount };

    /// All are borrowed and outlive the model. `cases` gives the subjects of cases, also of those that its filter
    /// hides.
    OutboxModel(const Outbox &outbox, const CaseListModel &cases, const AccountModel &accounts,
                QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// The row's entry as it was last told.
    const OutboxEntry &entryAt(int row) const { return m_rows.at(row).entry; }
    /// -1 when there is none.
    int rowOf(const QString &id) const;

    int draftCount() const { return m_drafts; }
    /// Entries that were looked for and not found, and follow-ups of what was deleted: a person decides.
    int needsYouCount() const { return m_asking; }

    /// The time to which relative times refer moves on.
    void tick(qint64 now);
    void retranslate();

Q_SIGNALS:
    /// draftCount() or needsYouCount() changed.
    void countsChanged();

private:
    /// What a follow-up waits for.
    enum class Before : quint8 { Nothing, Draft, Refused, Sending, NotFound, Deleted };
    struct Row
    {
        OutboxEntry entry;
        Before before = Before::Nothing;
        bool underWay = false;
        int files = 0;
        QString subject; // displayText(); empty when it is not known
        QString text; // the first line, displayText()
        friend bool operator==(const Row &, const Row &) = default;
    };

    Row rowFor(const OutboxEntry &entry) const;
    Before beforeOf(const OutboxEntry &entry) const;
    QString caseSubject(const OutboxEntry &entry) const;
    QString display(const Row &row, int column) const;
    QString stateText(const Row &row) const;
    QString accessibleText(const Row &row) const;
    void entryChanged(const QString &id);
    void casesChanged();
    void readSubjects();
    void accountsChanged();
    void count();

    const Outbox &m_outbox;
    const CaseListModel &m_cases;
    const AccountModel &m_accounts;
    QList<Row> m_rows;
    qint64 m_now;
    int m_drafts = 0;
    int m_asking = 0;
    bool m_readsSubjects = false; // soon
};

} // namespace casement
