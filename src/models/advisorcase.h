#pragma once

#include "support/catalog.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace casement {

/// The code of the service that a check of Trusted Advisor is about: by the service's name or short name in that of the
/// check, else by the ARNs of its resources. Empty when nothing tells.
QString guessService(const QList<Service> &services, const QString &checkName, const QStringList &resourceIds);

} // namespace casement
