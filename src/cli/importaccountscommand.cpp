#include "cli/importaccountscommand.h"

#include "aws/regularfile.h"
#include "cli/cells.h"
#include "cli/terminaltext.h"

#include <QFile>
#include <QFileInfo>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostImported = (16 << 20) + 1; // bytes; AccountImport says what is wrong with more

QString importNote(const ImportCandidate &candidate)
{
    using Note = ImportCandidate::Note;
    switch (candidate.note) {
    case Note::None:
        return u"new"_s;
    case Note::Renamed:
        return u"new; \"%1\" is taken"_s.arg(candidate.detail);
    case Note::Suspended:
        return u"left out: suspended"_s;
    case Note::Listed:
        return u"left out: in the list as \"%1\""_s.arg(candidate.detail);
    case Note::Unusable:
        break;
    }
    return u"left out: %1"_s.arg(candidate.detail);
}

} // namespace

ImportAccountsCommand::ImportAccountsCommand(const CommandLine &line, Output &output, QObject *parent)
    : Command(line, output, parent)
{
}

ImportAccountsCommand::~ImportAccountsCommand() = default;

void ImportAccountsCommand::start()
{
    using From = AccountsLine::ImportFrom;
    if (const Result<void> loaded = accounts().load(); !loaded)
        return fail(loaded.error());
    ListedAccount base;
    if (!wish().base.isEmpty()) {
        const ListedAccount *named = accounts().list().findByName(wish().base);
        if (!named)
            return fail(accounts().named(wish().base).error(), wrongUsage);
        base = *named;
    }
    switch (wish().importFrom) {
    case From::Profiles:
        return ofProfiles();
    case From::Csv:
        return ofCsv(base);
    case From::Organization:
        return ofOrganization(base);
    }
}

void ImportAccountsCommand::ofProfiles()
{
    const Result<AwsConfig> config = readConfig(ConfigPaths::of(QProcessEnvironment::systemEnvironment()));
    if (!config)
        return fail(config.error());
    take(AccountImport::ofProfiles(*config));
}

void ImportAccountsCommand::ofCsv(const ListedAccount &base)
{
    const QString path = wish().csv;
    QFile file(path);
    QString why = QFileInfo::exists(path) ? whyNotReadable(path) : u"there is no such file"_s;
    if (why.isEmpty() && !file.open(QIODevice::ReadOnly))
        why = file.errorString();
    if (!why.isEmpty())
        return fail({.kind = Error::Kind::Invalid, .message = u"%1: %2"_s.arg(path, why)}, wrongUsage);
    const auto candidates = AccountImport::ofCsv(file.read(mostImported), path, base);
    if (!candidates) {
        Error error = candidates.error();
        // The window's sentence, with the marks of this program.
        error.message = error.message.replace(u'“', u'"').replace(u'”', u'"') + u" Nothing was added."_s;
        return fail(error, wrongUsage);
    }
    take(*candidates);
}

void ImportAccountsCommand::ofOrganization(const ListedAccount &base)
{
    if (const QString why = AccountImport::whyNoRoleName(wish().role); !why.isEmpty())
        return fail({.kind = Error::Kind::Invalid, .message = u"--role: %1"_s.arg(why)}, wrongUsage);
    const Result<ChosenAccount> chosen = accounts().listed(base);
    if (!chosen)
        return fail(chosen.error());
    const Result<ConnectionSettings> settings = organizationsSettings(chosen->choice);
    if (!settings)
        return fail(settings.error());
    m_connection = std::make_unique<HttpServiceConnection>(*settings);
    m_listing = new OrganizationJob(*m_connection, this);
    connect(m_listing, &Job::progressed, this, [](qint64 done) { showProgress(u"%1 accounts so far"_s.arg(done)); });
    connect(m_listing, &Job::finished, this, [this, base](const Result<void> &result) {
        showProgress({});
        if (!result)
            return fail(result.error());
        take(AccountImport::ofOrganization(m_listing->accounts(), base, wish().role, wish().externalId));
    });
    m_listing->start();
}

QString ImportAccountsCommand::archiveKeyOf(const ListedAccount &account)
{
    ProfileChoice choice;
    choice.profile = account.profile;
    choice.region = account.region;
    choice.endpointUrl = account.endpointUrl;
    const Result<ConnectionSettings> settings = connectionSettings(choice);
    return settings ? newArchiveKey(account, settings->endpoint) : QString();
}

void ImportAccountsCommand::take(const QList<ImportCandidate> &candidates)
{
    std::vector<QStringList> rows{{u"NAME"_s, u"KEYS FROM"_s, u"NOTE"_s}};
    QList<ListedAccount> wanted;
    for (const ImportCandidate &candidate : AccountImport::compared(candidates, accounts().list().accounts())) {
        ListedAccount account = candidate.account;
        rows.push_back({terminalLine(account.name),
                        terminalLine(account.roleArn.isEmpty() ? u"profile "_s + account.profile : account.roleArn),
                        terminalLine(importNote(candidate))});
        if (!candidate.isUsual())
            continue;
        account.archiveKey = archiveKeyOf(account);
        wanted.append(account);
    }
    if (rows.size() > 1)
        output().write(tableText(std::move(rows), {40, 72}, output().columns()));
    if (const QString why = accounts().list().whyNotAll(wanted); wish().dryRun && !why.isEmpty())
        return fail({.kind = Error::Kind::Invalid, .message = why});
    if (!wanted.isEmpty() && !wish().dryRun) {
        const auto added = accounts().list().add(wanted);
        if (!added)
            return fail(added.error());
    }
    const QString count = wanted.size() == 1 ? u"1 account"_s : u"%1 accounts"_s.arg(wanted.size());
    complain(wish().dryRun ? u"%1 would be added."_s.arg(count) : u"%1 added."_s.arg(count));
    finish(succeeded);
}

void ImportAccountsCommand::stop()
{
    showProgress({});
    if (m_listing) {
        m_listing->disconnect(this);
        m_listing->cancel();
    }
}

} // namespace casement::cli
