#pragma once

#include "base/text.h"

#include <QLocale>

#include <functional>
#include <memory>
#include <vector>

namespace casement {

/// Where each slot's text stands among the others in the order of a language: numbers, computed once and kept, because
/// collating while sorting costs twenty times more.
///
/// All at once as a pure function for a pool thread (`rank`), or a few at a time by binary search (`settle`).
class TextRanks
{
public:
    using Slot = quint32;
    /// What a text is called on screen, on any thread; null: itself.
    using Naming = std::function<QString(std::string_view)>;

    /// The texts of some slots and what keeps them alive.
    struct Snapshot
    {
        std::vector<Slot> ids;
        std::vector<Text> texts;
        std::vector<std::shared_ptr<const void>> arenas;
        QLocale locale;
        Naming naming;
    };
    /// Slots in order; the top bit says "the same text as the one before".
    using Order = std::vector<quint32>;

    static Order rank(const Snapshot &snapshot);

    /// Takes an order over. Slots that were touched since its snapshot must be touched again after this.
    void install(const Order &order, size_t slotCount);
    /// The slot has a new text or none any more.
    void touch(Slot slot);
    /// The rank of a slot; slots without one stand last.
    qint64 at(Slot slot) const;
    bool isRanked(Slot slot) const { return slot < m_rank.size() && m_rank[slot] != unknown; }

    /// Ranks a few more slots among those that have one. `textOf` gives the text of any ranked slot.
    template <class TextOf>
    void settle(std::vector<Slot> extra, const QLocale &locale, const Naming &naming, TextOf textOf)
    {
        settleBy(std::move(extra), locale, naming, &textOf,
                 [](const void *f, Slot slot) { return (*static_cast<const TextOf *>(f))(slot); });
    }

    static constexpr quint32 unknown = ~quint32(0);

private:
    void settleBy(std::vector<Slot> extra, const QLocale &locale, const Naming &naming, const void *f,
                  Text (*textOf)(const void *, Slot));
    void renumber(size_t slotCount);

    static constexpr quint32 sameAsBefore = quint32(1) << 31;
    Order m_order;
    std::vector<quint32> m_rank; // by slot
};

} // namespace casement
