#pragma once

#include "archive/outboxstore.h"
#include "archive/schema.h"
#include "cli/cliprocess.h"
#include "demoservice.h"

#include <QJsonDocument>
#include <QJsonObject>

/// What the tests of `create`, `reply` and `resolve` share. Link with `cli` and `demo`.
namespace casement::test {

using namespace Qt::StringLiterals;

inline constexpr int unknownOutcome = 3;

inline DemoServiceOptions roomyOptions()
{
    DemoServiceOptions options = DemoFixture::smallOptions();
    options.casesPerHour = 1000;
    return options;
}

inline QJsonObject newCase(const QString &subject)
{
    return {{u"subject"_s, subject},
            {u"communicationBody"_s,
             u"The target group answers 503 since 09:10 UTC.\r\n\r\n接続できません 🙂  "_s},
            {u"serviceCode"_s, u"amazon-elastic-compute-cloud-linux"_s},
            {u"categoryCode"_s, u"other"_s},
            {u"severityCode"_s, u"low"_s}};
}

inline QString text(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

inline QString caseIdOf(const CliRun &run)
{
    return QJsonDocument::fromJson(run.out).object().value(u"caseId").toString();
}

/// A demo service, a home with keys of its first account, and an archive.
struct World
{
    explicit World(const DemoServiceOptions &options = roomyOptions()) : demo(options), cli(demo.endpoint())
    {
        cli.setKeys(demo.account().accessKeyId, demo.account().secretAccessKey);
        cli.environment.insert(u"AWS_REGION"_s, demo.account().region);
    }

    CliRun create(const QString &subject) { return cli.run({u"create"_s, u"--input"_s, text(newCase(subject))}); }

    QString archivePath() const { return cli.home.filePath(u".local/share/casement/archive.sqlite"_s); }

    /// Looks at, or changes, what the archive holds between two runs.
    void withArchive(const std::function<void(Database &)> &work) const
    {
        const auto database = Database::open(archivePath(), archiveMigrations());
        QVERIFY2(database, database ? "" : qPrintable(database.error().toLine()));
        work(**database);
        QVERIFY((*database)->takeError());
    }

    /// What nobody was told the end of.
    QList<OutboxEntry> outbox() const
    {
        QList<OutboxEntry> entries;
        withArchive([&](Database &database) {
            if (const auto loaded = loadOutbox(database); loaded)
                entries = *loaded;
        });
        return entries;
    }

    /// Where the only one stands; Told when there is not one.
    OutboxState onlyState() const
    {
        const QList<OutboxEntry> entries = outbox();
        return entries.size() == 1 ? entries.first().state : OutboxState::Told;
    }

    /// Longer than an attempt may go on.
    void aMinutePasses() const
    {
        withArchive([](Database &database) { database.runOnce(u"UPDATE outbox SET sent = sent - 61000"_s); });
    }

    const demo::DemoCase *find(const std::function<bool(const demo::DemoCase &)> &is)
    {
        found.reset();
        demo.service().withEmulator([&](demo::Emulator &emulator) {
            for (const demo::DemoCase &one : emulator.accounts().first().cases) {
                if (is(one)) {
                    found = one;
                    return;
                }
            }
        });
        return found ? &*found : nullptr;
    }
    const demo::DemoCase *caseOf(const QString &caseId)
    {
        return find([&](const demo::DemoCase &one) { return one.caseId == caseId; });
    }
    const demo::DemoCase *openCase()
    {
        return find([](const demo::DemoCase &one) { return one.status != "resolved"_L1; });
    }

    qsizetype cases(const QString &subject = {})
    {
        qsizetype count = 0;
        demo.service().withEmulator([&](demo::Emulator &emulator) {
            const QList<demo::DemoCase> &all = emulator.accounts().first().cases;
            count = std::count_if(all.begin(), all.end(), [&](const demo::DemoCase &one) {
                return subject.isEmpty() || one.subject == subject;
            });
        });
        return count;
    }

    qsizetype messages(const QString &caseId, const QString &body)
    {
        DescribeCommunications::Request request;
        request.caseId = caseId;
        request.maxResults = 100;
        const auto page = demo.call(request);
        if (!page)
            return -1;
        return std::count_if(page->communications.begin(), page->communications.end(),
                             [&](const Communication &one) { return one.body == body; });
    }

    int changes() const
    {
        return demo.requestCount("CreateCase") + demo.requestCount("AddCommunicationToCase")
            + demo.requestCount("ResolveCase");
    }

    /// The command until it says that it is done, later with --again; nothing but "unknown" may come before.
    CliRun untilDone(const QStringList &arguments)
    {
        for (int i = 0; i < 5; ++i) {
            const CliRun run = cli.run(i == 0 ? arguments : arguments + QStringList{u"--again"_s});
            if (run.status != unknownOutcome)
                return run;
            aMinutePasses();
        }
        return {};
    }

    DemoFixture demo;
    Cli cli;
    std::optional<demo::DemoCase> found;
};

} // namespace casement::test
