#pragma once

#include "base/error.h"

#include <QDialogButtonBox>
#include <QMessageBox>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <initializer_list>
#include <utility>

class QBoxLayout;
class QPushButton;
class QWidget;

namespace casement::dialogs {

/// Opens a page, a file or a folder with the desktop's program for it. Where there is none, a box says so and has the
/// address or the path to copy.
void openOrTell(QWidget *parent, const QUrl &url);

/// Opens a web page outside, as openOrTell(). https at once; http only after the person agreed; anything else never.
void openLink(QWidget *parent, const QUrl &url);

/// A question whose other answers change, send, open or delete something, to be given buttons for these and opened. The
/// first key leaves all as it is: Enter, after the key of the command was pressed by mistake, as well as Esc.
QMessageBox *question(QWidget *parent, const QString &objectName, QMessageBox::Icon icon, const QString &title,
                      const QString &text, const QString &more = {});

/// Says why a file could not be written, and that the old one is as it was, in a box named `objectName`; nothing when a
/// person stopped it.
void tellFailedExport(QWidget *parent, const QString &objectName, const Error &error);

/// Says that a name ends as no format does, and how it may end (".pdf"), in a box named `objectName`; `again` lets the
/// person choose another name.
void tellUnknownEnding(QWidget *parent, const QString &objectName, const QString &path, const QStringList &endings,
                       std::function<void()> again);

/// What a window made by hand says: `say` is called now, and again whenever the language changes while it is open.
void inEachLanguage(QWidget &window, std::function<void()> say);

/// Takes the buttons out of the row and puts them into its place at the end, in the order that the platform has for
/// their roles.
void inPlatformOrder(QBoxLayout &row,
                     std::initializer_list<std::pair<QPushButton *, QDialogButtonBox::ButtonRole>> buttons);

/// Asks for files of this computer; `chosen` gets one or more. `folder`: where it begins.
void chooseFiles(QWidget *parent, const QString &folder, std::function<void(const QStringList &paths)> chosen);

/// What opens a page of the web, false when there is nothing that does; tests put their own in its place. Default: the
/// desktop's browser.
std::function<bool(const QUrl &)> &linkOpener();

/// The same of a file or folder of this computer: the program that the desktop has for it.
std::function<bool(const QUrl &)> &fileOpener();

} // namespace casement::dialogs
