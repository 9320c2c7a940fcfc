#pragma once

#include "archive/records.h"
#include "models/catalognames.h"

#include <QHash>
#include <QObject>
#include <QString>

#include <utility>

namespace casement {

class Workspace;

/// Services and categories of cases by the names that AWS gives them in the interface's language. Asks the catalog,
/// which keeps them for a day, when a name of an account's case is first wanted; what one account heard names the cases
/// of all.
class ServiceNames final : public QObject
{
    Q_OBJECT

public:
    explicit ServiceNames(Workspace &workspace, QObject *parent = nullptr);

    /// "Elastic Load Balancing › Health checks"; a category that only repeats the service's name is left out. What AWS
    /// does not name, or has not yet, is as in Names.
    QString text(AccountId account, const QString &serviceCode, const QString &categoryCode);

    /// All that is known in the language that holds now.
    CatalogNames names() const;

    /// `category` where it says more than `service`, behind a sign.
    static QString joined(const QString &service, const QString &category);

Q_SIGNALS:
    /// Names came.
    void changed();

private:
    using Key = std::pair<AccountId, QString>; // and language
    struct Asked
    {
        qint64 at = 0; ///< ms since 1970 UTC
        bool failed = false;
    };

    void ask(const Key &key);

    Workspace &m_workspace;
    QHash<Key, Asked> m_asked;
    QHash<QString, CatalogNames> m_names; // by language
};

} // namespace casement
