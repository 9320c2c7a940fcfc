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

} // namespace casement::cli
