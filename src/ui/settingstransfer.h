#pragma once

#include "base/result.h"

#include <QCoreApplication>
#include <QStringList>

namespace casement {

class UiSettings;

/// All settings as a JSON file, and back. What belongs to one computer (places of windows, what was looked at last) and
/// what looks like a key is left out.
class SettingsTransfer
{
    Q_DECLARE_TR_FUNCTIONS(casement::SettingsTransfer)

public:
    static constexpr qint64 largestFile = 1 << 20; ///< bytes

    /// The file's content. `leftOut`: settings that look as if they held a secret.
    static QByteArray write(const UiSettings &settings, QStringList *leftOut = nullptr);

    struct Taken
    {
        int count = 0; ///< settings that were taken over
        QStringList problems; ///< a sentence for each that was not
    };
    /// Takes over what can be; an Error when it is no such file, and nothing is taken.
    static Result<Taken> read(const QByteArray &content, UiSettings &settings);
};

} // namespace casement
