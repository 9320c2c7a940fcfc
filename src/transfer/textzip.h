#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace casement {

/// A text that becomes a file of a ZIP.
struct ZippedText
{
    QString name; ///< in the ZIP
    QByteArray content;
};

/// A ZIP of texts, made in memory: for what is small and was on no disk before.
Result<QByteArray> zipTexts(const QList<ZippedText> &texts);

} // namespace casement
