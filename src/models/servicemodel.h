#pragma once

#include "support/catalog.h"

#include <QAbstractListModel>
#include <QList>
#include <QStringList>

#include <vector>

namespace casement {

/// A short list of things with a code and a name, for combo boxes and lists to choose from. What is shown changes by
/// single signals and never by a reset, so a choice stays for as long as its row does.
///
/// Names are displayText(). KeyRole is the code as the service spells it.
class CodeListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    /// The code of a row; empty when there is no such row.
    QString codeAt(int row) const;
    /// The row of a code, or -1 when it is not shown.
    int rowOf(const QString &code) const;

protected:
    struct Row
    {
        QString code;
        QString name;
        QList<Category> categories;
        bool isRecent = false;
    };

    /// Replaces the rows. Codes are all different.
    void show(const QList<Row> &wanted);
    const QList<Row> &rows() const { return m_rows; }
    /// Drops what has no code or one that came before, and makes names fit to be shown.
    static QList<Row> tidied(QList<Row> rows);

private:
    void removeOthers(const QList<Row> &wanted);
    void arrange(const QList<Row> &wanted);
    void insertMissing(const QList<Row> &wanted);
    void update(const QList<Row> &wanted);

    QList<Row> m_rows;
};

/// The services that a case can be about, found by typing.
///
/// Recently used ones stand first, then all in the order of the person's language. What is typed filters: each word
/// must stand somewhere in the name or the code, whatever its case and width; where all stand at beginnings of words,
/// the service comes before those where they stand inside.
class ServiceModel final : public CodeListModel
{
    Q_OBJECT

public:
    using CodeListModel::CodeListModel;

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    void setServices(const QList<Service> &services);
    /// Codes, the last used one first.
    void setRecent(const QStringList &codes);
    void setFilter(const QString &typed);
    const QString &filter() const { return m_filter; }

    bool isEmpty() const { return m_entries.empty(); }
    /// Of a service, shown or not.
    bool knows(const QString &code) const { return find(code); }
    /// Of a service, shown or not; in the service's order.
    QList<Category> categories(const QString &code) const;
    /// Of a service, shown or not; the code itself (as displayText()) when nobody knows it.
    QString name(const QString &code) const;

    /// Sorts anew by the order of wordsLocale().
    void retranslate();

private:
    /// A service and what typing is compared with.
    struct Entry
    {
        Row row;
        QString folded; ///< name and code
    };

    void arrange();
    void refresh();
    const Entry *find(const QString &code) const;

    std::vector<Entry> m_entries; // in the order of the language
    QStringList m_recent;
    QString m_filter;
    QStringList m_words;
};

/// The categories of a service, in the service's order.
class CategoryModel final : public CodeListModel
{
    Q_OBJECT

public:
    using CodeListModel::CodeListModel;

    void setCategories(const QList<Category> &categories);
};

} // namespace casement
