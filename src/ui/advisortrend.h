#pragma once

#include "archive/advisorrecords.h"

#include <QWidget>

namespace casement {

/// How many resources were flagged day by day: a painted line. The arrow keys and the mouse go from day to day; a click
/// or Enter leads to what is flagged.
class AdvisorTrend final : public QWidget
{
    Q_OBJECT

public:
    explicit AdvisorTrend(QWidget *parent = nullptr);

    void show(const QList<AdvisorDay> &days);
    using QWidget::show;
    const QList<AdvisorDay> &days() const { return m_days; }
    /// What is said of a day.
    QString textOf(const AdvisorDay &day) const;
    /// What stands in place of a line, which takes two days; else empty.
    QString wordsInstead() const;
    void retranslate();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QRectF plot() const;
    QPointF pointOf(int day) const;
    void setCurrent(int day);

    QList<AdvisorDay> m_days;
    int m_current = -1;
};

} // namespace casement
