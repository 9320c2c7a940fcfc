#include "ui/casenote.h"

#include "models/displaytext.h"
#include "ui/icons.h"
#include "ui/messageedit.h"
#include "ui/spoken.h"
#include "ui/textlabels.h"
#include "ui/theme.h"
#include "ui/workspace.h"

#include <QFocusEvent>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int storeAfter = 400; // ms
constexpr qsizetype longestNote = 20'000;

} // namespace

CaseNote::CaseNote(Workspace &workspace, QWidget *parent) : QWidget(parent), m_workspace(workspace)
{
    setObjectName(u"caseNote"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_facts = new BreakingLabel(this);
    m_facts->setObjectName(u"caseTags"_s);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setWordWrap(true);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_note = new MessageEdit(this);
    m_note->setObjectName(u"noteText"_s);
    m_note->setTabChangesFocus(true);
    m_note->setLines(1, 5);
    m_note->installEventFilter(this);
    setFocusProxy(m_note);
    layout->addWidget(m_facts);
    layout->addWidget(m_note);
    const auto button = [this](const QString &name) {
        auto *made = new QToolButton(this);
        made->setObjectName(name);
        made->setAutoRaise(true);
        made->setIconSize(QSize(16, 16));
        return made;
    };
    m_star = button(u"starButton"_s);
    m_addNote = button(u"noteButton"_s);
    m_addNote->setIcon(icons::icon(u"note"_s));
    takeColors();
    m_storeSoon.setSingleShot(true);
    m_storeSoon.setInterval(storeAfter);
    connect(&m_storeSoon, &QTimer::timeout, this, &CaseNote::flush);
    connect(m_note, &QPlainTextEdit::textChanged, this, &CaseNote::typed);
    connect(m_addNote, &QToolButton::clicked, this, &CaseNote::edit);
    connect(m_star, &QToolButton::clicked, this, [this] {
        CaseMarks &marks = m_workspace.marks();
        marks.setStarred({m_key}, !marks.of(m_key).starred);
    });
    connect(&workspace.marks(), &CaseMarks::loaded, this, &CaseNote::refresh);
    connect(&workspace.marks(), &CaseMarks::changed, this, [this](AccountId account, const QString &caseId) {
        if (m_key == CaseKey{account, caseId})
            refresh();
    });
    retranslate();
}

CaseNote::~CaseNote() { flush(); }

void CaseNote::open(const CaseKey &key)
{
    if (key == m_key)
        return;
    flush();
    m_key = key;
    m_editing = false;
    m_isCut = false;
    {
        const QScopedValueRollback guard(m_filling, true);
        m_note->setPlainText(m_workspace.marks().of(key).note); // and what was undone of another case is forgotten
    }
    refresh();
}

void CaseNote::edit()
{
    if (!m_key.isValid())
        return;
    m_editing = true;
    refresh();
    Q_EMIT editedChanged(); // a low window makes room for it
    m_note->setFocus(Qt::ShortcutFocusReason);
    m_note->moveCursor(QTextCursor::End);
}

void CaseNote::flush()
{
    if (!std::exchange(m_typed, false))
        return;
    m_storeSoon.stop();
    m_workspace.marks().setNote(m_key, m_note->text());
}

void CaseNote::typed()
{
    if (m_filling)
        return;
    const bool wasCut = std::exchange(m_isCut, m_note->text().size() > longestNote);
    if (m_isCut) {
        // Laying out a pasted log would take longer than anybody wants to wait for a note.
        const QScopedValueRollback guard(m_filling, true);
        m_note->replace(int(longestNote), int(m_note->text().size() - longestNote), {});
    }
    m_typed = true;
    if (m_isCut || wasCut)
        refresh();
    if (!m_storeSoon.isActive()) // within that time of the first keystroke, however long somebody types
        m_storeSoon.start();
}

void CaseNote::refresh()
{
    const CaseMark mark = m_workspace.marks().of(m_key);
    if (!m_typed && m_note->text() != mark.note) {
        const QScopedValueRollback guard(m_filling, true);
        m_note->setPlainText(mark.note);
    }
    QStringList facts;
    if (m_isCut)
        facts.append(tr("A note holds %L1 characters: what was more is not in it.").arg(longestNote));
    if (!mark.tags.isEmpty())
        facts.append(tr("Tags: %1").arg(displayText(mark.tags.join(tr(", ", "list separator")))));
    if (mark.muted)
        facts.append(tr("Muted"));
    m_facts->setFacts(facts);
    spoken::setName(*m_facts, facts.join(tr(", ", "list separator")));
    m_facts->setVisible(!facts.isEmpty());
    const bool hasNote = m_editing || m_typed || !mark.note.isEmpty();
    m_note->setVisible(hasNote);
    m_addNote->setVisible(m_key.isValid() && !hasNote);
    m_star->setVisible(m_key.isValid());
    m_star->setIcon(mark.starred ? icons::icon(u"star-filled"_s, Theme::colors().accent) : icons::icon(u"star"_s));
    m_star->setToolTip(mark.starred ? tr("Remove the star") : tr("Give the case a star"));
    spoken::setName(*m_star, mark.starred ? tr("Starred") : tr("Not starred"));
    spoken::setDescription(*m_star, m_star->toolTip());
    setVisible(m_note->isVisibleTo(this) || m_facts->isVisibleTo(this));
}

bool CaseNote::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_note && event->type() == QEvent::FocusOut) {
        flush();
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason == Qt::PopupFocusReason || reason == Qt::ActiveWindowFocusReason)
            return false; // its menu, or another window: it comes back
        m_editing = false;
        refresh(); // an empty one goes
        Q_EMIT editedChanged();
    }
    return QWidget::eventFilter(watched, event);
}

/// The ground of the person's own side of the conversation.
void CaseNote::takeColors()
{
    QPalette palette = Theme::colors().palette;
    palette.setColor(QPalette::Base, Theme::colors().customerGround);
    m_note->setPalette(palette);
}

void CaseNote::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_note) {
        takeColors();
        refresh(); // the star has a colour of its own
    }
}

void CaseNote::retranslate()
{
    spoken::setName(*m_note, tr("Your note to this case"));
    m_note->setPlaceholderText(tr("Your note to this case; AWS does not see it"));
    m_addNote->setToolTip(tr("Write a note to this case"));
    spoken::setName(*m_addNote, tr("Write a note to this case"));
    refresh();
}

} // namespace casement
