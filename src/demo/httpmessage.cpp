#include "demo/httpmessage.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <string_view>

namespace casement::demo {

namespace {

constexpr qsizetype mostReserved = 32 << 20; // what a Content-Length alone makes us set aside

bool sameName(QByteArrayView a, QByteArrayView b) { return a.compare(b, Qt::CaseInsensitive) == 0; }

bool isTokenChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

bool isToken(QByteArrayView text) { return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar); }

/// Digits only: no sign, no blank, no hexadecimal; -1 for everything else and for what a qint64 can't hold.
qint64 decimal(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > 18)
        return -1;
    qint64 value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// Whether a comma-separated list has the word.
bool listHas(QByteArrayView list, QByteArrayView word)
{
    while (!list.isEmpty()) {
        const qsizetype comma = list.indexOf(',');
        const QByteArrayView item = (comma < 0 ? list : list.first(comma)).trimmed();
        if (sameName(item, word))
            return true;
        if (comma < 0)
            return false;
        list = list.sliced(comma + 1);
    }
    return false;
}

} // namespace

QByteArray HttpRequestMessage::header(QByteArrayView name) const
{
    for (const HttpHeader &line : headers) {
        if (sameName(line.name, name))
            return line.value;
    }
    return {};
}

bool HttpRequestMessage::hasHeader(QByteArrayView name) const
{
    return std::any_of(headers.begin(), headers.end(),
                       [name](const HttpHeader &line) { return sameName(line.name, name); });
}

HttpRequestParser::State HttpRequestParser::feed(QByteArrayView data, qsizetype &taken)
{
    qsizetype at = 0;
    while (m_state == State::Incomplete && at < data.size()) {
        switch (m_step) {
        case Step::Head:
            readHead(data, at);
            break;
        case Step::Body:
        case Step::ChunkData:
            readBody(data, at);
            break;
        case Step::ChunkSize:
            readChunkSize(data, at);
            break;
        case Step::ChunkEnd:
            readChunkEnd(data, at);
            break;
        case Step::Trailers:
            readTrailers(data, at);
            break;
        }
    }
    taken = at;
    return m_state;
}

HttpRequestMessage HttpRequestParser::take()
{
    HttpRequestMessage request = std::move(m_request);
    *this = HttpRequestParser(m_limits);
    return request;
}

void HttpRequestParser::bad(int status, const char *reason)
{
    m_state = State::Bad;
    m_badStatus = status;
    m_badReason = reason;
}

void HttpRequestParser::readHead(QByteArrayView data, qsizetype &at)
{
    const qsizetype had = m_line.size();
    const qsizetype room = m_limits.header + 4 - had;
    const QByteArrayView more =
        data.sliced(at).first(std::min<qsizetype>(data.size() - at, std::max<qsizetype>(room, 0)));
    m_line.append(more);
    // Empty lines before a request are allowed (RFC 9112, 2.2).
    if (had < 2 && m_line.startsWith("\r\n")) {
        at += 2 - had;
        m_line.clear(); // what came after it is read again
        return;
    }
    const qsizetype end = m_line.indexOf("\r\n\r\n", std::max<qsizetype>(0, had - 3));
    if (end < 0) {
        at += more.size();
        if (m_line.size() > m_limits.header)
            bad(431, "The headers are too long.");
        return;
    }
    if (end > m_limits.header)
        return bad(431, "The headers are too long.");
    at += end + 4 - had;
    m_line.truncate(end);
    if (!parseHead())
        return;
    m_line.clear();
}

bool HttpRequestParser::parseHead()
{
    const QByteArray head = m_line;
    if (head.contains('\0')) {
        bad(400, "The headers hold a NUL.");
        return false;
    }
    qsizetype from = 0;
    bool first = true;
    while (from <= head.size()) {
        qsizetype end = head.indexOf("\r\n", from);
        if (end < 0)
            end = head.size();
        const QByteArrayView line = QByteArrayView(head).sliced(from, end - from);
        from = end + 2;
        if (line.contains('\r') || line.contains('\n')) {
            bad(400, "A line ends without CR LF.");
            return false;
        }
        if (first) {
            first = false;
            if (!parseRequestLine(line))
                return false;
            continue;
        }
        const qsizetype colon = line.indexOf(':');
        if (colon < 0 || !isToken(line.first(colon))) {
            bad(400, "A header line has no name.");
            return false;
        }
        m_request.headers.append({line.first(colon).toByteArray(), line.sliced(colon + 1).trimmed().toByteArray()});
    }
    return parseFraming();
}

bool HttpRequestParser::parseRequestLine(QByteArrayView line)
{
    const qsizetype one = line.indexOf(' ');
    const qsizetype two = line.lastIndexOf(' ');
    if (one <= 0 || two <= one + 1 || !isToken(line.first(one))) {
        bad(400, "The request line is not one.");
        return false;
    }
    const QByteArrayView version = line.sliced(two + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        if (version.startsWith("HTTP/"))
            bad(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
        else
            bad(400, "The request line has no version.");
        return false;
    }
    QByteArrayView target = line.sliced(one + 1, two - one - 1);
    for (const char c : target) {
        if (uchar(c) <= 0x20 || c == '\x7f') {
            bad(400, "The target holds a blank.");
            return false;
        }
    }
    // The absolute form is for proxies, but a server has to take it (RFC 9112, 3.2.2).
    if (target.startsWith("http://") || target.startsWith("https://")) {
        const qsizetype host = target.indexOf("//") + 2;
        const qsizetype slash = target.indexOf('/', host);
        target = slash < 0 ? QByteArrayView("/") : target.sliced(slash);
    }
    if (!target.startsWith('/') && target != "*") {
        bad(400, "The target is not a path.");
        return false;
    }
    const qsizetype mark = target.indexOf('?');
    m_request.method = line.first(one).toByteArray();
    m_request.path = (mark < 0 ? target : target.first(mark)).toByteArray();
    m_request.query = mark < 0 ? QByteArray() : target.sliced(mark + 1).toByteArray();
    m_request.minorVersion = version.endsWith('1') ? 1 : 0;
    return true;
}

bool HttpRequestParser::parseFraming()
{
    const auto refuse = [this](int status, const char *reason) {
        bad(status, reason);
        return false;
    };
    qint64 length = -1;
    bool chunked = false;
    int hosts = 0;
    bool close = false;
    bool stay = false;
    for (const HttpHeader &line : std::as_const(m_request.headers)) {
        if (sameName(line.name, "Content-Length")) {
            const qint64 value = decimal(line.value);
            if (value < 0)
                return refuse(400, "Content-Length is not a number.");
            if (length >= 0 && length != value)
                return refuse(400, "Two different Content-Lengths.");
            length = value;
        } else if (sameName(line.name, "Transfer-Encoding")) {
            if (chunked || !sameName(line.value, "chunked"))
                return refuse(501, "Of transfer encodings only chunked is known.");
            chunked = true;
        } else if (sameName(line.name, "Host")) {
            ++hosts;
        } else if (sameName(line.name, "Connection")) {
            close = close || listHas(line.value, "close");
            stay = stay || listHas(line.value, "keep-alive");
        } else if (sameName(line.name, "Expect")) {
            if (!sameName(line.value, "100-continue"))
                return refuse(417, "Of expectations only 100-continue is known.");
            m_wantsContinue = m_request.minorVersion == 1;
        }
    }
    if (m_request.minorVersion == 1 && hosts == 0)
        return refuse(400, "Host is missing.");
    if (hosts > 1)
        return refuse(400, "Host stands twice.");
    if (chunked && (length >= 0 || m_request.minorVersion == 0))
        return refuse(400, "The length of the body is said twice.");
    if (length > m_limits.body)
        return refuse(413, "The body is too large.");

    m_request.keepAlive = !close && (m_request.minorVersion == 1 || stay);
    if (chunked) {
        m_step = Step::ChunkSize;
    } else if (length > 0) {
        m_step = Step::Body;
        m_left = length;
        m_request.body.reserve(qsizetype(std::min<qint64>(length, mostReserved)));
    } else {
        m_wantsContinue = false;
        m_state = State::Complete;
    }
    return true;
}

void HttpRequestParser::readBody(QByteArrayView data, qsizetype &at)
{
    m_wantsContinue = false;
    const qsizetype size = qsizetype(std::min<qint64>(m_left, data.size() - at));
    m_request.body.append(data.sliced(at, size));
    at += size;
    m_left -= size;
    if (m_left > 0)
        return;
    if (m_step == Step::Body)
        m_state = State::Complete;
    else
        m_step = Step::ChunkEnd;
}

/// Collects a line into m_line; true once its CR LF has come, which is taken off.
bool HttpRequestParser::readLine(QByteArrayView data, qsizetype &at, qsizetype limit)
{
    const qsizetype newline = data.indexOf('\n', at);
    const qsizetype end = newline < 0 ? data.size() : newline + 1;
    if (m_line.size() + (end - at) > limit) {
        bad(431, "A line of the chunked body is too long.");
        return false;
    }
    m_line.append(data.sliced(at, end - at));
    at = end;
    if (newline < 0)
        return false;
    if (!m_line.endsWith("\r\n")) {
        bad(400, "A line ends without CR LF.");
        return false;
    }
    m_line.chop(2);
    return true;
}

void HttpRequestParser::readChunkSize(QByteArrayView data, qsizetype &at)
{
    m_wantsContinue = false;
    if (!readLine(data, at, 4096))
        return;
    const qsizetype semicolon = m_line.indexOf(';');
    const QByteArrayView digits = QByteArrayView(m_line).first(semicolon < 0 ? m_line.size() : semicolon).trimmed();
    bool isNumber = !digits.isEmpty() && digits.size() <= 15;
    qint64 size = 0;
    for (const char c : digits) {
        const int digit = c >= '0' && c <= '9' ? c - '0'
            : c >= 'a' && c <= 'f'             ? c - 'a' + 10
            : c >= 'A' && c <= 'F'             ? c - 'A' + 10
                                               : -1;
        isNumber = isNumber && digit >= 0;
        if (!isNumber)
            break;
        size = size * 16 + digit;
    }
    m_line.clear();
    if (!isNumber)
        return bad(400, "The size of a chunk is not a number.");
    if (size > m_limits.body - m_request.body.size())
        return bad(413, "The body is too large.");
    m_left = size;
    m_step = size == 0 ? Step::Trailers : Step::ChunkData;
}

void HttpRequestParser::readChunkEnd(QByteArrayView data, qsizetype &at)
{
    if (!readLine(data, at, 2)) {
        if (m_state == State::Bad)
            bad(400, "A chunk is longer than it says.");
        return;
    }
    m_step = Step::ChunkSize;
}

void HttpRequestParser::readTrailers(QByteArrayView data, qsizetype &at)
{
    if (!readLine(data, at, m_limits.header - m_trailerBytes))
        return;
    m_trailerBytes += m_line.size() + 2;
    const bool last = m_line.isEmpty();
    m_line.clear();
    if (last)
        m_state = State::Complete;
}

QByteArray responseHead(const HttpResponseMessage &response, qint64 length, bool keepAlive, int minorVersion)
{
    QByteArray head;
    head.reserve(512);
    head += "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reasonPhrase(response.status) + "\r\n";
    for (const HttpHeader &line : response.headers)
        head += line.name + ": " + line.value + "\r\n";
    head += "Content-Length: " + QByteArray::number(length) + "\r\n";
    if (!keepAlive)
        head += "Connection: close\r\n";
    else if (minorVersion == 0)
        head += "Connection: keep-alive\r\n";
    head += "\r\n";
    return head;
}

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 100:
        return "Continue";
    case 200:
        return "OK";
    case 206:
        return "Partial Content";
    case 307:
        return "Temporary Redirect";
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 413:
        return "Content Too Large";
    case 416:
        return "Range Not Satisfiable";
    case 417:
        return "Expectation Failed";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

QByteArray httpDate(qint64 msecsUtc)
{
    return QLocale::c()
        .toString(QDateTime::fromMSecsSinceEpoch(msecsUtc, Qt::UTC), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"))
        .toLatin1();
}

} // namespace casement::demo
