#pragma once

#include "ui/theme.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <optional>

namespace casement {

/// What `casement` was started with.
struct CommandLine
{
    Q_DECLARE_TR_FUNCTIONS(casement::CommandLine)

public:
    bool demo = false;
    QString profile; ///< empty: environment, remembered profiles, default profile
    QString endpointUrl;
    QString language; ///< empty: settings, then the desktop's
    std::optional<ThemeChoice> theme; ///< nothing: settings
    QString portable; ///< folder for settings and archive; empty: the user's own
    QString archive; ///< file; empty: the usual one
    QString screenshot; ///< file to save a picture of the filled window to
    bool quitAfterFirstPaint = false;
    bool version = false;
    bool help = false;

    /// One sentence about the first thing that is wrong; empty when all is well.
    QString error;

    /// `arguments` without the program's name; as `--option VALUE` or `--option=VALUE`.
    static CommandLine parse(const QStringList &arguments);
    static QString helpText();
};

} // namespace casement
