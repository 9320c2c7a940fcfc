#pragma once

#include <QStringList>

namespace casement::bench {

/// `upload [links] FILE…`: behind the real window the files go into an attachment set, or up by links, as those of a
/// message do, and the process ends when the service has acknowledged the last one.
int upload(int &argc, char **argv, const QStringList &arguments);

/// `download OUT`: fetches an attachment into the archive's folder and saves it as OUT; ends when that is on the disk.
int download(int &argc, char **argv, const QStringList &arguments);

} // namespace casement::bench
