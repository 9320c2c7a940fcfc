#pragma once

#include "archive/database.h"

namespace casement {

/// The archive's schema, step by step. A change of it is one more step, and a fixture of the older file in its test.
std::span<const Migration> archiveMigrations();

} // namespace casement
