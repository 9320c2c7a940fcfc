#include "ui/spelling.h"

#include "base/background.h"
#include "base/codepoint.h"
#include "ui/uisettings.h"

#include <QDir>
#include <QFile>
#include <QLibrary>
#include <QLocale>
#include <QStandardPaths>
#include <QStringDecoder>
#include <QStringEncoder>

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString spellingOnKey = u"spelling/on"_s;
const QString ownWordsKey = u"spelling/words"_s;
constexpr int mostOwnWords = 1000;
constexpr qsizetype longestWord = 30; // longer ones are no words, and take the library long
constexpr qsizetype mostKnown = 20'000;
constexpr int mostSuggestions = 5;
constexpr int wordsOfAVerdict = 6; // in a line of so many, most of which are unknown, another language is spoken

bool isApostrophe(QChar c) { return c == u'\'' || c == u'’'; }

/// The part of a run without spaces that stands between brackets, quotation marks and stops.
QStringView core(QStringView run)
{
    static const QString before = u"([{<\"'“‘«*_"_s;
    static const QString behind = u")]}>\"'”’»*_.,;:!?…"_s;
    while (!run.isEmpty() && before.contains(run.front()))
        run = run.sliced(1);
    while (!run.isEmpty() && behind.contains(run.back()))
        run.chop(1);
    return run;
}

/// Letters, with apostrophes and hyphens inside; anything else is a name, a number, a path or code.
bool isProse(QStringView run)
{
    return !run.isEmpty()
        && std::all_of(run.begin(), run.end(), [](QChar c) { return c.isLetter() || isApostrophe(c) || c == u'-'; });
}

/// "EC2", "VPC", "maxResults": capitals behind the first letter.
bool isName(QStringView word)
{
    return std::any_of(word.begin() + 1, word.end(), [](QChar c) { return c.isUpper(); });
}

/// Services of AWS, commands and other words of the trade, in small letters.
const QSet<QString> &terms()
{
    static const QSet<QString> words = [] {
        QSet<QString> read;
        QFile file(u":/words/terms.txt"_s);
        if (!file.open(QIODevice::ReadOnly))
            return read;
        const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
        for (const QString &line : lines) {
            if (!line.startsWith(u'#'))
                read.insert(line);
        }
        return read;
    }();
    return words;
}

bool isTerm(QString word)
{
    word = word.toLower();
    if (word.endsWith("'s"_L1))
        word.chop(2);
    return terms().contains(word);
}

bool isMixed(QStringView line)
{
    int length = 1;
    for (qsizetype i = 0; i < line.size(); i += length) {
        const char32_t c = codePointAt(line, i, &length);
        if (QChar::isLetter(c) && QChar::script(c) != QChar::Script_Latin && QChar::script(c) != QChar::Script_Common)
            return true;
    }
    return false;
}

QStringList systemFolders()
{
    QStringList folders =
        QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, u"hunspell"_s, QStandardPaths::LocateDirectory);
    folders += {u"/usr/share/hunspell"_s, u"/usr/share/myspell"_s, u"/usr/share/myspell/dicts"_s};
    folders.removeDuplicates();
    return folders;
}

/// The path without ".dic" of the best English dictionary; empty where there is none.
QString englishDictionary(const QStringList &folders)
{
    QStringList names{u"en_US"_s, u"en_GB"_s};
    if (const QString own = QLocale::system().name(); own.startsWith("en_"_L1))
        names.prepend(own);
    names.append(u"en_*"_s);
    for (const QString &name : std::as_const(names)) {
        for (const QString &folder : folders) {
            const QStringList files = QDir(folder).entryList({name + u".dic"_s}, QDir::Files, QDir::Name);
            for (const QString &file : files) {
                const QString path = folder + u'/' + file.chopped(4);
                if (QFile::exists(path + u".aff"_s))
                    return path;
            }
        }
    }
    return {};
}

} // namespace

/// Hunspell's own interface for C, which is the same in all its versions.
class Dictionary
{
public:
    /// Null where the library or a dictionary is missing, or can't be used.
    static std::shared_ptr<Dictionary> load(const QStringList &folders)
    {
        const QString path = englishDictionary(folders);
        if (path.isEmpty())
            return {};
        auto made = std::make_shared<Dictionary>();
        return made->open(path) ? made : nullptr;
    }

    Dictionary() = default;
    Dictionary(const Dictionary &) = delete;
    Dictionary &operator=(const Dictionary &) = delete;
    ~Dictionary()
    {
        if (m_handle)
            m_destroy(m_handle);
    }

    QString name() const { return m_name; }

    bool isRight(const QString &word)
    {
        const QByteArray bytes = m_encode.encode(word);
        return m_encode.hasError() || m_spell(m_handle, bytes.constData()) != 0;
    }

    QStringList suggestions(const QString &word)
    {
        const QByteArray bytes = m_encode.encode(word);
        char **list = nullptr;
        const int count = m_suggest(m_handle, &list, bytes.constData());
        QStringList words;
        for (int i = 0; i < std::min(count, mostSuggestions); ++i)
            words.append(m_decode.decode(QByteArrayView(list[i])));
        m_freeList(m_handle, &list, count);
        return words;
    }

private:
    using Handle = void *;

    bool open(const QString &path)
    {
        // Its number is a part of its name, and this is what distributions of the last ten years have.
        for (const auto &name : {u"hunspell-1.7"_s, u"hunspell-1.6"_s, u"hunspell"_s}) {
            QLibrary library(name, 0);
            if (!library.load())
                continue;
            const auto create =
                reinterpret_cast<Handle (*)(const char *, const char *)>(library.resolve("Hunspell_create"));
            const auto encoding =
                reinterpret_cast<const char *(*)(Handle)>(library.resolve("Hunspell_get_dic_encoding"));
            m_destroy = reinterpret_cast<decltype(m_destroy)>(library.resolve("Hunspell_destroy"));
            m_spell = reinterpret_cast<decltype(m_spell)>(library.resolve("Hunspell_spell"));
            m_suggest = reinterpret_cast<decltype(m_suggest)>(library.resolve("Hunspell_suggest"));
            m_freeList = reinterpret_cast<decltype(m_freeList)>(library.resolve("Hunspell_free_list"));
            if (!create || !encoding || !m_destroy || !m_spell || !m_suggest || !m_freeList)
                continue;
            m_handle = create(QFile::encodeName(path + u".aff"_s).constData(),
                              QFile::encodeName(path + u".dic"_s).constData());
            if (!m_handle)
                return false;
            m_encode = QStringEncoder(encoding(m_handle));
            m_decode = QStringDecoder(encoding(m_handle));
            m_name = path.section(u'/', -1);
            return m_encode.isValid() && m_decode.isValid();
        }
        return false;
    }

    Handle m_handle = nullptr;
    void (*m_destroy)(Handle) = nullptr;
    int (*m_spell)(Handle, const char *) = nullptr;
    int (*m_suggest)(Handle, char ***, const char *) = nullptr;
    void (*m_freeList)(Handle, char ***, int) = nullptr;
    QStringEncoder m_encode;
    QStringDecoder m_decode;
    QString m_name;
};

Spelling::Spelling(UiSettings &settings, QObject *parent)
    : QObject(parent), m_settings(settings), m_folders(systemFolders())
{
    readWords();
}

Spelling::~Spelling() = default;

void Spelling::setFolders(const QStringList &folders)
{
    m_folders = folders;
    m_dictionary.reset();
    m_known.clear();
    m_state = State::Untried;
    Q_EMIT changed();
}

void Spelling::readWords()
{
    m_on = m_settings.flag(spellingOnKey, true);
    const QStringList words = m_settings.remembered(ownWordsKey);
    m_learnt.clear();
    for (const QString &word : words)
        m_learnt.insert(word.toLower());
}

void Spelling::reload()
{
    readWords();
    Q_EMIT changed();
}

void Spelling::setOn(bool on)
{
    if (on == m_on)
        return;
    m_on = on;
    m_settings.set(spellingOnKey, on);
    Q_EMIT changed();
}

void Spelling::load()
{
    if (m_state != State::Untried)
        return;
    m_state = State::Loading;
    inBackground(
        this, [folders = m_folders] { return Dictionary::load(folders); },
        [this, folders = m_folders](std::shared_ptr<Dictionary> loaded) {
            if (folders != m_folders)
                return; // it is looked for elsewhere by now
            m_dictionary = std::move(loaded);
            m_state = State::Done;
            Q_EMIT changed();
        });
}

QString Spelling::dictionaryName() const { return m_dictionary ? m_dictionary->name() : QString(); }

bool Spelling::isRight(const QString &word)
{
    if (m_learnt.contains(word.toLower()) || isTerm(word))
        return true;
    const auto known = m_known.constFind(word);
    if (known != m_known.cend())
        return *known;
    if (m_known.size() >= mostKnown)
        m_known.clear();
    return *m_known.insert(word, m_dictionary->isRight(word));
}

void Spelling::lookAtLine(QStringView line, int from, QList<Misspelling> &found)
{
    int words = 0;
    QList<Misspelling> here;
    for (const QStringView run : line.split(u' ', Qt::SkipEmptyParts)) {
        const QStringView inside = core(run);
        if (!isProse(inside))
            continue;
        for (const QStringView part : inside.split(u'-', Qt::SkipEmptyParts)) {
            if (part.size() < 2 || part.size() > longestWord || isName(part))
                continue;
            ++words;
            QString word = part.toString();
            word.replace(u'’', u'\'');
            if (!isRight(word))
                here.append({from + int(part.data() - line.data()), int(part.size())});
        }
    }
    if (words < wordsOfAVerdict || here.size() * 2 <= words)
        found += here;
}

QList<Misspelling> Spelling::mistakes(const QString &text)
{
    QList<Misspelling> found;
    if (!m_on)
        return found;
    load();
    if (!m_dictionary)
        return found;
    bool isCode = false;
    int from = 0;
    for (const QStringView line : QStringView(text).split(u'\n')) {
        const bool isFence = line.trimmed().startsWith("```"_L1);
        isCode = isCode != isFence;
        const bool isProseLine = !isFence && !isCode && !line.startsWith(u'>') && !line.startsWith(u'\t')
            && !line.startsWith("    "_L1) && !isMixed(line);
        if (isProseLine)
            lookAtLine(line, from, found);
        from += int(line.size()) + 1;
    }
    return found;
}

QStringList Spelling::suggestions(const QString &word) const
{
    if (!m_dictionary || word.isEmpty() || word.size() > longestWord)
        return {};
    return m_dictionary->suggestions(QString(word).replace(u'’', u'\''));
}

void Spelling::learn(const QString &word)
{
    m_learnt.insert(word.toLower());
    m_settings.remember(ownWordsKey, word, mostOwnWords);
    Q_EMIT changed();
}

} // namespace casement
