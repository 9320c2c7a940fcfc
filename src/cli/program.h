#pragma once

namespace casement::cli {

/// casement-cli, from its first instruction to its exit status: what main() does. Does not return after a command ran.
int runProgram(int argc, char **argv);

} // namespace casement::cli
