#pragma once

#include <QString>
#include <QStringList>

namespace casement {

/// Takes out of a text what a report that strangers read must not hold: what looks like a secret, e-mail addresses,
/// links but for their hosts, numbers of accounts and cases, ARNs, the names that accounts have here, the names of this
/// computer and of folders of people. What stands in its place says what it was: `[e-mail]`, `[account 2]`.
class ReportMask
{
public:
    /// `accounts`: their names; the place in the list is what is left of one.
    explicit ReportMask(const QStringList &accounts = {});

    QString operator()(const QString &text) const;

private:
    struct Name
    {
        QString text;
        QString mask;
    };
    QList<Name> m_names; // long ones first: one may hold another
};

} // namespace casement
