#include "models/bytesearch.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <memory>
#include <string>

using namespace casement;

/// Agrees with the standard library on any text.
class TestByteSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheStandard();
    void readsNothingBehindTheEnd();
};

void TestByteSearch::agreesWithTheStandard()
{
    QRandomGenerator random(4711);
    for (int round = 0; round < 20'000; ++round) {
        std::string text(size_t(random.bounded(300)), 'a');
        for (char &c : text)
            c = char('a' + random.bounded(round % 2 == 0 ? 2 : 20));
        std::string needle(size_t(1 + random.bounded(round % 3 == 0 ? 40 : 4)), 'a');
        for (char &c : needle)
            c = char('a' + random.bounded(2));
        const auto from = size_t(random.bounded(310));
        const size_t found = findBytes(text, needle, from);
        const size_t expected = std::string_view(text).find(needle, from);
        if (found != expected)
            QFAIL(qPrintable(QString::fromStdString(text + " / " + needle + " from " + std::to_string(from))));
    }
}

/// Each length by itself, in memory of just that size, where a sanitizer sees a byte too many.
void TestByteSearch::readsNothingBehindTheEnd()
{
    for (size_t size = 0; size < 200; ++size) {
        const auto text = std::make_unique<char[]>(size);
        std::fill_n(text.get(), size, 'x');
        const std::string_view view(text.get(), size);
        for (const std::string_view needle : {"x", "xy", "yx", "xxxy", "a needle that is longer than a register"})
            QCOMPARE(findBytes(view, needle, 0), view.find(needle));
    }
}

QTEST_GUILESS_MAIN(TestByteSearch)
#include "tst_bytesearch.moc"
