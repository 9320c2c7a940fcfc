#include "models/resourcemodel.h"

#include "models/roles.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;
using Kind = ResourceField::Kind;

namespace {

/// `status|region|id|suppressed|value,value,…` each; "~" stands for JSON's null.
AdvisorResultPtr resultOf(const QStringList &rows)
{
    QJsonArray resources;
    for (const QString &row : rows) {
        const QStringList parts = row.split(u'|');
        QJsonObject resource{
            {u"status"_s, parts.value(0)}, {u"region"_s, parts.value(1)}, {u"resourceId"_s, parts.value(2)}};
        if (!parts.value(3).isEmpty())
            resource.insert(u"isSuppressed"_s, parts.value(3) == u"yes");
        if (parts.size() > 4) {
            QJsonArray values;
            for (const QString &value : parts.at(4).split(u';'))
                values.append(value == u"~" ? QJsonValue() : QJsonValue(value));
            resource.insert(u"metadata"_s, values);
        }
        resources.append(resource);
    }
    const QJsonObject answer{
        {u"result"_s,
         QJsonObject{{u"checkId"_s, u"c"_s}, {u"status"_s, u"error"_s}, {u"flaggedResources"_s, resources}}}};
    const auto read = AdvisorResult::read(QJsonDocument(answer).toJson());
    return read ? *read : AdvisorResultPtr();
}

AdvisorResultPtr manyResources(int count)
{
    QByteArray json = "{\"result\":{\"checkId\":\"c\",\"status\":\"error\",\"flaggedResources\":[";
    quint32 dice = 7;
    for (int i = 0; i < count; ++i) {
        dice = dice * 1664525 + 1013904223;
        const QByteArray number = QByteArray::number(dice >> 8);
        json += (i ? ",{" : "{") + QByteArray("\"status\":\"") + (dice % 5 ? "warning" : "error")
            + "\",\"region\":\"us-east-" + QByteArray::number(dice % 3) + "\",\"resourceId\":\"arn:aws:ec2:x:" + number
            + "\",\"metadata\":[\"us-east-" + QByteArray::number(dice % 3) + "\",\"Volume " + number + "\",\"$" + number
            + ".50\",\"2026-0" + QByteArray::number(1 + (dice >> 9) % 9) + "-1" + QByteArray::number((dice >> 5) % 10)
            + "T00:00:00Z\"]}";
    }
    json += "]}}";
    const auto read = AdvisorResult::read(json);
    return read ? *read : AdvisorResultPtr();
}

QStringList column(const ResourceModel &model, int column)
{
    QStringList cells;
    for (int row = 0; row < model.rowCount(); ++row)
        cells.append(model.index(row, column).data().toString());
    return cells;
}

} // namespace

class TestResourceModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void numbers_data();
    void numbers();
    void rowsOfAnyLength();
    void sorts_data();
    void sorts();
    void numbersInTextsAreCounted();
    void equalsStayInOrder();
    void filters_data();
    void filters();
    void comparison();
    void sortingKeepsTheSelection();
    void theNewestQuestionWins();
    void anAnswerAloneIsEmpty();
    void aHundredThousand();
};

void TestResourceModel::numbers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("number"); // value, then the unit
    const auto row = [](const char *text, const char *number) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(number);
    };
    row("12", "12 ");
    row("-12.5", "-12.5 ");
    row("1,234,567.25", "1.23457e+06 ");
    row("$1,234.50", "1234.5 $");
    row("-$5", "-5 $");
    row("12%", "12 %");
    row("12.5 %", "12.5 %");
    row("40 days", "40 days");
    row("40 日", "40 日");
    row("2020-03-23T21:31:47.774Z", "1.585e+12 date");
    row("2020-03-23", "1.58492e+12 date");
    row("2020-99-99", "");
    row("i-12", "");
    row("1.2.3", "");
    row("10.0.0.1", "");
    row("12,34", "");
    row("1,23,456", "");
    row("2xlarge", "");
    row("12:30", "");
    row("0-65535", "");
    row("", "");
    row("-", "");
    row("$", "");
    row("tcp", "");
}

void TestResourceModel::numbers()
{
    QFETCH(QString, text);
    QFETCH(QString, number);
    const QByteArray utf8 = text.toUtf8();
    const auto read = resourceNumber({utf8.constData(), size_t(utf8.size())});
    QString said;
    if (read)
        said = QString::number(read->value) + u' '
            + (read->isDate ? u"date"_s : QString::fromUtf8(read->unit.data(), qsizetype(read->unit.size())));
    QCOMPARE(said, number);
}

void TestResourceModel::rowsOfAnyLength()
{
    ResourceModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy arranged(&model, &ResourceModel::arranged);
    model.setResult(resultOf({u"error|us-east-1|r1||a;b;c;d"_s, u"warning|-|r2|yes|a;~"_s, u"frozen||r3"_s}),
                    {u"One"_s, u"Two"_s});
    QTRY_COMPARE(arranged.count(), 1);
    QStringList headings;
    for (int i = 0; i < model.columnCount(); ++i)
        headings.append(model.headerData(i, Qt::Horizontal).toString());
    QCOMPARE(headings,
             QStringList({u"Status"_s, u"Region"_s, u"One"_s, u"Two"_s, u"Column 3"_s, u"Column 4"_s, u"Resource ID"_s,
                          u"Suppressed"_s}));
    QCOMPARE(column(model, 0), QStringList({u"Action recommended"_s, u"Investigate"_s, u"frozen"_s}));
    QCOMPARE(column(model, 1), QStringList({u"us-east-1"_s, u"-"_s, QString()}));
    QCOMPARE(column(model, 2), QStringList({u"a"_s, u"a"_s, QString()}));
    QCOMPARE(column(model, 3), QStringList({u"b"_s, QString(), QString()}));
    QCOMPARE(column(model, 5), QStringList({u"d"_s, QString(), QString()}));
    QCOMPARE(column(model, 7), QStringList({QString(), u"Yes"_s, QString()}));
    QCOMPARE(model.index(0, 0).data(StatusCodeRole).toString(), u"error"_s);
    QCOMPARE(model.headerData(4, Qt::Horizontal, ColumnIdRole).toString(), u"value2"_s);
}

void TestResourceModel::sorts_data()
{
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QStringList>("sorted");
    const auto row = [](const char *name, const QStringList &values, const QStringList &sorted) {
        QTest::newRow(name) << values << sorted;
    };
    row("numbers", {u"10"_s, u"9"_s, u"-1"_s, u"1,000"_s}, {u"-1"_s, u"9"_s, u"10"_s, u"1,000"_s});
    row("amounts", {u"$10.00"_s, u"$9.50"_s, u"$1,000.00"_s}, {u"$9.50"_s, u"$10.00"_s, u"$1,000.00"_s});
    row("percent, empty ones first", {u"10%"_s, u""_s, u"9%"_s}, {u""_s, u"9%"_s, u"10%"_s});
    row("dates", {u"2026-02-01T00:00:00Z"_s, u"2026-01-31T23:00:00-05:00"_s, u"2025-12-31"_s},
        {u"2025-12-31"_s, u"2026-02-01T00:00:00Z"_s, u"2026-01-31T23:00:00-05:00"_s});
    row("one that is none makes them texts", {u"10"_s, u"9"_s, u"n/a"_s}, {u"9"_s, u"10"_s, u"n/a"_s});
    row("units that differ make them texts", {u"10 GB"_s, u"9 TB"_s}, {u"9 TB"_s, u"10 GB"_s});
    row("texts, whatever their case", {u"beta"_s, u"Alpha"_s, u"alphabet"_s, u"ALPHA"_s},
        {u"Alpha"_s, u"ALPHA"_s, u"alphabet"_s, u"beta"_s});
    row("long texts that begin alike",
        {u"arn:aws:ec2:us-east-1:111122223333:volume/vol-b"_s, u"arn:aws:ec2:us-east-1:111122223333:volume/vol-a"_s,
         u"arn:aws:ec2:us-east-1:111122223333:volume/vol-"_s},
        {u"arn:aws:ec2:us-east-1:111122223333:volume/vol-"_s, u"arn:aws:ec2:us-east-1:111122223333:volume/vol-a"_s,
         u"arn:aws:ec2:us-east-1:111122223333:volume/vol-b"_s});
    row("long texts that differ late", {u"x123456789zz"_s, u"x123456789"_s, u"y"_s, u"x123456789ab"_s},
        {u"x123456789"_s, u"x123456789ab"_s, u"x123456789zz"_s, u"y"_s});
    row("Japanese", {u"東京"_s, u"大阪"_s}, {u"大阪"_s, u"東京"_s});
}

void TestResourceModel::sorts()
{
    QFETCH(QStringList, values);
    QFETCH(QStringList, sorted);
    QStringList rows;
    for (const QString &value : values)
        rows.append(u"error|r|id||"_s + value);
    ResourceModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy arranged(&model, &ResourceModel::arranged);
    model.setResult(resultOf(rows), {u"Value"_s});
    QTRY_COMPARE(arranged.count(), 1);
    model.sort(2);
    QTRY_COMPARE(arranged.count(), 2);
    QCOMPARE(column(model, 2), sorted);
    model.sort(-1); // the order of the service
    QTRY_COMPARE(arranged.count(), 3);
    QCOMPARE(column(model, 2), values);
}

void TestResourceModel::numbersInTextsAreCounted()
{
    const auto result = resultOf({u"ok||res-0-99990"_s, u"ok||res-0-89999"_s, u"ok||res-0-9999"_s, u"ok||Res-0-10"_s,
                                  u"ok||res-0-9"_s, u"ok||res-0"_s, u"ok||res-00-9x"_s, u"ok||a"_s});
    ResourceModel model;
    QSignalSpy arranged(&model, &ResourceModel::arranged);
    model.setResult(result, {});
    QTRY_COMPARE(arranged.count(), 1);
    const int id = model.columnOf({Kind::Id, 0});
    model.sort(id);
    QTRY_COMPARE(arranged.count(), 2);
    QCOMPARE(column(model, id),
             QStringList({u"a"_s, u"res-0"_s, u"res-0-9"_s, u"res-00-9x"_s, u"Res-0-10"_s, u"res-0-9999"_s,
                          u"res-0-89999"_s, u"res-0-99990"_s}));
}

void TestResourceModel::equalsStayInOrder()
{
    const ResourceIndex index(resultOf({u"error|b|1"_s, u"warning|a|2"_s, u"error|a|3"_s, u"ok|b|4"_s, u"odd|b|5"_s}));
    const auto ids = [&](const ResourceQuery &query) {
        QString text;
        for (const quint32 row : index.arrange(query))
            text += index.at(row).resourceId.toString();
        return text;
    };
    QCOMPARE(ids({}), u"12345"_s);
    QCOMPARE(ids({.descending = true}), u"54321"_s);
    QCOMPARE(ids({.sort = {Kind::Region, 0}}), u"23145"_s);
    QCOMPARE(ids({.sort = {Kind::Region, 0}, .descending = true}), u"14523"_s);
    QCOMPARE(ids({.sort = {Kind::Status, 0}, .descending = true}), u"13254"_s);
    QCOMPARE(ids({.sort = {Kind::Value, 99}}), u"12345"_s);
}

void TestResourceModel::filters_data()
{
    QTest::addColumn<ResourceQuery>("query");
    QTest::addColumn<QString>("ids");
    const auto row = [](const char *name, const ResourceQuery &query, const char *ids) {
        QTest::newRow(name) << query << QString::fromLatin1(ids);
    };
    row("nothing", {}, "1234");
    row("a word in any case", {.words = u"VOLUME"_s}, "13");
    row("two words", {.words = u"volume tokyo"_s}, "3");
    row("Japanese", {.words = u"東京"_s}, "4");
    row("another width", {.words = u"ﾎﾞﾘｭｰﾑ"_s}, "4");
    row("an id", {.words = u"4"_s}, "4");
    row("a region", {.words = u"ap-north"_s}, "34");
    row("only blanks", {.words = u"  "_s}, "1234");
    row("a word does not run into the next cell", {.words = u"volumetokyo"_s}, "");
    row("not suppressed", {.hideSuppressed = true}, "134");
    row("a status", {.status = u"error"_s}, "13");
    row("a status that nobody has", {.status = u"ok"_s}, "");
    row("all of it", {.words = u"tokyo"_s, .hideSuppressed = true, .status = u"error"_s}, "3");
}

void TestResourceModel::filters()
{
    QFETCH(ResourceQuery, query);
    QFETCH(QString, ids);
    ResourceModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy arranged(&model, &ResourceModel::arranged);
    model.setResult(
        resultOf({u"error|us-east-1|1||Volume;x"_s, u"warning|us-east-1|2|yes|y"_s,
                  u"error|ap-northeast-1|3|no|volume;Tokyo"_s, u"warning|ap-northeast-1|4||東京のボリューム"_s}),
        {u"A"_s});
    QTRY_COMPARE(arranged.count(), 1);
    model.setFilter(query);
    QTRY_VERIFY_WITH_TIMEOUT(!model.isArranging(), 60'000);
    QCOMPARE(column(model, model.columnOf({Kind::Id, 0})).join(QString()), ids);
    QCOMPARE(model.totalCount(), 4);
}

void TestResourceModel::comparison()
{
    const AdvisorResultPtr before = resultOf({u"error|r|same||1"_s, u"warning|r|worse||1"_s, u"error|r|better||1"_s,
                                              u"error|r|gone||1"_s, u"error|r|changed||1"_s});
    const AdvisorResultPtr after = resultOf({u"error|r|new||1"_s, u"error|r|same||1"_s, u"error|r|worse||1"_s,
                                             u"warning|r|better||1"_s, u"error|r|changed||2"_s});
    ResourceModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setResult(after, {u"A"_s});
    model.setComparison(before, compareResults(*before, *after));
    QTRY_VERIFY_WITH_TIMEOUT(!model.isArranging(), 60'000);
    QCOMPARE(model.headerData(0, Qt::Horizontal).toString(), u"Change"_s);
    QCOMPARE(column(model, 0), QStringList({u"New"_s, QString(), u"Worse"_s, u"Better"_s, u"Changed"_s, u"Gone"_s}));
    QVERIFY(model.index(5, 0).data(Qt::FontRole).value<QFont>().strikeOut());
    model.sort(0, Qt::DescendingOrder);
    QTRY_VERIFY_WITH_TIMEOUT(!model.isArranging(), 60'000);
    QCOMPARE(column(model, 0), QStringList({u"New"_s, u"Worse"_s, u"Changed"_s, u"Better"_s, u"Gone"_s, QString()}));
    model.setFilter({.onlyChanges = true});
    QTRY_VERIFY_WITH_TIMEOUT(!model.isArranging(), 60'000);
    QCOMPARE(model.rowCount(), 5);
    model.setComparison({}, {});
    QTRY_VERIFY_WITH_TIMEOUT(!model.isArranging(), 60'000);
    QCOMPARE(model.headerData(0, Qt::Horizontal).toString(), u"Status"_s);
    QCOMPARE(model.totalCount(), 5);
}

void TestResourceModel::sortingKeepsTheSelection()
{
    ResourceModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy arranged(&model, &ResourceModel::arranged);
    model.setResult(resultOf({u"error|c|1"_s, u"error|b|2"_s, u"error|a|3"_s}), {});
    QTRY_COMPARE(arranged.count(), 1);
    QItemSelectionModel selection(&model);
    selection.select(model.index(0, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    model.sort(1);
    QTRY_COMPARE(arranged.count(), 2);
    QCOMPARE(selection.selectedRows().size(), 1);
    QCOMPARE(selection.selectedRows().constFirst().row(), 2);
    QCOMPARE(model.rowOf(model.idOf(2)), 2);
}

void TestResourceModel::theNewestQuestionWins()
{
    ResourceModel model;
    QSignalSpy arranged(&model, &ResourceModel::arranged);
    model.setResult(manyResources(2000), {u"Region"_s, u"Name"_s, u"Cost"_s, u"Date"_s});
    model.sort(3);
    model.setFilter({.words = u"nothing like it"_s});
    model.setFilter({.words = u"volume"_s});
    QTRY_VERIFY_WITH_TIMEOUT(!model.isArranging(), 60'000);
    QCOMPARE(arranged.count(), 1);
    QCOMPARE(model.rowCount(), 2000);
    model.setResult(resultOf({u"error|r|x"_s}), {});
    model.clear(); // nothing comes after this
    QCoreApplication::processEvents();
    QVERIFY(!model.isArranging());
    QCOMPARE(model.columnCount(), 0);
    QCOMPARE(model.rowCount(), 0);
}

void TestResourceModel::anAnswerAloneIsEmpty()
{
    const auto read = AdvisorResult::read(QByteArrayLiteral(R"({"result":{"checkId":"c","status":"not_available"}})"));
    QVERIFY(read);
    ResourceModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy arranged(&model, &ResourceModel::arranged);
    model.setResult(*read, {});
    QTRY_COMPARE(arranged.count(), 1);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 4);
}

void TestResourceModel::aHundredThousand()
{
    const AdvisorResultPtr result = manyResources(100'000);
    QVERIFY(result);
    ResourceModel model;
    QSignalSpy arranged(&model, &ResourceModel::arranged);
    const auto onlyAsks = [&](auto act) { // the thread of the window does next to nothing
        const auto before = arranged.count();
        act();
        return model.isArranging() && arranged.count() == before;
    };
    QVERIFY(onlyAsks([&] { model.setResult(result, {u"Region"_s, u"Name"_s, u"Cost"_s, u"Date"_s}); }));
    QTRY_COMPARE(arranged.count(), 1);
    for (int i = 0; i < model.columnCount(); ++i) {
        QVERIFY(onlyAsks([&] { model.sort(i, i % 2 ? Qt::AscendingOrder : Qt::DescendingOrder); }));
        QTRY_VERIFY_WITH_TIMEOUT(!model.isArranging(), 60'000);
        QCOMPARE(model.rowCount(), 100'000);
    }
    const int cost = model.columnOf({Kind::Value, 2});
    model.sort(cost);
    QTRY_VERIFY_WITH_TIMEOUT(!model.isArranging(), 60'000);
    double before = -1;
    for (int row = 0; row < model.rowCount(); row += 100) {
        const double now = model.text(row, cost).mid(1).toDouble();
        QVERIFY(now >= before);
        before = now;
    }
    QVERIFY(onlyAsks([&] { model.setFilter({.words = u"volume us-east-2"_s, .status = u"error"_s}); }));
    QTRY_VERIFY_WITH_TIMEOUT(!model.isArranging(), 60'000);
    QVERIFY(model.rowCount() > 5000 && model.rowCount() < 8000);
    QCOMPARE(model.text(0, model.columnOf({Kind::Region, 0})), u"us-east-2"_s);
}

QTEST_MAIN(TestResourceModel)
#include "tst_resourcemodel.moc"
