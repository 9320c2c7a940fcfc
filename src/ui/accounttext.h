#pragma once

#include "archive/accountlist.h"
#include "base/error.h"
#include "ui/workspace.h"

#include <QCoreApplication>
#include <QStringList>

namespace casement {

/// Accounts of the list in words for people.
class AccountText
{
    Q_DECLARE_TR_FUNCTIONS(casement::AccountText)

public:
    static QString colorName(int color);
    /// Where its keys come from: `Keychain`, `Profile prod`.
    static QString source(const ListedAccount &account, const QList<ListedAccount> &all);
    /// How it stands with the service: when it was refreshed, or why it was not. Short, for a cell.
    static QString status(const ListedAccount &account, bool isOpen, const AccountStatus &status, qint64 now);
    /// What happened, what to do, and what AWS or a program said itself; for where nobody can open details.
    static QString sentences(const Error &error);
    /// The same on the page of accounts.
    static QString sentencesHere(const Error &error);
    static QString sentencesWith(const Error &error, const QString &advice);
    /// ErrorText::evidence(), where the sentences need it.
    static QString evidence(const Error &error);
    /// What is wrong with a field's text, as a sentence; empty when nothing is, or nothing is there.
    static QString regionProblem(const QString &region);
    static QString endpointProblem(const QString &url);
    /// What is worth a second look, and stands in nobody's way; empty when nothing is.
    static QString regionNote(const QString &region);
    static QString nameNote(const ListedAccount &account, const QList<ListedAccount> &all);
    /// That another one of the list is the same account of AWS, as far as both numbers are known; empty otherwise.
    static QString sameAccount(const ListedAccount &account, const QList<ListedAccount> &all);
    /// Why nothing can be done with an account of Source::Newer.
    static QString needsNewer(const QString &name);
};

} // namespace casement
