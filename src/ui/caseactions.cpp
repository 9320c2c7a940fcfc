#include "ui/caseactions.h"

#include "archive/caseowner.h"
#include "models/deadlines.h"
#include "models/displaytext.h"
#include "models/names.h"
#include "support/cases.h"
#include "support/codes.h"
#include "ui/conversationpage.h"
#include "ui/conversationview.h"
#include "ui/dialogs.h"
#include "ui/leftdraftdialog.h"
#include "ui/newcasewindow.h"
#include "ui/outboxtext.h"
#include "ui/sendquestion.h"
#include "ui/toast.h"
#include "ui/uisettings.h"
#include "ui/windowplace.h"
#include "ui/workspace.h"

#include <QDateTime>
#include <QLocale>
#include <QMainWindow>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostOutcomes = 4; // in one notice
const QString openKey = u"newCase/open"_s;

QString shortened(const QString &text, qsizetype most)
{
    return text.size() > most ? text.left(most).trimmed() + u'…' : text;
}

} // namespace

CaseActions::CaseActions(Workspace &workspace, QMainWindow &window)
    : QObject(&window), m_workspace(workspace), m_window(window)
{
    const Outbox &outbox = workspace.outbox();
    connect(&outbox, &Outbox::changed, this, &CaseActions::keepOpen);
    connect(&outbox, &Outbox::loaded, this, &CaseActions::reopen);
    if (outbox.isLoaded())
        QMetaObject::invokeMethod(this, &CaseActions::reopen, Qt::QueuedConnection);
}

CaseActions::~CaseActions() { closeWindows(); }

bool CaseActions::canResolve(const CaseKey &key) const
{
    const CaseRecord *record = key.isValid() ? m_workspace.cases().findCase(key) : nullptr;
    return record && !isResolved(record->status.view());
}

void CaseActions::resolve(const CaseKey &key)
{
    if (!canResolve(key))
        return;
    const CaseRecord *record = m_workspace.cases().findCase(key);
    const Deadline reopening = Deadlines::ifResolved(*record, m_workspace.targets(record->account));
    const bool ends = reopening.kind == Deadline::Kind::None || reopening.isPast(QDateTime::currentMSecsSinceEpoch());
    const QString subject = shortened(displayText(record->subject.view()), 200);
    QStringList effects;
    if (!subject.isEmpty())
        effects.append(tr("“%1”", "subject of a case").arg(subject) + u'\n');
    effects.append(tr("AWS stops working on it."));
    if (!ends)
        effects.append(Deadlines::reopenSentence(reopening, QLocale()));
    const QString remark = SendQuestion::remark(m_workspace, key.account);
    if (!remark.isEmpty())
        effects.append(remark);
    // A reply reopens it, but AWS has stopped working on it by then.
    QMessageBox *box = dialogs::question(
        &m_window, u"resolveDialog"_s, remark.isEmpty() ? QMessageBox::Question : QMessageBox::Warning,
        tr("Resolve Case"),
        tr("Resolve case %1 of %2?").arg(displayText(record->displayId.view()), m_workspace.accountName(key.account)),
        effects.join(u'\n'));
    QPushButton *yes = box->addButton(tr("&Resolve"), QMessageBox::AcceptRole);
    yes->setObjectName(u"resolveButton"_s);
    connect(yes, &QPushButton::clicked, this, [this, key] {
        ResolveCase::Request request;
        request.caseId = key.caseId;
        OutboxEntry entry = Outbox::newEntry(key.account, ResolveCase::name, key.caseId);
        entry.input = encode(request);
        m_workspace.outbox().send(entry);
    });
    box->open();
}

void CaseActions::newCase(AccountId account) { show(new NewCaseWindow(m_workspace, {}, account)); }

void CaseActions::open(const QString &entryId)
{
    const OutboxEntry *entry = m_workspace.outbox().find(entryId);
    if (!entry)
        return;
    if (entry->operation != QLatin1StringView(CreateCase::name)) {
        const CaseKey key{entry->account, entry->caseId};
        if (!m_workspace.isLoading() && !m_workspace.cases().findCase(key)) {
            (new LeftDraftDialog(m_workspace, entryId, &m_window))->open();
            return;
        }
        if (entry->part > 0)
            m_workspace.outbox().keepAsDraft(entryId); // what is written on is a reply like others
        Q_EMIT caseRequested(key);
        Q_EMIT replyRequested();
        return;
    }
    for (const QPointer<NewCaseWindow> &window : std::as_const(m_windows)) {
        if (window && window->entryId() == entryId) {
            window->raise();
            window->activateWindow();
            return;
        }
    }
    show(new NewCaseWindow(m_workspace, entryId, entry->account));
}

void CaseActions::openProposal(const QString &entryId)
{
    const OutboxEntry *entry = m_workspace.outbox().find(entryId);
    if (!entry)
        return;
    auto *window = new NewCaseWindow(m_workspace, entryId, entry->account);
    window->setProposal();
    show(window);
}

void CaseActions::show(NewCaseWindow *window)
{
    window->setObjectName(u"newCaseWindow"_s);
    window->setWindowIcon(m_window.windowIcon());
    connect(window, &NewCaseWindow::quitRequested, this, &CaseActions::quitRequested);
    m_windows.removeIf([](const QPointer<NewCaseWindow> &known) { return known.isNull(); });
    m_windows.append(window);
    m_isClosing = false;
    // A widget says so while pointers to it still hold.
    connect(window, &QObject::destroyed, this, &CaseActions::keepOpen, Qt::QueuedConnection);
    place(*window);
    window->show();
    keepOpen();
}

/// Over the main window, with its title bar on the screen: some desktops centre it there without a look at that. Where
/// others are open, a little below them.
void CaseActions::place(NewCaseWindow &window) const
{
    constexpr int step = 24; // px
    const QScreen *screen = m_window.screen();
    if (!m_window.isVisible() || !screen)
        return;
    const QRect room = screen->availableGeometry();
    QRect frame({}, window.size().grownBy(windowFrame));
    frame.moveCenter(m_window.frameGeometry().center());
    const auto others = m_windows.size() - 1;
    frame.translate(int(others) * step, int(others) * step);
    frame.moveLeft(qMax(room.left(), qMin(frame.left(), room.right() + 1 - frame.width())));
    frame.moveTop(qMax(room.top(), qMin(frame.top(), room.bottom() + 1 - frame.height())));
    window.move(frame.topLeft());
}

void CaseActions::keepOpen()
{
    if (m_isClosing || !m_isReopened)
        return;
    QStringList ids;
    for (const QPointer<NewCaseWindow> &window : std::as_const(m_windows)) {
        if (window && !window->entryId().isEmpty())
            ids.append(window->entryId());
    }
    const QString kept = ids.join(u' ');
    if (kept != m_workspace.settings().text(openKey))
        m_workspace.settings().set(openKey, kept);
}

void CaseActions::reopen()
{
    if (std::exchange(m_isReopened, true))
        return;
    const QStringList ids = m_workspace.settings().text(openKey).split(u' ', Qt::SkipEmptyParts);
    for (const QString &id : ids) {
        const OutboxEntry *entry = m_workspace.outbox().find(id);
        if (entry && entry->state == OutboxState::Draft && entry->operation == QLatin1StringView(CreateCase::name))
            open(id);
    }
    keepOpen();
}

void CaseActions::flushWindows()
{
    for (const QPointer<NewCaseWindow> &window : std::as_const(m_windows)) {
        if (window)
            window->flush();
    }
}

void CaseActions::closeWindows()
{
    flushWindows();
    keepOpen();
    m_isClosing = true;
    const auto windows = std::exchange(m_windows, {});
    for (const QPointer<NewCaseWindow> &window : windows)
        delete window.data();
}

QString CaseActions::nameOf(const OutboxEntry &entry) const
{
    QString subject;
    QString id;
    if (entry.operation == QLatin1StringView(CreateCase::name)) {
        if (const auto request = decode<CreateCase::Request>(entry.input); request)
            subject = request->subject;
    } else if (const CaseRecord *record = m_workspace.cases().findCase({entry.account, entry.caseId})) {
        subject = record->subject.toString();
        id = record->displayId.toString();
    }
    subject = shortened(displayText(subject), 60);
    if (!subject.isEmpty())
        return tr("“%1”", "subject of a case").arg(subject);
    //: Instead of the subject, after a colon; %1 is the number of the case
    return id.isEmpty() ? QString() : tr("case %1").arg(displayText(id));
}

void CaseActions::showOutcome(const OutboxEntry &entry, const QString &before, const QString &after,
                              const CaseKey &current)
{
    const CaseKey key{entry.account, entry.caseId};
    const QString name = nameOf(entry);
    const auto open = [this, key] { Q_EMIT caseRequested(key); };
    const bool isCurrent = key == current;
    const QString button = isCurrent || !key.isValid() ? QString() : tr("&Open Case");
    const bool isResolution = entry.operation == QLatin1StringView(ResolveCase::name);
    if (entry.state != OutboxState::Done) {
        if (isCurrent && !isResolution)
            return;
        const QString sentence = OutboxText::whole(entry, false);
        if (!sentence.isEmpty())
            //: %1 is the name of a case, %2 what became of what was sent
            tellOutcome(name.isEmpty() ? sentence : tr("%1: %2", "case and sentence").arg(name, sentence), true, button,
                        open);
        return;
    }
    QString happened;
    if (entry.operation == QLatin1StringView(CreateCase::name)) {
        for (const AccountRecord &account : m_workspace.accountRecords()) {
            const QString elsewhere = account.id == entry.account ? openedElsewhere(account, entry.caseId) : QString();
            if (!elsewhere.isEmpty())
                return tellOutcome(elsewhere, true, button, open);
        }
        happened = name.isEmpty() ? tr("The case was opened.") : tr("Case opened: %1").arg(name);
    } else if (!isResolution) {
        happened = name.isEmpty() ? tr("The reply was sent.") : tr("Reply sent: %1").arg(name);
    } else {
        happened = name.isEmpty() ? tr("The case was resolved.") : tr("Case resolved: %1").arg(name);
    }
    if (isResolution && !before.isEmpty())
        happened = tr("%1 (%2 → %3)", "what happened, status before and after")
                       .arg(happened, Names::status(before.toUtf8().toStdString()),
                            Names::status(after.toUtf8().toStdString()));
    tellOutcome(happened, false, button, open);
}

void CaseActions::tellOutcome(const QString &sentence, bool isUndone, const QString &button, std::function<void()> open)
{
    if (m_shownOutcomes.isEmpty() || toast().text() != m_shownOutcomes)
        m_outcomes.clear(); // read, or another notice stands there
    QString line = sentence;
    line.replace(u'\n', u' ');
    m_outcomes.insert(isUndone ? 0 : m_outcomes.size(), line);
    m_isOutcomeKept = isUndone || (m_isOutcomeKept && m_outcomes.size() > 1);
    if (m_outcomes.size() > 1)
        return showOutcomes();
    m_shownOutcomes = sentence;
    toast().show(sentence, button, std::move(open));
    if (m_isOutcomeKept) // what did not work is read when there is time for it
        toast().keep();
}

void CaseActions::showOutcomes()
{
    QStringList lines = m_outcomes.mid(0, mostOutcomes);
    if (m_outcomes.size() > mostOutcomes)
        lines.append(tr("… and %Ln more", nullptr, int(m_outcomes.size() - mostOutcomes)));
    m_shownOutcomes = lines.join(u'\n');
    toast().show(m_shownOutcomes);
    if (m_isOutcomeKept)
        toast().keep();
}

void CaseActions::announceAnswers(ConversationPage &page)
{
    connect(&page.view(), &ConversationView::answerArrived, this, [this, &page](const QString &key) {
        tellOutcome(tr("AWS answered in the case that is open."), false, tr("Show", "an answer"),
                    [&page, key] { page.open(page.key(), true, key); });
    });
    connect(&page, &ConversationPage::caseChanged, this, &CaseActions::forgetAnswers);
}

/// Another case is open now; what else the notice told is still true.
void CaseActions::forgetAnswers()
{
    if (!m_toast || m_shownOutcomes.isEmpty() || m_toast->text() != m_shownOutcomes
        || m_outcomes.removeAll(tr("AWS answered in the case that is open.")) == 0)
        return;
    if (m_outcomes.isEmpty())
        m_toast->hide();
    else
        showOutcomes();
}

Toast &CaseActions::toast()
{
    if (!m_toast)
        m_toast = new Toast(m_window);
    return *m_toast;
}

} // namespace casement
