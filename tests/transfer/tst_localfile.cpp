#include "transfer/localfile.h"

#include "transfer/filecode.h"
#include "transfer/filename.h"
#include "transfer/files.h"

#include <QUrl>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>

#include <cerrno>
#include <functional>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// What happens at each pread(); returns the errno that it fails with, or 0.
std::function<int(qint64 offset)> onRead;

} // namespace

// Instead of libc's: a disk that fails, and a file that changes just then.
extern "C" ssize_t pread(int descriptor, void *data, size_t size, off_t offset)
{
    const int error = onRead ? onRead(offset) : 0;
    if (error != 0) {
        errno = error;
        return -1;
    }
    // In pieces, as a signal may cut it.
    return ::syscall(SYS_pread64, descriptor, data, std::min<size_t>(size, 1000), offset);
}

/// A file is read as it was chosen, or not at all.
class TestLocalFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { onRead = nullptr; }

    void readsWhatWasChosen();
    void refusesWhatIsNoFile_data();
    void refusesWhatIsNoFile();
    void aDeviceIsRefused();
    void aSocketIsRefused();
    void whatMayNotBeReadIsRefused();
    void aLinkLeadsToTheFile();
    void aRelativePathIsMadeWhole();
    void sizesAreToldByLooks();
    void whatChangedIsNotRead_data();
    void whatChangedIsNotRead();
    void whatChangesWhileItIsReadIsNotRead_data();
    void whatChangesWhileItIsReadIsNotRead();
    void aFailingDiskIsTold();
    void lessThanItsSizeIsNotRead();
    void namesThatAreNotUtf8();
    void bytesArePaths();
    void messagesAreHarmless();
    void textsForALook_data();
    void textsForALook();
    void placesOfKeys_data();
    void placesOfKeys();
    void placesAreTheSameUnderOtherNames();
};

void TestLocalFile::readsWhatWasChosen()
{
    const test::Folder folder;
    QByteArray bytes;
    for (int i = 0; i < 70'000; ++i)
        bytes.append(char(i * 7 % 251));
    const QString path = folder.put(u"報告 (1).log"_s, bytes);
    const Result<LocalFile> file = inspectFile(path);
    QVERIFY(file);
    QCOMPARE(file->path, path);
    QCOMPARE(file->name, u"報告 (1).log"_s);
    QCOMPARE(file->size, bytes.size());
    QVERIFY(file->modified > 1'600'000'000'000'000'000);
    QVERIFY(file->inode != 0);
    QVERIFY(*inspectFile(path) == *file);
    const Result<QByteArray> whole = readWhole(*file, bytes.size());
    QVERIFY(whole);
    QCOMPARE(*whole, bytes);
    QByteArray parts;
    for (qint64 at = 0; at < bytes.size(); at += 4096) {
        const Result<QByteArray> part = readPart(*file, at, std::min<qint64>(4096, bytes.size() - at));
        QVERIFY(part);
        parts += *part;
    }
    QCOMPARE(parts, bytes);
    QCOMPARE(readPart(*file, bytes.size(), 0)->size(), 0);
}

void TestLocalFile::refusesWhatIsNoFile_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *title, const QString &name, QLatin1StringView code) {
        QTest::newRow(title) << name << QString(code);
    };
    row("a folder", u"folder"_s, filecode::folder);
    row("a link to a folder", u"to-folder"_s, filecode::folder);
    row("a pipe that nobody writes", u"pipe"_s, filecode::notRegular);
    row("a link to a pipe", u"to-pipe"_s, filecode::notRegular);
    row("a link to nothing", u"dangling"_s, filecode::deadLink);
    row("a link to itself", u"loop"_s, filecode::deadLink);
    row("two links to each other", u"ping"_s, filecode::deadLink);
    row("a file of no bytes", u"empty"_s, filecode::empty);
    row("nothing", u"nothing"_s, filecode::vanished);
    row("in a folder that is not there", u"none/file"_s, filecode::vanished);
    row("below a file", u"file/below"_s, filecode::vanished);
    row("a file with a slash behind", u"file/"_s, filecode::vanished);
    row("a zero in the name", u"file"_s + QChar(0) + u".txt"_s, filecode::vanished);
    row("a name that is too long", QString(256, u'n'), filecode::notReadable);
    row("a path that is too long", QString(3000, u'/') + u"file"_s + QString(3000, u'/'), filecode::notReadable);
}

void TestLocalFile::refusesWhatIsNoFile()
{
    QFETCH(QString, name);
    QFETCH(QString, code);
    const test::Folder folder;
    folder.put(u"file"_s, "bytes");
    folder.put(u"empty"_s, {});
    folder.makeFolder(u"folder"_s);
    folder.makePipe(u"pipe"_s);
    folder.makeLink(u"folder"_s, u"to-folder"_s);
    folder.makeLink(u"pipe"_s, u"to-pipe"_s);
    folder.makeLink(u"nowhere"_s, u"dangling"_s);
    folder.makeLink(u"loop"_s, u"loop"_s);
    folder.makeLink(u"pong"_s, u"ping"_s);
    folder.makeLink(u"ping"_s, u"pong"_s);
    const Result<LocalFile> file = inspectFile(folder.path() + u'/' + name);
    QVERIFY(!file);
    QCOMPARE(file.error().kind, Error::Kind::File);
    QCOMPARE(file.error().code, code);
    QVERIFY2(file.error().message.contains(u" can't be read: "_s), qPrintable(file.error().message));
    // What was a file when it was chosen and is this now is refused as well.
    const LocalFile chosen{.path = folder.path() + u'/' + name, .name = name, .size = 5};
    const Result<QByteArray> bytes = readPart(chosen, 0, 5);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().code, code == filecode::empty ? QString(filecode::changed) : code);
}

void TestLocalFile::aDeviceIsRefused()
{
    for (const QString &path : {u"/dev/zero"_s, u"/dev/null"_s, u"/dev/tty"_s, u"/dev/stdin"_s}) {
        if (!QFile::exists(path))
            continue;
        const Result<LocalFile> file = inspectFile(path);
        if (path == u"/dev/stdin" && file)
            continue; // a test may be given a file to read
        QVERIFY2(!file, qPrintable(path));
        if (path != u"/dev/stdin")
            QCOMPARE(file.error().code, QString(filecode::notRegular));
    }
    QCOMPARE(inspectFile(QString()).error().code, QString(filecode::vanished));
    QCOMPARE(inspectFile(u"/"_s).error().code, QString(filecode::folder));
}

void TestLocalFile::aSocketIsRefused()
{
    const test::Folder folder;
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    const QByteArray path = folder.encoded(u"socket"_s);
    QVERIFY(path.size() < qsizetype(sizeof(address.sun_path)));
    std::copy(path.begin(), path.end(), address.sun_path);
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int bound = ::bind(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof(address));
    const Result<LocalFile> file = inspectFile(folder.path(u"socket"_s));
    ::close(descriptor);
    QCOMPARE(bound, 0);
    QVERIFY(!file);
    QCOMPARE(file.error().code, QString(filecode::notRegular));
}

void TestLocalFile::whatMayNotBeReadIsRefused()
{
    const test::Folder folder;
    const QString path = folder.put(u"private"_s, "bytes");
    QCOMPARE(::chmod(folder.encoded(u"private"_s).constData(), 0), 0);
    QCOMPARE(::chmod(QFile::encodeName(folder.path()).constData(), 0755), 0);
    const Result<LocalFile> file = [&path] {
        const test::Nobody nobody;
        return inspectFile(path);
    }();
    QVERIFY(!file);
    QCOMPARE(file.error().code, QString(filecode::notReadable));
    QVERIFY2(file.error().message.contains(path), qPrintable(file.error().message));
}

void TestLocalFile::aLinkLeadsToTheFile()
{
    const test::Folder folder;
    folder.put(u"file"_s, "bytes");
    folder.makeLink(u"file"_s, u"link"_s);
    const Result<LocalFile> file = inspectFile(folder.path(u"link"_s));
    QVERIFY(file);
    QCOMPARE(file->name, u"link"_s);
    QCOMPARE(file->inode, inspectFile(folder.path(u"file"_s))->inode);
    QCOMPARE(*readWhole(*file, 100), QByteArray("bytes"));
}

void TestLocalFile::aRelativePathIsMadeWhole()
{
    const test::Folder folder;
    folder.put(u"file"_s, "bytes");
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(folder.path()));
    const Result<LocalFile> file = inspectFile(u"file"_s);
    QVERIFY(QDir::setCurrent(before));
    QVERIFY(file);
    QVERIFY(file->path.startsWith(u'/'));
    QVERIFY(readWhole(*file, 100));
}

void TestLocalFile::sizesAreToldByLooks()
{
    const test::Folder folder;
    const QString path = folder.put(u"sparse"_s, {});
    constexpr qint64 size = 10'000'000'000;
    QCOMPARE(::truncate(QFile::encodeName(path).constData(), size), 0);
    const Result<LocalFile> file = inspectFile(path);
    QVERIFY(file);
    QCOMPARE(file->size, size);
    QVERIFY(QFile::remove(path)); // not even opened
    const Result<QByteArray> bytes = readWhole(*file, 5 * 1024 * 1024);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().code, QString(filecode::tooLarge));
    QVERIFY(bytes.error().message.contains(u"10000000000"_s));
}

void TestLocalFile::whatChangedIsNotRead_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("code");
    for (const char *how :
         {"grown", "shrunk", "written again", "written and put back", "swapped for its twin", "touched"})
        QTest::newRow(how) << QString::fromLatin1(how) << QString(filecode::changed);
    QTest::newRow("gone") << u"gone"_s << QString(filecode::vanished);
    QTest::newRow("a pipe now") << u"a pipe now"_s << QString(filecode::notRegular);
    QTest::newRow("a folder now") << u"a folder now"_s << QString(filecode::folder);
    QTest::newRow("not readable now") << u"not readable now"_s << QString(filecode::notReadable);
}

void TestLocalFile::whatChangedIsNotRead()
{
    QFETCH(QString, how);
    QFETCH(QString, code);
    const test::Folder folder;
    const QString path = folder.put(u"file"_s, "0123456789");
    const QByteArray encoded = QFile::encodeName(path);
    QCOMPARE(::chmod(QFile::encodeName(folder.path()).constData(), 0755), 0);
    const LocalFile file = *inspectFile(path);
    const auto setTime = [&file](const QByteArray &name, qint64 change) {
        const qint64 time = file.modified + change;
        const timespec times[2] = {{0, UTIME_OMIT}, {time / 1'000'000'000, time % 1'000'000'000}};
        QCOMPARE(::utimensat(AT_FDCWD, name.constData(), times, 0), 0);
    };
    if (how == u"grown") {
        folder.put(u"file"_s, "0123456789a");
        setTime(encoded, 0);
    } else if (how == u"shrunk") {
        folder.put(u"file"_s, "012345678");
        setTime(encoded, 0);
    } else if (how == u"written again") {
        folder.put(u"file"_s, "9876543210");
        setTime(encoded, 1'000);
    } else if (how == u"written and put back") {
        folder.put(u"file"_s, "9876543210");
        setTime(encoded, 0);
    } else if (how == u"touched") {
        setTime(encoded, 1);
    } else if (how == u"swapped for its twin") {
        folder.put(u"twin"_s, "9876543210");
        setTime(folder.encoded(u"twin"_s), 0);
        QCOMPARE(::rename(folder.encoded(u"twin"_s).constData(), encoded.constData()), 0);
    } else if (how == u"not readable now") {
        QCOMPARE(::chmod(encoded.constData(), 0), 0);
    } else {
        QVERIFY(QFile::remove(path));
        if (how == u"a pipe now")
            folder.makePipe(u"file"_s);
        else if (how == u"a folder now")
            folder.makeFolder(u"file"_s);
    }
    const test::Nobody nobody;
    int reads = 0;
    onRead = [&reads](qint64) {
        ++reads;
        return 0;
    };
    const Result<QByteArray> bytes = readPart(file, 2, 3);
    QVERIFY(!bytes);
    QCOMPARE(reads, 0);
    QCOMPARE(bytes.error().code, code);
    QVERIFY(bytes.error().message.contains(path));
}

void TestLocalFile::whatChangesWhileItIsReadIsNotRead_data()
{
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("cut") << QByteArray("cut");
    QTest::newRow("emptied") << QByteArray();
    QTest::newRow("grown") << QByteArray(9'000, 'b');
    QTest::newRow("written again") << QByteArray(5'000, 'b');
}

void TestLocalFile::whatChangesWhileItIsReadIsNotRead()
{
    QFETCH(QByteArray, after);
    const test::Folder folder;
    const QString path = folder.put(u"file"_s, QByteArray(5'000, 'a'));
    const timespec early[2] = {{1'000'000'000, 0}, {1'000'000'000, 0}};
    QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), early, 0), 0);
    const LocalFile file = *inspectFile(path);
    onRead = [&](qint64 offset) {
        if (offset == 2'000)
            folder.put(u"file"_s, after);
        return 0;
    };
    const Result<QByteArray> bytes = readWhole(file, 10'000);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().code, QString(filecode::changed));
}

void TestLocalFile::aFailingDiskIsTold()
{
    const test::Folder folder;
    const QString path = folder.put(u"file"_s, QByteArray(5'000, 'a'));
    const LocalFile file = *inspectFile(path);
    bool wasDisturbed = false;
    onRead = [&wasDisturbed](qint64 offset) {
        if (!wasDisturbed) {
            wasDisturbed = true;
            return EINTR;
        }
        return offset == 3'000 ? EIO : 0;
    };
    QVERIFY(readPart(file, 0, 3'000));
    const Result<QByteArray> bytes = readPart(file, 0, 3'001);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().code, QString(filecode::notReadable));
    QCOMPARE(bytes.error().message, path + u" can't be read: it failed at byte 3000: "_s + qt_error_string(EIO));
}

void TestLocalFile::lessThanItsSizeIsNotRead()
{
    const QString path = u"/sys/devices/system/cpu/online"_s; // says it has a page of bytes
    const Result<LocalFile> file = inspectFile(path);
    if (!file)
        QSKIP("no sysfs");
    const Result<QByteArray> bytes = readWhole(*file, file->size);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().code, QString(filecode::changed));
}

void TestLocalFile::namesThatAreNotUtf8()
{
    const test::Folder folder;
    const auto put = [&folder](const QByteArray &name, const QByteArray &bytes) {
        const QByteArray path = QFile::encodeName(folder.path()) + '/' + name;
        const int descriptor = ::open(path.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        QCOMPARE(::write(descriptor, bytes.constData(), size_t(bytes.size())), bytes.size());
        ::close(descriptor);
    };
    put("caf\xe9.txt", "latin");
    const QByteArray url = QUrl::fromLocalFile(folder.path()).toEncoded() + "/caf%E9.txt";
    const QString dropped = QUrl::fromEncoded(url).toLocalFile();
    QVERIFY2(dropped.endsWith(u"/caf\ufffd.txt"_s), qPrintable(dropped));
    const Result<LocalFile> file = inspectFile(dropped);
    QVERIFY2(file, qPrintable(file ? QString() : file.error().message));
    QCOMPARE(*readWhole(*file, 100), QByteArray("latin"));
    put("caf\xe8.txt", "other"); // reads the same: nobody can say which one is meant
    QCOMPARE(inspectFile(dropped).error().code, QString(filecode::vanished));
    // By its bytes each of them can be.
    for (const auto &[name, bytes] : {std::pair("caf\xe9.txt", "latin"), std::pair("caf\xe8.txt", "other")}) {
        const QByteArray path = QFile::encodeName(folder.path()) + '/' + name;
        const Result<LocalFile> one = inspectFile(pathFromBytes(path));
        QVERIFY2(one, qPrintable(one ? QString() : one.error().message));
        QCOMPARE(*readWhole(*one, 100), QByteArray(bytes));
        QCOMPARE(one->name, name[3] == '\xe9' ? u"caf%E9.txt"_s : u"caf%E8.txt"_s);
    }
    QVERIFY(
        inspectFile(pathFromBytes(QFile::encodeName(folder.path()) + "/x\xe9")).error().message.contains(u"/x%E9 "_s));
    put("caf\xef\xbf\xbd.txt", "exact");
    QCOMPARE(*readWhole(*inspectFile(dropped), 100), QByteArray("exact"));
    for (const char *name : {"/caf\xe9.txt", "/caf\xe8.txt"}) // QTemporaryDir does not see them
        QCOMPARE(::unlink((QFile::encodeName(folder.path()) + name).constData()), 0);
}

void TestLocalFile::bytesArePaths()
{
    QCOMPARE(pathFromBytes("/tmp/報告.txt"), u"/tmp/報告.txt"_s);
    // Cut, overlong, beyond Unicode, and half a pair of UTF-16
    QCOMPARE(pathFromBytes("/a\xe5\xa0/b\xc0\xaf\xf4\x90\x80\x80\xed\xa0\x80é"),
             u"/a\uefe5\uefa0/b\uefc0\uefaf\ueff4\uef90\uef80\uef80\uefed\uefa0\uef80é"_s);
    QCOMPARE(readableName(u"caf\uefe9.txt"_s), u"caf%E9.txt"_s);
}

void TestLocalFile::messagesAreHarmless()
{
    const test::Folder folder;
    const QString name = u"a\u202egnp.\n\x1b[31m\u2066\u2028b"_s;
    folder.put(name, {});
    const Result<LocalFile> file = inspectFile(folder.path(name));
    QVERIFY(!file);
    QCOMPARE(file.error().code, QString(filecode::empty));
    QVERIFY2(test::isHarmless(file.error().message), qPrintable(file.error().message));
}

void TestLocalFile::textsForALook_data()
{
    const QString text = QStringLiteral("first\nkey AKIAIOSFODNN7EXAMPLE 東京\r\n");
    QByteArray picture("\x89PNG\r\n\x1a\n");
    for (int i = 0; i < 4000; ++i)
        picture += char(i * 37 + i / 7);
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isRead");
    QTest::newRow("UTF-8") << text.toUtf8() << true;
    QTest::newRow("a byte of Latin-1") << "caf\xe9\n" + text.toUtf8() << true;
    QTest::newRow("a zero") << QByteArray(1, '\0') + text.toUtf8() << true;
    QTest::newRow("colours of a terminal") << "\x1b[31m" + text.toUtf8() + "\x1b[0m" << true;
    for (const auto &[name, encoding, mark] :
         {std::tuple("UTF-16LE", QStringEncoder::Utf16LE, QByteArray("\xff\xfe")),
          std::tuple("UTF-16BE", QStringEncoder::Utf16BE, QByteArray("\xfe\xff"))}) {
        QStringEncoder encoder(encoding);
        const QByteArray bytes = encoder(text);
        QTest::addRow("%s", name) << mark + bytes << true;
        QTest::addRow("%s without its mark", name) << bytes << true;
    }
    QTest::newRow("long") << text.toUtf8() + QByteArray(6 << 20, 'x') << true;
    QTest::newRow("a picture") << picture << false;
}

void TestLocalFile::textsForALook()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isRead);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    file.close();
    const QString text = readText(*inspectFile(file.fileName()));
    QCOMPARE(text.contains(QStringLiteral("AKIAIOSFODNN7EXAMPLE")), isRead);
    QVERIFY(text.size() <= 5 << 20);
    if (!isRead)
        QVERIFY(text.isEmpty());
}

void TestLocalFile::placesOfKeys_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isOne");
    const auto row = [](const QString &path, bool isOne) { QTest::newRow(qPrintable(path)) << path << isOne; };
    row(u".aws/credentials"_s, true);
    row(u".aws"_s, true);
    row(u".aws/"_s, true);
    row(u".aws/not/there"_s, true);
    row(u".ssh/id_ed25519"_s, true);
    row(u".gnupg/private-keys-v1.d/key"_s, true);
    row(u".local/share/keyrings/login.keyring"_s, true);
    row(u".kube/config"_s, true);
    row(u".config/gcloud/credentials.db"_s, true);
    row(u".netrc"_s, true);
    row(u"innocent.txt"_s, true); // a link to a key
    row(u"innocent/credentials"_s, true); // by a link to a folder
    row(u"docs/../.ssh/id_ed25519"_s, true);
    row(u"elsewhere/credentials"_s, true); // AWS_SHARED_CREDENTIALS_FILE
    row(u"dotfiles/kube/config"_s, true); // ~/.kube is a link to its folder
    row(u".awsome/credentials"_s, false);
    row(u"docs/report.txt"_s, false);
    row(u"docs/.aws/credentials"_s, false);
    row(u"elsewhere/other"_s, false);
    row(u".local/share/other"_s, false);
    row(u""_s, false);
}

void TestLocalFile::placesOfKeys()
{
    QFETCH(QString, path);
    QFETCH(bool, isOne);
    const test::Folder folder;
    for (const QString &name : {u".aws"_s, u".ssh"_s, u".gnupg/private-keys-v1.d"_s, u".local/share/keyrings"_s,
                                u".config/gcloud"_s, u"docs/.aws"_s, u"elsewhere"_s, u"dotfiles/kube"_s})
        folder.makeFolder(name);
    for (const QString &name : {u".aws/credentials"_s, u".ssh/id_ed25519"_s, u".local/share/keyrings/login.keyring"_s,
                                u"dotfiles/kube/config"_s, u"docs/report.txt"_s, u"elsewhere/credentials"_s})
        folder.put(name, "x");
    folder.makeLink(u".ssh/id_ed25519"_s, u"innocent.txt"_s);
    folder.makeLink(u".aws"_s, u"innocent"_s);
    folder.makeLink(u"dotfiles/kube"_s, u".kube"_s);
    const QByteArray home = qgetenv("HOME");
    qputenv("HOME", QFile::encodeName(folder.path()));
    qputenv("AWS_SHARED_CREDENTIALS_FILE", "~/elsewhere/credentials");
    qunsetenv("XDG_DATA_HOME");
    qunsetenv("XDG_CONFIG_HOME");
    const bool found = isInKeyFolder(path.isEmpty() ? folder.path() : folder.path() + u'/' + path);
    const QList<FileId> places = keyPlaces();
    qputenv("HOME", home);
    qunsetenv("AWS_SHARED_CREDENTIALS_FILE");
    QCOMPARE(found, isOne);
    QCOMPARE(places.size(), 7);
}

void TestLocalFile::placesAreTheSameUnderOtherNames()
{
    const test::Folder folder;
    folder.makeFolder(u"home/.aws"_s);
    folder.makeLink(u"home"_s, u"other"_s);
    folder.put(u"home/.aws/config"_s, "x");
    const QByteArray home = qgetenv("HOME");
    qputenv("HOME", folder.encoded(u"other"_s));
    const bool byName = isInKeyFolder(folder.path(u"other/.aws/config"_s));
    const bool byTarget = isInKeyFolder(folder.path(u"home/.aws/config"_s));
    qputenv("HOME", home);
    QVERIFY(byName);
    QVERIFY(byTarget);
}

QTEST_GUILESS_MAIN(TestLocalFile)
#include "tst_localfile.moc"
