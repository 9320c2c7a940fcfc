#include "aws/transport.h"
#include "base/text.h"
#include "support/jsontext.h"
#include "support/shape.h"

#include <openssl/evp.h>

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace casement::detail {

namespace {

namespace od = simdjson::ondemand;
using simdjson::error_code;

// What is skipped may nest this deep: what a later service adds is no reason to refuse the rest, and the stack has an
// end.
constexpr int deepestSkipped = 1000;

/// Whether an object had members that its shape lists, and others.
struct Tally
{
    bool known = false;
    bool unknown = false;
};

/// Values are handed on by reference: copies of them, written in parts and read whole, stall the processor for longer
/// than the reading takes.
class Reader
{
public:
    Reader(Arena *arena, Reading reading, bool sourceOutlivesTexts)
        : m_arena(arena), m_reading(reading), m_leavesTexts(sourceOutlivesTexts)
    {
    }

    // Reads every member of `object`; false when the JSON itself is broken or a strict reading found a fault.
    bool readObject(od::object object, const StructInfo &info, void *target, const char *where, Tally *tally = nullptr)
    {
        const size_t count = info.fields.size();
        size_t hint = 0;
        quint64 seen = 0;
        quint64 nulls = 0;
        int strangers = 0;
        for (auto next : object) {
            if (!good(next.error()))
                return false;
            od::field &&member = std::move(next).value_unsafe();
            const od::raw_json_string key = member.key();
            size_t index = count;
            for (size_t step = 0; step < count; ++step) {
                // The service writes members in the model's order, so the next one is nearly always right.
                const size_t candidate = hint + step < count ? hint + step : hint + step - count;
                if (info.fields[candidate].key.standsAt(key.raw())) {
                    index = candidate;
                    break;
                }
            }
            if (index == count && hasEscape(key))
                index = findEscaped(member, info);
            if (index == count) {
                ++strangers;
                if (m_reading == Reading::Strict)
                    return fail(QStringLiteral("Unknown member \"%1\"%2.").arg(keyText(key), inside(where)));
                if (!skip(member.value()))
                    return false;
                continue;
            }
            hint = index + 1 == count ? 0 : index + 1;
            const FieldInfo &field = info.fields[index];
            const bool top = where == nullptr;
            bool isNull = false;
            if (!readMember(member.value(), field, static_cast<char *>(target) + field.offset, top, isNull))
                return false;
            seen |= quint64(1) << index;
            if (isNull)
                nulls |= quint64(1) << index;
        }
        if (tally)
            *tally = {.known = seen != 0, .unknown = strangers > 0};
        for (size_t i = 0; i < count; ++i) {
            if (info.fields[i].limits.isEssential && m_reading == Reading::Lenient
                && !hasValue(info.fields[i], target, (seen & ~nulls) >> i & 1)) {
                return fail(
                    QStringLiteral("The answer lacks \"%1\".")
                        .arg(QLatin1StringView(info.fields[i].name.data(), qsizetype(info.fields[i].name.size()))));
            }
        }
        return true;
    }

    bool good(error_code code)
    {
        if (code == simdjson::SUCCESS)
            return true;
        if (m_message.isEmpty())
            m_message = QString::fromLatin1(simdjson::error_message(code));
        return false;
    }

    const QString &message() const { return m_message; }
    bool isRefused() const { return m_refused; }

private:
    bool fail(const QString &message)
    {
        m_message = message;
        m_refused = true;
        return false;
    }

    static QString keyText(const od::raw_json_string &key)
    {
        const char *end = key.raw();
        while (*end && *end != '"' && end - key.raw() < 100)
            ++end;
        return QString::fromUtf8(key.raw(), end - key.raw());
    }

    static QString inside(const char *where)
    {
        return where ? QStringLiteral(" in %1").arg(QLatin1StringView(where)) : QString();
    }

    static bool hasEscape(const od::raw_json_string &key)
    {
        const char *at = key.raw();
        while (*at != '"' && *at != '\\')
            ++at;
        return *at == '\\';
    }

    static size_t findEscaped(od::field &member, const StructInfo &info)
    {
        const char *raw = member.key().raw();
        const char *end = raw;
        while (*end != '"')
            end += *end == '\\' ? 2 : 1;
        const std::string name = unescapeJson(std::string_view(raw, size_t(end - raw)));
        for (size_t i = 0; i < info.fields.size(); ++i) {
            if (info.fields[i].name == name)
                return i;
        }
        return info.fields.size();
    }

    static bool hasValue(const FieldInfo &field, const void *object, bool seen)
    {
        const void *member = static_cast<const char *>(object) + field.offset;
        if (field.type.isOptional())
            return field.type.get(member);
        if (!field.type.isList() && field.type.kind == Kind::String)
            return !static_cast<const QString *>(member)->isEmpty();
        return seen;
    }

    // Passes over a value that nobody asked for. Its texts are not looked into, but all else must be JSON: simdjson's
    // own way of skipping counts brackets alone, and an answer that is broken somewhere is not to be trusted elsewhere.
    bool skip(od::value &value, int depth = 0)
    {
        od::json_type type{};
        if (!good(value.type().get(type)))
            return false;
        if (depth >= deepestSkipped && isNested(type))
            return fail(QStringLiteral("The answer is nested too deeply."));
        switch (type) {
        case od::json_type::array: {
            od::array items;
            if (!good(value.get_array().get(items)))
                return false;
            for (auto next : items) {
                if (!good(next.error()))
                    return false;
                od::value &&item = std::move(next).value_unsafe();
                if (!skip(item, depth + 1))
                    return false;
            }
            return true;
        }
        case od::json_type::object: {
            od::object members;
            if (!good(value.get_object().get(members)))
                return false;
            for (auto next : members) {
                if (!good(next.error()))
                    return false;
                od::field &&member = std::move(next).value_unsafe();
                if (!skip(member.value(), depth + 1))
                    return false;
            }
            return true;
        }
        case od::json_type::string: {
            od::raw_json_string text;
            return good(value.get_raw_json_string().get(text));
        }
        default:
            return skipScalar(value, type);
        }
    }

    bool skipScalar(od::value &value, od::json_type type)
    {
        bool flag = false;
        double number = 0; // 1e999 is none
        if (type == od::json_type::number)
            return good(value.get_double().get(number));
        return type == od::json_type::null ? good(value.is_null().get(flag)) : good(value.get_bool().get(flag));
    }

    // `top`: a member of the answer itself, whose lists and records are what was asked for; a wrong type there is no
    // gap to be lenient about.
    bool readMember(od::value &value, const FieldInfo &field, void *member, bool top, bool &isNull)
    {
        od::json_type type{};
        if (!good(value.type().get(type)))
            return false;
        if (type == od::json_type::null)
            return good(value.is_null().get(isNull)); // read, so that "nul" is noticed
        if (field.type.isList()) {
            if (type != od::json_type::array)
                return wrongType(field, top || field.limits.isExact) && skip(value);
            bool dropped = false;
            bool taken = false;
            const bool placed = field.limits.isPlaced && m_reading == Reading::Lenient;
            od::array items;
            if (!good(value.get_array().get(items)))
                return false;
            for (auto next : items) {
                if (!good(next.error()))
                    return false;
                od::value &&item = std::move(next).value_unsafe();
                od::json_type itemType{};
                if (!good(item.type().get(itemType)))
                    return false;
                if (itemType == od::json_type::null) {
                    // A null among texts keeps its place, for the columns of a resource; a null record is no record.
                    if (field.type.kind == Kind::String || field.type.kind == Kind::Text || placed)
                        field.type.append(member);
                    bool isNullItem = false;
                    if (!good(item.is_null().get(isNullItem)))
                        return false;
                    continue;
                }
                if (!fits(itemType, field.type.kind)) {
                    if (m_reading != Reading::Lenient)
                        return wrongType(field);
                    if (field.type.kind == Kind::String || field.type.kind == Kind::Text) {
                        // A text that is a record is shown as it was written.
                        if (!readNested(item, field.type.kind, field.type.append(member)))
                            return false;
                        taken = true;
                        continue;
                    }
                    if (!skip(item))
                        return false;
                    dropped = true;
                    if (placed)
                        field.type.append(member);
                    continue;
                }
                taken = true;
                if (!readValue(item, itemType, field, field.type.append(member)))
                    return false;
            }
            return !dropped || !top || taken || wrongType(field, top);
        }
        const bool exact = field.limits.isExact;
        if (field.limits.isPlaced && m_reading == Reading::Lenient && isNested(type) && field.type.kind == Kind::String)
            return readNested(value, Kind::String, member);
        if (!fits(type, field.type.kind, exact))
            return wrongType(field, exact || (top && field.type.kind == Kind::Struct)) && skip(value);
        return readValue(value, type, field, field.type.isOptional() ? field.type.engage(member) : member);
    }

    static bool isNested(od::json_type type) { return type == od::json_type::array || type == od::json_type::object; }

    bool wrongType(const FieldInfo &field, bool fatal = false)
    {
        if (m_reading == Reading::Lenient && !fatal)
            return true; // as if it were missing
        return fail(QStringLiteral("\"%1\" has the wrong type.")
                        .arg(QLatin1StringView(field.name.data(), qsizetype(field.name.size()))));
    }

    bool fits(od::json_type type, Kind kind, bool exact = false) const
    {
        switch (kind) {
        case Kind::String:
        case Kind::Text:
            return type == od::json_type::string
                || (m_reading == Reading::Lenient && !exact
                    && (type == od::json_type::number || type == od::json_type::boolean));
        case Kind::Blob:
            return type == od::json_type::string;
        case Kind::Bool:
            return type == od::json_type::boolean;
        case Kind::Int32:
        case Kind::Int64:
        case Kind::Double:
            return type == od::json_type::number;
        case Kind::Struct:
            return type == od::json_type::object;
        }
        return false;
    }

    bool readValue(od::value &value, od::json_type type, const FieldInfo &field, void *target)
    {
        switch (field.type.kind) {
        case Kind::String:
        case Kind::Text:
            return readText(value, type, field.type.kind, target);
        case Kind::Bool: {
            bool flag = false;
            if (!good(value.get_bool().get(flag)))
                return false;
            *static_cast<bool *>(target) = flag;
            return true;
        }
        case Kind::Int32: {
            qint64 number = 0;
            if (!readInteger(value, number))
                return false;
            *static_cast<int *>(target) =
                int(std::clamp<qint64>(number, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
            return true;
        }
        case Kind::Int64:
            return readInteger(value, *static_cast<qint64 *>(target));
        case Kind::Double: {
            double number = 0;
            if (!good(value.get_double().get(number)))
                return false;
            *static_cast<double *>(target) = number;
            return true;
        }
        case Kind::Blob:
            return readBlob(value, *static_cast<QByteArray *>(target));
        case Kind::Struct: {
            od::object object;
            return good(value.get_object().get(object))
                && readObject(object, field.type.structure(), target, field.name.data());
        }
        }
        return false;
    }

    void store(std::string_view text, Kind kind, void *target)
    {
        if (kind == Kind::Text) {
            Q_ASSERT(m_arena);
            *static_cast<Text *>(target) = m_arena->add(text);
        } else {
            // fromUtf8 of nothing gives a null string, and null means "absent" here.
            *static_cast<QString *>(target) = text.empty() ? QString(QLatin1StringView("")) : textOfUtf8(text);
        }
    }

    bool readText(od::value &value, od::json_type type, Kind kind, void *target)
    {
        const std::string_view token = value.raw_json_token();
        if (type != od::json_type::string) {
            if (!skipScalar(value, type))
                return false;
            std::string_view trimmed = token;
            while (!trimmed.empty() && static_cast<unsigned char>(trimmed.back()) <= ' ')
                trimmed.remove_suffix(1);
            store(trimmed, kind, target);
            return true;
        }
        const size_t last = token.rfind('"');
        if (token.size() < 2 || last == 0 || last == std::string_view::npos)
            return good(simdjson::STRING_ERROR);
        const std::string_view inside = token.substr(1, last - 1);
        if (inside.find('\\') == std::string_view::npos) { // most texts: taken from where they stand
            od::raw_json_string raw;
            if (!good(value.get_raw_json_string().get(raw)))
                return false;
            if (m_leavesTexts && kind == Kind::Text)
                *static_cast<Text *>(target) = Text(inside.data(), quint32(inside.size()));
            else
                store(inside, kind, target);
            return true;
        }
        std::string_view text;
        const error_code code = value.get_string().get(text);
        if (code == simdjson::SUCCESS) {
            store(text, kind, target);
            return true;
        }
        if (code != simdjson::STRING_ERROR)
            return good(code);
        if (m_reading == Reading::Strict) // written by a person, who had better know
            return fail(QStringLiteral("A text holds an escape that is no character, such as half of a pair."));
        // A lone surrogate or a broken escape: the reader is strict there, a person's message must survive.
        store(unescapeJson(inside), kind, target);
        return true;
    }

    // A list or a record where a text was expected, as its JSON. simdjson's raw_json() counts brackets and looks at
    // nothing between them, so all of it is read.
    bool readNested(od::value &value, Kind kind, void *target)
    {
        const char *begin = value.raw_json_token().data();
        if (!skip(value))
            return false;
        const char *end = begin;
        bool isText = false;
        int depth = 0;
        do {
            const char c = *end++;
            if (isText) {
                end += c == '\\' ? 1 : 0;
                isText = c != '"';
            } else {
                isText = c == '"';
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            }
        } while (depth > 0);
        store({begin, size_t(end - begin)}, kind, target);
        return true;
    }

    // An integer as it stands, or a number such as 1e3 that is one; what does not fit in 64 bits ends the reading.
    bool readInteger(od::value &value, qint64 &target)
    {
        int64_t number = 0;
        if (value.get_int64().get(number) == simdjson::SUCCESS) {
            target = number;
            return true;
        }
        double real = 0;
        if (!good(value.get_double().get(real)))
            return false;
        if (!std::isfinite(real) || real != std::floor(real) || std::abs(real) >= 9.2e18) {
            if (m_reading != Reading::Lenient)
                return fail(QStringLiteral("A number is no whole number of 64 bits."));
            return true;
        }
        target = qint64(real);
        return true;
    }

    bool readBlob(od::value &value, QByteArray &target)
    {
        std::string_view text;
        if (!good(value.get_string().get(text)))
            return false;
        if (text.empty()) {
            target = QByteArray("", 0);
            return true;
        }
        if (text.size() % 4 == 0) {
            target.resize(qsizetype(text.size() / 4 * 3));
            const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char *>(target.data()),
                                               reinterpret_cast<const unsigned char *>(text.data()), int(text.size()));
            if (length >= 0) {
                const int padding = int(text.ends_with("==")) + int(text.ends_with("="));
                target.resize(length - padding);
                return true;
            }
        }
        return fail(QStringLiteral("A file's base64 is broken."));
    }

    Arena *m_arena;
    Reading m_reading;
    bool m_leavesTexts;
    QString m_message;
    bool m_refused = false;
};

Error wrong(const QString &message) { return Error{.kind = Error::Kind::BadAnswer, .message = message}; }

bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

} // namespace

Result<void> decode(Source source, const StructInfo &info, void *object, Arena *arena, Reading reading)
{
    auto &[json, room, outlivesTexts] = source;
    static_assert(answerRoom >= simdjson::SIMDJSON_PADDING);
    Q_ASSERT(info.fields.size() <= 64);
    if (json.startsWith("\xEF\xBB\xBF"))
        json = json.sliced(3);
    while (!json.isEmpty() && isSpace(json.back())) {
        json.chop(1);
        ++room;
    }
    if (json.isEmpty())
        return wrong(QStringLiteral("The answer is empty."));

    // The parser reads beyond the end: what has no room there gets a copy with room.
    thread_local od::parser parser;
    thread_local std::string padded;
    const auto copied = [&source](QByteArrayView text) {
        source.outlivesTexts = false;
        padded.clear();
        padded.reserve(size_t(text.size()) + simdjson::SIMDJSON_PADDING);
        padded.append(text.data(), size_t(text.size()));
        return simdjson::padded_string_view(padded.data(), padded.size(), padded.capacity());
    };

    od::document document;
    error_code code =
        parser
            .iterate(room < qsizetype(simdjson::SIMDJSON_PADDING)
                         ? copied(json)
                         : simdjson::padded_string_view(json.data(), size_t(json.size()), size_t(json.size() + room)))
            .get(document);
    if (code == simdjson::UTF8_ERROR)
        code = parser.iterate(copied(QString::fromUtf8(json).toUtf8())).get(document);
    Reader reader(arena, reading, outlivesTexts);
    Tally tally;
    od::object root;
    bool done = reader.good(code) && reader.good(document.get_object().get(root))
        && reader.readObject(root, info, object, nullptr, &tally);
    const char *rest = nullptr;
    if (done && document.current_location().get(rest) == simdjson::SUCCESS) {
        done = false;
        reader.good(simdjson::TRAILING_CONTENT);
    }
    if (parser.capacity() > (4 << 20)) { // one large answer must not keep its memory for ever
        std::string().swap(padded);
        parser = od::parser();
    }
    if (!done)
        return wrong(reader.isRefused() ? reader.message()
                                        : QStringLiteral("The answer is not whole JSON: %1").arg(reader.message()));
    if (!tally.known && tally.unknown && reading == Reading::Lenient && !info.fields.empty())
        return wrong(QStringLiteral("The answer has no member that this operation answers."));
    return {};
}

} // namespace casement::detail
