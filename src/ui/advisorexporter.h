#pragma once

#include "archive/advisorrecords.h"
#include "base/result.h"

#include <QObject>

#include <functional>

class QWidget;

namespace casement {

class AdvisorArchive;
class Toast;
class Workspace;

/// Exports checks of Trusted Advisor from the window: asks where to and as what, starts the job that the status bar
/// lists, and says what became of it.
class AdvisorExporter final : public QObject
{
    Q_OBJECT

public:
    /// How the file is made up; in the order of the dialog.
    enum class Format { CsvBlocks, CsvLong, CsvFolder, Xlsx, Json };

    /// All are borrowed; `window` gets questions, `toast` the notice at the end.
    AdvisorExporter(Workspace &workspace, AdvisorArchive &archive, QWidget &window, std::function<Toast &()> toast);

    /// Lets the person choose file and format.
    void exportChecks(const QList<AdvisorCheckRecord> &checks);
    /// Writes without a question.
    void write(const QList<AdvisorCheckRecord> &checks, const QString &path, Format format);

Q_SIGNALS:
    /// An export ended; the notice is shown.
    void finished(const casement::Result<void> &result);

private:
    Workspace &m_workspace;
    AdvisorArchive &m_archive;
    QWidget &m_window;
    std::function<Toast &()> m_toast;
};

} // namespace casement
