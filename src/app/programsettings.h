#pragma once

#include "app/commandline.h"
#include "archive/archivecare.h"
#include "archive/movearchivejob.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace casement {

class ArchivePage;
class DesktopPresence;
class InterfaceLanguage;
class MainWindow;
class SettingsPage;
class Theme;
class Workspace;

/// The settings of the program as a whole: makes their pages, and does what they say. Cleans up the archive once a day.
class ProgramSettings final : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        MainWindow &window;
        Workspace &workspace;
        InterfaceLanguage &language;
        Theme &theme;
        DesktopPresence &presence;
    };

    /// All are borrowed and outlive it. What is set about the network holds from here on.
    ProgramSettings(const Parts &parts, const CommandLine &commandLine, QObject *parent = nullptr);

    /// The archive is open and the window filled.
    void start();
    ArchiveCare &care() { return m_care; }
    /// Moves the archive and follows it; tells on the page why it can't be, and how it ended.
    void moveArchive(const QString &folder);
    void cleanUp();
    /// Settings came from a file: everything follows them.
    void readAnew(const SettingsPage *told);

private:
    void addPages();
    void cleanUpDaily();
    void tellOpenFolders();
    QString fixedPlace() const;
    QString whyNotMove() const;
    void forgetCases(const QList<CaseKey> &cases);

    Parts m_parts;
    CommandLine m_commandLine;
    ArchiveCare m_care;
    QPointer<ArchivePage> m_archivePage;
    QTimer m_day;
};

} // namespace casement
