#include "ui/conversationpage.h"

#include "models/displaytext.h"
#include "models/names.h"
#include "models/relativetime.h"
#include "support/supportcenter.h"
#include "ui/casenote.h"
#include "ui/composer.h"
#include "ui/conversationview.h"
#include "ui/dialogs.h"
#include "ui/flowlayout.h"
#include "ui/icons.h"
#include "ui/plaintext.h"
#include "ui/servicenames.h"
#include "ui/spoken.h"
#include "ui/taborder.h"
#include "ui/textlabels.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"
#include "ui_conversationpage.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QLocale>
#include <QScrollBar>
#include <QStringList>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr int readAfter = 1'000; // a message counts as read when it was on screen for so long

constexpr int leastView = 72; // px of height that a low window leaves to the messages
constexpr int lowestView = 24; // and what they keep when even then a line would be cut

} // namespace

ConversationPage::ConversationPage(Workspace &workspace, QWidget *parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::ConversationPage>()), m_workspace(workspace)
{
    m_ui->setupUi(this);
    m_ui->header->setAutoFillBackground(true);
    m_ui->header->setBackgroundRole(QPalette::Base);
    m_ui->findBar->hide();
    m_ui->view->setMinimumHeight(lowestView);
    QFont large = m_ui->subject->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setWeight(QFont::DemiBold);
    m_ui->subject->setFont(large);
    m_ui->facts->setForegroundRole(QPalette::PlaceholderText);
    m_ui->copyId->setIcon(icons::icon(u"copy"_s));
    m_ui->openInBrowser->setIcon(icons::icon(u"external"_s));
    m_ui->findPrevious->setIcon(icons::icon(u"up"_s));
    m_ui->findNext->setIcon(icons::icon(u"down"_s));
    m_ui->findClose->setIcon(icons::icon(u"close"_s));
    m_ui->openInBrowser->installEventFilter(this);
    m_ui->header->installEventFilter(this);
    m_note = new CaseNote(workspace, m_ui->header);
    m_ui->headerLayout->addWidget(m_note);
    connect(m_note, &CaseNote::editedChanged, this, &ConversationPage::fitHeader);
    const int place = m_ui->idLayout->indexOf(m_ui->openInBrowser);
    m_ui->idLayout->insertWidget(place, &m_note->noteButton());
    m_ui->idLayout->insertWidget(place, &m_note->starButton());
    setTabChain({m_ui->copyId, &m_note->starButton(), &m_note->noteButton(), m_ui->openInBrowser, m_note, m_ui->view,
                 m_ui->findBar});
    connect(&workspace.serviceNames(), &ServiceNames::changed, this, &ConversationPage::showFacts);
    connect(&workspace.shortcuts(), &Shortcuts::changed, this, &ConversationPage::nameKeys);
    nameKeys();
    m_readTimer.setSingleShot(true);
    m_readTimer.setInterval(readAfter);
    connect(&m_readTimer, &QTimer::timeout, this, [this] {
        if (isVisible() && window()->isActiveWindow() && !m_workspace.archive().isReadOnly())
            m_workspace.archive().markRead(m_key.account, m_key.caseId);
    });
    connect(m_ui->copyId, &QToolButton::clicked, this, &ConversationPage::copyId);
    connect(m_ui->openInBrowser, &QToolButton::clicked, this, &ConversationPage::openInBrowser);
    connect(m_ui->view, &ConversationView::linkActivated, this,
            [this](const QUrl &url) { dialogs::openLink(this, url); });
    connect(m_ui->view, &ConversationView::linkHovered, this, &ConversationPage::linkHovered);
    connect(m_ui->view, &ConversationView::newestSeen, this, &ConversationPage::markReadSoon);
    // The program may have chosen the case, but now somebody reads it.
    connect(m_ui->view->verticalScrollBar(), &QAbstractSlider::actionTriggered, this, [this] {
        m_byPerson = true;
        if (!m_readTimer.isActive())
            markReadSoon();
    });
    connect(m_ui->view, &ConversationView::built, this, [this] {
        if (m_findPending) {
            m_findPending = false;
            updateFindCount();
            findNext(false);
        }
        Q_EMIT ready();
    });
    connect(m_ui->findText, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_ui->view->setMarkedWords(text.isEmpty() ? QStringList() : QStringList{text});
        QTextCursor cursor = m_ui->view->textCursor();
        cursor.setPosition(cursor.selectionStart());
        m_ui->view->setTextCursor(cursor);
        m_ui->view->buildAll();
        if (!m_ui->view->isBuilt()) {
            m_findPending = true;
            return;
        }
        updateFindCount();
        findNext(false);
    });
    connect(m_ui->findText, &QLineEdit::returnPressed, this, [this] { findNext(false); });
    connect(m_ui->findNext, &QToolButton::clicked, this, [this] { findNext(false); });
    connect(m_ui->findPrevious, &QToolButton::clicked, this, [this] { findNext(true); });
    connect(m_ui->findClose, &QToolButton::clicked, this, [this] { closeFind(); });

    connect(&m_workspace.archive(), &Archive::communicationsChanged, this,
            [this](AccountId account, const QString &caseId) {
                if (m_key.isValid() && account == m_key.account && caseId == m_key.caseId)
                    load({});
            });
    connect(&m_workspace.cases(), &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                // While 200 accounts are refreshed, other cases change all the time.
                const int row = m_workspace.cases().rowOfCase(m_key);
                if (row < 0 || (row >= first.row() && row <= last.row())) {
                    showFacts();
                    if (!m_readTimer.isActive()) // the message may have been seen before the list called it unread
                        markReadSoon();
                }
            });
    connect(&m_workspace, &Workspace::changed, this, &ConversationPage::tick);
    connect(&m_workspace.accounts(), &AccountModel::changed, this, &ConversationPage::showFacts); // name and colour
    showFacts();
}

ConversationPage::~ConversationPage() = default;

ConversationView &ConversationPage::view() { return *m_ui->view; }

Composer &ConversationPage::composer()
{
    if (!m_composer) {
        m_composer = new Composer(m_workspace, this);
        m_composer->setObjectName(u"composer"_s);
        m_ui->layout->addWidget(m_composer);
        connect(m_composer, &Composer::mustWait, m_ui->view, qOverload<>(&QWidget::setFocus));
        m_composer->setVisible(m_key.isValid());
        m_composer->open(m_key);
    }
    return *m_composer;
}

void ConversationPage::flush()
{
    m_note->flush();
    if (m_composer)
        m_composer->flush();
}

bool ConversationPage::isReady() const
{
    return m_key.isValid() && m_loaded && m_ui->view->isBuilt() && m_ui->view->shownMessages() > 0;
}

void ConversationPage::open(const CaseKey &key, bool byPerson, const QString &message, const QStringList &words,
                            const QString &file)
{
    m_ui->view->setOpenFile(file);
    const bool same = key == m_key;
    m_byPerson = byPerson;
    m_readTimer.stop();
    if (!same) {
        const CaseKey before = std::exchange(m_key, key);
        m_cc.clear();
        m_loaded = false;
        m_state = ConversationState::Whole;
        m_ui->view->clearMessages();
        closeFind();
        m_note->open(key);
        // What is written to a case whose account has left stays with the composer: see Composer::lost().
        if (m_composer && (key.isValid() || m_workspace.hasAccount(before.account)))
            m_composer->open(key);
        Q_EMIT caseChanged();
    }
    m_ui->view->setMarkedWords(words);
    showFacts();
    if (same && m_loaded) {
        if (!message.isEmpty())
            m_ui->view->showMessage(message);
        markReadSoon();
        return;
    }
    load(message);
}

void ConversationPage::load(const QString &message)
{
    const int number = ++m_loads;
    if (!m_key.isValid())
        return;
    const bool again = m_loaded;
    m_workspace.archive().loadCase(m_key.account, m_key.caseId, this,
                                   [this, number](const Result<CaseDetails> &details) {
                                       if (number != m_loads || !details)
                                           return;
                                       m_cc = details->ccEmailAddresses;
                                       showFacts();
                                   });
    m_workspace.archive().conversationState(m_key.account, m_key.caseId, this,
                                            [this, number](const Result<ConversationState> &state) {
                                                if (number != m_loads || !state)
                                                    return;
                                                m_state = *state;
                                                showFacts();
                                            });
    m_workspace.archive().loadCommunications(
        m_key.account, m_key.caseId, this,
        [this, number, again, message](const Result<QList<CommunicationRecord>> &messages) {
            if (number != m_loads)
                return;
            if (!messages) {
                Q_EMIT m_workspace.failed(messages.error(), QString());
                return;
            }
            m_loaded = true;
            showFacts();
            m_ui->view->setMessages(*messages, again, message);
            if (messages->isEmpty())
                Q_EMIT ready();
        });
}

void ConversationPage::showFacts()
{
    const CaseRecord *record = m_key.isValid() ? m_workspace.cases().findCase(m_key) : nullptr;
    m_hasCase = record != nullptr;
    if (!m_hasCase)
        m_ui->header->hide();
    m_ui->view->setEmptyText(!record        ? tr("Choose a case to read it here.")
                                 : m_loaded ? tr("No message of this case is stored here yet.")
                                            : QString());
    if (m_composer) {
        m_composer->setVisible(record != nullptr);
        m_composer->refresh();
    }
    if (!record)
        return;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const QString subject = displayText(record->subject.view());
    m_ui->subject->setWhole(subject.isEmpty() ? tr("(no subject)") : subject);
    spoken::setName(*m_ui->subject, tr("Subject: %1").arg(m_ui->subject->whole()));
    const QString id = displayText(record->displayId.view());
    m_ui->displayId->setText(id);
    spoken::setName(*m_ui->displayId, tr("Case ID: %1").arg(id));
    const QString severity = Names::severity(record->severityCode.view());
    m_ui->severity->setSeverity(record->severityCode.toString(), severity);
    spoken::setName(*m_ui->severity, tr("Severity: %1").arg(severity));
    m_ui->severity->setVisible(!severity.isEmpty());
    m_ui->status->setTexts(Names::status(record->status.view()));
    spoken::setName(*m_ui->status, tr("Status: %1").arg(m_ui->status->text()));
    const QString service =
        m_workspace.serviceNames().text(m_key.account, record->serviceCode.toString(), record->categoryCode.toString());
    m_ui->service->setWhole(service);
    spoken::setName(*m_ui->service, tr("Service and category: %1").arg(m_ui->service->whole()));
    const QString account = m_workspace.accountName(m_key.account);
    QStringList facts;
    if (!account.isEmpty())
        facts.append(account);
    if (const QString who = displayText(record->submittedBy.view()); !who.isEmpty())
        facts.append(tr("submitted by %1").arg(who));
    // The others of several are in the tool tip: each would take a line of a narrow pane.
    const QString allCc = m_cc.isEmpty() ? QString() : tr("CC %1").arg(displayText(m_cc.join(u", "_s)));
    if (m_cc.size() > 1)
        facts.append(tr("CC %1 and %Ln more", nullptr, int(m_cc.size()) - 1).arg(displayText(m_cc.constFirst())));
    else if (!allCc.isEmpty())
        facts.append(allCc);
    if (record->created > 0)
        facts.append(tr("created %1").arg(TimeText::shortDateTime(record->created, QLocale())));
    else if (!record->timeCreatedText.isEmpty())
        facts.append(tr("created %1").arg(displayText(record->timeCreatedText.view())));
    if (const QString turn = Names::turnSince(record->turn, record->turnSince, now); !turn.isEmpty())
        facts.append(turn);
    const Deadline deadline = Deadlines::of(*record, m_workspace.targets(record->account));
    if (const QString next = Deadlines::shortText(deadline, now); !next.isEmpty())
        facts.append(next);
    m_ui->facts->setFacts(facts);
    m_ui->accountMark->setVisible(!account.isEmpty());
    m_ui->accountMark->setColor(m_workspace.accounts().colorIndex(m_key.account));
    spoken::setName(*m_ui->facts, tr("Account, submitter and dates: %1").arg(facts.join(tr(", ", "list separator"))));
    // Without a description of their own, screen readers would be given the tool tips with their markup.
    QStringList exactTimes;
    if (m_cc.size() > 1)
        exactTimes.append(allCc);
    if (record->created > 0)
        exactTimes.append(TimeText::exact(record->created, QLocale()));
    if (const QString times = Deadlines::longText(deadline, now, QLocale()); !times.isEmpty())
        exactTimes.append(times);
    setPlainToolTip(*m_ui->facts, exactTimes.join(u'\n'));
    m_ui->gaps->setText(m_state == ConversationState::Gone
                            ? tr("Some messages of this case are missing, and AWS does not know the case any more.")
                            : m_workspace.jobs().rowCount() > 0
                            ? tr("Some messages of this case are still being fetched.")
                            : tr("Some messages of this case could not be fetched. Refresh asks for them again."));
    m_ui->gaps->setVisible(m_state != ConversationState::Whole);
    fitHeader();
    const QUrl url = browserUrl();
    m_ui->openInBrowser->setVisible(url.isValid() && !url.isEmpty());
    const QString where = tr("Opens %1\nSign in to the account “%2” in the browser first.")
                              .arg(url.toDisplayString(QUrl::FullyEncoded), account);
    setPlainToolTip(*m_ui->openInBrowser, where);
    spoken::setDescription(*m_ui->openInBrowser, where);
}

/// A low window keeps its room for the messages and the reply. Of the header it leaves out what does not share the
/// account's line, then the service, then the rest of a long subject, whose tool tip has it all, then the subject; and
/// where even that is too much it goes itself.
void ConversationPage::fitHeader()
{
    if (!m_hasCase)
        return;
    if (m_composer)
        m_composer->setRoom(height());
    const QMargins margins = m_ui->headerLayout->contentsMargins();
    const int width = this->width() - margins.left() - margins.right();
    const int gap = m_ui->headerLayout->spacing();
    const int below =
        m_composer ? qMax(m_composer->minimumSizeHint().height(), m_composer->heightForWidth(this->width())) : 0;
    const int room = height() - below - leastView;
    const int line = m_ui->subject->fontMetrics().lineSpacing();
    const auto heightOf = [width, gap](const BreakingLabel &label) {
        return label.whole().isEmpty() ? 0 : label.heightOfWhole(width) + gap;
    };
    const int marked =
        m_ui->accountMark->isHidden() ? 0 : m_ui->accountMark->sizeHint().width() + m_ui->factsRow->spacing();
    const int facts = m_ui->facts->whole().isEmpty() ? 0 : m_ui->facts->heightOfWhole(width - marked) + gap;
    const int service = heightOf(*m_ui->service);
    int needed = margins.top() + margins.bottom() + heightOf(*m_ui->subject) + m_ui->idRow->sizeHint().height() + facts
        + service;
    for (const QWidget *more : {static_cast<const QWidget *>(m_ui->gaps), static_cast<const QWidget *>(m_note)}) {
        if (!more->isHidden())
            needed += qMax(more->sizeHint().height(), more->heightForWidth(width)) + gap;
    }
    const bool hasFacts = needed <= room;
    const int account = m_ui->facts->fontMetrics().height() + gap; // begins the facts
    needed -= hasFacts ? 0 : qMax(0, facts - account);
    const bool hasService = hasFacts || needed <= room;
    needed -= hasService ? 0 : service;
    const bool hasSubject = hasService || needed <= room || m_ui->subject->heightOfWhole(width) <= line * 3 / 2;
    needed -= hasSubject ? 0 : m_ui->subject->heightOfWhole(width) - line;
    // The list has the subject, too; but whose case it is stands here, and a note is written nowhere else.
    const int most = room + leastView - lowestView;
    const bool hasLine = needed <= most;
    needed -= hasLine ? 0 : line + gap;
    m_ui->header->setVisible(needed <= most || m_note->isEdited());
    m_ui->subject->setOneLine(!hasSubject);
    m_ui->subject->setVisible(hasLine);
    m_ui->facts->setOneLine(!hasFacts);
    m_ui->service->setVisible(hasService && !m_ui->service->whole().isEmpty());
    QStringList left;
    if (!hasSubject)
        left.append(m_ui->subject->whole());
    if (!hasService)
        left.append(m_ui->service->whole());
    if (!hasFacts)
        left.append(m_ui->facts->whole());
    left.removeAll(QString());
    setPlainToolTip(*m_ui->subject, left.join(u'\n'));
}

bool ConversationPage::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
        fitHeader();
    return QWidget::event(event);
}

/// Where the status would be cut the button that copies the ID goes, which a menu and a key do as well; then the other
/// buttons go below.
void ConversationPage::fitIdRow()
{
    const int room = m_ui->headerLayout->contentsRect().width();
    m_ui->status->setMinimumWidth(qMax(0, qMin(m_ui->status->sizeHint().width(), room / 2)));
    const int copying = m_ui->copyId->sizeHint().width() + m_ui->idWords->spacing();
    const int buttons = m_ui->idLayout->minimumSize().width() + m_ui->idRow->spacing();
    const int words = m_ui->idWords->minimumSize().width() - (m_ui->copyId->isHidden() ? 0 : copying);
    const bool beside = words + buttons <= room;
    m_ui->copyId->setVisible(!m_ui->displayId->text().isEmpty() && words + copying + (beside ? buttons : 0) <= room);
    placeBesideOrBelow(*m_ui->idRow, *m_ui->idWords, *m_ui->idLayout, room, Qt::AlignLeading);
}

QUrl ConversationPage::browserUrl() const
{
    const CaseRecord *record = m_key.isValid() ? m_workspace.cases().findCase(m_key) : nullptr;
    return record ? supportCenterUrl(m_workspace.partition(m_key.account), record->displayId.toString()) : QUrl();
}

void ConversationPage::openInBrowser()
{
    if (const QUrl url = browserUrl(); !url.isEmpty())
        dialogs::openLink(this, url);
}

void ConversationPage::copyId()
{
    if (!m_ui->displayId->text().isEmpty())
        QGuiApplication::clipboard()->setText(m_ui->displayId->text());
}

void ConversationPage::copyLink()
{
    if (const QUrl url = browserUrl(); !url.isEmpty())
        QGuiApplication::clipboard()->setText(url.toString(QUrl::FullyEncoded));
}

void ConversationPage::setZoom(int steps)
{
    m_ui->view->setZoomSteps(steps);
    m_workspace.settings().set(u"conversation/zoom"_s, m_ui->view->zoomSteps());
}

void ConversationPage::markReadSoon()
{
    if (!m_byPerson || !m_key.isValid() || !m_ui->view->isNewestSeen())
        return;
    const CaseRecord *record = m_workspace.cases().findCase(m_key);
    if (record && record->unread)
        m_readTimer.start();
}

bool ConversationPage::hasFocusInside() const
{
    const QWidget *focus = QApplication::focusWidget();
    return focus && isAncestorOf(focus);
}

void ConversationPage::startFind()
{
    m_ui->findBar->show();
    const QString selected = m_ui->view->textCursor().selectedText();
    if (!selected.isEmpty() && selected.size() < 80 && !selected.contains(QChar::ParagraphSeparator))
        m_ui->findText->setText(selected);
    m_ui->findText->setFocus(Qt::ShortcutFocusReason);
    m_ui->findText->selectAll();
}

void ConversationPage::findNext(bool backward)
{
    const QString text = m_ui->findText->text();
    if (text.isEmpty()) {
        if (!m_ui->findBar->isVisible())
            startFind();
        return;
    }
    const QTextDocument::FindFlags flags = backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (!m_ui->view->find(text, flags)) {
        QTextCursor cursor = m_ui->view->textCursor();
        cursor.movePosition(backward ? QTextCursor::End : QTextCursor::Start);
        m_ui->view->setTextCursor(cursor);
        m_ui->view->find(text, flags);
    }
    updateFindCount();
}

void ConversationPage::updateFindCount()
{
    const QString text = m_ui->findText->text();
    const QString all = m_ui->view->document()->toPlainText(); // a character of it for each of the document
    const qsizetype found = m_ui->view->textCursor().hasSelection() ? m_ui->view->textCursor().selectionStart() : -1;
    int count = 0;
    int current = 0;
    for (qsizetype at = all.indexOf(text, 0, Qt::CaseInsensitive); !text.isEmpty() && at >= 0;
         at = all.indexOf(text, at + text.size(), Qt::CaseInsensitive)) {
        ++count;
        if (at == found)
            current = count;
    }
    const QLocale locale;
    if (text.isEmpty())
        m_ui->findCount->clear();
    else if (current > 0) //: Which of the places found is shown: 3 of 50
        m_ui->findCount->setText(tr("%1 of %2").arg(locale.toString(current), locale.toString(count)));
    else
        m_ui->findCount->setText(tr("%Ln match(es)", nullptr, count));
}

bool ConversationPage::closeFind()
{
    if (!m_ui->findBar->isVisibleTo(this))
        return false;
    m_ui->findBar->hide();
    m_ui->view->setMarkedWords({});
    m_ui->view->setFocus();
    return true;
}

/// What tool tips say of the keys.
void ConversationPage::nameKeys()
{
    const Shortcuts &keys = m_workspace.shortcuts();
    m_ui->findPrevious->setToolTip(keys.withKey(tr("Previous"), u"findPrevious"_s));
    m_ui->findClose->setToolTip(keys.withKey(tr("Close"), u"back"_s));
    m_ui->findNext->setToolTip(keys.withKey(tr("Next"), u"findNext"_s));
    nameClearButton(*m_ui->findText, tr("Clear the Field"));
}

void ConversationPage::retranslate()
{
    m_ui->retranslateUi(this);
    m_note->retranslate();
    nameKeys();
    showFacts();
    updateFindCount();
    m_ui->view->retranslate();
    if (m_composer)
        m_composer->retranslate();
}

void ConversationPage::tick()
{
    showFacts();
    m_ui->view->tick();
}

bool ConversationPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->header && (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)) {
        fitIdRow();
    } else if (watched == m_ui->openInBrowser) {
        if (event->type() == QEvent::Enter || event->type() == QEvent::FocusIn)
            Q_EMIT linkHovered(browserUrl().toDisplayString(QUrl::FullyEncoded));
        else if (event->type() == QEvent::Leave || event->type() == QEvent::FocusOut)
            Q_EMIT linkHovered({});
    }
    return QWidget::eventFilter(watched, event);
}

void ConversationPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        QFont large = font();
        large.setPointSizeF(large.pointSizeF() * 1.3);
        large.setWeight(QFont::DemiBold);
        m_ui->subject->setFont(large);
    } else if (event->type() == QEvent::ActivationChange && isActiveWindow()) {
        markReadSoon(); // what came into sight while another window was used
    }
}

} // namespace casement
