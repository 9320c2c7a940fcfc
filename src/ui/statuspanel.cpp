#include "ui/statuspanel.h"

#include "models/displaytext.h"
#include "models/jobmodel.h"
#include "models/relativetime.h"
#include "ui/errortext.h"
#include "ui/icons.h"
#include "ui/notificationsettings.h"
#include "ui/plaintext.h"
#include "ui/spoken.h"
#include "ui/textlabels.h"
#include "ui/workspace.h"

#include <QDateTime>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QToolButton>

#include <chrono>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds progressEvery{100};
constexpr int mostOfNames = 60; // characters
constexpr int leastOfAccounts = 28; // characters, beside what is running

} // namespace

StatusPanel::StatusPanel(QStatusBar &bar, Workspace &workspace, QObject *parent)
    : QObject(parent), m_bar(bar), m_workspace(workspace), m_accounts(new ElidingLabel(&bar))
{
    m_accounts->setObjectName(u"statusAccounts"_s);
    m_accounts->setContentsMargins(8, 0, 8, 0);
    m_bar.addWidget(m_accounts, 1);
    // The bar hides it below a message by itself, and shows it again when it lays itself out anew (another font), above
    // the message. What is hidden in so many words stays hidden.
    connect(&m_bar, &QStatusBar::messageChanged, m_accounts,
            [this](const QString &message) { m_accounts->setVisible(message.isEmpty()); });
    connect(&m_workspace, &Workspace::changed, this, &StatusPanel::refresh);
    m_progressTimer.setSingleShot(true);
    connect(&m_progressTimer, &QTimer::timeout, this, &StatusPanel::showJobs);
    connect(&m_workspace.jobs(), &JobModel::changed, this, [this] {
        if (m_workspace.jobs().rowCount() != m_shownJobs)
            showJobs();
        else if (!m_progressTimer.isActive())
            m_progressTimer.start(progressEvery);
    });
    refresh();
}

void StatusPanel::refresh()
{
    showAccounts();
    // What is running has a long name at times, and takes what room there is.
    const QFontMetrics metrics = m_accounts->fontMetrics();
    m_accounts->setMinimumWidth(qMin(m_accounts->sizeHint().width(), leastOfAccounts * metrics.averageCharWidth()));
}

void StatusPanel::showAccounts()
{
    const QList<AccountRecord> &accounts = m_workspace.accountRecords();
    if (accounts.isEmpty()) {
        m_accounts->setTexts(m_workspace.isWithoutAccount() ? tr("No account yet")
                                 : m_workspace.isDemo()     ? tr("Demo")
                                                            : QString());
        return;
    }
    // A name may be as long as the window is wide, and what comes behind it matters more.
    const QFontMetrics metrics = m_accounts->fontMetrics();
    const int room = mostOfNames * metrics.averageCharWidth();
    QString who;
    if (accounts.size() <= 3) {
        QStringList names;
        for (const AccountRecord &account : accounts)
            names.append(m_workspace.accountName(account.id));
        //: Between the names of accounts in a list
        who = names.join(tr(", ", "list separator"));
    }
    if (accounts.size() == 1)
        who = metrics.elidedText(who, Qt::ElideRight, room);
    else if (who.isEmpty() || metrics.horizontalAdvance(who) > room)
        who = tr("%Ln account(s)", nullptr, int(accounts.size()));
    if (m_workspace.isDemo())
        //: In the status bar; %1 are the names of the made-up accounts, or how many they are
        who = tr("Demo · %1").arg(who);
    const qint64 last = m_workspace.lastSync();
    QString when;
    if (last > 0) {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(last);
        const bool today = time.date() == QDate::currentDate();
        if (today) {
            //: When all was refreshed: %1 is the time, %2 how long ago, "14:02 (5 min ago)"
            when = tr("%1 (%2)").arg(QLocale().toString(time.time(), QLocale::ShortFormat),
                                     TimeText::ago(last, QDateTime::currentMSecsSinceEpoch(), QLocale()));
        } else {
            when = TimeText::shortDateTime(last, QLocale());
        }
    }
    if (m_workspace.isOffline())
        m_accounts->setTexts(when.isEmpty() ? tr("%1 · offline").arg(who)
                                            : tr("%1 · offline · last refreshed %2").arg(who, when));
    else
        m_accounts->setTexts(when.isEmpty() ? tr("%1 · not refreshed yet").arg(who)
                                            : tr("%1 · last refreshed %2").arg(who, when));
    if (!NotificationSettings::read(m_workspace.settings()).poll.on)
        //: At the end of the status bar's text about accounts and how fresh they are
        m_accounts->setTexts(m_accounts->text() + tr(" · automatic refresh paused"));
    showFailures();
}

/// Refreshes that nobody asked for fail quietly: here one sees that they do, and the tool tip says why.
void StatusPanel::showFailures()
{
    constexpr int mostTold = 5;
    int failed = 0;
    QStringList reasons;
    for (const AccountRecord &account : m_workspace.accountRecords()) {
        const Error error = m_workspace.status(account.id).error;
        if (error.kind == Error::Kind::None || error.kind == Error::Kind::Cancelled)
            continue;
        if (++failed <= mostTold)
            reasons.append(displayText(ErrorText::summary(error, {m_workspace.accountName(account.id)})));
    }
    m_accounts->setDetails(reasons.join(u' '));
    if (failed > 0 && !m_workspace.isOffline() && m_workspace.lastSync() > 0)
        //: At the end of the status bar's text about accounts and how fresh they are
        m_accounts->setTexts(m_accounts->text() + tr(" · %Ln account(s) could not be refreshed", nullptr, failed));
}

void StatusPanel::showJobs()
{
    m_progressTimer.stop();
    m_shownJobs = m_workspace.jobs().rowCount();
    const QString summary = m_workspace.jobs().summary();
    if (!m_job) {
        if (summary.isEmpty())
            return;
        m_job = new ElidingLabel(&m_bar); // a long subject must not make the window wider
        m_job->setObjectName(u"statusJob"_s);
        m_progress = new QProgressBar(&m_bar);
        m_progress->setObjectName(u"statusProgress"_s);
        m_progress->setTextVisible(false);
        m_progress->setFixedSize(120, 8);
        m_cancel = new QToolButton(&m_bar);
        m_cancel->setObjectName(u"statusCancel"_s);
        m_cancel->setAutoRaise(true);
        m_cancel->setIcon(icons::icon(u"cancel"_s));
        m_cancel->setIconSize(QSize(16, 16));
        m_cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        m_cancel->setFocusPolicy(Qt::TabFocus);
        connect(m_cancel, &QToolButton::clicked, &m_workspace.jobs(), &JobModel::cancelAll);
        m_bar.addPermanentWidget(m_job);
        m_bar.addPermanentWidget(m_progress);
        m_bar.addPermanentWidget(m_cancel);
        retranslate();
    }
    const bool running = !summary.isEmpty();
    m_job->setVisible(running);
    m_progress->setVisible(running);
    m_cancel->setVisible(running);
    if (!running)
        return;
    m_job->setTexts(summary, {});
    const int permille = m_workspace.jobs().permille();
    m_progress->setRange(0, permille < 0 ? 0 : 1000);
    if (permille >= 0)
        m_progress->setValue(permille);
}

void StatusPanel::retranslate()
{
    refresh();
    if (!m_cancel)
        return;
    m_cancel->setText(tr("Cancel"));
    spoken::setName(*m_cancel, tr("Cancel what is running"));
    spoken::setName(*m_progress, tr("Progress"));
    showJobs();
}

} // namespace casement
