#pragma once

#include <QByteArray>
#include <QString>

namespace casement::cli {

/// Standard output. Writes at once; the first failure ends it, and says what the program's end should be.
class Output
{
public:
    explicit Output(int descriptor);

    bool isTerminal() const { return m_isTerminal; }
    /// The width of the terminal in cells; 0 when there is none.
    int columns() const;

    void write(const QByteArray &bytes);
    void write(const QString &text) { write(text.toUtf8()); }

    /// errno of the failure; 0 while all was written.
    int failure() const { return m_failure; }

private:
    int m_descriptor;
    bool m_isTerminal;
    int m_failure = 0;
};

/// Standard error: lines that begin with the program's name, redacted and without control characters.
void complain(const QString &text);

/// Standard error as it is but for control characters: what a person must see whole, as a page to sign in at.
void showWhole(const QString &text);

/// Somebody looks at standard error while it is written: it is a terminal.
bool isWatched();
/// One line of standard error that is written over and over, for who looks on; nothing happens when nobody does. Empty:
/// it goes. complain() takes its place.
void showProgress(const QString &line);

} // namespace casement::cli
