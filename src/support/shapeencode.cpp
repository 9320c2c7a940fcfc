#include "support/jsontext.h"
#include "support/shape.h"

#include <openssl/evp.h>

#include <array>
#include <charconv>
#include <cmath>

namespace casement::detail {

namespace {

void encodeScalar(const void *value, const TypeInfo &type, QByteArray &out)
{
    switch (type.kind) {
    case Kind::String: {
        const auto &text = *static_cast<const QString *>(value);
        if (text.isNull())
            out += "null";
        else
            appendJsonString(out, text);
        break;
    }
    case Kind::Text:
        appendJsonString(out, static_cast<const Text *>(value)->view());
        break;
    case Kind::Bool:
        out += *static_cast<const bool *>(value) ? "true" : "false";
        break;
    case Kind::Int32:
        out += QByteArray::number(*static_cast<const int *>(value));
        break;
    case Kind::Int64:
        out += QByteArray::number(*static_cast<const qint64 *>(value));
        break;
    case Kind::Double: {
        const double number = *static_cast<const double *>(value);
        if (!std::isfinite(number)) {
            out += '0';
            break;
        }
        std::array<char, 32> buffer{};
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
        out.append(buffer.data(), end - buffer.data());
        break;
    }
    case Kind::Blob: {
        const auto &bytes = *static_cast<const QByteArray *>(value);
        out += '"';
        const qsizetype at = out.size();
        // EVP_EncodeBlock writes a NUL behind, for which QByteArray has room.
        out.resize(at + (bytes.size() + 2) / 3 * 4);
        EVP_EncodeBlock(reinterpret_cast<unsigned char *>(out.data() + at),
                        reinterpret_cast<const unsigned char *>(bytes.constData()), int(bytes.size()));
        out += '"';
        break;
    }
    case Kind::Struct:
        encode(value, type.structure(), out);
        break;
    }
}

// Whether a member that is no list and no optional has nothing to say.
bool isEmpty(const void *value, const TypeInfo &type)
{
    switch (type.kind) {
    case Kind::String:
        return static_cast<const QString *>(value)->isEmpty();
    case Kind::Text:
        return static_cast<const Text *>(value)->isEmpty();
    case Kind::Blob:
        return static_cast<const QByteArray *>(value)->isNull();
    default:
        return false;
    }
}

void sizeOfBlobs(const void *object, const StructInfo &info, qsizetype &size)
{
    for (const FieldInfo &field : info.fields) {
        const void *member = static_cast<const char *>(object) + field.offset;
        if (field.type.kind == Kind::Blob && !field.type.isList() && !field.type.isOptional()) {
            size += static_cast<const QByteArray *>(member)->size() * 4 / 3 + 64;
        } else if (field.type.kind == Kind::Struct && field.type.isList()) {
            const qsizetype count = field.type.count(member);
            for (qsizetype i = 0; i < count; ++i)
                sizeOfBlobs(field.type.at(member, i), field.type.structure(), size);
        }
    }
}

} // namespace

void encode(const void *object, const StructInfo &info, QByteArray &out)
{
    if (out.isEmpty()) {
        qsizetype size = 256;
        sizeOfBlobs(object, info, size); // one allocation for 20 MB of base64 instead of many
        out.reserve(size);
    }
    out += '{';
    bool first = true;
    for (const FieldInfo &field : info.fields) {
        const void *member = static_cast<const char *>(object) + field.offset;
        const auto name = [&] {
            if (!first)
                out += ',';
            first = false;
            appendJsonString(out, field.name);
            out += ':';
        };
        if (field.type.isList()) {
            const qsizetype count = field.type.count(member);
            if (count == 0 && !field.limits.isAlways)
                continue;
            name();
            out += '[';
            for (qsizetype i = 0; i < count; ++i) {
                if (i > 0)
                    out += ',';
                encodeScalar(field.type.at(member, i), field.type, out);
            }
            out += ']';
        } else if (field.type.isOptional()) {
            if (const void *value = field.type.get(member)) {
                name();
                encodeScalar(value, field.type, out);
            }
        } else if (field.limits.isAlways || !isEmpty(member, field.type)) {
            name();
            encodeScalar(member, field.type, out);
        }
    }
    out += '}';
}

} // namespace casement::detail
