#pragma once

namespace casement {

/// Screen readers read the entries of menus without the "(K)" that a mnemonic leaves behind a Japanese word, which Qt's
/// own would tell them. For all menus of the program; once more does nothing.
void installMenuAccessible();

} // namespace casement
