#pragma once

#include <QString>
#include <QStringList>

class QFont;
class QLineEdit;
class QPaintDevice;
class QTextLayout;
class QWidget;

namespace casement {

/// A tool tip that shows the text literally, whatever looks like HTML in it, wrapped at a readable width.
QString plainToolTip(const QString &text);
/// Gives a widget that tool tip, and the text itself to screen readers: these would be told the markup.
void setPlainToolTip(QWidget &widget, const QString &text);
/// The text of an action or a button as it is read: without "&", and without the "(&N)" of languages that don't have
/// the letter in the word.
QString withoutMnemonic(QString text);
/// Gives the button that empties a field, which Qt makes without one, a name.
void nameClearButton(QLineEdit &field, const QString &name);

/// What of a text fits into so many lines of that width, wrapped wherever it must be, with "…" at the end when the text
/// goes on.
QString fittingText(const QString &text, const QFont &font, QPaintDevice *device, int width, int lines);
/// Lays a text out in up to so many lines as fittingText() measures them; returns where the last one starts.
int layOut(QTextLayout &layout, int width, int lines);

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
