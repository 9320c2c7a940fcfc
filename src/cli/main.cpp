#include "cli/program.h"

int main(int argc, char **argv) { return casement::cli::runProgram(argc, argv); }
