#pragma once

#include <QString>
#include <QStringList>

namespace casement {

/// A tool tip that shows the text literally, whatever looks like HTML in it, wrapped at a readable width.
QString plainToolTip(const QString &text);

/// The words of a search as a person typed them: parted at white space, without doubles.
QStringList searchWords(const QString &typed);

/// Where the words stand in the text, in order, not overlapping; regardless of case and, for letters and digits, of
/// width.
struct Occurrence
{
    int start = 0;
    int length = 0;
    friend bool operator==(const Occurrence &, const Occurrence &) = default;
};
QList<Occurrence> findWords(const QString &text, const QStringList &words);

} // namespace casement
