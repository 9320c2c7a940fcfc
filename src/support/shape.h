#pragma once

#include "base/result.h"
#include "base/text.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

/// The single description of an API type. A struct lists its members once,
///
///     static constexpr auto shape()
///     {
///         return std::tuple(field("caseId", &Request::caseId, required),
///                           field("maxResults", &Request::maxResults, within(10, 100)));
///     }
///
/// and JSON both ways, local checks against the service's limits, the emulator and the conformance test read that list.
///
/// Members may be QString, Text (in an arena), bool, int, qint64, double, QByteArray (a blob: base64 on the wire),
/// another struct with a shape(), std::optional of these, and QList or std::vector of these. What a struct does not
/// list is skipped.
namespace casement {

/// What the service's model says about one member.
struct Limits
{
    bool isRequired = false; ///< a request without it is refused, here and there
    bool isEssential = false; ///< an answer without it is not an answer
    bool isExact = false; ///< an answer that has it in another type is not an answer
    bool isAlways = false; ///< written even when empty: the lists of an answer
    /// What can't be read leaves a trace: in a list of records one without members, of a text its JSON.
    bool isPlaced = false;
    qint64 least = -1; ///< characters (Unicode code points), items, or the value itself
    qint64 most = -1;
    qint64 eachLeast = -1; ///< the same for each item of a list of strings
    qint64 eachMost = -1;
};

inline constexpr Limits required{.isRequired = true};
inline constexpr Limits essential{.isEssential = true, .isExact = true};
inline constexpr Limits exact{.isExact = true};
inline constexpr Limits always{.isAlways = true};
/// The list that an answer is: without it there is no answer, and an empty one is written.
inline constexpr Limits wholeList{.isEssential = true, .isAlways = true};
/// For who must know that something was there which could not be read.
inline constexpr Limits placed{.isPlaced = true};
constexpr Limits within(qint64 least, qint64 most) { return {.least = least, .most = most}; }
constexpr Limits each(qint64 least, qint64 most) { return {.eachLeast = least, .eachMost = most}; }
constexpr Limits operator|(Limits a, Limits b)
{
    a.isRequired |= b.isRequired;
    a.isEssential |= b.isEssential;
    a.isExact |= b.isExact;
    a.isAlways |= b.isAlways;
    a.isPlaced |= b.isPlaced;
    if (b.least >= 0)
        a.least = b.least;
    if (b.most >= 0)
        a.most = b.most;
    if (b.eachLeast >= 0)
        a.eachLeast = b.eachLeast;
    if (b.eachMost >= 0)
        a.eachMost = b.eachMost;
    return a;
}

template <class S, class M> struct Field
{
    std::string_view name;
    M S::*member;
    Limits limits;
};

template <class S, class M> constexpr Field<S, M> field(std::string_view name, M S::*member, Limits limits = {})
{
    return {name, member, limits};
}

/// A request member that breaks a limit.
struct Violation
{
    enum class Kind { Missing, TooShort, TooLong, TooFew, TooMany, TooSmall, TooLarge };

    QString path; ///< `attachments[1].fileName`
    Kind kind;
    qint64 limit = 0;
    qint64 actual = 0;

    /// One sentence in the person's language, as it goes into Error::message: "maxResults must be at least 10, but
    /// is 5."
    QString toSentence() const;
};

/// How strictly JSON is read.
enum class Reading {
    Lenient, ///< an answer: what has the wrong type counts as missing, a number stands for its text; not where `exact`
    Typed, ///< the emulator: wrong types are an error, unknown members are skipped
    Strict, ///< what a person typed: unknown members are an error too
};

namespace detail {

struct StructInfo;

enum class Kind : quint8 { String, Text, Bool, Int32, Int64, Double, Blob, Struct };

/// How to reach and grow a member whose type is known only by this table; so that one reader and one writer, compiled
/// once, serve every shape.
struct TypeInfo
{
    Kind kind = Kind::String;
    const StructInfo &(*structure)() = nullptr; ///< of Kind::Struct
    // of a list
    void *(*append)(void *list) = nullptr;
    qsizetype (*count)(const void *list) = nullptr;
    const void *(*at)(const void *list, qsizetype index) = nullptr;
    // of an optional
    void *(*engage)(void *optional) = nullptr;
    const void *(*get)(const void *optional) = nullptr; ///< null when empty

    bool isList() const { return append; }
    bool isOptional() const { return engage; }
};

/// A member's name as it stands in JSON, made so that it is found in a few steps: readers look up thousands of them.
class MemberKey
{
public:
    explicit MemberKey(std::string_view name) : m_name(name), m_size(name.size() + 1)
    {
        const std::string quoted = std::string(name) + '"';
        std::memcpy(&m_first, quoted.data(), std::min<size_t>(m_size, 8));
        if (m_size >= 8)
            std::memcpy(&m_last, quoted.data() + m_size - 8, 8);
        else
            m_mask = (quint64(1) << (8 * m_size)) - 1; // little-endian; Casement knows no other machines
    }

    /// Whether that name, and nothing behind it, stands at `text`. Eight bytes are read in any case, and no more than
    /// the name's own length after those.
    bool standsAt(const char *text) const
    {
        if (((load(text) ^ m_first) & m_mask) != 0)
            return false;
        if (m_size <= 8)
            return true;
        return load(text + m_size - 8) == m_last
            && (m_size <= 16 || std::memcmp(text + 8, m_name.data() + 8, m_size - 16) == 0);
    }

private:
    static quint64 load(const char *text)
    {
        quint64 bytes;
        std::memcpy(&bytes, text, sizeof(bytes));
        return bytes;
    }

    std::string_view m_name;
    size_t m_size; // with the quote
    quint64 m_first = 0;
    quint64 m_last = 0;
    quint64 m_mask = ~quint64(0);
};

struct FieldInfo
{
    std::string_view name;
    MemberKey key;
    ptrdiff_t offset = 0;
    TypeInfo type;
    Limits limits;
};

struct StructInfo
{
    std::vector<FieldInfo> fields;
};

template <class T> const StructInfo &structInfo();

template <class T> struct IsList : std::false_type
{
};
template <class T> struct IsList<QList<T>> : std::true_type
{
    using Item = T;
};
template <class T> struct IsList<std::vector<T>> : std::true_type
{
    using Item = T;
};
template <class T> struct IsOptional : std::false_type
{
};
template <class T> struct IsOptional<std::optional<T>> : std::true_type
{
    using Value = T;
};

template <class T> TypeInfo typeInfo()
{
    TypeInfo info;
    if constexpr (IsList<T>::value) {
        using Item = typename IsList<T>::Item;
        info = typeInfo<Item>();
        static_assert(!IsList<Item>::value && !IsOptional<Item>::value);
        info.append = [](void *list) -> void * {
            T &items = *static_cast<T *>(list);
            if (items.capacity() == 0)
                items.reserve(sizeof(Item) < 128 ? 8 : 64); // growing from one on would cost more than most lists
            return &items.emplace_back();
        };
        info.count = [](const void *list) -> qsizetype { return qsizetype(static_cast<const T *>(list)->size()); };
        info.at = [](const void *list, qsizetype index) -> const void * {
            if constexpr (std::is_same_v<T, QList<Item>>)
                return &static_cast<const T *>(list)->at(index);
            else
                return &(*static_cast<const T *>(list))[size_t(index)];
        };
    } else if constexpr (IsOptional<T>::value) {
        info = typeInfo<typename IsOptional<T>::Value>();
        static_assert(!IsList<typename IsOptional<T>::Value>::value);
        info.engage = [](void *optional) -> void * { return &static_cast<T *>(optional)->emplace(); };
        info.get = [](const void *optional) -> const void * {
            const T &value = *static_cast<const T *>(optional);
            return value ? &*value : nullptr;
        };
    } else if constexpr (std::is_same_v<T, QString>) {
        info.kind = Kind::String;
    } else if constexpr (std::is_same_v<T, Text>) {
        info.kind = Kind::Text;
    } else if constexpr (std::is_same_v<T, bool>) {
        info.kind = Kind::Bool;
    } else if constexpr (std::is_same_v<T, qint64>) {
        info.kind = Kind::Int64;
    } else if constexpr (std::is_same_v<T, int>) {
        info.kind = Kind::Int32;
    } else if constexpr (std::is_same_v<T, double>) {
        info.kind = Kind::Double;
    } else if constexpr (std::is_same_v<T, QByteArray>) {
        info.kind = Kind::Blob;
    } else {
        info.kind = Kind::Struct;
        info.structure = &structInfo<T>;
    }
    return info;
}

template <class T> const StructInfo &structInfo()
{
    static const StructInfo info = [] {
        StructInfo made;
        const T probe{}; // where a member stands is asked of a real object
        std::apply(
            [&]<class... Fields>(const Fields &...fields) {
                const auto add = [&]<class S, class M>(const Field<S, M> &f) {
                    const auto *member = reinterpret_cast<const char *>(&(probe.*f.member));
                    made.fields.push_back({f.name, MemberKey(f.name), member - reinterpret_cast<const char *>(&probe),
                                           typeInfo<M>(), f.limits});
                };
                (add(fields), ...);
            },
            T::shape());
        return made;
    }();
    return info;
}

/// What decode() may do with the text it reads.
struct Source
{
    QByteArrayView json;
    qsizetype room = 0; ///< bytes behind it that may be read, whatever they hold
    bool outlivesTexts = false; ///< Text members may stay views of it
};

Result<void> decode(Source source, const StructInfo &info, void *object, Arena *arena, Reading reading);

template <class T> Result<T> decodeFrom(const Source &source, Arena *arena, Reading reading)
{
    T value{};
    if (const Result<void> done = decode(source, structInfo<T>(), &value, arena, reading); !done)
        return done.error();
    return value;
}

inline Source sourceOf(QByteArray json, bool outlivesTexts) // a copy, since Qt tells the room of no constant
{
    return {json, json.data_ptr().freeSpaceAtEnd(), outlivesTexts};
}

void encode(const void *object, const StructInfo &info, QByteArray &out);
void check(const void *object, const StructInfo &info, const QString &path, QList<Violation> &found);

} // namespace detail

/// Reads a whole JSON object. Error::Kind::BadAnswer when it is not one, is cut, has an object's worth of members of
/// which none is known, lacks an essential member, or has an exact one in another type; also when what is skipped is no
/// JSON, holds a number that no double can hold (1e999), or nests a thousand deep. Missing members keep their defaults,
/// `null` counts as missing, lone surrogates, broken escapes and bytes that are not UTF-8 become U+FFFD (a strict
/// reading refuses the first two). An essential member that is null is missing, too. `arena` is needed by shapes with
/// Text members.
template <class T> Result<T> decode(QByteArrayView json, Arena *arena = nullptr, Reading reading = Reading::Lenient)
{
    return detail::decodeFrom<T>({json}, arena, reading);
}

/// The same; read where it stands when it has room behind its end, as the bodies of answers have, and copied otherwise.
template <class T> Result<T> decode(const QByteArray &json, Arena *arena = nullptr, Reading reading = Reading::Lenient)
{
    return detail::decodeFrom<T>(detail::sourceOf(json, false), arena, reading);
}

/// The same for values that are used up before `json` goes: Text members are views of it where that is possible.
template <class T> Result<T> decodeInPlace(const QByteArray &json, Arena &arena)
{
    return detail::decodeFrom<T>(detail::sourceOf(json, true), &arena, Reading::Lenient);
}

/// Compact JSON. Empty strings, empty lists and empty optionals are left out (the service takes "" for a value); a null
/// QString inside a list is written as null.
template <class T> QByteArray encode(const T &value)
{
    QByteArray out;
    detail::encode(&value, detail::structInfo<T>(), out);
    return out;
}

/// What a request's members break of the service's limits; empty when it may be sent.
template <class T> QList<Violation> violations(const T &value)
{
    QList<Violation> found;
    detail::check(&value, detail::structInfo<T>(), {}, found);
    return found;
}

} // namespace casement
