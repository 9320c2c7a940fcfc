#include "ui/composer.h"

#include "archive/outbox.h"
#include "models/deadlines.h"
#include "models/displaytext.h"
#include "support/cases.h"
#include "support/codes.h"
#include "support/messagecheck.h"
#include "support/rehearsal.h"
#include "ui/casetemplates.h"
#include "ui/cccompleter.h"
#include "ui/errortext.h"
#include "ui/filetray.h"
#include "ui/flowlayout.h"
#include "ui/menubuttonaccessible.h"
#include "ui/messageedit.h"
#include "ui/messagelimits.h"
#include "ui/pendingnotice.h"
#include "ui/secretnotice.h"
#include "ui/sendquestion.h"
#include "ui/spellmarks.h"
#include "ui/spoken.h"
#include "ui/taborder.h"
#include "ui/templatenotice.h"
#include "ui/theme.h"
#include "ui/workspace.h"
#include "ui_composer.h"

#include <QApplication>
#include <QDateTime>
#include <QLocale>
#include <QMenu>
#include <QPlainTextDocumentLayout>
#include <QTextBlock>
#include <QTextDocument>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// A template of a reply; one that has a message alone serves replies, too.
std::optional<AddCommunicationToCase::Request> replyIn(const CaseTemplate &from)
{
    if (const auto *reply = std::get_if<AddCommunicationToCase::Request>(&from.request))
        return *reply;
    const auto &create = std::get<CreateCase::Request>(from.request);
    if (!create.subject.isEmpty() || !create.serviceCode.isEmpty() || create.communicationBody.isEmpty())
        return {};
    AddCommunicationToCase::Request reply;
    reply.communicationBody = create.communicationBody;
    reply.ccEmailAddresses = create.ccEmailAddresses;
    reply.dryRun = create.dryRun;
    return reply;
}

constexpr int lowPage = 360; // px; the field has a line less then

QString documentKey(const CaseKey &key) { return QString::number(key.account) + u'/' + key.caseId; }

} // namespace

Composer::Composer(Workspace &workspace, QWidget *parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::Composer>()), m_workspace(workspace), m_outbox(workspace.outbox()),
      m_draft(
          m_outbox, AddCommunicationToCase::name, [this] { return content(); }, this)
{
    m_ui->setupUi(this);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Window);
    m_ui->text->setLines(3, 12);
    m_ui->secrets->watch(*m_ui->text, m_workspace.secrets());
    new SpellMarks(*m_ui->text, m_workspace.spelling());
    m_ui->why->setForegroundRole(QPalette::PlaceholderText);
    m_ui->files->setUp(
        m_workspace,
        [this]() -> FileIntake::Place {
            if (!m_key.isValid() || !isEnabled())
                return {};
            const CaseRecord *record = m_workspace.cases().findCase(m_key);
            return {.key = documentKey(m_key),
                    .kept = [key = documentKey(m_key)] { return key; },
                    .language = record ? record->language.toString() : QString(),
                    .account = m_key.account,
                    .entry = [this, key = m_key] { return entryFor(key); }};
        },
        *m_ui->text, *m_ui->attachButton);
    m_ui->files->takeDropsOn(parent ? *parent : *this);
    connect(m_ui->files, &FileTray::changed, this, &Composer::showState);
    connect(&m_outbox.files(), &OutboxFiles::changed, this, &Composer::filesChanged);
    connect(m_ui->text, &QPlainTextEdit::textChanged, this, &Composer::edited);
    connect(m_ui->text, &MessageEdit::sendPressed, this, &Composer::send);
    Shortcuts &keys = m_workspace.shortcuts();
    m_ui->text->followSendKey(keys);
    keys.on(
        *this, u"send"_s, [this] { send(); }, Qt::WidgetWithChildrenShortcut); // from the other fields
    connect(&keys, &Shortcuts::changed, this, &Composer::showState);
    m_ccCompleter = new CcCompleter(m_workspace.archive(), *m_ui->cc);
    connect(m_ui->cc, &QLineEdit::textChanged, this, &Composer::edited);
    connect(m_ui->ccButton, &QToolButton::toggled, this, [this](bool on) {
        m_ui->ccRow->setVisible(on);
        if (on && !m_filling)
            m_ui->cc->setFocus();
        m_ui->ccButton->setVisible(!on); // the row says the same
    });
    connect(m_ui->send, &QPushButton::clicked, this, &Composer::send);
    connect(m_ui->check, &QPushButton::clicked, this, &Composer::check);
    connect(m_ui->makeReal, &QPushButton::clicked, this, [this] {
        m_isRehearsal = false;
        edited();
    });
    m_templateMenu = addMenuTo(*m_ui->templateButton);
    m_templateMenu->setObjectName(u"replyTemplateMenu"_s);
    connect(m_templateMenu, &QMenu::aboutToShow, this, &Composer::buildTemplateMenu); // not now: it reads a folder
    connect(&m_outbox, &Outbox::changed, this, &Composer::outboxChanged);
    connect(&m_outbox, &Outbox::loaded, this, &Composer::fill);
    connect(&m_outbox, &Outbox::accountDeleted, this, &Composer::forgetAccount);
    setTabChain({m_ui->pending, m_ui->notice, m_ui->makeReal, m_ui->cc, m_ui->text, m_ui->secrets, m_ui->files,
                 m_ui->attachButton, m_ui->ccButton, m_ui->templateButton, m_ui->check, m_ui->send});
    m_ui->files->setTabsBehind({m_ui->text, m_ui->secrets});
    fill();
}

Composer::~Composer()
{
    flush();
    m_ui->text->setDocument(nullptr); // the documents go before the field
}

MessageEdit &Composer::text() { return *m_ui->text; }

/// A reply that can't be written yet, as while its draft is read, takes the keys as soon as it can. Until then the
/// messages have them: in the list letters would be commands.
void Composer::focusText()
{
    if (canType())
        return m_ui->text->setFocus(Qt::ShortcutFocusReason);
    Q_EMIT mustWait();
    m_waiting = QApplication::focusWidget();
    m_isAwaited = true;
}

bool Composer::canType() const { return isEnabled() && isVisible(); }

/// Unless somebody went elsewhere meanwhile.
void Composer::takeFocusLate()
{
    if (!m_isAwaited || !canType())
        return;
    m_isAwaited = false;
    if (const QWidget *now = QApplication::focusWidget(); !now || now == m_waiting)
        m_ui->text->setFocus(Qt::ShortcutFocusReason);
}

FileTray &Composer::files() { return *m_ui->files; }

void Composer::quote(const QString &quoted)
{
    if (!isEnabled() || quoted.isEmpty())
        return;
    QTextCursor cursor(m_ui->text->document());
    cursor.movePosition(QTextCursor::End);
    const QString gap = cursor.block().text().isEmpty() ? u"\n"_s : u"\n\n"_s;
    cursor.insertText((m_ui->text->document()->isEmpty() ? QString() : gap) + quoted + u"\n\n"_s);
    m_ui->text->setTextCursor(cursor);
    focusText();
}

void Composer::chooseFiles() { m_ui->files->chooseFiles(); }

void Composer::setRoom(int height)
{
    if (height == m_room)
        return;
    m_room = height;
    const int line = qMax(1, m_ui->text->fontMetrics().lineSpacing());
    m_ui->text->setLines(height < lowPage ? 2 : 3, qBound(2, (height - 300) / line, 12));
    m_ui->files->setRoom(height);
}

bool Composer::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
        placeButtons();
    const bool isDone = QWidget::event(event);
    if (event->type() == QEvent::Show)
        takeFocusLate();
    return isDone;
}

/// Check and Send go below the other buttons where all of them would be cut.
void Composer::placeButtons()
{
    placeBesideOrBelow(*m_ui->buttons, *m_ui->tools, *m_ui->sending, m_ui->layout->contentsRect().width());
}

/// Nothing is typed but spaces and line breaks.
bool Composer::isEmpty() const
{
    return m_ui->text->toPlainText().trimmed().isEmpty() && m_ui->cc->text().trimmed().isEmpty();
}

bool Composer::hasFiles() const
{
    return !m_draft.entry().id.isEmpty() && !m_outbox.files().of(m_draft.entry().id).isEmpty();
}

/// The draft of a reply for files that come, made when there is none.
QString Composer::entryFor(const CaseKey &key)
{
    if (key == m_key)
        return m_draft.ensure({key.account, key.caseId, encode(request())});
    if (const OutboxEntry *draft = m_outbox.replyDraft(key.account, key.caseId))
        return draft->id;
    OutboxEntry made = Outbox::newEntry(key.account, AddCommunicationToCase::name, key.caseId);
    AddCommunicationToCase::Request empty;
    empty.caseId = key.caseId;
    made.input = encode(empty);
    m_outbox.save(made);
    return made.id;
}

void Composer::filesChanged(const QString &entry)
{
    if (entry == m_draft.entry().id && !entry.isEmpty() && !hasFiles() && isEmpty())
        m_draft.edited(); // the last file went, and there is no text: no draft
    const OutboxEntry *changed = m_outbox.find(entry);
    if (changed && changed->account == m_key.account && changed->caseId == m_key.caseId)
        showPending();
}

QTextDocument *Composer::documentOf(const CaseKey &key)
{
    std::unique_ptr<QTextDocument> &document = m_documents[documentKey(key)];
    if (!document) {
        document = std::make_unique<QTextDocument>();
        document->setDocumentLayout(new QPlainTextDocumentLayout(document.get()));
        document->setDefaultFont(m_ui->text->font());
    }
    return document.get();
}

void Composer::open(const CaseKey &key)
{
    if (key == m_key)
        return;
    m_isAwaited = false;
    flush();
    m_check.reset();
    m_checked.clear();
    m_ui->notice->tell({}); // it was about the reply to another case
    m_key = key;
    m_ccCompleter->setAccount(key.account);
    m_draft.setEntry({});
    fill();
}

/// Puts the case's draft into the field.
void Composer::fill()
{
    setEnabled(m_key.isValid() && m_outbox.isLoaded());
    if (m_key.isValid()) {
        const OutboxEntry *draft = m_outbox.replyDraft(m_key.account, m_key.caseId);
        m_draft.setEntry(draft ? *draft : OutboxEntry());
        AddCommunicationToCase::Request request;
        if (draft) {
            if (const auto read = decode<AddCommunicationToCase::Request>(draft->input); read)
                request = *read;
        }
        m_filling = true;
        QTextDocument *document = documentOf(m_key);
        if (m_ui->text->document() != document)
            m_ui->text->setDocument(document);
        if (m_ui->text->text() != request.communicationBody) {
            m_ui->text->setPlainText(request.communicationBody);
            m_ui->text->moveCursor(QTextCursor::End);
        }
        m_ui->cc->setText(request.ccEmailAddresses.join(u", "_s));
        m_ui->ccButton->setChecked(!request.ccEmailAddresses.isEmpty());
        m_ui->ccRow->setVisible(m_ui->ccButton->isChecked());
        m_isRehearsal = request.dryRun.value_or(false);
        m_filling = false;
        m_draft.forget();
    }
    m_ui->secrets->look();
    refresh();
}

AddCommunicationToCase::Request Composer::request() const
{
    AddCommunicationToCase::Request request;
    request.caseId = m_key.caseId;
    request.communicationBody = m_ui->text->text();
    request.ccEmailAddresses = ccAddresses(m_ui->cc->text());
    if (m_isRehearsal)
        request.dryRun = true;
    return request;
}

std::optional<DraftSaver::Content> Composer::content() const
{
    if (!m_key.isValid() || (isEmpty() && !hasFiles()))
        return {};
    return DraftSaver::Content{m_key.account, m_key.caseId, encode(request())};
}

void Composer::edited()
{
    if (m_filling)
        return;
    m_check.reset();
    m_checked.clear();
    if (isEmpty())
        m_isRehearsal = false; // it was the text that was one
    m_draft.edited();
    showState();
}

void Composer::outboxChanged(const QString &id)
{
    const OutboxEntry *entry = m_outbox.find(id);
    const QString draft = m_draft.entry().id;
    if (id == draft) {
        if (!entry && !m_outbox.wasDiscarded(id) && !isEmpty())
            lost(id);
        else if (!entry || entry->state != OutboxState::Draft)
            fill(); // sent or deleted elsewhere
        else
            m_draft.setEntry(*entry);
    } else if (entry && entry->state == OutboxState::Draft && entry->account == m_key.account
               && entry->caseId == m_key.caseId && draft.isEmpty() && isEmpty() && !m_draft.isUnsaved()) {
        fill(); // it came back
    }
    showPending();
    showState();
}

/// The draft was sent, or deleted with the data of its account, by another program. What is written stays then, as a
/// draft of its own, which the page of drafts shows when its case and account are gone.
void Composer::lost(const QString &id)
{
    OutboxEntry again = Outbox::newEntry(m_key.account, AddCommunicationToCase::name, m_key.caseId);
    again.input = encode(request());
    m_draft.setEntry({});
    m_draft.forget();
    m_outbox.askWhetherDone(id, this, [this, again, hadFiles = m_hadFiles](const Result<bool> &done) {
        const bool isHere = m_key == CaseKey{again.account, again.caseId} && m_draft.entry().id.isEmpty();
        if (done && *done) {
            if (isHere && !m_draft.isUnsaved())
                fill();
            return;
        }
        if (m_outbox.replyDraft(again.account, again.caseId))
            return; // more was written meanwhile
        m_outbox.save(again);
        if (!isHere)
            return;
        m_draft.setEntry(again);
        if (hadFiles)
            m_ui->notice->tell(
                tr("The data of this account was deleted, and the files of this reply with it: they have to "
                   "be chosen again. What you wrote is kept here."));
        m_hadFiles = false;
        showState();
    });
}

/// The person was told that its drafts go: nothing of them stays, in the field or in what undo brings back.
void Composer::forgetAccount(AccountId account)
{
    const QString ofAccount = documentKey({account, QString()});
    if (m_key.account == account) {
        m_draft.forget();
        m_draft.setEntry({});
        m_check.reset();
        m_checked.clear();
        m_isAwaited = false;
        m_isRehearsal = false;
        m_key = {};
        m_filling = true;
        m_ui->notice->tell({});
        m_ui->text->setDocument(nullptr);
        m_ui->cc->clear();
        m_ui->ccButton->setChecked(false);
        m_filling = false;
        fill();
    }
    std::erase_if(m_documents, [&](const auto &one) { return one.first.startsWith(ofAccount); });
}

void Composer::send()
{
    if (!m_ui->send->isEnabled())
        return;
    if (m_ui->files->mustMeetReminder(m_ui->text->text())) {
        m_checked.clear();
        return showState();
    }
    m_ui->files->whenLookedThrough([this, key = m_key] {
        if (key == m_key && m_ui->send->isEnabled())
            askAndSend();
    });
}

void Composer::askAndSend()
{
    m_ui->secrets->look(); // what was typed a moment ago is not marked yet
    const QString secrets = QStringList{m_ui->secrets->sentence(), m_ui->files->secrets()}.join(u'\n').trimmed();
    SendQuestion::beforeReply(this, m_workspace, m_key, m_ui->text->text(), secrets, [this, key = m_key] {
        if (key == m_key && m_ui->send->isEnabled())
            sendNow();
    });
}

void Composer::sendNow()
{
    const OutboxEntry entry = m_draft.whole();
    m_draft.setEntry({});
    m_checked.clear(); // it was about what is on its way
    m_filling = true;
    m_ui->text->clear(); // with its undo: the text is on its way
    m_ui->cc->clear();
    m_ui->ccButton->setChecked(false);
    m_filling = false;
    m_outbox.send(entry);
    m_ui->files->wasSent();
    m_ui->secrets->look();
    refresh();
    Q_EMIT sent();
}

void Composer::check()
{
    m_ui->secrets->look(); // what was typed a moment ago is not marked yet
    SendQuestion::beforeCheck(this, m_ui->secrets->sentence(), [this, key = m_key] {
        if (key == m_key && m_ui->check->isEnabled())
            checkNow();
    });
}

void Composer::checkNow()
{
    const std::shared_ptr<Client> client = m_workspace.client(m_key.account);
    if (!client)
        return;
    AddCommunicationToCase::Request asked = request();
    asked.dryRun.reset();
    m_check = std::make_unique<QObject>();
    m_checked = tr("Asking AWS…");
    showState();
    rehearse(*client, asked, m_check.get(), [this, client](const Result<void> &answer) {
        m_check.release()->deleteLater(); // it is called from a callback of its own
        m_checked = answer ? tr("AWS would accept this reply.") : ErrorText::ofCheck(answer.error());
        showState();
    });
}

void Composer::refresh()
{
    showPending();
    showNote();
    showState();
}

/// What became of what was sent, and why the draft in the field came back.
void Composer::showPending()
{
    const OutboxEntry *entry = m_key.isValid() ? m_outbox.pendingFor(m_key.account, m_key.caseId) : nullptr;
    const bool refused = !entry && !m_draft.entry().id.isEmpty() && m_draft.entry().error.kind != Error::Kind::None;
    if (refused)
        entry = &m_draft.entry();
    m_ui->pending->show(m_workspace, entry);
}

void Composer::showNote()
{
    const CaseRecord *record = m_key.isValid() ? m_workspace.cases().findCase(m_key) : nullptr;
    QString note;
    if (record && isResolved(record->status.view())) {
        const Deadline deadline = Deadlines::ifResolved(*record, m_workspace.targets(record->account));
        note = Deadlines::longText(deadline, QDateTime::currentMSecsSinceEpoch(), QLocale());
        if (note.isEmpty())
            note = tr("This case is resolved. A reply reopens it.");
    }
    m_ui->note->setText(note);
    m_ui->note->setVisible(!note.isEmpty());
}

QString Composer::whyNot() const
{
    const QString text = m_ui->text->text();
    if (text.trimmed().isEmpty())
        return m_ui->cc->text().trimmed().isEmpty() && !hasFiles() ? QString() : tr("Write a message first.");
    if (const QString problem = MessageLimits::body(text); !problem.isEmpty())
        return problem;
    if (const QString problem = MessageLimits::cc(ccAddresses(m_ui->cc->text())); !problem.isEmpty())
        return problem;
    if (!m_workspace.client(m_key.account))
        return tr("This account is not connected. What you write is kept as a draft.");
    return m_ui->files->whyNot();
}

void Composer::showState()
{
    const QString text = m_ui->text->text();
    m_ui->files->setEntry(m_draft.entry().id, m_key.account);
    if (m_outbox.find(m_draft.entry().id))
        m_hadFiles = hasFiles();
    const QString why = whyNot();
    const bool ready = m_key.isValid() && why.isEmpty() && !text.trimmed().isEmpty();
    m_ui->rehearsal->setVisible(m_isRehearsal);
    m_ui->send->setEnabled(ready && !m_isRehearsal);
    m_ui->check->setEnabled(ready && !m_check);
    m_ui->files->showRemark(*m_ui->why, why, m_checked, text);
    m_ui->why->setHidden(m_ui->why->text().isEmpty());
    MessageLimits::showLeft(*m_ui->left, text);
    m_ui->left->setHidden(m_ui->left->text().isEmpty());
    //: Tool tip of the button that sends a reply
    m_ui->send->setToolTip(m_isRehearsal       ? tr("A rehearsal is not sent.")
                               : ready         ? m_workspace.shortcuts().withKey(tr("Send the reply"), u"send"_s)
                               : why.isEmpty() ? tr("Write a message first.")
                                               : why);
    spoken::setDescription(*m_ui->send, m_ui->send->toolTip());
}

void Composer::load(const CaseTemplate &from)
{
    if (!m_key.isValid() || !isEnabled())
        return;
    const AccountRecord *record = m_workspace.findAccount(m_key.account);
    const FilledTemplate filled =
        fillPlaceholders(from, CaseTemplates::placeholders(record ? *record : AccountRecord()));
    const std::optional<AddCommunicationToCase::Request> reply = replyIn(filled.caseTemplate);
    if (!reply)
        return m_ui->notice->tell(tr("This template is one of a new case, not of a reply: choose another file."));
    m_filling = true;
    QTextCursor all(m_ui->text->document());
    all.select(QTextCursor::Document);
    all.insertText(reply->communicationBody);
    m_ui->text->moveCursor(QTextCursor::End);
    m_ui->cc->setText(reply->ccEmailAddresses.join(u", "_s));
    m_ui->ccButton->setChecked(!reply->ccEmailAddresses.isEmpty());
    m_isRehearsal = reply->dryRun.value_or(false);
    m_filling = false;
    edited();
    m_ui->secrets->look();
    QStringList remarks{CaseTemplates::remarks(filled)};
    if (!reply->caseId.isEmpty() && reply->caseId != m_key.caseId)
        remarks.prepend(tr("The template names another case; this reply is for the one above."));
    m_ui->notice->tell(remarks.join(u' ').trimmed());
    m_ui->text->setFocus();
}

void Composer::buildTemplateMenu()
{
    CaseTemplates::fillMenu(*m_templateMenu, *this, m_workspace.settings(),
                            {.load = [this](const CaseTemplate &chosen) { load(chosen); },
                             .current = [this] { return CaseTemplate{.request = request()}; },
                             .partition = [this] { return m_workspace.partition(m_key.account); },
                             .tell = [this](const QString &sentence) { m_ui->notice->tell(sentence); }});
}

void Composer::retranslate()
{
    m_ui->retranslateUi(this);
    m_ui->secrets->retranslate();
    m_checked.clear();
    refresh();
}

void Composer::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        for (const auto &[key, document] : m_documents)
            document->setDefaultFont(m_ui->text->font());
    } else if (event->type() == QEvent::PaletteChange) {
        showState();
    } else if (event->type() == QEvent::EnabledChange) {
        takeFocusLate();
    }
}

} // namespace casement
