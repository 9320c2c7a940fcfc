#include "cli/command.h"

#include "cli/accountscommand.h"
#include "cli/advisorcommand.h"
#include "cli/attachmentscommand.h"
#include "cli/callcommand.h"
#include "cli/downloadcommand.h"
#include "cli/errorreport.h"
#include "cli/exportcommand.h"
#include "cli/importaccountscommand.h"
#include "cli/readcommands.h"
#include "cli/sendcommand.h"
#include "cli/syncaccountscommand.h"
#include "cli/synccommand.h"
#include "cli/terminalprompt.h"
#include "cli/terminaltext.h"

#include <QFile>
#include <QFileInfo>

#include <utility>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

void warnOfOpenFile(const QProcessEnvironment &environment)
{
    const QString path = ConfigPaths::of(environment).credentials;
    if (QFileInfo(path).isFile() && (QFile::permissions(path) & QFileDevice::ReadOther))
        complain(u"warning: everybody on this computer can read %1; chmod 600 keeps the keys to you."_s.arg(path));
}

} // namespace

Command::Command(const CommandLine &line, Output &output, QObject *parent)
    : QObject(parent), m_line(line), m_accounts(line), m_output(output)
{
}

Command::~Command() = default;

std::unique_ptr<HttpServiceConnection> Command::connectService()
{
    const auto refuse = [this](const Error &error) {
        fail(error, error.kind == Error::Kind::Invalid ? wrongUsage : failed);
        return nullptr;
    };
    Result<ChosenAccount> chosen = m_accounts.chosen();
    if (!chosen)
        return refuse(chosen.error());
    m_chosen = *std::move(chosen);
    Result<std::unique_ptr<HttpServiceConnection>> made = connectService(m_chosen.choice);
    if (!made)
        return refuse(made.error());
    (*made)->shareRate(identity(**made).key);
    return std::move(*made);
}

Result<std::unique_ptr<HttpServiceConnection>> Command::connectService(const ProfileChoice &choice)
{
    Result<std::unique_ptr<HttpServiceConnection>> made = makeServiceConnection(choice);
    if (!made)
        return made;
    if (!choice.source && !std::exchange(m_hasConnected, true)) // keys of the keychain are in no file
        warnOfOpenFile(choice.environment);
    connect(made->get(), &ServiceConnection::clockOffsetLearned, this, [this](std::chrono::seconds offset) {
        if (std::exchange(m_toldOfClock, true))
            return;
        complain(u"warning: this computer's clock is %1 s %2 the service's."_s.arg(std::chrono::abs(offset).count())
                     .arg(offset.count() > 0 ? "behind"_L1 : "ahead of"_L1));
    });
    if (m_line.verbose || tellsOfWaiting()) {
        connect(made->get(), &ServiceConnection::waiting, this,
                [](std::chrono::milliseconds delay, const Error &because) {
                    complain(u"waiting %1 ms: %2"_s.arg(delay.count()).arg(because.toLine()));
                });
    }
    return made;
}

void Command::askBeforeSending(HttpServiceConnection &connection, const QString &question, std::function<void()> go)
{
    if (m_line.yes)
        return go();
    if (connection.endpoint().custom || !m_accounts.anyAsksByNumber(m_chosen))
        return askBeforeSending(connection, {}, question, go);
    connection.credentials().get(this, [this, &connection, question, go](const Result<Credentials> &keys) {
        if (isFinished())
            return;
        if (!keys)
            return fail(keys.error());
        askBeforeSending(connection,
                         keys->accountId.isEmpty() ? accountOfKeyId(QString::fromLatin1(keys->accessKeyId()))
                                                   : keys->accountId,
                         question, go);
    });
}

void Command::askBeforeSending(const HttpServiceConnection &connection, const QString &number, const QString &question,
                               std::function<void()> go)
{
    if (!m_accounts.asksBeforeSending(m_chosen, connection.endpoint(), number))
        return go();
    const AccountIdentity account = identity(connection);
    const QString marked = u"%1 is set to ask before anything is sent from it."_s.arg(terminalLine(account.name));
    TerminalPrompt *terminal = m_accounts.prompt();
    if (!terminal) {
        complain(marked + u" There is no terminal to ask at, so nothing was sent; to send it, give --yes as well."_s);
        return finish(wrongUsage);
    }
    terminal->askYes(marked + u'\n' + question, this, [this, go = std::move(go)](bool yes) {
        if (isFinished())
            return;
        if (yes)
            return go();
        complain(u"Nothing was sent."_s);
        finish(failed);
    });
}

void Command::learnOwner(const HttpServiceConnection &connection, const QString &number)
{
    if (m_chosen.listed)
        m_accounts.learnOwner(*m_chosen.listed, connection.endpoint(), number);
}

void Command::interrupt(int signal)
{
    if (m_finished)
        return;
    stop();
    finish(128 + signal); // as a shell says it
}

void Command::finish(int status)
{
    if (m_finished)
        return;
    m_finished = true;
    Q_EMIT finished(status);
}

void Command::fail(const Error &error, int status)
{
    tell(error);
    if (const QString more = afterFailure(error); !more.isEmpty())
        complain(more);
    finish(status);
}

void Command::tell(const Error &error)
{
    const QString report = errorReport(error);
    if (report == m_told)
        return;
    m_told = report;
    complain(report);
}

std::unique_ptr<Command> makeCommand(const CommandLine &line, Output &output)
{
    switch (line.command) {
    case CommandLine::Command::Call:
        return std::make_unique<CallCommand>(line, output);
    case CommandLine::Command::Sync:
        if (syncsMany(line))
            return std::make_unique<SyncAccountsCommand>(line, output);
        return std::make_unique<SyncCommand>(line, output);
    case CommandLine::Command::Cases:
        return std::make_unique<CasesCommand>(line, output);
    case CommandLine::Command::Case:
        return std::make_unique<CaseCommand>(line, output);
    case CommandLine::Command::Search:
        return std::make_unique<SearchCommand>(line, output);
    case CommandLine::Command::Attachments:
        return std::make_unique<AttachmentsCommand>(line, output);
    case CommandLine::Command::Download:
        return std::make_unique<DownloadCommand>(line, output);
    case CommandLine::Command::ExportCase:
        return std::make_unique<ExportCommand>(line, output);
    case CommandLine::Command::Create:
    case CommandLine::Command::Reply:
    case CommandLine::Command::Resolve:
        return std::make_unique<SendCommand>(line, output);
    case CommandLine::Command::Advisor:
        return std::make_unique<AdvisorCommand>(line, output);
    case CommandLine::Command::Accounts:
        if (line.accountsLine.action == AccountsLine::Action::Import)
            return std::make_unique<ImportAccountsCommand>(line, output);
        return std::make_unique<AccountsCommand>(line, output);
    case CommandLine::Command::Help:
    case CommandLine::Command::Version:
        break;
    }
    return {};
}

} // namespace casement::cli
