#pragma once

#include "archive/records.h"

#include <QList>
#include <QObject>

class QMenu;

namespace casement {

class Workspace;

/// The cases that a person read last, over restarts, as the entries of menus. In the settings stand their ids; what a
/// menu says of them is read from the list when it opens, so what is gone or not shown has no entry.
class RecentCases final : public QObject
{
    Q_OBJECT

public:
    static constexpr int most = 10;

    /// The workspace is borrowed.
    explicit RecentCases(Workspace &workspace, QObject *parent = nullptr);

    void read(const CaseKey &key);
    /// The newest first; those alone that the list has.
    QList<CaseKey> keys() const;
    /// Fills the menu whenever it is about to be shown.
    void serve(QMenu &menu);

Q_SIGNALS:
    void chosen(const casement::CaseKey &key);

private:
    void fill(QMenu &menu);

    Workspace &m_workspace;
};

} // namespace casement
