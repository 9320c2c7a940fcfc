#pragma once

#include <QString>
#include <QStringList>

/// What full-text search makes of texts and of what people type. Pure functions.
///
/// SQLite's tokenizers find words between spaces, which Japanese does not have, and three characters at least
/// (trigram), which most Japanese words do not have. So the tokens are made here: words as they are, and of writing
/// without spaces every two neighbours; a word of two characters is one token then, and longer ones are several.
namespace casement {

/// The text as comparing sees it: NFKC and case folded, so that ＡＢＣ is abc and ｶﾅ is カナ.
QString foldForSearch(QStringView text);

/// Whether foldForSearch() would only make A to Z small. False where it can't be told quickly.
bool isFoldedButForCase(std::string_view utf8);

/// The tokens of a text for the index, separated by spaces. Every character of writing without spaces begins
/// a token, so a single one is found as a prefix.
QString indexTokens(QStringView text);

/// A query: what the index is asked, and what a hit must really contain.
struct SearchQuery
{
    QString match; ///< an FTS5 expression; empty when the query has nothing that is indexed (only `%` …): scan then
    QStringList words; ///< folded, each stands in every hit

    bool isEmpty() const { return words.isEmpty(); }
    /// Whether a folded text has all words.
    bool matches(const QString &foldedText) const;
};

/// Takes everything literally: quotes, `AND`, `*` and the like are text. Words are separated by spaces (U+3000, too).
/// Words of letters are found from their beginning on: `time` finds `timeout`, but not `uptime`.
SearchQuery parseSearch(QStringView typed);

/// Some words around the first place where one of the query's words stands, in one line, with … where text was left
/// out.
QString excerpt(const QString &text, const SearchQuery &query, qsizetype length = 140);

} // namespace casement
