#pragma once

#include "base/secretscan.h"

#include <string_view>

/// The forms that secrets have: prefixes, names, number ranges. For SecretScanner.
namespace casement::secretforms {

using Units = std::u16string_view;

constexpr bool isDigit(char16_t c) { return c >= u'0' && c <= u'9'; }
constexpr bool isUpper(char16_t c) { return c >= u'A' && c <= u'Z'; }
constexpr bool isLower(char16_t c) { return c >= u'a' && c <= u'z'; }
constexpr bool isLetter(char16_t c) { return isUpper(c) || isLower(c); }
constexpr bool isAlnum(char16_t c) { return isLetter(c) || isDigit(c); }
constexpr bool isWordUnit(char16_t c) { return isAlnum(c) || c == u'_'; }
constexpr bool isHex(char16_t c) { return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F'); }
constexpr bool isBase64(char16_t c) { return isAlnum(c) || c == u'+' || c == u'/'; }
constexpr bool isBase64Url(char16_t c) { return isAlnum(c) || c == u'-' || c == u'_'; }
constexpr bool isTokenUnit(char16_t c) { return isBase64(c) || isBase64Url(c) || c == u'=' || c == u'.' || c == u'~'; }
constexpr bool isBlank(char16_t c) { return c == u' ' || c == u'\t' || c == u'\u3000' || c == u'\u00a0'; }
constexpr bool isLineEnd(char16_t c) { return c == u'\n' || c == u'\r' || c == u'\u2028' || c == u'\u2029'; }
constexpr bool isVisibleAscii(char16_t c) { return c > u' ' && c < 0x7f; }
constexpr bool isQuote(char16_t c) { return c == u'"' || c == u'\'' || c == u'`'; }
constexpr char16_t lower(char16_t c) { return isUpper(c) ? char16_t(c | 0x20) : c; }

bool equalsIgnoringCase(Units text, Units lowerCase);
bool startsWithIgnoringCase(Units text, Units lowerCase);

/// The end of a token with a published prefix that starts the text (ghp_…, xoxb-…); 0 when there is none. Never looks
/// much further than it answers.
size_t servicePrefixedEnd(Units text);

/// Whether it begins like what AWS's Security Token Service hands out.
bool isSessionToken(Units base64);

/// The end of a name whose value is a secret: `DB_PASSWORD`, `"SecretAccessKey`, `お客様のパスワード`.
struct TellingName
{
    Units end; ///< letters and digits in lower case, whatever stands between them
    SecretFinding::Kind kind;
};

/// What a text before a value ends with; null when it tells nothing. Looks at its last few characters.
const TellingName *tellingName(Units text);

/// Whether something stands for a secret rather than being one.
bool isPlaceholder(Units value);

/// Whether a run of base64 looks as if drawn by lot. Names made of words change less often between upper case, lower
/// case and digits, and a git hash has never both cases.
bool looksDrawnByLot(Units fortyUnits);
/// Whether it is one that nothing near has to tell of: no hexadecimal number, no path and no list of words. Within a
/// line it must have a sign as well, which names have not.
bool isSecretKeyItself(Units fortyUnits, bool isALine);

/// Whether digits (others are skipped) are of a range of card numbers that is issued, in one of its lengths, and their
/// check digit is right (Luhn).
bool isCardNumber(Units number);

} // namespace casement::secretforms
