#include "ui/editmenu.h"

#include "ui/dialogs.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTextEdit>

#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// What can be done in a field just now.
struct FieldState
{
    bool canUndo = false;
    bool canRedo = false;
    bool hasSelection = false;
    bool canPaste = false;
};

template <class Edit> FieldState stateOfText(const Edit &edit)
{
    if (edit.isReadOnly())
        return {};
    return {edit.document()->isUndoAvailable(), edit.document()->isRedoAvailable(), edit.textCursor().hasSelection(),
            edit.canPaste()};
}

FieldState stateOf(const QWidget *field)
{
    if (const auto *text = qobject_cast<const QPlainTextEdit *>(field))
        return stateOfText(*text);
    if (const auto *text = qobject_cast<const QTextEdit *>(field))
        return stateOfText(*text);
    const auto *line = qobject_cast<const QLineEdit *>(field);
    if (!line || line->isReadOnly())
        return {};
    const bool isSecret = line->echoMode() != QLineEdit::Normal;
    return {line->isUndoAvailable(), line->isRedoAvailable(), line->hasSelectedText() && !isSecret,
            !QGuiApplication::clipboard()->text().isEmpty()};
}

bool isField(const QWidget *widget)
{
    const auto *line = qobject_cast<const QLineEdit *>(widget);
    const auto *plain = qobject_cast<const QPlainTextEdit *>(widget);
    const auto *text = qobject_cast<const QTextEdit *>(widget);
    return (line && !line->isReadOnly()) || (plain && !plain->isReadOnly()) || (text && !text->isReadOnly());
}

} // namespace

EditMenu::EditMenu(QMenu &menu, QAction *copy) : QObject(&menu)
{
    const auto add = [&](const QString &name, const char *slot) {
        auto *action = new QAction(this);
        action->setObjectName(name);
        action->setShortcutContext(Qt::WidgetShortcut); // of the menu alone
        connect(action, &QAction::triggered, this, [this, slot] { act(slot); });
        menu.insertAction(copy, action);
        m_commands.append({action, slot});
    };
    add(u"editUndo"_s, "undo");
    add(u"editRedo"_s, "redo");
    menu.insertSeparator(copy);
    add(u"editCut"_s, "cut");
    add(u"editPaste"_s, "paste");
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { take(now); });
    connect(&menu, &QMenu::aboutToShow, this, &EditMenu::update);
    take(QApplication::focusWidget());
    dialogs::inEachLanguage(menu, [this] { retranslate(); });
}

QWidget *EditMenu::field() const { return m_field && isField(m_field) ? m_field.get() : nullptr; }

/// A menu that is opened by keys has the focus itself.
void EditMenu::take(QWidget *focus)
{
    if (focus && !qobject_cast<const QMenuBar *>(focus) && !qobject_cast<const QMenu *>(focus))
        m_field = focus;
    update();
}

bool EditMenu::act(const char *slot)
{
    QWidget *const here = field();
    return here && QMetaObject::invokeMethod(here, slot);
}

bool EditMenu::copy() { return act("copy"); }

bool EditMenu::selectAll() { return act("selectAll"); }

void EditMenu::update()
{
    const FieldState state = stateOf(field());
    const bool can[]{state.canUndo, state.canRedo, state.hasSelection, state.canPaste};
    for (qsizetype i = 0; i < m_commands.size(); ++i)
        m_commands.at(i).action->setEnabled(can[i]);
}

void EditMenu::retranslate()
{
    const std::pair<QString, QKeySequence::StandardKey> texts[]{{tr("&Undo"), QKeySequence::Undo},
                                                                {tr("&Redo"), QKeySequence::Redo},
                                                                {tr("Cu&t"), QKeySequence::Cut},
                                                                {tr("&Paste"), QKeySequence::Paste}};
    for (qsizetype i = 0; i < m_commands.size(); ++i) {
        m_commands.at(i).action->setText(texts[i].first);
        m_commands.at(i).action->setShortcut(texts[i].second);
    }
}

} // namespace casement
