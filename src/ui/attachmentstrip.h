#pragma once

#include "archive/outboxfiles.h"
#include "ui/attachmentchip.h"

#include <QHash>
#include <QPointer>
#include <QScrollArea>
#include <QSet>

namespace casement {

class FileSecrets;

/// The files of one outbox entry as chips, in the order of the message, over as many lines as they need; hidden
/// when there is no file. Where its room is limited it scrolls.
class AttachmentStrip final : public QScrollArea
{
    Q_OBJECT

public:
    explicit AttachmentStrip(QWidget *parent = nullptr);

    /// Both outlive the strip's use.
    void setUp(OutboxFiles &files, FileSecrets &secrets);
    /// Whose files it shows. Where `isEditable` is false nothing can be done to them.
    void setEntry(const QString &entry, AccountId account, bool isEditable = true);
    const QString &entry() const { return m_entry; }
    int count() const { return int(m_chips.size()); }
    const QList<AttachmentChip *> &chips() const { return m_chips; }
    /// How high the page is that it leaves room on, and scrolls for; 0, as it is at first: it is as high as its lines.
    void setRoom(int height);
    void retranslate();

Q_SIGNALS:
    /// Files came, changed or went, or something was found in one.
    void changed();
    /// Files of the entry that need another look at the disk.
    void takeAsItIsRequested(const QString &id);
    /// A file was taken out of the message; it can be brought back.
    void putAside(const QString &id);
    /// The last chip went while it had the focus.
    void focusLost();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void read();
    void showChip(AttachmentChip &chip, const OutboxFile &file);
    AttachmentChip *makeChip();
    void act(AttachmentChip &chip, AttachmentChip::Act what);
    void arrange();
    void showFailed();

    OutboxFiles *m_files = nullptr;
    FileSecrets *m_secrets = nullptr;
    QString m_entry;
    AccountId m_account = 0;
    bool m_isEditable = true;
    int m_room = 0;
    QList<AttachmentChip *> m_chips;
    QSet<QString> m_failed; // ids, of those that were brought into sight
};

} // namespace casement
