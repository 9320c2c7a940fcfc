#pragma once

#include "archive/records.h"

#include <QObject>

class QComboBox;

namespace casement {

class Workspace;

/// The account of a new case in a combo box: those of the window, as they come and go. The one that is chosen stays
/// when it goes, and says so: what is written never moves to another account by itself.
class CaseAccountField final : public QObject
{
    Q_OBJECT

public:
    /// Both are borrowed and outlive it.
    CaseAccountField(Workspace &workspace, QComboBox &box, QObject *parent);

    AccountId account() const;
    /// 0: the first one there is.
    void choose(AccountId account);
    /// The chosen account is none of the window's any more.
    bool isGone() const;
    /// Without what is said of it in the box.
    QString name() const;

Q_SIGNALS:
    /// Other accounts can be chosen, or the chosen one came or went.
    void changed();

private:
    void fill(AccountId chosen);

    Workspace &m_workspace;
    QComboBox &m_box;
    QString m_name; // of the chosen account, when it was known last
};

} // namespace casement
