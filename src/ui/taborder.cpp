#include "ui/taborder.h"

#include <QWidget>

namespace casement {

void setTabChain(const QList<QWidget *> &widgets)
{
    QList<QWidget *> chain;
    const auto take = [&chain, window = widgets.first()->window()](QWidget *widget) {
        // Qt leaves alone what can't be reached and what is in a list or menu that opens; what stands for another one
        // goes where that goes.
        if (widget->focusPolicy() != Qt::NoFocus && !widget->focusProxy() && widget->window() == window)
            chain.append(widget);
    };
    for (QWidget *widget : widgets) {
        take(widget);
        const auto inner = widget->findChildren<QWidget *>();
        for (QWidget *one : inner)
            take(one);
    }
    // From the last on, each right behind the first: Qt goes round in circles, and does nothing where the one is last
    // in the window and the other the first in it.
    for (qsizetype i = chain.size() - 1; i > 0; --i)
        QWidget::setTabOrder(chain.first(), chain.at(i));
}

} // namespace casement
