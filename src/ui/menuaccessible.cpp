#include "ui/menuaccessible.h"

#include "ui/plaintext.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QAction>
#include <QApplication>
#include <QHash>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>

namespace casement {

namespace {

/// An entry of a menu or a menu bar; as Qt's, but for its name.
template <class Owner> class MenuEntry final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    MenuEntry(Owner *owner, QAction *action) : m_owner(owner), m_action(action) { }

    bool isValid() const override { return m_owner && m_action; }
    QObject *object() const override { return m_action; }
    QWindow *window() const override { return isValid() ? parent()->window() : nullptr; }
    QAccessibleInterface *parent() const override
    {
        return m_owner ? QAccessible::queryAccessibleInterface(m_owner) : nullptr;
    }
    int childCount() const override { return menu() ? 1 : 0; }
    QAccessibleInterface *child(int index) const override
    {
        return index == 0 && menu() ? QAccessible::queryAccessibleInterface(menu()) : nullptr;
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        return child && menu() && child->object() == menu() ? 0 : -1;
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        QAccessibleInterface *inner = child(0);
        return inner && menu()->isVisible() && inner->rect().contains(x, y) ? inner : nullptr;
    }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect own = m_owner->actionGeometry(m_action);
        return {m_owner->mapToGlobal(own.topLeft()), own.size()};
    }
    QAccessible::Role role() const override
    {
        return m_action && m_action->isSeparator() ? QAccessible::Separator : QAccessible::MenuItem;
    }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.invisible = !m_owner->isVisible() || !m_action->isVisible();
        state.focusable = !m_action->isSeparator();
        state.focused = m_owner->activeAction() == m_action;
        state.disabled = m_action->isSeparator() || !m_action->isEnabled();
        state.checkable = m_action->isCheckable();
        state.checked = m_action->isChecked();
        state.hasPopup = menu() != nullptr;
        state.expandable = state.hasPopup;
        state.expanded = menu() && menu()->isVisible();
        state.collapsed = state.expandable && !state.expanded;
        return state;
    }
    QString text(QAccessible::Text kind) const override
    {
        if (!m_action)
            return {};
        if (kind == QAccessible::Name)
            return withoutMnemonic(m_action->text());
        if (kind == QAccessible::Accelerator)
            return m_action->shortcut().toString(QKeySequence::NativeText);
        return {};
    }
    void setText(QAccessible::Text, const QString &) override { }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }
    QStringList actionNames() const override
    {
        if (!isValid() || m_action->isSeparator())
            return {};
        return {menu() ? showMenuAction() : pressAction()};
    }
    void doAction(const QString &name) override
    {
        if (!isValid() || !m_action->isEnabled())
            return;
        if (name == pressAction())
            choose();
        else if (name != showMenuAction() || !menu())
            return;
        else if (menu()->isVisible())
            menu()->hide();
        else
            m_owner->setActiveAction(m_action);
    }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    QMenu *menu() const { return m_action ? m_action->menu() : nullptr; }
    /// As a click: open menus go first, or they would keep the keys from what the action opens.
    void choose()
    {
        const QPointer<QAction> action = m_action;
        if (m_owner->isVisible()) {
            while (QWidget *open = QApplication::activePopupWidget()) {
                if (!qobject_cast<QMenu *>(open) || !open->close())
                    break;
            }
        }
        if (action)
            action->trigger();
    }

    QPointer<Owner> m_owner;
    QPointer<QAction> m_action;
};

template <class Owner> class MenuAccessible final : public QAccessibleWidget
{
public:
    MenuAccessible(Owner *owner, QAccessible::Role role) : QAccessibleWidget(owner, role) { }
    ~MenuAccessible() override
    {
        for (const QAccessible::Id id : std::as_const(m_entries)) {
            if (QAccessible::accessibleInterface(id))
                QAccessible::deleteAccessibleInterface(id);
        }
    }

    QString text(QAccessible::Text kind) const override
    {
        const QString own = QAccessibleWidget::text(kind);
        if constexpr (std::is_same_v<Owner, QMenu>) {
            if (kind == QAccessible::Name && own.isEmpty())
                return withoutMnemonic(owner().title());
        }
        return own;
    }
    QAccessibleInterface *parent() const override
    {
        if constexpr (std::is_same_v<Owner, QMenu>) {
            // The entry that opens it, where there is one.
            const auto holders = owner().menuAction()->associatedObjects();
            for (QObject *holder : holders) {
                auto *widget = qobject_cast<QWidget *>(holder);
                if (!qobject_cast<QMenu *>(widget) && !qobject_cast<QMenuBar *>(widget))
                    continue;
                const qsizetype at = widget->actions().indexOf(owner().menuAction());
                if (QAccessibleInterface *told = QAccessible::queryAccessibleInterface(widget); told && at >= 0)
                    return told->child(int(at));
            }
        }
        return QAccessibleWidget::parent();
    }

    int childCount() const override { return int(owner().actions().size()); }
    QAccessibleInterface *child(int index) const override
    {
        const QList<QAction *> actions = owner().actions();
        return index >= 0 && index < actions.size() ? entry(actions.at(index)) : nullptr;
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        QAction *action = owner().actionAt(owner().mapFromGlobal(QPoint(x, y)));
        return action && !action->isSeparator() ? entry(action) : nullptr;
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        return child ? int(owner().actions().indexOf(qobject_cast<QAction *>(child->object()))) : -1;
    }

private:
    Owner &owner() const { return *static_cast<Owner *>(widget()); }
    QAccessibleInterface *entry(QAction *action) const
    {
        QAccessible::Id &id = m_entries[action];
        QAccessibleInterface *known = id == 0 ? nullptr : QAccessible::accessibleInterface(id);
        if (known && known->isValid() && known->object() == action)
            return known;
        auto *made = new MenuEntry<Owner>(&owner(), action);
        id = QAccessible::registerAccessibleInterface(made);
        return made;
    }

    mutable QHash<QAction *, QAccessible::Id> m_entries;
};

QAccessibleInterface *makeMenuAccessible(const QString &, QObject *object)
{
    if (auto *menu = qobject_cast<QMenu *>(object))
        return new MenuAccessible<QMenu>(menu, QAccessible::PopupMenu);
    if (auto *bar = qobject_cast<QMenuBar *>(object))
        return new MenuAccessible<QMenuBar>(bar, QAccessible::MenuBar);
    return nullptr;
}

} // namespace

void installMenuAccessible() { QAccessible::installFactory(&makeMenuAccessible); } // the same one again is ignored

} // namespace casement
