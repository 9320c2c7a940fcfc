#include "ui/thumbnails.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <sys/stat.h>

using namespace casement;
using namespace Qt::StringLiterals;

/// Small pictures of files.
class TestThumbnails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void picturesAreMadeSmall();
    void hostileFilesHaveNone_data();
    void hostileFilesHaveNone();
    void noPipeIsWaitedFor();
    void areMadeBesideTheWindow();

private:
    QString put(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("no file");
        return file.fileName();
    }
    QString picture(const QString &name, const QSize &size) const
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(Qt::red);
        if (!image.save(m_folder.filePath(name)))
            qFatal("no picture");
        return m_folder.filePath(name);
    }

    QTemporaryDir m_folder;
};

void TestThumbnails::picturesAreMadeSmall()
{
    QCOMPARE(Thumbnails::make(picture(u"a.png"_s, {300, 200}), 36).size(), QSize(36, 24));
    QCOMPARE(Thumbnails::make(picture(u"a.jpg"_s, {200, 3000}), 36).size(), QSize(2, 36));
    QCOMPARE(Thumbnails::make(picture(u"b.png"_s, {8, 8}), 36).size(), QSize(8, 8)); // never larger
}

void TestThumbnails::hostileFilesHaveNone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QFile file(picture(u"whole.png"_s, {64, 64}));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("no picture");
    QTest::newRow("a page") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>");
    QTest::newRow("nothing but a head") << whole.first(8);
    for (const quint32 side : {20'000u, 0x7fffffffu}) { // a header that promises more than there is memory
        QByteArray bomb = whole;
        qToBigEndian(side, bomb.data() + 16);
        qToBigEndian(side, bomb.data() + 20);
        QTest::addRow("%u", side) << bomb;
    }
}

void TestThumbnails::hostileFilesHaveNone()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(Thumbnails::make(put(u"hostile.png"_s, bytes), 36).isNull());
}

void TestThumbnails::noPipeIsWaitedFor()
{
    const QString pipe = m_folder.filePath(u"pipe.png"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    QVERIFY(Thumbnails::make(pipe, 36).isNull());
}

void TestThumbnails::areMadeBesideTheWindow()
{
    Thumbnails &thumbnails = Thumbnails::instance();
    QSignalSpy made(&thumbnails, &Thumbnails::made);
    const QString path = picture(u"c.png"_s, {400, 400});
    QVERIFY(thumbnails.find(path, u"c.png"_s, 20, 2.0).isNull());
    QTRY_COMPARE(made.count(), 1);
    const QPixmap pixmap = thumbnails.find(path, u"c.png"_s, 20, 2.0);
    QCOMPARE(pixmap.size(), QSize(40, 40)); // sharp at 200 %
    QCOMPARE(pixmap.deviceIndependentSize(), QSizeF(20, 20));
    QVERIFY(thumbnails.find(put(u"d.txt"_s, "text"), u"d.txt"_s, 20, 2.0).isNull());
    QVERIFY(thumbnails.find(path, u"c.png"_s, 20, 2.0, 1).isNull()); // it is another file by now
    QTRY_COMPARE(made.count(), 2);
}

QTEST_MAIN(TestThumbnails)
#include "tst_thumbnails.moc"
