#include "ui/filetray.h"

#include "archive/followups.h"
#include "archive/outbox.h"
#include "models/displaytext.h"
#include "transfer/filecode.h"
#include "ui/attachmentstrip.h"
#include "ui/dialogs.h"
#include "ui/droparea.h"
#include "ui/filesecrets.h"
#include "ui/filetext.h"
#include "ui/followupbar.h"
#include "ui/icons.h"
#include "ui/intakenotice.h"
#include "ui/messageedit.h"
#include "ui/removedbar.h"
#include "ui/spoken.h"
#include "ui/taborder.h"
#include "ui/theme.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QAccessible>
#include <QEvent>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressDialog>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
const QString folderKey = u"attachments/folder"_s;
constexpr qsizetype mostNamedFiles = 3; // files
constexpr int dialogAfter = 300; // ms
} // namespace

FileTray::FileTray(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_notice = new IntakeNotice(this);
    m_notice->setObjectName(u"intakeNotice"_s);
    m_strip = new AttachmentStrip(this);
    m_strip->setObjectName(u"attachmentStrip"_s);
    layout->addWidget(m_notice);
    layout->addWidget(m_strip);
    m_removed = new RemovedBar(this);
    m_removed->setObjectName(u"removedBar"_s);
    layout->addWidget(m_removed);
    m_followUps = new FollowUpBar(this);
    m_followUps->setObjectName(u"followUpBar"_s);
    layout->addWidget(m_followUps);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    hide();
}

FileTray::~FileTray() = default;

void FileTray::setUp(Workspace &workspace, std::function<FileIntake::Place()> place, MessageEdit &edit,
                     QToolButton &clip)
{
    m_workspace = &workspace;
    m_place = std::move(place);
    m_clip = &clip;
    m_edit = &edit;
    m_clip->setIcon(icons::icon(u"attachment"_s));
    m_intake = new FileIntake(workspace, this);
    m_secrets = new FileSecrets(workspace.secrets(), this);
    m_strip->setUp(workspace.outbox().files(), *m_secrets);
    connect(m_secrets, &FileSecrets::changed, this, &FileTray::showAll); // it may be one of a reply that follows
    edit.setPaste([this](const QMimeData &what) { return takesFiles() && m_intake->paste(m_place(), what); });
    connect(m_clip, &QToolButton::clicked, this, &FileTray::chooseFiles);
    connect(&workspace.shortcuts(), &Shortcuts::changed, this, &FileTray::retranslate);
    connect(m_intake, &FileIntake::changed, this, &FileTray::showAll);
    connect(m_strip, &AttachmentStrip::changed, this, &FileTray::showAll);
    connect(m_strip, &AttachmentStrip::putAside, this, [this](const QString &id) {
        const bool isLast = m_strip->count() == 0 && m_clip->hasFocus();
        m_removed->add(id, m_workspace->outbox().files());
        showAll();
        if (isLast)
            m_removed->focusUndo();
    });
    connect(m_removed, &RemovedBar::undoRequested, this, &FileTray::bringBack);
    connect(m_removed, &RemovedBar::ended, this, &FileTray::showAll);
    connect(m_strip, &AttachmentStrip::focusLost, this, [this] { m_clip->setFocus(); });
    connect(m_strip, &AttachmentStrip::takeAsItIsRequested, m_intake, &FileIntake::takeAsItIs);
    connect(m_notice, &IntakeNotice::closed, this, [this] {
        m_clip->setFocus();
        m_intake->forgetRefused(m_place());
    });
    const auto onNotice = [this](auto signal, auto act) {
        connect(m_notice, signal, this, [this, act](const FileIntake::Group &group) {
            m_clip->setFocus(); // the button that was pressed goes
            (m_intake->*act)(m_place(), group);
        });
    };
    onNotice(&IntakeNotice::zipRequested, &FileIntake::takeAsZip);
    onNotice(&IntakeNotice::anywayRequested, &FileIntake::takeAnyway);
    onNotice(&IntakeNotice::splitRequested, &FileIntake::takeAsSeveralZips);
    onNotice(&IntakeNotice::leaveOutRequested, &FileIntake::leaveOut);
    onNotice(&IntakeNotice::followUpsRequested, &FileIntake::takeAsFollowUps);
    connect(m_notice, &IntakeNotice::told, this, [this] { Q_EMIT told(*m_notice); });
    connect(m_followUps, &FollowUpBar::discardRequested, this, [this] {
        m_clip->setFocus();
        FollowUps(m_workspace->outbox()).discard(m_strip->entry());
        showAll();
    });
    connect(&workspace.outbox().files(), &OutboxFiles::changed, this, &FileTray::outboxChanged);
    connect(&workspace.outbox(), &Outbox::changed, this, &FileTray::outboxChanged);
    retranslate();
}

/// Of the message that is written here, or of a reply that follows it.
void FileTray::outboxChanged(const QString &entry)
{
    const QString message = m_strip->entry();
    if (m_isArranging || message.isEmpty())
        return;
    if (entry == message)
        takeBackWhatDoesNotFit();
    const QList<OutboxEntry> replies = m_workspace->outbox().followUps(message);
    const bool isReply = std::any_of(replies.begin(), replies.end(), [&](const auto &one) { return one.id == entry; });
    // A reply that was made just now is empty until its first file is in it.
    if (entry == message || (isReply && !m_workspace->outbox().files().of(entry).isEmpty()))
        arrangeFollowUps();
}

/// What turned out on the way to be too much or too large for this account's service is decided about where all that
/// was refused is.
void FileTray::takeBackWhatDoesNotFit()
{
    if (!m_intake || !m_isEditable || std::exchange(m_isTakingBack, true))
        return;
    const QList<OutboxFile> files = m_workspace->outbox().files().of(m_strip->entry());
    for (const OutboxFile &file : files) {
        if (file.state == OutboxFileState::Failed
            && (file.error.code == filecode::tooLarge || file.error.code == filecode::tooMany))
            m_intake->takeBack(m_place(), file);
    }
    m_isTakingBack = false;
}

void FileTray::arrangeFollowUps()
{
    if (std::exchange(m_isArranging, true))
        return;
    FollowUps(m_workspace->outbox()).arrange(m_strip->entry(), m_place().language);
    m_isArranging = false;
    showAll();
}

void FileTray::bringBack()
{
    const QString entry = m_place().entry();
    QString first;
    for (const QString &id : m_removed->take()) {
        m_workspace->outbox().files().bringBack(id, entry);
        first = first.isEmpty() ? id : first;
    }
    setEntry(entry, m_account, m_isEditable);
    for (AttachmentChip *chip : m_strip->chips()) {
        if (chip->content().file.id == first)
            chip->setFocus(Qt::OtherFocusReason);
    }
    showAll();
}

/// Esc goes from a file to the text and Ctrl+Z brings back what was removed, before the window takes them for its own.
bool FileTray::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if ((key->key() == Qt::Key_Escape && m_edit) || (key->matches(QKeySequence::Undo) && !m_removed->isHidden())) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void FileTray::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_edit)
        m_edit->setFocus(Qt::OtherFocusReason);
    else if (event->matches(QKeySequence::Undo) && !m_removed->isHidden())
        bringBack();
    else
        QWidget::keyPressEvent(event);
}

void FileTray::wasSent()
{
    m_met.remove(m_key);
    m_intake->forgetRefused(m_place());
}

void FileTray::leave()
{
    if (!m_intake || !m_intake->isBusy())
        return;
    const FileIntake::Place where = m_place();
    const QString entry = where.entry();
    m_intake->disconnect(this);
    std::exchange(m_intake, nullptr)->outlive(where.key, entry);
}

void FileTray::setTabsBehind(const QList<QWidget *> &widgets)
{
    m_before = widgets;
    showAll();
}

void FileTray::takeDropsOn(QWidget &area)
{
    new DropArea(
        area, [this] { return takesFiles(); }, [this](const QStringList &paths) { m_intake->add(m_place(), paths); });
}

bool FileTray::takesFiles() const { return m_workspace && isEnabled() && m_isEditable && m_place().account != 0; }

void FileTray::setEntry(const QString &entry, AccountId account, bool isEditable)
{
    if (!m_workspace || !m_intake)
        return;
    const QString key = m_place().key;
    if (entry == m_strip->entry() && account == m_account && isEditable == m_isEditable && key == m_key)
        return;
    const bool isAnother = key != m_key;
    m_key = key;
    m_account = account;
    m_isEditable = isEditable;
    m_clip->setEnabled(isEditable);
    m_strip->setEntry(entry, account, isEditable);
    if (isAnother) {
        m_removed->end(); // what was taken out was another message's
        delete m_looking; // and so was what was to be sent
    }
    if (m_workspace->outbox().isLoaded())
        m_intake->recall(m_place());
    takeBackWhatDoesNotFit();
    showAll();
}

void FileTray::chooseFiles()
{
    if (!takesFiles())
        return;
    dialogs::chooseFiles(this, m_workspace->settings().text(folderKey),
                         [this, where = m_place()](const QStringList &paths) {
                             m_workspace->settings().set(folderKey, QFileInfo(paths.first()).absolutePath());
                             m_intake->add(where, paths);
                         });
}

void FileTray::setRoom(int height)
{
    m_notice->setRoom(height);
    m_strip->setRoom(height);
}

int FileTray::count() const { return m_strip->count(); }

void FileTray::showAll()
{
    if (!m_intake)
        return;
    const FileIntake::Place where = m_place();
    m_notice->show(m_isEditable ? m_intake->refused(where.key) : QList<FileIntake::Group>(),
                   UploadLimits::of(m_workspace->outbox().files().knownWay(m_account)));
    m_followUps->show(m_workspace->outbox(), m_strip->entry(), m_isEditable);
    QList<QWidget *> chain = m_before;
    chain.append(m_notice);
    for (AttachmentChip *chip : m_strip->chips())
        chain.append(chip);
    setTabChain(chain + QList<QWidget *>{m_removed, m_followUps});
    setVisible(!m_notice->isHidden() || m_strip->count() > 0 || !m_followUps->isHidden() || !m_removed->isHidden());
    Q_EMIT changed();
}

QString FileTray::whyNot() const
{
    if (!m_intake)
        return {};
    if (m_intake->isBusy(m_place().key) || (!m_strip->entry().isEmpty() && m_intake->isBusy(m_strip->entry())))
        return tr("Files are being prepared…");
    const auto left = m_workspace->findChildren<FileIntake *>(Qt::FindDirectChildrenOnly);
    if (std::any_of(left.begin(), left.end(), [this](auto *one) { return one->isLeftWith(m_strip->entry()); }))
        return tr("Files are being prepared…");
    for (const AttachmentChip *chip : m_strip->chips()) {
        if (chip->content().file.state == OutboxFileState::Failed)
            return tr("“%1” could not be uploaded: see above, or remove it.")
                .arg(displayText(chip->content().file.name));
    }
    const QList<FileIntake::Group> refused = m_intake->refused(m_place().key);
    for (const FileIntake::Group &group : refused) {
        if (group.isUndecided())
            return tr("Choose above what becomes of the files that are not attached.");
    }
    return {};
}

QString FileTray::secrets() const
{
    const QString entry = m_strip->entry();
    if (!m_workspace || entry.isEmpty())
        return {};
    const Outbox &outbox = m_workspace->outbox();
    QList<OutboxFile> files = outbox.files().of(entry);
    const QList<OutboxEntry> replies = outbox.followUps(entry);
    for (const OutboxEntry &reply : replies)
        files += outbox.files().of(reply.id);
    QStringList names;
    QString sentence;
    for (const OutboxFile &file : std::as_const(files)) {
        if (const QString found = FileText::secrets(m_secrets->of(file.file)); !found.isEmpty()) {
            names.append(displayText(file.name));
            sentence = found;
        }
    }
    const qsizetype count = names.size();
    if (count == 0)
        return {};
    if (count == 1)
        return tr("%1: %2", "file, sentence").arg(names.first(), sentence);
    QString list = names.first(std::min(count, mostNamedFiles)).join(tr(", "));
    if (count > mostNamedFiles) {
        //: %1 is a list of files
        list = tr("%1 and %Ln more", "files", int(count - mostNamedFiles)).arg(list);
    }
    //: %1 is a list of files
    return tr("%Ln file(s) hold secrets: %1. People at AWS would read them.", nullptr, int(count)).arg(list);
}

void FileTray::whenLookedThrough(std::function<void()> then)
{
    (void)secrets(); // all are looked at
    if (!m_secrets || !m_secrets->isLooking())
        return then();
    if (m_looking)
        return; // it goes on by itself
    m_looking = new QProgressDialog(tr("Looking through the files for secrets before they are sent…"), tr("Cancel"), 0,
                                    0, window());
    m_looking->setObjectName(u"lookingDialog"_s);
    m_looking->setWindowModality(Qt::WindowModal);
    m_looking->setMinimumDuration(dialogAfter);
    connect(m_looking, &QProgressDialog::canceled, this, [this] {
        if (!m_looking)
            return;
        m_secrets->disconnect(m_looking); // they may be known before it is gone
        m_looking->deleteLater();
        m_looking = nullptr;
    });
    connect(m_secrets, &FileSecrets::looked, m_looking, [this, then = std::move(then)] {
        m_looking->hide();
        m_looking->deleteLater();
        m_looking = nullptr;
        then();
    });
}

QString FileTray::reminder(const QString &text) const
{
    if (count() > 0 || !FileText::mentionsAttachment(text))
        return {};
    return tr("The text speaks of an attachment, and no file is attached.");
}

bool FileTray::mustMeetReminder(const QString &text)
{
    if (m_met.contains(m_key) || reminder(text).isEmpty())
        return false;
    m_met.insert(m_key);
    return true;
}

void FileTray::showRemark(QLabel &label, const QString &whyNot, const QString &said, const QString &text)
{
    if (text.isEmpty())
        m_met.remove(m_key); // what is written next is another message
    const bool isReminding = whyNot.isEmpty() && this->isReminding(text);
    QString remark = !whyNot.isEmpty() ? whyNot : said;
    if (isReminding)
        remark = (m_opensCase ? tr("Not sent yet. %1 Choose Create Case again to send it all the same.")
                              : tr("Not sent yet. %1 Send again to send it all the same."))
                     .arg(reminder(text));
    else if (remark.isEmpty())
        remark = secrets(); // their own notices may be scrolled out of sight
    if (remark.isEmpty())
        remark = reminder(text);
    QPalette ink; // the label's own is its window's but for this colour
    if (isReminding)
        ink.setColor(QPalette::PlaceholderText, Theme::colors().warningText);
    label.setPalette(ink);
    if (label.text() == remark)
        return;
    label.setText(remark);
    if (isReminding) {
        QAccessibleEvent alert(&label, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void FileTray::retranslate()
{
    spoken::setName(*this, tr("Attached files"));
    if (!m_clip)
        return;
    m_clip->setToolTip(
        m_workspace->shortcuts().withKey(tr("Attach files; or drop them here, or paste a picture"), u"attach"_s));
    spoken::setName(*m_clip, tr("Attach files"));
}

void FileTray::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace casement
