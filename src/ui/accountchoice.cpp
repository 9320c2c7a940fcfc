#include "ui/accountchoice.h"

#include "ui/accountswatch.h"
#include "ui/plaintext.h"
#include "ui/workspace.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr int mostChoiceLetters = 18; // of the toolbar's width
}

AccountChoice::AccountChoice(QWidget *parent) : QComboBox(parent)
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMaxVisibleItems(24);
    setInsertPolicy(QComboBox::NoInsert);
    setIconSize(QSize(12, 12));
    connect(this, &QComboBox::activated, this, &AccountChoice::choose);
}

/// A field to type into, with what matches below it.
void AccountChoice::setTyping(bool on)
{
    if (on == isEditable())
        return;
    setEditable(on);
    setInsertPolicy(QComboBox::NoInsert);
    if (!on)
        return;
    lineEdit()->setObjectName(u"accountFilterText"_s);
    lineEdit()->installEventFilter(this);
    completer()->setCaseSensitivity(Qt::CaseInsensitive);
    completer()->setCompletionMode(QCompleter::PopupCompletion);
    completer()->setFilterMode(Qt::MatchContains);
    completer()->setMaxVisibleItems(maxVisibleItems());
    connect(lineEdit(), &QLineEdit::returnPressed, this, &AccountChoice::chooseTyped);
}

void AccountChoice::choose(int index)
{
    if (index < 0 || index >= count())
        return;
    m_chosen = itemData(index).toLongLong();
    Q_EMIT accountChosen(m_chosen);
    showChosen();
}

/// Enter with a part of a name: the first account that has it; nothing at all means all accounts.
void AccountChoice::chooseTyped()
{
    const QString typed = lineEdit()->text().trimmed();
    if (typed.isEmpty())
        return choose(0);
    int index = findText(typed, Qt::MatchFixedString);
    if (index < 0)
        index = findText(typed, Qt::MatchContains);
    if (index >= 0)
        return choose(index);
    showChosen();
    lineEdit()->selectAll();
}

void AccountChoice::showChosen()
{
    const int index = qMax(0, findData(m_chosen));
    setCurrentIndex(index);
    if (isEditable()) {
        setEditText(itemText(index));
        lineEdit()->setCursorPosition(0);
    }
    setPlainToolTip(*this, m_chosen == 0 ? tr("Show the cases of one account") : itemText(index));
}

bool AccountChoice::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == lineEdit()) {
        if (event->type() == QEvent::FocusIn) {
            QMetaObject::invokeMethod(lineEdit(), &QLineEdit::selectAll, Qt::QueuedConnection);
        } else if (event->type() == QEvent::FocusOut
                   && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason) {
            showChosen(); // half a name is no choice
        } else if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
            showChosen();
        }
    }
    return QComboBox::eventFilter(watched, event);
}

bool AccountChoice::refill(Workspace &workspace)
{
    const AccountModel &model = workspace.accounts();
    if (model.rowCount() < 2)
        return false;
    const QSignalBlocker blocker(this);
    QList<Entry> entries{{0, tr("All accounts"), -1}};
    for (int row = 0; row < model.rowCount(); ++row) {
        const AccountRecord &account = model.recordAt(row);
        const QString number = model.number(account.id);
        const QString name = workspace.accountName(account.id);
        //: An account in a list: its name and its number
        const QString text =
            number.isEmpty() || name.contains(number) ? name : tr("%1 · %2", "account").arg(name, number);
        entries.append({account.id, text, model.colorIndex(account.id)});
    }
    setTyping(model.rowCount() > mostWithoutTyping);
    fill(entries);
    const QList<AccountId> &chosen = workspace.cases().filter().accounts;
    m_chosen = chosen.size() == 1 ? chosen.at(0) : 0;
    if (!isEditable() || !lineEdit()->hasFocus())
        showChosen();
    return true;
}

void AccountChoice::fill(const QList<Entry> &entries)
{
    if (entries == m_entries)
        return;
    m_entries = entries;
    clear();
    qsizetype longest = 0;
    for (const Entry &entry : entries) {
        addItem(entry.color < 0 ? QIcon() : accountSwatch(entry.color), entry.text, entry.id);
        longest = qMax(longest, entry.text.size());
    }
    setMinimumContentsLength(int(qMin<qsizetype>(longest, mostChoiceLetters)));
    // What is cut off in the toolbar is whole in the list.
    view()->setMinimumWidth(qMin(view()->sizeHintForColumn(0) + 24, 480));
}

void AccountChoice::retranslate(Workspace &workspace)
{
    setAccessibleName(tr("Account"));
    m_entries.clear();
    refill(workspace);
    if (isEditable()) {
        lineEdit()->setAccessibleName(accessibleName());
        lineEdit()->setPlaceholderText(tr("Name or number of an account"));
    }
}

void AccountChoice::changeEvent(QEvent *event)
{
    QComboBox::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_entries.isEmpty()) {
        const QSignalBlocker blocker(this);
        const QList<Entry> entries = std::exchange(m_entries, {});
        fill(entries);
        showChosen();
    }
}

} // namespace casement
