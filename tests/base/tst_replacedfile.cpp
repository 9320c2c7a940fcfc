#include "base/replacedfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// Whether this process still holds what the file was.
bool isHeld(const QString &path)
{
    const QDir descriptors(u"/proc/self/fd"_s);
    const QStringList names = descriptors.entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System);
    return std::ranges::any_of(names, [&](const QString &name) {
        return QFile::symLinkTarget(descriptors.filePath(name)).startsWith(path + " (deleted)"_L1);
    });
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestReplacedFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOldOneUntilItGoes();
    void needsNoFile();
};

void TestReplacedFile::keepsTheOldOneUntilItGoes()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"results.csv"_s);
    put(path, "old");
    put(path + u".new"_s, "new");
    {
        const ReplacedFile old(path);
        QCOMPARE(std::rename(qPrintable(path + u".new"_s), qPrintable(path)), 0);
        QVERIFY(isHeld(path)); // so the rename freed nothing
    }
    QTRY_VERIFY(!isHeld(path));
    QFile now(path);
    QVERIFY(now.open(QIODevice::ReadOnly));
    QCOMPARE(now.readAll(), "new");
}

void TestReplacedFile::needsNoFile()
{
    const QTemporaryDir folder;
    const ReplacedFile none(folder.filePath(u"none"_s));
    QVERIFY(!QFile::exists(folder.filePath(u"none"_s)));
}

QTEST_APPLESS_MAIN(TestReplacedFile)
#include "tst_replacedfile.moc"
