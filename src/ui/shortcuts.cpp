#include "ui/shortcuts.h"

#include "base/log.h"
#include "ui/menukey.h"
#include "ui/plaintext.h"
#include "ui/questionkeys.h"
#include "ui/uisettings.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>
#include <QShortcut>

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

const QString Shortcuts::settingsKey = u"keyboard/shortcuts"_s;

namespace {

/// A command that works in windows without menus, or stands in no menu at all.
struct SharedCommand
{
    const char *id;
    const char *key;
    QKeySequence::StandardKey standard = QKeySequence::UnknownKey; ///< which this platform may have more keys for
};

constexpr std::array sharedCommands{
    SharedCommand{"send", "Ctrl+Return"},
    SharedCommand{"draftDelete", "Del"},
    SharedCommand{"draftUndo", "Ctrl+Z"},
    SharedCommand{"close", "Ctrl+W", QKeySequence::Close},
    SharedCommand{"quit", "Ctrl+Q", QKeySequence::Quit},
    SharedCommand{"attach", "Ctrl+O", QKeySequence::Open},
    SharedCommand{"search", "Ctrl+F", QKeySequence::Find},
    SharedCommand{"findNext", "F3", QKeySequence::FindNext},
    SharedCommand{"findPrevious", "Shift+F3", QKeySequence::FindPrevious},
    SharedCommand{"saveAttachment", "Ctrl+S", QKeySequence::Save},
    SharedCommand{"refresh", "F5"},
};

/// The other keys that this platform has for a command; who changed its key wants that one alone.
QList<QKeySequence> platformKeys(const QString &id)
{
    const auto at = std::find_if(sharedCommands.begin(), sharedCommands.end(),
                                 [&id](const SharedCommand &shared) { return id == QLatin1StringView(shared.id); });
    return at == sharedCommands.end() ? QList<QKeySequence>() : QKeySequence::keyBindings(at->standard);
}

const QString actionPrefix = u"action"_s;
constexpr Qt::KeyboardModifiers commandKeys = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;

QKeySequence sequenceOf(Qt::KeyboardModifiers modifiers, Qt::Key key)
{
    return QKeySequence(QKeyCombination(modifiers, key));
}

bool isLetterOrDigit(Qt::Key key)
{
    return (key >= Qt::Key_A && key <= Qt::Key_Z) || (key >= Qt::Key_0 && key <= Qt::Key_9);
}

bool isPrinting(Qt::Key key) { return key < Qt::Key_Escape; }

/// Moves the cursor or the choice, or takes away what stands there.
bool movesCursor(Qt::Key key)
{
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
    case Qt::Key_Insert:
        return true;
    default:
        return false;
    }
}

/// With Ctrl, and perhaps Shift, which goes on with a choice and does again what was undone.
bool editsText(Qt::Key key, bool withShift)
{
    switch (key) {
    case Qt::Key_A:
    case Qt::Key_C:
    case Qt::Key_V:
    case Qt::Key_X:
    case Qt::Key_Y:
        return !withShift;
    case Qt::Key_Z:
        return true;
    default:
        return movesCursor(key) && key != Qt::Key_PageUp && key != Qt::Key_PageDown;
    }
}

/// Modifiers, locks, dead keys and those of input methods.
bool isNoKey(Qt::Key key)
{
    return key == Qt::Key(0) || key == Qt::Key_unknown || (key >= Qt::Key_Shift && key <= Qt::Key_ScrollLock)
        || (key >= Qt::Key_Super_L && key <= Qt::Key_Hyper_R)
        || (key >= Qt::Key_AltGr && key <= Qt::Key_Dead_Longsolidusoverlay) || key == Qt::Key_Mode_switch;
}

/// Alt and a letter mean a button or a menu. Where that can't be pressed now, Qt gives the letter to the field that has
/// the focus.
class AltLetters final : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::KeyPress || !watched->isWidgetType())
            return false;
        const auto &key = *static_cast<QKeyEvent *>(event);
        return (key.modifiers() & commandKeys) == Qt::AltModifier && !key.text().isEmpty()
            && key.text().at(0).isLetterOrNumber()
            && static_cast<QWidget *>(watched)->testAttribute(Qt::WA_InputMethodEnabled);
    }
};

QString idOf(const QAction &action)
{
    const QString name = action.objectName();
    if (!name.startsWith(actionPrefix) || name.size() == actionPrefix.size())
        return {};
    QString id = name.mid(actionPrefix.size());
    id[0] = id.at(0).toLower();
    return id;
}

} // namespace

Shortcuts::Shortcuts(UiSettings &settings, QObject *parent) : QObject(parent), m_settings(settings)
{
    for (const SharedCommand &shared : sharedCommands) {
        const QString id = QString::fromLatin1(shared.id);
        m_commands.push_back({id,
                              QKeySequence(QString::fromLatin1(shared.key), QKeySequence::PortableText),
                              placeOf(id),
                              {},
                              {},
                              {},
                              {}});
    }
    read(m_settings.text(settingsKey));
    resolve(false);
    qApp->installEventFilter(new AltLetters(this));
    qApp->installEventFilter(new MenuKey(this));
}

Shortcuts::~Shortcuts() = default;

Shortcuts::Place Shortcuts::placeOf(const QString &id)
{
    static const QStringList ofCases{u"star"_s, u"tags"_s, u"note"_s, u"mute"_s, u"nextCase"_s, u"previousCase"_s};
    if (ofCases.contains(id))
        return Place::CaseList;
    if (id == "renameFilter"_L1 || id == "deleteFilter"_L1)
        return Place::Sidebar;
    return id == "draftDelete"_L1 || id == "draftUndo"_L1 ? Place::Drafts : Place::Everywhere;
}

bool Shortcuts::overlap(Place one, Place other)
{
    const auto isApart = [](Place place) { return place == Place::Sidebar || place == Place::Drafts; };
    return one == other || !isApart(one) || !isApart(other);
}

const Shortcuts::Command *Shortcuts::find(const QString &id) const
{
    const auto at = std::find_if(m_commands.begin(), m_commands.end(), [&id](const Command &c) { return c.id == id; });
    return at == m_commands.end() ? nullptr : &*at;
}

void Shortcuts::collect(QMenu &menu, QMenu *top, std::vector<Command> &found)
{
    const auto actions = menu.actions();
    for (QAction *action : actions) {
        if (QMenu *inner = action->menu()) {
            collect(*inner, top, found);
            continue;
        }
        const QString id = idOf(*action);
        // One that stands in two menus belongs to the first.
        if (id.isEmpty() || std::any_of(found.begin(), found.end(), [&id](const Command &c) { return c.id == id; }))
            continue;
        const Command *known = find(id);
        Q_ASSERT(!known || known->usual == action->shortcut());
        found.push_back({id,
                         known ? known->usual : action->shortcut(),
                         placeOf(id),
                         {},
                         action,
                         top,
                         &menu == top ? nullptr : &menu});
    }
}

void Shortcuts::manageMenus(const QMenuBar &menus)
{
    std::vector<Command> found;
    const auto tops = menus.actions();
    for (const QAction *top : tops) {
        if (top->menu())
            collect(*top->menu(), top->menu(), found);
    }
    for (const Command &known : m_commands) {
        if (std::none_of(found.begin(), found.end(), [&known](const Command &c) { return c.id == known.id; }))
            found.push_back(known);
    }
    m_commands = std::move(found);
    m_complete = true;
    resolve(true);
    for (const Command &command : m_commands) {
        if (command.action)
            manage(*command.action, command.id);
    }
    Q_EMIT changed();
}

void Shortcuts::manage(QAction &action, const QString &id)
{
    follow(&action, id, [&action](const QList<QKeySequence> &keys) { action.setShortcuts(keys); });
}

void Shortcuts::on(QWidget &window, const QString &id, std::function<void()> act, Qt::ShortcutContext context)
{
    auto *shortcut = new QShortcut(&window);
    shortcut->setContext(context);
    const bool isSend = id == "send"_L1; // a key that is held says nothing a second time
    shortcut->setAutoRepeat(!isSend);
    connect(shortcut, &QShortcut::activated, &window, [act = std::move(act), isSend] {
        if (!isSend || !QuestionKeys::isRepeating())
            act();
    });
    follow(shortcut, id, [shortcut](const QList<QKeySequence> &keys) { shortcut->setKeys(keys); });
}

void Shortcuts::follow(QObject *context, const QString &id, std::function<void(const QList<QKeySequence> &)> apply)
{
    apply(keys(id));
    connect(this, &Shortcuts::changed, context, [this, id, apply = std::move(apply)] { apply(keys(id)); });
}

QList<QKeySequence> Shortcuts::keys(const QString &id) const
{
    const QKeySequence one = key(id);
    if (one.isEmpty())
        return {};
    QList<QKeySequence> all{one};
    if (one[0].key() == Qt::Key_Return)
        all.append(sequenceOf(one[0].keyboardModifiers(), Qt::Key_Enter));
    for (const QKeySequence &other : isChanged(id) ? QList<QKeySequence>() : platformKeys(id)) {
        if (other.count() == 1 && !all.contains(other) && ownerOf(id, other).isEmpty())
            all.append(other);
    }
    return all;
}

QStringList Shortcuts::ids() const
{
    QStringList all;
    for (const Command &command : m_commands)
        all.append(command.id);
    return all;
}

QString Shortcuts::shared(const QString &id) const
{
    if (id == "send"_L1)
        return tr("Send What Is Written");
    if (id == "draftDelete"_L1)
        return tr("Delete the Draft");
    return id == "draftUndo"_L1 ? tr("Bring the Draft Back") : id;
}

QString Shortcuts::name(const QString &id) const
{
    const Command *command = find(id);
    if (!command || !command->action)
        return shared(id);
    const QString fixedName = command->action->property("inHelp").toString(); // of texts that follow a state
    const QString text = fixedName.isEmpty() ? withoutMnemonic(command->action->text()) : fixedName;
    //: A menu and the entry in it
    return command->inner ? tr("%1 › %2").arg(withoutMnemonic(command->inner->title()), text) : text;
}

QString Shortcuts::group(const QString &id) const
{
    const Command *command = find(id);
    if (command && command->menu)
        return withoutMnemonic(command->menu->title());
    //: Commands of the keyboard page that stand in no menu
    return id == "send"_L1 ? tr("Writing") : tr("Drafts");
}

QKeySequence Shortcuts::key(const QString &id) const
{
    const Command *command = find(id);
    return command ? command->key : QKeySequence();
}

QKeySequence Shortcuts::usualKey(const QString &id) const
{
    const Command *command = find(id);
    return command ? command->usual : QKeySequence();
}

bool Shortcuts::isAnyChanged() const
{
    return std::any_of(m_commands.begin(), m_commands.end(), [](const Command &c) { return c.key != c.usual; });
}

QString Shortcuts::keyText(const QKeySequence &key) { return key.toString(QKeySequence::NativeText); }

QString Shortcuts::keyText(const QString &id) const { return keyText(key(id)); }

QString Shortcuts::withKey(const QString &text, const QString &id) const
{
    const QString keys = keyText(id);
    return keys.isEmpty() ? text : tr("%1 (%2)", "action and key").arg(text, keys);
}

QKeySequence Shortcuts::canonical(const QKeySequence &typed)
{
    if (typed.isEmpty())
        return {};
    Qt::Key key = typed[0].key();
    Qt::KeyboardModifiers modifiers = typed[0].keyboardModifiers() & (commandKeys | Qt::ShiftModifier);
    if (key == Qt::Key_Enter)
        key = Qt::Key_Return;
    if (key == Qt::Key_Backtab)
        key = Qt::Key_Tab;
    if (isPrinting(key) && !isLetterOrDigit(key) && key != Qt::Key_Space && !QChar(uint(key)).isLetter())
        modifiers &= ~Qt::KeyboardModifiers(Qt::ShiftModifier);
    return sequenceOf(modifiers, key);
}

Shortcuts::Press Shortcuts::pressOf(QKeyCombination typed, const QKeySequence &plain)
{
    const bool isShifted = typed.keyboardModifiers().testFlag(Qt::ShiftModifier) && isPrinting(typed.key());
    if (!isShifted || plain.isEmpty() || plain[0].key() == typed.key())
        return {canonical(typed), {}};
    const QKeySequence byCharacter = sequenceOf(typed.keyboardModifiers() & commandKeys, typed.key());
    const QKeySequence byKey =
        sequenceOf(typed.keyboardModifiers() & (commandKeys | Qt::ShiftModifier), plain[0].key());
    if (plain[0].key() >= Qt::Key_0 && plain[0].key() <= Qt::Key_9)
        return {byKey, byCharacter}; // Ctrl+Shift+1 says more than Ctrl+!
    return {byCharacter, byKey};
}

bool Shortcuts::isTyping(const QKeySequence &key)
{
    return !key.isEmpty() && isPrinting(key[0].key()) && !(key[0].keyboardModifiers() & commandKeys);
}

QString Shortcuts::whyNot(const QString &id, const QKeySequence &wanted) const
{
    const Command *command = find(id);
    if (wanted.isEmpty() || (command && wanted == command->usual))
        return {};
    const Place place = command ? command->place : Place::Everywhere;
    const Qt::Key key = wanted[0].key();
    const Qt::KeyboardModifiers modifiers = wanted[0].keyboardModifiers();
    const bool isPlain = !(modifiers & commandKeys);
    const bool isInFields = place == Place::Everywhere || place == Place::CaseList;
    if (wanted.count() != 1 || isNoKey(key))
        return tr("This key can't be a shortcut. Choose another one.");
    const QString text = keyText(wanted);
    if (key == Qt::Key_Tab || key == Qt::Key_Backtab)
        return tr("%1 moves between fields and pages. Choose another key.").arg(text);
    if (isPlain && (key == Qt::Key_Return || key == Qt::Key_Enter))
        return tr("%1 opens and confirms. Choose another key, or hold Ctrl with it.").arg(text);
    if (isPlain && key == Qt::Key_Escape)
        return tr("%1 goes back and closes. Choose another key.").arg(text);
    if (isPlain && key == Qt::Key_Space)
        return tr("%1 pages and presses buttons. Choose another key.").arg(text);
    if (isPlain && isPrinting(key) && place == Place::Everywhere)
        return tr("%1 alone types a character. Choose another key, or hold Ctrl with it.").arg(text);
    if ((modifiers == Qt::AltModifier && isPrinting(key))
        || (modifiers == Qt::ShiftModifier && key == Qt::Key_F10)) // MenuKey
        return tr("%1 opens menus and reaches buttons. Choose another key.").arg(text);
    const bool isForText = isPlain
        ? movesCursor(key)
        : (modifiers & commandKeys) == Qt::ControlModifier && editsText(key, modifiers.testFlag(Qt::ShiftModifier));
    if (isForText && isInFields)
        return tr("%1 is needed in text fields. Choose another key.").arg(text);
    return {};
}

/// Another command whose own key it is; before it, what the platform has beside that gives way without being asked.
QString Shortcuts::ownerOf(const QString &id, const QKeySequence &key) const
{
    if (key.isEmpty())
        return {};
    const Place place = placeOf(id);
    for (const Command &command : m_commands) {
        if (command.id != id && command.key == key && overlap(command.place, place))
            return command.id;
    }
    return {};
}

QString Shortcuts::holderOf(const QString &id, const QKeySequence &key) const
{
    const QString owner = ownerOf(id, key);
    if (key.isEmpty() || !owner.isEmpty())
        return owner;
    const Place place = placeOf(id);
    for (const Command &command : m_commands) {
        if (command.id != id && overlap(command.place, place) && keys(command.id).contains(key))
            return command.id;
    }
    return {};
}

void Shortcuts::read(const QString &text)
{
    m_lines.clear();
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    for (const QString &one : lines) {
        Line line{{}, one, {}, false};
        if (const qsizetype sign = one.indexOf(u'='); sign > 0) {
            line.id = one.left(sign);
            const QString keys = one.mid(sign + 1);
            const QKeySequence key = QKeySequence::fromString(keys, QKeySequence::PortableText);
            line.key = canonical(key);
            line.isGood = keys.isEmpty() || (key.count() == 1 && !isNoKey(key[0].key()));
        }
        m_lines.append(line);
    }
}

/// What a person chose goes before what is usual; of two who chose the same key the first has it.
void Shortcuts::resolve(bool tell)
{
    const auto passOver = [tell](const Line &line, const char *why) {
        if (tell)
            qCWarning(logUi).noquote() << "a shortcut of the settings is passed over:" << line.text.left(80) << why;
    };
    QHash<QString, QKeySequence> chosen;
    for (const Line &line : std::as_const(m_lines)) {
        const Command *command = find(line.id);
        const auto taken = [&] {
            return std::any_of(m_commands.begin(), m_commands.end(), [&](const Command &other) {
                return !line.key.isEmpty() && other.id != line.id && chosen.value(other.id) == line.key
                    && overlap(other.place, placeOf(line.id));
            });
        };
        if (line.id.isEmpty() || !line.isGood)
            passOver(line, "it names no key");
        else if (!command)
            passOver(line, "there is no such command");
        else if (!whyNot(line.id, line.key).isEmpty())
            passOver(line, "the key is not for this command");
        else if (chosen.contains(line.id) || taken())
            passOver(line, "the key or the command was named before");
        else
            chosen.insert(line.id, line.key);
    }
    for (Command &command : m_commands) {
        if (chosen.contains(command.id)) {
            command.key = chosen.value(command.id);
            continue;
        }
        command.key = command.usual;
        const bool isTaken = std::any_of(m_commands.begin(), m_commands.end(), [&](const Command &other) {
            return !command.usual.isEmpty() && other.id != command.id && chosen.value(other.id) == command.usual
                && overlap(other.place, command.place);
        });
        if (isTaken)
            command.key = {};
    }
}

void Shortcuts::put(const QString &id, const QKeySequence &key)
{
    m_lines.removeIf([&id](const Line &line) { return line.id == id; });
    if (key != usualKey(id))
        m_lines.append({id, id + u'=' + key.toString(QKeySequence::PortableText), key, true});
}

void Shortcuts::store() { m_settings.set(settingsKey, text()); }

void Shortcuts::changeTo(const std::function<void()> &change)
{
    change();
    store();
    resolve(false);
    Q_EMIT changed();
}

void Shortcuts::set(const QString &id, const QKeySequence &key, const QKeySequence &other)
{
    if (!find(id))
        return;
    changeTo([&] {
        for (const QKeySequence &wanted : {key, other}) {
            for (QString owner = ownerOf(id, wanted); !owner.isEmpty(); owner = ownerOf(id, wanted)) {
                put(owner, {});
                resolve(false);
            }
        }
        put(id, key);
    });
}

void Shortcuts::resetAll()
{
    // What another version's commands have stays.
    changeTo([this] { m_lines.removeIf([this](const Line &line) { return find(line.id) || line.id.isEmpty(); }); });
}

QString Shortcuts::text() const
{
    QStringList lines;
    for (const Line &line : m_lines)
        lines.append(line.text);
    return lines.join(u'\n');
}

void Shortcuts::setText(const QString &text)
{
    changeTo([&] { read(text); });
}

void Shortcuts::reload()
{
    const QString kept = m_settings.text(settingsKey);
    if (kept == text())
        return;
    read(kept);
    resolve(m_complete);
    Q_EMIT changed();
}

} // namespace casement
