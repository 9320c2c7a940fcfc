#pragma once

#include "archive/outboxstore.h"
#include "archive/records.h"
#include "support/cases.h"

#include <QCoreApplication>

#include <functional>

class QMessageBox;
class QWidget;

namespace casement {

class AccountModel;
class CaseListModel;
class Workspace;

/// What is asked before something goes to AWS: once, in words that name account and case. From accounts that are marked
/// so, before a case for which somebody may be called out of bed, and while a template's placeholders or secrets stand
/// in a text.
class SendQuestion
{
    Q_DECLARE_TR_FUNCTIONS(casement::SendQuestion)

public:
    using Yes = std::function<void()>;

    /// `yes` runs at once where nothing is to be asked, or when the person agreed. `secrets` is what
    /// SecretNotice::sentence() says of the text, and FileTray::secrets() of its files.
    static void beforeCase(QWidget *parent, Workspace &workspace, AccountId account, const CreateCase::Request &request,
                           const QString &secrets, Yes yes);
    static void beforeReply(QWidget *parent, Workspace &workspace, const CaseKey &key, const QString &text,
                            const QString &secrets, Yes yes);
    /// A check sends the text as well: asked only where there are `secrets` in it.
    static void beforeCheck(QWidget *parent, const QString &secrets, Yes yes);
    /// Of an entry of which it is not known whether it arrived: sending it again is sending. What was agreed to and
    /// waits for its turn is not asked about once more.
    static void beforeAgain(QWidget *parent, const AccountModel &accounts, const CaseListModel &cases,
                            const OutboxEntry &entry, Yes yes);
    /// Of a question that stands there anyway: what is to be said of a marked account; empty for others.
    static QString remark(Workspace &workspace, AccountId account);

private:
    static QString remark(const AccountModel &accounts, AccountId account);
    static QString unfilled(const QStringList &texts);
    static void askMarked(QWidget *parent, const QString &title, const QString &question, const QString &subject,
                          const QString &button, Yes yes);
    static void ask(QWidget *parent, const char *name, const QString &title, const QString &question,
                    const QString &explanation, const QString &button, Yes yes);
};

} // namespace casement
