#include "ui/draftspage.h"

#include "archive/outbox.h"
#include "models/displaytext.h"
#include "models/roles.h"
#include "support/cases.h"
#include "ui/errortext.h"
#include "ui/icons.h"
#include "ui/outboxtext.h"
#include "ui/plaintext.h"
#include "ui/sendquestion.h"
#include "ui/shortcuts.h"
#include "ui/statepage.h"
#include "ui/taborder.h"
#include "ui/theme.h"
#include "ui_draftspage.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QToolTip>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds undoStays{10};
constexpr int slack = 2; // widths of texts are rounded; a text that just fits must not be elided

ThemeColors::Pill pillOf(const QModelIndex &index)
{
    const ThemeColors &colors = Theme::colors();
    const ThemeColors::Pill quiet = colors.severity({});
    const ThemeColors::Pill moving = colors.severity(u"normal"_s);
    if (index.data(UnderWayRole).toBool())
        return moving;
    switch (OutboxState(index.data(OutboxStateRole).toInt())) {
    case OutboxState::Draft:
        return index.data(ErrorRole).value<Error>().kind == Error::Kind::None
            ? quiet
            : ThemeColors::Pill{colors.errorGround, colors.errorText};
    case OutboxState::Queued:
        return moving;
    case OutboxState::Unknown:
    case OutboxState::Asking:
        return {colors.warningGround, colors.warningText};
    case OutboxState::Done:
    case OutboxState::Told:
        break;
    }
    return quiet;
}

/// Subject and time; below them account, kind and state; below them the first line of the text.
class EntryDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {200, QFontMetrics(option.font).height() * 3 + 28};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto cell = [&index](int column) { return index.siblingAtColumn(column).data().toString(); };
        const ThemeColors &colors = Theme::colors();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const QColor ink = colors.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
        const QColor quiet = selected ? ink : colors.mutedText;
        painter->save();
        if (selected)
            painter->fillRect(option.rect, colors.palette.color(QPalette::Highlight));
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(option.rect, colors.palette.color(QPalette::AlternateBase));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colors.line);
        painter->setRenderHint(QPainter::Antialiasing);
        const QFontMetrics metrics(option.font);
        const int line = metrics.height();
        const QRect area = option.rect.adjusted(12, 8, -12, -8);
        const auto text = [painter](const QRect &place, const QFont &font, const QColor &color, const QString &words) {
            painter->setFont(font);
            painter->setPen(color);
            painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                              QFontMetrics(font).elidedText(words, Qt::ElideRight, place.width()));
        };

        QRect row(area.left(), area.top(), area.width(), line);
        const QString time = cell(OutboxModel::Changed);
        const int timeWidth = metrics.horizontalAdvance(time) + slack;
        text(QRect(row.right() + 1 - timeWidth, row.top(), timeWidth, line), option.font, quiet, time);
        QFont bold = option.font;
        bold.setWeight(QFont::DemiBold);
        text(row.adjusted(0, 0, -timeWidth - 12, 0), bold, ink, cell(OutboxModel::Subject));

        row.translate(0, line + 6);
        const QString state = cell(OutboxModel::State);
        const int pillWidth = qMin(metrics.horizontalAdvance(state) + 16 + slack, area.width() * 2 / 3);
        const QRect pill(row.right() + 1 - pillWidth, row.top() - 2, pillWidth, line + 4);
        const ThemeColors::Pill look = pillOf(index);
        painter->setPen(Qt::NoPen);
        painter->setBrush(look.ground);
        painter->drawRoundedRect(pill, pill.height() / 2.0, pill.height() / 2.0);
        text(pill.adjusted(8, 0, -8, 0), option.font, look.text, state);
        painter->setPen(Qt::NoPen);
        painter->setBrush(accountColor(index.data(AccountColorRole).toInt(), colors.dark));
        painter->drawRoundedRect(QRectF(row.left(), row.top() + (line - 9) / 2.0, 9, 9), 3, 3);
        QString where = cell(OutboxModel::Account);
        where += (where.isEmpty() ? QString() : u" · "_s) + cell(OutboxModel::Kind);
        text(row.adjusted(16, 0, -pillWidth - 8, 0), option.font, quiet, where);

        row.translate(0, line + 6);
        if (const int files = index.data(FileCountRole).toInt(); files > 0) {
            const QString number = QLocale().toString(files);
            const int wide = line + 4 + QFontMetrics(option.font).horizontalAdvance(number) + slack;
            const QRect box(row.right() + 1 - wide, row.top(), wide, line);
            painter->drawPixmap(box.topLeft(),
                                icons::pixmap(u"attachment"_s, line, painter->device()->devicePixelRatioF(), quiet));
            text(box.adjusted(line + 4, 0, 0, 0), option.font, quiet, number);
            row.setRight(box.left() - 8);
        }
        text(row, option.font, quiet, cell(OutboxModel::Text));
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            // The current entry, for those who walk by keys.
            painter->fillRect(QRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2),
                              colors.accent);
        }
        painter->restore();
    }

    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override
    {
        if (event->type() != QEvent::ToolTip)
            return QStyledItemDelegate::helpEvent(event, view, option, index);
        const QString text = index.data(SubjectRole).toString() + u'\n' + index.data(ExactTimeRole).toString();
        QToolTip::showText(event->globalPos(), index.isValid() ? plainToolTip(text) : QString(), view->viewport(),
                           option.rect);
        return true;
    }
};

bool resolves(const OutboxEntry &entry) { return entry.operation == QLatin1StringView(ResolveCase::name); }

/// To be written on. Nothing is written in a resolution; its case is what can be opened.
bool canOpen(const OutboxEntry &entry, bool underWay)
{
    return !underWay && !resolves(entry) && (entry.state == OutboxState::Draft || entry.state == OutboxState::Asking);
}

} // namespace

DraftsPage::DraftsPage(Outbox &outbox, const CaseListModel &cases, const AccountModel &accounts, QWidget *parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::DraftsPage>()), m_outbox(outbox), m_cases(cases), m_accounts(accounts),
      m_model(new OutboxModel(outbox, cases, accounts, this)), m_undoTime(new QTimer(this))
{
    m_ui->setupUi(this);
    m_ui->heading->setBackgroundRole(QPalette::Base);
    m_ui->heading->setAutoFillBackground(true);
    QFont bold = m_ui->title->font();
    bold.setWeight(QFont::DemiBold);
    m_ui->title->setFont(bold);
    m_ui->draftCount->setForegroundRole(QPalette::PlaceholderText);
    m_ui->draftEntries->setItemDelegate(new EntryDelegate(this));
    m_ui->draftEntries->setModel(m_model);
    m_ui->draftEntries->setModelColumn(OutboxModel::Subject);
    m_ui->draftEntries->setMouseTracking(true);
    setFocusProxy(m_ui->draftEntries);
    m_ui->draftSentence->setFocusPolicy(Qt::StrongFocus); // to copy what AWS said without a mouse
    for (QFrame *frame : {m_ui->detail, m_ui->undoBar})
        frame->setAutoFillBackground(true);
    m_ui->undoBar->hide();
    m_undoTime->setObjectName(u"draftUndoTime"_s);
    m_undoTime->setSingleShot(true);
    m_undoTime->setInterval(undoStays);
    connect(m_undoTime, &QTimer::timeout, this, &DraftsPage::endUndo);

    m_choices = {{m_ui->actionDraftCheckAgain, m_ui->draftCheckAgain},
                 {m_ui->actionDraftSendAgain, m_ui->draftSendAgain},
                 {m_ui->actionDraftKeep, m_ui->draftKeep},
                 {m_ui->actionDraftOpen, m_ui->draftOpen},
                 {m_ui->actionDraftOpenCase, m_ui->draftOpenCase},
                 {m_ui->actionDraftDelete, m_ui->draftDelete}};
    for (const Choice &choice : m_choices)
        connect(choice.button, &QPushButton::clicked, choice.action, &QAction::trigger);
    const auto on = [this](QAction *action, auto act) { connect(action, &QAction::triggered, this, act); };
    on(m_ui->actionDraftCheckAgain, [this] { m_outbox.lookAgain(currentId()); });
    on(m_ui->actionDraftSendAgain, &DraftsPage::sendAgain);
    on(m_ui->actionDraftKeep, [this] { m_outbox.keepAsDraft(currentId()); });
    on(m_ui->actionDraftOpen, [this] { Q_EMIT openRequested(currentId()); });
    on(m_ui->actionDraftOpenCase, &DraftsPage::openCase);
    on(m_ui->actionDraftDelete, &DraftsPage::remove);
    on(m_ui->actionDraftUndo, &DraftsPage::undo);
    on(m_ui->actionDraftCopyDetails, [this] {
        if (const OutboxEntry *entry = currentEntry())
            QGuiApplication::clipboard()->setText(ErrorText::details(entry->error));
    });
    m_ui->draftEntries->addAction(m_ui->actionDraftDelete);
    addAction(m_ui->actionDraftUndo);
    connect(m_ui->draftState, &StatePage::buttonClicked, this, &DraftsPage::newCaseRequested);
    connect(m_ui->draftUndo, &QPushButton::clicked, m_ui->actionDraftUndo, &QAction::trigger);
    connect(m_ui->draftEntries, &QAbstractItemView::activated, this, &DraftsPage::activate);
    connect(m_ui->draftEntries, &QWidget::customContextMenuRequested, this, &DraftsPage::showMenu);

    connect(m_ui->draftEntries->selectionModel(), &QItemSelectionModel::currentChanged, this, &DraftsPage::showEntry);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        m_ui->draftEntries->viewport()->update(); // rows paint cells of all columns
        showEntry();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &DraftsPage::showAll);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &DraftsPage::showAll);
    connect(m_model, &OutboxModel::countsChanged, this, &DraftsPage::showCount);
    connect(&m_outbox, &Outbox::loaded, this, &DraftsPage::showAll);
    recolor();
    showUndo();
    showAll();
}

DraftsPage::~DraftsPage() = default;

const OutboxEntry *DraftsPage::currentEntry() const
{
    const QModelIndex current = m_ui->draftEntries->currentIndex();
    return current.isValid() ? &m_model->entryAt(current.row()) : nullptr;
}

QString DraftsPage::currentId() const
{
    const OutboxEntry *entry = currentEntry();
    return entry ? entry->id : QString();
}

void DraftsPage::select(const QString &id)
{
    if (const int row = m_model->rowOf(id); row >= 0)
        m_ui->draftEntries->setCurrentIndex(m_model->index(row, OutboxModel::Subject));
}

void DraftsPage::focusEntries()
{
    if (m_ui->stack->currentWidget() == m_ui->draftState)
        m_ui->draftState->takeFocus();
    else
        m_ui->draftEntries->setFocus();
}

QList<QAction *> DraftsPage::menuActions() const
{
    QList<QAction *> all;
    for (const Choice &choice : m_choices)
        all.append(choice.action);
    all.append(m_ui->actionDraftUndo);
    return all;
}

void DraftsPage::moveCurrent(int rows)
{
    if (m_model->rowCount() == 0)
        return;
    const int row = qBound(0, m_ui->draftEntries->currentIndex().row() + rows, m_model->rowCount() - 1);
    m_ui->draftEntries->setCurrentIndex(m_model->index(row, OutboxModel::Subject));
}

void DraftsPage::showAll()
{
    showCount();
    if (m_model->rowCount() > 0) {
        m_ui->stack->setCurrentWidget(m_ui->draftEntries);
        if (!m_ui->draftEntries->currentIndex().isValid())
            m_ui->draftEntries->setCurrentIndex(m_model->index(0, OutboxModel::Subject));
    } else {
        m_ui->stack->setCurrentWidget(m_ui->draftState);
        if (m_outbox.isLoaded())
            m_ui->draftState->show(u"check"_s, tr("Nothing is waiting"),
                                   tr("Drafts, and messages on their way to AWS, stand here."),
                                   tr("Write a Ne&w Case…"));
        else
            m_ui->draftState->showLoading(tr("Loading drafts…"));
    }
    showEntry();
}

void DraftsPage::showCount()
{
    QString text;
    //: Behind the title: so many entries wait for a decision of the person
    if (m_model->needsYouCount() > 0)
        text = tr("%Ln need(s) you", nullptr, m_model->needsYouCount());
    else if (m_model->draftCount() > 0)
        text = tr("%Ln draft(s)", nullptr, m_model->draftCount());
    m_ui->draftCount->setText(text);
}

void DraftsPage::showEntry()
{
    const OutboxEntry *entry = currentEntry();
    const bool underWay = entry && m_outbox.isUnderWay(entry->id);
    const auto in = [entry](std::initializer_list<OutboxState> states) {
        return entry && std::find(states.begin(), states.end(), entry->state) != states.end();
    };
    const bool open = entry && canOpen(*entry, underWay);
    const bool waits = entry && !entry->predecessor.isEmpty();
    const bool isLeft = waits && !m_outbox.find(entry->predecessor);
    const bool canSend = !waits || (isLeft && !entry->caseId.isEmpty());
    const int uploading = entry ? m_outbox.files().uploadingCount(entry->id) : 0;
    const bool still = entry && !underWay;
    m_ui->actionDraftOpen->setVisible(open);
    m_ui->actionDraftOpenCase->setVisible(entry && !open && !entry->caseId.isEmpty());
    m_ui->actionDraftCheckAgain->setVisible(still && in({OutboxState::Unknown, OutboxState::Asking}));
    m_ui->actionDraftSendAgain->setVisible(still && canSend && in({OutboxState::Queued, OutboxState::Asking}));
    m_ui->actionDraftSendAgain->setText(in({OutboxState::Queued}) ? tr("Send &Now") : tr("Send Agai&n"));
    m_ui->actionDraftKeep->setVisible((still && canSend && in({OutboxState::Queued, OutboxState::Asking}))
                                      || (entry && OutboxText::choices(*entry, underWay, uploading).keepAsDraft));
    m_ui->actionDraftDelete->setVisible(still && (waits || in({OutboxState::Draft})));

    QString sentence;
    if (entry && m_accounts.isOther(entry->account))
        sentence = m_accounts.whyNotHere(entry->account);
    else if (waits)
        sentence = OutboxText::waiting(*entry, m_outbox.find(entry->predecessor));
    else if (entry && entry->state == OutboxState::Queued && still && entry->error.kind == Error::Kind::None)
        sentence = tr("Casement sends it as soon as this account is connected.");
    else if (entry)
        sentence = OutboxText::whole(*entry, underWay, uploading);
    // Focus that is on what goes would move to whatever comes next, perhaps in another page.
    if (sentence.isEmpty() && m_ui->draftSentence->hasFocus())
        m_ui->draftEntries->setFocus();
    const bool isNews = entry && entry->id == m_told && !sentence.isEmpty() && sentence != m_ui->draftSentence->text();
    m_told = entry ? entry->id : QString();
    m_ui->draftSentence->setText(sentence);
    m_ui->draftSentence->setVisible(!sentence.isEmpty());
    const QString details =
        entry && entry->error.kind != Error::Kind::None ? ErrorText::details(entry->error) : QString();
    setPlainToolTip(*m_ui->draftSentence, details);

    bool any = false;
    for (const auto &[action, button] : m_choices) {
        any = any || action->isVisible();
        if (!action->isVisible() && button->hasFocus())
            m_ui->draftEntries->setFocus();
        button->setText(action->text());
        // What Qt makes of the text says nothing more, and still has the mnemonic of a Japanese one.
        const bool isOwn = withoutMnemonic(action->toolTip()) != withoutMnemonic(action->text())
            && action->toolTip() != QString(action->text()).remove(u'&');
        button->setToolTip(isOwn ? action->toolTip() : QString());
        button->setVisible(action->isVisible());
    }
    m_ui->buttons->setVisible(any);
    m_ui->detail->setVisible(any || !sentence.isEmpty());
    if (isNews && isVisible()) {
        QAccessibleEvent told(m_ui->draftSentence, QAccessible::Alert);
        QAccessible::updateAccessibility(&told);
    }
    arrangeButtons();
    recolor();
}

/// Side by side, or in two columns where that is too wide.
void DraftsPage::arrangeButtons()
{
    std::vector<QPushButton *> shown;
    int wide = 0;
    for (const Choice &choice : m_choices) {
        if (!choice.action->isVisible())
            continue;
        shown.push_back(choice.button);
        wide += choice.button->sizeHint().width() + m_ui->buttonLayout->horizontalSpacing();
    }
    const QMargins margins = m_ui->detailLayout->contentsMargins();
    const bool fits = wide <= width() - margins.left() - margins.right();
    const int columns = fits ? int(m_choices.size()) : 2;
    for (const Choice &choice : m_choices)
        m_ui->buttonLayout->removeWidget(choice.button);
    QList<QWidget *> chain{m_ui->draftEntries, m_ui->draftUndo, m_ui->draftSentence};
    for (int i = 0; i < int(shown.size()); ++i) {
        m_ui->buttonLayout->addWidget(shown[size_t(i)], i / columns, i % columns);
        chain.append(shown[size_t(i)]);
    }
    setTabChain(chain);
    // What is left of the width stays empty.
    m_ui->buttonLayout->setColumnStretch(int(m_choices.size()), fits ? 1 : 0);
}

void DraftsPage::recolor()
{
    const ThemeColors &colors = Theme::colors();
    const auto ground = [](QWidget *widget, const QColor &color) {
        QPalette own;
        own.setColor(QPalette::Window, color);
        if (widget->palette().color(QPalette::Window) != color)
            widget->setPalette(own);
    };
    ground(m_ui->undoBar, colors.awsGround);
    QColor detail = colors.palette.color(QPalette::Window);
    if (const OutboxEntry *entry = currentEntry(); entry && !m_outbox.isUnderWay(entry->id)) {
        if (entry->state == OutboxState::Unknown || entry->state == OutboxState::Asking)
            detail = colors.warningGround;
        else if (entry->state == OutboxState::Draft && entry->error.kind != Error::Kind::None)
            detail = colors.errorGround;
    }
    ground(m_ui->detail, detail);
}

void DraftsPage::showMenu(const QPoint &where)
{
    if (!m_ui->draftEntries->indexAt(where).isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(u"draftMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Choice &choice : m_choices) {
        if (choice.action->isVisible())
            menu->addAction(choice.action);
    }
    if (const OutboxEntry *entry = currentEntry(); entry && entry->error.kind != Error::Kind::None)
        menu->addAction(m_ui->actionDraftCopyDetails);
    if (menu->isEmpty())
        return menu->deleteLater();
    menu->popup(m_ui->draftEntries->viewport()->mapToGlobal(where));
}

/// Enter, and a double click.
void DraftsPage::activate()
{
    if (m_ui->actionDraftOpen->isEnabled())
        m_ui->actionDraftOpen->trigger();
    else
        m_ui->actionDraftOpenCase->trigger(); // does nothing when it is off
}

void DraftsPage::openCase()
{
    const OutboxEntry *known = currentEntry();
    if (!known)
        return;
    const OutboxEntry entry = *known;
    Q_EMIT caseRequested({entry.account, entry.caseId});
    if (entry.state == OutboxState::Done)
        m_outbox.markTold(entry.id);
}

void DraftsPage::sendAgain()
{
    if (const OutboxEntry *entry = currentEntry())
        SendQuestion::beforeAgain(this, m_accounts, m_cases, *entry,
                                  [this, id = entry->id] { m_outbox.sendAgain(id); });
}

void DraftsPage::remove()
{
    const OutboxEntry *entry = currentEntry();
    if (!entry || (entry->state != OutboxState::Draft && entry->predecessor.isEmpty()))
        return;
    m_deleted.append(*entry);
    const bool focused = m_ui->draftEntries->hasFocus() || m_ui->draftDelete->hasFocus();
    m_outbox.discard(m_deleted.constLast().id);
    showUndo();
    if (focused && m_model->rowCount() == 0)
        m_ui->draftUndo->setFocus();
    m_undoTime->start();
    QAccessibleEvent told(m_ui->undoText, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
}

void DraftsPage::undo()
{
    const QList<OutboxEntry> entries = std::exchange(m_deleted, {});
    m_undoTime->stop();
    for (const OutboxEntry &entry : entries)
        m_outbox.save(entry);
    if (!entries.isEmpty())
        select(entries.constLast().id);
    m_ui->draftEntries->setFocus();
    showUndo();
}

void DraftsPage::showUndo()
{
    const int count = int(m_deleted.size());
    m_ui->actionDraftUndo->setEnabled(count > 0);
    m_ui->draftUndo->setText(m_ui->actionDraftUndo->text());
    m_ui->undoText->setText(tr("%Ln draft(s) deleted", nullptr, count));
    m_ui->undoBar->setVisible(count > 0);
}

void DraftsPage::endUndo()
{
    // Somebody is about to press it.
    if (m_ui->undoBar->underMouse() || m_ui->draftUndo->hasFocus())
        return m_undoTime->start();
    for (const OutboxEntry &entry : std::as_const(m_deleted)) {
        const QList<OutboxFile> files = m_outbox.files().of(entry.id);
        for (const OutboxFile &file : files)
            m_outbox.files().remove(file.id);
    }
    m_deleted.clear();
    showUndo();
}

void DraftsPage::setShortcuts(Shortcuts &shortcuts)
{
    m_shortcuts = &shortcuts;
    shortcuts.manage(*m_ui->actionDraftDelete, u"draftDelete"_s);
    shortcuts.manage(*m_ui->actionDraftUndo, u"draftUndo"_s);
    connect(&shortcuts, &Shortcuts::changed, this, &DraftsPage::nameKeys);
    nameKeys();
}

/// What tool tips say of the keys.
void DraftsPage::nameKeys()
{
    if (!m_shortcuts)
        return;
    m_ui->actionDraftDelete->setToolTip(m_shortcuts->withKey(tr("Delete the draft"), u"draftDelete"_s));
    m_ui->draftUndo->setToolTip(m_shortcuts->withKey(tr("Bring back what was deleted"), u"draftUndo"_s));
    showEntry();
}

void DraftsPage::retranslate()
{
    m_ui->retranslateUi(this);
    nameKeys();
    m_model->retranslate();
    showUndo();
    showAll();
}

void DraftsPage::tick() { m_model->tick(QDateTime::currentMSecsSinceEpoch()); }

void DraftsPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        recolor();
}

void DraftsPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeButtons();
}

} // namespace casement
