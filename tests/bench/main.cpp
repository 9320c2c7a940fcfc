#include "accountsbench.h"
#include "advisorbench.h"
#include "filebench.h"
#include "listbench.h"

#include <QApplication>
#include <QStringList>

#include <benchmark/benchmark.h>

#include <cstdio>

namespace casement {
void registerViewBenchmarks();
}

namespace {

int micro(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    casement::registerViewBenchmarks();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    if (!arguments.isEmpty() && arguments.first() == u"list")
        return casement::bench::list(argc, argv, arguments.sliced(1));
    if (!arguments.isEmpty() && arguments.first() == u"accounts")
        return casement::bench::accounts(argc, argv, arguments.sliced(1));
    if (!arguments.isEmpty() && arguments.first() == u"upload")
        return casement::bench::upload(argc, argv, arguments.sliced(1));
    if (!arguments.isEmpty() && arguments.first() == u"download")
        return casement::bench::download(argc, argv, arguments.sliced(1));
    if (!arguments.isEmpty() && arguments.first() == u"export")
        return casement::bench::exportResults(argc, argv, arguments.sliced(1));
    if (!arguments.isEmpty() && arguments.first() == u"result")
        return casement::bench::result(argc, argv, arguments.sliced(1));
    if (!arguments.isEmpty() && arguments.first() == u"micro") {
        argv[1] = argv[0];
        return micro(argc - 1, argv + 1);
    }
    std::fputs("casement-bench list CONNECTIONS [lean] [archive]\n"
               "casement-bench accounts FILE\n"
               "casement-bench upload [links] FILE...\n"
               "casement-bench download OUT\n"
               "casement-bench export CONNECTIONS OUT.csv\n"
               "casement-bench result CHECKID\n"
               "casement-bench micro [Google Benchmark options]\n"
               "The account and the endpoint come from the environment, as for casement.\n",
               stderr);
    return 2;
}
