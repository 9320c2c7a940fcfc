#pragma once

#include "aws/serviceconnection.h"
#include "aws/transport.h"

#include <QByteArray>

#include <array>
#include <memory>

namespace casement {

/// Takes one text out of a JSON answer as it comes, so that it is never in memory as a whole. What is left has an empty
/// text in its place, and is for who reads JSON: here nothing is judged. A member whose name is written with escapes is
/// left where it is.
class BlobSplitter final : public BodySink
{
    Q_OBJECT

public:
    /// `largestRest`: bytes of what is left at most.
    BlobSplitter(const BlobWish &wish, qint64 largestRest);

    Error begin(const HttpAnswer &head) override;
    Error take(const QByteArray &piece) override;
    bool isFull() const override;

    /// The answer without its text.
    QByteArray takeRest() { return std::move(m_rest); }

private:
    enum class Place { Between, Text, Blob };
    /// Of the answer and of the record: what is deeper is only counted.
    struct Level
    {
        bool isObject = false;
        bool isWanted = false; // its members are looked at
    };

    const char *passBetween(const char *at, const char *end);
    const char *passText(const char *at, const char *end);
    const char *passEscape(const char *at, const char *end);
    Error passBlob(const QByteArray &piece, qsizetype &at);
    void open(bool isObject);
    bool isBlobNext() const;

    BlobWish m_wish;
    qint64 m_largestRest;
    QByteArray m_rest;
    Place m_place = Place::Between;
    std::array<Level, 3> m_levels; // by depth
    int m_depth = 0;
    bool m_isKeyNext = false;
    bool m_isKey = false; // of the text that is being passed
    bool m_isEscaped = false; // the next character of a text
    QByteArray m_key; // the last one, of a level that is looked at
    QByteArray m_escape; // of the blob, begun
    bool m_hasBlob = false;
};

} // namespace casement
