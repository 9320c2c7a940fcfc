#pragma once

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace casement {

/// What people call the settings that travel as a file, and their values.
class SettingsNames
{
    Q_DECLARE_TR_FUNCTIONS(casement::SettingsNames)

public:
    /// `Resolved cases`; the key itself when it has no name.
    static QString name(const QString &key);
    /// `removed from this computer`; in one short line. Without a value: the usual one.
    static QString value(const QString &key, const std::optional<QString> &value);
    /// What holds when nothing is set, for settings that are one of some words.
    static std::optional<QString> usual(const QString &key);
    /// `Theme: light → dark`
    static QString change(const QString &key, const std::optional<QString> &before, const QString &after);
};

} // namespace casement
