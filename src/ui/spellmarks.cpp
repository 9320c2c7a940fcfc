#include "ui/spellmarks.h"

#include "ui/messageedit.h"
#include "ui/theme.h"

#include <QEvent>
#include <QMenu>
#include <QTextDocument>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr int spellingAfter = 300; // ms
}

SpellMarks::SpellMarks(MessageEdit &edit, Spelling &spelling) : QObject(&edit), m_edit(edit), m_spelling(spelling)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(spellingAfter);
    connect(&m_soon, &QTimer::timeout, this, &SpellMarks::look);
    const auto soon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&m_edit, &QPlainTextEdit::textChanged, this, soon);
    connect(&m_edit, &QPlainTextEdit::cursorPositionChanged, this, [this, soon] {
        if (m_typing >= 0 || m_document != m_edit.document())
            soon();
    });
    connect(&m_edit, &MessageEdit::menuWanted, this, [this](QMenu *menu, const QTextCursor &at) { addTo(*menu, at); });
    connect(&m_spelling, &Spelling::changed, this, &SpellMarks::look);
    m_edit.installEventFilter(this);
}

bool SpellMarks::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        mark();
    if (event->type() == QEvent::FocusOut && m_typing >= 0)
        m_soon.start();
    return QObject::eventFilter(watched, event);
}

QStringList SpellMarks::marked() const
{
    QStringList words;
    for (const QTextCursor &mistake : m_mistakes)
        words.append(mistake.selectedText());
    return words;
}

void SpellMarks::look()
{
    m_soon.stop();
    m_document = m_edit.document();
    m_mistakes.clear();
    m_typing = -1;
    // As the document counts: its positions are those of the raw text.
    const QString text = m_document->toRawText()
                             .replace(QChar::ParagraphSeparator, u'\n')
                             .replace(QChar::LineSeparator, u'\n')
                             .replace(QChar::Nbsp, u' ');
    const QTextCursor typed = m_edit.textCursor();
    for (const Misspelling &found : m_spelling.mistakes(text)) {
        const int end = found.start + found.length;
        if (m_edit.hasFocus() && !typed.hasSelection() && typed.position() == end) {
            m_typing = end;
            continue;
        }
        QTextCursor cursor(m_document);
        cursor.setPosition(found.start);
        cursor.setPosition(end, QTextCursor::KeepAnchor);
        m_mistakes.append(cursor);
    }
    mark();
}

void SpellMarks::mark()
{
    QList<QTextEdit::ExtraSelection> marks;
    for (const QTextCursor &mistake : std::as_const(m_mistakes)) {
        QTextEdit::ExtraSelection one;
        one.cursor = mistake;
        one.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        one.format.setUnderlineColor(Theme::colors().errorText);
        marks.append(one);
    }
    m_edit.setMarks(MessageEdit::SpellingMarks, marks);
}

void SpellMarks::addTo(QMenu &menu, const QTextCursor &at)
{
    look(); // the one that is being typed, too: its menu was asked for
    QTextCursor word;
    const QString text = m_edit.document()->toRawText();
    for (const QTextCursor &mistake : std::as_const(m_mistakes)) {
        if (at.position() >= mistake.selectionStart() && at.position() <= mistake.selectionEnd())
            word = mistake;
    }
    if (word.isNull() && m_typing == at.position()) {
        word = at;
        word.clearSelection();
        word.movePosition(QTextCursor::StartOfWord, QTextCursor::KeepAnchor);
    }
    if (!word.hasSelection())
        return;
    const QString typed = word.selectedText();
    QAction *first = menu.actions().value(0);
    const QStringList suggestions = m_spelling.suggestions(typed);
    for (const QString &suggestion : suggestions) {
        auto *action = new QAction(suggestion, &menu);
        action->setObjectName(u"spellingSuggestion"_s);
        connect(action, &QAction::triggered, &m_edit, [this, word, suggestion] {
            m_edit.replace(word.selectionStart(), word.selectionEnd() - word.selectionStart(), suggestion);
        });
        menu.insertAction(first, action);
    }
    if (suggestions.isEmpty()) {
        auto *none = new QAction(tr("No similar word is known"), &menu);
        none->setObjectName(u"spellingNothing"_s);
        none->setEnabled(false);
        menu.insertAction(first, none);
    }
    //: In the menu of a word that the dictionary does not have: it counts as right from now on
    auto *learn = new QAction(tr("A&dd “%1” to the Dictionary").arg(typed), &menu);
    learn->setObjectName(u"spellingLearn"_s);
    connect(learn, &QAction::triggered, &m_spelling, [this, typed] { m_spelling.learn(typed); });
    menu.insertAction(first, learn);
    menu.insertSeparator(first);
}

} // namespace casement
