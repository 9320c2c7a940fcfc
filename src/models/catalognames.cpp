#include "models/catalognames.h"

#include "models/displaytext.h"
#include "models/names.h"

namespace casement {

namespace {

/// Only for a look-up while `code` lives.
QByteArray borrowed(std::string_view code) { return QByteArray::fromRawData(code.data(), qsizetype(code.size())); }

QByteArray keyOfBoth(QByteArrayView service, QByteArrayView category)
{
    QByteArray key(service.data(), service.size());
    key += '\n';
    key.append(category);
    return key;
}

} // namespace

bool CatalogNames::add(const QList<Service> &services)
{
    bool isNew = false;
    const auto put = [&isNew](QHash<QByteArray, QString> &names, const QByteArray &key, const QString &name) {
        const auto known = names.constFind(key);
        if (name.isEmpty() || (known != names.cend() && *known == name))
            return;
        names.insert(key, name);
        isNew = true;
    };
    for (const Service &service : services) {
        const QByteArray code = service.code.toUtf8();
        put(m_services, code, displayText(service.name));
        for (const Category &category : service.categories) {
            const QByteArray categoryCode = category.code.toUtf8();
            const QString name = displayText(category.name);
            put(m_categories, keyOfBoth(code, categoryCode), name);
            if (!m_anyCategories.contains(categoryCode))
                put(m_anyCategories, categoryCode, name);
        }
    }
    return isNew;
}

QString CatalogNames::service(std::string_view code) const
{
    const auto known = m_services.constFind(borrowed(code));
    return known == m_services.cend() ? Names::service(code) : *known;
}

QString CatalogNames::category(std::string_view serviceCode, std::string_view code) const
{
    const auto known = m_categories.constFind(keyOfBoth(borrowed(serviceCode), borrowed(code)));
    return known == m_categories.cend() ? Names::category(code) : *known;
}

QString CatalogNames::category(std::string_view code) const
{
    const auto known = m_anyCategories.constFind(borrowed(code));
    return known == m_anyCategories.cend() ? Names::category(code) : *known;
}

QString CatalogNames::tellingCategory(std::string_view serviceCode, std::string_view code) const
{
    const QString name = category(serviceCode, code);
    return service(serviceCode).contains(name, Qt::CaseInsensitive) ? QString() : name;
}

} // namespace casement
