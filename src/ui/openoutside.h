#pragma once

#include <QProcessEnvironment>
#include <QUrl>

namespace casement {

/// Opens a page or file with the desktop's program for it. That program gets neither the keys that this process was
/// started with nor its umask. False when there is none.
bool openOutside(const QUrl &url);

/// This process's environment without what AWS reads keys and tokens from: for programs that need none.
QProcessEnvironment environmentWithoutKeys();

} // namespace casement
