#pragma once

#include "cli/advisoraccount.h"
#include "cli/advisorformats.h"
#include "cli/command.h"
#include "export/exportadvisorjob.h"

#include <vector>

namespace casement::cli {

/// `advisor`: Trusted Advisor of one account or many. Accounts are asked side by side; what one of them lacks does not
/// stop the others, but makes the command fail in the end.
class AdvisorCommand final : public Command
{
    Q_OBJECT

public:
    AdvisorCommand(const CommandLine &line, Output &output, QObject *parent = nullptr);
    ~AdvisorCommand() override;

    void start() override;

protected:
    void stop() override;
    bool tellsOfWaiting() const override { return false; } // refusals are its daily bread

private:
    Result<QList<ChosenAccount>> chosenAccounts();
    void tellOf(const QString &name, const Error &error);
    void makeAccounts();
    void startNext();
    void showSum();
    void allDone();
    bool knowsChecks();
    bool knowsCategory();
    void list();
    void showCheck();
    void tellVanished();
    void tellRefreshes();
    void tellRefresh(const AdvisorAccount &account, const AdvisorCheckRecord &check);
    void tellErrorsOfRefresh(const AdvisorAccount &account);
    bool isExporting() const;
    QString accountPrefix(const AdvisorAccount &account) const;
    bool isAllThere();
    void tellArchive();
    bool isAllInArchive(const AdvisorAccount &account);
    void tellFailures(const AdvisorAccount &account);
    QString whatStays() const;
    QString whatFileStays() const;
    void exportResults();
    void exported(const Result<void> &result);
    QList<ListedCheck> listed() const;

    const AdvisorLine &wish() const { return line().advisor; }

    Archive m_archive;
    AdvisorArchive m_advisor{m_archive};
    std::vector<std::unique_ptr<AdvisorAccount>> m_accounts;
    size_t m_started = 0;
    size_t m_ended = 0;
    qsizetype m_shown = 0; ///< of showCheck()
    int m_status = succeeded;
    QPointer<ExportAdvisorJob> m_export;
};

} // namespace casement::cli
