#include "transfer/splitzipjob.h"

#include "transfer/filecode.h"
#include "transfer/files.h"
#include "transfer/zipjob.h"
#include "transfer/zipparts.h"

#include <QMap>
#include <QRandomGenerator>
#include <QSignalSpy>

#include <zip.h>

#include <memory>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

QByteArray splitNoise(qsizetype size, quint32 seed)
{
    QByteArray bytes((size + 3) & ~qsizetype(3), Qt::Uninitialized);
    QRandomGenerator random(seed);
    random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
    return bytes.first(size);
}

QMap<QString, QByteArray> readZip(const QString &path)
{
    QMap<QString, QByteArray> files;
    const std::unique_ptr<zip_t, void (*)(zip_t *)> zip(zip_open(QFile::encodeName(path).constData(), 0, nullptr),
                                                        &zip_discard);
    for (zip_int64_t i = 0; zip && i < zip_get_num_entries(zip.get(), 0); ++i) {
        zip_stat_t status;
        zip_stat_index(zip.get(), zip_uint64_t(i), 0, &status);
        QByteArray bytes(qsizetype(status.size), Qt::Uninitialized);
        zip_file_t *file = zip_fopen_index(zip.get(), zip_uint64_t(i), 0);
        if (zip_fread(file, bytes.data(), zip_uint64_t(bytes.size())) != bytes.size())
            bytes = "unreadable";
        zip_fclose(file);
        files.insert(QString::fromUtf8(status.name), bytes);
    }
    return files;
}

template <class SomeJob> Result<void> run(SomeJob &job)
{
    job.setAutoDelete(false);
    Result<void> result;
    QObject::connect(&job, &Job::finished, &job, [&result](const Result<void> &ended) { result = ended; });
    QSignalSpy finished(&job, &Job::finished);
    job.start();
    return finished.wait(20'000) ? result : Result<void>(Error{.kind = Error::Kind::Archive});
}

} // namespace

class TestSplitZipJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFolderGoesInParts();
    void oneFileThatIsTooLargeCannotBeSplit();
    void namesThatAreTakenStay();
    void whatIsNoZipIsTold();
};

void TestSplitZipJob::aFolderGoesInParts()
{
    const test::Folder folder;
    folder.makeFolder(u"logs/deep"_s);
    QMap<QString, QByteArray> expected{{u"logs/"_s, {}}, {u"logs/deep/"_s, {}}};
    for (int i = 0; i < 7; ++i) {
        const QString name = u"logs/%1%2.log"_s.arg(i % 2 ? u"deep/"_s : QString()).arg(i);
        expected.insert(name, splitNoise(40'000, quint32(i + 1)));
        folder.put(name, expected.value(name));
    }
    ZipJob all({folder.path(u"logs"_s)}, folder.path(u"logs.zip"_s));
    QVERIFY(run(all));
    constexpr qint64 largest = 100'000;
    SplitZipJob job(folder.path(u"logs.zip"_s), largest);
    const Result<void> done = run(job);
    QVERIFY2(done, qPrintable(done ? QString() : done.error().toLine()));
    QCOMPARE(job.made(),
             (QStringList{folder.path(u"logs-1.zip"_s), folder.path(u"logs-2.zip"_s), folder.path(u"logs-3.zip"_s),
                          folder.path(u"logs-4.zip"_s)}));
    QMap<QString, QByteArray> found;
    for (const QString &part : job.made()) {
        QVERIFY2(QFileInfo(part).size() <= largest, qPrintable(part));
        QCOMPARE(folder.mode(QFileInfo(part).fileName()) & 0777, 0600u);
        found.insert(readZip(part));
    }
    QCOMPARE(found, expected);
    QVERIFY(QFile::exists(folder.path(u"logs.zip"_s)));
    QCOMPARE(folder.names().size(), 6); // no rest beside them
}

void TestSplitZipJob::oneFileThatIsTooLargeCannotBeSplit()
{
    const test::Folder folder;
    folder.makeFolder(u"logs"_s);
    folder.put(u"logs/a"_s, splitNoise(1'000, 1));
    folder.put(u"logs/b"_s, splitNoise(100'000, 2));
    ZipJob all({folder.path(u"logs"_s)}, folder.path(u"logs.zip"_s));
    QVERIFY(run(all));
    const Result<ZipParts> parts = planZipParts(folder.path(u"logs.zip"_s), 100'000);
    QVERIFY(parts && parts->isEmpty());
    SplitZipJob job(folder.path(u"logs.zip"_s), 100'000);
    QCOMPARE(run(job).error().code, QString(filecode::tooLarge));
    QCOMPARE(folder.names(), (QStringList{u"logs"_s, u"logs.zip"_s}));
}

void TestSplitZipJob::namesThatAreTakenStay()
{
    const test::Folder folder;
    folder.makeFolder(u"x"_s);
    folder.put(u"x/a"_s, splitNoise(3'000, 1));
    folder.put(u"x/b"_s, splitNoise(3'000, 2));
    folder.put(u"x-1.zip"_s, "mine");
    ZipJob all({folder.path(u"x"_s)}, folder.path(u"x.zip"_s));
    QVERIFY(run(all));
    SplitZipJob job(folder.path(u"x.zip"_s), 4'500);
    QVERIFY(run(job));
    QCOMPARE(job.made(), (QStringList{folder.path(u"x-2.zip"_s), folder.path(u"x-3.zip"_s)}));
    QCOMPARE(folder.contents(u"x-1.zip"_s), QByteArray("mine"));
}

void TestSplitZipJob::whatIsNoZipIsTold()
{
    const test::Folder folder;
    folder.put(u"x.zip"_s, "no ZIP");
    SplitZipJob job(folder.path(u"x.zip"_s), 1'000);
    QCOMPARE(run(job).error().kind, Error::Kind::File);
    QCOMPARE(folder.names(), QStringList{u"x.zip"_s});
}

QTEST_GUILESS_MAIN(TestSplitZipJob)
#include "tst_splitzipjob.moc"
