#include "models/filterjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr AccountId nobody = -1;

/// In the order of CaseFilter::View; they stay for ever.
constexpr std::array viewNames{"all"_L1,     "needs-reply"_L1,    "with-aws"_L1,     "resolved"_L1,  "unread"_L1,
                               "starred"_L1, "answer-overdue"_L1, "closing-soon"_L1, "reopenable"_L1};
static_assert(viewNames.size() == CaseFilter::viewCount);

} // namespace

QByteArray filterToJson(const CaseFilter &filter, const QList<AccountRecord> &accounts)
{
    QJsonArray keys;
    for (const AccountRecord &account : accounts) {
        if (filter.accounts.contains(account.id))
            keys.append(account.key);
    }
    const QJsonObject json{{u"view"_s, viewNames[size_t(filter.view)]},
                           {u"words"_s, filter.words},
                           {u"tag"_s, filter.tag},
                           {u"accounts"_s, keys}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

CaseFilter filterFromJson(const QByteArray &json, const QList<AccountRecord> &accounts)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    CaseFilter filter;
    const QString view = object.value("view"_L1).toString();
    const auto known = std::find(viewNames.begin(), viewNames.end(), view);
    if (known != viewNames.end())
        filter.view = CaseFilter::View(known - viewNames.begin());
    filter.words = object.value("words"_L1).toString();
    filter.tag = object.value("tag"_L1).toString();
    const QJsonArray keys = object.value("accounts"_L1).toArray();
    for (const AccountRecord &account : accounts) {
        if (keys.contains(account.key))
            filter.accounts.append(account.id);
    }
    if (!keys.isEmpty() && filter.accounts.isEmpty())
        filter.accounts = {nobody};
    return filter;
}

} // namespace casement
