#include "archive/archivefacts.h"

#include "archive/casestore.h"
#include "archive/schema.h"
#include "archivefixture.h"

#include <QMap>

using namespace casement;
using namespace Qt::StringLiterals;
using test::answerOf;

/// The archive in numbers.
class TestArchiveFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsRows();
    void anArchiveThatIsNotOpen();

private:
    static Result<ArchiveFacts> factsOf(Archive &archive)
    {
        return answerOf<ArchiveFacts>([&](auto done) { ArchiveFacts::ask(archive, &archive, std::move(done)); });
    }
};

void TestArchiveFacts::countsRows()
{
    test::ArchiveFixture fixture;
    const AccountRecord account = fixture.account();
    {
        const auto database = Database::open(fixture.path(), archiveMigrations());
        QVERIFY(database);
        QList<CaseDetails> cases;
        for (const QString &id : {u"case-1"_s, u"case-2"_s}) {
            CaseDetails details;
            details.caseId = id;
            details.subject = u"A subject"_s;
            details.status = u"opened"_s;
            details.timeCreated = u"2026-01-02T03:04:05.000Z"_s;
            cases.append(details);
        }
        QVERIFY(storeCases(**database, account.id, {cases, {}}, {}));
    }
    const Result<ArchiveFacts> facts = factsOf(fixture.archive());
    QVERIFY(facts);
    QCOMPARE(facts->schema, archiveMigrations().back().version);
    QVERIFY(facts->sqlite.startsWith(u"3."_s));
    QMap<QString, qint64> rows;
    for (const auto &[table, count] : facts->rows)
        rows.insert(table, count);
    QCOMPARE(rows.size(), facts->rows.size());
    QCOMPARE(rows.value(u"accounts"_s, -1), 1);
    QCOMPARE(rows.value(u"cases"_s, -1), 2);
    QCOMPARE(rows.value(u"outbox"_s, -1), 0);
    for (const QString &table : rows.keys())
        QVERIFY2(!table.startsWith(u"search"_s) && !table.startsWith(u"sqlite"_s), qPrintable(table));
}

void TestArchiveFacts::anArchiveThatIsNotOpen()
{
    Archive archive;
    const Result<ArchiveFacts> facts = factsOf(archive);
    QVERIFY(!facts);
    QCOMPARE(facts.error().kind, Error::Kind::Archive);
}

QTEST_GUILESS_MAIN(TestArchiveFacts)
#include "tst_archivefacts.moc"
