#include "aws/sigv4.h"
#include "support/attachments.h"
#include "transfer/filecode.h"
#include "transfer/setbody.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

class TestSetBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWhatTheRequestIs_data();
    void isWhatTheRequestIs();
    void whatCannotBeRead();

private:
    SetItem write(const QString &name, qint64 size);

    QTemporaryDir m_folder;
    QRandomGenerator m_random{42};
};

SetItem TestSetBody::write(const QString &name, qint64 size)
{
    QFile file(m_folder.filePath(name));
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(m_random.generate());
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != size)
        qFatal("%s can't be written", qPrintable(name));
    file.close();
    const Result<LocalFile> looked = inspectFile(file.fileName());
    if (!looked)
        qFatal("%s", qPrintable(looked.error().toLine()));
    return {*looked, name};
}

void TestSetBody::isWhatTheRequestIs_data()
{
    constexpr qint64 piece = 3 * 128 * 1024;
    QTest::addColumn<QList<qint64>>("sizes");
    QTest::addColumn<QString>("setId");
    QTest::newRow("a byte") << QList<qint64>{1} << QString();
    QTest::newRow("two and three") << QList<qint64>{2, 3} << u"set-1"_s;
    QTest::newRow("around a piece") << QList<qint64>{piece - 1, piece, piece + 1} << QString();
    QTest::newRow("the largest") << QList<qint64>{5 << 20, 1, 5 << 20} << u"\"\\\u0001東"_s;
}

void TestSetBody::isWhatTheRequestIs()
{
    QFETCH(QList<qint64>, sizes);
    QFETCH(QString, setId);
    QList<SetItem> items;
    AddAttachmentsToSet::Request request;
    request.attachmentSetId = setId;
    for (const qint64 size : sizes) {
        items.append(write(u"file %1 \"東京\U0001F600\" \u0007.log"_s.arg(items.size()), size));
        request.attachments.append({items.last().name, *readWhole(items.last().file, size)});
    }
    qsizetype unreadable = -1;
    const Result<SetBody> body = makeSetBody(items, setId, unreadable);
    QVERIFY(body);
    QCOMPARE(unreadable, -1);
    QVERIFY(body->json == encode(request));
    QCOMPARE(body->sha256, sigv4::sha256Hex(body->json));
}

void TestSetBody::whatCannotBeRead()
{
    QList<SetItem> items{write(u"good"_s, 1000), write(u"changed"_s, 2000)};
    QFile file(items.at(1).file.path);
    QVERIFY(file.open(QIODevice::Append));
    file.write("more");
    file.close();
    qsizetype unreadable = -1;
    Result<SetBody> body = makeSetBody(items, {}, unreadable);
    QVERIFY(!body);
    QCOMPARE(unreadable, 1);
    QCOMPARE(body.error().code, QString(filecode::changed));

    items = {write(u"large"_s, (5 << 20) + 1)};
    body = makeSetBody(items, {}, unreadable);
    QVERIFY(!body);
    QCOMPARE(unreadable, 0);
    QCOMPARE(body.error().code, QString(filecode::tooLarge));
}

QTEST_GUILESS_MAIN(TestSetBody)
#include "tst_setbody.moc"
