#pragma once

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <functional>

namespace casement::test {

/// Stands where a view would stand: keeps its own copy of what the rows say and changes it only as signals tell. When
/// the copy and the model differ, a signal lied or is missing.
class ModelWatch : public QObject
{
public:
    struct Row
    {
        QString key;
        QStringList cells;
        friend bool operator==(const Row &, const Row &) = default;
    };

    ModelWatch(QAbstractItemModel &model, std::function<QString(int row)> keyOf)
        : m_model(model), m_keyOf(std::move(keyOf)),
          m_tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal),
          m_resets(&model, &QAbstractItemModel::modelReset)
    {
        connect(&model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
            for (int row = first; row <= last; ++row)
                m_rows.insert(row, read(row));
            m_told += u'+';
        });
        connect(&model, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex &, int first, int last) {
            m_rows.remove(first, last - first + 1);
            m_told += u'-';
        });
        connect(&model, &QAbstractItemModel::rowsMoved, this,
                [this](const QModelIndex &, int first, int last, const QModelIndex &, int to) {
                    QCOMPARE(first, last);
                    m_rows.move(first, to > first ? to - 1 : to);
                    m_told += u'>';
                });
        connect(&model, &QAbstractItemModel::layoutChanged, this, [this] {
            QHash<QString, Row> known;
            for (const Row &row : std::as_const(m_rows))
                known.insert(row.key, row);
            QCOMPARE(m_model.rowCount(), m_rows.size());
            for (int row = 0; row < m_rows.size(); ++row) {
                QVERIFY(known.contains(m_keyOf(row)));
                m_rows[row] = known.take(m_keyOf(row)); // its cells stay as they were last told
            }
            m_told += u'%';
        });
        connect(&model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &from, const QModelIndex &to) {
            for (int row = from.row(); row <= to.row(); ++row) {
                const Row now = read(row);
                for (int column = from.column(); column <= to.column(); ++column)
                    m_rows[row].cells[column] = now.cells[column];
            }
            m_told += u'~';
        });
        for (int row = 0; row < model.rowCount(); ++row)
            m_rows.append(read(row));
    }

    /// True when views know everything.
    bool isRight() const
    {
        if (m_model.rowCount() != m_rows.size())
            return false;
        for (int row = 0; row < m_rows.size(); ++row) {
            if (!(m_rows[row] == read(row))) {
                qWarning() << "row" << row << "is" << read(row).key << read(row).cells << "but views think"
                           << m_rows[row].key << m_rows[row].cells;
                return false;
            }
        }
        return true;
    }
    bool neverReset() const { return m_resets.isEmpty(); }
    QString takeTold() { return std::exchange(m_told, {}); }
    QStringList keys() const
    {
        QStringList keys;
        for (int row = 0; row < m_model.rowCount(); ++row)
            keys.append(m_keyOf(row));
        return keys;
    }

private:
    Row read(int row) const
    {
        Row result{m_keyOf(row), {}};
        for (int column = 0; column < m_model.columnCount(); ++column)
            result.cells.append(m_model.index(row, column).data().toString());
        return result;
    }

    QAbstractItemModel &m_model;
    std::function<QString(int row)> m_keyOf;
    QAbstractItemModelTester m_tester;
    QSignalSpy m_resets;
    QList<Row> m_rows;
    QString m_told;
};

} // namespace casement::test
