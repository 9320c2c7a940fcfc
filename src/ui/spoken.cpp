#include "ui/spoken.h"

#include "ui/plaintext.h"

#include <QAbstractButton>
#include <QAccessibleWidget>
#include <QApplication>
#include <QCheckBox>
#include <QEvent>
#include <QGroupBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QToolButton>

namespace casement::spoken {

using namespace Qt::StringLiterals;

namespace {

constexpr auto roleProperty = "casementRole";
constexpr auto nameProperty = "casementSpokenName"; // which was given here

void give(QWidget &widget, const QString &text)
{
    const QString last = widget.property(nameProperty).toString();
    if (widget.accessibleName() != last)
        return; // it has one of its own
    const QString name = text.contains("(&"_L1) ? withoutMnemonic(text) : QString();
    if (name == last)
        return;
    widget.setProperty(nameProperty, name);
    setName(widget, name);
}

/// A button as Qt's own tells it, but for its name, which is right before it was ever painted, too.
class SpokenButton final : public QAccessibleWidget
{
public:
    explicit SpokenButton(QAbstractButton *button) : QAccessibleWidget(button, roleOf(*button)) { }

    QString text(QAccessible::Text kind) const override
    {
        const QString own = QAccessibleWidget::text(kind);
        if (kind == QAccessible::Name && own.isEmpty())
            return withoutMnemonic(button().text());
        if (kind == QAccessible::Accelerator && own.isEmpty())
            return button().shortcut().toString(QKeySequence::NativeText);
        return own;
    }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.checkable = button().isCheckable();
        state.checked = button().isChecked();
        state.pressed = button().isDown();
        if (const auto *box = qobject_cast<const QCheckBox *>(&button()))
            state.checkStateMixed = box->checkState() == Qt::PartiallyChecked;
        if (const auto *push = qobject_cast<const QPushButton *>(&button())) {
            state.defaultButton = push->isDefault();
            state.hasPopup = menu() != nullptr;
        }
        return state;
    }

    QAccessible::Role role() const override { return menu() ? QAccessible::ButtonMenu : QAccessibleWidget::role(); }

    QStringList actionNames() const override
    {
        QStringList names;
        if (button().isEnabled())
            names.append(menu() ? showMenuAction() : button().isCheckable() ? toggleAction() : pressAction());
        return names + QAccessibleWidget::actionNames();
    }
    void doAction(const QString &action) override
    {
        if (!actionNames().contains(action) || action == setFocusAction())
            return QAccessibleWidget::doAction(action);
        if (action == toggleAction())
            button().click();
        else if (auto *push = qobject_cast<QPushButton *>(&button()); push && menu())
            QMetaObject::invokeMethod(push, &QPushButton::showMenu, Qt::QueuedConnection); // who asked waits
        else
            button().animateClick();
    }
    QStringList keyBindingsForAction(const QString &action) const override
    {
        const QString key = button().shortcut().toString();
        return action == pressAction() && !key.isEmpty() ? QStringList(key) : QStringList();
    }

private:
    const QMenu *menu() const
    {
        const auto *push = qobject_cast<const QPushButton *>(&button());
        return push ? push->menu() : nullptr;
    }
    static QAccessible::Role roleOf(const QAbstractButton &button)
    {
        if (qobject_cast<const QCheckBox *>(&button))
            return QAccessible::CheckBox;
        if (qobject_cast<const QRadioButton *>(&button))
            return QAccessible::RadioButton;
        return QAccessible::Button;
    }
    QAbstractButton &button() const { return *static_cast<QAbstractButton *>(widget()); }
};

QAccessibleInterface *makeSpokenButton(const QString &, QObject *object)
{
    auto *button = qobject_cast<QAbstractButton *>(object);
    const auto *tool = qobject_cast<const QToolButton *>(button);
    // A tool button with a menu has parts, which Qt tells of.
    return button && !(tool && (tool->menu() || tool->popupMode() != QToolButton::DelayedPopup))
        ? new SpokenButton(button)
        : nullptr;
}

/// No event tells that a text is another one, but then it is painted.
class Names final : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Paint && event->type() != QEvent::Show)
            return false;
        if (auto *button = qobject_cast<QAbstractButton *>(watched))
            give(*button, button->text());
        else if (auto *label = qobject_cast<QLabel *>(watched); label && label->buddy())
            give(*label->buddy(), label->text());
        else if (auto *group = qobject_cast<QGroupBox *>(watched))
            give(*group, group->title());
        return false;
    }
};

QAccessibleInterface *makeWithRole(const QString &, QObject *object)
{
    auto *widget = qobject_cast<QWidget *>(object);
    const QVariant role = widget ? widget->property(roleProperty) : QVariant();
    return role.isValid() ? new QAccessibleWidget(widget, QAccessible::Role(role.toInt())) : nullptr;
}

} // namespace

void installNames()
{
    static QPointer<Names> names;
    if (names || !qApp)
        return;
    QAccessible::installFactory(&makeSpokenButton);
    names = new Names(qApp);
    qApp->installEventFilter(names);
}

void setName(QWidget &widget, const QString &name)
{
    if (widget.accessibleName() != name)
        widget.setAccessibleName(name);
}

void setDescription(QWidget &widget, const QString &description)
{
    if (widget.accessibleDescription() != description)
        widget.setAccessibleDescription(description);
}

void setRole(QWidget &widget, QAccessible::Role role)
{
    QAccessible::installFactory(&makeWithRole); // the same one again is ignored
    widget.setProperty(roleProperty, int(role));
    // Where a screen reader runs, Qt's own may have been made already.
    QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(QAccessible::queryAccessibleInterface(&widget)));
}

} // namespace casement::spoken
