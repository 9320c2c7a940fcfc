#pragma once

#include <QString>
#include <QStringList>

namespace casement::cli {

/// Those of `names` that somebody who typed `name` may have meant, the nearest first; three at most.
QStringList similarNames(const QString &name, const QStringList &names);

/// What stands behind "there is no X": ` Did you mean "a" or "b"?`, else which there are, or nothing.
QString meantInstead(const QString &name, const QStringList &names);

} // namespace casement::cli
