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
    QString profile; ///< empty: environment, the list of accounts
    QString endpointUrl;
    QString region; ///< of accounts that name none; empty: that of the profile
    QString language; ///< empty: settings, then the desktop's
    std::optional<ThemeChoice> theme; ///< nothing: settings
    QString portable; ///< folder for settings and archive; empty: the user's own
    QString archive; ///< file; empty: the usual one
    QString logLevel; ///< a word of setLogLevel(); empty: as usual
    QString logFile; ///< messages are appended to it, too; empty: nowhere
    QString screenshot; ///< file to save a picture of the filled window to
    bool newCase = false; ///< open the window of a new case
    bool refresh = false; ///< ask for what is new in all accounts
    QString caseId; ///< of a link `casement:case/ID`; empty: none
    QString unknownLink; ///< a sentence about a link that is none to a case, for the person; empty: there was none
    bool quitAfterFirstPaint = false;
    bool version = false;
    bool help = false;

    /// Whether a window that is open already should come to the front instead. Pictures are taken of a window of their
    /// own.
    bool wantsSingleInstance() const { return screenshot.isEmpty() && !quitAfterFirstPaint; }

    /// Where settings are kept.
    QString settingsFile() const;
    /// What tells windows apart of which there is one each: the settings, and the made-up company, which stands beside
    /// the real accounts.
    QString instanceKey() const { return demo ? settingsFile() + QStringLiteral(".demo") : settingsFile(); }

    /// Whether something was asked for that a window which is open already can't do any more.
    bool holdsForNewStartOnly() const;

    /// One sentence about the first thing that is wrong; empty when all is well.
    QString error;

    /// `arguments` without the program's name; as `--option VALUE` or `--option=VALUE`, and a link to a case.
    static CommandLine parse(const QStringList &arguments);
    static QString helpText();
    /// One line on standard error in the program's name. Arguments come from links and file names, too: nothing in it
    /// is obeyed by the terminal.
    static void complain(const QString &sentence);
};

} // namespace casement
