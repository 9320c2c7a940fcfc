#pragma once

#include "archive/records.h"
#include "models/recordmodel.h"

#include <QColor>
#include <QHash>

namespace casement {

/// Colours for accounts: distinct, with a contrast of at least 4.5:1 to the window behind them, light or dark.
QColor accountColor(int index, bool dark);
inline constexpr int accountColorCount = 10;
inline constexpr int redAccountColor = 5;

/// What a person chose for an account, and where they put it.
struct AccountLook
{
    int color = -1; ///< 0 to accountColorCount - 1; -1: by its number in the archive
    QString number; ///< of AWS: twelve digits; may be empty
    int place = 0;
    bool asksBeforeSending = false;
    QString plan; ///< ListedAccount::plan
    friend bool operator==(const AccountLook &, const AccountLook &) = default;
};

/// An account of the archive that is none of the window's.
struct OtherAccount
{
    QString name;
    bool isListed = false; ///< but not open in this run
    friend bool operator==(const OtherAccount &, const OtherAccount &) = default;
};

/// The accounts, by name; where looks are known, in the person's order. Give it whatever Archive::loadAccounts() says.
class AccountModel final : public RecordModel<AccountRecord>
{
    Q_OBJECT

public:
    enum ColumnIndex { Name, ColumnCount };

    explicit AccountModel(QObject *parent = nullptr);

    void setAccounts(const QList<AccountRecord> &accounts);
    /// Of the accounts that a person listed; the others go by name, behind them.
    void setLooks(const QHash<AccountId, AccountLook> &looks);
    /// Why accounts can't be refreshed, a sentence each; the others can.
    void setTroubles(const QHash<AccountId, QString> &troubles);
    QString trouble(AccountId id) const { return m_troubles.value(id); }
    /// Of which drafts may be left.
    void setOthers(const QHash<AccountId, OtherAccount> &others);
    /// displayText() of the name; empty for an account that nobody knows.
    QString name(AccountId id) const;
    /// It is in the archive, and not in this window.
    bool isOther(AccountId id) const { return !m_known.contains(id) && m_others.contains(id); }
    QString nameOfOther(AccountId id) const;
    /// The name; of such an account, also why it is not here.
    QString label(AccountId id) const;
    /// The same for a name that is remembered.
    static QString labelOfGone(const QString &name);
    /// Why nothing can be sent from such an account, as a sentence; else empty.
    QString whyNotHere(AccountId id) const;
    int colorIndex(AccountId id) const;
    /// What goes to its cases is asked about once more. Such an account is red unless another colour was chosen.
    bool asksBeforeSending(AccountId id) const { return m_looks.value(id).asksBeforeSending; }
    /// The support plan that a person says it has; empty: as the settings say.
    QString plan(AccountId id) const { return m_looks.value(id).plan; }
    /// The account's twelve digits; empty when they are not known.
    QString number(AccountId id) const;
    /// Where the account stands among the others; sortsLast when it isn't known.
    qint64 rank(AccountId id) const;

    void retranslate() override;

Q_SIGNALS:
    /// Names, colours or ranks changed.
    void changed();
    void troublesChanged();

protected:
    std::span<const Column<AccountRecord>> columns() const override;
    const char *translationContext() const override;
    size_t keyHash(const AccountRecord &record) const override;
    bool sameKey(const AccountRecord &a, const AccountRecord &b) const override;
    bool sameContent(const AccountRecord &a, const AccountRecord &b) const override;
    qint64 newness(const AccountRecord &record) const override;
    QVariant recordData(const AccountRecord &record, int column, int role) const override;

private:
    struct Known
    {
        QString name;
        QString key;
        qint64 rank = 0;
    };
    void rankNames();

    QHash<AccountId, Known> m_known;
    QHash<AccountId, OtherAccount> m_others;
    QHash<AccountId, AccountLook> m_looks;
    QHash<AccountId, QString> m_troubles;
};

} // namespace casement
