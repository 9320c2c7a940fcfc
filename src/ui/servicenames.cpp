#include "ui/servicenames.h"

#include "base/duration.h"
#include "ui/workspace.h"

#include <QDateTime>

namespace casement {

using namespace Qt::StringLiterals;

ServiceNames::ServiceNames(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace) { }

CatalogNames ServiceNames::names() const { return m_names.value(m_workspace.serviceLanguage()); }

QString ServiceNames::joined(const QString &service, const QString &category)
{
    if (category.isEmpty() || service.contains(category, Qt::CaseInsensitive))
        return service;
    return service.isEmpty() ? category : service + u" › "_s + category;
}

QString ServiceNames::text(AccountId account, const QString &serviceCode, const QString &categoryCode)
{
    ask({account, m_workspace.serviceLanguage()});
    const CatalogNames known = names();
    const std::string service = serviceCode.toStdString();
    return joined(known.service(service), known.category(service, categoryCode.toStdString()));
}

void ServiceNames::ask(const Key &key)
{
    Asked &asked = m_asked[key];
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 pause = asked.failed ? 10 * duration::minute : duration::day;
    const std::shared_ptr<Client> client = m_workspace.client(key.first);
    if (!client || (asked.at != 0 && now - asked.at < pause))
        return;
    asked.at = now;
    m_workspace.catalog().services(key.first, *client, key.second, this,
                                   [this, key](const Result<QList<Service>> &services, const Freshness &) {
                                       m_asked[key].failed = !services;
                                       if (services && m_names[key.second].add(*services))
                                           Q_EMIT changed();
                                   });
}

} // namespace casement
