#include "cli/synccommand.h"

#include "cli/errorreport.h"
#include "cli/terminaltext.h"
#include "support/codes.h"

#include <algorithm>

namespace casement::cli {

using namespace Qt::StringLiterals;

QString syncSummary(const QString &account, const CaseRecords &cases, qsizetype changed, qint64 milliseconds)
{
    const auto open = std::count_if(cases.begin(), cases.end(),
                                    [](const CaseRecord &record) { return !isResolved(record.status.view()); });
    return u"%1: %2 cases, %3 open; %4 new or changed; %5 s\n"_s.arg(terminalLine(account))
        .arg(cases.size())
        .arg(open)
        .arg(changed)
        .arg(double(milliseconds) / 1000, 0, 'f', 1);
}

void SyncCommand::begin()
{
    connect(&archive(), &Archive::casesChanged, this, [this](const CaseRecords &cases) {
        for (const CaseRecord &record : cases)
            m_changed.insert(record.caseId.toString());
    });
    m_time.start();
    SyncJob::Options options;
    options.everything = line().all;
    options.shown = false;
    sync(options);
}

void SyncCommand::synced(const Result<void> &result)
{
    if (!result && result.error().kind != Error::Kind::Incomplete)
        return fail(result.error()); // what arrived is kept
    if (!result)
        tellFailure(result.error());
    learnOwner(connection(), account().number);
    show();
}

void SyncCommand::show()
{
    loadCases([this](const CaseRecords &cases) {
        output().write(syncSummary(account().name, cases, m_changed.size(), m_time.elapsed()));
        emptyLog(archive(), this, [this] { finish(statusSoFar()); });
    });
}

} // namespace casement::cli
