#include "ui/attachmentactions.h"

#include "base/background.h"
#include "models/displaytext.h"
#include "transfer/filename.h"
#include "transfer/savefile.h"
#include "ui/attachmentpreview.h"
#include "ui/attachmentsdialog.h"
#include "ui/conversationpage.h"
#include "ui/conversationview.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/icons.h"
#include "ui/previewcontent.h"
#include "ui/saveattachmentsjob.h"
#include "ui/spoken.h"
#include "ui/toast.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDrag>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QMimeDatabase>
#include <QPushButton>
#include <QStandardPaths>
#include <QToolButton>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString attachmentFolderKey = u"attachments/folder"_s;
constexpr qint64 enoughToTell = 512; // bytes
constexpr qsizetype longestShown = 60; // characters of a name in a notice

/// Whether a desktop would look inside the file to learn what it is, and what it finds can run.
bool hidesCode(const QString &path, const QString &name)
{
    const QString safe = safeFileName(name);
    if (safe.contains(u'.') && !QMimeDatabase().mimeTypeForFile(safe, QMimeDatabase::MatchExtension).isDefault())
        return false;
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && looksExecutable(file.read(enoughToTell));
}

QString shortened(const QString &name)
{
    return name.size() <= longestShown ? name : name.left(longestShown / 2) + u'…' + name.right(longestShown / 2);
}

QString nameOf(const AttachmentFile &file, const KeptAttachment &kept)
{
    return file.attachment.fileName.isEmpty() ? kept.fileName : file.attachment.fileName;
}

} // namespace

AttachmentActions::AttachmentActions(Workspace &workspace, QWidget &window, std::function<Toast &()> toast)
    : QObject(&window), m_workspace(workspace), m_window(window), m_toast(std::move(toast)), m_fetcher(workspace),
      m_dragger([](QMimeData *data, QWidget &source) {
          if (!QGuiApplication::mouseButtons().testFlag(Qt::LeftButton)) {
              delete data; // the button was let go while the copy was made
              return;
          }
          auto *drag = new QDrag(&source);
          drag->setMimeData(data);
          drag->setPixmap(
              icons::pixmap(u"attachment"_s, 24, source.devicePixelRatioF(), source.palette().color(QPalette::Text)));
          drag->exec(Qt::CopyAction);
      })
{
    connect(&m_workspace, &Workspace::accountForgotten, this, [this] { m_copies.dropGone(); });
}

AttachmentActions::~AttachmentActions() = default;

QString AttachmentActions::shownName(const AttachmentRecord &attachment)
{
    const QString name = displayText(attachment.fileName);
    return name.isEmpty() ? tr("Attachment without a name") : name;
}

Shortcuts &AttachmentActions::shortcuts() const { return m_workspace.shortcuts(); }

void AttachmentActions::serve(ConversationPage &page)
{
    m_page = &page;
    ConversationView &view = page.view();
    ConversationChips &chips = view.chips();
    using Chip = ConversationChips::Chip;
    const auto fileOf = [this](const Chip &chip) { return AttachmentFile{m_page->key().account, chip.attachment}; };
    chips.setStates(
        [this](const QString &id) { return m_page ? m_fetcher.state(m_page->key().account, id) : AttachmentState(); });
    connect(&m_fetcher, &AttachmentFetcher::changed, &chips, [this, &chips](AccountId account) {
        if (m_page && account == m_page->key().account)
            chips.refresh();
    });
    connect(&chips, &ConversationChips::activated, this, [this, fileOf](const Chip &chip) { activate(fileOf(chip)); });
    connect(&chips, &ConversationChips::previewRequested, this,
            [this, fileOf](const Chip &chip) { preview(fileOf(chip)); });
    connect(&chips, &ConversationChips::menuRequested, this, &AttachmentActions::showMenu);
    connect(&chips, &ConversationChips::dragRequested, this,
            [this, fileOf](const Chip &chip) { dragOut(fileOf(chip), m_page->view()); });
    connect(&view, &ConversationView::messagesChanged, this, &AttachmentActions::showCount);
    connect(&view, &ConversationView::built, this, &AttachmentActions::showCount); // maybe in another language
    m_count = page.findChild<QToolButton *>(u"attachments"_s);
    m_count->setIcon(icons::icon(u"attachment"_s));
    QWidget::setTabOrder(page.findChild<QWidget *>(u"copyId"_s), m_count);
    connect(m_count, &QToolButton::clicked, this, &AttachmentActions::showAll);
    showCount();
}

/// The paper clip with a number, and what of them is kept.
void AttachmentActions::showCount()
{
    const QList<AttachmentFile> files = filesOfCase();
    const int count = int(files.size());
    m_count->setVisible(count > 0);
    m_count->setText(QLocale().toString(count));
    const QString words = tr("%Ln attachment(s) of this case", nullptr, count);
    spoken::setName(*m_count, words);
    m_count->setToolTip(words);
    QStringList ids;
    for (const AttachmentFile &file : files)
        ids.append(file.attachment.attachmentId);
    if (count == 0)
        return;
    m_fetcher.look(files.first().account, ids);
    m_fetcher.lookAtSent(m_page->key().account, m_page->key().caseId, m_page->view().messages());
}

QList<AttachmentFile> AttachmentActions::filesOfCase() const { return filesOfMessage({}); }

/// Of all messages when `key` is empty.
QList<AttachmentFile> AttachmentActions::filesOfMessage(const QString &key) const
{
    QList<AttachmentFile> files;
    if (!m_page)
        return files;
    for (const CommunicationRecord &message : m_page->view().messages()) {
        if (!key.isEmpty() && message.key != key)
            continue;
        for (const AttachmentRecord &attachment : message.attachments)
            files.append({m_page->key().account, attachment});
    }
    return files;
}

void AttachmentActions::saveCurrent()
{
    const ConversationChips::Chip chip = m_page ? m_page->view().chips().current() : ConversationChips::Chip();
    if (chip.isValid())
        return saveAs({m_page->key().account, chip.attachment});
    const QList<AttachmentFile> files = filesOfCase();
    if (files.size() == 1)
        saveAs(files.first());
    else
        showAll();
}

void AttachmentActions::showAll()
{
    if (filesOfCase().isEmpty())
        return m_toast().show(tr("This case has no attachments."));
    auto *dialog = new AttachmentsDialog(m_workspace, *this, m_page->key(), &m_window);
    connect(dialog, &AttachmentsDialog::messageRequested, this, [this](const QString &key) {
        m_page->view().showMessage(key);
        m_page->view().setFocus();
    });
    dialog->open();
}

void AttachmentActions::showMenu(const ConversationChips::Chip &chip, const QPoint &place)
{
    const AttachmentFile file{m_page->key().account, chip.attachment};
    const QList<AttachmentFile> together = filesOfMessage(chip.messageKey);
    auto *menu = new QMenu(m_page);
    menu->setObjectName(u"attachmentMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &name, const QString &text, auto act) {
        QAction *action = menu->addAction(text, this, act);
        action->setObjectName(name);
        return action;
    };
    QAction *openIt = add(u"openAttachment"_s, tr("&Open"), [this, file] { open(file); });
    QAction *look = add(u"previewAttachment"_s, tr("Pre&view"), [this, file] { preview(file); });
    menu->setDefaultAction(hasPreview(chip.attachment.fileName) ? look : openIt);
    menu->addSeparator();
    add(u"saveAttachment"_s, tr("&Save As…"), [this, file] { saveAs(file); });
    add(u"saveAttachments"_s, tr("Save A&ll of This Message…"), [this, together] {
        saveAll(together);
    })->setEnabled(together.size() > 1);
    menu->addSeparator();
    add(u"copyAttachment"_s, tr("Copy &File"), [this, file] { copyFile(file); });
    add(u"copyAttachmentName"_s, tr("&Copy Name"),
        [file] { QGuiApplication::clipboard()->setText(shownName(file.attachment)); });
    add(u"cancelAttachment"_s, tr("Cancel &Download"), [this, file] {
        m_fetcher.cancel(file.account, file.attachment.attachmentId);
    })->setEnabled(m_fetcher.state(file.account, file.attachment.attachmentId).isComing);
    menu->popup(place);
}

void AttachmentActions::activate(const AttachmentFile &file, QWidget *parent)
{
    if (hasPreview(file.attachment.fileName))
        preview(file, parent);
    else
        open(file, parent);
}

void AttachmentActions::preview(const AttachmentFile &file, QWidget *parent)
{
    auto *dialog = new AttachmentPreview(*this, file, parent ? parent : &m_window);
    connect(&m_workspace, &Workspace::changed, dialog, [this, dialog, account = file.account] {
        if (!m_workspace.hasAccount(account))
            dialog->close(); // it was removed
    });
    dialog->show(); // the conversation can be read beside it
}

void AttachmentActions::open(const AttachmentFile &file, QWidget *parent)
{
    if (canRunCode(file.attachment.fileName))
        return refuse(file, parent);
    m_fetcher.fetch(file.account, file.attachment, this,
                    [this, file, guard = QPointer<QWidget>(parent)](const Result<KeptAttachment> &kept) {
                        if (kept)
                            openKept(file, *kept, guard);
                        else
                            tellNotDownloaded(file, kept.error(), [this, file] { open(file); });
                    });
}

void AttachmentActions::openKept(const AttachmentFile &file, const KeptAttachment &kept, QWidget *parent)
{
    const QString name = nameOf(file, kept);
    if (canRunCode(name))
        return refuse(file, parent);
    inBackground(
        this, [path = kept.path, name] { return hidesCode(path, name); },
        [this, file, kept, guard = QPointer<QWidget>(parent)](bool hidden) {
            if (hidden)
                refuse(file, guard);
            else
                openCopy(file, kept);
        });
}

void AttachmentActions::openCopy(const AttachmentFile &file, const KeptAttachment &kept)
{
    const QString name = shortened(shownName(file.attachment));
    m_copies.make(kept, nameOf(file, kept), AttachmentCopies::Use::Open, this,
                  [this, file, name](const Result<QString> &copy) {
                      if (!copy)
                          return tellFailed(tr("“%1” could not be opened.").arg(name), copy.error(),
                                            [this, file] { open(file); });
                      if (!dialogs::fileOpener()(QUrl::fromLocalFile(*copy)))
                          m_toast().show(tr("This computer has no program that opens “%1”.").arg(name), tr("&Save As…"),
                                         [this, file] { saveAs(file); });
                  });
}

/// Says why it is not opened, and what can be done with it.
void AttachmentActions::refuse(const AttachmentFile &file, QWidget *parent)
{
    QMessageBox *box = dialogs::question(
        parent ? parent : &m_window, u"runsCodeDialog"_s, QMessageBox::Warning, tr("Open Attachment"),
        tr("“%1” is not opened from here.").arg(shortened(shownName(file.attachment))),
        tr("A file of this kind can run a program or a script when it is opened. If you expect it and trust who sent "
           "it, save it and look at it with a program that you choose."));
    QPushButton *save = box->addButton(tr("&Save As…"), QMessageBox::AcceptRole);
    save->setObjectName(u"saveInstead"_s);
    connect(save, &QPushButton::clicked, this,
            [this, file, guard = QPointer<QWidget>(parent)] { saveAs(file, guard); });
    box->open();
}

QString AttachmentActions::folder() const
{
    const QString downloads = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    const QString chosen = m_workspace.settings().text(attachmentFolderKey, downloads);
    return QFileInfo(chosen).isDir() ? chosen : QDir::homePath();
}

void AttachmentActions::saveAs(const AttachmentFile &file, QWidget *parent)
{
    auto *dialog = new QFileDialog(parent ? parent : &m_window, tr("Save Attachment"));
    dialog->setObjectName(u"saveAttachmentDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDirectory(folder());
    dialog->selectFile(safeFileName(file.attachment.fileName));
    connect(dialog, &QFileDialog::fileSelected, this, [this, file](const QString &path) {
        m_workspace.settings().set(attachmentFolderKey, QFileInfo(path).absolutePath());
        saveTo(file, path);
    });
    dialog->open();
}

void AttachmentActions::saveTo(const AttachmentFile &file, const QString &path)
{
    const auto again = [this, file, path] { saveTo(file, path); };
    m_fetcher.fetch(file.account, file.attachment, this, [this, file, path, again](const Result<KeptAttachment> &kept) {
        if (!kept)
            return tellNotDownloaded(file, kept.error(), again);
        inBackground(
            this,
            [from = kept->path, path] {
                return saveCopyAs(from, path, true); // the dialog has asked
            },
            [this, path, again](const Result<void> &saved) {
                const QFileInfo info(path);
                const QString name = shortened(displayText(info.fileName()));
                if (!saved)
                    return tellFailed(tr("“%1” could not be saved.").arg(name), saved.error(), again);
                const QString where = info.absolutePath();
                m_toast().show(tr("“%1” saved in %2.").arg(name, shownPath(where)), tr("Sho&w in Folder"),
                               [this, where] { dialogs::openOrTell(&m_window, QUrl::fromLocalFile(where)); });
            });
    });
}

void AttachmentActions::saveAll(const QList<AttachmentFile> &files, QWidget *parent)
{
    if (files.isEmpty())
        return;
    auto *dialog =
        new QFileDialog(parent ? parent : &m_window, tr("Save %Ln Attachment(s) Into", nullptr, int(files.size())));
    dialog->setObjectName(u"saveAllDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setLabelText(QFileDialog::Accept, tr("Save Here"));
    dialog->setDirectory(folder());
    connect(dialog, &QFileDialog::fileSelected, this, [this, files](const QString &chosen) {
        m_workspace.settings().set(attachmentFolderKey, chosen);
        saveInto(files, chosen);
    });
    dialog->open();
}

void AttachmentActions::saveInto(const QList<AttachmentFile> &files, const QString &folder)
{
    auto *job = new SaveAttachmentsJob(m_fetcher, files, folder, this);
    connect(job, &Job::finished, this, [this, job, folder] { tellSaved(*job, folder); });
    m_workspace.jobList().add(job);
    job->start();
}

void AttachmentActions::tellSaved(const SaveAttachmentsJob &job, const QString &folder)
{
    const int count = int(job.saved().size());
    QString text = tr("%Ln file(s) saved in %1.", nullptr, count).arg(shownPath(folder));
    QString details;
    for (const SaveAttachmentsJob::Failure &failure : job.failures()) {
        if (failure.error.kind == Error::Kind::Cancelled)
            continue;
        const QString name = shortened(displayText(failure.name));
        if (details.isEmpty()) // the first says enough
            text +=
                u' ' + ErrorText::whole(tr("“%1” could not be saved.").arg(name), ErrorText::Deed::Save, failure.error);
        details += name + u'\n' + ErrorText::details(failure.error) + u'\n';
    }
    if (count == 0 && details.isEmpty())
        return; // cancelled
    const Toast::Action show{tr("Show Folder"),
                             [this, folder] { dialogs::openOrTell(&m_window, QUrl::fromLocalFile(folder)); }};
    if (details.isEmpty())
        return m_toast().show(text, show, {});
    m_toast().show(text, count > 0 ? show : Toast::Action(),
                   {tr("Cop&y Details"), [details] { QGuiApplication::clipboard()->setText(details); }});
    m_toast().keep();
}

void AttachmentActions::tellNotDownloaded(const AttachmentFile &file, const Error &error, std::function<void()> again)
{
    tellFailed(tr("“%1” could not be downloaded.").arg(shortened(shownName(file.attachment))), error, std::move(again));
}

void AttachmentActions::tellFailed(const QString &sentence, const Error &error, std::function<void()> again)
{
    if (error.kind == Error::Kind::Cancelled)
        return;
    m_toast().show(ErrorText::whole(sentence, ErrorText::Deed::Save, error), {tr("Try A&gain"), std::move(again)},
                   {tr("Cop&y Details"),
                    [details = ErrorText::details(error)] { QGuiApplication::clipboard()->setText(details); }});
}

void AttachmentActions::copyFile(const AttachmentFile &file)
{
    const auto again = [this, file] { copyFile(file); };
    m_fetcher.fetch(file.account, file.attachment, this, [this, file, again](const Result<KeptAttachment> &kept) {
        if (!kept)
            return tellNotDownloaded(file, kept.error(), again);
        const QString name = nameOf(file, *kept);
        m_copies.make(*kept, name, AttachmentCopies::Use::Drag, this, [this, name, again](const Result<QString> &copy) {
            if (!copy)
                return tellFailed(tr("“%1” could not be copied.").arg(shortened(name)), copy.error(), again);
            auto *data = new QMimeData;
            data->setUrls({QUrl::fromLocalFile(*copy)});
            QGuiApplication::clipboard()->setMimeData(data);
            m_toast().show(tr("“%1” is in the clipboard: paste it into a folder or a message.").arg(shortened(name)));
        });
    });
}

void AttachmentActions::dragOut(const AttachmentFile &file, QWidget &source)
{
    if (!m_fetcher.state(file.account, file.attachment.attachmentId).isKept) {
        m_toast().show(tr("“%1” is being downloaded. Drag it out again when it is here.")
                           .arg(shortened(shownName(file.attachment))));
        const auto again = [this, file, guard = QPointer<QWidget>(&source)] {
            if (guard)
                dragOut(file, *guard);
        };
        return m_fetcher.fetch(file.account, file.attachment, this,
                               [this, file, again](const Result<KeptAttachment> &kept) {
                                   if (!kept)
                                       tellNotDownloaded(file, kept.error(), again);
                               });
    }
    m_fetcher.fetch(file.account, file.attachment, &source, [this, file, &source](const Result<KeptAttachment> &kept) {
        if (!kept)
            return;
        m_copies.make(*kept, nameOf(file, *kept), AttachmentCopies::Use::Drag, &source,
                      [this, &source](const Result<QString> &copy) {
                          if (!copy)
                              return;
                          auto *data = new QMimeData;
                          data->setUrls({QUrl::fromLocalFile(*copy)});
                          m_dragger(data, source);
                      });
    });
}

} // namespace casement
