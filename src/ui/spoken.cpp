#include "ui/spoken.h"

#include "ui/plaintext.h"

#include <QAbstractButton>
#include <QAccessibleWidget>
#include <QApplication>
#include <QEvent>
#include <QGroupBox>
#include <QLabel>

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
    widget.setAccessibleName(name);
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
    names = new Names(qApp);
    qApp->installEventFilter(names);
}

void setRole(QWidget &widget, QAccessible::Role role)
{
    QAccessible::installFactory(&makeWithRole); // the same one again is ignored
    widget.setProperty(roleProperty, int(role));
    // Where a screen reader runs, Qt's own may have been made already.
    QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(QAccessible::queryAccessibleInterface(&widget)));
}

} // namespace casement::spoken
