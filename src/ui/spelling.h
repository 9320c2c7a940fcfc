#pragma once

#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>

#include <memory>

namespace casement {

class Dictionary;
class UiSettings;

/// A word of a text that may be wrong.
struct Misspelling
{
    int start = 0;
    int length = 0;
    friend bool operator==(const Misspelling &, const Misspelling &) = default;
};

/// The spelling of English by Hunspell, where this computer has the library and an English dictionary. Both are loaded
/// while the program runs, on the pool; without them nothing is looked for.
///
/// What is no English prose is left alone: lines with letters of another script, quoted and indented ones, code between
/// fences, names, numbers, paths, words in capitals, and lines in which most words are unknown. Words of the trade, as
/// names of services and commands, are right though no dictionary has them (`resources/words`).
class Spelling final : public QObject
{
    Q_OBJECT

public:
    /// The settings are borrowed.
    explicit Spelling(UiSettings &settings, QObject *parent = nullptr);
    ~Spelling() override;

    /// Where dictionaries are looked for; usually the system's folders.
    void setFolders(const QStringList &folders);
    /// Reads what is kept anew.
    void reload();

    bool isOn() const { return m_on; }
    void setOn(bool on);
    /// Looks for a dictionary, once; changed() says when the look is over. What asks for mistakes does it, too.
    void load();
    /// It was looked for a dictionary, and there is none.
    bool isAbsent() const { return m_state == State::Done && !m_dictionary; }
    /// `en_US`; empty while there is none.
    QString dictionaryName() const;

    /// In order; positions count UTF-16 units. Empty where it is off, or nothing is loaded yet.
    QList<Misspelling> mistakes(const QString &text);
    /// What may be meant, the likeliest first.
    QStringList suggestions(const QString &word) const;
    /// Is right from now on; is kept in the settings.
    void learn(const QString &word);

Q_SIGNALS:
    /// Another answer may be given to the same text.
    void changed();

private:
    enum class State { Untried, Loading, Done };

    void readWords();
    bool isRight(const QString &word);
    void lookAtLine(QStringView line, int from, QList<Misspelling> &found);

    UiSettings &m_settings;
    QStringList m_folders;
    std::shared_ptr<Dictionary> m_dictionary;
    State m_state = State::Untried;
    bool m_on = true;
    QSet<QString> m_learnt; // in small letters
    QHash<QString, bool> m_known; // answers of the dictionary
};

} // namespace casement
