#pragma once

#include <QString>

namespace casement::cli {

/// What `casement-cli --help` prints, in lines of 80 columns at most. tests/cli/tst_completion holds completion against
/// it.
QString helpText();

} // namespace casement::cli
