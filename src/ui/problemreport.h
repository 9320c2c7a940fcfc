#pragma once

#include "archive/archivefacts.h"
#include "ui/reportmask.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace casement {

class AccountDesk;
class LogBuffer;
class Workspace;

/// The files of a report about a problem, as text: facts about the program and this computer, nothing of what the
/// person's cases say, and no name, number or key of an account. In English, whatever the interface speaks: for those
/// who look for the cause.
class ProblemReport
{
    Q_DECLARE_TR_FUNCTIONS(casement::ProblemReport)

public:
    /// All are borrowed; `desk` may be null.
    ProblemReport(Workspace &workspace, const AccountDesk *desk, const LogBuffer &log);

    /// Prepares the log of now, and asks the archive how much it holds and the desktop which keychain it has; `changed`
    /// whenever something of it is there. Until then systemText() says that it was asked.
    void ask(QObject *context, std::function<void()> changed);

    /// The log is prepared.
    bool isReady() const { return m_logged.has_value(); }

    /// What the person wrote, masked like all the rest.
    QString writtenText(const QString &written) const;
    QString systemText() const;
    /// The settings that may go to another computer; without paths, hosts and own patterns.
    QString settingsText() const;
    /// Partitions and kinds of source, as numbers.
    QString accountsText() const;
    QString logText() const;

private:
    ReportMask mask() const;

    Workspace &m_workspace;
    const AccountDesk *m_desk;
    const LogBuffer &m_log;
    std::optional<Result<ArchiveFacts>> m_archive;
    QString m_keychain;
    std::optional<QString> m_logged;
};

} // namespace casement
