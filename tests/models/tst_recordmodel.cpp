#include "models/modelwatch.h"

#include "models/recordmodel.h"

#include <QCollator>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <map>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

struct Thing
{
    int id = 0;
    int number = 0;
    qint64 time = 0;
    Text name;
    std::shared_ptr<const Arena> arena;
};

Thing thing(int id, int number, qint64 time, const QString &name = {})
{
    auto arena = std::make_shared<Arena>(64);
    Thing result{id, number, time, arena->add(QStringView(name)), nullptr};
    result.arena = arena;
    return result;
}

constexpr std::array<Column<Thing>, 3> thingColumns{{
    {.id = "number",
     .title = QT_TRANSLATE_NOOP("TestRecordModel", "Number"),
     .display = [](const Thing &t, const CellContext &) -> QVariant { return t.number; },
     .sortKey = [](const Thing &t, const CellContext &) { return t.number < 0 ? sortsLast : qint64(t.number); }},
    {.id = "name",
     .title = QT_TRANSLATE_NOOP("TestRecordModel", "Name"),
     .display = [](const Thing &t, const CellContext &) -> QVariant { return t.name.toString(); },
     .sortText = [](const Thing &t) { return t.name; }},
    {.id = "time",
     .title = QT_TRANSLATE_NOOP("TestRecordModel", "Time"),
     .display = [](const Thing &t, const CellContext &) -> QVariant { return t.time; },
     .sortKey = [](const Thing &t, const CellContext &) { return t.time; },
     .relative = true},
}};

class ThingModel final : public RecordModel<Thing>
{
public:
    enum { Number, Name, Time };

    void setFilter(int modulo, int rest, bool narrowing = false)
    {
        m_modulo = modulo;
        m_rest = rest;
        refilter(narrowing);
    }
    static bool accepts(const Thing &t, int modulo, int rest) { return t.number % modulo == rest % modulo; }

protected:
    std::span<const Column<Thing>> columns() const override { return thingColumns; }
    const char *translationContext() const override { return "TestRecordModel"; }
    size_t keyHash(const Thing &t) const override { return size_t(t.id % 97); } // hashes collide
    bool sameKey(const Thing &a, const Thing &b) const override { return a.id == b.id; }
    bool sameContent(const Thing &a, const Thing &b) const override
    {
        return a.number == b.number && a.time == b.time && a.name == b.name;
    }
    qint64 newness(const Thing &t) const override { return t.time; }
    bool accepts(const Thing &t) const override { return accepts(t, m_modulo, m_rest); }
    std::shared_ptr<const void> keepAlive(const Thing &t) const override { return t.arena; }

private:
    int m_modulo = 1;
    int m_rest = 0;
};

/// "a3 b2* c1": things named by a letter, with their time and, where they were edited, a star.
std::vector<Thing> parse(const QString &text)
{
    std::vector<Thing> things;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        const QString digits = QString(word).remove(u'*').mid(1);
        things.push_back(thing(word[0].unicode(), 0, digits.toInt(), word.contains(u'*') ? u"edited"_s : u"plain"_s));
    }
    return things;
}

struct Reference
{
    std::map<int, Thing> things;
    int modulo = 1;
    int rest = 0;
    int column = -1;
    Qt::SortOrder order = Qt::AscendingOrder;

    QStringList ids() const
    {
        std::vector<const Thing *> seen;
        for (const auto &[id, thing] : things) {
            if (ThingModel::accepts(thing, modulo, rest))
                seen.push_back(&thing);
        }
        QCollator collator;
        collator.setNumericMode(true);
        const auto compare = [&](const Thing *a, const Thing *b) -> qint64 {
            switch (column) {
            case ThingModel::Number:
                return a->number - b->number;
            case ThingModel::Name: {
                const int result = collator.compare(a->name.toString(), b->name.toString());
                return result != 0 ? result : a->name < b->name ? -1 : b->name < a->name ? 1 : 0;
            }
            case ThingModel::Time:
                return a->time - b->time;
            default:
                return 0;
            }
        };
        std::sort(seen.begin(), seen.end(), [&](const Thing *a, const Thing *b) {
            const bool lastA = column == ThingModel::Number && a->number < 0;
            const bool lastB = column == ThingModel::Number && b->number < 0;
            if (lastA != lastB)
                return lastB;
            const qint64 result = lastA ? 0 : compare(a, b);
            if (result != 0)
                return order == Qt::AscendingOrder ? result < 0 : result > 0;
            return a->time > b->time;
        });
        QStringList result;
        for (const Thing *thing : seen)
            result.append(QString::number(thing->id));
        return result;
    }
};

} // namespace

class TestRecordModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void merge_data();
    void merge();
    void isRightWhateverHappens_data();
    void isRightWhateverHappens();
    void filterIsOneChange();
    void largeTextsAreRankedInTheBackground();
    void ranksFollowWhatComesMeanwhile();
    void japaneseIsCollated();
    void numbersInNamesAreNumbers();
    void headersSayWhatTheTableSays();
};

void TestRecordModel::merge_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("signalled");

    const auto row = [](const char *name, const char *before, const char *after, const char *signalled) {
        QTest::newRow(name) << QString::fromUtf8(before) << QString::fromUtf8(after) << QString::fromUtf8(signalled);
    };
    row("first load is one range", "", "a9 b8 c7", "+");
    row("nothing new", "a9 b8", "a9 b8", "");
    row("newest on top", "b8 c7", "a9 b8 c7", "+");
    row("two places", "b8 d6", "a9 b8 c7 d6", "++");
    row("one gone", "a9 b8 c7", "a9 c7", "-");
    row("all gone", "a9 b8 c7", "", "-");
    row("edited in place", "a9 b8", "a9 b8*", "~");
    row("neighbours edited are one range", "a9 b8 c7", "a9 b8* c7*", "~");
    row("two edited apart", "a9 b8 c7", "a9* b8 c7*", "~~");
    row("bumped", "a5 b4 c3", "c9 a5 b4", ">~");
    row("bumped and edited", "a5 b4 c3", "c9* a5 b4", ">~");
    row("newer, yet in its place", "a5 b3 c1", "a5 b4 c1", "~");
    row("sank", "a5 b4 c3", "b4 c3 a1", ">~");
    row("two bumped", "a5 b4 c3 d2", "d9 c8 a5 b4", ">>~");
    row("gone, come, moved", "a5 b4 c3 d2", "d9 x6 a5 c3", "->+~");
    row("many scattered at once are one permutation", "a90 b80 c70 d60 e50 f40 g30 h20 i10",
        "A95 a90 B85 b80 C75 c70 D65 d60 E55 e50 F45 f40 G35 g30 H25 h20 I15 i10", "+%");
    row("many scattered gone", "A95 a90 B85 b80 C75 c70 D65 d60 E55 e50 F45 f40 G35 g30 H25 h20 I15 i10",
        "a90 b80 c70 d60 e50 f40 g30 h20 i10", "%-");
}

void TestRecordModel::merge()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, signalled);

    ThingModel model;
    model.merge(parse(before));
    test::ModelWatch watch(model, [&](int row) { return QString(QChar(model.recordAt(row).id)); });
    model.replace(parse(after));

    QCOMPARE(watch.takeTold(), signalled);
    QVERIFY(watch.isRight());
    QString expected = after;
    expected.remove(u'*').remove(u' ');
    expected.remove(QRegularExpression(u"[0-9]"_s));
    QCOMPARE(watch.keys().join(QString()), expected);
    QVERIFY(watch.neverReset());
}

void TestRecordModel::isRightWhateverHappens_data()
{
    QTest::addColumn<int>("seed");
    QTest::addColumn<int>("things");
    QTest::addColumn<int>("rounds");
    QTest::newRow("few things") << 1 << 12 << 600;
    QTest::newRow("some things") << 2 << 60 << 400;
    QTest::newRow("hundreds of things") << 3 << 600 << 60;
}

void TestRecordModel::isRightWhateverHappens()
{
    QFETCH(int, seed);
    QFETCH(int, things);
    QFETCH(int, rounds);

    QRandomGenerator random{quint32(seed)};
    const auto any = [&](int below) { return int(random.bounded(below)); };
    static const QStringList names{u"disk 9"_s, u"disk 10"_s, u"接続できません"_s, u"あいう"_s,
                                   u"Éclair"_s, u"zebra"_s,   u"apple"_s,          QString()};
    qint64 clock = 1;

    ThingModel model;
    Reference reference;
    test::ModelWatch watch(model, [&](int row) { return QString::number(model.recordAt(row).id); });
    QItemSelectionModel selection(&model);
    QHash<QString, QPersistentModelIndex> kept;

    for (int round = 0; round < rounds; ++round) {
        const QStringList before = watch.keys();
        QStringList selectedBefore;
        for (const QModelIndex &index : selection.selectedRows())
            selectedBefore.append(QString::number(model.recordAt(index.row()).id));
        QString what;
        switch (any(8)) {
        case 0:
        case 1:
        case 2: {
            std::vector<Thing> batch;
            const int size = any(3) ? any(6) : any(things);
            for (int i = 0; i < size; ++i) {
                const int id = any(things);
                const bool old = any(2) && reference.things.contains(id);
                Thing t = old ? reference.things[id] : thing(id, any(10) - 1, clock++, names[any(int(names.size()))]);
                if (old && any(2))
                    t = thing(id, t.number, t.time, names[any(int(names.size()))]);
                if (old && any(2))
                    t.time = clock++;
                batch.push_back(t);
                reference.things[id] = t;
            }
            what = u"merge %1"_s.arg(size);
            model.merge(batch);
            break;
        }
        case 3: {
            std::vector<Thing> keys;
            for (int i = any(3) ? 2 : things / 3; i > 0; --i) {
                keys.push_back(thing(any(things), 0, 0));
                reference.things.erase(keys.back().id);
            }
            what = u"remove %1"_s.arg(keys.size());
            model.remove(keys);
            break;
        }
        case 4: {
            reference.modulo = 1 + any(4);
            reference.rest = any(4);
            what = u"filter %1 %2"_s.arg(reference.modulo).arg(reference.rest);
            model.setFilter(reference.modulo, reference.rest);
            break;
        }
        case 5: {
            reference.modulo *= 2;
            what = u"narrow to %1 %2"_s.arg(reference.modulo).arg(reference.rest);
            model.setFilter(reference.modulo, reference.rest % (reference.modulo / 2), true);
            reference.rest = reference.rest % (reference.modulo / 2);
            break;
        }
        case 6: {
            reference.column = any(4) - 1;
            reference.order = any(2) ? Qt::AscendingOrder : Qt::DescendingOrder;
            if (reference.column < 0)
                reference.order = Qt::AscendingOrder;
            what = u"sort %1 %2"_s.arg(reference.column).arg(reference.order);
            model.sort(reference.column, reference.order);
            break;
        }
        case 7: {
            std::vector<Thing> batch;
            std::map<int, Thing> rest;
            for (const auto &[id, t] : reference.things) {
                if (any(4)) {
                    batch.push_back(t);
                    rest[id] = t;
                }
            }
            what = u"replace %1"_s.arg(batch.size());
            reference.things = rest;
            model.replace(batch);
            break;
        }
        }
        const QStringList ids = reference.ids();
        QVERIFY2(watch.keys() == ids,
                 qPrintable(u"round %1, %2: %3 instead of %4"_s.arg(round).arg(what, watch.keys().join(u' '),
                                                                               ids.join(u' '))));
        QVERIFY2(watch.isRight(), qPrintable(u"round %1, %2, told %3"_s.arg(round).arg(what, watch.takeTold())));
        QVERIFY(watch.neverReset());
        QCOMPARE(model.totalCount(), int(reference.things.size()));
        for (int row = 0; row < model.rowCount(); row += 7)
            QCOMPARE(model.rowOfRecord(model.recordAt(row)), row);

        const QSet<QString> wasThere(before.begin(), before.end());
        const QSet<QString> isThere(ids.begin(), ids.end());
        for (auto at = kept.begin(); at != kept.end();) {
            if (wasThere.contains(at.key()) && isThere.contains(at.key())) {
                QVERIFY2(at.value().isValid(), qPrintable(what));
                QCOMPARE(QString::number(model.recordAt(at.value().row()).id), at.key());
                ++at;
            } else {
                QVERIFY2(!at.value().isValid(), qPrintable(what));
                at = kept.erase(at);
            }
        }
        QStringList selected;
        for (const QModelIndex &index : selection.selectedRows())
            selected.append(QString::number(model.recordAt(index.row()).id));
        QStringList expected = selectedBefore;
        expected.removeIf([&](const QString &id) { return !isThere.contains(id); });
        selected.sort();
        expected.sort();
        QCOMPARE(selected, expected);
        if (model.rowCount() > 0) {
            const int row = any(model.rowCount());
            kept.insert(QString::number(model.recordAt(row).id), model.index(row, any(3)));
            selection.select(model.index(any(model.rowCount()), 0),
                             QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
        }
        watch.takeTold();
    }
}

void TestRecordModel::filterIsOneChange()
{
    ThingModel model;
    std::vector<Thing> things;
    for (int i = 0; i < 1000; ++i)
        things.push_back(thing(i, i % 10, i + 1));
    model.merge(things);
    test::ModelWatch watch(model, [&](int row) { return QString::number(model.recordAt(row).id); });

    model.setFilter(2, 0);
    QCOMPARE(watch.takeTold(), u"%-"_s);
    model.setFilter(4, 0, true);
    QCOMPARE(watch.takeTold(), u"%-"_s);
    model.setFilter(4, 0);
    QCOMPARE(watch.takeTold(), QString());
    model.setFilter(1, 0);
    QCOMPARE(watch.takeTold(), u"+%"_s);
    model.setFilter(100, 50);
    QCOMPARE(watch.takeTold(), u"-"_s);
    model.setFilter(1, 0);
    QCOMPARE(watch.takeTold(), u"+"_s);
    model.sort(ThingModel::Number, Qt::DescendingOrder);
    QCOMPARE(watch.takeTold(), u"%"_s);
    QVERIFY(watch.isRight());
    QVERIFY(watch.neverReset());
}

void TestRecordModel::largeTextsAreRankedInTheBackground()
{
    ThingModel model;
    std::vector<Thing> things;
    Reference reference;
    for (int i = 0; i < 6000; ++i) {
        things.push_back(thing(i, 0, i + 1, u"host %1 is down"_s.arg((i * 7919) % 5000)));
        reference.things[i] = things.back();
    }
    model.merge(things);
    test::ModelWatch watch(model, [&](int row) { return QString::number(model.recordAt(row).id); });
    QSignalSpy sorted(&model, &RecordModelBase::sorted);
    const QStringList before = watch.keys();

    model.sort(ThingModel::Name, Qt::DescendingOrder);
    QVERIFY(model.isSorting());
    QCOMPARE(watch.keys(), before);
    QTRY_COMPARE(sorted.size(), 1);
    QVERIFY(!model.isSorting());
    reference.column = ThingModel::Name;
    reference.order = Qt::DescendingOrder;
    QCOMPARE(watch.keys(), reference.ids());

    model.sort(ThingModel::Name, Qt::AscendingOrder); // the ranks are known now
    QCOMPARE(sorted.size(), 2);
    reference.order = Qt::AscendingOrder;
    QCOMPARE(watch.keys(), reference.ids());
    QVERIFY(watch.isRight());
    QVERIFY(watch.neverReset());
}

void TestRecordModel::ranksFollowWhatComesMeanwhile()
{
    for (const int comes : {30, 3000}) {
        ThingModel model;
        std::vector<Thing> things;
        Reference reference;
        reference.column = ThingModel::Name;
        for (int i = 0; i < 5000; ++i) {
            things.push_back(thing(i, 0, i + 1, u"name %1"_s.arg((i * 31) % 997)));
            reference.things[i] = things.back();
        }
        model.merge(things);
        QSignalSpy sorted(&model, &RecordModelBase::sorted);
        model.sort(ThingModel::Name);
        things.clear();
        for (int i = 0; i < comes; ++i) {
            things.push_back(thing(4900 + i, 0, 10000 + i, u"name %1"_s.arg((i * 17) % 1997)));
            reference.things[4900 + i] = things.back();
        }
        model.merge(things);
        std::vector<Thing> gone;
        for (int i = 0; i < 100; ++i) {
            gone.push_back(thing(i * 10, 0, 0));
            reference.things.erase(i * 10);
        }
        model.remove(gone);
        const auto ids = [&] {
            QStringList result;
            for (int row = 0; row < model.rowCount(); ++row)
                result.append(QString::number(model.recordAt(row).id));
            return result;
        };
        QTRY_VERIFY(sorted.size() >= 1 && !model.isSorting());
        QCOMPARE(ids(), reference.ids());

        // And when they stand, a page more finds its place at once.
        model.merge(
            {thing(9001, 0, 20000, u"name 5"_s), thing(9002, 0, 20001, u"name 5"_s), thing(9003, 0, 20002, u"aaa"_s)});
        reference.things[9001] = thing(9001, 0, 20000, u"name 5"_s);
        reference.things[9002] = thing(9002, 0, 20001, u"name 5"_s);
        reference.things[9003] = thing(9003, 0, 20002, u"aaa"_s);
        QCOMPARE(ids(), reference.ids());
    }
}

void TestRecordModel::japaneseIsCollated()
{
    QLocale::setDefault(QLocale(QLocale::Japanese, QLocale::Japan));
    ThingModel model;
    model.retranslate();
    model.merge({thing(1, 0, 1, u"ラムダ"_s), thing(2, 0, 2, u"あ"_s), thing(3, 0, 3, u"イ"_s), thing(4, 0, 4, u"か"_s),
                 thing(5, 0, 5, u"が"_s), thing(6, 0, 6, u"Zebra"_s)});
    model.sort(ThingModel::Name);
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names.append(model.index(row, ThingModel::Name).data().toString());
    QCOMPARE(names, (QStringList{u"Zebra"_s, u"あ"_s, u"イ"_s, u"か"_s, u"が"_s, u"ラムダ"_s}));
    QLocale::setDefault(QLocale::c());
}

void TestRecordModel::numbersInNamesAreNumbers()
{
    QLocale::setDefault(QLocale(QLocale::English));
    ThingModel model;
    model.retranslate();
    model.merge({thing(1, 0, 1, u"disk 10"_s), thing(2, 0, 2, u"disk 9"_s), thing(3, 0, 3, u"disk 100"_s)});
    model.sort(ThingModel::Name);
    QCOMPARE(model.index(0, ThingModel::Name).data().toString(), u"disk 9"_s);
    QCOMPARE(model.index(2, ThingModel::Name).data().toString(), u"disk 100"_s);
    QLocale::setDefault(QLocale::c());
}

void TestRecordModel::headersSayWhatTheTableSays()
{
    ThingModel model;
    QCOMPARE(model.headerData(0, Qt::Horizontal).toString(), u"Number"_s);
    QCOMPARE(model.headerData(1, Qt::Horizontal, ColumnIdRole).toString(), u"name"_s);
    QVERIFY(!model.headerData(3, Qt::Horizontal).isValid());
    QVERIFY(!model.headerData(0, Qt::Vertical).isValid());
}

QTEST_GUILESS_MAIN(TestRecordModel)

#include "tst_recordmodel.moc"
