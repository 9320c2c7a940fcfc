#pragma once

#include <QStatusBar>
#include <QTimer>

class QProgressBar;
class QToolButton;

namespace casement {

class ElidingLabel;
class Workspace;

/// The status bar's contents: accounts and how fresh they are on the left, what runs on the right, with Cancel.
class StatusPanel final : public QObject
{
    Q_OBJECT

public:
    StatusPanel(QStatusBar &bar, Workspace &workspace, QObject *parent = nullptr);

    void refresh();
    void retranslate();

private:
    void showAccounts();
    void showFailures();
    void showJobs();

    QStatusBar &m_bar;
    Workspace &m_workspace;
    ElidingLabel *m_accounts = nullptr;
    ElidingLabel *m_job = nullptr; // made with the first job
    QProgressBar *m_progress = nullptr;
    QToolButton *m_cancel = nullptr;
    QTimer m_progressTimer; // a first sync tells of each page
    int m_shownJobs = 0;
};

} // namespace casement
