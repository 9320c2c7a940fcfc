#include "archive/pagestash.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <thread>
#include <vector>

using namespace casement;

namespace {

QByteArray page(int number, qsizetype size)
{
    QByteArray body = QByteArray::number(number);
    while (body.size() < size)
        body += QByteArray::number(number * 31 + body.size()) + ' ';
    body.truncate(std::max<qsizetype>(size, 1));
    return body;
}

} // namespace

/// What waits to be stored comes back as it was, from memory and from the file.
class TestPageStash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void memoryFirstThenTheFile();
    void withoutAFile();
    void severalThreads();
};

void TestPageStash::memoryFirstThenTheFile()
{
    const QTemporaryDir folder;
    std::shared_ptr<PageStash> stash = PageStash::beside(folder.filePath(QStringLiteral("casement.db")));
    // One that fills a block, one that is larger than any, and more than memory is to hold.
    const std::vector<qsizetype> sizes{0, 1, 400'000, 4 << 20, 9 << 20, 8 << 20, 500'000, 700'000};
    std::vector<PageStash::Page> pages;
    qsizetype inMemory = 0;
    for (size_t i = 0; i < sizes.size(); ++i) {
        pages.push_back(stash->put(page(int(i), sizes[i])));
        inMemory += pages.back().bytes();
    }
    QVERIFY(inMemory <= PageStash::keptInMemory);
    QVERIFY(inMemory > PageStash::keptInMemory / 2);
    QCOMPARE(pages.back().bytes(), 0); // in the file
    stash.reset(); // the pages keep what they need
    for (size_t i = 0; i < sizes.size(); ++i)
        QVERIFY2(pages[i].take() == page(int(i), sizes[i]), qPrintable(QString::number(i)));
    QVERIFY(pages.front().take().isEmpty()); // once
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)); // it has no name
}

void TestPageStash::withoutAFile()
{
    const std::shared_ptr<PageStash> stash = PageStash::beside(QStringLiteral(":memory:"));
    std::vector<PageStash::Page> pages;
    for (int i = 0; i < 60; ++i)
        pages.push_back(stash->put(page(i, 450'000)));
    for (int i = 0; i < 60; ++i)
        QVERIFY(pages[size_t(i)].take() == page(i, 450'000));
}

void TestPageStash::severalThreads()
{
    const QTemporaryDir folder;
    const std::shared_ptr<PageStash> stash = PageStash::beside(folder.filePath(QStringLiteral("casement.db")));
    constexpr int each = 40;
    std::vector<std::vector<PageStash::Page>> pages(4);
    std::vector<std::thread> threads;
    for (size_t t = 0; t < pages.size(); ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < each; ++i)
                pages[t].push_back(stash->put(page(int(t) * each + i, 200'000 + i)));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    for (size_t t = 0; t < pages.size(); ++t) {
        for (int i = 0; i < each; ++i)
            QVERIFY(pages[t][size_t(i)].take() == page(int(t) * each + i, 200'000 + i));
    }
}

QTEST_GUILESS_MAIN(TestPageStash)
#include "tst_pagestash.moc"
