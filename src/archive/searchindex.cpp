#include "archive/searchindex.h"

#include "archive/casemarkstore.h"
#include "archive/datewords.h"
#include "archive/searchtext.h"

#include <algorithm>

namespace casement {

void indexCommunication(Database &database, qint64 communicationRow, const QString &body)
{
    database.prepare("INSERT INTO search (rowid, tokens) VALUES (?, ?)").run(communicationRow * 2, indexTokens(body));
}

void indexSubject(Database &database, qint64 caseRow, const QString &before, const QString &subject)
{
    const qint64 row = caseRow * 2 + 1;
    if (!before.isNull()) // a contentless table is told what it forgets
        database.prepare("INSERT INTO search (search, rowid, tokens) VALUES ('delete', ?, ?)")
            .run(row, indexTokens(before));
    database.prepare("INSERT INTO search (rowid, tokens) VALUES (?, ?)").run(row, indexTokens(subject));
}

void forgetCommunication(Database &database, qint64 communicationRow, const QString &body)
{
    database.prepare("INSERT INTO search (search, rowid, tokens) VALUES ('delete', ?, ?)")
        .run(communicationRow * 2, indexTokens(body));
}

void forgetSubject(Database &database, qint64 caseRow, const QString &subject)
{
    database.prepare("INSERT INTO search (search, rowid, tokens) VALUES ('delete', ?, ?)")
        .run(caseRow * 2 + 1, indexTokens(subject));
}

namespace {

bool newestFirst(const SearchHit &a, const SearchHit &b) { return a.created > b.created; }

/// Notes and tags are few and short: they are looked through, so that they need no place in the index.
QList<SearchHit> searchMarks(Database &database, const SearchQuery &query, const DateWords &dates)
{
    QList<SearchHit> hits;
    Statement read =
        database.prepare("SELECT k.account, k.caseId, ifnull(c.updated, 0), k.tags, k.note, ifnull(c.created, 0) FROM "
                         "caseMarks k LEFT JOIN "
                         "cases c ON c.account = k.account AND c.caseId = k.caseId WHERE k.tags <> '' OR k.note <> ''");
    read.run();
    while (read.next()) {
        if (!dates.updated.contains(read.number(2)) || !dates.created.contains(read.number(5)))
            continue;
        const QString note = read.text(4);
        const QString tags = read.text(3).replace(u'\n', QStringLiteral(", "));
        const QString both = tags + u'\n' + note;
        if (!query.matches(foldForSearch(both)))
            continue;
        const bool isInNote = query.matches(foldForSearch(note));
        const bool isInTags = !isInNote && query.matches(foldForSearch(tags));
        hits.append({.account = read.number(0),
                     .caseId = read.text(1),
                     .communicationKey = {},
                     .excerpt = excerpt(isInNote       ? note
                                            : isInTags ? tags
                                                       : both,
                                        query),
                     .created = read.number(2),
                     .place = isInTags ? SearchHit::Place::Tags : SearchHit::Place::Note});
    }
    std::stable_sort(hits.begin(), hits.end(), newestFirst);
    return hits;
}

/// Names of files are short: they are looked through, newest first. A message is found once for all files of the same
/// name.
QList<SearchHit> searchFiles(Database &database, const SearchQuery &query, const DateWords &dates, int most)
{
    QList<SearchHit> hits;
    Statement read = database.prepare(
        "SELECT c.account, c.caseId, m.key, m.created, a.fileName, c.created FROM attachments a JOIN communications m "
        "ON m.id = "
        "a.communication JOIN cases c ON c.id = m.caseRow WHERE a.fileName <> '' ORDER BY m.created DESC, m.id DESC, "
        "a.fileName");
    read.run();
    while (hits.size() < most && read.next()) {
        if (!dates.updated.contains(read.number(3)) || !dates.created.contains(read.number(5)))
            continue;
        const QString name = read.text(4);
        if (!query.matches(foldForSearch(name)))
            continue;
        SearchHit hit{.account = read.number(0),
                      .caseId = read.text(1),
                      .communicationKey = read.text(2),
                      .excerpt = name,
                      .created = read.number(3),
                      .place = SearchHit::Place::File};
        const bool isKnown = !hits.isEmpty() && hits.last().communicationKey == hit.communicationKey
            && hits.last().caseId == hit.caseId && hits.last().excerpt == name;
        if (!isKnown)
            hits.append(hit);
    }
    return hits;
}

} // namespace

Result<QList<SearchHit>> searchArchive(Database &database, const QString &words, int most)
{
    const DateWords dates = readDateWords(words);
    const SearchQuery query = parseSearch(dates.words);
    QList<SearchHit> hits;
    if ((query.isEmpty() && !dates.hasDates()) || most <= 0)
        return hits;
    const bool indexed = !query.match.isEmpty();

    // Only numbers are sorted; the texts are read newest first until enough of them have proved right.
    const auto collect = [&](SearchHit::Place place, const char *listing, const char *reading) {
        std::vector<qint64> rows;
        {
            Statement list = database.prepare(listing);
            const TimeRange &range = dates.updated;
            const bool ran =
                indexed ? list.run(query.match, range.from, range.until) : list.run(range.from, range.until);
            while (ran && list.next())
                rows.push_back(list.number(0));
        }
        int found = 0;
        for (const qint64 row : rows) {
            Statement read = database.prepare(reading);
            if (found == most || !read.run(row) || !read.next())
                break;
            if (!dates.created.contains(read.number(5)))
                continue;
            const QString text = read.text(4);
            if (!query.matches(foldForSearch(text)))
                continue;
            hits.append({.account = read.number(0),
                         .caseId = read.text(1),
                         .communicationKey = read.text(2),
                         .excerpt = excerpt(text, query),
                         .created = read.number(3),
                         .place = place});
            ++found;
        }
    };
    collect(
        SearchHit::Place::Message,
        indexed ? "SELECT id FROM communications WHERE id IN (SELECT rowid / 2 FROM search WHERE search MATCH ? "
                  "AND rowid % 2 = 0) AND created >= ? AND created < ? "
                  "ORDER BY created DESC, id DESC"
                : "SELECT id FROM communications WHERE created >= ? AND created < ? ORDER BY created DESC, id DESC",
        "SELECT c.account, c.caseId, m.key, m.created, m.body, c.created FROM communications m JOIN cases c ON c.id = "
        "m.caseRow WHERE m.id = ?");
    collect(
        SearchHit::Place::Subject,
        indexed
            ? "SELECT id FROM cases WHERE id IN (SELECT rowid / 2 FROM search WHERE search MATCH ? AND rowid % 2 = 1) "
              "AND updated >= ? AND updated < ? "
              "ORDER BY created DESC, id DESC"
            : "SELECT id FROM cases WHERE updated >= ? AND updated < ? ORDER BY created DESC, id DESC",
        "SELECT account, caseId, '', created, subject, created FROM cases WHERE id = ?");
    hits += searchFiles(database, query, dates, most);
    QList<SearchHit> marked = searchMarks(database, query, dates);
    if (const Result<void> read = database.takeError(); !read)
        return read.error();
    std::stable_sort(hits.begin(), hits.end(), newestFirst);
    // A person's own words come first, but leave half of the room to the others.
    marked.resize(qMin(marked.size(), qMax<qsizetype>(most - hits.size(), most / 2)));
    hits.resize(qMin(hits.size(), most - marked.size()));
    return marked + hits;
}

} // namespace casement
