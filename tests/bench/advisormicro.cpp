// What exports and tables of Trusted Advisor are made of, each next to its yardstick.

#include "export/csvtext.h"
#include "models/resourceindex.h"

#include <QSortFilterProxyModel>

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace casement {

namespace {

/// Cells as checks have them: regions, ids, names with a comma here and there.
const std::vector<std::string> &sampleCells()
{
    static const std::vector<std::string> cells = [] {
        std::vector<std::string> made;
        for (int i = 0; i < 80'000; ++i) {
            const std::string number = std::to_string(i * 7919 % 100'000);
            switch (i % 8) {
            case 0:
                made.push_back("us-east-1");
                break;
            case 1:
                made.push_back("arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abc" + number);
                break;
            case 2:
                made.push_back("web server " + number + ", blue");
                break;
            case 3:
                made.push_back("-" + number + ".5");
                break;
            case 4:
                made.push_back("=cmd|'" + number + "'");
                break;
            case 5:
                made.push_back("the \"old\" one " + number);
                break;
            case 6:
                made.push_back("東京の古いインスタンス " + number);
                break;
            default:
                made.push_back("$" + number + ".00");
            }
        }
        return made;
    }();
    return cells;
}

int64_t sampleBytes()
{
    size_t bytes = 0;
    for (const std::string &cell : sampleCells())
        bytes += cell.size();
    return int64_t(bytes);
}

void csvCells(benchmark::State &state)
{
    CsvText text;
    for (auto _ : state) {
        text.clear();
        size_t column = 0;
        for (const std::string &cell : sampleCells()) {
            text.reserve(1, cell.size());
            text.cell(cell);
            if (++column % 8 == 0)
                text.endRow();
        }
        benchmark::DoNotOptimize(text.view());
    }
    state.SetBytesProcessed(int64_t(state.iterations()) * sampleBytes());
}
BENCHMARK(csvCells);

// A QString a cell, as one would write it first.
void csvCells_QString(benchmark::State &state)
{
    for (auto _ : state) {
        QByteArray out;
        size_t column = 0;
        for (const std::string &cell : sampleCells()) {
            QString text = QString::fromStdString(cell);
            bool isNumber = false;
            text.toDouble(&isNumber);
            if (!isNumber && !text.isEmpty() && QStringView(u"=+-@\t\r").contains(text.front()))
                text.prepend(u'\'');
            if (text.contains(u'"') || text.contains(u',') || text.contains(u'\n') || text.contains(u'\r')) {
                text.replace(QStringLiteral("\""), QStringLiteral("\"\""));
                text = u'"' + text + u'"';
            }
            out += text.toUtf8();
            out += ++column % 8 == 0 ? "\r\n" : ",";
        }
        benchmark::DoNotOptimize(out);
    }
    state.SetBytesProcessed(int64_t(state.iterations()) * sampleBytes());
}
BENCHMARK(csvCells_QString);

constexpr int manyRows = 1'000'000;

const AdvisorResultPtr &manyResources()
{
    static const AdvisorResultPtr result = [] {
        QByteArray body = "{\"result\":{\"checkId\":\"c\",\"status\":\"warning\",\"flaggedResources\":[";
        body.reserve(qsizetype(manyRows) * 160);
        for (int i = 0; i < manyRows; ++i) {
            const QByteArray number = QByteArray::number(qint64(i) * 7919 % 1'000'003);
            const int mixed = int(qint64(i) * 7919 % 1'000'003);
            const QByteArray time = QByteArray("2026-") + QByteArray::number(1 + mixed % 12).rightJustified(2, '0')
                + '-' + QByteArray::number(1 + mixed / 12 % 28).rightJustified(2, '0') + "T"
                + QByteArray::number(mixed / 336 % 24).rightJustified(2, '0') + ":00:00Z";
            body += i > 0 ? "," : "";
            body += "{\"status\":\"warning\",\"region\":\"us-east-1\",\"resourceId\":\"r" + number
                + "\",\"isSuppressed\":false,\"metadata\":[\"us-east-1\",\"name " + number + "\",\"" + time + "\"]}";
        }
        return *AdvisorResult::read(body + "]}}");
    }();
    return result;
}

const ResourceIndex &manyIndex()
{
    static const ResourceIndex index(manyResources());
    return index;
}

/// The same rows for Qt's own way.
class PlainModel final : public QAbstractTableModel
{
public:
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : manyRows; }
    int columnCount(const QModelIndex & = {}) const override { return 3; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role != Qt::DisplayRole)
            return {};
        return manyResources()->resources[size_t(index.row())].value(size_t(index.column())).toString();
    }
};

void sortMillionTimes(benchmark::State &state)
{
    manyResources();
    for (auto _ : state) {
        const ResourceIndex index(manyResources()); // nothing is known of it
        ResourceQuery query;
        query.sort = {ResourceField::Kind::Value, 2};
        ResourceIndex::Rows rows = index.arrange(query);
        benchmark::DoNotOptimize(rows);
    }
}
BENCHMARK(sortMillionTimes)->Unit(benchmark::kMillisecond)->Iterations(3);

void sortMillionTimes_QSortFilterProxyModel(benchmark::State &state)
{
    PlainModel model;
    for (auto _ : state) {
        QSortFilterProxyModel proxy;
        proxy.setSourceModel(&model);
        proxy.sort(2);
        benchmark::DoNotOptimize(proxy.rowCount());
    }
}
BENCHMARK(sortMillionTimes_QSortFilterProxyModel)->Unit(benchmark::kMillisecond)->Iterations(1);

void filterMillion(benchmark::State &state)
{
    ResourceQuery query;
    query.words = QStringLiteral("0815");
    manyIndex().arrange(query); // what typing has found out by the second letter
    int time = 0;
    for (auto _ : state) {
        query.words = time++ % 2 == 0 ? QStringLiteral("4711") : QStringLiteral("0815"); // narrows nothing
        ResourceIndex::Rows rows = manyIndex().arrange(query);
        benchmark::DoNotOptimize(rows);
    }
}
BENCHMARK(filterMillion)->Unit(benchmark::kMillisecond)->Iterations(20)->UseRealTime();

/// The first letters in a table that was just opened.
void filterMillionFirst(benchmark::State &state)
{
    manyResources();
    ResourceQuery query;
    query.words = QStringLiteral("4711");
    for (auto _ : state) {
        const ResourceIndex index(manyResources());
        ResourceIndex::Rows rows = index.arrange(query);
        benchmark::DoNotOptimize(rows);
    }
}
BENCHMARK(filterMillionFirst)->Unit(benchmark::kMillisecond)->Iterations(3)->UseRealTime();

/// A letter more.
void narrowMillion(benchmark::State &state)
{
    ResourceQuery query;
    for (auto _ : state) {
        state.PauseTiming();
        query.words = QStringLiteral("471");
        manyIndex().arrange(query);
        query.words = QStringLiteral("4711");
        state.ResumeTiming();
        ResourceIndex::Rows rows = manyIndex().arrange(query);
        benchmark::DoNotOptimize(rows);
    }
}
BENCHMARK(narrowMillion)->Unit(benchmark::kMillisecond)->Iterations(20)->UseRealTime();

void filterMillion_QSortFilterProxyModel(benchmark::State &state)
{
    PlainModel model;
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&model);
    proxy.setFilterKeyColumn(-1);
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    for (auto _ : state) {
        proxy.setFilterFixedString(QStringLiteral("4711"));
        benchmark::DoNotOptimize(proxy.rowCount());
        state.PauseTiming();
        proxy.setFilterFixedString({});
        state.ResumeTiming();
    }
}
BENCHMARK(filterMillion_QSortFilterProxyModel)->Unit(benchmark::kMillisecond)->Iterations(2)->UseRealTime();

} // namespace

} // namespace casement
