#include "base/secretscanner.h"

#include <algorithm>
#include <array>
#include <utility>

namespace casement {

using namespace secretforms;
using Kind = SecretFinding::Kind;

namespace {

constexpr size_t longestName = 64; // of a variable, a member, an option, a scheme
constexpr size_t nearEnough = 200; // between a secret key and what tells that it is one
constexpr size_t secretKeyLength = 40;

constexpr bool isDash(char16_t c) { return c == u'-'; }
constexpr bool isUrlUnit(char16_t c) { return isVisibleAscii(c) && c != u'"' && c != u'<' && c != u'>' && c != u'`'; }
constexpr bool isPemLabelUnit(char16_t c) { return isUpper(c) || isDigit(c) || c == u' '; }
constexpr bool isGroupSpace(char16_t c) { return c == u' ' || c == u'\u00a0' || c == u'\u2007' || c == u'\u202f'; }
constexpr bool isOneOf(char16_t c, std::u16string_view units) { return units.find(c) != std::u16string_view::npos; }

/// Lengths of groups of digits as they stand on cards.
using Groups = std::array<size_t, 5>;
constexpr std::array<Groups, 6> groupsOnCards{
    {{4, 4, 4, 4, 3}, {4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}, {4, 3, 3, 3}, {4, 4, 4, 1}}};

/// What stands between BEGIN and END of a private key when it is short: a piece of one, or a word in its place.
bool isShortKey(Units content)
{
    size_t from = 0;
    size_t to = content.size();
    const auto isAround = [](char16_t c) { return isBlank(c) || isLineEnd(c) || c == u'>' || c == u'='; };
    while (from < to && isAround(content[from]))
        ++from;
    while (to > from && isAround(content[to - 1]))
        --to;
    const Units key = content.substr(from, to - from);
    constexpr size_t shortest = 4;
    return key.size() >= shortest && !isPlaceholder(key)
        && std::all_of(key.begin(), key.end(), [](char16_t c) { return isBase64(c) || isLineEnd(c) || isBlank(c); })
        && std::any_of(key.begin(), key.end(), isBase64);
}

/// Whether the query of an address carries a signature or a session token.
bool isSigned(std::u16string_view query)
{
    constexpr size_t npos = std::u16string_view::npos;
    bool hasSignature = false;
    bool namesKey = false;
    for (size_t i = 0; i < query.size(); ++i) {
        if (query[i] != u'?' && query[i] != u'&' && query[i] != u';')
            continue;
        const auto member = query.substr(i + 1, longestName);
        const size_t equals = member.find(u'=');
        if (equals == npos)
            continue;
        const auto is = [name = member.substr(0, equals)](std::u16string_view known) {
            return equalsIgnoringCase(name, known);
        };
        const auto value = member.substr(equals + 1);
        const bool hasValue =
            value.size() >= 6 && !value.starts_with(u"***") && !isOneOf(value.front(), u"<[{$"); // not a placeholder
        if (hasValue && (is(u"x-amz-signature") || is(u"x-amz-security-token") || is(u"x-goog-signature")))
            return true;
        hasSignature |= hasValue && is(u"signature");
        namesKey |= is(u"key-pair-id") || is(u"awsaccesskeyid") || is(u"googleaccessid");
    }
    return hasSignature && namesKey;
}

} // namespace

QList<SecretFinding> SecretScanner::run()
{
    for (size_t i = 0; i < m_text.size();) {
        if (!isAlnum(m_text[i])) {
            mark(i++);
            continue;
        }
        const size_t end = runEnd(i, isAlnum);
        word(afterEscape(i, end), end);
        i = end;
    }
    secretKeys();
    return std::exchange(m_found, {});
}

/// The end of a token, without the full stop of its sentence.
size_t SecretScanner::tokenEnd(size_t from) const
{
    const size_t end = runEnd(from, isTokenUnit);
    return end > from && m_text[end - 1] == u'.' ? end - 1 : end;
}

/// Where a word really begins that stands right behind `%3D`, `\n` or `\u003d`.
size_t SecretScanner::afterEscape(size_t start, size_t end) const
{
    const size_t length = end - start;
    if (before(start) == u'%')
        return length > 2 && isHex(at(start)) && isHex(at(start + 1)) ? start + 2 : start;
    if (before(start) != u'\\' || length < 2)
        return start;
    if (at(start) == u'u')
        return length > 5 && std::all_of(&m_text[start + 1], &m_text[start + 5], isHex) ? start + 5 : start;
    return isOneOf(at(start), u"nrt") ? start + 1 : start;
}

void SecretScanner::add(size_t from, size_t to, Kind kind)
{
    if (from < to)
        m_found.append({qsizetype(from), qsizetype(to - from), kind});
}

void SecretScanner::word(size_t start, size_t end)
{
    const Units text = part(start, end);
    constexpr size_t keyIdLength = 20;
    if (text.size() == keyIdLength && (text.starts_with(u"AKIA") || text.starts_with(u"ASIA"))
        && std::all_of(text.begin(), text.end(), [](char16_t c) { return isUpper(c) || isDigit(c); })) {
        add(start, end, Kind::AccessKeyId);
        m_evidence.push_back(start);
    } else if (isOneOf(text.front(), u"sSaAcC")
               && (startsWithIgnoringCase(text, u"secret") || startsWithIgnoringCase(text, u"accesskey")
                   || startsWithIgnoringCase(text, u"credential"))) {
        m_evidence.push_back(start);
    }
    base64Run(start);
    serviceToken(start);
    if (isDigit(text.front()))
        card(start);
    else if (text.starts_with(u"eyJ"))
        webToken(start);
    else if (text == u"Bearer")
        bearer(end);
    else if (text.size() <= 3)
        toldInEnglish(start, end);
}

/// Whole runs of base64, from their first word.
void SecretScanner::base64Run(size_t start)
{
    if (start < m_base64End)
        return;
    size_t from = start;
    while (from > m_base64End && isOneOf(before(from), u"/+"))
        --from;
    const size_t end = runEnd(start, isBase64);
    m_base64End = end;
    if (isSessionToken(part(start, end))) {
        m_base64End = tokenEnd(start);
        add(start, m_base64End, Kind::SessionToken);
        return;
    }
    if (end - start != secretKeyLength)
        start = from; // a slash in front belongs to it, or to a path
    const bool standsAlone =
        !isOneOf(before(start), u"-_.") && !isOneOf(at(end), u"=-_") && (at(end) != u'.' || !isAlnum(at(end + 1)));
    if (end - start == secretKeyLength && standsAlone)
        m_candidates.push_back(start);
}

void SecretScanner::serviceToken(size_t start)
{
    if (start < m_tokenEnd)
        return;
    if (const size_t length = servicePrefixedEnd(m_text.substr(start))) {
        m_tokenEnd = start + length;
        add(start, m_tokenEnd, Kind::ServiceToken);
    }
}

void SecretScanner::webToken(size_t start)
{
    if (start < m_webTokenEnd)
        return;
    const size_t headerEnd = runEnd(start, isBase64Url);
    m_webTokenEnd = headerEnd;
    if (at(headerEnd) != u'.')
        return;
    constexpr size_t longestHeader = 4096;
    const QStringView header(&m_text[start], qsizetype(std::min(headerEnd - start, longestHeader)));
    if (!QByteArray::fromBase64(header.toLatin1(), QByteArray::Base64UrlEncoding).contains("\"alg\""))
        return;
    size_t end = headerEnd;
    int parts = 1; // three when signed, five when encrypted
    for (; parts < 5 && at(end) == u'.'; ++parts)
        end = runEnd(end + 1, isBase64Url);
    m_webTokenEnd = end;
    if (parts > 3 && before(end) == u'.')
        --end; // the sentence's
    if (parts >= 3)
        add(start, end, Kind::WebToken);
}

/// The word "Bearer" with something behind it that is no word.
void SecretScanner::bearer(size_t wordEnd)
{
    const size_t from = runEnd(wordEnd, isBlank);
    if (from == wordEnd || from < m_bearerEnd)
        return;
    const size_t end = tokenEnd(from);
    m_bearerEnd = end;
    constexpr size_t shortest = 16;
    const Units token = part(from, end);
    if (token.size() >= shortest && std::any_of(token.begin(), token.end(), isDigit))
        add(from, end, Kind::Authorization);
}

/// A card's number stands for itself, so that no part of a case's id, an ARN, a UUID or a path is taken for one: no
/// letter, dash, slash or other binding character touches it. Its digits stand together, or in a card's groups with
/// the same separator between them.
void SecretScanner::card(size_t start)
{
    if (start < m_cardEnd)
        return;
    struct Group
    {
        size_t from;
        size_t to;
    };
    constexpr size_t mostGroups = 8;
    std::array<Group, mostGroups> groups{};
    size_t count = 0;
    size_t end = start;
    char16_t separator = u'\0';
    for (;;) {
        const size_t groupEnd = runEnd(end, isDigit);
        if (count < mostGroups)
            groups[count] = {end, groupEnd};
        ++count;
        end = groupEnd;
        const char16_t next = at(end);
        if ((next != u'-' && !isGroupSpace(next)) || !isDigit(at(end + 1)) || (separator && next != separator))
            break;
        separator = next;
        ++end;
    }
    m_cardEnd = end;
    if (count > mostGroups)
        return; // a row of numbers

    const auto standsAlone = [this](size_t from, size_t to) {
        const char16_t previous = before(from);
        const char16_t next = at(to);
        return !isAlnum(previous) && !isOneOf(previous, u"-_/.+#@") && !isAlnum(next) && !isOneOf(next, u"-_+#@=")
            && (next != u'.' || !isAlnum(at(to + 1))) && (previous != u':' || next != u':');
    };
    const auto tryFrom = [&](size_t first, size_t groupCount) {
        const size_t from = groups[first].from;
        const size_t to = groups[first + groupCount - 1].to;
        const bool isCard = standsAlone(from, to) && isCardNumber(part(from, to));
        if (isCard)
            add(from, to, Kind::CardNumber);
        return isCard;
    };
    const auto lengthOf = [&](size_t group) { return groups[group].to - groups[group].from; };
    for (size_t first = 0; first < count; ++first) {
        if (lengthOf(first) >= 13) { // never more than 19: then it is not issued
            tryFrom(first, 1);
            continue;
        }
        for (const Groups &wanted : groupsOnCards) {
            const size_t length = size_t(std::find(wanted.begin(), wanted.end(), size_t(0)) - wanted.begin());
            const size_t after = first + length;
            bool fits = after <= count && (first == 0 || lengthOf(first - 1) < 4) // else it is a row of numbers
                && (after == count || lengthOf(after) < 4);
            for (size_t i = 0; fits && i < length; ++i)
                fits = lengthOf(first + i) == wanted[i];
            if (fits && tryFrom(first, length)) {
                first = after - 1;
                break;
            }
        }
    }
}

/// What is not a letter or a digit of ASCII.
void SecretScanner::mark(size_t i)
{
    switch (m_text[i]) {
    case u':':
        if (at(i + 1) == u'/' && at(i + 2) == u'/')
            url(i);
        else
            assignment(i);
        break;
    case u'=':
    case u'：':
    case u'＝':
        assignment(i);
        break;
    case u'>':
        element(i);
        break;
    case u'-':
        if (before(i) == u'-')
            break;
        if (at(i + 1) != u'-')
            shortOption(i);
        else if (isLetter(at(i + 2)))
            option(i + 2);
        else
            pem(i);
        break;
    case u'は':
    case u'是':
    case u'为':
    case u'為':
        told(i + 1, i);
        break;
    case u'Ａ':
        wideKeyId(i);
        break;
    case u'シ':
    case u'ア':
        if (m_text.substr(i).starts_with(u"シークレット") || m_text.substr(i).starts_with(u"アクセスキー"))
            m_evidence.push_back(i);
        break;
    default:
        break;
    }
}

/// `name = value`, `"name": "value"`, `name => value`, `名前：value`
void SecretScanner::assignment(size_t i)
{
    constexpr size_t widestGap = 24; // of columns that are aligned
    const size_t first = i - std::min(i, widestGap);
    size_t nameEnd = i;
    while (nameEnd > first && (isBlank(before(nameEnd)) || isOneOf(before(nameEnd), u"\"'`\\])")))
        --nameEnd;
    const TellingName *name = tellingName(part(nameEnd - std::min(nameEnd, longestName), nameEnd));
    if (!name)
        return;
    const bool isColon = m_text[i] == u':' || m_text[i] == u'：';
    value(runEnd(at(i + 1) == u'>' || at(i + 1) == u'=' ? i + 2 : i + 1, isBlank), *name, isColon);
}

/// `<password>value</password>`
void SecretScanner::element(size_t i)
{
    size_t nameStart = i;
    while (i - nameStart < longestName && isWordUnit(before(nameStart)))
        --nameStart;
    const TellingName *name = before(nameStart) == u'<' ? tellingName(part(nameStart, i)) : nullptr;
    if (!name || i < m_valueEnd)
        return;
    const size_t end = runEnd(i + 1, [](char16_t c) { return isVisibleAscii(c) && c != u'<'; });
    m_valueEnd = end;
    if (at(end) == u'<' && at(end + 1) == u'/')
        accept(i + 1, end, *name);
}

void SecretScanner::value(size_t from, const TellingName &name, bool isColon)
{
    if (from < m_valueEnd)
        return;
    if (name.kind == Kind::Authorization)
        return authorization(from);
    const bool isEscaped = at(from) == u'\\' && isQuote(at(from + 1)); // JSON within JSON
    if (isEscaped)
        ++from;
    if (isQuote(at(from)) || at(from) == u'「') {
        const char16_t close = at(from) == u'「' ? u'」' : at(from);
        const size_t end = runEnd(from + 1, [close](char16_t c) { return isVisibleAscii(c) && c != close; });
        m_valueEnd = end;
        if (at(end) == close) // words in quotes are prose
            accept(from + 1, isEscaped && before(end) == u'\\' ? end - 1 : end, name);
        return;
    }
    size_t end = from;
    while (isVisibleAscii(at(end)) && !isQuote(at(end)) && !startsNextMember(end))
        ++end;
    m_valueEnd = end;
    constexpr int mostPunctuation = 4; // of the sentence or the list around it
    for (int i = 0; i < mostPunctuation && end > from && isOneOf(before(end), u",;:.)]}"); ++i) {
        if (isOpenedWithin(from, end - 1))
            break;
        --end;
    }
    // "password: please reset it" is prose; "passwd: hunter22", or a word that ends its line, is not.
    const Units text = part(from, end);
    const size_t rest = runEnd(end, isBlank);
    if (isColon && std::all_of(text.begin(), text.end(), isLetter) && isAlnum(at(rest)))
        return;
    accept(from, end, name);
}

/// What follows `Authorization:`. A Signature Version 4 header holds no secret: its signature is good for one request
/// and a few minutes.
void SecretScanner::authorization(size_t from)
{
    if (isQuote(at(from)))
        ++from;
    const size_t schemeEnd = runEnd(from, isAlnum);
    const Units scheme = part(from, schemeEnd);
    constexpr std::array<Units, 4> schemes{{u"bearer", u"basic", u"token", u"apikey"}};
    const bool isKnown = std::any_of(schemes.begin(), schemes.end(),
                                     [scheme](Units known) { return equalsIgnoringCase(scheme, known); });
    if (!isKnown && startsWithIgnoringCase(scheme, u"aws"))
        return;
    const size_t start = isKnown ? runEnd(schemeEnd, isBlank) : from;
    const size_t end = tokenEnd(start);
    m_valueEnd = end;
    const Units token = part(start, end);
    const size_t shortest = isKnown ? 6 : 20;
    const bool isWord = std::none_of(token.begin(), token.end(), [](char16_t c) { return isDigit(c) || c == u'='; })
        && std::all_of(token.begin() + (token.empty() ? 0 : 1), token.end(), [](char16_t c) { return !isUpper(c); });
    if (token.size() >= shortest && !isWord && !isPlaceholder(token))
        add(start, end, Kind::Authorization);
}

void SecretScanner::accept(size_t from, size_t to, const TellingName &name)
{
    constexpr size_t shortest = 6;
    constexpr size_t shortestOfAws = 16;
    const auto isAwsUnit = [](char16_t c) { return isBase64(c) || isOneOf(c, u"=%-_"); };
    const Units text = part(from, to);
    if (text.size() < shortest || isPlaceholder(text))
        return;
    if (name.kind == Kind::PresignedUrl && !std::all_of(text.begin(), text.end(), isHex))
        return;
    // Of these it is known what they are made of; `session_token=credentials.token` is a program's text.
    if ((name.kind == Kind::SecretAccessKey || name.kind == Kind::SessionToken)
        && (text.size() < shortestOfAws || !std::all_of(text.begin(), text.end(), isAwsUnit)))
        return;
    const bool isSecretKey =
        name.end == u"secretkey" && text.size() == secretKeyLength && std::all_of(text.begin(), text.end(), isBase64);
    add(from, to, isSecretKey ? Kind::SecretAccessKey : name.kind);
}

/// Whether a separator stands here with another name behind it: `&user=`, `;Server=`, `,"user":`
bool SecretScanner::startsNextMember(size_t i) const
{
    if (!isOneOf(m_text[i], u"&;,"))
        return false;
    size_t end = i + 1;
    while (end - i < longestName && (isWordUnit(at(end)) || isOneOf(at(end), u"-.")))
        ++end;
    return isQuote(at(i + 1)) || (end > i + 1 && isOneOf(at(end), u"=:"));
}

bool SecretScanner::isOpenedWithin(size_t from, size_t bracket) const
{
    const char16_t close = m_text[bracket];
    const char16_t open = close == u')' ? u'(' : close == u']' ? u'[' : close == u'}' ? u'{' : u'\0';
    return open && part(from, std::min(bracket, from + longestName)).find(open) != Units::npos;
}

/// `scheme://user:password@host`, and addresses that are signed.
void SecretScanner::url(size_t colon)
{
    size_t start = colon;
    while (colon - start < longestName && (isAlnum(before(start)) || isOneOf(before(start), u"+")))
        --start;
    if (start == colon)
        return;
    const size_t host = colon + 3;
    const size_t hostEnd = runEnd(host, [](char16_t c) { return isUrlUnit(c) && !isOneOf(c, u"/?#\\"); });
    const Units authority = part(host, hostEnd);
    const size_t password = authority.find(u':') + 1;
    const size_t passwordEnd = authority.rfind(u'@');
    if (password > 0 && passwordEnd != Units::npos && password < passwordEnd
        && !isPlaceholder(authority.substr(password, passwordEnd - password)))
        add(host + password, host + passwordEnd, Kind::UrlPassword);

    if (start < m_urlEnd)
        return; // an address within another
    size_t end = runEnd(hostEnd, isUrlUnit);
    m_urlEnd = end;
    const size_t query = part(hostEnd, end).find(u'?');
    if (query == Units::npos || !isSigned(part(hostEnd + query, end)))
        return;
    while (isOneOf(before(end), u".,;:!)]}'\\"))
        --end; // the sentence's
    add(start, end, Kind::PresignedUrl);
}

/// `-----BEGIN … PRIVATE KEY-----` to its END, to the next block, or to the end of the text. Where no line of a key
/// follows it is only talked about.
void SecretScanner::pem(size_t dashes)
{
    if (dashes < m_pemEnd)
        return;
    const size_t begin = runEnd(runEnd(dashes, isDash), isBlank);
    if (!m_text.substr(begin).starts_with(u"BEGIN "))
        return;
    size_t labelEnd = begin;
    while (labelEnd - begin < longestName && isPemLabelUnit(at(labelEnd)))
        ++labelEnd;
    if (part(begin, labelEnd).find(u"PRIVATE KEY") == Units::npos || at(labelEnd) != u'-')
        return;

    const size_t body = runEnd(labelEnd, isDash);
    size_t bodyEnd = body; // the dashes of the next BEGIN or END
    size_t next = body;
    for (;;) {
        bodyEnd = std::min(m_text.find(u"--", next), m_text.size());
        next = runEnd(runEnd(bodyEnd, isDash), isBlank);
        const Units following = m_text.substr(std::min(next, m_text.size()));
        if (following.empty() || following.starts_with(u"BEGIN ") || following.starts_with(u"END "))
            break;
    }
    m_pemEnd = bodyEnd;
    constexpr size_t shortLine = 16;
    size_t longest = 0;
    for (size_t i = body; i < bodyEnd && longest < shortLine;) {
        const size_t end = runEnd(i, isBase64);
        longest = std::max(longest, end - i);
        i = end + 1;
    }
    const bool isEnded = m_text.substr(std::min(next, m_text.size())).starts_with(u"END ");
    if (longest < shortLine && !(isEnded && isShortKey(part(body, bodyEnd))))
        return;
    size_t end = bodyEnd;
    if (isEnded) {
        end = runEnd(runEnd(next, isPemLabelUnit), isDash);
    } else {
        while (isBlank(before(end)) || isLineEnd(before(end)))
            --end;
    }
    m_pemEnd = end;
    add(dashes, end, Kind::PrivateKey);
}

/// Whether nothing else stands on its line.
bool SecretScanner::isALine(size_t from, size_t to) const
{
    while (isBlank(before(from)) || isQuote(before(from)))
        --from;
    while (isBlank(at(to)) || isQuote(at(to)))
        ++to;
    return (from == 0 || isLineEnd(before(from))) && (to >= m_text.size() || isLineEnd(at(to)));
}

/// Whether what stands in front, on the same line, says that it is a checksum or an id.
bool SecretScanner::isDigest(size_t start) const
{
    constexpr size_t furthest = 40;
    size_t from = start;
    while (from > 0 && start - from < furthest && !isLineEnd(m_text[from - 1]))
        --from;
    QString front = QString::fromUtf16(m_text.data() + from, qsizetype(start - from)).toLower();
    constexpr std::array words{u"digest",     u"sha",         u"hash",         u"checksum",    u"integrity",
                               u"etag",       u"md5",         u"request",      u"-id",         u" id",
                               u"nonce",      u"fingerprint", u"version",      u"nexttoken",   u"next_token",
                               u"next-token", u"paginat",     u"continuation", u"startingtok", u"starting-t",
                               u"cursor",     u"marker"};
    return std::any_of(words.begin(), words.end(),
                       [&front](const char16_t *word) { return front.contains(QStringView(word)); });
}

/// Whether it is the last line of base64 that is wrapped, as of a certificate or a picture, also where that is quoted.
bool SecretScanner::endsABlock(size_t start) const
{
    constexpr size_t narrowest = 48;
    constexpr size_t widest = 80; // a session token on one line is longer
    const auto isAround = [](char16_t c) { return isBlank(c) || isQuote(c) || c == u'>'; };
    while (isAround(before(start)))
        --start;
    size_t end = start;
    while (isLineEnd(before(end)) || (end < start && isAround(before(end))))
        --end;
    size_t from = end;
    while (from > 0 && end - from <= widest && isBase64(before(from)))
        --from;
    return end < start && end - from >= narrowest && end - from <= widest;
}

/// Forty units of base64 are a secret access key when they look like one and something near tells so, or when they can
/// hardly be anything else.
void SecretScanner::secretKeys()
{
    for (const size_t start : m_candidates) {
        const auto next = std::lower_bound(m_evidence.begin(), m_evidence.end(), start);
        const bool isTold = (next != m_evidence.end() && *next - start <= nearEnough)
            || (next != m_evidence.begin() && start - *std::prev(next) <= nearEnough);
        const size_t end = start + secretKeyLength;
        const Units key = part(start, end);
        if (looksDrawnByLot(key)
            && (isTold
                || (isSecretKeyItself(key, isALine(start, end)) && !isDigest(start) && !isCut(end)
                    && !endsABlock(start))))
            add(start, end, Kind::SecretAccessKey);
    }
}

} // namespace casement
