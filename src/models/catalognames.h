#pragma once

#include "support/catalog.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <string_view>

namespace casement {

/// What AWS calls services and categories in one language, as it answered to DescribeServices; what it has not named is
/// called as in Names. A value whose copies share what they know, for any thread.
class CatalogNames
{
public:
    /// Adds what an answer names. False when all of it was known.
    bool add(const QList<Service> &services);

    QString service(std::string_view code) const;
    QString category(std::string_view serviceCode, std::string_view code) const;
    /// Of a category of whichever service; where they call it differently, as the first one does.
    QString category(std::string_view code) const;
    /// As category(), and empty when it only repeats the service's name.
    QString tellingCategory(std::string_view serviceCode, std::string_view code) const;

private:
    QHash<QByteArray, QString> m_services;
    QHash<QByteArray, QString> m_categories; // by the codes of both, a line each
    QHash<QByteArray, QString> m_anyCategories;
};

} // namespace casement
