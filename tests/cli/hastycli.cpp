#include "archive/sendjob.h"
#include "aws/ratelimit.h"
#include "cli/program.h"

/// casement-cli for services that have no limit and know at once what they did: it keeps to no rate, and looks for a
/// lost change as often as ever, but without the pauses.
int main(int argc, char **argv)
{
    casement::RateLimiter::usual().callsPerSecond = 0;
    for (auto &pause : casement::SendJob::usualLooks())
        pause /= 100;
    return casement::cli::runProgram(argc, argv);
}
