#pragma once

#include <QString>
#include <QStringEncoder>
#include <QUtf8StringView>

#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace casement {

/// All of it: QString::fromUtf8() takes U+FEFF at the beginning for a mark of the encoding, and here it is text.
QString textOfUtf8(std::string_view utf8);

/// A piece of UTF-8 that lives in an Arena. Sixteen bytes, no allocation of its own: thousands of records decoded from
/// one answer stay one block of memory. Valid as long as its arena.
class Text
{
public:
    constexpr Text() = default;
    constexpr Text(const char *data, quint32 size) : m_data(data), m_size(size) { }

    constexpr bool isEmpty() const { return m_size == 0; }
    constexpr quint32 size() const { return m_size; }
    constexpr const char *data() const { return m_data; }
    constexpr std::string_view view() const { return {m_data, m_size}; }
    QString toString() const { return textOfUtf8(view()); }

    friend bool operator==(const Text &a, const Text &b) { return a.view() == b.view(); }
    friend auto operator<=>(const Text &a, const Text &b) { return a.view() <=> b.view(); }
    friend bool operator==(const Text &a, std::string_view b) { return a.view() == b; }

private:
    const char *m_data = "";
    quint32 m_size = 0;
};

/// Grows by blocks and never moves what it holds. Filled by one thread, then only read (shared as
/// `std::shared_ptr<const Arena>`).
class Arena
{
public:
    explicit Arena(size_t firstBlock = 16 * 1024) : m_nextBlock(firstBlock) { }
    Arena(const Arena &) = delete;
    Arena &operator=(const Arena &) = delete;

    Text add(std::string_view text)
    {
        if (text.empty())
            return {};
        char *place = allocate(text.size());
        std::memcpy(place, text.data(), text.size());
        return {place, quint32(text.size())};
    }

    Text add(QStringView text)
    {
        QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless); // U+FFFD for a lone surrogate
        const QByteArray utf8 = encoder(text);
        return add(std::string_view(utf8.constData(), size_t(utf8.size())));
    }

    /// The same text once: for codes and names that come again in every record. Cheap only for few different texts.
    Text addShared(std::string_view text)
    {
        for (const Text &known : m_shared) {
            if (known == text)
                return known;
        }
        const Text added = add(text);
        if (m_shared.size() < 64)
            m_shared.push_back(added);
        return added;
    }

    char *allocate(size_t size)
    {
        if (size > m_left) {
            const size_t block = size > m_nextBlock ? size : m_nextBlock;
            m_blocks.push_back(std::make_unique_for_overwrite<char[]>(block));
            m_at = m_blocks.back().get();
            m_left = block;
            m_bytes += block;
        }
        char *place = m_at;
        m_at += size;
        m_left -= size;
        return place;
    }

    size_t bytes() const { return m_bytes; }

private:
    std::vector<std::unique_ptr<char[]>> m_blocks;
    std::vector<Text> m_shared;
    char *m_at = nullptr;
    size_t m_left = 0;
    size_t m_nextBlock;
    size_t m_bytes = 0;
};

} // namespace casement
