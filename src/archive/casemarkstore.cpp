#include "archive/casemarkstore.h"

#include "archive/accountstore.h"
#include "archive/durable.h"
#include "archive/searchtext.h"

#include <QSet>
#include <QStringEncoder>

namespace casement {

QString cleanNote(const QString &note)
{
    QString clean = note;
    if (!note.isValidUtf16()) {
        QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless); // U+FFFD for half a character
        clean = QString::fromUtf8(QByteArray(encoder(note)));
    }
    clean.remove(QChar(QChar::Null));
    return clean;
}

QStringList cleanTags(const QStringList &tags)
{
    QStringList clean;
    QSet<QString> known;
    for (const QString &tag : tags) {
        QString one = cleanNote(tag).simplified();
        one.removeIf([](QChar c) { return c.category() == QChar::Other_Control; });
        one.truncate(longestTag);
        if (!one.isEmpty() && one.back().isHighSurrogate())
            one.chop(1);
        one = std::move(one).trimmed();
        const QString folded = foldForSearch(one);
        if (one.isEmpty() || known.contains(folded))
            continue;
        known.insert(folded);
        clean.append(one);
    }
    return clean;
}

Result<QList<StoredMark>> loadCaseMarks(Database &database)
{
    QList<StoredMark> marks;
    Statement read = database.prepare("SELECT account, caseId, starred, muted, tags, note FROM caseMarks");
    read.run();
    while (read.next()) {
        marks.append({.key = {read.number(0), read.text(1)},
                      .mark = {.starred = read.number(2) != 0,
                               .muted = read.number(3) != 0,
                               .tags = read.text(4).split(u'\n', Qt::SkipEmptyParts),
                               .note = read.text(5)}});
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return marks;
}

Result<void> putCaseMarks(Database &database, MarkField field, const QList<StoredMark> &marks)
{
    return durably(database, [&] {
        for (const auto &[key, mark] : marks) {
            if (!hasAccount(database, key.account))
                continue; // its data was deleted meanwhile, and there is nothing left to mark
            switch (field) {
            case MarkField::Starred:
                database
                    .prepare("INSERT INTO caseMarks (account, caseId, starred, muted, tags, note) VALUES (?, ?, ?, 0, "
                             "'', '') ON CONFLICT (account, caseId) DO UPDATE SET starred = excluded.starred")
                    .run(key.account, key.caseId, mark.starred);
                break;
            case MarkField::Muted:
                database
                    .prepare("INSERT INTO caseMarks (account, caseId, starred, muted, tags, note) VALUES (?, ?, 0, ?, "
                             "'', '') ON CONFLICT (account, caseId) DO UPDATE SET muted = excluded.muted")
                    .run(key.account, key.caseId, mark.muted);
                break;
            case MarkField::Tags:
                database
                    .prepare("INSERT INTO caseMarks (account, caseId, starred, muted, tags, note) VALUES (?, ?, 0, 0, "
                             "?, '') ON CONFLICT (account, caseId) DO UPDATE SET tags = excluded.tags")
                    .run(key.account, key.caseId, mark.tags.join(u'\n'));
                break;
            case MarkField::Note:
                database
                    .prepare("INSERT INTO caseMarks (account, caseId, starred, muted, tags, note) VALUES (?, ?, 0, 0, "
                             "'', ?) ON CONFLICT (account, caseId) DO UPDATE SET note = excluded.note")
                    .run(key.account, key.caseId, mark.note);
                break;
            }
            if (mark.isEmpty()) {
                database
                    .prepare("DELETE FROM caseMarks WHERE account = ? AND caseId = ? AND starred = 0 AND muted = 0 AND "
                             "tags = '' AND note = ''")
                    .run(key.account, key.caseId);
            }
        }
    });
}

} // namespace casement
