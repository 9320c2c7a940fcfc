#include "accountsbench.h"

#include "busymeter.h"
#include "stage.h"

#include "app/accountsessions.h"
#include "ui/caselistpage.h"
#include "ui/casetable.h"
#include "ui/interfacelanguage.h"
#include "ui/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <cstdlib>

namespace casement::bench {

namespace {

class AccountsRun final : public QObject
{
public:
    explicit AccountsRun(const QString &file) : m_file(file) { m_clock.start(); }

    int run(QApplication &application)
    {
        QFile file(m_file);
        if (!file.open(QIODevice::ReadOnly)) {
            std::fprintf(stderr, "casement-bench accounts: %s can't be read.\n", qPrintable(m_file));
            return 2;
        }
        m_service = QJsonDocument::fromJson(file.readLine()).object();
        Theme theme;
        theme.setChoice(ThemeChoice::Light);
        InterfaceLanguage language;
        language.set(QStringLiteral("en"));
        m_settings = std::make_unique<UiSettings>(m_folder.filePath(QStringLiteral("casement.ini")));
        m_workspace = std::make_unique<Workspace>(m_archive, m_jobs, *m_settings);
        m_sessions = std::make_unique<AccountSessions>(m_archive, m_jobs, *m_workspace);
        m_window = std::make_unique<MainWindow>(*m_workspace, language, theme);
        m_window->resize(1200, 800);
        m_window->show();
        m_archive.open(m_folder.filePath(QStringLiteral("casement.db")), this, [this](const Result<void> &opened) {
            if (!opened)
                std::exit(1);
            m_workspace->archiveOpened();
            while (m_window->finishSetup()) { }
            QTimer::singleShot(0, this, [this] { begin(); });
        });
        return application.exec();
    }

private:
    void begin()
    {
        QList<AccountSessions::Wanted> wanted;
        const QJsonArray accounts = m_service.value(QStringLiteral("accounts")).toArray();
        for (const QJsonValue &value : accounts) {
            const QJsonObject account = value.toObject();
            ProfileChoice choice;
            choice.endpointUrl = m_service.value(QStringLiteral("endpoint")).toString();
            choice.region = account.value(QStringLiteral("region")).toString();
            choice.environment = QProcessEnvironment();
            choice.keys = Credentials(account.value(QStringLiteral("accessKeyId")).toString(),
                                      account.value(QStringLiteral("secretAccessKey")).toString());
            AccountSessions::Wanted one; // as of the list of accounts: connected when it is asked first
            one.id = account.value(QStringLiteral("accountId")).toString();
            one.partition = account.value(QStringLiteral("partition")).toString();
            one.needsNetwork = false;
            one.choose = [choice] { return Result<ProfileChoice>(choice); };
            one.key = QStringLiteral("demo:") + account.value(QStringLiteral("accountId")).toString();
            one.name = account.value(QStringLiteral("name")).toString();
            wanted.append(one);
        }
        m_count = int(wanted.size());
        m_meter.begin();
        connect(m_sessions.get(), &AccountSessions::opened, this, [this] {
            m_opened = milliseconds();
            std::printf("opened %.0f ms, longest turn %.1f ms\n", m_opened, m_meter.takeLongest());
        });
        // The first picture of the list is told apart: glyphs and icons are drawn for the first time.
        watchPaints(m_window->caseList().table().viewport(), [this] {
            if (m_opened >= 0 && m_firstPicture < 0 && m_workspace->cases().rowCount() > 0)
                m_firstPicture = m_meter.takeLongest();
        });
        connect(&m_look, &QTimer::timeout, this, [this] { look(); });
        m_look.start(20);
        m_sessions->open(wanted);
    }

    void look()
    {
        int refreshing = 0;
        int failed = 0;
        for (const AccountRecord &account : m_workspace->accountRecords()) {
            const AccountStatus status = m_workspace->status(account.id);
            refreshing += status.refreshing;
            failed += status.error.kind != Error::Kind::None;
        }
        if (m_opened < 0 || refreshing > 0 || !m_jobs.jobs().isEmpty())
            return;
        m_look.stop();
        const double synced = milliseconds();
        std::printf("%d accounts, %d failed, %d rows, %d banners | first picture %.1f ms, synced %.0f ms, longest turn "
                    "%.1f ms, peak %.1f MB\n",
                    m_count, failed, m_workspace->cases().rowCount(), int(m_window->banners().size()), m_firstPicture,
                    synced, m_meter.takeLongest(), peakMemory());
        typeNext();
    }

    /// A keystroke at a time into the search field, then a search in all messages.
    void typeNext()
    {
        static const QString words = QStringLiteral("connect");
        if (m_typed < words.size()) {
            m_window->searchField().setText(words.first(++m_typed));
            return QTimer::singleShot(50, this, [this] { typeNext(); });
        }
        std::printf("filter: %d rows, longest turn %.1f ms\n", m_workspace->cases().rowCount(), m_meter.takeLongest());
        m_searching.start();
        m_archive.search(words, 200, this, [this](const Result<QList<SearchHit>> &hits) {
            std::printf("search: %d hits in %.1f ms\n", hits ? int(hits->size()) : -1,
                        double(m_searching.nsecsElapsed()) / 1e6);
            m_window->searchField().clear();
            QTimer::singleShot(200, this, [this] { end(); });
        });
    }

    void end()
    {
        std::printf("unfiltered: longest turn %.1f ms\n", m_meter.takeLongest());
        std::fflush(stdout);
        m_folder.remove();
        std::_Exit(0);
    }

    double milliseconds() const { return double(m_clock.nsecsElapsed()) / 1e6; }

    QString m_file;
    QJsonObject m_service;
    QElapsedTimer m_clock;
    QElapsedTimer m_searching;
    QTemporaryDir m_folder;
    Archive m_archive;
    JobList m_jobs;
    std::unique_ptr<UiSettings> m_settings;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<AccountSessions> m_sessions;
    std::unique_ptr<MainWindow> m_window;
    BusyMeter m_meter;
    QTimer m_look;
    double m_opened = -1;
    double m_firstPicture = -1; // the longest turn until then
    int m_count = 0;
    qsizetype m_typed = 0;
};

} // namespace

int accounts(int &argc, char **argv, const QStringList &arguments)
{
    if (arguments.size() != 1) {
        std::fputs("casement-bench accounts: FILE holds the line that casement-demo-service prints.\n", stderr);
        return 2;
    }
    return perform<AccountsRun>(argc, argv, arguments.first());
}

} // namespace casement::bench
