#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace casement::cli {

/// What an option of the form `TEXT|@FILE|-` stands for: itself, the content of a file, or standard input; without the
/// byte order mark of UTF-8. Error::Kind::File for what can't be read whole, is larger than `most` bytes or no UTF-8.
/// `option` is its name, for the sentence.
Result<QByteArray> readInputText(const QString &value, const QString &option, qint64 most);

} // namespace casement::cli
