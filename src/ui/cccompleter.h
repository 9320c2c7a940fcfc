#pragma once

#include "archive/records.h"

#include <QCompleter>
#include <QStringListModel>

class QLineEdit;

namespace casement {

class Archive;

/// Offers, below a field of addresses, those that earlier cases of the account went to in copy: for the address that is
/// being typed, wherever it stands in the list. Nothing is put in unless it is chosen.
///
/// Qt keeps such lists from screen readers, so the field itself tells them how many fit and which one is chosen.
class CcCompleter final : public QCompleter
{
    Q_OBJECT

public:
    /// Both are borrowed, and outlive it.
    CcCompleter(Archive &archive, QLineEdit &field);

    /// Whose cases; reads their addresses when somebody goes into the field.
    void setAccount(AccountId account);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// Where an address stands in the text.
    struct Part
    {
        qsizetype start = 0;
        qsizetype length = 0;
    };

    Part partAtCursor() const;
    void read();
    void offer();
    void put(const QString &address);
    void tell(const QString &text);

    Archive &m_archive;
    QLineEdit &m_field;
    QStringListModel m_offered; ///< without those that stand in the field
    QStringList m_all;
    AccountId m_account = 0;
    bool m_isRead = false;
};

} // namespace casement
