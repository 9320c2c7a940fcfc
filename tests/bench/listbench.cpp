#include "listbench.h"

#include "stage.h"

#include "archive/syncjob.h"
#include "ui/caselistpage.h"
#include "ui/casetable.h"

#include <cstdio>

namespace casement::bench {

namespace {

class ListRun final : public Stage
{
public:
    ListRun(int connections, bool lean, bool untilStored)
        : Stage(connections), m_connections(connections), m_lean(lean), m_untilStored(untilStored)
    {
        m_archive->setWritesHeld(!m_untilStored);
    }

private:
    void shown() override
    {
        watchPaints(m_window->caseList().table().viewport(), [this] { painted(); });
    }

    void begin(const AccountRecord &account) override
    {
        m_workspace->setAccounts({account});
        m_workspace->setDecided(true);
        SyncJob::Options options;
        options.everything = true;
        options.chains = m_connections;
        options.communications = !m_lean;
        auto *job = new SyncJob(client(), *m_archive, account, options);
        connect(job, &SyncJob::listed, this, [this] {
            m_listed = milliseconds();
            m_window->caseList().table().viewport()->update();
        });
        connect(job, &Job::finished, this, [](const Result<void> &result) {
            if (!result && result.error().kind != Error::Kind::Cancelled)
                exitOn(result);
        });
        jobs().add(job);
        job->start();
    }

    void painted()
    {
        if (m_listed < 0 || m_painted >= 0 || m_workspace->cases().isSorting())
            return;
        m_painted = milliseconds();
        m_rows = m_workspace->cases().rowCount();
        if (m_untilStored)
            store();
        report();
    }

    // The archive writes what it was given before it goes; conversations are not asked for here.
    void store()
    {
        jobs().cancelAll();
        m_window.reset();
        m_workspace.reset();
        m_archive.reset();
        m_stored = milliseconds();
    }

    void report()
    {
        std::printf("list connections %d%s rows %d | first paint %.1f listed %.1f painted %.1f", m_connections,
                    m_lean ? " lean" : "", m_rows, firstPaint(), m_listed, m_painted);
        if (m_untilStored)
            std::printf(" stored %.1f", m_stored);
        std::printf(" ms | busy %.1f ms peak %.1f MB\n", longestTurn(), peakMemory());
        leave();
    }

    int m_connections;
    bool m_lean;
    bool m_untilStored;
    double m_listed = -1;
    double m_painted = -1;
    double m_stored = -1;
    int m_rows = 0;
};

} // namespace

int list(int &argc, char **argv, const QStringList &arguments)
{
    bool isNumber = false;
    const int connections = arguments.isEmpty() ? 0 : arguments.first().toInt(&isNumber);
    if (!isNumber || connections < 1 || connections > 64) {
        std::fputs("casement-bench list: CONNECTIONS must be a number from 1 to 64.\n", stderr);
        return 2;
    }
    return perform<ListRun>(argc, argv, connections, arguments.contains(QStringLiteral("lean")),
                            arguments.contains(QStringLiteral("archive")));
}

} // namespace casement::bench
