#pragma once

#include <QString>
#include <QUrl>

#include <functional>

class QWidget;

namespace casement::dialogs {

/// Opens a web page outside. https at once; http only after the person agreed; anything else never.
void openLink(QWidget *parent, const QUrl &url);

/// Asks before a case is opened for which somebody may be called out of bed: a slip in a list is not enough. `severity`
/// in words; `yes` runs when the person agreed.
void askBeforeUrgent(QWidget *parent, const QString &account, const QString &severity, std::function<void()> yes);

/// What opens a page; tests put their own in its place. Default: the desktop's browser.
std::function<void(const QUrl &)> &linkOpener();

} // namespace casement::dialogs
