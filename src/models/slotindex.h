#pragma once

#include <QtGlobal>

#include <memory>
#include <vector>

namespace casement {

/// Finds slots by the hash of their key: eight bytes an entry, open addressing, the key itself stays in the record.
class SlotIndex
{
public:
    static constexpr quint32 none = ~quint32(0);

    template <class Same> quint32 find(quint32 hash, Same same) const
    {
        if (m_table.empty())
            return none;
        hash = mixed(hash);
        for (size_t i = hash & mask(); m_table[i].slot != none; i = (i + 1) & mask()) {
            if (m_table[i].hash == hash && same(m_table[i].slot))
                return m_table[i].slot;
        }
        return none;
    }

    /// The key must not be there yet.
    void insert(quint32 hash, quint32 slot);
    void remove(quint32 hash, quint32 slot);
    size_t size() const { return m_used; }

private:
    struct Entry
    {
        quint32 hash;
        quint32 slot;
    };
    static quint32 mixed(quint32 hash) { return (hash ^ (hash >> 15)) * 0x9E3779B1U; }
    size_t mask() const { return m_table.size() - 1; }
    void place(Entry entry);

    std::vector<Entry> m_table;
    size_t m_used = 0;
};

/// Grows by chunks, so that nothing is copied when it grows and what it holds stays where it is.
template <class T> class ChunkedVector
{
public:
    size_t size() const { return m_size; }
    T &operator[](size_t i) { return m_chunks[i >> shift][i & (chunk - 1)]; }
    const T &operator[](size_t i) const { return m_chunks[i >> shift][i & (chunk - 1)]; }
    void append(T &&value)
    {
        if (m_size == m_chunks.size() << shift)
            m_chunks.push_back(std::make_unique<T[]>(chunk));
        m_chunks[m_size >> shift][m_size & (chunk - 1)] = std::move(value);
        ++m_size;
    }

private:
    static constexpr size_t shift = 8;
    static constexpr size_t chunk = size_t(1) << shift;
    std::vector<std::unique_ptr<T[]>> m_chunks;
    size_t m_size = 0;
};

} // namespace casement
