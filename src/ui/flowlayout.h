#pragma once

#include <QLayout>
#include <QList>

namespace casement {

/// Puts widgets side by side and goes on in another line where there is no room: rows of controls in a narrow window.
/// Hidden ones take no room. The first one of a line may be as wide as the line.
class FlowLayout final : public QLayout
{
    Q_OBJECT

public:
    explicit FlowLayout(QWidget *parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    int count() const override { return int(m_items.size()); }
    QLayoutItem *itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }
    void setGeometry(const QRect &rect) override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;

private:
    int arrange(const QRect &rect, bool move) const;

    QList<QLayoutItem *> m_items;
};

/// Two groups of controls of a row: beside each other, the second one below, aligned as it says, where they would be
/// cut.
void placeBesideOrBelow(QBoxLayout &row, QLayout &first, QLayout &second, int room, Qt::Alignment below = {});

} // namespace casement
