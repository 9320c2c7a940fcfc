#pragma once

#include "base/result.h"

#include <QCoreApplication>
#include <QList>
#include <QStringList>

#include <optional>

namespace casement {

class UiSettings;

/// All settings as a JSON file, and back. What belongs to one computer (places of windows, what was looked at last) and
/// what looks like a key is left out.
class SettingsTransfer
{
    Q_DECLARE_TR_FUNCTIONS(casement::SettingsTransfer)

public:
    static constexpr qint64 largestFile = 1 << 20; ///< bytes

    /// Of the settings that travel.
    static QStringList keys();
    /// The file's content. `leftOut`: settings that look as if they held a secret.
    static QByteArray write(const UiSettings &settings, QStringList *leftOut = nullptr);

    struct Change
    {
        QString key;
        std::optional<QString> before; ///< nothing: it was never set
        QString after;
        friend bool operator==(const Change &, const Change &) = default;
    };
    /// What a file would change.
    struct Proposal
    {
        QList<Change> changes; ///< without what is as it is already
        QStringList deletions; ///< a sentence for each that deletes what is on this computer
        QStringList problems; ///< a sentence for each setting that can't be taken over
    };
    /// Changes nothing. An Error when it is no such file.
    static Result<Proposal> look(const QByteArray &content, const UiSettings &settings);
    static void take(const QList<Change> &changes, UiSettings &settings);

private:
    struct Reading;
    static void takeNetwork(Reading &reading);
    static QStringList deletionsBy(const Reading &reading);
};

} // namespace casement
