#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

/// What lists for people and for programs are made of.
namespace casement::cli {

/// Rows of one length as columns, aligned by terminal cells; the first is the titles. `mostCells`: of each column but
/// the last, which is not cut. Lines are cut to `columns` cells unless that is 0. An empty cell is a dash. With
/// `firstWhole` the first cell of a row is never cut: what is too long for its column moves the rest of its row.
QString tableText(std::vector<QStringList> rows, const std::vector<int> &mostCells, int columns,
                  bool firstWhole = false);

/// A cell of RFC 4180, quoted where needed; one that a spreadsheet would take for a formula gets a leading apostrophe.
/// With `forTerminal` line breaks become spaces.
QByteArray csvCell(const QString &text, bool forTerminal);

/// `6 bytes`, `640 kB`, `12 MB`: as the window counts them, of 1,024 bytes.
QString sizeText(qint64 bytes);
/// `3.1 MB of 12 MB`.
QString progressText(qint64 done, qint64 total);

} // namespace casement::cli
