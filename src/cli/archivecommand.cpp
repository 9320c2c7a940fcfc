#include "cli/archivecommand.h"

#include "cli/caseformats.h"
#include "cli/terminaltext.h"

#include <QDateTime>

#include <algorithm>
#include <array>

namespace casement::cli {

using namespace Qt::StringLiterals;

QString goneMeanwhile(const QString &account)
{
    return u"%1 was removed meanwhile, with its data; nothing more was fetched."_s.arg(terminalLine(account));
}

void emptyLog(Archive &archive, QObject *context, const std::function<void()> &done)
{
    archive.emptyLog(context, [done](const Result<void> &emptied) {
        if (!emptied)
            complain(u"warning: what was fetched is stored and can be read. %1"_s.arg(emptied.error().message));
        done();
    });
}

ArchiveCommand::ArchiveCommand(const CommandLine &line, Output &output, QObject *parent) : Command(line, output, parent)
{
}

void ArchiveCommand::start()
{
    m_connection = connectService();
    if (!m_connection)
        return;
    const Result<QString> path = archivePath(line());
    if (!path)
        return fail(path.error());
    m_owned = std::make_unique<OwnedConnection>(*m_connection, m_archive);
    m_client = std::make_unique<Client>(*m_owned);
    m_identity = identity(*m_connection);
    connect(&m_archive, &Archive::failed, this, [this](const Error &error) {
        tell(error);
        m_status = failed;
    });
    m_archive.open(*path, this, [this](const Result<void> &opened) {
        if (!opened)
            return fail(opened.error());
        findAccount();
    });
}

bool ArchiveCommand::reads() const
{
    using What = CommandLine::Command;
    constexpr std::array reading{What::Cases, What::Case, What::Search, What::Attachments, What::ExportCase};
    return std::ranges::find(reading, line().command) != reading.end();
}

void ArchiveCommand::findAccount()
{
    m_archive.loadAccounts(this, [this](const Result<QList<AccountRecord>> &accounts) {
        if (!accounts)
            return fail(accounts.error());
        if (const Standing now = checkStanding(chosen(), m_identity, *accounts, m_archive); now.isHeld())
            return reads() && now.before->lastSync > 0 ? readHeld(*now.before, now.held) : fail(now.held);
        const bool isKnown = std::ranges::find(*accounts, m_identity.key, &AccountRecord::key) != accounts->end();
        if (isKnown)
            return addAccount();
        // A mistyped profile must not become an account: only one with keys does.
        m_connection->credentials().get(this, [this](const Result<Credentials> &keys) {
            if (!keys)
                return fail(keys.error());
            addAccount();
        });
    });
}

/// What is in the archive already can be read, whatever becomes of the keys.
void ArchiveCommand::readHeld(const AccountRecord &account, const Error &why)
{
    m_account = account;
    const qint64 since = account.heldSince != 0 ? account.heldSince : QDateTime::currentMSecsSinceEpoch();
    complain(heldNotice(account.name, since, account.lastSync));
    tell(why);
    show();
}

void ArchiveCommand::addAccount()
{
    m_archive.ensureAccount(m_identity.key, m_identity.name, m_identity.partition, this,
                            [this](const Result<AccountRecord> &account) {
                                if (!account)
                                    return fail(account.error());
                                m_account = *account;
                                m_owned->setAccount(m_account.id, m_identity.number);
                                begin();
                            });
}

void ArchiveCommand::begin()
{
    if (m_account.lastSync > 0) {
        if (m_account.heldSince != 0)
            complain(heldNotice(m_account.name, m_account.heldSince, m_account.lastSync)
                     + u" casement-cli sync says why, when it still is."_s);
        else if (isWatched())
            complain(u"as of %1; casement-cli sync brings what is new."_s.arg(localTime(m_account.lastSync)));
        return show();
    }
    complain(u"%1 was never synced; syncing it first."_s.arg(terminalLine(m_account.name)));
    sync({.shown = false});
}

void ArchiveCommand::sync(const SyncJob::Options &options)
{
    SyncJob::Options how = options;
    how.listed = m_identity.number;
    m_job = new SyncJob(*m_client, m_archive, m_account, how, this);
    connect(m_job, &Job::progressed, this, [this](qint64 done, qint64 total) {
        showProgress(total > 0 ? u"%1: %2 of %3"_s.arg(m_account.name).arg(done).arg(total)
                               : u"%1: %2"_s.arg(m_account.name).arg(done));
    });
    connect(m_job, &Job::finished, this, [this](const Result<void> &result) {
        showProgress({});
        m_account.number = m_job->account().number;
        if (isFinished())
            return;
        if (result.error().kind == Error::Kind::Cancelled) {
            complain(goneMeanwhile(m_account.name));
            return finish(succeeded);
        }
        synced(result);
    });
    m_job->start();
}

void ArchiveCommand::synced(const Result<void> &result)
{
    if (result)
        return show();
    tellFailure(result.error());
    loadCases([this](const CaseRecords &cases) {
        if (cases.empty())
            return finish(failed);
        show();
    });
}

void ArchiveCommand::tellFailure(const Error &error)
{
    tell(error);
    m_status = failed;
}

void ArchiveCommand::loadCases(const std::function<void(const CaseRecords &)> &done)
{
    m_cases.clear();
    m_archive.loadCases(
        {m_account.id}, this,
        [this](CaseRecords batch) {
            m_cases.insert(m_cases.end(), std::make_move_iterator(batch.begin()), std::make_move_iterator(batch.end()));
        },
        [this, done](const Result<void> &loaded) {
            if (!loaded)
                return fail(loaded.error());
            done(m_cases);
        });
}

const CaseRecord *ArchiveCommand::findCase(const CaseRecords &cases, const QString &id) const
{
    const QByteArray wanted = id.toUtf8();
    const std::string_view key(wanted.constData(), size_t(wanted.size()));
    const auto found = std::find_if(cases.begin(), cases.end(), [key](const CaseRecord &record) {
        return !key.empty() && (record.caseId == key || record.displayId == key);
    });
    if (found != cases.end())
        return &*found;
    complain(u"%1 has no case %2 in the archive; casement-cli sync --all looks for it at the service."_s.arg(
        terminalLine(m_account.name), terminalLine(id)));
    return nullptr;
}

void ArchiveCommand::warnOfGaps(QStringList caseIds, const std::function<void()> &done)
{
    if (caseIds.isEmpty())
        return done();
    const QString caseId = caseIds.takeFirst();
    const auto warn = [this, caseId, caseIds, done](const Result<ConversationState> &state) {
        if (!state)
            return fail(state.error());
        const QString name = terminalLine(caseId);
        if (*state == ConversationState::Lacking)
            complain(
                u"%1: messages are missing that could not be fetched yet; casement-cli sync asks for them again."_s.arg(
                    name));
        else if (*state == ConversationState::Gone)
            complain(u"%1: messages are missing, and AWS does not know the case any more."_s.arg(name));
        warnOfGaps(caseIds, done);
    };
    m_archive.conversationState(m_account.id, caseId, this, warn);
}

void ArchiveCommand::stop()
{
    if (!m_job)
        return;
    m_job->disconnect(this); // the interruption is the end, not the job's
    m_job->cancel();
    showProgress({});
}

} // namespace casement::cli
