#pragma once

#include "busymeter.h"

#include "archive/archive.h"
#include "aws/httpserviceconnection.h"
#include "base/job.h"
#include "support/client.h"
#include "ui/mainwindow.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace casement::bench {

/// Calls `painted` whenever a widget has been painted and the picture is out; goes with the widget.
void watchPaints(QWidget *widget, std::function<void()> painted);

/// What a benchmark of the program stands on: the real window over an archive of its own, a client of the endpoint that
/// $RIG_URL names, and a clock that runs since the object was made.
class Stage : public QObject
{
public:
    explicit Stage(int connections);

    /// Shows the window and runs until a subclass ends the process.
    int run(QApplication &application);

protected:
    /// The archive is open and has an account.
    virtual void begin(const AccountRecord &account) = 0;
    /// The window is made and shown, and not painted yet.
    virtual void shown() { }
    /// Whose first painting counts as the window's; asked after shown().
    virtual QWidget *picture() const { return m_window.get(); }
    /// It has been painted for the first time.
    virtual void firstPainted() { }

    /// Ends the process with a failure, if it is one.
    static void exitOn(const Result<void> &result);
    /// Ends the process well: the aim is what was seen; tearing down would be measured too.
    [[noreturn]] void leave();

    double milliseconds() const { return double(m_clock.nsecsElapsed()) / 1e6; }
    double firstPaint() const { return m_firstPaint; } ///< in milliseconds; less than 0 before
    double longestTurn() const { return m_meter.longestMilliseconds(); }
    Client &client() { return *m_client; }
    JobList &jobs() { return m_jobs; }
    UiSettings &settings() { return *m_settings; }

private:
    int m_connections;
    QElapsedTimer m_clock;
    BusyMeter m_meter;
    double m_firstPaint = -1;
    QTemporaryDir m_folder;
    std::unique_ptr<HttpServiceConnection> m_connection;
    std::unique_ptr<Client> m_client;
    std::unique_ptr<UiSettings> m_settings;
    JobList m_jobs;

protected:
    std::unique_ptr<Archive> m_archive = std::make_unique<Archive>();
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
};

/// For perform().
void prepareProcess();

/// Makes the application of a benchmark, offscreen unless the environment says otherwise, and runs a stage in it.
template <class Run, class... Arguments> int perform(int &argc, char **argv, const Arguments &...arguments)
{
    prepareProcess();
    QApplication application(argc, argv);
    Run run(arguments...);
    return run.run(application);
}

} // namespace casement::bench
