#pragma once

#include "archive/archive.h"

#include <QByteArray>

namespace casement {

/// A filter of the case list that a person gave a name.
struct SavedFilter
{
    QString id; ///< a UUID: two programs may save
    QString name;
    QByteArray filter; ///< JSON, of models/filterjson
    friend bool operator==(const SavedFilter &, const SavedFilter &) = default;
};

/// The saved filters of the archive. They are few, so all of them are in memory; what is set is on its way to the disk
/// at once.
class SavedFilters final : public QObject
{
    Q_OBJECT

public:
    explicit SavedFilters(Archive &archive, QObject *parent = nullptr);

    /// Reads what is stored; call it whenever the archive was opened. changed() follows, also after an error, which is
    /// told by failed().
    void load();

    /// By name, in the order of the person's language.
    const QList<SavedFilter> &filters() const { return m_filters; }
    const SavedFilter *find(const QString &id) const;

    static QString newId();
    /// Answers the new filter's id.
    QString add(const QString &name, const QByteArray &filter);
    /// Stores a filter as it is: renamed, with other contents, or one that was removed.
    void put(SavedFilter filter);
    void remove(const QString &id);

    /// One line, without spaces around, not overlong; empty when nothing is left of it.
    static QString cleanName(const QString &name);

    /// The person's language changed: filters() stand in another order.
    void retranslate();

Q_SIGNALS:
    /// A filter came, changed or went.
    void changed();
    /// What was to be stored could not be.
    void failed(const casement::Error &error);

private:
    void write(std::function<Result<void>(Database &)> work);
    void sort();

    Archive &m_archive;
    QList<SavedFilter> m_filters;
    bool m_loading = false;
    int m_loads = 0; // the newest; answers of older ones are dropped
};

} // namespace casement
