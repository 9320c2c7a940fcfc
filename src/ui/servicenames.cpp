#include "ui/servicenames.h"

#include "base/duration.h"
#include "models/displaytext.h"
#include "models/names.h"
#include "ui/workspace.h"

#include <QDateTime>

namespace casement {

using namespace Qt::StringLiterals;

ServiceNames::ServiceNames(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace) { }

QString ServiceNames::joined(const QString &service, const QString &category)
{
    if (category.isEmpty() || service.contains(category, Qt::CaseInsensitive))
        return service;
    return service.isEmpty() ? category : service + u" › "_s + category;
}

QString ServiceNames::text(AccountId account, const QString &serviceCode, const QString &categoryCode)
{
    const Key key{account, m_workspace.serviceLanguage()};
    Known &known = m_known[key];
    ask(key, known);
    QString service = known.services.value(serviceCode);
    QString category = known.categories.value({serviceCode, categoryCode});
    if (service.isEmpty())
        service = Names::service(serviceCode.toStdString());
    if (category.isEmpty())
        category = Names::category(categoryCode.toStdString());
    return joined(service, category);
}

void ServiceNames::ask(const Key &key, Known &known)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 pause = known.failed ? 10 * duration::minute : duration::day;
    Client *client = m_workspace.client(key.first);
    if (!client || (known.asked != 0 && now - known.asked < pause))
        return;
    known.asked = now;
    m_workspace.catalog().services(
        key.first, *client, key.second, this, [this, key](const Result<QList<Service>> &services, const Freshness &) {
            Known &filled = m_known[key];
            filled.failed = !services;
            if (!services)
                return;
            filled.services.clear();
            filled.categories.clear();
            for (const Service &service : *services) {
                filled.services.insert(service.code, displayText(service.name));
                for (const Category &category : service.categories)
                    filled.categories.insert({service.code, category.code}, displayText(category.name));
            }
            Q_EMIT changed();
        });
}

} // namespace casement
