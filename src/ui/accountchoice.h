#pragma once

#include "archive/records.h"

#include <QComboBox>

namespace casement {

class Workspace;

/// Which account's cases are shown: all, or one.
class AccountChoice final : public QComboBox
{
    Q_OBJECT

public:
    explicit AccountChoice(QWidget *parent = nullptr);

    /// Lists the accounts and chooses the one that the list is filtered by. False while there is nothing to choose.
    bool refill(Workspace &workspace);
    void retranslate(Workspace &workspace);

Q_SIGNALS:
    /// 0: all.
    void accountChosen(casement::AccountId account);
};

} // namespace casement
