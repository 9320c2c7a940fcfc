#include "archive/searchindex.h"

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

Result<QList<SearchHit>> searchArchive(Database &database, const QString &words, int most)
{
    const SearchQuery query = parseSearch(words);
    QList<SearchHit> hits;
    if (query.isEmpty() || most <= 0)
        return hits;
    const bool indexed = !query.match.isEmpty();

    // Only numbers are sorted; the texts are read newest first until enough of them have proved right.
    const auto collect = [&](const char *listing, const char *reading) {
        std::vector<qint64> rows;
        {
            Statement list = database.prepare(listing);
            const bool ran = indexed ? list.run(query.match) : list.run();
            while (ran && list.next())
                rows.push_back(list.number(0));
        }
        int found = 0;
        for (const qint64 row : rows) {
            Statement read = database.prepare(reading);
            if (found == most || !read.run(row) || !read.next())
                break;
            const QString text = read.text(4);
            if (!query.matches(foldForSearch(text)))
                continue;
            hits.append({.account = read.number(0),
                         .caseId = read.text(1),
                         .communicationKey = read.text(2),
                         .excerpt = excerpt(text, query),
                         .created = read.number(3)});
            ++found;
        }
    };
    collect(indexed ? "SELECT id FROM communications WHERE id IN (SELECT rowid / 2 FROM search WHERE search MATCH ? "
                      "AND rowid % 2 = 0) "
                      "ORDER BY created DESC, id DESC"
                    : "SELECT id FROM communications ORDER BY created DESC, id DESC",
            "SELECT c.account, c.caseId, m.key, m.created, m.body FROM communications m JOIN cases c ON c.id = "
            "m.caseRow WHERE m.id = ?");
    collect(
        indexed
            ? "SELECT id FROM cases WHERE id IN (SELECT rowid / 2 FROM search WHERE search MATCH ? AND rowid % 2 = 1) "
              "ORDER BY created DESC, id DESC"
            : "SELECT id FROM cases ORDER BY created DESC, id DESC",
        "SELECT account, caseId, '', created, subject FROM cases WHERE id = ?");
    if (const Result<void> read = database.takeError(); !read)
        return read.error();
    std::stable_sort(hits.begin(), hits.end(),
                     [](const SearchHit &a, const SearchHit &b) { return a.created > b.created; });
    if (hits.size() > most)
        hits.resize(most);
    return hits;
}

} // namespace casement
