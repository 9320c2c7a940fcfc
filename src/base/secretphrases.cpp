#include "base/secretscanner.h"

#include <algorithm>
#include <array>

namespace casement {

using namespace secretforms;
using Kind = SecretFinding::Kind;

/// How people and command lines tell a password without a sign between its name and itself. What is only talked about
/// looks much the same, so each of these wants more than a name: a letter and a digit, and the end of the sentence.
namespace {

constexpr TellingName password{u"password", Kind::Password};
constexpr size_t longestOption = 64;
constexpr size_t nameBefore = 32; // looked back at for a name
constexpr size_t commandBefore = 200; // and for a command, on its line

/// What passwords are kept and sent with: its name has letters and digits, too.
bool namesAlgorithm(Units value)
{
    constexpr std::array<Units, 15> names{{u"base64", u"base32", u"sha", u"md5", u"aes", u"bcrypt", u"scrypt", u"argon",
                                           u"pbkdf", u"utf", u"rc4", u"rsa", u"oauth", u"http", u"pkcs"}};
    return std::any_of(names.begin(), names.end(), [value](Units name) { return startsWithIgnoringCase(value, name); });
}

bool isMixed(Units value)
{
    return std::any_of(value.begin(), value.end(), isDigit) && std::any_of(value.begin(), value.end(), isLetter)
        && !namesAlgorithm(value);
}

/// What may stand behind a password that a sentence tells.
bool endsSentence(Units rest)
{
    constexpr std::array<Units, 10> ends{
        {u"です", u"でした", u"でございます", u"。", u"、", u"」", u"となります", u"になります", u"，", u"．"}};
    return rest.empty() || isLineEnd(rest.front())
        || std::any_of(ends.begin(), ends.end(), [rest](Units end) { return rest.starts_with(end); });
}

/// Whether a line holds one of these commands, and nothing that ends it.
bool runs(Units line, std::initializer_list<Units> commands)
{
    if (const size_t cut = line.find_last_of(u"|;&\n\r"); cut != Units::npos)
        line.remove_prefix(cut + 1);
    return std::any_of(commands.begin(), commands.end(), [line](Units command) {
        const size_t found = line.find(command);
        return found != Units::npos && (found == 0 || !isWordUnit(line[found - 1]));
    });
}

} // namespace

/// `パスワードは hunter22 です`, `密码是 hunter22`
void SecretScanner::told(size_t from, size_t nameEnd)
{
    const TellingName *name = tellingName(part(nameEnd - std::min(nameEnd, nameBefore), nameEnd));
    if (!name || name->kind == Kind::Authorization)
        return;
    from = runEnd(from, isBlank);
    const char16_t open = at(from);
    const char16_t close = open == u'「' ? u'」' : open == u'“' ? u'”' : isQuote(open) ? open : u'\0';
    from += close ? 1 : 0;
    size_t end = runEnd(from, [close](char16_t c) { return isVisibleAscii(c) && c != close; });
    const bool isClosed = close && at(end) == close;
    if (!isClosed) {
        while (end > from && (at(end - 1) == u'.' || at(end - 1) == u','))
            --end;
    }
    const Units rest = m_text.substr(std::min(runEnd(end, isBlank), m_text.size()));
    const bool isEnd = isClosed || endsSentence(rest) || (rest.starts_with(u'.') && !isAlnum(at(end + 1)));
    if (isEnd && isMixed(part(from, end)))
        accept(from, end, *name);
}

/// `the password is hunter22`
void SecretScanner::toldInEnglish(size_t start, size_t end)
{
    const Units verb = part(start, end);
    if ((verb != u"is" && verb != u"was") || !isBlank(before(start)) || !isBlank(at(end)))
        return;
    size_t nameEnd = start;
    while (isBlank(before(nameEnd)))
        --nameEnd;
    told(end, nameEnd);
}

/// `--master-user-password value`
void SecretScanner::option(size_t start)
{
    if (start < m_optionEnd)
        return;
    const size_t end = runEnd(start, [](char16_t c) { return isAlnum(c) || c == u'-'; });
    m_optionEnd = end;
    const size_t from = runEnd(end, isBlank);
    if (from == end || end - start > longestOption || at(from) == u'-')
        return;
    if (const TellingName *name = tellingName(part(start, end)))
        value(from, *name, false);
}

/// `mysql -phunter22`, `sshpass -p hunter22`
void SecretScanner::shortOption(size_t dash)
{
    if (at(dash + 1) != u'p' || !isBlank(before(dash)))
        return;
    const Units line = part(dash - std::min(dash, commandBefore), dash);
    const char16_t next = at(dash + 2);
    if (isBlank(next)) {
        if (runs(line, {u"sshpass"}))
            value(runEnd(dash + 2, isBlank), password, false);
        return;
    }
    if (!runs(line, {u"mysql", u"mariadb", u"sshpass"}))
        return;
    // Its options by their names, with one dash.
    constexpr std::array<Units, 8> others{
        {u"assword", u"ort", u"rotocol", u"lugin", u"rint", u"ager", u"rompt", u"ipe"}};
    const Units rest = m_text.substr(dash + 2);
    if (std::none_of(others.begin(), others.end(), [rest](Units other) { return rest.starts_with(other); }))
        value(dash + 2, password, false);
}

/// An access key id that an input method made wide: ＡＫＩＡ…
void SecretScanner::wideKeyId(size_t start)
{
    constexpr size_t length = 20;
    const auto isWide = [](char16_t c) { return (c >= u'Ａ' && c <= u'Ｚ') || (c >= u'０' && c <= u'９'); };
    const auto isWideLetter = [&](char16_t c) { return isWide(c) || (c >= u'ａ' && c <= u'ｚ'); };
    const Units id = m_text.substr(start, length);
    if (id.size() == length && (id.starts_with(u"ＡＫＩＡ") || id.starts_with(u"ＡＳＩＡ"))
        && std::all_of(id.begin(), id.end(), isWide) && !isWideLetter(before(start))
        && !isWideLetter(at(start + length)))
        add(start, start + length, Kind::AccessKeyId);
}

} // namespace casement
