#include "listbench.h"

#include "busymeter.h"

#include "archive/archive.h"
#include "archive/syncjob.h"
#include "aws/httpserviceconnection.h"
#include "base/log.h"
#include "ui/caselistpage.h"
#include "ui/casetable.h"
#include "ui/interfacelanguage.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>

namespace casement::bench {

namespace {

// Says when a widget has been painted and the picture is out.
class PaintWatch final : public QObject
{
public:
    PaintWatch(QWidget *widget, std::function<void()> painted) : QObject(widget), m_painted(std::move(painted))
    {
        widget->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            QTimer::singleShot(0, this, m_painted);
        return false;
    }

private:
    std::function<void()> m_painted;
};

class ListRun final : public QObject
{
public:
    ListRun(int connections, bool lean, bool untilStored)
        : m_connections(connections), m_lean(lean), m_untilStored(untilStored)
    {
        m_clock.start();
    }

    int run(QApplication &application)
    {
        const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        ProfileChoice choice;
        choice.environment = environment;
        choice.endpointUrl = environment.value(QStringLiteral("RIG_URL"));
        choice.connections = m_connections;
        choice.rate.callsPerSecond = 0; // the endpoint of a benchmark has no quota to protect
        auto connection = makeServiceConnection(choice);
        if (!connection) {
            std::fprintf(stderr, "%s\n", qPrintable(connection.error().toLine()));
            return 2;
        }
        m_connection = std::move(*connection);
        m_client = std::make_unique<Client>(*m_connection);
        m_settings = std::make_unique<UiSettings>(m_folder.filePath(QStringLiteral("casement.ini")));
        m_archive->setWritesHeld(!m_untilStored);
        m_archive->open(m_folder.filePath(QStringLiteral("casement.db")), this,
                        [](const Result<void> &opened) { exitOn(opened); });
        m_archive->ensureAccount(QStringLiteral("bench"), QStringLiteral("bench"), QStringLiteral("aws"), this,
                                 [this](const Result<AccountRecord> &account) {
                                     exitOn(account ? Result<void>() : Result<void>(account.error()));
                                     begin(*account);
                                 });
        Theme theme;
        theme.setChoice(ThemeChoice::Light);
        InterfaceLanguage language;
        language.set(QStringLiteral("en"));
        m_workspace = std::make_unique<Workspace>(*m_archive, m_jobs, *m_settings);
        m_window = std::make_unique<MainWindow>(*m_workspace, language, theme);
        m_window->resize(1200, 800);
        m_window->show();
        new PaintWatch(m_window->caseList().table().viewport(), [this] { painted(); });
        // The list page may show its loading state first; the window's first paint is what counts as the start.
        new PaintWatch(m_window.get(), [this] { firstPaint(); });
        return application.exec();
    }

private:
    static void exitOn(const Result<void> &result)
    {
        if (result)
            return;
        std::fprintf(stderr, "%s\n", qPrintable(result.error().toLine()));
        std::_Exit(1);
    }

    void firstPaint()
    {
        if (m_firstPaint >= 0)
            return;
        m_firstPaint = milliseconds();
        m_meter.begin();
    }

    void begin(const AccountRecord &account)
    {
        m_workspace->setAccounts({account});
        m_workspace->setDecided(true);
        SyncJob::Options options;
        options.everything = true;
        options.chains = m_connections;
        options.communications = !m_lean;
        auto *job = new SyncJob(*m_client, *m_archive, account, options);
        connect(job, &SyncJob::listed, this, [this] {
            m_listed = milliseconds();
            m_window->caseList().table().viewport()->update();
        });
        connect(job, &Job::finished, this, [](const Result<void> &result) {
            if (!result && result.error().kind != Error::Kind::Cancelled)
                exitOn(result);
        });
        m_jobs.add(job);
        job->start();
    }

    void painted()
    {
        if (m_listed < 0 || m_shown >= 0 || m_workspace->cases().isSorting())
            return;
        m_shown = milliseconds();
        if (m_untilStored)
            store();
        report();
    }

    // The archive writes what it was given before it goes; conversations are not asked for here.
    void store()
    {
        m_rows = m_workspace->cases().rowCount();
        m_jobs.cancelAll();
        m_window.reset();
        m_workspace.reset();
        m_archive.reset();
        m_stored = milliseconds();
    }

    void report()
    {
        if (m_workspace)
            m_rows = m_workspace->cases().rowCount();
        std::printf("list connections %d%s rows %d | first paint %.1f listed %.1f painted %.1f", m_connections,
                    m_lean ? " lean" : "", m_rows, m_firstPaint, m_listed, m_shown);
        if (m_untilStored)
            std::printf(" stored %.1f", m_stored);
        std::printf(" ms | busy %.1f ms peak %.1f MB\n", m_meter.longestMilliseconds(), peakMemory());
        std::fflush(stdout);
        m_folder.remove();
        std::_Exit(0); // the aim is what was seen; tearing down would be measured too
    }

    double milliseconds() const { return double(m_clock.nsecsElapsed()) / 1e6; }

    int m_connections;
    bool m_lean;
    bool m_untilStored;
    QElapsedTimer m_clock;
    BusyMeter m_meter;
    double m_firstPaint = -1;
    double m_listed = -1;
    double m_shown = -1;
    double m_stored = -1;
    int m_rows = 0;
    QTemporaryDir m_folder;
    std::unique_ptr<HttpServiceConnection> m_connection;
    std::unique_ptr<Client> m_client;
    std::unique_ptr<UiSettings> m_settings;
    JobList m_jobs;
    std::unique_ptr<Archive> m_archive = std::make_unique<Archive>();
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace

int list(int &argc, char **argv, const QStringList &arguments)
{
    bool isNumber = false;
    const int connections = arguments.isEmpty() ? 0 : arguments.first().toInt(&isNumber);
    if (!isNumber || connections < 1 || connections > 64) {
        std::fputs("casement-bench list: CONNECTIONS must be a number from 1 to 64.\n", stderr);
        return 2;
    }
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    installRedactingLog();
    QApplication application(argc, argv);
    ListRun run(connections, arguments.contains(QStringLiteral("lean")), arguments.contains(QStringLiteral("archive")));
    return run.run(application);
}

} // namespace casement::bench
