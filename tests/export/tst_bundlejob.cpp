#include "export/bundlejob.h"

#include "archive/archivefixture.h"
#include "archive/syncjob.h"
#include "demoservice.h"
#include "fulldisk.h"
#include "transfer/filecode.h"

#include <QDir>
#include <QProcess>
#include <QTest>

#include <memory>

#include <sys/stat.h>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

namespace {

/// Two cases with files, in an archive.
struct World
{
    World()
    {
        account = archive.account();
        for (int i = 0; i < 2; ++i) {
            AddAttachmentsToSet::Request add;
            add.attachments = {{u"a.log"_s, "first of " + QByteArray::number(i)},
                               {u"../../a.log"_s, "second of " + QByteArray::number(i)}};
            const auto set = demo.call(add);
            QVERIFY(set);
            CreateCase::Request create;
            create.subject = u"With files %1"_s.arg(i);
            create.communicationBody = u"See the files."_s;
            create.attachmentSetId = set->attachmentSetId;
            const auto made = demo.call(create);
            QVERIFY(made);
            choices.append({account.id, made->caseId, account.name, account.partition});
        }
        SyncJob job(demo.client(), archive.archive(), account);
        job.setAutoDelete(false);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        QVERIFY(!finished.isEmpty() || finished.wait(60'000));
        QVERIFY(job.result());
        for (const CaseChoice &choice : choices)
            ids.append(archive.caseOf(choice.caseId).displayId.toString());
    }

    std::unique_ptr<BundleJob> job(const QString &name, bool connected = true)
    {
        auto made = std::make_unique<BundleJob>(
            archive.archive(), store, [this, connected](AccountId) { return connected ? &demo.client() : nullptr; },
            choices, ExportOptions(), folder.filePath(name));
        made->setAutoDelete(false);
        return made;
    }

    static Result<void> run(Job &job)
    {
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        if (finished.isEmpty() && !finished.wait(60'000))
            return Error{.kind = Error::Kind::TimedOut};
        return job.result();
    }

    /// Names and contents, as another program reads them.
    QMap<QString, QByteArray> unzipped(const QString &name) const
    {
        QProcess python;
        python.start(u"python3"_s,
                     {u"-c"_s,
                      u"import sys, zipfile\n"
                      "for info in zipfile.ZipFile(sys.argv[1]).infolist():\n"
                      "    if not info.is_dir():\n"
                      "        print(info.filename, zipfile.ZipFile(sys.argv[1]).read(info).hex(), sep='\\t')\n"_s,
                      folder.filePath(name)});
        QMap<QString, QByteArray> files;
        if (!python.waitForFinished() || python.exitCode() != 0)
            return {{QString::fromUtf8(python.readAllStandardError()), {}}};
        for (const QByteArray &line : python.readAllStandardOutput().split('\n')) {
            if (!line.isEmpty())
                files.insert(QString::fromUtf8(line.split('\t').first()), QByteArray::fromHex(line.split('\t').last()));
        }
        return files;
    }

    QStringList left() const { return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden); }

    DemoFixture demo;
    ArchiveFixture archive;
    AttachmentStore store{archive.archive()};
    AccountRecord account;
    QList<CaseChoice> choices;
    QStringList ids;
    QTemporaryDir folder;
};

} // namespace

/// Cases with their files as one ZIP.
class TestBundleJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allOfItIsInTheZip();
    void whatCannotBeHadIsNamed();
    void anOlderFileIsReplacedAtTheEnd();
    void onlyARegularFileIsReplaced();
    void aFullDiskIsToldOfTheFileThatWasChosen();
    void cancellingLeavesNothing();
};

void TestBundleJob::allOfItIsInTheZip()
{
    World world;
    const auto job = world.job(u"cases.zip"_s);
    const Result<void> done = World::run(*job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QCOMPARE(job->attachments(), 4);
    QCOMPARE(job->missing(), 0);
    const QMap<QString, QByteArray> files = world.unzipped(u"cases.zip"_s);
    QStringList names{u"cases.html"_s, u"cases.json"_s};
    for (int i = 0; i < 2; ++i) {
        const QString folder = u"attachments/"_s + world.ids.at(i) + u'/';
        names << folder + u"a.log"_s << folder + u"a (2).log"_s;
        QCOMPARE(files.value(folder + u"a.log"_s), "first of " + QByteArray::number(i));
        QCOMPARE(files.value(folder + u"a (2).log"_s), "second of " + QByteArray::number(i));
    }
    names.sort();
    QCOMPARE(files.keys(), names);
    QVERIFY(files.value(u"cases.html"_s).contains("With files 1"));
    QVERIFY(files.value(u"cases.json"_s).startsWith("{\"cases\":["));
    QCOMPARE(world.left(), QStringList{u"cases.zip"_s});

    const int before = world.demo.requestCount(); // what is kept is there without the service
    QVERIFY(World::run(*world.job(u"again.zip"_s, false)));
    QCOMPARE(world.demo.requestCount(), before);
    QCOMPARE(world.unzipped(u"again.zip"_s), files);
}

void TestBundleJob::whatCannotBeHadIsNamed()
{
    World world;
    const auto job = world.job(u"cases.zip"_s, false);
    const Result<void> done = World::run(*job);
    QVERIFY2(done, qPrintable(done.error().toLine()));
    QCOMPARE(job->missing(), 4);
    const QMap<QString, QByteArray> files = world.unzipped(u"cases.zip"_s);
    QVERIFY(files.value(u"attachments/MISSING.txt"_s).contains(world.ids.first().toUtf8() + "/a.log"));
    QCOMPARE(files.value(u"attachments/MISSING.txt"_s).count('\n'), 4);
}

void TestBundleJob::anOlderFileIsReplacedAtTheEnd()
{
    World world;
    QFile old(world.folder.filePath(u"cases.zip"_s));
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("old");
    old.close();
    const QFile::Permissions rights = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup;
    QVERIFY(old.setPermissions(rights));
    const auto job = world.job(u"cases.zip"_s);
    bool stood = true;
    connect(job.get(), &Job::progressed, this, [&] { stood = stood && QFileInfo(old).size() == 3; });
    QVERIFY(World::run(*job));
    QVERIFY(stood);
    // As every file that a person has made: for whom the umask says, or the one that was there.
    QCOMPARE(QFileInfo(old).permissions() & QFile::ReadGroup, rights & QFile::ReadGroup);
    QCOMPARE(world.unzipped(u"cases.zip"_s).size(), 6);
}

void TestBundleJob::onlyARegularFileIsReplaced()
{
    World world;
    QCOMPARE(::mkfifo(QFile::encodeName(world.folder.filePath(u"pipe"_s)).constData(), 0600), 0);
    const Result<void> done = World::run(*world.job(u"pipe"_s));
    QCOMPARE(int(done.error().kind), int(Error::Kind::File));
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(world.folder.filePath(u"pipe"_s)).constData(), &status), 0);
    QVERIFY(S_ISFIFO(status.st_mode));
    QCOMPARE(QDir(world.folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

/// The ZIP is made under another name, which nobody knows.
void TestBundleJob::aFullDiskIsToldOfTheFileThatWasChosen()
{
    World world;
    const auto job = world.job(u"cases.zip"_s);
    std::unique_ptr<FullDisk> full;
    connect(job.get(), &Job::progressed, this, [&](qint64 done, qint64 total) {
        if (total > 0 && done == total)
            full = std::make_unique<FullDisk>(1000);
    });
    const Result<void> done = World::run(*job);
    QVERIFY(full);
    full.reset();
    QCOMPARE(int(done ? Error::Kind::None : done.error().kind), int(Error::Kind::File));
    QCOMPARE(done.error().code, QString(filecode::diskFull));
    QVERIFY2(done.error().message.startsWith(world.folder.filePath(u"cases.zip"_s)), qPrintable(done.error().message));
    QCOMPARE(world.left(), QStringList());
}

void TestBundleJob::cancellingLeavesNothing()
{
    World world;
    for (int steps = 1; steps < 8; ++steps) {
        const auto job = world.job(u"cases.zip"_s);
        int step = 0;
        connect(job.get(), &Job::progressed, this, [&, raw = job.get()] {
            if (++step == steps)
                raw->cancel();
        });
        const Result<void> done = World::run(*job);
        if (!done)
            QCOMPARE(int(done.error().kind), int(Error::Kind::Cancelled));
        QTRY_COMPARE(world.left(), done ? QStringList{u"cases.zip"_s} : QStringList());
        QFile::remove(world.folder.filePath(u"cases.zip"_s));
    }
}

QTEST_GUILESS_MAIN(TestBundleJob)
#include "tst_bundlejob.moc"
