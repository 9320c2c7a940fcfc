#include "app/startwish.h"

#include "app/commandline.h"
#include "ui/caseactions.h"
#include "ui/mainwindow.h"
#include "ui/toast.h"
#include "ui/workspace.h"

#include <QTimer>

#include <chrono>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
const QString linkTopic = u"link"_s;
constexpr std::chrono::milliseconds briefly{400}; // what is found sooner needs no word
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
    if (!m_caseId.isEmpty())
        QTimer::singleShot(briefly, this, &StartWish::tellSearch);
}

/// Until the case is open, or is known to be not here.
void StartWish::tellSearch()
{
    if (m_done)
        return;
    //: %1 is the number of a case
    tell(tr("Case %1 of the link is being looked for: the accounts are still being read.").arg(m_caseId));
    m_window.caseActions().toast().keep();
}

void StartWish::look()
{
    const bool hopeless = m_workspace.isWithoutAccount();
    if (m_done || (!hopeless && m_workspace.accountRecords().isEmpty()))
        return;
    if (hopeless && !m_caseId.isEmpty())
        m_window.caseActions().toast().hideTopic(linkTopic);
    if (const QString link = std::exchange(m_unknownLink, {}); !link.isEmpty())
        tell(link);
    const bool refresh = std::exchange(m_refresh, false);
    const bool newCase = std::exchange(m_newCase, false);
    const bool isSettled = hopeless || m_caseId.isEmpty() || openCase();
    m_done = isSettled;
    if (isSettled)
        deleteLater();
    if (hopeless)
        return;
    if (refresh)
        Q_EMIT m_window.refreshAllRequested();
    if (newCase)
        m_window.newCase();
}

/// Whether it is open, or will never be.
bool StartWish::openCase()
{
    const QByteArray id = m_caseId.toUtf8();
    const std::string_view wanted(id.constData(), size_t(id.size()));
    CaseKey found;
    m_workspace.cases().forEach([&](const CaseRecord &record) {
        if (record.displayId == wanted || record.caseId == wanted)
            found = {.account = record.account, .caseId = record.caseId.toString()};
    });
    if (!found.isValid() && m_workspace.isLoading())
        return false; // with many accounts it goes on for minutes; a case that is there does not wait for it
    if (!found.isValid()) {
        tell(tr("Case %1 of the link is not here: refresh its account, or add it.").arg(m_caseId));
        return true;
    }
    m_window.caseActions().toast().hideTopic(linkTopic); // of the link before
    m_window.openCase(found);
    return true;
}

void StartWish::tell(const QString &sentence)
{
    Toast &toast = m_window.caseActions().toast();
    toast.show(sentence);
    toast.setTopic(linkTopic);
}

} // namespace casement
