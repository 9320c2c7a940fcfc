#include "archive/outgoingfolder.h"

#include "archive/outbox.h"
#include "archive/refusedfiles.h"
#include "archivefixture.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

/// What nothing speaks of goes, and nothing else.
class TestOutgoingFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatNothingSpeaksOfGoes();
    void notWhileAnotherProgramHasIt();

private:
    static QString made(const ArchiveFixture &world, const QString &name, int daysAgo)
    {
        const QString folder = QFileInfo(world.path()).path() + u"/outgoing"_s;
        const QString path = folder + u'/' + name;
        QFile file(path);
        if (!QDir().mkpath(folder) || !file.open(QIODevice::ReadWrite) || file.write("made") != 4 || !file.flush()
            || !file.setFileTime(QDateTime::currentDateTime().addDays(-daysAgo), QFileDevice::FileModificationTime))
            qFatal("%s can't be made", qPrintable(path));
        return path;
    }
    static Result<int> cleaned(OutgoingFolder &folder)
    {
        QObject context;
        return answerOf<int>([&](auto done) { folder.cleanUp(&context, std::move(done)); });
    }
};

void TestOutgoingFolder::whatNothingSpeaksOfGoes()
{
    ArchiveFixture world;
    const AccountId account = world.account().id;
    const QString sent = made(world, u"draft.zip"_s, 40);
    const QString refused = made(world, u"large.zip"_s, 3);
    const QString left = made(world, u"left.zip"_s, 3);
    const QString hidden = made(world, u".left"_s, 3);
    const QString fresh = made(world, u"fresh.png"_s, 0);
    const QString link = QFileInfo(left).path() + u"/link"_s;
    QVERIFY(QFile::link(world.path(), link));
    QVERIFY(QDir().mkpath(QFileInfo(left).path() + u"/folder"_s));
    QObject context;
    {
        Outbox outbox(world.archive());
        outbox.load();
        QSignalSpy loaded(&outbox, &Outbox::loaded);
        QVERIFY(outbox.isLoaded() || loaded.wait());
        OutboxEntry entry = Outbox::newEntry(account, "AddCommunicationToCase", u"case-1"_s);
        entry.input = "{}";
        outbox.save(entry);
        QVERIFY(outbox.files().add(entry.id, account, {.path = sent, .name = u"draft.zip"_s, .size = 4}, true));
        RefusedFiles(world.archive()).store(u"case-2"_s, {{.path = refused, .size = 4}}, &context);
    }
    OutgoingFolder folder(world.archive());
    const Result<int> removed = cleaned(folder);
    QVERIFY(removed);
    QCOMPARE(*removed, 2);
    QVERIFY(!QFile::exists(left) && !QFile::exists(hidden));
    for (const QString &kept : {sent, refused, fresh, link, world.path()})
        QVERIFY2(QFile::exists(kept), qPrintable(kept));
}

void TestOutgoingFolder::notWhileAnotherProgramHasIt()
{
    ArchiveFixture world;
    QString left;
    {
        Archive others; // each has the folder by itself, as two programs do
        QVERIFY(answerOf<void>([&](auto done) { others.open(world.path(), &others, std::move(done)); }));
        OutgoingFolder first(others);
        QVERIFY(cleaned(first));
        left = made(world, u"left.zip"_s, 3);
        OutgoingFolder second(world.archive());
        QCOMPARE(*cleaned(second), 0);
        QVERIFY(QFile::exists(left));
    }
    OutgoingFolder third(world.archive());
    QCOMPARE(*cleaned(third), 1);
    QVERIFY(!QFile::exists(left));
}

QTEST_GUILESS_MAIN(TestOutgoingFolder)
#include "tst_outgoingfolder.moc"
