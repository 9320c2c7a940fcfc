#pragma once

#include <QObject>
#include <QString>

namespace casement {

struct CommandLine;
class MainWindow;
class Workspace;

/// What a start asks of the window: the case of a link, a new case, a refresh of all accounts. A link only shows.
///
/// It waits until the window has accounts, for a case of a link until that is read, and goes when all was granted;
/// without an account there is nothing to grant. That a link is none is told in any case, and that its case is still
/// looked for.
class StartWish final : public QObject
{
    Q_OBJECT

public:
    /// Nothing remains when the start asked for nothing. Belongs to `window`; `workspace` outlives it.
    static void make(const CommandLine &line, MainWindow &window, Workspace &workspace);

private:
    StartWish(const CommandLine &line, MainWindow &window, Workspace &workspace);

    void look();
    bool openCase();
    void tell(const QString &sentence);
    void tellSearch();

    MainWindow &m_window;
    Workspace &m_workspace;
    QString m_caseId;
    QString m_unknownLink;
    bool m_newCase = false;
    bool m_refresh = false;
    bool m_done = false;
};

} // namespace casement
