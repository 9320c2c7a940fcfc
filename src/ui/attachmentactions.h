#pragma once

#include "models/caselistmodel.h"
#include "ui/attachmentcopies.h"
#include "ui/attachmentfetcher.h"
#include "ui/conversationchips.h"

#include <QPointer>

#include <functional>

class QMimeData;
class QToolButton;

namespace casement {

class ConversationPage;
class SaveAttachmentsJob;
class Shortcuts;
class Toast;
class Workspace;

/// What is done with attachments from the window: opening, previewing, saving, dragging out. What is not here yet is
/// downloaded first.
///
/// A file that can run code is never opened, and nothing is opened in its place: other programs get a read-only copy
/// under a safe name. Names are the service's and hostile.
class AttachmentActions final : public QObject
{
    Q_OBJECT

public:
    /// All are borrowed; `window` gets questions, `toast` what became of it.
    AttachmentActions(Workspace &workspace, QWidget &window, std::function<Toast &()> toast);
    ~AttachmentActions() override;

    AttachmentFetcher &fetcher() { return m_fetcher; }
    const AttachmentCopies &copies() const { return m_copies; }
    Shortcuts &shortcuts() const;

    /// Acts for the chips of a conversation, and shows how many files it has.
    void serve(ConversationPage &page);
    /// Attachments of the case that is shown.
    int count() const { return int(filesOfCase().size()); }
    /// Ctrl+S: the current chip; without one the only attachment of the case, or the list of them.
    void saveCurrent();
    /// Lists the attachments of the case that is shown.
    void showAll();

    // `parent` is what dialogs stand before; the window when null.
    /// Double click: a preview of what has one; else opens it.
    void activate(const AttachmentFile &file, QWidget *parent = nullptr);
    void open(const AttachmentFile &file, QWidget *parent = nullptr);
    void preview(const AttachmentFile &file, QWidget *parent = nullptr);
    void saveAs(const AttachmentFile &file, QWidget *parent = nullptr);
    void saveAll(const QList<AttachmentFile> &files, QWidget *parent = nullptr);
    /// Without a question.
    void saveInto(const QList<AttachmentFile> &files, const QString &folder);
    /// Gives what was dragged to whoever takes it; not yet here, it is downloaded for the next time.
    void dragOut(const AttachmentFile &file, QWidget &source);

    /// Into the clipboard, for a folder or another program.
    void copyFile(const AttachmentFile &file);

    /// As it is shown.
    static QString shownName(const AttachmentRecord &attachment);
    /// What carries a drag; tests put their own in its place. Takes the data.
    void setDragger(std::function<void(QMimeData *, QWidget &)> dragger) { m_dragger = std::move(dragger); }

private:
    void openKept(const AttachmentFile &file, const KeptAttachment &kept, QWidget *parent);
    void openCopy(const AttachmentFile &file, const KeptAttachment &kept);
    void refuse(const AttachmentFile &file, QWidget *parent);
    void saveTo(const AttachmentFile &file, const QString &path);
    void showMenu(const ConversationChips::Chip &chip, const QPoint &place);
    void tellSaved(const SaveAttachmentsJob &job, const QString &folder);
    void tellFailed(const QString &sentence, const Error &error, std::function<void()> again);
    void tellNotDownloaded(const AttachmentFile &file, const Error &error, std::function<void()> again);
    void showCount();
    QString folder() const;
    QList<AttachmentFile> filesOfCase() const;
    QList<AttachmentFile> filesOfMessage(const QString &key) const;

    Workspace &m_workspace;
    QWidget &m_window;
    std::function<Toast &()> m_toast;
    AttachmentFetcher m_fetcher;
    AttachmentCopies m_copies;
    QPointer<ConversationPage> m_page;
    QPointer<QToolButton> m_count;
    std::function<void(QMimeData *, QWidget &)> m_dragger;
};

} // namespace casement
