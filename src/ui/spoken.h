#pragma once

#include <QAccessible>

class QWidget;

/// What screen readers are told of widgets, where what Qt tells them would not do.
namespace casement::spoken {

/// Names of buttons and labelled fields are read without the "(K)" that a mnemonic leaves behind a Japanese word. For
/// all windows of the program; once more does nothing.
void installNames();

/// Its name and its description. A screen reader is told of them when they are other ones: Qt tells it every time they
/// are set, which is twice a second for all that a page shows while its rows are refreshed.
void setName(QWidget &widget, const QString &name);
void setDescription(QWidget &widget, const QString &description);

/// The role of a widget that Qt knows nothing of: one that is painted here, or a notice.
void setRole(QWidget &widget, QAccessible::Role role);

} // namespace casement::spoken
