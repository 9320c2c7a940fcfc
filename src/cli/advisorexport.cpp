#include "archive/advisorrecords.h"
#include "cli/advisorcommand.h"
#include "cli/caseformats.h"
#include "cli/errorreport.h"
#include "cli/terminaltext.h"

#include <QFileInfo>

#include <cstring>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

/// Standard output as the place of an export.
class OutputSink final : public ExportSink
{
public:
    explicit OutputSink(Output &output) : m_output(output) { }

    Result<void> append(const QByteArray &bytes) override
    {
        if (m_output.isTerminal())
            m_output.write(terminalText(QString::fromUtf8(bytes)));
        else
            m_output.write(bytes);
        return flush();
    }
    Result<void> flush() override
    {
        if (m_output.failure() == 0)
            return {};
        return Error{.kind = Error::Kind::File, .message = QString::fromLocal8Bit(std::strerror(m_output.failure()))};
    }
    Result<void> commit() override { return {}; }

private:
    Output &m_output;
};

AdvisorFormat exportFormat(const AdvisorLine &line)
{
    switch (line.format) {
    case AdvisorLine::Format::CsvLong:
        return AdvisorFormat::CsvLong;
    case AdvisorLine::Format::Xlsx:
        return AdvisorFormat::Xlsx;
    case AdvisorLine::Format::Json:
        return AdvisorFormat::Json;
    case AdvisorLine::Format::Table:
    case AdvisorLine::Format::Csv:
        break;
    }
    const bool isFolder = line.output.endsWith(u'/') || QFileInfo(line.output).isDir();
    return isFolder ? AdvisorFormat::CsvFolder : AdvisorFormat::Csv;
}

} // namespace

bool AdvisorCommand::isExporting() const
{
    return wish().action == AdvisorLine::Action::Export
        || (wish().action == AdvisorLine::Action::Show && wish().format != AdvisorLine::Format::Table);
}

QString AdvisorCommand::accountPrefix(const AdvisorAccount &account) const
{
    return m_accounts.size() == 1 ? QString() : terminalLine(account.name()) + u": "_s;
}

QString AdvisorCommand::whatStays() const
{
    if (wish().keepGoing)
        return u"what is missing is left out"_s;
    return wish().output.isEmpty() ? u"what is written is not whole"_s : whatFileStays();
}

QString AdvisorCommand::whatFileStays() const
{
    return QFileInfo::exists(wish().output) ? u"%1 is as it was"_s.arg(terminalLine(wish().output))
                                            : u"nothing was written"_s;
}

/// Whether all that was asked for can be written; says what can't. What is not whole never takes the place of a file.
bool AdvisorCommand::isAllThere()
{
    bool isWhole = true;
    bool isFileTold = false;
    for (const auto &account : m_accounts) {
        if (account->isOffline() && !account->allChecks().isEmpty()) {
            isWhole = isAllInArchive(*account) && isWhole;
        } else if (!account->failures().isEmpty()) {
            tellFailures(*account);
            isFileTold = true;
            isWhole = false;
        } else if (account->error().kind != Error::Kind::None) {
            isWhole = false; // which was told
        } else if (account->allChecks().isEmpty()) {
            complain(accountPrefix(*account) + u"Trusted Advisor lists no checks."_s);
            isWhole = false;
        }
    }
    if (isWhole && m_status == succeeded)
        return true;
    if (!isFileTold && !wish().output.isEmpty() && !wish().keepGoing)
        complain(u"Not all of it could be had; %1."_s.arg(whatStays()));
    return false;
}

/// What is shown of accounts that can't be reached, and what is not.
void AdvisorCommand::tellArchive()
{
    for (const auto &account : m_accounts) {
        if (!account->isOffline())
            continue;
        if (account->allChecks().isEmpty()) { // why was told
            m_status = failed;
        } else if (wish().action == AdvisorLine::Action::Show) {
            if (!isAllInArchive(*account))
                m_status = failed;
        } else if (wish().action == AdvisorLine::Action::List) {
            qint64 oldest = 0;
            for (const AdvisorCheckRecord &check : account->checks()) {
                if (check.time > 0)
                    oldest = oldest == 0 ? check.time : std::min(oldest, check.time);
            }
            complain(accountPrefix(*account)
                     + (oldest > 0 ? u"What is listed is from the archive, as of %1."_s.arg(localTime(oldest))
                                   : u"What is listed is from the archive."_s));
        }
    }
}

/// Says from when what the archive has is, or what it lacks.
bool AdvisorCommand::isAllInArchive(const AdvisorAccount &account)
{
    qint64 oldest = 0;
    for (const AdvisorCheckRecord &check : account.checks()) {
        if (check.isGone)
            continue;
        const qint64 time = advisorResultTime(check);
        if (time == 0) {
            complain(u"%1The archive has no result of \"%2\" (%3)."_s.arg(
                accountPrefix(account), terminalLine(check.name), terminalLine(check.checkId)));
            return false;
        }
        oldest = oldest == 0 ? time : std::min(oldest, time);
    }
    if (oldest > 0)
        complain(u"%1What is written is from the archive, as of %2."_s.arg(accountPrefix(account), localTime(oldest)));
    return true;
}

void AdvisorCommand::tellFailures(const AdvisorAccount &account)
{
    for (const AdvisorCheckRecord &check : account.allChecks()) {
        const auto at = account.failures().constFind(check.checkId);
        if (at == account.failures().cend())
            continue;
        QString who = u"\"%1\" (%2)"_s.arg(terminalLine(check.name), terminalLine(check.checkId));
        if (const auto others = account.failures().size() - 1; others > 0)
            who += u" and %1 other %2"_s.arg(others).arg(others == 1 ? "check"_L1 : "checks"_L1);
        return complain(
            u"%1%2 could not be fetched, so %3. %4"_s.arg(accountPrefix(account), who, whatStays(), errorReport(*at)));
    }
}

void AdvisorCommand::exportResults()
{
    if (!isAllThere()) {
        m_status = failed;
        if (!wish().output.isEmpty() && !wish().keepGoing)
            return finish(failed);
    }
    QList<AdvisorChoice> choices;
    for (const auto &account : m_accounts) {
        for (const AdvisorCheckRecord &check : account->checks()) {
            if (!wish().keepGoing || account->has(check))
                choices.append({check, account->name()});
        }
    }
    if (m_status != succeeded && choices.isEmpty() && !wish().output.isEmpty()) {
        complain(u"Nothing of it could be had; %1."_s.arg(whatFileStays())); // which was whole
        return finish(failed);
    }
    AdvisorExportOptions options;
    options.format = exportFormat(wish());
    options.byteOrderMark = wish().byteOrderMark;
    options.formulaSafe = !wish().raw;
    std::unique_ptr<TableWriter> writer = wish().output.isEmpty()
        ? makeTableWriter(options, std::make_unique<OutputSink>(output()))
        : makeTableWriter(options, wish().output);
    if (choices.isEmpty())
        complain(u"No check is like that; what is written has no rows."_s);
    m_export = new ExportAdvisorJob(m_advisor, choices, std::move(writer), this);
    if (!wish().output.isEmpty() || !output().isTerminal()) {
        connect(m_export, &Job::progressed, this,
                [](qint64 done, qint64 total) { showProgress(u"Writing: %1 of %2"_s.arg(done).arg(total)); });
    }
    connect(m_export, &Job::finished, this, &AdvisorCommand::exported);
    m_export->start();
}

void AdvisorCommand::exported(const Result<void> &result)
{
    showProgress({});
    if (output().failure() != 0)
        return finish(failed); // the program's end says why
    if (!result)
        return fail(result.error());
    if (const qint64 cut = m_export->cutTexts(); cut > 0) {
        complain(
            u"%1 texts were longer than a cell of Excel can be, and were cut; --format csv has them whole."_s.arg(cut));
    }
    finish(m_status);
}

} // namespace casement::cli
