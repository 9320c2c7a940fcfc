#pragma once

#include <QObject>

namespace casement {

/// Shift+F10 does what the Menu key does, which many keyboards don't have: the menu of what has the focus. Qt knows the
/// one key alone. A filter of the application.
class MenuKey final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace casement
