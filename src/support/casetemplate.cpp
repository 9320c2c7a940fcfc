#include "support/casetemplate.h"

#include "support/jsontext.h"
#include "support/templatemembers.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>
#include <QSet>
#include <QStringDecoder>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestName = 64;
constexpr qsizetype longestField = 10'000; // of a field of one line; a larger one makes no window of a case

template <class Request, class Visit> void forEachMember(Request &request, Visit visit)
{
    std::apply(
        [&](const auto &...fields) {
            (visit(QLatin1StringView(fields.name.data(), qsizetype(fields.name.size())), request.*fields.member), ...);
        },
        Request::shape());
}

template <class Request> bool knows(const QString &name)
{
    bool known = false;
    Request probe;
    forEachMember(probe, [&](QLatin1StringView member, const auto &) { known |= name == member; });
    return known;
}

// The two shapes share most of their members. What only one of them has decides, CreateCase when in doubt.
bool isReply(const QList<TemplateMember> &members)
{
    using Create = CreateCase::Request;
    using Reply = AddCommunicationToCase::Request;
    bool isOfReply = false;
    for (const TemplateMember &member : members) {
        if (knows<Create>(member.name) && !knows<Reply>(member.name))
            return false;
        isOfReply |= knows<Reply>(member.name) && !knows<Create>(member.name);
    }
    return isOfReply;
}

QString shortened(const QString &name)
{
    return name.size() <= longestName ? name : name.first(longestName - 1) + u'…';
}

// "DryRun", "dry-run": an unknown name, but nobody writes it who wants a case opened.
bool meansRehearsal(const TemplateMember &member)
{
    QString name = member.name;
    name.remove(u'-').remove(u'_').remove(u' ');
    return name.compare("dryRun"_L1, Qt::CaseInsensitive) == 0 && member.value != QJsonValue(false);
}

QString words(const char *sentence) { return QCoreApplication::translate("casement::CaseTemplate", sentence); }

Error memberError(const char *sentence, const TemplateMember &member)
{
    return templateError(words(sentence).arg(member.name).arg(member.line));
}

// No message can hold NUL or half of a surrogate pair.
QString repaired(const QString &text, bool &wasRepaired)
{
    QString clean = withoutLoneSurrogates(text);
    clean.remove(QChar::Null);
    wasRepaired |= clean != text;
    return clean;
}

Result<void> checkLength(const TemplateMember &member, const QString &text)
{
    if (text.size() <= longestField || member.name == "communicationBody"_L1)
        return {};
    return templateError(words(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                                 "“%1” in line %2 has more than %3 characters, so the template is "
                                                 "not one of a case: choose another file."))
                             .arg(member.name)
                             .arg(member.line)
                             .arg(QLocale().toString(longestField)));
}

Result<void> take(const TemplateMember &member, QString &target, bool &wasRepaired)
{
    if ((!member.value.isString() && !member.value.isNull()) || member.isNullWord)
        return memberError(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                             "The value of “%1” in line %2 must be a text: write it in quotes."),
                           member);
    target = repaired(member.value.toString(), wasRepaired);
    return checkLength(member, target);
}

Result<void> take(const TemplateMember &member, QList<QString> &target, bool &wasRepaired)
{
    const QJsonArray items = member.value.toArray();
    const bool areTexts = std::all_of(items.begin(), items.end(),
                                      [](const QJsonValue &item) { return item.isString() || item.isNull(); });
    if ((!member.value.isArray() && !member.value.isNull()) || !areTexts)
        return memberError(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                             "The value of “%1” in line %2 must be a list of texts: write each in "
                                             "quotes, and the list in brackets."),
                           member);
    for (const QJsonValue &item : items) {
        // Afterwards it may be empty, too: a text of nothing but what no message can hold.
        if (const QString text = repaired(item.toString(), wasRepaired); !text.isEmpty())
            target.append(text);
    }
    return checkLength(member, target.join(u' '));
}

Result<void> take(const TemplateMember &member, std::optional<bool> &target, bool &)
{
    if (!member.value.isBool() && !member.value.isNull())
        return memberError(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                             "The value of “%1” in line %2 must be true or false, without quotes."),
                           member);
    if (member.value.toBool())
        target = true;
    return {};
}

template <class Request> Result<CaseTemplate> readAs(const QList<TemplateMember> &members)
{
    CaseTemplate result;
    Request request;
    for (const TemplateMember &member : members) {
        bool known = false;
        Result<void> taken;
        forEachMember(request, [&](QLatin1StringView name, auto &target) {
            if (member.name != name)
                return;
            known = true;
            taken = take(member, target, result.wasRepaired);
        });
        if (!taken)
            return taken.error();
        if (!known) {
            result.unknownMembers.append(shortened(member.name));
            if (meansRehearsal(member))
                request.dryRun = true;
        }
    }
    result.hadAttachments = !request.attachmentSetId.isEmpty() || !request.uploadIds.isEmpty();
    request.attachmentSetId.clear();
    request.uploadIds.clear();
    result.request = request;
    return result;
}

// What a reader of YAML takes for a line break or refuses when it stands in a text itself.
bool isAwkward(QChar c)
{
    return (c < u' ' && c != u'\n') || (c >= u'\x7f' && c < u'\xa0') || c == u'\x2028' || c == u'\x2029'
        || c == u'\xfeff' || c >= u'\xfffe';
}

// A block keeps blanks at line ends and everything else, but takes its indentation from its first line.
bool fitsBlock(const QString &text)
{
    if (!text.contains(u'\n') || text.front().isSpace() || text.endsWith("\n\n"_L1)
        || std::any_of(text.begin(), text.end(), [](QChar c) { return isAwkward(c) && c != u'\t'; }))
        return false;
    const QList<QStringView> lines = QStringView(text).split(u'\n');
    return std::none_of(lines.begin(), lines.end(),
                        [](QStringView line) { return !line.isEmpty() && line.trimmed().isEmpty(); });
}

// The emitter of yaml-cpp writes U+007F, U+2028 and others raw, and loses blanks in front of a block.
QString yamlText(const QString &text)
{
    if (fitsBlock(text)) {
        QString block = text.endsWith(u'\n') ? u"|"_s : u"|-"_s;
        const QList<QStringView> lines = QStringView(text).split(u'\n');
        for (const QStringView line : lines)
            block += line.isEmpty() ? u"\n"_s : u"\n  "_s + line.toString();
        if (block.endsWith(u'\n'))
            block.chop(1);
        return block;
    }
    if (!text.contains(u'\n') && std::none_of(text.begin(), text.end(), isAwkward))
        return u'\'' + QString(text).replace(u'\'', u"''"_s) + u'\'';
    QString quoted = u"\""_s;
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            quoted += u'\\' + c;
        else if (c == u'\n')
            quoted += "\\n"_L1;
        else if (c == u'\t')
            quoted += "\\t"_L1;
        else if (isAwkward(c))
            quoted += u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QLatin1Char('0'));
        else
            quoted += c;
    }
    return quoted + u'"';
}

class YamlWriter
{
public:
    void add(QLatin1StringView name, const QString &text) { line(name, u' ' + yamlText(text)); }
    void add(QLatin1StringView name, bool value) { line(name, value ? u" true"_s : u" false"_s); }
    void add(QLatin1StringView name, const QList<QString> &items)
    {
        line(name, {});
        for (const QString &item : items)
            m_text += u"- "_s + yamlText(item) + u'\n';
    }
    QByteArray finish() const { return m_text.isEmpty() ? QByteArray("{}\n") : m_text.toUtf8(); }

private:
    void line(QLatin1StringView name, const QString &value) { m_text += name + u':' + value + u'\n'; }

    QString m_text;
};

// Laid out as the CLI lays out its skeletons.
class JsonWriter
{
public:
    void add(QLatin1StringView name, const QString &text)
    {
        begin(name);
        appendJsonString(m_json, text);
    }
    void add(QLatin1StringView name, bool value)
    {
        begin(name);
        m_json += value ? "true" : "false";
    }
    void add(QLatin1StringView name, const QList<QString> &items)
    {
        begin(name);
        m_json += '[';
        for (qsizetype i = 0; i < items.size(); ++i) {
            m_json += i == 0 ? "\n        " : ",\n        ";
            appendJsonString(m_json, items[i]);
        }
        m_json += "\n    ]";
    }
    QByteArray finish() const { return m_json.isEmpty() ? QByteArray("{}\n") : m_json + "\n}\n"; }

private:
    void begin(QLatin1StringView name)
    {
        m_json += m_json.isEmpty() ? "{\n    " : ",\n    ";
        appendJsonString(m_json, QString(name));
        m_json += ": ";
    }

    QByteArray m_json;
};

template <class Writer, class Request> QByteArray write(Request request)
{
    request.attachmentSetId.clear();
    request.uploadIds.clear();
    Writer writer;
    forEachMember(request, [&writer](QLatin1StringView name, const auto &value) {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::optional<bool>>) {
            if (value.value_or(false))
                writer.add(name, true);
        } else if (std::decay_t<decltype(value)> clean = value; !clean.isEmpty()) {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, QString>) {
                clean = withoutLoneSurrogates(clean);
            } else {
                std::transform(clean.begin(), clean.end(), clean.begin(), withoutLoneSurrogates);
            }
            writer.add(name, clean);
        }
    });
    return writer.finish();
}

bool isGap(QChar c) { return c == u'\t' || c.category() == QChar::Separator_Space; }

class Filler
{
public:
    explicit Filler(const QHash<QString, QString> &values) : m_values(values) { }

    void operator()(QLatin1StringView, QString &text)
    {
        QString filled;
        qsizetype end = 0;
        for (const Placeholder &placeholder : placeholdersIn(text)) {
            const auto value = m_values.find(placeholder.name);
            if (value == m_values.end()) {
                if (!m_unknown.contains(placeholder.name))
                    m_unknown.append(placeholder.name);
                continue;
            }
            filled += QStringView(text).sliced(end, placeholder.start - end);
            filled += *value;
            end = placeholder.start + placeholder.length;
        }
        if (end > 0)
            text = filled + text.sliced(end);
    }
    void operator()(QLatin1StringView name, QList<QString> &texts)
    {
        for (QString &text : texts)
            operator()(name, text);
    }
    void operator()(QLatin1StringView, std::optional<bool> &) { }

    const QStringList &unknown() const { return m_unknown; }

private:
    const QHash<QString, QString> &m_values;
    QStringList m_unknown;
};

} // namespace

bool CaseTemplate::isRehearsal() const
{
    return std::visit([](const auto &any) { return any.dryRun.value_or(false); }, request);
}

void CaseTemplate::setRehearsal(bool on)
{
    std::visit([on](auto &any) { any.dryRun = on ? std::optional(true) : std::nullopt; }, request);
}

Result<CaseTemplate> readTemplate(const QByteArray &text)
{
    const Result<QList<TemplateMember>> members = readTemplateMembers(text);
    if (!members)
        return members.error();
    return isReply(*members) ? readAs<AddCommunicationToCase::Request>(*members)
                             : readAs<CreateCase::Request>(*members);
}

bool looksLikeTemplate(const QByteArray &beginning, bool isWhole)
{
    // Requests for other operations have the other members, too.
    static const QSet<QString> telling{u"subject"_s,      u"communicationBody"_s, u"serviceCode"_s, u"categoryCode"_s,
                                       u"severityCode"_s, u"ccEmailAddresses"_s,  u"issueType"_s};
    if (isWhole) {
        if (const Result<QList<TemplateMember>> members = readTemplateMembers(beginning); members) {
            const auto count = [&members](auto condition) {
                return std::count_if(members->cbegin(), members->cend(), condition);
            };
            return count([](const TemplateMember &member) { return telling.contains(member.name); }) > 0
                && 2 * count([](const TemplateMember &member) {
                       return knows<CreateCase::Request>(member.name)
                           || knows<AddCommunicationToCase::Request>(member.name);
                   })
                >= members->size();
        }
    }
    static const QRegularExpression name(
        uR"((?:^|[\s{,"'])(?:communicationBody|serviceCode|categoryCode|severityCode|ccEmailAddresses|issueType))"
        uR"(["']?\s*:)"_s);
    QStringDecoder decoder(QStringConverter::encodingForData(beginning).value_or(QStringConverter::Utf8),
                           QStringConverter::Flag::Stateless);
    return QString(decoder(beginning)).contains(name);
}

QByteArray writeTemplate(const CaseTemplate &caseTemplate, TemplateFormat format)
{
    return std::visit(
        [format](const auto &request) {
            return format == TemplateFormat::Json ? write<JsonWriter>(request) : write<YamlWriter>(request);
        },
        caseTemplate.request);
}

QList<Placeholder> placeholdersIn(QStringView text)
{
    QList<Placeholder> found;
    const auto at = [text](qsizetype i) { return i < text.size() ? text[i] : QChar(); };
    for (qsizetype start = text.indexOf(u"{{"); start >= 0; start = text.indexOf(u"{{", start)) {
        qsizetype i = start + 2;
        while (isGap(at(i)))
            ++i;
        const qsizetype name = i;
        while (
            i - name < longestName
            && (at(i).isLetter() || at(i) == u'_' || (i > name && (at(i).isDigit() || at(i) == u'-' || at(i) == u'.'))))
            ++i;
        const qsizetype nameEnd = i;
        while (isGap(at(i)))
            ++i;
        if (nameEnd > name && at(i) == u'}' && at(i + 1) == u'}') {
            found.append({text.sliced(name, nameEnd - name).toString(), start, i + 2 - start});
            start = i + 2;
        } else {
            ++start; // "{{{name}}}" has its placeholder inside
        }
    }
    return found;
}

FilledTemplate fillPlaceholders(CaseTemplate caseTemplate, const QHash<QString, QString> &values)
{
    Filler filler(values);
    std::visit([&filler](auto &request) { forEachMember(request, std::ref(filler)); }, caseTemplate.request);
    return {std::move(caseTemplate), filler.unknown()};
}

} // namespace casement
