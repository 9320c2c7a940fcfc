#pragma once

#include <QScrollArea>
#include <QScrollBar>

namespace casement {

/// What stands in it keeps the height that it needs, and is scrolled on a screen that is lower than that.
class LowScreenArea final : public QScrollArea
{
public:
    explicit LowScreenArea(QWidget *content)
    {
        setFrameShape(QFrame::NoFrame);
        setFocusPolicy(Qt::NoFocus); // what has the focus is scrolled to
        setWidgetResizable(true);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setWidget(content);
        viewport()->setAutoFillBackground(false);
        content->setAutoFillBackground(false);
    }

    QSize sizeHint() const override { return widget()->sizeHint(); }
    QSize minimumSizeHint() const override
    {
        return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(), leastHeight};
    }

private:
    static constexpr int leastHeight = 136; ///< px
};

} // namespace casement
