#pragma once

#include <QLocale>
#include <QString>

namespace casement {

/// "2.1 MB" of 1,024 bytes or more, in the binary units in which the service's limits are round: with one decimal up to
/// 10 MB, and none where it would be a zero, since "5.0 MB" is a limit and reads better as a round number.
inline QString dataSizeText(qint64 bytes, const QLocale &locale)
{
    const int digits = bytes < 10LL << 20 ? 1 : 0;
    QString text = locale.formattedDataSize(bytes, digits, QLocale::DataSizeTraditionalFormat);
    const QString zero = locale.decimalPoint() + locale.zeroDigit();
    return text.contains(zero + u' ') ? text.replace(zero + u' ', QStringLiteral(" ")) : text;
}

} // namespace casement
