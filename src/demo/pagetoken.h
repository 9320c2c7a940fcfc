#pragma once

#include <QByteArray>
#include <QString>

#include <initializer_list>

namespace casement::demo {

/// What a page token remembers.
struct PageToken
{
    QByteArray operation; ///< which accepts it
    QByteArray parameters; ///< digest() of what must stay the same from page to page
    qint64 position = 0; ///< where to go on, counted from the old end, so that new items don't move it
    qint64 madeAt = 0; ///< milliseconds since 1970
};

/// Writes and reads page tokens that nobody else can make: each carries a keyed digest over its content.
class PageTokens
{
public:
    static constexpr qint64 lifetime = 24 * 3600 * 1000; ///< milliseconds

    explicit PageTokens(quint64 seed);

    /// Letters, digits, `-` and `_`; begins with a letter, so that it can stand on a command line.
    QString write(const PageToken &token) const;

    enum class Verdict { Good, Forged, Foreign, Expired };
    /// Reads a token for `operation` with these parameters at that time; Foreign: it belongs to another question.
    Verdict read(const QString &text, const QByteArray &operation, const QByteArray &parameters, qint64 now,
                 PageToken &token) const;

    /// A digest of some texts, which tells "a","b" from "ab","".
    static QByteArray digest(std::initializer_list<QString> parts);

    /// The keyed digest of a text, in letters and digits: what signs links too.
    QByteArray sign(const QByteArray &text) const;

private:
    QByteArray m_key;
};

} // namespace casement::demo
