#include "filebench.h"

#include "stage.h"

#include "archive/fetchjob.h"
#include "archive/uploadfilesjob.h"
#include "base/background.h"
#include "support/attachments.h"
#include "support/cases.h"
#include "transfer/savefile.h"

#include <algorithm>
#include <cstdio>

namespace casement::bench {

namespace {

constexpr int connections = 6;
constexpr int mostByLinks = 10;

/// Ends once the work is done and the window was painted.
class FileRun : public Stage
{
public:
    explicit FileRun(const char *name) : Stage(connections), m_name(name) { }

protected:
    void done()
    {
        m_done = milliseconds();
        reportWhenDone();
    }

private:
    void firstPainted() override { reportWhenDone(); }

    void reportWhenDone()
    {
        if (m_done < 0 || firstPaint() < 0)
            return;
        std::printf("%s | first paint %.1f done %.1f ms | busy %.1f ms peak %.1f MB\n", m_name, firstPaint(), m_done,
                    longestTurn(), peakMemory());
        leave();
    }

    const char *m_name;
    double m_done = -1;
};

class UploadRun final : public FileRun
{
public:
    UploadRun(const QStringList &paths, UploadWay way) : FileRun("upload"), m_paths(paths), m_way(way) { }

private:
    void begin(const AccountRecord &account) override
    {
        m_account = account.id;
        m_workspace->setAccounts({account});
        m_workspace->setDecided(true);
        connect(&m_workspace->outbox(), &Outbox::loaded, this, &UploadRun::inspect, Qt::SingleShotConnection);
        m_workspace->outbox().load();
    }

    void inspect()
    {
        inBackground(
            this,
            [paths = m_paths] {
                QList<Result<LocalFile>> files;
                for (const QString &path : paths)
                    files.append(inspectFile(path));
                return files;
            },
            [this](const QList<Result<LocalFile>> &files) { start(files); });
    }

    void start(const QList<Result<LocalFile>> &files)
    {
        Outbox &outbox = m_workspace->outbox();
        const OutboxEntry entry = Outbox::newEntry(m_account, AddCommunicationToCase::name, QStringLiteral("case-1"));
        outbox.files().learnWay(m_account, m_way); // that of what it is compared with
        for (const Result<LocalFile> &file : files) {
            exitOn(file ? Result<void>() : Result<void>(file.error()));
            const Result<QString> added = outbox.files().add(entry.id, m_account, *file);
            exitOn(added ? Result<void>() : Result<void>(added.error()));
        }
        if (m_way == UploadWay::Links) {
            // What the service does with a file that it has is its own time.
            connect(&outbox.files(), &OutboxFiles::changed, this, [this, &outbox](const QString &id) {
                const QList<OutboxFile> here = outbox.files().of(id);
                const auto isThere = [](const OutboxFile &file) {
                    return file.state == OutboxFileState::Processing || file.state == OutboxFileState::Ready;
                };
                if (std::all_of(here.begin(), here.end(), isThere))
                    done();
            });
        }
        UploadFilesJob *job = outbox.uploads().job(entry.id, m_account, client(), {});
        connect(job, &Job::finished, this, [this](const Result<void> &result) {
            exitOn(result);
            done();
        });
        jobs().add(job);
        job->start();
    }

    QStringList m_paths;
    UploadWay m_way;
    AccountId m_account = 0;
};

class DownloadRun final : public FileRun
{
public:
    explicit DownloadRun(const QString &out) : FileRun("download"), m_out(out) { }

private:
    void begin(const AccountRecord &account) override
    {
        m_workspace->setAccounts({account});
        m_workspace->setDecided(true);
        const AttachmentRecord attachment{QStringLiteral("attachment-1"), QStringLiteral("core.dump")};
        DownloadJob::Options options;
        options.withoutLinks = true; // as what it is compared with, and as is known after the first file of an account
        auto *job = new FetchJob(&client(), m_workspace->attachments(), account.id, attachment, options);
        connect(job, &Job::finished, this, [this, job](const Result<void> &result) {
            exitOn(result);
            inBackground(
                this, [from = job->kept().path, to = m_out] { return saveCopyAs(from, to, true); },
                [this](const Result<void> &saved) {
                    exitOn(saved);
                    done();
                });
        });
        jobs().add(job);
        job->start();
    }

    QString m_out;
};

} // namespace

int upload(int &argc, char **argv, const QStringList &arguments)
{
    const bool byLinks = arguments.value(0) == u"links";
    const QStringList files = byLinks ? arguments.sliced(1) : arguments;
    if (files.isEmpty() || files.size() > (byLinks ? mostByLinks : AddAttachmentsToSet::mostFiles)) {
        std::fputs("casement-bench upload: name one to three files, or links and one to ten.\n", stderr);
        return 2;
    }
    return perform<UploadRun>(argc, argv, files, byLinks ? UploadWay::Links : UploadWay::Set);
}

int download(int &argc, char **argv, const QStringList &arguments)
{
    if (arguments.size() != 1) {
        std::fputs("casement-bench download: name the file to write.\n", stderr);
        return 2;
    }
    return perform<DownloadRun>(argc, argv, arguments.first());
}

} // namespace casement::bench
