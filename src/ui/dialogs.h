#pragma once

#include <QUrl>

#include <functional>

class QWidget;

namespace casement::dialogs {

/// Opens a web page outside. https at once; http only after the person agreed; anything else never.
void openLink(QWidget *parent, const QUrl &url);

/// What opens a page; tests put their own in its place. Default: the desktop's browser.
std::function<void(const QUrl &)> &linkOpener();

} // namespace casement::dialogs
