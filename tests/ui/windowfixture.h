#pragma once

#include "app/accountsessions.h"
#include "app/attachmentuploader.h"
#include "app/outboxsender.h"
#include "demoservice.h"
#include "ui/caselistpage.h"
#include "ui/casetable.h"
#include "ui/conversationpage.h"
#include "ui/conversationview.h"
#include "ui/interfacelanguage.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QTemporaryDir>

#include <memory>

namespace casement::test {

/// The real window on a real archive, filled over HTTP by a demo service. One at a time.
class WindowFixture
{
public:
    explicit WindowFixture(const QString &folder, DemoFixture *demo = nullptr,
                           const QString &archive = QStringLiteral(":memory:"))
        : m_demo(demo), m_settings(folder + QStringLiteral("/casement.ini")),
          m_workspace(m_archive, m_jobs, m_settings), m_sessions(m_archive, m_jobs, m_workspace),
          m_sender(m_sessions, m_jobs, m_workspace), m_uploader(m_sessions, m_jobs, m_workspace, quickLinks())
    {
        m_workspace.setClients([this](AccountId account) { return m_sessions.client(account); });
        m_language.set(QStringLiteral("en"));
        m_window = std::make_unique<MainWindow>(m_workspace, m_language, m_theme);
        QObject::connect(m_window.get(), &MainWindow::refreshRequested, &m_sessions, &AccountSessions::refresh);
        QObject::connect(m_window.get(), &MainWindow::refreshAllRequested, &m_sessions, &AccountSessions::refreshAll);
        QObject::connect(&m_sender, &OutboxSender::finished, m_window.get(), &MainWindow::showOutcome);
        m_window->resize(1200, 700);
        m_window->show();
        m_archive.open(archive, m_window.get(), [this](const Result<void> &result) {
            if (!result)
                qFatal("%s", qPrintable(result.error().toLine()));
            m_workspace.archiveOpened();
        });
        while (m_window->finishSetup()) { }
    }

    /// Opens the demo's first `count` accounts; returns at once.
    void openAccounts(int count = 1)
    {
        QList<AccountSessions::Wanted> wanted;
        for (int i = 0; i < count; ++i)
            wanted.append(
                {m_demo->choice(i), QStringLiteral("demo:") + m_demo->account(i).accountId, m_demo->account(i).name});
        m_sessions.open(wanted);
    }
    bool waitUntilFilled()
    {
        return QTest::qWaitFor([this] { return m_window->isFilled() && m_jobs.jobs().isEmpty(); }, 20'000);
    }

    /// Chooses that case in the list and waits for its conversation. Its place there differs from one start to the
    /// next: the demo's dates follow the clock.
    bool open(const CaseKey &key)
    {
        const int row = cases().rowOfCase(key);
        if (row < 0)
            return false;
        table().setFocus();
        table().setCurrentIndex(cases().index(row, 0));
        return QTest::qWaitFor(
            [&] { return window().conversation().key() == key && window().conversation().isReady(); });
    }

    MainWindow &window() { return *m_window; }
    Workspace &workspace() { return m_workspace; }
    CaseListModel &cases() { return m_workspace.cases(); }
    CaseTable &table() { return m_window->caseList().table(); }
    ConversationView &conversation() { return m_window->conversation().view(); }
    InterfaceLanguage &language() { return m_language; }
    Theme &theme() { return m_theme; }
    UiSettings &settings() { return m_settings; }
    AccountSessions &sessions() { return m_sessions; }
    Archive &archive() { return m_archive; }
    template <class T> T *child(const char *name) { return m_window->findChild<T *>(QString::fromLatin1(name)); }

    JobList &jobs() { return m_jobs; }

    static UploadJob::Options quickLinks()
    {
        UploadJob::Options options;
        options.polls = {std::chrono::milliseconds(60)};
        return options;
    }

private:
    DemoFixture *m_demo;
    UiSettings m_settings;
    Theme m_theme;
    InterfaceLanguage m_language;
    JobList m_jobs;
    Archive m_archive;
    Workspace m_workspace;
    AccountSessions m_sessions;
    OutboxSender m_sender;
    AttachmentUploader m_uploader;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace casement::test
