#include "cli/advisorcommand.h"

#include "aws/configfile.h"
#include "cli/caseformats.h"
#include "cli/errorreport.h"
#include "cli/terminaltext.h"

#include <QSet>

#include <algorithm>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t accountsAtOnce = 4;
constexpr int requestsAtOnce = 8; // of an account

QLatin1StringView outcomeWord(AdvisorRefreshJob::Outcome outcome)
{
    using Outcome = AdvisorRefreshJob::Outcome;
    switch (outcome) {
    case Outcome::Refreshed:
        return "refreshed"_L1;
    case Outcome::Asked:
        return "asked"_L1;
    case Outcome::Automatic:
        return "automatic"_L1;
    case Outcome::TooEarly:
        return "too-early"_L1;
    case Outcome::Abandoned:
        return "abandoned"_L1;
    case Outcome::Unknown:
        return "unknown"_L1;
    case Outcome::Gone:
        return "gone"_L1;
    case Outcome::Failed:
        break;
    }
    return "failed"_L1;
}

} // namespace

AdvisorCommand::AdvisorCommand(const CommandLine &line, Output &output, QObject *parent) : Command(line, output, parent)
{
}

AdvisorCommand::~AdvisorCommand() = default;

void AdvisorCommand::start()
{
    const Result<QString> path = archivePath(line());
    if (!path)
        return fail(path.error());
    makeAccounts();
    if (isFinished())
        return;
    connect(&m_archive, &Archive::failed, this, [this](const Error &error) {
        tell(error);
        m_status = failed;
    });
    m_archive.open(*path, this, [this](const Result<void> &opened) {
        if (!opened)
            return fail(opened.error());
        for (size_t i = 0; i < accountsAtOnce; ++i)
            startNext();
    });
}

Result<QList<ChosenAccount>> AdvisorCommand::chosenAccounts()
{
    QList<ChosenAccount> chosen;
    if (!wish().allAccounts && wish().accounts.isEmpty()) {
        const Result<ChosenAccount> one = accounts().chosen();
        return one ? Result<QList<ChosenAccount>>(QList{*one}) : Result<QList<ChosenAccount>>(one.error());
    }
    if (const Result<void> loaded = accounts().load(); !loaded)
        return loaded.error();
    const Result<AwsConfig> config = readConfig(ConfigPaths::of(QProcessEnvironment::systemEnvironment()));
    const auto take = [&](const ListedAccount &account) {
        if (Result<ChosenAccount> one = accounts().listed(account))
            chosen.append(*std::move(one));
        else
            tellOf(account.name, one.error());
    };
    for (const QString &name : wish().accounts) {
        if (const ListedAccount *account = accounts().list().findByName(name))
            take(*account);
        else if (accounts().list().accounts().isEmpty() || (config && config->profile(name)))
            chosen.append(accounts().ofProfile(name));
        else
            return accounts().named(name).error();
    }
    if (!wish().allAccounts)
        return chosen;
    for (const ListedAccount &account : accounts().list().accounts()) {
        if (account.isAsked())
            take(account);
    }
    if (!accounts().list().accounts().isEmpty())
        return chosen;
    if (!config)
        return config.error();
    for (const Profile &profile : config->profiles) {
        if (profile.uses != ProfileUses::Nothing)
            chosen.append(accounts().ofProfile(profile.name));
    }
    if (chosen.isEmpty()) {
        return Error{.kind = Error::Kind::CredentialsFile,
                     .message = u"the list of accounts is empty and no profile of ~/.aws has keys: leave out --all, or "
                                "\"aws configure\" makes one"_s};
    }
    return chosen;
}

void AdvisorCommand::tellOf(const QString &name, const Error &error)
{
    m_status = failed;
    complain(u"%1: %2"_s.arg(terminalLine(name), errorReport(error)));
}

void AdvisorCommand::makeAccounts()
{
    const Result<QList<ChosenAccount>> all = chosenAccounts();
    if (!all)
        return fail(all.error(), all.error().kind == Error::Kind::Invalid ? wrongUsage : failed);
    for (const ChosenAccount &chosen : *all) {
        ChosenAccount own = chosen;
        own.choice.connections = requestsAtOnce;
        Result<std::unique_ptr<HttpServiceConnection>> connection = connectService(own.choice);
        if (!connection && all->size() == 1)
            return fail(connection.error(), connection.error().kind == Error::Kind::Invalid ? wrongUsage : failed);
        if (!connection) {
            tell(connection.error());
            m_status = failed;
            continue;
        }
        auto account = std::make_unique<AdvisorAccount>(std::move(*connection), own, wish(), m_archive, m_advisor);
        connect(account.get(), &AdvisorAccount::progressed, this, &AdvisorCommand::showSum);
        connect(account.get(), &AdvisorAccount::failed, this, [this, one = account.get()](const Error &error) {
            // The archive may have all that is wanted.
            if (wish().action == AdvisorLine::Action::Refresh || !one->isOffline())
                m_status = failed;
            if (isExporting() && !one->failures().isEmpty())
                return; // tellFailures()
            if (m_accounts.size() == 1)
                return tell(error);
            tellOf(one->name(), error);
        });
        connect(account.get(), &AdvisorAccount::finished, this, [this] {
            if (++m_ended == m_accounts.size())
                return allDone();
            startNext();
        });
        m_accounts.push_back(std::move(account));
    }
    if (m_accounts.empty())
        finish(failed);
}

void AdvisorCommand::startNext()
{
    if (m_started < m_accounts.size() && !isFinished())
        m_accounts[m_started++]->start();
}

void AdvisorCommand::showSum()
{
    qint64 done = 0;
    qint64 total = 0;
    for (const auto &account : m_accounts) {
        done += account->done();
        total += account->total();
    }
    const QString who = m_accounts.size() == 1 ? m_accounts.front()->name() : u"%1 accounts"_s.arg(m_accounts.size());
    if (total > 0)
        showProgress(u"%1: %2 of %3"_s.arg(who).arg(done).arg(total));
}

void AdvisorCommand::allDone()
{
    showProgress({});
    if (!knowsChecks())
        return finish(failed);
    if (!knowsCategory())
        return finish(wrongUsage);
    tellVanished();
    if (!isExporting())
        tellArchive();
    switch (wish().action) {
    case AdvisorLine::Action::List:
        return list();
    case AdvisorLine::Action::Show:
        return wish().format == AdvisorLine::Format::Table ? showCheck() : exportResults();
    case AdvisorLine::Action::Refresh:
        return tellRefreshes();
    case AdvisorLine::Action::Export:
        return exportResults();
    }
}

// A check that no account has is a mistake; half of what was asked for would pass for all of it.
bool AdvisorCommand::knowsChecks()
{
    QStringList unknown = wish().checks;
    bool isAnyKnown = false;
    for (const auto &account : m_accounts) {
        if (account->allChecks().isEmpty())
            continue;
        isAnyKnown = true;
        for (const QString &check : wish().checks) {
            if (!account->unknown().contains(check))
                unknown.removeAll(check);
        }
    }
    if (!isAnyKnown) {
        // What is wrong was said; without a word the service has no checks.
        const bool isTold = std::any_of(m_accounts.cbegin(), m_accounts.cend(),
                                        [](const auto &account) { return account->error().kind != Error::Kind::None; });
        if (!isTold && m_status == succeeded)
            complain(isExporting() ? u"Trusted Advisor lists no checks; %1."_s.arg(whatStays())
                                   : u"Trusted Advisor lists no checks."_s);
        return !isTold && m_status == succeeded && unknown.isEmpty() && !isExporting();
    }
    for (const QString &check : std::as_const(unknown)) {
        complain(
            u"Trusted Advisor has no check \"%1\"; casement-cli advisor list names them."_s.arg(terminalLine(check)));
    }
    return unknown.isEmpty();
}

bool AdvisorCommand::knowsCategory()
{
    if (wish().category.isEmpty())
        return true;
    QStringList categories;
    for (const auto &account : m_accounts) {
        for (const AdvisorCheckRecord &check : account->allChecks())
            categories.append(check.category);
    }
    categories.removeDuplicates();
    categories.removeAll(QString());
    categories.sort();
    if (categories.isEmpty() || categories.contains(wish().category))
        return true;
    complain(u"No check is of category \"%1\"; there are %2."_s.arg(terminalLine(wish().category),
                                                                    terminalLine(categories.join(u", "_s))));
    return false;
}

QList<ListedCheck> AdvisorCommand::listed() const
{
    QList<ListedCheck> checks;
    for (const auto &account : m_accounts) {
        for (const AdvisorCheckRecord &check : account->checks())
            checks.append({account->name(), check});
    }
    return checks;
}

void AdvisorCommand::list()
{
    const QList<ListedCheck> checks = listed();
    switch (wish().format) {
    case AdvisorLine::Format::Json:
        output().write(checkJson(checks));
        break;
    case AdvisorLine::Format::Csv:
        if (wish().byteOrderMark)
            output().write(QByteArray("\xef\xbb\xbf"));
        output().write(checkCsv(checks, !wish().raw, output().isTerminal()));
        break;
    case AdvisorLine::Format::Table:
    case AdvisorLine::Format::CsvLong: // of an export, as is Xlsx
    case AdvisorLine::Format::Xlsx:
        if (checks.isEmpty())
            complain(u"There are no such checks."_s);
        else
            output().write(checkTable(checks, m_accounts.size() > 1, output().columns()));
        break;
    }
    finish(m_status);
}

void AdvisorCommand::showCheck()
{
    const QList<ListedCheck> checks = listed();
    if (m_shown == checks.size())
        return finish(checks.isEmpty() ? failed : m_status);
    const ListedCheck listedCheck = checks.at(m_shown++);
    const auto show = [this, listedCheck](const AdvisorSnapshot &snapshot) {
        if (m_shown > 1)
            output().write(QByteArray("\n"));
        output().write(shownCheck(listedCheck, snapshot, m_accounts.size() > 1, output().columns()));
        showCheck();
    };
    if (listedCheck.check.snapshot == 0)
        return show({});
    m_advisor.loadSnapshot(listedCheck.check.snapshot, this, [this, show](const Result<AdvisorSnapshot> &snapshot) {
        if (!snapshot)
            return fail(snapshot.error());
        show(*snapshot);
    });
}

/// A check that went without a word would be missed, or its last result taken for today's.
void AdvisorCommand::tellVanished()
{
    for (const auto &account : m_accounts) {
        for (const AdvisorCheckRecord &check : account->allChecks()) {
            const bool isNamed = std::any_of(wish().checks.cbegin(), wish().checks.cend(), [&](const QString &name) {
                return check.isGone && isAdvisorCheck(check, name);
            });
            if (!isNamed && !account->vanished().contains(check.checkId))
                continue;
            const QString what = !isNamed ? u"it is left out"_s
                : check.snapshot == 0     ? u"there is no result of it"_s
                                          : u"its last result is of "_s + localTime(advisorResultTime(check));
            complain(u"%1Trusted Advisor does not list \"%2\" (%3) any more; %4."_s.arg(
                accountPrefix(*account), terminalLine(check.name), terminalLine(check.checkId), what));
        }
    }
}

void AdvisorCommand::tellRefreshes()
{
    using Outcome = AdvisorRefreshJob::Outcome;
    for (const auto &account : m_accounts) {
        tellErrorsOfRefresh(*account);
        for (const AdvisorCheckRecord &check : account->checks())
            tellRefresh(*account, check);
        const auto automatic = std::count(account->outcomes().cbegin(), account->outcomes().cend(), Outcome::Automatic);
        if (automatic > 0)
            complain(u"%1: AWS refreshes %2 %3 by itself."_s.arg(terminalLine(account->name()))
                         .arg(automatic)
                         .arg(automatic == 1 ? "check"_L1 : "checks"_L1));
        if (!wish().checks.isEmpty() && automatic > 0 && automatic == account->outcomes().size())
            m_status = failed; // nothing was asked for
    }
    finish(m_status);
}

void AdvisorCommand::tellRefresh(const AdvisorAccount &account, const AdvisorCheckRecord &check)
{
    using Outcome = AdvisorRefreshJob::Outcome;
    const auto at = account.outcomes().constFind(check.checkId);
    const bool isEnded = at != account.outcomes().cend();
    if (!isEnded && (account.outcomes().isEmpty() || account.error().kind == Error::Kind::None))
        return;
    if (isEnded && *at == Outcome::Automatic && wish().checks.isEmpty())
        return;
    QString about; // the last column, where there is something to say
    if (isEnded && *at == Outcome::TooEarly)
        about = u"not before "_s + localTime(check.refresh.nextRefreshable);
    else if (isEnded && *at == Outcome::Abandoned)
        about = u"AWS gave up refreshing it; try again later"_s;
    else if (isEnded && *at == Outcome::Unknown)
        about = u"AWS says \"%1\" of it, which Casement does not know"_s.arg(
            terminalLine(account.unknownStatuses().value(check.checkId)));
    else if (const auto error = account.refreshErrors().constFind(check.checkId);
             error != account.refreshErrors().cend())
        about = terminalLine(error->toLine());
    output().write(u"%1\t%2\t%3\t%4%5\n"_s.arg(terminalLine(account.name()), terminalLine(check.checkId),
                                               isEnded ? outcomeWord(*at) : "not-asked"_L1, terminalLine(check.name),
                                               about.isEmpty() ? QString() : u'\t' + about));
    if (!isEnded || *at == Outcome::Failed || *at == Outcome::Abandoned || *at == Outcome::Unknown
        || *at == Outcome::Gone)
        m_status = failed;
}

/// The same error of many checks is told once.
void AdvisorCommand::tellErrorsOfRefresh(const AdvisorAccount &account)
{
    QSet<QString> told{account.error().toLine()};
    for (const Error &error : account.refreshErrors()) {
        if (told.contains(error.toLine()))
            continue;
        told.insert(error.toLine());
        tellOf(account.name(), error);
    }
}

void AdvisorCommand::stop()
{
    for (const auto &account : m_accounts) {
        account->disconnect(this);
        account->stop();
    }
    if (m_export) {
        m_export->disconnect(this); // the interruption is the end, not the job's
        m_export->cancel();
    }
    showProgress({});
}

} // namespace casement::cli
