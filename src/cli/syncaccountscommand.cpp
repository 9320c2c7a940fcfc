#include "cli/syncaccountscommand.h"

#include "cli/errorreport.h"
#include "cli/synccommand.h"
#include "cli/terminaltext.h"

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int syncedAtOnce = 8;

} // namespace

bool syncsMany(const CommandLine &line)
{
    if (line.allAccounts || line.accounts.size() > 1)
        return true;
    if (!line.accounts.isEmpty() || !line.profile.isEmpty())
        return false;
    Accounts accounts(line);
    return !accounts.hasUsualKeys() && accounts.load() && accounts.list().accounts().size() > 1;
}

/// One account, from its keys to its line.
class SyncAccountsCommand::Sync final : public QObject
{
public:
    Sync(SyncAccountsCommand &command, const ListedAccount &account) : m_command(command), m_account(account) { }
    ~Sync() override { letGo(); }

    void start()
    {
        m_time.start();
        const Result<ChosenAccount> chosen = m_command.accounts().listed(m_account);
        if (!chosen)
            return fail(chosen.error());
        Result<std::unique_ptr<HttpServiceConnection>> made = m_command.connectService(chosen->choice);
        if (!made)
            return fail(made.error());
        m_connection = std::move(*made);
        m_client = std::make_unique<Client>(*m_connection);
        m_identity = chosen->identity(m_connection->endpoint());
        m_connection->shareRate(m_identity.key);
        m_command.m_archive.loadAccounts(this, [this, chosen = *chosen](const Result<QList<AccountRecord>> &known) {
            if (!known)
                return fail(known.error());
            if (const Standing now = checkStanding(chosen, m_identity, *known, m_command.m_archive); now.isHeld())
                return fail(now.held);
            getKeys();
        });
    }

    /// One whose keys can't be had becomes no account of the archive.
    void getKeys()
    {
        m_connection->credentials().get(this, [this](const Result<Credentials> &keys) {
            if (!keys)
                return fail(keys.error());
            m_command.m_archive.ensureAccount(m_identity.key, m_identity.name, m_identity.partition, this,
                                              [this](const Result<AccountRecord> &record) {
                                                  if (!record)
                                                      return fail(record.error());
                                                  run(*record);
                                              });
        });
    }

    void stop()
    {
        if (!m_job)
            return;
        m_job->disconnect(this);
        m_job->cancel();
    }

private:
    void run(const AccountRecord &record)
    {
        m_record = record;
        connect(&m_command.m_archive, &Archive::casesChanged, this, [this](const CaseRecords &cases) {
            for (const CaseRecord &one : cases) {
                if (one.account == m_record.id)
                    m_changed.insert(one.caseId.toString());
            }
        });
        SyncJob::Options options;
        options.everything = m_command.line().all;
        options.shown = false;
        options.listed = m_identity.number;
        m_job = new SyncJob(*m_client, m_command.m_archive, record, options, this);
        connect(m_job, &Job::finished, this, [this](const Result<void> &result) {
            if (result.error().kind == Error::Kind::Cancelled) {
                complain(goneMeanwhile(m_account.name));
                return end();
            }
            if (!result && result.error().kind != Error::Kind::Incomplete)
                return fail(result.error()); // what arrived is kept
            if (!result)
                m_command.tellOf(m_account.name, result.error());
            m_command.accounts().learnOwner(m_account, m_connection->endpoint(), m_job->account().number);
            count();
        });
        m_job->start();
    }

    void count()
    {
        m_command.m_archive.loadCases(
            {m_record.id}, this,
            [this](CaseRecords batch) {
                m_cases.insert(m_cases.end(), std::make_move_iterator(batch.begin()),
                               std::make_move_iterator(batch.end()));
            },
            [this](const Result<void> &loaded) {
                if (!loaded)
                    return fail(loaded.error());
                showProgress({});
                m_command.output().write(syncSummary(m_account.name, m_cases, m_changed.size(), m_time.elapsed()));
                end();
            });
    }

    void fail(const Error &error)
    {
        m_command.tellOf(m_account.name, error);
        end();
    }

    void end()
    {
        QMetaObject::invokeMethod(
            this, [this] { letGo(); }, Qt::QueuedConnection);
        m_command.ended();
    }

    /// 200 accounts would keep more connections open than a process may have.
    void letGo()
    {
        delete m_job.data();
        m_client.reset();
        m_connection.reset();
        m_cases = {};
    }

    SyncAccountsCommand &m_command;
    const ListedAccount m_account;
    AccountIdentity m_identity;
    AccountRecord m_record;
    QElapsedTimer m_time;
    QSet<QString> m_changed;
    CaseRecords m_cases;
    std::unique_ptr<HttpServiceConnection> m_connection;
    std::unique_ptr<Client> m_client;
    QPointer<SyncJob> m_job;
};

SyncAccountsCommand::SyncAccountsCommand(const CommandLine &line, Output &output, QObject *parent)
    : Command(line, output, parent)
{
}

SyncAccountsCommand::~SyncAccountsCommand() = default;

Result<QList<ListedAccount>> SyncAccountsCommand::wanted()
{
    if (const Result<void> loaded = accounts().load(); !loaded)
        return loaded.error();
    QList<ListedAccount> wanted;
    for (const QString &name : line().accounts) {
        const ListedAccount *account = accounts().list().findByName(name);
        if (!account)
            return accounts().named(name).error();
        if (!wanted.contains(*account))
            wanted.append(*account);
    }
    if (!line().accounts.isEmpty())
        return wanted;
    for (const ListedAccount &account : accounts().list().accounts()) {
        if (account.isAsked())
            wanted.append(account);
        else if (account.source == ListedAccount::Source::Newer)
            complain(u"warning: %1 is left out: it needs a newer Casement."_s.arg(terminalLine(account.name)));
    }
    if (wanted.isEmpty()) {
        return Error{
            .kind = Error::Kind::Invalid,
            .message = accounts().list().accounts().isEmpty()
                ? u"The list of accounts is empty: casement-cli accounts add makes one."_s
                : u"No account of the list is to be synced, as accounts list says: name one with --account."_s};
    }
    return wanted;
}

void SyncAccountsCommand::start()
{
    const Result<QString> path = archivePath(line());
    if (!path)
        return fail(path.error());
    const Result<QList<ListedAccount>> all = wanted();
    if (!all)
        return fail(all.error(), all.error().kind == Error::Kind::Invalid ? wrongUsage : failed);
    m_left = *all;
    m_all = m_left.size();
    connect(&m_archive, &Archive::failed, this, [this](const Error &error) {
        tell(error);
        m_status = failed;
    });
    m_archive.open(*path, this, [this](const Result<void> &opened) {
        if (!opened)
            return fail(opened.error());
        for (int i = 0; i < syncedAtOnce; ++i)
            startNext();
    });
}

void SyncAccountsCommand::startNext()
{
    if (m_left.isEmpty() || isFinished())
        return;
    m_syncs.push_back(std::make_unique<Sync>(*this, m_left.takeFirst()));
    m_syncs.back()->start();
}

void SyncAccountsCommand::ended()
{
    if (++m_ended == m_all) {
        showProgress({});
        return emptyLog(m_archive, this, [this] { finish(m_status); });
    }
    showProgress(u"%1 of %2 accounts"_s.arg(m_ended).arg(m_all));
    // Not from within what has just ended.
    QMetaObject::invokeMethod(this, &SyncAccountsCommand::startNext, Qt::QueuedConnection);
}

void SyncAccountsCommand::tellOf(const QString &name, const Error &error)
{
    m_status = failed;
    complain(u"%1: %2"_s.arg(terminalLine(name), errorReport(error)));
}

void SyncAccountsCommand::stop()
{
    for (const auto &sync : m_syncs)
        sync->stop();
    showProgress({});
}

} // namespace casement::cli
