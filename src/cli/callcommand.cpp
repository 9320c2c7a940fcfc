#include "cli/callcommand.h"

#include "cli/inputtext.h"
#include "support/cases.h"
#include "support/jsonindent.h"
#include "support/jsontext.h"
#include "support/rehearsal.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <string>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestRequest = 64 << 20; // three files of 5 MB in base64 are 20 MB
constexpr int slowestLink = 64 * 1024; // bytes a second that an upload may count on

// The first member of the outermost object that stands in it twice, of JSON that is known to be whole.
QString doubledMember(const QByteArray &json)
{
    QSet<std::string> seen;
    int depth = 0;
    bool isName = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '{' || c == '[') {
            isName = ++depth == 1;
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (c == ',') {
            isName = depth == 1;
        } else if (c == '"') {
            const qsizetype from = i + 1;
            while (++i < json.size() && json[i] != '"')
                i += json[i] == '\\';
            if (!isName)
                continue;
            isName = false;
            std::string name = unescapeJson(std::string_view(json.constData() + from, size_t(i - from)));
            if (seen.contains(name))
                return QString::fromStdString(name);
            seen.insert(std::move(name));
        }
    }
    return {};
}

bool changesCases(const QByteArray &operation)
{
    return operation == CreateCase::name || operation == AddCommunicationToCase::name || operation == ResolveCase::name;
}

} // namespace

void CallCommand::start()
{
    m_operation = findOperation(line().operand);
    const Result<QByteArray> input =
        line().input.isEmpty() ? QByteArray("{}") : readInputText(line().input, u"--input"_s, largestRequest);
    if (!input)
        return fail(input.error(), wrongUsage);
    if (const Result<void> checked = m_operation->checkRequest(*input); !checked)
        return fail(checked.error(), wrongUsage);
    if (const QString member = doubledMember(*input); !member.isEmpty())
        return fail(invalid(u"\"%1\" is given twice."_s.arg(member)), wrongUsage);
    const Result<QByteArray> exact = m_operation->rewriteRequest(*input);
    if (!exact)
        return fail(exact.error(), wrongUsage);
    const QJsonObject request = QJsonDocument::fromJson(*exact).object();
    if (const QJsonValue text = request.value("communicationBody"_L1);
        text.isString() && text.toString().trimmed().isEmpty())
        return fail(invalid(u"communicationBody holds nothing but white space."_s), wrongUsage);
    m_isRehearsal = request.value("dryRun"_L1).toBool();
    m_connection = connectService();
    if (!m_connection)
        return;
    const QByteArray body = *exact;
    if (m_operation->repeatable)
        return send(body);
    findOwner([this, body] {
        if (m_isRehearsal)
            return rehearse(body);
        if (!changesCases(m_operation->name))
            return send(body);
        askBeforeSending(*m_connection, u"Call %1?"_s.arg(QLatin1StringView(m_operation->name)),
                         [this, body] { send(body); });
    });
}

/// Whether the archive has the account: then what changes something goes by OwnedConnection. An archive that is not
/// there is not made.
void CallCommand::findOwner(const std::function<void()> &go)
{
    const Result<QString> path = archivePath(line());
    if (!path)
        return fail(path.error());
    if (!QFileInfo::exists(*path))
        return go();
    m_archive = std::make_unique<Archive>();
    m_archive->open(*path, this, [this, go](const Result<void> &opened) {
        if (!opened)
            return fail(opened.error());
        m_archive->loadAccounts(this, [this, go](const Result<QList<AccountRecord>> &accounts) {
            if (isFinished())
                return;
            if (!accounts)
                return fail(accounts.error());
            const AccountIdentity here = identity(*m_connection);
            if (const Standing now = checkStanding(chosen(), here, *accounts, *m_archive); now.isHeld())
                return fail(now.held);
            for (const AccountRecord &known : *accounts) {
                if (known.key != here.key)
                    continue;
                m_owned = std::make_unique<OwnedConnection>(*m_connection, *m_archive);
                m_owned->setAccount(known.id, here.number);
            }
            go();
        });
    });
}

Error CallCommand::invalid(const QString &sentence) const
{
    return {.kind = Error::Kind::Invalid, .message = sentence, .operation = QString::fromLatin1(m_operation->name)};
}

/// Sends a change as a rehearsal, to a service that does not take it for real.
void CallCommand::rehearse(const QByteArray &body)
{
    m_client = std::make_unique<Client>(*m_connection);
    m_asking = std::make_unique<QObject>();
    askForRehearsals(*m_client, m_asking.get(), [this, body](const Result<bool> &known) {
        m_asking.release()->deleteLater(); // this runs in its name
        if (!known)
            return fail(known.error());
        if (!*known)
            return fail(noRehearsalsError(m_operation->name.constData()));
        send(body);
    });
}

void CallCommand::send(const QByteArray &body)
{
    ServiceRequest request;
    request.operation = m_operation->name;
    request.body = body;
    request.repeatable = m_operation->repeatable; // of a rehearsal too: an older service takes it for real
    request.totalLimit += std::chrono::seconds(body.size() / slowestLink);
    m_sending = std::make_unique<QObject>();
    ServiceConnection &way = m_owned ? static_cast<ServiceConnection &>(*m_owned) : *m_connection;
    way.send(request, m_sending.get(), [this](const Result<ServiceAnswer> &answer) { receive(answer); });
}

void CallCommand::receive(const Result<ServiceAnswer> &answer)
{
    m_sending.release()->deleteLater(); // this runs in its name
    if (!answer) {
        if (m_isRehearsal && isCode(answer.error().code, "DryRunOperation"_L1)) {
            complain(u"%1: the service would accept this; nothing was done (dry run)."_s.arg(
                QLatin1StringView(m_operation->name)));
            return finish(succeeded);
        }
        return failSent(answer.error());
    }
    const auto badAnswer = [&](Error error) {
        error.operation = QLatin1StringView(m_operation->name);
        error.requestId = answer->requestId;
        error.host = QString::fromLatin1(m_connection->endpoint().hostHeader);
        error.effect = m_operation->repeatable ? Error::Effect::None : Error::Effect::Unknown;
        failSent(error);
    };
    if (const Result<void> checked = m_operation->checkResponse(answer->body); !checked)
        return badAnswer(checked.error());
    const Result<QByteArray> json = indentJson(answer->body, output().isTerminal());
    if (!json)
        return badAnswer(json.error());
    output().write(*json + '\n');
    if (m_isRehearsal) {
        complain(u"%1: this service does not know dryRun and took the request for real."_s.arg(
            QLatin1StringView(m_operation->name)));
        return finish(m_operation->repeatable ? succeeded : failed);
    }
    // AddCommunicationToCase and a few others say only whether it worked.
    if (QJsonDocument::fromJson(answer->body).object().value("result"_L1) == QJsonValue(false)) {
        complain(u"%1: the service answered that it did not do this (\"result\": false)."_s.arg(
            QLatin1StringView(m_operation->name)));
        return finish(failed);
    }
    finish(succeeded);
}

/// Of what has left: a change whose end nobody knows must not look like one that failed.
void CallCommand::failSent(const Error &error)
{
    const bool mayHaveChanged = !m_operation->repeatable && error.effect == Error::Effect::Unknown;
    fail(error, mayHaveChanged ? unknownOutcome : failed);
}

QString CallCommand::afterFailure(const Error &error) const
{
    if (error.effect != Error::Effect::Unknown || !changesCases(m_operation->name))
        return {};
    return u"Whether it arrived shows in the case: casement-cli sync, then casement-cli case ID, or casement-cli "
           u"cases. "
           "create, reply and resolve look by themselves when they are given again; call does not."_s;
}

void CallCommand::stop()
{
    m_asking.reset();
    if (!m_sending)
        return;
    m_sending.reset();
    if (!m_operation->repeatable) {
        complain(u"%1 was interrupted and may have taken effect all the same: look before sending it again."_s.arg(
            QLatin1StringView(m_operation->name)));
    }
}

} // namespace casement::cli
