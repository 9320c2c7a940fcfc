#include "base/secretforms.h"

#include <algorithm>
#include <array>
#include <utility>

namespace casement::secretforms {

namespace {

using Kind = SecretFinding::Kind;

/// Tokens that their makers marked with a prefix, as published for scanners like this one.
struct TokenForm
{
    Units prefix;
    size_t shortest; ///< of what follows
    bool (*isUnit)(char16_t);
};

constexpr std::array<TokenForm, 39> tokenForms{{
    {u"AIza", 35, isBase64Url}, // Google
    {u"ATATT3", 60, isTokenUnit}, // Atlassian
    {u"EAACEdEose0cBA", 20, isAlnum}, // Facebook
    {u"GOCSPX-", 24, isBase64Url}, // Google
    {u"SG.", 60, isTokenUnit}, // SendGrid
    {u"dapi", 32, isHex}, // Databricks
    {u"dckr_pat_", 20, isBase64Url}, // Docker
    {u"dop_v1_", 64, isHex}, // DigitalOcean
    {u"ghp_", 36, isAlnum}, // GitHub
    {u"gho_", 36, isAlnum},
    {u"ghu_", 36, isAlnum},
    {u"ghs_", 36, isAlnum},
    {u"ghr_", 36, isAlnum},
    {u"github_pat_", 36, isWordUnit},
    {u"glpat-", 20, isBase64Url}, // GitLab
    {u"gldt-", 20, isBase64Url},
    {u"glrt-", 20, isBase64Url},
    {u"hf_", 34, isAlnum}, // Hugging Face
    {u"hvs.", 24, isBase64Url}, // HashiCorp Vault
    {u"npm_", 36, isAlnum},
    {u"pypi-AgE", 50, isBase64Url},
    {u"rk_live_", 16, isAlnum}, // Stripe
    {u"rk_test_", 16, isAlnum},
    {u"rubygems_", 48, isHex},
    {u"shpat_", 32, isHex}, // Shopify
    {u"shpss_", 32, isHex},
    {u"sk-ant-", 40, isBase64Url},
    {u"sk-proj-", 40, isBase64Url},
    {u"sk_live_", 16, isAlnum}, // Stripe
    {u"sk_test_", 16, isAlnum},
    {u"whsec_", 24, isBase64},
    {u"xapp-", 20, isBase64Url}, // Slack
    {u"xoxa-", 20, isBase64Url},
    {u"xoxb-", 20, isBase64Url},
    {u"xoxe-", 20, isBase64Url},
    {u"xoxp-", 20, isBase64Url},
    {u"xoxr-", 20, isBase64Url},
    {u"xoxs-", 20, isBase64Url},
    {u"ya29.", 30, isBase64Url}, // Google
}};

/// Beginnings of what AWS's Security Token Service hands out.
constexpr std::array<Units, 4> sessionTokenStarts{{u"IQoJb3JpZ2lu", u"FwoGZXIvYXdz", u"FQoGZXIvYXdz", u"AQoDYXdz"}};

constexpr std::array<TellingName, 31> tellingNames{{
    {u"secretaccesskey", Kind::SecretAccessKey},
    {u"awssecretkey", Kind::SecretAccessKey},
    {u"sessiontoken", Kind::SessionToken},
    {u"securitytoken", Kind::SessionToken},
    {u"xamzsignature", Kind::PresignedUrl},
    {u"xgoogsignature", Kind::PresignedUrl},
    {u"authorization", Kind::Authorization},
    {u"password", Kind::Password},
    {u"passwd", Kind::Password},
    {u"passphrase", Kind::Password},
    {u"passwort", Kind::Password},
    {u"pwd", Kind::Password},
    {u"secretkey", Kind::Password},
    {u"clientsecret", Kind::Password},
    {u"appsecret", Kind::Password},
    {u"sharedsecret", Kind::Password},
    {u"presharedkey", Kind::Password}, // what a VPN connection's configuration is full of
    {u"apikey", Kind::Password},
    {u"accesstoken", Kind::Password},
    {u"refreshtoken", Kind::Password},
    {u"authtoken", Kind::Password},
    {u"apitoken", Kind::Password},
    {u"パスワード", Kind::Password},
    {u"パスフレーズ", Kind::Password},
    {u"暗証番号", Kind::Password},
    {u"密码", Kind::Password},
    {u"密碼", Kind::Password},
    {u"口令", Kind::Password},
    {u"シークレットキー", Kind::Password},
    {u"シークレットアクセスキー", Kind::SecretAccessKey},
    {u"事前共有キー", Kind::Password},
}};

/// Whether it is where a program has a secret from: $PASSWORD, args.db_password, getenv("PASSWORD"), credentials[1].
bool isCode(Units value)
{
    const auto isPathUnit = [](char16_t c) { return isWordUnit(c) || c == u'.' || c == u':'; };
    const bool isMarked = value.front() == u'$' || value.front() == u'!'; // !GetAtt is CloudFormation's
    const Units path = value.substr(isMarked ? 1 : 0);
    const auto pathEnd = std::find_if_not(path.begin(), path.end(), isPathUnit);
    if (pathEnd == path.end()) {
        const bool isDotted = path.find(u'.') != Units::npos && std::none_of(path.begin(), path.end(), isDigit);
        return isMarked || isDotted || tellingName(path);
    }
    const Units rest = path.substr(size_t(pathEnd - path.begin()));
    if (isMarked && rest.starts_with(u"->"))
        return true;
    const bool isOpen = rest.front() == u'(' || rest.front() == u'[';
    const char16_t close = rest.front() == u'(' ? u')' : u']';
    return isOpen && rest.size() < value.size() && (rest.back() == close || rest.find(close) == Units::npos);
}

bool passesLuhn(Units number)
{
    int sum = 0;
    bool isSecond = false;
    for (auto c = number.rbegin(); c != number.rend(); ++c) {
        if (!isDigit(*c))
            continue;
        const int digit = *c - u'0';
        sum += isSecond ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit;
        isSecond = !isSecond;
    }
    return sum % 10 == 0;
}

/// Whether the first six digits are of a range that is issued, and the length is one of its lengths. Nothing that AWS
/// numbers starts like that: account ids have 12 digits, display ids 10, 11 or 15 of which the first is 1, times in
/// milli-, micro- and nanoseconds start with 1, dates with 20.
bool isIssued(int six, size_t digits)
{
    const auto from = [six](int first, int last, int places) {
        int unit = 1;
        for (int i = places; i < 6; ++i)
            unit *= 10;
        return six / unit >= first && six / unit <= last;
    };
    if (from(4, 4, 1)) // Visa
        return digits == 13 || digits == 16 || digits == 19;
    if (from(51, 55, 2) || from(2221, 2720, 4)) // Mastercard
        return digits == 16;
    if (from(34, 34, 2) || from(37, 37, 2)) // American Express
        return digits == 15;
    if (from(300, 305, 3) || from(3095, 3095, 4) || from(36, 36, 2) || from(38, 39, 2)) // Diners Club
        return digits == 14 || digits == 16;
    if (from(3528, 3589, 4) || from(6011, 6011, 4) || from(644, 659, 3) || from(62, 62, 2)) // JCB, Discover, UnionPay
        return digits >= 16 && digits <= 19;
    return digits >= 13 && digits <= 19 // Maestro
        && (from(5018, 5018, 4) || from(5020, 5020, 4) || from(5038, 5038, 4) || from(5893, 5893, 4)
            || from(6304, 6304, 4) || from(6759, 6763, 4));
}

} // namespace

bool equalsIgnoringCase(Units text, Units lowerCase)
{
    return std::equal(text.begin(), text.end(), lowerCase.begin(), lowerCase.end(),
                      [](char16_t a, char16_t b) { return lower(a) == b; });
}

bool startsWithIgnoringCase(Units text, Units lowerCase)
{
    return equalsIgnoringCase(text.substr(0, lowerCase.size()), lowerCase);
}

size_t servicePrefixedEnd(Units text)
{
    static constexpr auto isFirst = [] {
        std::array<bool, 128> first{};
        for (const TokenForm &form : tokenForms)
            first[form.prefix.front()] = true;
        return first;
    }();
    if (text.empty() || text.front() >= 128 || !isFirst[text.front()])
        return 0;
    for (const TokenForm &form : tokenForms) {
        if (!text.starts_with(form.prefix))
            continue;
        size_t end = form.prefix.size();
        while (end < text.size() && form.isUnit(text[end]))
            ++end;
        if (end >= form.prefix.size() + form.shortest)
            return end;
    }
    return 0;
}

bool isSessionToken(Units base64)
{
    constexpr size_t shortest = 60;
    return base64.size() >= shortest
        && std::any_of(sessionTokenStarts.begin(), sessionTokenStarts.end(),
                       [&](Units start) { return base64.starts_with(start); });
}

const TellingName *tellingName(Units text)
{
    static constexpr auto isLast = [] { // most names tell nothing, and are not looked at again
        std::array<bool, 128> last{};
        for (const TellingName &name : tellingNames) {
            if (name.end.back() < 128)
                last[name.end.back()] = true;
        }
        return last;
    }();
    if (text.empty() || (text.back() < 128 && !isLast[lower(text.back())]))
        return nullptr;
    const auto isGap = [](char16_t c) { return c == u'_' || c == u'-' || c == u'.' || c == u' '; };
    const auto endsWith = [&](Units name) {
        size_t at = text.size();
        for (auto wanted = name.rbegin(); wanted != name.rend(); ++wanted) {
            if (wanted != name.rbegin() && at > 0 && isGap(text[at - 1]))
                --at;
            if (at == 0 || lower(text[--at]) != *wanted)
                return false;
        }
        return true;
    };
    const auto found = std::find_if(tellingNames.begin(), tellingNames.end(),
                                    [&](const TellingName &name) { return endsWith(name.end); });
    return found == tellingNames.end() ? nullptr : &*found;
}

/// Whether something stands for a secret rather than being one.
bool isPlaceholder(Units value)
{
    if (value.empty() || value.find_first_not_of(value.front()) == Units::npos)
        return true; // ********, xxxxxxxx
    constexpr std::array<Units, 15> words{{u"redacted", u"hidden", u"masked", u"removed", u"omitted", u"required",
                                           u"optional", u"expired", u"incorrect", u"invalid", u"missing", u"string",
                                           u"unknown", u"undefined", u"changed"}};
    if (std::any_of(words.begin(), words.end(), [&](Units word) { return equalsIgnoringCase(value, word); }))
        return true;
    const char16_t first = value.front();
    const char16_t last = value.back();
    const bool isEnclosed =
        (first == u'[' && last == u']') || (first == u'%' && last == u'%') || (first == u'(' && last == u')');
    if (isEnclosed || first == u'<' || first == u'{' || value.starts_with(u"${") || value.starts_with(u"$(")
        || value.starts_with(u"arn:") || value.find(u"***") != Units::npos)
        return true;
    if (first == u'/' && value.find(u'/', 1) != Units::npos)
        return true; // a path
    return isCode(value);
}

bool looksDrawnByLot(Units fortyUnits)
{
    const auto sort = [](char16_t c) { return isUpper(c) ? 0 : isLower(c) ? 1 : isDigit(c) ? 2 : 3; };
    std::array<int, 4> counts{};
    int changes = 0;
    for (size_t i = 0; i < fortyUnits.size(); ++i) {
        ++counts[size_t(sort(fortyUnits[i]))];
        changes += i > 0 && sort(fortyUnits[i]) != sort(fortyUnits[i - 1]);
    }
    constexpr int fewest = 14; // by lot it is 25 ± 3
    constexpr int mostSlashes = 5; // by lot it is 1 ± 1; in a path many
    return changes >= fewest && counts[0] > 0 && counts[1] > 0 && counts[3] <= mostSlashes;
}

bool isSecretKeyItself(Units fortyUnits, bool isALine)
{
    std::array<bool, 128> seen{};
    int kinds = 0; // of characters; by lot it is 30 of 64
    int digits = 0; // by lot 6
    int signs = 0; // by lot 1
    int slashes = 0;
    size_t word = 0;
    size_t longestWord = 0; // of small letters; by lot 4
    for (const char16_t c : fortyUnits) {
        kinds += std::exchange(seen[c], true) ? 0 : 1;
        digits += isDigit(c);
        signs += c == u'/' || c == u'+';
        slashes += c == u'/';
        word = isLower(c) ? word + 1 : 0;
        longestWord = std::max(longestWord, word);
    }
    constexpr int fewestKinds = 20;
    constexpr size_t mostInAWord = 6;
    return kinds >= fewestKinds && digits > 0 && (isALine || signs > 0) && slashes <= 3 && longestWord <= mostInAWord
        && !std::all_of(fortyUnits.begin(), fortyUnits.end(), isHex);
}

bool isCardNumber(Units number)
{
    int six = 0;
    size_t digits = 0;
    for (const char16_t c : number) {
        if (isDigit(c) && ++digits <= 6)
            six = six * 10 + (c - u'0');
    }
    return isIssued(six, digits) && passesLuhn(number);
}

} // namespace casement::secretforms
