#pragma once

#include <QObject>
#include <QString>

#include <vector>

class QAction;
class QLineEdit;

namespace casement {

namespace Ui {
class MainWindow;
}

/// View › Filter by Date: puts dates as words (archive/datewords) into the search field, where they can be seen and
/// changed, and shows which of its entries stands there.
class DateFilterMenu final : public QObject
{
    Q_OBJECT

public:
    /// Both are borrowed.
    DateFilterMenu(Ui::MainWindow &ui, QLineEdit &search, QObject *parent);

    /// A sentence about the first word of what was typed that should be a date and is none; empty when there is none.
    static QString problem(const QString &typed);

private:
    void put(const QString &dates);
    void putBoth();
    void check();

    struct Entry
    {
        QAction *action;
        QString dates;
    };
    QLineEdit &m_search;
    std::vector<Entry> m_entries;
};

} // namespace casement
