#include "ui/keyboardpage.h"

#include "models/displaytext.h"
#include "ui/messagelimits.h"
#include "ui/plaintext.h"
#include "ui/shortcuts.h"
#include "ui/spoken.h"
#include "ui_keyboardpage.h"

#include <QEvent>
#include <QHeaderView>
#include <QTreeWidget>

#include <algorithm>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

enum KeyColumn { CommandColumn, OwnKeyColumn, UsualKeyColumn };
constexpr int commandIdRole = Qt::UserRole;

QSize roomFor(const QFont &font, const QString &text)
{
    const QFontMetrics metrics(font);
    return {metrics.horizontalAdvance(text) + 24, metrics.height() + 6};
}

} // namespace

KeyboardPage::KeyboardPage(Shortcuts &shortcuts, QWidget *parent)
    : SettingsPage(parent), m_ui(std::make_unique<Ui::KeyboardPage>()), m_shortcuts(shortcuts)
{
    m_ui->setupUi(this);
    setObjectName(u"keyboardPage"_s);
    m_ui->introduction->setForegroundRole(QPalette::PlaceholderText);
    QHeaderView *header = m_ui->commands->header();
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    header->setSectionResizeMode(CommandColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(OwnKeyColumn, QHeaderView::Fixed);
    header->setSectionResizeMode(UsualKeyColumn, QHeaderView::Fixed);
    m_ui->commands->viewport()->installEventFilter(this);
    connect(m_ui->keyFilter, &QLineEdit::textChanged, this, &KeyboardPage::filter);
    connect(m_ui->commands, &QTreeWidget::currentItemChanged, this, [this] {
        endNotice();
        showCurrent();
    });
    connect(m_ui->commands, &QTreeWidget::itemActivated, this, [this] {
        if (m_ui->keyEdit->isEnabled())
            m_ui->keyEdit->setFocus();
    });
    connect(m_ui->keyEdit, &KeyEdit::keyPressed, this, &KeyboardPage::choose);
    connect(m_ui->keyEdit, &KeyEdit::escaped, this, &KeyboardPage::leaveKey);
    connect(m_ui->keyEdit, &KeyEdit::left, this, [this] {
        if (!m_isAsking)
            m_ui->keyEdit->setKeySequence(m_shortcuts.key(current()));
    });
    connect(m_ui->keyClear, &QPushButton::clicked, this, [this] {
        endNotice();
        setCurrentKey({});
    });
    connect(m_ui->keyReset, &QPushButton::clicked, this, [this] { choose(m_shortcuts.usualKey(current())); });
    connect(m_ui->keyResetAll, &QPushButton::clicked, this, [this] {
        const QString before = m_shortcuts.text();
        m_shortcuts.resetAll();
        ask(
            tr("All commands have their usual keys again."), tr("&Undo"),
            [this, before] { m_shortcuts.setText(before); }, false);
    });
    connect(m_ui->keyUse, &QPushButton::clicked, this, [this] {
        const auto use = std::exchange(m_use, {});
        endNotice();
        if (use)
            use();
        m_ui->commands->setFocus();
    });
    connect(m_ui->keyKeep, &QPushButton::clicked, this, [this] {
        endNotice();
        showCurrent();
        m_ui->keyEdit->setFocus();
    });
    connect(&m_shortcuts, &Shortcuts::changed, this, &KeyboardPage::showKeys);
    build();
    endNotice();
    retranslate();
}

KeyboardPage::~KeyboardPage() = default;

//: A page of the settings
QString KeyboardPage::title() const { return tr("Keyboard"); }

/// A row per command below one per menu; the words follow in retranslate().
void KeyboardPage::build()
{
    m_ui->commands->clear();
    QTreeWidgetItem *group = nullptr;
    QString last;
    const QStringList ids = m_shortcuts.ids();
    for (const QString &id : ids) {
        if (const QString name = m_shortcuts.group(id); !group || name != last) {
            group = new QTreeWidgetItem(m_ui->commands);
            group->setFlags(Qt::ItemIsEnabled);
            group->setFirstColumnSpanned(true);
            last = name;
        }
        auto *item = new QTreeWidgetItem(group);
        item->setData(CommandColumn, commandIdRole, id);
    }
    m_ui->commands->expandAll();
    if (!ids.isEmpty())
        select(ids.constFirst());
}

void KeyboardPage::retranslate()
{
    m_ui->retranslateUi(this);
    m_ui->commands->setHeaderLabels({tr("Command"), tr("Key"), tr("Usual key")});
    nameClearButton(*m_ui->keyFilter, tr("Clear the Filter"));
    for (QPushButton *button : {m_ui->keyClear, m_ui->keyReset, m_ui->keyResetAll})
        spoken::setDescription(*button, button->toolTip());
    endNotice();
    showKeys();
}

void KeyboardPage::showKeys()
{
    for (int row = 0; row < m_ui->commands->topLevelItemCount(); ++row) {
        QTreeWidgetItem *group = m_ui->commands->topLevelItem(row);
        for (int i = 0; i < group->childCount(); ++i) {
            QTreeWidgetItem *item = group->child(i);
            const QString id = item->data(CommandColumn, commandIdRole).toString();
            if (i == 0)
                group->setText(CommandColumn, m_shortcuts.group(id));
            QFont font = m_ui->commands->font();
            font.setBold(m_shortcuts.isChanged(id));
            item->setText(CommandColumn, m_shortcuts.name(id));
            item->setText(OwnKeyColumn, orDash(m_shortcuts.keyText(id)));
            item->setText(UsualKeyColumn, orDash(Shortcuts::keyText(m_shortcuts.usualKey(id))));
            item->setFont(CommandColumn, font);
            item->setFont(OwnKeyColumn, font);
            item->setForeground(UsualKeyColumn, palette().brush(QPalette::PlaceholderText));
            for (const int column : {CommandColumn, OwnKeyColumn, UsualKeyColumn}) {
                item->setSizeHint(column, roomFor(font, item->text(column)));
                item->setToolTip(column, plainToolTip(item->text(column)));
                //: In the place of the key of a command that has none
                item->setData(column, Qt::AccessibleTextRole,
                              item->text(column) == orDash({}) ? tr("None") : QVariant());
            }
        }
        QFont heading = m_ui->commands->font();
        heading.setWeight(QFont::DemiBold);
        group->setFont(CommandColumn, heading);
        group->setSizeHint(CommandColumn, roomFor(heading, group->text(CommandColumn)));
        group->setForeground(CommandColumn, palette().brush(QPalette::PlaceholderText));
    }
    filter();
    fitColumns();
    showCurrent();
}

/// Keys have the room that they need, but a command keeps half of the page: what is cut stands in the tool tip.
void KeyboardPage::fitColumns()
{
    QHeaderView *header = m_ui->commands->header();
    const QAbstractItemView &view = *m_ui->commands;
    const int most = view.viewport()->width() / 4;
    for (const int column : {OwnKeyColumn, UsualKeyColumn})
        header->resizeSection(
            column, std::min(std::max(view.sizeHintForColumn(column), header->sectionSizeHint(column)), most));
}

bool KeyboardPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        fitColumns();
    return SettingsPage::eventFilter(watched, event);
}

QString KeyboardPage::current() const
{
    const QTreeWidgetItem *item = m_ui->commands->currentItem();
    return item ? item->data(CommandColumn, commandIdRole).toString() : QString();
}

QTreeWidgetItem *KeyboardPage::itemOf(const QString &id) const
{
    for (int row = 0; row < m_ui->commands->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *group = m_ui->commands->topLevelItem(row);
        for (int i = 0; i < group->childCount(); ++i) {
            if (group->child(i)->data(CommandColumn, commandIdRole).toString() == id)
                return group->child(i);
        }
    }
    return nullptr;
}

void KeyboardPage::select(const QString &id)
{
    QTreeWidgetItem *item = itemOf(id);
    if (!item)
        return;
    if (item->isHidden())
        m_ui->keyFilter->clear();
    m_ui->commands->setCurrentItem(item);
    m_ui->commands->scrollToItem(item);
}

void KeyboardPage::showCurrent()
{
    const QString id = current();
    const bool isCommand = !id.isEmpty();
    for (QWidget *one : std::initializer_list<QWidget *>{m_ui->keyLabel, m_ui->keyEdit})
        one->setEnabled(isCommand);
    m_ui->keyClear->setEnabled(isCommand && !m_shortcuts.key(id).isEmpty());
    m_ui->keyReset->setEnabled(isCommand && m_shortcuts.isChanged(id));
    m_ui->keyResetAll->setEnabled(m_shortcuts.isAnyChanged());
    if (!m_isAsking)
        m_ui->keyEdit->setKeySequence(m_shortcuts.key(id));
    //: %1 is a command of the menus
    m_ui->keyEdit->setName(isCommand ? tr("Key of “%1”").arg(m_shortcuts.name(id)) : tr("Key"));
}

void KeyboardPage::filter()
{
    const QString wanted = m_ui->keyFilter->text().trimmed();
    QTreeWidgetItem *first = nullptr;
    for (int row = 0; row < m_ui->commands->topLevelItemCount(); ++row) {
        QTreeWidgetItem *group = m_ui->commands->topLevelItem(row);
        bool isAny = false;
        for (int i = 0; i < group->childCount(); ++i) {
            QTreeWidgetItem *item = group->child(i);
            const QString words = group->text(CommandColumn) + u'\n' + item->text(CommandColumn) + u'\n'
                + item->text(OwnKeyColumn) + u'\n' + item->text(UsualKeyColumn);
            item->setHidden(!words.contains(wanted, Qt::CaseInsensitive));
            isAny = isAny || !item->isHidden();
            if (!first && !item->isHidden())
                first = item;
        }
        group->setHidden(!isAny);
    }
    // What is not to be seen is not changed; who looks for one means the first that is found.
    if (const QTreeWidgetItem *chosen = m_ui->commands->currentItem(); !chosen || chosen->isHidden())
        m_ui->commands->setCurrentItem(first);
}

/// Back to the commands; what was not decided stays as it was.
void KeyboardPage::leaveKey()
{
    endNotice();
    showCurrent();
    m_ui->commands->setFocus();
}

void KeyboardPage::choose(const QKeySequence &key, const QKeySequence &other)
{
    const QString id = current();
    endNotice();
    if (id.isEmpty() || key == m_shortcuts.key(id))
        return showCurrent();
    if (const QString why = m_shortcuts.whyNot(id, key); !why.isEmpty()) {
        showCurrent();
        return say(why, true);
    }
    const bool isByOther = m_shortcuts.holderOf(id, key).isEmpty();
    const QKeySequence &held = isByOther ? other : key;
    const QString holder = m_shortcuts.holderOf(id, held);
    if (holder.isEmpty())
        return setCurrentKey(key);
    m_isAsking = true;
    m_ui->keyEdit->setKeySequence(key);
    ask(
        tr("%1 is the key of “%2” now.").arg(Shortcuts::keyText(held), m_shortcuts.name(holder)), tr("&Use It Here"),
        [this, id, key, other] { m_shortcuts.set(id, key, other); }, true);
}

void KeyboardPage::setCurrentKey(const QKeySequence &key)
{
    m_shortcuts.set(current(), key);
    showCurrent();
}

void KeyboardPage::say(const QString &sentence, bool isProblem)
{
    m_isProblem = isProblem;
    if (isProblem) {
        MessageLimits::showProblem(*m_ui->keyNotice, sentence);
    } else {
        m_ui->keyNotice->setPalette(QPalette());
        m_ui->keyNotice->setText(sentence);
        m_ui->keyNotice->setVisible(!sentence.isEmpty());
    }
    spoken::setDescription(*m_ui->keyEdit, sentence);
}

void KeyboardPage::ask(const QString &sentence, const QString &button, std::function<void()> use, bool canLeave)
{
    say(sentence, false);
    m_use = std::move(use);
    m_ui->keyUse->setText(button);
    m_ui->keyUse->show();
    m_ui->keyKeep->setVisible(canLeave);
}

void KeyboardPage::endNotice()
{
    m_isAsking = false;
    m_use = {};
    say({}, false);
    m_ui->keyUse->hide();
    m_ui->keyKeep->hide();
}

void KeyboardPage::changeEvent(QEvent *event)
{
    SettingsPage::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    if (m_isProblem)
        MessageLimits::showProblem(*m_ui->keyNotice, m_ui->keyNotice->text());
    showKeys();
}

} // namespace casement
