#pragma once

#include "models/caselistmodel.h"
#include "ui/attachmentfetcher.h"

#include <QDialog>

#include <memory>

class QSortFilterProxyModel;
class QStandardItem;
class QStandardItemModel;

namespace casement {

namespace Ui {
class AttachmentsDialog;
}

class AttachmentActions;
class Workspace;

/// Every attachment of a case: its size where it is known, who sent it when, and whether it is kept here. Follows what
/// comes while it is open.
class AttachmentsDialog final : public QDialog
{
    Q_OBJECT

public:
    enum Column { Name, Size, From, Date, Here, ColumnCount };

    /// Both are borrowed and outlive the dialog.
    AttachmentsDialog(Workspace &workspace, AttachmentActions &actions, const CaseKey &key, QWidget *parent);
    ~AttachmentsDialog() override;

Q_SIGNALS:
    /// The message that has the attachment is to be shown.
    void messageRequested(const QString &key);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Entry
    {
        AttachmentFile file;
        QString messageKey;
        QString from;
        qint64 created = 0;
        QString createdText; ///< the service's own, when it can't be read
    };

    void load();
    void take(const QList<CommunicationRecord> &messages);
    void fitFrom();
    void widen();
    void fillRow(int row);
    void updateState(const QString &attachmentId);
    void updateButtons();
    void retranslate();
    int currentEntry() const;
    QList<AttachmentFile> selected() const;
    void withCurrent(const std::function<void(const AttachmentFile &)> &act);

    std::unique_ptr<Ui::AttachmentsDialog> m_ui;
    Workspace &m_workspace;
    AttachmentActions &m_actions;
    CaseKey m_key;
    QStandardItemModel *m_model = nullptr; // a row for each of m_entries
    QSortFilterProxyModel *m_sorted = nullptr;
    QList<Entry> m_entries;
};

} // namespace casement
