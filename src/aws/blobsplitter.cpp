#include "aws/blobsplitter.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace casement {

namespace {

constexpr qsizetype longestKey = 64; // bytes; what is longer is not looked for

const char *placeOf(const char *from, const char *end, char character)
{
    const void *at = std::memchr(from, character, size_t(end - from));
    return at ? static_cast<const char *>(at) : end;
}

} // namespace

BlobSplitter::BlobSplitter(const BlobWish &wish, qint64 largestRest) : m_wish(wish), m_largestRest(largestRest)
{
    connect(m_wish.sink.get(), &BodySink::drained, this, &BodySink::drained);
}

Error BlobSplitter::begin(const HttpAnswer &head) { return m_wish.sink->begin(head); }

bool BlobSplitter::isFull() const { return m_wish.sink->isFull(); }

Error BlobSplitter::take(const QByteArray &piece)
{
    const char *const begin = piece.constData();
    const char *const end = begin + piece.size();
    const char *at = begin;
    while (at < end) {
        if (m_place == Place::Blob) {
            qsizetype index = at - begin;
            if (Error error = passBlob(piece, index); error.kind != Error::Kind::None)
                return error;
            at = begin + index;
            continue;
        }
        const char *const from = at;
        at = m_place == Place::Text ? passText(at, end) : passBetween(at, end);
        m_rest.append(from, at - from);
        if (m_rest.size() > m_largestRest) {
            return {.kind = Error::Kind::TooLarge,
                    .message = QStringLiteral("the answer is larger than %1 bytes").arg(m_largestRest)};
        }
        if (m_place == Place::Blob && std::exchange(m_hasBlob, true))
            return {.kind = Error::Kind::BadAnswer, .message = QStringLiteral("the answer holds two files")};
    }
    return {};
}

void BlobSplitter::open(bool isObject)
{
    const bool isWanted = m_depth == 0 || (m_depth == 1 && m_levels[1].isWanted && m_key == m_wish.record);
    ++m_depth;
    if (size_t(m_depth) < m_levels.size())
        m_levels[size_t(m_depth)] = {.isObject = isObject, .isWanted = isObject && isWanted};
    m_isKeyNext = isObject;
    m_key.clear();
}

bool BlobSplitter::isBlobNext() const
{
    return !m_isKeyNext && m_depth == 2 && m_levels[2].isWanted && m_key == m_wish.member;
}

/// Up to a text, or behind the quote that begins the blob.
const char *BlobSplitter::passBetween(const char *at, const char *end)
{
    while (at < end) {
        switch (*at++) {
        case '{':
            open(true);
            break;
        case '[':
            open(false);
            break;
        case '}':
        case ']':
            m_depth = std::max(0, m_depth - 1);
            break;
        case ',':
            m_isKeyNext = size_t(m_depth) < m_levels.size() && m_levels[size_t(m_depth)].isObject;
            break;
        case ':':
            m_isKeyNext = false;
            break;
        case '"':
            m_place = isBlobNext() ? Place::Blob : Place::Text;
            m_isKey = m_isKeyNext;
            if (m_isKey)
                m_key.clear();
            return at;
        default:
            break;
        }
    }
    return at;
}

const char *BlobSplitter::passText(const char *at, const char *end)
{
    while (at < end) {
        const char c = *at++;
        if (m_isEscaped) {
            m_isEscaped = false;
        } else if (c == '"') {
            m_place = Place::Between;
            return at;
        } else if (c == '\\') {
            m_isEscaped = true;
        }
        if (m_isKey && m_key.size() <= longestKey)
            m_key += c; // escapes as they stand: no name that is looked for has any
    }
    return at;
}

Error BlobSplitter::passBlob(const QByteArray &piece, qsizetype &at)
{
    const char *const begin = piece.constData();
    const char *const end = begin + piece.size();
    const char *const from = begin + at;
    if (!m_escape.isEmpty()) {
        at = passEscape(from, end) - begin;
        const bool isWhole = m_escape.size() == 2 ? m_escape.at(1) != 'u' : m_escape.size() == 6;
        if (!isWhole)
            return {};
        const QByteArray escape = std::exchange(m_escape, {});
        bool isNumber = false;
        const uint code = escape.size() == 6 ? escape.mid(2).toUInt(&isNumber, 16) : 0;
        if (escape == "\\/")
            return m_wish.sink->take("/");
        return m_wish.sink->take(isNumber && code < 0x80 ? QByteArray(1, char(code)) : escape);
    }
    const char *to = placeOf(from, end, '"'); // two looks for one character each are faster than one for either
    to = placeOf(from, to, '\\');
    at = to - begin;
    if (to < end) {
        ++at;
        if (*to == '\\') {
            m_escape = "\\";
        } else {
            m_rest += '"';
            m_place = Place::Between;
        }
    }
    if (to == from)
        return {};
    return m_wish.sink->take(from == begin && to == end ? piece : QByteArray(from, to - from));
}

/// Takes what the begun escape still lacks.
const char *BlobSplitter::passEscape(const char *at, const char *end)
{
    while (at < end) {
        m_escape += *at++;
        if (m_escape.size() == 6 || m_escape.at(1) != 'u')
            break;
    }
    return at;
}

} // namespace casement
