#include "archive/searchtext.h"
#include "models/resourceindex.h"

#include <QSemaphore>
#include <QTest>
#include <QThreadPool>

#include <algorithm>

using namespace casement;
using namespace Qt::StringLiterals;

/// Words find the same rows however they are looked for: by parts, in what was found before, in any order.
class TestResourceFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void typingFindsWhatIsThere_data();
    void typingFindsWhatIsThere();
    void aBusyPoolHoldsNothingUp();

private:
    static constexpr int rows = 70'000; // so many that several threads look
    AdvisorResultPtr m_result;
    QStringList m_texts;
};

void TestResourceFilter::initTestCase()
{
    QByteArray body = "{\"result\":{\"checkId\":\"c\",\"status\":\"warning\",\"flaggedResources\":[";
    for (int i = 0; i < rows; ++i) {
        const QByteArray number = QByteArray::number(qint64(i) * 7919 % 100'003);
        const QByteArray name = (i % 3 == 0 ? "Höchst " : i % 3 == 1 ? "東京 " : "Plain ") + number;
        body += (i > 0 ? "," : "") + QByteArray("{\"status\":\"") + (i % 5 == 0 ? "error" : "warning")
            + "\",\"region\":\"us-east-" + QByteArray::number(i % 2 + 1) + "\",\"resourceId\":\"r-" + number
            + "\",\"isSuppressed\":false,\"metadata\":[\"" + name + "\"]}";
        m_texts.append(foldForSearch(
            QString::fromUtf8("us-east-" + QByteArray::number(i % 2 + 1) + '\t' + name + "\tr-" + number)));
    }
    const auto read = AdvisorResult::read(body + "]}}");
    QVERIFY(read);
    m_result = *read;
}

void TestResourceFilter::typingFindsWhatIsThere_data()
{
    QTest::addColumn<QStringList>("typed"); // one after the other
    QTest::newRow("a number, digit by digit") << QStringList{u"4"_s, u"47"_s, u"471"_s, u"4711"_s, u"471"_s, u"4"_s};
    QTest::newRow("words that are added") << QStringList{u"HÖCHST"_s, u"höchst 99"_s, u"höchst 99 east-2"_s};
    QTest::newRow("another word") << QStringList{u"0815"_s, u"4711"_s, u"東京"_s, u"東京 12"_s, u"12 東京 34"_s};
    QTest::newRow("what stands nowhere") << QStringList{u"nowhere"_s, u"nowhere at all"_s, u"r-1"_s};
    QTest::newRow("what stands everywhere") << QStringList{u"us-east"_s, u"us-east r-"_s, u"us-east r-77"_s};
}

void TestResourceFilter::typingFindsWhatIsThere()
{
    QFETCH(QStringList, typed);
    for (const bool isSorted : {false, true}) {
        const ResourceIndex index(m_result);
        for (const QString &words : std::as_const(typed)) {
            for (const QString &status : {QString(), u"error"_s}) {
                ResourceQuery query;
                query.words = words;
                query.status = status;
                query.descending = isSorted;
                if (isSorted)
                    query.sort = {ResourceField::Kind::Id, 0};
                ResourceIndex::Rows found = index.arrange(query);
                if (isSorted)
                    std::sort(found.begin(), found.end());
                ResourceIndex::Rows expected;
                const QStringList parts = foldForSearch(words).split(u' ');
                for (quint32 row = 0; row < rows; ++row) {
                    const QString &text = m_texts.at(row);
                    if (std::all_of(parts.begin(), parts.end(), [&](const QString &one) { return text.contains(one); })
                        && (status.isEmpty() || row % 5 == 0))
                        expected.push_back(row);
                }
                QVERIFY2(found == expected,
                         qPrintable(u"%1: %2 of %3"_s.arg(words).arg(found.size()).arg(expected.size())));
            }
        }
        ResourceQuery backwards;
        backwards.words = typed.last();
        backwards.descending = true;
        ResourceIndex::Rows found = index.arrange(backwards);
        QVERIFY(std::is_sorted(found.rbegin(), found.rend()));
    }
}

/// Threads that are all at work are not waited for.
void TestResourceFilter::aBusyPoolHoldsNothingUp()
{
    QThreadPool &pool = *QThreadPool::globalInstance();
    QSemaphore over;
    const int busy = pool.maxThreadCount();
    for (int i = 0; i < busy; ++i)
        pool.start([&over] { over.acquire(); });
    const ResourceIndex index(m_result);
    ResourceQuery query;
    query.words = u"r-4711"_s;
    QVERIFY(!index.arrange(query).empty());
    over.release(busy);
    QVERIFY(pool.waitForDone(30'000));
}

QTEST_GUILESS_MAIN(TestResourceFilter)
#include "tst_resourcefilter.moc"
