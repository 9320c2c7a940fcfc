#include "models/textranks.h"

#include <QCollator>

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace casement {

namespace {

QCollator collatorFor(const QLocale &locale)
{
    QCollator collator(locale);
    collator.setNumericMode(true); // "disk 9" before "disk 10"
    return collator;
}

QString nameOf(const TextRanks::Naming &naming, std::string_view text)
{
    return naming ? naming(text) : QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace

TextRanks::Order TextRanks::rank(const Snapshot &snapshot)
{
    // Few subjects are really different; each is collated once.
    std::unordered_map<std::string_view, quint32> known;
    std::vector<std::string_view> distinct;
    std::vector<quint32> textOf(snapshot.texts.size());
    for (size_t i = 0; i < snapshot.texts.size(); ++i) {
        const auto [at, isNew] = known.try_emplace(snapshot.texts[i].view(), quint32(distinct.size()));
        if (isNew)
            distinct.push_back(at->first);
        textOf[i] = at->second;
    }

    const QCollator collator = collatorFor(snapshot.locale);
    struct Entry
    {
        QCollatorSortKey key;
        quint32 text;
    };
    std::vector<Entry> entries;
    entries.reserve(distinct.size());
    for (quint32 i = 0; i < distinct.size(); ++i)
        entries.push_back({collator.sortKey(nameOf(snapshot.naming, distinct[i])), i});
    std::sort(entries.begin(), entries.end(), [&](const Entry &a, const Entry &b) {
        const int order = a.key.compare(b.key);
        return order != 0 ? order < 0 : distinct[a.text] < distinct[b.text];
    });

    std::vector<quint32> place(distinct.size()); // first counts, then where the next slot with that text goes
    for (const quint32 text : textOf)
        ++place[text];
    quint32 next = 0;
    for (const Entry &entry : entries)
        next += std::exchange(place[entry.text], next);
    std::vector<bool> seen(distinct.size());
    Order order(snapshot.ids.size());
    for (size_t i = 0; i < textOf.size(); ++i) {
        const quint32 text = textOf[i];
        order[place[text]++] = snapshot.ids[i] | (seen[text] ? sameAsBefore : 0);
        seen[text] = true;
    }
    return order;
}

void TextRanks::install(const Order &order, size_t slotCount)
{
    m_order = order;
    renumber(slotCount);
}

void TextRanks::touch(Slot slot)
{
    if (slot < m_rank.size())
        m_rank[slot] = unknown;
}

qint64 TextRanks::at(Slot slot) const { return isRanked(slot) ? qint64(m_rank[slot]) : qint64(unknown); }

void TextRanks::renumber(size_t slotCount)
{
    m_rank.assign(slotCount, unknown);
    quint32 rank = 0;
    for (const quint32 entry : m_order) {
        rank += entry & sameAsBefore ? 0 : 1;
        m_rank[entry & ~sameAsBefore] = rank;
    }
}

void TextRanks::settleBy(std::vector<Slot> extra, const QLocale &locale, const Naming &naming, const void *f,
                         Text (*textOf)(const void *, Slot))
{
    Order order;
    order.reserve(m_order.size() + extra.size());
    bool lostFirst = false; // the first slot with some text was touched; the next one with it becomes the first
    for (const quint32 entry : m_order) {
        const bool same = entry & sameAsBefore;
        lostFirst = lostFirst && same;
        if (isRanked(entry & ~sameAsBefore)) {
            order.push_back(lostFirst ? entry & ~sameAsBefore : entry);
            lostFirst = false;
        } else {
            lostFirst = lostFirst || !same;
        }
    }

    const QCollator collator = collatorFor(locale);
    struct Entry
    {
        QString name;
        std::string_view text;
        Slot slot;
        size_t place;
    };
    const auto less = [&](const QString &nameA, std::string_view a, const QString &nameB, std::string_view b) {
        const int result = collator.compare(nameA, nameB);
        return result != 0 ? result < 0 : a < b;
    };
    std::vector<Entry> entries;
    entries.reserve(extra.size());
    Slot last = 0;
    for (const Slot slot : extra) {
        const std::string_view text = textOf(f, slot).view();
        entries.push_back({nameOf(naming, text), text, slot, 0});
        last = std::max(last, slot);
    }
    std::sort(entries.begin(), entries.end(),
              [&](const Entry &a, const Entry &b) { return less(a.name, a.text, b.name, b.text); });

    auto from = order.begin();
    for (Entry &entry : entries) {
        from = std::lower_bound(from, order.end(), entry, [&](quint32 known, const Entry &wanted) {
            const std::string_view text = textOf(f, known & ~sameAsBefore).view();
            return text != wanted.text && less(nameOf(naming, text), text, wanted.name, wanted.text);
        });
        entry.place = size_t(from - order.begin());
    }

    m_order.clear();
    m_order.reserve(order.size() + entries.size());
    size_t copied = 0;
    std::optional<std::string_view> before; // of what was put last, where a border must be drawn anew
    const auto copyTo = [&](size_t end) {
        if (copied < end && before) {
            const Slot slot = order[copied] & ~sameAsBefore;
            m_order.push_back(slot | (textOf(f, slot) == *before ? sameAsBefore : 0));
            ++copied;
            before.reset();
        }
        m_order.insert(m_order.end(), order.begin() + qsizetype(copied), order.begin() + qsizetype(end));
        copied = end;
    };
    for (const Entry &entry : entries) {
        const bool moved = copied < entry.place;
        copyTo(entry.place);
        if (moved)
            before = textOf(f, m_order.back() & ~sameAsBefore).view();
        m_order.push_back(entry.slot | (before == entry.text ? sameAsBefore : 0));
        before = entry.text;
    }
    copyTo(order.size());
    renumber(std::max(m_rank.size(), size_t(last) + 1));
}

} // namespace casement
