#pragma once

#include "archive/records.h"
#include "models/recordmodel.h"

#include <QColor>
#include <QHash>

namespace casement {

/// Colours for accounts: distinct, with a contrast of at least 4.5:1 to the window behind them, light or dark.
QColor accountColor(int index, bool dark);
inline constexpr int accountColorCount = 10;

/// The accounts, by name. Give it whatever Archive::loadAccounts() says.
class AccountModel final : public RecordModel<AccountRecord>
{
    Q_OBJECT

public:
    enum ColumnIndex { Name, ColumnCount };

    explicit AccountModel(QObject *parent = nullptr);

    void setAccounts(const QList<AccountRecord> &accounts);
    /// displayText() of the name; empty for an account that nobody knows.
    QString name(AccountId id) const;
    int colorIndex(AccountId id) const;
    /// Where the account's name stands among the others; sortsLast when it isn't known.
    qint64 rank(AccountId id) const;

    void retranslate() override;

Q_SIGNALS:
    /// Names, colours or ranks changed.
    void changed();

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
        qint64 rank = 0;
    };
    void rankNames();

    QHash<AccountId, Known> m_known;
};

} // namespace casement
