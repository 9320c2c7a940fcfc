#pragma once

#include <QtGlobal>

#include <ctime>

namespace casement::test {

/// How long this process has computed, in ms: what other programs take of the processors does not make it longer.
inline qint64 computed() { return qint64(std::clock()) * 1000 / CLOCKS_PER_SEC; }

} // namespace casement::test
