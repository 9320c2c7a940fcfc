#include "models/outboxmodel.h"

#include "archive/archivefixture.h"
#include "archive/outbox.h"
#include "models/modelwatch.h"
#include "support/cases.h"

#include <QItemSelectionModel>
#include <QRandomGenerator>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hour = 60LL * 60 * 1000;

struct World
{
    World()
    {
        accounts.setAccounts(
            {{.id = 1, .key = u"a"_s, .name = u"Production"_s}, {.id = 2, .key = u"b"_s, .name = u"Audit"_s}});
        archive.account(); // entries belong to accounts that the archive knows
        addCase(u"c1"_s, "503 from the load balancer");
        load();
    }

    void load()
    {
        QSignalSpy loaded(&outbox, &Outbox::loaded);
        outbox.load();
        QVERIFY(loaded.wait());
    }

    void addCase(const QString &id, const QByteArray &subject)
    {
        auto arena = std::make_shared<Arena>();
        CaseRecord record;
        record.account = 1;
        record.caseId = arena->add(QStringView(id));
        record.subject = arena->add(subject.toStdString());
        record.texts = arena;
        cases.merge({record});
    }

    static OutboxEntry newCase(const QString &subject, const QString &body = u"First line\nSecond line"_s)
    {
        OutboxEntry entry = Outbox::newEntry(1, CreateCase::name, {});
        CreateCase::Request request;
        request.subject = subject;
        request.communicationBody = body;
        entry.input = encode(request);
        return entry;
    }

    static OutboxEntry reply(const QString &caseId, const QString &body)
    {
        OutboxEntry entry = Outbox::newEntry(1, AddCommunicationToCase::name, caseId);
        AddCommunicationToCase::Request request;
        request.caseId = caseId;
        request.communicationBody = body;
        entry.input = encode(request);
        return entry;
    }

    /// Goes to a state as SendJob does: on the disk first.
    void settle(OutboxEntry entry, OutboxState state, Error::Kind error = Error::Kind::None)
    {
        QSignalSpy requested(&outbox, &Outbox::sendRequested);
        outbox.send(entry);
        QVERIFY(requested.wait());
        const auto claimed = test::answerOf<bool>(
            [&](auto done) { outbox.claim(entry.id, entry.created, &archive.archive(), std::move(done)); });
        QVERIFY(claimed && *claimed);
        if (state == OutboxState::Unknown && error == Error::Kind::None)
            return;
        entry = *outbox.find(entry.id);
        entry.state = state;
        entry.error.kind = error;
        const auto settled =
            test::answerOf<void>([&](auto done) { outbox.settle(entry, &archive.archive(), std::move(done)); });
        QVERIFY(settled);
    }

    QString cell(const QString &id, int column) const { return model.index(model.rowOf(id), column).data().toString(); }
    QString subjects() const
    {
        QStringList list;
        for (int row = 0; row < model.rowCount(); ++row)
            list.append(model.index(row, OutboxModel::Subject).data().toString());
        return list.join(u", "_s);
    }

    test::ArchiveFixture archive;
    Outbox outbox{archive.archive()};
    AccountModel accounts;
    CaseListModel cases{accounts};
    OutboxModel model{outbox, cases, accounts};
    test::ModelWatch watch{model, [this](int row) { return model.entryAt(row).id; }};
};

} // namespace

class TestOutboxModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void theNewestStandsFirst();
    void rowsFollowTheirEntries();
    void statesInWords_data();
    void statesInWords();
    void aJobIsSeen();
    void whatARowTells();
    void subjectsComeWithTheirCases();
    void accountsAreRenamed();
    void countsWhatNeedsAPerson();
    void timesGoBy();
    void hostileEntries();
    void anyOrderOfChanges();
};

void TestOutboxModel::theNewestStandsFirst()
{
    World w;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    int age = 0;
    for (const QString &subject : {u"middle"_s, u"oldest"_s, u"newest"_s}) {
        OutboxEntry entry = World::newCase(subject);
        entry.created = now - std::array{2, 3, 1}[size_t(age++)] * hour;
        w.outbox.save(entry);
    }
    QCOMPARE(w.subjects(), u"newest, middle, oldest"_s);
    // As the next start of the program finds them.
    const OutboxModel second(w.outbox, w.cases, w.accounts);
    QCOMPARE(second.index(0, OutboxModel::Subject).data().toString(), u"newest"_s);
    QCOMPARE(second.index(2, OutboxModel::Subject).data().toString(), u"oldest"_s);
    QVERIFY(w.watch.isRight());
}

void TestOutboxModel::rowsFollowTheirEntries()
{
    World w;
    OutboxEntry draft = World::newCase(u"A"_s);
    draft.created -= hour;
    w.outbox.save(draft);
    QCOMPARE(w.watch.takeTold(), u"+"_s);
    w.outbox.save(World::newCase(u"B"_s));
    QCOMPARE(w.watch.takeTold(), u"+"_s);
    const QPersistentModelIndex row = w.model.index(w.model.rowOf(draft.id), 0);
    draft.input = World::newCase(u"A, written on"_s).input;
    w.outbox.save(draft);
    QCOMPARE(w.watch.takeTold(), u"~"_s);
    QCOMPARE(w.subjects(), u"B, A, written on"_s); // what is written does not run away from under the cursor
    w.outbox.discard(draft.id);
    QCOMPARE(w.watch.takeTold(), u"-"_s);
    QVERIFY(!row.isValid());
    w.outbox.save(draft); // undone
    QCOMPARE(w.subjects(), u"B, A, written on"_s);
    w.watch.takeTold();
    w.load(); // tells every entry again
    QCOMPARE(w.watch.takeTold(), QString());
    QVERIFY(w.watch.isRight());
    QVERIFY(w.watch.neverReset());
}

void TestOutboxModel::statesInWords_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("underWay");
    QTest::addColumn<QString>("words");

    using Kind = Error::Kind;
    const auto row = [](const char *name, OutboxState state, Kind error, bool underWay, const char *words) {
        QTest::newRow(name) << int(state) << int(error) << underWay << QString::fromUtf8(words);
    };
    row("a draft", OutboxState::Draft, Kind::None, false, "Draft");
    row("AWS said no", OutboxState::Draft, Kind::Refused, false, "Refused");
    row("it breaks a rule", OutboxState::Draft, Kind::Invalid, false, "Refused");
    row("no keys", OutboxState::Draft, Kind::NoCredentials, false, "Draft");
    row("just queued", OutboxState::Queued, Kind::None, false, "Waiting to be sent");
    row("offline", OutboxState::Queued, Kind::CannotConnect, false, "Waiting to be sent");
    row("about to leave", OutboxState::Queued, Kind::CannotConnect, true, "Sending…");
    row("on its way", OutboxState::Unknown, Kind::None, true, "Sending…");
    row("looked for", OutboxState::Unknown, Kind::Dropped, true, "Looking…");
    row("killed while sending", OutboxState::Unknown, Kind::None, false, "Unknown: it may have arrived");
    row("no answer, and then offline", OutboxState::Unknown, Kind::Dropped, false, "Unknown: it may have arrived");
    row("not found", OutboxState::Asking, Kind::Dropped, false, "Not found: send again?");
    row("not found, and looked for again", OutboxState::Asking, Kind::Dropped, true, "Looking…");
    row("arrived", OutboxState::Done, Kind::None, false, "Done");
}

void TestOutboxModel::statesInWords()
{
    QFETCH(int, state);
    QFETCH(int, error);
    QFETCH(bool, underWay);
    QFETCH(QString, words);
    World w;
    OutboxEntry entry = World::newCase(u"A"_s);
    entry.state = OutboxState(state);
    entry.error.kind = Error::Kind(error);
    w.outbox.save(entry); // in any state; what the archive makes of it is its own matter
    w.outbox.setUnderWay(entry.id, underWay);
    QCOMPARE(w.cell(entry.id, OutboxModel::State), words);
    const QModelIndex row = w.model.index(0, 0);
    QCOMPARE(row.data(OutboxStateRole).toInt(), state);
    QCOMPARE(row.data(UnderWayRole).toBool(), underWay);
    QCOMPARE(row.data(ErrorRole).value<Error>().kind, Error::Kind(error));
    QVERIFY(w.watch.isRight());
}

void TestOutboxModel::aJobIsSeen()
{
    World w;
    const OutboxEntry entry = World::newCase(u"A"_s);
    w.settle(entry, OutboxState::Unknown);
    QCOMPARE(w.cell(entry.id, OutboxModel::State), u"Unknown: it may have arrived"_s);
    w.watch.takeTold();
    w.outbox.setUnderWay(entry.id, true);
    QCOMPARE(w.cell(entry.id, OutboxModel::State), u"Sending…"_s);
    QCOMPARE(w.watch.takeTold(), u"~"_s);
    OutboxEntry done = *w.outbox.find(entry.id);
    done.state = OutboxState::Done;
    QVERIFY(
        test::answerOf<void>([&](auto callback) { w.outbox.settle(done, &w.archive.archive(), std::move(callback)); }));
    w.outbox.setUnderWay(entry.id, false);
    QCOMPARE(w.cell(entry.id, OutboxModel::State), u"Done"_s);
    w.outbox.markTold(entry.id);
    QCOMPARE(w.model.rowCount(), 0);
    QVERIFY(w.watch.isRight());
}

void TestOutboxModel::whatARowTells()
{
    World w;
    OutboxEntry reply = World::reply(u"c1"_s, u"\r\n  \r\n  Here is the log.\r\nIt is long."_s);
    reply.created -= hour;
    w.outbox.save(reply);
    OutboxEntry resolve = Outbox::newEntry(1, ResolveCase::name, u"c1"_s);
    ResolveCase::Request request;
    request.caseId = u"c1"_s;
    resolve.input = encode(request);
    w.outbox.save(resolve);
    const OutboxEntry empty = World::newCase({}, {});
    w.outbox.save(empty);

    QCOMPARE(w.cell(reply.id, OutboxModel::Kind), u"Reply"_s);
    QCOMPARE(w.cell(reply.id, OutboxModel::Subject), u"503 from the load balancer"_s);
    QCOMPARE(w.cell(reply.id, OutboxModel::Account), u"Production"_s);
    QCOMPARE(w.cell(reply.id, OutboxModel::Text), u"Here is the log."_s);
    QCOMPARE(w.cell(reply.id, OutboxModel::Changed), u"just now"_s);
    QCOMPARE(w.cell(resolve.id, OutboxModel::Kind), u"Resolve"_s);
    QCOMPARE(w.cell(resolve.id, OutboxModel::Subject), u"503 from the load balancer"_s);
    QCOMPARE(w.cell(resolve.id, OutboxModel::Text), QString());
    QCOMPARE(w.cell(empty.id, OutboxModel::Kind), u"New case"_s);
    QCOMPARE(w.cell(empty.id, OutboxModel::Subject), u"No subject yet"_s);

    const QModelIndex row = w.model.index(w.model.rowOf(reply.id), OutboxModel::Subject);
    QCOMPARE(row.data(KeyRole).toString(), reply.id);
    QCOMPARE(row.data(CaseIdRole).toString(), u"c1"_s);
    QCOMPARE(row.data(AccountIdRole).toLongLong(), 1);
    QCOMPARE(row.data(AccountNameRole).toString(), u"Production"_s);
    QCOMPARE(row.data(AccountColorRole).toInt(), w.accounts.colorIndex(1));
    QCOMPARE(row.data(Qt::AccessibleTextRole).toString(),
             u"Reply: 503 from the load balancer, Production, Draft, just now"_s);
    QVERIFY(row.siblingAtColumn(OutboxModel::Changed)
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QString::number(QDate::currentDate().year())));
    QCOMPARE(w.model.rowOf(u"nobody"_s), -1);
}

void TestOutboxModel::subjectsComeWithTheirCases()
{
    World w;
    const OutboxEntry reply = World::reply(u"c2"_s, u"Hello"_s);
    w.outbox.save(reply);
    QCOMPARE(w.cell(reply.id, OutboxModel::Subject), u"c2"_s); // the best that is known
    CaseFilter nothing;
    nothing.words = u"no case has this"_s;
    w.cases.setFilter(nothing);
    w.addCase(u"c2"_s, "Invoice question");
    QTRY_COMPARE(w.cell(reply.id, OutboxModel::Subject), u"Invoice question"_s); // also of a case that is not listed
    w.cases.setFilter({});
    QCoreApplication::processEvents(); // what the filter set off has happened
    w.addCase(u"c2"_s, "Invoice question, again");
    QTRY_COMPARE(w.cell(reply.id, OutboxModel::Subject), u"Invoice question, again"_s);
    QVERIFY(w.watch.isRight());
}

void TestOutboxModel::accountsAreRenamed()
{
    World w;
    const OutboxEntry draft = World::newCase(u"A"_s);
    w.outbox.save(draft);
    w.accounts.setAccounts({{.id = 1, .key = u"a"_s, .name = u"Live"_s}});
    QCOMPARE(w.cell(draft.id, OutboxModel::Account), u"Live"_s);
    QVERIFY(w.watch.isRight());
}

void TestOutboxModel::countsWhatNeedsAPerson()
{
    World w;
    QSignalSpy told(&w.model, &OutboxModel::countsChanged);
    const OutboxEntry draft = World::newCase(u"A"_s);
    w.outbox.save(draft);
    w.outbox.save(World::newCase(u"B"_s));
    QCOMPARE(w.model.draftCount(), 2);
    QCOMPARE(told.size(), 2);
    OutboxEntry longer = draft;
    longer.input = World::newCase(u"A, written on"_s).input;
    w.outbox.save(longer); // typing counts nothing anew
    QCOMPARE(told.size(), 2);
    w.settle(draft, OutboxState::Asking, Error::Kind::Dropped);
    QCOMPARE(w.model.draftCount(), 1);
    QCOMPARE(w.model.needsYouCount(), 1);
    w.outbox.keepAsDraft(draft.id);
    QCOMPARE(w.model.draftCount(), 2);
    QCOMPARE(w.model.needsYouCount(), 0);
}

void TestOutboxModel::timesGoBy()
{
    World w;
    const OutboxEntry draft = World::newCase(u"A"_s);
    w.outbox.save(draft);
    w.model.tick(QDateTime::currentMSecsSinceEpoch() + 3 * hour);
    QCOMPARE(w.cell(draft.id, OutboxModel::Changed), u"3 h"_s);
    QVERIFY(w.watch.isRight());
    w.model.retranslate();
    QVERIFY(w.watch.isRight());
}

void TestOutboxModel::hostileEntries()
{
    World w;
    OutboxEntry entry = World::newCase(u"line\nbreak \u202eevil\u0000 <b>"_s, QString(100'000, u'x'));
    w.outbox.save(entry);
    QVERIFY(!w.cell(entry.id, OutboxModel::Subject).contains(u'\n'));
    QVERIFY(!w.cell(entry.id, OutboxModel::Subject).contains(QChar(0x202e)));
    QVERIFY(w.cell(entry.id, OutboxModel::Text).size() <= 1001);
    const QString tip = w.model.index(0, OutboxModel::Subject).data(Qt::ToolTipRole).toString();
    QVERIFY2(!tip.contains(u"<b>"_s), qPrintable(tip));
    for (const QByteArray &input :
         {QByteArray(), QByteArray("not JSON"), QByteArray("[1]"), QByteArray("{\"subject\":7}"),
          QByteArray("{\"subject\":\"\\ud800\",\"communicationBody\":\"\\ud800\\n\"}"), QByteArray(20'000, '[')}) {
        entry.input = input;
        w.outbox.save(entry);
        QCOMPARE(w.cell(entry.id, OutboxModel::Kind), u"New case"_s);
        QVERIFY(!w.cell(entry.id, OutboxModel::Subject).isEmpty());
    }
    entry.operation = u"Delete\nEverything"_s;
    w.outbox.save(entry);
    QCOMPARE(w.cell(entry.id, OutboxModel::Kind), u"Delete Everything"_s);
    QVERIFY(w.watch.isRight());
}

/// Whatever happened before, views end up with what a new model shows.
void TestOutboxModel::anyOrderOfChanges()
{
    World w;
    QRandomGenerator random(7);
    QList<OutboxEntry> entries;
    for (int i = 0; i < 8; ++i) {
        entries.append(i % 2 ? World::newCase(u"case %1"_s.arg(i)) : World::reply(u"c1"_s, u"text %1"_s.arg(i)));
        entries.last().created += random.bounded(4); // some at the same time
    }
    for (int step = 0; step < 300; ++step) {
        OutboxEntry &entry = entries[random.bounded(int(entries.size()))];
        switch (random.bounded(4)) {
        case 0:
            w.outbox.discard(entry.id);
            break;
        case 1:
            w.outbox.setUnderWay(entry.id, random.bounded(2) == 0);
            break;
        default:
            entry.state = OutboxState(random.bounded(5));
            w.outbox.save(entry);
        }
        const OutboxModel fresh(w.outbox, w.cases, w.accounts);
        QCOMPARE(w.model.rowCount(), fresh.rowCount());
        for (int row = 0; row < fresh.rowCount(); ++row) {
            for (int column = 0; column < OutboxModel::ColumnCount; ++column)
                QCOMPARE(w.model.index(row, column).data(), fresh.index(row, column).data());
        }
        QCOMPARE(w.model.draftCount(), fresh.draftCount());
        QVERIFY(w.watch.isRight());
    }
    QVERIFY(w.watch.neverReset());
}

QTEST_MAIN(TestOutboxModel)
#include "tst_outboxmodel.moc"
