#pragma once

#include "archive/accountlist.h"
#include "archive/archivecare.h"
#include "archive/records.h"
#include "support/permissioncheck.h"
#include "ui/workspace.h"

#include <QObject>

#include <functional>
#include <optional>

namespace casement {

/// What the window's dialogs and pages ask of who keeps the accounts: the list, the keychain and the service stand
/// behind it. Callbacks run once, in the event loop, and not at all once `context` has died. That of a change whose
/// keys the keychain takes only once a person opened it (keychaincode::waiting) runs again then.
class AccountDesk : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Where entered keys go.
    enum class Keep {
        Keychain,
        Session, ///< nowhere: they are gone when the program ends
    };
    using Done = std::function<void(const Result<void> &)>;

    /// The window shows the accounts of the list, and not the demo or what the command line names.
    virtual bool isShown() const = 0;
    /// In the person's order.
    virtual const QList<ListedAccount> &accounts() const = 0;
    /// The list can't be read, and so can't be changed; Kind::None while all is well.
    virtual Error listError() const = 0;
    /// Why it can't be kept like this, as AccountList::whyNot().
    virtual QString whyNot(const ListedAccount &account) const = 0;
    /// The account of the archive; 0 while it is not open.
    virtual AccountId archived(const QString &id) const = 0;
    /// How it stands with the service.
    virtual AccountStatus status(const QString &id) const = 0;
    /// The colour that it is shown with: an index of accountColor().
    virtual int colorOf(const QString &id) const = 0;
    /// Keys of Source::Session were entered in this run.
    virtual bool hasSessionKeys(const QString &id) const = 0;

    /// Adds accounts whose keys are somewhere already (profiles, roles, the environment), all of them or none.
    virtual Result<void> add(const QList<ListedAccount> &accounts) = 0;
    /// Adds an account with entered keys. An Error of Error::Kind::Keychain leaves everything as it was: ask for
    /// Keep::Session then.
    virtual void addKeys(const ListedAccount &account, const Credentials &keys, Keep keep, QObject *context,
                         Done done) = 0;
    /// Changes name, colour, region, endpoint; with `keys`, those too.
    virtual void update(const ListedAccount &account, const std::optional<Credentials> &keys, Keep keep,
                        QObject *context, Done done) = 0;
    /// Takes it off the list and its keys out of the keychain; with `deleteData`, its cases, drafts and files out of
    /// the archive. An Error after it went says what is left.
    virtual void remove(const QString &id, bool deleteData, QObject *context, Done done) = 0;
    virtual Result<void> reorder(const QStringList &ids) = 0;

    /// Asks the service what these keys may do; `keys` empty: the account's own. When `context` dies, the asking ends.
    virtual void test(const ListedAccount &account, const std::optional<Credentials> &keys, QObject *context,
                      std::function<void(const Result<PermissionReport> &)> done) = 0;

    /// What the archive holds of an account that is open.
    struct Holdings
    {
        int cases = 0;
        int drafts = 0; ///< with what is on its way
    };
    virtual Holdings holdings(const QString &id) const = 0;

    /// An account that the archive knows and the list does not (any more).
    struct Unlisted
    {
        AccountHoldings holds;
        bool isOpen = false; ///< in this window all the same: the command line or the environment named it
        /// What the list would get for it, keys apart when it is of Source::Keychain; a name that is empty: nobody
        /// knows how it was reached.
        ListedAccount again;
    };
    virtual void loadUnlisted(QObject *context, std::function<void(const Result<QList<Unlisted>> &)> done) = 0;
    /// Deletes what the archive has of it, as remove() does. Not of one that is open.
    virtual void deleteUnlisted(AccountId account, QObject *context, Done done) = 0;

Q_SIGNALS:
    /// The list, or how one of its accounts stands.
    void changed();
};

} // namespace casement
