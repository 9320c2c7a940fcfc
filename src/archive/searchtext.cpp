#include "archive/searchtext.h"

#include <QSet>

#include <algorithm>

namespace casement {

namespace {

enum class Sort { Space, Word, Unspaced, Symbol };

/// Characters that no normal form and no case folding changes, beside each other either, but for A to Z: ASCII, kana
/// without combining marks, unified ideographs and their punctuation. Most texts are made of nothing else.
bool isSettled(char16_t c)
{
    return c < 0x80 || (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3011) || (c >= 0x3041 && c <= 0x3096)
        || (c >= 0x30a1 && c <= 0x30fe) || (c >= 0x4e00 && c <= 0x9fff);
}

Sort sortOf(char32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ? Sort::Word : Sort::Space;
    if (c == 0x30fc) // the long vowel mark belongs to no script, but to the word
        return Sort::Unspaced;
    switch (QChar::category(c)) {
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
        break;
    case QChar::Symbol_Other:
    case QChar::Symbol_Modifier:
    case QChar::Symbol_Math:
    case QChar::Symbol_Currency:
    case QChar::Other_NotAssigned: // emoji newer than this Qt
    case QChar::Other_PrivateUse:
        return Sort::Symbol;
    default:
        return Sort::Space;
    }
    if (c >= 0xfe00 && c <= 0xfe0f) // variation selectors: how an emoji is drawn
        return Sort::Space;
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Bopomofo:
    case QChar::Script_Hangul: // has spaces, but glues endings to words
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return Sort::Unspaced;
    default:
        return Sort::Word;
    }
}

/// Calls `onRun(Sort, QStringView)` for each stretch of one sort.
template <class OnRun> void forEachRun(const QString &folded, OnRun onRun)
{
    qsizetype start = 0;
    Sort sort = Sort::Space;
    for (qsizetype at = 0; at < folded.size();) {
        char32_t c = folded[at].unicode();
        qsizetype next = at + 1;
        if (folded[at].isHighSurrogate() && next < folded.size() && folded[next].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(folded[at], folded[next]);
            ++next;
        }
        const bool continues =
            c >= 0x300 && sort != Sort::Space && sort != Sort::Symbol && QChar::category(c) == QChar::Mark_NonSpacing;
        const Sort now = continues ? sort : sortOf(c);
        if (now != sort || now == Sort::Symbol) {
            if (at > start && sort != Sort::Space)
                onRun(sort, QStringView(folded).sliced(start, at - start));
            start = at;
            sort = now;
        }
        at = next;
    }
    if (folded.size() > start && sort != Sort::Space)
        onRun(sort, QStringView(folded).sliced(start));
}

/// Calls `onGram(QStringView)` for every two neighbouring characters, and for the last one alone.
template <class OnGram> void forEachGram(QStringView run, OnGram onGram)
{
    const auto after = [run](qsizetype at) {
        return at + (run[at].isHighSurrogate() && at + 1 < run.size() && run[at + 1].isLowSurrogate() ? 2 : 1);
    };
    for (qsizetype at = 0; at < run.size();) {
        const qsizetype second = after(at);
        onGram(run.sliced(at, (second < run.size() ? after(second) : second) - at));
        at = second;
    }
}

qsizetype characters(QStringView run)
{
    return std::count_if(run.cbegin(), run.cend(), [](QChar c) { return !c.isLowSurrogate(); });
}

} // namespace

QString foldForSearch(QStringView text)
{
    if (std::all_of(text.utf16(), text.utf16() + text.size(), isSettled)) {
        QString lower(text.size(), Qt::Uninitialized);
        std::transform(text.cbegin(), text.cend(), lower.begin(), [](QChar c) {
            return c.unicode() >= 'A' && c.unicode() <= 'Z' ? QChar(c.unicode() | 0x20) : c;
        });
        return lower;
    }
    return text.toString()
        .normalized(QString::NormalizationForm_KC)
        .toCaseFolded()
        .normalized(QString::NormalizationForm_KC);
}

bool isFoldedButForCase(std::string_view utf8)
{
    for (size_t at = 0; at < utf8.size(); ++at) {
        const auto byte = [&](size_t ahead) { return static_cast<unsigned char>(utf8[at + ahead]); };
        if (byte(0) < 0x80)
            continue;
        if ((byte(0) & 0xf0) != 0xe0 || utf8.size() - at < 3 || (byte(1) & 0xc0) != 0x80 || (byte(2) & 0xc0) != 0x80)
            return false; // all that is settled beyond ASCII takes three bytes
        if (!isSettled(char16_t((byte(0) & 0xf) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f))))
            return false;
        at += 2;
    }
    return true;
}

QString indexTokens(QStringView text)
{
    const QString folded = foldForSearch(text);
    QString tokens;
    tokens.reserve(folded.size() * 2);
    const auto add = [&tokens](QStringView token) {
        if (!tokens.isEmpty())
            tokens += u' ';
        tokens += token;
    };
    forEachRun(folded, [&](Sort sort, QStringView run) {
        if (sort == Sort::Unspaced)
            forEachGram(run, add);
        else
            add(run);
    });
    return tokens;
}

bool SearchQuery::matches(const QString &foldedText) const
{
    return std::all_of(words.cbegin(), words.cend(), [&](const QString &word) { return foldedText.contains(word); });
}

SearchQuery parseSearch(QStringView typed)
{
    SearchQuery query;
    QSet<QString> terms; // with what follows the closing quote
    QStringList ordered;
    const auto add = [&](QStringView token, bool prefix) {
        const QString term = u'"' + token.toString() + (prefix ? QLatin1StringView("\"*") : QLatin1StringView("\""));
        if (!terms.contains(term)) {
            terms.insert(term);
            ordered.append(term);
        }
    };
    const QString folded = foldForSearch(typed.trimmed());
    for (const QString &word : folded.simplified().split(u' ', Qt::SkipEmptyParts)) {
        if (query.words.contains(word))
            continue;
        query.words.append(word);
        forEachRun(word, [&](Sort sort, QStringView run) {
            if (sort != Sort::Unspaced)
                return add(run, sort == Sort::Word);
            const bool single = characters(run) == 1;
            forEachGram(run, [&](QStringView gram) {
                if (single || characters(gram) == 2)
                    add(gram, single);
            });
        });
    }
    query.match = ordered.join(QLatin1Char(' '));
    return query;
}

QString excerpt(const QString &text, const SearchQuery &query, qsizetype length)
{
    const QString folded = foldForSearch(text);
    qsizetype found = -1;
    for (const QString &word : query.words) {
        const qsizetype at = folded.indexOf(word);
        if (at >= 0 && (found < 0 || at < found))
            found = at;
    }
    qsizetype place = std::max<qsizetype>(found, 0);
    if (folded.size() != text.size()) { // folding made characters longer or shorter: look for the place it came from
        qsizetype low = 0;
        qsizetype high = text.size();
        while (low < high) {
            const qsizetype middle = (low + high + 1) / 2;
            if (foldForSearch(QStringView(text).first(middle)).size() <= place)
                low = middle;
            else
                high = middle - 1;
        }
        place = low;
    }
    qsizetype start = std::max<qsizetype>(place - length / 3, 0);
    qsizetype end = std::min(start + length, text.size());
    start = std::max<qsizetype>(end - length, 0);
    if (start > 0 && text[start].isLowSurrogate())
        --start;
    if (start > 0) { // begin with a word, where there are some
        const qsizetype space = text.indexOf(QLatin1Char(' '), start);
        if (space >= 0 && space < place)
            start = space + 1;
    }
    if (end < text.size() && text[end].isLowSurrogate())
        ++end;
    return (start > 0 ? QString(QChar(0x2026)) : QString())
        + QStringView(text).sliced(start, end - start).toString().simplified()
        + (end < text.size() ? QString(QChar(0x2026)) : QString());
}

} // namespace casement
