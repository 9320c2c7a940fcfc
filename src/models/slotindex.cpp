#include "models/slotindex.h"

namespace casement {

void SlotIndex::place(Entry entry)
{
    size_t i = entry.hash & mask();
    while (m_table[i].slot != none)
        i = (i + 1) & mask();
    m_table[i] = entry;
}

void SlotIndex::insert(quint32 hash, quint32 slot)
{
    if ((m_used + 1) * 4 > m_table.size() * 3) {
        std::vector<Entry> old(m_table.empty() ? 16 : m_table.size() * 2, Entry{0, none});
        old.swap(m_table);
        for (const Entry &entry : old) {
            if (entry.slot != none)
                place(entry);
        }
    }
    place({mixed(hash), slot});
    ++m_used;
}

void SlotIndex::remove(quint32 hash, quint32 slot)
{
    if (m_table.empty())
        return;
    size_t hole = mixed(hash) & mask();
    while (m_table[hole].slot != slot) {
        if (m_table[hole].slot == none)
            return;
        hole = (hole + 1) & mask();
    }
    // Entries that were pushed past the hole move back, so that no search stops at it too early.
    for (size_t i = (hole + 1) & mask(); m_table[i].slot != none; i = (i + 1) & mask()) {
        const size_t home = m_table[i].hash & mask();
        if (((i - home) & mask()) >= ((i - hole) & mask())) {
            m_table[hole] = m_table[i];
            hole = i;
        }
    }
    m_table[hole].slot = none;
    --m_used;
}

} // namespace casement
