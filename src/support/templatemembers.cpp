#include "support/templatemembers.h"

#include "base/text.h"
#include "support/jsontext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QStringDecoder>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int deepestYaml = 50; // two levels are needed
constexpr qsizetype longestShownName = 64;

QString translated(const char *sentence) { return QCoreApplication::translate("casement::CaseTemplate", sentence); }

Error refusal(const char *sentence) { return templateError(translated(sentence)); }
Error refusal(const char *sentence, int line) { return templateError(translated(sentence).arg(line)); }

Error notATemplate()
{
    return refusal(
        QT_TRANSLATE_NOOP("casement::CaseTemplate",
                          "This is no template: it must hold names such as “subject” with their values. “aws "
                          "support create-case --generate-cli-skeleton” prints the form."));
}

Error tooManyMembers()
{
    return templateError(
        translated(
            QT_TRANSLATE_NOOP("casement::CaseTemplate",
                              "The template has more than %1 names, so it is not one of a case: choose another file."))
            .arg(mostTemplateMembers));
}

Error tooDeep(int line)
{
    return refusal(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                     "Line %1 of the template is nested too deeply: a template holds texts and lists "
                                     "of texts alone."),
                   line);
}

Error givenTwice(const QString &name, int line)
{
    return templateError(translated(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                                      "“%1” is given a second time in line %2: keep one of the two."))
                             .arg(name.left(longestShownName), QString::number(line)));
}

// Adds members under the rules that hold for both forms.
class Members
{
public:
    std::optional<Error> add(const QString &name, int line, const QJsonValue &value, bool isNullWord = false)
    {
        if (m_members.size() == mostTemplateMembers)
            return tooManyMembers();
        if (m_names.contains(name))
            return givenTwice(name, line);
        m_names.insert(name);
        m_members.append({name, line, value, isNullWord});
        return std::nullopt;
    }
    QList<TemplateMember> take() { return std::move(m_members); }

private:
    QSet<QString> m_names;
    QList<TemplateMember> m_members;
};

int lineAt(QByteArrayView text, qsizetype offset)
{
    const QByteArrayView before = text.first(std::clamp<qsizetype>(offset, 0, text.size()));
    return int(std::count(before.begin(), before.end(), '\n')) + 1;
}

// QJsonObject knows neither the order nor the lines of its names, nor which came twice; so they are read again here,
// from JSON that is known to be whole.
Result<QList<TemplateMember>> membersOf(const QByteArray &json, const QJsonObject &object)
{
    Members members;
    int line = 1;
    int depth = 0;
    bool isName = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '\n') {
            ++line;
        } else if (c == '{' || c == '[') {
            isName = ++depth == 1;
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (c == ',') {
            isName = depth == 1;
        } else if (c == '"') {
            const qsizetype from = i + 1;
            while (json[++i] != '"')
                i += json[i] == '\\';
            if (!isName)
                continue;
            isName = false;
            const QString name = textOfUtf8(unescapeJson(std::string_view(json.constData() + from, size_t(i - from))));
            if (const auto error = members.add(name, line, object.value(name)))
                return *error;
        }
    }
    return members.take();
}

Result<QList<TemplateMember>> readJson(QByteArray json)
{
    // QJsonDocument, too, takes U+FEFF at the beginning of a string for a mark; as an escape it stays.
    json.replace("\"\xef\xbb\xbf", "\"\\ufeff");
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) {
        return templateError(translated(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                                          "The template is not whole JSON: correct line %1 (%2)."))
                                 .arg(lineAt(json, error.offset))
                                 .arg(error.errorString()));
    }
    return document.isObject() ? membersOf(json, document.object()) : notATemplate();
}

/// What a handler of yaml-cpp throws to stop it.
struct Refused
{
    Error error;
};

/// Listens to yaml-cpp and keeps what a template can hold. It builds no tree, so that a small file stays small:
/// aliases, by which a page of YAML becomes gigabytes, are refused where they come.
class YamlListener final : public YAML::EventHandler
{
public:
    /// `text` is what is read, and outlives this.
    explicit YamlListener(const std::string &text) : m_text(text) { }

    void OnDocumentStart(const YAML::Mark &) override { m_hasDocument = true; }
    void OnDocumentEnd() override { }

    void OnNull(const YAML::Mark &mark, YAML::anchor_t) override
    {
        m_isNullWord = isNullWordAt(mark.pos); // of a value that is left out it is the mark of what comes next
        scalar(mark, QString(), QJsonValue::Null);
    }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t) override
    {
        throw Refused{
            refusal(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                      "Line %1 of the template refers to another place (a YAML alias): write the value "
                                      "itself there."),
                    mark.line + 1)};
    }
    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t, const std::string &text) override
    {
        const QString value = textOfUtf8(text);
        scalar(mark, value, typed(mark, QString::fromStdString(tag), value));
    }
    void OnSequenceStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t,
                         YAML::EmitterStyle::value) override
    {
        begin(mark, true);
    }
    void OnSequenceEnd() override { end(); }
    void OnMapStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
        begin(mark, false);
    }
    void OnMapEnd() override { end(); }

    bool hasDocument() const { return m_hasDocument; }
    QList<TemplateMember> take() { return m_members.take(); }

private:
    // As the AWS CLI reads it, by ruamel.yaml in YAML 1.2: "yes", "12:30" and "0o8" are texts; what it takes for a
    // number or a date, 1_000 and 2026-11-26 too, is none, and it refuses that where a text must stand.
    static QJsonValue typed(const YAML::Mark &mark, const QString &tag, const QString &text)
    {
        static const QRegularExpression number(
            uR"(\A(?:[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[0-9][0-9_]*|[-+][0-9_]*[0-9][0-9_]*|[-+]?0x[0-9a-fA-F_]+)"
            uR"(|[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+)"
            uR"(|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|<<|=)\z)"_s);
        static const QRegularExpression date(
            uR"(\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z)"
            uR"(|\A[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2})"
            uR"((?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?\z)"_s);
        const bool isPlain = tag == "?"_L1 || tag.isEmpty();
        if (!isPlain && tag != "!"_L1 && tag != "tag:yaml.org,2002:str"_L1) {
            throw Refused{refusal(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                                    "Line %1 of the template gives a value a YAML tag (“!…”): remove "
                                                    "the tag."),
                                  mark.line + 1)};
        }
        if (!isPlain)
            return text;
        if (text == "true"_L1 || text == "True"_L1 || text == "TRUE"_L1)
            return true;
        if (text == "false"_L1 || text == "False"_L1 || text == "FALSE"_L1)
            return false;
        if (number.match(text).hasMatch() || date.match(text).hasMatch())
            return 0;
        return text;
    }

    bool isNullWordAt(int position) const
    {
        constexpr std::string_view ends = " \t\n,]}#";
        const std::string_view rest =
            std::string_view(m_text).substr(std::clamp(size_t(position), size_t(0), m_text.size()));
        const std::string_view word = rest.substr(0, 4);
        return (word == "null" || word == "Null" || word == "NULL")
            && (rest.size() == word.size() || ends.find(rest[word.size()]) != std::string_view::npos);
    }

    void scalar(const YAML::Mark &mark, const QString &text, const QJsonValue &value)
    {
        if (m_depth == 0)
            throw Refused{notATemplate()};
        if (m_depth == 1 && !m_hasName)
            setName(mark, text);
        else if (m_depth == 1)
            addMember(value);
        else if (m_depth == 2 && m_inList)
            m_list.append(value);
    }

    void begin(const YAML::Mark &mark, bool isList)
    {
        if (m_depth == 0 && isList)
            throw Refused{notATemplate()};
        if (m_depth == 1) {
            if (!m_hasName)
                throw Refused{notATemplate()}; // a list for a name
            m_inList = isList;
            m_list = {};
        } else if (m_depth == 2 && m_inList) {
            m_list.append(QJsonObject());
        } else if (m_depth >= deepestYaml) {
            throw Refused{tooDeep(mark.line + 1)};
        }
        ++m_depth;
    }

    void end()
    {
        --m_depth;
        if (m_depth == 1)
            addMember(m_inList ? QJsonValue(m_list) : QJsonValue(QJsonObject()));
    }

    void setName(const YAML::Mark &mark, const QString &name)
    {
        m_name = name;
        m_line = mark.line + 1;
        m_hasName = true;
    }

    void addMember(const QJsonValue &value)
    {
        m_hasName = false;
        if (const auto error = m_members.add(m_name, m_line, value, value.isNull() && m_isNullWord))
            throw Refused{*error};
        m_isNullWord = false;
    }

    const std::string &m_text;
    Members m_members;
    QJsonArray m_list;
    QString m_name;
    int m_line = 0;
    int m_depth = 0;
    bool m_hasName = false;
    bool m_inList = false;
    bool m_hasDocument = false;
    bool m_isNullWord = false;
};

// yaml-cpp takes U+0004 for the end of the file, and YAML forbids them all.
std::optional<Error> controlCharacter(const QString &text)
{
    int line = 1;
    for (const QChar c : text) {
        if (c == u'\n')
            ++line;
        else if ((c < u' ' && c != u'\t') || (c >= u'\x7f' && c < u'\xa0' && c != u'\x85'))
            return refusal(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                             "Line %1 of the template holds a control character: remove it."),
                           line);
    }
    return std::nullopt;
}

// With that line the AWS CLI takes "yes", "no" and "on" for booleans and 12:30 for a number.
std::optional<Error> oldVersion(const QString &text)
{
    static const QRegularExpression directive(u"\\A(?:(?:#[^\n]*|[ \t]*)\n)*%YAML[ \t]+1\\.1(?:[ \t]|\n|\\z)"_s);
    const QRegularExpressionMatch match = directive.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const qsizetype line = text.first(text.indexOf("%YAML"_L1, match.capturedStart())).count(u'\n') + 1;
    return refusal(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                     "Line %1 of the template asks for YAML 1.1, in which words such as “yes” are no "
                                     "texts: remove the line."),
                   int(line));
}

Result<QList<TemplateMember>> readYaml(const QString &text)
{
    if (const auto error = controlCharacter(text))
        return *error;
    if (const auto error = oldVersion(text))
        return *error;
    try {
        // The mark of the end makes yaml-cpp notice a quotation that nobody closed.
        const std::string utf8 = (text.endsWith(u'\n') ? text : text + u'\n').toStdString() + "...\n";
        std::istringstream stream(utf8);
        YAML::Parser parser(stream);
        YamlListener listener(utf8);
        if (!parser.HandleNextDocument(listener) || !listener.hasDocument())
            return notATemplate();
        const QList<TemplateMember> members = listener.take();
        YamlListener rest(utf8);
        bool hasMore = true;
        try {
            hasMore = parser.HandleNextDocument(rest);
        } catch (const Refused &) { // of what kind doesn't matter
        }
        if (hasMore)
            return refusal(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                             "The template holds several YAML documents: keep one in a file."));
        return members;
    } catch (const Refused &refused) {
        return refused.error;
    } catch (const YAML::DeepRecursion &deep) {
        return tooDeep(deep.mark.line + 1);
    } catch (const YAML::Exception &broken) {
        return templateError(
            translated(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                         "The template is neither JSON nor YAML: correct line %1 (%2)."))
                .arg(broken.mark.line + 1)
                .arg(QString::fromStdString(broken.msg)));
    }
}

} // namespace

Error templateError(const QString &sentence) { return {.kind = Error::Kind::File, .message = sentence}; }

Result<QList<TemplateMember>> readTemplateMembers(const QByteArray &file)
{
    if (file.size() > largestTemplate) {
        return templateError(
            translated(QT_TRANSLATE_NOOP(
                           "casement::CaseTemplate",
                           "The template is larger than %1 MB, so it is not one of a case: choose another file."))
                .arg(largestTemplate >> 20));
    }
    QStringDecoder decoder(QStringConverter::encodingForData(file).value_or(QStringConverter::Utf8),
                           QStringConverter::Flag::Stateless);
    QString text = decoder(file);
    if (decoder.hasError())
        return refusal(QT_TRANSLATE_NOOP("casement::CaseTemplate",
                                         "The template is not text in UTF-8: save it in that encoding."));
    text = withoutLoneSurrogates(text.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n'));
    const auto first = std::find_if_not(text.cbegin(), text.cend(), [](QChar c) { return c.isSpace(); });
    if (first == text.cend())
        return refusal(QT_TRANSLATE_NOOP("casement::CaseTemplate", "The template is empty: choose another file."));
    if (*first != u'{' && *first != u'[')
        return readYaml(text);
    const Result<QList<TemplateMember>> members = readJson(text.toUtf8());
    if (members)
        return members;
    const Result<QList<TemplateMember>> flow = readYaml(text); // "{subject: 'Help'}" is YAML
    return flow ? flow : members;
}

} // namespace casement
