// What a keystroke in the filter, a click on a header and a page of a sync cost at 100,000 rows with a table attached,
// beside what QSortFilterProxyModel takes for the same over the same records. CPU time of the GUI thread, painting not
// included.

#include "archive/caserecordbuilder.h"
#include "models/accountmodel.h"
#include "models/caselistmodel.h"

#include <QApplication>
#include <QEventLoop>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>

#include <benchmark/benchmark.h>

#include <array>
#include <memory>
#include <string>

namespace casement {

namespace {

constexpr int rowCount = 100'000;
constexpr qint64 firstTime = 1'700'000'000'000;
constexpr qint64 minute = 60'000;

/// Cases number `from` to `to`, the last the newest.
CaseRecords makeCases(int from, int to, qint64 bump = 0)
{
    static constexpr std::array<std::string_view, 6> what{
        "Intermittent 503 from the load balancer", "timeout while connecting",
        "RDS インスタンスに接続できません",        "Invoice question",
        "Lambda の実行がタイムアウトする",         "EC2 status check failed"};
    static constexpr std::array<std::string_view, 4> status{"opened", "pending-customer-action", "resolved",
                                                            "work-in-progress"};
    static constexpr std::array<std::string_view, 5> severity{"low", "normal", "high", "urgent", "critical"};
    CaseRecords records;
    CaseRecordBuilder builder;
    for (int i = from; i < to; ++i) {
        const std::string number = std::to_string(i);
        const size_t mixed = size_t(i) * 2654435761U % 1000003;
        const std::string subject = std::string(what[mixed % what.size()]) + " in production " + std::to_string(mixed);
        const std::string caseId = "case-111122223333-2026-" + number;
        const std::string displayId = std::to_string(1'700'000'000 + i);
        CaseRecord &record = builder.add(AccountId(1 + i % 4),
                                         {.caseId = caseId,
                                          .displayId = displayId,
                                          .subject = subject,
                                          .status = status[mixed % status.size()],
                                          .severityCode = severity[mixed % severity.size()],
                                          .serviceCode = "amazon-elastic-load-balancing",
                                          .categoryCode = "connectivity",
                                          .submittedBy = "someone@example.com",
                                          .language = "ja",
                                          .timeCreated = "2026-01-01T00:00:00Z"});
        record.created = firstTime + i * minute;
        record.updated = record.created + bump;
        record.turn = Turn::Aws;
        record.turnSince = record.updated;
        if (builder.size() == 100 || i + 1 == to) {
            CaseRecords page = builder.take();
            records.insert(records.end(), std::make_move_iterator(page.begin()), std::make_move_iterator(page.end()));
        }
    }
    return records;
}

/// The list as the window has it.
struct Bench
{
    AccountModel accounts;
    CaseListModel model{accounts};
    QSortFilterProxyModel proxy;
    QTableView view;

    explicit Bench(bool throughProxy)
    {
        model.merge(makeCases(0, rowCount));
        model.sort(CaseListModel::Updated, Qt::DescendingOrder);
        if (throughProxy) {
            proxy.setSourceModel(&model);
            proxy.setFilterKeyColumn(CaseListModel::Subject);
            proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
            proxy.setSortLocaleAware(true);
        }
        view.setModel(throughProxy ? static_cast<QAbstractItemModel *>(&proxy) : &model);
        view.verticalHeader()->hide();
        view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
        view.setSelectionBehavior(QAbstractItemView::SelectRows);
        view.resize(1000, 700);
        view.show();
        QApplication::processEvents();
        view.selectRow(10);
    }

    void type(const QString &words)
    {
        CaseFilter filter = model.filter();
        filter.words = words;
        model.setFilter(filter);
    }

    void sortAndWait(int column, Qt::SortOrder order)
    {
        model.sort(column, order);
        while (model.isSorting())
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
};

void filterFirstLetter(benchmark::State &state)
{
    Bench bench(false);
    for (auto _ : state) {
        bench.type(QStringLiteral("t"));
        state.PauseTiming();
        bench.type({});
        QApplication::processEvents();
        state.ResumeTiming();
    }
}

void filterWord(benchmark::State &state)
{
    Bench bench(false);
    for (auto _ : state) {
        bench.type(QStringLiteral("timeout"));
        state.PauseTiming();
        bench.type({});
        QApplication::processEvents();
        state.ResumeTiming();
    }
}

void filterNextLetter(benchmark::State &state)
{
    Bench bench(false);
    for (auto _ : state) {
        state.PauseTiming();
        bench.type(QStringLiteral("timeou"));
        QApplication::processEvents();
        state.ResumeTiming();
        bench.type(QStringLiteral("timeout"));
    }
}

void filterJapanese(benchmark::State &state)
{
    Bench bench(false);
    for (auto _ : state) {
        bench.type(QStringLiteral("接続"));
        state.PauseTiming();
        bench.type({});
        QApplication::processEvents();
        state.ResumeTiming();
    }
}

void filterCleared(benchmark::State &state)
{
    Bench bench(false);
    for (auto _ : state) {
        state.PauseTiming();
        bench.type(QStringLiteral("timeout"));
        QApplication::processEvents();
        state.ResumeTiming();
        bench.type({});
    }
}

void filterWordByProxy(benchmark::State &state)
{
    Bench bench(true);
    for (auto _ : state) {
        bench.proxy.setFilterFixedString(QStringLiteral("timeout"));
        state.PauseTiming();
        bench.view.setModel(nullptr);
        bench.proxy.setFilterFixedString({});
        bench.view.setModel(&bench.proxy);
        state.ResumeTiming();
    }
}

void sortByTime(benchmark::State &state)
{
    Bench bench(false);
    bool down = false;
    for (auto _ : state) {
        bench.model.sort(CaseListModel::Updated, down ? Qt::DescendingOrder : Qt::AscendingOrder);
        down = !down;
        state.PauseTiming();
        QApplication::processEvents();
        state.ResumeTiming();
    }
}

void sortBySeverity(benchmark::State &state)
{
    Bench bench(false);
    for (auto _ : state) {
        bench.model.sort(CaseListModel::Severity);
        state.PauseTiming();
        bench.model.sort(CaseListModel::Updated, Qt::DescendingOrder);
        QApplication::processEvents();
        state.ResumeTiming();
    }
}

/// The first click: ranks are made on a pool thread. Wall time, because that is what the person waits.
void sortBySubjectFirst(benchmark::State &state)
{
    for (auto _ : state) {
        state.PauseTiming();
        auto bench = std::make_unique<Bench>(false);
        state.ResumeTiming();
        bench->sortAndWait(CaseListModel::Subject, Qt::AscendingOrder);
        state.PauseTiming();
        bench.reset();
        state.ResumeTiming();
    }
}

void sortBySubject(benchmark::State &state)
{
    Bench bench(false);
    bench.sortAndWait(CaseListModel::Subject, Qt::AscendingOrder);
    for (auto _ : state) {
        state.PauseTiming();
        bench.model.sort(CaseListModel::Updated, Qt::DescendingOrder);
        QApplication::processEvents();
        state.ResumeTiming();
        bench.sortAndWait(CaseListModel::Subject, Qt::AscendingOrder);
    }
}

void sortByProxy(benchmark::State &state)
{
    Bench bench(true);
    const int column = int(state.range(0));
    for (auto _ : state) {
        bench.proxy.sort(column, Qt::AscendingOrder);
        state.PauseTiming();
        bench.proxy.sort(-1);
        state.ResumeTiming();
    }
}

/// A page of a hundred cases that nobody knew, scattered over the list.
void mergeNewPage(benchmark::State &state)
{
    Bench bench(false);
    int next = rowCount;
    for (auto _ : state) {
        state.PauseTiming();
        CaseRecords page = makeCases(next, next + 100);
        for (size_t i = 0; i < page.size(); ++i)
            page[i].updated = firstTime + qint64(i) * 997 * minute;
        next += 100;
        state.ResumeTiming();
        bench.model.merge(std::move(page));
        state.PauseTiming();
        QApplication::processEvents();
        state.ResumeTiming();
    }
}

/// A hundred known cases of which ten have a new message: what a sync brings most often.
void mergeChangedPage(benchmark::State &state)
{
    Bench bench(false);
    qint64 bump = 0;
    for (auto _ : state) {
        state.PauseTiming();
        CaseRecords page = makeCases(50'000, 50'100);
        bump += rowCount * minute;
        for (size_t i = 0; i < page.size(); i += 10)
            page[i].updated += bump;
        state.ResumeTiming();
        bench.model.merge(std::move(page));
        state.PauseTiming();
        QApplication::processEvents();
        state.ResumeTiming();
    }
}

/// The same while the list is sorted by subject: each new subject finds its place among the others.
void mergeNewPageBySubject(benchmark::State &state)
{
    Bench bench(false);
    bench.sortAndWait(CaseListModel::Subject, Qt::AscendingOrder);
    int next = rowCount;
    for (auto _ : state) {
        state.PauseTiming();
        CaseRecords page = makeCases(next, next + 100);
        next += 100;
        state.ResumeTiming();
        bench.model.merge(std::move(page));
        state.PauseTiming();
        QApplication::processEvents();
        state.ResumeTiming();
    }
}

void mergeNewPageByProxy(benchmark::State &state)
{
    Bench bench(true);
    bench.proxy.sort(CaseListModel::Updated, Qt::DescendingOrder);
    int next = rowCount;
    for (auto _ : state) {
        state.PauseTiming();
        CaseRecords page = makeCases(next, next + 100);
        next += 100;
        state.ResumeTiming();
        bench.model.merge(std::move(page));
    }
}

void fillAtOnce(benchmark::State &state)
{
    for (auto _ : state) {
        state.PauseTiming();
        AccountModel accounts;
        auto model = std::make_unique<CaseListModel>(accounts);
        QTableView view;
        view.setModel(model.get());
        CaseRecords records = makeCases(0, rowCount);
        state.ResumeTiming();
        model->merge(std::move(records));
        state.PauseTiming();
        model.reset();
        state.ResumeTiming();
    }
}

} // namespace

/// Registers all of this file with Google Benchmark; wants a QApplication.
void registerViewBenchmarks()
{
    const auto add = [](const char *name, void (*function)(benchmark::State &)) {
        return benchmark::RegisterBenchmark(name, function)->Unit(benchmark::kMillisecond);
    };
    add("view/filter, first letter", filterFirstLetter);
    add("view/filter, a word", filterWord);
    add("view/filter, next letter", filterNextLetter);
    add("view/filter, Japanese word", filterJapanese);
    add("view/filter cleared", filterCleared);
    add("view/filter, a word: QSortFilterProxyModel", filterWordByProxy)->Iterations(1);
    add("view/sort by time", sortByTime);
    add("view/sort by severity", sortBySeverity);
    add("view/sort by subject, first time", sortBySubjectFirst)->Iterations(3)->UseRealTime();
    add("view/sort by subject", sortBySubject);
    add("view/sort by time: QSortFilterProxyModel", sortByProxy)->Arg(CaseListModel::Updated)->Iterations(1);
    add("view/sort by subject: QSortFilterProxyModel", sortByProxy)->Arg(CaseListModel::Subject)->Iterations(1);
    add("view/merge a page of new cases", mergeNewPage)->Iterations(50);
    add("view/merge a page with ten changed cases", mergeChangedPage)->Iterations(50);
    add("view/merge a page of new cases, by subject", mergeNewPageBySubject)->Iterations(50);
    add("view/merge a page of new cases: QSortFilterProxyModel", mergeNewPageByProxy)->Iterations(5);
    add("view/fill with 100,000 cases", fillAtOnce)->Iterations(5);
}

} // namespace casement
