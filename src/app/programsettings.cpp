#include "app/programsettings.h"

#include "app/desktoppresence.h"
#include "archive/archivepath.h"
#include "aws/networkpreferences.h"
#include "aws/proxysettings.h"
#include "base/duration.h"
#include "base/privacy.h"
#include "ui/archivepage.h"
#include "ui/caseactions.h"
#include "ui/errortext.h"
#include "ui/generalpage.h"
#include "ui/interfacelanguage.h"
#include "ui/mainwindow.h"
#include "ui/networkpage.h"
#include "ui/settingsdialog.h"
#include "ui/theme.h"
#include "ui/toast.h"
#include "ui/transferpage.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QFileInfo>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::hours cleaningLook{1};
const QString cleanedKey = u"archive/cleanedUp"_s; // seconds since 1970
const QString toldFoldersKey = u"privacy/toldFolders"_s;

/// `HOST:PORT` of the proxy that the environment names for AWS.
QString namedProxy()
{
    const Result<QNetworkProxy> proxy =
        environmentProxy(QUrl(u"https://support.us-east-1.amazonaws.com/"_s), QProcessEnvironment::systemEnvironment());
    return proxy && proxy->type() != QNetworkProxy::NoProxy ? u"%1:%2"_s.arg(proxy->hostName()).arg(proxy->port())
                                                            : QString();
}

} // namespace

ProgramSettings::ProgramSettings(const Parts &parts, const CommandLine &commandLine, QObject *parent)
    : QObject(parent), m_parts(parts), m_commandLine(commandLine), m_care(parts.workspace.archive())
{
    setNetworkPreferences(readNetworkPreferences(m_parts.workspace.settings()));
    addPages();
    connect(&m_parts.window, &MainWindow::refreshChanged, &m_parts.presence, &DesktopPresence::readSettings);
    connect(&m_care, &ArchiveCare::removed, this, &ProgramSettings::forgetCases);
    connect(&m_day, &QTimer::timeout, this, &ProgramSettings::cleanUpDaily);
}

void ProgramSettings::addPages()
{
    SettingsDialog &dialog = m_parts.window.settingsDialog();
    UiSettings &settings = m_parts.workspace.settings();
    dialog.addPage(
        [this] {
            auto *page = new GeneralPage(m_parts.workspace, m_parts.language, m_parts.theme);
            connect(page, &GeneralPage::refreshChanged, &m_parts.window, &MainWindow::refreshChanged);
            return page;
        },
        SettingsDialog::Place::First);
    dialog.addPage([&settings] {
        auto *page = new NetworkPage(settings, namedProxy());
        connect(page, &NetworkPage::changed, page, &setNetworkPreferences);
        return page;
    });
    dialog.addPage([this] {
        auto *page = new ArchivePage(m_parts.workspace, m_care, [this] { return fixedPlace(); });
        connect(page, &ArchivePage::cleanUpRequested, this, &ProgramSettings::cleanUp);
        connect(page, &ArchivePage::moveRequested, this, &ProgramSettings::moveArchive);
        m_archivePage = page;
        return page;
    });
    dialog.addPage([this, &settings] {
        auto *page = new TransferPage(settings);
        connect(page, &TransferPage::imported, this, [this, page] { readAnew(page); });
        return page;
    });
}

void ProgramSettings::start()
{
    tellOpenFolders();
    cleanUpDaily();
    m_day.setTimerType(Qt::VeryCoarseTimer);
    m_day.start(cleaningLook);
}

/// Others may list the folder, though what is in it is for its owner: told once for each.
void ProgramSettings::tellOpenFolders()
{
    UiSettings &settings = m_parts.workspace.settings();
    QStringList told = settings.remembered(toldFoldersKey);
    const QString path = m_parts.workspace.archive().path();
    for (const QString &file : {path, settings.fileName()}) {
        const QString folder = QFileInfo(file).absolutePath();
        if (file.isEmpty() || file == ":memory:"_L1 || told.contains(folder) || !isOpenToOthers(folder))
            continue;
        told.append(folder);
        settings.remember(toldFoldersKey, folder, 20);
        m_parts.window.caseActions().toast().show(
            tr("Others on this computer can look into %1. They can't read Casement’s files there; to hide their names, "
               "too, take the folder’s rights for others away.")
                .arg(folder));
    }
}

void ProgramSettings::cleanUpDaily()
{
    UiSettings &settings = m_parts.workspace.settings();
    const Archive &archive = m_parts.workspace.archive();
    const Retention retention = readRetention(settings);
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const qint64 last = settings.text(cleanedKey).toLongLong();
    const bool isDue = last > now || now - last >= duration::day / 1000;
    if (!isDue || (retention.old == Retention::Old::Keep && retention.mostCopies == 0)
        || archive.path() == ":memory:"_L1 || archive.isReadOnly())
        return;
    cleanUp();
}

void ProgramSettings::cleanUp()
{
    UiSettings &settings = m_parts.workspace.settings();
    m_care.cleanUp(readRetention(settings), this, [this, &settings](const Result<CleanedUp> &gone) {
        if (gone)
            settings.set(cleanedKey, QString::number(QDateTime::currentSecsSinceEpoch()));
        if (m_archivePage)
            m_archivePage->tellCleaned(gone);
        if (!m_archivePage || !m_archivePage->isVisible()) {
            if (!gone)
                m_parts.window.showError(gone.error(), {});
            else if (gone->copies > 0 || !gone->cases.isEmpty())
                m_parts.window.caseActions().toast().show(ArchivePage::told(*gone));
        }
    });
}

void ProgramSettings::forgetCases(const QList<CaseKey> &cases) { m_parts.workspace.cases().removeCases(cases); }

QString ProgramSettings::fixedPlace() const
{
    if (!m_commandLine.archive.isEmpty())
        return tr("It is where --archive says. Start Casement without that option to move it.");
    if (!m_commandLine.portable.isEmpty())
        return tr("It is in the folder of --portable, and moves with that.");
    return {};
}

/// Nothing may be on its way by files that move.
QString ProgramSettings::whyNotMove() const
{
    Workspace &workspace = m_parts.workspace;
    if (m_care.isCleaning())
        return tr("The archive is being cleaned up. Move it when that is done.");
    for (const OutboxEntry &entry : workspace.outbox().entries()) {
        if (workspace.outbox().isUnderWay(entry.id) || entry.state == OutboxState::Queued)
            return tr(
                "Something is being sent. Wait until it is done, or look at it under Drafts, and move the archive "
                "then.");
    }
    const QString running = workspace.jobs().summary();
    return running.isEmpty()
        ? QString()
        : tr("This is under way: %1. Wait until it is done, or press Cancel in the status bar, and move the archive "
             "then.")
              .arg(running);
}

void ProgramSettings::moveArchive(const QString &folder)
{
    const auto tell = [this](const QString &sentence, bool isProblem) {
        if (m_archivePage)
            m_archivePage->tellMove(sentence, isProblem);
    };
    const QString fixed = fixedPlace();
    const QString whyNot = fixed.isEmpty() ? whyNotMove() : fixed;
    if (!whyNot.isEmpty())
        return tell(whyNot, true);
    Workspace &workspace = m_parts.workspace;
    auto *job = new MoveArchiveJob(workspace.archive(), folder, &rememberArchivePath, this);
    connect(job, &Job::finished, this, [this, job, tell](const Result<void> &result) {
        if (m_archivePage)
            m_archivePage->refresh();
        if (!result) {
            const bool wasCancelled = result.error().kind == Error::Kind::Cancelled;
            return tell(wasCancelled ? tr("The archive was not moved.")
                                     : ErrorText::whole({}, ErrorText::Deed::Move, result.error()),
                        !wasCancelled);
        }
        m_parts.workspace.archiveOpened(); // files of drafts have other paths now
        tell(tr("The archive is in %1 now. casement-cli finds it there, too.")
                 .arg(QFileInfo(job->newPath()).absolutePath()),
             false);
    });
    tell(tr("The archive is being moved…"), false);
    workspace.jobList().add(job);
    job->start();
}

void ProgramSettings::readAnew(const SettingsPage *told)
{
    Workspace &workspace = m_parts.workspace;
    UiSettings &settings = workspace.settings();
    m_parts.theme.setChoice(themeChoice(settings.word(u"theme"_s)));
    workspace.readSettings();
    m_parts.presence.readSettings();
    setNetworkPreferences(readNetworkPreferences(settings));
    const QString language = settings.word(u"language"_s);
    m_parts.language.set(language.isEmpty() ? InterfaceLanguage::ofSystem() : language);
    m_parts.window.settingsDialog().rebuild(told);
}

} // namespace casement
