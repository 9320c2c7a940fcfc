#pragma once

#include <QList>
#include <QString>
#include <QTimeZone>

/// Texts of the service as the readable exports show them. Pure functions, for any thread.
namespace casement {

/// Text of many lines in which nothing acts unseen: lone surrogates become U+FFFD, control characters their symbols
/// (U+2400 …), and what has no symbol its name in brackets: C1 controls and what turns the direction of writing,
/// `[U+202E]`. Every line break becomes a line feed; tabs stay, and so does all else, joiners and direction marks
/// included.
QString shownText(const QString &text);

/// The same as one line: line breaks and tabs become a space.
QString shownLine(const QString &text);

/// Whole lines of a message.
struct BodyPart
{
    bool isCode = false; ///< lives by its line breaks and spaces: a log, JSON, a command, a table
    QString text; ///< its lines, joined by line feeds
    friend bool operator==(const BodyPart &, const BodyPart &) = default;
};

/// Parts a shownText() by how its lines look. The parts joined by line feeds are the text again.
QList<BodyPart> bodyParts(const QString &shown);

/// Where a web address stands in a text.
struct AddressPlace
{
    qsizetype start = 0;
    qsizetype length = 0;
};

/// The https addresses of a text, made of plain ASCII and without closing punctuation. Nothing else may become a link.
QList<AddressPlace> webAddresses(const QString &text);

/// `2026-11-22 19:02:33 UTC+09:00 (2026-11-22 10:02:33 UTC)`; in a zone that is UTC at that time the latter alone.
/// `fallback` for 0, a time that could not be read.
QString exportedTime(qint64 msSinceEpoch, const QTimeZone &zone, const QString &fallback);

} // namespace casement
