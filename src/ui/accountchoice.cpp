#include "ui/accountchoice.h"

#include "models/displaytext.h"
#include "models/roles.h"
#include "ui/accountswatch.h"
#include "ui/plaintext.h"
#include "ui/spoken.h"
#include "ui/workspace.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScreen>
#include <QSignalBlocker>
#include <QStylePainter>

#include <algorithm>

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
    view()->setTextElideMode(Qt::ElideMiddle); // names of many accounts differ at their ends
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
    completer()->popup()->setTextElideMode(Qt::ElideMiddle);
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
    showEnds();
    const QString trouble = itemData(index, TroubleRole).toString();
    setPlainToolTip(*this,
                    m_chosen == 0           ? tr("Show the cases of one account")
                        : trouble.isEmpty() ? itemText(index)
                                            : itemText(index) + u'\n' + trouble);
}

/// A name that is too long for the field shows its beginning and its end, unless somebody types there.
void AccountChoice::showEnds()
{
    if (!isEditable() || lineEdit()->hasFocus())
        return;
    constexpr int margins = 8; // what a line edit keeps free
    const QString whole = itemText(currentIndex());
    const int room = lineEdit()->width() - margins;
    lineEdit()->setText(fontMetrics().elidedText(whole, Qt::ElideMiddle, qMax(room, 0)));
    lineEdit()->setCursorPosition(0);
}

void AccountChoice::resizeEvent(QResizeEvent *event)
{
    QComboBox::resizeEvent(event);
    showEnds();
}

void AccountChoice::paintEvent(QPaintEvent *event)
{
    if (isEditable())
        return QComboBox::paintEvent(event);
    QStyleOptionComboBox box;
    initStyleOption(&box);
    constexpr int gap = 8; // around icon and text
    const QRect field = style()->subControlRect(QStyle::CC_ComboBox, &box, QStyle::SC_ComboBoxEditField, this);
    const int icon = box.currentIcon.isNull() ? 0 : box.iconSize.width() + gap;
    box.currentText = fontMetrics().elidedText(box.currentText, Qt::ElideMiddle, field.width() - icon - gap);
    QStylePainter painter(this);
    painter.drawComplexControl(QStyle::CC_ComboBox, box);
    painter.drawControl(QStyle::CE_ComboBoxLabel, box);
}

/// What is cut off in the toolbar is whole in the list, as far as the screen goes.
int AccountChoice::widthOfNames() const
{
    constexpr int edges = 32; // icon's and frame's margins
    const int names = view()->sizeHintForColumn(0) + style()->pixelMetric(QStyle::PM_ScrollBarExtent) + edges;
    return qMin(names, screen()->availableGeometry().width() * 9 / 10);
}

void AccountChoice::showPopup()
{
    view()->setMinimumWidth(widthOfNames());
    QComboBox::showPopup();
}

bool AccountChoice::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == lineEdit()) {
        if (event->type() == QEvent::FocusIn) {
            lineEdit()->setText(itemText(currentIndex()));
            QMetaObject::invokeMethod(lineEdit(), &QLineEdit::selectAll, Qt::QueuedConnection);
            completer()->popup()->setMinimumWidth(widthOfNames());
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
    QList<Entry> entries{{0, tr("All accounts"), -1, {}}};
    for (int row = 0; row < model.rowCount(); ++row) {
        const AccountRecord &account = model.recordAt(row);
        const QString number = model.number(account.id);
        const QString name = workspace.accountName(account.id);
        //: An account in a list: its name and its number
        const QString text =
            number.isEmpty() || name.contains(number) ? name : tr("%1 · %2", "account").arg(name, number);
        entries.append({account.id, text, model.colorIndex(account.id), model.trouble(account.id)});
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
    // Those that begin and end to work while the list is open are marked in place.
    const bool isSame = std::equal(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(),
                                   [](const Entry &a, const Entry &b) { return a.id == b.id && a.text == b.text; });
    m_entries = entries;
    if (!isSame)
        clear();
    qsizetype longest = 0;
    for (int index = 0; index < entries.size(); ++index) {
        const Entry &entry = entries.at(index);
        if (!isSame)
            addItem(entry.text, entry.id);
        longest = qMax(longest, entry.text.size());
        setItemIcon(index,
                    !entry.trouble.isEmpty() ? accountTroubleSwatch()
                        : entry.color < 0    ? QIcon()
                                             : accountSwatch(entry.color));
        setItemData(index, entry.trouble, TroubleRole);
        setItemData(index, toolTipText(entry.trouble.isEmpty() ? entry.text : entry.text + u'\n' + entry.trouble),
                    Qt::ToolTipRole);
        //: What a screen reader says of an account in a list that can't be refreshed: %2 is why
        const QString said = entry.trouble.isEmpty()
            ? entry.text
            : tr("%1. Not refreshed: %2", "account").arg(entry.text, entry.trouble);
        setItemData(index, said, Qt::AccessibleTextRole);
    }
    setMinimumContentsLength(int(qMin<qsizetype>(longest, mostChoiceLetters)));
}

void AccountChoice::retranslate(Workspace &workspace)
{
    spoken::setName(*this, tr("Account"));
    m_entries.clear();
    refill(workspace);
    if (isEditable()) {
        spoken::setName(*lineEdit(), accessibleName());
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
