#pragma once

#include <QTimer>
#include <QWidget>

#include <functional>

namespace casement {

/// Lets files be dropped anywhere on a widget and on what is in it by then, and frames it in words while they are
/// dragged over it. Takes files of this computer, as copies; everything else is left to the fields below, and refused
/// where they don't take it.
class DropArea final : public QWidget
{
    Q_OBJECT

public:
    using Take = std::function<void(const QStringList &paths)>;

    /// `canTake` says whether files are taken now; the area belongs to `over`, which it covers.
    DropArea(QWidget &over, std::function<bool()> canTake, Take take);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void cover();

    QWidget &m_over;
    std::function<bool()> m_canTake;
    Take m_take;
    QTimer m_leave; // a drag that goes on to a child leaves the area for a moment
    QString m_words;
};

} // namespace casement
