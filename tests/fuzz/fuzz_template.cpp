#include "aws/shellwords.h"
#include "fuzzinput.h"
#include "support/casetemplate.h"
#include "support/clicommand.h"

#include <QSet>

// Input: a template of a case or a reply, JSON or YAML.

using namespace casement;
using namespace casement::fuzz;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestSentence = 600;

QByteArray requestOf(const CaseTemplate &caseTemplate)
{
    return std::visit([](const auto &request) { return encode(request); }, caseTemplate.request);
}

template <class Visit> void forEachText(const CaseTemplate &caseTemplate, Visit visit)
{
    std::visit(
        [&](const auto &request) {
            std::apply(
                [&](const auto &...fields) {
                    const auto each = [&](const auto &value) {
                        using Value = std::decay_t<decltype(value)>;
                        if constexpr (std::is_same_v<Value, QString>) {
                            visit(value);
                        } else if constexpr (std::is_same_v<Value, QList<QString>>) {
                            for (const QString &text : value)
                                visit(text);
                        }
                    };
                    (each(request.*fields.member), ...);
                },
                std::decay_t<decltype(request)>::shape());
        },
        caseTemplate.request);
}

void checkWriting(const CaseTemplate &caseTemplate)
{
    const QByteArray expected = requestOf(caseTemplate);
    for (const TemplateFormat format : {TemplateFormat::Json, TemplateFormat::Yaml}) {
        const QByteArray written = writeTemplate(caseTemplate, format);
        const Result<CaseTemplate> read = readTemplate(written);
        require(read.hasValue(), "what is written is read again",
                read ? QString() : read.error().message + u'\n' + QString::fromUtf8(written));
        require(read->unknownMembers.isEmpty() && !read->hadAttachments && !read->wasRepaired, "nothing of it is odd",
                QString::fromUtf8(written));
        require(requestOf(*read) == expected, "and says the same",
                QString::fromUtf8(expected + "\n  " + requestOf(*read) + "\n  " + written));
    }
}

void checkPlaceholders(const CaseTemplate &caseTemplate)
{
    QStringList names;
    forEachText(caseTemplate, [&names](const QString &text) {
        qsizetype end = 0;
        for (const Placeholder &placeholder : placeholdersIn(text)) {
            const QStringView whole = QStringView(text).mid(placeholder.start, placeholder.length);
            require(placeholder.start >= end && whole.startsWith(u"{{") && whole.endsWith(u"}}")
                        && whole.contains(placeholder.name) && !placeholder.name.isEmpty(),
                    "a placeholder stands where it is said to", whole.toString());
            end = placeholder.start + placeholder.length;
            if (!names.contains(placeholder.name))
                names.append(placeholder.name);
        }
    });
    const FilledTemplate none = fillPlaceholders(caseTemplate, {});
    require(requestOf(none.caseTemplate) == requestOf(caseTemplate), "without values nothing changes");
    require(QSet<QString>(none.unknownPlaceholders.begin(), none.unknownPlaceholders.end())
                    == QSet<QString>(names.begin(), names.end())
                && none.unknownPlaceholders.size() == names.size(),
            "each placeholder without a value is told once", none.unknownPlaceholders.join(u' '));
    QHash<QString, QString> values;
    for (const QString &name : std::as_const(names))
        values.insert(name, u"value"_s);
    require(fillPlaceholders(caseTemplate, values).unknownPlaceholders.isEmpty(), "what has a value is filled");
}

/// Outside its quotes a command for a POSIX shell holds nothing that a shell acts on.
void checkQuoting(const QString &command)
{
    bool isQuoted = false;
    for (qsizetype i = 0; i < command.size(); ++i) {
        const QChar c = command[i];
        if (c == u'\'') {
            isQuoted = !isQuoted;
            continue;
        }
        if (isQuoted) {
            require(c == u'\n' || !(c < u' ' || (c >= u'\x7f' && c < u'\xa0')), "no terminal is told to do anything",
                    command);
            continue;
        }
        if (c == u'\\') {
            require(i + 1 < command.size() && command[i + 1] == u'\'', "only a quote is escaped", command);
            ++i;
            continue;
        }
        require((c < u'\x7f' && c.isLetterOrNumber()) || c == u' ' || c == u'-' || c == u'=',
                "no shell is told to do anything", command);
    }
    require(!isQuoted, "quotes are closed", command);
}

template <class Request> void checkCommand(const Request &request)
{
    const QString command = awsCliCommand(request, {}, Shell::Posix);
    checkQuoting(command);
    const auto words = shellWords(command);
    require(words && words->size() >= 3, "a command has words", command);
    const auto valueOf = [&](const QString &option) {
        const qsizetype at = words->indexOf(option);
        if (at >= 0)
            return words->value(at + 1);
        const QStringList joined = words->filter(option + u'=');
        return joined.isEmpty() ? QString() : joined.first().sliced(option.size() + 1);
    };
    QString body = request.communicationBody;
    body.remove(QChar::Null);
    if (const QString json = valueOf(u"--cli-input-json"_s); !json.isEmpty()) {
        const Result<Request> read = decode<Request>(json.toUtf8(), nullptr, Reading::Strict);
        require(read && read->communicationBody == body
                    && read->ccEmailAddresses.size() <= request.ccEmailAddresses.size(),
                "a command carries the request", command);
    } else {
        require(valueOf(u"--communication-body"_s) == body, "a command carries the message", command);
    }
    const QString powerShell = awsCliCommand(request, {}, Shell::PowerShell);
    require(!hasControls(powerShell), "no terminal is told to do anything", powerShell);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const bool isReady = (silence(), true);
    Q_UNUSED(isReady)
    const QByteArray file(reinterpret_cast<const char *>(data), qsizetype(size));
    const Result<CaseTemplate> read = readTemplate(file);
    if (!read) {
        const Error &error = read.error();
        require(error.kind == Error::Kind::File, "what is no template is told so", error.toLine());
        require(!error.message.isEmpty() && error.message.size() <= longestSentence, "an error is one sentence",
                error.message);
        return 0;
    }
    forEachText(*read, [](const QString &text) {
        require(text.isValidUtf16() && !text.contains(QChar::Null), "a message can hold it", text);
    });
    for (const QString &name : read->unknownMembers)
        require(name.size() <= 64, "names are told in short", name);
    if (const auto *reply = std::get_if<AddCommunicationToCase::Request>(&read->request)) {
        checkCommand(*reply);
        if (reply->caseId.isEmpty()) // it is taken for a new case when it is read again
            return 0;
    } else {
        checkCommand(std::get<CreateCase::Request>(read->request));
    }
    checkWriting(*read);
    checkPlaceholders(*read);
    return 0;
}
