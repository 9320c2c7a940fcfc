#pragma once

#include <QList>

class QWidget;

namespace casement {

/// Puts these widgets behind each other in the tab order, each with all that can have the focus in it, in the order in
/// which that was made. They are in one window; what comes and goes is put in its place by another call.
void setTabChain(const QList<QWidget *> &widgets);

} // namespace casement
