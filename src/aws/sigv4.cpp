#include "aws/sigv4.h"

#include <QVarLengthArray>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <chrono>
#include <cstring>

namespace casement::sigv4 {

namespace {

using Digest = SigningKeyCache::Key;

// Fetching an algorithm and making a context cost more than hashing a short text, so each thread keeps them.
struct Hasher
{
    Hasher() : algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context(EVP_MD_CTX_new())
    {
        EVP_DigestInit_ex2(context, algorithm, nullptr);
    }
    ~Hasher()
    {
        EVP_MD_CTX_free(context);
        EVP_MD_free(algorithm);
    }
    Q_DISABLE_COPY_MOVE(Hasher)

    void begin() { EVP_DigestInit_ex2(context, nullptr, nullptr); } // the same algorithm again
    void add(const void *data, qsizetype size) { EVP_DigestUpdate(context, data, size_t(size)); }
    void add(QByteArrayView data) { add(data.data(), data.size()); }
    Digest end()
    {
        Digest digest;
        EVP_DigestFinal_ex(context, digest.data(), nullptr);
        return digest;
    }

    EVP_MD *algorithm;
    EVP_MD_CTX *context;
};

Hasher &hasher()
{
    static thread_local Hasher instance;
    return instance;
}

Digest sha256(QByteArrayView data)
{
    Hasher &hash = hasher();
    hash.begin();
    hash.add(data);
    return hash.end();
}

QByteArrayView view(const Digest &digest) { return {digest.data(), qsizetype(digest.size())}; }

Digest hmac(QByteArrayView key, std::initializer_list<QByteArrayView> parts)
{
    constexpr size_t blockSize = 64;
    std::array<unsigned char, blockSize> pad{};
    if (size_t(key.size()) > blockSize) {
        const Digest shortened = sha256(key);
        std::memcpy(pad.data(), shortened.data(), shortened.size());
    } else if (!key.isEmpty()) {
        std::memcpy(pad.data(), key.data(), size_t(key.size()));
    }

    Hasher &hash = hasher();
    for (unsigned char &byte : pad)
        byte ^= 0x36;
    hash.begin();
    hash.add(pad.data(), blockSize);
    for (QByteArrayView part : parts)
        hash.add(part);
    const Digest inner = hash.end();

    for (unsigned char &byte : pad)
        byte ^= 0x36 ^ 0x5c;
    hash.begin();
    hash.add(pad.data(), blockSize);
    hash.add(view(inner));
    OPENSSL_cleanse(pad.data(), pad.size());
    return hash.end();
}

QByteArray hex(const Digest &digest)
{
    constexpr char digits[] = "0123456789abcdef";
    QByteArray text(qsizetype(digest.size() * 2), Qt::Uninitialized);
    char *out = text.data();
    for (unsigned char byte : digest) {
        *out++ = digits[byte >> 4];
        *out++ = digits[byte & 15];
    }
    return text;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c; }

bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Lower case without the spaces around it.
QByteArray canonicalName(QByteArrayView name)
{
    name = name.trimmed();
    QByteArray text(name.size(), Qt::Uninitialized);
    std::transform(name.begin(), name.end(), text.begin(), lower);
    return text;
}

bool equalNames(QByteArrayView a, QByteArrayView lowerCase)
{
    return a.size() == lowerCase.size()
        && std::equal(a.begin(), a.end(), lowerCase.begin(), [](char x, char y) { return lower(x) == y; });
}

// Without spaces at the ends, and one where there were several.
void appendValue(QByteArray &text, QByteArrayView value)
{
    char before = ' ';
    const bool isPlain = std::all_of(value.begin(), value.end(), [&before](char c) {
        const bool fine = !isSpace(c) || (c == ' ' && before != ' ');
        before = c;
        return fine;
    });
    if (isPlain && (value.isEmpty() || before != ' ')) {
        text.append(value);
        return;
    }
    bool pending = false;
    bool any = false;
    for (char c : value) {
        if (isSpace(c)) {
            pending = any;
            continue;
        }
        if (pending)
            text += ' ';
        text += c;
        pending = false;
        any = true;
    }
}

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
        || c == '.' || c == '~';
}

// Dot segments and empty ones removed, then encoded once more, as every service but S3 wants it.
QByteArray canonicalPath(const QByteArray &path)
{
    if (path.isEmpty() || path == "/")
        return QByteArrayLiteral("/");

    QVarLengthArray<QByteArrayView, 16> parts;
    qsizetype from = 0;
    while (from <= path.size()) {
        qsizetype to = path.indexOf('/', from);
        if (to < 0)
            to = path.size();
        const QByteArrayView part = QByteArrayView(path).sliced(from, to - from);
        if (part == "..") {
            if (!parts.isEmpty())
                parts.removeLast();
        } else if (!part.isEmpty() && part != ".") {
            parts.append(part);
        }
        from = to + 1;
    }

    QByteArray canonical;
    canonical.reserve(path.size() + 16);
    if (path.startsWith('/'))
        canonical += '/';
    constexpr char digits[] = "0123456789ABCDEF";
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (i > 0)
            canonical += '/';
        for (char c : parts[i]) {
            if (isUnreserved(c)) {
                canonical += c;
            } else {
                canonical += '%';
                canonical += digits[uchar(c) >> 4];
                canonical += digits[uchar(c) & 15];
            }
        }
    }
    if (path.endsWith('/') && !parts.isEmpty())
        canonical += '/';
    return canonical;
}

// The pairs sorted by name, then value; their encoding is the sender's.
QByteArray canonicalQuery(const QByteArray &query)
{
    if (query.isEmpty())
        return {};
    struct Pair
    {
        QByteArrayView name;
        QByteArrayView value;
    };
    QVarLengthArray<Pair, 16> pairs;
    qsizetype from = 0;
    while (from <= query.size()) {
        qsizetype to = query.indexOf('&', from);
        if (to < 0)
            to = query.size();
        const QByteArrayView pair = QByteArrayView(query).sliced(from, to - from);
        const qsizetype equals = pair.indexOf('=');
        pairs.append(equals < 0 ? Pair{pair, {}} : Pair{pair.first(equals), pair.sliced(equals + 1)});
        from = to + 1;
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair &a, const Pair &b) {
        const int order = a.name.compare(b.name);
        return order ? order < 0 : a.value.compare(b.value) < 0;
    });
    QByteArray canonical;
    canonical.reserve(query.size() + pairs.size());
    for (const Pair &pair : pairs) {
        if (!canonical.isEmpty())
            canonical += '&';
        canonical.append(pair.name).append('=').append(pair.value);
    }
    return canonical;
}

// A header's place in the sorted list.
struct Line
{
    QByteArray name;
    QByteArrayView value;
};
using Lines = QVarLengthArray<Line, 16>;

void sortByName(Lines &lines)
{
    // A handful, almost sorted: nothing is faster than insertion, which keeps equal names in their order.
    for (auto next = lines.begin(); next != lines.end(); ++next) {
        const auto place =
            std::upper_bound(lines.begin(), next, *next, [](const Line &a, const Line &b) { return a.name < b.name; });
        std::rotate(place, next, next + 1);
    }
}

QByteArray signedNames(const Lines &sorted)
{
    QByteArray names;
    names.reserve(sorted.size() * 16);
    const QByteArray *last = nullptr;
    for (const Line &line : sorted) {
        if (last && *last == line.name)
            continue;
        if (last)
            names += ';';
        names += line.name;
        last = &line.name;
    }
    return names;
}

QByteArray canonical(const Request &request, const Lines &sorted, QByteArrayView names)
{
    QByteArray text;
    text.reserve(512 + request.path.size() + request.query.size() * 2);
    for (char c : request.method)
        text += c >= 'a' && c <= 'z' ? char(c - ('a' - 'A')) : c;
    text += '\n';
    text.append(canonicalPath(request.path)).append('\n');
    text.append(canonicalQuery(request.query)).append('\n');
    for (qsizetype i = 0; i < sorted.size();) {
        text.append(sorted[i].name).append(':');
        appendValue(text, sorted[i].value);
        qsizetype next = i + 1;
        for (; next < sorted.size() && sorted[next].name == sorted[i].name; ++next) {
            text += ',';
            appendValue(text, sorted[next].value);
        }
        text += '\n';
        i = next;
    }
    text.append('\n').append(names).append('\n').append(request.payloadHash);
    return text;
}

QByteArray scopeOf(QByteArrayView day, QByteArrayView region, QByteArrayView service)
{
    QByteArray scope;
    scope.reserve(day.size() + region.size() + service.size() + 16);
    scope.append(day).append('/').append(region).append('/').append(service).append("/aws4_request");
    return scope;
}

QByteArray signatureOf(const QByteArray &canonicalText, QByteArrayView secret, QByteArrayView date,
                       QByteArrayView scope, QByteArrayView region, QByteArrayView service, SigningKeyCache &cache)
{
    const QByteArray digest = hex(sha256(canonicalText));
    const SigningKeyCache::Key &key =
        cache.key(secret, date.first(std::min<qsizetype>(8, date.size())), region, service);
    return hex(hmac(view(key), {"AWS4-HMAC-SHA256\n", date, "\n", scope, "\n", digest}));
}

} // namespace

const SigningKeyCache::Key &SigningKeyCache::key(QByteArrayView secret, QByteArrayView day, QByteArrayView region,
                                                 QByteArrayView service)
{
    const size_t secretHash = qHash(secret, m_seed);
    if (m_secretHash == secretHash && m_day == day && m_region == region && m_service == service)
        return m_key;

    QByteArray seed;
    seed.reserve(secret.size() + 4);
    seed.append("AWS4").append(secret);
    const Key ofDay = hmac(seed, {day});
    const Key ofRegion = hmac(view(ofDay), {region});
    const Key ofService = hmac(view(ofRegion), {service});
    m_key = hmac(view(ofService), {"aws4_request"});
    OPENSSL_cleanse(seed.data(), size_t(seed.size()));
    m_day = day.toByteArray();
    m_region = region.toByteArray();
    m_service = service.toByteArray();
    m_secretHash = secretHash;
    return m_key;
}

void SigningKeyCache::clear()
{
    m_day.clear();
    OPENSSL_cleanse(m_key.data(), m_key.size());
    m_secretHash = 0;
}

QByteArray amzDate(qint64 secondsUtc)
{
    using namespace std::chrono;
    const sys_seconds time{seconds(secondsUtc)};
    const sys_days midnight = floor<days>(time);
    const year_month_day date{midnight};
    const hh_mm_ss clock{time - midnight};
    QByteArray text(16, Qt::Uninitialized);
    const auto put = [&text](qsizetype at, int width, unsigned number) {
        for (qsizetype i = at + width; i-- > at; number /= 10)
            text[i] = char('0' + number % 10);
    };
    put(0, 4, unsigned(int(date.year())));
    put(4, 2, unsigned(date.month()));
    put(6, 2, unsigned(date.day()));
    text[8] = 'T';
    put(9, 2, unsigned(clock.hours().count()));
    put(11, 2, unsigned(clock.minutes().count()));
    put(13, 2, unsigned(clock.seconds().count()));
    text[15] = 'Z';
    return text;
}

QByteArray sha256Hex(QByteArrayView data) { return hex(sha256(data)); }

Signature sign(const Request &request, const Credentials &credentials, QByteArrayView region, QByteArrayView service,
               qint64 secondsUtc, SigningKeyCache &cache)
{
    Signature result;
    result.amzDate = amzDate(secondsUtc);

    Lines lines;
    for (const Header &header : request.headers) {
        QByteArray name = canonicalName(header.name);
        if (name != "x-amz-date" && name != "x-amz-security-token" && name != "authorization")
            lines.append({std::move(name), header.value});
    }
    lines.append({QByteArrayLiteral("x-amz-date"), result.amzDate});
    if (!credentials.sessionToken().isEmpty())
        lines.append({QByteArrayLiteral("x-amz-security-token"), credentials.sessionToken()});
    sortByName(lines);

    result.signedHeaders = signedNames(lines);
    const QByteArray scope = scopeOf(QByteArrayView(result.amzDate).first(8), region, service);
    result.signature = signatureOf(canonical(request, lines, result.signedHeaders), credentials.secretAccessKey(),
                                   result.amzDate, scope, region, service, cache);
    result.authorization.reserve(256);
    result.authorization.append("AWS4-HMAC-SHA256 Credential=")
        .append(credentials.accessKeyId())
        .append('/')
        .append(scope)
        .append(", SignedHeaders=")
        .append(result.signedHeaders)
        .append(", Signature=")
        .append(result.signature);
    return result;
}

QByteArray canonicalRequest(const Request &request, QByteArrayView signedHeaders)
{
    Lines lines;
    qsizetype from = 0;
    while (from <= signedHeaders.size()) {
        qsizetype to = signedHeaders.indexOf(';', from);
        if (to < 0)
            to = signedHeaders.size();
        const QByteArray name = canonicalName(signedHeaders.sliced(from, to - from));
        bool found = false;
        for (const Header &header : request.headers) {
            if (equalNames(QByteArrayView(header.name).trimmed(), name)) {
                lines.append({name, header.value});
                found = true;
            }
        }
        if (!found)
            lines.append({name, {}});
        from = to + 1;
    }
    return canonical(request, lines, signedHeaders);
}

Authorization parseAuthorization(QByteArrayView header)
{
    constexpr QByteArrayView algorithm("AWS4-HMAC-SHA256");
    header = header.trimmed();
    if (!header.startsWith(algorithm) || header.size() == algorithm.size() || !isSpace(header[algorithm.size()]))
        return {};
    header = header.sliced(algorithm.size());

    QByteArrayView credential;
    QByteArrayView names;
    QByteArrayView signature;
    qsizetype from = 0;
    while (from <= header.size()) {
        qsizetype to = header.indexOf(',', from);
        if (to < 0)
            to = header.size();
        const QByteArrayView part = header.sliced(from, to - from).trimmed();
        const qsizetype equals = part.indexOf('=');
        if (equals > 0) {
            const QByteArrayView name = part.first(equals);
            const QByteArrayView value = part.sliced(equals + 1);
            if (name == "Credential")
                credential = value;
            else if (name == "SignedHeaders")
                names = value;
            else if (name == "Signature")
                signature = value;
        }
        from = to + 1;
    }

    // The key id may itself hold slashes, so the scope is counted from the end.
    QList<QByteArray> parts = credential.toByteArray().split('/');
    if (parts.size() < 5 || parts.last() != "aws4_request" || names.isEmpty() || signature.size() != 64)
        return {};
    parts.removeLast();
    Authorization result;
    result.service = parts.takeLast();
    result.region = parts.takeLast();
    result.day = parts.takeLast();
    result.accessKeyId = parts.join('/');
    result.signedHeaders = names.toByteArray();
    result.signature = signature.toByteArray();
    if (result.accessKeyId.isEmpty())
        return {};
    return result;
}

QByteArray expectedSignature(const Request &request, QByteArrayView signedHeaders, QByteArrayView secretAccessKey,
                             QByteArrayView region, QByteArrayView service, QByteArrayView date, SigningKeyCache &cache)
{
    const QByteArray scope = scopeOf(date.first(std::min<qsizetype>(8, date.size())), region, service);
    return signatureOf(canonicalRequest(request, signedHeaders), secretAccessKey, date, scope, region, service, cache);
}

} // namespace casement::sigv4
