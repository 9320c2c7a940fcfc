#pragma once

#include "ui/theme.h"

#include <QCoreApplication>
#include <QIcon>
#include <QStyledItemDelegate>

namespace casement {

/// How statuses of Trusted Advisor look: a shape and a colour each, always beside the word.
namespace advisorlook {

/// Name of the icon: an octagon, a triangle, a tick, a circle with an i; for a status nobody has heard of, too.
QString iconName(const QString &status);
QColor color(const QString &status);
QIcon icon(const QString &status);

} // namespace advisorlook

/// Paints the shape of a row's status (StatusCodeRole) before the words of one column; what became of a resource
/// (ChangeRole) in its colour.
class AdvisorDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// `whole`: rows show no focus cell by cell.
    explicit AdvisorDelegate(QObject *parent = nullptr) : QStyledItemDelegate(parent) { }

    /// Of the column, by its ColumnIdRole.
    void setStatusColumn(const QString &id) { m_statusColumn = id; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    QString m_statusColumn;
};

} // namespace casement
