#pragma once

#include <QList>

class QWidget;

namespace casement {

/// The parts of a window that F6 goes through: each is given the focus where it had it last, else at its first control.
namespace panes {

/// From the pane that has the focus to the next one, or to the one before; what is hidden or takes no keys is left out.
void step(const QList<QWidget *> &panes, bool isBack);

} // namespace panes

} // namespace casement
