#include "transfer/targetfile.h"

#include "transfer/filecode.h"
#include "transfer/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <utime.h>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

Result<void> writeWords(TargetFile &file, const QByteArray &words)
{
    const Result<void> opened = file.open();
    return opened ? file.append(words.constData(), words.size()) : opened;
}

void makeOld(const test::Folder &folder, const QString &name)
{
    const utimbuf longAgo{.actime = 1'000'000'000, .modtime = 1'000'000'000};
    QCOMPARE(::utime(folder.encoded(name).constData(), &longAgo), 0);
}

} // namespace

class TestTargetFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void appearsWhenItIsWhole();
    void replacesWithItsRights();
    void whatComesInBetween();
    void onlyFilesAreReplaced();
    void whatAKilledProgramLeftGoes();
    void foldersThatAKilledProgramLeftGo();
};

void TestTargetFile::appearsWhenItIsWhole()
{
    const test::Folder folder;
    {
        TargetFile file(folder.path(u"a.csv"_s));
        QVERIFY(writeWords(file, "half"));
    }
    QVERIFY(folder.names().isEmpty());
    TargetFile file(folder.path(u"a.csv"_s));
    QVERIFY(writeWords(file, "all of it"));
    QVERIFY(folder.names().isEmpty()); // whoever is killed here leaves nothing
    QVERIFY(file.flush());
    QVERIFY(file.commit());
    QCOMPARE(folder.names(), QStringList{u"a.csv"_s});
    QCOMPARE(folder.contents(u"a.csv"_s), QByteArray("all of it"));
}

void TestTargetFile::replacesWithItsRights()
{
    const test::Folder folder;
    folder.put(u"a.csv"_s, "old");
    QCOMPARE(::chmod(folder.encoded(u"a.csv"_s).constData(), 0740), 0);
    folder.makeLink(u"a.csv"_s, u"link"_s);
    TargetFile file(folder.path(u"link"_s));
    QVERIFY(writeWords(file, "new"));
    QCOMPARE(folder.contents(u"a.csv"_s), QByteArray("old"));
    QVERIFY(file.commit());
    QCOMPARE(folder.contents(u"a.csv"_s), QByteArray("new"));
    QCOMPARE(folder.mode(u"a.csv"_s) & 0777, 0640u);
    QVERIFY(S_ISLNK(folder.mode(u"link"_s)));
    QCOMPARE(folder.names(), (QStringList{u"a.csv"_s, u"link"_s}));
}

void TestTargetFile::whatComesInBetween()
{
    const test::Folder folder;
    TargetFile careful(folder.path(u"a"_s));
    QVERIFY(careful.open(false));
    TargetFile file(folder.path(u"a"_s));
    QVERIFY(writeWords(file, "new"));
    folder.put(u"a"_s, "another's");
    QCOMPARE(careful.commit().error().code, QString(filecode::exists));
    QCOMPARE(folder.contents(u"a"_s), QByteArray("another's"));
    QVERIFY(file.commit());
    QCOMPARE(folder.contents(u"a"_s), QByteArray("new"));
    TargetFile last(folder.path(u"b"_s));
    QVERIFY(writeWords(last, "new"));
    folder.makePipe(u"b"_s);
    QVERIFY(!last.commit());
    QVERIFY(S_ISFIFO(folder.mode(u"b"_s)));
}

void TestTargetFile::onlyFilesAreReplaced()
{
    const test::Folder folder;
    folder.makeFolder(u"folder"_s);
    folder.makePipe(u"pipe"_s);
    folder.makeLink(u"nowhere"_s, u"dead"_s);
    folder.put(u"there"_s, "mine");
    QCOMPARE(TargetFile(folder.path(u"folder"_s)).open().error().code, QString(filecode::folder));
    QCOMPARE(TargetFile(folder.path(u"pipe"_s)).open().error().code, QString(filecode::notRegular));
    QCOMPARE(TargetFile(folder.path(u"dead"_s)).open().error().code, QString(filecode::deadLink));
    QCOMPARE(TargetFile(folder.path(u"there"_s)).open(false).error().code, QString(filecode::exists));
    QVERIFY(!TargetFile(folder.path(u"none/file"_s)).open());
}

void TestTargetFile::whatAKilledProgramLeftGoes()
{
    const test::Folder folder;
    for (const QString &name : {u".casement-1.part"_s, u".casement-2.part"_s, u".casement-3"_s, u".other.part"_s}) {
        folder.put(name, "rest");
        makeOld(folder, name);
    }
    folder.put(u".casement-4.part"_s, "made just now");
    const FileHandle used(::open(folder.encoded(u".casement-2.part"_s).constData(), O_RDONLY | O_CLOEXEC));
    QCOMPARE(::flock(used.get(), LOCK_EX | LOCK_NB), 0); // another program writes it
    TargetFile file(folder.path(u"a"_s));
    QVERIFY(writeWords(file, "new"));
    QVERIFY(file.commit());
    QCOMPARE(folder.names(),
             (QStringList{u".casement-2.part"_s, u".casement-3"_s, u".casement-4.part"_s, u".other.part"_s, u"a"_s}));
}

void TestTargetFile::foldersThatAKilledProgramLeftGo()
{
    const test::Folder folder;
    for (const QString &name : {u".casement-zip-aaaaaa"_s, u".casement-zip-longer1"_s, u".casement-csv-bbbbbb"_s}) {
        folder.makeFolder(name);
        folder.put(name + u"/whole.zip"_s, "rest");
    } // made just now: it is the lock that counts
    std::optional<UnfinishedFolder> used(std::in_place, folder.path(), u"zip"_s);
    QVERIFY(used->isValid());
    QCOMPARE(folder.names().size(), 3);
    QVERIFY(!folder.names().contains(u".casement-zip-aaaaaa"_s));
    const UnfinishedFolder another(folder.path(), u"zip"_s); // leaves what is used
    QCOMPARE(folder.names().size(), 4);
    used.reset();
    QCOMPARE(folder.names().size(), 3);
}

QTEST_GUILESS_MAIN(TestTargetFile)
#include "tst_targetfile.moc"
