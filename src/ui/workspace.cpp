#include "ui/workspace.h"

#include "archive/accounttraces.h"
#include "aws/serviceerror.h"
#include "base/wordslocale.h"
#include "models/displaytext.h"
#include "ui/accounttext.h"
#include "ui/errortext.h"
#include "ui/servicenames.h"
#include "ui/uisettings.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <chrono>
#include <utility>

namespace casement {

namespace {

constexpr std::chrono::milliseconds longestWait{60'000}; // before times are told anew
constexpr std::chrono::milliseconds shortestWait{1'000};
constexpr std::chrono::milliseconds foreignChangesEvery{5'000};

const QString serviceLanguageKey = QStringLiteral("serviceLanguage");
const QString targetsKey = QStringLiteral("cases/responseTargets");

/// Of a refresh that nobody asked for only this is told: what does not pass by itself, and once.
bool isNewsForAPerson(const Error &error, const Error &before)
{
    using Kind = Error::Kind;
    const bool passes = isOutOfReach(error) || error.kind == Kind::Throttled || error.kind == Kind::Incomplete
        || error.kind == Kind::BadAnswer || error.kind == Kind::TooLarge;
    return !passes && ErrorText::cause(error) != ErrorText::cause(before);
}

/// As kept; what is there and no text is no targets, either.
QString targetsText(const UiSettings &settings)
{
    const QString text = settings.text(targetsKey);
    return text.isEmpty() && settings.contains(targetsKey) ? QStringLiteral("?") : text;
}

} // namespace

Workspace::Workspace(Archive &archive, JobList &jobs, UiSettings &settings, QObject *parent)
    : QObject(parent), m_archive(archive), m_jobList(jobs), m_settings(settings), m_cases(m_accounts), m_jobs(jobs),
      m_activity(jobs, [](const Error &error) { return ErrorText::summary(error); }), m_outbox(archive),
      m_attachments(archive), m_marks(archive), m_filters(archive), m_catalog(archive),
      m_serviceNames(std::make_unique<ServiceNames>(*this)), m_secrets(settings), m_spelling(settings),
      m_shortcuts(settings)
{
    connect(m_serviceNames.get(), &ServiceNames::changed, this, [this] { m_cases.setNames(m_serviceNames->names()); });
    connect(&m_archive, &Archive::casesChanged, this, &Workspace::takeCases);
    connect(&m_archive, &Archive::failed, this, [this](const Error &error) { Q_EMIT failed(error, QString()); });
    connect(&m_archive, &Archive::accountDeleted, this, &Workspace::archiveOpened); // drafts and notes went with it
    connect(&m_archive, &Archive::accountDeleted, this, &Workspace::forgetAccount);
    m_targets = ResponseTargets::fromText(targetsText(settings));
    const auto tell = [this](const Error &error) { Q_EMIT failed(error, QString()); };
    connect(&m_outbox, &Outbox::failed, this, tell);
    connect(&m_marks, &CaseMarks::failed, this, tell);
    connect(&m_filters, &SavedFilters::failed, this, tell);
    m_cases.setMarks(m_marks);
    m_cases.setTargets(m_targets);
    connect(&m_cases, &CaseListModel::targetsChanged, this, &Workspace::targetsChanged);
    m_minute.setSingleShot(true);
    m_minute.setTimerType(Qt::CoarseTimer);
    connect(&m_minute, &QTimer::timeout, this, &Workspace::passTime);
    m_minute.start(longestWait);
    // Another program may write into the same archive: casement-cli from a terminal or a timer.
    m_foreign.setTimerType(Qt::CoarseTimer);
    connect(&m_foreign, &QTimer::timeout, this, &Workspace::lookForForeignChanges);
    m_foreign.start(foreignChangesEvery);
}

Workspace::~Workspace() = default;

/// Tells times anew every minute, and as soon as a deadline is reached.
void Workspace::passTime()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_cases.tick(now);
    m_minute.start(std::clamp(std::chrono::milliseconds(m_cases.nextChange() - now), shortestWait, longestWait));
    Q_EMIT changed();
}

void Workspace::archiveOpened()
{
    m_outbox.load();
    m_marks.load();
    m_filters.load();
    lookForGoneAccounts();
}

void Workspace::forgetAccount(AccountId account)
{
    m_archived.remove(account);
    accounttraces::forget(
        account, [this](QLatin1StringView key) { return m_settings.text(key); },
        [this](QLatin1StringView key, const QString &value) { m_settings.set(key, value); });
    Q_EMIT accountForgotten(account);
}

/// Another program may have deleted the data of some.
void Workspace::lookForGoneAccounts()
{
    if (m_archive.refusal().kind != Error::Kind::None)
        return; // what is open in its place says nothing of them
    m_archive.loadAccounts(this, [this, path = m_archive.path()](const Result<QList<AccountRecord>> &accounts) {
        if (!accounts || path != m_archive.path())
            return;
        QSet<AccountId> now;
        for (const AccountRecord &account : *accounts)
            now.insert(account.id);
        const QSet<AccountId> before = std::exchange(m_archived, now);
        if (std::exchange(m_archivedIn, path) != path)
            return;
        for (const AccountId account : before - now)
            forgetAccount(account);
    });
}

void Workspace::lookForForeignChanges()
{
    if (!m_marks.isLoaded())
        return;
    m_archive.askForeignChanges(this, [this](const Result<bool> &changed) {
        if (!changed || !*changed)
            return;
        m_marks.load();
        m_filters.load();
        m_outbox.takeForeignChanges();
        takeForeignSyncs();
        lookForGoneAccounts();
    });
}

/// What another program fetched is news for nobody's sync any more.
void Workspace::takeForeignSyncs()
{
    m_archive.loadAccounts(this, [this](const Result<QList<AccountRecord>> &known) {
        QList<AccountId> synced;
        for (const AccountRecord &record : known ? *known : QList<AccountRecord>()) {
            const auto status = m_status.find(record.id);
            if (status == m_status.end() || record.lastSync <= status->lastSync)
                continue;
            status->lastSync = record.lastSync;
            synced.append(record.id);
        }
        if (synced.isEmpty())
            return;
        tellChange();
        m_archive.loadCases(
            synced, this, [this](const CaseRecords &batch) { takeCases(batch); },
            [this](const Result<void> &result) {
                if (!result)
                    Q_EMIT failed(result.error(), QString());
            });
    });
}

void Workspace::setAccounts(const QList<AccountRecord> &accounts)
{
    m_decided = true;
    QList<AccountId> added;
    for (const AccountRecord &record : accounts) {
        m_archived.insert(record.id);
        if (!m_status.contains(record.id)) {
            AccountStatus status;
            status.lastSync = record.lastSync;
            m_status.insert(record.id, status);
            added.append(record.id);
        }
    }
    for (const AccountRecord &known : std::as_const(m_records)) {
        const bool stays = std::any_of(accounts.begin(), accounts.end(),
                                       [&](const AccountRecord &record) { return record.id == known.id; });
        if (!stays) {
            m_status.remove(known.id);
            m_cases.removeAccount(known.id);
        }
    }
    m_records = accounts;
    m_accounts.setAccounts(accounts);
    if (!added.isEmpty()) {
        ++m_reading;
        m_archive.loadCases(
            added, this, [this](const CaseRecords &batch) { takeCases(batch); },
            [this](const Result<void> &result) {
                --m_reading;
                if (!result)
                    Q_EMIT failed(result.error(), QString());
                Q_EMIT changed();
            });
    }
    Q_EMIT changed();
}

void Workspace::takeCases(const CaseRecords &cases)
{
    const bool foreign = std::any_of(cases.begin(), cases.end(),
                                     [this](const CaseRecord &record) { return !m_status.contains(record.account); });
    if (!foreign)
        return m_cases.merge(cases);
    CaseRecords ours;
    std::copy_if(cases.begin(), cases.end(), std::back_inserter(ours),
                 [this](const CaseRecord &record) { return m_status.contains(record.account); });
    if (!ours.empty())
        m_cases.merge(std::move(ours));
}

const AccountRecord *Workspace::findAccount(AccountId id) const
{
    const auto at =
        std::find_if(m_records.begin(), m_records.end(), [id](const auto &record) { return record.id == id; });
    return at == m_records.end() ? nullptr : &*at;
}

void Workspace::setTargets(const ResponseTargets &targets)
{
    m_settings.set(targetsKey, targets.toText());
    if (targets == m_targets)
        return;
    m_targets = targets;
    m_cases.setTargets(targets);
}

void Workspace::readSettings()
{
    m_secrets.reload();
    m_spelling.reload();
    m_shortcuts.reload();
    if (const ResponseTargets targets = ResponseTargets::fromText(targetsText(m_settings)); targets != m_targets) {
        m_targets = targets;
        m_cases.setTargets(targets);
    }
    Q_EMIT serviceLanguageChanged();
}

QStringList Workspace::targetProblems() const
{
    QStringList problems;
    ResponseTargets::fromText(targetsText(m_settings), ResponseTargets::forPlan({}), &problems);
    return problems;
}

QString Workspace::partition(AccountId id) const
{
    const AccountRecord *record = findAccount(id);
    return record ? record->partition : QStringLiteral("aws");
}

QString Workspace::chosenServiceLanguage() const
{
    const QString code = m_settings.word(serviceLanguageKey);
    return code == QLatin1StringView("en") || code == QLatin1StringView("ja") ? code : QString();
}

void Workspace::setServiceLanguage(const QString &code)
{
    const QString before = serviceLanguage();
    m_settings.set(serviceLanguageKey, code);
    if (serviceLanguage() != before)
        Q_EMIT serviceLanguageChanged();
}

QString Workspace::serviceLanguage() const
{
    if (const QString chosen = chosenServiceLanguage(); !chosen.isEmpty())
        return chosen;
    return wordsLocale().language() == QLocale::Japanese ? QStringLiteral("ja") : QStringLiteral("en");
}

bool Workspace::isLoading() const
{
    if (!m_decided || m_reading > 0)
        return true;
    return std::any_of(m_status.begin(), m_status.end(),
                       [](const AccountStatus &status) { return status.refreshing && status.lastSync == 0; });
}

void Workspace::setDemo(bool on)
{
    if (std::exchange(m_isDemo, on) != on)
        Q_EMIT changed();
}

void Workspace::setDecided(bool decided)
{
    m_decided = decided;
    Q_EMIT changed();
}

void Workspace::setStatus(AccountId id, const AccountStatus &status)
{
    const auto known = m_status.find(id);
    if (known == m_status.end() || *known == status)
        return;
    const bool hadError = known->error.kind != Error::Kind::None;
    const bool wasRefreshing = known->refreshing;
    const Error before = known->error;
    *known = status;
    if (!status.refreshing && wasRefreshing) {
        if (status.error.kind == Error::Kind::None) {
            if (hadError)
                Q_EMIT recovered(id);
        } else if (status.error.kind != Error::Kind::Cancelled
                   && (status.asked || isNewsForAPerson(status.error, before))) {
            Q_EMIT failed(status.error, accountName(id));
        }
    }
    tellChange();
}

/// Of 200 accounts that begin to be refreshed at once it is told once.
void Workspace::tellChange()
{
    if (std::exchange(m_changeToTell, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_changeToTell = false;
            showTroubles();
            Q_EMIT changed();
        },
        Qt::QueuedConnection);
}

/// Why accounts can't be refreshed, for the lists of accounts. A refresh that runs changes nothing of it until it ends.
void Workspace::showTroubles()
{
    QHash<AccountId, Error> errors;
    QHash<AccountId, QString> sentences;
    for (auto one = m_status.cbegin(); one != m_status.cend(); ++one) {
        const Error &error = one->error;
        if (one->paused || error.kind == Error::Kind::None || error.kind == Error::Kind::Cancelled
            || error.kind == Error::Kind::Incomplete)
            continue;
        errors.insert(one.key(), error);
        const bool isKnown = m_troubles.value(one.key()) == error;
        sentences.insert(one.key(),
                         isKnown ? m_accounts.trouble(one.key()) : displayText(AccountText::sentences(error)));
    }
    m_troubles = errors;
    m_accounts.setTroubles(sentences);
}

bool Workspace::isOffline() const
{
    int asked = 0;
    int away = 0;
    for (const AccountStatus &status : m_status) {
        if (status.paused)
            continue;
        ++asked;
        away += ErrorText::isOffline(status.error);
    }
    return away > 0 && away * 2 >= asked; // one account's server is not the network
}

qint64 Workspace::lastSync() const
{
    qint64 oldest = 0;
    bool isOneMissing = false;
    const bool allPaused =
        std::all_of(m_status.cbegin(), m_status.cend(), [](const AccountStatus &status) { return status.paused; });
    for (const AccountStatus &status : m_status) {
        if (status.paused && !allPaused)
            continue;
        if (status.lastSync > 0)
            oldest = oldest == 0 ? status.lastSync : qMin(oldest, status.lastSync);
        else
            isOneMissing = isOneMissing || status.error.kind == Error::Kind::None;
    }
    return isOneMissing ? 0 : oldest;
}

void Workspace::retranslate()
{
    m_accounts.retranslate();
    m_troubles.clear();
    showTroubles();
    m_marks.retranslate(); // before those that ask it for orders
    m_filters.retranslate();
    m_cases.setNames(m_serviceNames->names());
    m_cases.retranslate();
    m_jobs.retranslate();
    m_activity.retranslate();
}

} // namespace casement
