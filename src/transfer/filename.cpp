#include "transfer/filename.h"

#include "base/codepoint.h"
#include "transfer/localfile.h"

#include <QSet>

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostBytes = 255;
constexpr qsizetype longestExtension = 32; // bytes; what is longer is a sentence with a dot
constexpr qsizetype longestShown = 300;

bool isJoiner(char32_t c) { return c == 0x200c || c == 0x200d; }

/// Reorders what stands around it, or takes no room. Joiners are not among them.
bool isUnseen(char32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c
        || c == 0x200b || (c >= 0x2060 && c <= 0x2065) || (c >= 0x206a && c <= 0x206f) || c == 0xfeff || c == 0x00ad
        || c == 0x034f || c == 0x180e || c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5 || c == 0x3164
        || c == 0xffa0 || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

/// Chooses between the looks of the character before it.
bool isVariationSelector(char32_t c)
{
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef) || (c >= 0x180b && c <= 0x180d);
}

bool isControl(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == replacementCharacter
        || QChar::isNonCharacter(c);
}

bool isRefused(char32_t c) { return c < 0x80 && QByteArrayView("<>:\"|?*/\\").contains(char(c)); }

bool isSpaceOrDot(QChar c) { return c == u'.' || c.isSpace(); }

QString withoutHarm(QStringView text)
{
    QString result;
    result.reserve(text.size());
    char16_t joiner = 0; // stays when something beyond ASCII follows
    int length = 1;
    for (qsizetype i = 0; i < text.size(); i += length) {
        const char32_t c = codePointAt(text, i, &length);
        if (isUnseen(c))
            continue;
        if (isJoiner(c)) {
            const bool canJoin = !result.isEmpty() && result.back().unicode() >= 0x80 && !result.back().isSpace();
            joiner = canJoin ? char16_t(c) : u'\0';
            continue;
        }
        const bool isReplaced = isControl(c) || isRefused(c);
        if (joiner && !isReplaced && c >= 0x80 && !QChar::isSpace(c))
            result.append(QChar(joiner));
        joiner = 0;
        if (isReplaced)
            result.append(u'_');
        else
            result.append(text.sliced(i, length));
    }
    return result;
}

QString lastPart(const QString &path)
{
    QStringView rest(path);
    const auto isSlash = [](QChar c) { return c == u'/' || c == u'\\'; };
    while (!rest.isEmpty() && isSlash(rest.back()))
        rest.chop(1);
    const auto slash = std::find_if(rest.rbegin(), rest.rend(), isSlash);
    rest = rest.last(slash - rest.rbegin());
    const bool hasDrive = rest.size() > 1 && rest[1] == u':' && rest[0].unicode() < 0x80 && rest[0].isLetter();
    return rest.sliced(hasDrive ? 2 : 0).toString();
}

QString trimmed(const QString &name)
{
    QStringView view(name);
    while (!view.isEmpty() && isSpaceOrDot(view.front()))
        view = view.sliced(1);
    while (!view.isEmpty() && isSpaceOrDot(view.back()))
        view.chop(1);
    return view.toString();
}

bool isDevice(const QString &stem)
{
    static const QSet<QString> names{u"CON"_s, u"PRN"_s, u"AUX"_s, u"NUL"_s, u"CONIN$"_s, u"CONOUT$"_s, u"CLOCK$"_s};
    const QString name = stem.toUpper();
    if (names.contains(name))
        return true;
    // Windows takes the superscripts of Latin-1 for digits here.
    return name.size() == 4 && (name.startsWith(u"COM"_s) || name.startsWith(u"LPT"_s))
        && QStringView(u"0123456789\u00b9\u00b2\u00b3").contains(name.back());
}

QString withoutDevice(const QString &name)
{
    const qsizetype dot = name.indexOf(u'.');
    const QString stem = dot < 0 ? name : name.first(dot);
    if (!isDevice(stem.trimmed()))
        return name;
    return stem + u'_' + name.sliced(stem.size());
}

struct NameParts
{
    QString stem;
    QString extension; ///< with its dot
};

NameParts partsOf(const QString &name)
{
    qsizetype dot = name.lastIndexOf(u'.');
    if (dot <= 0)
        return {name, {}};
    const QString extension = name.sliced(dot);
    if (extension.toUtf8().size() > longestExtension || extension.contains(u' '))
        return {name, {}};
    if (dot > 4 && QStringView(name).first(dot).endsWith(u".tar"_s, Qt::CaseInsensitive))
        dot -= 4;
    return {name.first(dot), name.sliced(dot)};
}

// As much of the text as so many bytes of UTF-8 hold.
QString cut(const QString &text, qsizetype bytes)
{
    qsizetype used = 0;
    qsizetype end = 0;
    int length = 1;
    for (; end < text.size(); end += length) {
        const char32_t c = codePointAt(text, end, &length);
        used += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        if (used > bytes)
            break;
    }
    QStringView view = QStringView(text).first(end);
    if (view.size() < text.size()) {
        while (!view.isEmpty() && (isSpaceOrDot(view.back()) || isJoiner(view.back().unicode())))
            view.chop(1);
    }
    return view.toString();
}

QString fitted(const NameParts &name, const QString &suffix = {})
{
    const QString end = suffix + name.extension;
    return cut(name.stem, mostBytes - end.toUtf8().size()) + end;
}

// What two names have in common when they are hard to tell apart.
QString likeness(const QString &name)
{
    // Qt folds single characters; by way of its upper case ß becomes two.
    const QString folded = name.normalized(QString::NormalizationForm_KC)
                               .toUpper()
                               .toCaseFolded()
                               .normalized(QString::NormalizationForm_KC);
    QString key;
    key.reserve(folded.size());
    int length = 1;
    for (qsizetype i = 0; i < folded.size(); i += length) {
        const char32_t c = codePointAt(folded, i, &length);
        if (!isUnseen(c) && !isJoiner(c) && !isVariationSelector(c))
            key.append(QStringView(folded).sliced(i, length));
    }
    return key;
}

const QSet<QString> &runnableExtensions()
{
    static const QSet<QString> extensions = [] {
        constexpr std::array groups{
            // Windows
            "exe com bat cmd pif scr cpl msi msp msc mst msu msix msixbundle appx appxbundle appinstaller gadget",
            "lnk url scf inf reg hta chm hlp ps1 psm1 psd1 ps1xml psc1 vb vbs vbe ws wsf wsh wsc sct js jse mjs cjs",
            "application appref-ms library-ms search-ms searchconnector-ms settingcontent-ms diagcab xll dll sys ocx",
            // macOS
            "app command tool workflow action pkg mpkg dmg scpt scptd applescript terminal webloc fileloc inetloc",
            // Linux and other Unix
            "sh bash zsh fish csh tcsh ksh dash run bin elf so ko appimage desktop service flatpak flatpakref",
            "flatpakrepo snap deb rpm apk",
            // languages
            "py pyw pyc pyo pyz pyzw pl pm rb php phar lua tcl awk groovy kts jar war jnlp class swf",
            // images of disks, whose files bear no mark of where they come from
            "iso img vhd vhdx",
            // documents with macros
            "docm dotm xlsm xltm xlam xlsb xla pptm potm ppam ppsm sldm slk iqy mdb mde accdb accde ade adp",
            // what a browser runs
            "html htm shtml xhtml xht mht mhtml svg svgz xsl xslt xpi crx",
        };
        QSet<QString> all;
        for (const char *group : groups) {
            for (const QString &extension : QString::fromLatin1(group).split(u' '))
                all.insert(extension);
        }
        return all;
    }();
    return extensions;
}

} // namespace

QString safeFileName(const QString &name)
{
    const QString whole = lastPart(name).normalized(QString::NormalizationForm_C);
    QString safe = withoutHarm(whole).normalized(QString::NormalizationForm_C);
    safe = fitted(partsOf(withoutDevice(trimmed(safe))));
    return safe.isEmpty() ? u"attachment"_s : safe;
}

QString sentFileName(const QString &name)
{
    QString own = readableName(name);
    for (const QChar c : {u'/', u'\\', u':'})
        own.replace(c, u'_');
    return safeFileName(own.startsWith(u'.') ? u'_' + own : own);
}

QString readableName(const QString &name)
{
    QString shown;
    for (const QChar c : name) {
        if (isRawByte(c))
            shown += u'%' + QString::number(c.unicode() & 0xff, 16).toUpper();
        else
            shown += c;
    }
    return shown;
}

DistinctNames::DistinctNames(const QStringList &taken)
{
    for (const QString &name : taken)
        m_taken.insert(likeness(name), 2);
}

QString DistinctNames::add(const QString &name)
{
    const QString key = likeness(name);
    if (!m_taken.contains(key)) {
        m_taken.insert(key, 2);
        return fitted(partsOf(name));
    }
    const NameParts parts = partsOf(name);
    for (int number = m_taken.value(key);; ++number) {
        const QString other = fitted(parts, u" (%1)"_s.arg(number));
        const QString otherKey = likeness(other);
        if (m_taken.contains(otherKey))
            continue;
        m_taken.insert(key, number + 1);
        m_taken.insert(otherKey, 2);
        return other;
    }
}

QString distinctName(const QString &name, const QStringList &taken) { return DistinctNames(taken).add(name); }

bool canRunCode(const QString &name)
{
    const QString safe = safeFileName(name);
    const qsizetype dot = safe.lastIndexOf(u'.');
    return dot >= 0 && runnableExtensions().contains(likeness(safe.sliced(dot + 1)).trimmed());
}

bool looksExecutable(QByteArrayView firstBytes)
{
    constexpr std::array programs{"#!",
                                  "\x7f"
                                  "ELF",
                                  "MZ",
                                  "\xca\xfe\xba\xbe",
                                  "\xfe\xed\xfa\xce",
                                  "\xfe\xed\xfa\xcf",
                                  "\xce\xfa\xed\xfe",
                                  "\xcf\xfa\xed\xfe"};
    const auto startsWith = [](QByteArrayView bytes, const char *start) { return bytes.startsWith(start); };
    if (std::any_of(programs.begin(), programs.end(), [&](const char *start) { return startsWith(firstBytes, start); }))
        return true;
    // Desktops skip these before they look for a page; comments before the group of a shortcut as well.
    const QByteArray text = firstBytes.first(std::min<qsizetype>(firstBytes.size(), 512)).toByteArray().toLower();
    if (text.contains("[desktop entry") || text.contains("[internetshortcut"))
        return true;
    const QByteArray page = (text.startsWith("\xef\xbb\xbf") ? text.sliced(3) : text).trimmed();
    constexpr std::array pages{"<!doctype html", "<!doctype svg", "<html", "<head", "<body", "<script", "<svg"};
    return std::any_of(pages.begin(), pages.end(), [&](const char *start) { return startsWith(page, start); })
        || (page.startsWith("<?xml") && (page.contains("<svg") || page.contains("<html")));
}

QString shownPath(const QString &rawPath)
{
    const QString path = readableName(rawPath);
    QString shown;
    int length = 1;
    for (qsizetype i = 0; i < path.size(); i += length) {
        const char32_t c = codePointAt(path, i, &length);
        if (isControl(c))
            shown.append(QChar(char16_t(replacementCharacter)));
        else if (!isUnseen(c))
            shown.append(QStringView(path).sliced(i, length));
    }
    if (shown.size() <= longestShown)
        return shown;
    qsizetype head = longestShown / 2;
    head -= shown.at(head - 1).isHighSurrogate() ? 1 : 0;
    qsizetype tail = longestShown / 2;
    tail -= shown.at(shown.size() - tail).isLowSurrogate() ? 1 : 0;
    return shown.first(head) + QChar(0x2026) + shown.last(tail);
}

} // namespace casement
