#include "app/startwish.h"

#include "app/commandline.h"
#include "ui/caseactions.h"
#include "ui/mainwindow.h"
#include "ui/toast.h"
#include "ui/workspace.h"

#include <QTimer>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
const QString linkTopic = u"link"_s;
} // namespace

void StartWish::make(const CommandLine &line, MainWindow &window, Workspace &workspace)
{
    if (!line.caseId.isEmpty() || !line.unknownLink.isEmpty() || line.newCase || line.refresh)
        new StartWish(line, window, workspace);
}

StartWish::StartWish(const CommandLine &line, MainWindow &window, Workspace &workspace)
    : QObject(&window), m_window(window), m_workspace(workspace), m_caseId(line.caseId),
      m_unknownLink(line.unknownLink), m_newCase(line.newCase), m_refresh(line.refresh)
{
    connect(&workspace, &Workspace::changed, this, &StartWish::look);
    QTimer::singleShot(0, this, &StartWish::look);
}

void StartWish::look()
{
    const bool hopeless = m_workspace.isWithoutAccount();
    if (m_done || (!hopeless && (m_workspace.accountRecords().isEmpty() || m_workspace.isLoading())))
        return;
    m_done = true;
    deleteLater();
    if (!m_unknownLink.isEmpty())
        tell(m_unknownLink);
    if (hopeless)
        return;
    if (m_refresh)
        Q_EMIT m_window.refreshAllRequested();
    if (!m_caseId.isEmpty())
        openCase();
    if (m_newCase)
        m_window.newCase();
}

void StartWish::openCase()
{
    const QByteArray id = m_caseId.toUtf8();
    const std::string_view wanted(id.constData(), size_t(id.size()));
    CaseKey found;
    m_workspace.cases().forEach([&](const CaseRecord &record) {
        if (record.displayId == wanted || record.caseId == wanted)
            found = {.account = record.account, .caseId = record.caseId.toString()};
    });
    if (!found.isValid())
        return tell(tr("Case %1 of the link is not here: refresh its account, or add it.").arg(m_caseId));
    m_window.caseActions().toast().hideTopic(linkTopic); // of the link before
    m_window.openCase(found);
}

void StartWish::tell(const QString &sentence)
{
    Toast &toast = m_window.caseActions().toast();
    toast.show(sentence);
    toast.setTopic(linkTopic);
}

} // namespace casement
