#include "archive/savedfilters.h"

#include "archive/casemarkstore.h"
#include "archive/durable.h"
#include "archive/settings.h"
#include "base/wordslocale.h"

#include <QCollator>
#include <QUuid>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;
using Lane = ArchiveThread::Lane;

namespace {

constexpr qsizetype longestName = 80;

QString settingOf(const QString &id) { return u"filter/"_s + id; }

Result<QList<SavedFilter>> loadFilters(Database &database)
{
    QList<SavedFilter> filters;
    Statement read = database.prepare("SELECT name, value FROM settings WHERE name >= 'filter/' AND name < 'filter0'");
    read.run();
    while (read.next()) {
        const QString value = read.text(1); // name, newline, JSON
        const qsizetype end = value.indexOf(u'\n');
        if (end > 0)
            filters.append({read.text(0).mid(7), value.left(end), value.mid(end + 1).toUtf8()});
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return filters;
}

} // namespace

SavedFilters::SavedFilters(Archive &archive, QObject *parent) : QObject(parent), m_archive(archive) { }

QString SavedFilters::cleanName(const QString &name)
{
    QString clean = cleanNote(name).simplified();
    clean.removeIf([](QChar c) { return c.category() == QChar::Other_Control; });
    clean.truncate(longestName);
    if (!clean.isEmpty() && clean.back().isHighSurrogate())
        clean.chop(1);
    return clean.trimmed();
}

void SavedFilters::load()
{
    const int number = ++m_loads;
    m_loading = true;
    m_archive.ask<QList<SavedFilter>>(
        Lane::Urgent, this, [](Database &database) { return loadFilters(database); },
        [this, number](const Result<QList<SavedFilter>> &filters) {
            if (number != m_loads)
                return;
            m_loading = false;
            m_filters = filters ? *filters : QList<SavedFilter>();
            sort();
            if (!filters)
                Q_EMIT failed(filters.error());
            Q_EMIT changed();
        });
}

const SavedFilter *SavedFilters::find(const QString &id) const
{
    const auto at = std::find_if(m_filters.begin(), m_filters.end(), [&](const auto &one) { return one.id == id; });
    return at == m_filters.end() ? nullptr : &*at;
}

QString SavedFilters::newId() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }

QString SavedFilters::add(const QString &name, const QByteArray &filter)
{
    const QString id = newId();
    put({id, name, filter});
    return id;
}

void SavedFilters::put(SavedFilter filter)
{
    filter.name = cleanName(filter.name);
    if (filter.name.isEmpty() || filter.id.isEmpty())
        return;
    m_filters.removeIf([&](const SavedFilter &one) { return one.id == filter.id; });
    m_filters.append(filter);
    sort();
    write([filter](Database &database) {
        return durably(database, [&] {
            writeSetting(database, settingOf(filter.id), filter.name + u'\n' + QString::fromUtf8(filter.filter));
        });
    });
}

void SavedFilters::remove(const QString &id)
{
    if (m_filters.removeIf([&](const SavedFilter &one) { return one.id == id; }) == 0)
        return;
    write([id](Database &database) {
        return durably(database, [&] { database.prepare("DELETE FROM settings WHERE name = ?").run(settingOf(id)); });
    });
}

void SavedFilters::write(std::function<Result<void>(Database &)> work)
{
    m_archive.ask<void>(Lane::Urgent, this, std::move(work), [this](const Result<void> &done) {
        if (!done)
            Q_EMIT failed(done.error());
    });
    if (m_loading)
        load(); // what is on its way does not have this
    Q_EMIT changed();
}

void SavedFilters::sort()
{
    QCollator collator(wordsLocale());
    collator.setNumericMode(true);
    std::sort(m_filters.begin(), m_filters.end(), [&](const SavedFilter &a, const SavedFilter &b) {
        const int order = collator.compare(a.name, b.name);
        return order != 0 ? order < 0 : a.id < b.id;
    });
}

void SavedFilters::retranslate()
{
    sort();
    Q_EMIT changed();
}

} // namespace casement
