#pragma once

#include <QStringList>

namespace casement {

/// Whether the closing lines that AWS puts under each of its messages begin at line `i` of one of them.
bool startsFooter(const QStringList &lines, int i);

/// A message without them and the empty lines above; as it is when it is the customer's, has none, or nothing else.
/// What stands between fences (```) is no footer.
QString withoutFooter(const QString &body, bool fromAws);

} // namespace casement
