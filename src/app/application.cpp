#include "app/application.h"

#include "archive/archivepath.h"
#include "archive/database.h"
#include "aws/configfile.h"
#include "aws/localcode.h"
#include "aws/sources/profilesource.h"
#include "base/log.h"
#include "demo/demoservice.h"
#include "transfer/fileerror.h"
#include "ui/accountactions.h"
#include "ui/advisoractions.h"
#include "ui/advisorwork.h"
#include "ui/caselistpage.h"
#include "ui/errorbanner.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QImageWriter>
#include <QSaveFile>
#include <QScreen>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int screenshotPoll = 100; // ms
constexpr int screenshotPatience = 60'000;
constexpr int hopelessPatience = 3'000;
constexpr auto archiveBusyTold = 3s; // an archive opens in milliseconds
constexpr auto archiveBusyAgain = 2s; // it was waited for before, too
constexpr auto archiveTriedAgain = 5s; // as what could not be stored is
const QString profilesKey = u"accounts/profiles"_s;

// Both files, or the one of them that can be read; then `problem` says what is wrong with the other.
AwsConfig readableConfig(const ConfigPaths &paths, QString &problem)
{
    const Result<AwsConfig> both = readConfig(paths);
    if (both)
        return *both;
    problem = both.error().message;
    for (const ConfigPaths &one : {ConfigPaths{paths.config, {}}, ConfigPaths{{}, paths.credentials}}) {
        const Result<AwsConfig> config = readConfig(one);
        if (config && !config->profiles.isEmpty())
            return *config;
    }
    return {};
}

/// Qt's own file dialog remembers the folders that were looked at, in a file of Qt's in the home folder.
void keepInFolder(const QString &portable)
{
    if (!portable.isEmpty())
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, portable);
}

} // namespace

Application::Application(const CommandLine &commandLine, QObject *parent)
    : QObject(parent), m_commandLine(commandLine), m_settings(settingsPath()),
      m_workspace(m_archive, m_jobs, m_settings), m_list(AccountList::defaultFile(commandLine.portable)),
      m_sessions(m_archive, m_jobs, m_workspace), m_keeper(m_archive, m_workspace, m_sessions, m_list, m_secrets),
      m_importer(m_keeper, m_jobs,
                 [](QString &problem) {
                     return readableConfig(ConfigPaths::of(QProcessEnvironment::systemEnvironment()), problem);
                 }),
      m_sender(m_sessions, m_jobs, m_workspace), m_demoMode(commandLine.demo)
{
    keepInFolder(commandLine.portable);
    m_archiveWait.setSingleShot(true);
    m_archiveWait.setInterval(archiveBusyTold);
    connect(&m_archiveWait, &QTimer::timeout, this, &Application::sayArchiveIsBusy);
    m_archiveAgain.setInterval(archiveTriedAgain);
    m_archiveAgain.setTimerType(Qt::CoarseTimer);
    connect(&m_archiveAgain, &QTimer::timeout, this, [this] { tryArchive(false); });
    m_theme.setChoice(commandLine.theme ? *commandLine.theme : themeChoice(m_settings.word(u"theme"_s)));
    QString language = commandLine.language.isEmpty() ? m_settings.word(u"language"_s) : commandLine.language;
    if (!InterfaceLanguage::available().contains(language))
        language = InterfaceLanguage::ofSystem();
    m_language.set(language);

    m_uploader = std::make_unique<AttachmentUploader>(m_sessions, m_jobs, m_workspace);
    m_workspace.setClients([this](AccountId account) { return m_sessions.client(account); });
    m_window = std::make_unique<MainWindow>(m_workspace, m_language, m_theme);
    connect(&m_sender, &OutboxSender::finished, m_window.get(), &MainWindow::showOutcome);
    connect(m_window.get(), &MainWindow::refreshRequested, this,
            [this](const QList<AccountId> &accounts) { refresh([this, accounts] { m_sessions.refresh(accounts); }); });
    connect(m_window.get(), &MainWindow::refreshAllRequested, this,
            [this] { refresh([this] { m_sessions.refreshAll(); }); });
    connect(m_window.get(), &MainWindow::demoChosen, this, &Application::startDemo);
    connect(m_window.get(), &MainWindow::listRequested, this, &Application::useList);
    m_keeper.setEndpointUrl(commandLine.endpointUrl);
    m_keeper.setRegion(commandLine.region);
    m_prompt.setWindow(m_window.get());
    m_keeper.setPrompt(&m_prompt);
    m_window->accountActions().extendPage([this](AccountsPage &page) { m_importer.extend(page); });
    m_window->accountActions().setDesk(m_keeper, [this](QString &problem) { return listedProfiles(problem); });
    connect(&m_configWatch, &ConfigWatch::changed, this, [this] {
        m_keeper.rereadPlaces();
        m_sessions.rereadPlaces();
        m_sessions.retryFailedKeys();
        m_window->accountActions().readProfilesAgain();
    });
    m_presence = std::make_unique<DesktopPresence>(*m_window, m_workspace, m_sessions, m_language);
    setDemo(m_demoMode);
    m_programSettings = std::make_unique<ProgramSettings>(
        ProgramSettings::Parts{*m_window, m_workspace, m_language, m_theme, *m_presence}, commandLine);
}

Application::~Application()
{
    m_keeper.settle();
    m_uploader.reset(); // what it uploads waits for the next start; cancelled by a person, it would be paused
    m_window->advisor().work().stop(); // the same of refreshes
    m_jobs.cancelAll();
    m_programSettings.reset();
    m_presence.reset();
    m_window.reset();
}

QString Application::settingsPath() const { return m_commandLine.settingsFile(); }

QString Application::archivePath() const
{
    if (!m_commandLine.archive.isEmpty())
        return m_commandLine.archive;
    if (m_demoMode)
        return u":memory:"_s; // a made-up company leaves nothing behind and mixes with nothing
    if (!m_commandLine.portable.isEmpty())
        return m_commandLine.portable + u"/archive.sqlite"_s;
    return defaultArchivePath();
}

void Application::start()
{
    m_window->installEventFilter(this);
    m_window->show();
}

bool Application::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && !m_painted) {
        m_painted = true;
        QTimer::singleShot(0, this, &Application::firstPaintDone);
    }
    return QObject::eventFilter(watched, event);
}

void Application::firstPaintDone()
{
    m_window->removeEventFilter(this);
    if (m_commandLine.quitAfterFirstPaint)
        return QCoreApplication::exit(0);
    if (!m_commandLine.screenshot.isEmpty())
        watchForScreenshot();
    QTimer::singleShot(0, this, &Application::nextStep);
}

void Application::nextStep()
{
    switch (m_step++) {
    case 0:
        m_configWatch.start();
        openArchive();
        break;
    default:
        if (!m_window->finishSetup()) {
            m_theme.followDesktop();
            m_programSettings->start();
            return m_presence->start();
        }
        break;
    }
    QTimer::singleShot(0, this, &Application::nextStep);
}

void Application::openArchive()
{
    m_archiveWait.start();
    // What is on its way to the demo's when the person's takes its place must not find an account of that number there.
    if (m_demoMode && m_commandLine.archive.isEmpty())
        return m_archive.openStandIn({}, this, [this](const Result<void> &opened) { archiveOpened(opened); });
    m_archive.open(archivePath(), this, [this](const Result<void> &result) {
        // What is open may still be another program's to write: SQLite lets readers in.
        result ? m_archive.awaitTurn(this, [this](const Result<void> &turn) { archiveOpened(turn); })
               : archiveOpened(result);
    });
}

/// A backup, or another program of the same archive, in the middle of something: it is waited for, and nobody is asked
/// to begin anew meanwhile.
void Application::sayArchiveIsBusy()
{
    m_window->showError(
        {.kind = Error::Kind::Archive,
         .code = archivecode::busy,
         .message =
             tr("Another program is using the archive %1. Casement goes on as soon as it is free.").arg(archivePath())},
        {});
}

void Application::archiveOpened(const Result<void> &result)
{
    m_archiveWait.stop();
    if (!result) {
        const QString code = result.error().code;
        if (code == archivecode::busy) {
            sayArchiveIsBusy();
            return QTimer::singleShot(archiveBusyAgain, this, &Application::openArchive);
        }
        if (putAside(result.error()))
            return openArchive();
        // The window still serves: what is fetched now is shown and not kept.
        return m_archive.openStandIn(result.error(), this, [this](const Result<void> &) { useArchive(); });
    }
    m_outgoing.cleanUp(this, [](const Result<int> &removed) {
        if (removed && *removed > 0)
            qCInfo(logSync) << *removed << "files that were made to be sent, and that nothing speaks of, are removed";
    });
    m_window->archiveOpened();
    takeOver(std::exchange(m_standIns, {}), {}, [this] { useArchive(); });
}

/// A file that is no archive makes place for a new one.
bool Application::putAside(const Error &error)
{
    if (error.code != archivecode::damaged && error.code != archivecode::notAnArchive)
        return false;
    if (m_isPutAside)
        return false; // a disk that spoils what is new, too
    const Result<QString> aside = Archive::setAside(archivePath());
    if (!aside)
        return false;
    m_isPutAside = true;
    m_window->showError({.kind = Error::Kind::Archive,
                         .code = archivecode::setAside,
                         .message = tr("It was damaged, so it was put aside as %1. Cases are fetched again; drafts, "
                                       "notes and marks that were only in it are in that file.")
                                        .arg(*aside)},
                        {});
    return true;
}

/// What was written while an archive in memory stood in goes into this one, under the numbers of its accounts.
void Application::takeOver(QList<AccountRecord> accounts, const QHash<AccountId, AccountId> &numbers,
                           const std::function<void()> &done)
{
    if (accounts.isEmpty()) {
        m_workspace.outbox().moveAccounts(numbers);
        return done();
    }
    const AccountRecord before = accounts.takeFirst();
    m_archive.ensureAccount(before.key, before.name, before.partition, this,
                            [this, before, accounts, numbers, done](const Result<AccountRecord> &now) {
                                QHash<AccountId, AccountId> all = numbers;
                                if (now)
                                    all.insert(before.id, now->id);
                                else
                                    m_standIns.append(before);
                                takeOver(accounts, all, done);
                            });
}

void Application::useArchive()
{
    m_archiveTrying = false;
    const bool isRefusing = m_archive.refusal().kind != Error::Kind::None;
    if (isRefusing) {
        m_window->showError(m_archive.refusal(), {});
        m_archiveAgain.start();
    } else {
        m_archiveAgain.stop();
    }
    m_workspace.archiveOpened();
    m_workspace.outbox().storeAgain();
    m_keeper.load();
    if (m_demoMode)
        startDemo();
    else
        decideAccounts();
}

/// A refresh that a person asked for is a good time to look whether the archive takes something again.
void Application::refresh(const std::function<void()> &refreshed)
{
    if (m_archive.refusal().kind != Error::Kind::None)
        return tryArchive(true, refreshed);
    m_workspace.outbox().storeAgain();
    m_secrets.allowPrompt();
    refreshed();
}

/// Looks whether what stood in the way of the archive is gone.
void Application::tryArchive(bool asked, const std::function<void()> &done)
{
    if (m_archiveTrying || m_archive.refusal().kind == Error::Kind::None)
        return done ? done() : void();
    m_archiveTrying = true;
    if (m_archive.isReadOnly()) {
        return m_archive.openForWriting(this, [this, asked, done](const Result<bool> &writable) {
            if (!writable) { // nothing is open any more
                leaveAccounts();
                return archiveOpened(writable.error());
            }
            m_archiveTrying = false;
            if (*writable)
                archiveTakesAgain();
            archiveTried(asked, done);
        });
    }
    m_archive.tryToOpen(archivePath(), this, [this, asked, done](const Result<void> &tried) {
        if (tried || putAside(tried.error())) {
            m_standIns += m_workspace.accountRecords();
            leaveAccounts();
            return openArchive();
        }
        m_archiveTrying = false;
        archiveTried(asked, done);
    });
}

void Application::archiveTried(bool asked, const std::function<void()> &done)
{
    if (asked && m_archive.refusal().kind != Error::Kind::None)
        m_window->showError(m_archive.refusal(), {}); // Try Again closes what said so
    if (done)
        done();
}

/// The same archive, with the same numbers: what is shown stays.
void Application::archiveTakesAgain()
{
    m_archiveAgain.stop();
    m_window->archiveOpened();
    takeOver(std::exchange(m_standIns, {}), {}, [this] {
        m_workspace.archiveOpened();
        m_workspace.outbox().storeAgain();
    });
    m_sessions.openAgain();
    m_sessions.refreshAll();
}

/// Another archive has other numbers for them: they are opened anew in that one.
void Application::leaveAccounts()
{
    m_archiveAgain.stop();
    m_keeper.setShown(false);
    m_sessions.leaveAll();
    m_demo.reset();
    m_workspace.setDecided(false);
}

void Application::setDemo(bool on)
{
    m_demoMode = on;
    m_presence->setDemo(on);
    m_workspace.setDemo(on);
}

void Application::startDemo()
{
    if (m_demo)
        return;
    if (!m_demoMode) {
        // Chosen on the welcome page: from here on as if started with --demo.
        m_keeper.setShown(false);
        setDemo(true);
        m_workspace.setDecided(false);
        return openArchive();
    }
    m_demo = std::make_unique<DemoService>();
    connect(m_demo.get(), &DemoService::failed, this, [this](const QString &why) {
        m_window->showError({.kind = Error::Kind::CannotConnect, .code = localcode::demoFailed, .message = why}, {});
    });
    connect(m_demo.get(), &DemoService::ready, this, [this] {
        QList<AccountSessions::Wanted> wanted;
        for (const DemoAccountInfo &account : m_demo->accounts()) {
            AccountSessions::Wanted one;
            one.choice.endpointUrl = m_demo->endpoint();
            one.choice.region = account.region;
            one.choice.environment = QProcessEnvironment();
            one.choice.keys = Credentials(account.accessKeyId, account.secretAccessKey);
            one.choice.rate.callsPerSecond = 0;
            one.key = u"demo:"_s + account.accountId;
            one.name = account.name;
            wanted.append(one);
        }
        m_sessions.open(wanted);
    });
    m_demo->start();
}

QList<ListedProfile> Application::listedProfiles(QString &problem) const
{
    const AwsConfig config = readableConfig(ConfigPaths::of(QProcessEnvironment::systemEnvironment()), problem);
    QList<ListedProfile> profiles;
    for (const Profile &profile : config.profiles) {
        if (profile.uses == ProfileUses::Nothing)
            continue;
        const bool isListed =
            std::any_of(m_list.accounts().begin(), m_list.accounts().end(), [&profile](const ListedAccount &account) {
                return account.source == ListedAccount::Source::Profile && account.profile == profile.name;
            });
        profiles.append({profile.name, profile.uses, isListed});
    }
    return profiles;
}

/// What earlier versions remembered becomes entries of the list, once.
void Application::takeOverProfiles()
{
    QStringList remembered = m_settings.text(profilesKey).split(u'\n', Qt::SkipEmptyParts);
    if (remembered.isEmpty())
        return;
    QString problem;
    const QList<ListedProfile> profiles = listedProfiles(problem);
    remembered.removeIf([&profiles](const QString &name) {
        return std::none_of(profiles.begin(), profiles.end(), [&name](const ListedProfile &profile) {
            return profile.name == name && !profile.isListed && isSupported(profile.uses);
        });
    });
    if (const Result<void> taken = m_keeper.takeOver(remembered); !taken)
        return m_window->showError(taken.error(), {});
    m_settings.set(profilesKey, QString());
    m_settings.save();
}

/// AWS_PROFILE names one that can be used.
bool Application::usesNamedProfile() const
{
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QString name = profileName(QString(), environment);
    QString problem;
    const AwsConfig config = readableConfig(ConfigPaths::of(environment), problem);
    const Profile *profile = name == "default"_L1 ? nullptr : config.profile(name);
    return profile && isSupported(profile->uses);
}

void Application::decideAccounts()
{
    const bool choosing = std::exchange(m_choosing, false);
    if (!choosing && !m_commandLine.profile.isEmpty())
        return useProfiles({m_commandLine.profile});
    if (!choosing && qEnvironmentVariableIsSet("AWS_ACCESS_KEY_ID")
        && !qEnvironmentVariableIsEmpty("AWS_ACCESS_KEY_ID"))
        return useProfiles({QString()});
    if (m_keeper.listError().kind != Error::Kind::None)
        m_window->showError(m_keeper.listError(), {});
    else
        takeOverProfiles();
    if (!choosing && m_list.accounts().isEmpty() && usesNamedProfile())
        return useProfiles({QString()});
    m_keeper.setShown(true);
}

void Application::useProfiles(const QStringList &profiles)
{
    QList<AccountSessions::Wanted> wanted;
    for (const QString &profile : profiles) {
        AccountSessions::Wanted one;
        one.choice.profile = profile;
        one.choice.endpointUrl = m_commandLine.endpointUrl;
        one.choice.prompt = &m_prompt;
        wanted.append(one);
    }
    m_sessions.open(wanted);
}

/// The accounts of the list instead of what the window was started with.
void Application::useList()
{
    m_choosing = true;
    m_sessions.leaveAll();
    if (!m_demoMode)
        return decideAccounts();
    // The made-up company goes, and with it the archive that was only for it.
    setDemo(false);
    m_demo.reset();
    m_workspace.setDecided(false);
    openArchive();
}

void Application::watchForScreenshot()
{
    connect(&m_screenshotTimer, &QTimer::timeout, this, &Application::takeScreenshot);
    m_screenshotTimer.start(screenshotPoll);
}

void Application::takeScreenshot()
{
    ++m_screenshotTicks;
    // An account without cases is shown once it was listed; the welcome page, unless an account was to be shown.
    const bool isToldWhy = !m_window->banners().isEmpty();
    const bool isEmptyList = !m_workspace.isLoading() && m_workspace.lastSync() > 0;
    const bool shown = m_window->isFilled() && m_jobs.jobs().isEmpty()
        && (m_workspace.cases().rowCount() > 0 || (!isToldWhy && (m_workspace.isWithoutAccount() || isEmptyList)));
    m_calmTicks = shown ? m_calmTicks + 1 : 0;
    if (m_calmTicks >= 4) {
        m_screenshotTimer.stop();
        const QString why = saveScreenshot();
        if (why.isEmpty())
            return QCoreApplication::exit(0);
        //: %1 is a file, %2 the reason: "no permission"
        CommandLine::complain(tr("the picture could not be saved to %1: %2.").arg(m_commandLine.screenshot, why));
        return QCoreApplication::exit(1);
    }
    // Nothing runs, nothing came, and somebody said why: waiting longer brings nothing.
    const bool hopeless = m_jobs.jobs().isEmpty() && isToldWhy && m_workspace.cases().rowCount() == 0;
    m_hopelessTicks = hopeless ? m_hopelessTicks + 1 : 0;
    if (m_hopelessTicks * screenshotPoll < hopelessPatience && m_screenshotTicks * screenshotPoll < screenshotPatience)
        return;
    m_screenshotTimer.stop();
    QString why =
        hopeless ? tr("the case list could not be filled.") : tr("the case list was not filled within a minute.");
    for (const ErrorBanner *banner : m_window->banners())
        why += u' ' + banner->text().simplified();
    CommandLine::complain(why);
    QCoreApplication::exit(1);
}

/// Why not; empty when it is saved.
QString Application::saveScreenshot() const
{
    const QByteArray format = QFileInfo(m_commandLine.screenshot).suffix().toLower().toLatin1();
    if (!QImageWriter::supportedImageFormats().contains(format))
        return tr("its name must end with .png or .jpg");
    QSaveFile file(m_commandLine.screenshot);
    QImageWriter writer(&file, format);
    // Else a full disk would leave an empty file and no error.
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return fileReason(file.errorString());
    if (!writer.write(m_window->grab().toImage()))
        return file.error() == QFileDevice::NoError ? writer.errorString() : fileReason(file.errorString());
    return file.commit() ? QString() : fileReason(file.errorString());
}

} // namespace casement
