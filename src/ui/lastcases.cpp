#include "ui/lastcases.h"

#include "archive/accounttraces.h"
#include "ui/uisettings.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString lastCasesKey = accounttraces::lastCases;
constexpr qsizetype mostViews = 40;
constexpr qsizetype longestView = 200;

} // namespace

QString LastCases::viewOf(const CaseFilter &filter)
{
    QStringList accounts;
    for (const AccountId account : filter.accounts)
        accounts.append(QString::number(account));
    return (QString::number(int(filter.view)) + u'/' + accounts.join(u',') + u'/' + filter.tag).left(longestView);
}

CaseKey LastCases::in(const QString &view) const
{
    const auto at =
        std::find_if(m_entries.cbegin(), m_entries.cend(), [&view](const Entry &entry) { return entry.view == view; });
    return at == m_entries.cend() ? CaseKey() : at->key;
}

void LastCases::read(const QString &view, const CaseKey &key)
{
    m_entries.removeIf([&view](const Entry &entry) { return entry.view == view; });
    m_entries.prepend({view, key});
    m_entries.resize(std::min(m_entries.size(), mostViews));
}

void LastCases::forget(AccountId account)
{
    m_entries.removeIf([account](const Entry &entry) { return entry.key.account == account; });
}

void LastCases::load(const UiSettings &settings)
{
    m_entries.clear();
    const QJsonArray list = QJsonDocument::fromJson(settings.text(lastCasesKey).toUtf8()).array();
    for (const QJsonValue &value : list) {
        const QJsonArray parts = value.toArray();
        const Entry entry{parts.at(0).toString(), {AccountId(parts.at(1).toInteger()), parts.at(2).toString()}};
        if (entry.key.isValid() && m_entries.size() < mostViews)
            m_entries.append(entry);
    }
}

void LastCases::save(UiSettings &settings) const
{
    QJsonArray list;
    for (const Entry &entry : m_entries)
        list.append(QJsonArray{entry.view, qint64(entry.key.account), entry.key.caseId});
    settings.set(lastCasesKey, QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact)));
}

} // namespace casement
