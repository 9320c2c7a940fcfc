#include "support/shape.h"

#include <QCoreApplication>

namespace casement {

QString Violation::toSentence() const
{
    const auto sentence = [this](const char *words) {
        return QCoreApplication::translate("casement::Violation", words).arg(path).arg(limit).arg(actual);
    };
    switch (kind) {
    case Kind::Missing:
        return QCoreApplication::translate("casement::Violation", "%1 is missing.").arg(path);
    case Kind::TooShort:
        return sentence(QT_TRANSLATE_NOOP("casement::Violation", "%1 is too short: its length is %3, at least %2."));
    case Kind::TooLong:
        return sentence(QT_TRANSLATE_NOOP("casement::Violation", "%1 is too long: its length is %3, at most %2."));
    case Kind::TooFew:
        return sentence(QT_TRANSLATE_NOOP("casement::Violation", "%1 has too few items: %3, at least %2."));
    case Kind::TooMany:
        return sentence(QT_TRANSLATE_NOOP("casement::Violation", "%1 has too many items: %3, at most %2."));
    case Kind::TooSmall:
        return sentence(QT_TRANSLATE_NOOP("casement::Violation", "%1 must be at least %2, but is %3."));
    case Kind::TooLarge:
        return sentence(QT_TRANSLATE_NOOP("casement::Violation", "%1 must be at most %2, but is %3."));
    }
    return {};
}

namespace detail {

namespace {

// Unicode code points: what the service counts, and fewer than UTF-16 units where there are emoji.
qint64 codePoints(const QString &text)
{
    qint64 count = text.size();
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (text[i].isLowSurrogate() && text[i - 1].isHighSurrogate())
            --count;
    }
    return count;
}

struct Checker
{
    QList<Violation> &found;

    void range(const QString &path, qint64 actual, qint64 least, qint64 most, Violation::Kind below,
               Violation::Kind above)
    {
        if (least >= 0 && actual < least)
            found.append({path, below, least, actual});
        else if (most >= 0 && actual > most)
            found.append({path, above, most, actual});
    }

    void value(const void *value, const TypeInfo &type, qint64 least, qint64 most, const QString &path)
    {
        switch (type.kind) {
        case Kind::String:
            range(path, codePoints(*static_cast<const QString *>(value)), least, most, Violation::Kind::TooShort,
                  Violation::Kind::TooLong);
            break;
        case Kind::Int32:
            range(path, *static_cast<const int *>(value), least, most, Violation::Kind::TooSmall,
                  Violation::Kind::TooLarge);
            break;
        case Kind::Int64:
            range(path, *static_cast<const qint64 *>(value), least, most, Violation::Kind::TooSmall,
                  Violation::Kind::TooLarge);
            break;
        case Kind::Struct:
            check(value, type.structure(), path, found);
            break;
        default:
            break;
        }
    }
};

bool isAbsent(const void *member, const TypeInfo &type)
{
    if (type.isList())
        return type.count(member) == 0;
    if (type.isOptional())
        return !type.get(member);
    switch (type.kind) {
    case Kind::String:
        return static_cast<const QString *>(member)->isEmpty();
    case Kind::Text:
        return static_cast<const Text *>(member)->isEmpty();
    case Kind::Blob:
        return static_cast<const QByteArray *>(member)->isNull();
    default:
        return false;
    }
}

} // namespace

void check(const void *object, const StructInfo &info, const QString &path, QList<Violation> &found)
{
    Checker checker{found};
    for (const FieldInfo &field : info.fields) {
        const void *member = static_cast<const char *>(object) + field.offset;
        const QString name = QString::fromLatin1(field.name.data(), qsizetype(field.name.size()));
        const QString here = path.isEmpty() ? name : QString(path + u'.' + name);
        const Limits &limits = field.limits;
        if (isAbsent(member, field.type)) {
            if (limits.isRequired)
                found.append({here, Violation::Kind::Missing});
        } else if (field.type.isList()) {
            const qsizetype count = field.type.count(member);
            checker.range(here, count, limits.least, limits.most, Violation::Kind::TooFew, Violation::Kind::TooMany);
            for (qsizetype i = 0; i < count; ++i)
                checker.value(field.type.at(member, i), field.type, limits.eachLeast, limits.eachMost,
                              here + QStringLiteral("[%1]").arg(i));
        } else {
            const void *value = field.type.isOptional() ? field.type.get(member) : member;
            checker.value(value, field.type, limits.least, limits.most, here);
        }
    }
}

} // namespace detail

} // namespace casement
