#pragma once

#include "app/accountimporter.h"
#include "app/accountkeeper.h"
#include "app/accountsessions.h"
#include "app/attachmentuploader.h"
#include "app/commandline.h"
#include "app/configwatch.h"
#include "app/desktoppresence.h"
#include "app/desktopprompt.h"
#include "app/outboxsender.h"
#include "app/programsettings.h"
#include "archive/archive.h"
#include "archive/outgoingfolder.h"
#include "base/job.h"
#include "ui/interfacelanguage.h"
#include "ui/mainwindow.h"
#include "ui/profilelist.h"
#include "ui/questionkeys.h"
#include "ui/screenfit.h"
#include "ui/theme.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>

namespace casement {

class DemoService;

/// The one place where the program's objects are made and connected.
///
/// Until the first frame is on screen nothing is read but the settings; the archive, the network and the rest follow
/// step by step.
class Application final : public QObject
{
    Q_OBJECT

public:
    explicit Application(const CommandLine &commandLine, QObject *parent = nullptr);
    ~Application() override;

    /// Shows the window; the rest happens in the event loop.
    void start();

    MainWindow &window() { return *m_window; }
    Workspace &workspace() { return m_workspace; }
    AccountSessions &sessions() { return m_sessions; }
    AccountKeeper &keeper() { return m_keeper; }
    DesktopPresence &presence() { return *m_presence; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void firstPaintDone();
    void nextStep();
    void openArchive();
    void sayArchiveIsBusy();
    void archiveOpened(const Result<void> &result);
    bool putAside(const Error &error);
    void takeOver(QList<AccountRecord> accounts, const QHash<AccountId, AccountId> &numbers,
                  const std::function<void()> &done);
    void useArchive();
    void tryArchive(bool asked, const std::function<void()> &done = {});
    void archiveTried(bool asked, const std::function<void()> &done);
    void archiveTakesAgain();
    void leaveAccounts();
    void refresh(const std::function<void()> &refreshed);
    void decideAccounts();
    void startDemo();
    void useProfiles(const QStringList &profiles);
    QList<ListedProfile> listedProfiles(QString &problem) const;
    bool usesNamedProfile() const;
    void useList();
    void setDemo(bool on);
    QString archivePath() const;
    QString settingsPath() const;
    void takeOverProfiles();
    void watchForScreenshot();
    void takeScreenshot();
    QString saveScreenshot() const;

    CommandLine m_commandLine;
    UiSettings m_settings;
    Theme m_theme;
    ScreenFit m_screenFit;
    QuestionKeys m_questionKeys;
    InterfaceLanguage m_language;
    JobList m_jobs;
    Archive m_archive;
    OutgoingFolder m_outgoing{m_archive};
    Workspace m_workspace;
    AccountList m_list;
    SecretStore m_secrets;
    DesktopPrompt m_prompt;
    AccountSessions m_sessions;
    AccountKeeper m_keeper;
    ConfigWatch m_configWatch;
    AccountImporter m_importer;
    OutboxSender m_sender;
    std::unique_ptr<AttachmentUploader> m_uploader;
    std::unique_ptr<DemoService> m_demo;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<DesktopPresence> m_presence;
    std::unique_ptr<ProgramSettings> m_programSettings;
    QTimer m_screenshotTimer;
    int m_screenshotTicks = 0;
    int m_calmTicks = 0;
    int m_hopelessTicks = 0;
    int m_step = 0;
    bool m_choosing = false; // whatever the window was started with: somebody wants the list
    bool m_painted = false;
    bool m_demoMode = false;
    QTimer m_archiveWait; // until it is said that another program has it
    QTimer m_archiveAgain; // while it takes nothing
    bool m_archiveTrying = false;
    bool m_isPutAside = false;
    QList<AccountRecord> m_standIns; // of the archive in memory, as long as the one on the disk has no number for them
};

} // namespace casement
