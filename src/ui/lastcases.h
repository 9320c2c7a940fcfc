#pragma once

#include "models/casefilter.h"

#include <QList>
#include <QString>

namespace casement {

class UiSettings;

/// Which case was read last in each of the sidebar's views, over restarts. What is typed makes no view of its own.
class LastCases
{
public:
    /// The view that a filter shows.
    static QString viewOf(const CaseFilter &filter);

    /// Invalid when nothing was read there.
    CaseKey in(const QString &view) const;
    void read(const QString &view, const CaseKey &key);

    void forget(AccountId account);

    void load(const UiSettings &settings);
    void save(UiSettings &settings) const;

private:
    struct Entry
    {
        QString view;
        CaseKey key;
    };
    QList<Entry> m_entries; // the last one first
};

} // namespace casement
