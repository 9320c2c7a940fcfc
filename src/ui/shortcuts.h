#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QStringList>

#include <functional>
#include <vector>

class QAction;
class QMenu;
class QMenuBar;
class QWidget;

namespace casement {

class UiSettings;

/// The keys of the program's commands, one registry for all its windows. A command has an id that is the same in every
/// language and version, its usual key, and the one that the person gave it.
///
/// What a person chose is kept in the settings as lines `id=Ctrl+R`. A line that can't be used is passed over with a
/// line in the log, and stays there; ids of other versions stay, too.
class Shortcuts final : public QObject
{
    Q_OBJECT

public:
    static const QString settingsKey;

    /// The settings are borrowed.
    explicit Shortcuts(UiSettings &settings, QObject *parent = nullptr);
    ~Shortcuts() override;

    /// Makes a command of every action in the menus that has an objectName `action…`: what follows is its id, the key
    /// that it has is the usual one. Once, when all of them are there.
    void manageMenus(const QMenuBar &menus);
    /// Gives an action the command's key, now and whenever it is another.
    void manage(QAction &action, const QString &id);
    /// The command's key in a window that has no menus, or in a part of one.
    void on(QWidget &window, const QString &id, std::function<void()> act,
            Qt::ShortcutContext context = Qt::WindowShortcut);
    /// `apply` gets the command's keys (Return brings the keypad's Enter along) now and whenever they may be others,
    /// while `context` lives.
    void follow(QObject *context, const QString &id, std::function<void(const QList<QKeySequence> &)> apply);

    /// In the order of the menus.
    QStringList ids() const;
    /// In the language of now: "Theme › Dark".
    QString name(const QString &id) const;
    /// The menu that it stands in, or what else it belongs to.
    QString group(const QString &id) const;
    QKeySequence key(const QString &id) const;
    QKeySequence usualKey(const QString &id) const;
    bool isChanged(const QString &id) const { return key(id) != usualKey(id); }
    bool isAnyChanged() const;
    /// The key as people read it, in the language of now; empty when there is none.
    QString keyText(const QString &id) const;
    static QString keyText(const QKeySequence &key);
    /// "Send the reply (Ctrl+Return)"; the text alone when there is no key.
    QString withKey(const QString &text, const QString &id) const;

    /// The first key of what was typed, so that two ways to name one key are one: no Shift beside a character that
    /// needs it, no keypad.
    static QKeySequence canonical(const QKeySequence &typed);
    /// One press of a key with what is held. Where Shift makes another character of it, Qt knows it by two names, by
    /// the character (Ctrl+?) and by the key (Ctrl+Shift+/), and neither command works when each of two has one of
    /// them.
    struct Press
    {
        QKeySequence key; ///< to keep and show: the character, but the key where that is a digit
        QKeySequence other; ///< the other name; empty when there is none
    };
    /// `typed` is what a key event says, `plain` what the field of Qt makes of it.
    static Press pressOf(QKeyCombination typed, const QKeySequence &plain);
    /// A key that types, alone or with Shift.
    static bool isTyping(const QKeySequence &key);
    /// Why the command can't have the key, as a sentence; empty when it can.
    QString whyNot(const QString &id, const QKeySequence &key) const;
    /// Another command that has the key where both work, be it one that this platform has for it beside the usual one;
    /// empty when none has.
    QString holderOf(const QString &id, const QKeySequence &key) const;

    /// Holds at once everywhere, and is kept. Who else had the key, also by its other name, has none from now on.
    /// Empty: no key.
    void set(const QString &id, const QKeySequence &key, const QKeySequence &other = {});
    void resetAll();
    /// What is kept in the settings; for an undo.
    QString text() const;
    void setText(const QString &text);
    /// The settings are others now.
    void reload();
    /// The commands have their names in another language now.
    void retranslate() { Q_EMIT changed(); }

Q_SIGNALS:
    /// Keys or names are others.
    void changed();

private:
    enum class Place {
        Everywhere,
        CaseList, ///< a letter alone will do
        Sidebar, ///< with the focus there, and nowhere else
        Drafts,
    };

    struct Command
    {
        QString id;
        QKeySequence usual;
        Place place = Place::Everywhere;
        QKeySequence key;
        QPointer<QAction> action; ///< gives the name
        QPointer<QMenu> menu; ///< of the menu bar
        QPointer<QMenu> inner; ///< the one in it that holds the action
    };

    /// A line of the settings.
    struct Line
    {
        QString id; ///< empty: no line of a command
        QString text; ///< the whole of it
        QKeySequence key;
        bool isGood = false; ///< the key is one
    };

    static Place placeOf(const QString &id);
    static bool overlap(Place one, Place other);
    const Command *find(const QString &id) const;
    void collect(QMenu &menu, QMenu *top, std::vector<Command> &found);
    void read(const QString &text);
    void put(const QString &id, const QKeySequence &key);
    void resolve(bool tell);
    void store();
    void changeTo(const std::function<void()> &change);
    QList<QKeySequence> keys(const QString &id) const;
    QString ownerOf(const QString &id, const QKeySequence &key) const;
    QString shared(const QString &id) const;

    UiSettings &m_settings;
    std::vector<Command> m_commands;
    QList<Line> m_lines;
    bool m_complete = false; // the menus' commands are known
};

} // namespace casement
