#pragma once

#include <QString>
#include <QUrl>

namespace casement {

/// The page of a case in the partition's Support Center; empty for partitions whose console's address is not known.
///
/// The address names no account: the page opens in whichever account the browser is signed in to.
/// Source: AWS consoles' deep links as used in public code (api-facts §5).
QUrl supportCenterUrl(const QString &partition, const QString &displayId);

} // namespace casement
