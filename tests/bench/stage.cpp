#include "stage.h"

#include "base/log.h"
#include "ui/interfacelanguage.h"
#include "ui/theme.h"

#include <QEvent>
#include <QFile>
#include <QTimer>

#include <spawn.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace casement::bench {

namespace {

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

} // namespace

void watchPaints(QWidget *widget, std::function<void()> painted) { new PaintWatch(widget, std::move(painted)); }

void prepareProcess()
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    installRedactingLog();
    QApplication::setStyle(new FlatStyle);
}

Stage::Stage(int connections) : m_connections(connections) { m_clock.start(); }

int Stage::run(QApplication &application)
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
    shown();
    watchPaints(picture(), [this] {
        if (m_firstPaint >= 0)
            return;
        m_firstPaint = milliseconds();
        m_meter.begin();
        firstPainted();
    });
    return application.exec();
}

void Stage::exitOn(const Result<void> &result)
{
    if (result)
        return;
    std::fprintf(stderr, "%s\n", qPrintable(result.error().toLine()));
    std::_Exit(1);
}

void Stage::leave()
{
    std::fflush(stdout);
    // Neither is taking the archive down: another program does that.
    m_folder.setAutoRemove(false);
    posix_spawn_file_actions_t closed;
    posix_spawn_file_actions_init(&closed);
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addclose(&closed, descriptor);
    const QByteArray folder = QFile::encodeName(m_folder.path());
    char *const command[] = {const_cast<char *>("rm"), const_cast<char *>("-rf"), const_cast<char *>(folder.data()),
                             nullptr};
    pid_t process = 0;
    ::posix_spawnp(&process, command[0], &closed, nullptr, command, environ);
    std::_Exit(0);
}

} // namespace casement::bench
