#pragma once

#include "archive/archive.h"
#include "archive/attachmentstore.h"
#include "archive/casemarks.h"
#include "archive/catalogarchive.h"
#include "archive/outbox.h"
#include "archive/savedfilters.h"
#include "base/job.h"
#include "models/accountmodel.h"
#include "models/activitymodel.h"
#include "models/caselistmodel.h"
#include "models/deadlines.h"
#include "models/jobmodel.h"
#include "ui/secretsettings.h"
#include "ui/shortcuts.h"
#include "ui/spelling.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>
#include <memory>

namespace casement {

class Client;
class ServiceNames;
class UiSettings;

/// How an account stands with the service.
struct AccountStatus
{
    bool refreshing = false;
    qint64 lastSync = 0; ///< end of the last whole refresh, ms since 1970 UTC; 0 = never
    Error error; ///< of the last refresh; Kind::None when it went well
    bool paused = false; ///< it is not asked
    bool asked = true; ///< somebody asked for the refresh; else it was made by itself, and disturbs nobody
    friend bool operator==(const AccountStatus &, const AccountStatus &) = default;
};

/// What the window's pages share: the archive, the models over it, the running jobs, and how each account stands.
///
/// Keeps the models fed from the archive. Talks to no service: who refreshes reports here (`setAccountStatus`).
class Workspace final : public QObject
{
    Q_OBJECT

public:
    /// Everything passed in is borrowed and outlives the workspace.
    Workspace(Archive &archive, JobList &jobs, UiSettings &settings, QObject *parent = nullptr);
    ~Workspace() override;

    Archive &archive() { return m_archive; }
    UiSettings &settings() { return m_settings; }
    AccountModel &accounts() { return m_accounts; }
    CaseListModel &cases() { return m_cases; }
    JobModel &jobs() { return m_jobs; }
    ActivityModel &activity() { return m_activity; }
    /// For those who start jobs.
    JobList &jobList() { return m_jobList; }
    Outbox &outbox() { return m_outbox; }
    /// What was downloaded.
    AttachmentStore &attachments() { return m_attachments; }
    /// Stars, muted cases, tags and notes.
    CaseMarks &marks() { return m_marks; }
    SavedFilters &filters() { return m_filters; }
    /// Reads what the person wrote and marked: call it whenever the archive was opened.
    void archiveOpened();
    /// Reads marks, filters, drafts, and the cases of accounts that were refreshed, again when another program has
    /// written to the archive: call it when the person comes back to the window.
    void lookForForeignChanges();
    /// What is looked for in what is about to be sent.
    SecretSettings &secrets() { return m_secrets; }
    /// Of what is about to be sent.
    Spelling &spelling() { return m_spelling; }
    /// The keys of all windows.
    Shortcuts &shortcuts() { return m_shortcuts; }
    /// What the service says of services, severities, languages and contact hours.
    CatalogArchive &catalog() { return m_catalog; }
    /// What AWS calls services and categories; the list follows it.
    ServiceNames &serviceNames() { return *m_serviceNames; }
    /// The language in which the service is asked for texts: the interface's, unless another one was chosen.
    QString serviceLanguage() const;
    /// `en`, `ja`; empty: the interface's.
    QString chosenServiceLanguage() const;
    /// Holds at once, and is kept in the settings; serviceLanguageChanged() follows when it is another one.
    void setServiceLanguage(const QString &code);
    /// When AWS means to answer, closes what nobody answers, and lets what is resolved be reopened.
    const ResponseTargets &targets() const { return m_targets; }
    /// Of an account: those of its own plan, where a person said which one it has.
    const ResponseTargets &targets(AccountId account) const { return m_cases.targetsOf(account); }
    /// Holds at once everywhere, and is kept in the settings.
    void setTargets(const ResponseTargets &targets);
    /// Targets, languages, keys, spelling and what is looked for in texts: what is kept is another now.
    void readSettings();
    /// Sentences about what can't be read of the kept ones; the usual ones are used in its place.
    QStringList targetProblems() const;

    /// The way to an account, or null while it is not open: for reads and rehearsals. Changes go through outbox(). Who
    /// calls by it keeps it, see keepUntilGone(); catalog() does without one that is gone.
    std::shared_ptr<Client> client(AccountId account) const { return m_clientOf ? m_clientOf(account) : nullptr; }
    using ClientOf = std::function<std::shared_ptr<Client>(AccountId)>;
    void setClients(ClientOf clientOf) { m_clientOf = std::move(clientOf); }

    /// The accounts of this session; cases of other accounts in the archive are not shown. Reads their cases from the
    /// archive.
    void setAccounts(const QList<AccountRecord> &accounts);
    const QList<AccountRecord> &accountRecords() const { return m_records; }
    bool hasAccount(AccountId id) const { return m_status.contains(id); }
    /// Null when the account isn't known.
    const AccountRecord *findAccount(AccountId id) const;
    QString accountName(AccountId id) const { return m_accounts.name(id); }
    /// `aws` when the account isn't known.
    QString partition(AccountId id) const;

    /// There is an account, but nothing is known of what it holds: its archive is being read, or its first refresh
    /// runs.
    bool isLoading() const;
    /// No account is known and none is being looked for: the welcome page's time.
    /// What is shown is made up: the window says so wherever it says what it is.
    bool isDemo() const { return m_isDemo; }
    void setDemo(bool on);
    bool isWithoutAccount() const { return m_decided && m_records.isEmpty(); }
    /// The start has found out which accounts there are.
    void setDecided(bool decided);

    AccountStatus status(AccountId id) const { return m_status.value(id); }
    void setStatus(AccountId id, const AccountStatus &status);
    /// Most of the accounts that are asked can't be reached.
    bool isOffline() const;
    /// The oldest of the accounts' last refreshes; 0 when one was never refreshed. Those that are paused, and those
    /// that never could be refreshed while others were, don't count.
    qint64 lastSync() const;

    /// The interface language changed: models read their texts again.
    void retranslate();

Q_SIGNALS:
    /// Accounts, loading or an account's status changed; a status is told a moment later, with others that changed.
    void changed();
    void targetsChanged();
    void serviceLanguageChanged();
    /// An account's last refresh failed, or the archive did.
    void failed(const casement::Error &error, const QString &account);
    /// The data of an account was deleted, here or by another program, and the settings remember nothing of it.
    void accountForgotten(casement::AccountId account);
    /// An account works again: what was said about it is over.
    void recovered(casement::AccountId account);
    /// A sentence about something that happened by itself and is no failure.
    void told(const QString &sentence);
    /// An account has another name; what was said about it goes on under that.
    void renamed(const QString &before, const QString &now);

private:
    void takeCases(const CaseRecords &cases);
    void passTime();
    void takeForeignSyncs();
    void forgetAccount(AccountId account);
    void lookForGoneAccounts();
    void tellChange();
    void showTroubles();

    Archive &m_archive;
    JobList &m_jobList;
    UiSettings &m_settings;
    AccountModel m_accounts;
    CaseListModel m_cases;
    JobModel m_jobs;
    ActivityModel m_activity;
    Outbox m_outbox;
    AttachmentStore m_attachments;
    CaseMarks m_marks;
    SavedFilters m_filters;
    CatalogArchive m_catalog;
    std::unique_ptr<ServiceNames> m_serviceNames;
    SecretSettings m_secrets;
    Spelling m_spelling;
    Shortcuts m_shortcuts;
    ResponseTargets m_targets;
    ClientOf m_clientOf;
    QList<AccountRecord> m_records;
    QHash<AccountId, AccountStatus> m_status;
    QSet<AccountId> m_archived; // accounts that the archive at its path had when it was looked at, or has since
    QString m_archivedIn;
    QHash<AccountId, Error> m_troubles; // that sentences were made of
    QTimer m_minute;
    QTimer m_foreign;
    int m_reading = 0; // loads from the archive under way
    bool m_decided = false;
    bool m_isDemo = false;
    bool m_changeToTell = false;
};

} // namespace casement
