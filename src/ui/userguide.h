#pragma once

#include <QString>

namespace casement::userguide {

/// The file of the guide in a language, or in English where there is none; empty when it was not installed. Looked for
/// beside the program, in the desktop's data folders, and in the sources that the program was built from.
QString page(const QString &language);

} // namespace casement::userguide
