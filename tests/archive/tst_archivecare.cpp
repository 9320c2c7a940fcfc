#include "archive/archivecare.h"

#include "archive/archivepath.h"
#include "archive/attachmentstore.h"
#include "archive/casestore.h"
#include "archive/movearchivejob.h"
#include "archive/schema.h"
#include "archivefixture.h"
#include "support/timestamp.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <sys/stat.h>

using namespace casement;
using namespace Qt::StringLiterals;
using test::answerOf;

namespace {

qint64 monthsAgo(int months) { return QDateTime::currentDateTimeUtc().addMonths(-months).toMSecsSinceEpoch(); }

CaseDetails caseOf(const QString &id, const QString &status, int months, const QString &attachment = {})
{
    CaseDetails details;
    details.caseId = id;
    details.displayId = id;
    details.subject = u"Subject of "_s + id;
    details.status = status;
    details.timeCreated = timestampText(monthsAgo(months));
    Communication message;
    message.caseId = id;
    message.body = u"Wordy body of "_s + id;
    message.submittedBy = u"Amazon Web Services"_s;
    message.timeCreated = details.timeCreated;
    if (!attachment.isEmpty())
        message.attachmentSet = {{attachment, u"file.txt"_s}};
    details.recentCommunications = RecentCaseCommunications{{message}, {}};
    return details;
}

/// An archive with cases of several ages, and files of theirs.
struct World
{
    World() : account(fixture.account()), care(fixture.archive()), store(fixture.archive()) { }

    void put(const QList<CaseDetails> &cases)
    {
        // By a second connection, as casement-cli does.
        const auto database = Database::open(fixture.path(), archiveMigrations());
        QVERIFY(database);
        QVERIFY(storeCases(**database, account.id, {cases, {}}, {}));
    }

    void run(const char *sql)
    {
        const auto database = Database::open(fixture.path(), archiveMigrations());
        QVERIFY(database);
        QVERIFY((*database)->runOnce(QLatin1StringView(sql)));
    }

    QString keepFile(const QString &id, const QByteArray &content)
    {
        const Result<QString> part = store.partPath(account.id, id);
        QFile file(*part);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            return {};
        file.close();
        const QByteArray sha256 = QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex();
        const auto kept = answerOf<KeptAttachment>([&](auto done) {
            store.keep(account.id, id, u"file.txt"_s, {.size = content.size(), .sha256 = sha256}, &care,
                       std::move(done));
        });
        return kept ? kept->path : QString();
    }

    Result<CleanedUp> clean(const Retention &retention)
    {
        return answerOf<CleanedUp>(
            [&](auto done) { care.cleanUp(retention, &care, [done](const Result<CleanedUp> &gone) { done(gone); }); });
    }

    QStringList ids()
    {
        QStringList list;
        for (const CaseRecord &record : fixture.cases())
            list.append(record.caseId.toString());
        list.sort();
        return list;
    }

    test::ArchiveFixture fixture;
    AccountRecord account;
    ArchiveCare care;
    AttachmentStore store;
};

unsigned modeOf(const QString &path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : 0;
}

Result<void> move(Archive &archive, const QString &folder, const MoveArchiveJob::Remember &remember,
                  bool cancelled = false)
{
    return answerOf<void>([&](auto done) {
        auto *job = new MoveArchiveJob(archive, folder, remember);
        QObject::connect(job, &Job::finished, job, [done](const Result<void> &result) { done(result); });
        job->start();
        if (cancelled)
            job->cancel();
    });
}

Result<void> nothing(const QString &) { return {}; }

} // namespace

/// The archive as a whole: what is kept, and where it is.
class TestArchiveCare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEverythingByItself();
    void removesOldCasesAndTheirWords();
    void whatAPersonMadeStays();
    void removedCasesDoNotComeBack();
    void copiesOfOldCasesGo();
    void copiesAreLimited();
    void aFileOfTwoMessagesStaysForOne();
    void movesEverything();
    void movesDraftsFilesWithTheirIdentity();
    void aMoveThatFailsChangesNothing_data();
    void aMoveThatFailsChangesNothing();
    void anotherProgramIsSeen();
    void cancelledBeforeItBegins();
    void theNewPlaceIsRemembered();
};

void TestArchiveCare::keepsEverythingByItself()
{
    World world;
    world.put({caseOf(u"old"_s, u"resolved"_s, 100, u"a"_s)});
    const QString copy = world.keepFile(u"a"_s, "content");
    const Result<CleanedUp> gone = world.clean({});
    QVERIFY(gone);
    QVERIFY(gone->cases.isEmpty());
    QCOMPARE(gone->copies, 0);
    QCOMPARE(world.ids(), QStringList{u"old"_s});
    QVERIFY(QFile::exists(copy));
}

void TestArchiveCare::removesOldCasesAndTheirWords()
{
    World world;
    QList<CaseDetails> many;
    for (int i = 0; i < 250; ++i) // more than are removed at once
        many.append(caseOf(u"old-%1"_s.arg(i), u"resolved"_s, 30));
    world.put(many + QList{caseOf(u"young"_s, u"resolved"_s, 3), caseOf(u"open"_s, u"opened"_s, 30)});
    QSignalSpy removed(&world.care, &ArchiveCare::removed);
    const Result<CleanedUp> gone = world.clean({.old = Retention::Old::Remove, .months = 24});
    QVERIFY(gone);
    QCOMPARE(gone->cases.size(), 250);
    QCOMPARE(removed.size(), 3);
    QCOMPARE(world.ids(), (QStringList{u"open"_s, u"young"_s}));
    QCOMPARE(world.fixture.search(u"wordy"_s).size(), 2);
    QCOMPARE(world.fixture.search(u"subject"_s).size(), 2);
    QVERIFY(world.clean({.old = Retention::Old::Remove, .months = 24})->cases.isEmpty());
}

void TestArchiveCare::whatAPersonMadeStays()
{
    World world;
    world.put({caseOf(u"starred"_s, u"resolved"_s, 30), caseOf(u"noted"_s, u"resolved"_s, 30),
               caseOf(u"tagged"_s, u"resolved"_s, 30), caseOf(u"drafted"_s, u"resolved"_s, 30),
               caseOf(u"plain"_s, u"resolved"_s, 30)});
    world.run(
        "INSERT INTO caseMarks (account, caseId, starred, muted, tags, note) VALUES (1, 'starred', 1, 0, '', ''), "
        "(1, 'noted', 0, 0, '', 'mine'), (1, 'tagged', 0, 0, 'tag', '')");
    world.run("INSERT INTO outbox (id, account, state, created, changed, sent, errorKind, errorCode, errorMessage, "
              "requestId, operation, caseId, input) VALUES ('d', 1, 0, 1, 1, 0, '', '', '', '', "
              "'AddCommunicationToCase', 'drafted', '{}')");
    const Result<CleanedUp> gone = world.clean({.old = Retention::Old::Remove, .months = 24});
    QVERIFY(gone);
    QCOMPARE(gone->cases, (QList<CaseKey>{{1, u"plain"_s}}));
}

void TestArchiveCare::removedCasesDoNotComeBack()
{
    World world;
    const QList<CaseDetails> listed{caseOf(u"old"_s, u"resolved"_s, 30), caseOf(u"young"_s, u"resolved"_s, 3)};
    world.put(listed);
    QVERIFY(world.clean({.old = Retention::Old::Remove, .months = 24}));
    world.put(listed); // the listing of the next month
    QCOMPARE(world.ids(), QStringList{u"young"_s});
    world.put({caseOf(u"old"_s, u"reopened"_s, 30)}); // it lives again
    QCOMPARE(world.ids(), (QStringList{u"old"_s, u"young"_s}));
    QVERIFY(world.clean({}));
    world.put({caseOf(u"older"_s, u"resolved"_s, 60)}); // everything is kept again
    QCOMPARE(world.ids().size(), 3);
}

void TestArchiveCare::copiesOfOldCasesGo()
{
    World world;
    world.put({caseOf(u"old"_s, u"resolved"_s, 30, u"a"_s), caseOf(u"young"_s, u"resolved"_s, 3, u"b"_s)});
    const QString old = world.keepFile(u"a"_s, "old content");
    const QString young = world.keepFile(u"b"_s, "young content");
    const Result<CleanedUp> gone = world.clean({.old = Retention::Old::DropCopies, .months = 24});
    QVERIFY(gone);
    QCOMPARE(gone->copies, 1);
    QCOMPARE(gone->bytes, 11);
    QVERIFY(gone->cases.isEmpty());
    QVERIFY(!QFile::exists(old) && QFile::exists(young));
    QCOMPARE(world.ids().size(), 2);
}

void TestArchiveCare::copiesAreLimited()
{
    World world;
    QStringList paths;
    for (int i = 0; i < 5; ++i)
        paths.append(world.keepFile(QString::number(i), QByteArray(1000, char('a' + i))));
    world.run("UPDATE attachmentFiles SET fetched = CAST(attachmentId AS INTEGER)"); // each younger than the one before
    const Result<CleanedUp> gone = world.clean({.mostCopies = 2500});
    QVERIFY(gone);
    QCOMPARE(gone->copies, 3);
    QVERIFY(!QFile::exists(paths.at(2)) && QFile::exists(paths.at(3)) && QFile::exists(paths.at(4)));
    const auto size = answerOf<ArchiveSize>([&](auto done) { world.care.measure(&world.care, std::move(done)); });
    QVERIFY(size);
    QCOMPARE(size->copies, 2000);
    QVERIFY(size->cases > 0);
}

void TestArchiveCare::aFileOfTwoMessagesStaysForOne()
{
    World world;
    world.put({caseOf(u"old"_s, u"resolved"_s, 30, u"a"_s), caseOf(u"young"_s, u"resolved"_s, 3, u"b"_s)});
    const QString path = world.keepFile(u"a"_s, "the same");
    QCOMPARE(world.keepFile(u"b"_s, "the same"), path);
    const Result<CleanedUp> gone = world.clean({.old = Retention::Old::DropCopies, .months = 24});
    QVERIFY(gone);
    QCOMPARE(gone->copies, 0);
    QVERIFY(QFile::exists(path));
}

void TestArchiveCare::movesEverything()
{
    World world;
    world.put({caseOf(u"one"_s, u"opened"_s, 1, u"a"_s)});
    const QString copy = world.keepFile(u"a"_s, "content");
    world.run("INSERT INTO sentFiles (account, caseId, sent, name, size, path, modified, entry) "
              "VALUES (1, 'one', 1, 'sent.log', 7, '/gone', 1, 'e')");
    const QString old = QFileInfo(world.fixture.path()).absolutePath();
    QTemporaryDir place;
    const QString folder = place.filePath(u"new/home"_s);
    QString remembered;
    const Result<void> moved = move(world.fixture.archive(), folder, [&remembered](const QString &path) {
        remembered = path;
        return Result<void>();
    });
    QVERIFY2(moved, qPrintable(moved.error().message));
    QCOMPARE(remembered, folder + u"/archive.sqlite"_s);
    QCOMPARE(world.fixture.archive().path(), remembered);
    QCOMPARE(world.ids(), QStringList{u"one"_s});
    QCOMPARE(world.fixture.search(u"wordy"_s).size(), 1);
    const auto kept = answerOf<QHash<QString, KeptAttachment>>(
        [&](auto done) { world.store.find(world.account.id, {}, &world.care, std::move(done)); });
    QCOMPARE(kept->size(), 1);
    QVERIFY(kept->value(u"a"_s).path.startsWith(folder));
    QCOMPARE(modeOf(folder), 0700U);
    QCOMPARE(modeOf(remembered), 0600U);
    QCOMPARE(modeOf(kept->value(u"a"_s).path), 0600U);
    QVERIFY(!QFile::exists(copy));
    QVERIFY(!QFileInfo::exists(old));
}

void TestArchiveCare::movesDraftsFilesWithTheirIdentity()
{
    World world;
    const QString folder = world.fixture.archive().folder(u"outgoing"_s);
    QVERIFY(QDir().mkpath(folder));
    QFile picture(folder + u"/pasted.png"_s);
    QVERIFY(picture.open(QIODevice::WriteOnly) && picture.write("picture") == 7);
    picture.close();
    const QString sql =
        u"INSERT INTO outboxFiles (id, entry, position, path, size, modified, device, inode, name, owned, "
        "state, way, uploadId, partSize, totalParts, reported, setId, setExpiry, errorKind, errorCode, "
        "errorMessage, changed) VALUES ('f', 'e', 0, '%1', 7, 1, 1, 1, 'pasted.png', 1, 0, 0, '', 0, 0, "
        "'', '', 0, '', '', '', 1)"_s.arg(picture.fileName());
    world.run(sql.toUtf8().constData());
    QTemporaryDir place;
    QVERIFY(move(world.fixture.archive(), place.filePath(u"new"_s), &nothing));
    const auto database = Database::open(world.fixture.archive().path(), archiveMigrations());
    Statement read = (*database)->prepare("SELECT path, inode, modified FROM outboxFiles");
    QVERIFY(read.run() && read.next());
    const QString path = place.filePath(u"new/outgoing/pasted.png"_s);
    QCOMPARE(read.text(0), path);
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
    QCOMPARE(read.number(1), qint64(status.st_ino));
    QCOMPARE(read.number(2), qint64(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec);
}

void TestArchiveCare::aMoveThatFailsChangesNothing_data()
{
    QTest::addColumn<QString>("why");
    for (const char *why : {"an archive is there", "its own folder", "inside of it", "not remembered", "a file"})
        QTest::newRow(why) << QString::fromLatin1(why);
}

void TestArchiveCare::aMoveThatFailsChangesNothing()
{
    QFETCH(const QString, why);
    World world;
    world.put({caseOf(u"one"_s, u"opened"_s, 1, u"a"_s)});
    const QString copy = world.keepFile(u"a"_s, "content");
    const QString old = QFileInfo(world.fixture.path()).absolutePath();
    QTemporaryDir place;
    QString folder = place.filePath(u"new"_s);
    MoveArchiveJob::Remember remember = &nothing;
    if (why == u"an archive is there") {
        folder = place.path();
        QFile there(folder + u"/archive.sqlite"_s);
        QVERIFY(there.open(QIODevice::WriteOnly));
    } else if (why == u"its own folder") {
        folder = old;
    } else if (why == u"inside of it") {
        folder = old + u"/attachments/x"_s;
    } else if (why == u"a file") {
        QFile there(folder);
        QVERIFY(there.open(QIODevice::WriteOnly));
    } else {
        remember = [](const QString &) { return Result<void>(Error{.kind = Error::Kind::File, .message = u"no"_s}); };
    }
    const Result<void> moved = move(world.fixture.archive(), folder, remember);
    QVERIFY(!moved);
    QVERIFY(!moved.error().message.isEmpty());
    QCOMPARE(world.fixture.archive().path(), world.fixture.path());
    QCOMPARE(world.ids(), QStringList{u"one"_s});
    QVERIFY(QFile::exists(copy));
    if (why == u"not remembered")
        QVERIFY(!QFileInfo::exists(folder)); // nothing is left of the attempt
}

void TestArchiveCare::anotherProgramIsSeen()
{
    World world;
    world.put({caseOf(u"one"_s, u"opened"_s, 1)});
    QTemporaryDir place;
    {
        const auto other = Database::open(world.fixture.path(), archiveMigrations());
        QVERIFY((*other)->prepare("SELECT count(*) FROM cases").run());
        const Result<void> moved = move(world.fixture.archive(), place.filePath(u"new"_s), &nothing);
        QVERIFY(!moved);
        QCOMPARE(moved.error().code, QString(archivecode::busy));
        QCOMPARE(world.ids(), QStringList{u"one"_s});
    }
    QVERIFY(move(world.fixture.archive(), place.filePath(u"new"_s), &nothing));
    QCOMPARE(world.ids(), QStringList{u"one"_s});
}

void TestArchiveCare::cancelledBeforeItBegins()
{
    World world;
    QTemporaryDir place;
    const Result<void> moved = move(world.fixture.archive(), place.filePath(u"new"_s), &nothing, true);
    QCOMPARE(moved.error().kind, Error::Kind::Cancelled);
    QVERIFY(world.ids().isEmpty()); // it answers
    QCOMPARE(world.fixture.archive().path(), world.fixture.path());
}

void TestArchiveCare::theNewPlaceIsRemembered()
{
    QTemporaryDir config;
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(config.path()));
    QCOMPARE(defaultArchivePath(), usualArchivePath());
    QVERIFY(rememberArchivePath(u"/somewhere/archive.sqlite"_s));
    QCOMPARE(defaultArchivePath(), u"/somewhere/archive.sqlite"_s);
    QCOMPARE(modeOf(config.filePath(u"casement/archive-place"_s)), 0600U);
    QVERIFY(rememberArchivePath(usualArchivePath()));
    QVERIFY(!QFile::exists(config.filePath(u"casement/archive-place"_s)));
    QFile garbled(config.filePath(u"casement/archive-place"_s));
    QVERIFY(garbled.open(QIODevice::WriteOnly) && garbled.write("../up\n") == 6);
    garbled.close();
    QCOMPARE(defaultArchivePath(), usualArchivePath());
    qunsetenv("XDG_CONFIG_HOME");
}

QTEST_GUILESS_MAIN(TestArchiveCare)
#include "tst_archivecare.moc"
