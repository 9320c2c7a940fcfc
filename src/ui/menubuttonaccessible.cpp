#include "ui/menubuttonaccessible.h"

#include "ui/plaintext.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QMenu>
#include <QTimer>
#include <QToolButton>

namespace casement {

namespace {

constexpr auto hasMenuProperty = "casementMenuButton";

class MenuButtonAccessible final : public QAccessibleWidget
{
public:
    explicit MenuButtonAccessible(QToolButton *button) : QAccessibleWidget(button, QAccessible::ButtonMenu) { }

    QString text(QAccessible::Text kind) const override
    {
        const QString own = QAccessibleWidget::text(kind);
        if (kind != QAccessible::Name || !own.isEmpty())
            return own;
        return withoutMnemonic(button().text());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.hasPopup = true;
        state.pressed = button().isDown();
        state.expandable = true;
        state.expanded = button().menu() && button().menu()->isVisible();
        state.collapsed = !state.expanded;
        return state;
    }

    int childCount() const override { return button().menu() ? 1 : 0; }
    QAccessibleInterface *child(int index) const override
    {
        return index == 0 && button().menu() ? QAccessible::queryAccessibleInterface(button().menu()) : nullptr;
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        return child && button().menu() && child->object() == button().menu() ? 0 : -1;
    }

    QStringList actionNames() const override { return {pressAction(), showMenuAction(), setFocusAction()}; }
    void doAction(const QString &action) override
    {
        if (action != pressAction() && action != showMenuAction())
            return QAccessibleWidget::doAction(action);
        // Who asked waits for an answer, and an open menu ends only when somebody chose.
        QTimer::singleShot(0, &button(), [button = &button()] {
            if (button->isVisible() && button->isEnabled())
                button->showMenu();
        });
    }

private:
    QToolButton &button() const { return *static_cast<QToolButton *>(widget()); }
};

QAccessibleInterface *makeMenuButton(const QString &, QObject *object)
{
    auto *button = qobject_cast<QToolButton *>(object);
    return button && button->property(hasMenuProperty).toBool() ? new MenuButtonAccessible(button) : nullptr;
}

} // namespace

QMenu *addMenuTo(QToolButton &button)
{
    QAccessible::installFactory(&makeMenuButton); // the same one again is ignored
    button.setProperty(hasMenuProperty, true);
    // Where a screen reader runs, Qt's own was made as soon as the button had its text.
    QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(QAccessible::queryAccessibleInterface(&button)));
    button.setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(&button);
    button.setMenu(menu);
    // An action that assistive technology chose leaves the menu open.
    QObject::connect(menu, &QMenu::triggered, menu, &QMenu::hide);
    return menu;
}

} // namespace casement
