#include "advisorbench.h"

#include "stage.h"

#include "archive/advisorloadjob.h"
#include "base/background.h"
#include "export/exportadvisorjob.h"
#include "models/resourcemodel.h"
#include "ui/resourcetable.h"

#include <cstdio>

namespace casement::bench {

namespace {

class ExportRun final : public Stage
{
public:
    ExportRun(int connections, const QString &out)
        : Stage(connections), m_connections(connections), m_queue(makeTableWriter({}, out))
    {
        connect(&m_queue, &AdvisorExportQueue::written, this, [this] { keepUp(); });
        connect(&m_queue, &AdvisorExportQueue::finished, this, [this](const Result<void> &result) {
            exitOn(result);
            m_done = milliseconds();
            reportWhenDone();
        });
    }

private:
    void begin(const AccountRecord &account) override
    {
        m_workspace->setAccounts({account});
        m_workspace->setDecided(true);
        AdvisorLoadJob::Options options;
        options.everything = true;
        options.keep = false;
        options.atOnce = m_connections;
        m_advisor = std::make_unique<AdvisorArchive>(*m_archive);
        m_load = new AdvisorLoadJob(client(), *m_advisor, account, options);
        connect(m_load, &AdvisorLoadJob::resultCame, this,
                [this, name = account.name](const AdvisorCheckRecord &check, const AdvisorResultPtr &result) {
                    m_queue.add({name, AdvisorArchive::recordOf(check, QStringLiteral("en"), *result, 0), result});
                    keepUp();
                });
        connect(m_load, &Job::finished, this, [this](const Result<void> &result) {
            exitOn(result);
            m_load = nullptr;
            m_queue.end();
        });
        jobs().add(m_load);
        m_load->start();
    }

    void keepUp()
    {
        if (m_load)
            m_load->setHeld(m_queue.isFull());
    }

    void firstPainted() override { reportWhenDone(); }

    void reportWhenDone()
    {
        if (m_done < 0 || firstPaint() < 0)
            return;
        std::printf("export connections %d rows %lld | first paint %.1f done %.1f ms | busy %.1f ms peak %.1f MB\n",
                    m_connections, static_cast<long long>(m_queue.rows()), firstPaint(), m_done, longestTurn(),
                    peakMemory());
        leave();
    }

    const int m_connections;
    AdvisorExportQueue m_queue;
    std::unique_ptr<AdvisorArchive> m_advisor;
    AdvisorLoadJob *m_load = nullptr;
    double m_done = -1;
};

class ResultRun final : public Stage
{
public:
    explicit ResultRun(const QString &checkId) : Stage(1), m_checkId(checkId) { }

private:
    QWidget *picture() const override { return m_table->viewport(); } // the table covers the window

    void shown() override
    {
        m_table = new ResourceTable(m_window.get());
        m_table->setUp(m_model, settings());
        m_table->setCheck(m_checkId);
        m_table->setGeometry(m_window->rect());
        m_table->show();
        watchPaints(m_table->viewport(), [this] { painted(); });
        connect(&m_model, &ResourceModel::arranged, this, [this] {
            m_arranged = milliseconds();
            m_table->viewport()->update();
        });
    }

    void begin(const AccountRecord &account) override
    {
        m_workspace->setAccounts({account});
        m_workspace->setDecided(true);
        DescribeTrustedAdvisorCheckResult::Request request;
        request.checkId = m_checkId;
        request.language = QStringLiteral("en");
        client().send(request, this, [this](const Result<ServiceAnswer> &answer) {
            exitOn(answer ? Result<void>() : Result<void>(answer.error()));
            inBackground(
                this, [body = answer->body] { return AdvisorResult::read(body); },
                [this](const Result<AdvisorResultPtr> &read) {
                    exitOn(read ? Result<void>() : Result<void>(read.error()));
                    m_model.setResult(*read, {});
                });
        });
    }

    void painted()
    {
        if (m_arranged < 0 || firstPaint() < 0)
            return;
        std::printf("result rows %d | first paint %.1f arranged %.1f painted %.1f ms | busy %.1f ms peak %.1f MB\n",
                    m_model.rowCount(), firstPaint(), m_arranged, milliseconds(), longestTurn(), peakMemory());
        leave();
    }

    const QString m_checkId;
    ResourceModel m_model;
    ResourceTable *m_table = nullptr; // the window's
    double m_arranged = -1;
};

} // namespace

int exportResults(int &argc, char **argv, const QStringList &arguments)
{
    bool isNumber = false;
    const int connections = arguments.isEmpty() ? 0 : arguments.first().toInt(&isNumber);
    if (!isNumber || connections < 1 || connections > 64 || arguments.size() != 2) {
        std::fputs("casement-bench export: name a number of connections from 1 to 64 and the file to write.\n", stderr);
        return 2;
    }
    return perform<ExportRun>(argc, argv, connections, arguments.at(1));
}

int result(int &argc, char **argv, const QStringList &arguments)
{
    if (arguments.size() != 1) {
        std::fputs("casement-bench result: name a check.\n", stderr);
        return 2;
    }
    return perform<ResultRun>(argc, argv, arguments.first());
}

} // namespace casement::bench
