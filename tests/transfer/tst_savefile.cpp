#include "transfer/savefile.h"

#include "transfer/filecode.h"
#include "transfer/files.h"
#include "transfer/hostilenames.h"

#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <sched.h>

#include <cerrno>
#include <functional>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// What happens at each call; each returns the errno that the call fails with, or 0.
std::function<int()> onRead;
std::function<int()> onRename; ///< to a name that nothing has
std::function<int()> onLink;

int asCall(const std::function<int()> &hook)
{
    const int error = hook ? hook() : 0;
    if (error != 0)
        errno = error;
    return error;
}

} // namespace

// Instead of libc's: disks that fail, file systems that can do less, and other programs in between.
extern "C" ssize_t read(int descriptor, void *data, size_t size)
{
    return asCall(onRead) != 0 ? -1 : ::syscall(SYS_read, descriptor, data, size);
}

extern "C" int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned int flags) noexcept
{
    return asCall(onRename) != 0 ? -1 : int(::syscall(SYS_renameat2, fromFolder, from, toFolder, to, flags));
}

extern "C" int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags) noexcept
{
    return asCall(onLink) != 0 ? -1 : int(::syscall(SYS_linkat, fromFolder, from, toFolder, to, flags));
}

/// A copy is whole under a name of its own, or there is none.
class TestSaveFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { ::umask(022); }
    void cleanup() { onRead = onRename = onLink = nullptr; }

    void copiesAFile_data();
    void copiesAFile();
    void aCopyCantRun();
    void hostileNamesStayInTheFolder();
    void nothingIsReplaced_data();
    void nothingIsReplaced();
    void aNameThatIsTakenInBetween_data();
    void aNameThatIsTakenInBetween();
    void fileSystemsThatCanDoLess_data();
    void fileSystemsThatCanDoLess();
    void whatFailsLeavesNothing_data();
    void whatFailsLeavesNothing();
    void lessThanItsSizeIsNotSaved();
    void aDiskThatIsFullIsTold();
    void savesAsItWasAnswered();
    void replacesOnlyWhenItMay_data();
    void replacesOnlyWhenItMay();
    void whatIsReplacedKeepsItsPermissions();
    void aLinkLeadsToWhatIsReplaced();
    void whatMayNotBeWrittenIsNotReplaced();
    void whatFailsLeavesTheOldFile_data();
    void whatFailsLeavesTheOldFile();
};

void TestSaveFile::copiesAFile_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 262'143, 262'144, 262'145, 1'000'000})
        QTest::newRow(QByteArray::number(size).constData()) << size;
}

void TestSaveFile::copiesAFile()
{
    QFETCH(int, size);
    QByteArray bytes(size, 'x');
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i * 7 % 251);
    const test::Folder folder;
    const QString from = folder.put(u"cached"_s, bytes);
    folder.makeFolder(u"to"_s);
    const Result<QString> saved = saveCopy(from, folder.path(u"to"_s), u"報告.log"_s);
    QVERIFY(saved);
    QCOMPARE(*saved, folder.path(u"to/報告.log"_s));
    QCOMPARE(folder.contents(u"to/報告.log"_s), bytes);
    QCOMPARE(folder.names(u"to"_s), QStringList{u"報告.log"_s});
    const Result<QString> second = saveCopy(from, folder.path(u"to"_s) + u'/', u"報告.log"_s);
    QVERIFY(second);
    QCOMPARE(*second, folder.path(u"to/報告 (2).log"_s));
}

void TestSaveFile::aCopyCantRun()
{
    const test::Folder folder;
    const QString from = folder.put(u"run.sh"_s, "#!/bin/sh\n");
    QCOMPARE(::chmod(QFile::encodeName(from).constData(), 0755), 0);
    folder.makeFolder(u"to"_s);
    QVERIFY(saveCopy(from, folder.path(u"to"_s), u"run.sh"_s));
    QCOMPARE(folder.mode(u"to/run.sh"_s), mode_t(S_IFREG | 0644));
    QVERIFY(saveCopyAs(from, folder.path(u"to/as.sh"_s), false));
    QCOMPARE(folder.mode(u"to/as.sh"_s), mode_t(S_IFREG | 0644));
    ::umask(077);
    QVERIFY(saveCopy(from, folder.path(u"to"_s), u"own.sh"_s));
    QCOMPARE(folder.mode(u"to/own.sh"_s), mode_t(S_IFREG | 0600));
    folder.put(u"to/old.sh"_s, "old");
    QCOMPARE(::chmod(folder.encoded(u"to/old.sh"_s).constData(), 04755), 0);
    QVERIFY(saveCopyAs(from, folder.path(u"to/old.sh"_s), true));
    QCOMPARE(folder.mode(u"to/old.sh"_s), mode_t(S_IFREG | 0644));
}

void TestSaveFile::hostileNamesStayInTheFolder()
{
    const test::Folder folder;
    const QString from = folder.put(u"cached"_s, "bytes");
    folder.makeFolder(u"a/b/to"_s);
    qsizetype count = 0;
    for (const test::HostileName &name : test::hostileNames()) {
        const Result<QString> saved = saveCopy(from, folder.path(u"a/b/to"_s), name.name);
        QVERIFY2(saved, qPrintable(name.name));
        QCOMPARE(folder.names(u"a/b/to"_s).size(), ++count);
        QVERIFY(folder.names(u"a/b/to"_s).contains(saved->section(u'/', -1)));
        QCOMPARE(test::Folder::contentsAt(*saved), QByteArray("bytes"));
    }
    QCOMPARE(folder.names(), (QStringList{u"a"_s, u"cached"_s}));
    QCOMPARE(folder.names(u"a"_s), QStringList{u"b"_s});
    QCOMPARE(folder.names(u"a/b"_s), QStringList{u"to"_s});
}

void TestSaveFile::nothingIsReplaced_data()
{
    QTest::addColumn<QString>("there");
    QTest::newRow("the same name") << u"résumé.txt"_s;
    QTest::newRow("other case") << u"RÉSUMÉ.TXT"_s;
    QTest::newRow("composed differently") << u"re\u0301sume\u0301.txt"_s;
    QTest::newRow("a folder") << u"folder"_s;
    QTest::newRow("a pipe") << u"pipe"_s;
    QTest::newRow("a link to nothing") << u"dangling"_s;
    QTest::newRow("a link to a file elsewhere") << u"link"_s;
}

void TestSaveFile::nothingIsReplaced()
{
    QFETCH(QString, there);
    const test::Folder folder;
    const QString from = folder.put(u"cached"_s, "new");
    folder.makeFolder(u"to"_s);
    QString wanted = there;
    if (there == u"folder") {
        folder.makeFolder(u"to/folder"_s);
    } else if (there == u"pipe") {
        folder.makePipe(u"to/pipe"_s);
    } else if (there == u"dangling") {
        folder.makeLink(folder.path(u"nothing"_s), u"to/dangling"_s);
    } else if (there == u"link") {
        folder.put(u"target"_s, "old");
        folder.makeLink(folder.path(u"target"_s), u"to/link"_s);
    } else {
        folder.put(u"to/"_s + there, "old");
        wanted = u"résumé.txt"_s;
    }
    const mode_t before = folder.mode(u"to/"_s + there);
    const Result<QString> saved = saveCopy(from, folder.path(u"to"_s), wanted);
    QVERIFY(saved);
    QVERIFY(saved->contains(u" (2)"_s));
    QCOMPARE(folder.names(u"to"_s).size(), 2);
    QCOMPARE(folder.mode(u"to/"_s + there), before);
    QVERIFY(!QFile::exists(folder.path(u"nothing"_s)));
    if (there == u"link" || S_ISREG(before))
        QCOMPARE(folder.contents(u"to/"_s + there), QByteArray("old"));
    QCOMPARE(test::Folder::contentsAt(*saved), QByteArray("new"));
}

void TestSaveFile::aNameThatIsTakenInBetween_data()
{
    QTest::addColumn<bool>("hasRename");
    QTest::addColumn<bool>("hasLink");
    QTest::newRow("rename") << true << true;
    QTest::newRow("link") << false << true;
    QTest::newRow("neither") << false << false;
}

void TestSaveFile::aNameThatIsTakenInBetween()
{
    QFETCH(bool, hasRename);
    QFETCH(bool, hasLink);
    const test::Folder folder;
    const QString from = folder.put(u"cached"_s, "new");
    folder.makeFolder(u"to"_s);
    int calls = 0;
    onRename = [&] {
        if (++calls < 3)
            folder.put(calls == 1 ? u"to/a.txt"_s : u"to/a (2).txt"_s, "other");
        return hasRename ? 0 : EINVAL;
    };
    onLink = [&] { return hasLink ? 0 : EPERM; };
    const Result<QString> saved = saveCopy(from, folder.path(u"to"_s), u"a.txt"_s);
    QVERIFY(saved);
    QCOMPARE(*saved, folder.path(u"to/a (3).txt"_s));
    QCOMPARE(calls, 3);
    QCOMPARE(folder.contents(u"to/a.txt"_s), QByteArray("other"));
    QCOMPARE(folder.contents(u"to/a (2).txt"_s), QByteArray("other"));
    QCOMPARE(folder.contents(u"to/a (3).txt"_s), QByteArray("new"));
    QCOMPARE(folder.names(u"to"_s).size(), 3);
    calls = 0;
    QVERIFY(QFile::remove(folder.path(u"to/a.txt"_s)));
    QCOMPARE(saveCopyAs(from, folder.path(u"to/a.txt"_s), false).error().code, QString(filecode::exists));
    QCOMPARE(folder.contents(u"to/a.txt"_s), QByteArray("other"));
}

void TestSaveFile::fileSystemsThatCanDoLess_data()
{
    QTest::addColumn<int>("renameError");
    QTest::addColumn<int>("linkError");
    QTest::newRow("no such rename") << EINVAL << 0;
    QTest::newRow("no links either") << EINVAL << EPERM;
    QTest::newRow("a system that knows neither") << ENOSYS << EOPNOTSUPP;
}

void TestSaveFile::fileSystemsThatCanDoLess()
{
    QFETCH(int, renameError);
    QFETCH(int, linkError);
    const test::Folder folder;
    const QString from = folder.put(u"cached"_s, "new");
    folder.makeFolder(u"to"_s);
    int links = 0;
    onRename = [renameError] { return renameError; };
    onLink = [&links, linkError] {
        ++links;
        return linkError;
    };
    QVERIFY(saveCopy(from, folder.path(u"to"_s), u"a.txt"_s));
    QVERIFY(saveCopy(from, folder.path(u"to"_s), u"a.txt"_s));
    QCOMPARE(links, 2);
    QCOMPARE(folder.names(u"to"_s), (QStringList{u"a (2).txt"_s, u"a.txt"_s}));
    QCOMPARE(folder.contents(u"to/a.txt"_s), QByteArray("new"));
    QCOMPARE(folder.mode(u"to/a.txt"_s), mode_t(S_IFREG | 0644));
}

void TestSaveFile::whatFailsLeavesNothing_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *how, QLatin1StringView code) {
        QTest::newRow(how) << QString::fromLatin1(how) << QString(code);
    };
    row("no source", filecode::vanished);
    row("a source that is a pipe", filecode::notRegular);
    row("a disk that fails midway", filecode::notReadable);
    row("a source that grows", filecode::changed);
    row("a source that is cut", filecode::changed);
    row("a source that is written again", filecode::changed);
    row("no folder", filecode::noFolder);
    row("a folder that is a file", filecode::noFolder);
    row("a folder that may not be written", filecode::notWritable);
    row("a disk that is full from the start", filecode::diskFull);
    row("a disk that is full midway", filecode::diskFull);
    row("a disk that fails at the end", filecode::notWritable);
}

void TestSaveFile::whatFailsLeavesNothing()
{
    QFETCH(QString, how);
    QFETCH(QString, code);
    const test::Folder folder;
    const QString from = folder.put(u"cached"_s, QByteArray(1'000'000, 'a'));
    folder.makeFolder(u"to"_s);
    QCOMPARE(::chmod(folder.encoded(u"to"_s).constData(), 0755), 0);
    QCOMPARE(::chmod(QFile::encodeName(folder.path()).constData(), 0755), 0);
    QString source = from;
    QString to = folder.path(u"to"_s);
    int reads = 0;
    const auto save = [&] { return saveCopy(source, to, u"a.txt"_s); };
    const auto saveAtRead = [&](const std::function<int()> &then) {
        onRead = [&reads, then] { return ++reads == 3 ? then() : 0; };
        const Result<QString> saved = save();
        onRead = nullptr;
        return saved;
    };
    Result<QString> saved = QString();
    if (how == u"no source") {
        source = folder.path(u"none"_s);
        saved = save();
    } else if (how == u"a source that is a pipe") {
        source = folder.path(u"pipe"_s);
        folder.makePipe(u"pipe"_s);
        saved = save();
    } else if (how == u"a disk that fails midway") {
        saved = saveAtRead([] { return EIO; });
        QVERIFY(saved || saved.error().message.contains(from));
    } else if (how == u"a source that grows") {
        saved = saveAtRead([&] {
            folder.put(u"cached"_s, QByteArray(1'500'000, 'b'));
            return 0;
        });
    } else if (how == u"a source that is cut") {
        saved = saveAtRead([&] { return ::truncate(QFile::encodeName(from).constData(), 700'000); });
    } else if (how == u"a source that is written again") {
        const timespec early[2] = {{1'000'000'000, 0}, {1'000'000'000, 0}};
        QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(from).constData(), early, 0), 0);
        saved = saveAtRead([&] {
            folder.put(u"cached"_s, QByteArray(1'000'000, 'b'));
            return 0;
        });
    } else if (how == u"no folder") {
        to = folder.path(u"none"_s);
        saved = save();
    } else if (how == u"a folder that is a file") {
        to = from;
        saved = save();
    } else if (how == u"a folder that may not be written") {
        const test::Nobody nobody;
        QCOMPARE(::access(folder.encoded(u"to"_s).constData(), F_OK), 0);
        saved = save();
        if (!nobody.isSomebodyElse && saved)
            QSKIP("the folder is one's own");
    } else if (how == u"a disk that fails at the end") {
        onRename = [] { return EIO; };
        saved = save();
    } else {
        const test::FullDisk disk(how == u"a disk that is full midway" ? 400'000 : 0);
        saved = save();
    }
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, Error::Kind::File);
    QCOMPARE(saved.error().code, code);
    QVERIFY2(saved.error().message.contains(folder.path()), qPrintable(saved.error().message));
    QCOMPARE(folder.names(u"to"_s), QStringList());
    QVERIFY(!folder.names().contains(u"none"_s));
}

void TestSaveFile::lessThanItsSizeIsNotSaved()
{
    const QString from = u"/sys/devices/system/cpu/online"_s; // says it has a page of bytes
    if (!QFile::exists(from))
        QSKIP("no sysfs");
    const test::Folder folder;
    QCOMPARE(saveCopy(from, folder.path(), u"a"_s).error().code, QString(filecode::changed));
    QCOMPARE(folder.names(), QStringList());
}

// The real thing, where a user may mount one: a file system of 256 KB, in a process of its own.
void TestSaveFile::aDiskThatIsFullIsTold()
{
    const test::Folder folder;
    const QString from = folder.put(u"cached"_s, QByteArray(1'000'000, 'a'));
    const QString small = folder.put(u"small"_s, QByteArray(10'000, 'a'));
    folder.makeFolder(u"to"_s);
    const QString to = folder.path(u"to"_s);
    const QByteArray mountPoint = QFile::encodeName(to);
    const pid_t child = ::fork();
    if (child == 0) {
        const bool isOwn = ::unshare(CLONE_NEWNS) == 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0;
        if (!isOwn || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
            || ::mount("tmpfs", mountPoint.constData(), "tmpfs", 0, "size=256k") != 0)
            ::_exit(77);
        const Result<QString> saved = saveCopy(from, to, u"a.txt"_s);
        if (saved || saved.error().code != filecode::diskFull)
            ::_exit(1);
        if (!folder.names(u"to"_s).isEmpty())
            ::_exit(2);
        ::_exit(saveCopy(small, to, u"a.txt"_s) ? 0 : 3); // there is room again
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77)
        QSKIP("no file system can be mounted here");
    QCOMPARE(WEXITSTATUS(status), 0);
}

void TestSaveFile::savesAsItWasAnswered()
{
    const test::Folder folder;
    const QString from = folder.put(u"cached"_s, "bytes");
    for (const QString &name : {u".hidden"_s, u"a?b.txt"_s, u"trailing. "_s, u"CON"_s}) {
        QVERIFY(saveCopyAs(from, folder.path() + u'/' + name, false));
        QCOMPARE(folder.contents(name), QByteArray("bytes"));
    }
    QCOMPARE(folder.names().size(), 5);
    QVERIFY(!saveCopyAs(from, QString(), true));
    QVERIFY(!saveCopyAs(from, folder.path() + u"/"_s, true));
    QVERIFY(!saveCopyAs(from, folder.path(u"none/a"_s), true));
    QVERIFY(!saveCopyAs(from, folder.path(u"cached"_s) + u"/a"_s, true));
    QVERIFY(!saveCopyAs(from, folder.path(u"zero"_s) + QChar(0) + u"a"_s, true));
    QVERIFY(saveCopyAs(from, from, true)); // onto itself
    QCOMPARE(folder.contents(u"cached"_s), QByteArray("bytes"));
    QCOMPARE(folder.names().size(), 5);
}

void TestSaveFile::replacesOnlyWhenItMay_data()
{
    QTest::addColumn<QString>("there");
    QTest::addColumn<bool>("overwrite");
    QTest::addColumn<QString>("code");
    QTest::newRow("a file, not allowed") << u"file"_s << false << QString(filecode::exists);
    QTest::newRow("a file, allowed") << u"file"_s << true << QString();
    QTest::newRow("a pipe, allowed") << u"pipe"_s << true << QString(filecode::notRegular); // as a device, but nobody's
    QTest::newRow("a pipe, not allowed") << u"pipe"_s << false << QString(filecode::notRegular);
    QTest::newRow("a link to a pipe") << u"to-pipe"_s << true << QString(filecode::notRegular);
    QTest::newRow("a folder") << u"folder"_s << true << QString(filecode::folder);
    QTest::newRow("a link to a folder") << u"to-folder"_s << true << QString(filecode::folder);
    QTest::newRow("a link to nothing") << u"dangling"_s << true << QString(filecode::deadLink);
    QTest::newRow("a link to itself") << u"loop"_s << true << QString(filecode::deadLink);
    QTest::newRow("a link to a file, not allowed") << u"to-file"_s << false << QString(filecode::exists);
}

void TestSaveFile::replacesOnlyWhenItMay()
{
    QFETCH(QString, there);
    QFETCH(bool, overwrite);
    QFETCH(QString, code);
    const test::Folder folder;
    const QString from = folder.put(u"cached"_s, "new");
    folder.put(u"file"_s, "old");
    folder.makePipe(u"pipe"_s);
    folder.makeFolder(u"folder"_s);
    folder.makeLink(u"pipe"_s, u"to-pipe"_s);
    folder.makeLink(u"folder"_s, u"to-folder"_s);
    folder.makeLink(u"file"_s, u"to-file"_s);
    folder.makeLink(u"nothing"_s, u"dangling"_s);
    folder.makeLink(u"loop"_s, u"loop"_s);
    const QStringList before = folder.names();
    const mode_t mode = folder.mode(there);
    const Result<void> saved = saveCopyAs(from, folder.path(there), overwrite);
    QCOMPARE(saved.error().code, code);
    QCOMPARE(saved.hasValue(), code.isEmpty());
    QCOMPARE(folder.names(), before);
    QCOMPARE(folder.mode(there), mode);
    QVERIFY(S_ISFIFO(folder.mode(u"pipe"_s)));
    QCOMPARE(folder.contents(u"file"_s), code.isEmpty() ? QByteArray("new") : QByteArray("old"));
}

void TestSaveFile::whatIsReplacedKeepsItsPermissions()
{
    const test::Folder folder;
    const QString from = folder.put(u"cached"_s, "new");
    const QString path = folder.put(u"old"_s, "old");
    for (const mode_t mode : {0600, 0660, 0666, 0640}) {
        QCOMPARE(::chmod(QFile::encodeName(path).constData(), mode), 0);
        QVERIFY(saveCopyAs(from, path, true));
        QCOMPARE(folder.mode(u"old"_s), S_IFREG | mode);
    }
}

void TestSaveFile::aLinkLeadsToWhatIsReplaced()
{
    const test::Folder folder;
    const QString from = folder.put(u"cached"_s, "new");
    folder.makeFolder(u"real"_s);
    folder.put(u"real/file"_s, "old");
    folder.makeLink(u"real/file"_s, u"link"_s);
    QVERIFY(saveCopyAs(from, folder.path(u"link"_s), true));
    QVERIFY(S_ISLNK(folder.mode(u"link"_s)));
    QCOMPARE(folder.contents(u"real/file"_s), QByteArray("new"));
    QCOMPARE(folder.names(u"real"_s), QStringList{u"file"_s});
}

void TestSaveFile::whatMayNotBeWrittenIsNotReplaced()
{
    const test::Folder folder;
    QCOMPARE(::chmod(QFile::encodeName(folder.path()).constData(), 0777), 0);
    const QString from = folder.put(u"cached"_s, "new");
    const QString path = folder.put(u"old"_s, "old");
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0444), 0);
    Result<void> saved;
    {
        // faccessat() asks for the real user, who is root in a container.
        const uid_t before = ::getuid();
        const bool wasRoot = before == 0 && ::setresuid(65534, 65534, 0) == 0;
        saved = saveCopyAs(from, path, true);
        if (wasRoot)
            QCOMPARE(::setresuid(0, 0, 0), 0);
    }
    QCOMPARE(saved.error().code, QString(filecode::notWritable));
    QCOMPARE(folder.contents(u"old"_s), QByteArray("old"));
}

void TestSaveFile::whatFailsLeavesTheOldFile_data()
{
    QTest::addColumn<int>("readError");
    QTest::addColumn<QString>("code");
    QTest::newRow("a disk that fails") << EIO << QString(filecode::notReadable);
    QTest::newRow("a disk that is full") << 0 << QString(filecode::diskFull);
}

void TestSaveFile::whatFailsLeavesTheOldFile()
{
    QFETCH(int, readError);
    QFETCH(QString, code);
    const test::Folder folder;
    const QString from = folder.put(u"cached"_s, QByteArray(1'000'000, 'a'));
    const QString path = folder.put(u"old"_s, "old");
    int reads = 0;
    onRead = [&] { return ++reads == 3 ? readError : 0; };
    Result<void> saved;
    {
        const test::FullDisk disk(800'000);
        saved = saveCopyAs(from, path, true);
    }
    onRead = nullptr;
    QCOMPARE(saved.error().code, code);
    QCOMPARE(folder.contents(u"old"_s), QByteArray("old"));
    QCOMPARE(folder.names(), (QStringList{u"cached"_s, u"old"_s}));
}

QTEST_GUILESS_MAIN(TestSaveFile)
#include "tst_savefile.moc"
