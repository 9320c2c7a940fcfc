#include "transfer/zipjob.h"

#include "transfer/filecode.h"
#include "transfer/files.h"
#include "transfer/hostilenames.h"

#include <QDateTime>
#include <QMap>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QThreadPool>

#include <sys/syscall.h>

#include <fcntl.h>
#include <zip.h>

#include <atomic>
#include <cerrno>
#include <functional>
#include <mutex>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// What happens at each read() of 1,000 bytes or more on another thread than the test's; an errno or 0.
std::function<int()> onRead;
std::atomic<pid_t> testThread = 0;

} // namespace

// Instead of libc's: a disk that fails, and files that change while they are compressed.
extern "C" ssize_t read(int descriptor, void *data, size_t size)
{
    const int error = onRead && size >= 1000 && ::gettid() != testThread ? onRead() : 0;
    if (error != 0) {
        errno = error;
        return -1;
    }
    return ::syscall(SYS_read, descriptor, data, size);
}

namespace {

/// A folder with what goes into a ZIP, and one for the ZIP.
struct World
{
    World()
    {
        folder.makeFolder(u"in"_s);
        folder.makeFolder(u"out"_s);
    }

    QString in(const QString &name = {}) const { return folder.path(name.isEmpty() ? u"in"_s : u"in/"_s + name); }
    QString target() const { return folder.path(u"out/made.zip"_s); }
    QStringList made() const { return folder.names(u"out"_s); }

    Result<void> run(const QStringList &paths, ZipJob::Keys keys = ZipJob::Keys::Refuse)
    {
        ZipJob job(paths, target(), keys);
        job.setAutoDelete(false);
        QSignalSpy finished(&job, &Job::finished);
        job.start();
        if (finished.isEmpty() && !finished.wait(60'000))
            return Error{.kind = Error::Kind::TimedOut};
        files = job.fileCount();
        skipped = job.skippedCount();
        return job.result();
    }

    // Names and contents, as libzip reads them; a folder has no bytes.
    QMap<QString, QByteArray> entries() const
    {
        QMap<QString, QByteArray> all;
        zip_t *zip = zip_open(QFile::encodeName(target()).constData(), ZIP_RDONLY | ZIP_CHECKCONS, nullptr);
        if (!zip)
            return all;
        for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
            zip_stat_t status;
            zip_stat_index(zip, zip_uint64_t(i), 0, &status);
            QByteArray bytes(qsizetype(status.size), Qt::Uninitialized);
            zip_file_t *file = zip_fopen_index(zip, zip_uint64_t(i), 0);
            if (!file || zip_fread(file, bytes.data(), status.size) != bytes.size())
                bytes = "can't be read";
            zip_fclose(file);
            all.insert(QString::fromUtf8(status.name), bytes);
        }
        zip_discard(zip);
        return all;
    }

    test::Folder folder;
    qsizetype files = 0;
    qsizetype skipped = 0;
};

QByteArray noise(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : bytes) {
        state = state * 1'664'525 + 1'013'904'223;
        byte = char(state >> 24);
    }
    return bytes;
}

} // namespace

/// Files and folders become one ZIP that any program reads, or nothing is left.
class TestZipJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { testThread = ::gettid(); }
    void cleanup() { onRead = nullptr; }

    void filesAndFoldersAreInIt();
    void pythonReadsIt();
    void itsOwnerAloneReadsIt();
    void timesBeyondAZipAreKeptWithinIt();
    void hostileNamesAreSafeInIt();
    void namesThatAreNotUtf8();
    void twinsAreKeptApart();
    void linksAndPipesAreLeftOut();
    void aChosenLinkIsFollowed();
    void manyFiles();
    void whatFailsLeavesNothing_data();
    void whatFailsLeavesNothing();
    void whatChangesOnTheWayLeavesNothing_data();
    void whatChangesOnTheWayLeavesNothing();
    void placesOfKeysAreAskedFor();
    void aFullDiskLeavesNothing_data();
    void aFullDiskLeavesNothing();
    void nothingIsReplaced();
    void cancelledLeavesNothing_data();
    void cancelledLeavesNothing();
    void cancelledReadsNoFurther();
    void theEndOfItsOwnerLeavesNothing();
    void saysHowFarItIs();
    void saysWhatItDoes();
};

void TestZipJob::filesAndFoldersAreInIt()
{
    World world;
    const QByteArray large = noise(700'000) + QByteArray(700'000, 'a');
    world.folder.makeFolder(u"in/logs/2024/empty"_s);
    world.folder.put(u"in/logs/a.log"_s, "first");
    world.folder.put(u"in/logs/2024/b.log"_s, large);
    world.folder.put(u"in/logs/2024/none"_s, {});
    world.folder.put(u"in/alone.txt"_s, "alone");
    const Result<void> done = world.run({world.in(u"logs/"_s), world.in(u"alone.txt"_s)});
    QVERIFY2(done, qPrintable(done.error().message));
    const QMap<QString, QByteArray> expected{
        {u"logs/"_s, {}},          {u"logs/a.log"_s, "first"},  {u"logs/2024/"_s, {}},    {u"logs/2024/b.log"_s, large},
        {u"logs/2024/none"_s, {}}, {u"logs/2024/empty/"_s, {}}, {u"alone.txt"_s, "alone"}};
    QCOMPARE(world.entries().keys(), expected.keys());
    QVERIFY(world.entries() == expected);
    QCOMPARE(world.files, 4);
    QCOMPARE(world.skipped, 0);
    QVERIFY(QFileInfo(world.target()).size() < 720'000); // the half that can be compressed is
    QCOMPARE(world.made(), QStringList{u"made.zip"_s});
}

void TestZipJob::pythonReadsIt()
{
    const QString python = QStandardPaths::findExecutable(u"python3"_s);
    if (python.isEmpty())
        QSKIP("no python3");
    World world;
    world.folder.makeFolder(u"in/報告"_s);
    const QString path = world.folder.put(u"in/報告/\U0001f600 é.log"_s, "0123456789abcdefghij");
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0755), 0);
    const QDateTime time(QDate(2021, 3, 4), QTime(5, 6, 8));
    const timespec times[2] = {{time.toSecsSinceEpoch(), 0}, {time.toSecsSinceEpoch(), 0}};
    QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), times, 0), 0);
    QCOMPARE(::utimensat(AT_FDCWD, world.folder.encoded(u"in/報告"_s).constData(), times, 0), 0);
    QVERIFY(world.run({world.in(u"報告"_s)}));
    QProcess process;
    process.start(python, {QFINDTESTDATA("readzip.py"), world.target()});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 0);
    const QStringList lines = QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines.at(0), u"報告/\t0\t2021-03-04T05:06:08\t0o40755\t2048\t0\t"_s);
    QCOMPARE(lines.at(1),
             u"報告/\U0001f600 é.log\t20\t2021-03-04T05:06:08\t0o100644\t2048\t8\t30313233343536373839616263646566"_s);
}

void TestZipJob::itsOwnerAloneReadsIt()
{
    World world;
    world.folder.put(u"in/a"_s, "a");
    const mode_t before = ::umask(0);
    const Result<void> done = world.run({world.in()});
    ::umask(before);
    QVERIFY(done);
    QCOMPARE(world.folder.mode(u"out/made.zip"_s), mode_t(S_IFREG | 0600));
}

void TestZipJob::timesBeyondAZipAreKeptWithinIt()
{
    World world;
    for (const auto &[name, time] :
         {std::pair(u"in/early"_s, time_t(-1'000'000'000)), std::pair(u"in/late"_s, time_t(5'000'000'000))}) {
        const QString path = world.folder.put(name, "x");
        const timespec times[2] = {{time, 0}, {time, 0}};
        QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), times, 0), 0);
    }
    QVERIFY(world.run({world.in()}));
    zip_t *zip = zip_open(QFile::encodeName(world.target()).constData(), ZIP_RDONLY, nullptr);
    QVERIFY(zip);
    zip_stat_t early = {};
    zip_stat_t late = {};
    zip_stat(zip, "in/early", 0, &early);
    zip_stat(zip, "in/late", 0, &late);
    zip_discard(zip);
    QCOMPARE(QDateTime::fromSecsSinceEpoch(early.mtime).date().year(), 1980);
    QCOMPARE(QDateTime::fromSecsSinceEpoch(late.mtime).date().year(), 2107);
}

void TestZipJob::hostileNamesAreSafeInIt()
{
    World world;
    qsizetype count = 0;
    for (const test::HostileName &name : test::hostileNames()) {
        const QByteArray encoded = QFile::encodeName(name.name);
        if (encoded.isEmpty() || encoded.size() > 255 || encoded.contains('/') || encoded.contains('\0')
            || encoded == "." || encoded == ".." || QFile::exists(world.in(name.name)))
            continue;
        world.folder.put(u"in/"_s + name.name, QByteArray::number(++count));
    }
    QVERIFY(count > 40);
    QVERIFY(world.run({world.in()}));
    const QMap<QString, QByteArray> entries = world.entries();
    QCOMPARE(entries.size(), count + 1);
    QSet<QByteArray> contents;
    for (auto it = entries.begin(); it != entries.end(); ++it) {
        contents.insert(it.value());
        const QString name = it.key().sliced(3);
        QVERIFY2(it.key().startsWith(u"in/"_s) && !name.contains(u'/') && !name.contains(u'\\'), qPrintable(it.key()));
        QVERIFY2(!name.startsWith(u'.') && test::isHarmless(name), qPrintable(it.key()));
    }
    QCOMPARE(contents.size(), count + 1); // nothing took another's place
}

void TestZipJob::namesThatAreNotUtf8()
{
    World world;
    const QList<QByteArray> names{"caf\xe9", "caf\xe8", "\xff\xfe"};
    for (const QByteArray &name : names) {
        const QByteArray path = QFile::encodeName(world.in()) + '/' + name;
        const int descriptor = ::open(path.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        QCOMPARE(::write(descriptor, name.constData(), size_t(name.size())), name.size());
        ::close(descriptor);
    }
    const Result<void> done = world.run({world.in()});
    for (const QByteArray &name : names) // QTemporaryDir does not see them
        QCOMPARE(::unlink((QFile::encodeName(world.in()) + '/' + name).constData()), 0);
    QVERIFY(done);
    const QMap<QString, QByteArray> expected{
        {u"in/"_s, {}}, {u"in/%FF%FE"_s, "\xff\xfe"}, {u"in/caf%E8"_s, "caf\xe8"}, {u"in/caf%E9"_s, "caf\xe9"}};
    QCOMPARE(world.entries(), expected);
}

void TestZipJob::twinsAreKeptApart()
{
    World world;
    world.folder.makeFolder(u"in/A"_s);
    world.folder.makeFolder(u"in/a"_s);
    world.folder.put(u"in/A/x.txt"_s, "1");
    world.folder.put(u"in/a/x.txt"_s, "2");
    world.folder.put(u"in/\u00e9.txt"_s, "3");
    world.folder.put(u"in/e\u0301.txt"_s, "4");
    const Result<void> done =
        world.run({world.in(), world.in(u"A"_s), world.in(u"a"_s), world.in(u"a/x.txt"_s), world.in(u"A/x.txt"_s)});
    QVERIFY(done);
    const QStringList expected{u"A/"_s,
                               u"A/x.txt"_s,
                               u"a (2)/"_s,
                               u"a (2)/x.txt"_s,
                               u"in/"_s,
                               u"in/A/"_s,
                               u"in/A/x.txt"_s,
                               u"in/a (2)/"_s,
                               u"in/a (2)/x.txt"_s,
                               u"in/\u00e9 (2).txt"_s,
                               u"in/\u00e9.txt"_s,
                               u"x (2).txt"_s,
                               u"x.txt"_s};
    const QMap<QString, QByteArray> entries = world.entries();
    QCOMPARE(entries.size(), expected.size());
    for (const QString &name : expected)
        QVERIFY2(entries.contains(name), qPrintable(name));
    QCOMPARE(entries.value(u"x.txt"_s), QByteArray("2"));
    QCOMPARE(entries.value(u"x (2).txt"_s), QByteArray("1"));
}

void TestZipJob::linksAndPipesAreLeftOut()
{
    World world;
    world.folder.put(u"secret"_s, "secret");
    world.folder.put(u"in/a"_s, "a");
    world.folder.makeLink(world.folder.path(u"secret"_s), u"in/to-file"_s);
    world.folder.makeLink(world.folder.path(), u"in/to-folder"_s);
    world.folder.makeLink(u"."_s, u"in/loop"_s);
    world.folder.makeLink(u"nowhere"_s, u"in/dangling"_s);
    world.folder.makePipe(u"in/pipe"_s);
    QVERIFY(world.run({world.in()}));
    QCOMPARE(world.entries().keys(), (QStringList{u"in/"_s, u"in/a"_s}));
    QCOMPARE(world.files, 1);
    QCOMPARE(world.skipped, 5);
}

void TestZipJob::aChosenLinkIsFollowed()
{
    World world;
    world.folder.makeFolder(u"real"_s);
    world.folder.put(u"real/a"_s, "a");
    world.folder.put(u"file"_s, "b");
    world.folder.makeLink(world.folder.path(u"real"_s), u"in/to-folder"_s);
    world.folder.makeLink(world.folder.path(u"file"_s), u"in/to-file"_s);
    QVERIFY(world.run({world.in(u"to-folder"_s), world.in(u"to-file"_s)}));
    const QMap<QString, QByteArray> expected{{u"to-folder/"_s, {}}, {u"to-folder/a"_s, "a"}, {u"to-file"_s, "b"}};
    QCOMPARE(world.entries(), expected);
}

void TestZipJob::manyFiles()
{
    World world;
    QString deep = u"in"_s;
    for (int i = 0; i < 200; ++i)
        deep += u"/d"_s;
    world.folder.makeFolder(deep);
    world.folder.put(deep + u"/bottom"_s, "deep");
    for (int i = 0; i < 3'000; ++i) // more than may be open at once
        world.folder.put(u"in/%1"_s.arg(i), QByteArray::number(i));
    QVERIFY(world.run({world.in()}));
    const QMap<QString, QByteArray> entries = world.entries();
    QCOMPARE(entries.size(), 3'000 + 1 + 200 + 1);
    QCOMPARE(entries.value(u"in/2999"_s), QByteArray("2999"));
    QCOMPARE(entries.value(deep + u"/bottom"_s), QByteArray("deep"));
}

void TestZipJob::whatFailsLeavesNothing_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("names"); ///< what the message names
    const auto row = [](const char *how, QLatin1StringView code, const QString &names) {
        QTest::newRow(how) << QString::fromLatin1(how) << QString(code) << names;
    };
    row("nothing there", filecode::vanished, u"in/none"_s);
    row("nothing chosen", filecode::empty, QString());
    row("a folder with no file", filecode::empty, u"in/folder"_s);
    row("a pipe", filecode::notRegular, u"in/pipe"_s);
    row("a dead link", filecode::deadLink, u"in/dead"_s);
    row("a file that can't be read", filecode::notReadable, u"in/folder/private"_s);
    row("a folder that can't be read", filecode::notReadable, u"in/folder/closed"_s);
    row("no folder for it", filecode::noFolder, u"out/made.zip"_s);
}

void TestZipJob::whatFailsLeavesNothing()
{
    QFETCH(QString, how);
    QFETCH(QString, code);
    QFETCH(QString, names);
    World world;
    for (const QString &folder : {QString(), u"in"_s, u"out"_s})
        QCOMPARE(::chmod(world.folder.encoded(folder).constData(), 0777), 0);
    QCOMPARE(::chmod(QFile::encodeName(world.folder.path()).constData(), 0777), 0);
    world.folder.put(u"in/good"_s, "good");
    world.folder.makeFolder(u"in/folder"_s);
    world.folder.makePipe(u"in/pipe"_s);
    world.folder.makeLink(u"nowhere"_s, u"in/dead"_s);
    QStringList paths{world.in(u"good"_s)};
    const test::Nobody nobody;
    if (how == u"nothing there") {
        paths.append(world.in(u"none"_s));
    } else if (how == u"nothing chosen") {
        paths.clear();
    } else if (how == u"a folder with no file") {
        paths = QStringList{world.in(u"folder"_s)};
    } else if (how == u"a pipe") {
        paths.append(world.in(u"pipe"_s));
    } else if (how == u"a dead link") {
        paths.append(world.in(u"dead"_s));
    } else if (how == u"no folder for it") {
        QVERIFY(QDir().rename(world.folder.path(u"out"_s), world.folder.path(u"gone"_s)));
    } else {
        QCOMPARE(::seteuid(::getuid()), 0);
        const bool isFile = how == u"a file that can't be read";
        const QString name = isFile ? u"in/folder/private"_s : u"in/folder/closed"_s;
        if (isFile)
            world.folder.put(name, "private");
        else
            world.folder.makeFolder(name);
        QCOMPARE(::chmod(world.folder.encoded(name).constData(), 0), 0);
        if (nobody.isSomebodyElse)
            QCOMPARE(::seteuid(65534), 0);
        paths.append(world.in(u"folder"_s));
    }
    const Result<void> done = world.run(paths);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Error::Kind::File);
    QCOMPARE(done.error().code, code);
    QVERIFY2(names.isEmpty() || done.error().message.contains(world.folder.path(names)),
             qPrintable(done.error().message));
    QTRY_COMPARE(world.made(), QStringList());
}

void TestZipJob::whatChangesOnTheWayLeavesNothing_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("code");
    for (const char *how : {"cut", "grown", "written again", "swapped"})
        QTest::newRow(how) << QString::fromLatin1(how) << QString(filecode::changed);
    QTest::newRow("gone") << u"gone"_s << QString(filecode::vanished);
    QTest::newRow("a pipe now") << u"a pipe now"_s << QString(filecode::notRegular);
    QTest::newRow("a link now") << u"a link now"_s << QString(filecode::notRegular);
    QTest::newRow("failing") << u"failing"_s << QString(filecode::notReadable);
}

// The first file is being read while the second one changes; `cut` and the next two happen to the one that is read.
void TestZipJob::whatChangesOnTheWayLeavesNothing()
{
    QFETCH(QString, how);
    QFETCH(QString, code);
    World world;
    const bool isTheOneRead = how == u"cut" || how == u"grown" || how == u"written again" || how == u"failing";
    const QString name = isTheOneRead ? u"in/first"_s : u"in/second"_s;
    for (const QString &file : {u"in/first"_s, u"in/second"_s}) {
        const QString path = world.folder.put(file, noise(300'000));
        const timespec early[2] = {{1'000'000'000, 0}, {1'000'000'000, 0}};
        QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), early, 0), 0);
    }
    int reads = 0;
    onRead = [&] {
        if (++reads != 3)
            return 0;
        const QByteArray path = world.folder.encoded(name);
        if (how == u"failing")
            return EIO;
        if (how == u"cut" && ::truncate(path.constData(), 100'000) != 0)
            return EINVAL;
        if (how == u"grown" && ::truncate(path.constData(), 400'000) != 0)
            return EINVAL;
        if (how == u"written again")
            world.folder.put(name, noise(300'000));
        if (isTheOneRead)
            return 0;
        ::unlink(path.constData());
        if (how == u"swapped")
            world.folder.put(name, noise(300'000));
        else if (how == u"a pipe now")
            ::mkfifo(path.constData(), 0600);
        else if (how == u"a link now" && ::symlink("first", path.constData()) != 0)
            return EINVAL;
        return 0;
    };
    const Result<void> done = world.run({world.in()});
    QVERIFY(reads >= 3);
    QVERIFY(!done);
    QCOMPARE(done.error().code, code);
    QVERIFY2(done.error().message.contains(world.folder.path(name)), qPrintable(done.error().message));
    QTRY_COMPARE(world.made(), QStringList());
}

void TestZipJob::placesOfKeysAreAskedFor()
{
    World world;
    world.folder.makeFolder(u"in/house/.aws"_s);
    world.folder.put(u"in/house/.aws/credentials"_s, "keys");
    world.folder.put(u"in/house/one"_s, "a");
    const QByteArray home = qgetenv("HOME");
    qputenv("HOME", world.folder.encoded(u"in/house"_s));
    const Result<void> above = world.run({world.in()});
    const Result<void> itself = world.run({world.in(u"house/one"_s), world.in(u"house/.aws"_s)});
    const Result<void> file = world.run({world.in(u"house/.aws/credentials"_s)});
    const QStringList before = world.made();
    const Result<void> allowed = world.run({world.in()}, ZipJob::Keys::Take);
    qputenv("HOME", home);
    for (const Result<void> &done : {above, itself, file}) {
        QVERIFY(!done);
        QCOMPARE(done.error().code, QString(filecode::holdsKeys));
        QVERIFY(done.error().message.contains(world.in(u"house/.aws"_s)));
    }
    QCOMPARE(before, QStringList());
    QVERIFY(allowed);
    QCOMPARE(world.entries().value(u"in/house/_.aws/credentials"_s), QByteArray("keys"));
}

void TestZipJob::aFullDiskLeavesNothing_data()
{
    QTest::addColumn<int>("bytes");
    QTest::newRow("from the start") << 0;
    QTest::newRow("midway") << 200'000;
    QTest::newRow("near the end") << 999'990;
}

void TestZipJob::aFullDiskLeavesNothing()
{
    QFETCH(int, bytes);
    World world;
    world.folder.put(u"in/a"_s, noise(1'000'000));
    Result<void> done;
    {
        const test::FullDisk disk(bytes);
        done = world.run({world.in()});
    }
    QVERIFY(!done);
    QCOMPARE(done.error().code, QString(filecode::diskFull));
    QVERIFY2(done.error().message.startsWith(world.target() + u" can't be written: "_s),
             qPrintable(done.error().message));
    QTRY_COMPARE(world.made(), QStringList());
}

void TestZipJob::nothingIsReplaced()
{
    World world;
    world.folder.put(u"in/a"_s, "a");
    world.folder.put(u"out/made.zip"_s, "old");
    const Result<void> done = world.run({world.in()});
    QVERIFY(!done);
    QCOMPARE(done.error().code, QString(filecode::exists));
    QTRY_COMPARE(world.made(), QStringList{u"made.zip"_s});
    QCOMPARE(world.folder.contents(u"out/made.zip"_s), QByteArray("old"));
}

void TestZipJob::cancelledLeavesNothing_data()
{
    QTest::addColumn<int>("percent");
    QTest::addColumn<Qt::ConnectionType>("when");
    QTest::newRow("before it began") << -1 << Qt::DirectConnection;
    QTest::newRow("when all is listed") << 0 << Qt::DirectConnection;
    QTest::newRow("in the middle") << 40 << Qt::DirectConnection;
    QTest::newRow("in the middle, later") << 40 << Qt::QueuedConnection;
    QTest::newRow("when all is read") << 100 << Qt::DirectConnection;
    QTest::newRow("when all is read, later") << 100 << Qt::QueuedConnection;
}

void TestZipJob::cancelledLeavesNothing()
{
    QFETCH(int, percent);
    QFETCH(Qt::ConnectionType, when);
    World world;
    world.folder.put(u"in/a"_s, noise(3'000'000));
    ZipJob job({world.in()}, world.target());
    job.setAutoDelete(false);
    QSignalSpy finished(&job, &Job::finished);
    bool wasAsked = false;
    connect(&job, &Job::progressed, &job, [&](qint64 done, qint64 total) {
        if (!wasAsked && percent >= 0 && done * 100 >= total * percent) {
            wasAsked = true;
            QMetaObject::invokeMethod(&job, &Job::cancel, when);
        }
    });
    job.start();
    if (percent < 0)
        job.cancel();
    QTRY_COMPARE(finished.size(), 1);
    if (percent == 100 && when == Qt::QueuedConnection && job.result()) { // it was done before it heard of it
        QCOMPARE(world.made(), QStringList{u"made.zip"_s});
        return;
    }
    QCOMPARE(job.result().error().kind, Error::Kind::Cancelled);
    QThreadPool::globalInstance()->waitForDone(); // what was under way there must not do it all the same
    QTRY_COMPARE(world.made(), QStringList());
}

void TestZipJob::cancelledReadsNoFurther()
{
    World world;
    const QString path = world.folder.put(u"in/sparse"_s, {});
    QCOMPARE(::truncate(QFile::encodeName(path).constData(), 200'000'000), 0);
    std::atomic<int> reads = 0;
    onRead = [&reads] {
        ++reads;
        return 0;
    };
    ZipJob job({world.in()}, world.target());
    job.setAutoDelete(false);
    int before = 0;
    connect(&job, &Job::progressed, &job, [&](qint64 done) {
        if (done > 0) {
            job.cancel();
            before = reads;
        }
    });
    job.start();
    QTRY_COMPARE(job.state(), Job::State::Finished);
    QThreadPool::globalInstance()->waitForDone();
    QVERIFY(before > 0);
    QVERIFY(reads <= before + 1); // one may have been under way
    QTRY_COMPARE(world.made(), QStringList());
}

void TestZipJob::theEndOfItsOwnerLeavesNothing()
{
    World world;
    world.folder.put(u"in/a"_s, noise(3'000'000));
    auto job = std::make_unique<ZipJob>(QStringList{world.in()}, world.target());
    connect(job.get(), &Job::progressed, this, [this, &job](qint64 done) {
        if (done > 0)
            QMetaObject::invokeMethod(
                this, [&job] { job.reset(); }, Qt::QueuedConnection);
    });
    job->start();
    QTRY_VERIFY(!job);
    QThreadPool::globalInstance()->waitForDone();
    QTRY_COMPARE(world.made(), QStringList());
}

void TestZipJob::saysHowFarItIs()
{
    World world;
    world.folder.put(u"in/a"_s, noise(2'000'000));
    world.folder.put(u"in/b"_s, QByteArray(1'000'000, 'b'));
    ZipJob job({world.in()}, world.target());
    job.setAutoDelete(false);
    QSignalSpy progressed(&job, &Job::progressed);
    QSignalSpy finished(&job, &Job::finished);
    job.start();
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(job.result());
    QVERIFY(progressed.size() > 20 && progressed.size() < 120);
    qint64 before = -1;
    for (const QVariantList &arguments : progressed) {
        QVERIFY(arguments.at(0).toLongLong() > before);
        before = arguments.at(0).toLongLong();
        QCOMPARE(arguments.at(1).toLongLong(), 3'000'000);
    }
    QCOMPARE(before, 3'000'000);
}

void TestZipJob::saysWhatItDoes()
{
    QCOMPARE(ZipJob({}, u"/tmp/logs.zip"_s).title(), u"Compressing logs.zip"_s);
    QVERIFY(test::isHarmless(ZipJob({}, u"/tmp/a\u202e\n.zip"_s).title()));
}

QTEST_GUILESS_MAIN(TestZipJob)
#include "tst_zipjob.moc"
