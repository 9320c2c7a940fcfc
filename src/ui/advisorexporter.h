#pragma once

#include "archive/advisorrecords.h"
#include "base/result.h"

#include <QObject>

#include <functional>
#include <optional>

class QWidget;

namespace casement {

class AdvisorWork;
class Toast;
class Workspace;

/// Exports checks of Trusted Advisor from the window: asks where to and as what, waits for a load that is under way,
/// asks again when not every result is there, starts the job that the status bar lists, and says what became of it.
class AdvisorExporter final : public QObject
{
    Q_OBJECT

public:
    /// How the file is made up; in the order of the dialog.
    enum class Format { CsvBlocks, CsvLong, CsvFolder, Xlsx, Json };

    /// All are borrowed; `window` gets questions, `toast` the notice at the end.
    AdvisorExporter(Workspace &workspace, AdvisorWork &work, QWidget &window, std::function<Toast &()> toast);

    /// Lets the person choose file and format.
    void exportChecks(const QList<AdvisorCheckRecord> &checks);
    /// What the format is when somebody chose that name with that filter; nothing where it is the ending of none.
    static std::optional<Format> formatOf(const QString &path, Format chosen);
    /// Writes them when they are loaded; what is not whole only after a question.
    void begin(const QList<AdvisorCheckRecord> &checks, const QString &path, Format format);
    /// Writes without a question.
    void write(const QList<AdvisorCheckRecord> &checks, const QString &path, Format format);

Q_SIGNALS:
    /// An export ended; the notice is shown.
    void finished(const casement::Result<void> &result);

private:
    void choose(const QList<AdvisorCheckRecord> &checks, const QString &name);
    static QString dialogTitle(const QList<AdvisorCheckRecord> &checks);
    void readAgain(const QList<AdvisorCheckRecord> &checks, const QString &path, Format format);
    void ask(const QList<AdvisorCheckRecord> &checks, const QString &path, Format format);
    QString tellExported(const QList<AdvisorCheckRecord> &checks, const QString &path) const;

    Workspace &m_workspace;
    AdvisorWork &m_work;
    QWidget &m_window;
    std::function<Toast &()> m_toast;
};

} // namespace casement
