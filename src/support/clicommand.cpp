#include "support/clicommand.h"

#include "support/jsontext.h"

#include <QList>
#include <QUrl>

#include <algorithm>
#include <array>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

struct Option
{
    QString name; ///< without its dashes
    QStringList values; ///< none for a switch
    bool isList = false;
};

// "CreateCase" as the CLI calls it: "create-case". Source: botocore, xform_name().
QString cliName(QLatin1StringView name)
{
    QString cli;
    for (const QChar c : QString(name)) {
        if (c.isUpper() && !cli.isEmpty())
            cli += u'-';
        cli += c.toLower();
    }
    return cli;
}

QString carried(QString text) { return withoutLoneSurrogates(text.remove(QChar(u'\0'))); }

void clean(QString &text) { text = carried(text); }
void clean(QList<QString> &texts)
{
    for (QString &text : texts)
        clean(text);
    texts.removeAll(QString());
}
void clean(std::optional<bool> &flag)
{
    if (!flag.value_or(false))
        flag.reset();
}

void add(QList<Option> &options, const QString &name, const QString &text)
{
    if (!text.isEmpty())
        options.append({name, {text}});
}
void add(QList<Option> &options, const QString &name, const QList<QString> &texts)
{
    if (!texts.isEmpty())
        options.append({name, texts, true});
}
void add(QList<Option> &options, const QString &name, const std::optional<bool> &flag)
{
    if (flag)
        options.append({name, {}});
}

bool isControl(QChar c) { return c < u' ' || (c >= u'\x7f' && c < u'\xa0'); }

// The CLI loads what these name, version 1 pages too, and has no way to write such a text as an option.
bool namesAFile(const QString &text)
{
    static constexpr std::array prefixes{"file://"_L1, "fileb://"_L1, "http://"_L1, "https://"_L1};
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&text](QLatin1StringView prefix) { return text.startsWith(prefix, Qt::CaseInsensitive); });
}

// The CLI reads a list from words after its option, unless the first one looks like JSON.
bool isListItem(const QString &text)
{
    return text.front().isLetterOrNumber()
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
}

bool fitsPosix(const QList<Option> &options)
{
    bool hasLineFeed = false;
    bool hasBang = false;
    for (const Option &option : options) {
        for (const QString &value : option.values) {
            hasLineFeed |= value.contains(u'\n');
            hasBang |= value.contains(u'!');
            // A terminal acts on control characters that are pasted, be they quoted or not; a tab completes.
            if (namesAFile(value)
                || std::any_of(value.begin(), value.end(), [](QChar c) { return isControl(c) && c != u'\n'; }))
                return false;
        }
    }
    // An older bash forgets at a line's end that it is inside quotes, and recalls its history at the next "!".
    return !hasLineFeed || !hasBang;
}

// PowerShell 5 passes a quote on as it is, where the program takes it for its own, and 7.3 escapes it; a "\" at the end
// is the same matter. The Windows clipboard makes two characters of a line feed.
bool fitsPowerShell(const QList<Option> &options)
{
    return std::all_of(options.begin(), options.end(), [](const Option &option) {
        return std::all_of(option.values.begin(), option.values.end(), [](const QString &value) {
            return !namesAFile(value) && !value.contains(u'"') && !value.endsWith(u'\\')
                && std::none_of(value.begin(), value.end(), isControl);
        });
    });
}

bool isPlainWord(const QString &text)
{
    return text.front().isLetter() && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c.isLetterOrNumber() && c < u'\x7f') || c == u'-';
           });
}

QString quoted(const QString &text, Shell shell)
{
    if (isPlainWord(text))
        return text;
    if (shell == Shell::Posix)
        return u'\'' + QString(text).replace(u'\'', uR"('\'')"_s) + u'\'';
    QString word = u"'"_s;
    for (const QChar c : text) {
        if (c == u'\'' || (c >= u'\x2018' && c <= u'\x201b')) // four more end a quotation there
            word += c;
        word += c;
    }
    return word + u'\'';
}

QString optionText(const Option &option, Shell shell)
{
    const QString name = u"--"_s + option.name;
    if (option.values.isEmpty())
        return name;
    if (option.values.size() > 1 || option.isList) {
        QString text = name;
        for (const QString &value : option.values)
            text += u' ' + quoted(value, shell);
        return text;
    }
    const QString &value = option.values.first();
    if (!value.startsWith(u'-'))
        return name + u' ' + quoted(value, shell);
    return shell == Shell::Posix ? name + u'=' + quoted(value, shell) : quoted(name + u'=' + value, shell);
}

QString joined(const QList<Option> &options, Shell shell)
{
    QString text;
    for (const Option &option : options)
        text += u' ' + optionText(option, shell);
    return text;
}

// Outside its strings JSON is ASCII, so escaping other characters wherever they stand is escaping them in strings.
template <class Predicate> QString escaped(const QByteArray &json, Predicate mustEscape)
{
    QString text;
    for (const QChar c : QString::fromUtf8(json)) {
        if (mustEscape(c))
            text += u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QLatin1Char('0'));
        else
            text += c;
    }
    return text;
}

QList<Option> contextOptions(const CliContext &context)
{
    QList<Option> options;
    add(options, u"profile"_s, carried(context.profile));
    add(options, u"region"_s, carried(context.region));
    QUrl url(context.endpointUrl);
    const bool hasPassword = !url.userInfo().isEmpty();
    url.setUserInfo({});
    add(options, u"endpoint-url"_s, carried(hasPassword ? url.toString(QUrl::FullyEncoded) : context.endpointUrl));
    return options;
}

template <class Request> QString command(Request request, const CliContext &context, Shell shell)
{
    QList<Option> options;
    bool fits = true;
    std::apply(
        [&](const auto &...fields) {
            const auto each = [&](const auto &field) {
                auto &value = request.*field.member;
                clean(value);
                add(options, cliName({field.name.data(), qsizetype(field.name.size())}), value);
            };
            (each(fields), ...);
        },
        Request::shape());
    for (const Option &option : std::as_const(options)) {
        fits &= !option.isList || std::all_of(option.values.begin(), option.values.end(), isListItem);
    }
    fits &= shell == Shell::Posix ? fitsPosix(options) : fitsPowerShell(options);

    const QString start = u"aws support "_s + cliName(QLatin1StringView(Request::Operation::name));
    const QString end = joined(contextOptions(context), shell);
    if (fits)
        return start + joined(options, shell) + end;
    if (shell == Shell::Posix) {
        const QString json = escaped(encode(request), isControl);
        return start + " --cli-input-json "_L1 + quoted(json, shell) + end;
    }
    // ASCII alone, since the CLI reads files in the computer's own encoding.
    const QString json = escaped(encode(request), [](QChar c) { return c >= u'\x7f'; });
    return u"$request = New-TemporaryFile; Set-Content -LiteralPath $request.FullName -Encoding Ascii -Value "_s
        + quoted(json, shell) + "; "_L1 + start + R"ps( --cli-input-json "file://$($request.FullName)")ps"_L1 + end
        + "; Remove-Item -LiteralPath $request.FullName"_L1;
}

} // namespace

QString awsCliCommand(const CreateCase::Request &request, const CliContext &context, Shell shell)
{
    return command(request, context, shell);
}

QString awsCliCommand(const AddCommunicationToCase::Request &request, const CliContext &context, Shell shell)
{
    return command(request, context, shell);
}

} // namespace casement
