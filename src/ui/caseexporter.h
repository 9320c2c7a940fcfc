#pragma once

#include "base/result.h"
#include "export/caseexport.h"
#include "models/caselistmodel.h"

#include <QObject>

#include <functional>
#include <optional>

class QWidget;

namespace casement {

class Job;
class Toast;
class Workspace;
struct CaseChoice;

/// Exports and prints cases from the window: asks where to, starts the job that the status bar lists, and says what
/// became of it.
class CaseExporter final : public QObject
{
    Q_OBJECT

public:
    enum class Format { Pdf, Html, Markdown, Json, Zip };

    /// All are borrowed; `window` gets questions, `toast` the notice at the end.
    CaseExporter(Workspace &workspace, QWidget &window, std::function<Toast &()> toast);

    /// Lets the person choose file and format. All cases go into the one file.
    void exportCases(const QList<CaseKey> &keys);
    void print(const QList<CaseKey> &keys);
    /// Puts cases with all their messages into the clipboard, for a ticket or a program; `mostCopied` at most, for many
    /// belong into a file.
    void copy(const QList<CaseKey> &keys, ExportFormat format);
    static constexpr qsizetype mostCopied = 50;

    /// Writes without a question.
    void write(const QList<CaseKey> &keys, const QString &path, Format format);

    /// What the format is when somebody chose that name with that filter: what the name's ending says. Nothing where it
    /// is the ending of none: other programs believe the name.
    static std::optional<Format> formatOf(const QString &path, Format chosen);
    /// A name for the file, without ending: number and subject of a single case. No character of it needs care in a
    /// file system, in a shell or on a screen.
    static QString suggestedName(const QString &displayId, const QString &subject);

Q_SIGNALS:
    /// An export or print job ended, or something was copied; the notice is shown.
    void finished(const casement::Result<void> &result);

private:
    void choose(const QList<CaseKey> &keys, const QString &name);
    QList<CaseChoice> choices(const QList<CaseKey> &keys) const;
    ExportOptions options() const;
    void start(Job *job, const std::function<void()> &succeeded);
    void readNext(int run, const QList<CaseChoice> &left, const QList<ExportedCase> &read, ExportFormat format);
    void putIntoClipboard(const QList<ExportedCase> &cases, ExportFormat format);
    void tellDone(const QString &path, qsizetype count, int missing);

    Workspace &m_workspace;
    QWidget &m_window;
    std::function<Toast &()> m_toast;
    int m_copyRun = 0; // the newest; older ones end
};

} // namespace casement
