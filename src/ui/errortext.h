#pragma once

#include "base/error.h"

#include <QCoreApplication>
#include <QStringList>

namespace casement {

/// Sentences for people, made of an Error: what was tried, what happened, whether anything was changed, what to do.
/// Plain text; show it as such. All are in docs/errors.md. What becomes of something that is sent is told by
/// OutboxText.
class ErrorText
{
    Q_DECLARE_TR_FUNCTIONS(casement::ErrorText)

public:
    /// What a person was about when something went wrong: it decides what may have been changed.
    enum class Deed {
        Read, ///< from the service or the archive: nothing is changed
        Check, ///< a rehearsal
        Upload, ///< of a file of a message that is not sent yet
        PartUpload, ///< the same, of one that may be there in part
        Save, ///< an attachment, to a place of its own
        Write, ///< an export, a template, a print: a file may be there before
        Load, ///< a template or settings
        Move, ///< the archive
    };

    /// One or two sentences: what was tried and what happened. `accounts` are the names of those that it happened to.
    static QString summary(const Error &error, const QStringList &accounts = {});
    /// The second of them alone, for who says what was tried.
    static QString happened(const Error &error);
    /// Whether anything was changed all the same; empty where nothing can be, or where the other sentences say so.
    static QString changed(Deed deed, const Error &error);
    /// What to do next; may be empty.
    static QString advice(const Error &error);
    /// The same on the page of accounts, where it helps nobody to be sent to that page.
    static QString adviceOnAccounts(const Error &error);
    /// All of it in one paragraph.
    static QString whole(Deed deed, const Error &error);
    /// The same behind a sentence that says what was tried, or behind none.
    static QString whole(const QString &tried, Deed deed, const Error &error);
    /// Operation, code, message, status, host and request id, a line each: what AWS staff and colleagues ask for.
    static QString details(const Error &error);
    /// The same in one line, for where there is no room to open them: what AWS, or who hands over keys, said itself,
    /// with code and request id. Empty where the sentences say it all.
    static QString evidence(const Error &error);
    /// The text with a full stop where it has none, so that another sentence can follow.
    static QString stopped(const QString &text);
    /// All about a rehearsal that failed.
    static QString ofCheck(const Error &error);
    /// What stays the same while the same thing goes wrong again: one banner per cause.
    static QString cause(const Error &error);
    /// Trying again may help.
    static bool canRetry(const Error &error);
    /// The keychain does not give keys, and they can be entered for this run instead.
    static bool canKeepForSession(const Error &error);
    /// There is no connection. A service that fails, or a proxy that answers in its place, is there all the same;
    /// isOutOfReach() has both.
    static bool isOffline(const Error &error);

private:
    static QString tried(const Error &error, const QStringList &accounts);
    static QString severalTried(const QStringList &accounts);
    static QString siblingTried(const Error &error, const QString &account);
    static QString ofFile(const Error &error, QLatin1StringView code);
    static QString told(const QString &what, Deed deed, const Error &error);
};

} // namespace casement
