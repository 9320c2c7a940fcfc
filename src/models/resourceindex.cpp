#include "models/resourceindex.h"

#include "archive/searchtext.h"
#include "models/bytesearch.h"
#include "support/timestamp.h"

#include <QThread>
#include <QThreadPool>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <latch>
#include <limits>
#include <numeric>

namespace casement {

namespace {

constexpr size_t smallestPart = 20'000; // rows: fewer are not worth another thread

/// Does each part of some work, on threads of the pool that have nothing else to do, and on this one.
template <class Work> void inParts(size_t parts, const Work &work)
{
    std::latch others(qptrdiff(parts - 1));
    std::vector<size_t> own{0};
    for (size_t part = 1; part < parts; ++part) {
        if (!QThreadPool::globalInstance()->tryStart([&work, &others, part] {
                work(part);
                others.count_down();
            }))
            own.push_back(part);
    }
    for (const size_t part : own)
        work(part);
    others.count_down(qptrdiff(own.size() - 1));
    others.wait();
}

struct Keyed
{
    quint64 key;
    quint32 row;
};

/// Sorts by key, equals stay in their order. A pass for each byte that is not the same in all.
void radixSort(std::vector<Keyed> &items)
{
    if (items.size() < 2)
        return;
    std::array<std::array<quint32, 256>, 8> counts{};
    for (const Keyed &item : items) {
        for (size_t byte = 0; byte < 8; ++byte)
            ++counts[byte][(item.key >> (8 * byte)) & 0xff];
    }
    std::vector<Keyed> other(items.size());
    for (size_t byte = 0; byte < 8; ++byte) {
        auto &count = counts[byte];
        if (count[(items.front().key >> (8 * byte)) & 0xff] == items.size())
            continue;
        quint32 place = 0;
        for (quint32 &one : count)
            place += std::exchange(one, place);
        for (const Keyed &item : items)
            other[count[(item.key >> (8 * byte)) & 0xff]++] = item;
        items.swap(other);
    }
}

constexpr unsigned char lowered(unsigned char c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; }

bool isDigitByte(char c) { return c >= '0' && c <= '9'; }

/// Appends what compares byte by byte as people count: `res-9` before `res-10`. A run of digits becomes 0, its length
/// and the digits without zeros before them.
void appendNatural(std::string &to, std::string_view text)
{
    constexpr size_t longestRun = 64; // below what compares without case
    for (size_t at = 0; at < text.size();) {
        if (!isDigitByte(text[at])) {
            to += text[at++];
            continue;
        }
        while (at + 1 < text.size() && text[at] == '0' && isDigitByte(text[at + 1]))
            ++at;
        size_t end = at;
        while (end < text.size() && isDigitByte(text[end]) && end - at < longestRun)
            ++end;
        to += '0';
        to += char(end - at);
        to.append(text.substr(at, end - at));
        at = end;
    }
}

/// Eight bytes from `from` on, as a number that compares like them.
quint64 keyOf(std::string_view text, size_t from)
{
    quint64 key = 0;
    for (size_t i = 0; i < 8; ++i)
        key = (key << 8) | (from + i < text.size() ? lowered(static_cast<unsigned char>(text[from + i])) : 0);
    return key;
}

int compareLowered(std::string_view a, std::string_view b, size_t from)
{
    const size_t common = std::min(a.size(), b.size());
    for (size_t i = from; i < common; ++i) {
        const int difference =
            int(lowered(static_cast<unsigned char>(a[i]))) - int(lowered(static_cast<unsigned char>(b[i])));
        if (difference != 0)
            return difference;
    }
    return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
}

/// A number as bits that compare like it.
quint64 ordered(double value)
{
    const auto bits = std::bit_cast<quint64>(value == 0 ? 0.0 : value);
    return bits >> 63 ? ~bits : bits | (quint64(1) << 63);
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

void fold(std::string &to, std::string_view text)
{
    if (isFoldedButForCase(text)) {
        const size_t from = to.size();
        to.append(text);
        for (size_t i = from; i < to.size(); ++i)
            to[i] = to[i] == '\n' ? ' ' : char(lowered(static_cast<unsigned char>(to[i])));
        return;
    }
    const QByteArray folded =
        foldForSearch(QString::fromUtf8(text.data(), qsizetype(text.size()))).replace(u'\n', u' ').toUtf8();
    to.append(folded.constData(), size_t(folded.size()));
}

} // namespace

std::optional<ResourceNumber> resourceNumber(std::string_view text)
{
    text = trimmed(text);
    if (text.size() > 64)
        return {};
    if (text.size() >= 10 && isDigitByte(text[0]) && text[4] == '-' && text[7] == '-') {
        const qint64 time = parseTimestamp(text);
        if (time != 0)
            return ResourceNumber{double(time), true, {}};
        return {};
    }
    bool isNegative = false;
    const auto sign = [&] {
        if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
            isNegative = isNegative || text.front() == '-';
            text.remove_prefix(1);
        }
    };
    sign();
    std::string_view unit;
    for (const std::string_view currency : {"$", "US$", "€", "£", "¥", "￥"}) {
        if (text.starts_with(currency)) {
            unit = currency;
            text = trimmed(text.substr(currency.size()));
            sign();
            break;
        }
    }
    std::array<char, 64> digits{};
    size_t length = 0;
    size_t at = 0;
    bool hasPoint = false;
    size_t sinceComma = 0;
    bool hasComma = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (isDigitByte(c)) {
            digits[length++] = c;
            ++sinceComma;
        } else if (c == '.' && !hasPoint && at + 1 < text.size() && isDigitByte(text[at + 1])) {
            if (hasComma && sinceComma != 3)
                return {};
            hasPoint = true;
            digits[length++] = c;
        } else if (c == ',' && !hasPoint && at > 0 && at + 3 < text.size() && isDigitByte(text[at - 1])
                   && isDigitByte(text[at + 1])) {
            if (hasComma && sinceComma != 3)
                return {};
            hasComma = true;
            sinceComma = 0;
        } else {
            break;
        }
    }
    if (length == 0 || (hasComma && !hasPoint && sinceComma != 3))
        return {};
    ResourceNumber number;
    const auto read = std::from_chars(digits.data(), digits.data() + length, number.value);
    if (read.ec != std::errc() || read.ptr != digits.data() + length)
        return {};
    if (isNegative)
        number.value = -number.value;
    const std::string_view rest = trimmed(text.substr(at));
    if (!rest.empty()) {
        // A version, an address or an id begins with a number and is none.
        const char first = rest.front();
        if (!unit.empty() || isDigitByte(first) || (first != '%' && std::strchr(".,:-_/+", first)))
            return {};
        if (first != '%' && text[at] != ' ' && static_cast<unsigned char>(first) < 0x80)
            return {};
        unit = rest;
    }
    number.unit = unit;
    return number;
}

ResourceIndex::ResourceIndex(AdvisorResultPtr result, AdvisorResultPtr earlier, AdvisorDifference difference)
    : m_result(std::move(result)), m_earlier(std::move(earlier)), m_difference(std::move(difference)),
      m_own(m_result->resources.size())
{
    if (m_earlier)
        m_gone = m_difference.gone;
}

const AdvisorResource &ResourceIndex::at(quint32 row) const
{
    return row < m_own ? m_result->resources[row] : m_earlier->resources[m_gone[row - m_own]];
}

AdvisorChange ResourceIndex::change(quint32 row) const
{
    if (row >= m_own)
        return AdvisorChange::Gone;
    return row < m_difference.changes.size() ? m_difference.changes[row] : AdvisorChange::Same;
}

Text ResourceIndex::textOf(const ResourceField &field, quint32 row) const
{
    const AdvisorResource &resource = at(row);
    switch (field.kind) {
    case ResourceField::Kind::Region:
        return resource.region;
    case ResourceField::Kind::Value:
        return resource.value(field.heading);
    case ResourceField::Kind::Id:
        return resource.resourceId;
    case ResourceField::Kind::Status:
        return resource.status;
    default:
        return {};
    }
}

bool ResourceIndex::isNumeric(const ResourceField &field) const
{
    return field.kind == ResourceField::Kind::Value && orderOf(field)->isNumeric;
}

/// Keys of all rows when every value is a number of one kind; empty ones are the least.
bool ResourceIndex::numberKeys(const ResourceField &field, std::vector<quint64> &keys) const
{
    keys.resize(size());
    std::optional<ResourceNumber> first;
    for (quint32 row = 0; row < keys.size(); ++row) {
        const std::string_view text = textOf(field, row).view();
        if (text.empty() || text == "-") {
            keys[row] = 0;
            continue;
        }
        const std::optional<ResourceNumber> number = resourceNumber(text);
        if (!number)
            return false;
        if (!first)
            first = number;
        else if (first->isDate != number->isDate || first->unit != number->unit)
            return false;
        keys[row] = ordered(number->value);
    }
    return first.has_value();
}

std::shared_ptr<const ResourceIndex::Order> ResourceIndex::orderOf(const ResourceField &field) const
{
    const std::scoped_lock lock(m_mutex);
    std::shared_ptr<const Order> &kept = m_orders[field];
    if (!kept)
        kept = makeOrder(field);
    return kept;
}

std::shared_ptr<const ResourceIndex::Order> ResourceIndex::makeOrder(const ResourceField &field) const
{
    using Kind = ResourceField::Kind;
    auto order = std::make_shared<Order>();
    const size_t count = size();
    std::vector<Keyed> items(count);
    const auto take = [&](auto keyOfRow) {
        for (quint32 row = 0; row < count; ++row)
            items[row] = {keyOfRow(row), row};
    };
    const auto put = [&](auto isSame) {
        order->rows.resize(count);
        order->sameAsBefore.resize(count);
        for (size_t i = 0; i < count; ++i) {
            order->rows[i] = items[i].row;
            order->sameAsBefore[i] = i > 0 && isSame(items[i - 1], items[i]);
        }
    };
    const auto sameKey = [](const Keyed &a, const Keyed &b) { return a.key == b.key; };
    if (field.kind == Kind::None) {
        take([](quint32 row) { return quint64(row); });
        put(sameKey);
        return order;
    }
    if (field.kind == Kind::Status || field.kind == Kind::Change || field.kind == Kind::Suppressed) {
        take([&](quint32 row) -> quint64 {
            if (field.kind == Kind::Status)
                return quint64(advisorSeverity(at(row).status.view()));
            if (field.kind == Kind::Suppressed)
                return at(row).suppressed();
            switch (change(row)) { // what somebody has to look at is the most
            case AdvisorChange::New:
                return 5;
            case AdvisorChange::Worse:
                return 4;
            case AdvisorChange::Changed:
                return 3;
            case AdvisorChange::Better:
                return 2;
            case AdvisorChange::Gone:
                return 1;
            case AdvisorChange::Same:
                break;
            }
            return 0;
        });
        radixSort(items);
        put(sameKey);
        return order;
    }
    if (std::vector<quint64> keys; field.kind == Kind::Value && numberKeys(field, keys)) {
        order->isNumeric = true;
        take([&](quint32 row) { return keys[row]; });
        radixSort(items);
        put(sameKey);
        return order;
    }
    // What all values begin with tells nothing: eight bytes behind it part most of them.
    std::vector<std::string_view> texts(count);
    size_t bytes = 0;
    bool anyDigit = false;
    for (quint32 row = 0; row < count; ++row) {
        texts[row] = textOf(field, row).view();
        bytes += texts[row].size();
        anyDigit = anyDigit || std::any_of(texts[row].begin(), texts[row].end(), isDigitByte);
    }
    std::string natural;
    if (anyDigit) {
        natural.reserve(bytes + bytes / 2);
        std::vector<size_t> ends(count);
        for (quint32 row = 0; row < count; ++row) {
            appendNatural(natural, texts[row]);
            ends[row] = natural.size();
        }
        for (quint32 row = 0; row < count; ++row) {
            const size_t from = row > 0 ? ends[row - 1] : 0;
            texts[row] = std::string_view(natural).substr(from, ends[row] - from);
        }
    }
    size_t common = count > 0 ? texts.front().size() : 0;
    for (const std::string_view text : texts) {
        common = std::min(common, text.size());
        size_t same = 0;
        while (same < common && text[same] == texts.front()[same])
            ++same;
        common = same;
    }
    take([&](quint32 row) { return keyOf(texts[row], common); });
    radixSort(items);
    const auto isLong = [&](const Keyed &item) { return texts[item.row].size() > common + 8; };
    for (auto from = items.begin(); from != items.end();) {
        const auto to = std::find_if(from, items.end(), [&](const Keyed &item) { return item.key != from->key; });
        if (to - from > 1 && std::any_of(from, to, isLong)) {
            std::stable_sort(from, to, [&](const Keyed &a, const Keyed &b) {
                return compareLowered(texts[a.row], texts[b.row], common) < 0;
            });
        }
        from = to;
    }
    put([&](const Keyed &a, const Keyed &b) {
        return a.key == b.key && compareLowered(texts[a.row], texts[b.row], common) == 0;
    });
    return order;
}

std::shared_ptr<const ResourceIndex::Folded> ResourceIndex::folded() const
{
    const std::scoped_lock lock(m_mutex);
    if (m_folded)
        return m_folded;
    auto made = std::make_shared<Folded>();
    made->parts.resize(
        std::clamp<size_t>(size() / smallestPart, 1, size_t(std::clamp(QThread::idealThreadCount(), 1, 8))));
    made->rowsOfPart = (size() + made->parts.size() - 1) / made->parts.size();
    inParts(made->parts.size(), [&](size_t nth) {
        Folded::Part &part = made->parts[nth];
        part.first = std::min(size(), nth * made->rowsOfPart);
        const size_t last = std::min(size(), part.first + made->rowsOfPart);
        part.ends.reserve(last - part.first);
        size_t bytes = 0;
        for (size_t row = part.first; row < last; ++row) {
            const AdvisorResource &resource = at(quint32(row));
            bytes += resource.resourceId.size() + resource.region.size() + 3;
            for (const Text &value : resource.metadata)
                bytes += value.size() + 1;
        }
        part.text.reserve(bytes);
        for (size_t row = part.first; row < last; ++row) {
            const AdvisorResource &resource = at(quint32(row));
            fold(part.text, resource.region.view());
            part.text += '\t';
            for (const Text &value : resource.metadata) {
                fold(part.text, value.view());
                part.text += '\t';
            }
            fold(part.text, resource.resourceId.view());
            part.text += '\n';
            part.ends.push_back(part.text.size());
        }
    });
    m_folded = std::move(made);
    return m_folded;
}

std::string_view ResourceIndex::Folded::of(size_t row) const
{
    const Part &part = parts[row / rowsOfPart];
    const size_t place = row - part.first;
    const size_t from = place > 0 ? part.ends[place - 1] : 0;
    return std::string_view(part.text).substr(from, part.ends[place] - from);
}

ResourceIndex::Rows ResourceIndex::Folded::Part::rowsWith(std::string_view word) const
{
    Rows rows;
    size_t place = 0;
    for (size_t at = 0; (at = findBytes(text, word, at)) != std::string_view::npos; at = ends[place++]) {
        // The next hit is near in most tables: steps that double are fewer than halving all that is left.
        for (size_t step = 1; place + step < ends.size() && ends[place + step - 1] <= at; step *= 2)
            place += step;
        place = size_t(std::upper_bound(ends.begin() + qptrdiff(place), ends.end(), at) - ends.begin());
        rows.push_back(quint32(first + place));
    }
    return rows;
}

ResourceIndex::Rows ResourceIndex::Folded::rowsWith(std::string_view word) const
{
    std::vector<Rows> found(parts.size());
    inParts(parts.size(), [&](size_t nth) { found[nth] = parts[nth].rowsWith(word); });
    Rows all = std::move(found.front());
    for (size_t nth = 1; nth < found.size(); ++nth)
        all.insert(all.end(), found[nth].begin(), found[nth].end());
    return all;
}

/// Rows that hold all of the words. Who goes on typing narrows what was found before.
std::shared_ptr<const ResourceIndex::Rows> ResourceIndex::withWords(const std::vector<std::string> &words) const
{
    const std::shared_ptr<const Folded> all = folded();
    Found before;
    {
        const std::scoped_lock lock(m_mutex);
        before = m_found;
    }
    const auto holds = [](const std::vector<std::string> &some, const std::string &part) {
        return std::any_of(some.begin(), some.end(),
                           [&part](const std::string &one) { return one.find(part) != one.npos; });
    };
    const bool narrows = before.rows && before.rows->size() < size() / 8
        && std::all_of(before.words.begin(), before.words.end(),
                       [&](const std::string &word) { return holds(words, word); });
    auto rows = std::make_shared<Rows>(narrows ? *before.rows : all->rowsWith(words.front()));
    std::erase_if(*rows, [&](quint32 row) {
        const std::string_view text = all->of(row);
        return std::any_of(words.begin() + (narrows ? 0 : 1), words.end(),
                           [text](const std::string &word) { return findBytes(text, word, 0) == text.npos; });
    });
    const std::scoped_lock lock(m_mutex);
    m_found = {words, rows};
    return rows;
}

/// In the order of the result.
ResourceIndex::Rows ResourceIndex::shown(const ResourceQuery &query) const
{
    const QByteArray status = query.status.toUtf8();
    const std::string_view wanted(status.constData(), size_t(status.size()));
    const auto isHidden = [&](quint32 row) {
        const AdvisorResource &resource = at(row);
        return (query.hideSuppressed && resource.suppressed()) || (!wanted.empty() && resource.status.view() != wanted)
            || (query.onlyChanges && change(row) == AdvisorChange::Same);
    };
    std::vector<std::string> words;
    for (const QString &word : foldForSearch(query.words).simplified().split(QChar(u' '), Qt::SkipEmptyParts))
        words.push_back(word.toUtf8().toStdString());
    Rows rows;
    if (!words.empty()) {
        rows = *withWords(words);
    } else {
        rows.resize(size());
        std::iota(rows.begin(), rows.end(), 0);
    }
    if (query.hideSuppressed || !wanted.empty() || query.onlyChanges)
        std::erase_if(rows, isHidden);
    return rows;
}

ResourceIndex::Rows ResourceIndex::arrange(const ResourceQuery &query) const
{
    const bool hidesNothing =
        !query.hideSuppressed && query.status.isEmpty() && !query.onlyChanges && query.words.trimmed().isEmpty();
    std::vector<quint8> marks;
    if (!hidesNothing) {
        Rows some = shown(query);
        if (query.sort.kind == ResourceField::Kind::None) {
            if (query.descending)
                std::reverse(some.begin(), some.end());
            return some;
        }
        marks.resize(size());
        for (const quint32 row : some)
            marks[row] = 1;
    }
    const std::shared_ptr<const Order> order = orderOf(query.sort);
    Rows rows;
    rows.reserve(order->rows.size());
    const auto add = [&](quint32 row) {
        if (marks.empty() || marks[row])
            rows.push_back(row);
    };
    if (!query.descending) {
        for (const quint32 row : order->rows)
            add(row);
        return rows;
    }
    // Equals stay in the order of the service.
    for (size_t end = order->rows.size(); end > 0;) {
        size_t from = end - 1;
        while (from > 0 && order->sameAsBefore[from])
            --from;
        for (size_t i = from; i < end; ++i)
            add(order->rows[i]);
        end = from;
    }
    return rows;
}

} // namespace casement
