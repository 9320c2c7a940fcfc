#include "ui/casemarkactions.h"

#include "ui/casetable.h"
#include "ui/shortcuts.h"
#include "ui/tagsdialog.h"
#include "ui/workspace.h"

#include <QAction>
#include <QApplication>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

CaseMarkActions::CaseMarkActions(Workspace &workspace, QWidget &window, std::function<QList<CaseKey>()> chosen)
    : QObject(&window), m_workspace(workspace), m_window(window), m_chosen(std::move(chosen))
{
    const auto action = [&](const QString &name, const QString &key, void (CaseMarkActions::*act)()) {
        auto *made = new QAction(&window);
        made->setObjectName(name);
        made->setShortcut(QKeySequence(key));
        connect(made, &QAction::triggered, this, act);
        return made;
    };
    m_star = action(u"actionStar"_s, u"S"_s, &CaseMarkActions::star);
    m_tags = action(u"actionTags"_s, u"T"_s, &CaseMarkActions::askTags);
    m_mute = action(u"actionMute"_s, u"M"_s, &CaseMarkActions::mute);
    m_note = new QAction(&window);
    m_note->setObjectName(u"actionNote"_s);
    m_note->setShortcut(QKeySequence(u"N"_s));
    connect(m_note, &QAction::triggered, this, [this] {
        if (const QList<CaseKey> cases = m_chosen(); cases.size() == 1)
            Q_EMIT noteRequested(cases.first());
    });
    connect(&workspace.marks(), &CaseMarks::changed, this, &CaseMarkActions::updateSoon);
    connect(&workspace.marks(), &CaseMarks::loaded, this, &CaseMarkActions::updateSoon);
    retranslate();
}

QList<QAction *> CaseMarkActions::actions() const { return {m_star, m_tags, m_note, m_mute}; }

void CaseMarkActions::addTo(QMenu &menu, QAction *before)
{
    menu.insertActions(before, actions());
    menu.insertSeparator(before);
    connect(&menu, &QMenu::aboutToShow, this, &CaseMarkActions::update); // the focus moved, and with it the choice
}

void CaseMarkActions::attach(CaseTable &list)
{
    m_list = &list;
    m_window.installEventFilter(this);
    connect(list.selectionModel(), &QItemSelectionModel::selectionChanged, this, &CaseMarkActions::updateSoon);
    connect(&list, &QWidget::customContextMenuRequested, this, &CaseMarkActions::update);
    connect(&list, &CaseTable::starClicked, this, [this](const QModelIndex &star) {
        CaseMarks &marks = m_workspace.marks();
        const CaseKey key = m_workspace.cases().keyAt(star.row());
        marks.setStarred({key}, !marks.of(key).starred);
    });
}

/// Letters are keys in the list alone, whichever a person chose: elsewhere they find a row or an entry by its name. (As
/// shortcuts of the list they would take the letters of open menus.)
bool CaseMarkActions::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride || QApplication::focusWidget() == m_list)
        return QObject::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const QKeySequence typed(key->keyCombination());
    for (const QAction *action : actions()) {
        if (action->shortcut() == typed && Shortcuts::isTyping(typed)) {
            event->accept();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

void CaseMarkActions::star()
{
    const QList<CaseKey> cases = m_chosen();
    CaseMarks &marks = m_workspace.marks();
    const bool all = std::all_of(cases.begin(), cases.end(), [&](const CaseKey &key) { return marks.of(key).starred; });
    marks.setStarred(cases, !all);
}

void CaseMarkActions::mute()
{
    const QList<CaseKey> cases = m_chosen();
    CaseMarks &marks = m_workspace.marks();
    const bool all = std::all_of(cases.begin(), cases.end(), [&](const CaseKey &key) { return marks.of(key).muted; });
    marks.setMuted(cases, !all);
}

void CaseMarkActions::askTags()
{
    const QList<CaseKey> cases = m_chosen();
    if (cases.isEmpty())
        return;
    QList<QStringList> tags;
    for (const CaseKey &key : cases)
        tags.append(m_workspace.marks().of(key).tags);
    auto *dialog = new TagsDialog(m_workspace.marks().tags(), tags, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, cases] { m_workspace.marks().changeTags(cases, dialog->added(), dialog->removed()); });
    dialog->open();
}

void CaseMarkActions::updateSoon()
{
    if (m_updatePending)
        return;
    m_updatePending = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_updatePending = false;
            if (!isMuchSelected())
                update();
        },
        Qt::QueuedConnection);
}

/// Going through thousands of cases with every step of a selection would be felt; a menu that opens does it once.
bool CaseMarkActions::isMuchSelected() const
{
    int rows = 0;
    const QItemSelection selection = m_list ? m_list->selectionModel()->selection() : QItemSelection();
    for (const QItemSelectionRange &range : selection)
        rows += range.height();
    return rows > 1000;
}

void CaseMarkActions::update()
{
    const QList<CaseKey> cases = m_chosen();
    const CaseMarks &marks = m_workspace.marks();
    const bool any = !cases.isEmpty();
    const bool starred =
        any && std::all_of(cases.begin(), cases.end(), [&](const CaseKey &key) { return marks.of(key).starred; });
    const bool muted =
        any && std::all_of(cases.begin(), cases.end(), [&](const CaseKey &key) { return marks.of(key).muted; });
    m_star->setText(starred ? tr("Remove Sta&r") : tr("Sta&r"));
    m_mute->setText(muted ? tr("Un&mute") : tr("&Mute"));
    m_star->setEnabled(any);
    m_tags->setEnabled(any);
    m_mute->setEnabled(any);
    m_note->setEnabled(cases.size() == 1);
}

void CaseMarkActions::retranslate()
{
    m_star->setProperty("inHelp", tr("Star, or remove it"));
    m_mute->setProperty("inHelp", tr("Mute, or unmute"));
    m_tags->setText(tr("T&ags…"));
    m_note->setText(tr("E&dit Note"));
    m_mute->setToolTip(tr("No notification tells of new messages of a muted case."));
    update();
}

} // namespace casement
