#pragma once

#include "archive/advisorrecords.h"

#include <QListView>

class QStandardItemModel;

namespace casement {

/// The checks that could save most, a painted bar each; names that have no room beside the bars stand above them. A row
/// leads to its check, by mouse or by Enter.
class AdvisorBars final : public QListView
{
    Q_OBJECT

public:
    explicit AdvisorBars(QWidget *parent = nullptr);

    struct Bar
    {
        AccountId account = 0;
        QString checkId;
        QString name; ///< as it is shown
        QString accountName; ///< empty while there is only one
        double savings = 0; ///< US dollars a month
        friend bool operator==(const Bar &, const Bar &) = default;
    };
    void show(const QList<Bar> &bars);
    using QListView::show;
    void retranslate();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    /// Of each bar with its words. A few bars share the height that there is, up to some times what they need.
    int rowHeight() const;
    /// Names stand above their bars, for want of room beside them.
    bool isTwoLined() const { return m_isTwoLined; }

Q_SIGNALS:
    void checkChosen(casement::AccountId account, const QString &checkId);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitLines();
    void fitHeights();
    void choose(const QModelIndex &index);

    QStandardItemModel *m_model;
    QList<Bar> m_bars;
    bool m_isTwoLined = false;
    int m_rowHeight = 0; // when it was laid out last
};

} // namespace casement
